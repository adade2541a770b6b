"""Self-checks side by side: how often, what each found now and the time before; then each of
them. Internal controls are self-checks that a plan may list by the risks that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kvalitet.model.thing import Egenkontroll
from kvalitet.rules.risks.controls import INTERNAL
from kvalitet.rules.work.duties import in_report
from kvalitet.view import standing, when
from kvalitet.view.badges import legend, legends
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Legend,
    Line,
    Link,
    Row,
    Table,
)
from kvalitet.view.homes import internal_checks
from kvalitet.view.outcomes import RESULT, TOLD_BELOW, Outcomes
from kvalitet.view.scene import Scene, numbered
from kvalitet.view.standing import Teller, side_by_side
from kvalitet.view.telling import Telling


@dataclass(frozen=True, slots=True)
class Placed:
    """A self-check, and the one that it is a part of."""

    check: Egenkontroll
    part_of: Egenkontroll | None = None


Group: TypeAlias = tuple[tuple[Line, ...], Sequence[Placed]]
"""Self-checks of a table, below their headings."""


def self_checks(telling: Telling) -> Iterator[Block]:
    """The self-checks of the report that have no other section, then each part's own."""
    scene, outcomes = telling.scene, Outcomes(telling.scene)
    checks = [each for each in in_order(scene, outcomes) if telling.is_here(each.check.id)]
    telling.in_overview |= {each.check.id for each in checks}
    blocks = tuple(telling.each((each.check for each in checks), telling.level))
    if checks:
        caption = f"Egenkontroller, {scene.at.in_words()}"
        of_types = telling.section is not None and bool(telling.section.typ)
        yield from check_table(
            telling, outcomes, caption, "Egenkontroll", [((), checks)], may_lack=of_types
        )
    yield from blocks
    yield from telling.of_parts(self_checks, telling.level)


def in_order(scene: Scene, outcomes: Outcomes) -> Iterator[Placed]:
    """The self-checks that the report is about in the order written, each followed by its parts.
    The plan of internal control is chosen apart from `urval`, which is of what is done."""
    plan = scene.plan
    told = internal_checks(plan).union(in_report(plan, scene.at))
    checks = [each for each in plan.all(Egenkontroll) if each.id in told]
    parts = {id for each in checks for id in each.egenkontroller if id != each.id}
    first = [each for each in checks if each.id not in parts]
    waiting = [Placed(each) for each in reversed((*first, *checks))]  # a ring has no first
    seen: set[str] = set()
    while waiting:
        placed = waiting.pop()
        if placed.check.id in seen:
            continue
        seen.add(placed.check.id)
        if outcomes.concerns(placed.check):
            yield placed
        own = (plan.get(Egenkontroll, id) for id in reversed(placed.check.egenkontroller))
        waiting += [Placed(each, placed.check) for each in own if each and each.id in told]


def check_table(
    telling: Telling,
    outcomes: Outcomes,
    caption: str,
    what: str,
    groups: Sequence[Group],
    *,
    may_lack: bool = False,
) -> Iterator[Block]:
    """The table of self-checks under the headings of their groups, and what its steps mean. Columns
    of which nothing is told are left out; a table that `may_lack` too, where no result is told and
    all have headings."""
    scene = telling.scene
    tellers: Mapping[str, Sequence[Teller]] = {
        "Resultat": (outcomes.found,),
        "Förra gången": (outcomes.before,),
        "När": (standing.rhythm, when.time),
        "Nästa gång": (outcomes.coming,),
        "Ansvarig": (standing.responsible,),
    }
    ids = {placed.check.id for _, checks in groups for placed in checks}
    lines = {
        name: {id: tuple(_lines(scene, id, of_column)) for id in ids}
        for name, of_column in tellers.items()
    }
    told = {name: of_each for name, of_each in lines.items() if any(of_each.values())}
    is_empty = not told.keys() - {"Resultat"} and _is_said_below(telling, told.get("Resultat", {}))
    if may_lack and is_empty:
        return
    bodies = tuple(
        Body(tuple(_row(telling, placed, told.values()) for placed in checks), headings)
        for headings, checks in groups
    )
    table = Table(caption, tuple(map(Column, (what, *told))), bodies)
    yield table
    yield from _legends(scene, table)


def _is_said_below(telling: Telling, results: Mapping[str, tuple[Line, ...]]) -> bool:
    """Whether the results are nothing but where to read, and all have headings."""
    pieces = (piece for lines in results.values() for line in lines for piece in line)
    return all(piece in TOLD_BELOW for piece in pieces) and all(map(telling.headed.get, results))


def _row(
    telling: Telling, placed: Placed, columns: Iterable[Mapping[str, tuple[Line, ...]]]
) -> Row:
    cells = (Cell(column[placed.check.id] or NOTHING) for column in columns)
    return Row((Cell(tuple(_name(telling, placed)), header=True), *cells))


def _name(telling: Telling, placed: Placed) -> Iterator[Line]:
    """The name, which leads to what is told of the self-check; what it is, and is a part of."""
    check = placed.check
    name = numbered(check)
    yield (Link(name, check.id) if telling.headed.get(check.id) else name,)
    is_evident = check.typ == INTERNAL and INTERNAL in telling.parts_of_report
    if check.typ and not is_evident:
        yield (check.typ,)
    if placed.part_of:
        yield (f"del av {numbered(placed.part_of)}",)


def _lines(scene: Scene, id: str, tellers: Sequence[Teller]) -> Iterator[Line]:
    for tell in tellers:
        yield from side_by_side(scene, id, tell)


def _legends(scene: Scene, table: Table) -> Iterator[Legend]:
    """The legends of the table, and all steps of the results whether or not they mean more than
    they say: how good a result is shows by what it might have been."""
    results = legend(scene.plan, RESULT, scene.at.last)
    told = tuple(each for each in legends(scene.plan, table, scene.at.last) if each != results)
    steps = {badge for badge, _ in results.entries}
    cells = (cell for body in table.bodies for row in body.rows for cell in row.cells if cell)
    if any(piece in steps for cell in cells for line in cell.lines for piece in line):
        yield results
    yield from told
