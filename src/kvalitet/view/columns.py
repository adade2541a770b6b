"""Which periods and series stand beside each other in the table of some indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import BASELINE, baseline, explain, periods, value
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period, divide
from kvalitet.series import Row
from kvalitet.view.scene import Scene
from kvalitet.view.subjects import Subject

OUTCOME = "utfall"
_SHOWN_AS = {"dag": "månad", "månad": "månad", "kvartal": "kvartal", "tertial": "tertial"}
"""What a frequency is shown by; of one not named here the rounds of last year are shown too."""
_ADDED_UP_BY = "tertial"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: a period of a series, or where `period` is None the baseline."""

    heading: str
    period: Period | None
    serie: str = OUTCOME


_BASELINE = Head("Ingångsvärde", None)


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns in print order, and the periods left out since nothing is told of them."""

    heads: tuple[Head, ...]
    untold: tuple[Period, ...] = ()


def figure(scene: Scene, subject: Subject, head: Head) -> Tal:
    """What stands in a column for a subject: the period's own value or the sum of what fills it,
    never that of a shorter period within it."""
    plan, id, uppdelning = subject.plan, subject.indicator.id, subject.uppdelning
    if head.period is None:
        return baseline(plan, id, known_at=scene.at, uppdelning=uppdelning)
    tal = value(plan, id, head.period, known_at=scene.at, serie=head.serie, uppdelning=uppdelning)
    if tal.period in (None, head.period):
        return tal
    return Tal(None, tal.måttenhet, tal.decimaler, kind="saknas")


def row_behind(scene: Scene, subject: Subject, head: Head) -> Row | None:
    """The one row that a figure is; None for the baseline, and for what is made of several."""
    if head.period is None or not figure(scene, subject, head).is_told:
        return None
    rows = explain(
        subject.plan,
        subject.indicator.id,
        head.period,
        known_at=scene.at,
        serie=head.serie,
        uppdelning=subject.uppdelning,
    )[-1].rows
    return rows[0] if len(rows) == 1 else None


def heads(scene: Scene, subjects: Sequence[Subject]) -> Heads:
    """The columns of a table: baseline, the periods of the year, the tertials where all adds up,
    and other series such as forecasts."""
    wanted = sorted({period for each in subjects for period in _periods(scene, each)})
    told = [period for period in wanted if _is_told(scene, subjects, period)]
    shown = [period for period in wanted if told and not told[-1] < period]
    sums = [period for period in _sums(scene, subjects) if period not in shown]
    outcomes = tuple(Head(period.short(), period) for period in (*shown, *sums))
    return Heads(
        (*_with_baseline(scene, subjects, outcomes), *_other_series(scene, subjects)),
        untold=tuple(wanted[len(shown) :]),
    )


def _periods(scene: Scene, subject: Subject) -> Iterator[Period]:
    """The periods expected of the year so far, and where rounds are rare those told since last
    year."""
    shown_as = _SHOWN_AS.get(subject.indicator.frekvens or "")
    if shown_as:
        yield from divide(_year_so_far(scene.at), shown_as)
    else:
        yield from _recent(scene, subject, OUTCOME)


def _sums(scene: Scene, subjects: Sequence[Subject]) -> Iterator[Period]:
    """The tertials so far and the report's own period, where something is told of them and every
    subject adds up over time."""
    if all(_adds_up(each.plan, each.indicator) for each in subjects):
        sums = {*divide(_year_so_far(scene.at), _ADDED_UP_BY), scene.at}
        yield from (period for period in sorted(sums) if _is_told(scene, subjects, period))


def _adds_up(plan: Plan, indicator: Indikator) -> bool:
    """Whether shorter periods add up: those of the indicator, or of all it is computed from."""
    if indicator.beräkning is None:
        return indicator.adds_up_over_time
    parts = (plan.get(Indikator, part) for part in indicator.beräkning.parts)
    return all(part is not None and part.adds_up_over_time for part in parts)


def _with_baseline(
    scene: Scene, subjects: Sequence[Subject], outcomes: tuple[Head, ...]
) -> tuple[Head, ...]:
    """The outcomes after a column for the baseline, unless one of them is it."""
    told = {
        tal.period if each.indicator.ingångsvärde else None
        for each in subjects
        if (tal := figure(scene, each, _BASELINE)).is_told
    }
    if not told:
        return outcomes
    period = told.pop() if len(told) == 1 else None
    if period is None:
        return _BASELINE, *outcomes
    if all(head.period != period for head in outcomes):
        return Head(f"{_BASELINE.heading} {period.short()}", None), *outcomes
    return tuple(
        replace(head, heading=f"{head.heading} (ingångsvärde)") if head.period == period else head
        for head in outcomes
    )


def _other_series(scene: Scene, subjects: Sequence[Subject]) -> Iterator[Head]:
    """What is told since last year of other series, such as forecasts and the whole country."""
    for step in scales.steps(scene.plan.skalor["serie"], scene.at.last):
        if step.namn in (OUTCOME, BASELINE):
            continue
        told = {period for each in subjects for period in _recent(scene, each, step.namn)}
        yield from (Head(f"{step.namn} {each.short()}", each, step.namn) for each in sorted(told))


def _is_told(scene: Scene, subjects: Sequence[Subject], period: Period) -> bool:
    return any(figure(scene, each, Head("", period)).is_told for each in subjects)


def _recent(scene: Scene, subject: Subject, serie: str) -> Iterator[Period]:
    """The periods of a series that are told since last year."""
    told = periods(
        subject.plan,
        subject.indicator.id,
        known_at=scene.at,
        serie=serie,
        uppdelning=subject.uppdelning,
    )
    return (period for period in told if period.year >= scene.at.year - 1)


def _year_so_far(at: Period) -> Period:
    return Period(date(at.year, 1, 1), at.last)
