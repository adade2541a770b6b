"""What whole processes cost, run in turns."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """A command and the folder that it runs in."""

    command: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one whole process: seconds by the clock, seconds of CPU, and the most memory it held, in
    MB."""

    seconds: float
    cpu: float
    memory: float


def in_turns(runs: Sequence[Run], rounds: int) -> list[list[Cost]]:
    """The costs of each round side by side, so that what else the machine does falls on all."""
    return [[cost(run) for run in runs] for _ in range(rounds)]


def cost(run: Run) -> Cost:
    """Runs a command; anything but exit code 0 ends the measuring."""
    start = time.perf_counter()
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(run.command, cwd=run.folder, stdout=nowhere, stderr=nowhere)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(run.command)[:200]}: exit code {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
