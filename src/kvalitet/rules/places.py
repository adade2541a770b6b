"""Where what holds at a report, but was said before it, is to be mended."""

from __future__ import annotations

from kvalitet.findings import Place
from kvalitet.model.plan import Plan
from kvalitet.period import Period


def to_mend(plan: Plan, id: str, key: str, said: Period, at: Period) -> tuple[Place, Place | None]:
    """Where something is to be said of a thing: at what was said for the report itself, else at
    what the report says of the thing, else at the thing; and where the older was said. What was
    sent in an earlier report is not to be changed."""
    there = plan.said[said][id].at(key)
    if said == at:
        return there, None
    if id in plan.said.get(at, {}):
        return plan.said[at][id].key(), there
    return (plan.place(id), there) if id in plan.own else (there, None)
