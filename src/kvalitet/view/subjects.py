"""Whose figures the rows of a table hold: indicators, steps they are broken down by, parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kvalitet import scales
from kvalitet.indicators import Uppdelning, breakdowns, has_periods, members, tried_periods
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.svenska import join, slug
from kvalitet.view.scene import Scene, capital

_UNIT_IN_CELL = ("antal", "procent", "medelvärde", "index")
_EVIDENT = ("kön", "lagrum")
"""The scales whose steps tell themselves what they are about."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """An indicator of a plan, or a step that it is broken down by: what its row is called, and
    what it is called in a note, where the table's own name need not be said again."""

    plan: Plan
    indicator: Indikator
    label: str
    about: str
    anchor: str
    uppdelning: Uppdelning = ()


def subjects(scene: Scene, table: Indikator) -> tuple[Subject, ...]:
    """The rows of an indicator's or a group's table, in print order: a group that is computed
    itself before its members; each with its steps, and then with the parts of the plan."""
    own = (table,) if table.beräkning and table.indikatorer else ()
    shown = (*own, *members(scene.plan, table.id))
    return tuple(subject for each in shown for subject in _of_one(scene, each, len(shown) == 1))


def heading(scene: Scene, rows: Sequence[Subject]) -> str:
    """What the rows are: questions, indicators, or of a single one what tells its rows apart."""
    kind = "Fråga" if any(row.indicator.kod for row in rows) else "Indikator"
    if len({row.indicator.id for row in rows}) > 1:
        return kind
    if any(row.plan is not scene.plan for row in rows):
        return "Verksamhet"
    broken_down = dict.fromkeys(skala for row in rows for skala, _ in row.uppdelning)
    return capital(join(list(broken_down))) or kind


def _of_one(scene: Scene, indicator: Indikator, alone: bool) -> Iterator[Subject]:
    """The total first; what tells it apart is its name, or where it is alone what comes below."""
    steps = _breakdowns(scene, indicator)
    parts = [part for part in scene.parts if _has_rows(scene, part, indicator.id)]
    name = "" if alone else indicator.namn
    label = name or (scene.plan.name if parts else "alla" if steps else indicator.namn)
    unit = "" if indicator.måttenhet in _UNIT_IN_CELL else f", {indicator.måttenhet}"
    yield Subject(scene.plan, indicator, label + unit, name, indicator.id)
    is_one_scale = len({tuple(skala for skala, _ in uppdelning) for uppdelning in steps}) == 1
    is_in_head = alone and is_one_scale and not parts  # as `heading` has it
    for uppdelning in steps:
        step = ", ".join(steg if is_in_head else _step(skala, steg) for skala, steg in uppdelning)
        row = f"varav {step}" if indicator.adds_up else step
        anchor = "--".join((indicator.id, *(slug(steg) for _, steg in uppdelning)))
        yield Subject(scene.plan, indicator, row, _joined(name, step), anchor, uppdelning)
    for part in parts:
        row = _joined(name, part.name)
        own = part.get(Indikator, indicator.id) or indicator
        yield Subject(part, own, row, row, f"{indicator.id}--{part.mapp}")


def _step(skala: str, steg: str) -> str:
    """A step after its scale, unless its own words tell which that is."""
    is_told = skala in _EVIDENT or skala.casefold() in steg.casefold()
    return steg if is_told else f"{skala}: {steg}"


def _joined(name: str, detail: str) -> str:
    return f"{name}, {detail}" if name else detail


def _has_rows(scene: Scene, part: Plan, id: str) -> bool:
    return has_periods(part, id, known_at=scene.at)


def _breakdowns(scene: Scene, indicator: Indikator) -> tuple[Uppdelning, ...]:
    """What it is known by, or by what it is computed from, in the order of the scales; of a plan
    with parts also what only they know it by, on its scales: why it has no total is to be told."""
    plan = scene.plan
    told = []
    for each in breakdowns(plan, indicator.id):
        is_own = plan.parts and all(skala in plan.skalor for skala, _ in each)
        there = tried_periods if is_own else has_periods
        if there(plan, indicator.id, known_at=scene.at, uppdelning=each):
            told.append(each)
    return tuple(sorted(told, key=lambda each: _order(scene, each)))


def _order(scene: Scene, uppdelning: Uppdelning) -> tuple[tuple[str, int, str], ...]:
    """Scale by scale, each in the order of its steps; an unknown scale has none."""
    known = scene.plan.skalor
    return tuple(
        (skala, scales.rank(known[skala], steg, scene.at.last) if skala in known else 0, steg)
        for skala, steg in uppdelning
    )
