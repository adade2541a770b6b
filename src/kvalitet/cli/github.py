"""What a job at GitHub shows: a mark at the line of a finding, and the summary of the job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet.cli.streams import reason, write_data
from kvalitet.cli.usage import WrongUse

if TYPE_CHECKING:
    from kvalitet.rules import Judged


def show(found: Judged) -> None:
    """Prints the worst findings as commands to the one that runs the job, and adds all that is told
    to the summary of the job; prints it too where there is no such file."""
    from kvalitet.terminal import github

    write_data(github.commands(found, _place_in_checkout()))
    summary = github.job_summary(found)
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        _append(Path(file), summary)
    else:
        write_data(f"\n{summary}")


def _place_in_checkout() -> str:
    """Where the folder of `plans` lies in what is checked out, by which GitHub knows its files."""
    checkout, here = os.environ.get("GITHUB_WORKSPACE"), Path.cwd()
    if not checkout or not here.is_relative_to(checkout):
        return ""
    return here.relative_to(checkout).as_posix()


def _append(file: Path, text: str) -> None:
    try:
        with file.open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(text)
    except OSError as fault:
        raise WrongUse(f"GITHUB_STEP_SUMMARY kan inte skrivas: {reason(fault)}.") from fault
