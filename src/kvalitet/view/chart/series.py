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
from kvalitet.view.spans import OUTCOME
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
    """A level that the values are held against; a target between two values has two."""

    kind: LevelKind
    namn: str
    text: str
    levels: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All that one chart shows. The first day of each of `breaks` begins a new definition."""

    anchor: str
    namn: str
    måttenhet: str
    points: tuple[Point, ...]
    references: tuple[Reference, ...] = ()
    breaks: tuple[Period, ...] = ()
    svarsskala: tuple[int, int] | None = None

    def sentence(self) -> str:
        """All of it in words."""
        values = join([f"{each.tal.text()} ({each.period.in_words()})" for each in self.points])
        held = [f"{capital(each.namn)}: {each.text}." for each in self.references]
        new = [f"Ny definition från {period.in_words()}." for period in self.breaks]
        return " ".join((f"Linjediagram över {self.namn}: {values}.", *held, *new))


def series(scene: Scene, shown: Sequence[Shown]) -> tuple[Series, ...]:
    """The series of a table that are drawn: of the plan's own totals those with values enough."""
    outcomes = _outcomes({each.head: None for each in shown})
    places = _places(outcomes)
    totals: dict[Subject, dict[Period, Tal]] = {}
    for subject, head, tal in ((each.subject, each.head, each.tal) for each in shown):
        is_total = subject.plan is scene.plan and not subject.uppdelning
        of_line = outcomes if subject.indicator.typ == "ackumulerat" else places
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
    if subject.indicator.typ == "ackumulerat":
        ends = {period.last: period for period in of_line if period.year == scene.at.year}
        of_line = list(ends.values())
    points = tuple(Point(period, told[period]) for period in of_line)
    periods = [point.period for point in points if point.tal.värde is not None]
    lengths = set(map(_months, periods)) if _is_amount(subject) else {None}
    if len(periods) < _FEWEST or len(lengths) > 1:
        return None
    length = next(iter(lengths))
    new = breaks(subject.plan, subject.indicator.id)
    return Series(
        subject.anchor,
        subject.indicator.namn,
        subject.indicator.måttenhet,
        points,
        (
            *_baseline(scene, subject, length, new, periods[-1]),
            *_targets(scene, subject, length, points[0].period),
        ),
        tuple(each for each in new if points[0].period.last < each.first <= points[-1].period.last),
        subject.indicator.svarsskala,
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
    scene: Scene, subject: Subject, length: int | None, first: Period
) -> Iterator[Reference]:
    """The targets in force, if they already were at the first point: a line through older values
    would hold them against what nobody had asked of them. One for an amount only if it speaks of
    as long a time as each point."""
    alike: dict[tuple[Period | None, Målvärde], list[Måljämförelse]] = {}
    for each in status.comparisons(subject.plan, subject.indicator.id, scene.at):
        dated = subject.indicator.målvärden[each.vems]
        if status.target(dated, first) == (each.period, each.målvärde):
            alike.setdefault((each.period, each.målvärde), []).append(each)
    for each, *others in alike.values():
        if length is None or (each.tal.period and _months(each.tal.period) == length):
            bounds = dict.fromkeys((each.målvärde.lägst, each.målvärde.högst))
            levels = tuple(level for level in bounds if level is not None)
            whose = join([one.vems for one in (each, *others)])
            yield Reference("målvärde", f"mål, {whose}", each.text(), levels)


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
