"""`kvalitet report`: which reports are made, and what stands when something is wrong."""

from __future__ import annotations

import shutil
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
    paths = sorted((folder / "rapporter").rglob("*.*"))
    return [path.relative_to(folder / "rapporter").as_posix() for path in paths]


def both(*names: str) -> list[str]:
    return [f"{name}.{format}" for name in names for format in ("html", "md")]


def test_all_plans_with_a_report_of_that_rhythm(havsnäs: Path) -> None:
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert result.returncode == 0
    reports = both("barn-och-familj/2026-T2/lagesrapport", "socialnamnden/2026-T2/lagesrapport")
    assert made(havsnäs) == reports
    assert result.stdout.decode().splitlines() == [f"rapporter/{name}" for name in reports]


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
        f"{plan}: rapporten är inte gjord, för felen ovan."
        for plan in ("barn-och-familj", "socialnamnden")
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
    assert result.stderr.decode() == "b: rapporten är inte gjord, för felen ovan.\n"


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
    says = "plans/a säger inget år. Lägg till --year, eller år i plan.yaml.\n"
    assert (result.stderr.decode(), result.returncode) == (says, 2)
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


UNREAD = [
    ("plans/B b/plan.yaml", SOUND, "plans/B b", "R012"),
    ("plans/b.yaml", SOUND, "plans/b.yaml", "R005"),
]


@pytest.mark.parametrize(("file", "text", "path", "code"), UNREAD)
def test_what_is_not_read_as_a_plan_is_told_and_stops_no_other(
    havsnäs: Path, file: str, text: str, path: str, code: str
) -> None:
    add(havsnäs, file, text)
    result = run("report", "--tertial", "2", folder=havsnäs)
    reports = both("barn-och-familj/2026-T2/lagesrapport", "socialnamnden/2026-T2/lagesrapport")
    assert (result.returncode, made(havsnäs)) == (1, reports)
    assert f"{path}: {code} fel: " in result.stdout.decode()
    assert result.stderr.decode() == f"{path} läses inte, för felen ovan.\n"


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
    ("templates/sida.md.j2", "{{ 1/0 }}", 2, "Mallen sida.md.j2 kan inte användas"),
    ("templates/sida.md.j2", "{% for x %}", 2, "Mallen sida.md.j2 kan inte användas, rad 1"),
    ("templates/sida.md.j2", "{{ saknas }}", 2, "Mallen sida.md.j2 kan inte användas"),
    ("templates/sida.md.j2", "{% include 'sida.md.j2' %}", 2, "Mallen sida.md.j2 kan inte"),
    ("templates/sida.html.j2", "{{ 1/0 }}", 2, "Mallen sida.html.j2 kan inte användas"),
    (
        "templates/rapporter/lagesrapport.yaml",
        "  - id: lardom\n    rubrik: Lärdom\n    del: text\n    obligatorisk: ja\n",
        1,
        "barn-och-familj: rapporten är inte gjord, för felen ovan.",
    ),
]


def standing(folder: Path) -> dict[str, bytes]:
    """All that lies where reports lie, hidden files too."""
    paths = sorted(path for path in (folder / "rapporter").rglob("*") if path.is_file())
    return {path.relative_to(folder / "rapporter").as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize(("file", "text", "code", "says"), FAULTS)
def test_a_run_that_fails_leaves_what_stands(
    reported: Path, file: str, text: str, code: int, says: str
) -> None:
    before = standing(reported)
    add(reported, file, text)
    add(reported, "data/barn-och-familj/nyckeltal.csv", "vardygn;2026-09;utfall;;1 400;;\n")
    result = run("report", "--tertial", "2", folder=reported)
    assert (result.returncode, standing(reported)) == (code, before)
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
    before = standing(reported)
    result = run("report", "--tertial", "2", folder=reported)
    assert (result.returncode, standing(reported)) == (2, before)
    file = f"rapporter/barn-och-familj/2026-T2/lagesrapport.{second}"
    says = f"{file} är ingen fil, men måste vara det. Flytta den.\n"
    assert result.stderr.decode() == says


def test_a_folder_that_cannot_be_written_to_stops_no_other_plan(havsnäs: Path) -> None:
    (havsnäs / "rapporter").mkdir()
    (havsnäs / "rapporter/barn-och-familj").write_text("i vägen")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert result.returncode == 2
    assert made(havsnäs) == both("socialnamnden/2026-T2/lagesrapport")
    says = "rapporter/barn-och-familj är ingen mapp, men måste vara det. Flytta den.\n"
    assert result.stderr.decode() == says


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
