"""What is left to do: of which plans and reports it is told, on which day, and in which form."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from datetime import date
from typing import TYPE_CHECKING

from kvalitet.cli.asking import no_year, period_for
from kvalitet.cli.steps import tell_unread
from kvalitet.cli.streams import write_data
from kvalitet.cli.usage import WrongUse
from kvalitet.period import FREQUENCIES, Period, divide
from kvalitet.svenska import join

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan, Register
    from kvalitet.view.overview import Undantagsrad, Översikt

FORMATS = ("text", "json", "md")


def run(loaded: Loaded, only: str, asked: Period | int | None, format: str, today: date) -> int:
    """Prints what is left to do for a report of every plan that has one; the exit code. That
    something is lacking is no fault."""
    from kvalitet.view.overview import ending_exceptions

    dated = [(plan, _period(plan, asked, today)) for plan in _wanted(loaded.register, only, asked)]
    undated = [plan for plan, at in dated if at is None]
    told = _told(loaded, [(plan, at) for plan, at in dated if at], asked is not None, today)
    exceptions = ending_exceptions(loaded.register, [each.plan for each in told], today)
    _print(told, exceptions, format, today)
    with redirect_stdout(sys.stdout if format == "text" else sys.stderr):
        is_unread = tell_unread(loaded, only)
    if not dated and not is_unread and format == "text":
        print("Det finns ingen plan i mappen plans.")
    for plan in undated:
        print(no_year(plan), file=sys.stderr)
    return 2 if undated else int(is_unread or any(each.fel for each in told))


def _told(
    loaded: Loaded, dated: Sequence[tuple[Plan, Period]], is_asked: bool, today: date
) -> list[Översikt]:
    """How far each plan's report has come, and how many errors may hide something of it."""
    from kvalitet.view.overview import overview

    faults = _faults(loaded)
    told = []
    for plan, at in dated:
        number = sum(faults[one.mapp] for one in plan.chain())
        number = number or int(not plan.knows_its_reports)
        of_plan = overview(plan, at, loaded.register, today, is_asked=is_asked, faults=number)
        told.append(of_plan)
    return told


def _wanted(register: Register, only: str, asked: Period | int | None) -> Iterator[Plan]:
    """The plans that have a report of the asked period's rhythm, or may have: those without any
    report are told of too. WrongUse where there is none."""
    from kvalitet.status import begins_later

    rhythm = asked.frekvens if isinstance(asked, Period) else "tertial"
    plans = [plan for plan in register.plans.values() if only in ("", plan.mapp)]
    found = False
    for plan in plans:
        rhythms = {report.rytm for report in plan.rapporter.values()}
        has_one = asked is None or not rhythms or rhythm in rhythms or not plan.knows_its_reports
        if has_one and not (isinstance(asked, Period) and begins_later(plan, asked)):
            found = True
            yield plan
    if plans and not found:
        all_of = {report.rytm for plan in plans for report in plan.rapporter.values()}
        has = f"De rapporter som finns görs varje {join(sorted(all_of))}." if all_of else ""
        raise WrongUse(f"Ingen plan har en rapport för den perioden. {has}".strip())


def _period(plan: Plan, asked: Period | int | None, today: date) -> Period | None:
    """What was asked for; else the newest report that has been begun, else that of today. None
    where a tertial is asked of a plan without a year."""
    from kvalitet.status import report_period
    from kvalitet.view.score import newest_period

    if asked is not None:
        return period_for(plan, asked)
    rhythms = {report.rytm for report in plan.rapporter.values()} or {"tertial"}
    shortest = min(rhythms, key=FREQUENCIES.index)
    of_year = divide(Period.parse(str(today.year)), shortest)
    now = next(each for each in of_year if today <= each.last)
    return report_period(plan, None) or newest_period(plan) or now


def _faults(loaded: Loaded) -> Counter[str]:
    """The number of errors in each plan's files that hide something, or make it something else."""
    from kvalitet.rules import source_errors

    wrong = source_errors(loaded.register, loaded.findings)
    paths = (each.place.path.partition("/") for each in wrong)
    return Counter(below.partition("/")[0] for top, _, below in paths if top in ("plans", "data"))


def _print(
    told: Sequence[Översikt], exceptions: Sequence[Undantagsrad], format: str, today: date
) -> None:
    from kvalitet.terminal.overview import overviews_as_json, print_overviews

    if format == "json":
        write_data(f"{overviews_as_json(told, exceptions, today)}\n")
    elif format == "md":
        from kvalitet import resources
        from kvalitet.render import render
        from kvalitet.terminal import harmless
        from kvalitet.view.todo import document

        page = document(told, exceptions, today)
        write_data(f"{harmless(render(page, 'md', [resources.templates()])).rstrip()}\n")
    else:
        print_overviews(told, exceptions, today)
