"""The steps that commands share: read the repository, judge it, print what was found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet.cli.usage import WrongUse
from kvalitet.findings import Severity
from kvalitet.period import Period
from kvalitet.svenska import suggest

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.rules import Judged


def read(plan: str) -> Loaded:
    """The repository in the current folder; WrongUse where `plan` is none of its plans."""
    from kvalitet.load import load

    if not Path("plans").is_dir():
        raise WrongUse("Här finns ingen mapp plans. Gå till rätt mapp, eller prova kvalitet init.")
    loaded = load(Path())
    if plan and plan not in loaded.register.plans:
        near = suggest(plan, loaded.register.plans)
        meant = f' Menade du "{near}"?' if near else ""
        raise WrongUse(f"Mappen plans/{plan} finns inte.{meant}")
    return loaded


def judged(loaded: Loaded, at: Period | None, only: Collection[str]) -> Judged:
    """All findings about the plans named (none: all), with line and column."""
    from dataclasses import replace

    from kvalitet.load import situate
    from kvalitet.rules import judge

    today = date.today()  # noqa: DTZ011 -- the day where the user sits
    found = judge(loaded.register, loaded.findings, today=today, at=at, only=only)
    return replace(found, findings=situate(Path(), found.findings))


def show(found: Judged, format: str = "text") -> None:
    """Prints the findings, to be read by people (text) or programs (json)."""
    from kvalitet import terminal

    if format == "json":
        print(terminal.findings_as_json(found))
    else:
        terminal.print_findings(found)


def exit_code(found: Judged) -> int:
    """1 where there are errors, else 0."""
    return int(any(finding.severity is Severity.ERROR for finding in found.findings))


def template_folders() -> tuple[Path, ...]:
    """Where page templates are looked for: the repository's own go before the built-in ones."""
    from kvalitet import resources

    return Path("templates"), resources.templates()
