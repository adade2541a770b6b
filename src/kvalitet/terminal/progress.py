"""How far a long run has come: a bar on stderr, where somebody sits at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kvalitet.terminal.signs import console_of

Made = TypeVar("Made")


def is_watched() -> bool:
    """Whether somebody sees what moves on stderr: no pipe, no job, no terminal that only prints."""
    in_a_job = os.environ.get("CI", "") not in ("", "0", "false")
    return sys.stderr.isatty() and not (in_a_job or console_of(sys.stderr).is_dumb_terminal)


def with_bar(what: str, names: Sequence[str], made: Iterator[Made]) -> Iterator[Made]:
    """What is made, one for each name, under a bar that tells which is being made. The bar is gone
    while the caller prints something of it, and afterwards."""
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(separator=" av "),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=console_of(sys.stderr),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=len(names))
    for number, name in enumerate(names):
        bar.update(task, completed=number, description=name)
        with bar:
            one = next(made)
        yield one
