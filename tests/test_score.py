"""`kvalitet score`: the risks of plans in the terminal, as JSON and as CSV."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from examples import gathered, small
from starting import run
from test_cli import HAVSNÄS

from kvalitet.load import load
from kvalitet.period import Period
from kvalitet.terminal.export import scores_as_csv, scores_as_json
from kvalitet.terminal.score import print_scores
from kvalitet.view.score import Riskrad, Riskregister, newest_period, score

T1, T2 = Period.parse("2026-T1"), Period.parse("2026-T2")

AT_80 = """\
Kvalitetsplan för barn och familj
plans/barn-och-familj, tertial 2 2026, jämfört med tertial 1 2026

Nr    Risk                                Nivå, S × A  Ändring       Åtgärder
────────────────────────────────────────────────────────────────────────────────
1.1   Våld i nära relationer upptäcks     ◆ förhöjd 8  ↓ sänkt från  ● 1 ◆ 0 ■ 0
      inte                                2 × 4        ■ kritisk 12
1.2   Erfarna handläggare slutar          ■ kritisk 9  ↑ höjd från   ● 0 ◆ 0 ■ 1
                                          3 × 3        ◆ förhöjd 6
1.3   Familjehemmen räcker inte           ◆ förhöjd    → oförändrad  –
      ◇ accepterad
1.10  Barnets åsikt skrivs inte ned       ● låg 3      → oförändrad  –
      utanför urvalet                     1 × 3

Matris: sannolikhet nedåt, allvarlighetsgrad åt höger
┌────────────────┬─────────────┬─────────────┬──────────────┬──────────────┐
│                │ 1 mindre    │ 2 måttlig   │ 3 betydlig   │ 4 hög        │
├────────────────┼─────────────┼─────────────┼──────────────┼──────────────┤
│ 4 mycket stor  │ ◆ förhöjd 4 │ ◆ förhöjd 8 │ ■ kritisk 12 │ ■ kritisk 16 │
├────────────────┼─────────────┼─────────────┼──────────────┼──────────────┤
│ 3 stor         │ ● låg 3     │ ◆ förhöjd 6 │ ■ kritisk 9  │ ■ kritisk 12 │
│                │             │             │ 1.2          │              │
├────────────────┼─────────────┼─────────────┼──────────────┼──────────────┤
│ 2 liten        │ ● låg 2     │ ◆ förhöjd 4 │ ◆ förhöjd 6  │ ◆ förhöjd 8  │
│                │             │             │              │ 1.1          │
├────────────────┼─────────────┼─────────────┼──────────────┼──────────────┤
│ 1 mycket liten │ ● låg 1     │ ● låg 2     │ ● låg 3      │ ◆ förhöjd 4  │
│                │             │             │ 1.10         │              │
└────────────────┴─────────────┴─────────────┴──────────────┴──────────────┘
Nivån är angiven, men inte sannolikhet och allvarlighetsgrad: 1.3

S × A är sannolikhet × allvarlighetsgrad.
Utanför urvalet: nivån är lägre än förhöjd, och risken står inte i planens
rapport.
Risknivåer
● låg      poäng 1–3
◆ förhöjd  poäng 4–8. Kräver en åtgärd eller ett beslut om att godta risken
■ kritisk  poäng 9–16
Åtgärder efter tidplan
● följer tidplan
◆ risk för försening
■ försenad
"""

AT_60 = """\
Kvalitetsplan för barn och familj
plans/barn-och-familj, tertial 1 2026, jämfört med tertial 3
2025

1.1   Våld i nära relationer upptäcks inte
      ■ kritisk 12 (3 stor × 4 hög)
      Ändring: ny
      Åtgärder: ● 1 ◆ 0 ■ 0
1.2   Erfarna handläggare slutar
      ◆ förhöjd 6 (2 liten × 3 betydlig)
      Ändring: ny
      Åtgärder: ● 1 ◆ 0 ■ 0
1.3   Familjehemmen räcker inte
      ◇ accepterad
      ◆ förhöjd
      Ändring: ny
      Åtgärder: –
1.10  Barnets åsikt skrivs inte ned
      utanför urvalet
      ● låg 3 (1 mycket liten × 3 betydlig)
      Ändring: ny
      Åtgärder: –

