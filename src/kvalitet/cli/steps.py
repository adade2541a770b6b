"""The steps that commands share: read the repository, judge it, print what was found."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet.cli.streams import write_data
from kvalitet.cli.usage import WrongUse
from kvalitet.findings import Severity
from kvalitet.period import Period
from kvalitet.svenska import join, suggest

if TYPE_CHECKING:
    from kvalitet.cli.asking import Choice
    from kvalitet.findings import Finding
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Register
    from kvalitet.rules import Judged

_OBJECTS = 100_000
"""How many new ones there are before the collector of cycles looks for some that are not needed."""


def read(plan: str) -> Loaded:
    """The repository in the current folder; WrongUse where `plan` is none of its plans."""
    if not lexists("plans"):
        raise WrongUse(f"Här finns ingen mapp plans{_where_instead()}")
    # What is imported and read stays: the collector of cycles need not walk it again and again,
    # which takes a tenth of the time (tests/bench), nor what rules remember every 700 objects.
    gc.disable()
    from kvalitet.load import load
    from kvalitet.rules import settle

    loaded = settle(load(Path()))
    gc.freeze()
    gc.set_threshold(_OBJECTS)
    gc.enable()
    if plan and plan not in loaded.register.plans:
        above = ("plans", f"plans/{plan}")
        if any(finding.place.path in above for finding in loaded.findings):
            raise WrongUse(f"plans/{plan} läses inte: kvalitet validate säger varför.")
        near = suggest(plan, loaded.register.plans)
        meant = f' Menade du "{near}"?' if near else ""
        raise WrongUse(f"Mappen plans/{plan} finns inte.{meant}")
    return loaded


def _where_instead() -> str:
    try:
        above = Path.cwd().parents
    except FileNotFoundError:
        return ": mappen du står i är borttagen."
    up = next((n for n, folder in enumerate(above, 1) if lexists(folder / "plans")), 0)
    if up:
        return f", men längre upp. Gå dit med cd {'/'.join(['..'] * up)} och försök igen."
    return ". Gå till rätt mapp, eller prova kvalitet init."


def judged(loaded: Loaded, at: Period | None, only: Collection[str]) -> Judged:
    """All findings about the plans named (none: all), with line and column."""
    from dataclasses import replace

    from kvalitet.load import situate
    from kvalitet.rules import judge

    found = judge(loaded.register, loaded.findings, at=at, only=only)
    return replace(found, findings=situate(Path(), found.findings))


def narrowed(found: Judged, choice: Choice) -> Judged:
    """What was found, not tried and accepted of the codes asked for."""
    from dataclasses import replace

    untried = (replace(each, codes=tuple(filter(choice.has, each.codes))) for each in found.untried)
    return replace(
        found,
        findings=tuple(finding for finding in found.findings if choice.has(finding.code)),
        untried=tuple(each for each in untried if each.codes),
        accepted=tuple(each for each in found.accepted if choice.has(each.undantag.regel)),
    )


def show(found: Judged, format: str = "text") -> None:
    """Prints the findings, to be read by people (text), programs (json) or in a job at GitHub."""
    from kvalitet import terminal

    if format == "github":
        from kvalitet.cli import github

        github.show(found)
    elif format == "json":
        write_data(f"{terminal.findings_as_json(found)}\n")
    else:
        terminal.print_findings(found)


def tell_unread(loaded: Loaded, only: str) -> bool:
    """Prints the errors that stand in no plan of the register (about a folder that cannot be one,
    or a file beside the folders), unless `only` one plan is asked for; whether there are any."""
    from kvalitet.load import situate
    from kvalitet.rules import Judged

    lost = [finding for finding in loaded.findings if _is_unread(finding, loaded.register)]
    if only or not lost:
        return False
    situated = situate(Path(), lost)
    show(Judged(situated, (), plans=0, rows=0))
    paths = dict.fromkeys(finding.place.path for finding in situated)
    print(f"{join([*paths])} läses inte, för felen ovan.", file=sys.stderr)
    return True


def _is_unread(finding: Finding, register: Register) -> bool:
    top, _, below = finding.place.path.partition("/")
    is_of_plans = top == "plans" or (top == "data" and below)
    is_of_one = below.partition("/")[0] in register.plans
    return bool(is_of_plans) and not is_of_one and finding.severity is Severity.ERROR


def exit_code(found: Judged, *, strict: bool = False) -> int:
    """1 where there are errors, and if `strict` also where there are warnings, else 0."""
    grave = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(finding.severity in grave for finding in found.findings))


def template_folders() -> tuple[Path, ...]:
    """Where page templates are looked for: the repository's own go before the built-in ones."""
    from kvalitet import resources

    return Path("templates"), resources.templates()
