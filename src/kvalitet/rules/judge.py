"""Runs the rules over a register and weighs all findings by the settings of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kvalitet.findings import CATALOGUE, Finding, Place, Severity, found
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.rules.registry import RULES, Case, Rule
from kvalitet.shape import did_you_mean

_SEVERITIES = {
    "fel": Severity.ERROR,
    "varning": Severity.WARNING,
    "upplysning": Severity.INFO,
}
_WHY = {
    "ids": "en fil eller ett id inte kan läsas",
    "data": "en fil eller rad i data inte kan läsas",
}


@dataclass(frozen=True, slots=True)
class Untried:
    """Rules that were not tried on a plan, and why."""

    plan: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run found, weighed by the settings, and what it could not try."""

    findings: tuple[Finding, ...]
    untried: tuple[Untried, ...]
    plans: int
    rows: int


def judge(
    register: Register,
    found_at_load: Iterable[Finding],
    *,
    today: date,
    at: Period | None = None,
    only: str | None = None,
) -> Judged:
    """All findings of a run. `at` judges as at that report period; `only` names the one plan that
    is judged. `today` decides which exceptions are in force where `at` does not."""
    plans = [plan for plan in register.plans.values() if only in (None, plan.mapp)]
    findings = [f for f in found_at_load if only is None or _concerns(f, only, register)]
    untried: list[Untried] = []
    for plan in plans:
        case = Case(plan, at, tuple(sorted(register.report_names)))
        silent: dict[str, list[str]] = {}
        for rule in RULES.values():
            missing = _missing(rule, plan)
            if missing:
                silent.setdefault(missing, []).append(rule.code)
            else:
                findings.extend(rule.check(case))
        untried.extend(
            Untried(plan.mapp, tuple(sorted(codes)), _WHY[need]) for need, codes in silent.items()
        )
    weighed = tuple(_weighed(findings, register, at.last if at else today))
    return Judged(weighed, tuple(untried), len(plans), sum(plan.data.count for plan in plans))


def _missing(rule: Rule, plan: Plan) -> str | None:
    if "ids" in rule.needs and plan.gaps.ids:
        return "ids"
    if "data" in rule.needs and plan.gaps.data:
        return "data"
    return None


def _concerns(finding: Finding, mapp: str, register: Register) -> bool:
    """Whether a finding stands in a plan, in one that it inherits from, or in no plan at all."""
    parts = finding.place.path.split("/")
    if parts[0] not in ("plans", "data") or len(parts) < 2:
        return True
    plan = register.plans.get(mapp)
    while plan is not None:
        if parts[1] == plan.mapp:
            return True
        plan = plan.whole
    return parts[1] == mapp


def _weighed(findings: list[Finding], register: Register, day: date) -> Iterator[Finding]:
    settings = register.settings
    used: set[int] = set()
    for finding in findings:
        choice = settings.regler.get(finding.code)
        if choice and choice.grad == "av":
            continue
        exception = _exception(finding, register, day)
        if exception is not None:
            used.add(exception)
        elif choice and choice.grad:
            yield replace(finding, severity=_SEVERITIES[choice.grad])
        else:
            yield finding
    yield from _about_settings(register, used)


def _exception(finding: Finding, register: Register, day: date) -> int | None:
    for number, exception in enumerate(register.settings.undantag):
        if exception.regel == finding.code and day <= exception.slut.last:
            mapp, _, id = exception.plats.partition("/")
            plan = register.plans.get(mapp)
            if plan is not None and _owner(finding.place, plan) in _held(plan, id):
                return number
    return None


def _owner(place: Place, plan: Plan) -> str | None:
    """The id that a place belongs to: the innermost thing around it, or what is said about it."""
    if place.route[:1] == ("uppföljning",) and len(place.route) > 2:
        return str(place.route[2])
    owner, depth = None, 0
    for id in plan.own:
        own = plan.place(id)
        steps = len(own.route)
        if own.path == place.path and place.route[:steps] == own.route and steps > depth:
            owner, depth = id, steps
    return owner


def _held(plan: Plan, id: str) -> set[str]:
    held: set[str] = set()
    open_ = [id]
    while open_:
        one = open_.pop()
        if one not in held:
            held.add(one)
            thing = plan.things.get(one)
            for key in ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter"):
                open_.extend(getattr(thing, key, ()))
    return held


def _about_settings(register: Register, used: set[int]) -> Iterator[Finding]:
    for code in register.settings.regler:
        if code not in CATALOGUE:
            place = Place("kvalitet.yaml", ("regler", code), "key")
            yield _unknown_code(code, place)
    for number, exception in enumerate(register.settings.undantag):
        place = Place("kvalitet.yaml", ("undantag", number))
        mapp, _, id = exception.plats.partition("/")
        plan = register.plans.get(mapp)
        if plan is None or not (plan.gaps.ids or id in plan.things):
            message = f"{exception.plats} finns inte"
            near = [f"{mapp}/{one}" for one in plan.things] if plan else []
            hint = did_you_mean(exception.plats, near or [f"{one}/{id}" for one in register.plans])
            yield found("R222", place.at("plats"), message, hint)
            continue
        if exception.regel not in CATALOGUE:
            yield _unknown_code(exception.regel, place.at("regel"))
        elif number not in used:
            message = f"Undantaget från {exception.regel} träffar inget på {exception.plats}"
            yield found("R011", place, message, "Ta bort det när det inte behövs.")


def _unknown_code(code: str, place: Place) -> Finding:
    hint = did_you_mean(code, list(CATALOGUE)) or "Rätta koden eller ta bort den."
    return found("R010", place, f"Ingen regel heter {code}", hint)
