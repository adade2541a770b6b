"""What a chart shows: the values of one indicator over time, and what they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from kvalitet import status
from kvalitet.figure import Tal
from kvalitet.indicators import baseline, breaks
from kvalitet.model.indicator import Indikator, Målvärde
from kvalitet.period import Period
from kvalitet.status import Måljämförelse
from kvalitet.svenska import join
from kvalitet.view.columns import Head, Shown
from kvalitet.view.scene import Scene, capital
from kvalitet.view.spans import OUTCOME, is_since_new_year
from kvalitet.view.subjects import Subject

LevelKind: TypeAlias = Literal["ingångsvärde", "målvärde"]

_FEWEST = 3
"""With fewer values a line says no more than its table."""


@dataclass(frozen=True, slots=True)
class Point:
    """What stands at a period: a value, or why there is none."""

    period: Period
    tal: Tal


@dataclass(frozen=True, slots=True)
class Reference:
    """A level that the values are held against; a target between two values has two. `since` is
    the period of the first point that it holds for, None where it holds for all of them."""

    kind: LevelKind
    namn: str
    text: str
    levels: tuple[Fraction, ...]
    since: Period | None = None

    def sentence(self) -> str:
        """What it is, its value, and from when."""
        since = f", från {self.since.in_words()}" if self.since else ""
        return f"{capital(self.namn)}: {self.text}{since}."


@dataclass(frozen=True, slots=True)
class Series:
    """All that one chart shows. The first day of each of `breaks` begins a new definition. Targets
    that speak of another length of time than the values are `undrawn`."""

    anchor: str
    namn: str
    måttenhet: str
    points: tuple[Point, ...]
    references: tuple[Reference, ...] = ()
    breaks: tuple[Period, ...] = ()
    svarsskala: tuple[int, int] | None = None
    undrawn: tuple[Reference, ...] = ()

    def caption(self) -> str:
        """The heading: what is measured, and in what."""
        return f"{self.namn}, {self.måttenhet}"

    def sentence(self) -> str:
        """All of it in words."""
        values = join([f"{each.tal.text()} ({each.period.in_words()})" for each in self.points])
        held = [each.sentence() for each in self.references]
        left_out = [f"Inte ritat: {each.namn}, {each.text}." for each in self.undrawn]
        new = [f"Ny definition från {period.in_words()}." for period in self.breaks]
        return " ".join((f"Linjediagram över {self.namn}: {values}.", *held, *left_out, *new))


def series(scene: Scene, shown: Sequence[Shown]) -> tuple[Series, ...]:
    """The series of a table that are drawn: of the plan's own totals those with values enough."""
    outcomes = _outcomes({each.head: None for each in shown})
    places = _places(outcomes)
    totals: dict[Subject, dict[Period, Tal]] = {}
    for subject, head, tal in ((each.subject, each.head, each.tal) for each in shown):
        is_total = subject.plan is scene.plan and not subject.uppdelning
        of_line = outcomes if is_since_new_year(subject) else places
        if is_total and head.period in of_line and head.serie == OUTCOME:
            totals.setdefault(subject, {})[head.period] = tal
    found = (_series(scene, subject, told) for subject, told in totals.items())
    return tuple(each for each in found if each)


def _outcomes(heads: Iterable[Head]) -> set[Period]:
    """The periods of the outcome, but for the one of last year that the newest is compared with."""
    outcomes = (head for head in heads if head.serie == OUTCOME and not head.is_beside)
    return {head.period for head in outcomes if head.period}


def _places(all_: set[Period]) -> set[Period]:
    """The periods but for those that are the sum of others of them."""
    return {each for each in all_ if not any(each.contains(other) for other in all_ - {each})}


def _series(scene: Scene, subject: Subject, told: dict[Period, Tal]) -> Series | None:
    """None where there are too few values, or where they do not speak of equally long periods and
    would have to. What is counted from New Year is no line with the year before."""
    of_line = sorted(told)
    if is_since_new_year(subject):
        ends = {period.last: period for period in of_line if period.year == scene.at.year}
        of_line = list(ends.values())
    points = tuple(Point(period, told[period]) for period in of_line)
    periods = [point.period for point in points if point.tal.värde is not None]
    lengths = set(map(_months, periods)) if _is_amount(subject) else {None}
    if len(periods) < _FEWEST or len(lengths) > 1:
        return None
    length = next(iter(lengths))
    new = breaks(subject.plan, subject.indicator.id)
    targets = dict(_targets(scene, subject, [point.period for point in points]))
    drawn = [held for held, each in targets.items() if _is_as_long(each, length)]
    return Series(
        subject.anchor,
        subject.indicator.namn,
        subject.indicator.måttenhet,
        points,
        (*_baseline(scene, subject, length, new, periods[-1]), *drawn),
        tuple(each for each in new if points[0].period.last < each.first <= points[-1].period.last),
        subject.indicator.svarsskala,
        tuple(held for held in targets if held not in drawn),
    )


def _baseline(
    scene: Scene, subject: Subject, length: int | None, new: Iterable[Period], last: Period
) -> Iterator[Reference]:
    """The baseline, unless it was measured by an older definition than the last value, or is an
    amount of another length. One whose period nobody knows is taken as it is told."""
    tal = baseline(subject.plan, subject.indicator.id, known_at=scene.at)
    if tal.värde is None or tal.period is None:
        return
    if any(tal.period.last < each.first <= last.last for each in new):
        return
    if length is None or subject.indicator.ingångsvärde is None or _months(tal.period) == length:
        yield Reference("ingångsvärde", "ingångsvärde", tal.text(), (tal.värde,))


def _targets(
    scene: Scene, subject: Subject, periods: Sequence[Period]
) -> Iterator[tuple[Reference, Måljämförelse]]:
    """The targets in force, each from the first point that it was in force for: a line through
    older values would hold them against what nobody had asked of them."""
    alike: dict[tuple[Period | None, Målvärde, Period], list[Måljämförelse]] = {}
    for each in status.comparisons(subject.plan, subject.indicator.id, scene.at):
        dated, own = subject.indicator.målvärden[each.vems], (each.period, each.målvärde)
        since = next((one for one in periods if status.target(dated, one) == own), scene.at)
        alike.setdefault((*own, since), []).append(each)
    for (_, målvärde, since), held in alike.items():
        bounds = dict.fromkeys((målvärde.lägst, målvärde.högst))
        levels = tuple(level for level in bounds if level is not None)
        whose = join([one.vems for one in held])
        from_later = None if since == periods[0] else since
        yield Reference("målvärde", f"mål, {whose}", held[0].text(), levels, from_later), held[0]


def _is_as_long(target: Måljämförelse, length: int | None) -> bool:
    """Whether a target speaks of as long a time as each value, where that makes a difference."""
    return length is None or (
        target.tal.period is not None and _months(target.tal.period) == length
    )


def _is_amount(subject: Subject) -> bool:
    """Whether a longer period has more of it, so that only equally long ones can be compared."""
    indicator = subject.indicator
    if indicator.beräkning is None:
        return indicator.adds_up_over_time
    parts = [subject.plan.get(Indikator, part) for part in indicator.beräkning.summa]
    return bool(parts) and all(part is not None and part.adds_up_over_time for part in parts)


def _months(period: Period) -> int:
    """The length in months, near enough; 0 for a day."""
    return (period.days * 12 + 182) // 365
