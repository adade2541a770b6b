"""Which periods there is something to tell of, as a report sees them: expected, told, added up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from kvalitet.indicators import Step, explain, periods
from kvalitet.model.indicator import SINCE_JANUARY, Indikator
from kvalitet.period import Period, divide
from kvalitet.view.scene import Scene
from kvalitet.view.subjects import Subject

OUTCOME, FORECAST = "utfall", "prognos"
_SHOWN_AS = {"dag": "månad", "månad": "månad", "kvartal": "kvartal", "tertial": "tertial"}
"""What a frequency is shown by; of one not named here the rounds of last year are shown too."""
_ADDED_UP_BY = ("kvartal", "tertial", "halvår", "år")
"""The reports that tell what came in each period of their own length; others what came this year
so far."""
_FEW, _MANY = 4, 12
"""More days than so are not shown for one round, nor more periods for the last two years."""


def exactly(scene: Scene, subject: Subject, period: Period, serie: str = OUTCOME) -> Step | None:
    """The period's own value or the sum of what fills it, never that of a shorter period within
    it, unless that ends with it and tells of all the time until then or of that day alone."""
    step = explain(
        subject.plan,
        subject.indicator.id,
        period,
        known_at=scene.at,
        serie=serie,
        uppdelning=subject.uppdelning,
    )
    own = step.tal.period
    return step if own is None or speaks_of(subject, own, period) else None


def rounds(scene: Scene, subject: Subject, added: Collection[Period]) -> Iterator[Period]:
    """The periods expected of the year so far, and those told that are none of them and no sums;
    where rounds are rare those told since last year, unless they are many."""
    shown_as = _SHOWN_AS.get(subject.indicator.frekvens or "")
    if not shown_as:
        told = recent(scene, subject, OUTCOME)
        first = _year_so_far(scene.at).first if len(told) > _MANY else date.min
        yield from (each for each in told if each.last >= first)
        return
    so_far = _year_so_far(scene.at)
    told = [each for each in _told(scene, subject, OUTCOME) if each.last >= so_far.first]
    whole_ones = divide(so_far, shown_as)
    for whole in whole_ones:
        yield from _of_round(scene, subject, whole, told)
    begun = _begun(so_far, whole_ones)
    if begun:
        yield from _of_begun(scene, subject, begun, told)
    for each in told:
        is_of_begun = begun is not None and begun.contains(each)
        is_shown = is_of_begun or any(_tells(subject, whole, each) for whole in whole_ones)
        if not is_shown and each not in added:
            yield each


def _of_round(
    scene: Scene, subject: Subject, whole: Period, told: Sequence[Period]
) -> Iterable[Period]:
    """The round itself; where nothing is told of it as a whole, what is told within it, if it is
    not a sum of much."""
    within = [period for period in told if whole.contains(period)]
    if not within or whole in within or _is_told(scene, subject, whole):
        return (whole,)
    return _newest(subject, within) or (whole,)


def _of_begun(
    scene: Scene, subject: Subject, begun: Period, told: Sequence[Period]
) -> Iterable[Period]:
    """The sum of the days of a round that is not over with the report, or what is told of them."""
    if adds_up(subject) and _is_told(scene, subject, begun):
        return (begun,)
    return _newest(subject, [period for period in told if begun.contains(period)])


def _newest(subject: Subject, within: Sequence[Period]) -> Sequence[Period]:
    """What is told within a round; of many days the newest alone, or none of the parts of a sum."""
    days = [period for period in within if period.frekvens == "dag"]
    if len(days) <= _FEW:
        return within
    longer = [period for period in within if period.frekvens != "dag"]
    return longer if adds_up(subject) else [*longer, days[-1]]


def _tells(subject: Subject, whole: Period, each: Period) -> bool:
    """Whether what there is to tell of a period is told with another."""
    return whole.contains(each) or speaks_of(subject, each, whole)


def _begun(so_far: Period, rounds: Sequence[Period]) -> Period | None:
    """The days of a round that is not over with the report."""
    first = rounds[-1].last + timedelta(days=1) if rounds else so_far.first
    return Period(first, so_far.last) if first <= so_far.last else None


def sums(scene: Scene, subjects: Sequence[Subject]) -> frozenset[Period]:
    """Where every subject adds up over time, the report's own period and those as long before it
    this year; or the year so far, where a report is of a month, a day or a span."""
    if not all(map(adds_up, subjects)):
        return frozenset()
    so_far, at = _year_so_far(scene.at), scene.at
    if at.frekvens in _ADDED_UP_BY:
        return frozenset((*divide(so_far, at.frekvens), at))
    return frozenset((so_far,) if at.frekvens == "dag" else (so_far, at))


def adds_up(subject: Subject) -> bool:
    """Whether shorter periods add up: those of the indicator, or of all it is computed from."""
    return all(each is not None and each.adds_up_over_time for each in _counted(subject))


def speaks_of(subject: Subject, own: Period, asked: Period) -> bool:
    """Whether the value of a period is that of another: the length makes no difference to a value
    that tells how it was when its period ended, or of all the year until then."""
    if own == asked:
        return True
    counted = [each.typ if each else "period" for each in _counted(subject)]
    is_of_end = subject.indicator.typ != "period" or "period" not in counted
    return is_of_end and own.last == asked.last


def is_since_new_year(subject: Subject) -> bool:
    """Whether values are counted from New Year, or computed from such values."""
    return any(each is not None and each.typ == SINCE_JANUARY for each in _counted(subject))


def _counted(subject: Subject) -> Sequence[Indikator | None]:
    """The indicator, or what it is computed from."""
    indicator = subject.indicator
    if indicator.beräkning is None:
        return (indicator,)
    return [subject.plan.get(Indikator, part) for part in indicator.beräkning.parts]


def _is_told(scene: Scene, subject: Subject, period: Period) -> bool:
    step = exactly(scene, subject, period)
    return step is not None and step.tal.is_told


def recent(scene: Scene, subject: Subject, serie: str) -> Sequence[Period]:
    """The periods of a series that are told since last year."""
    told = _told(scene, subject, serie)
    return [period for period in told if period.year >= scene.at.year - 1]


def _told(scene: Scene, subject: Subject, serie: str) -> tuple[Period, ...]:
    """The periods that are told of this year, or since last year."""
    return periods(
        subject.plan,
        subject.indicator.id,
        known_at=scene.at,
        serie=serie,
        uppdelning=subject.uppdelning,
        since=min(_year_so_far(scene.at).first, date(scene.at.year - 1, 1, 1)),
    )


def _year_so_far(at: Period) -> Period:
    """From New Year, or from the report's own beginning if that is earlier."""
    return Period(min(at.first, date(at.year, 1, 1)), at.last)
