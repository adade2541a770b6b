"""What `kvalitet validate` prints in a folder, as a user sees it in a pipe."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from kvalitet.load import load, situate
from kvalitet.period import Period
from kvalitet.rules import Judged, judge, settle
from kvalitet.terminal import print_findings


def judged(root: Path, at: Period | None = None, only: Collection[str] = ()) -> Judged:
    """All findings of the folder, with line and column."""
    loaded = settle(load(root))
    run = judge(loaded.register, loaded.findings, at=at, only=only)
    return replace(run, findings=situate(root, run.findings))


def validate(root: Path, at: Period | None = None) -> str:
    """The printed text."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        print_findings(judged(root, at))
    return printed.getvalue()
