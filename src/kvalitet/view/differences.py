"""What differs between the units of a plan, on one page: what is equal is one line of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet, Ting, Åtgärd
from kvalitet.svenska import format_number, join, some
from kvalitet.view.badges import legends
from kvalitet.view.comparable import (
    FEWEST_ANSWERS,
    Found,
    Measured,
    WhyNot,
    alike,
    judged,
    measured,
    silent,
)
from kvalitet.view.document import NOTHING, Block, Body, Cell, Column, Line, Note, Row, Table
from kvalitet.view.scene import Scene, numbered
from kvalitet.view.spread import COLUMNS, apart, indicators, names
from kvalitet.view.standing import progress, these
from kvalitet.view.telling import Telling
from kvalitet.view.units import levels_of, not_judged, own_levels

T = TypeVar("T", bound=Hashable)

_MOST = 10
"""As many rows as each table of a page has room for."""
_MOST_NAMES = 8
_OF_WORK = (Column("Åtgärd"), Column("Läge och tidplan"))
_OF_LACKING = tuple(map(Column, ("Verksamhet", "Värden som saknas", "Risker som inte är bedömda")))
_WHY_NOT: Mapping[WhyNot, str] = {
    "skyddade": "Skyddade värden jämförs inte",
    "egen definition": "Jämförs inte, eftersom verksamheten räknar på ett annat sätt",
    "få svar": f"Jämförs inte, eftersom svaren eller ärendena är färre än {FEWEST_ANSWERS}",
    "annan tid": "Jämförs inte, eftersom värdet gäller en annan tid",
}


def differences(telling: Telling) -> Iterator[Block]:
    """What differs: levels of common risks, states of common measures, values of indicators; then
    what some units have not told, what is not compared, and how much is equal."""
    scene = telling.scene
    if not scene.parts:
        return
    risks, work = _risks(scene), _work(scene)
    told = {each.id: measured(scene, each) for each in indicators(scene)}
    values = apart(scene, told)
    yield from _table(scene, "Gemensamma risker med olika nivå", _of_levels(scene), risks)
    yield from _table(scene, "Gemensamma åtgärder som går olika", _OF_WORK, work)
    yield from _table(scene, "Indikatorer där skillnaden är störst", COLUMNS, values)
    yield from _lacking(scene, told)
    yield from map(Note, _not_compared(scene, told))
    yield from _equal(risks, work, values)


def _table(scene: Scene, caption: str, heads: Sequence[Column], found: Found) -> Iterator[Block]:
    rows, more = found.differing[:_MOST], len(found.differing) - _MOST
    if not rows:
        return
    notes = ((f"{format_number(more)} till skiljer sig, men mindre.",),) if more > 0 else ()
    table = Table(caption, tuple(heads), (Body(rows),), notes)
    yield table
    yield from legends(scene.plan, table, scene.at.last)


def _equal(risks: Found, work: Found, values: Found) -> Iterator[Block]:
    told = [
        (risks.equal, "nivån på en risk", "nivån på {} risker"),
        (work.equal, "läget för en åtgärd", "läget för {} åtgärder"),
        (values.equal, "värdet av en indikator", "värdet av {} indikatorer"),
    ]
    equal = [one if n == 1 else many.format(format_number(n)) for n, one, many in told if n]
    if equal:
        yield Note((f"Lika för alla som har sagt något: {join(equal)}.",))


def _of_levels(scene: Scene) -> Sequence[Column]:
    steps = levels_of(scene)
    return [Column("Risk"), *(Column(step.namn, badge=step) for step in steps)]


def _risks(scene: Scene) -> Found:
    """The common risks: who is at which level, those furthest apart first."""
    steps, parts = levels_of(scene), alike(scene)
    rows: list[tuple[int, Row]] = []
    equal = 0
    for risk in scene.risks():
        units = judged(scene, risk.id, parts)
        ranks = [each.rank for each in units]
        if len(set(ranks)) > 1:
            who = _who([(each.steg, each.plan.name) for each in units])
            cells = (Cell(((who.get(step.namn, "–"),),)) for step in steps)
            name = Cell(((numbered(risk),),), header=True)
            rows.append((max(ranks) - min(ranks), Row((name, *cells))))
        equal += len(ranks) > 1 and len(set(ranks)) == 1
    rows.sort(key=lambda row: -row[0])
    return Found(tuple(row for _, row in rows), equal)


def _work(scene: Scene) -> Found:
    """The common measures and activities: who says what, those with most answers first."""
    rows: list[tuple[int, Row]] = []
    equal = 0
    for thing in (*scene.plan.all(Åtgärd), *scene.plan.all(Aktivitet)):
        said = [(line, part.name) for part in scene.parts if (line := _says(scene, part, thing))]
        who = _who(said)
        if len(who) > 1:
            lines = tuple((f"{those}: ", *line) for line, those in who.items())
            rows.append((len(who), Row((Cell(((numbered(thing),),), header=True), Cell(lines)))))
        equal += len(said) > 1 and len(who) == 1
    rows.sort(key=lambda row: -row[0])
    return Found(tuple(row for _, row in rows), equal)


def _says(scene: Scene, part: Plan, thing: Ting) -> Line:
    told = (piece for line in progress(scene, part, thing.id) for piece in (" · ", *line))
    return tuple(told)[1:]


def _who(said: Sequence[tuple[T, str]]) -> dict[T, str]:
    """Who says each thing: first what most say, told by how many they are; the others by name."""
    who: dict[T, list[str]] = {}
    for what, name in said:
        who.setdefault(what, []).append(name)
    ordered = sorted(who, key=lambda what: -len(who[what]))
    most = {what: these(who[what]) for what in ordered[:1]}
    return most | {what: some(who[what], _MOST_NAMES) for what in ordered[1:]}


def _lacking(scene: Scene, told: Mapping[str, Sequence[Measured]]) -> Iterator[Block]:
    """The units that have not told what most others have: values of the period, and judgements."""
    values: dict[str, list[str]] = {}
    for indicator in indicators(scene):
        telling = {each.plan.mapp for each in told[indicator.id]}
        for part in () if indicator.beräkning else _few(scene, silent(scene, telling)):
            values.setdefault(part.mapp, []).append(indicator.namn)
    risks: dict[str, list[str]] = {}
    for risk in scene.risks():
        for part in _few(scene, not_judged(scene, risk)):
            risks.setdefault(part.mapp, []).append(numbered(risk))
    rows = tuple(
        Row(
            (Cell(((part.name,),), header=True), *(_listed(part, kind) for kind in (values, risks)))
        )
        for part in scene.parts
        if part.mapp in values or part.mapp in risks
    )
    if rows:
        yield Table("Det som de flesta har redovisat, men inte alla", _OF_LACKING, (Body(rows),))


def _few(scene: Scene, units: Sequence[Plan]) -> Sequence[Plan]:
    """The units that lack something, where they are fewer than those that do not."""
    lowest = sum(not part.parts for part in scene.parts)
    return units if 2 * len(units) < lowest else ()


def _listed(part: Plan, lacking: Mapping[str, Sequence[str]]) -> Cell:
    """The first of what a unit lacks, and how many more there are, where there is more than one."""
    names = lacking.get(part.mapp, ())
    rest = len(names) - _MOST
    if rest > 1:
        names = (*names[:_MOST], f"{format_number(rest)} till")
    return Cell(tuple((name,) for name in names) or NOTHING)


def _not_compared(scene: Scene, told: Mapping[str, Sequence[Measured]]) -> Iterator[Line]:
    """The units and values that are left out, and why."""
    yield from own_levels(scene)
    of_why: dict[WhyNot, list[str]] = {}
    for indicator in indicators(scene):
        for why in _WHY_NOT:
            units = [each for each in told[indicator.id] if each.why_not == why]
            if units and not indicator.adds_up:
                of_why.setdefault(why, []).append(f"{names(units)} ({indicator.namn})")
    for why, those in of_why.items():
        yield (f"{_WHY_NOT[why]}: {'; '.join(those)}.",)
    if any(each.adds_up and len(told[each.id]) > 1 for each in indicators(scene)):
        yield ("Antal och belopp jämförs inte: de följer hur stor verksamheten är.",)
