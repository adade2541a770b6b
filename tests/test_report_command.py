"""`kvalitet report`: which reports are made, and what stands when something is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_cli import HAVSNÄS, run

SOUND = "plan:\n  namn: B\n  år: 2026\n  rapporter: [lagesrapport]\nuppföljning:\n"
SOUND += "  2026-T1:\n    sammanfattning: Allt går bra.\n"


@pytest.fixture
def havsnäs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))


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


def test_an_error_in_a_plan_keeps_its_earlier_report(havsnäs: Path) -> None:
    run("report", "--tertial", "2", folder=havsnäs)
    report = havsnäs / "rapporter/barn-och-familj/2026-T2/lagesrapport.md"
    report.write_text("den förra")
    add(havsnäs, "plans/barn-och-familj/risker.yaml", "    fel: ja\n")
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, report.read_text()) == (1, "den förra")
    assert "barn-och-familj: rapporten är inte gjord, för felen ovan." in result.stderr.decode()


def test_a_whole_is_not_reported_while_a_part_has_errors(havsnäs: Path) -> None:
    add(havsnäs, "plans/barn-och-familj/2026-T2.yaml", '  x: "\n')
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert (result.returncode, made(havsnäs)) == (1, [])


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


@pytest.mark.parametrize(
    "template", ["{{ 1/0 }}", "{% for x %}", "{{ saknas }}", "{% include 'sida.md.j2' %}"]
)
def test_a_fault_in_an_own_template_leaves_what_stands(havsnäs: Path, template: str) -> None:
    run("report", "--tertial", "2", folder=havsnäs)
    before = {name: (havsnäs / "rapporter" / name).read_bytes() for name in made(havsnäs)}
    add(havsnäs, "templates/sida.md.j2", template)
    result = run("report", "--tertial", "2", folder=havsnäs)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("Mallen sida.md.j2 kan inte användas")
    assert {name: (havsnäs / "rapporter" / name).read_bytes() for name in made(havsnäs)} == before


def test_what_cannot_be_read_is_an_error_whatever_the_settings_say(havsnäs: Path) -> None:
    settings = (havsnäs / "kvalitet.yaml").read_text("utf-8")
    own = settings.replace("regler:\n", "regler:\n  R505:\n    grad: av\n")
    (havsnäs / "kvalitet.yaml").write_text(own, "utf-8")
    add(havsnäs, "data/barn-och-familj/nyckeltal.csv", "vardygn;2026-T3;utfall;;många;;\n")
    result = run("validate", folder=havsnäs)
    assert result.returncode == 1
    assert "R505 är alltid ett fel" in result.stdout.decode()
