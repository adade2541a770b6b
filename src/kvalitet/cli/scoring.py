"""The risk registers of plans: which are shown, of which period, and what stops them."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from typing import TYPE_CHECKING

from kvalitet.cli.asking import no_year, period_for
from kvalitet.cli.steps import exit_code, judged, show, tell_unread
from kvalitet.cli.streams import write_data
from kvalitet.model.thing import Risk
from kvalitet.period import Period, tertial

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan
    from kvalitet.view.score import Riskregister

FORMATS = ("text", "json", "csv")
_BOM = "\ufeff"


def run(loaded: Loaded, only: str, asked: Period | int | None, format: str) -> int:
    """Prints the register of every plan that has risks; the exit code."""
    from kvalitet.view.score import score

    plans = [plan for plan in loaded.register.plans.values() if only in ("", plan.mapp)]
    plans = [plan for plan in plans if plan.gaps.ids or any(plan.all(Risk))]
    faulty = [plan for plan in plans if exit_code(judged(loaded, None, _with_wholes(plan)))]
    dated = [(plan, _period(plan, asked)) for plan in plans if plan not in faulty]
    undated = [plan for plan, at in dated if at is None]
    _print([score(plan, at) for plan, at in dated if at], format)
    with redirect_stdout(sys.stdout if format == "text" else sys.stderr):
        is_unread = tell_unread(loaded, only)
        if faulty:
            _tell_faults(loaded, faulty)
    if not plans and not is_unread and format == "text":
        print(f"plans/{only} har inga risker." if only else "Ingen plan har några risker.")
    for plan in undated:
        print(no_year(plan), file=sys.stderr)
    return 2 if undated else int(bool(faulty) or is_unread)


def _tell_faults(loaded: Loaded, faulty: Sequence[Plan]) -> None:
    show(judged(loaded, None, {name for plan in faulty for name in _with_wholes(plan)}))
    for plan in faulty:
        print(f"{plan.mapp}: riskerna visas inte, för felen ovan.", file=sys.stderr)


def _with_wholes(plan: Plan) -> frozenset[str]:
    """The plan and those that it inherits from: their errors are its own."""
    return frozenset(one.mapp for one in plan.chain())


def _period(plan: Plan, asked: Period | int | None) -> Period | None:
    """What was asked for; else the newest that the plan tells of, else the tertial of today. None
    where a tertial is asked of a plan without a year."""
    from kvalitet.view.score import newest_period

    if asked is not None:
        return period_for(plan, asked)
    today = date.today()  # noqa: DTZ011 -- the day where the user sits
    return newest_period(plan) or tertial(today.year, (today.month + 3) // 4)


def _print(registers: Sequence[Riskregister], format: str) -> None:
    from kvalitet.terminal.export import scores_as_csv, scores_as_json
    from kvalitet.terminal.score import print_scores

    if format == "json":
        write_data(f"{scores_as_json(registers)}\n")
    elif format == "csv":
        mark = _BOM if _is_new_file() else ""
        write_data(mark + scores_as_csv(registers))
    else:
        print_scores(registers)


def _is_new_file() -> bool:
    """Whether what is printed begins a file: Excel takes it for UTF-8 by the mark at its start."""
    out = os.fstat(sys.stdout.fileno())
    return stat.S_ISREG(out.st_mode) and out.st_size == 0
