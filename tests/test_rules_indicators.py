"""Values that are lacking, impossible or at odds with each other, and what only looks so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from validating import judged

HEAD = """plan:
  namn: Plan A
  år: 2026
  rapporter: [atgardsplan]
mål:
  - id: mal
    namn: Ett mål
    indikatorer: [{ids}]
"""
SAID = "uppföljning:\n  2026-T1:\n    sammanfattning: |\n      Allt är som förut.\n"
OF_THE_GOAL = re.compile(r"- id: ([abcg])$", re.MULTILINE)
KINDS = ("R40", "R41")


def told(root: Path, plan: str, rows: str) -> list[str]:
    """What the rules of indicators find in a plan: code, file and line, and the message."""
    files = {
        "plans/a/a.yaml": HEAD.format(ids=", ".join(OF_THE_GOAL.findall(plan))),
        "plans/a/b.yaml": plan,
        "plans/a/c.yaml": SAID,
        "data/a/a.csv": rows,
    }
    return [line.replace("a/", "", 1) for line in found_in(root, files)]


def found_in(root: Path, files: dict[str, str]) -> list[str]:
    """The same of a whole repository."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [
        f"{f.code} {f.place.path.partition('/')[2]}:{f.place.line} {f.message}"
        for f in judged(root).findings
        if f.code.startswith(KINDS)
    ]


def indicator(id: str = "a", *lines: str) -> str:
    return "".join([f"  - id: {id}\n    namn: Mått {id}\n", *(f"    {line}\n" for line in lines)])


def plan(*indicators: str) -> str:
    return "indikatorer:\n" + "".join(indicators)


def rows(*lines: str, head: str = "indikator;period;värde") -> str:
    return "\n".join((head, *lines)) + "\n"


def months(*values: str, id: str = "a", year: int = 2026) -> list[str]:
    return [f"{id};{year}-{n:02};{value}" for n, value in enumerate(values, 1) if value]


NAMED = "indikator;period;värde;anm"
BY_SEX = "indikator;period;kön;värde;anm"
SURVEY = "indikator;period;värde;antal_svar"

MONTHLY = plan(indicator("a", "frekvens: månad"))
SHARE = plan(indicator("a", "måttenhet: procent"))
COUNT = plan(indicator("a"))
MEAN = plan(indicator("a", "måttenhet: medelvärde", "decimaler: 1"))

