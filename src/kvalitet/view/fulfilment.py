"""How the fulfilment of goals is reckoned, where it is (example README, rule 4)."""

from __future__ import annotations

from collections.abc import Collection

from kvalitet import scales, status
from kvalitet.figure import exact_text
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.svenska import NO_BREAK_SPACE
from kvalitet.view.document import Line
from kvalitet.view.scene import Scene, capital


def rule_of_fulfilment(scene: Scene, ids: Collection[str]) -> tuple[Line, ...]:
    """How the fulfilment of goals is computed, where that of any of them is: by the plan's scale,
    or where no goal's is, by that of the first part that computes one."""
    for plan in (scene.plan, *scene.parts):
        computed = [
            each
            for id in ids
            if (each := status.fulfilment(plan, id, scene.at)) and not each.är_sagd
        ]
        if computed:
            told = "Uppfyllelsen är räknad där det inte står bedömd: andelen av målets egna "
            steps = capital(", ".join(limits(plan, scene.at)))
            so_far = any(each.hittills for each in computed)
            rest = " Ett mål som nås hittills räknas som nått när dess period är slut."
            return ((f"{told}indikatorer som når sina målvärden. {steps}.{rest * so_far}",),)
    return ()


def limits(plan: Plan, at: Period) -> tuple[str, ...]:
    """Where each step of a computed fulfilment begins; nothing on a scale that is judged."""
    steps = scales.steps(plan.skalor["uppfyllelse"], at.last)
    known = ((step.namn, step.från) for step in steps if step.från is not None)
    return tuple(f"{name} från {exact_text(begins)}{NO_BREAK_SPACE}%" for name, begins in known)
