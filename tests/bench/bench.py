"""How fast and how big, as ratios to a yardstick taken in the same run (design 7).

python tests/bench/bench.py [--rounds 5] [--sizes S M L] [--peers FOLDER] [--growth] [--reports]
"""

from __future__ import annotations

import argparse
import compileall
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from costs import Cost, Run, in_turns
from make_board import ASKED, BOARD
from peers import checks

SOURCE = Path(__file__).resolve().parents[2] / "src"
GENERATOR = Path(__file__).with_name("make_plans.py")
BOARDS = Path(__file__).with_name("make_board.py")

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
# Reading as the commands do it (cli/steps.py), the collector of cycles at rest.
LOAD = """
import gc
from pathlib import Path
gc.disable()
from kvalitet.load import load
load(Path("."))
gc.freeze()
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
PEER_BOUNDS = {"yamllint": 0.10, "check-jsonschema": 0.12}
HELP_BOUND = 1.25
REPORT_BOUND = 1.3
MEMORY_BOUND = 180
FILES = (10, 100, 1_000)
PLANS = (1, 10, 100, 1_000)
UNITS = (1, 10, 50, 290)


def row(name: str, pairs: Sequence[Sequence[Cost]], bound: float) -> str:
    """A line of the table."""
    base, own = zip(*pairs, strict=True)
    ratio = median(one.seconds / other.seconds for other, one in pairs)
    cpu = median(one.cpu / other.cpu for other, one in pairs)
    return (
        f"{name:34}{median(one.seconds for one in base):9.3f}"
        f"{median(one.seconds for one in own):9.3f}{ratio:8.2f}{cpu:8.2f}{bound:8.2f}"
        f"{max(one.memory for one in own):8.0f}"
    )


def growth(what: str, numbers: Sequence[int], rounds: Sequence[Sequence[Cost]]) -> Iterator[str]:
    """A line for each number of files or plans: what each one more than in the line above costs."""
    columns = list(zip(numbers, zip(*rounds, strict=True), strict=True))
    for (few, before), (many, after) in pairwise(columns):
        base, own = (median(one.cpu for one in costs) for costs in (before, after))
        each = 1_000 * (own - base) / (many - few)
        memory = max(one.memory for one in after)
        yield f"{f'{what}, {few} to {many}':34}{base:9.3f}{own:9.3f}{each:8.2f}{memory:8.0f}"


def beside_one(name: str, rounds: Sequence[Sequence[Cost]], numbers: Sequence[int]) -> str:
    """A line of what some plans cost beside one, with what each one more than in the run before
    costs; the costs of a round are those of one plan, of fewer, of these, and of only reading."""
    one, fewer, these, read = zip(*rounds, strict=True)
    base, few, own = (median(each.cpu for each in costs) for costs in (one, fewer, these))
    more = numbers[1] - numbers[0]
    each = 1_000 * (own - few) / more if more else 1_000 * own
    memory, of_reading = (max(each.memory for each in costs) for costs in (these, read))
    return f"{name:34}{own:9.2f}{own / base:9.2f}{each:9.1f}{memory:9.0f}{of_reading:9.0f}"


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


def made(folder: Path, size: str, *options: str) -> Path:
    """A folder with plans of that size in it."""
    if not folder.exists():
        command = [sys.executable, str(GENERATOR), str(folder), "--size", size, *options]
        subprocess.run(command, check=True)
    return folder


class Bench:
    """The programs, in a folder to work in, and how often each is run."""

    def __init__(self, work: Path, rounds: int) -> None:
        self.work = work
        self.rounds = rounds
        self.program = scripts(work)

    def run(self, program: str, folder: Path, *arguments: str) -> Run:
        """One of the programs, in a folder."""
        return Run((sys.executable, str(self.program[program]), *arguments), folder)

    def against_limit(self, sizes: Sequence[str]) -> Iterator[str]:
        """Every command beside the least that its work costs."""
        runs = (self.run(name, self.work, "--help") for name in ("two commands", "kvalitet"))
        yield row("--help", in_turns([*runs], self.rounds), HELP_BOUND)
        for size in sizes:
            folder = made(self.work / size, size)
            for name, program in {"reading and shape": "load", "validate": "kvalitet"}.items():
                runs = (self.run(each, folder, "validate") for each in ("yardstick", program))
                yield row(f"{name}, {size}", in_turns([*runs], self.rounds), BOUNDS[name][size])
        if "S" in sizes:
            asked = ("report", "--tertial", "2")
            runs = (self.run(each, self.work / "S", *asked) for each in ("libraries", "kvalitet"))
            yield row("report, S", in_turns([*runs], self.rounds), REPORT_BOUND)

    def against_peers(self, peers: Path) -> Iterator[str]:
        """`validate` at M beside two programs that check the same YAML files, and no figures."""
        folder = made(self.work / "M", "M")
        own = self.run("kvalitet", folder, "validate")
        for name, command in checks(peers, folder, self.work).items():
            pairs = in_turns([Run(command, folder), own], self.rounds)
            yield row(f"validate and {name}, M", pairs, PEER_BOUNDS[name])

    def growing(self) -> Iterator[str]:
        """`validate` of the same things in more and more files, and of more and more plans."""
        folders = [made(self.work / f"files-{n}", "M", "--files", str(n)) for n in FILES]
        runs = [self.run("kvalitet", folder, "validate") for folder in folders]
        yield from growth("files", FILES, in_turns(runs, self.rounds))
        folders = [made(self.work / f"plans-{n}", "XS", "--plans", str(n)) for n in PLANS]
        runs = [self.run("kvalitet", folder, "validate") for folder in folders]
        yield from growth("plans", PLANS, in_turns(runs, self.rounds))

    def reporting(self) -> Iterator[str]:
        """`report` of units that stand alone, and of boards over as many: all, and the board."""
        order = ("report", "--period", ASKED)
        for what, options, only in (
            ("units alone", ("--alone",), ()),
            ("board, departments and units", (), ()),
            ("the board's own", (), ("--plan", BOARD)),
        ):
            before = UNITS[0]
            for units in UNITS:
                folders = [self.board(number, *options) for number in (UNITS[0], before, units)]
                runs = [self.run("kvalitet", folder, *order, *only) for folder in folders]
                rounds = in_turns([*runs, self.run("load", folders[-1])], self.rounds)
                yield beside_one(f"{what}, {units}", rounds, (before, units))
                before = units

    def board(self, units: int, *options: str) -> Path:
        """A folder with that many units in it."""
        folder = self.work / "-".join(("units", str(units), *options))
        if not folder.exists():
            command = [sys.executable, str(BOARDS), str(folder), "--units", str(units), *options]
            subprocess.run(command, check=True)
        return folder


def main() -> None:
    """Compiles first: where bytecode is not written, imports would be all that is measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", nargs="*", choices=("S", "M", "L"), default=["S", "M", "L"])
    parser.add_argument("--peers", type=Path, help="where yamllint and check-jsonschema lie")
    parser.add_argument("--growth", action="store_true", help="with more files, and more plans")
    parser.add_argument("--reports", action="store_true", help="reports of up to 290 plans")
    given = parser.parse_args()
    for folder in (SOURCE, sysconfig.get_path("purelib")):
        compileall.compile_dir(folder, quiet=2)
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(Path(work), given.rounds)
        print(f"{'':34}{'yardstick':>9}{'s':>9}{'ratio':>8}{'cpu':>8}{'bound':>8}{'MB':>8}")
        for line in bench.against_limit(given.sizes):
            print(line, flush=True)
        print(f"Memory: at most {MEMORY_BOUND} MB at L.")
        for line in bench.against_peers(given.peers) if given.peers else ():
            print(line, flush=True)
        if given.growth:
            print(f"\n{'CPU':34}{'before':>9}{'s':>9}{'ms each':>8}{'MB':>8}")
            for line in bench.growing():
                print(line, flush=True)
        if given.reports:
            print(
                f"\n{'CPU of report':34}{'s':>9}{'to one':>9}{'ms each':>9}{'MB':>9}{'to read':>9}"
            )
            for line in bench.reporting():
                print(line, flush=True)


if __name__ == "__main__":
    main()
