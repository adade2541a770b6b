"""Internal controls: each belongs to a risk."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Egenkontroll, Risk
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.standing import family
from kvalitet.rules.work.duties import name, upwards

INTERNAL = "internkontroll"
"""The `typ` of a self-check that stands in the plan of internal control."""


def _has_both(case: Case) -> bool:
    plan = case.plan
    return any(plan.all(Risk)) and any(each.typ == INTERNAL for each in plan.all(Egenkontroll))


@rule("R445", "ids", "report", concerns=_has_both)
def control_without_risk(case: Case) -> Iterator[Finding]:
    """An internal control that belongs to no risk, nor to a measure or a control of one, here, in
    what the plan inherits from or in a part: the control is to be sufficient (kommunallagen 6 kap.
    6 §), and nobody can tell whether it is without the risk. Not of a plan without risks, nor what
    is finished or over."""
    plan, at = case.plan, case.report
    for check in plan.all(Egenkontroll) if _has_both(case) else ():
        id, end = check.id, status.end_date(plan, check.id, at)
        is_own = not plan.inherits(id) and (id, "typ") not in plan.gaps.fields
        is_over = status.is_finished(plan, id, at) or (end is not None and end.last < at.first)
        if check.typ != INTERNAL or not is_own or is_over:
            continue
        if not any(_has_risk(each, id) for each in family(case)):
            message = f'Internkontrollen "{name(plan, id)}" hör inte till någon risk'
            hint = "Skriv dess id under egenkontroller på den risk som den gäller."
            yield found("R445", plan.place(id), message, hint)


def _has_risk(plan: Plan, id: str) -> bool:
    return any(isinstance(plan.things.get(each), Risk) for each in upwards(plan, id))
