"""How a value comes about: by which rows, or by which steps before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kvalitet.figure import Kind, Tal
from kvalitet.indicators.arithmetic import of_parts, of_rows, without
from kvalitet.indicators.parts import from_parts, is_whole, parts_of
from kvalitet.indicators.rows import BASELINE, Sight
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series import Row

MOST_LACKING = 20


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What an indicator was, by which rows of its own or which other steps. Of all the rows that
    it rests on, `days` are the first and the last on which one ends, and `lacking` the ids, twenty
    at most, that should have rows and have none."""

    id: str
    tal: Tal
    rows: tuple[Row, ...] = ()
    parts: tuple[Step, ...] = ()
    days: tuple[date, ...] = ()
    lacking: tuple[str, ...] = ()


def step(plan: Plan, id: str, period: Period, sight: Sight) -> Step:
    """The value of an indicator in a period. The parts of a computed one that do not add up over
    time are taken on the last day on which all of them have a row."""
    indicator = plan.get(Indikator, id)
    if indicator is None or not is_whole(plan, id):
        return Step(id, Tal(None, kind="saknas"))
    if not parts_of(indicator):
        return _of_rows(indicator, _rows(sight, indicator, period), period, sight)
    days = _common_days(plan, id, period, sight)
    return _step(plan, id, period, sight, max(days or (), default=None))


@from_parts
def _step(
    _: Plan,
    indicator: Indikator,
    parts: Sequence[Step],
    period: Period,
    sight: Sight,
    day: date | None,
) -> Step:
    if parts:
        return _of_parts(indicator, parts, period)
    if indicator.adds_up_over_time:
        return _of_rows(indicator, _rows(sight, indicator, period), period, sight)
    return _of_rows(indicator, _ending(sight, indicator.id, day, period), period, sight)


@from_parts
def _common_days(
    _: Plan,
    indicator: Indikator,
    parts: Sequence[frozenset[date] | None],
    period: Period,
    sight: Sight,
) -> frozenset[date] | None:
    """The days in a period on which all that a computed indicator rests on, and that does not add
    up over time, has a row; None where all adds up."""
    if parts:
        told = {id(each): each for each in parts if each is not None}
        return frozenset.intersection(*told.values()) if told else None
    return None if indicator.adds_up_over_time else frozenset(sight.ends(indicator.id, period))


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


def _of_parts(indicator: Indikator, parts: Sequence[Step], period: Period) -> Step:
    days = [day for part in parts for day in part.days]
    return Step(
        indicator.id,
        of_parts(indicator, [part.tal for part in parts], period),
        parts=tuple(parts),
        days=(min(days), max(days)) if days else (),
        lacking=_first(chain.from_iterable(part.lacking for part in parts)),
    )


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
