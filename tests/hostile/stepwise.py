"""Writes two files over and over, each time ended by a signal one step later: a step is a line of
the code that writes. Prints what then stands. A program of its own, for it forks."""

from __future__ import annotations

import json
import os
import signal
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from kvalitet.cli import stopping, writing

NAMES = ("rapporter/a.html", "rapporter/a.md")
OLD, NEW = "förra " * 5000, "nya " * 5000
_SHORT = {OLD: "old", NEW: "new"}


def ended_at(step: int, number: int) -> int:
    """How a process ends that gets the signal at that step of its writing: as os.waitpid says."""
    child = os.fork()
    if not child:
        os._exit(_write(step, number))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _write(step: int, number: int) -> int:
    steps = count(1)

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != writing.__file__:
            return None
        if event == "line" and next(steps) == step:
            os.kill(os.getpid(), number)
        return trace

    try:
        with stopping.stoppable():
            sys.settrace(trace)
            writing.write_whole(dict.fromkeys(map(Path, NAMES), NEW))
    except stopping.Stopped as stopped:
        return 128 + stopped.signal
    finally:
        sys.settrace(None)
    return 0


def standing() -> tuple[str, ...]:
    """What stands in each of the files, and how much lies beside them."""
    texts = (Path(name).read_text("utf-8") if Path(name).exists() else None for name in NAMES)
    shown = ["none" if text is None else _SHORT.get(text, "half") for text in texts]
    return (*shown, "clean" if len([*Path().rglob(".*")]) == 0 else "left")


def outcomes(number: int, before: bool) -> set[tuple[str, ...]]:
    """How the run ended, and what stood, whatever the step."""
    seen = set()
    for step in count(1):
        with TemporaryDirectory() as folder:
            os.chdir(folder)
            if before:
                Path("rapporter").mkdir()
                for name in NAMES:
                    Path(name).write_text(OLD, "utf-8")
            code = ended_at(step, number)
            seen.add((str(code), *standing()))
            os.chdir("/")
        if code == 0:
            return seen
    raise AssertionError


if __name__ == "__main__":
    found = outcomes(signal.Signals[sys.argv[1]], sys.argv[2] == "before")
    sys.stdout.write(json.dumps(sorted(found)))
