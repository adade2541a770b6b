"""Computed figures in texts: every call can be read and has a value (design 3.11)."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.prose import problems
from kvalitet.rules.registry import Case, rule


@rule("R210")
def unreadable_call(case: Case) -> Iterator[Finding]:
    """A call that is not one of the closed set, or whose arguments cannot be read."""
    return _of_code(case, "R210")


@rule("R211", "ids", "data")
def call_without_value(case: Case) -> Iterator[Finding]:
    """A call that has no value, not even a missing mark, as known at the text's period."""
    return _of_code(case, "R211")


def _of_code(case: Case, code: str) -> Iterator[Finding]:
    for text, place, period in _texts(case.plan, case.periods()):
        if "{{" in text:
            for problem in problems(case.plan, text, period):
                if problem.code == code:
                    within = (problem.line, problem.column, problem.length)
                    at = Place(place.path, place.route, within=within)
                    yield found(code, at, problem.message, problem.hint)


def _texts(plan: Plan, periods: list[Period]) -> Iterator[tuple[str, Place, Period]]:
    for period in periods:
        for id, entry in plan.uppföljning[period].items():
            place = plan.said[period][id]
            yield entry.text, place.at("text"), period
        for id, place in plan.text_places.items():
            if id in plan.texter:
                yield plan.texter[id], place, period
