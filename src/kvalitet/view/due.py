"""What is due in a report, as the rules that tell what is lacking decide it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.rules import case_of
from kvalitet.rules.figures.indicators import lacking
from kvalitet.rules.figures.rounds import lacking_rounds
from kvalitet.rules.risks.intervals import without_level
from kvalitet.rules.work.duties import TO_DO, in_force, in_report
from kvalitet.rules.work.followup import repeated, unmentioned
from kvalitet.rules.work.goals import unjudged_goals


@dataclass(frozen=True, slots=True)
class Due:
    """What a report lacks, by id: the levels of risks (R309), the fulfilment of goals (R363),
    rounds of self-checks (R444), values (R401); measures of which nothing is said in it (as R339);
    words that are those of an earlier report (R340). And the things that it takes up, of these
    those that are not finished."""

    levels: Collection[str]
    goals: Collection[str]
    checks: Collection[str]
    values: Mapping[str, tuple[Period, ...]]
    measures: Collection[str]
    repeated: Mapping[str, Period]
    in_report: Collection[str]
    in_force: Collection[str]


def due(plan: Plan, at: Period, register: Register) -> Due:
    """What is due in a plan's report of a period."""
    case = case_of(plan, register, at, at)
    to_do = [id for id, thing in plan.things.items() if isinstance(thing, TO_DO)]
    return Due(
        levels=frozenset(risk.id for risk in without_level(case)),
        goals=frozenset(unjudged_goals(case)),
        checks=frozenset(check.id for check, _ in lacking_rounds(case)),
        values=lacking(plan, at),
        measures=frozenset(unmentioned(case, to_do)),
        repeated=dict(repeated(case)),
        in_report=in_report(plan, at),
        in_force=in_force(plan, at),
    )
