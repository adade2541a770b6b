"""The registry: a rule is a function from a plan to its findings, known by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kvalitet.findings import CATALOGUE, Finding
from kvalitet.model.plan import Plan
from kvalitet.period import Period

Need = Literal["ids", "data", "reports"]
Check = Callable[["Case"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule judges: a plan, the report period it is judged at (None: all that is said), the
    names of the reports that exist, and the ids of their sections (none where one is faulty)."""

    plan: Plan
    at: Period | None = None
    reports: tuple[str, ...] = ()
    known_sections: tuple[str, ...] = ()

    def periods(self) -> list[Period]:
        """The periods in which something is said and that are to be judged, in order."""
        return [period for period in sorted(self.plan.uppföljning) if self.at in (None, period)]

    def sections(self) -> tuple[str, ...]:
        """The sections of the reports that the plan names; of all where it names none."""
        return tuple(self.plan.sections()) if self.plan.huvud.rapporter else self.known_sections

    @property
    def knows_sections(self) -> bool:
        """Whether all reports that tell the sections are known."""
        plan = self.plan
        all_known = len(plan.rapporter) == len(set(plan.huvud.rapporter))
        return all_known and bool(self.sections()) and ("plan", "rapporter") not in plan.gaps.fields


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or a part of one, what it needs whole, and whether it has anything to try: it is
    silent where the one is not so, which is told where the other is."""

    code: str
    needs: frozenset[Need]
    check: Check
    concerns: Callable[[Case], bool]


RULES: list[Rule] = []


def _any(_: Case) -> bool:
    return True


def rule(
    code: str, *needs: Need, concerns: Callable[[Case], bool] = _any
) -> Callable[[Check], Check]:
    """Registers a generator of findings under its code, which stands in the catalogue."""
    assert code in CATALOGUE

    def register(check: Check) -> Check:
        RULES.append(Rule(code, frozenset(needs), check, concerns))
        return check

    return register
