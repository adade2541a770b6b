from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from examples import plain
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.period import FREQUENCIES, Period, divide, fill, tertial

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NEAR_DAYS = st.dates(date(2019, 12, 1), date(2020, 3, 5))
INNER_DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def span(one: date, other: date) -> Period:
    return Period(min(one, other), max(one, other))


def year_part(year: int, frekvens: str, number: int) -> Period:
    parts = divide(Period.parse(str(year)), frekvens)
    return parts[number % len(parts)]


NAMED = st.builds(
    year_part, st.integers(1900, 2199), st.sampled_from(FREQUENCIES), st.integers(0, 365)
)
PERIODS = NAMED | st.builds(span, DAYS, DAYS)
NEAR_PERIODS = st.builds(span, NEAR_DAYS, NEAR_DAYS)
INNER_PERIODS = st.builds(span, INNER_DAYS, INNER_DAYS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2020-T1", "2020-01-01", "2020-04-30"),
        ("2020-T2", "2020-05-01", "2020-08-31"),
        ("2020-T3", "2020-09-01", "2020-12-31"),
        ("2020-K1", "2020-01-01", "2020-03-31"),
        ("2020-K4", "2020-10-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-03-31", "2020-03-31", "2020-03-31"),
        ("2019-04/2020-03", "2019-04-01", "2020-03-31"),
        ("2019-T3/2020-03-15", "2019-09-01", "2020-03-15"),
        ("2019/2020", "2019-01-01", "2020-12-31"),
        ("1900", "1900-01-01", "1900-12-31"),
        ("2199", "2199-01-01", "2199-12-31"),
    ],
)
def test_a_period_is_its_days(text: str, first: str, last: str) -> None:
    assert Period.parse(text) == Period(date.fromisoformat(first), date.fromisoformat(last))


HOW_TO_WRITE = "skriv 2020, 2020-H1, 2020-T1, 2020-K1, 2020-03, 2020-03-31 eller 2019-04/2020-03"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-T4", "tertialen är T1, T2 och T3"),
        ("2020-T0", "tertialen är T1, T2 och T3"),
        ("2020-K5", "kvartalen är K1, K2, K3 och K4"),
        ("2020-H3", "halvåren är H1 och H2"),
        ("2020-H12", "halvåren är H1 och H2"),
        ("2020-13", "månaderna är 01 till 12"),
        ("2020-00-10", "månaderna är 01 till 12"),
        ("2021-02-29", "februari 2021 har dagarna 01 till 28"),
        ("2020-03-00", "mars 2020 har dagarna 01 till 31"),
        ("0000", "årtalet ska ligga mellan 1900 och 2199"),
        ("1899-12-31", "årtalet ska ligga mellan 1900 och 2199"),
        ("9999-H2", "årtalet ska ligga mellan 1900 och 2199"),
        ("2020/2019", "slutet ligger före början"),
        ("2020-05/2020-04-30", "slutet ligger före början"),
        ("2018/2019/2020", HOW_TO_WRITE),
        ("2020/", HOW_TO_WRITE),
        ("/", HOW_TO_WRITE),
        ("", HOW_TO_WRITE),
        ("20", HOW_TO_WRITE),
        ("2020-3", HOW_TO_WRITE),
        ("2020-t1", HOW_TO_WRITE),
        ("2020-T01", HOW_TO_WRITE),
        ("2020T1", HOW_TO_WRITE),
        ("T1 2020", HOW_TO_WRITE),
        (" 2020", HOW_TO_WRITE),
        ("٢٠٢٠", HOW_TO_WRITE),
    ],
)
def test_what_is_no_period_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="är ingen period") as caught:
        Period.parse(text)
    assert str(caught.value) == f'"{text}" är ingen period: {reason}'


