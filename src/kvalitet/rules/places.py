"""Where what holds at a report, but was said before it, is to be mended, and by which words."""

from __future__ import annotations

from kvalitet import scales
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


def own_step(plan: Plan, skala: str, meaning: str, at: Period) -> str:
    """The step by which the plan says a built-in one at a report; "" where its scale has none."""
    steps = scales.steps(plan.skalor[skala], at.last)
    return next((step.namn for step in steps if (step.som or step.namn) == meaning), "")


def written_as(plan: Plan, skala: str, meaning: str, at: Period) -> str:
    """How a hint tells to say it: "tidplan: sen"."""
    return f"{skala}: {own_step(plan, skala, meaning, at) or '…'}"
