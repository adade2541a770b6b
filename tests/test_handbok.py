"""What docs/handbok.md shows is true of what `kvalitet init` writes.

The word after a fence's language says what stands in it: `fil=` lines as they stand in that file,
`ny=` a whole new file, `rader=` rows at the end of a file. What one section adds is put into one
copy; `validate` then says what the section's `text svar` shows, or else nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from starting import run

from kvalitet.findings import CATALOGUE
from kvalitet.load import load
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
    for section in HANDBOOK.split("\n## ")
}
FENCES = [fence for fences in SECTIONS.values() for fence in fences]
MODES = {"ny": "x", "rader": "a"}
THAT_ADD = [title for title, fences in SECTIONS.items() if any(f.use in MODES for f in fences)]
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


@pytest.mark.parametrize("section", THAT_ADD)
def test_what_a_section_adds_is_judged_as_it_says(section: str, begun: Path) -> None:
    for fence in SECTIONS[section]:
        if fence.use in MODES:
            path = begun / fence.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open(MODES[fence.use], encoding="utf-8") as file:
                file.write(fence.text)
    said = [fence.text for fence in SECTIONS[section] if fence.use == "svar"]
    [answer] = said or ["Inga påpekanden"]
    assert kvalitet(begun, "validate").startswith(answer)


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


def test_every_example_is_tried() -> None:
    """A fence that says what it is in a way that no test knows would be passed over in silence."""
    assert {fence.use for fence in FENCES} <= {"", "fil", "ny", "rader", "svar"}
    assert len(FENCES) == HANDBOOK.count("\n```") / 2
