"""Prints every hostile case with the time and memory that it takes and what is found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from hostile.running import Case, check

HERE = Path(__file__).resolve().parent


def cases() -> Iterator[Case]:
    """The cases of every module here."""
    for path in sorted(HERE.glob("test_*.py")):
        yield from getattr(import_module(f"hostile.{path.stem}"), "CASES", ())


def row(case: Case) -> str:
    """A line of the table."""
    with TemporaryDirectory() as folder:
        (root := Path(folder, "rot")).mkdir()
        done = check(case, root)
    found = ", ".join(case.found[:3]) + (" …" if len(case.found) > 3 else "")
    told = found or done.stderr.strip()
    return f"{case.name:50} | {done.seconds:5.1f} s | {done.megabytes:4.0f} MB | {told}"


if __name__ == "__main__":
    for case in cases():
        sys.stdout.write(f"{row(case)}\n")
        sys.stdout.flush()
