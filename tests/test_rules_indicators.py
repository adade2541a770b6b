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
NAME = re.compile(r'"Mått (\w+)"(?: \(\1\))?')


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
    """The same of a whole repository. An indicator is called by its id alone here."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    mine = [f for f in judged(root).findings if f.code.startswith(KINDS)]
    lines = (f"{f.code} {f.place.path.partition('/')[2]}:{f.place.line} {f.message}" for f in mine)
    return [NAME.sub(r"\1", line) for line in lines]


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

SERIES = "indikator;period;serie;värde"

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
        "a.csv:6 a mäts per månad, och 2026-04-30 räknas inte in i någon summa",
    ),
    (
        "R402",
        plan(indicator("a", "frekvens: tertial")),
        rows("a;2026-T1;120", "a;2026-03;31"),
        "a.csv:3 a mäts per tertial, och 2026-03 räknas inte in i någon summa",
    ),
    (
        "R409",
        plan("  - id: a\n    namn: Andel nöjda\n    måttenhet: procent\n"),
        rows("a;2026-T1;840 %"),
        'a.csv:2 "Andel nöjda" (a) kan knappast vara 840 %',
    ),
    ("R403", SHARE, rows("a;2026-T1;104;25", head=SURVEY), "a.csv:2 a kan inte vara 104"),
    ("R409", SHARE, rows("a;2025;7 av 9", "a;2026-T1;-5"), "a.csv:3 a kan knappast vara -5"),
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
        "R405",  # and not R419 of the same rows
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-01;50", "a;2026-02;30", "a;2026-01/2026-02;80"),
        ("a.csv:4 a är 30 i 2026-02 men 80 i 2026-01/2026-02, fast båda räknas från årsskiftet till"
        " den 28\u00a0februari 2026"),
    ),
    (
        "R405",
        plan(indicator("a", "typ: ögonblick")),
        rows("a;2026-T1;53", "a;2026-04;54", "a;2026-03;49"),
        "a.csv:3 a är 53 i 2026-T1 men 54 i 2026-04, fast båda är läget den 30\u00a0april 2026",
    ),
    (
        "R419",
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-T1;1 462", "a;2026-T2;806"),
        ("a.csv:3 a räknas från årsskiftet, men sjunker från 1\u00a0462 i 2026-T1"
        " till 806 i 2026-T2"),
    ),
    (
        "R419",  # and not R410 of what comes after
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-01;310", "a;2026-02;64", "a;2026-03;940", "a;2026-04;900"),
        ("a.csv:3 a räknas från årsskiftet, men sjunker från 310 i 2026-01 till 64 i 2026-02"
        " (och 1 gång till)"),
    ),
    (
        "R419",
        plan(indicator("a", "typ: ackumulerat", "måttenhet: timmar", "summeras: ja")),
        rows("a;2026-K1;12", "a;2026-K2;11"),
        "a.csv:3 a räknas från årsskiftet, men sjunker från 12 i 2026-K1 till 11 i 2026-K2",
    ),
    (
        "R419",
        plan(indicator("a", "typ: ackumulerat", "måttenhet: dygn")),
        rows("a;2026-K1;12", "a;2026-K2;11"),
        "a.csv:3 a räknas från årsskiftet, men sjunker från 12 i 2026-K1 till 11 i 2026-K2",
    ),
    (
        "R419",
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-01;män;30;", "a;2026-02;män;28;",
             head="indikator;period;kön;värde;anm"),
        ("a.csv:3 a, män, räknas från årsskiftet, men sjunker från 30 i 2026-01"
        " till 28 i 2026-02"),
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
        rows("a;2026-T1;;38;", "a;2026-T1;kvinnor;20;", "a;2026-T1;män;24;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026-T1: 20 + 24 är 44, men totalen är 38",
    ),
    (
        "R407",  # of more than all who are without
        SHARE,
        rows(
            "a;2026;;30 av 40;", "a;2026;män;9 av 20;", "a;2026;kvinnor;9 av 18;", head=BY_SEX
        ),
        "a.csv:2 a efter kön i 2026: 9 + 9 är 18, men totalen är 30",
    ),
    (
        "R408",  # some may belong to neither
        COUNT,
        rows("a;2026-T1;;44;", "a;2026-T1;kvinnor;20;", "a;2026-T1;män;18;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026-T1: 20 + 18 är 38, men totalen är 44",
    ),
    (
        "R407",
        COUNT,
        rows("a;2026-T1;;44;", "a;2026-T1;kvinnor;50;", head=BY_SEX),
        "a.csv:2 a efter kön i 2026-T1: kvinnor är 50, men totalen är 44",
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
        "R408",
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
    (
        "R413",
        plan(indicator("a", "målvärden:", "  enheten:", "    2026-T1: minst 5")),
        rows(),
        "b.yaml:2 a har inget värde",
    ),
    (
        "R409",
        plan("  - id: a\n    namn: Andel sedda\n    måttenhet: procent\n    beräkning:\n"
             "      täljare: b\n      nämnare: c\n", indicator("b"), indicator("c")),
        rows("b;2026-T1;40", "c;2026-T1;25"),
        'b.yaml:5 "Andel sedda" är 40 av 25, 160\u00a0% i 2026-T1',
    ),
    (
        "R404",  # and not R410 of the same row
        plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
        rows("a;2025-T3;6,8", "a;2026-T1;0,071"),
        "a.csv:3 a har 1 decimal, men i data står 0,071",
    ),
    (
        "R406",  # and not R410 of the same row
        plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows("c;2026-T1;130", "a;2025-T3;40", "a;2026-T1;400", "b;2026-T1;90"),
        "a.csv:2 Sambandet a + b är c håller inte i 2026-T1: 400 + 90 är 490, inte 130",
    ),
    ("R413", plan(indicator("a", "frekvens: tertial")), rows(), "b.yaml:2 a har inget värde"),
    (
        "R414",
        plan(indicator("a", "målvärden:", "  enheten:", "    2026-T1: minst 5")),
        rows("a;2025-T3;4"),
        "b.yaml:4 a har målvärde för 2026-T1 men inget värde då",
    ),
    ("R415", COUNT, rows("a;2026-T1;14 %"), "a.csv:2 a har enheten antal, men i data står 14 %"),
    (
        "R417",
        COUNT,
        rows("a;2025-T3;31", "a;2062-T1;29", "a;2062-T2;30", "a;2026-T2;30"),
        "a.csv:3 a har värden för 2062-T1 och 2062-T2, långt från de andra",
    ),
    (
        "R417",
        plan(indicator("a", "frekvens: tertial")),
        rows("a;2002-T3;31", "a;2025-T3;29", "a;2026-T1;29"),
        "a.csv:2 a har värden för 2002-T3, långt från de andra",
    ),
    (
        "R418",
        plan(indicator("a", "ingångsvärde: 2024-T3"), indicator("b", "ingångsvärde: 2025-T3")),
        rows("a;2026-T1;31", "b;2025-T3;30", "b;2026-T1;31"),
        "b.yaml:4 a har inget värde för 2024-T3, som är ingångsvärde",
    ),
    (
        "R418",  # of one table
        plan(indicator("g", "ingångsvärde: 2024-T3", "indikatorer: [a, b]"),
             *map(indicator, "ab")),
        rows("a;2026-T1;31", "b;2026-T1;30"),
        "b.yaml:4 a och b har inget värde för 2024-T3, som är ingångsvärde",
    ),
    (
        "R415",
        MEAN,
        rows("a;2026-T1;28 av 44"),
        "a.csv:2 a har enheten medelvärde, men i data står 28 av 44",
    ),
    ("R409", plan("  - id: a\n    namn: Sjukfrånvaro\n    måttenhet: procent\n"),
     rows("a;2025-T3;6,1", "a;2026-T1;-6,3"), 'a.csv:3 "Sjukfrånvaro" (a) kan knappast vara -6,3'),
    ("R409",
     plan("  - id: a\n    namn: Sjukfrånvaro\n    måttenhet: procent\n    decimaler: 1\n"),
     rows("a;2025-T3;680", "a;2026-T1;6,3"), 'a.csv:2 "Sjukfrånvaro" (a) kan knappast vara 680'),
    ("R403", plan(indicator("a", "typ: ögonblick")), rows("a;2025-12-31;41", "a;2026-04-30;-44"),
     "a.csv:3 a kan inte vara -44"),
    ("R404", SHARE, rows("a;2025-T3;42", "a;2026-T1;47,6"),
     "a.csv:3 a har inga decimaler, men i data står 47,6"),
    (
        "R404",  # of one table
        plan(indicator("g", "måttenhet: procent", "indikatorer: [a, b]"), *map(indicator, "ab")),
        rows("a;2025-T3;42", "b;2025-T3;58", "a;2026-T1;47,6", "b;2026-T1;52,4"),
        "a.csv:4 a och b har inga decimaler, men i data står 47,6 och 52,4",
    ),
    (
        "R405",  # and not R406 of the same row
        plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
        rows(*(f"{id};2026-{n:02};{2 if id == 'c' else 1}" for n in range(1, 5) for id in "abc"),
             "c;2026-T1;9"),
        "a.csv:14 c är 9 i 2026-T1, men 2026-01 till 2026-04 är tillsammans 8",
    ),
    (
        "R406",  # it never holds
        plan(*map(indicator, "ab")) + "samband:\n  - fallande: [a, b]\n",
        rows(*months("1", "2", "3", "4"), *months("5", "6", "7", "8", id="b")),
        "b.yaml:7 Sambandet a ≥ b håller inte i 2026-01: 5 är mer än 1",
    ),
    (
        "R408",  # of the country, the year before
        SHARE,
        rows("a;2025;riket;;78", "a;2025;riket;män;82", "a;2025;riket;kvinnor;80",
             head="indikator;period;serie;kön;värde"),
        "a.csv:2 a efter kön i 2025: totalen 78\u00a0% ligger inte mellan 80\u00a0% och 82\u00a0%",
    ),
    (
        "R410",  # and not R404 of the same row
        plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
        rows("a;2025-T3;6,8", "a;2026-T1;0,59"),
        "a.csv:3 a hoppar från 6,8 i 2025-T3 till 0,59 i 2026-T1",
    ),
    (
        "R410",
        plan(indicator("a", "typ: ackumulerat")),
        rows("a;2026-01;310", "a;2026-02;640", "a;2026-03;9 800", "a;2026-04;12 900"),
        "a.csv:4 a hoppar från 640 i 2026-02 till 9 800 i 2026-03",
    ),
    (
        "R414",
        plan(indicator("a")),
        rows("a;2026-T1;prognos;1 462", "a;2026;prognos;4 300", head=SERIES),
        "a.csv:2 a har rader för prognos men aldrig något utfall",
    ),
    (
        "R414",
        plan(indicator("a", "frekvens: tertial")),
        rows("a;2025;riket;12", head=SERIES),
        "a.csv:2 a har rader för riket men aldrig något utfall",
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
    "a level that is measured once in a tertial": (
        plan(indicator("a", "frekvens: tertial", "måttenhet: medelvärde", "decimaler: 1"),
             indicator("b", "frekvens: tertial", "typ: ögonblick")),
        rows("a;2026-03;4,2", "b;2026-03-31;40"),
    ),
    "no demand is made of what has no frequency before the year is over": (
        plan(indicator("a", "måttenhet: procent"),
             indicator("b", "målvärden:", "  enheten:", "    2026: minst 5")),
        rows(),
    ),
    "a share of what was before": (
        plan("  - id: a\n    namn: Andel besök i förhållande till i fjol\n"
             "    måttenhet: procent\n",
             "  - id: b\n    namn: Andel ökad tid\n    måttenhet: procent\n"),
        rows("a;2026-T1;112;40", "b;2026-T1;-5;40", head=SURVEY),
    ),
    "more who left than who came": (
        plan("  - id: a\n    namn: Andel avslutade jämfört med inkomna\n    måttenhet: procent\n"
             "    beräkning:\n      täljare: b\n      nämnare: c\n",
             "  - id: d\n    namn: Beviljade per ansökan\n    måttenhet: procent\n"
             "    beräkning:\n      täljare: b\n      nämnare: c\n",
             indicator("b"), indicator("c"), indicator("g", "indikatorer: [a, d]"))
        + 'texter:\n  bakgrund: Vi mäter {{ värde("d") }}.\n',
        rows("b;2026-T1;40", "c;2026-T1;25"),
    ),
    "a series of many years, every fifth, and the whole country": (
        plan(indicator("a"), indicator("b")),
        rows(*(f"a;{year};utfall;31" for year in (2000, 2005, 2010, 2015, 2020, 2026)),
             "b;2002;riket;30", "b;2026;utfall;31", "b;2040;prognos;30", head=SERIES),
    ),
    "an old baseline, one of a later time, and one that is not measured yet": (
        plan(indicator("a", "ingångsvärde: 2010"), indicator("b", "ingångsvärde: 2026-T2"),
             indicator("c", "ingångsvärde: 2026-T1", "frekvens: år")),
        rows("a;2010;31", "a;2026-T1;30", "b;2026-T1;30"),
    ),
    "a baseline that is marked as not known, or computed": (
        plan(indicator("a", "ingångsvärde: 2025"), indicator("b"),
             "  - id: c\n    namn: Båda\n    ingångsvärde: 2025\n    beräkning:\n"
             "      summa: [a, b]\n"),
        rows("a;2025;u.s.", "b;2025;4", "a;2026-T1;3", "b;2026-T1;3")
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
    "since January, explained or corrected": (
        plan(*(indicator(id, "typ: ackumulerat") for id in "ab")),
        rows("a;2026-01;30;;", "a;2026-02;28;;Två räknades två gånger", "b;2026-01;30;;",
             "b;2026-02;28;;", "b;2026-02;29;2026-T1;Två räknades två gånger",
             head="indikator;period;värde;gäller_från;anm"),
    ),
    "since January, of what may fall": (
        plan(indicator("a", "typ: ackumulerat", "måttenhet: tkr"),
             indicator("b", "typ: ackumulerat", "måttenhet: procent"),
             indicator("c", "typ: ackumulerat").replace("Mått c", "Nettoökning")),
        rows(*(f"{id};2026-{n:02};{30 - n}" for id in "abc" for n in (1, 2))),
    ),
    "since January, of a unit that may be of a mean": (
        plan(indicator("a", "typ: ackumulerat", "måttenhet: dagar").replace("Mått a", "Väntetid"),
             indicator("b", "typ: ackumulerat", "måttenhet: timmar per vecka"),
             indicator("c", "typ: ackumulerat", "måttenhet: dygn", "summeras: nej")),
        rows(*(f"{id};2026-{n:02};{30 - n}" for id in "abc" for n in (1, 2))),
    ),
    "one day told twice alike": (
        plan(indicator("a", "typ: ackumulerat"), indicator("b", "typ: ögonblick"),
             indicator("c", "typ: ögonblick", "måttenhet: procent", "decimaler: 1")),
        rows("a;2026-03;90", "a;2026-K1;90", "b;2026-04;12", "b;2026-T1;12", "b;2026-04-30;12",
             "c;2026-04;54,4", "c;2026-T1;54"),
    ),
    "values of periods that end the same day": (
        plan(indicator("a", "summeras: nej")),
        rows("a;2026-04;20", "a;2026-T1;47"),
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
    "a jump that the report tells of": (
        plan(indicator("a"), "  - id: b\n    namn: Beslut om stöd\n",
             indicator("g", "indikatorer: [c]"), indicator("c"))
        + "uppföljning:\n  2026-T1:\n    a: Två enheter slogs ihop.\n"
        + "    g: Fler söker sig hit.\n    bakgrund: Beslut om stöd fattas för fler.\n",
        rows(*(f"{id};{period}" for id in "abc" for period in ("2025-T3;30", "2026-T1;130"))),
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
        + 'texter:\n  bakgrund: |\n    Vi mätte {{ värde("d", "2026-T1") }}.\n'
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
    "a change of what is a part": (
        plan("  - id: a\n    namn: Sjukfrånvaro, förändring mot i fjol\n    måttenhet: procent\n"),
        rows("a;2025-T3;1,2", "a;2026-T1;-6,3"),
    ),
    "a balance on a day": (
        plan("  - id: a\n    namn: Saldo i flextid\n    typ: ögonblick\n"),
        rows("a;2025-12-31;41", "a;2026-04-30;-44"),
    ),
    "shares of which most have decimals": (SHARE, rows("a;2025-T3;50", "a;2025-T2;48,5",
                                                       "a;2026-T1;47,6")),
    "parts of one n, beside all of it": (
        plan(indicator("a", "måttenhet: procent", "summeras: nej")),
        rows("a;2026;;18 av 18;", "a;2026;SoL;9 av 18;", "a;2026;LSS;4 av 18;",
             "a;2026;LVU;2 av 18;", head="indikator;period;lagrum;värde;anm"),
    ),
    "a cost that begins slowly, as every year": (
        plan(indicator("a", "typ: ackumulerat"), indicator("b", "typ: ackumulerat")),
        rows("a;2026-01;20", "a;2026-02;90", "b;2025-01;20", "b;2025-02;190", "b;2026-01;20",
             "b;2026-02;180"),
    ),
    "a forecast of the year, and a country": (
        plan(indicator("a"), indicator("b"), indicator("c", "frekvens: år")),
        rows("a;2026;prognos;40", "b;2025;riket;12", "c;2025;riket;12", "c;2026;prognos;9",
             head=SERIES),
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
        (
            GOAL + plan(indicator("a", "frekvens: tertial")),
            "",
            "",
            ["R413 hela/x.yaml:10 a har inget värde"],
        ),
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


@pytest.mark.parametrize(
    ("off", "indicators", "data"),
    [
        (
            "R410",
            plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
            rows("a;2025-T3;6,8", "a;2026-T1;0,59"),
        ),
        (
            "R405",
            plan(*map(indicator, "abc")) + "samband:\n  - summa: [a, b]\n    är: c\n",
            rows(*(f"{id};2026-{n:02};{2 if id == 'c' else 1}" for n in range(1, 5)
                   for id in "abc"), "c;2026-T1;9"),
        ),
    ],
)  # fmt: skip
def test_a_rule_that_is_off_leaves_it_to_the_other(
    off: str, indicators: str, data: str, tmp_path: Path
) -> None:
    other = {"R410": "R404", "R405": "R406"}[off]
    settings = {"kvalitet.yaml": f"regler:\n  {off}:\n    grad: av\n"}
    found_in(tmp_path, settings)
    assert [line[:4] for line in told(tmp_path, indicators, data)] == [other]


CALLS = "uppföljning:\n  2026-T1:\n    sammanfattning: |\n      Det var {{ %s }}.\n"


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ('värde("a")', 0),  # R211 tells which rows lack
        ('andel("a", "2026-T1")', 0),
        ('förändring("a", "2025-T3", "2026-T1")', 0),
        ('värde("a", "2026-01")', 1),
        ('värde("b")', 1),
        ('mål("a")', 1),
    ],
)
def test_what_a_text_lacks_is_told_once(call: str, number: int, tmp_path: Path) -> None:
    files = {
        "plans/a/a.yaml": HEAD.format(ids="a, b") + MONTHLY + indicator("b") + CALLS % call,
        "data/a/a.csv": rows("a;2025-12;4", "a;2026-01;3", "b;2026-T1;3"),
    }
    assert len(found_in(tmp_path, files)) == number


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2026-T1", "2025-T3", "2026-T1 slutar efter 2025-T3, så förändringen räknas bakåt"),
        ("2026-T1", "2026-T1", "2026-T1 jämförs med sig själv"),
        (
            "2025-01",
            "2026-T1",
            "2025-01 och 2026-T1 är olika långa, och värdena läggs ihop över tid",
        ),
        ("2025-T3", "2026-T1", ""),
        ("2025-01", "2025-02", ""),
        ("2026-T1", "2027-T1", ""),  # R211 tells that there is no value
    ],
)
def test_periods_that_are_compared(one: str, other: str, expected: str, tmp_path: Path) -> None:
    call = CALLS % f'förändring("a", "{one}", "{other}")'
    files = {
        "plans/a/a.yaml": HEAD.format(ids="a") + COUNT + call,
        "data/a/a.csv": rows("a;2025-01;9", "a;2025-02;9", "a;2025-T3;4", "a;2026-T1;3"),
    }
    assert found_in(tmp_path, files) == ([f"R416 a/a.yaml:15 {expected}"] if expected else [])


def test_a_level_may_be_compared_with_that_of_a_longer_time(tmp_path: Path) -> None:
    files = {
        "plans/a/a.yaml": HEAD.format(ids="a")
        + SHARE
        + CALLS % 'förändring("a", "2025", "2026-T1")',
        "data/a/a.csv": rows("a;2025;41", "a;2026-T1;43"),
    }
    assert found_in(tmp_path, files) == []


@pytest.mark.parametrize(
    ("indicators", "data", "hint"),
    [
        (
            plan(indicator("a", "måttenhet: procent", "decimaler: 1")),
            rows("a;2025-T3;6,8", "a;2026-T1;0,071"),
            "Menade du 7,1? Kontrollera värdet, eller skriv decimaler: 3 i planen.",
        ),
        (COUNT, rows("a;2026-T1;28 av 44"), "Skriv bara 28, eller måttenhet: procent i planen."),
        (COUNT, rows("a;2026-T1;28 %"), "Skriv talet utan %, eller måttenhet: procent i planen."),
    ],
)
def test_what_to_do(indicators: str, data: str, hint: str, tmp_path: Path) -> None:
    told(tmp_path, indicators, data)
    assert [f.hint for f in judged(tmp_path).findings if f.code.startswith(KINDS)] == [hint]


OWNERS = """egenkontroller:
  - id: loggar
    namn: Granskning av loggar
    frekvens: månad
    indikatorer: [a]
