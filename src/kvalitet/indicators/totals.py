"""Of which parts of a plan an indicator is the total, where the plan has no row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kvalitet.indicators.arithmetic import SHARE
from kvalitet.indicators.parts import from_parts, is_whole
from kvalitet.indicators.rows import BASELINE, Sight, knows
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period

_ADDED = ("utfall", "prognos", BASELINE)
"""The series that are the units' own, and not of others that all of them are compared with."""
_AVERAGES = ("medelvärde", "index")


def units(plan: Plan, id: str, sight: Sight) -> Sequence[Plan]:
    """The parts that a total of an indicator takes in: those with rows of it, or with parts that
    have. None where such values make no total, or where a part measures something else by the same
    name (R415)."""
    if not plan.parts or sight.serie not in _ADDED:
        return ()
    return _units(plan, id, sight.known_at)


def of(part: Plan, sight: Sight) -> Sight:
    """The same sight of the data of a part."""
    return replace(sight, data=part.data)


def is_defined_alike(part: Plan, indicator: Indikator) -> bool:
    """Whether a part counts what its whole does: a `beskrivning` of its own is another
    definition."""
    own = part.get(Indikator, indicator.id)
    return own is not None and own.beskrivning == indicator.beskrivning


@remembered
def _units(plan: Plan, id: str, at: Period | None) -> Sequence[Plan]:
    indicator = plan.get(Indikator, id)
    if indicator is None or not _has_total(indicator):
        return ()
    there = tuple(part for part in plan.parts if is_whole(part, id) and _has_rows(part, id, at))
    return there if all(_is_alike(part, indicator) for part in there) else ()


def _has_total(indicator: Indikator) -> bool:
    """Whether values of units make a total: numbers that add up do, and shares by their counts."""
    if indicator.måttenhet == SHARE:
        return True
    return indicator.adds_up and indicator.måttenhet not in _AVERAGES


def _is_alike(part: Plan, indicator: Indikator) -> bool:
    own = part.get(Indikator, indicator.id)
    return own is not None and (own.måttenhet, own.typ) == (indicator.måttenhet, indicator.typ)


@from_parts
def _has_rows(plan: Plan, indicator: Indikator, parts: Sequence[bool], at: Period | None) -> bool:
    own = (key for key in plan.data.keys(indicator.id) if key.serie in _ADDED)
    is_known = any(parts) or any(knows(key, at) for key in own)
    return is_known or (bool(plan.parts) and bool(_units(plan, indicator.id, at)))
