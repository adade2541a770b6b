"""The command on hostile files: in a process of its own that may neither hang nor eat the machine.

A case is a row: its name, what makes the files, what is found, and the exit code. Every module
`test_*.py` here has its cases in `CASES`; `python -m hostile.table`, run in tests, prints them all.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, NamedTuple

import validating

LARGEST = 2**30
"""Bytes of memory that a command may take."""
LONGEST = 60
"""Seconds after which a command is taken to hang."""

SOUND = {
    "plans/annan/plan.yaml": "plan:\n  namn: Annan\n"
    "risker:\n  - id: a\n    namn: A\n    mål: saknas\n",
    "plans/exempel/plan.yaml": "plan:\n  namn: Exempel\n"
    "indikatorer:\n  - id: i\n    namn: I\n    måttenhet: antal\n    frekvens: månad\n",
}
ELSEWHERE = "R222 plans/annan/plan.yaml:6:10"
"""A finding in another plan than the hostile one: the rest is checked whatever happens there."""

_HEAD = re.compile(r"(?P<place>.+?): (?P<code>R[0-9]{3}) (?:fel|varning|upplysning): .*")


class Case(NamedTuple):
    """A row: `make` writes below a root where SOUND stands; `found` are "CODE path:line:column"
    without ELSEWHERE. One that ends in 2 finds nothing, but says `told` in its last words."""

    name: str
    make: Callable[[Path], None]
    found: list[str]
    exit_code: int = 1
    told: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended; `megabytes` is the most memory that it had at any time, or that we had
    when it began. `exit_code` is negative where a signal ended it."""

    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    megabytes: float

    @property
    def found(self) -> list[str]:
        """The findings printed as text, each as "CODE path:line:column"."""
        heads = map(_HEAD.fullmatch, self.stdout.split("\n"))
        return [f"{head['code']} {head['place']}" for head in heads if head]


def run(root: Path, *arguments: str, **environment: str) -> Run:
    """What `kvalitet` with these arguments does in a folder."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*_without_privilege(), sys.executable, "-m", "kvalitet", *arguments],
            cwd=root,
            env={**os.environ, "COLUMNS": "100", **environment},
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


def validate(root: Path, **environment: str) -> Run:
    """What `kvalitet validate` does in a folder."""
    return run(root, "validate", **environment)


def here(root: Path) -> Run:
    """What is found in a folder, in this process: for what is no danger to the machine, and soon
    done. Its time and memory are not measured."""
    printed = validating.validate(root)
    return Run(int(" fel: " in printed), printed, "", 0, 0)


def check(case: Case, root: Path, how: Callable[[Path], Run] = validate) -> Run:
    """Makes the files, validates them, and asserts that what is found is just what is expected."""
    write(root, SOUND)
    case.make(root)
    done = how(root)
    elsewhere = [ELSEWHERE] if case.exit_code != 2 else []
    assert sorted(done.found) == sorted([*case.found, *elsewhere]), done.stdout[:2000] + done.stderr
    assert done.exit_code == case.exit_code, done.stderr
    assert (case.told in done.stderr) if case.told else not done.stderr, done.stderr
    return done


def files(texts: Mapping[str, str | bytes]) -> Callable[[Path], None]:
    """What makes these files, for a case."""
    return lambda root: write(root, texts)


def write(root: Path, texts: Mapping[str, str | bytes]) -> None:
    """Writes files, by their names from the root."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _without_privilege() -> list[str]:
    """Words before a command so that root too is refused what the rights of a file refuse."""
    if os.geteuid():
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
