"""Which periods and series stand beside each other in the table of some indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import BASELINE, baseline, explain, periods
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
    """What a column is about: a period of a series, or where `period` is None the baseline."""

    period: Period | None
    serie: str = OUTCOME


_BASELINE = Head(None)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What stands in a column for a subject; `row` is the one row of data that it is, None for the
    baseline, and for what is made of several."""

    subject: Subject
    head: Head
    tal: Tal
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """A column: its heading, and what stands in it for each subject."""

    heading: str
    head: Head
    shown: tuple[Shown, ...]

    @property
    def is_told(self) -> bool:
        """Whether something is told of any of the subjects."""
        return any(each.tal.is_told for each in self.shown)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns in print order, and the periods left out since nothing is told of them."""

    columns: tuple[Figures, ...]
    untold: tuple[Period, ...]


def columns(scene: Scene, subjects: Sequence[Subject]) -> Columns:
    """The columns of a table: baseline, the periods of the year, the tertials where all adds up,
    and other series such as forecasts. Subject by subject, each figure is reckoned once."""
    wanted = sorted({period for each in subjects for period in _periods(scene, each)})
    sums = [period for period in _sums(scene, subjects) if period not in wanted]
    others = tuple(_other_series(scene, subjects))
    heads = (_BASELINE, *map(Head, (*wanted, *sums)), *others)
    rows = [[_shown(scene, subject, head) for head in heads] for subject in subjects]
    filled = {
        head: Figures(_heading(head), head, tuple(row[number] for row in rows))
        for number, head in enumerate(heads)
    }
    told = [filled[Head(period)].is_told for period in wanted]
    last = max((number for number, is_told in enumerate(told, 1) if is_told), default=0)
    added = [column for period in sums if (column := filled[Head(period)]).is_told]
    outcomes = (*(filled[Head(period)] for period in wanted[:last]), *added)
    return Columns(
        (*_with_baseline(filled[_BASELINE], outcomes), *(filled[head] for head in others)),
        untold=tuple(wanted[last:]),
    )


def _shown(scene: Scene, subject: Subject, head: Head) -> Shown:
    """The period's own value or the sum of what fills it, never that of a shorter period within
    it."""
    plan, id, uppdelning = subject.plan, subject.indicator.id, subject.uppdelning
    if head.period is None:
        told = baseline(plan, id, known_at=scene.at, uppdelning=uppdelning)
        return Shown(subject, head, told)
    step = explain(
        plan, id, head.period, known_at=scene.at, serie=head.serie, uppdelning=uppdelning
    )
    tal = step.tal
    if tal.period not in (None, head.period):
        nothing = Tal(None, tal.måttenhet, tal.decimaler, kind="saknas")
        return Shown(subject, head, nothing)
    row = step.rows[0] if len(step.rows) == 1 and tal.is_told else None
    return Shown(subject, head, tal, row)


def _heading(head: Head) -> str:
    if head.period is None:
        return "Ingångsvärde"
    period = head.period.short()
    return period if head.serie == OUTCOME else f"{head.serie} {period}"


def _periods(scene: Scene, subject: Subject) -> Iterator[Period]:
    """The periods expected of the year so far, and where rounds are rare those told since last
    year."""
    shown_as = _SHOWN_AS.get(subject.indicator.frekvens or "")
    if shown_as:
        yield from divide(_year_so_far(scene.at), shown_as)
    else:
        yield from _recent(scene, subject, OUTCOME)


def _sums(scene: Scene, subjects: Sequence[Subject]) -> Iterator[Period]:
    """The tertials so far and the report's own period, where every subject adds up over time."""
    if all(_adds_up(each.plan, each.indicator) for each in subjects):
        yield from sorted({*divide(_year_so_far(scene.at), _ADDED_UP_BY), scene.at})


def _adds_up(plan: Plan, indicator: Indikator) -> bool:
    """Whether shorter periods add up: those of the indicator, or of all it is computed from."""
    if indicator.beräkning is None:
        return indicator.adds_up_over_time
    parts = (plan.get(Indikator, part) for part in indicator.beräkning.parts)
    return all(part is not None and part.adds_up_over_time for part in parts)


def _with_baseline(baseline: Figures, outcomes: tuple[Figures, ...]) -> tuple[Figures, ...]:
    """The outcomes after a column for the baseline, unless one of them is it."""
    told = {
        each.tal.period if each.subject.indicator.ingångsvärde else None
        for each in baseline.shown
        if each.tal.is_told
    }
    if not told:
        return outcomes
    period = told.pop() if len(told) == 1 else None
    if period is None:
        return baseline, *outcomes
    if all(column.head.period != period for column in outcomes):
        return replace(baseline, heading=f"{baseline.heading} {period.short()}"), *outcomes
    return tuple(
        replace(column, heading=f"{column.heading} (ingångsvärde)")
        if column.head.period == period
        else column
        for column in outcomes
    )


def _other_series(scene: Scene, subjects: Sequence[Subject]) -> Iterator[Head]:
    """What is told since last year of other series, such as forecasts and the whole country."""
    for step in scales.steps(scene.plan.skalor["serie"], scene.at.last):
        if step.namn in (OUTCOME, BASELINE):
            continue
        told = {period for each in subjects for period in _recent(scene, each, step.namn)}
        yield from (Head(period, step.namn) for period in sorted(told))


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
