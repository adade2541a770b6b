"""The reports of plans: which are made, what stops them, and where they are written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet.cli.asking import no_year, one_of, period_for
from kvalitet.cli.steps import exit_code, judged, show, tell_unread, template_folders
from kvalitet.cli.usage import WrongUse
from kvalitet.cli.writing import Unwritable, write_whole
from kvalitet.findings import Finding, Severity
from kvalitet.period import Period
from kvalitet.svenska import join

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan, Register
    from kvalitet.render import Renderer
    from kvalitet.rules import Judged

_FORMATS = ("html", "md")
_MISSING_TEXT = "R601"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: of which period (or tertial of each plan's year), and by what in each
    format."""

    asked: Period | int
    renderers: Mapping[str, Renderer]
    draft: bool


def order(asked: Period | int, format: str, draft: bool) -> Order:
    """The order that the options of the command line make; WrongUse where there is no such format.
    Where none is named, what a reader opens is made."""
    from kvalitet.render import FORMATS, renderer

    if format:
        one_of(format, *FORMATS)
    formats = (format,) if format else _FORMATS
    return Order(asked, {each: renderer(each, template_folders()) for each in formats}, draft)


def run(loaded: Loaded, only: str, order: Order) -> int:
    """Makes the reports of every plan that has one of that period, and says why others are not
    made; the exit code."""
    plans = list(_wanted(loaded.register, only, order.asked))
    later = {plan.mapp for plan in plans if _begins_later(plan, order.asked)}
    told: set[Finding] = set()
    codes = [_make(loaded, plan, order, told) for plan in plans if plan.mapp not in later]
    codes += [1] if tell_unread(loaded, only) else []
    for mapp in sorted(later):
        print(f"{mapp}: ingen rapport, för planen börjar senare.", file=sys.stderr)
    if not plans and not codes:
        raise WrongUse(_no_report(loaded.register, only))
    return max(codes, default=2)


def _wanted(register: Register, only: str, asked: Period | int) -> Iterator[Plan]:
    """The plans that have a report of the asked period's rhythm, and those of which a fault hides
    what reports they have."""
    rhythm = asked.frekvens if isinstance(asked, Period) else "tertial"
    for plan in register.plans.values():
        has_one = any(report.rytm == rhythm for report in plan.rapporter.values())
        if only in ("", plan.mapp) and (has_one or not plan.knows_its_reports):
            yield plan


def _begins_later(plan: Plan, asked: Period | int) -> bool:
    from kvalitet.status import begins_later

    return isinstance(asked, Period) and begins_later(plan, asked)


def _no_report(register: Register, only: str) -> str:
    plans = [plan for plan in register.plans.values() if only in ("", plan.mapp)]
    rhythms = sorted({kind.rytm for plan in plans for kind in plan.rapporter.values()})
    has = f"De rapporter som finns görs varje {join(rhythms)}." if rhythms else "Se plan.yaml."
    return f"Ingen plan har en rapport för den perioden. {has}"


def _make(loaded: Loaded, plan: Plan, order: Order, told: set[Finding]) -> int:
    at = period_for(plan, order.asked)
    found = _judged(loaded, plan, at, order.draft)
    if exit_code(found):
        _tell_faults(plan, found, told)
        return 1
    if at is None:
        print(no_year(plan), file=sys.stderr)
        return 2
    try:
        _make_each(loaded.register, plan, at, order)
    except Unwritable as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


def _judged(loaded: Loaded, plan: Plan, at: Period | None, draft: bool) -> Judged:
    """The findings that concern a plan's reports: those about it, what it inherits from, and its
    parts. A text that another plan's report lacks is that plan's, and a draft may lack all."""
    concerned = loaded.register.with_parts(plan.mapp) | {one.mapp for one in plan.chain()}
    found = judged(loaded, at, concerned)
    theirs = tuple(
        finding
        for finding in found.findings
        if finding.code != _MISSING_TEXT
        or (finding.place.path.startswith(f"plans/{plan.mapp}/") and not draft)
    )
    return replace(found, findings=theirs)


def _tell_faults(plan: Plan, found: Judged, told: set[Finding]) -> None:
    """Prints what stops the reports of a plan, but for what is told already of another."""
    new = tuple(finding for finding in found.findings if finding not in told)
    if new:
        show(replace(found, findings=new))
    told.update(new)
    print(f"{plan.mapp}: rapporten är inte gjord, för felen ovan.", file=sys.stderr)
    if {each.code for each in found.findings if each.severity is Severity.ERROR} == {_MISSING_TEXT}:
        print("Med --draft görs ett utkast utan texten.", file=sys.stderr)


def _make_each(register: Register, plan: Plan, at: Period, order: Order) -> None:
    from kvalitet.load import fingerprint
    from kvalitet.render import TemplateFault
    from kvalitet.view.report import document

    for name, kind in plan.rapporter.items():
        if kind.rytm != at.frekvens:
            continue
        sources = fingerprint(register, plan)
        page = document(plan, name, at, register, sources, draft=order.draft)
        place = Path("rapporter") / plan.mapp / str(at) / name
        try:
            texts = {
                place.with_suffix(f".{format}"): render(page)
                for format, render in order.renderers.items()
            }
        except TemplateFault as fault:
            raise WrongUse(str(fault)) from fault
        replaced = write_whole(texts)
        print(*(path.as_posix() for path in texts), sep="\n")
        if replaced and order.draft:
            says = "ett utkast har ersatt den rapport som fanns."
            print(f"{place.as_posix()}: {says}", file=sys.stderr)
