"""What an indicator was in a period, as known at a report: the only way from rows to figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from kvalitet.figure import Tal
from kvalitet.indicators import steps
from kvalitet.indicators.explained import Step
from kvalitet.indicators.parts import from_parts, is_whole, together
from kvalitet.indicators.rows import BASELINE, Sight, Uppdelning
from kvalitet.indicators.steps import is_mixed, step
from kvalitet.indicators.totals import of, units
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period


def value(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> Tal:
    """The value in a period as known at a report (None: all that is known), by rules 1, 2 and 6 of
    the example README. Where there is none, `Tal.kind` and `Tal.märke` tell why."""
    return step(plan, id, period, Sight(plan.data, known_at, serie, uppdelning)).tal


def explain(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> Step:
    """How `value` comes about."""
    return step(plan, id, period, Sight(plan.data, known_at, serie, uppdelning))


def total(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    uppdelning: Uppdelning = (),
) -> Step:
    """What the parts of a plan make together in a period, whatever rows it has itself."""
    return steps.total(plan, id, period, Sight(plan.data, known_at, uppdelning=uppdelning))


def baseline(plan: Plan, id: str, *, known_at: Period | None, uppdelning: Uppdelning = ()) -> Tal:
    """The baseline: the value of the period that `ingångsvärde` names, else the newest row of that
    series whose year has begun (design 3.6)."""
    indicator = plan.get(Indikator, id)
    if indicator is not None and indicator.ingångsvärde is not None:
        return value(plan, id, indicator.ingångsvärde, known_at=known_at, uppdelning=uppdelning)
    sight = Sight(plan.data, known_at, BASELINE, uppdelning)
    told = _periods(plan, id, sight)
    begun = [period for period in told if known_at is None or period.first <= known_at.last]
    return step(plan, id, begun[-1], sight).tal if begun else Tal(None, kind="saknas")


def periods(
    plan: Plan,
    id: str,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
    since: date = date.min,
) -> tuple[Period, ...]:
    """The periods that have rows, in order; of a computed indicator, and of a total of units, those
    of what it is made of for which it has a value or a mark. None that ends before a day."""
    return _periods(plan, id, Sight(plan.data, known_at, serie, uppdelning), since)


def has_periods(
    plan: Plan, id: str, *, known_at: Period | None, uppdelning: Uppdelning = ()
) -> bool:
    """Whether there are any such periods: to know that, few of them need be reckoned."""
    sight = Sight(plan.data, known_at, uppdelning=uppdelning)
    there = _periods_of_rows(plan, id, sight)
    if _is_made(plan, id, sight):
        there = _told(plan, id, sorted(there, reverse=True), sight)
    return next(iter(there), None) is not None


def some_periods(
    plan: Plan,
    id: str,
    most: int,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> tuple[Period, ...]:
    """The same periods; where they are more than so many, the first ones and the last."""
    sight = Sight(plan.data, known_at, serie, uppdelning)
    there = sorted(_periods_of_rows(plan, id, sight))
    first = tuple(islice(_told(plan, id, there, sight), most))
    last = next(_told(plan, id, reversed(there), sight), None) if len(first) == most else None
    return (*first, last) if last and last != first[-1] else first


def tried_periods(
    plan: Plan, id: str, *, known_at: Period | None, uppdelning: Uppdelning = ()
) -> tuple[Period, ...]:
    """The periods that rows of the plan or its units tell of, in order, also where these make no
    total."""
    sight = Sight(plan.data, known_at, uppdelning=uppdelning)
    return tuple(sorted(_periods_of_rows(plan, id, sight)))


def having_rows(
    plan: Plan, id: str, among: Sequence[Period], *, known_at: Period | None
) -> list[Period]:
    """Of periods that follow each other, those on a day of which a row ends, of the indicator or of
    what it is computed from: no other has a value."""
    rows = _periods_of_rows(plan, id, Sight(plan.data, known_at))
    ends = {bisect_left(among, period.last, key=_last_day) for period in rows}
    return [among[number] for number in sorted(ends) if number < len(among)]


def lacking(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> tuple[tuple[str, Period], ...]:
    """The rows, as id and period, that the value of a period would need and does not have; of the
    first twenty indicators that lack any."""
    sight = Sight(plan.data, known_at, serie, uppdelning)
    ids = step(plan, id, period, sight).lacking
    without = (each for part in ids if (each := plan.get(Indikator, part)))
    return tuple((each.id, gap) for each in without for gap in _gaps(plan, sight, each, period))


def members(plan: Plan, id: str) -> tuple[Indikator, ...]:
    """The indicators of a table in order, groups within it opened; one that is no group is its
    own only member."""
    found: dict[str, Indikator] = {}
    groups: set[str] = set()
    waiting = [id]
    while waiting:
        indicator = plan.get(Indikator, waiting.pop())
        if indicator is None:
            continue
        if not indicator.indikatorer:
            found.setdefault(indicator.id, indicator)
        elif indicator.id not in groups:
            groups.add(indicator.id)
            waiting.extend(reversed(indicator.indikatorer))
    return tuple(found.values())


def breakdowns(plan: Plan, id: str) -> frozenset[Uppdelning]:
    """The steps of scales that rows of the indicator, or of what it is computed from, are about."""
    return _breakdowns(plan, id) if is_whole(plan, id) else frozenset()


def is_faulty(plan: Plan, id: str) -> bool:
    """Whether a key of the indicator, or of what it is computed from, cannot be read; or, where it
    is a total of units, figures of one of them."""
    return _is_faulty(plan, id) if is_whole(plan, id) else id in _faulty_ids(plan)


@from_parts
def _breakdowns(
    plan: Plan, indicator: Indikator, parts: Sequence[frozenset[Uppdelning]]
) -> frozenset[Uppdelning]:
    own = frozenset(key.uppdelning for key in plan.data.keys(indicator.id)) - {()}
    there = units(plan, indicator.id, Sight(plan.data, None))
    return together(own, *parts, *(_breakdowns(unit, indicator.id) for unit in there))


@from_parts
def _is_faulty(plan: Plan, indicator: Indikator, parts: Sequence[bool]) -> bool:
    id = indicator.id
    below = () if plan.data.keys(id) else plan.parts
    is_below = any(part.gaps.data or is_faulty(part, id) for part in below)
    return is_below or id in _faulty_ids(plan) or any(parts)


@remembered
def _faulty_ids(plan: Plan) -> frozenset[str]:
    return frozenset(id for id, _ in plan.gaps.fields)


def _last_day(period: Period) -> date:
    return period.last


def _periods(plan: Plan, id: str, sight: Sight, since: date = date.min) -> tuple[Period, ...]:
    if _is_made(plan, id, sight):
        return _told_periods(plan, id, sight, since)
    return tuple(each for each in _periods_of_rows(plan, id, sight) if each.last >= since)


@remembered
def _told_periods(plan: Plan, id: str, sight: Sight, since: date) -> tuple[Period, ...]:
    there = (each for each in _periods_of_rows(plan, id, sight) if each.last >= since)
    return tuple(_told(plan, id, sorted(there), sight))


def _is_made(plan: Plan, id: str, sight: Sight) -> bool:
    """Whether values are made of other than rows of the plan's own, and so may lack in a period."""
    return _is_computed(plan, id) or bool(units(plan, id, sight))


