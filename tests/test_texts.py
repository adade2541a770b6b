"""A text that a report must have: when it is lacking, where that is told, and what a draft is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from starting import run
from test_cli import HAVSNÄS
from test_faults import plant
from test_report_command import add, both, made
from validating import judged

from kvalitet.period import Period

UNIT, BOARD = "plans/barn-och-familj", "plans/socialnamnden"
WORDS = """    sammanfattning: |
      Barnet hördes i {{ andel("andel-horda") }} av anmälningarna, mot {{ andel("andel-horda", "2026-T1") }} första tertialet.
      Sjukfrånvaron ändrades med {{ förändring("sjukfranvaro", "2026-T1", "2026-T2") }}.
      Att erfarna slutar är nu en {{ nivå("erfarna-slutar") }} risk.
"""  # noqa: E501
STANDING = "texter:\n  sammanfattning: |\n    Planen följs upp tre gånger om året.\n"
LIFTED = (
    "    sammanfattning:\n      lyft: ja\n      text: |\n        Vi har haft ett bra tertial.\n"
)


@pytest.fixture
def havsnäs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))


@pytest.fixture
def unwritten(havsnäs: Path) -> Path:
    """Havsnäs, where the unit has not written the summary of tertial 2."""
    plant(havsnäs, f"{UNIT}/2026-T2.yaml", WORDS, "")
    return havsnäs


def lacking(root: Path, at: str | None = "2026-T2") -> list[tuple[str, str]]:
    """Where texts are lacking, and what is said of it."""
    found = judged(root, Period.parse(at) if at else None).findings
    return [(f"{f.place.path}:{f.place.line}", f.message) for f in found if f.code == "R601"]


def test_nothing_is_lacking_in_the_example(havsnäs: Path) -> None:
    assert lacking(havsnäs, "2026-T1") == lacking(havsnäs, "2026-T2") == []


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        ("2026-T2", [f"{UNIT}/2026-T2.yaml:2"]),
        ("2026-T3", [f"{UNIT}/plan.yaml:7", f"{BOARD}/plan.yaml:10"]),
        ("2026-T1", []),
        ("2026", []),  # no report is made of a year
        (None, [f"{UNIT}/2026-T2.yaml:2"]),  # the newest of which anything is said
    ],
)
def test_it_is_told_in_the_file_of_the_period_else_where_the_reports_are(
    unwritten: Path, at: str | None, lines: list[str]
) -> None:
    assert [line for line, _ in lacking(unwritten, at)] == lines


HEAD = "plan:\n  namn: A\n  rapporter: [lagesrapport]\n"
YEAR = "  år: 2026\n"


def told_of(period: str) -> str:
    return f"uppföljning:\n  {period}:\n    bakgrund: Ja.\n"


@pytest.mark.parametrize(
    ("plan", "lacking_at", "not_asked_for_at"),
    [
        (YEAR, "2026-T1 2027-T1", "2025-T3 2020-T2"),
        (YEAR + told_of("2025-T2"), "2025-T2 2025-T3 2026-T1 2027-T1", "2025-T1 2024-T2"),
        (YEAR + told_of("2025-06-30"), "2025-T2 2025-T3 2026-T1", "2025-T1"),
        (YEAR + told_of("2026-T2"), "2026-T1 2026-T2 2027-T1", "2025-T3"),
        # of no year: from the first that is said
        (told_of("2026-T2"), "2026-T2 2027-T1", "2026-T1 2025-T3"),
        ("", "2020-T2 2026-T1", ""),
    ],
)
def test_a_plan_has_reports_from_its_year_or_the_first_that_is_said(
    tmp_path: Path, plan: str, lacking_at: str, not_asked_for_at: str
) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", HEAD + plan)
    assert all(lacking(tmp_path, at) for at in lacking_at.split())
    assert not any(lacking(tmp_path, at) for at in not_asked_for_at.split())


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("till.yaml", 'uppföljning:\n  2025-T1:\n    bakgrund: "\n'),
        ("till.yaml", "uppföljning: {2025-T1: {}}\n"),
        ("plan.yaml", "  raporter: [lagesrapport]\n"),
    ],
)
def test_a_plan_may_have_begun_where_a_fault_hides_it(tmp_path: Path, file: str, text: str) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", HEAD + YEAR)
    add(tmp_path, f"plans/a/{file}", text)
    result = run("report", "--period", "2025-T1", folder=tmp_path)
    assert result.returncode == 1
    assert result.stderr.decode() == "a: rapporten är inte gjord, för felen ovan.\n"


@pytest.mark.parametrize(
    ("file", "text", "is_lacking"),
    [
        (f"{UNIT}/till.yaml", STANDING, False),
        (f"{BOARD}/till.yaml", STANDING, False),  # inherited
        (f"{UNIT}/till.yaml", "uppföljning:\n  2026-T2:\n    sammanfattning: Kort.\n", False),
        (f"{UNIT}/till.yaml", "uppföljning:\n  2026-T1:\n    mentorer: Klart.\n", True),
        # what may say it cannot be read: that is told, and nothing else
        (f"{UNIT}/till.yaml", "uppföljning:\n  2026-T2:\n    sammanfattning:\n", False),
        (f"{UNIT}/till.yaml", "uppföljning:\n  2026-T2:\n    sammanfattning: |\n \n", False),
        (f"{UNIT}/till.yaml", "uppföljning: {2026-T2: {}}\n", False),
        (f"{UNIT}/till.yaml", "texter: {sammanfattning: a}\n", False),
        (f"{UNIT}/till.yaml", 'uppföljning:\n  2026-T2:\n    sammanfattning: "\n', False),
    ],
)
def test_what_counts_as_a_text(unwritten: Path, file: str, text: str, is_lacking: bool) -> None:
    add(unwritten, file, text)
    assert bool(lacking(unwritten)) == is_lacking


def test_a_standing_text_is_judged_at_the_report_also_where_nothing_else_is_said(
    havsnäs: Path,
) -> None:
    text = '    sammanfattning: |\n      Anmälningarna var {{ värde("horda") }}.\n'
    (havsnäs / UNIT / "texter.yaml").write_text(f"texter:\n{text}", "utf-8")
    found = [f for f in judged(havsnäs, Period.parse("2026-T3")).findings if f.code == "R211"]
    assert [(f.place.path, f.place.line) for f in found] == [(f"{UNIT}/texter.yaml", 3)]


def test_the_words_of_a_part_are_not_the_whole_s_own(havsnäs: Path) -> None:
    plant(havsnäs, f"{UNIT}/2026-T2.yaml", WORDS, LIFTED)
    plant(havsnäs, f"{BOARD}/2026-T2.yaml", "    sammanfattning: ", "    sjukfranvaro: ")
    [(line, message)] = lacking(havsnäs)
    assert line == f"{BOARD}/2026-T2.yaml:2"
    assert message == "För 2026-T2 saknas text som måste finnas: Sammanfattning (lagesrapport)"


def test_several_sections_of_several_reports_are_told_together(unwritten: Path) -> None:
    report = """rubrik: Kort
