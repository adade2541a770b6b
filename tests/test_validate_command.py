"""`kvalitet validate` as a user steers it: what counts, which codes are told, what is accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starting import Ended, run

PLAN = """\
plan:
  namn: Exempelplan
  år: 2026
  rapporter: [lagesrapport]
"""
REPORT = """\
rubrik: Lägesrapport
rytm: tertial
avsnitt:
  - id: sammanfattning
    rubrik: Sammanfattning
    del: text
    obligatorisk: ja
"""
RISKS = """\
risker:
  - id: langa-vantetider
    namn: Stöd dröjer
    mål: finns-inte
    åtgärder:
      - id: tidig-kontakt
        namn: Kontakt samma vecka
        ansvarig: enhetschef
        start: 2026-01-01
        slut: 2026-12-31
        indikatorer: [finns-ej]
"""
SAID = """\
uppföljning:
  2026-T1:
    langa-vantetider: |
      Kön växer.
"""
NOT_READ = {"plans/exempel/gammal.yml": ""}  # R004, a warning
NOT_A_RULE = {"kvalitet.yaml": "regler:\n  R999:\n    grad: fel\n"}  # R010, an info
FAULTS = {"plans/exempel/risker.yaml": RISKS}  # R222 twice, an error


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A folder with a small sound plan and the files."""
    for name, text in {"plans/exempel/plan.yaml": "plan:\n  namn: Exempelplan\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def with_exception(
    code: str, place: str, end: str, reason: str = "Beslutas i mars."
) -> dict[str, str]:
    """Settings that accept a code at a place."""
    lines = f"- regel: {code}\n    plats: {place}\n    skäl: {reason}\n    slut: {end}"
    return {"kvalitet.yaml": f"undantag:\n  {lines}\n"}


def codes(ended: Ended) -> list[str]:
    """The codes of all findings that were printed as JSON."""
    return [finding["code"] for finding in json.loads(ended.stdout)["findings"]]


@pytest.mark.parametrize(
    ("files", "plain", "strict"),
    [
        ({}, 0, 0),
        (NOT_A_RULE, 0, 0),
        (NOT_READ, 0, 1),
        (FAULTS, 1, 1),
        (NOT_READ | {"kvalitet.yaml": "regler:\n  R004:\n    grad: upplysning\n"}, 0, 0),
        (NOT_READ | {"kvalitet.yaml": "regler:\n  R004:\n    grad: fel\n"}, 1, 1),
    ],
    ids=["sound", "info", "warning", "error", "made an info", "made an error"],
)
def test_strict_lets_a_warning_fail_and_never_an_info(
    files: dict[str, str], plain: int, strict: int, tmp_path: Path
) -> None:
    folder = repository(tmp_path, files)
    assert run("validate", folder=folder).returncode == plain
    assert run("validate", "--strict", folder=folder).returncode == strict


def test_strict_changes_nothing_of_what_is_told(tmp_path: Path) -> None:
    folder = repository(tmp_path, NOT_READ)
    assert (
        run("validate", "--strict", folder=folder).stdout == run("validate", folder=folder).stdout
    )


@pytest.mark.parametrize(
    ("arguments", "found", "code"),
    [
        ("", ["R010", "R222", "R222", "R004"], 1),
        ("--select R222", ["R222", "R222"], 1),
        ("--select r2", ["R222", "R222"], 1),
        ("--select R0", ["R010", "R004"], 0),
        ("--select R0 --strict", ["R010", "R004"], 1),
        ("--select R010,R22", ["R010", "R222", "R222"], 1),
        ("--select R010 --select R004", ["R010", "R004"], 0),
        ("--ignore R2", ["R010", "R004"], 0),
        ("--ignore R2,R004 --strict", ["R010"], 0),
        ("--select R --ignore R", [], 0),
        ("--select R0 --ignore R01", ["R004"], 0),
        ("--select R3", [], 0),
    ],
)
def test_codes_are_selected_and_then_ignored(
    arguments: str, found: list[str], code: int, tmp_path: Path
) -> None:
    folder = repository(tmp_path, NOT_A_RULE | FAULTS | NOT_READ)
    result = run("validate", "--format", "json", *arguments.split(), folder=folder)
    assert sorted(codes(result)) == sorted(found)
    assert result.returncode == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "R999"], '--select: ingen regel heter "R999". Se kvalitet explain.'),
        (["--ignore", "R3,x"], '--ignore: ingen regel heter "x". Se kvalitet explain.'),
        (["--select", "R3O5"], '--select: ingen regel heter "R3O5". Menade du "R305"?'),
        (["--select", "305"], '--select: ingen regel heter "305". Menade du "R305"?'),
        (["--select", "R3,,R4"], "--select ska följas av koder, som R3 eller R305,R410."),
        (["--ignore", ""], "--ignore ska följas av koder, som R3 eller R305,R410."),
        (["--select"], "Flaggan --select ska följas av ett värde."),
    ],
)
def test_what_begins_no_code_is_wrong_use(arguments: list[str], says: str, tmp_path: Path) -> None:
    result = run("validate", *arguments, folder=repository(tmp_path, FAULTS))
    assert (result.stderr.decode().strip(), result.returncode, result.stdout) == (says, 2, b"")


