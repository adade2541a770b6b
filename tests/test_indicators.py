from __future__ import annotations

from datetime import date

import pytest
from examples import rows, small, told, unit
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.indicators import (
    baseline,
    break_between,
    breaks,
    explain,
    lacking,
    periods,
    value,
)
from kvalitet.model.plan import Plan
from kvalitet.period import Period, divide

P = Period.parse
T1, T2 = P("2026-T1"), P("2026-T2")

COUNT = """
indikatorer:
  - id: antal
    namn: Antal
"""


@pytest.mark.parametrize(
    ("keys", "lines", "period", "expected"),
    [
        ("", ["2026-T1;7", "2026-01;1"], "2026-T1", "7"),  # the row for just the period
        ("", ["2026-K1;3", "2026-K2;4"], "2026-H1", "7"),
        ("", ["2026-K1;3", "2026-05;4", "2026-06;1"], "2026-H1", "värde saknas"),  # a gap
        ("", ["2026-01;1", "2026-K1;3", "2026-K2;4"], "2026-H1", "7"),  # one frequency
        ("", ["2026-K1;3", "2026-04;1", "2026-05;1", "2026-06;1"], "2026-H1", "värde saknas"),
        ("", ["2026-H1;9"], "2026-T1", "värde saknas"),
        ("", ["2026-01-01/2026-01-31;5"], "2026-01", "5"),
        ("", ["2026-01;1", "2026-02;u.s.", "2026-03;x"], "2026-K1", "skyddad uppgift"),
        ("", ["2026-01;1", "2026-02;e.m.", "2026-03;u.s."], "2026-K1", "ej mätt"),
        ("frekvens: månad", ["2026-K1;3", "2026-K2;4"], "2026-H1", "värde saknas"),
        ("summeras: nej", ["2026-01;1", "2026-02;2"], "2026-T1", "2"),
        ("typ: ögonblick", ["2026-01-31;5", "2026-02-28;6"], "2026-T1", "6"),
        ("typ: ögonblick", ["2025-12-31;5"], "2026-T1", "värde saknas"),
        ("typ: ackumulerat", ["2026-01;10", "2026-K1;30"], "2026-T1", "30"),
        ("måttenhet: procent", ["2026-01;8", "2026-02;9"], "2026-T1", "9 %"),
        ("måttenhet: procent", ["2025;1", "2025-12;2", "2025-K4;3"], "2025-T3", "3 %"),
        ("måttenhet: procent", ["2025-05/2026-04;1", "2026-04;2"], "2026-T1", "2 %"),
        ("måttenhet: dagar", ["2026-T1;1200"], "2026-T1", "1 200 dagar"),
        ("måttenhet: tkr", ["2026-01;1", "2026-02;2"], "2026-01/2026-02", "3 tkr"),
        ("decimaler: 1", ["2026-T1;0,05"], "2026-T1", "0,1"),
    ],
)
def test_the_row_or_rows_of_a_period(
    keys: str, lines: list[str], period: str, expected: str
) -> None:
    plan = small(f"{COUNT}    {keys}\n", rows(*(f"antal;{line}" for line in lines)))
    assert told(plan, "antal", period) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-T1", "1"),
        ("2026-T2", "2"),
        ("2026-T3", "3"),
        ("2026", "3"),
    ],
)
def test_corrections(at: str, expected: str) -> None:
    plan = small(
        COUNT,
        rows(
            "antal;2026-01;3;2026-T3;Rättat igen",
            "antal;2026-01;1;;",
            "antal;2026-01;2;2026-08;Rättat",
            columns="indikator;period;värde;gäller_från;anm",
        ),
    )
    assert told(plan, "antal", "2026-01", at) == expected


SINCE = st.sampled_from(["", "2026-02", "2026-K1", "2026-04", "2026-T1", "2026-T2", "2026-11"])


