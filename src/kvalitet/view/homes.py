"""Which section of a report is for which things: what it is for is told there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kvalitet.model.plan import Plan
from kvalitet.model.report import Avsnitt
from kvalitet.model.text import Model
from kvalitet.model.thing import Avvikelse, Egenkontroll, Kvalitetsområde, Mål, Risk
from kvalitet.rules.risks.controls import INTERNAL
from kvalitet.view.scene import FOLLOWING_UP, Scene

GOALS = "målträd"
DEVIATIONS = "avvikelser"
CHECKS = "egenkontroller"
AREAS = "kvalitetsområden"
_KINDS: Mapping[type[Model], str] = {
    Mål: GOALS,
    Avvikelse: DEVIATIONS,
    Egenkontroll: CHECKS,
    Kvalitetsområde: AREAS,
}
_OF_PARTS = (DEVIATIONS, CHECKS, AREAS)
"""The parts of a report that tell what is a part's own too."""


def homes(scene: Scene) -> Mapping[str, Avsnitt]:
    """The section for each thing of a kind that has one, wherever that stands in the report: the
    one that asks for its `typ`, else the first that asks for none. Internal controls leave that of
    other self-checks, and risks the goals, for their own."""
    found: dict[str, Avsnitt] = {}
    every = scene.report.sections()
    sections = [each for each in every if not scene.teller or each.del_ in _OF_PARTS]
    for kind, del_ in {**_KINDS, Risk: following_up(scene)}.items():
        of_kind = [section for section in sections if section.del_ == del_]
        there = scene.plan.things.items() if of_kind else ()
        for id, each in ((id, each) for id, each in there if type(each) is kind):
            if section := _first_for(getattr(each, "typ", ""), of_kind):
                found[id] = section
    internal = next((section for section in sections if section.del_ == INTERNAL), None)
    if internal:
        found |= dict.fromkeys(internal_checks(scene.plan), internal)
    return found


def _first_for(typ: str, sections: Sequence[Avsnitt]) -> Avsnitt | None:
    asking = (section for section in sections if typ and typ in section.typ)
    return next(asking, None) or next((each for each in sections if not each.typ), None)


def following_up(scene: Scene) -> str:
    """The part that says what was said of the risks and of all that has no section of its own; ""
    where the report has none."""
    parts = {section.del_ for section in scene.report.sections()}
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
