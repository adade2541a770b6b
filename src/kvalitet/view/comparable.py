"""What may be compared between the units of a plan: whose steps and values mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from kvalitet import scales, status
from kvalitet.figure import Tal
from kvalitet.indicators import Step, explain
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.view.document import Row
from kvalitet.view.scene import Scene

FEWEST_ANSWERS = 10
"""A share or a mean of fewer says more of chance than of the unit."""


WhyNot: TypeAlias = Literal["", "utan värde", "skyddade", "egen definition", "få svar", "annan tid"]
"""Why the value of a unit is not compared with that of others."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The level of a risk in a plan: its name, and its rank on the scale that they share."""

    plan: Plan
    steg: str
    rank: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a unit tells of an indicator; `why_not` says why it is not compared, "" where it is."""

    plan: Plan
    tal: Tal
    why_not: WhyNot = ""


class Found(NamedTuple):
    """What is compared of one kind: a row for each that differs, the most first, and how many are
    equal."""

    differing: tuple[Row, ...]
    equal: int


def has_own_levels(scene: Scene, part: Plan) -> bool:
    """Whether a part judges its risks on another scale than the whole."""
    return not scales.judge_alike("nivå", scene.plan.skalor, part.skalor, scene.at.last)


def alike(scene: Scene) -> tuple[Plan, ...]:
    """The parts that judge their risks on the scale of the whole."""
    return tuple(part for part in scene.parts if not has_own_levels(scene, part))


def judged(scene: Scene, id: str, parts: Iterable[Plan]) -> tuple[Judged, ...]:
    """The levels of a risk in those of some parts that judge it, on the scale that they share."""
    skala, day = scene.plan.skalor["nivå"], scene.at.last
    found = ((part, _level(scene, part, id)) for part in parts)
    return tuple(Judged(part, steg, scales.rank(skala, steg, day)) for part, steg in found if steg)


def _level(scene: Scene, part: Plan, id: str) -> str:
    now = status.level(part, id, scene.at)
    return now.steg.namn if now and not is_closed(scene, part, id) else ""


def is_closed(scene: Scene, plan: Plan, id: str) -> bool:
    """Whether a risk is no longer one."""
    läge = status.state(plan, id, "läge", scene.at)
    return läge is not None and status.meaning(plan, "läge", läge) == "avslutad"


def risks_of(scene: Scene, plan: Plan) -> Iterator[Risk]:
    """The risks of a plan that have a level and are not closed, whatever its own `urval` is."""
    for risk in plan.all(Risk):
        if status.level(plan, risk.id, scene.at) and not is_closed(scene, plan, risk.id):
            yield risk


def silent(scene: Scene, telling: Collection[str]) -> tuple[Plan, ...]:
    """The units lowest in the tree that are not among the folders that tell something, and neither
    is any part above them."""
    return tuple(
        part
        for part in scene.parts
        if not part.parts and not any(each.mapp in telling for each in _within(scene, part))
    )


def _within(scene: Scene, part: Plan) -> Iterator[Plan]:
    return (each for each in part.chain() if each.mapp != scene.plan.mapp)


def measured(scene: Scene, indicator: Indikator) -> tuple[Measured, ...]:
    """What the units tell of an indicator. What is compared is all of one period: that which most
    of them tell of, of several the last. A part above one that tells it is none of them: it gathers
    what they tell."""
    told = [(part, step) for part in scene.parts if (step := _told(scene, part, indicator.id))]
    above = {each.mapp for part, _ in told for each in part.chain() if each is not part}
    lowest = [(part, step) for part, step in told if part.mapp not in above]
    times = Counter(step.tal.period for _, step in lowest if step.tal.period)
    at = max(times, key=lambda period: (times[period], period), default=None)
    return tuple(
        Measured(part, step.tal, _why_not(part, indicator, step, at)) for part, step in lowest
    )


def _told(scene: Scene, part: Plan, id: str) -> Step | None:
    step = explain(part, id, scene.at, known_at=scene.at)
    return step if step.tal.is_told else None


def _why_not(part: Plan, indicator: Indikator, step: Step, at: Period | None) -> WhyNot:
    if step.tal.värde is None:
        return "skyddade" if step.tal.kind == "skyddad" else "utan värde"
    own = part.get(Indikator, indicator.id)
    if own is None or _definition(own) != _definition(indicator):
        return "egen definition"
    n = [row.cell.antal_svar for row in step.rows if row.cell.antal_svar is not None]
    few = min((*n, *((step.tal.av,) if step.tal.av is not None else ())), default=None)
    if few is not None and few < FEWEST_ANSWERS:
        return "få svar"
    return "" if step.tal.period == at else "annan tid"


def _definition(indicator: Indikator) -> tuple[object, ...]:
    return (
        *(indicator.måttenhet, indicator.typ, indicator.beräkning, indicator.svarsskala),
        indicator.beskrivning,
    )
