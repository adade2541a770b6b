"""What an indicator was in a period, as known at a report: the only way from rows to figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from kvalitet.figure import Kind, Tal
from kvalitet.indicators.arithmetic import of_parts, of_rows, without
from kvalitet.indicators.rows import BASELINE, Sight, Uppdelning
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series import Row


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a computation: what one indicator was, by which rows or by which other steps."""

    id: str
    tal: Tal
    rows: tuple[Row, ...] = ()
    parts: tuple[str, ...] = ()


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
    return _steps(plan, id, period, Sight(plan.data, known_at, serie, uppdelning))[-1].tal


def explain(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> tuple[Step, ...]:
    """How `value` comes about: each indicator after those that it is computed from, the asked one
    last."""
    return _steps(plan, id, period, Sight(plan.data, known_at, serie, uppdelning))


def baseline(plan: Plan, id: str, *, known_at: Period | None, uppdelning: Uppdelning = ()) -> Tal:
    """The baseline: the value of the period that `ingångsvärde` names, else the newest row of that
    series whose year has begun (design 3.6)."""
    indicator = plan.get(Indikator, id)
    if indicator is not None and indicator.ingångsvärde is not None:
        return value(plan, id, indicator.ingångsvärde, known_at=known_at, uppdelning=uppdelning)
    sight = Sight(plan.data, known_at, BASELINE, uppdelning)
    told = _periods(plan, id, sight)
    begun = [period for period in told if known_at is None or period.first <= known_at.last]
    return _steps(plan, id, begun[-1], sight)[-1].tal if begun else Tal(None, kind="saknas")


def periods(
    plan: Plan,
    id: str,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> tuple[Period, ...]:
    """The periods that have rows, in order; of a computed indicator those of its parts for which
    it has a value or a mark."""
    return _periods(plan, id, Sight(plan.data, known_at, serie, uppdelning))


def lacking(
    plan: Plan,
    id: str,
    period: Period,
    *,
    known_at: Period | None,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> tuple[tuple[str, Period], ...]:
    """The rows, as id and period, that the value of a period would need and does not have."""
    sight = Sight(plan.data, known_at, serie, uppdelning)
    order = _order(plan, id)
    taken = _taken(sight, order, period)
    return tuple(
        (each.id, gap)
        for each in order
        if not each.beräkning and not taken[each.id]
        for gap in _gaps(sight, each, period)
    )


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


def breaks(plan: Plan, id: str) -> tuple[Period, ...]:
    """The periods on whose first day a new definition begins, of the indicator or of what it is
    computed from (design 3.4)."""
    begun = (
        sorted((period for period in each.beskrivning if period), key=lambda period: period.first)
        for each in _order(plan, id)
    )
    return tuple(sorted({period for dated in begun for period in dated[1:]}))


def break_between(plan: Plan, id: str, *explained: Sequence[Step]) -> Period | None:
    """The first new definition that parts the rows of explained values, which are then not to be
    compared. A row belongs where its last day lies."""
    days = [row.key.period.last for steps in explained for step in steps for row in step.rows]
    parted = (new for new in breaks(plan, id) if days and min(days) < new.first <= max(days))
    return next(parted, None)


def _steps(plan: Plan, id: str, period: Period, sight: Sight) -> tuple[Step, ...]:
    nothing: Kind = "saknas"
    if sight.known_at is not None and period.last > sight.known_at.last:
        nothing = "ej ännu"
    order = _order(plan, id)
    taken = _taken(sight, order, period)
    steps: dict[str, Step] = {}
    for each in order:
        if each.beräkning:
            parts = each.beräkning.parts
            tal = of_parts(each, [steps[part].tal for part in parts], period)
            steps[each.id] = Step(each.id, tal, parts=parts)
        else:
            rows = taken[each.id]
            tal = of_rows(each, rows, period) if rows else without(each, nothing)
            steps[each.id] = Step(each.id, tal, rows)
    return tuple(steps.values()) or (Step(id, Tal(None, kind="saknas")),)


def _periods(plan: Plan, id: str, sight: Sight) -> tuple[Period, ...]:
    order = _order(plan, id)
    found = sorted({period for each in order for period in sight.periods(each.id)})
    if len(order) < 2:
        return tuple(found)
    return tuple(each for each in found if _steps(plan, id, each, sight)[-1].tal.is_told)


def _order(plan: Plan, id: str) -> tuple[Indikator, ...]:
    """The indicator after all that it is computed from; () where that goes round in a ring or
    something is not there."""
    alone = plan.get(Indikator, id)
    if alone is None or not alone.beräkning:
        return (alone,) if alone else ()
    graph: dict[str, tuple[str, ...]] = {}
    waiting = [id]
    while waiting:
        indicator = plan.get(Indikator, waiting.pop())
        if indicator is None:
            return ()
        if indicator.id not in graph:
            graph[indicator.id] = indicator.beräkning.parts if indicator.beräkning else ()
            waiting.extend(graph[indicator.id])
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError:
        return ()
    return tuple(each for part in order if (each := plan.get(Indikator, part)))


def _taken(
    sight: Sight, order: Sequence[Indikator], period: Period
) -> Mapping[str, tuple[Row, ...]]:
    """The rows that each indicator with rows of its own is taken from. The parts of a computed one
    that do not add up over time are taken on the last day on which all of them have a row."""
    alone = len(order) == 1
    written = [each for each in order if not each.beräkning]
    moments = [each.id for each in written if not (alone or each.adds_up_over_time)]
    day = _last_common_day(sight, moments, period)
    return {
        each.id: _ending(sight, each.id, day, period)
        if each.id in moments
        else _rows(sight, each, period)
        for each in written
    }


def _rows(sight: Sight, indicator: Indikator, period: Period) -> tuple[Row, ...]:
    row = sight.exactly(indicator.id, period)
    if row:
        return (row,)
    if not indicator.adds_up_over_time:
        last = next(sight.ends(indicator.id, period), None)
        return _ending(sight, indicator.id, last, period)
    if sight.serie == BASELINE:
        return ()
    return sight.filling(indicator.id, period, indicator.frekvens)


def _ending(sight: Sight, id: str, day: date | None, period: Period) -> tuple[Row, ...]:
    row = sight.ending(id, day, period) if day else None
    return (row,) if row else ()


def _last_common_day(sight: Sight, ids: Sequence[str], period: Period) -> date | None:
    days = [set(sight.ends(id, period)) for id in ids]
    return max(set.intersection(*days), default=None) if days else None


def _gaps(sight: Sight, indicator: Indikator, period: Period) -> tuple[Period, ...]:
    if indicator.adds_up_over_time:
        return sight.lacking(indicator.id, period, indicator.frekvens)
    return (period,)
