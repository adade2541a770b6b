"""What lies where nothing is read, settings that do nothing, and what is said to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

PLAN = {"plans/exempel/plan.yaml": "plan:\n  namn: Exempelplan\n"}
RISK = {"plans/exempel/risker.yaml": "risker:\n  - id: a\n    namn: A\n    mål: saknas\n"}
SAID = {"plans/exempel/t1.yaml": "uppföljning:\n  2026-T1:\n    a: Sagt.\n"}
TWO_KINDS = "Lägg rapporttyper i templates/rapporter, och sidmallar i templates."
ONLY_ASCII = "Använd små bokstäver a-z, siffror och bindestreck, som"
REPORT = "rubrik: L\nrytm: år\navsnitt:\n  - id: a\n    rubrik: A\n    del: text\n"


def exception(regel: str, slut: str) -> dict[str, str]:
    lines = f"  - regel: {regel}\n    plats: exempel/a\n    skäl: S\n    slut: {slut}\n"
    return {"kvalitet.yaml": f"undantag:\n{lines}"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"plans/exempel/a.yml": ""}, "R004 Byt ändelsen till .yaml."),
        ({"plans/exempel/a.YAML": ""}, "R004 Byt ändelsen till .yaml."),
        ({"plans/exempel/a.csv": ""}, "R004 Flytta den till data/exempel."),
        ({"plans/exempel/a.docx": ""}, "R004 Flytta den någon annanstans."),
        ({"plans/exempel/2025/a.yaml": ""}, "R004 Flytta upp filerna till plans/exempel."),
        ({"plans/a.csv": ""}, "R004 Flytta den till data/exempel."),
        ({"data/exempel/a.xlsx": ""}, "R004 Spara den som CSV UTF-8."),
        ({"data/exempel/a.yml": ""}, "R004 Flytta den till plans/exempel."),
        ({"data/exempel/a.CSV": ""}, "R004 Byt ändelsen till .csv."),
        ({"data/a.csv": ""}, "R004 Flytta den till data/exempel."),
        ({"templates/rapporter/a.yml": ""}, "R004 Byt ändelsen till .yaml."),
        ({"templates/rapporter/a.csv": ""}, "R004 Flytta den någon annanstans."),
        ({"kvalitet.yml": ""}, "R004 Döp om filen till kvalitet.yaml."),
        ({"Kvalitet.yaml": ""}, "R004 Döp om filen till kvalitet.yaml."),
        ({"plans/a.yaml": ""}, "R005 Flytta den till plans/exempel."),
        ({"data/exemple/a.csv": ""}, 'R006 Menade du "exempel"?'),
        ({"data/annan/a.csv": ""}, "R006 Ge mappen samma namn som planens mapp i plans."),
        ({"kvalitet.yaml": "format: 2\nnytt: ja\n"}, "R009 Installera en nyare version."),
        ({"kvalitet.yaml": "regler:\n  r004:\n    grad: fel\n"}, 'R010 Menade du "R004"?'),
        ({"kvalitet.yaml": "regler:\n  RO04:\n    grad: fel\n"}, 'R010 Menade du "R004"?'),
        (
            {"kvalitet.yaml": "regler:\n  R019:\n    grad: fel\n"},
            "R010 Rätta koden eller ta bort den.",
        ),
        ({"kvalitet.yaml": "regler:\n  R222:\n    gräns: 3\n"}, "R011 Ta bort raden."),
        ({"kvalitet.yaml": "regler:\n  R222:\n    intervall: år\n"}, "R011 Ta bort raden."),
        ({"plans/Äldre/plan.yaml": "", "data/Äldre/a.csv": ""}, f"R012 {ONLY_ASCII} aldre."),
        ({"templates/rapporter/Läge.yaml": REPORT}, f"R012 {ONLY_ASCII} lage."),
        ({"templates/lage.yaml": REPORT}, "R004 Flytta den till templates/rapporter."),
        ({"templates/rapport/lage.yaml": REPORT}, f"R004 {TWO_KINDS}"),
        ({"plans/exempel/a.yaml": "risker:\n  - id: a\n    Namn : A\n"}, 'R201 Menade du "namn"?'),
    ],
)
def test_what_to_do_about_a_file_or_a_setting(
    files: dict[str, str], expected: str, tmp_path: Path
) -> None:
    assert advice(tmp_path, PLAN | files) == [expected]


def test_with_several_plans_a_new_folder_is_proposed_if_its_name_will_do(tmp_path: Path) -> None:
    files = {
        "plans/annan/plan.yaml": "plan:\n  namn: Annan\n",
        "plans/a.yaml": "",
        "plans/å.yaml": "",
    }
    assert advice(tmp_path, PLAN | files) == [
        "R005 Flytta den till en mapp för planen, som plans/a.",
        "R005 Flytta den till planens mapp.",
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (RISK | exception("R222", "2026-12-31"), []),
        (
            RISK | SAID | exception("R222", "2026-03"),
            [
                "R011 Undantaget gällde till och med 2026-03-31",
                'R222 Inget har id "saknas"',
            ],
        ),
        (
            RISK | exception("R101", "2026-12-31"),
            [
                "R011 R101 kan inte undantas",
                'R222 Inget har id "saknas"',
            ],
        ),
        (
            RISK | exception("R223", "2026-12-31"),
            [
                "R011 Undantaget från R223 träffar inget på exempel/a",
                'R222 Inget har id "saknas"',
            ],
        ),
        (
            RISK | exception("R223", "2026-12-31") | {"plans/exempel/b.yaml": "- c\n"},
            [
                "R115 Filen ska bestå av nycklar och värden",
            ],
        ),
    ],
)
def test_an_exception_that_does_not_do_what_it_says(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    write(tmp_path, PLAN | files)
    assert [
        f"{finding.code} {finding.message}" for finding in judged(tmp_path).findings
    ] == expected


def advice(root: Path, files: dict[str, str]) -> list[str]:
    write(root, files)
    return [f"{finding.code} {finding.hint}" for finding in judged(root).findings]


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
