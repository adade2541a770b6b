"""Whose figures the rows of a table hold: indicators, steps they are broken down by, parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kvalitet import scales
from kvalitet.indicators import explain, members, periods
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.rows import Uppdelning
from kvalitet.svenska import join
from kvalitet.view.scene import Scene, name_of

_UNIT_IN_CELL = ("antal", "procent", "medelvärde", "index")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """An indicator of a plan, or a step that it is broken down by, and what its row is called."""

    plan: Plan
    indicator: Indikator
    label: str
    uppdelning: Uppdelning = ()


def subjects(scene: Scene, table: Indikator) -> tuple[Subject, ...]:
    """The rows of an indicator's or a group's table, in print order: a group that is computed
    itself before its members; each with its steps, and then with the parts of the plan."""
    own = (table,) if table.beräkning and table.indikatorer else ()
    shown = (*own, *members(scene.plan, table.id))
    return tuple(subject for each in shown for subject in _of_one(scene, each, len(shown) == 1))


def heading(scene: Scene, rows: tuple[Subject, ...]) -> str:
    """What the rows are: questions, indicators, or of a single indicator what tells them apart."""
    if len({row.indicator.id for row in rows}) > 1:
        return "Fråga" if any(row.indicator.kod for row in rows) else "Indikator"
    if any(row.plan is not scene.plan for row in rows):
        return "Verksamhet"
    broken_down = dict.fromkeys(skala for row in rows for skala, _ in row.uppdelning)
    return join([skala.capitalize() for skala in broken_down]) or "Mått"


def _of_one(scene: Scene, indicator: Indikator, alone: bool) -> Iterator[Subject]:
    steps = _breakdowns(scene, indicator)
    parts = [part for part in scene.parts if _has_rows(scene, part, indicator.id)]
    yield Subject(scene.plan, indicator, _label(scene, indicator, alone, steps, parts))
    for uppdelning in steps:
        named = ", ".join(steg for _, steg in uppdelning)
        label = f"varav {named}" if indicator.adds_up else named
        yield Subject(scene.plan, indicator, label, uppdelning)
    for part in parts:
        label = name_of(part) if alone else f"{indicator.namn}, {name_of(part)}"
        yield Subject(part, part.get(Indikator, indicator.id) or indicator, label)


def _label(
    scene: Scene,
    indicator: Indikator,
    alone: bool,
    steps: tuple[Uppdelning, ...],
    parts: list[Plan],
) -> str:
    """A name where the table has several; else what tells the row from those below it."""
    unit = "" if indicator.måttenhet in _UNIT_IN_CELL else f", {indicator.måttenhet}"
    if not alone:
        return indicator.namn + unit
    if parts:
        return name_of(scene.plan) + unit
    return f"alla{unit}" if steps else indicator.måttenhet


def _has_rows(scene: Scene, part: Plan, id: str) -> bool:
    return bool(periods(part, id, known_at=scene.at))


def _breakdowns(scene: Scene, indicator: Indikator) -> tuple[Uppdelning, ...]:
    """What there are rows of, or for a computed one rows of a part, in the order of the scales."""
    plan, at = scene.plan, scene.at
    ids = [step.id for step in explain(plan, indicator.id, at, known_at=at)]
    found = {row.key.uppdelning for id in ids for row in plan.data.rows(id)} - {()}
    return tuple(sorted(found, key=lambda each: _order(scene, each)))


def _order(scene: Scene, uppdelning: Uppdelning) -> tuple[tuple[str, int, str], ...]:
    """Scale by scale, each in the order of its steps."""
    return tuple(
        (skala, scales.rank(scene.plan.skalor[skala], steg, scene.at.last), steg)
        for skala, steg in uppdelning
    )
