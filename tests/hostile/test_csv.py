"""Tables that nobody would write, or that somebody wrote to do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from hostile.running import Case, check, write
from kvalitet.findings import MOST as MOST_IN_FILE
from kvalitet.series.codec import LONGEST_LINE, MOST_LINES
from kvalitet.series.ledger import MOST
from kvalitet.source.files import LARGEST_CSV

CSV = "data/exempel/a.csv"
HEAD = "indikator;period;värde;anm\n"
ECONOMY = "period;typ;post;utfall;budget\n"
MANY = 50_000
ROW = "i;2026-01;7;\n"

Make = Callable[[Path], None]


def table(head: str, rows: Callable[[], str | Iterable[str]]) -> Make:
    """What writes a table; its rows are made when the case is run."""
    return lambda root: write(root, {CSV: head + "".join(rows())})


def numbered(row: str) -> Callable[[], Iterable[str]]:
    """Many rows, each with its number where # stands."""
    return lambda: (row.replace("#", str(number)) for number in range(MANY))


def of_size(size: int) -> Make:
    """A file of so many bytes, none of which is stored."""

    def make(root: Path) -> None:
        write(root, {CSV: HEAD})
        with (root / CSV).open("r+b") as file:
            file.truncate(size)

    return make


def at(code: str, line: int, column: int = 1) -> str:
    return f"{code} {CSV}:{line}:{column}"


def first(code: str, column: int, line: int = 2, step: int = 1) -> list[str]:
    """The first findings of a kind, of which the rows from `line` on have one each."""
    return [at(code, line + step * number, column) for number in range(MOST)]


def too_many(code: str, column: int, line: int = 2) -> list[str]:
    """The first findings of a kind, how many more, and that the rest is not read."""
    return [*first(code, column, line), at(code, line + MOST), at("R014", line + MOST_IN_FILE)]


def mixed() -> Iterable[str]:
    """Rows with one fault after another."""
    kinds = ("i;x#;7;\n", "i;2026-01;v#;\n", "j#;2026-01;7;\n", "i;2026-01;7;;#\n", ";2026-01;#;\n")
    for number in range(MANY // len(kinds)):
        yield from (kind.replace("#", str(number)) for kind in kinds)


MIXED = [
    *first("R504", 3, step=5),
    *first("R505", 11, line=3, step=5),
    *first("R503", 1, line=4, step=5),
    *first("R502", 1, line=5, step=5),
    *first("R506", 1, line=6, step=5),
    *(
        at(code, 2 + kind + 5 * MOST)
        for kind, code in enumerate("R504 R505 R503 R502 R506".split())
    ),
    at("R014", 939),
]

CASES = [
    Case("one byte too many", of_size(LARGEST_CSV + 1), [f"R007 {CSV}"]),
    Case("a cell of 64 MB", of_size(LARGEST_CSV), [at("R007", 2)]),
    Case("a million columns", table("k;" * 10**6, lambda: ""), [at("R007", 1)]),
    Case("a million cells", table(HEAD, lambda: ";" * 10**6), [at("R007", 2)]),
    Case("a line too many", table(HEAD, lambda: "\n" * MOST_LINES), [at("R007", 1)]),
    Case("empty rows", table(HEAD, lambda: "\n;;;\n" * MANY), []),
    Case("a quote before all", table('"' + HEAD, lambda: ROW * MANY), [at("R515", 1)]),
    Case("a quote before the rows", table(HEAD, lambda: '"' + ROW * MANY), [at("R515", 2)]),
    Case("a quote last", table(HEAD, lambda: ROW + "\n" * MANY + '"'), [at("R515", MANY + 3)]),
    Case("a quote in each row", table(HEAD, numbered('i;2026-01;#;"a\n')), [at("R515", 2, 13)]),
    Case(
        "quotes doubled in a cell of 10 MB",
        table(HEAD, lambda: 'i;2026-01;7;"' + (2 * '""' * 200 + "\n") * 13_000),
        [at("R515", 2, 13)],
    ),
    Case(
        "cells of lines like rows",
        table(
            HEAD, lambda: (f'i;2026-01;7;"{line}x;2;3;4"\n' for line in ["x#;1;2;3\n" * 5_000] * 99)
        ),
        [at("R515", 2, 13)],
    ),
    Case("unknown indicators", table(HEAD, numbered("j#;2026-01;7;\n")), too_many("R503", 1)),
    Case("no values", table(HEAD, numbered("i;2026-01;sju#;\n")), too_many("R505", 11)),
    Case("no periods", table(HEAD, numbered("i;januari #;7;\n")), too_many("R504", 3)),
    Case(
        "no response rates",
        table(HEAD.replace("anm", "svarsfrekvens"), numbered("i;2026-01;7;1#1\n")),
        too_many("R513", 13),
    ),
    Case("no amounts", table(ECONOMY, numbered("2026;kostnad;lön;u#;1\n")), too_many("R514", 18)),
    Case("cells that are missing", table(HEAD, lambda: "i;2026-01\n" * MANY), too_many("R502", 1)),
    Case("equal rows", table(HEAD, lambda: ROW * MANY), too_many("R508", 1, line=3)),
    Case("one fault after another", table(HEAD, mixed), MIXED),
    Case("one unknown indicator", table(HEAD, lambda: "j;2026-01;7;\n" * MANY), [at("R503", 2)]),
    Case(
        "marks on a letter",
        table(HEAD, lambda: ("i;2026-01;7;a" + "\u0301\u0323" * 30_000 + "\n") * 9),
        [at("R008", 2, 44)],
    ),
    Case(
        "spaces in a cell",
        table(HEAD, lambda: f"i;2026-01;1{(LONGEST_LINE - 99) * ' '}avx;\n" * MOST),
        first("R505", 11),
    ),
    Case(
        "digits in a cell",
        table(HEAD, lambda: f"i;2026-01;{(LONGEST_LINE - 99) * '1'};\n" * MOST),
        first("R505", 11),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_table(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
