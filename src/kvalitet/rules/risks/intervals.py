"""Risks that were not judged again in time, or were never judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kvalitet import scales, status
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.period import Period, divide
from kvalitet.rules.places import to_mend
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.standing import (
    ACCEPTED,
    ENDED,
    JUDGED,
    by_name,
    family,
    is_closed,
    judged_by,
    levels,
    läget,
)
from kvalitet.svenska import join

_LÄGE = "läge"
_COMMON_GENDER = ("dag", "månad")
_OF_JUDGING = re.compile(r"\bbedöm|\bomprövad", re.IGNORECASE)


@rule("R305", "ids", "parts", "report", interval="år")
def not_judged_again(case: Case) -> Iterator[Finding]:
    """A risk of which nothing was judged for a whole interval until the report's last day, by the
    plan, its wholes or its parts. An accepted one is judged when that is said, and words in the
    report about the judgement are one too."""
    plan, at, interval = case.plan, case.report, case.interval("R305")
    due = {period for period in plan.uppföljning if _has_passed(period.last, interval, at.last)}
    for id in plan.said_of if due else ():
        last = _last_judged(plan, id, at)
        if last not in due:
            continue
        risk = plan.get(Risk, id)
        if risk is None or is_closed(plan, risk, at, ENDED) or _is_unknown(plan, id, at):
            continue
        if any(_OF_JUDGING.search(status.words(one, id, at)) for one in family(case)):
            continue
        by_others = (_last_judged(one, id, at) for one in family(case))
        newest = max(each for each in by_others if each)
        if not _has_passed(newest.last, interval, at.last):
            continue
        if not status.is_below_selection(plan, id, at):
            whole = f"{'en' if interval in _COMMON_GENDER else 'ett'} {interval}"
            message = f"Ingen nivå är sagd på {whole} för {by_name(risk, 'risken')}: senast {last}"
            hint = f"Säg bedömningen för {at}, även om den står fast."
            key = judged_by(plan, id, last)
            place, earlier = to_mend(plan, id, key, last, at)
            yield found("R305", place, message, hint, earlier)


@rule("R309", "ids", "parts", "report")
def never_judged(case: Case) -> Iterator[Finding]:
    """A risk that the plan defines and that neither it nor its parts ever give a level (SOSFS
    2011:9, chapter 5)."""
    plan, at = case.plan, case.report
    last = max(plan.uppföljning, default=at)
    for risk in without_level(case):
        axes = [axis for axis in AXES if status.state(plan, risk.id, axis, last)]
        lacking = next((axis for axis in AXES if axis not in axes), "nivå")
        message = f"{by_name(risk)} har inte fått någon nivå i någon period"
        if axes:
            message = f"{by_name(risk)} har {join(axes)} men ingen {lacking}, och därför ingen nivå"
        hint = f"Säg sannolikhet och allvarlighetsgrad för {at}, eller nivå ensam."
        yield found("R309", plan.place(risk.id), message, hint)


def without_level(case: Case) -> Iterator[Risk]:
    """The risks that the plan defines and that are going on, without a level in any period."""
    plan, at = case.plan, case.report
    last = max(plan.uppföljning, default=at)
    is_computed = scales.computes(plan.skalor["nivå"], last.last)
    known = levels(plan, at)
    for risk in (risk for risk in plan.all(Risk) if risk.id not in known):
        told = status.spoken(plan, risk.id)
        if not risk.namn or "nivå" in told or (is_computed and told >= {*AXES}):
            continue
        if plan.inherits(risk.id):
            continue
        if is_closed(plan, risk, at, ENDED | {ACCEPTED}) or _is_unknown(plan, risk.id, last):
            continue
        if all(status.spoken(part, risk.id).isdisjoint(JUDGED) for part in case.parts):
            yield risk


def _is_unknown(plan: Plan, id: str, at: Period) -> bool:
    return any(status.is_unknown(plan, id, key, at) for key in JUDGED)


def _last_judged(plan: Plan, id: str, at: Period) -> Period | None:
    """The newest period until the report in which a risk was judged, or accepted."""
    for period, entry in reversed(plan.said_of.get(id, ())):
        if period <= at and not entry.tillstånd.keys().isdisjoint(JUDGED):
            return period
        if period <= at and _LÄGE in entry.tillstånd and läget(plan, id, period) == ACCEPTED:
            return period
    return None


def _has_passed(since: date, interval: str, until: date) -> bool:
    """Whether a whole interval has passed after a day when another is over."""
    after, over = (day + timedelta(days=1) for day in (since, until))
    if interval == "dag":
        return after < over
    passed = 12 * (over.year - after.year) + over.month - after.month - (over.day < after.day)
    return passed >= 12 // len(divide(Period.parse("2000"), interval))