Sannolikhet × allvarlighetsgrad
■ kritisk 12 (3 stor × 4 hög): 1.1
◆ förhöjd 6 (2 liten × 3 betydlig): 1.2
● låg 3 (1 mycket liten × 3 betydlig): 1.10
Nivån är angiven, men inte sannolikhet och
allvarlighetsgrad: 1.3

Ny: risken hade ingen angiven nivå i tertial 3 2025.
Utanför urvalet: nivån är lägre än förhöjd, och risken står
inte i planens rapport.
Risknivåer
● låg      poäng 1–3
◆ förhöjd  poäng 4–8. Kräver en åtgärd eller ett beslut om
           att godta risken
■ kritisk  poäng 9–16
Åtgärder efter tidplan
● följer tidplan
◆ risk för försening
■ försenad
"""


@pytest.mark.parametrize(("tertial", "columns", "shown"), [("2", "80", AT_80), ("1", "60", AT_60)])
def test_a_plan_whole(tertial: str, columns: str, shown: str) -> None:
    arguments = ("--plan", "barn-och-familj", "--tertial", tertial)
    result = run("score", *arguments, folder=HAVSNÄS, COLUMNS=columns)
    assert result.stdout.decode() == shown
    assert (result.returncode, result.stderr) == (0, b"")


def test_every_plan_with_risks_at_its_newest_period() -> None:
    shown = run("score", folder=HAVSNÄS).stdout.decode()
    assert shown.startswith(AT_80)
    assert "\nplans/socialnamnden, tertial 2 2026, jämfört med tertial 1 2026\n" in shown


ONE_RISK = "risker:\n  - id: r\n    nr: 1\n    namn: Risken\n"


def said(period: str, **states: str) -> str:
    """What is said in a period, each id as `scale: step, scale: step`."""
    lines = [f"  {period}:"]
    for id, told in states.items():
        lines += [f"    {id}:", *(f"      {state}" for state in told.split(", "))]
    return "\n".join(lines) + "\n" if any(states.values()) else ""


def of_one_risk(yaml: str, head: str, first: str, second: str) -> Riskrad:
    spoken = said("2026-T1", r=first) + said("2026-T2", r=second)
    followed_up = f"uppföljning:\n{spoken}" if spoken else ""
    (risk,) = score(small(f"{yaml}{ONE_RISK}{followed_up}", head=head), T2).risker
    return risk


def drawn(risk: Riskrad) -> str:
    """What is told of a risk: level, axes, change, level before, läge, and why it has no square."""
    level, before = (
        f"{one.steg.symbol} {one.steg.namn} {one.poäng or ''}".strip() if one else "–"
        for one in (risk.nivå, risk.tidigare)
    )
    axes = "x".join(str(g.rang) for g in (risk.sannolikhet, risk.allvarlighetsgrad) if g)
    läge = risk.läge.namn if risk.läge else "–"
    told = (level, axes or "–", risk.ändring or "–", before, läge, risk.utan_ruta or "–")
    return " | ".join(told)


HIGH = "sannolikhet: möjlig, allvarlighetsgrad: hög"
LOW = "sannolikhet: osannolik, allvarlighetsgrad: hög"
ALONE = "bara nivå"
UNKNOWN = "ingen nivå"
BY_CELLS = """\
skalor:
  sannolikhet: [liten, stor]
  allvarlighetsgrad: [liten, stor]
  nivå:
    - namn: låg
      rutor: [1x1]
    - namn: hög
      färg: röd
      rutor: [1x2, 2x1, 2x2]
"""
JUDGED = "skalor:\n  nivå: [liten, mellan, stor]\n"
RENAMED = """\
skalor:
  nivå:
    2025: [liten, stor]
    2026-T2: [A, B, C]
