"""Line charts: which are drawn, what stands in them and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import combinations, pairwise

import pytest
from examples import havsnäs, rows, small, unit
from hypothesis import given
from hypothesis import strategies as st

from kvalitet import resources
from kvalitet.figure import Tal, bounds_text
from kvalitet.model.indicator import parse_target
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.render import render
from kvalitet.svenska import NO_BREAK_SPACE, number
from kvalitet.view.chart.axis import axis
from kvalitet.view.chart.geometry import BASELINE, LINE, Box, width
from kvalitet.view.chart.plot import drawn
from kvalitet.view.chart.series import Point, Reference, Series
from kvalitet.view.document import Chart, Document, Label, Table
from kvalitet.view.scene import scene
from kvalitet.view.tables import indicator_table

YEARS = (2020, 2021, 2022)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]


def series(
    values: str,
    unit: str = "procent",
    periods: Sequence[str] = MONTHS,
    baseline: str = "",
    targets: Sequence[str] = (),
    new: Sequence[str] = (),
    scale: tuple[int, int] | None = None,
) -> Series:
    """A series of these values and marks; each target as `whose: minst N`."""
    told = values.split()
    held = [_baseline(baseline, unit)] if baseline else []
    return Series(
        "a",
        "Anmälningar",
        unit,
        tuple(
            Point(Period.parse(period), _tal(text, unit))
            for period, text in zip(periods, told, strict=False)
        ),
        (*held, *(_target(target, unit) for target in targets)),
        tuple(map(Period.parse, new)),
        scale,
    )


def _tal(text: str, unit: str) -> Tal:
    if text == "x":
        return Tal(None, unit, kind="skyddad")
    if text == "–" or "." in text:
        return Tal(None, unit, kind="saknas", märke=text.strip("–"))
    return Tal(number(text), unit, len(text.partition(",")[2]))


def _baseline(text: str, unit: str) -> Reference:
    tal = _tal(text, unit)
    return Reference("ingångsvärde", "ingångsvärde", tal.text(), (number(text),))


def _target(text: str, unit: str) -> Reference:
    whose, _, bounds = text.partition(": ")
    target = parse_target(bounds)
    levels = tuple(each for each in (target.lägst, target.högst) if each is not None)
    shown = bounds_text(target.lägst, target.högst, unit)
    return Reference("målvärde", f"mål, {whose}", shown, levels)


def chart(of: Series) -> Chart:
    (found,) = drawn([of])
    return found


def words(found: Chart, kind: str) -> list[str]:
    """What a chart says of one kind, with plain spaces."""
    return [each.text.replace(NO_BREAK_SPACE, " ") for each in found.labels if each.kind == kind]


def ticks(found: Chart) -> list[str]:
    """The names on the upright axis, from the foot."""
    ends = [each for each in found.labels if each.kind == "axel" and each.anchor == "end"]
    return [each.text.replace(NO_BREAK_SPACE, " ") for each in ends]


def times(found: Chart) -> list[str]:
    """The names on the axis of time, a second line after a stroke."""
    told: dict[str, list[str]] = {}
    for each in found.labels:
        if each.kind == "axel" and each.anchor == "middle":
            told.setdefault(each.x, []).append(each.text)
    return ["/".join(lines) for lines in told.values()]


def places(points: str) -> list[tuple[Fraction, ...]]:
    return [tuple(map(Fraction, place.split(","))) for place in points.split()]


def lines(found: Chart, kind: str) -> list[str]:
    return [each.points for each in found.strokes if each.kind == kind]


PIECES = """
axel 37.4,152.0 245.3,152.0
rutnät 37.4,108.7 245.3,108.7
rutnät 37.4,65.3 245.3,65.3
rutnät 37.4,22.0 245.3,22.0
axel 49.4,152.0 49.4,156.0
axel 108.7,152.0 108.7,156.0
axel 172.0,152.0 172.0,156.0
axel 233.3,152.0 233.3,156.0
ingångsvärde 37.4,108.7 245.3,108.7
hänvisning 245.3,108.7 253.3,108.7
målvärde 37.4,43.7 245.3,43.7
hänvisning 245.3,43.7 253.3,43.7
utfall 49.4,91.3 108.7,61.0
punkt 49.4,91.3
punkt 108.7,61.0
punkt 233.3,78.3
axel 33.4,155.5 end 0 %
axel 33.4,112.2 end 10 %
axel 33.4,68.8 end 20 %
axel 33.4,25.5 end 30 %
axel 49.4,179.0 middle jan
axel 49.4,192.0 middle 2020
axel 108.7,179.0 middle feb
axel 172.0,179.0 middle mar
axel 233.3,179.0 middle apr
lucka 172.0,166.0 middle u.s.
ingångsvärde 255.3,105.7 start ingångsvärde
ingångsvärde 255.3,118.7 start 10 %
målvärde 255.3,40.7 start mål, nämnden
målvärde 255.3,53.7 start minst 25 %
värde 233.3,93.8 middle 17
värde 108.7,76.5 middle 21
värde 49.4,82.8 middle 14
"""


def test_every_piece_has_its_place() -> None:
    found = chart(series("14 21 u.s. 17", baseline="10", targets=["nämnden: minst 25"]))
    pieces = [
        *(f"{each.kind} {each.points}" for each in found.strokes),
        *(f"punkt {each.x},{each.y}" for each in found.dots),
        *(f"{each.kind} {each.x},{each.y} {each.anchor} {each.text}" for each in found.labels),
    ]
    assert (found.width, found.height) == ("340.0", "196.0")
    assert "\n".join(pieces).replace(NO_BREAK_SPACE, " ") == PIECES.strip()


AXES = [
    # values, unit, decimals, scale of the answers, ticks
    ("14 21 17", "procent", 0, None, "0 % · 10 % · 20 % · 30 %"),
    ("97 98 99", "procent", 0, None, "0 % · 50 % · 100 %"),
    ("97 100 99,6", "procent", 1, None, "0 % · 50 % · 100 %"),
    ("97 104 100", "procent", 0, None, "0 % · 50 % · 100 % · 150 %"),
    ("0 0 0", "procent", 0, None, "0 % · 50 % · 100 %"),
    ("0 2,4 1,2", "procent", 1, None, "0 % · 1 % · 2 % · 3 %"),
    ("0,1 0,3 0,2", "procent", 1, None, "0,0 % · 0,1 % · 0,2 % · 0,3 %"),
    ("0 0 0", "antal", 0, None, "0 · 1"),
    ("1 1 2", "antal", 0, None, "0 · 1 · 2"),
    ("5 5 5", "antal", 0, None, "0 · 2 · 4 · 6"),
    ("88 101 93", "antal", 0, None, "0 · 50 · 100 · 150"),
    ("1234567 998000", "antal", 0, None, "0 · 500 000 · 1 000 000 · 1 500 000"),
    ("-5 12 3", "antal", 0, None, "−5 · 0 · 5 · 10 · 15"),
    ("-301 7", "procent", 0, None, "−400 % · −200 % · 0 %"),
    ("-12 -2,5", "tkr", 1, None, "−15 · −10 · −5 · 0"),
    ("3,25 3,72", "medelvärde", 2, (1, 5), "1 · 2 · 3 · 4 · 5"),
    ("7 8", "medelvärde", 0, (1, 10), "1 · 4 · 7 · 10"),
    ("4 5", "medelvärde", 0, (1, 6), "1 · 6"),
    ("3,25 3,72", "medelvärde", 2, None, "0 · 1 · 2 · 3 · 4"),
    ("3,25 5,4", "medelvärde", 2, (1, 5), "0 · 2 · 4 · 6"),
]


@pytest.mark.parametrize(("values", "unit", "decimals", "scale", "expected"), AXES)
def test_the_upright_axis(
    values: str, unit: str, decimals: int, scale: tuple[int, int] | None, expected: str
) -> None:
    found = axis([number(text) for text in values.split()], unit, decimals, scale)
    shown = " · ".join(text for _, text in found.named).replace(NO_BREAK_SPACE, " ")
    assert shown == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (series("14 21 17", baseline="34"), "40 %"),
        (series("14 21 17", targets=["nämnden: minst 90"]), "100 %"),
        (series("14 21 17 x", targets=["nämnden: 50-70"]), "80 %"),
        (series("14 21 x 17"), "30 %"),
    ],
)
def test_the_axis_has_room_for_what_the_values_are_held_against(of: Series, expected: str) -> None:
    assert ticks(chart(of))[-1] == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(series("1 2 3 4"), [4], id="one line"),
        pytest.param(series("1 2 u.s. 4 5"), [2, 2], id="a gap is not bridged"),
        pytest.param(series("1 2 – 4"), [2], id="a value alone has a point and no line"),
        pytest.param(series("e.m. 2 3 4 x"), [3], id="gaps at the ends"),
        pytest.param(series("1 2 3 4", new=["2020-03"]), [2, 2], id="broken by a new definition"),
        pytest.param(series("1 2 3 4", new=["2020"]), [4], id="no break before the first"),
    ],
)
def test_a_line_joins_only_what_can_be_compared(of: Series, expected: list[int]) -> None:
    found = chart(of)
    assert [len(places(line)) for line in lines(found, "utfall")] == expected
    assert len(found.dots) == sum(point.tal.värde is not None for point in of.points)


def test_periods_stand_as_far_apart_as_their_days() -> None:
    found = chart(series("4 8 3", periods=["2019-02-01", "2020-02-01", "2020-08-01"]))
    first, second, third = (Fraction(dot.x) for dot in found.dots)
    assert abs((second - first) / (third - first) - Fraction(365, 547)) < Fraction(1, 1000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("1 2 u.s. 4", ["u.s."]),
        ("e.m. 2 – x 5 6", ["e.m.", "–", "x"]),
        ("1 u.s. u.s. u.s. 5 x", ["u.s.", "x"]),
        ("1 2 3", []),
    ],
)
def test_a_gap_is_marked_beneath_the_axis_once_for_those_in_a_row(
    values: str, expected: list[str]
) -> None:
    found = chart(series(values))
    assert words(found, "lucka") == expected
    foot = max(y for line in lines(found, "axel") for _, y in places(line))
    assert all(Fraction(each.y) > foot for each in found.labels if each.kind == "lucka")


ABOVE_AND_BELOW = [
    ("10 20 30", "10↓ 20↑ 30↑"),
    ("30 10 20", "30↑ 10↓ 20↑"),
    ("14 21 17 17 19 19", "14↓ 21↑ 17↑ 17↑ 19↑ 19↑"),
    ("5 5 5", "5↑ 5↑ 5↑"),
    ("0 0 0", "0↑ 0↑ 0↑"),
    ("0,0 2,4 1,2", "0,0↑ 2,4↑ 1,2↓"),
]


def test_what_is_protected_moves_nothing() -> None:
    protected, missing = chart(series("14 21 x 17")), chart(series("14 21 u.s. 17"))
    assert (protected.strokes, protected.dots) == (missing.strokes, missing.dots)


@pytest.mark.parametrize(("values", "expected"), ABOVE_AND_BELOW)
def test_a_value_stands_above_its_point_but_below_a_low_one(values: str, expected: str) -> None:
    found = chart(series(values, "antal"))
    told = sorted((each for each in found.labels if each.kind == "värde"), key=_x)
    sides = zip(told, found.dots, strict=True)
    shown = (
        f"{each.text}{'↑' if Fraction(each.y) < Fraction(dot.y) else '↓'}" for each, dot in sides
    )
    assert " ".join(shown) == expected


def _x(label: Label) -> Fraction:
    return Fraction(label.x)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (range(10, 22), [str(n) for n in range(10, 22)]),
        ([5, 9, 7, 6, 8, 7, 6, 2, 7, 6, 8, 7, 4], ["5", "9", "2", "4"]),
        ([5] * 36, ["5", "5"]),
    ],
)
def test_of_more_than_twelve_values_only_the_ends_and_extremes_are_told(
    values: Sequence[int], expected: list[str]
) -> None:
    found = chart(series(" ".join(map(str, values)), "antal"))
    told = sorted((each for each in found.labels if each.kind == "värde"), key=_x)
    assert [each.text for each in told] == expected


TIMES = [
    (MONTHS[:6], "jan/2020 feb mar apr maj jun"),
    (MONTHS[:12], "feb/2020 apr jun aug okt dec"),
    (MONTHS[9:15], "okt/2020 nov dec jan/2021 feb mar"),
    (MONTHS, "apr/2020 aug dec apr/2021 aug dec apr/2022 aug dec"),
    (["2018", "2019", "2020"], "2018 2019 2020"),
    (["2020-T1", "2020-T2", "2020-T3"], "T1/2020 T2 T3"),
    (["2019-02-01", "2020-02-01", "2020-08-01"], "1 feb/2019 1 feb/2020 1 aug"),
    (["2019-04/2020-03", "2019-08/2020-07"], "apr 2019–/mar 2020 aug 2019–/jul 2020"),
]


@pytest.mark.parametrize(("periods", "expected"), TIMES)
def test_the_axis_of_time_names_the_last_period_and_as_many_as_there_is_room_for(
    periods: Sequence[str], expected: str
) -> None:
    found = chart(series("1 " * len(periods), "antal", periods))
    assert " ".join(times(found)) == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (series("14 21 17", baseline="10"), "ingångsvärde / 10 %"),
        (series("4 5 3", "dagar", targets=["nämnden: högst 3"]), "mål, nämnden / högst 3 dagar"),
        (
            series("14 21 17", baseline="10", targets=["enheten: minst 12", "KF: 15-20"]),
            "ingångsvärde / 10 % / mål, enheten / minst 12 % / mål, KF / 15–20 %",
        ),
        (
            series("14 21 17", targets=["kommunfullmäktige: minst 95"]),
            "mål, / kommunfullmäktige / minst 95 %",
        ),
        (
            series("14 21 17", targets=["arbetsmarknadsnämnden: minst 95"]),
            "mål, / arbetsmarknadsn… / minst 95 %",
        ),
    ],
)
def test_a_level_is_named_beside_the_plot(of: Series, expected: str) -> None:
    found = chart(of)
    named = [each for each in found.labels if each.kind in ("ingångsvärde", "målvärde")]
    assert " / ".join(each.text for each in named).replace(NO_BREAK_SPACE, " ") == expected
    ends = [place for line in lines(found, "hänvisning") for place in places(line)]
    assert all(Fraction(each.x) > max(x for x, _ in ends) for each in named)


def test_a_new_definition_is_named_above_its_line() -> None:
    found = chart(series("40 44 42 66 70", new=["2020-04"]))
    (line,), (label,) = lines(found, "brott"), [e for e in found.labels if e.kind == "brott"]
    (x, top), _ = places(line)
    assert (label.text, Fraction(label.x)) == ("ny definition", x)
    assert Fraction(label.y) <= top
    assert Fraction(found.dots[2].x) < x < Fraction(found.dots[3].x)


def test_percentages_of_one_table_share_both_axes() -> None:
    small_, great = drawn([series("4 8 3", periods=MONTHS), series("48 63 65", baseline="50")])
    assert ticks(small_) == ticks(great) == ["0 %", "20 %", "40 %", "60 %", "80 %"]
    assert [dot.x for dot in small_.dots] == [dot.x for dot in great.dots]
    assert small_.height == great.height


def test_counts_of_one_table_share_the_axis_of_time_alone() -> None:
    few, many = drawn([series("4 8 3", "antal"), series("400 800 300")])
    assert (ticks(few)[-1], ticks(many)[-1]) == ("8", "800 %")
    assert [dot.x for dot in few.dots] == [dot.x for dot in many.dots]


def test_numbers_too_long_for_an_axis_are_left_to_the_table() -> None:
    assert drawn([series(f"{10**29} 2 3", "antal", baseline="1")]) == ()


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (
            series("14 u.s. x 17", baseline="10", targets=["nämnden: minst 60"]),
            """
