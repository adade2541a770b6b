"""What docs/handbok.md shows is true of what `kvalitet init` writes.

The word after a fence's language says what stands in it: `fil=` lines as they stand in that file,
`ny=` a whole new file, `rader=` rows at the end of a file, `ändra=` a line in the place of the one
with the same key, `rapport=` what stands in that report, once the section's `kvalitet report` has
been run. What the sections add is put into one copy, in the order of the handbook;
`validate` then says nothing. Only what a section shows beside a `text svar` is tried alone and says
that. Tables after "I årets rapport" are printed in it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from starting import run

from kvalitet.findings import CATALOGUE
from kvalitet.load import load
from kvalitet.model.report import PARTS
from kvalitet.period import Period
from kvalitet.prose import render

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = (ROOT / "docs" / "handbok.md").read_text("utf-8")

_FENCE = re.compile(r"^```(\w+) ?(\w*)=?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Fence(NamedTuple):
    """An example: its language, what is done with it, the file it is about, and its lines."""

    language: str
    use: str
    path: str
    text: str


SECTIONS = {
    section.partition("\n")[0]: [Fence(*found) for found in _FENCE.findall(section)]
    for section in re.split(r"\n## (?=\d)", HANDBOOK)
}
FENCES = [fence for fences in SECTIONS.values() for fence in fences]
MODES = {"ny": "x", "rader": "a"}
CHANGES = {*MODES, "ändra"}
THAT_ADD = [title for title, fences in SECTIONS.items() if any(f.use in CHANGES for f in fences)]
YEAR = next(title for title in SECTIONS if title.endswith("Årsrapporten"))
_PRINTED = re.compile(r"^.*I årets rapport [^.]*:\n\n((?:\|.*\n)+)", re.MULTILINE)
PRINTED = [row for table in _PRINTED.findall(HANDBOOK) for row in table.splitlines()]
REPORTED = [
    (title, fence) for title, of in SECTIONS.items() for fence in of if fence.use == "rapport"
]
BUILT_IN = sorted((ROOT / "templates" / "rapporter").glob("*.yaml"))
CALLS = re.findall(r"^\| `({{.*}})` \| (.*) \|$", HANDBOOK, re.MULTILINE)
CODES = re.findall(r"^\| (R\d+) (?:till (R\d+) )?\|", HANDBOOK, re.MULTILINE)
COMMANDS = [line for fence in FENCES if fence.language == "sh" for line in fence.text.splitlines()]


def kvalitet(folder: Path, *words: str) -> str:
    """What a command prints."""
    ended = run(*words, folder=folder)
    assert ended.returncode < 2, ended.stderr
    return ended.stdout.decode()


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder in which a new user has begun."""
    kvalitet(tmp_path, "init")
    return tmp_path


def test_what_init_writes_is_sound(begun: Path) -> None:
    assert kvalitet(begun, "validate").startswith("Inga påpekanden")


@pytest.mark.parametrize("fence", [f for f in FENCES if f.use == "fil"], ids=lambda f: f.path)
def test_an_excerpt_stands_in_its_file(fence: Fence, begun: Path) -> None:
    assert "\n" + fence.text in "\n" + (begun / fence.path).read_text("utf-8")


def put(section: str, folder: Path) -> None:
    """Does to the files what a section says."""
    for fence in SECTIONS[section]:
        path = folder / fence.path
        if fence.use in MODES:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open(MODES[fence.use], encoding="utf-8") as file:
                file.write(fence.text)
        elif fence.use == "ändra":
            key = re.escape(fence.text.partition(":")[0])
            now, times = re.subn(rf"(?m)^{key}:.*\n", fence.text, path.read_text("utf-8"))
            assert times == 1
            path.write_text(now, "utf-8")


def put_until(section: str, folder: Path) -> None:
    """Does what all sections say until that one, but for those that show what is wrong."""
    for each in THAT_ADD[: THAT_ADD.index(section) + 1]:
        if not answers(each):
            put(each, folder)


