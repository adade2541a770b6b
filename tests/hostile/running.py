"""The command on hostile files: in a process of its own that may neither hang nor eat the machine.

A case is a row: its name, what makes the files, what is found, and the exit code. Every module
`test_*.py` here has its cases in `CASES`; `python -m hostile.table`, run in tests, prints them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import starting
import validating

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
    """How a command ended; `exit_code` is negative where a signal ended it. Its time and memory
    are those of `hostile.table`."""

    exit_code: int
    stdout: str
    stderr: str
    seconds: float = 0
    megabytes: float = 0

    @property
    def found(self) -> list[str]:
        """The findings printed as text, each as "CODE path:line:column"."""
        heads = map(_HEAD.fullmatch, self.stdout.split("\n"))
        return [f"{head['code']} {head['place']}" for head in heads if head]


def run(root: Path, *arguments: str, **environment: str) -> Run:
    """What `kvalitet` with these arguments does in a folder."""
    done = starting.run(*arguments, folder=root, **{"COLUMNS": "100", **environment})
    stdout, stderr = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    return Run(done.returncode, stdout, stderr)


def validate(root: Path) -> Run:
    """What `kvalitet validate` does in a folder."""
    return run(root, "validate")


def here(root: Path) -> Run:
    """What is found in a folder, in this process: for what is no danger to the machine, and soon
    done."""
    printed = validating.validate(root)
    return Run(int(" fel: " in printed), printed, "")


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
