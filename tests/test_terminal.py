"""What reaches the terminal, and what must not."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validating import validate

from kvalitet.findings import Place, found
from kvalitet.rules import Judged
from kvalitet.rules.judge import Untried
from kvalitet.terminal import findings_as_json, print_findings

PLAN = "plan:\n  namn: Exempelplan\n  år: 2026\n"


def printed(judged: Judged) -> str:
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        print_findings(judged)
    return text.getvalue()


def of_csv(folder: Path, data: bytes, plan: str = PLAN) -> str:
    """What is said about a folder with one CSV file."""
    for name, content in {"plans/x/plan.yaml": plan.encode(), "data/x/1.csv": data}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
    return validate(folder)


STEERING = [chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x202E, 0x2028) if code != 10]


@given(st.text(st.sampled_from([*"aå ;", *STEERING]), max_size=30))
def test_nothing_in_a_file_steers_the_terminal(text: str) -> None:
    place = Place(f"data/{text}.csv", line=1, column=1, end_column=2, excerpt=f"a{text}")
    judged = Judged((found("R505", place, text, text, place),), (), 1, 0)
    for shown in (printed(judged), findings_as_json(judged)):
        assert not {*STEERING} & {*shown}


def test_json_tells_a_control_character_as_it_is() -> None:
    judged = Judged((found("R505", Place("a.csv"), "\x1b[2J\x9b\u202e"),), (), 1, 0)
    (finding,) = json.loads(findings_as_json(judged))["findings"]
    assert finding["message"] == "\x1b[2J\x9b\u202e"


def test_an_escape_sequence_in_a_file_is_shown_and_does_nothing(tmp_path: Path) -> None:
    assert of_csv(tmp_path, b"indikator;period;v\xc3\xa4rde\n\x1b[31mhorda;2026;7\n") == (
        "data/x/1.csv:2:1: R008 fel: Styrtecknet U+001B får inte stå i filen\n"
        "    2 | ·[31mhorda;2026;7\n"
        "      | ^\n"
        "    Ta bort tecknet.\n"
        "\n"
        "1 fel, 0 varningar, 0 upplysningar (1 plan, 0 rader data)\n"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("indikator;period;värde\n".encode("utf-16"), "Filen är sparad som UTF-16"),
        ("indikator;period;värde\n".encode("utf-16-le"), "Filen är sparad som UTF-16"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Filen är en arbetsbok från Excel, inte CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Filen är en arbetsbok från Excel, inte CSV"),
    ],
)
def test_a_line_that_is_no_text_is_not_shown(data: bytes, message: str, tmp_path: Path) -> None:
    assert of_csv(tmp_path, data) == (
        f"data/x/1.csv:1:1: R510 fel: {message}\n"
        '    Spara filen på nytt som "CSV UTF-8".\n'
        "\n"
        "1 fel, 0 varningar, 0 upplysningar (1 plan, 0 rader data)\n"
    )


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("R211",), "x: 1 regel är inte prövad, eftersom det är så."),
        (("R211", "R222"), "x: 2 regler är inte prövade, eftersom det är så."),
    ],
)
def test_rules_that_were_not_tried_are_told(codes: tuple[str, ...], says: str) -> None:
    untried = Untried("x", codes, "det är så")
    assert printed(Judged((), (untried,), 1, 0)).splitlines()[0] == says


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ('{{ värde("a") }}', "a;2026;7 st;", ["x: 1 regel är inte prövad, eftersom"]),
        ("Sju stycken.", "a;2026;7 st;", []),
        ('{{ värde("a") }}', "a;2026;7;2026", []),
    ],
)
def test_calls_are_not_tried_where_a_row_is_lost(
    text: str, row: str, says: list[str], tmp_path: Path
) -> None:
    plan = f"{PLAN}uppföljning:\n  2026:\n    a:\n      text: |\n        {text}\n"
    plan += "indikatorer:\n  - id: a\n    namn: A\n"
    data = f"indikator;period;värde;gäller_från\na;2026;8;2025\n{row}\n".encode()
    lines = of_csv(tmp_path, data, plan).splitlines()
    assert [line.partition(" en ")[0] for line in lines if line.startswith("x: ")] == says