def test_a_reason_stays_on_one_short_line() -> None:
    with pytest.raises(ValueError, match="är ingen period") as caught:
        Period.parse("2020\n" * 1000)
    assert len(str(caught.value)) < 150
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "spelling", "frekvens", "words", "short"),
    [
        ("2020-01/2020-12", "2020", "år", "2020", "2020"),
        ("2020-01/2020-06", "2020-H1", "halvår", "första halvåret 2020", "H1 2020"),
        ("2020-K3/2020-K4", "2020-H2", "halvår", "andra halvåret 2020", "H2 2020"),
        ("2020-01-01/2020-04-30", "2020-T1", "tertial", "tertial 1 2020", "T1 2020"),
        ("2020-K1", "2020-K1", "kvartal", "kvartal 1 2020", "K1 2020"),
        ("2020-03-01/2020-03-31", "2020-03", "månad", "mars 2020", "mar 2020"),
        ("2020-09", "2020-09", "månad", "september 2020", "sep 2020"),
        ("2020-03-31", "2020-03-31", "dag", "31 mars 2020", "31 mar 2020"),
        ("2020-03-01", "2020-03-01", "dag", "1 mars 2020", "1 mar 2020"),
        (
            "2019-04-01/2020-03-31",
            "2019-04/2020-03",
            None,
            "april 2019–mars 2020",
            "apr 2019–mar 2020",
        ),
        ("2020-T1/2020-T2", "2020-01/2020-08", None, "januari–augusti 2020",
         "jan–aug 2020"),
        (
            "2019-04/2019-05-03",
            "2019-04-01/2019-05-03",
            None,
            "1 april–3 maj 2019",
            "1 apr–3 maj 2019",
        ),
        ("2020-02/2020-05", "2020-02/2020-05", None, "februari–maj 2020",
         "feb–maj 2020"),
    ],
)  # fmt: skip
def test_a_period_is_printed_in_one_way(
    text: str, spelling: str, frekvens: str | None, words: str, short: str
) -> None:
    period = Period.parse(text)
    assert (str(period), period.frekvens) == (spelling, frekvens)
    assert (plain(period.in_words()), period.short()) == (words, short)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-T1", "tertial\u00a01 2020"),
        ("2020-K1", "kvartal\u00a01 2020"),
        ("2020-03-31", "31\u00a0mars 2020"),
        ("2019-04/2019-05-03", "1\u00a0april–3\u00a0maj 2019"),
    ],
)
def test_no_line_ends_between_a_number_and_what_it_counts(text: str, words: str) -> None:
    assert Period.parse(text).in_words() == words


def test_periods_are_ordered_by_end_and_then_the_shorter_first() -> None:
    in_order = ["2019", "2020-03-31", "2020-03", "2020-K1", "2019-04/2020-03", "2020-04",
                "2020-T1", "2020-12-31", "2020-12", "2020-K4", "2020-H2", "2020"]  # fmt: skip
    backwards = map(Period.parse, in_order[::-1])
    assert [str(period) for period in sorted(backwards)] == in_order


def test_a_period_has_no_order_to_other_things() -> None:
    with pytest.raises(TypeError):
        _ = Period.parse("2020") < "2021"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2020", "2019", "2021"),
        ("2020-H1", "2019-H2", "2020-H2"),
        ("2020-T1", "2019-T3", "2020-T2"),
        ("2020-K4", "2020-K3", "2021-K1"),
        ("2020-03", "2020-02", "2020-04"),
        ("2020-02", "2020-01", "2020-03"),
        ("2020-02-29", "2020-02-28", "2020-03-01"),
        ("2019-04/2020-03", "2018-04/2019-03", "2020-04/2021-03"),
        ("2020-02/2020-03", "2019-12/2020-01", "2020-04/2020-05"),
        ("2020-03-02/2020-03-08", "2020-02-24/2020-03-01", "2020-03-09/2020-03-15"),
    ],
)
def test_neighbours(text: str, before: str, after: str) -> None:
    period = Period.parse(text)
    assert str(period.previous()) == before
    assert str(period.next()) == after


def test_the_calendar_has_ends() -> None:
    reason = "årtalet ska ligga mellan 1900 och 2199"
    for text in ("2199", "2199-T3", "2199-12-31", "1900/2199"):
        with pytest.raises(ValueError, match=reason):
            Period.parse(text).next()
    for text in ("1900", "1900-K1", "1900-01-01", "1900/2199"):
        with pytest.raises(ValueError, match=reason):
            Period.parse(text).previous()