"""


@pytest.mark.parametrize(
    ("scales", "first", "second", "told"),
    [
        ("", HIGH, "", "■ röd 12 | 3x4 | oförändrad | ■ röd 12 | – | –"),
        ("", "", HIGH, "■ röd 12 | 3x4 | ny | – | – | –"),
        ("", HIGH, LOW, "◆ gul 4 | 1x4 | sänkt | ■ röd 12 | – | –"),
        ("", LOW, HIGH, "■ röd 12 | 3x4 | höjd | ◆ gul 4 | – | –"),
        ("", HIGH, "sannolikhet: sannolik", "■ röd 16 | 4x4 | oförändrad | ■ röd 12 | – | –"),
        (
            "",
            HIGH,
            "läge: avslutad",
            "■ röd 12 | 3x4 | oförändrad | ■ röd 12 | avslutad | avslutad",
        ),
        ("", "nivå: gul", "nivå: röd", f"■ röd | – | höjd | ◆ gul | – | {ALONE}"),
        ("", "sannolikhet: möjlig", "", f"– | 3 | – | – | – | {UNKNOWN}"),
        ("", "", "", f"– | – | – | – | – | {UNKNOWN}"),
        (JUDGED, "nivå: liten", "nivå: stor", f"stor | – | höjd | liten | – | {ALONE}"),
        (JUDGED, HIGH, "nivå: stor", "stor | 3x4 | ny | – | – | –"),
        (RENAMED, "nivå: stor", "nivå: C", f"C | – | – | stor | – | {ALONE}"),
        (
            BY_CELLS,
            "sannolikhet: stor, allvarlighetsgrad: liten",
            "sannolikhet: liten",
            "låg | 1x1 | sänkt | ■ hög | – | –",
        ),
    ],
)
def test_a_risk(scales: str, first: str, second: str, told: str) -> None:
    assert drawn(of_one_risk(scales, "", first, second)) == told


@pytest.mark.parametrize(
    ("urval", "first", "second", "is_in"),
    [
        ("", LOW, "", True),
        ("röd", LOW, "", False),
        ("röd", "", "", True),
        ("röd", HIGH, LOW, True),
    ],
)
def test_a_risk_below_the_selection(urval: str, first: str, second: str, is_in: bool) -> None:
    head = f"  urval: {urval}\n" if urval else ""
    assert of_one_risk("", head, first, second).i_urval == is_in


MEASURES = """\
risker:
  - id: r
    namn: Risken
    åtgärder:
      - id: a
        namn: A
        åtgärder:
          - id: b
            namn: B
    egenkontroller:
      - id: e
        namn: E
        åtgärder:
          - id: c
            namn: C
        aktiviteter:
          - id: d
            namn: D
"""
OWN_STEPS = """\
skalor:
  tidplan:
    - namn: i tid
      som: följer tidplan
    - namn: sen
      som: försenad
  läge:
    - namn: pågår
    - namn: i mål
      som: klar
"""


@pytest.mark.parametrize(
    ("scales", "a", "b", "c", "told"),
    [
        ("", "", "", "", ["utan tidplan 3"]),
        ("", "tidplan: försenad", "", "", ["● 0 ◆ 0 ■ 1", "utan tidplan 2"]),
        ("", "tidplan: försenad, läge: klar", "läge: pågår", "", ["utan tidplan 2", "klar 1"]),
        (
            "",
            "tidplan: risk för försening",
            "läge: avbruten",
            "läge: ej aktuell",
            ["● 0 ◆ 1 ■ 0", "avbruten 1", "ej aktuell 1"],
        ),
        (
            OWN_STEPS,
            "tidplan: i tid",
            "tidplan: sen",
            "tidplan: sen, läge: i mål",
            ["● 1 ■ 1", "i mål 1"],
        ),
    ],
)
def test_measures_by_stoplight_and_what_has_ended(
    scales: str, a: str, b: str, c: str, told: list[str]
) -> None:
    states = {id: state for id, state in {"a": a, "b": b, "c": c}.items() if state}
    spoken = f"uppföljning:\n{said('2026-T1', **states)}" if states else ""
    shown = printed(score(small(scales + MEASURES + spoken), T1), columns=60).splitlines()
    (measures,) = (line.strip() for line in shown if "Åtgärder: " in line)
    assert measures == f"Åtgärder: {', '.join(told)}"


def printed(*registers: Riskregister, columns: int = 80) -> str:
    """What stands in a terminal of that width."""
    text = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(text):
        patch.setenv("COLUMNS", str(columns))
        print_scores(registers)
    return text.getvalue()


COMMON = """\
risker:
  - id: r
    nr: 1
    namn: Gemensam
    åtgärder:
      - id: a
        namn: A
  - id: egen
    nr: 2
    namn: Nämndens
