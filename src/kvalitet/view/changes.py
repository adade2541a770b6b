"""What the report tells otherwise than the report before it did: a row for each change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Åtgärd,
)
from kvalitet.view.badges import legends
from kvalitet.view.changed import Change, Comparison
from kvalitet.view.document import Block, Body, Cell, Column, Note, Row, Strong, Table
from kvalitet.view.scene import Scene, capital

_KINDS: Mapping[type[Model], str] = {
    Risk: "Risker",
    Mål: "Mål",
    Kvalitetsområde: "Kvalitetsområden",
    Åtgärd: "Åtgärder och aktiviteter",
    Aktivitet: "Åtgärder och aktiviteter",
    Egenkontroll: "Egenkontroller",
    Avvikelse: "Avvikelser",
}


def changes(scene: Scene) -> Iterator[Block]:
    """A table of levels, other states, ends, targets, definitions and corrected figures, before and
    now. What the parts say of the same things is told too. Where nothing was said for the period
    before, as when a plan was decided in it, there was no report that told what held then."""
    plans = (scene.plan, *scene.parts)
    said = {period for plan in plans for period in plan.uppföljning}
    if not any(period <= scene.before for period in said):
        yield Note(("Det finns ingen tidigare rapport att jämföra med.",))
        return
    now, before = scene.at.in_words(), scene.before.in_words()
    caption = f"Ändrat sedan {before}"
    if scene.before not in said:
        yield Note((f"Det finns ingen rapport för {before} att jämföra med.",))
        caption, before = f"Ändrat under {now}", f"före {now}"
    bodies = tuple(_bodies([Comparison.of(scene, plan) for plan in plans]))
    if not bodies:
        yield Note((f"Inget av det som gällde {before} har ändrats.",))
        return
    columns = ("Vad", capital(before), capital(now))
    table = Table(caption, tuple(map(Column, columns)), bodies)
    yield table
    yield from legends(scene.plan, table, scene.at.last)


def _bodies(compared: list[Comparison]) -> Iterator[Body]:
    """States and ends by the kind of what they are about, then targets, definitions and
    figures."""
    of_things = tuple(chain.from_iterable(each.of_things() for each in compared))
    groups: dict[str, list[Change]] = {group: [] for group in _KINDS.values()}
    for change in of_things:
        groups.setdefault(_KINDS.get(type(change.thing), "Övriga bedömningar"), []).append(change)
    groups["Målvärden"] = [change for each in compared for change in each.targets()]
    groups["Nya definitioner"] = [change for each in compared for change in each.definitions()]
    figures = [change for each in compared for change in each.figures()]
    groups["Ändrade värden för tidigare perioder"] = [
        change for change in figures if not change.is_forecast
    ]
    groups["Prognoser"] = [change for change in figures if change.is_forecast]
    for group, found in groups.items():
        rows = tuple(row for change in found for row in _rows(change))
        if rows:
            yield Body(rows, ((Strong(group),),))


def _rows(change: Change) -> Iterator[Row]:
    """A row for each thing that is told otherwise of the same subject."""
    for number, (before, now) in enumerate(change.told):
        head = Cell((change.subject,), header=True, rows=len(change.told))
        yield Row((None if number else head, Cell(before), Cell(now)))
