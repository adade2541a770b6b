"""What the report tells otherwise than the report before it did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kvalitet import told
from kvalitet.indicators import value
from kvalitet.model.thing import Risk
from kvalitet.svenska import join
from kvalitet.told import Fact
from kvalitet.view.badges import badge
from kvalitet.view.document import Block, Body, Cell, Column, Inline, Line, Note, Row, Strong, Table
from kvalitet.view.scene import Scene, numbered

_GROUPS = ("Risknivåer", "Övriga bedömningar", "Sluttider", "Målvärden", "Värden", "Prognoser")


def changes(scene: Scene) -> Iterator[Block]:
    """A table of levels and other states, ends, targets and corrected figures, before and now."""
    before, now = (told.told(scene.plan, period) for period in (scene.before, scene.at))
    pairs = (
        (each.before, each.after)
        for each in told.differences(before, now)
        if each.before and each.after
    )
    grouped = sorted(
        ((_GROUPS.index(group), _row(scene, *pair)) for pair in pairs if (group := _group(scene, *pair))),
        key=lambda item: item[0],
    )
    bodies = tuple(
        Body(tuple(row for _, row in rows), ((Strong(_GROUPS[group]),),))
        for group, rows in groupby(grouped, key=lambda item: item[0])
    )
    columns = (
        Column("Vad"),
        Column(scene.before.in_words().capitalize()),
        Column(scene.at.in_words().capitalize()),
    )
    if bodies:
        yield Table(f"Ändrat sedan {scene.before.in_words()}", columns, bodies)
    else:
        yield Note((f"Inget av det som gällde {scene.before.in_words()} har ändrats.",))


def _group(scene: Scene, before: Fact, now: Fact) -> str:
    """The heading under which a change stands; "" for what this report does not show."""
    if before.text == now.text or _is_kept_out(scene, now.id):
        return ""
    if now.what == "tillstånd":
        return _GROUPS[0] if now.detail == ("nivå",) else _GROUPS[1]
    if now.what == "värde":
        return _group_of_figure(scene, now)
    return {"slut": _GROUPS[2], "målvärde": _GROUPS[3]}.get(now.what, "")


def _group_of_figure(scene: Scene, now: Fact) -> str:
    if now.detail[0] == "prognos":
        return _GROUPS[5]
    if now.detail == ("utfall",) and now.period:
        tal = value(scene.plan, now.id, now.period, known_at=scene.at)
        return _GROUPS[4] if tal.period == now.period else ""
    return _GROUPS[4]
