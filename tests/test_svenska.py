from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.svenska import (
    MONTHS,
    count,
    date_text,
    format_number,
    format_signed,
    join,
    more,
    nr_key,
    number,
    shorten,
    slug,
    some,
    sort_key,
    suggest,
    truth,
    whole_number,
)

O_WITH_DOTS = "o\u0308"


@pytest.mark.parametrize(
    "in_order",
    [
        ["adam", "Bertil", "cesar"],
        ["zebra", "ål", "Ärlig", "öga"],
        ["arm", "armé", "armen"],
        ["vad", "vem", "wad", "xylofon"],
        ["ob", "oz", O_WITH_DOTS + "b"],
        ["egen", "Élan", "enhet"],
        ["hot", "hot och våld", "hota"],
        ["", "a"],
    ],
)
def test_swedish_order(in_order: list[str]) -> None:
    backwards = in_order[::-1]
    assert sorted(backwards, key=sort_key) == in_order


def test_case_and_accents_have_no_meaning_in_the_order() -> None:
    assert sort_key("IDÉ") == sort_key("ide")
    assert sort_key("ÖRN") == sort_key(O_WITH_DOTS + "rn")


@pytest.mark.parametrize(
    "in_order",
    [
        ["1.9", "1.10", "2", "10"],
        ["1", "1.1", "1.1.1", "1.2"],
        ["2", "2a", "2b", "3"],
        ["2.1", "2a"],
        ["9", "A1", "a2", "A10", "Ö1", ""],
        ["7", "9" * 5000, " "],
    ],
)
def test_nr_is_ordered_as_numbers(in_order: list[str]) -> None:
    backwards = in_order[::-1]
    assert sorted(backwards, key=nr_key) == in_order


@given(st.lists(st.text(alphabet="0129.aÅ² -") | st.text(), max_size=8))
def test_any_nr_has_one_place(numbers: list[str]) -> None:
    backwards = numbers[::-1]
    assert sorted(numbers, key=nr_key) == sorted(backwards, key=nr_key)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("44", Fraction(44)),
        ("84,5", Fraction(169, 2)),
        ("84.5", Fraction(169, 2)),
        ("-1,1", Fraction(-11, 10)),
        ("−1,1", Fraction(-11, 10)),
        ("-0", Fraction(0)),
        ("-0,5", Fraction(-1, 2)),
        ("007", Fraction(7)),
        ("1 234,5", Fraction(2469, 2)),
        ("1\u00a0234\u00a0567", Fraction(1234567)),
        ("1\u202f234", Fraction(1234)),
        ("1\u2009234", Fraction(1234)),
        ("1234567", Fraction(1234567)),
        ("1.234", Fraction(617, 500)),
        ("9" * 30, Fraction(10**30 - 1)),
    ],
)
def test_number(text: str, value: Fraction) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "-", "+5", "1e5", "1_0", ",5", "5,", "1,2,3", "1.234,5", "1,234.5", "--1", "- 1", " 1",
     "1 ", "1\n", "12 34", "1234 567", "1 2345", "1  234", "1,234 5", "1\t234", "0x1", "nan", "inf",
     "1/2", "14 %", "٣", "²", "½", "x"],
)  # fmt: skip
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="är inget tal: skriv till exempel 1 234,5"):
        number(text)
    with pytest.raises(ValueError, match="är inget heltal: skriv bara siffror"):
        whole_number(text)


@pytest.mark.parametrize("text", ["9" * 31, "9" * 30 + ",5", "0," + "0" * 30, "9" * 100_000])
def test_a_number_has_at_most_thirty_digits(text: str) -> None:
    with pytest.raises(ValueError, match="har fler än 30 siffror") as caught:
        number(text)
    assert len(str(caught.value)) < 80


def test_whole_number() -> None:
    assert [whole_number(text) for text in ("4", "−4", "1 234")] == [4, -4, 1234]
    with pytest.raises(ValueError, match='"2,0" är inget heltal'):
        whole_number("2,0")


def test_truth_is_ja_or_nej() -> None:
    assert truth("ja") is True
    assert truth("nej") is False
    for text in ("Ja", "yes", "true", "1", ""):
        with pytest.raises(ValueError, match=f'"{text}" är varken ja eller nej'):
            truth(text)


