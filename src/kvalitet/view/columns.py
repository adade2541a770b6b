"""Which periods and series stand beside each other in the table of some indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import BASELINE, Step, baseline
from kvalitet.period import Period
from kvalitet.series import Row
from kvalitet.view.scene import Scene
from kvalitet.view.spans import FORECAST, OUTCOME, adds_up, exactly, recent, rounds, sums
from kvalitet.view.subjects import Subject

_WIDEST = 12
"""As many columns as a page of paper has room for."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a column is about: a period of a series, or where `period` is None the baseline. One
    that `is_beside` is there for comparison alone."""

    period: Period | None
    serie: str = OUTCOME
    is_beside: bool = False


_BASELINE = Head(None)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What stands in a column for a subject; `row` is the one row of data that it is, None for the
    baseline, and for what is made of several; `how` is None for the baseline and where there is
    nothing."""

    subject: Subject
    head: Head
    tal: Tal
    row: Row | None = None
    how: Step | None = None


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
    """The columns of a table: baseline, the periods of the year, what they add up to, the newest of
    them with the same period of last year, and other series such as forecasts. Subject by subject,
    each figure is reckoned once."""
    totalled = sums(scene, subjects)
    wanted = sorted({period for each in subjects for period in rounds(scene, each, totalled)})
    added = sorted(totalled.difference(wanted))
    others = tuple(_other_series(scene, subjects))
    heads = (_BASELINE, *map(Head, (*wanted, *added)), *others)
    filled = _filled(scene, subjects, heads)
    wanted = [period for period in wanted if not _is_double(filled, period, wanted)]
    told = [filled[Head(period)].is_told for period in wanted]
    last = max((number for number, is_told in enumerate(told, 1) if is_told), default=0)
    shown = [filled[Head(period)] for period in wanted[:last]]
    totals = [column for period in added if (column := filled[Head(period)]).is_told]
    outcomes = _with_last_year(scene, subjects, shown, totals)
    return Columns(
        (*_with_baseline(filled[_BASELINE], outcomes), *(filled[head] for head in others)),
        untold=tuple(wanted[last:]),
    )


def _filled(
    scene: Scene, subjects: Sequence[Subject], heads: Sequence[Head]
) -> dict[Head, Figures]:
    rows = [[_shown(scene, subject, head) for head in heads] for subject in subjects]
    return {
        head: Figures(_heading(head), head, tuple(row[number] for row in rows))
        for number, head in enumerate(heads)
    }


def _is_double(filled: Mapping[Head, Figures], period: Period, wanted: Sequence[Period]) -> bool:
    """Whether all that is told of a period is told of a longer one with the same end, from the same
    rows: how it was on the last day of the year is how it was at the end of it."""
    here = filled[Head(period)]
    longer = (filled[Head(each)] for each in wanted if each > period and each.last == period.last)
    return here.is_told and any(
        all(
            not own.tal.is_told or own.tal.källor == other.tal.källor
            for own, other in zip(here.shown, there.shown, strict=True)
        )
        for there in longer
    )


def narrowed(columns: Sequence[Figures], at: Period) -> Sequence[Figures]:
    """The columns; of many, not those before the report's own period that are told as a part of
    another, such as the months of a quarter that is over."""
    outcomes = [each for each in columns if each.head.serie == OUTCOME and each.head.period]
    subjects = [each.subject for each in columns[0].shown]
    if len(outcomes) <= _WIDEST or not all(map(adds_up, subjects)):
        return columns
    whole = [
        each.head.period
        for each in outcomes
        if each.head.period and all(one.tal.is_told for one in each.shown)
    ]
    past = {
        each.head
        for each in outcomes
        if each.head.period and not at.contains(each.head.period)
        if any(one != each.head.period and one.contains(each.head.period) for one in whole)
    }
    return [each for each in columns if each.head not in past]


def _with_last_year(
    scene: Scene, subjects: Sequence[Subject], shown: list[Figures], totals: list[Figures]
) -> tuple[Figures, ...]:
    """The periods and then what they add up to. First among those that the newest is one of stands
    its period of last year, unless that is there already or nothing is told of it."""
    there = [column.head.period for column in (*shown, *totals) if column.head.period]
    newest = max(there, key=lambda period: (period.last, period.days), default=None)
    before: list[Figures] = []
    with suppress(ValueError):  # the calendar has no year before
        if newest and newest.a_year_before() not in there:
            head = Head(newest.a_year_before(), is_beside=True)
            before = [each for each in _filled(scene, subjects, [head]).values() if each.is_told]
    is_total = any(column.head.period == newest for column in totals)
    return (*shown, *before, *totals) if is_total else (*before, *shown, *totals)


def _shown(scene: Scene, subject: Subject, head: Head) -> Shown:
    if head.period is None:
        own = (subject.plan, subject.indicator.id)
        told = baseline(*own, known_at=scene.at, uppdelning=subject.uppdelning)
        return Shown(subject, head, told)
    step = exactly(scene, subject, head.period, head.serie)
    if step is None:
        indicator = subject.indicator
        nothing = Tal(None, indicator.måttenhet, indicator.decimaler, kind="saknas")
        return Shown(subject, head, nothing)
    row = step.rows[0] if len(step.rows) == 1 and step.tal.is_told else None
    return Shown(subject, head, step.tal, row, step)


def _heading(head: Head) -> str:
    if head.period is None:
        return "Ingångsvärde"
    period = head.period.short()
    return period if head.serie == OUTCOME else f"{head.serie} {period}"


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
    """What is told since last year of other series, such as the whole country; a forecast until
    its period is over before the report's begins: at the end of the year it stands beside what the
    year became."""
    for step in scales.steps(scene.plan.skalor["serie"], scene.at.last):
        if step.namn in (OUTCOME, BASELINE):
            continue
        told = {period for each in subjects for period in recent(scene, each, step.namn)}
        first = scene.at.first if step.namn == FORECAST else date.min
        yield from (Head(each, step.namn) for each in sorted(told) if each.last >= first)
