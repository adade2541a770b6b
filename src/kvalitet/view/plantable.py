"""The plan table: goal, quality area, risk and level, measure and how it goes, indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby
from typing import Any

from kvalitet import scales
from kvalitet.model.indicator import Indikator
from kvalitet.model.thing import Egenkontroll, Kvalitetsområde, Mål, Risk, Ting, Åtgärd
from kvalitet.view import standing, when
from kvalitet.view.badges import legends
from kvalitet.view.document import NOTHING, Block, Body, Cell, Column, Line, Row, Strong, Table
from kvalitet.view.fulfilment import rule_of_fulfilment
from kvalitet.view.homes import GOALS
from kvalitet.view.notes import sentence
from kvalitet.view.scene import Scene, capital, kind_of, numbered, things_done
from kvalitet.view.standing import side_by_side
from kvalitet.view.words import as_lines

_COLUMNS = tuple(map(Column, ("Risk", "Risknivå", "Åtgärd", "Status", "Indikatorer")))


def plan_table(scene: Scene) -> Iterator[Block]:
    """The risks of the report under their goals and quality areas, with the legends."""
    bodies = tuple(_bodies(scene))
    if bodies:
        caption = f"Mål, risker och åtgärder med status, {scene.at.in_words()}"
        table = Table(caption, _COLUMNS, bodies, _rule(scene))
        yield table
        yield from legends(scene.plan, table, scene.at.last)


def _rule(scene: Scene) -> tuple[Line, ...]:
    """How fulfilment is reckoned, unless the goal tree says that."""
    if GOALS in {section.del_ for section in scene.report.sections()}:
        return ()
    return rule_of_fulfilment(scene, [goal.id for goal in scene.goals()])


def told_of(scene: Scene) -> frozenset[str]:
    """The ids of the goals, risks and things done that the table describes."""
    goals = [each.id for each in scene.plan.all(Mål) if _is_described(scene, each)]
    risks = scene.risks()
    done = [thing for risk in risks for thing in things_done(scene.plan, risk)]
    return outlined(scene).intersection(goals) | {thing.id for thing in (*risks, *done)}


def outlined(scene: Scene) -> frozenset[str]:
    """The ids of the goals that the table names."""
    named = [goal for goal, risks in scene.by_goal() if goal and risks]
    return frozenset(each.id for goal in named for each in (*scene.above(goal), goal))


def _bodies(scene: Scene) -> Iterator[Body]:
    """One for each quality area under a goal; each goal is named where it begins. Where no risk
    has a goal, or none an area, nothing is said of it."""
    groups = [(goal, risks) for goal, risks in scene.by_goal() if risks]
    has_goals = any(goal for goal, _ in groups)
    has_areas = any(_area(scene, risk) for _, risks in groups for risk in risks)
    named: set[str] = set()
    cells = cache(partial(_thing_cells, scene))  # what many risks share is told of each of them
    for goal, risks in groups:
        chain = (*scene.above(goal), goal) if goal else ()
        headings = [_goal_line(scene, each) for each in chain if each.id not in named]
        if goal is None and has_goals:
            headings = [("Utan mål",)]
        named |= {each.id for each in chain}
        for area, of_area in groupby(risks, key=lambda risk: _area(scene, risk)):
            rows = tuple(row for risk in of_area for row in _rows(scene, risk, cells))
            yield Body(rows, (*headings, *((_area_line(area),) if has_areas else ())))
            headings = []


def _area(scene: Scene, risk: Risk) -> Kvalitetsområde | None:
    return scene.plan.get(Kvalitetsområde, risk.kvalitetsområde)


def _goal_line(scene: Scene, goal: Mål) -> Line:
    name = f"{capital(goal.typ or 'mål')}: ", Strong(numbered(goal))
    told = _description(scene, goal)[0][0] if _is_described(scene, goal) else ""
    described = (f". {sentence(told)}",) if told else (".",)
    fulfilled = next(standing.fulfilment(scene, scene.plan, goal.id), ())
    if not (told or fulfilled):
        return name
    return *name, *described, *((" Uppfyllelse: ", *fulfilled) if fulfilled else ())


def _is_described(scene: Scene, goal: Mål) -> bool:
    """Whether the description of a goal stands in the table: one of a single paragraph, where the
    goals have no section of their own."""
    return GOALS not in {section.del_ for section in scene.report.sections()} and (
        len(_description(scene, goal)) == 1
    )


def _area_line(area: Kvalitetsområde | None) -> Line:
    if area is None:
        return ("Utan kvalitetsområde",)
    return "Kvalitetsområde: ", Strong(numbered(area))


def _rows(scene: Scene, risk: Risk, cells_of: Callable[[str], tuple[Cell, ...]]) -> Iterator[Row]:
    """A row for each thing done about the risk; one of its own where it has indicators itself, or
    where nothing is done."""
    things = things_done(scene.plan, risk)
    rows = [cells_of(thing.id) for thing in things]
    if risk.indikatorer or not things:
        measure = "Hela risken" if things else "Ingen åtgärd"
        rows.insert(0, (Cell(((measure,),)), Cell(NOTHING), _indicators(scene, risk)))
    spanning = _risk_cells(scene, risk, len(rows))
    for number, cells in enumerate(rows):
        yield Row((*(spanning if number == 0 else (None, None)), *cells))


def _risk_cells(scene: Scene, risk: Risk, rows: int) -> tuple[Cell, Cell]:
    described = _description(scene, risk)
    level = standing.level_of_risk(scene, risk.id)
    states = side_by_side(scene, risk.id, standing.progress)
    return (
        Cell(((scene.reference(risk),), *described), header=True, rows=rows),
        Cell((*level, *states), rows=rows),
    )


def _thing_cells(scene: Scene, id: str) -> tuple[Cell, ...]:
    thing: Any = scene.plan.things[id]
    about = (
        ("" if isinstance(thing, Åtgärd) else f"{kind_of(thing)}: ", Strong(numbered(thing))),
        *_description(scene, thing),
        *side_by_side(scene, thing.id, standing.rhythm, "Hur ofta"),
        *side_by_side(scene, thing.id, when.time, "Tid"),
        *side_by_side(scene, thing.id, standing.responsible, "Ansvarig"),
    )
    unknown = ((standing.NOT_JUDGED,),) if isinstance(thing, Egenkontroll) else NOTHING
    states = side_by_side(scene, thing.id, standing.progress) or unknown
    return Cell(about), Cell(states), _indicators(scene, thing)


def _description(scene: Scene, thing: Ting) -> tuple[tuple[str], ...]:
    return as_lines(scales.holds_from(thing.beskrivning, scene.at.last) or "")


def _indicators(scene: Scene, thing: Ting) -> Cell:
    told = (scene.plan.get(Indikator, id) for id in thing.indikatorer)
    return Cell(tuple((indicator.namn,) for indicator in told if indicator) or NOTHING)
