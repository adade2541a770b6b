"""`kvalitet report`: which reports are made, and what stands when something is wrong."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from starting import run
from test_cli import HAVSNÄS

SOUND = "plan:\n  namn: B\n  år: 2026\n  rapporter: [lagesrapport]\nuppföljning:\n"
SOUND += "  2026-T1:\n    sammanfattning: Allt går bra.\n"


@pytest.fixture
def havsnäs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))


@pytest.fixture(scope="module")
def once_reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(HAVSNÄS, tmp_path_factory.mktemp("once") / "havsnas"))
    run("report", "--tertial", "2", folder=folder)
    return folder


@pytest.fixture
def reported(once_reported: Path, tmp_path: Path) -> Path:
    """Havsnäs, where the reports of tertial 2 stand."""
    return Path(shutil.copytree(once_reported, tmp_path / "reported"))


def add(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + text, "utf-8")


def made(folder: Path) -> list[str]:
    """The reports that stand, by plan, period and name."""
    paths = sorted((folder / "rapporter").glob("*/**/*.*"))
    return [path.relative_to(folder / "rapporter").as_posix() for path in paths]


def both(*names: str) -> list[str]:
    return [f"{name}.{format}" for name in names for format in ("html", "md")]


def test_all_plans_with_a_report_of_that_rhythm(havsnäs: Path) -> None:
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert result.returncode == 0
    reports = both("barn-och-familj/2026-T2/lagesrapport", "socialnamnden/2026-T2/lagesrapport")
    assert made(havsnäs) == reports
    told = [*reports, "index.html"]
    assert result.stdout.decode().splitlines() == [f"rapporter/{name}" for name in told]
    assert result.stderr.decode() == "2 av 2 planer klara.\n"


def test_an_error_in_a_plan_keeps_its_earlier_report(reported: Path) -> None:
    report = reported / "rapporter/barn-och-familj/2026-T2/lagesrapport.md"
    report.write_text("den förra")
    add(reported, "plans/barn-och-familj/risker.yaml", "    fel: ja\n")
    result = run("report", "--tertial", "2", folder=reported)
    assert (result.returncode, report.read_text()) == (1, "den förra")
    assert "barn-och-familj: rapporten är inte gjord, för felen ovan." in result.stderr.decode()


def test_a_whole_is_not_reported_while_a_part_has_errors(havsnäs: Path) -> None:
    add(havsnäs, "plans/barn-och-familj/2026-T2.yaml", '  x: "\n')
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (1, [])


def test_a_part_is_not_reported_while_what_it_inherits_has_errors(havsnäs: Path) -> None:
    unknown = "mål:\n  - id: fler\n    namn: Fler familjehem\n    bidrar_till: [finns-inte]\n"
    add(havsnäs, "plans/socialnamnden/fler.yaml", unknown)
    result = run("report", "--tertial", "2", "--plan", "barn-och-familj", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (1, [])
    assert "plans/socialnamnden/fler.yaml:4:19: R222" in result.stdout.decode()


def test_what_stops_several_plans_is_told_once(havsnäs: Path) -> None:
    add(havsnäs, "plans/socialnamnden/fler.yaml", "risker:\n  - namn: Utan id\n")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (1, [])
    assert result.stdout.decode().count("R202") == 1
    assert result.stderr.decode().splitlines() == [
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
        "socialnamnden: rapporten är inte gjord, för felen ovan.",
        "0 av 2 planer klara; 2 stoppas av fel: barn-och-familj och socialnamnden.",
    ]


def test_of_several_plans_those_without_errors_are_reported(tmp_path: Path) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    for plan in "abc":
        add(tmp_path, f"plans/{plan}/plan.yaml", SOUND)
    add(tmp_path, "plans/b/plan.yaml", "    finns-inte: Ja.\n")
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (
        1, both("a/2026-T1/lagesrapport", "c/2026-T1/lagesrapport"),
    )  # fmt: skip
    assert result.stderr.decode().splitlines() == [
        "b: rapporten är inte gjord, för felen ovan.",
        "2 av 3 planer klara; 1 stoppas av fel: b.",
    ]


def test_a_part_with_errors_stops_only_the_wholes_that_gather_it(tmp_path: Path) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    above = {"namnden": "", "oster": "namnden", "vaster": "namnden"}
    above |= {"a": "oster", "b": "oster", "c": "vaster"}
    for plan, whole in above.items():
        part = f"  del_av: {whole}\n" if whole else ""
        add(tmp_path, f"plans/{plan}/plan.yaml", SOUND.replace("  år", f"{part}  år"))
    add(tmp_path, "plans/b/plan.yaml", "    finns-inte: Ja.\n")
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (
        1, both(*(f"{plan}/2026-T1/lagesrapport" for plan in ("a", "c", "vaster"))),
    )  # fmt: skip
    assert result.stdout.decode().count("R222") == 1
    assert result.stderr.decode().splitlines() == [
        "b: rapporten är inte gjord, för felen ovan.",
        "namnden: rapporten är inte gjord, för felen ovan.",
        "oster: rapporten är inte gjord, för felen ovan.",
        "3 av 6 planer klara; 3 stoppas av fel: b, namnden och oster.",
    ]


LIST = "rubrik: Läget\nrytm: tertial\navsnitt:\n  - id: risker\n"
TYPING_MISTAKES = [
    (f"{LIST}    rubrik: Risker\n    del: matriss\n", "6:10: R206"),
    (f"{LIST}    del: matris\n", "4:5: R202"),
    (f"{LIST}\trubrik: Risker\n    del: matris\n", "5:1: R101"),
    (f"{LIST}    rubrik: Risker\n     del: matris\n", "6:6: R101"),
    (f"{LIST}    rubrik: Risker\n   del: matris\n", "6:4: R101"),
    ("rubrik: Läget\nrytm: tertial\navsnitt:\n  - risker\n", "4:5: R203"),
    ("rubrik: Läget\nrytm: tertial\navsnitt: risker\n", "3:10: R203"),
]


@pytest.mark.parametrize(("text", "place"), TYPING_MISTAKES)
def test_a_faulty_section_list_stops_only_its_own_reports(
    tmp_path: Path, text: str, place: str
) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", SOUND.replace("lagesrapport", "egen"))
    add(tmp_path, "plans/b/plan.yaml", SOUND)
    add(tmp_path, "templates/rapporter/egen.yaml", text)
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (1, both("b/2026-T1/lagesrapport"))
    assert f"templates/rapporter/egen.yaml:{place} fel: " in result.stdout.decode()


def test_a_faulty_section_list_that_no_plan_uses_stops_nothing(havsnäs: Path) -> None:
    add(havsnäs, "templates/rapporter/egen.yaml", "rubrik: Läget\n")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, result.stderr.decode()) == (0, "2 av 2 planer klara.\n")


def test_a_faulty_template_is_a_finding_told_once(havsnäs: Path) -> None:
    add(havsnäs, "templates/sida.html.j2", "<p>\n  {{ document.titel }}\n</p>\n")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (1, [])
    printed = result.stdout.decode()
    assert printed.startswith("templates/sida.html.j2:2:3: R018 fel: Mallen kan inte användas: ")
    assert printed.count("R018") == 1
    assert result.stderr.decode().splitlines() == [
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
        "socialnamnden: rapporten är inte gjord, för felen ovan.",
        "0 av 2 planer klara; 2 stoppas av fel: barn-och-familj och socialnamnden.",
    ]


def test_a_template_that_one_format_needs_does_not_stop_the_other(havsnäs: Path) -> None:
    add(havsnäs, "templates/sida.html.j2", "{{ document.titel }}\n")
    result = run("report", "--tertial", "2", "--format", "md", folder=havsnäs)
    assert (result.returncode, len(made(havsnäs))) == (0, 2)


def on_terminal(folder: Path, *arguments: str, **environment: str) -> tuple[str, str]:
    """What is printed in a pipe, and meanwhile on a terminal as stderr."""
    reading, terminal = pty.openpty()
    with os.fdopen(reading, "rb", buffering=0) as screen:
        process = subprocess.Popen(
            (sys.executable, "-m", "kvalitet", *arguments),
            cwd=folder,
            env={**os.environ, "CI": "", "TERM": "xterm", "COLUMNS": "100", **environment},
            stdout=subprocess.PIPE,
            stderr=terminal,
        )
        os.close(terminal)
        shown = b""
        with suppress(OSError):  # which is how a terminal ends
            while piece := screen.read(4096):
                shown += piece
        printed = process.communicate()[0]
    return printed.decode(), shown.decode()


BAR = "Gör rapporter"


def test_on_a_terminal_a_bar_tells_how_far_the_run_has_come(havsnäs: Path) -> None:
    piped = run("report", "--tertial", "2", folder=havsnäs)
    printed, shown = on_terminal(havsnäs, "report", "--tertial", "2")
    assert printed == piped.stdout.decode()
    bars = re.findall(r"(\d av 2)[^\r\n]*?(socialnamnden|barn-och-familj)", shown)
    assert [*dict.fromkeys(bars)] == [("0 av 2", "barn-och-familj"), ("1 av 2", "socialnamnden")]
    assert shown.replace("\r", "").splitlines()[-1].endswith("2 av 2 planer klara.")
    assert BAR not in piped.stderr.decode()


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--plan", "socialnamnden"), {}),
        ((), {"CI": "true"}),
        ((), {"TERM": "dumb"}),
    ],
)
def test_there_is_no_bar_where_none_is_of_use(
    havsnäs: Path, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    _, shown = on_terminal(havsnäs, "report", "--tertial", "2", *options, **environment)
    assert BAR not in shown


def test_a_part_is_reported_though_another_part_has_errors(havsnäs: Path) -> None:
    part = "plan:\n  namn: Äldre\n  del_av: socialnamnden\n  rapporter: [lagesrapport]\n  fel: ja\n"
    add(havsnäs, "plans/aldre/plan.yaml", part)
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (
        1, both("barn-och-familj/2026-T2/lagesrapport"),
    )  # fmt: skip


def test_the_fingerprint_changes_with_what_a_part_says(havsnäs: Path) -> None:
    def fingerprint() -> str:
        run("report", "--tertial", "2", folder=havsnäs)
        report = havsnäs / "rapporter/socialnamnden/2026-T2/lagesrapport.md"
        return report.read_text("utf-8").splitlines()[-1]

    before = fingerprint()
    assert "fingeravtryck" in before
    add(havsnäs, "plans/barn-och-familj/2026-T2.yaml", "    mentorer: Alla är utsedda.\n")
    file = havsnäs / "plans/barn-och-familj/2026-T2.yaml"
    file.write_text(
        file.read_text("utf-8").replace("    mentorer:\n      läge: pågår\n", ""), "utf-8"
    )
    assert fingerprint() != before


@pytest.mark.parametrize(
    "other",
    [
        "plan:\n  namn: Utan år\n",
        f"{SOUND}".replace("  rapporter: [lagesrapport]\n", "").partition("uppföljning")[0],
    ],
)
def test_a_plan_without_reports_is_passed_over(tmp_path: Path, other: str) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", other)
    add(tmp_path, "plans/b/plan.yaml", SOUND)
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (0, both("b/2026-T1/lagesrapport"))


def test_a_plan_without_year_stops_no_other(tmp_path: Path) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", SOUND.replace("  år: 2026\n", ""))
    add(tmp_path, "plans/b/plan.yaml", SOUND)
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, result.stderr.decode().splitlines()) == (
        2,
        [
            "plans/a säger inget år. Lägg till --year, eller år i plan.yaml.",
            "1 av 2 planer klara; 1 är inte gjord: a.",
        ],
    )
    assert made(tmp_path) == both("b/2026-T1/lagesrapport")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ('plan:\n  namn: "\n', "R101"),
        ("plan:\n  namn: A\n  år: 2026\n  raporter: [lagesrapport]\n", "R201"),
        ("plan:\n  namn: A\n  år: 2026\n  rapporter: [lagesrapporten]\n", "R227"),
        ("risker:\n  - id: a\n    namn: A\n", "R202"),
    ],
)
def test_a_plan_whose_reports_are_not_known_is_told(tmp_path: Path, other: str, code: str) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", other)
    add(tmp_path, "plans/b/plan.yaml", SOUND)
    result = run("report", "--tertial", "1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (1, both("b/2026-T1/lagesrapport"))
    assert code in result.stdout.decode()


UNSURE = "det går inte att se vilken plan den är en del av"
OVER_TWO = {"namnden": "", "a": "namnden", "b": "namnden", "styrelsen": "", "c": "styrelsen"}
ALONE = "plan:\n  namn: B\n  del_av: {}\n"


def two_boards(folder: Path, of_b: str, **others: str) -> None:
    """Two boards and a plan by itself, all with reports; b is a unit of the one, if it says so."""
    shutil.copytree(HAVSNÄS / "templates", folder / "templates")
    for plan, whole in (OVER_TWO | {"ensam": ""}).items():
        part = f"  del_av: {whole}\n" if whole else ""
        text = of_b if plan == "b" else SOUND.replace("  år", f"{part}  år")
        add(folder, f"plans/{plan}/plan.yaml", others.get(plan, text))


@pytest.mark.parametrize(
    ("of_b", "code", "stopped"),
    [
        (ALONE.format("nämnden"), "R251", ["namnden"]),
        (ALONE.format("annan"), "R251", ["namnden", "styrelsen"]),
        (ALONE.format("b"), "R252", ["namnden", "styrelsen"]),
        (ALONE.format(""), "R114", ["namnden", "styrelsen"]),
        (ALONE.format("[namnden]"), "R203", ["namnden", "styrelsen"]),
        (ALONE.replace("del_av", "delav").format("namnden"), "R201", ["namnden", "styrelsen"]),
        ('plan:\n  namn: "B\n  del_av: namnden\n', "R101", ["namnden", "styrelsen"]),
        ("risker:\n  - id: brist\n    namn: Brist\n", "R202", ["namnden", "styrelsen"]),
    ],
)
def test_a_plan_that_may_be_a_part_stops_those_that_may_be_its_whole(
    tmp_path: Path, of_b: str, code: str, stopped: list[str]
) -> None:
    two_boards(tmp_path, of_b)
    result = run("report", "--tertial", "1", folder=tmp_path)
    done = sorted({"a", "c", "ensam", "namnden", "styrelsen"} - {*stopped})
    assert (result.returncode, made(tmp_path)) == (
        1, both(*(f"{plan}/2026-T1/lagesrapport" for plan in done)),
    )  # fmt: skip
    assert result.stdout.decode().count(code) == 1
    says = f"b: {UNSURE}, så rapporterna för {' och '.join(stopped)} görs inte."
    assert result.stderr.decode().splitlines().count(says) == 1


@pytest.mark.parametrize(
    ("plan", "code", "says"),
    [
        ("namnden", 1, [f"b: {UNSURE}, så rapporterna för namnden görs inte."]),
        ("styrelsen", 0, []),
        ("a", 0, []),
    ],
)
def test_of_one_plan_it_is_told_what_may_be_a_part_of_it(
    tmp_path: Path, plan: str, code: int, says: list[str]
) -> None:
    two_boards(tmp_path, ALONE.format("nämnden"))
    result = run("report", "--tertial", "1", "--plan", plan, folder=tmp_path)
    assert (result.returncode, result.stderr.decode().splitlines()) == (code, says)
    assert made(tmp_path) == ([] if code else both(f"{plan}/2026-T1/lagesrapport"))
    assert result.stdout.decode().count("R251") == code


@pytest.mark.parametrize("whole", ["finns-inte", "b"])
def test_the_only_part_may_belong_to_any_other_plan(tmp_path: Path, whole: str) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/namnden/plan.yaml", SOUND)
    add(tmp_path, "plans/b/plan.yaml", ALONE.format(whole))
    result = run("report", "--tertial", "1", "--plan", "namnden", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (1, [])


def test_plans_that_are_parts_of_each_other_stop_the_board_that_they_may_be_parts_of(
    tmp_path: Path,
) -> None:
    two_boards(tmp_path, ALONE.format("c"), c=ALONE.format("b"))
    result = run("report", "--tertial", "1", "--plan", "namnden", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (1, [])
    assert result.stderr.decode().splitlines() == [
        f"{plan}: {UNSURE}, så rapporterna för namnden görs inte." for plan in "bc"
    ]


UNREAD = [
    ("plans/B b/plan.yaml", SOUND, "plans/B b", "R012"),
    ("plans/b.yaml", SOUND, "plans/b.yaml", "R005"),
]


@pytest.mark.parametrize("options", [(), ("--plan", "socialnamnden")])
@pytest.mark.parametrize(("file", "text", "path", "code"), UNREAD)
def test_what_is_not_read_as_a_plan_is_told_and_stops_those_that_have_parts(
    havsnäs: Path, file: str, text: str, path: str, code: str, options: tuple[str, ...]
) -> None:
    add(havsnäs, file, text)
    result = run("report", "--tertial", "2", *options, folder=havsnäs)
    reports = [] if options else both("barn-och-familj/2026-T2/lagesrapport")
    assert (result.returncode, made(havsnäs)) == (1, reports)
    assert result.stdout.decode().count(f"{path}: {code} fel: ") == 1
    summary = "1 av 2 planer klara; 1 stoppas av fel: socialnamnden."
    assert result.stderr.decode().splitlines() == [
        f"{path} läses inte, för felen ovan.",
        f"{path}: {UNSURE}, så rapporterna för socialnamnden görs inte.",
        *([] if options else [summary]),
    ]


@pytest.mark.parametrize(("file", "text", "path", "code"), UNREAD)
def test_what_is_not_read_where_there_is_no_other_plan(
    tmp_path: Path, file: str, text: str, path: str, code: str
) -> None:
    add(tmp_path, file, text)
    result = run("report", "--tertial", "2", folder=tmp_path)
    assert (result.returncode, f"{path}: {code} fel: " in result.stdout.decode()) == (1, True)
    assert result.stderr.decode() == f"{path} läses inte, för felen ovan.\n"


def test_of_a_plan_asked_for_nothing_else_is_told(havsnäs: Path) -> None:
    add(havsnäs, "plans/B b/plan.yaml", SOUND)
    result = run("report", "--tertial", "2", "--plan", "barn-och-familj", folder=havsnäs)
    assert (result.returncode, result.stderr) == (0, b"")
    result = run("report", "--tertial", "2", "--plan", "B b", folder=havsnäs)
    says = "plans/B b läses inte: kvalitet validate säger varför.\n"
    assert (result.returncode, result.stderr.decode()) == (2, says)


LATER = "b: ingen rapport, för planen börjar senare.\n"


@pytest.mark.parametrize("faults", ["", "    finns-inte: Ja.\n"])
def test_a_plan_that_begins_later_has_no_report_and_stops_no_other(
    tmp_path: Path, faults: str
) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/a/plan.yaml", SOUND.replace("2026", "2025"))
    add(tmp_path, "plans/b/plan.yaml", SOUND + faults)
    result = run("report", "--period", "2025-T1", folder=tmp_path)
    assert (result.returncode, made(tmp_path)) == (0, both("a/2025-T1/lagesrapport"))
    assert result.stderr.decode() == LATER


@pytest.mark.parametrize("options", [(), ("--draft",), ("--plan", "b")])
def test_where_every_plan_begins_later_nothing_is_made(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    shutil.copytree(HAVSNÄS / "templates", tmp_path / "templates")
    add(tmp_path, "plans/b/plan.yaml", SOUND)
    result = run("report", "--period", "2025-T1", *options, folder=tmp_path)
    assert (result.returncode, result.stderr.decode(), result.stdout) == (2, LATER, b"")
    assert not (tmp_path / "rapporter").exists()


FAULTS = [
    (
        "templates/rapporter/lagesrapport.yaml",
        "  - id: lardom\n    rubrik: Lärdom\n    del: text\n    obligatorisk: ja\n",
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
    ),
    (
        "templates/sida.md.j2",
        "{{ 1/0 }}",
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
    ),
    (
        "templates/sida.css",
        "{% if",
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
    ),
]


def standing(folder: Path) -> dict[str, bytes]:
    """All that lies where reports lie, hidden files too."""
    paths = sorted(path for path in (folder / "rapporter").rglob("*") if path.is_file())
    return {path.relative_to(folder / "rapporter").as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize(("file", "text", "says"), FAULTS)
def test_a_run_that_fails_leaves_what_stands(
    reported: Path, file: str, text: str, says: str
) -> None:
    before = standing(reported)
    add(reported, file, text)
    add(reported, "data/barn-och-familj/nyckeltal.csv", "vardygn;2026-09;utfall;;1 400;;\n")
    result = run("report", "--tertial", "2", folder=reported)
    assert (result.returncode, standing(reported)) == (1, before)
    assert result.stderr.decode().startswith(says)


@pytest.mark.parametrize("second", ["html", "md"])
def test_where_one_file_cannot_be_written_the_other_stays_as_it_was(
    reported: Path, second: str
) -> None:
    report = reported / "rapporter/barn-och-familj/2026-T2/lagesrapport"
    for path in (report.with_suffix(".html"), report.with_suffix(".md")):
        path.write_text("den förra")
    in_the_way = report.with_suffix(f".{second}")
    in_the_way.unlink()
    in_the_way.mkdir()
    (reported / "rapporter/index.html").unlink()
    before = standing(reported)
    result = run("report", "--tertial", "2", folder=reported)
    (reported / "rapporter/index.html").unlink()
    assert (result.returncode, standing(reported)) == (2, before)
    file = f"rapporter/barn-och-familj/2026-T2/lagesrapport.{second}"
    assert result.stderr.decode().splitlines() == [
        f"{file} är ingen fil, men måste vara det. Flytta den.",
        "1 av 2 planer klara; 1 är inte gjord: barn-och-familj.",
    ]


def test_a_folder_that_cannot_be_written_to_stops_no_other_plan(havsnäs: Path) -> None:
    (havsnäs / "rapporter").mkdir()
    (havsnäs / "rapporter/barn-och-familj").write_text("i vägen")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert result.returncode == 2
    assert made(havsnäs) == both("socialnamnden/2026-T2/lagesrapport")
    assert result.stderr.decode().splitlines() == [
        "rapporter/barn-och-familj är ingen mapp, men måste vara det. Flytta den.",
        "1 av 2 planer klara; 1 är inte gjord: barn-och-familj.",
    ]


@pytest.mark.parametrize("format", ["html", "md", "json"])
def test_one_format_alone(havsnäs: Path, format: str) -> None:
    run("report", "--tertial", "2", "--format", format, "--plan", "socialnamnden", folder=havsnäs)
    assert made(havsnäs) == [f"socialnamnden/2026-T2/lagesrapport.{format}"]


def test_what_cannot_be_read_is_an_error_whatever_the_settings_say(havsnäs: Path) -> None:
    settings = (havsnäs / "kvalitet.yaml").read_text("utf-8")
    own = settings.replace("regler:\n", "regler:\n  R505:\n    grad: av\n")
    (havsnäs / "kvalitet.yaml").write_text(own, "utf-8")
    add(havsnäs, "data/barn-och-familj/nyckeltal.csv", "vardygn;2026-T3;utfall;;många;;\n")
    result = run("validate", folder=havsnäs)
    assert result.returncode == 1
    assert "R505 är alltid ett fel" in result.stdout.decode()
