"""What the report tells otherwise than the report before it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kvalitet import status, told
from kvalitet.indicators import value
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.told import Fact
from kvalitet.view.badges import badge
from kvalitet.view.document import Block, Body, Cell, Column, Line, Note, Row, Strong, Table
from kvalitet.view.scene import Scene, capital, numbered

_LEVELS, _STATES, _ENDS = "Risknivåer", "Övriga bedömningar", "Sluttider"
_TARGETS, _FIGURES, _FORECASTS = "Målvärden", "Värden", "Prognoser"
_EVIDENT = ("nivå", "utfall", "prognos")
_GROUPS = (_LEVELS, _STATES, _ENDS, _TARGETS, _FIGURES, _FORECASTS)


def changes(scene: Scene) -> Iterator[Block]:
    """A table of levels and other states, ends, targets and corrected figures, before and now."""
    if not any(period <= scene.before for period in scene.plan.uppföljning):
        yield Note(("Det finns ingen tidigare rapport att jämföra med.",))
        return
    before, now = (told.told(scene.plan, period) for period in (scene.before, scene.at))
    rows: dict[str, list[Row]] = {}
    for each in told.differences(before, now):
        if each.before and each.after and _is_shown(scene, each.before, each.after):
            rows.setdefault(_group(each.after), []).append(_row(scene, each.before, each.after))
    bodies = tuple(
        Body(tuple(rows[group]), ((Strong(group),),)) for group in _GROUPS if group in rows
    )
    since = scene.before.in_words()
    if bodies:
        periods = (capital(since), capital(scene.at.in_words()))
        yield Table(f"Ändrat sedan {since}", tuple(map(Column, ("Vad", *periods))), bodies)
    else:
        yield Note((f"Inget av det som gällde {since} har ändrats.",))


def _is_shown(scene: Scene, before: Fact, now: Fact) -> bool:
    """Whether the report says it in other words; a figure only where it is the period's own."""
    if before.text == now.text or not _group(now) or _is_kept_out(scene, now.id):
        return False
    if now.what != "värde" or now.period is None or now.detail != ("utfall",):
        return True
    return value(scene.plan, now.id, now.period, known_at=scene.at).period == now.period


def _group(now: Fact) -> str:
    """The heading under which a change stands; "" for what this report does not tell so."""
    if now.what == "tillstånd":
        return _LEVELS if now.detail == ("nivå",) else _STATES
    if now.what == "värde":
        return _FORECASTS if now.detail[0] == "prognos" else _FIGURES
    return {"slut": _ENDS, "målvärde": _TARGETS}.get(now.what, "")


def _is_kept_out(scene: Scene, id: str) -> bool:
    is_risk = isinstance(scene.plan.things[id], Risk)
    return is_risk and status.is_below_selection(scene.plan, id, scene.at)


def _row(scene: Scene, before: Fact, now: Fact) -> Row:
    was = _told(scene.plan, before, scene.before)
    is_now = _told(scene.plan, now, scene.at)
    return Row((Cell((_subject(scene, now),), header=True), Cell((was,)), Cell((is_now,))))


def _subject(scene: Scene, now: Fact) -> Line:
    """The name of what is told of, then which scale, whose target, which breakdown and period."""
    thing: Any = scene.plan.things[now.id]
    name = scene.reference(thing) if isinstance(thing, Risk) else numbered(thing.nr, thing.namn)
    about = [word for word in now.detail if word not in _EVIDENT]
    if now.period:
        about.append(now.period.in_words())
    return (name, f", {', '.join(about)}") if about else (name,)


def _told(plan: Plan, fact: Fact, at: Period) -> Line:
    if fact.what == "tillstånd":
        return (badge(plan, fact.detail[0], fact.text, at.last),)
    return (fact.text,)
