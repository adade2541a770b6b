"""Which reports a plan has: the newest that is told of, and whether it begins later."""

from __future__ import annotations

from kvalitet.model.plan import Plan
from kvalitet.period import Period


def report_period(plan: Plan, asked: Period | None) -> Period | None:
    """The report by which it is told what is lacking: the one asked for, else the newest of the
    plan's rhythms of which anything is said. None where the plan has no such report."""
    rhythms = {report.rytm for report in plan.rapporter.values()}
    if asked is not None:
        return asked if asked.frekvens in rhythms and not begins_later(plan, asked) else None
    return max((said for said in plan.uppföljning if said.frekvens in rhythms), default=None)


def begins_later(plan: Plan, at: Period) -> bool:
    """Whether a plan has no report of a period since it begins later: its `år` is a later year, and
    nothing is said in it until then. It has no last report, since it lives on from year to year
    (design 3). False where a fault hides what is said, or which reports there are."""
    if plan.gaps.said or not plan.knows_its_reports or any(p <= at for p in plan.uppföljning):
        return False
    return plan.huvud.år > at.year if plan.huvud.år else bool(plan.uppföljning)
