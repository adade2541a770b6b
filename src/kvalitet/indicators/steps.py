"""How a value comes about: by which rows, by which steps before it, or by which units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from kvalitet.figure import Kind, Tal
from kvalitet.indicators.arithmetic import (
    SHARE,
    can_be_added,
    of_parts,
    of_rows,
    of_units,
    untold,
    without,
)
from kvalitet.indicators.explained import (
    Step,
    Unit,
    hindering,
    hinders,
    is_otherwise,
    not_in_all,
    unit_of,
    with_units,
)
from kvalitet.indicators.parts import from_parts, is_whole, parts_of
from kvalitet.indicators.rows import BASELINE, Sight
from kvalitet.indicators.totals import of, units
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, lately_remembered
from kvalitet.period import Period
from kvalitet.series import Row

MOST_LACKING = 20
_OUTCOME = "utfall"


def step(plan: Plan, id: str, period: Period, sight: Sight) -> Step:
    """The value of an indicator in a period. The parts of a computed one that do not add up over
    time are taken on the last day on which all of them have a row."""
    indicator = plan.get(Indikator, id)
    if indicator is None or not is_whole(plan, id):
        return Step(id, Tal(None, kind="saknas"))
    if not parts_of(indicator):
        return _of_own(plan, indicator, period, sight, None)
    days = _common_days(plan, id, period, sight)
    return _step(plan, id, period, sight, max(days or (), default=None))


def total(plan: Plan, id: str, period: Period, sight: Sight) -> Step:
    """What the parts of a plan make together, whatever rows it has itself."""
    indicator = plan.get(Indikator, id)
    if indicator is None or not is_whole(plan, id):
        return Step(id, Tal(None, kind="saknas"))
    return _of_units(plan, id, period, sight, None)


@from_parts
def _step(
    plan: Plan,
    indicator: Indikator,
    parts: Sequence[Step],
    period: Period,
    sight: Sight,
    day: date | None,
) -> Step:
    if parts:
        return _of_parts(plan, indicator, parts, period, sight)
    if day is None and not indicator.adds_up_over_time:
        return _of_rows(indicator, (), period, sight)
    return _of_own(plan, indicator, period, sight, day)


@from_parts
def _common_days(
    plan: Plan,
    indicator: Indikator,
    parts: Sequence[frozenset[date] | None],
    period: Period,
    sight: Sight,
) -> frozenset[date] | None:
    """The days in a period on which all that a computed indicator rests on, and that does not add
    up over time, has a row; None where all adds up."""
    return _in_all(parts) if parts else _days(plan, indicator, period, sight)


def _in_all(several: Sequence[frozenset[date] | None]) -> frozenset[date] | None:
    told = {id(each): each for each in several if each is not None}
    return frozenset.intersection(*told.values()) if told else None


def _days(plan: Plan, indicator: Indikator, period: Period, sight: Sight) -> frozenset[date] | None:
    """The same of an indicator with rows of its own, or else with units that have."""
    if indicator.adds_up_over_time:
        return None
    own = frozenset(sight.ends(indicator.id, period))
    if own or not units(plan, indicator.id, sight):
        return own
    return _in_all(_days_of_units(plan, indicator, period, sight))


def _days_of_units(
    plan: Plan, indicator: Indikator, period: Period, sight: Sight
) -> Sequence[frozenset[date] | None]:
    return [
        _days(unit, own, period, of(unit, sight))
        if not parts_of(own)
        else _common_days(unit, own.id, period, of(unit, sight))
        for unit in units(plan, indicator.id, sight)
        if (own := unit.get(Indikator, indicator.id))
    ]


def _of_own(
    plan: Plan, indicator: Indikator, period: Period, sight: Sight, day: date | None
) -> Step:
    """The value by the plan's own rows, else by those of its units: that of a day where one is
    given and values do not add up over time."""
    if day is None or indicator.adds_up_over_time:
        rows = _rows(sight, indicator, period)
    else:
        rows = _ending(sight, indicator.id, day, period)
    if rows or not units(plan, indicator.id, sight):
        return _of_rows(indicator, rows, period, sight)
    if is_mixed(indicator, period, sight):
        nothing = Step(indicator.id, without(indicator, "saknas"), lacking=(indicator.id,))
        return replace(nothing, lacks=(Unit(plan, nothing, "delvis"),))
    return _of_units(plan, indicator.id, period, sight, day)


def is_mixed(indicator: Indikator, period: Period, sight: Sight) -> bool:
    """Whether a plan's own rows tell of a part of a period, and do not fill it. They go before what
    its units have, so the units' total of the whole time would leave them out: there is none."""
    is_summed = indicator.adds_up_over_time and sight.serie != BASELINE
    return is_summed and sight.tells_within(indicator.id, period)