Linjediagram över Anmälningar: 14 % (januari 2020), uppgift saknas (februari 2020), \
skyddad uppgift (mars 2020) och 17 % (april 2020). Ingångsvärde: 10 %. Mål, nämnden: minst 60 %.
""",
        ),
        (
            series("3 4 5", "dagar", new=["2020-02"]),
            """
Linjediagram över Anmälningar: 3 dagar (januari 2020), 4 dagar (februari 2020) och \
5 dagar (mars 2020). Ny definition från februari 2020.
""",
        ),
    ],
)
def test_a_chart_says_all_of_it_in_words(of: Series, expected: str) -> None:
    assert chart(of).description.replace(NO_BREAK_SPACE, " ") == expected.strip()


# From a plan's files to its charts.


def table(plan: Plan, at: str, id: str = "a") -> Table:
    report = havsnäs().reports["lagesrapport"]
    found = indicator_table(scene(plan, report, Period.parse(at), Register({"p": plan})), id)
    assert found is not None
    return found


ALONE = """
indikatorer:
  - id: a
    namn: Anmälningar
"""
MONTHLY = ALONE + "    frekvens: månad\n"
QUARTERLY = ALONE + "    frekvens: kvartal\n"
SHARE = MONTHLY + "    måttenhet: procent\n"
TARGET = "    målvärden:\n      nämnden: minst 60\n"
FOUR = ("a;2026-01;1", "a;2026-02;2", "a;2026-03;3", "a;2026-04;4")


@pytest.mark.parametrize(
    ("yaml", "csv", "at", "expected"),
    [
        pytest.param(MONTHLY, rows(*FOUR), "2026-T1", "1 2 3 4", id="months without their sum"),
        pytest.param(MONTHLY, rows(*FOUR[:2]), "2026-T1", "", id="two values are too few"),
        pytest.param(MONTHLY, rows(*FOUR[1:]), "2026-T1", "2 3 4", id="three are enough"),
        pytest.param(
            MONTHLY,
            rows("a;2026-01;u.s.", "a;2026-02;2", "a;2026-03;3"),
            "2026-T1",
            "",
            id="a mark is no value",
        ),
        pytest.param(
            ALONE,
            rows("a;2025-K4;1", "a;2026-01;2", "a;2026-02;3"),
            "2026-T1",
            "",
            id="amounts of unequal periods",
        ),
        pytest.param(
            ALONE + "    måttenhet: procent\n",
            rows("a;2025;1", "a;2026-01;2", "a;2026-04;3"),
            "2026-T1",
            "1 2 3",
            id="shares of unequal periods",
        ),
        pytest.param(
            QUARTERLY,
            rows("a;2026-K1;1", "a;2026-K2;2", "a;2026-K3;3", "a;2026-K4;4"),
            "2026",
            "1 2 3 4",
            id="quarters without tertials and year",
        ),
        pytest.param(
            ALONE + "    typ: ackumulerat\n",
            rows("a;2025-T2;8", "a;2025;9", "a;2026-K1;1", "a;2026-H1;2", "a;2026-08-31;3"),
            "2026-T2",
            "1 2 3",
            id="what is counted from New Year, of one year alone",
        ),
        pytest.param(
            ALONE + "    typ: ackumulerat\n",
            rows("a;2025-K1;7", "a;2025;9", "a;2026-K1;1", "a;2026-H1;2"),
            "2026-T2",
            "",
            id="of which two values are too few",
        ),
        pytest.param(
            MONTHLY + "    typ: ögonblick\n",
            rows("a;2025-04;9", *FOUR),
            "2026-T1",
            "1 2 3 4",
            id="the same month of last year stands in the table alone",
        ),
    ],
)
def test_what_is_drawn_of_a_table(yaml: str, csv: str, at: str, expected: str) -> None:
    charts = table(small(yaml, csv), at).charts
    told = [sorted((e for e in found.labels if e.kind == "värde"), key=_x) for found in charts]
    assert [" ".join(each.text for each in labels) for labels in told] == list(
        filter(None, [expected])
    )


@pytest.mark.parametrize(
    ("yaml", "csv", "expected"),
    [
        pytest.param(SHARE + TARGET, rows(*FOUR), "mål, nämnden minst 60 %", id="a share's target"),
        pytest.param(
            SHARE + TARGET + "      KF: minst 60\n",
            rows(*FOUR),
            "mål, nämnden och KF minst 60 %",
            id="a target that two have",
        ),
        pytest.param(MONTHLY + TARGET, rows(*FOUR), "", id="a tertial's amount is no month's"),
        pytest.param(
            MONTHLY + "    ingångsvärde: 2025-12\n",
            rows("a;2025-12;9", *FOUR),
            "ingångsvärde 9",
            id="a month beside months",
        ),
        pytest.param(
            MONTHLY + "    ingångsvärde: 2025\n",
            rows("a;2025;90", *FOUR),
            "",
            id="a year's amount is no month's",
        ),
        pytest.param(
            SHARE + "    ingångsvärde: 2025\n",
            rows("a;2025;90", *FOUR),
            "ingångsvärde 90 %",
            id="a year's share beside months",
        ),
        pytest.param(
            MONTHLY,
            rows(
                "a;2026;ingångsvärde;6",
                *(f"a;2026-0{month};utfall;{month}" for month in range(1, 5)),
                columns="indikator;period;serie;värde",
            ),
            "ingångsvärde 6",
            id="a baseline of unknown period",
        ),
        pytest.param(
            SHARE
            + "    ingångsvärde: 2025-12\n    beskrivning:\n      2025: A\n      2026-02: B\n",
            rows("a;2025-12;9", *FOUR),
            "",
            id="a baseline by an older definition",
        ),
        pytest.param(
            SHARE + "    ingångsvärde: 2025-12\n", rows("a;2025-12;x", *FOUR), "", id="protected"
        ),
    ],
)
def test_what_the_values_are_held_against(yaml: str, csv: str, expected: str) -> None:
    (found,) = table(small(yaml, csv), "2026-T1").charts
    assert " ".join(words(found, "ingångsvärde") + words(found, "målvärde")) == expected


STEPS = """    målvärden:
      nämnden:
        2026-01: minst 50
        2026-03: minst 60
        2026: minst 70
      KF: minst 40