avvikelser:
  - id: interna
    namn: Interna avvikelser
    indikatorer: [b]
uppföljning:
  2025-T3:
    sammanfattning: Allt är som förut.
  2026-T1:
    interna:
      allvarlighetsgrad: hög
"""


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ([], ["R444", "R453"]),
        (["R444"], ["R413", "R453"]),
        (["R444", "R453"], ["R413", "R413"]),
    ],
)
def test_what_a_check_or_a_deviation_lacks_is_told_once(
    off: list[str], expected: list[str], tmp_path: Path
) -> None:
    indicators = plan(*(indicator(id, "frekvens: tertial") for id in "ab"))
    files = {
        "kvalitet.yaml": "format: 1\nregler:\n  R601:\n    grad: av\n"
        + "".join(f"  {code}:\n    grad: av\n" for code in off),
        "plans/a/a.yaml": HEAD.format(ids="").partition("mål:")[0] + indicators + OWNERS,
    }
    found_in(tmp_path, files)
    assert sorted(f.code for f in judged(tmp_path).findings if f.code[:3] != "R33") == expected


def test_a_name_stands_in_quotation_marks_and_the_id_only_beside_a_row(tmp_path: Path) -> None:
    named = "  - id: a\n    namn: Beviljade insatser\n    frekvens: månad\n"
    files = {
        "plans/a/a.yaml": HEAD.format(ids="a") + plan(named) + SAID,
        "data/a/a.csv": rows(*months("31", "-29", "33")),
    }
    assert sorted(found_in(tmp_path, files)) == [
        'R401 a/a.yaml:12 "Beviljade insatser" saknar värde för 2026-04',
        'R403 a/a.csv:3 "Beviljade insatser" (a) kan inte vara -29',
    ]


def test_what_one_of_a_table_lacks_may_be_accepted(tmp_path: Path) -> None:
    table = plan(indicator("g", "frekvens: månad", "indikatorer: [a, b]"), *map(indicator, "ab"))
    one = ACCEPTED.replace("R410", "R401")
    files = {
        "kvalitet.yaml": one,
        "plans/a/a.yaml": HEAD.format(ids="g") + table + SAID,
        "data/a/a.csv": rows(*months("1", "2", "3"), *months("1", "2", "3", id="b")),
    }
    assert found_in(tmp_path, files) == ["R401 a/a.yaml:16 b saknar värde för 2026-04"]
    files["kvalitet.yaml"] = one.replace("a/a", "a/g")
    assert found_in(tmp_path, files) == []


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