"""
BOARD = "uppföljning:\n" + said("2026-T2", egen="nivå: gul")


def of_units(**units: Sequence[tuple[str, str]]) -> Riskregister:
    """The register of a board over units; what each says of the risk and the measure in a period
    after the other."""
    told = {
        name: "uppföljning:\n"
        + "".join(said(f"2026-T{n}", r=r, a=a) for n, (r, a) in enumerate(states, 1))
        for name, states in units.items()
    }
    return score(gathered(board=COMMON + BOARD, **told).plans["board"], T2)


def test_units_that_judge_a_common_risk_stand_below_it() -> None:
    register = of_units(
        norr=[("nivå: gul", "läge: klar")],
        syd=[("nivå: gul", "tidplan: försenad"), ("nivå: röd", "tidplan: följer tidplan")],
    )
    table, _, rest = printed(register).partition("\n\n")[2].partition("\n\n")
    assert (
        table
        == """\
Nr  Risk               Nivå, S × A   Ändring  Åtgärder
───────────────────────────────────────────────────────────
1   Gemensam           se enheterna           hos enheterna
    norr: ◆ gul                               ● 1 ◆ 0 ■ 0
    syd: ■ röd (höjd)                         klar 1
2   Nämndens           ◆ gul         ny       –"""
    )
    assert "Bedömda av verksamheterna, var för sig: 1\n" in rest
    assert "Åtgärder efter tidplan\n" in rest


def test_many_units_that_say_the_same_stand_together() -> None:
    judged = {f"enhet-{n}": [("nivå: gul", "läge: klar")] for n in range(5)}
    shown = printed(of_units(**judged, syd=[("nivå: röd", "läge: klar")]))
    assert re.search(r"^ +5\s?enheter: ◆ gul .*\n +syd: ■ röd$", shown, re.MULTILINE)


def test_units_for_programs_and_spreadsheets() -> None:
    register = of_units(norr=[("nivå: gul", "läge: klar")], syd=[("läge: avslutad", "läge: klar")])
    row, _ = csv.DictReader(io.StringIO(scores_as_csv([register])), delimiter=";")
    (plan,) = json.loads(scores_as_json([register]))["plans"]
    told = ("nivå", "åtgärder", "utan tidplan", "av enheter", "enheternas nivåer")
    assert [row[column] for column in told] == ["", "1", "0", "1", "norr: gul"]
    norr, syd = plan["risker"][0]["enheter"]
    assert (norr["plan"], norr["nivå"]["namn"]) == ("norr", "gul")
    assert (syd["nivå"], syd["läge"]) == (None, "avslutad")
    assert syd["åtgärder"]["avslutade"] == {"klar": 1}


LONG = (
    "Bristande dokumentation av genomförandeplaner leder till att insatser uteblir",
    "Förhandsbedömningsrutinernas efterlevnad vid överlämningar till mottagningsgruppen",
    "Otillräcklig samverkan mellan socialtjänst, skola och hälso- och sjukvård",
    "Sekretess",
)
SCALES = """\
skalor:
  sannolikhet: [mycket osannolik, osannolik, möjlig, sannolik, mycket sannolik]
  allvarlighetsgrad: [försumbar, lindrig, kännbar, allvarlig, katastrofal]
  nivå:
    - namn: låg
      färg: grön
      från: 1
    - namn: förhöjd
      färg: gul
      från: 5
    - namn: hög
      färg: orange
      från: 10
    - namn: mycket hög
      färg: röd
      från: 16
