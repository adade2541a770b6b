"""The registry: a rule is a function from a plan to its findings, known by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kvalitet.findings import CATALOGUE, Finding
from kvalitet.model.plan import Plan
from kvalitet.period import Period

Need = Literal["ids", "data"]
Check = Callable[["Case"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule judges: a plan, the report period it is judged at (None: all that is said), and
    the names of the reports that exist."""

    plan: Plan
    at: Period | None = None
    reports: tuple[str, ...] = ()

    def periods(self) -> list[Period]:
        """The periods in which something is said and that are to be judged, in order."""
        return [period for period in sorted(self.plan.uppföljning) if self.at in (None, period)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and what it needs whole: it is silent where that is not so."""

    code: str
    needs: frozenset[Need]
    check: Check


RULES: dict[str, Rule] = {}


def rule(code: str, *needs: Need) -> Callable[[Check], Check]:
    """Registers a generator of findings under its code, which stands in the catalogue."""
    assert code in CATALOGUE
    assert code not in RULES

    def register(check: Check) -> Check:
        RULES[code] = Rule(code, frozenset(needs), check)
        return check

    return register
