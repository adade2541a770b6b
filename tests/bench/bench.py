"""How fast and how big, as ratios to a yardstick taken in the same run (design 7).

python tests/bench/bench.py [--rounds 5] [--sizes S M L]
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SOURCE = Path(__file__).resolve().parents[2] / "src"
GENERATOR = Path(__file__).with_name("make_plans.py")

# The least that reading the same files costs with the libraries that everybody would use.
READ_ALL = """
from pathlib import Path
import pandas, yaml
for path in Path("plans").rglob("*.yaml"):
    yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
for path in Path("data").rglob("*.csv"):
    pandas.read_csv(path, sep=";", dtype=str)
"""
# The libraries that a report cannot be made without.
IMPORT_ALL = """
import jinja2, pandas, pydantic, typer, yaml
"""
LOAD = """
from pathlib import Path
from kvalitet.load import load
load(Path("."))
"""
# What an installed command consists of.
KVALITET = """
from kvalitet.cli import main
main()
"""
TWO_COMMANDS = """
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False)
@app.command()
def one(name: str = typer.Option("", help="A name.")) -> None:
    '''The first.'''
@app.command()
def two(name: str = typer.Option("", help="A name.")) -> None:
    '''The second.'''
app()
"""

BOUNDS = {
    "reading and shape": {"S": 0.60, "M": 0.70, "L": 0.90},
    "validate": {"S": 1.0, "M": 1.0, "L": 1.3},
}
HELP_BOUND = 1.25
REPORT_BOUND = 1.3
MEMORY_BOUND = 180


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one whole process: seconds by the clock, and the most memory it held, in MB."""

    seconds: float
    memory: float


def cost(program: Path, folder: Path, *arguments: str) -> Cost:
    """Runs a script in a folder; anything but exit code 0 ends the measuring.

    A script that is no command passes the argument over.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, program, *arguments], cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{program.stem} {' '.join(arguments)}: exit code {process.returncode}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def in_turns(
    yardstick: Path, program: Path, folder: Path, arguments: Sequence[str], rounds: int
) -> list[tuple[Cost, Cost]]:
    """Costs side by side, so that what else the machine does falls on both."""
    return [
        (cost(yardstick, folder, *arguments), cost(program, folder, *arguments))
        for _ in range(rounds)
    ]


def row(name: str, pairs: list[tuple[Cost, Cost]], bound: float) -> str:
    """A line of the table."""
    base, own = zip(*pairs, strict=True)
    ratio = median(one.seconds / other.seconds for other, one in pairs)
    return (
        f"{name:24}{median(one.seconds for one in base):9.3f}"
        f"{median(one.seconds for one in own):9.3f}{ratio:8.2f}{bound:8.2f}"
        f"{max(one.memory for one in own):8.0f}"
    )


def scripts(folder: Path) -> dict[str, Path]:
    """The programs, each as a file of its own."""
    programs = {
        "yardstick": READ_ALL,
        "libraries": IMPORT_ALL,
        "load": LOAD,
        "kvalitet": KVALITET,
        "two commands": TWO_COMMANDS,
    }
    for name, text in programs.items():
        (folder / name).write_text(text, "utf-8")
    return {name: folder / name for name in programs}


def measure(work: Path, sizes: list[str], rounds: int) -> Iterator[str]:
    """The lines of the table, one by one as they are ready."""
    program = scripts(work)
    kvalitet, yardstick = program["kvalitet"], program["yardstick"]
    pairs = in_turns(program["two commands"], kvalitet, work, ["--help"], rounds)
    yield row("--help", pairs, HELP_BOUND)
    for size in sizes:
        folder = work / size
        subprocess.run([sys.executable, GENERATOR, folder, "--size", size], check=True)
        for name, script in {"reading and shape": program["load"], "validate": kvalitet}.items():
            pairs = in_turns(yardstick, script, folder, ["validate"], rounds)
            yield row(f"{name}, {size}", pairs, BOUNDS[name][size])
    if "S" in sizes:
        asked = ["report", "--tertial", "2"]
        pairs = in_turns(program["libraries"], kvalitet, work / "S", asked, rounds)
        yield row("report, S", pairs, REPORT_BOUND)


def main() -> None:
    """Compiles first: where bytecode is not written, imports would be all that is measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", nargs="+", choices=("S", "M", "L"), default=["S", "M", "L"])
    given = parser.parse_args()
    for folder in (SOURCE, sysconfig.get_path("purelib")):
        compileall.compile_dir(folder, quiet=2)
    print(f"{'':24}{'yardstick':>9}{'s':>9}{'ratio':>8}{'bound':>8}{'MB':>8}")
    with tempfile.TemporaryDirectory() as work:
        for line in measure(Path(work), given.sizes, given.rounds):
            print(line, flush=True)
    print(f"Memory: at most {MEMORY_BOUND} MB at L.")


if __name__ == "__main__":
    main()