"""


def test_a_target_begins_where_it_came_into_force() -> None:
    (found,) = table(small(SHARE + STEPS, rows(*FOUR)), "2026-T1").charts
    assert words(found, "målvärde") == ["mål, nämnden", "minst 70 %", "mål, KF", "minst 40 %"]
    starts = [places(each)[0][0] for each in lines(found, "målvärde")]
    (x_of_march, x_of_april) = sorted(Fraction(dot.x) for dot in found.dots)[-2:]
    assert x_of_march < starts[0] < x_of_april
    assert starts[1] < min(Fraction(dot.x) for dot in found.dots)
    assert "Mål, nämnden: minst 70 %, från april 2026. Mål, KF: minst 40 %." in said(found)


def test_a_target_of_another_time_is_said_not_to_be_drawn() -> None:
    (found,) = table(small(MONTHLY + TARGET, rows(*FOUR)), "2026-T1").charts
    assert found.caption == "Anmälningar, antal"
    assert said(found).endswith("Inte ritat: mål, nämnden, minst 60.")


def said(found: Chart) -> str:
    return found.description.replace(NO_BREAK_SPACE, " ")


def test_neither_steps_nor_parts_are_drawn() -> None:
    csv = rows(
        *(f"a;2026-0{month};{who};{month}" for month in range(1, 5) for who in ("", "kvinnor")),
        columns="indikator;period;kön;värde",
    )
    assert [each.anchor for each in table(small(MONTHLY, csv), "2026-T1").charts] == ["a--diagram"]


def test_a_group_has_a_chart_of_each_member_in_its_order() -> None:
    found = table(unit(), "2026-T2", "forhandsbedomning").charts
    assert [(each.anchor, each.caption) for each in found] == [
        ("anmalningar--diagram", "Orosanmälningar, antal"),
        ("inledda--diagram", "Ledde till utredning, antal"),
        ("ej-inledda--diagram", "Ledde inte till utredning, antal"),
        ("horda--diagram", "Barnet hördes, antal"),
        ("andel-horda--diagram", "Andel där barnet hördes, procent"),
    ]


def test_a_new_definition_breaks_the_line_of_a_table() -> None:
    yaml = SHARE + "    beskrivning:\n      2025: A\n      2026-03: B\n"
    (found,) = table(small(yaml, rows(*FOUR)), "2026-T1").charts
    assert [len(places(line)) for line in lines(found, "utfall")] == [2, 2]


# Whatever the values are.

VALUES = st.one_of(
    st.integers(-(10**7), 10**7).map(str),
    st.integers(0, 100).map(str),
    st.sampled_from(["0", "0,0", "0,3", "99,9", "–", "u.s.", "e.m.", "e.t.", "x"]),
)
WHOSE = st.sampled_from(["nämnden", "KF", "enheten", "kommunfullmäktige", "socialnämnden i X"])
TARGETS = st.builds(
    "{}: {} {}".format, WHOSE, st.sampled_from(["minst", "högst"]), st.integers(-5, 120)
)


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    """Any values, at least one of them no gap, held against anything."""
    periods = draw(st.lists(st.sampled_from(MONTHS), unique=True, min_size=3, max_size=36))
    values = [draw(VALUES) for _ in periods]
    values[draw(st.integers(0, len(values) - 1))] = "7"
    return series(
        " ".join(values),
        draw(st.sampled_from(["procent", "antal", "medelvärde", "tkr", "dagar"])),
        sorted(periods),
        draw(st.one_of(st.just(""), st.integers(-9, 120).map(str))),
        draw(st.lists(TARGETS, max_size=4)),
        draw(st.lists(st.sampled_from(MONTHS), max_size=2)),
        draw(st.sampled_from([None, (1, 5), (0, 10)])),
    )


def boxes(found: Chart) -> list[tuple[str, Box]]:
    """The room that each text takes at most, in tenths."""
    return [(each.text, _box(each)) for each in found.labels]


def _box(label: Label) -> Box:
    x, y, wide = int(Fraction(label.x) * 10), int(Fraction(label.y) * 10), width(label.text)
    left = x - {"start": 0, "middle": wide // 2, "end": wide}[label.anchor]
    return Box(left, y - BASELINE, left + wide, y - BASELINE + LINE)


@given(any_series())
def test_no_text_is_cut_or_lies_on_another(of: Series) -> None:
    for found in drawn([of]):
        paper = Box(0, 0, int(Fraction(found.width) * 10), int(Fraction(found.height) * 10))
        taken = boxes(found)
        assert [text for text, box in taken if not paper.holds(box)] == []
        assert [(a, b) for (a, one), (b, two) in combinations(taken, 2) if one.overlaps(two)] == []


@given(any_series())
def test_every_place_is_within_the_chart(of: Series) -> None:
    for found in drawn([of]):
        drawn_places = [place for stroke in found.strokes for place in places(stroke.points)]
        dots = [(Fraction(dot.x), Fraction(dot.y)) for dot in found.dots]
        for x, y in (*drawn_places, *dots):
            assert 0 <= x <= Fraction(found.width)
            assert 0 <= y <= Fraction(found.height)


@given(any_series())
def test_a_value_has_a_point_and_what_is_missing_has_none(of: Series) -> None:
    for found in drawn([of]):
        assert len(found.dots) == sum(point.tal.värde is not None for point in of.points)
        on_lines = [place for line in lines(found, "utfall") for place in places(line)]
        assert set(on_lines) <= {(Fraction(dot.x), Fraction(dot.y)) for dot in found.dots}
        assert all(a.x != b.x for a, b in pairwise(found.dots))


@given(any_series())
def test_higher_values_stand_higher(of: Series) -> None:
    told = [point.tal.värde for point in of.points if point.tal.värde is not None]
    for found in drawn([of]):
        by_value = sorted(zip(told, (Fraction(dot.y) for dot in found.dots), strict=True))
        assert all(low[1] >= high[1] for low, high in pairwise(by_value))


@given(any_series())
def test_few_ticks_and_never_past_a_hundred_percent_without_need(of: Series) -> None:
    numbers = [point.tal.värde for point in of.points if point.tal.värde is not None]
    numbers += [level for held in of.references for level in held.levels]
    for found in drawn([of]):
        assert 2 <= len(ticks(found)) <= 5
        if of.måttenhet == "procent" and max(numbers) <= 100 and not of.svarsskala:
            assert number(ticks(found)[-1].replace(" %", "")) <= 100


# On the page.


class Reader(HTMLParser):
    """The tags of a page, and the words in each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and data.strip():
            self.words.append((self.tags[-1][0], data.strip()))


