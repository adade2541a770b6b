"""The rules by family: what `kvalitet explain` prints, and docs/regler.md.

Run as a program: writes the page anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from starting import run

from kvalitet.findings import CATALOGUE, Code
from kvalitet.rules.registry import INTERVALS, LIMITS
from kvalitet.svenska import count, format_number
from kvalitet.terminal.catalogue import families

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "regler.md"


def page() -> str:
    """The rules as Markdown."""
    return "".join(f"{line}\n" for line in (*head(), *tables()))


def head() -> Iterator[str]:
    with (TESTS / "faults.csv").open(encoding="utf-8", newline="") as file:
        faults = list(csv.DictReader(file, delimiter=";"))
    gaps = [fault for fault in faults if fault.get("gap")]
    yield "# Regler\n"
    yield (
        f"{count(len(CATALOGUE), 'regel', 'regler')} efter vad de gäller. `kvalitet explain` visar "
        "dem i terminalen, och `kvalitet explain R301` en regels sida: varför den finns, vad du "
        "kan göra, och exempel.\n"
    )
    yield (
        "Gräns och intervall gäller när `kvalitet.yaml` inte säger något annat (avsnitt 21 i "
        "[handboken](handbok.md)).\n"
    )
    planted = count(len(faults), "planterat fel", "planterade fel")
    missed = count(len(gaps), "känd lucka", "kända luckor")
    yield f"Reglerna prövas mot {planted} i `tests/faults.csv`: {missed}."


def tables() -> Iterator[str]:
    for name, entries in families().items():
        yield f"\n## {name.upper() if name in ('yaml', 'csv') else name.capitalize()}\n"
        yield "| kod | grad | finner | gräns eller intervall |\n|---|---|---|---|"
        yield from map(row, entries)


def row(entry: Code) -> str:
    link = f"[{entry.code}](regler/{entry.code}.md)"
    return f"| {link} | {entry.severity.ord} | {entry.title} | {default(entry.code)} |"


def default(code: str) -> str:
    """What a rule goes by where the settings say nothing else."""
    return format_number(LIMITS[code]) if code in LIMITS else INTERVALS.get(code, "")


def test_the_page_of_all_rules_is_as_the_catalogue() -> None:
    """If not: python tests/test_rule_list.py."""
    assert PAGE.read_text("utf-8") == page()


def test_explain_alone_lists_every_rule_under_its_family(tmp_path: Path) -> None:
    shown = run("explain", folder=tmp_path).stdout.decode()
    family, found = "", {}
    for line in shown.splitlines():
        if line and not line.startswith(" "):
            family = line
        elif line.startswith("  R"):
            code, grad, *_ = line.split()
            found[code] = (family, grad)
    assert found == {code: (entry.family, entry.severity.ord) for code, entry in CATALOGUE.items()}
    assert shown.endswith("\n\nkvalitet explain KOD förklarar en regel.\n")


@pytest.mark.parametrize("columns", [40, 80])
def test_the_list_keeps_within_its_columns(columns: int, tmp_path: Path) -> None:
    shown = run("explain", folder=tmp_path, COLUMNS=str(columns)).stdout.decode()
    assert max(map(len, shown.splitlines())) <= columns
    assert "R432 varning    Svarsfrekvensen" in shown


@pytest.mark.parametrize("option", ["--plan", "--period"])
def test_an_option_of_indicators_asks_for_one(option: str, tmp_path: Path) -> None:
    result = run("explain", option, "2026", folder=tmp_path)
    says = "--plan och --period gäller en indikator: skriv dess id.\n"
    assert (result.stderr.decode(), result.returncode, result.stdout) == (says, 2, b"")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