@lately_remembered
def _of_units(plan: Plan, id: str, period: Period, sight: Sight, day: date | None) -> Step:
    """The total of the units; of what does not add up over time as it was on one day, the last on
    which all of them have a row, else on which any has."""
    indicator = plan.get(Indikator, id)
    assert indicator is not None
    if day is None and not indicator.adds_up_over_time:
        told = _days_of_units(plan, indicator, period, sight)
        days = _in_all(told) or frozenset().union(*filter(None, told))
        day = max(days, default=None)
    there = [
        unit_of(plan, unit, id, period, sight, _of_unit(unit, id, period, of(unit, sight), day))
        for unit in units(plan, id, sight)
    ]
    if not any(_is_tried(unit, sight) for unit in there):
        return _of_rows(indicator, (), period, sight)
    own = _of_one_time(indicator, [_own(indicator, unit) for unit in there], period)
    gaps = [unit for unit, tal in zip(there, own, strict=True) if not can_be_added(indicator, tal)]
    return with_units(Step(id, of_units(indicator, own, period)), there, gaps)


def _is_tried(unit: Unit, sight: Sight) -> bool:
    """Whether a unit tells what a total might be of, or would but for a unit of its own. Of a
    forecast nobody tells the counts of a share."""
    tal = unit.step.tal
    is_bare = tal.måttenhet == SHARE and tal.värde is not None and not tal.av
    return bool(unit.step.lacks) or (tal.is_told and not (is_bare and sight.serie != _OUTCOME))


def _own(indicator: Indikator, unit: Unit) -> Tal:
    return without(indicator, "saknas") if unit.otherwise else unit.step.tal


def _of_unit(unit: Plan, id: str, period: Period, sight: Sight, day: date | None) -> Step:
    indicator = unit.get(Indikator, id)
    assert indicator is not None
    if not parts_of(indicator):
        return _of_own(unit, indicator, period, sight, day)
    return _step(unit, id, period, sight, day) if day else step(unit, id, period, sight)


def _of_one_time(indicator: Indikator, own: Sequence[Tal], period: Period) -> Sequence[Tal]:
    """The values, but for those of another time than the one that is nearest to a period: a share
    of a month and one of a tertial do not go together."""
    times = {tal.period for tal in own if tal.period and tal.värde is not None}
    if indicator.typ != "period" or len(times) < 2:
        return own
    nearest = min(sorted(times), key=lambda each: abs(each.days - period.days))
    gap = without(indicator, "saknas")
    return [gap if tal.värde is not None and tal.period != nearest else tal for tal in own]


def _rows(sight: Sight, indicator: Indikator, period: Period) -> tuple[Row, ...]:
    """The rows that an indicator with rows of its own is taken from in a period."""
    row = sight.exactly(indicator.id, period)
    if row:
        return (row,)
    if not indicator.adds_up_over_time:
        last = next(sight.ends(indicator.id, period), None)
        return _ending(sight, indicator.id, last, period)
    if sight.serie == BASELINE:
        return ()
    return sight.filling(indicator.id, period, indicator.frekvens)


def _of_parts(
    plan: Plan, indicator: Indikator, parts: Sequence[Step], period: Period, sight: Sight
) -> Step:
    days = [day for part in parts for day in part.days]
    made = Step(
        indicator.id,
        of_parts(indicator, [part.tal for part in parts], period),
        parts=tuple(parts),
        days=(min(days), max(days)) if days else (),
        lacking=_first(chain.from_iterable(part.lacking for part in parts)),
        lacks=hindering(parts),
    )
    totals = [part for part in parts if part.units]
    return _of_totals(plan, indicator, made, totals, period, sight) if totals else made


def _of_totals(
    plan: Plan,
    indicator: Indikator,
    made: Step,
    totals: Sequence[Step],
    period: Period,
    sight: Sight,
) -> Step:
    """What is computed from totals. They must be of the same units; and where all are totals, each
    unit must have a value of its own, which may be protected though none of the totals is."""
    plans = {unit.plan.mapp: unit.plan for each in totals for unit in each.units}
    values = {
        mapp: step(unit, indicator.id, period, of(unit, sight)) for mapp, unit in plans.items()
    }
    there = [
        unit_of(plan, unit, made.id, period, sight, values[mapp]) for mapp, unit in plans.items()
    ]
    is_all, odd = len(totals) == len(made.parts), not_in_all(indicator, totals)
    odd |= {unit.plan.mapp for unit in there if is_otherwise(unit)}
    gaps = [unit for unit in there if unit.plan.mapp in odd or hinders(unit.step.tal, is_all)]
    tal, gap = made.tal, without(indicator, "saknas")
    if gaps and tal.värde is not None:
        why = [gap if unit.plan.mapp in odd else unit.step.tal for unit in gaps]
        tal = untold(indicator, why, period)
    full = with_units(replace(made, tal=tal), there, gaps)
    if tal.värde is not None:
        return full
    return replace(full, lacking=made.lacking or full.lacking, lacks=hindering((*made.parts, full)))


def _of_rows(indicator: Indikator, rows: tuple[Row, ...], period: Period, sight: Sight) -> Step:
    if not rows:
        is_ahead = sight.known_at is not None and period.last > sight.known_at.last
        nothing: Kind = "ej ännu" if is_ahead else "saknas"
        return Step(indicator.id, without(indicator, nothing), lacking=(indicator.id,))
    days = [row.key.period.last for row in rows]
    tal = of_rows(indicator, rows, period)
    return Step(indicator.id, tal, rows, days=(min(days), max(days)))


def _first(ids: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))[:MOST_LACKING]


def _ending(sight: Sight, id: str, day: date | None, period: Period) -> tuple[Row, ...]:
    row = sight.ending(id, day, period) if day else None
    return (row,) if row else ()
