"""How the level of a risk came to be what it is: that before the report, and each change since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from kvalitet import status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.period import Period
from kvalitet.status import Bedömning
from kvalitet.view.badges import badge_of
from kvalitet.view.document import Line

_OF_LEVEL = frozenset((*AXES, "nivå"))
_ONE_DAY = timedelta(days=1)
_NEW_SCALE = "skalan är ändrad"


class Step(NamedTuple):
    """A level, and the period in which it was said; None where only the scale is another."""

    nivå: Bedömning
    period: Period | None


def until(plan: Plan, id: str, at: Period) -> Period | None:
    """All that was said of a risk before the first day of a report, as a period at which it is
    known: a year as well as its last day (design 3.4, a). None where the calendar begins."""
    with suppress(ValueError):
        last = at.first - _ONE_DAY
        ending = (period.first for period, _ in plan.said_of.get(id, ()) if period.last == last)
        return Period(min(ending, default=last), last)
    return None


def level_at_start(plan: Plan, id: str, at: Period) -> Bedömning | None:
    """The level that held the day before the first day of a report."""
    start = until(plan, id, at)
    return status.level(plan, id, start) if start else None


def change(plan: Plan, id: str, at: Period) -> int:
    """How many steps the level was raised within a report, lowered below zero; 0 where either of
    the two levels is not known."""
    start = until(plan, id, at)
    return (status.level_change(plan, id, at, start) or 0) if start else 0


def history(plan: Plan, id: str, at: Period) -> tuple[Step, ...]:
    """The level at the start of a report, and each change until it ends, as it is known then."""
    steps = [*_first(plan, id, at)]
    for period in _judged(plan, id, at):
        now = status.level(plan, id, period)
        if period.last >= at.first and now and _is_other(now, steps):
            steps.append(Step(now, period))
    now = status.level(plan, id, at)
    if now and _is_other(now, steps):
        steps.append(Step(now, None))
    return tuple(steps)


def told(steps: tuple[Step, ...]) -> Line:
    """A history in a line: röd (31 december 2019) → gul (tertial 1 2020)."""
    pieces = (
        (
            " → ",
            badge_of(nivå.skala, nivå.steg),
            f" ({period.in_words() if period else _NEW_SCALE})",
        )
        for nivå, period in steps
    )
    return tuple(piece for step in pieces for piece in step)[1:]


def _first(plan: Plan, id: str, at: Period) -> Iterator[Step]:
    start = level_at_start(plan, id, at)
    before = [period for period in _judged(plan, id, at) if period.last < at.first]
    if start and before:
        yield Step(start, before[-1])


def _judged(plan: Plan, id: str, at: Period) -> tuple[Period, ...]:
    """The periods until a report in which the level was said, or what it follows from."""
    said = plan.said_of.get(id, ())
    return tuple(p for p, entry in said if p <= at and not _OF_LEVEL.isdisjoint(entry.tillstånd))


def _is_other(now: Bedömning, steps: list[Step]) -> bool:
    return not steps or steps[-1].nivå.steg.namn != now.steg.namn