@given(st.lists(SINCE, unique=True), st.sampled_from([P("2026-01"), T1, T2, P("2026")]))
def test_of_corrections_the_newest_that_is_known_holds(since: list[str], at: Period) -> None:
    told = (f"antal;2026-01;{n};{each};Rättat" for n, each in enumerate(since))
    plan = small(COUNT, rows(*told, columns="indikator;period;värde;gäller_från;anm"))
    known = [each for each in since if not each or P(each).last <= at.last]
    known.sort(key=lambda each: (P(each).last, -P(each).days) if each else (date.min, 0))
    expected = since.index(known[-1]) if known else None
    assert value(plan, "antal", P("2026-01"), known_at=at).värde == expected


def test_a_row_that_came_late_is_not_known_before() -> None:
    plan = small(
        COUNT, rows("antal;2026-T1;1;2026-T2", columns="indikator;period;värde;gäller_från")
    )
    assert told(plan, "antal", "2026-T1", "2026-T1") == "värde saknas"
    assert told(plan, "antal", "2026-T1", "2026-T2") == "1"
    assert value(plan, "antal", T1, known_at=None).text() == "1"


def test_a_total_is_never_made_from_breakdown_rows() -> None:
    plan = small(
        COUNT,
        rows(
            "antal;2026-T1;kvinnor;3",
            "antal;2026-T1;män;4",
            columns="indikator;period;kön;värde",
        ),
    )
    assert told(plan, "antal", "2026-T1") == "värde saknas"
    assert told(plan, "antal", "2026-T1", kön="män") == "4"


def test_a_baseline_whose_period_nobody_knows_is_never_summed() -> None:
    plan = small(
        COUNT,
        rows(
            "antal;2026;ingångsvärde;12",
            "antal;2025;ingångsvärde;10",
            columns="indikator;period;serie;värde",
        ),
    )
    assert baseline(plan, "antal", known_at=P("2025-T2")).text() == "10"
    assert baseline(plan, "antal", known_at=T1).text() == "12"
    assert told(plan, "antal", "2025/2026", "2026", serie="ingångsvärde") == "värde saknas"


def computed(over: str = "", under: str = "", kvot: str = "", *lines: str) -> Plan:
    """A plan whose `kvot` is `over` divided by `under`."""
    yaml = "indikatorer:\n"
    for id, keys in (("over", over), ("under", under), ("kvot", kvot)):
        yaml += f"  - id: {id}\n    namn: {id}\n    {keys}\n"
    return small(f"{yaml}    beräkning:\n      täljare: over\n      nämnare: under\n", rows(*lines))


MOMENT = "typ: ögonblick"
SHARE = "måttenhet: procent"


@pytest.mark.parametrize(
    ("over", "under", "kvot", "lines", "expected"),
    [
        ("", "", SHARE, ["over;2026-T1;1", "under;2026-T1;3"], "1 av 3, 33 %"),
        ("", "", "", ["over;2026-T1;6", "under;2026-T1;3"], "2"),
        ("måttenhet: tkr", "", "måttenhet: tkr", ["over;2026-T1;6", "under;2026-T1;4"], "2 tkr"),
        # sums over time are summed first
        ("", "", SHARE, ["over;2026-K1;1", "over;2026-K2;1", "under;2026-H1;8"], "2 av 8, 25 %"),
        # what does not add up is taken on the last day that all have
        (MOMENT, MOMENT, "", ["over;2026-01-31;1", "over;2026-02-28;9", "under;2026-01-31;2"], "1"),
        (MOMENT, MOMENT, "", ["over;2026-01-31;1", "under;2026-02-28;2"], "värde saknas"),
        ("", MOMENT, "", ["over;2026-H1;8", "under;2026-01-31;1", "under;2026-04-30;2"], "4"),
        # gaps are passed on, the gravest first
        ("", "", SHARE, ["over;2026-H1;u.s.", "under;2026-H1;8"], "uppgift saknas"),
        ("", "", SHARE, ["over;2026-H1;u.s.", "under;2026-H1;x"], "skyddad uppgift"),
        ("", "", SHARE, ["over;2026-H1;8"], "värde saknas"),
        ("", "", SHARE, ["over;2026-H1;x"], "skyddad uppgift"),
        ("", "", SHARE, ["over;2026-H1;0", "under;2026-H1;0"], "ej tillämplig"),
    ],
)
def test_quotients(over: str, under: str, kvot: str, lines: list[str], expected: str) -> None:
    period = "2026-T1" if "T1" in lines[0] else "2026-H1"
    assert told(computed(over, under, kvot, *lines), "kvot", period) == expected


