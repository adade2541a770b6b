"""The command as a user meets it: what it says, where, and the exit code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starting import run, run_truly

HAVSNÄS = Path(__file__).parent / "havsnas"


@pytest.fixture
def havsnäs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))


@pytest.fixture
def faulty(havsnäs: Path) -> Path:
    file = havsnäs / "plans" / "barn-och-familj" / "risker.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("mål: stod-i-tid", "mål: stöd-i-tid", 1), "utf-8")
    return havsnäs


@pytest.mark.parametrize(
    "command", ["validate", "validate --format json", "report --tertial 2", "score --plan x"]
)
def test_a_command_that_is_forked_is_as_one_that_is_started(command: str, faulty: Path) -> None:
    """What lets the other tests do without the start of an interpreter (see starting)."""
    forked = run(*command.split(), folder=faulty)
    started = run_truly(*command.split(), folder=faulty)
    assert (forked.stdout, forked.stderr) == (started.stdout, started.stderr)
    assert forked.returncode == started.returncode


NO_YEARLY_REPORT = (
    "Ingen plan har en rapport för den perioden. De rapporter som finns görs varje tertial."
)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rapport"], 'Kommandot "rapport" finns inte. Menade du "report"?'),
        (["x"], 'Kommandot "x" finns inte. Kommandona står i kvalitet --help.'),
        (["validate", "--plann", "x"], "Flaggan --plann finns inte. Menade du --plan?"),
        (["validate", "--plan"], "Flaggan --plan ska följas av ett värde."),
        (["--version=1"], "Flaggan --version tar inget värde."),
        (["validate", "nu"], "Kommandot fick fler ord än det tar, eller för få."),
        (["validate", "--plan", "barn"], "Mappen plans/barn finns inte."),
        (["validate", "--format", "pdf"], '--format kan vara text, json eller github, inte "pdf".'),
        (
            ["validate", "--format", "\x1b[31m"],
            '--format kan vara text, json eller github, inte "·[31m".',
        ),
        (
            ["report", "--tertial", "1", "--format", "pdf"],
            '--format kan vara html, md eller json, inte "pdf".',
        ),
        (["report", "--tertial", "4"], '"4" är inget tertial: skriv 1, 2 eller 3.'),
        (["report", "--tertial", "två"], '"två" är inget tertial: skriv 1, 2 eller 3.'),
        (["report"], "Säg vilken period rapporten gäller, som --tertial 2 eller --year 2026."),
        (["report", "--year", "2026"], NO_YEARLY_REPORT),
        (["explain", "R999"], 'Ingen regel och ingen indikator heter "R999".'),
    ],
)
def test_wrong_use_is_told_in_swedish(arguments: list[str], says: str) -> None:
    result = run(*arguments, folder=HAVSNÄS)
    assert (result.stderr.decode().strip(), result.returncode, result.stdout) == (says, 2, b"")


def test_a_period_that_is_none() -> None:
    result = run("validate", "--period", "2026-T4", folder=HAVSNÄS)
    assert result.stderr.decode().startswith('"2026-T4" är ingen period')
    assert result.returncode == 2


def test_an_empty_folder(tmp_path: Path) -> None:
    result = run("validate", folder=tmp_path)
    says = "Här finns ingen mapp plans. Gå till rätt mapp, eller prova kvalitet init.\n"
    assert (result.stderr.decode(), result.returncode) == (says, 2)


def test_a_folder_below_the_right_one() -> None:
    result = run("validate", folder=HAVSNÄS / "plans" / "barn-och-familj")
    says = "Här finns ingen mapp plans, men längre upp. Gå dit med cd ../.. och försök igen.\n"
    assert (result.stderr.decode(), result.returncode) == (says, 2)


def test_init_writes_a_plan_in_which_nothing_is_found(tmp_path: Path) -> None:
    assert run("init", folder=tmp_path).returncode == 0
    result = run("validate", folder=tmp_path)
    assert result.stdout.decode().startswith("Inga påpekanden (1 plan, ")
    assert result.returncode == 0


def test_init_writes_over_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "plans" / "exempelkommun" / "plan.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("plan:\n  namn: Min\n")
    result = run("init", folder=tmp_path)
    says = "plans/exempelkommun/plan.yaml finns redan. Inget är skrivet.\n"
    assert (result.stderr.decode(), result.returncode) == (says, 2)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["plan.yaml"]


def test_a_finding_with_its_line_carets_and_hint(faulty: Path) -> None:
    result = run("validate", folder=faulty)
    assert result.returncode == 1
    assert """\
plans/barn-och-familj/risker.yaml:10:10: R222 fel: Inget har id "stöd-i-tid"
   10 |     mål: stöd-i-tid
      |          ^^^^^^^^^^
    Menade du "stod-i-tid"?

Godtaget till och med 2026-12-31: R320 socialnamnden/effektivitet, 1 påpekande.
    Området analyseras i höstens budgetarbete.