"""


@cache
def many_risks() -> Riskregister:
    """Sixty risks with long names, on a scale of five by five."""
    risks, told = ["risker:"], ["uppföljning:", "  2026-T1:"]
    likelihoods = ("mycket osannolik", "osannolik", "möjlig", "sannolik", "mycket sannolik")
    severities = ("försumbar", "lindrig", "kännbar", "allvarlig", "katastrofal")
    for n in range(60):
        risks += [f"  - id: r-{n}", f"    nr: {n // 10 + 1}.{n % 10 + 1}"]
        risks += ["    namn: |", f"      {LONG[n % 4]}"]
        told += [f"    r-{n}:", f"      sannolikhet: {likelihoods[n % 5]}"]
        told += [f"      allvarlighetsgrad: {severities[n // 5 % 5]}"]
    return score(small("\n".join([SCALES.rstrip(), *risks, *told, ""])), T1)


@pytest.mark.parametrize("columns", [40, 71, 72, 80, 120, 200])
def test_nothing_is_cut_at_any_width(columns: int) -> None:
    shown = printed(many_risks(), columns=columns)
    assert max(map(len, shown.splitlines())) <= columns
    assert "…" not in shown
    for word in " ".join(LONG).split():
        assert shown.count(word) >= 15
    for nr in (f"{n // 10 + 1}.{n % 10 + 1}" for n in range(60)):
        assert (
            len(re.findall(rf"(?<![\d.]){re.escape(nr)}(?!\d)", shown)) == 2
        )  # in the list, in its square


@pytest.mark.parametrize(
    ("namn", "columns", "has_table", "has_matrix"),
    [
        ("Risken", 71, False, False),
        ("Risken", 72, True, True),
        ("Förhandsbedömningsrutinernas efterlevnad", 72, True, True),
        ("Socialtjänstverksamhetsuppföljningsrutinerna", 72, False, True),
        ("Socialtjänstverksamhetsuppföljningsrutinerna", 120, True, True),
    ],
)
def test_lists_where_a_table_would_break_words(
    namn: str, columns: int, has_table: bool, has_matrix: bool
) -> None:
    yaml = f"{ONE_RISK.replace('Risken', namn)}uppföljning:\n{said('2026-T1', r=HIGH)}"
    shown = printed(score(small(yaml), T1), columns=columns)
    assert ("\nNr " in shown, "┌" in shown) == (has_table, has_matrix)
    assert all(word in shown for word in namn.split())


def test_a_square_has_its_level_and_the_risks_in_it() -> None:
    assert """\
├────────────┼────────────┼────────────┼────────────┼────────────┼─────────────┤
│ 4 sannolik │ ● låg 4    │ ◆ förhöjd  │ ▲ hög 12   │ ■ mycket   │ ■ mycket    │
│            │ 1.4, 3.9,  │ 8          │ 2.4, 4.9   │ hög 16     │ hög 20      │
│            │ 6.4        │ 1.9, 4.4,  │            │ 2.9, 5.4   │ 3.4, 5.9    │
│            │            │ 6.9        │            │            │             │
├────────────┼────────────┼────────────┼────────────┼────────────┼─────────────┤
""" in printed(many_risks())


def test_a_risk_that_its_number_does_not_tell_apart_is_named() -> None:
    yaml = "risker:\n"
    for id, nr in {"a": "", "b": "2", "c": "2", "d": "3"}.items():
        yaml += f"  - id: {id}\n    namn: {id.upper()}\n" + (f"    nr: {nr}\n" if nr else "")
    assert printed(score(small(yaml), T1)).startswith("""\
Liten plan
plans/liten, tertial 1 2026, jämfört med tertial 3 2025

Nr  Risk  Nivå, S × A        Ändring  Åtgärder
──────────────────────────────────────────────
2   B     nivå inte angiven           –
2   C     nivå inte angiven           –
3   D     nivå inte angiven           –
–   A     nivå inte angiven           –

