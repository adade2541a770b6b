"""What makes figures of an indicator differ from earlier ones: new definitions and corrections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from kvalitet.indicators.explained import Step
from kvalitet.indicators.parts import from_parts, is_whole, together
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period


@remembered
def breaks(plan: Plan, id: str) -> tuple[Period, ...]:
    """The periods on whose first day a new definition begins, in that order, of the indicator or
    of what it is computed from (design 3.4)."""
    return tuple(sorted(_breaks(plan, id), key=_first_day)) if is_whole(plan, id) else ()


def break_between(plan: Plan, id: str, *explained: Step) -> Period | None:
    """The first new definition that parts the rows of explained values, which are then not to be
    compared. A row belongs where its last day lies."""
    days = [day for each in explained for day in each.days]
    news = breaks(plan, id)
    after = bisect_right(news, min(days), key=_first_day) if days else len(news)
    return next((new for new in news[after : after + 1] if new.first <= max(days)), None)


def is_corrected(plan: Plan, id: str, *, after: Period, known_at: Period) -> bool:
    """Whether a report tells anything otherwise of what one before it told: only if a row of the
    indicator, of what it is computed from or of a unit says that it holds from then on."""
    news = _corrections(plan, id) if is_whole(plan, id) else ()
    return any(after.last < new.last <= known_at.last for new in news)


@from_parts
def _breaks(_: Plan, indicator: Indikator, parts: Sequence[frozenset[Period]]) -> frozenset[Period]:
    own = sorted((period for period in indicator.beskrivning if period), key=_first_day)[1:]
    return together(frozenset(own), *parts)


@from_parts
def _corrections(
    plan: Plan, indicator: Indikator, parts: Sequence[frozenset[Period]]
) -> frozenset[Period]:
    keys = plan.data.keys(indicator.id)
    own = frozenset(key.gäller_från for key in keys if key.gäller_från)
    there = (part for part in plan.parts if is_whole(part, indicator.id))
    return together(own, *parts, *(_corrections(part, indicator.id) for part in there))


def _first_day(period: Period) -> date:
    return period.first