def test_rules_that_were_not_tried_are_those_selected(tmp_path: Path) -> None:
    broken = {"plans/exempel/risker.yaml": "risker: [\n", "plans/exempel/2026-T1.yaml": SAID}
    folder = repository(tmp_path, broken)
    [all_of_them] = untried(folder)
    assert "R222" in all_of_them
    assert untried(folder, "--select", "R222") == [["R222"]]
    assert untried(folder, "--ignore", "R222") == [[c for c in all_of_them if c != "R222"]]
    assert untried(folder, "--select", "R1") == []


def untried(folder: Path, *arguments: str) -> list[list[str]]:
    ended = run("validate", "--format", "json", *arguments, folder=folder)
    return [each["codes"] for each in json.loads(ended.stdout)["summary"]["untried"]]


MANY_FAULTS = "".join(f"  - id: r{n}\n    namn: R{n}\n    mål: inget\n" for n in range(1001))


@pytest.mark.parametrize("options", ["--select R3", "--ignore R0,R1,R2"])
@pytest.mark.parametrize(
    ("risks", "told"), [(f"risker:\n{MANY_FAULTS}", ["R014"]), ("risker: [\n", ["R101"])]
)
def test_a_file_that_is_not_read_to_its_end_is_told_whatever_is_selected(
    risks: str, told: list[str], options: str, tmp_path: Path
) -> None:
    folder = repository(tmp_path, {"plans/exempel/risker.yaml": risks})
    ended = run("validate", "--format", "json", *options.split(), folder=folder)
    assert (codes(ended), ended.returncode) == (told, 1)


ACCEPTED = FAULTS | with_exception("R222", "exempel/langa-vantetider", "2026-12-31")


def test_what_is_accepted_is_told_before_the_sum(tmp_path: Path) -> None:
    result = run("validate", folder=repository(tmp_path, ACCEPTED))
    assert result.returncode == 0
    assert (
        result.stdout.decode()
        == """\
Godtaget till och med 2026-12-31: R222 exempel/langa-vantetider, 2 påpekanden.
    Beslutas i mars.
Inga påpekanden (1 plan, 0 rader data)
"""
    )


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_long_reason_is_wrapped_and_no_id_broken(columns: int, tmp_path: Path) -> None:
    reason = "Beslutet om vilka mål som gäller fattas först när budgeten är klar i mars."
    files = FAULTS | with_exception("R222", "exempel/langa-vantetider", "2026-12-31", reason)
    folder = repository(tmp_path, files)
    *told, _ = run("validate", folder=folder, COLUMNS=str(columns)).stdout.decode().splitlines()
    assert max(map(len, told)) <= columns
    assert "exempel/langa-vantetider," in " ".join(told).split()
    assert " ".join(" ".join(told).split()).endswith(reason)


def test_what_is_accepted_is_told_to_programs(tmp_path: Path) -> None:
    result = run("validate", "--format", "json", folder=repository(tmp_path, ACCEPTED))
    assert json.loads(result.stdout)["summary"]["accepted"] == [
        {
            "code": "R222",
            "place": "exempel/langa-vantetider",
            "reason": "Beslutas i mars.",
            "until": "2026-12-31",
            "count": 2,
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "is_told"),
    [("--select R2", True), ("--select R0", False), ("--ignore R222", False), ("", True)],
)
def test_what_is_accepted_is_told_of_the_codes_asked_for(
    arguments: str, is_told: bool, tmp_path: Path
) -> None:
    result = run("validate", *arguments.split(), folder=repository(tmp_path, ACCEPTED))
    assert result.stdout.decode().startswith("Godtaget") == is_told


def test_settings_that_accept_nothing_say_nothing(tmp_path: Path) -> None:
    result = run("validate", "--format", "json", folder=repository(tmp_path, {}))
    assert json.loads(result.stdout)["summary"]["accepted"] == []


