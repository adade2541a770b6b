"""Of which parts of a plan an indicator is the total, where the plan has no row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from kvalitet import scales
from kvalitet.indicators.arithmetic import SHARE
from kvalitet.indicators.parts import from_parts, is_whole
from kvalitet.indicators.rows import BASELINE, Sight, knows
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.series import Key

Otherwise: TypeAlias = Literal["", "måttenhet", "definition", "skala", "delvis"]
"""What keeps a value from being added though there is one: that the part measures in another unit,
has a definition or a scale of its own; or, of a plan that has a total, that its own rows tell of a
part of the time."""

_ADDED = ("utfall", "prognos", BASELINE)
"""The series that are the units' own, and not of others that all of them are compared with."""
_AVERAGES = ("medelvärde", "index")


def units(plan: Plan, id: str, sight: Sight) -> Sequence[Plan]:
    """The parts that a total of an indicator is of: those with rows of it, or with parts that have,
    whatever they measure. None where values of such an indicator make no total."""
    if not plan.parts or sight.serie not in _ADDED:
        return ()
    return _units(plan, id, sight.known_at)


def of(part: Plan, sight: Sight) -> Sight:
    """The same sight of the data of a part."""
    return replace(sight, data=part.data)


def otherwise(plan: Plan, part: Plan, id: str, sight: Sight, period: Period) -> Otherwise:
    """How a part measures something else than its whole by the same id, "" where it does not: its
    values are then no part of a total. A step may be of a scale that cannot be compared (R240)."""
    above, own = plan.get(Indikator, id), part.get(Indikator, id)
    if above is None or own is None:
        return "definition"
    if own.måttenhet != above.måttenhet:
        return "måttenhet"
    if _definition(own) != _definition(above):
        return "definition"
    names = (name for name, _ in sight.uppdelning)
    return "" if all(_is_same_scale(plan, part, name, period) for name in names) else "skala"


def _definition(indicator: Indikator) -> tuple[object, ...]:
    """What two indicators must have alike for their values to be of one kind."""
    each = indicator
    return each.typ, each.beskrivning, each.beräkning, each.adds_up


def _is_same_scale(plan: Plan, part: Plan, name: str, period: Period) -> bool:
    above, own = plan.skalor.get(name), part.skalor.get(name)
    if above is None or own is None:
        return True
    return scales.are_alike(name, above, own, period.last)


@from_parts
def adds_up_over_units(plan: Plan, indicator: Indikator, parts: Sequence[bool]) -> bool:
    """Whether the values of units are added to that of their whole, so that each is only a piece
    of it; what is computed by a sum is where all of its parts are."""
    if indicator.beräkning:
        return bool(indicator.beräkning.summa) and all(parts)
    return indicator.adds_up and indicator.måttenhet not in (SHARE, *_AVERAGES)


@remembered
def _units(plan: Plan, id: str, at: Period | None) -> Sequence[Plan]:
    indicator = plan.get(Indikator, id)
    if indicator is None or not _has_total(indicator):
        return ()
    return tuple(part for part in plan.parts if is_whole(part, id) and _has_rows(part, id, at))


def _has_total(indicator: Indikator) -> bool:
    """Whether values of units make a total: numbers that add up do, and shares by their counts."""
    if indicator.måttenhet == SHARE:
        return True
    return indicator.adds_up and indicator.måttenhet not in _AVERAGES


@from_parts
def _has_rows(plan: Plan, indicator: Indikator, parts: Sequence[bool], at: Period | None) -> bool:
    """Whether a plan or any below it measures an indicator: a row of the whole year tells so before
    the year is over."""
    own = (key for key in plan.data.keys(indicator.id) if key.serie in _ADDED)
    return (
        any(parts)
        or any(_has_begun(key, at) for key in own)
        or any(
            is_whole(each, indicator.id) and _has_rows(each, indicator.id, at)
            for each in plan.parts
        )
    )


def _has_begun(key: Key, at: Period | None) -> bool:
    if at is None or knows(key, at):
        return True
    is_told = key.gäller_från is None or key.gäller_från.last <= at.last
    return is_told and key.period.first <= at.last