def test_a_computation_that_goes_in_a_ring_or_nowhere_has_no_value() -> None:
    plan = small(
        """
indikatorer:
  - id: a
    namn: A
    beräkning:
      summa: [b]
  - id: b
    namn: B
    beräkning:
      summa: [a]
  - id: c
    namn: C
    beräkning:
      summa: [finns-inte]
"""
    )
    assert [told(plan, id, "2026-T1") for id in "abc"] == ["värde saknas"] * 3
    assert periods(plan, "a", known_at=None) == ()
    assert lacking(plan, "a", T1, known_at=T1) == ()


def test_a_remark_is_told_once_however_many_sums_it_goes_through() -> None:
    sums = "".join(
        f"  - id: s{n}\n    namn: S\n    beräkning:\n      summa: [s{n + 1}, s{n + 2}]\n"
        for n in range(200)
    )
    ends = "  - id: s200\n    namn: S\n  - id: s201\n    namn: S\n"
    data = rows("s200;2026-T1;1;sent", "s201;2026-T1;1;sent", columns="indikator;period;värde;anm")
    plan = small(f"indikatorer:\n{sums}{ends}", data)
    assert value(plan, "s0", T1, known_at=T1).anm == "sent"


def test_a_chain_of_quotients_ends_however_long_it_is() -> None:
    """Each divides its square by a number: the digits double at every step."""
    yaml = "indikatorer:\n  - id: i0\n    namn: 0\n  - id: ett\n    namn: Ett\n"
    for number in range(1, 400):
        yaml += f"  - id: o{number}\n    namn: o\n    beräkning:\n"
        yaml += f"      täljare: ett\n      nämnare: i{number - 1}\n"
        yaml += f"  - id: i{number}\n    namn: i\n    beräkning:\n"
        yaml += f"      täljare: i{number - 1}\n      nämnare: o{number}\n"
    plan = small(yaml, rows("i0;2026-T1;3", "ett;2026-T1;1"))
    assert told(plan, "i3", "2026-T1") == "6 561"
    assert told(plan, "i399", "2026-T1") == "värde saknas"


PROTECTED = "minsta_antal: 5"


@pytest.mark.parametrize(
    ("keys", "value", "expected"),
    [
        (PROTECTED, "4", "skyddad uppgift"),
        (PROTECTED, "5", "5"),
        (PROTECTED, "0", "0"),
        (f"{SHARE}\n    {PROTECTED}", "4 av 40", "skyddad uppgift"),
        (f"{SHARE}\n    {PROTECTED}", "36 av 40", "skyddad uppgift"),
        (f"{SHARE}\n    {PROTECTED}", "35 av 40", "35 av 40, 88 %"),
        (f"{SHARE}\n    {PROTECTED}", "40 av 40", "40 av 40, 100 %"),
        (f"{SHARE}\n    {PROTECTED}", "10 %", "10 %"),
        (f"måttenhet: medelvärde\n    {PROTECTED}", "3", "3"),
    ],
)
def test_small_counts_are_protected(keys: str, value: str, expected: str) -> None:
    assert (
        told(small(f"{COUNT}    {keys}\n", rows(f"antal;2026-T1;{value}")), "antal", "2026-T1")
        == expected
    )


@pytest.mark.parametrize(
    ("keys", "value", "answers", "expected"),
    [
        ("måttenhet: medelvärde", "3", "4", "skyddad uppgift"),
        ("måttenhet: medelvärde", "3", "5", "3"),
        (SHARE, "98 %", "93", "skyddad uppgift"),
        (SHARE, "94 %", "93", "94 %"),
    ],
)
def test_few_answers_are_protected(keys: str, value: str, answers: str, expected: str) -> None:
    plan = small(
        f"{COUNT}    {keys}\n    {PROTECTED}\n",
        rows(f"antal;2026-T1;{value};{answers}", columns="indikator;period;värde;antal_svar"),
    )
    assert told(plan, "antal", "2026-T1") == expected


