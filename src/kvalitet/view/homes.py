"""Which section of a report is for which things: what it is for is told there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from kvalitet.model.plan import Plan
from kvalitet.model.report import Avsnitt
from kvalitet.model.thing import Avvikelse, Egenkontroll, Mål, Risk, Ting
from kvalitet.rules.risks.controls import INTERNAL
from kvalitet.view.scene import FOLLOWING_UP, Scene

GOALS = "målträd"
DEVIATIONS = "avvikelser"
CHECKS = "egenkontroller"
_KINDS: Mapping[str, type[Ting]] = {GOALS: Mål, DEVIATIONS: Avvikelse, CHECKS: Egenkontroll}


def homes(scene: Scene) -> Mapping[str, Avsnitt]:
    """The section for each thing of a kind that has one, wherever that stands in the report:
    internal controls leave that of other self-checks, and risks the goals, for their own."""
    sections = {section.del_: section for section in reversed(scene.report.avsnitt)}
    found: dict[str, Avsnitt] = {}
    kinds: dict[str, type[Ting]] = {**_KINDS, following_up(scene): Risk}
    for del_, kind in kinds.items():
        if del_ in sections:
            found |= dict.fromkeys((each.id for each in scene.plan.all(kind)), sections[del_])
    if INTERNAL in sections:
        found |= dict.fromkeys(internal_checks(scene.plan), sections[INTERNAL])
    return found


def following_up(scene: Scene) -> str:
    """The part that says what was said of the risks and of all that has no section of its own; ""
    where the report has none."""
    parts = {section.del_ for section in scene.report.avsnitt}
    return next((part for part in FOLLOWING_UP if part in parts), "")


def internal_checks(plan: Plan) -> frozenset[str]:
    """The ids of the internal controls, and of the self-checks that are parts of them."""
    found: set[str] = set()
    waiting = [each.id for each in plan.all(Egenkontroll) if each.typ == INTERNAL]
    while waiting:
        check = plan.get(Egenkontroll, waiting.pop())
        if check and check.id not in found:
            found.add(check.id)
            waiting += check.egenkontroller
    return frozenset(found)