def _told(plan: Plan, id: str, periods: Iterable[Period], sight: Sight) -> Iterator[Period]:
    return (each for each in periods if step(plan, id, each, sight).tal.is_told)


def _periods_of_rows(plan: Plan, id: str, sight: Sight) -> Iterable[Period]:
    if not is_whole(plan, id):
        return ()
    if _is_computed(plan, id):
        return _periods_of_parts(plan, id, sight)
    there = units(plan, id, sight)
    if not there:
        return sight.periods(id)
    return {*sight.periods(id), *chain.from_iterable(_of_units(there, id, sight))}


def _of_units(there: Iterable[Plan], id: str, sight: Sight) -> Iterator[Iterable[Period]]:
    return (_periods_of_rows(unit, id, of(unit, sight)) for unit in there)


def _is_computed(plan: Plan, id: str) -> bool:
    indicator = plan.get(Indikator, id)
    return indicator is not None and indicator.beräkning is not None


@from_parts
def _periods_of_parts(
    plan: Plan, indicator: Indikator, parts: Sequence[frozenset[Period]], sight: Sight
) -> frozenset[Period]:
    own = () if parts else _periods_of_rows(plan, indicator.id, sight)
    return together(frozenset(own), *parts)


def _gaps(plan: Plan, sight: Sight, indicator: Indikator, period: Period) -> Iterable[Period]:
    """The periods without a row: those of the units that lack any, where they make the total."""
    there = units(plan, indicator.id, sight)
    if there and not is_mixed(indicator, period, sight):
        of_units = (_gaps_of_unit(unit, indicator.id, period, of(unit, sight)) for unit in there)
        return dict.fromkeys(sorted(chain.from_iterable(of_units)))
    if indicator.adds_up_over_time:
        return sight.lacking(indicator.id, period, indicator.frekvens)
    return (period,)


def _gaps_of_unit(unit: Plan, id: str, period: Period, sight: Sight) -> Iterator[Period]:
    made = step(unit, id, period, sight)
    lacking = (unit.get(Indikator, each) for each in made.lacking)
    for each in lacking if not made.tal.is_told else ():
        if each is not None:
            yield from _gaps(unit, sight, each, period)
