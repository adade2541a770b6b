"""Tables in other calendars than the tertials: which rows are shown, added up and compared."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from drawing import drawn, said
from examples import havsnäs, rows, small
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period, divide
from kvalitet.view.columns import Figures, columns
from kvalitet.view.document import Table
from kvalitet.view.scene import Scene, scene
from kvalitet.view.spans import OUTCOME
from kvalitet.view.subjects import subjects
from kvalitet.view.tables import indicator_table

HEAD = "indikatorer:\n  - id: a\n    namn: Anmälningar\n"
MONTHS = [f"a;{year}-{month:02};{month}" for year in (2025, 2026) for month in range(1, 13)]
QUARTERS = [f"a;{year}-K{number};{number}" for year in (2025, 2026) for number in range(1, 5)]
SINCE_NEW_YEAR = [
    *("a;2025-K1;5", "a;2025-H1;9", "a;2025-08-31;12", "a;2025;20"),
    *("a;2026-K1;6", "a;2026-H1;11", "a;2026-08-31;13", "a;2026;18"),
]


def planned(keys: str, *lines: str, columns: str = "indikator;period;värde") -> Plan:
    """A plan with one indicator, of these keys, and these rows."""
    yaml = HEAD + "".join(f"    {line}\n" for line in keys.splitlines())
    return small(yaml, rows(*lines, columns=columns))


def at(plan: Plan, period: str) -> Scene:
    report = havsnäs().reports["lagesrapport"]
    return scene(plan, report, Period.parse(period), Register({"p": plan}))


def table(plan: Plan, period: str) -> Table:
    found = indicator_table(at(plan, period), "a")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("keys", "lines", "period", "expected"),
    [
        pytest.param(
            "frekvens: månad",
            MONTHS,
            "2026-T1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | T1 2025 | T1 2026
Anmälningar | 1 | 2 | 3 | 4 | 10 | 10
""",
            id="a tertial: what the months add up to, and the same tertial last year",
        ),
        pytest.param(
            "frekvens: månad",
            MONTHS,
            "2026-K2",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | maj 2026 | jun 2026 \
| K2 2025 | K1 2026 | K2 2026
Anmälningar | 1 | 2 | 3 | 4 | 5 | 6 | 15 | 6 | 15
""",
            id="a quarter adds up by quarters",
        ),
        pytest.param(
            "frekvens: kvartal",
            QUARTERS,
            "2026-H2",
            """
Indikator | K1 2026 | K2 2026 | K3 2026 | K4 2026 | H2 2025 | H1 2026 | H2 2026
Anmälningar | 1 | 2 | 3 | 4 | 7 | 3 | 7
""",
            id="two quarters are a half-year",
        ),
        pytest.param(
            "frekvens: kvartal\ntyp: ögonblick",
            QUARTERS,
            "2026-H2",
            """
Indikator | K4 2025 | K1 2026 | K2 2026 | K3 2026 | K4 2026
Anmälningar | 4 | 1 | 2 | 3 | 4
""",
            id="but not of what is counted on a day",
        ),
        pytest.param(
            "frekvens: kvartal",
            QUARTERS,
            "2026-08-31",
            """
Indikator | K2 2025 | K1 2026 | K2 2026
Anmälningar | 2 | 1 | 2
""",
            id="quarters do not reach the end of August, so nothing is added up to it",
        ),
        pytest.param(
            "frekvens: månad",
            MONTHS,
            "2026-08-31",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | maj 2026 | jun 2026 | jul 2026 | aug 2026 \
| jan–aug 2025 | jan–aug 2026
Anmälningar | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 36 | 36
""",
            id="months do: a report of a day adds up the year so far",
        ),
        pytest.param(
            "frekvens: dag",
            [f"a;2026-{day};1" for day in ("02-01", "02-02", "02-03")]
            + [f"a;2026-01-{day:02};1" for day in range(1, 32)],
            "2026-02-03",
            """
Indikator | jan 2026 | 1 feb–3 feb 2026 | 1 jan–3 feb 2026
Anmälningar | 31 | 3 | 34
""",
            id="the days of a month that is not over are told together",
        ),
        pytest.param(
            "frekvens: månad",
            MONTHS,
            "2025-11/2026-02",
            """
Indikator | nov 2025 | dec 2025 | jan 2026 | feb 2026 | nov 2025–feb 2026
Anmälningar | 11 | 12 | 1 | 2 | 26
""",
            id="a report that begins last year shows all of its own months",
        ),
        pytest.param(
            "typ: ackumulerat\nfrekvens: kvartal",
            SINCE_NEW_YEAR,
            "2026-08-31",
            """
Indikator | 31 aug 2025 | K1 2026 | K2 2026 | 31 aug 2026
Anmälningar | 12 | 6 | 11 | 13
""",
            id="counted since New Year: each as it was told, and where it was at the end of August",
        ),
        pytest.param(
            "typ: ackumulerat",
            SINCE_NEW_YEAR,
            "2026",
            """
Indikator | K1 2025 | H1 2025 | 31 aug 2025 | 2025 | K1 2026 | H1 2026 | 31 aug 2026 | 2026
Anmälningar | 5 | 9 | 12 | 20 | 6 | 11 | 13 | 18
""",
            id="with no rhythm all is shown that is told since last year",
        ),
        pytest.param(
            "typ: ögonblick\nfrekvens: tertial",
            ["a;2025-08-31;4", "a;2026-04-30;5", "a;2026-08-31;6"],
            "2026-T2",
            """
Indikator | T2 2025 | T1 2026 | T2 2026
Anmälningar | 4 | 5 | 6
""",
            id="a day tells how it was when the tertial ended",
        ),
        pytest.param(
            "måttenhet: procent\nfrekvens: tertial",
            ["a;2026-02;5", "a;2026-04;6", "a;2026-T2;8"],
            "2026-T2",
            """
Indikator | feb 2026 | apr 2026 | T2 2026
Anmälningar | 5 % | 6 % | 8 %
""",
            id="a share of a month is not that of its tertial, and is shown as what it is",
        ),
        pytest.param(
            "frekvens: tertial",
            ["a;2026-T1;5", "a;2026-05;2", "a;2026-06;3"],
            "2026-H1",
            """
Indikator | T1 2026 | maj 2026 | jun 2026
Anmälningar | 5 | 2 | 3
""",
            id="a tertial and two months are not added up to a half-year",
        ),
        pytest.param(
            "måttenhet: procent\nfrekvens: månad",
            ["a;2026-03;5", "a;2026-04;6", "a;2026-T1;7"],
            "2026-T1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | T1 2026
Anmälningar | – | – | 5 % | 6 % | 7 %
""",
            id="a share told for the tertial beside those of the months",
        ),
        pytest.param(
            "frekvens: halvår",
            ["a;2025-H1;1", "a;2025-H2;2", "a;2026-H1;3"],
            "2026-K3",
            """
Indikator | H1 2025 | H2 2025 | H1 2026
Anmälningar | 1 | 2 | 3
""",
            id="half-years, at the end of a quarter",
        ),
        pytest.param(
            "",
            ["a;2026-T1;4", "a;2026-05/2026-12;7", "a;2026;11"],
            "2026",
            """
Indikator | T1 2026 | maj–dec 2026 | 2026
Anmälningar | 4 | 7 | 11
""",
            id="spans of the year's own",
        ),
        pytest.param(
            "",
            ["a;2026-T2;1"],
            "2026",
            """
Indikator | T2 2026
Anmälningar | 1
""",
            id="one tertial alone is not the year's sum",
        ),
        pytest.param(
            "",
            ["a;2025;21"],
            "2026",
            """
Indikator | 2025
Anmälningar | 21
""",
            id="what was counted last year and told of this year",
        ),
    ],
)
def test_which_periods_are_shown_and_added_up(
    keys: str, lines: list[str], period: str, expected: str
) -> None:
    assert drawn(table(planned(keys, *lines), period)) == expected.strip()


PER_RESIDENT = """
indikatorer:
  - id: a
    namn: Täthet
    decimaler: 1
    indikatorer:
      - id: vi
        namn: Kommunen
        beräkning:
          täljare: brukare
          nämnare: invanare
          per: 1000
      - id: riket
        namn: Riket
  - id: brukare
    namn: Brukare
    typ: ögonblick
  - id: invanare
    namn: Invånare
    typ: ögonblick
"""


def test_what_was_so_on_the_last_day_of_the_year_is_told_once() -> None:
    told = rows("brukare;2026-K4;631", "invanare;2026-12-31;4382", "riket;2026;150,9")
    assert drawn(table(small(PER_RESIDENT, told), "2026")).splitlines() == [
        "Indikator | 2026",
        "Kommunen | 144,0",
        "Riket | 150,9",
    ]


def test_of_many_columns_the_months_of_earlier_quarters_are_told_by_their_sums() -> None:
    found = table(planned("frekvens: månad", *MONTHS), "2026-K4")
    expected = """
Indikator | okt 2026 | nov 2026 | dec 2026 | K4 2025 | K1 2026 | K2 2026 | K3 2026 | K4 2026
Anmälningar | 10 | 11 | 12 | 33 | 6 | 15 | 24 | 33
"""
    assert drawn(found) == expected.strip()
    (chart,) = found.charts
    assert chart.description.startswith("Linjediagram över Anmälningar: 1 (januari 2026), 2 (")


def test_months_without_a_rhythm_are_those_of_the_year_and_last_year_is_told_as_a_sum() -> None:
    head = drawn(table(planned("", *MONTHS), "2026-T1")).splitlines()[0]
    assert head == "Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | T1 2025 | T1 2026"


def test_what_is_counted_since_new_year_is_said_to_be() -> None:
    of_a_group = "namn: G\n    indikatorer:\n      - id: b\n        namn: Inledda\n"
    yaml = f"indikatorer:\n  - id: a\n    {of_a_group}        typ: ackumulerat\n"
    yaml += "      - id: c\n        namn: Pågående\n        typ: ögonblick\n"
    plan = small(yaml, rows("b;2026-T1;4", "b;2026-T2;7", "c;2026-T2;2"))
    notes = [said(line) for line in table(plan, "2026-T2").notes]
    assert "Värdena är räknade från årets början: Inledda." in notes
    alone = table(planned("typ: ackumulerat", "a;2026-T1;4"), "2026-T1")
    assert said(alone.notes[0]) == "Värdena är räknade från årets början."


def test_the_same_period_of_last_year_is_no_part_of_the_chart() -> None:
    (chart,) = table(planned("frekvens: månad\ntyp: ögonblick", *MONTHS), "2026-04").charts
    assert chart.description.startswith("Linjediagram över Anmälningar: 1 (januari 2026), 2 (")


KINDS = ("period", "ackumulerat", "ögonblick")
RHYTHMS = ("", "månad", "kvartal", "tertial", "halvår", "år")
TOLD = [
    *(Period.parse("2025/2026"), Period.parse("2025"), Period.parse("2026")),
    *(part for rhythm in RHYTHMS[1:-1] for part in divide(Period.parse("2025/2026"), rhythm)),
    *(Period.parse("2026-08-31"), Period.parse("2026-05/2026-12"), Period.parse("2025-11/2026-02")),
]
REPORTS = ("2026", "2026-H1", "2026-K3", "2026-T2", "2026-05", "2026-08-31", "2025-11/2026-06")


@given(
    st.sets(st.sampled_from(TOLD), min_size=1, max_size=12),
    st.sampled_from(KINDS),
    st.sampled_from(("antal", "procent")),
    st.sampled_from(RHYTHMS),
    st.sampled_from(REPORTS),
)
def test_whatever_is_told_in_whatever_calendar(
    told: set[Period], kind: str, unit: str, rhythm: str, period: str
) -> None:
    lines = [f"a;{each};{3**number}" for number, each in enumerate(sorted(told))]
    keys = f"typ: {kind}\nmåttenhet: {unit}\n" + (f"frekvens: {rhythm}\n" if rhythm else "")
    here = at(planned(keys, *lines), period)
    outcomes = shown(here)
    values = {each: Fraction(3**number) for number, each in enumerate(sorted(told))}
    for column in outcomes:
        holds_nothing_but_what_is_told(column, values, is_sum=kind == "period" and unit == "antal")
    groups_are_in_order_of_time(here, outcomes)
    all_of_this_year_is_told(here, outcomes, values)


def shown(here: Scene) -> tuple[Figures, ...]:
    indicator = here.plan.get(Indikator, "a")
    assert indicator is not None
    found = columns(here, subjects(here, indicator)).columns
    assert all(column.head.serie == OUTCOME and column.head.period for column in found)
    assert len({column.heading for column in found}) == len(found)
    return found


def holds_nothing_but_what_is_told(
    column: Figures, values: dict[Period, Fraction], *, is_sum: bool
) -> None:
    """A row's own value, for the days that it is of; or rows of it that fill the period, added
    up. Powers of three: of no two sets of rows is the sum the same."""
    (figure,), period = column.shown, column.head.period
    value = figure.tal.värde
    if value is None or period is None or value == values.get(period):
        return
    if not is_sum:
        (own,) = (each for each in values if values[each] == value)
        assert own.last == period.last
        return
    parts = sorted(each for each in values if values[each] in _terms(value))
    assert sum(map(values.__getitem__, parts)) == value
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(parts))


def _terms(value: Fraction) -> set[Fraction]:
    powers = (Fraction(3**number) for number in range(20))
    return {power for power in powers if value // power % 3}


def groups_are_in_order_of_time(here: Scene, outcomes: tuple[Figures, ...]) -> None:
    """What is told, then what it adds up to."""
    periods = [column.head.period for column in outcomes if column.head.period]
    turns = [number for number, (one, next_) in enumerate(pairwise(periods)) if next_ < one]
    assert len(turns) <= 1, periods
    assert all(each.last <= here.at.last for each in periods)


def all_of_this_year_is_told(
    here: Scene, outcomes: tuple[Figures, ...], values: dict[Period, Fraction]
) -> None:
    """Every row of the report's year is a column, or its days are those of one that is told."""
    covered = [column.head.period for column in outcomes if column.is_told and column.head.period]
    for each in values:
        if here.at.year == each.year and each.last <= here.at.last:
            is_told = any(period.contains(each) or period.last == each.last for period in covered)
            assert is_told, (each, covered)
