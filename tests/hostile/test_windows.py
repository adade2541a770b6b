"""What a colleague in Windows or on a Mac meets: names, line ends, the console's few signs."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from test_cli import HAVSNÄS

from hostile.running import Case, check, files, here, run
from kvalitet import resources
from kvalitet.load import load

PLAN = "plans/exempel/"
RISK = "risker:\n  - id: r\n    namn: R\n"
REPORT = "rubrik: L\nrytm: år\navsnitt:\n  - id: a\n    rubrik: A\n    del: text\n"
NFD = unicodedata.normalize("NFD", "å")


def named(*names: str) -> Case:
    """A plan with files of these names, of which the last is refused."""
    return Case(
        names[-1], files({PLAN + name: RISK for name in names}), [f"R015 {PLAN}{names[-1]}"]
    )


CASES = [
    named("con.yaml"),
    named("Nul.yaml"),
    named("aux.risker.yaml"),
    named("com1.yaml"),
    named("lpt9 .yaml"),
    named("con"),
    named("risker:2026.yaml"),
    named("risker?.yaml"),
    named("a\\b.yaml"),
    named('"a".yaml'),
    named("a.yaml."),
    named("a.yaml "),
    named("Risker.yaml", "risker.yaml"),
    named("Å.yaml", "å.yaml"),
    named(f"{NFD}.yaml", "å.yaml"),
    Case("a.yaml\u202elmay.b", files({f"{PLAN}a\u202elmay.b": ""}), [rf"R015 {PLAN}a\u202elmay.b"]),
    Case("plan con", files({"plans/con/plan.yaml": "plan:\n  namn: C\n"}), ["R015 plans/con"]),
    Case(
        "report con",
        files({"templates/rapporter/con.yaml": ""}),
        ["R015 templates/rapporter/con.yaml"],
    ),
    Case(
        "plan of 61 signs", files({f"plans/{'p' * 61}/plan.yaml": ""}), [f"R012 plans/{'p' * 61}"]
    ),
    Case(
        "report of 61 signs",
        files({f"templates/rapporter/{'p' * 61}.yaml": REPORT}),
        [f"R012 templates/rapporter/{'p' * 61}.yaml"],
    ),
]
SOUND_NAMES = [
    "console.yaml",
    "com10.yaml",
    "nulägen.yaml",
    f"f{NFD}r.yaml",
    "a\u00a0b.yaml",
    "å" * 120 + ".yaml",
    "~$risker.yaml",
    ".con.yaml",
]


@pytest.mark.parametrize("case", CASES, ids=[ascii(case.name) for case in CASES])
def test_a_name_that_not_every_system_holds(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path, here)


def test_names_that_only_look_like_those(tmp_path: Path) -> None:
    texts = (RISK.replace("id: r", f"id: r{number}") for number in range(len(SOUND_NAMES)))
    made = {PLAN + name: text for name, text in zip(SOUND_NAMES, texts, strict=True)}
    check(Case("sound", files(made), []), tmp_path, here)


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    for name, source in resources.example_files():
        for folder, end in (("lf", b"\n"), ("crlf", b"\r\n")):
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read_bytes().replace(b"\n", end))
    lf, crlf = load(tmp_path / "lf"), load(tmp_path / "crlf")
    (of_lf,), (of_crlf,) = lf.register.plans.values(), crlf.register.plans.values()
    assert lf.findings + crlf.findings == ()
    assert replace(of_crlf, data=of_lf.data) == of_lf
    assert of_crlf.data.count == of_lf.data.count


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        ("--help", 0),
        ("report --tertial 2", 0),
        ("explain R015", 0),
        ("explain forhandsbedomning", 0),
        ("explain saknås→", 2),
    ],
)
def test_a_console_with_few_signs_shows_every_command(
    arguments: str, exit_code: int, tmp_path: Path
) -> None:
    shutil.copytree(HAVSNÄS, tmp_path, dirs_exist_ok=True)
    done = run(tmp_path, *arguments.split(), PYTHONIOENCODING="cp1252")
    assert (done.exit_code, bool(done.stdout)) == (exit_code, exit_code == 0)