@pytest.mark.parametrize(
    ("value", "decimals", "printed", "signed"),
    [
        (0, 0, "0", "0"),
        (0, 1, "0,0", "0,0"),
        (7, 0, "7", "+7"),
        (999, 0, "999", "+999"),
        (1462, 0, "1\u00a0462", "+1\u00a0462"),
        (-1234567, 1, "−1\u00a0234\u00a0567,0", "−1\u00a0234\u00a0567,0"),
        (Fraction(12, 10), 1, "1,2", "+1,2"),
        (Fraction(-11, 10), 1, "−1,1", "−1,1"),
        (Fraction(1, 2), 0, "1", "+1"),
        (Fraction(5, 2), 0, "3", "+3"),
        (Fraction(-1, 2), 0, "−1", "−1"),
        (Fraction(-49, 100), 0, "0", "0"),
        (Fraction(-4, 100), 1, "0,0", "0,0"),
        (Fraction(4, 100), 1, "0,0", "0,0"),
        (Fraction(1005, 1000), 2, "1,01", "+1,01"),
        (Fraction(2, 3), 3, "0,667", "+0,667"),
        (Fraction(9999, 10), 0, "1\u00a0000", "+1\u00a0000"),
        (Fraction(10**30 + 1, 10**30), 30, "1," + "0" * 29 + "1", "+1," + "0" * 29 + "1"),
    ],
)
def test_figures_in_print(value: Fraction | int, decimals: int, printed: str, signed: str) -> None:
    assert format_number(value, decimals) == printed
    assert format_signed(value, decimals) == signed


@given(st.integers(-(10**20), 10**20), st.integers(0, 9))
def test_what_is_printed_reads_back(units: int, decimals: int) -> None:
    value = Fraction(units, 10**decimals)
    assert number(format_number(value, decimals)) == value


@given(st.fractions(-(10**9), 10**9), st.integers(0, 6))
def test_rounding_moves_a_figure_by_half_a_unit_at_most(value: Fraction, decimals: int) -> None:
    assert abs(number(format_number(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


@given(st.text(max_size=20) | st.text(alphabet="0123 ,.-−+e_\u00a0", max_size=20))
def test_any_text_is_a_number_or_a_reason(text: str) -> None:
    try:
        shown = format_number(number(text), 30)
    except ValueError as error:
        shown = str(error)
    assert "är inget tal" in shown or shown.partition(",")[2].isdecimal()


def test_dates_and_months() -> None:
    assert date_text(date(2020, 3, 31)) == "31\u00a0mars 2020"
    assert date_text(date(2020, 12, 1)) == "1\u00a0december 2020"
    assert len(set(MONTHS)) == 12


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
    ],
)
def test_join(words: list[str], text: str) -> None:
    assert join(words) == text
    assert join(words, "eller") == text.replace("och", "eller")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c", "d"], "a, b, c och d"),
        (["a", "b", "c", "d", "e"], "a, b, c och 2 till"),
        (range(1004), "0, 1, 2 och 1\u00a0001 till"),
    ],
)
def test_some_of_many_words(words: list[object], text: str) -> None:
    assert some(words) == text


def test_how_many_more() -> None:
    assert [more(number, "rad", "rader") for number in (0, 1, 2)] == [
        "",
        " (och 1 rad till)",
        " (och 2 rader till)",
    ]


@pytest.mark.parametrize(
    ("things", "text"),
    [(0, "0 rader"), (1, "1 rad"), (412, "412 rader"), (1462, "1\u00a0462 rader")],
)
def test_count(things: int, text: str) -> None:
    assert count(things, "rad", "rader") == text


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("matning", ["läge", "mätning", "målning"], "mätning"),
        ("LÄGE", ["läge", "tidplan"], "läge"),
        ("tidsplan", ["läge", "tidplan"], "tidplan"),
        ("atgarder", ["aktiviteter", "åtgärder"], "åtgärder"),
        ("plna", ["plan", "mål"], "plan"),
        ("Har", ["här", "har", "hår"], "har"),
        ("ansvarig", ["namn", "slut"], None),
        ("ja", ["nej"], None),
        ("", ["a"], None),
        ("plan", [], None),
        ("a" * 100_000, ["a" * 100_001], None),
    ],
)
def test_suggest(word: str, candidates: list[str], meant: str | None) -> None:
    for order in permutations(candidates):
        assert suggest(word, order) == meant


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Fall i hemmet", "fall-i-hemmet"),
        ("Våld, hot & övergrepp", "vald-hot-overgrepp"),
        ("3. Tillgänglighet", "tillganglighet"),
        ("BoU2", "bou2"),
        ("1.1", ""),
        ("Den som bor tillfälligt faller när rummet är obekant",
         "den-som-bor-tillfalligt-faller-nar"),
        ("a" * 50, "a" * 40),
    ],
)  # fmt: skip
def test_slug(text: str, id: str) -> None:
    assert slug(text) == id


@given(st.text())
def test_any_text_gives_an_id_or_nothing(text: str) -> None:
    assert re.fullmatch(r"|[a-z][a-z0-9]*(-[a-z0-9]+)*", slug(text))


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("kort", 4, "kort"),
        ("för lång", 7, "för lå…"),
        ("för lång", 5, "för…"),
        ("två\n\nrader\n", 20, "två rader"),
        ("två\u2028rader", 20, "två rader"),
        (" 1  234 ", 20, " 1  234 "),
        ("", 5, ""),
    ],
)
def test_shorten(text: str, width: int, line: str) -> None:
    assert shorten(text, width) == line
