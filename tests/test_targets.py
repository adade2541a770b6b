"""What a table tells of a figure beside it: targets, comparisons, how near and which way."""

from __future__ import annotations

import pytest
from drawing import drawn, said
from examples import havsnäs, rows, small
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.figure import Tal
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.svenska import number
from kvalitet.view.document import Figure, Table
from kvalitet.view.scene import scene
from kvalitet.view.tables import indicator_table
from kvalitet.view.targets import apart

SERIES = "indikator;period;serie;värde"


def planned(keys: str, *lines: str, columns: str = "indikator;period;värde") -> Plan:
    """A plan with one indicator, of these keys, and these rows."""
    yaml = "indikatorer:\n  - id: a\n    namn: Mått\n"
    yaml += "".join(f"    {line}\n" for line in keys.strip().splitlines())
    return small(yaml, rows(*lines, columns=columns))


def table(plan: Plan, at: str) -> Table:
    report = havsnäs().reports["lagesrapport"]
    found = indicator_table(scene(plan, report, Period.parse(at), Register({"p": plan})), "a")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("keys", "lines", "at", "expected"),
    [
        pytest.param(
            """
måttenhet: procent
decimaler: 1
målvärden:
  enheten: minst 84
  KF: minst 84
  nämnden: minst 91
""",
            ["a;2026;84,7"],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått | 84,7 % | enheten och KF: minst 84 % nås (0,7 procentenheter över) / \
nämnden: minst 91 % nås inte (6,3 procentenheter under)
""",
            id="how far a share is from its targets; one that several have is told once",
        ),
        pytest.param(
            "måttenhet: dagar\nmålvärden:\n  enheten: högst 90\n  KF: högst 98",
            ["a;2026;97"],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått, dagar | 97 | enheten: högst 90 dagar nås inte (7 dagar över) / \
KF: högst 98 dagar nås (1 dagar under)
""",
            id="days, of which fewer is better",
        ),
        pytest.param(
            """
måttenhet: index
decimaler: 1
målvärden:
  a: 81-85
  b: 70-75
  c: 84
  d: 81,2
""",
            ["a;2026;81,2"],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått | 81,2 | a: 81–85 nås / b: 70–75 nås inte (6,2 över) / c: 84 nås inte (2,8 under) / \
d: 81,2 nås
""",
            id="a target with two ends, and one that is a number",
        ),
        pytest.param(
            "målvärden:\n  nämnden: 0\n  KF: högst 5",
            ["a;2026;5"],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått | 5 | nämnden: 0 nås inte (5 över) / KF: högst 5 nås
""",
            id="just there is no distance",
        ),
        pytest.param(
            "måttenhet: procent\nmålvärden:\n  nämnden: minst 85\n  KF: minst 84,5",
            ["a;2026;84,8"],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått | 85 % | nämnden: minst 85 % nås inte (mindre än 1 procentenhet under) / \
KF: minst 84,5 % nås (0,3 procentenheter över)
""",
            id="a value that is printed as its target but does not reach it",
        ),
        pytest.param(
            """
frekvens: tertial
målvärden:
  nämnden:
    2026: minst 300
  enheten:
    2026: högst 90
  KF:
    2026: högst 200
""",
            ["a;2026-T1;50", "a;2026-T2;60"],
            "2026-T2",
            """
Indikator | T1 2026 | T2 2026 | Målvärde
Mått | 50 | 60 | nämnden 2026: minst 300 (hittills 110) nås inte än (190 under) / \
enheten 2026: högst 90 (hittills 110) nås inte (20 över) / \
KF 2026: högst 200 (hittills 110) nås hittills (90 under)
""",
            id="a target of the year is held against the year so far, which is not over",
        ),
        pytest.param(
            "typ: ackumulerat\nmålvärden:\n  nämnden:\n    2026: minst 300",
            ["a;2026-T1;50", "a;2026-T2;110"],
            "2026-T2",
            """
Indikator | T1 2026 | T2 2026 | Målvärde
Mått | 50 | 110 | nämnden 2026: minst 300 nås inte än (190 under)
""",
            id="counted since New Year it is the value itself",
        ),
        pytest.param(
            "måttenhet: procent\nfrekvens: månad\nmålvärden:\n  nämnden: minst 60",
            ["a;2026-01;50", "a;2026-02;55", "a;2026-T1;58"],
            "2026-T1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | T1 2026 | Målvärde
Mått | 50 % | 55 % | – | – | 58 % | nämnden: minst 60 % nås inte (2 procentenheter under)
""",
            id="the report's own value is compared",
        ),
        pytest.param(
            "typ: ackumulerat\nmålvärden:\n  nämnden: högst 300\n  KF: minst 100",
            ["a;2026-T1;50", "a;2026-T2;110"],
            "2026-T2",
            """
Indikator | T1 2026 | T2 2026 | Målvärde
Mått | 50 | 110 | nämnden: högst 300 nås hittills (190 under) / KF: minst 100 nås (10 över)
""",
            id="and a target that always holds is the whole year's",
        ),
        pytest.param(
            "måttenhet: procent\nfrekvens: månad\nmålvärden:\n  nämnden: högst 7",
            ["a;2026-01;8", "a;2026-02;8", "a;2026-03;6"],
            "2026-K1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | Målvärde
Mått | 8 % | 8 % | 6 % | nämnden: högst 7 % nås för mars 2026 (1 procentenhet under)
""",
            id="a share of one month is not one of the quarter",
        ),
        pytest.param(
            "typ: ögonblick\nfrekvens: kvartal\nmålvärden:\n  nämnden: högst 12",
            ["a;2026-03-31;10"],
            "2026-K1",
            """
Indikator | K1 2026 | Målvärde
Mått | 10 | nämnden: högst 12 nås (2 under)
""",
            id="how it was on the last day is how the period ended",
        ),
        pytest.param(
            "måttenhet: dagar\nmålvärden:\n  nämnden: högst 26",
            ["a;2026-K3;28", "a;2026-K4;25", "a;2026;27"],
            "2026-K4",
            """
Indikator | K3 2026 | K4 2026 | 2026 | Målvärde
Mått, dagar | 28 | 25 | 27 | \
nämnden: högst 26 dagar (kvartal 4 2026: 25 dagar) nås (1 dagar under)
""",
            id="which value is compared is said where it is not the last one",
        ),
        pytest.param(
            "målvärden:\n  KF: minst 9 000",
            ["a;2026;u.s."],
            "2026",
            """
Indikator | 2026 | Målvärde
Mått | u.s. | KF: minst 9 000
""",
            id="nothing to compare",
        ),
    ],
)
def test_targets_in_words(keys: str, lines: list[str], at: str, expected: str) -> None:
    assert drawn(table(planned(keys, *lines), at)) == expected.strip()


QUOTIENT = """
indikatorer:
  - id: fall
    namn: Fall
    typ: {}
  - id: personer
    namn: Personer
    typ: {}
  - id: a
    namn: Fall per 1 000
    beräkning:
      täljare: fall
      nämnare: personer
      per: 1000
    målvärden:
      nämnden:
        2026: högst 250
      KF:
        2026: minst 110
"""


@pytest.mark.parametrize(
    ("above", "beneath", "at", "expected"),
    [
        ("ackumulerat", "ögonblick", "2026-H1", "nås hittills (130 under) / nås (10 över)"),
        ("ackumulerat", "ögonblick", "2026", "nås inte (50 över) / nås (190 över)"),
        ("ackumulerat", "ackumulerat", "2026-H1", "nås (130 under) / nås (10 över)"),
        ("ögonblick", "ögonblick", "2026-H1", "nås (130 under) / nås (10 över)"),
    ],
)
def test_a_quotient_grows_with_what_stands_above_the_line(
    above: str, beneath: str, at: str, expected: str
) -> None:
    csv = rows("fall;2026-H1;12", "personer;2026-H1;100", "fall;2026;30", "personer;2026;100")
    last = table(small(QUOTIENT.format(above, beneath), csv), at).bodies[0].rows[-1].cells[-1]
    assert last
    told = [
        said(line).partition("högst 250 ")[2] or said(line).partition("minst 110 ")[2]
        for line in last.lines
    ]
    assert " / ".join(told) == expected


@pytest.mark.parametrize(
    ("lines", "at", "expected"),
    [
        pytest.param(
            ["a;2025;;87,1", "a;2026;;84,7", "a;2026;prognos;84"],
            "2026",
            """
Indikator | 2025 | 2026 | prognos 2026
Mått | 87,1 % | 84,7 % | 84,0 %
""",
            id="last year, this year, and what was expected of it",
        ),
        pytest.param(
            ["a;2025;;87,1", "a;2025;prognos;86", "a;2026;;84,7"],
            "2026",
            """
Indikator | 2025 | 2026
Mått | 87,1 % | 84,7 %
""",
            id="what was expected of last year is old news",
        ),
        pytest.param(
            ["a;2026-T1;;80", "a;2026;prognos;86"],
            "2026-T1",
            """
Indikator | T1 2026 | prognos 2026
Mått | 80,0 % | 86,0 %
""",
            id="a forecast of a year that is not over",
        ),
        pytest.param(
            ["a;2026;;84,7", "a;2026;riket;80", "a;2025;liknande;82", "a;2026;liknande;84,7"],
            "2026",
            """
Indikator | 2026 | riket 2026 | liknande 2025 | liknande 2026
Mått | 84,7 % | 80,0 % / utfallet 4,7 procentenheter högre | 82,0 % \
| 84,7 % / utfallet är lika
""",
            id="beside others: how ours differs, where it is of the same period",
        ),
        pytest.param(
            ["a;2026;;x", "a;2026;riket;80"],
            "2026",
            """
Indikator | 2026 | riket 2026
Mått | x | 80,0 %
""",
            id="a protected value is not to be told by a difference",
        ),
    ],
)
def test_other_series_beside_the_outcome(lines: list[str], at: str, expected: str) -> None:
    plan = planned("måttenhet: procent\ndecimaler: 1", *lines, columns=SERIES)
    assert drawn(table(plan, at)) == expected.strip()


@pytest.mark.parametrize(
    ("keys", "value", "head", "expected"),
    [
        ("måttenhet: dagar\ndecimaler: 1", "12,25", "Mått, dagar", "12,3"),
        ("måttenhet: tkr", "1200", "Mått, tkr", "1 200"),
        ("måttenhet: plats bland 290", "17", "Mått, plats bland 290", "17"),
        ("måttenhet: per 1 000 invånare\ndecimaler: 2", "0,5", "Mått, per 1 000 invånare", "0,50"),
        ("måttenhet: index\ndecimaler: 1", "81", "Mått", "81,0"),
        ("måttenhet: procent", "81", "Mått", "81 %"),
    ],
)
def test_a_unit_is_told_with_the_name_or_the_figure(
    keys: str, value: str, head: str, expected: str
) -> None:
    row = drawn(table(planned(keys, f"a;2026;{value}"), "2026")).splitlines()[-1]
    assert row.replace("\u00a0", " ") == f"{head} | {expected}"


@pytest.mark.parametrize(
    ("value", "remark", "cell", "note"),
    [
        ("40", "Omkring", "omkring 40", ""),
        ("1 200", "ungefär.", "ungefär 1 200", ""),
        ("35", "Fler än", "fler än 35", ""),
        ("40", "Omkring, enligt enhetens uppskattning", "40", "2026: Omkring, enligt enhetens"),
        ("u.s.", "Omkring", "u.s.", "2026: Omkring."),
        ("3", "Ny mätning", "3", "2026: Ny mätning."),
    ],
)
def test_a_remark_on_how_near_a_value_is_stands_before_it(
    value: str, remark: str, cell: str, note: str
) -> None:
    found = table(
        planned("", f"a;2026;{value};{remark}", columns="indikator;period;värde;anm"), "2026"
    )
    assert drawn(found).splitlines()[-1] == f"Mått | {cell}"
    assert said(found.notes[0]).startswith(note or "Källa")


def test_a_correction_is_told_as_one_whatever_its_remark() -> None:
    plan = planned(
        "",
        "a;2026-T1;4;;",
        "a;2026-T1;5;2026-T2;Omkring",
        columns="indikator;period;värde;gäller_från;anm",
    )
    notes = [said(line) for line in table(plan, "2026-T2").notes]
    assert notes[0] == "Tertial 1 2026: rättad från 4 till 5, gäller från tertial 2 2026. Omkring."


GROUP = """
indikatorer:
  - id: a
    namn: Stöd
    måttenhet: procent
    riktning: öka
    indikatorer:
      - id: trygga
        namn: Trygga
      - id: nojda
        namn: Nöjda
      - id: aterkom
        namn: Återkom, inom ett år
        riktning: minska
"""
YEARS = [f"{id};{year};70" for id in ("trygga", "nojda", "aterkom") for year in (2025, 2026)]


def test_which_way_is_better_is_told_where_there_is_something_to_compare() -> None:
    notes = [said(line) for line in table(small(GROUP, rows(*YEARS)), "2026").notes]
    assert notes[:2] == [
        "Högre värden är bättre: Trygga och Nöjda.",
        "Lägre värden är bättre: Återkom, inom ett år.",
    ]
    alone = small(GROUP, rows(*YEARS[1::2]))
    assert [said(line) for line in table(alone, "2026").notes] == ["Källa: 0.csv rad 2–4."]


def test_a_target_tells_which_way_is_better() -> None:
    keys = "riktning: öka\nmålvärden:\n  enheten: minst 5"
    notes = table(planned(keys, "a;2025;3", "a;2026;4"), "2026").notes
    assert [said(line) for line in notes] == ["Källa: 0.csv rad 2–3."]


SEX = "indikator;period;kön;värde"
BY_SEX = ["trygga;2026;;82", "trygga;2026;kvinnor;85", "trygga;2026;män;79"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [*BY_SEX, "nojda;2025;;60", "nojda;2026;;70", "nojda;2026;män;x"],
            """
Indikator | 2025 | 2026 | kvinnor 2026 | män 2026
Trygga | – | 82 % | 85 % | 79 %
Nöjda | 60 % | 70 % | – | x
Återkom, inom ett år | – | – | – | –
""",
            id="where several are broken down, the steps are columns",
        ),
        pytest.param(
            BY_SEX,
            """
Indikator | 2026
Trygga | 82 %
kvinnor | 85 %
män | 79 %
Nöjda | –
Återkom, inom ett år | –
""",
            id="of one indicator they are rows",
        ),
        pytest.param(
            [*BY_SEX, "nojda;2026;män;70", "nojda;2025;män;60"],
            """
Indikator | 2025 | 2026
Trygga | – | 82 %
kvinnor | – | 85 %
män | – | 79 %
Nöjda | – | –
män | 60 % | 70 %
Återkom, inom ett år | – | –
""",
            id="and where they are told of several periods",
        ),
    ],
)
def test_the_steps_of_a_breakdown_as_columns_or_rows(lines: list[str], expected: str) -> None:
    assert drawn(table(small(GROUP, rows(*lines, columns=SEX)), "2026")) == expected.strip()


NUMBERS = st.decimals(-1000, 1000, places=3).map(lambda each: number(f"{each:f}"))


@given(NUMBERS, NUMBERS, st.integers(0, 3))
def test_a_distance_is_never_printed_as_nothing(one: object, other: object, decimals: int) -> None:
    here, there = (Tal(each, "procent", decimals) for each in (one, other))  # type: ignore[arg-type]
    found = apart(here, there)
    if isinstance(found, str):
        assert found.startswith("mindre än ")
    else:
        assert isinstance(found, Figure)
        assert here.värde == there.värde or set(found.shown) & set("123456789")
