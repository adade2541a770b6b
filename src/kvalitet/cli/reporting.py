"""The reports of plans: of which they are made, and what is told of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitet.cli.indexing import INDEX, write_index
from kvalitet.cli.making import Making, Order, Outcome, faulty_template, order
from kvalitet.cli.steps import show, tell_unread
from kvalitet.cli.usage import WrongUse
from kvalitet.cli.writing import Unwritable
from kvalitet.findings import Finding
from kvalitet.period import Period
from kvalitet.privacy import mask
from kvalitet.svenska import count, join, some

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan, Register

__all__ = ["order", "run"]

_MOST_NAMED = 10
_NOT_DONE = ((1, "stoppas av fel", "stoppas av fel"), (2, "är inte gjord", "är inte gjorda"))


def run(loaded: Loaded, only: str, order: Order) -> int:
    """Makes the reports of every plan that has one of that period, and the page that leads to them;
    says why others are not made; the exit code."""
    plans = list(_wanted(loaded.register, only, order.asked))
    later = {plan.mapp for plan in plans if _begins_later(plan, order.asked)}
    begun = [plan for plan in plans if plan.mapp not in later]
    maybe = _maybe_parts(begun)
    concerns_all = not maybe.keys() <= loaded.register.plans.keys()
    codes = [1] if tell_unread(loaded, "" if concerns_all else only) else []
    told: set[Finding] = set()
    outcomes = []
    for outcome in _outcomes(Making(loaded, order), begun):
        _tell(outcome, told)
        outcomes.append(outcome)
    codes += [outcome.code for outcome in outcomes]
    _tell_unsure(maybe)
    for mapp in sorted(later):
        print(f"{mapp}: ingen rapport, för planen börjar senare.", file=sys.stderr)
    if not plans and not codes:
        raise WrongUse(_no_report(loaded.register, only))
    if any(path.suffix == ".html" for each in outcomes for path in each.written):
        page = _index(loaded.register, order)
        _tell(page, told)
        codes.append(page.code)
    if len(outcomes) > 1:
        print(_summary(outcomes), file=sys.stderr)
    return max(codes, default=2)


def _wanted(register: Register, only: str, asked: Period | int) -> Iterator[Plan]:
    """The plans that have a report of the asked period's rhythm, and those of which a fault hides
    what reports they have."""
    rhythm = asked.frekvens if isinstance(asked, Period) else "tertial"
    for plan in register.plans.values():
        has_one = any(report.rytm == rhythm for report in plan.rapporter.values())
        if only in ("", plan.mapp) and (has_one or not plan.knows_its_reports):
            yield plan


def _maybe_parts(plans: Sequence[Plan]) -> dict[str, list[str]]:
    """What may be a part of some of the plans and is not known to be, and of which: their reports
    may lack what it says."""
    parts = sorted({part for plan in plans for part in plan.gaps.parts})
    return {part: [plan.mapp for plan in plans if part in plan.gaps.parts] for part in parts}


def _tell_unsure(maybe: Mapping[str, Sequence[str]]) -> None:
    for part, wholes in maybe.items():
        why = "det går inte att se vilken plan den är en del av"
        not_made = f"rapporterna för {some(wholes, _MOST_NAMED)} görs inte"
        print(f"{mask(part)}: {why}, så {not_made}.", file=sys.stderr)


def _begins_later(plan: Plan, asked: Period | int) -> bool:
    from kvalitet.status import begins_later

    return isinstance(asked, Period) and begins_later(plan, asked)


def _no_report(register: Register, only: str) -> str:
    plans = [plan for plan in register.plans.values() if only in ("", plan.mapp)]
    rhythms = sorted({kind.rytm for plan in plans for kind in plan.rapporter.values()})
    has = f"De rapporter som finns görs varje {join(rhythms)}." if rhythms else "Se plan.yaml."
    return f"Ingen plan har en rapport för den perioden. {has}"


def _outcomes(making: Making, plans: Sequence[Plan]) -> Iterator[Outcome]:
    """How it went with each plan, under a bar where there are many and somebody looks on."""
    made = map(making.outcome, plans)
    if len(plans) > 1:
        from kvalitet.terminal.progress import is_watched, with_bar

        if is_watched():
            return with_bar("Gör rapporter", [plan.mapp for plan in plans], made)
    return made


def _tell(outcome: Outcome, told: set[Finding]) -> None:
    """Prints what is made of a plan's reports, and what stops them but for what is told already."""
    for path in outcome.written:
        print(path.as_posix())
    if outcome.found:
        new = tuple(finding for finding in outcome.found.findings if finding not in told)
        if new:
            show(replace(outcome.found, findings=new))
        told.update(new)
    for line in outcome.says:
        print(line, file=sys.stderr)


def _index(register: Register, order: Order) -> Outcome:
    """How it went with the page that leads to all reports."""
    from kvalitet.render import TemplateFault

    try:
        return Outcome(INDEX.as_posix(), 0, (write_index(register, order.renderers["html"]),))
    except TemplateFault as fault:
        says = f"{INDEX.as_posix()} är inte gjord, för felen ovan."
        return Outcome(INDEX.as_posix(), 1, found=faulty_template(fault), says=(says,))
    except Unwritable as fault:
        return Outcome(INDEX.as_posix(), 2, says=(str(fault),))


def _summary(outcomes: Sequence[Outcome]) -> str:
    """How many plans are done, and which are not."""
    done = sum(not outcome.code for outcome in outcomes)
    said = [f"{done} av {count(len(outcomes), 'plan', 'planer')} klara"]
    for code, one, many in _NOT_DONE:
        names = [outcome.plan for outcome in outcomes if outcome.code == code]
        if names:
            said.append(f"{count(len(names), one, many)}: {some(names, _MOST_NAMED)}")
    return f"{'; '.join(said)}."