Ingen risk kan placeras i matrisen
Ingen nivå är angiven: 2 B, 2 C, 3, A
""")


def test_json() -> None:
    result = run("score", "--format", "json", "--period", "2026-T2", folder=HAVSNÄS)
    told = json.loads(result.stdout)
    unit, board = told["plans"]
    assert told["version"] == 1
    assert [(plan["plan"], plan["urval"], len(plan["risker"])) for plan in (unit, board)] == [
        ("barn-och-familj", "förhöjd", 4),
        ("socialnamnden", None, 1),
    ]
    assert unit["risker"][1] == {
        "id": "erfarna-slutar",
        "nr": "1.2",
        "namn": "Erfarna handläggare slutar",
        "nivå": {"namn": "kritisk", "färg": "röd", "rang": 3, "poäng": 9},
        "sannolikhet": {"namn": "stor", "rang": 3},
        "allvarlighetsgrad": {"namn": "betydlig", "rang": 3},
        "ändring": "höjd",
        "tidigare_nivå": {"namn": "förhöjd", "färg": "gul", "rang": 2, "poäng": 6},
        "läge": None,
        "i_urval": True,
        "utan_ruta": None,
        "åtgärder": {
            "antal": 1,
            "tidplan": {"följer tidplan": 0, "risk för försening": 0, "försenad": 1},
            "utan_tidplan": 0,
            "av_enheter": 0,
            "avslutade": {},
        },
        "enheter": [],
    }
    without = [risk["utan_ruta"] for risk in unit["risker"]]
    assert without == [None, None, "bara nivå", None]
    assert board["skala"][0] == {
        "namn": "låg",
        "färg": "grön",
        "symbol": "●",
        "rang": 1,
        "betyder": "poäng 1–3",
    }
    assert (board["namn"], board["period"], board["tidigare_period"]) == (
        "Kvalitetsplan för socialnämnden",
        "2026-T2",
        "2026-T1",
    )


CSV = (
    "plan;period;id;nr;namn;nivå;färg;rang;poäng;sannolikhet;allvarlighetsgrad;"
    "ändring;tidigare nivå;tidigare poäng;läge;urval;utan ruta;åtgärder;"
    "följer tidplan;risk för försening;försenad;utan tidplan;avslutade;"
    "av enheter;enheternas nivåer\n"
    "barn-och-familj;2026-T2;vald-upptacks-inte;1.1;Våld i nära relationer upptäcks inte;"
    "förhöjd;gul;2;8;2;4;sänkt;kritisk;12;;ja;;1;1;0;0;0;0;0;\n"
    "barn-och-familj;2026-T2;erfarna-slutar;1.2;Erfarna handläggare slutar;"
    "kritisk;röd;3;9;3;3;höjd;förhöjd;6;;ja;;1;0;0;1;0;0;0;\n"
    "barn-och-familj;2026-T2;familjehem-saknas;1.3;Familjehemmen räcker inte;"
    "förhöjd;gul;2;;;;oförändrad;förhöjd;;accepterad;ja;"
    "bara nivå;0;0;0;0;0;0;0;\n"
    "barn-och-familj;2026-T2;asikt-skrivs-inte-ned;1.10;Barnets åsikt skrivs inte ned;"
    "låg;grön;1;3;1;3;oförändrad;låg;3;;nej;;0;0;0;0;0;0;0;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_csv_is_utf_8_on_every_console(encoding: str) -> None:
    arguments = ("score", "--plan", "barn-och-familj", "--format", "csv")
    result = run(*arguments, folder=HAVSNÄS, PYTHONIOENCODING=encoding)
    assert result.stdout.decode("utf-8") == CSV


def test_csv_in_a_file_begins_as_excel_wants_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kvalitet", "score", "--format", "csv"]
    for mode, begins in (("wb", b"\xef\xbb\xbfplan;"), ("ab", b"\xef\xbb\xbfplan;")):
        with (tmp_path / "risker.csv").open(mode) as file:
            subprocess.run(command, cwd=HAVSNÄS, stdout=file, check=True)
        assert (tmp_path / "risker.csv").read_bytes().startswith(begins)
    assert (tmp_path / "risker.csv").read_bytes().count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize(
    ("namn", "cell"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+46", "'+46"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("＝1+1", "'＝1+1"),
        ("a;=cmd|'/c calc'!A1", "a;'=cmd|'/c calc'!A1"),
        ("a, -2+3", "a, '-2+3"),
        ("18-64 år, −5 = 0", "18-64 år, −5 = 0"),
        ("a;b", "a;b"),
        ('a "b"', 'a "b"'),
    ],
)
def test_a_name_is_no_formula_in_a_spreadsheet(namn: str, cell: str) -> None:
    register = score(small(f"risker:\n  - id: a\n    namn: |\n      {namn}\n"), T1)
    (told,) = csv.DictReader(io.StringIO(scores_as_csv([register])), delimiter=";")
    assert told["namn"] == cell


def test_a_step_called_as_a_column_has_its_scale_before_it() -> None:
    tidplan = "skalor:\n  tidplan:\n"
    for namn, som in {"läge": "följer tidplan", "avslutade": "försenad", "sen": "försenad"}.items():
        tidplan += f"    - namn: {namn}\n      som: {som}\n"
    register = score(small(tidplan + MEASURES), T1)
    columns = next(csv.reader(io.StringIO(scores_as_csv([register])), delimiter=";"))
    assert columns[-8:] == [
        "åtgärder", "tidplan: läge", "tidplan: avslutade", "sen", "utan tidplan", "avslutade",
        "av enheter", "enheternas nivåer",
    ]  # fmt: skip
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize(
    ("encoding", "columns"), [("cp1252", "80"), ("ascii", "80"), ("ascii", "60")]
)
def test_columns_stand_straight_on_any_console(encoding: str, columns: str) -> None:
    result = run("score", folder=HAVSNÄS, PYTHONIOENCODING=encoding, COLUMNS=columns)
    shown = result.stdout.decode(encoding)
    assert (result.returncode, "?" in shown) == (0, False)
    matrix = [line for line in shown.splitlines() if line.startswith(("|", "+"))]
    assert {len(line) for line in matrix} == ({78} if columns == "80" else set())


def test_no_colour_in_a_pipe_or_where_it_is_not_wanted() -> None:
    assert b"\x1b" not in run("score", folder=HAVSNÄS, TERM="dumb").stdout
    assert b"\x1b[30;43m" in run("score", folder=HAVSNÄS, FORCE_COLOR="1").stdout
    unwanted = run("score", folder=HAVSNÄS, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[30" not in unwanted


def test_the_words_are_the_same_in_colour() -> None:
    coloured = run("score", folder=HAVSNÄS, FORCE_COLOR="1").stdout.decode()
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == run("score", folder=HAVSNÄS).stdout.decode()


RISK = "risker:\n  - id: r\n    namn: Risken\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("rhythm", "told_of", "newest"),
    [
        ("tertial", "2026-T1 2026-T2 2025-T3", "2026-T2"),
        ("tertial", "2026-T1 2026-06", "2026-T2"),
        ("tertial", "2026", "2026"),
        ("tertial", "2025-11/2026-02", "2025-11/2026-02"),
        ("tertial", "", None),
        ("år", "2026-T1", "2026"),
        ("år", "2025 2026-03-31", "2026"),
        ("månad", "2025-12 2026-01-15", "2026-01"),
        ("kvartal", "2026-T1", "2026-T1"),
    ],
)
def test_the_newest_period_of_the_plan_s_own_reports(
    rhythm: str, told_of: str, newest: str | None, tmp_path: Path
) -> None:
    report = f"rubrik: R\nrytm: {rhythm}\navsnitt:\n  - id: ord\n    rubrik: O\n    del: text\n"
    spoken = "".join(f"  {period}:\n    ord: Ja.\n" for period in told_of.split())
    plan = "plan:\n  namn: A\n  rapporter: [egen]\n" + (f"uppföljning:\n{spoken}" if spoken else "")
    files = {"plans/a/plan.yaml": plan, "templates/rapporter/egen.yaml": report}
    loaded = load(write(tmp_path, files))
    assert loaded.findings == ()
    found = newest_period(loaded.register.plans["a"])
    assert (str(found) if found else None) == newest


def test_a_plan_of_which_nothing_is_said_is_shown_today(tmp_path: Path) -> None:
    write(tmp_path, {"plans/a/plan.yaml": f"plan:\n  namn: A\n{RISK}"})
    shown = run("score", folder=tmp_path).stdout.decode()
    assert re.match(r"A\nplans/a, tertial [123] 20\d\d, jämfört med tertial [123] 20\d\d\n", shown)


FAULTY = {
    "plans/bra/plan.yaml": f"plan:\n  namn: Bra\n  år: 2026\n{RISK}",
    "plans/del/plan.yaml": f"plan:\n  namn: Del\n  del_av: fel\n{RISK}",
    "plans/fel/plan.yaml": "plan:\n  namn: Fel\nmål:\n  - id: m\n    namn: M\n    mål: [x]\n",
    "plans/utan/plan.yaml": "plan:\n  namn: Utan risker\n  år: 2026a\n",
}
FINDING = """\
plans/fel/plan.yaml:6:11: R222 fel: Inget har id "x"
    6 |     mål: [x]
      |           ^
    Här kan stå m.