@pytest.mark.parametrize(
    ("place", "spares", "left"),
    [("langa-vantetider", 2, 0), ("tidig-kontakt", 1, 1)],
    ids=["a thing and what it holds", "what it holds alone"],
)
def test_an_exception_covers_a_thing_and_what_belongs_to_it(
    place: str, spares: int, left: int, tmp_path: Path
) -> None:
    files = FAULTS | with_exception("R222", f"exempel/{place}", "2026-12-31")
    result = run("validate", "--format", "json", folder=repository(tmp_path, files))
    told = json.loads(result.stdout)["summary"]
    assert [each["count"] for each in told["accepted"]] == [spares]
    assert told["error"] == left


REPORTED = FAULTS | {
    "plans/exempel/plan.yaml": PLAN,
    "plans/exempel/2026-T1.yaml": SAID,
    "templates/rapporter/lagesrapport.yaml": REPORT,
}


@pytest.mark.parametrize(
    ("end", "period", "errors"),
    [
        ("2026-12-31", "", 0),
        ("2026-04-30", "", 0),  # the last day of the newest report
        ("2026-04-29", "", 2),
        ("2026-T1", "", 0),
        ("2025", "", 2),
        ("2026-04-30", "2026-T1", 0),
        ("2026-04-30", "2026-T2", 2),  # over at the report that is asked for
        ("2026-08-31", "2026-T2", 0),
    ],
)
def test_an_exception_is_in_force_until_the_report_ends_later(
    end: str, period: str, errors: int, tmp_path: Path
) -> None:
    """Whatever day it is when somebody asks."""
    exception = with_exception("R222", "exempel/langa-vantetider", end)
    folder = repository(tmp_path, REPORTED | exception)
    arguments = ["--period", period] if period else []
    result = run("validate", "--format", "json", "--select", "R222", *arguments, folder=folder)
    told = json.loads(result.stdout)["summary"]
    assert (told["error"], len(told["accepted"])) == (errors, 0 if errors else 1)


def test_an_exception_that_is_over_is_told_where_it_ends(tmp_path: Path) -> None:
    exception = with_exception("R222", "exempel/langa-vantetider", "2026-03-31")
    folder = repository(tmp_path, REPORTED | exception)
    shown = run("validate", "--select", "R011", folder=folder).stdout.decode()
    says = "Undantaget gällde till och med 2026-03-31"
    assert shown.startswith(f"kvalitet.yaml:5:11: R011 upplysning: {says}\n")


GROUP = """\
mål:
  - id: stod-i-tid
    namn: Stöd i rätt tid
    indikatorer: [utredningar]
indikatorer:
  - id: utredningar
    namn: Utredningar
    måttenhet: antal
    indikatorer:
      - id: inledda
        namn: Inledda
      - id: avslutade
        namn: Avslutade
texter:
  bakgrund: |
    Här fattas TODO.
"""
ROWS = """\
indikator;period;värde
inledda;2026-01;12,5
avslutade;2026-01;11
"""
GROUPED = {"plans/exempel/mal.yaml": GROUP, "data/exempel/a.csv": ROWS}  # R404, R602


@pytest.mark.parametrize(
    ("code", "place", "left"),
    [
        ("R404", "inledda", ["R602"]),  # the indicator of a row in data
        ("R404", "utredningar", ["R602"]),  # the group that it is a member of
        ("R404", "stod-i-tid", ["R602"]),  # what has the group
        ("R404", "avslutade", ["R404", "R602"]),
        ("R602", "bakgrund", ["R404"]),  # a section
    ],
)
def test_what_an_exception_can_be_about(
    code: str, place: str, left: list[str], tmp_path: Path
) -> None:
    files = GROUPED | with_exception(code, f"exempel/{place}", "2026-12-31")
    result = run(
        "validate", "--format", "json", "--ignore", "R0", folder=repository(tmp_path, files)
    )
    assert sorted(codes(result)) == left


UNWRITTEN = {
    "plans/exempel/plan.yaml": PLAN,
    "plans/exempel/2026-T1.yaml": "uppföljning:\n  2026-T1:\n    bakgrund: |\n      Text.\n",
    "templates/rapporter/lagesrapport.yaml": REPORT
    + "  - id: bakgrund\n    rubrik: Bakgrund\n    del: text\n"
    + "  - id: slutsats\n    rubrik: Slutsats\n    del: text\n    obligatorisk: ja\n",
}


