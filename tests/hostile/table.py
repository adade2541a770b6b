"""Prints every hostile case with the time and memory that it takes and what is found."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import IO

from starting import LARGEST, LONGEST, without_privilege

from hostile.running import Case, Run, check

HERE = Path(__file__).resolve().parent


def cases() -> Iterator[Case]:
    """The cases of every module here."""
    for path in sorted(HERE.glob("test_*.py")):
        yield from getattr(import_module(f"hostile.{path.stem}"), "CASES", ())


def measured(root: Path) -> Run:
    """What `kvalitet validate` does in a folder, and what it takes from the start of its
    interpreter: `megabytes` is the most memory that it had, or that we had when it began."""
    with TemporaryFile() as out, TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*without_privilege(), sys.executable, "-m", "kvalitet", "validate"],
            cwd=root,
            env={**os.environ, "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        resource.prlimit(process.pid, resource.RLIMIT_AS, (LARGEST, LARGEST))
        guard = Timer(LONGEST, process.kill)
        guard.start()
        _, status, used = os.wait4(process.pid, 0)
        guard.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        megabytes = used.ru_maxrss / 1024
        return Run(process.returncode, _text(out), _text(err), seconds, megabytes)


def row(case: Case) -> str:
    """A line of the table."""
    with TemporaryDirectory() as folder:
        (root := Path(folder, "rot")).mkdir()
        done = check(case, root, measured)
    found = ", ".join(case.found[:3]) + (" …" if len(case.found) > 3 else "")
    told = found or done.stderr.strip()
    return f"{case.name:50} | {done.seconds:5.1f} s | {done.megabytes:4.0f} MB | {told}"


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


if __name__ == "__main__":
    for case in cases():
        sys.stdout.write(f"{row(case)}\n")
        sys.stdout.flush()