1 fel, 0 varningar, 0 upplysningar (2 planer, 0 rader data)
"""


def test_a_plan_with_errors_or_that_inherits_them_is_not_shown(tmp_path: Path) -> None:
    result = run("score", "--tertial", "1", folder=write(tmp_path, FAULTY))
    shown = result.stdout.decode()
    assert result.returncode == 1
    assert shown.startswith("Bra\nplans/bra, tertial 1 2026, ")
    assert shown.endswith(FINDING)
    assert "Del" not in shown
    assert result.stderr.decode() == "del: riskerna visas inte, för felen ovan.\n"


@pytest.mark.parametrize("format", ["json", "csv"])
def test_findings_stay_out_of_data_for_programs(format: str, tmp_path: Path) -> None:
    arguments = ("score", "--tertial", "1", "--format", format)
    result = run(*arguments, folder=write(tmp_path, FAULTY))
    alone = run(*arguments, "--plan", "bra", folder=tmp_path)
    assert (result.returncode, result.stdout) == (1, alone.stdout)
    assert result.stderr.decode().startswith(FINDING)


@pytest.mark.parametrize(
    ("plans", "shown"),
    [
        ({}, ""),
        ({"plans/a/plan.yaml": f"plan:\n  namn: A\n  år: 2026\n{RISK}"}, "A\nplans/a, "),
    ],
)
def test_what_is_not_read_as_a_plan_is_told(
    plans: dict[str, str], shown: str, tmp_path: Path
) -> None:
    write(tmp_path, {**plans, "plans/B b/plan.yaml": f"plan:\n  namn: B\n{RISK}"})
    result = run("score", "--period", "2026-T1", folder=tmp_path)
    told, _, findings = result.stdout.decode().partition("plans/B b: R012 fel: ")
    assert (result.returncode, told.startswith(shown), bool(told)) == (1, True, bool(shown))
    assert findings.endswith("\n1 fel, 0 varningar, 0 upplysningar (0 planer, 0 rader data)\n")
    assert result.stderr.decode() == "plans/B b läses inte, för felen ovan.\n"


@pytest.mark.parametrize("format", ["json", "csv"])
def test_what_is_not_read_stays_out_of_data_for_programs(format: str, tmp_path: Path) -> None:
    arguments = ("score", "--period", "2026-T1", "--format", format)
    write(tmp_path, {"plans/a/plan.yaml": f"plan:\n  namn: A\n{RISK}"})
    alone = run(*arguments, folder=tmp_path)
    result = run(*arguments, folder=write(tmp_path, {"plans/b.yaml": "plan:\n  namn: B\n"}))
    assert (alone.returncode, result.returncode, result.stdout) == (0, 1, alone.stdout)
    assert result.stderr.decode().startswith("plans/b.yaml: R005 fel: ")


def test_a_missing_text_does_not_stop_a_score(tmp_path: Path) -> None:
    plan = f"plan:\n  namn: A\n  år: 2026\n  rapporter: [atgardsplan]\n{RISK}"
    folder = write(tmp_path, {"plans/a/plan.yaml": plan})
    assert run("report", "--tertial", "1", folder=folder).returncode == 1
    assert run("score", "--tertial", "1", folder=folder).returncode == 0


NO_RISKS = "plan:\n  namn: A\n"


@pytest.mark.parametrize(
    ("plan", "arguments", "says", "code"),
    [
        (NO_RISKS, [], "Ingen plan har några risker.\n", 0),
        (NO_RISKS, ["--plan", "a"], "plans/a har inga risker.\n", 0),
        (NO_RISKS, ["--format", "json"], '{\n  "version": 1,\n  "plans": []\n}\n', 0),
        (NO_RISKS, ["--plan", "b"], "Mappen plans/b finns inte.\n", 2),
        (NO_RISKS, ["--format", "pdf"], '--format kan vara text, json eller csv, inte "pdf".\n', 2),
        (NO_RISKS, ["--tertial", "4"], '"4" är inget tertial: skriv 1, 2 eller 3.\n', 2),
        (
            NO_RISKS + RISK,
            ["--tertial", "1"],
            "plans/a säger inget år. Lägg till --year, eller år i plan.yaml.\n",
            2,
        ),
        ("risker: [\n", ["--plan", "a"], None, 1),
    ],
)
def test_nothing_to_show(
    plan: str, arguments: list[str], says: str | None, code: int, tmp_path: Path
) -> None:
    result = run("score", *arguments, folder=write(tmp_path, {"plans/a/plan.yaml": plan}))
    assert result.returncode == code
    assert says in (None, (result.stdout if code == 0 else result.stderr).decode())