rytm: tertial
avsnitt:
  - id: lardom
    rubrik: Lärdom
    del: text
    obligatorisk: ja
  - id: nasta-steg
    rubrik: Nästa steg
    del: matris
    obligatorisk: ja
"""
    add(unwritten, "templates/rapporter/kort.yaml", report)
    head = "rapporter: [lagesrapport]"
    plant(unwritten, f"{UNIT}/plan.yaml", head, "rapporter: [lagesrapport, kort]")
    [(_, message)] = lacking(unwritten)
    assert message.partition(": ")[2] == (
        "Sammanfattning (lagesrapport), Lärdom och Nästa steg (kort)"
    )


def test_a_lacking_text_stops_that_plan_and_tells_of_drafts(unwritten: Path) -> None:
    result = run("report", "--tertial", "2", folder=unwritten)
    assert (result.returncode, made(unwritten)) == (1, both("socialnamnden/2026-T2/lagesrapport"))
    assert result.stderr.decode() == (
        "barn-och-familj: rapporten är inte gjord, för felen ovan.\n"
        "Med --draft görs ett utkast utan texten.\n"
        "1 av 2 planer klara; 1 stoppas av fel: barn-och-familj.\n"
    )


def test_a_text_that_the_whole_lacks_does_not_stop_its_part(havsnäs: Path) -> None:
    plant(havsnäs, f"{BOARD}/2026-T2.yaml", "    sammanfattning: ", "    sjukfranvaro: ")
    result = run("report", "--tertial", "2", folder=havsnäs)
    reports = both("barn-och-familj/2026-T2/lagesrapport")
    assert (result.returncode, made(havsnäs)) == (1, reports)


def test_a_draft_is_made_where_texts_are_lacking(unwritten: Path) -> None:
    result = run("report", "--tertial", "2", "--draft", folder=unwritten)
    assert result.returncode == 0
    report = unwritten / "rapporter/barn-och-familj/2026-T2/lagesrapport"
    markdown = report.with_suffix(".md").read_text("utf-8")
    html = report.with_suffix(".html").read_text("utf-8")
    assert markdown.startswith("**Utkast.** Texter kan saknas, och inget är fastställt.\n\n# Läg")
    assert "**Anvisning:** Det viktigaste som hänt, i högst fem meningar.\n" in markdown
    assert '<p class="utkast"><strong>Utkast.</strong> Texter kan saknas' in html
    assert '@page { @top-right { content: "Utkast"' in html
    assert "<title>Utkast: " in html


def test_a_draft_says_so_in_json(unwritten: Path) -> None:
    def draft(*options: str) -> bool:
        run("report", "--tertial", "1", "--format", "json", *options, folder=unwritten)
        report = unwritten / "rapporter/barn-och-familj/2026-T1/lagesrapport.json"
        return bool(json.loads(report.read_text("utf-8"))["draft"])

    assert (draft("--draft"), draft()) == (True, False)


@pytest.mark.parametrize("format", ["html", "md", "json"])
def test_a_draft_in_place_of_a_report_is_told(unwritten: Path, format: str) -> None:
    def told(*options: str) -> str:
        arguments = ("report", "--tertial", "1", "--plan", "barn-och-familj", "--format", format)
        return run(*arguments, *options, folder=unwritten).stderr.decode()

    report = "rapporter/barn-och-familj/2026-T1/lagesrapport"
    replaced = f"{report}: ett utkast har ersatt den rapport som fanns.\n"
    assert [told(*["--draft"] * is_draft) for is_draft in (1, 0, 1)] == ["", "", replaced]


def test_where_the_rule_is_only_a_warning_the_report_says_that_a_text_is_lacking(
    unwritten: Path,
) -> None:
    plant(unwritten, "kvalitet.yaml", "regler:\n", "regler:\n  R601:\n    grad: varning\n")
    assert run("report", "--tertial", "2", folder=unwritten).returncode == 0
    report = unwritten / "rapporter/barn-och-familj/2026-T2/lagesrapport.md"
    shown = report.read_text("utf-8")
    assert "## Sammanfattning\n\nTexten är inte skriven.\n" in shown
    assert "Anvisning" not in shown


def test_an_error_stops_a_draft_and_no_text_is_asked_for(unwritten: Path) -> None:
    add(unwritten, f"{UNIT}/risker.yaml", "    fel: ja\n")
    result = run(
        "report", "--tertial", "2", "--draft", "--plan", "barn-och-familj", folder=unwritten
    )
    assert (result.returncode, made(unwritten)) == (1, [])
    assert "R201" in result.stdout.decode()
    assert "R601" not in result.stdout.decode()


def test_nothing_of_a_draft_stands_in_the_final_report(havsnäs: Path) -> None:
    run("report", "--tertial", "2", folder=havsnäs)
    for name in made(havsnäs):
        text = (havsnäs / "rapporter" / name).read_text("utf-8")
        assert "Utkast" not in text
        assert "Anvisning" not in text
