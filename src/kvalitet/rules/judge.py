"""Runs the rules over a register and weighs all findings by the settings of the repository."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kvalitet.findings import Finding, Findings, Place, Severity
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.rules.exceptions import (
    Accepted,
    Exceptions,
    about_settings,
    is_always_told,
    is_fixed,
)
from kvalitet.rules.registry import RULES, Case, Rule
from kvalitet.rules.reports import about_reports
from kvalitet.status import report_period

_SEVERITIES = {
    "fel": Severity.ERROR,
    "varning": Severity.WARNING,
    "upplysning": Severity.INFO,
}
_WHY = {
    "ids": "en fil eller ett id inte kan läsas",
    "whole": "det som planen ärver inte är känt",
    "data": "en fil eller rad i data inte kan läsas",
    "parts": "en plan som ärver den inte är känd",
    "reports": "en rapport inte är känd",
    "settings": "kvalitet.yaml inte kan läsas",
    "end": "en fil slutar mitt i en rad",
}


@dataclass(frozen=True, slots=True)
class Untried:
    """Rules that were not tried on a plan, and why."""

    plan: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run found, weighed by the settings, what is accepted of it, and what it could not
    try."""

    findings: tuple[Finding, ...]
    untried: tuple[Untried, ...]
    plans: int
    rows: int
    accepted: tuple[Accepted, ...] = ()


def judge(
    register: Register,
    found_at_load: Iterable[Finding],
    *,
    at: Period | None = None,
    only: Collection[str] = (),
    rules: Iterable[Rule] = RULES,
) -> Judged:
    """All findings of a run. `at` judges as at that report period, else each plan as at its newest;
    `only` names the plans that are judged (none: all)."""
    plans = [plan for plan in register.plans.values() if not only or plan.mapp in only]
    concerned = {*only, *(one.mapp for plan in plans for one in plan.chain())}
    exceptions = Exceptions(register, at)
    at_load = [f for f in found_at_load if not only or stands_in(concerned, f)]
    findings = Findings(_weighed(at_load, register, exceptions))
    silent: dict[str, dict[str, str]] = {plan.mapp: {} for plan in plans}
    idle: dict[str, set[str]] = {plan.mapp: set() for plan in plans}
    for plan in plans:
        newest = report_period(plan, at)
        case = case_of(plan, register, at, newest)
        case = replace(case, accepts=partial(exceptions.accepts, plan.mapp))
        beside = [replace(case, newest=report) for report in _beside(plan, newest, at)]
        may_be_cut = _may_be_cut(plan, at_load)
        for rule in rules:
            if "report" in rule.needs and _has_no_report(case):
                idle[plan.mapp].add(rule.code)
                continue
            missing = _missing(rule, case, register, may_be_cut=may_be_cut)
            if missing and rule.concerns(case):
                silent[plan.mapp][rule.code] = missing
            elif newest or "report" not in rule.needs:
                findings.extend(_weighed(_found(rule, case, beside), register, exceptions))
    if register.settings_known:
        findings.extend(_weighed(about_reports(register, plans), register, exceptions))
    unheard = {mapp: {*silent[mapp], *idle[mapp]} for mapp in silent}
    findings.extend(about_settings(exceptions, unheard))  # when all that is spared is known
    rows = sum(plan.data.count for plan in plans)
    untried, accepted = tuple(_untried(silent)), tuple(exceptions.accepted())
    return Judged(tuple(findings), untried, len(plans), rows, accepted)


def _beside(plan: Plan, newest: Period | None, at: Period | None) -> Sequence[Period]:
    """The shorter reports that end the same day as the newest and in which anything is said, where
    none is asked for: a plan may have one of the tertial and one of the year."""
    if newest is None or at is not None:
        return ()
    ending = [said for said in plan.uppföljning if said.last == newest.last and said != newest]
    rhythms = {report.rytm for report in plan.rapporter.values()} if ending else ()
    return sorted((each for each in ending if each.frekvens in rhythms), reverse=True)