def answers(section: str) -> list[str]:
    """What the program is said to answer to what a section adds."""
    return [fence.text for fence in SECTIONS[section] if fence.use == "svar"]


@pytest.mark.parametrize("section", THAT_ADD)
def test_what_a_section_adds_is_judged_as_it_says(section: str, begun: Path) -> None:
    said = answers(section)
    (put if said else put_until)(section, begun)
    [answer] = said or ["Inga påpekanden"]
    assert kvalitet(begun, "validate").startswith(answer)


def test_the_report_of_the_year_prints_what_is_shown_of_it(begun: Path) -> None:
    put_until(YEAR, begun)
    kvalitet(begun, "report", "--year", "2026", "--format", "md")
    [report] = (begun / "rapporter" / "exempelkommun" / "2026").iterdir()
    lines = report.read_text("utf-8").replace("\u00a0", " ").splitlines()
    assert [row for row in PRINTED if row not in lines] == []
    assert PRINTED


@pytest.mark.parametrize(("section", "fence"), REPORTED)
def test_a_report_says_what_is_shown_of_it(section: str, fence: Fence, begun: Path) -> None:
    put_until(section, begun)
    for line in (line for each in SECTIONS[section] for line in each.text.splitlines()):
        if line.startswith("kvalitet report"):
            kvalitet(begun, *line.split()[1:])
    assert fence.text in (begun / fence.path).read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("kvalitet")])
def test_commands_and_options_exist(line: str, tmp_path: Path) -> None:
    _, command, *words = line.split()
    assert f"\n  {command} " in kvalitet(tmp_path, "--help")
    for option in (word for word in words if word.startswith("--")):
        assert f"  {option} " in kvalitet(tmp_path, command, "--help")


@pytest.mark.parametrize(("call", "printed"), CALLS)
def test_a_call_in_a_text_prints_what_is_said(call: str, printed: str, begun: Path) -> None:
    plan = load(begun).register.plans["exempelkommun"]
    assert render(plan, call, Period.parse("2026-T2")).replace("\u00a0", " ") == printed


def test_every_code_stands_in_the_table_of_codes() -> None:
    ends = [(first, last or first) for first, last in CODES]
    assert all(any(first <= code <= last for first, last in ends) for code in CATALOGUE)
    assert {code for both in ends for code in both} <= CATALOGUE.keys()


def test_every_part_of_a_report_stands_in_the_table_of_parts() -> None:
    assert [part for part in PARTS if f"\n| `{part}` |" not in HANDBOOK] == []


@pytest.mark.parametrize("report", BUILT_IN, ids=lambda path: path.stem)
def test_the_sections_of_built_in_reports_stand_in_their_table(report: Path) -> None:
    ids = ", ".join(f"`{id}`" for id in re.findall(r"- id: (\S+)", report.read_text("utf-8")))
    assert f"\n| `{report.stem}` | {ids} |\n" in HANDBOOK


def test_the_types_that_a_quality_report_asks_for_stand_with_their_sections() -> None:
    [path] = (path for path in BUILT_IN if path.stem == "kvalitetsberattelse")
    asked = re.findall(r"rubrik: (.+)\n +del: \S+\n +typ: \[?(.+?)\]?\n", path.read_text("utf-8"))
    rows = [(rubrik, ", ".join(f"`{typ}`" for typ in typer.split(", "))) for rubrik, typer in asked]
    assert rows
    assert [row for row in rows if f"| {row[1]} | {row[0]} |\n" not in HANDBOOK] == []


def test_every_variable_of_the_style_sheet_stands_in_its_table() -> None:
    css = (ROOT / "templates" / "sida.css").read_text("utf-8")
    variables = re.findall(r"^  (--[a-z]+):", css, re.MULTILINE)
    assert variables
    assert [name for name in variables if f"`{name}`" not in HANDBOOK] == []


def test_every_example_is_tried() -> None:
    """A fence that says what it is in a way that no test knows would be passed over in silence."""
    assert {fence.use for fence in FENCES} <= {"", "fil", "svar", "rapport", *CHANGES}
    assert len(FENCES) == HANDBOOK.count("\n```") / 2