1 fel, 0 varningar, 0 upplysningar (2 planer, 97 rader data)
""" in result.stdout.decode()


def test_the_same_finding_as_json(faulty: Path) -> None:
    result = run("validate", "--format", "json", folder=faulty)
    told = json.loads(result.stdout)
    assert (result.returncode, told["version"], told["summary"]["error"]) == (1, 1, 1)
    assert [finding for finding in told["findings"] if finding["severity"] == "error"] == [
        {
            "code": "R222",
            "severity": "error",
            "message": 'Inget har id "stöd-i-tid"',
            "hint": 'Menade du "stod-i-tid"?',
            "path": "plans/barn-och-familj/risker.yaml",
            "line": 10,
            "column": 10,
            "end_column": 20,
            "route": ["risker", 1, "mål"],
        }
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_json_is_utf_8_on_every_console(faulty: Path, encoding: str) -> None:
    result = run("validate", "--format", "json", folder=faulty, PYTHONIOENCODING=encoding)
    assert '"message": "Inget har id \\"stöd-i-tid\\""' in result.stdout.decode("utf-8")


def test_a_fault_in_one_plan_is_not_told_of_another(faulty: Path) -> None:
    assert run("validate", "--plan", "socialnamnden", folder=faulty).returncode == 0
    assert run("validate", "--plan", "barn-och-familj", folder=faulty).returncode == 1


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_any_console_can_show_it(faulty: Path, encoding: str) -> None:
    result = run("validate", folder=faulty, PYTHONIOENCODING=encoding)
    shown = result.stdout.decode(encoding)
    assert ("stöd-i-tid" if encoding != "ascii" else "stod-i-tid") in shown
    assert result.returncode == 1


def test_forty_columns_crop_the_line_round_the_fault(faulty: Path) -> None:
    file = faulty / "plans" / "barn-och-familj" / "risker.yaml"
    text = file.read_text("utf-8")
    long = "indikatorer: [placerade, vardygn, finns-inte]"
    file.write_text(text.replace("indikatorer: [placerade, vardygn]", long), "utf-8")
    shown = run("validate", folder=faulty, COLUMNS="40").stdout.decode()
    assert max(map(len, excerpts(shown))) <= 40
    line, carets = excerpts(shown)[-2:]
    assert line[carets.index("^") :].startswith("finns-inte")


def excerpts(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line[5:8] == " | "]


def test_no_colour_in_a_pipe_or_where_it_is_not_wanted(faulty: Path) -> None:
    assert b"\x1b" not in run("validate", folder=faulty).stdout
    wanted = run("validate", folder=faulty, FORCE_COLOR="1").stdout
    assert b"\x1b[" in wanted
    unwanted = run("validate", folder=faulty, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[31m" not in unwanted


def test_a_reader_that_stops_early(faulty: Path) -> None:
    command = f"{sys.executable} -m kvalitet validate | head -n 1"
    result = subprocess.run(["sh", "-c", command], cwd=faulty, capture_output=True, check=False)
    assert (result.stdout.count(b"\n"), result.stderr) == (1, b"")


def test_a_fault_of_ours_asks_for_a_report(tmp_path: Path) -> None:
    program = (
        "import kvalitet.load as load\n"
        "def broken(root): raise ZeroDivisionError\n"
        "load.load = broken\n"
        "from kvalitet.cli import main\n"
        "main()\n"
    )
    (tmp_path / "plans").mkdir()
    result = subprocess.run(
        [sys.executable, "-c", program, "validate"], cwd=tmp_path, capture_output=True, check=False
    )
    assert result.returncode == 3
    assert "ZeroDivisionError" in result.stderr.decode()
    assert result.stderr.decode().endswith(
        "Skicka gärna raderna ovan till dem som utvecklar det.\n"
    )


HELP = """\
Användning: kvalitet KOMMANDO [FLAGGOR]

Kvalitetsarbete i socialtjänsten: planer i YAML, siffror i CSV, rapporter till nämnden.

Kommandon:
  init      Skriv en liten påhittad plan i mappen, att börja från.
  validate  Läs alla planer och siffror, och säg vad som behöver rättas.
  score     Visa planernas risker: nivåer, ändringar, åtgärder och matris.
  report    Gör planernas rapporter för en period, i mappen rapporter.
  status    Visa vad som är kvar att göra till rapporten, vad som är sent och vem som ansvarar.
  explain   Förklara en regel, eller varifrån en indikators siffror kommer.

Flaggor:
  --version  Visa programmets version.
  --help     Visa den här hjälpen.
"""


def test_help_is_swedish(tmp_path: Path) -> None:
    for arguments in ([], ["--help"], ["-h"]):
        result = run(*arguments, folder=tmp_path)
        assert result.stdout.decode().replace("python -m kvalitet", "kvalitet") == HELP
        assert result.returncode == 0


def test_help_of_a_command_is_swedish(tmp_path: Path) -> None:
    shown = run("report", "--help", folder=tmp_path).stdout.decode()
    assert "--tertial N" in shown
    assert "Tertial 1, 2 eller 3 det år planen säger." in shown
    assert "Usage" not in shown
    assert "Options" not in shown


def test_explain_of_what_may_stand_in_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "liten"
    plan.mkdir(parents=True)
    (plan / "plan.yaml").write_text("plan:\n  namn: Liten\n", "utf-8")
    (plan / "indikatorer.yaml").write_text("indikatorer: [\n", "utf-8")
    result = run("explain", "antal", folder=tmp_path)
    assert result.stderr.decode() == (
        'Ingen regel och ingen indikator heter "antal". '
        "Men delar av plans/liten kan inte läsas: kvalitet validate säger vilka.\n"
    )
    assert result.returncode == 2


def test_explain_prints_the_page_of_a_rule(tmp_path: Path) -> None:
    shown = run("explain", "r102", folder=tmp_path).stdout.decode()
    assert shown.startswith("# R102 Samma nyckel två gånger\n")