@pytest.mark.parametrize(
    ("over", "kvot", "expected"),
    [
        ("", f"{SHARE}\n    {PROTECTED}", "skyddad uppgift"),
        (PROTECTED, SHARE, "skyddad uppgift"),
        ("", PROTECTED, "skyddad uppgift"),
        ("", SHARE, "4 av 40, 10 %"),
    ],
)
def test_a_small_part_is_protected_in_what_is_computed(over: str, kvot: str, expected: str) -> None:
    plan = computed(over, "", kvot, "over;2026-T1;4", "under;2026-T1;40")
    assert told(plan, "kvot", "2026-T1") == expected


def test_small_months_do_not_protect_their_sum() -> None:
    plan = small(f"{COUNT}    {PROTECTED}\n", rows("antal;2026-01;3", "antal;2026-02;4"))
    assert told(plan, "antal", "2026-01/2026-02") == "7"


DEFINED = """
indikatorer:
  - id: a
    namn: A
    måttenhet: procent
    beskrivning:
      2025: Som förut.
      2026-T2: På ett nytt sätt.
  - id: b
    namn: B
    beräkning:
      summa: [a]
"""


@pytest.mark.parametrize("id", ["a", "b"])
def test_a_new_definition_breaks_the_series_also_of_what_is_computed(id: str) -> None:
    plan = small(DEFINED, rows("a;2025-T3;1", "a;2026-T1;2", "a;2025-09/2026-08;3"))
    before, last, new = (
        explain(plan, id, P(each), known_at=None) for each in ("2025-T3", "2026-T1", "2026-T2")
    )
    assert breaks(plan, id) == (T2,)
    assert break_between(plan, id, before, last) is None
    assert break_between(plan, id, last, new) == T2


def test_what_is_lacking() -> None:
    assert [
        str(gap) for _, gap in lacking(unit(), "horda", P("2026-T3"), known_at=P("2026-T3"))
    ] == [
        "2026-09",
        "2026-10",
        "2026-11",
        "2026-12",
    ]
    assert lacking(unit(), "per-100-placerade", P("2026-03"), known_at=T1) == (
        ("avvikelser-antal", P("2026-03")),
        ("familjehem", P("2026-03")),
        ("jourhem", P("2026-03")),
    )


MONTHS = divide(P("2025"), "månad")


@given(
    st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 99)),
    st.sampled_from(["kvartal", "tertial", "halvår", "år"]),
    st.sampled_from(MONTHS),
)
def test_a_sum_is_the_months_that_are_known(
    counts: dict[Period, int], frekvens: str, at: Period
) -> None:
    plan = small(COUNT, rows(*(f"antal;{month};{count}" for month, count in counts.items())))
    for period in divide(P("2025"), frekvens):
        months = [month for month in MONTHS if period.contains(month)]
        known = all(month in counts and month.last <= at.last for month in months)
        expected = sum(counts[month] for month in months) if known else None
        assert value(plan, "antal", period, known_at=at).värde == expected


SPANS = st.sampled_from(
    [
        P(each)
        for each in (
            *("2025", "2025-T3", "2025-K4", "2025-12", "2025-12-31", "2025-05/2025-12"),
            *("2026-01", "2026-K1", "2026-03-31", "2026-T1", "2025-05/2026-04", "2026-04"),
        )
    ]
)


@given(st.dictionaries(SPANS, st.integers(0, 9)), SPANS, SPANS)
def test_what_does_not_add_up_is_the_row_that_ends_last(
    counts: dict[Period, int], period: Period, at: Period
) -> None:
    plan = small(
        f"{COUNT}    typ: ögonblick\n", rows(*(f"antal;{each};{n}" for each, n in counts.items()))
    )
    ending = [each for each in counts if period.first <= each.last <= min(period.last, at.last)]
    ending.sort(key=lambda each: (-each.last.toordinal(), abs(each.days - period.days), each.days))
    expected = counts[ending[0]] if ending else None
    assert value(plan, "antal", period, known_at=at).värde == expected