def _found(rule: Rule, case: Case, beside: Sequence[Case]) -> Iterator[Finding]:
    """What a rule finds in the newest report, and what one of `each` finds in those beside it, but
    for what points to where a longer one has told of it."""
    if not (rule.each and beside):
        yield from rule.check(case)
        return
    told: set[Place] = set()
    for one in (case, *beside):
        new = [each for each in rule.check(one) if told.isdisjoint(_places(each))]
        yield from new
        told.update(*map(_places, new))


def _places(finding: Finding) -> tuple[Place, ...]:
    return (finding.place, finding.other) if finding.other else (finding.place,)


def case_of(plan: Plan, register: Register, at: Period | None, newest: Period | None) -> Case:
    """What the rules judge of a plan, as at a report, with no exception in force."""
    below = register.with_parts(plan.mapp) - {plan.mapp}
    parts = tuple(register.plans[name] for name in sorted(below))
    reports, sections = tuple(sorted(register.report_names)), _sections(register)
    return Case(plan, at, newest, register.settings, parts, reports, sections)


def source_errors(register: Register, found_at_load: Iterable[Finding]) -> Iterator[Finding]:
    """What is wrong in the sources, so that something of them is lacking or may be another; that a
    text is not written yet is no fault of a file."""
    of_sources = [rule for rule in RULES if is_fixed(rule.code)]
    for each in judge(register, found_at_load, rules=of_sources).findings:
        if each.severity is Severity.ERROR and is_fixed(each.code):
            yield each


def _untried(silent: Mapping[str, Mapping[str, str]]) -> Iterator[Untried]:
    for mapp, needs in silent.items():
        for need in dict.fromkeys(needs.values()):
            codes = sorted(code for code in needs if needs[code] == need)
            yield Untried(mapp, tuple(codes), _WHY[need])


def _sections(register: Register) -> tuple[str, ...]:
    if len(register.reports) != len(register.report_names):
        return ()
    return tuple(each.id for report in register.reports.values() for each in report.sections())


def _has_no_report(case: Case) -> bool:
    """Whether nothing can be lacking, since it is certain that no report is judged."""
    plan = case.plan
    return case.newest is None and plan.knows_its_reports and not plan.gaps.said


def _may_be_cut(plan: Plan, at_load: Iterable[Finding]) -> bool:
    """Whether a file of the plan, or of what it inherits from, may lack its end: what stood there
    may be all that is lacking."""
    plans = {one.mapp for one in plan.chain()}
    return any(f.code == "R016" and stands_in(plans, f) for f in at_load)


def _missing(rule: Rule, case: Case, register: Register, *, may_be_cut: bool) -> str | None:
    """What the rule needs that is not known. Where the settings are not, they may have made
    everything that is not an error for sure into one, or into nothing."""
    gaps = case.plan.gaps
    if "ids" in rule.needs and gaps.ids:
        return "whole" if gaps.whole else "ids"
    if "data" in rule.needs and gaps.data:
        return "data"
    if "parts" in rule.needs and not _knows_parts(case):
        return "parts"
    if "reports" in rule.needs and not case.knows_sections:
        return "reports"
    if "report" in rule.needs and gaps.said:
        return "ids"
    if "report" in rule.needs and case.newest is None and not case.plan.knows_its_reports:
        return "reports"
    if not (register.settings_known or is_fixed(rule.code)):
        return "settings"
    return "end" if may_be_cut and "report" in rule.needs else None


def _knows_parts(case: Case) -> bool:
    """Whether all that are parts of the plan are known, and all that they say."""
    of_parts = (part.gaps for part in case.parts)
    return not (case.plan.gaps.parts or any(gaps.ids or gaps.said for gaps in of_parts))


def stands_in(plans: Container[str], finding: Finding) -> bool:
    """Whether a finding stands in one of the plans, or in no plan at all."""
    parts = finding.place.path.split("/")
    return parts[0] not in ("plans", "data") or len(parts) < 2 or parts[1] in plans


def _weighed(
    findings: Iterable[Finding], register: Register, exceptions: Exceptions
) -> Iterator[Finding]:
    for finding in findings:
        code = finding.code
        choice = None if is_always_told(code) else register.settings.regler.get(code)
        if choice and choice.grad == "av":
            continue
        if exceptions.spare(finding):
            continue
        if choice and choice.grad:
            yield replace(finding, severity=_SEVERITIES[choice.grad])
        else:
            yield finding