FAULTY = [
    ("R401", MONTHLY, rows(*months("31", "29", "", "33")), "b.yaml:4 a saknar värde för 2026-03"),
    (
        "R401",
        plan(indicator("g", "frekvens: månad", "indikatorer: [a, b]"), *map(indicator, "ab")),
        rows(*months("31", "29", "32"), *months("1", "2", "1", id="b")),
        "b.yaml:4 a och b saknar värde för 2026-04",
    ),
    (
        "R401",
        plan(indicator("a", "frekvens: tertial")),
        rows("a;2025-T3;40"),
        "b.yaml:4 a saknar värde för 2026-T1",
    ),
    (
        "R402",
        MONTHLY,
        rows(*months("31", "29", "31", "33"), "a;2026-04-30;35"),
        "a.csv:6 a mäts per månad, och 2026-04-30 kommer inte med",
    ),
    (
        "R402",
        plan(indicator("a", "frekvens: tertial")),
        rows("a;2026-T1;120", "a;2026-03;31"),
        "a.csv:3 a mäts per tertial, och 2026-03 kommer inte med",
    ),
    (
        "R403",
        plan("  - id: a\n    namn: Andel nöjda\n    måttenhet: procent\n"),
        rows("a;2026-T1;840 %"),
        "a.csv:2 a kan inte vara 840 %",
    ),
    ("R403", SHARE, rows("a;2026-T1;104;25", head=SURVEY), "a.csv:2 a kan inte vara 104"),
    ("R403", SHARE, rows("a;2025;7 av 9", "a;2026-T1;-5"), "a.csv:3 a kan inte vara -5"),
    ("R403", COUNT, rows(*months("31", "-29", "30")), "a.csv:3 a kan inte vara -29"),
    (
        "R403",
        plan(indicator("a", "måttenhet: antal")),
        rows("a;2026-T1;7.301"),
        "a.csv:2 a kan inte vara 7.301",
    ),
    ("R403", COUNT, rows("a;2025-T3;6 880", "a;2026-T1;7,301"), "a.csv:3 a kan inte vara 7,301"),
    (
        "R404",
        plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
        rows(*months("6,4", "6,53", "6,1")),
        "a.csv:3 a har 1 decimal, men i data står 6,53",
    ),
    (
        "R404",
        plan(indicator("a", "måttenhet: antal")),
        rows("a;2026-T1;7,5"),
        "a.csv:2 a har inga decimaler, men i data står 7,5",
    ),
    (
        "R404",
        COUNT,
        rows("a;2025-T3;8", "a;2026-T1;7,5"),
        "a.csv:3 a har inga decimaler, men i data står 7,5",
    ),
    (
        "R404",
        plan(indicator("a", "måttenhet: medelvärde", "svarsskala: 1-5")),
        rows("a;2026-T1;4,3"),
        "a.csv:2 a har inga decimaler, men i data står 4,3",
    ),
    (
        "R405",
        COUNT,
        rows(*months("31", "29", "31", "33"), "a;2026-T1;142"),
        "a.csv:6 a är 142 i 2026-T1, men 2026-01 till 2026-04 är tillsammans 124",
    ),
    (
        "R405",
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-T1;1 462", "a;2026-T2;806"),
        "a.csv:3 a räknas från årsskiftet, men är 806 i 2026-T2 och 1\u00a0462 i 2026-T1",
    ),
    (
        "R406",
        COUNT + indicator("b") + indicator("c") + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows("a;2026-T1;47", "b;2026-T1;67", "c;2026-T1;115"),
        "a.csv:4 Sambandet a + b är c håller inte i 2026-T1: 47 + 67 är 114, inte 115",
    ),
    (
        "R406",
        plan(*(indicator(id, "måttenhet: procent") for id in "ab"))
        + "samband:\n  - summa: [a, b]\n    är: 100\n",
        rows("a;2026-T1;88 %", "b;2026-T1;8 %"),
        "a.csv:3 Sambandet a + b är 100 håller inte i 2026-T1: 88 + 8 är 96, inte 100",
    ),
    (
        "R406",
        plan(*map(indicator, "ab")) + "samband:\n  - fallande: [a, b]\n",
        rows("a;2026-01;12", "b;2026-01;9", "a;2026-02;8", "b;2026-02;9"),
        "a.csv:5 Sambandet a ≥ b håller inte i 2026-02: 9 är mer än 8",
    ),
    (
        "R406",
        plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows(
            "a;2026;;5;", "b;2026;;5;", "c;2026;;10;",
            "a;2026;män;2;", "b;2026;män;3;", "c;2026;män;4;",
            "a;2026;kvinnor;3;", "b;2026;kvinnor;2;", "c;2026;kvinnor;6;", head=BY_SEX,
        ),
        "a.csv:10 Sambandet a + b är c håller inte i 2026, kvinnor: 3 + 2 är 5, inte 6",
    ),
    (
        "R407",
        COUNT,
        rows("a;2026-T1;;44;", "a;2026-T1;kvinnor;20;", "a;2026-T1;män;18;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026-T1: 20 + 18 är 38, men totalen är 44",
    ),
    (
        "R407",
        COUNT,
        rows("a;2026-T1;;44;", "a;2026-T1;kvinnor;50;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026-T1: 50 är 50, men totalen är 44",
    ),
    (
        "R407",
        SHARE,
        rows(
            "a;2026;;29 av 34;", "a;2026;män;16 av 18;", "a;2026;kvinnor;3 av 16;", head=BY_SEX
        ),
        "a.csv:2 a efter kön i 2026: 16 + 3 är 19, men totalen är 29",
    ),
    (
        "R407",
        SHARE,
        rows(
            "a;2026;;24 av 44;", "a;2026;män;12 av 20;", "a;2026;kvinnor;12 av 18;", head=BY_SEX
        ),
        "a.csv:2 a efter kön i 2026: 20 + 18 är 38, men totalen är 44",
    ),
    (
        "R408",
        SHARE,
        rows("a;2026;;28 %;", "a;2026;män;70 %;", "a;2026;kvinnor;74 %;", head=BY_SEX),
        ("a.csv:2 a efter kön i 2026: totalen 28\u00a0% ligger inte mellan 70\u00a0% och 74\u00a0%,"
        " men 72\u00a0% gör det. Är det andelen som inte är det som står?"),
    ),
    (
        "R408",  # as in a published report: the girls' share is of those who are not
        SHARE,
        rows("a;2026;;85,29;", "a;2026;män;88,89;", "a;2026;kvinnor;18,75;", head=BY_SEX),
        ("a.csv:2 a efter kön i 2026: 88,89\u00a0% och 18,75\u00a0% ger inte gärna 85,29\u00a0%."
        " Är det för kvinnor andelen som inte är det som står?"),
    ),
    (
        "R408",
        MEAN,
        rows("a;2026;;4,6;", "a;2026;män;4,1;", "a;2026;kvinnor;4,2;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026: totalen 4,6 ligger inte mellan 4,1 och 4,2",
    ),
    (
        "R410",
        COUNT,
        rows(*months("31", "29", "310", "33")),
        ("a.csv:4 a hoppar från 29 i 2026-02 till 310 i 2026-03"
        " och från 310 i 2026-03 till 33 i 2026-04"),
    ),
    (
        "R410",
        SHARE,
        rows("a;2025-T3;64", "a;2026-T1;6,4"),
        "a.csv:3 a hoppar från 64 i 2025-T3 till 6,4 i 2026-T1",
    ),
    (
        "R411",
        plan(
            indicator(
                "a", "ingångsvärde: 2025", "beskrivning:", "  2025: Alla.", "  2026-03: Några."
            )
        ),
        rows("a;2025;10", "a;2026-03;9"),
        "b.yaml:4 Ingångsvärdet 2025 för a mättes före den nya definitionen från 2026-03",
    ),
    (
        "R411",
        plan(
            indicator(
                "a", "beskrivning:", "  2025: Alla.", "  2026-03: Några.",
                "målvärden:", "  enheten:", "    2026: minst 9",
            )
        ),
        rows(*months("3", "2", "4", "5")),
        ("b.yaml:7 Målvärdet för 2026 jämförs med värden som läggs ihop över den nya definitionen"
        " av a från 2026-03"),
    ),
    (
        "R412",
        plan(indicator("a"), indicator("d")),
        rows("a;2026-T1;3", "d;2026-T1;3"),
        "b.yaml:4 d hör inte till något och nämns inte, så den kommer inte med",
    ),
    (
        "R412",
        plan(indicator("a"), indicator("d", "indikatorer: [e]"), indicator("e")),
        rows("a;2026-T1;3", "e;2026-T1;3"),
        "b.yaml:4 d hör inte till något och nämns inte, så den kommer inte med",
    ),
    (
        "R406",  # the total of the tertial, and months that are added
        plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows(*months("1", "1", "1", "1"), *months("2", "2", "2", "2", id="b"), "c;2026-T1;13"),
        "a.csv:10 Sambandet a + b är c håller inte i 2026-T1: 4 + 8 är 12, inte 13",
    ),
    ("R413", COUNT, rows(), "b.yaml:2 a har inget värde"),
    ("R413", plan(indicator("a", "frekvens: tertial")), rows(), "b.yaml:2 a har inget värde"),
    (
        "R414",
        plan(indicator("a", "målvärden:", "  enheten:", "    2026-T1: minst 5")),
        rows("a;2025-T3;4"),
        "b.yaml:4 a har målvärde för 2026-T1 men inget värde då",
    ),
    ("R415", COUNT, rows("a;2026-T1;14 %"), "a.csv:2 a har enheten antal, men i data står 14 %"),
    (
        "R415",
        MEAN,
        rows("a;2026-T1;28 av 44"),
        "a.csv:2 a har enheten medelvärde, men i data står 28 av 44",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "indicators", "data", "expected"), FAULTY)
def test_the_fault_is_found_and_nothing_else(
    code: str, indicators: str, data: str, expected: str, tmp_path: Path
) -> None:
    assert told(tmp_path, indicators, data) == [f"{code} {expected}"]


SOUND = {
    "a month of the report that is marked": (MONTHLY, rows(*months("31", "u.s.", "29", "e.m."))),
    "before the first row": (MONTHLY, rows(*months("", "", "29", "30"))),
    "before the first row, but for a baseline": (
        plan(indicator("a", "frekvens: månad", "ingångsvärde: 2024-12")),
        rows("a;2024-12;30", *months("", "", "29", "30")),
    ),
    "July and August told together": (MONTHLY, rows("a;2026-01/2026-02;60", "a;2026-03;29",
                                                    "a;2026-04;31", "a;2025-12;31")),
    "a mark for the whole tertial": (MONTHLY, rows("a;2025-12;31", "a;2026-T1;u.s.")),
    "a year that has not ended": (plan(indicator("a", "frekvens: år")), rows("a;2024;30")),
    "it ended, or begins later": (
        plan(indicator("a", "frekvens: månad", "slut: 2026-02"),
             indicator("b", "frekvens: månad", "start: 2026-04")),
        rows(*months("31", "29"), *months("9", "", "", "8", id="b")),
    ),
    "after the report": (MONTHLY, rows(*months("31", "29", "31", "33", "", "34"))),
    "no frequency": (COUNT, rows("a;2026-01;3", "a;2026-04-30;4")),
    "a total beside its months": (MONTHLY, rows(*months("31", "29", "31", "33"), "a;2026-T1;124",
                                                "a;2026-K1;91")),
    "a forecast, a country, a baseline of another length": (
        plan(indicator("a", "frekvens: tertial", "ingångsvärde: 2025-12-31")),
        rows("a;2025-12-31;utfall;50", "a;2026-T1;utfall;52", "a;2026-03;riket;49",
             "a;2026-12;prognos;60", head="indikator;period;serie;värde"),
    ),
    "twelve months back, each tertial": (
        plan(indicator("a", "frekvens: tertial", "summeras: nej")),
        rows("a;2025-T3;50", "a;2025-05/2026-04;51"),
    ),
    "more than all of a plan": (
        plan("  - id: a\n    namn: Beläggning\n    måttenhet: procent\n"),
        rows("a;2026-T1;104 %"),
    ),
    "a change below zero": (
        plan("  - id: a\n    namn: Förändring av kostnaden\n    måttenhet: procent\n"),
        rows("a;2026-T1;-4,5"),
    ),
    "a net number below zero": (
        plan("  - id: a\n    namn: Nettoändring av antalet placerade\n"),
        rows(*months("3", "-2", "4", "3")),
    ),
    "more below zero than above": (COUNT, rows(*months("-3", "-2", "4"))),
    "thousands and decimals": (
        plan(indicator("a"), indicator("b", "decimaler: 3")),
        rows("a;2026-T1;7 301", "b;2026-T1;7,301"),
    ),
    "more decimals than are printed, on purpose": (
        plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
        rows(*months("6,4321", "6,5372", "6,1")),
    ),
    "no unit said": (COUNT, rows("a;2025-T3;13.125", "a;2026-T1;13,4")),
    "a share with its n, or with decimals that nobody said": (
        plan(indicator("a", "måttenhet: procent", "decimaler: 1"),
             indicator("b", "måttenhet: procent"), indicator("c", "måttenhet: medelvärde")),
        rows("a;2026-T1;28 av 44", "b;2026-T1;6,43", "c;2026-T1;13,4"),
    ),
    "persons who come again": (
        plan(indicator("a", "summeras: nej")),
        rows(*months("31", "29", "31", "33"), "a;2026-T1;98"),
    ),
    "a total that is explained, or that has no months": (
        plan(*map(indicator, "ab")),
        rows("a;2026-01;3;", "a;2026-02;3;", "a;2026-03;3;", "a;2026-K1;8;Ett ärende flyttades",
             "b;2026-01;3;", "b;2026-K1;8;", head=NAMED),
    ),
    "since January, of the next year": (
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2025-T3;4 050", "a;2026-T1;1 462"),
    ),
    "per cent that are rounded": (
        plan(*(indicator(id, "måttenhet: procent") for id in "abc"))
        + "samband:\n  - summa: [a, b, c]\n    är: 100\n",
        rows("a;2026-T1;33", "b;2026-T1;33", "c;2026-T1;33"),
    ),
    "a relation of which a value is lacking or marked": (
        plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows("a;2026-01;3", "c;2026-01;9", "a;2026-02;4", "b;2026-02;u.s.", "c;2026-02;9"),
    ),
    "values of other days are not related": (
        plan(*(indicator(id, "typ: ögonblick") for id in "ab"))
        + "samband:\n  - fallande: [a, b]\n",
        rows("a;2026-04-30;3", "b;2026-02-28;9"),
    ),
    "falling, as far as is told": (
        plan(*(indicator(id, "måttenhet: procent", "decimaler: 1") for id in "ab"))
        + "samband:\n  - fallande: [a, b]\n",
        rows("a;2026-T1;42", "b;2026-T1;42,4"),
    ),
    "several causes of one deviation": (
        plan(indicator("a", "summeras: nej")),
        rows("a;2026;;14;", "a;2026;SoL;8;", "a;2026;LSS;7;", "a;2026;LVU;3;",
             head="indikator;period;lagrum;värde;anm"),
    ),
    "only some of the steps, or one that is protected": (
        plan(*map(indicator, "ab")),
        rows("a;2026;;44;", "a;2026;män;18;", "b;2026;;5;", "b;2026;män;x;", "b;2026;kvinnor;4;",
             head=BY_SEX),
    ),
    "some whose sex is not known": (
        COUNT,
        rows("a;2026;;44;Kön saknas för sex", "a;2026;män;18;", "a;2026;kvinnor;20;", head=BY_SEX),
    ),
    "how all are divided": (
        plan(indicator("a", "måttenhet: procent"), indicator("b", "måttenhet: procent")),
        rows("a;2026;;100 %;", "a;2026;män;37 %;", "a;2026;kvinnor;63 %;",
             "b;2026;;275 av 275;", "b;2026;män;146 av 275;", "b;2026;kvinnor;129 av 275;",
             head=BY_SEX),
    ),
    "shares and means near those of the steps": (
        plan(indicator("a", "måttenhet: procent"), indicator("b", "måttenhet: medelvärde",
                                                             "decimaler: 1")),
        rows("a;2026;;85;", "a;2026;män;86;", "a;2026;kvinnor;87;", "b;2026;;4,1;", "b;2026;män;4;",
             "b;2026;kvinnor;4,2;", head=BY_SEX),
    ),
    "nearly all of one sex": (
        SHARE,
        rows("a;2026;;85;", "a;2026;män;88;", "a;2026;kvinnor;40;", head=BY_SEX),
    ),
    "shares by sex that add up": (
        SHARE,
        rows("a;2026;;42 av 52;", "a;2026;män;19 av 24;", "a;2026;kvinnor;23 av 28;", head=BY_SEX),
    ),
    "small numbers": (COUNT, rows(*months("1", "9", "2", "0"))),
    "a small part of few": (SHARE, rows("a;2025-T3;1 av 8", "a;2026-T1;7 av 9")),
    "a jump that is explained": (
        COUNT,
        rows("a;2025-T3;30;", "a;2026-T1;130;Två enheter slogs ihop", head=NAMED),
    ),
    "a season": (COUNT, rows(*months("300", "60", "300", "290", year=2025),
                             *months("300", "62", "310", "305"))),
    "a jump before the report": (COUNT, rows("a;2025-T2;30", "a;2025-T3;130", "a;2026-T1;140")),
    "a jump to a new definition": (
        plan(indicator("a", "beskrivning:", "  2025: Alla.", "  2026: Några.")),
        rows("a;2025-T3;130", "a;2026-T1;30"),
    ),
    "what grows all year": (
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-01;20", "a;2026-02;70"),
    ),
    "a baseline of the new definition": (
        plan(indicator("a", "ingångsvärde: 2026-01", "beskrivning:", "  2025: Alla.",
                       "  2026: Några.")),
        rows("a;2026-01;20"),
    ),
    "followed up in words": (
        plan(indicator("a")) + "uppföljning:\n  2025-T3:\n    a: Strukturen finns.\n",
        rows(),
    ),
    "not begun, or no round is over": (
        plan(indicator("a", "start: 2026-T2"), indicator("b", "frekvens: halvår")),
        rows(),
    ),
    "spoken of, though it belongs to nothing": (
        plan(indicator("d"), indicator("e"), indicator("f"), indicator("a"))
        + "texter:\n  bakgrund: |\n    Vi mätte {{ värde(\"d\", \"2026-T1\") }}.\n"
        + "samband:\n  - fallande: [a, e]\n"
        + "uppföljning:\n  2026-T1:\n    f: Fler än förut.\n",
        rows(*(f"{id};2026-T1;3" for id in "adef")),
    ),
    "a target that still runs, or that is answered by a mark": (
        plan(indicator("a", "målvärden:", "  enheten:", "    2026: minst 5"),
             indicator("b", "målvärden:", "  enheten:", "    2026-T1: minst 5"),
             indicator("c", "målvärden:", "  enheten: minst 5")),
        rows("a;2025;4", "b;2025;4", "b;2026-T1;e.m.", "c;2025;4"),
    ),
    "an id that is misspelt, so that another seems unused": (
        plan(indicator("a"), indicator("d"), indicator("e", "beräkning:", "  summa: [a, dd]")),
        rows("a;2026-T1;3", "d;2026-T1;3"),
    ),
    "more than all of a budget, and a country with more decimals": (
        plan("  - id: a\n    namn: Andel av budgeten\n    måttenhet: procent\n    decimaler: 1\n"),
        rows("a;2026-T1;utfall;104,5", "a;2026-T1;riket;99,45",
             head="indikator;period;serie;värde"),
    ),
    "a share in a unit of shares": (
        plan(indicator("a", "måttenhet: procentenheter"), indicator("b", "måttenhet: andel")),
        rows("a;2026-T1;3 %", "b;2026-T1;28 av 44"),
    ),
    "a correction of what was wrong": (
        COUNT,
        rows("a;2026-01;-3;;", "a;2026-02;4;;", "a;2026-03;3;;",
             "a;2026-01;3;2026-T1;Felskrivet", head="indikator;period;värde;gäller_från;anm"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("indicators", "data"), SOUND.values(), ids=SOUND)
def test_what_is_sound_is_not_blamed(indicators: str, data: str, tmp_path: Path) -> None:
    assert told(tmp_path, indicators, data) == []


WHOLE = "plan:\n  namn: Hela\n  år: 2026\n  rapporter: [atgardsplan]\n"
PART = "plan:\n  namn: Delen\n  del_av: hela\n  rapporter: [atgardsplan]\n"
GOAL = "mål:\n  - id: mal\n    namn: Ett mål\n    indikatorer: [a]\n"


@pytest.mark.parametrize(
    ("whole", "part", "data", "expected"),
    [
        # the part has the values, and the whole the goal
        (GOAL + COUNT, "", "a;2026-T1;4", []),
        # the part has the goal
        (COUNT, GOAL, "a;2026-T1;4", []),
        (GOAL + COUNT, "", "", ["R413 hela/x.yaml:10 a har inget värde"]),
        (
            GOAL + plan(indicator("a", "måttenhet: procent")),
            plan("  - id: a\n    måttenhet: antal\n"),
            "a;2026-T1;4",
            ["R415 delen/x.yaml:7 a har måttenhet antal här men procent i hela"],
        ),
        # the whole says nothing of it
        (GOAL + COUNT, plan("  - id: a\n    riktning: öka\n"), "a;2026-T1;4", []),
        # what is inherited is told at the part's own rows
        (
            GOAL + MONTHLY,
            "",
            "a;2026-01;4\na;2026-02;5",
            ["R401 delen/a.csv:3 a saknar värde för 2026-03 och 2026-04"],
        ),
    ],
)
def test_parts_and_wholes(
    whole: str, part: str, data: str, expected: list[str], tmp_path: Path
) -> None:
    files = {
        "plans/hela/x.yaml": WHOLE + whole + SAID,
        "plans/delen/x.yaml": PART + part + SAID,
        "data/delen/a.csv": rows(data) if data else rows(),
    }
    assert found_in(tmp_path, files) == expected


ACCEPTED = """undantag:
  - regel: R410
    plats: a/a
    skäl: Två enheter slogs ihop.
    slut: 2026-12-31
"""


@pytest.mark.parametrize(
    ("settings", "number"),
    [
        ("format: 1\n", 0),
        ("regler:\n  R410:\n    gräns: 2\n", 1),
        ("regler:\n  R410:\n    gräns: 2\n" + ACCEPTED, 0),
    ],
)
def test_how_far_is_a_jump_is_said_in_the_settings(
    settings: str, number: int, tmp_path: Path
) -> None:
    files = {
        "kvalitet.yaml": settings,
        "plans/a/a.yaml": HEAD.format(ids="a") + COUNT + SAID,
        "data/a/a.csv": rows("a;2025-T3;40", "a;2026-T1;100"),
    }
    assert len(found_in(tmp_path, files)) == number