@pytest.mark.parametrize(
    ("places", "told", "accepted"),
    [
        ([], ["Sammanfattning och Slutsats (lagesrapport)"], []),
        (["sammanfattning"], ["Slutsats (lagesrapport)"], [1]),
        (["sammanfattning", "slutsats"], [], [1, 1]),
        (["bakgrund"], ["Sammanfattning och Slutsats (lagesrapport)"], []),
    ],
)
def test_a_finding_about_many_ids_leaves_out_those_that_are_accepted(
    places: list[str], told: list[str], accepted: list[int], tmp_path: Path
) -> None:
    each = [with_exception("R601", f"exempel/{id}", "2026-12-31")["kvalitet.yaml"] for id in places]
    rows = "".join(text.removeprefix("undantag:\n") for text in each)
    settings = {"kvalitet.yaml": f"undantag:\n{rows}"} if rows else {}
    folder = repository(tmp_path, UNWRITTEN | settings)
    content = json.loads(run("validate", "--format", "json", folder=folder).stdout)
    faults = [f for f in content["findings"] if f["code"] == "R601"]
    assert [fault["message"].partition("måste finnas: ")[2] for fault in faults] == told
    assert [one["count"] for one in content["summary"]["accepted"]] == accepted


SOUND_REPORT = {
    "plans/exempel/plan.yaml": PLAN,
    "plans/exempel/2026-T1.yaml": "uppföljning:\n  2026-T1:\n    sammanfattning: |\n      Bra.\n",
    "templates/rapporter/lagesrapport.yaml": REPORT,
}
ECONOMY = """\
period;typ;post;utfall;budget
2026-01/2026-04;kostnad;Personal;150;100
2026-01/2026-04;kostnad;Lokaler;104;100
"""


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("", ["R463"]),
        ("grad: av", []),
        ("gräns: 50", []),
        ("gräns: 49,9", ["R463"]),
        ("gräns: 3", ["R463"]),  # of both posts
        ("gräns: 0", ["R011", "R463"]),  # not used, so that the rule's own is
        ("gräns: -3", ["R011", "R463"]),
    ],
)
def test_a_threshold_of_the_settings(settings: str, found: list[str], tmp_path: Path) -> None:
    files = SOUND_REPORT | {"data/exempel/ekonomi.csv": ECONOMY}
    if settings:
        files["kvalitet.yaml"] = f"regler:\n  R463:\n    {settings}\n"
    result = run("validate", "--format", "json", folder=repository(tmp_path, files))
    assert sorted(codes(result)) == found


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("regler:\n  R004:\n    gräns: 0", "3:12 R011 R004 har ingen gräns"),
        ("regler:\n  R004:\n    intervall: år", "3:16 R011 R004 har inget intervall"),
        ("regler:\n  R004:\n    intervall: ofta", "3:16 R206 "),
        ("regler:\n  R004:\n    gräns: mycket", "3:12 R204 "),
        ("regler:\n  R004:\n    gräns: -5", "3:12 R011 R004 har ingen gräns"),
        ("regler:\n  R004:\n    grad: allvarlig", "3:11 R206 "),
        ("regler:\n  R222:\n    grad: varning", "3:11 R011 R222 är alltid ett fel"),
        ("regler:\n  R4:\n    grad: av", "2:3 R010 Ingen regel heter R4"),
        ("regler:\n  R004: av", "2:9 R203 "),
        ("undantag:\n  - regel: R222", "2:5 R202 "),
    ],
)
def test_a_fault_in_the_settings_has_its_place(settings: str, says: str, tmp_path: Path) -> None:
    folder = repository(tmp_path, {"kvalitet.yaml": f"{settings}\n"})
    [first, *_] = json.loads(run("validate", "--format", "json", folder=folder).stdout)["findings"]
    told = "{line}:{column} {code} {message}".format_map(first)
    assert (first["path"], told[: len(says)]) == ("kvalitet.yaml", says)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("exempel/langa-vantetid", '3:12 R222 Menade du "exempel/langa-vantetider"?'),
        ("exemple/langa-vantetider", '3:12 R222 Menade du "exempel/langa-vantetider"?'),
        ("exempel", "3:12 R212 "),
    ],
)
def test_an_exception_of_a_place_that_is_none(place: str, says: str, tmp_path: Path) -> None:
    files = FAULTS | with_exception("R222", place, "2026-12-31")
    told = json.loads(
        run("validate", "--format", "json", folder=repository(tmp_path, files)).stdout
    )
    [fault] = [each for each in told["findings"] if each["path"] == "kvalitet.yaml"]
    assert "{line}:{column} {code} {hint}".format_map(fault)[: len(says)] == says