def page(of: Series, format: str = "html") -> str:
    whole = Table("Anmälningar", (), (), anchor="a", charts=drawn([of]))
    document = Document("Rapport", "Plan", (), (whole,), ())
    return render(document, format, [resources.templates()])


def test_a_chart_is_one_picture_told_in_words_for_who_does_not_see_it() -> None:
    of = replace(series("14 21 x 17", baseline="10"), namn="<Anmälningar> & annat")
    read = Reader(page(of))
    (svg,) = [attributes for tag, attributes in read.tags if tag == "svg"]
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    after = [tag for tag, _ in read.tags][[tag for tag, _ in read.tags].index("svg") :]
    told = dict(read.words)
    assert svg["role"] == "img"
    assert ("title", {"id": svg["aria-labelledby"]}) in read.tags
    assert after[:3] == ["svg", "title", "g"]
    assert ("g", {"aria-hidden": "true"}) in read.tags
    assert told["title"] == chart(of).description
    assert told["figcaption"] == "<Anmälningar> & annat, procent"
    assert "a--diagram" in ids
    assert len(ids) == len(set(ids))


def test_a_page_places_every_piece_of_a_chart() -> None:
    of = series("14 21 x 17", baseline="10", targets=["nämnden: minst 60"], new=["2020-02"])
    found, read = chart(of), Reader(page(of))
    count = {tag: sum(each == tag for each, _ in read.tags) for tag in ("polyline", "circle")}
    assert count == {"polyline": len(found.strokes), "circle": len(found.dots)}
    assert [text for tag, text in read.words if tag == "text"] == [
        each.text for each in found.labels
    ]


def test_markdown_has_no_chart_since_its_table_is_there() -> None:
    assert "svg" not in page(series("14 21 17"), "md")
    assert "Linjediagram" not in page(series("14 21 17"), "md")


def test_lines_differ_by_more_than_colour() -> None:
    css = re.sub(r"\s+", " ", resources.templates().joinpath("sida.css").read_text("utf-8"))
    dashes = re.findall(r"\.diagram polyline\.(\w+) \{[^}]*stroke-dasharray: ([\d ]+)", css)
    assert len({dash for _, dash in dashes}) == len(dashes) == 3