@pytest.mark.parametrize(
    ("text", "frekvens", "parts"),
    [
        ("2020", "år", "2020"),
        ("2020", "tertial", "2020-T1 2020-T2 2020-T3"),
        ("2020-T1", "månad", "2020-01 2020-02 2020-03 2020-04"),
        ("2020-T1", "kvartal", "2020-K1"),
        ("2020-T2", "kvartal", ""),
        ("2020-T1", "år", ""),
        ("2019-04/2020-03", "halvår", "2019-H2"),
        ("2020-01-02/2020-03-30", "månad", "2020-02"),
        ("2020-02-28/2020-03-01", "dag", "2020-02-28 2020-02-29 2020-03-01"),
        ("2199-H2", "kvartal", "2199-K3 2199-K4"),
    ],
)
def test_a_period_is_divided_into_those_within_it(text: str, frekvens: str, parts: str) -> None:
    assert " ".join(map(str, divide(Period.parse(text), frekvens))) == parts


@pytest.mark.parametrize(
    ("text", "parts", "filled"),
    [
        ("2020", "2020", True),
        ("2020", "2020-T3 2020-T1 2020-T2", True),
        ("2020", "2020-H1 2020-K3 2020-10 2020-11/2020-12", True),
        ("2020", "2020-T1 2020-T2", False),
        ("2020", "2020-T1 2020-T3", False),
        ("2020", "2020-T2 2020-T3", False),
        ("2020-T1", "2020-K1 2020-03 2020-04", False),
        ("2020-T1", "2020-T1 2020-T1", False),
        ("2020-T1", "2020", False),
        ("2020-T1", "", False),
    ],
)
def test_parts_fill_a_period_without_gap_or_overlap(text: str, parts: str, filled: bool) -> None:
    assert fill(Period.parse(text), map(Period.parse, parts.split())) is filled


def test_tertial() -> None:
    assert tertial(2020, 2) == Period.parse("2020-T2")
    with pytest.raises(ValueError, match="tertialen är T1, T2 och T3"):
        tertial(2020, 4)
    with pytest.raises(ValueError, match="årtalet ska ligga mellan 1900 och 2199"):
        tertial(20, 1)


def test_year_days_and_what_a_period_contains() -> None:
    broken_year = Period.parse("2019-04/2020-03")
    assert (broken_year.year, broken_year.days) == (2020, 366)
    assert broken_year.contains(Period.parse("2019-T2"))
    assert broken_year.contains(broken_year)
    assert not broken_year.contains(Period.parse("2020-T1"))


@given(PERIODS)
def test_the_spelling_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_two_spellings_of_the_same_days_are_one_period(period: Period) -> None:
    same = Period.parse(f"{period.first}/{period.last}")
    assert (same, hash(same), str(same)) == (period, hash(period), str(period))


@given(NEAR_PERIODS, NEAR_PERIODS, NEAR_PERIODS)
def test_the_order_is_total_and_agrees_with_equality(a: Period, b: Period, c: Period) -> None:
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a <= b) == (a < b or a == b)
    if a <= b <= c:
        assert a <= c


@given(INNER_PERIODS, st.sampled_from(FREQUENCIES))
def test_the_pieces_are_all_those_within(period: Period, frekvens: str) -> None:
    pieces = divide(period, frekvens)
    assert all(piece.frekvens == frekvens and period.contains(piece) for piece in pieces)
    assert all(piece.next() == following for piece, following in pairwise(pieces))
    if pieces:
        assert fill(Period(pieces[0].first, pieces[-1].last), pieces)
        assert not period.contains(pieces[0].previous())
        assert not period.contains(pieces[-1].next())


@given(st.integers(1900, 2199), st.sampled_from(FREQUENCIES))
def test_the_pieces_of_a_year_fill_it(year: int, frekvens: str) -> None:
    period = Period.parse(str(year))
    assert fill(period, divide(period, frekvens))


@given(INNER_PERIODS)
def test_neighbours_touch(period: Period) -> None:
    assert period.next().first == period.last + timedelta(days=1)
    assert period.previous().last == period.first - timedelta(days=1)
    assert period.next().frekvens == period.frekvens or period.frekvens is None


@given(st.text() | st.from_regex(r"[0-9]{4}(-[HTK]?[0-9]{1,2}){0,2}(/[0-9]{4})?", fullmatch=True))
def test_any_text_is_a_period_or_a_reason(text: str) -> None:
    try:
        shown = str(Period.parse(text))
    except ValueError as error:
        shown = str(error)
    assert " är ingen period: " in shown or str(Period.parse(shown)) == shown
