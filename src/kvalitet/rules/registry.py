"""The registry: a rule is a function from a plan to its findings, known by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kvalitet.findings import CATALOGUE, Finding
from kvalitet.model.plan import Plan
from kvalitet.model.settings import Inställningar
from kvalitet.period import Period

Need = Literal["ids", "data", "parts", "reports", "report"]
Check = Callable[["Case"], Iterator[Finding]]


def _accepts_nothing(code: str, id: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule judges: a plan and its parts, the report period that was asked for (None: all
    that is said is judged), that by which it is told what is lacking (None: nothing is), the
    settings, the names of the reports that exist, and the ids of their sections (none where one is
    faulty). `accepts` is asked with a code and an id by a rule that tells of many ids in one
    finding, which leaves out those for which it is true."""

    plan: Plan
    at: Period | None = None
    newest: Period | None = None
    settings: Inställningar = Inställningar()
    parts: tuple[Plan, ...] = ()
    reports: tuple[str, ...] = ()
    known_sections: tuple[str, ...] = ()
    accepts: Callable[[str, str], bool] = _accepts_nothing

    @property
    def report(self) -> Period:
        """The report period by which it is told what is lacking, for a rule that needs one."""
        assert self.newest is not None
        return self.newest

    def limit(self, code: str) -> Fraction:
        """The threshold of a rule: that of the settings, else its own."""
        choice = self.settings.regler.get(code)
        said = choice.gräns if choice else None
        return LIMITS[code] if said is None or said <= 0 else said

    def interval(self, code: str) -> str:
        """The longest interval that a rule allows, as a word of `frekvens`."""
        choice = self.settings.regler.get(code)
        return (choice and choice.intervall) or INTERVALS[code]

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
    silent where the one is not so, which is told where the other is. One that needs a `report`
    tells what is lacking in it, and has nothing to try where there is none. One of `each` is about
    what is said in just one report, and is tried on all that end with the newest."""

    code: str
    needs: frozenset[Need]
    check: Check
    concerns: Callable[[Case], bool]
    each: bool = False


def has_parts(case: Case) -> bool:
    """Whether any plan is a part of the one that is judged."""
    return bool(case.plan.parts)


def is_part(case: Case) -> bool:
    """Whether the plan that is judged is a part of another."""
    return case.plan.whole is not None


RULES: list[Rule] = []
LIMITS: dict[str, Fraction] = {}
INTERVALS: dict[str, str] = {}


def _any(_: Case) -> bool:
    return True


def rule(
    code: str,
    *needs: Need,
    concerns: Callable[[Case], bool] = _any,
    limit: int | None = None,
    interval: str | None = None,
    each: bool = False,
) -> Callable[[Check], Check]:
    """Registers a generator of findings under its code, which stands in the catalogue. `limit` and
    `interval` are what the rule goes by where the settings say nothing else."""
    assert code in CATALOGUE
    if limit is not None:
        LIMITS[code] = Fraction(limit)
    if interval is not None:
        INTERVALS[code] = interval

    def register(check: Check) -> Check:
        RULES.append(Rule(code, frozenset(needs), check, concerns, each))
        return check

    return register
