"""The plan table: goal, quality area, risk and level, measure and how it goes, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kvalitet import scales, status
from kvalitet.model.indicator import Indikator
from kvalitet.model.text import Model
from kvalitet.model.thing import Aktivitet, Egenkontroll, Kvalitetsområde, Mål, Risk, Ting
from kvalitet.svenska import nr_key, sort_key
from kvalitet.view import standing
from kvalitet.view.badges import legend
from kvalitet.view.document import Block, Body, Cell, Column, Line, Row, Strong, Table
from kvalitet.view.scene import Scene, belonging, capital, numbered
from kvalitet.view.standing import side_by_side

_COLUMNS = tuple(map(Column, ("Risk", "Risknivå", "Åtgärd", "Status", "Indikatorer")))
_PREFIXES: Mapping[type[Model], str] = {
    Aktivitet: "Aktivitet: ",
    Egenkontroll: "Egenkontroll: ",
}
_NOTHING: tuple[Line, ...] = (("–",),)


def plan_table(scene: Scene) -> Iterator[Block]:
    """The risks of the report under their goals and quality areas, with the legends."""
    goals = {goal.id: number for number, goal in enumerate(scene.goals())}
    risks = sorted(scene.risks(), key=lambda risk: _place(scene, goals, risk))
    if risks:
        caption = f"Planen med status, {scene.at.in_words()}"
        yield Table(caption, _COLUMNS, tuple(_bodies(scene, risks)))
        for skala in _scales_used(scene, risks):
            yield legend(scene.plan, skala, scene.at.last)


def _scales_used(scene: Scene, risks: Sequence[Risk]) -> Iterator[str]:
    """The scales of which the table shows a step."""
    plan, at = scene.plan, scene.at
    things = [thing for risk in risks for thing in (risk, *_things_done(scene, risk))]
    yield "nivå"
    for skala in standing.said_scales(plan):
        if any(status.state(plan, thing.id, skala, at) for thing in things):
            yield skala
    if any(status.results(plan, thing.id, at) for thing in things):
        yield "kontrollresultat"
    goals = {id for risk in risks for id in _chain(scene, risk.mål)}
    if any(status.fulfilment(plan, id, at) for id in goals):
        yield "uppfyllelse"


def _place(scene: Scene, goals: Mapping[str, int], risk: Risk) -> tuple[object, ...]:
    """Goals in the order written, then quality areas by number; what has none comes last."""
    area = scene.plan.get(Kvalitetsområde, risk.kvalitetsområde)
    return (
        goals.get(risk.mål or "", len(goals)),
        area is None,
        *((nr_key(area.nr), sort_key(area.namn)) if area else ()),
    )


def _bodies(scene: Scene, risks: Sequence[Risk]) -> Iterator[Body]:
    """One for each quality area under a goal; each goal is named where it begins."""
    above: tuple[str, ...] = ()
    for goal, of_goal in groupby(risks, key=lambda risk: risk.mål):
        chain = _chain(scene, goal)
        headings = [_goal_line(scene, id) for id in chain if id not in above]
        above = chain
        for area, of_area in groupby(of_goal, key=lambda risk: risk.kvalitetsområde):
            rows = tuple(row for risk in of_area for row in _rows(scene, risk))
            yield Body(rows, (*headings, _area_line(scene, area)))
            headings = []


def _chain(scene: Scene, id: str | None) -> tuple[str, ...]:
    """A goal after those above it, the highest first."""
    above = {below: goal.id for goal in scene.plan.all(Mål) for below in goal.mål}
    chain: list[str] = []
    while id is not None and id not in chain:
        chain.insert(0, id)
        id = above.get(id)
    return tuple(chain)


def _goal_line(scene: Scene, id: str) -> Line:
    goal = scene.plan.get(Mål, id)
    if goal is None:
        return ("Utan mål",)
    name = f"{capital(goal.typ or 'mål')}: ", Strong(numbered(goal.nr, goal.namn))
    told = scales.holds_from(goal.beskrivning, scene.at.last).rstrip(".")
    described = (f". {told}",) if told else ()
    fulfilled = next(standing.fulfilment(scene, scene.plan, id), ())
    return *name, *described, *((". Uppfyllelse: ", *fulfilled) if fulfilled else ())


def _area_line(scene: Scene, id: str | None) -> Line:
    area = scene.plan.get(Kvalitetsområde, id)
    if area is None:
        return ("Utan kvalitetsområde",)
    return "Kvalitetsområde: ", Strong(numbered(area.nr, area.namn))


def _rows(scene: Scene, risk: Risk) -> Iterator[Row]:
    """A row for each thing done about the risk; one of its own where it has indicators itself, or
    where nothing is done."""
    things = _things_done(scene, risk)
    rows = [_thing_cells(scene, thing) for thing in things]
    if risk.indikatorer or not things:
        measure = "Hela risken" if things else "Ingen åtgärd"
        rows.insert(0, (Cell(((measure,),)), Cell(_NOTHING), _indicators(scene, risk)))
    spanning = _risk_cells(scene, risk, len(rows))
    for number, cells in enumerate(rows):
        yield Row((*(spanning if number == 0 else (None, None)), *cells))


def _things_done(scene: Scene, risk: Risk) -> tuple[Ting, ...]:
    """Measures, activities and self-checks, each followed by its own."""
    found: dict[str, Ting] = {}
    waiting = list(reversed(belonging(risk)))
    while waiting:
        thing = scene.plan.things.get(waiting.pop())
        if isinstance(thing, Ting) and thing.id not in found:
            found[thing.id] = thing
            waiting.extend(reversed(belonging(thing)))
    return tuple(found.values())


def _risk_cells(scene: Scene, risk: Risk, rows: int) -> tuple[Cell, Cell]:
    described = _description(scene, risk)
    level = side_by_side(scene, risk.id, standing.level) or (("ingen nivå",),)
    states = side_by_side(scene, risk.id, standing.progress)
    return (
        Cell(((scene.reference(risk),), *described), header=True, rows=rows),
        Cell((*level, *states), rows=rows),
    )


def _thing_cells(scene: Scene, thing: Ting) -> tuple[Cell, Cell, Cell]:
    about = (
        (_PREFIXES.get(type(thing), ""), Strong(numbered(thing.nr, thing.namn))),
        *_description(scene, thing),
        *(("Tid: ", *line) for line in side_by_side(scene, thing.id, standing.time)),
        *(("Ansvarig: ", *line) for line in side_by_side(scene, thing.id, standing.responsible)),
    )
    states = side_by_side(scene, thing.id, standing.progress)
    return Cell(about), Cell(states or _NOTHING), _indicators(scene, thing)


def _description(scene: Scene, thing: Ting) -> tuple[Line, ...]:
    told = scales.holds_from(thing.beskrivning, scene.at.last)
    return ((told,),) if told else ()


def _indicators(scene: Scene, thing: Ting) -> Cell:
    told = (scene.plan.get(Indikator, id) for id in thing.indikatorer)
    return Cell(tuple((indicator.namn,) for indicator in told if indicator) or _NOTHING)
