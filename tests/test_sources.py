"""Every figure, date and mark of the documents that were written over into plans is in the
register, and stands where the list of them says that it does in our report of the same period."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser

import pytest
from sources import (
    Dokument,
    Källtal,
    figures,
    invented,
    is_answer,
    is_right,
    plan_of,
    printed,
    told,
)
from test_reports import page

from kvalitet import status
from kvalitet.figure import Tal
from kvalitet.model.thing import Aktivitet

NACKA = "nacka-barn-och-familj"
T1 = Dokument("nacka", "T1", NACKA, "2020-T1", "atgardsplan", "bakgrund--stomme", "barn-till-tals")
T2 = replace(T1, namn="T2", period="2020-T2")
STOCKHOLM = Dokument(
    "stockholm",
    "2019",
    "stockholm-barn-och-ungdom",
    "2019",
    "verksamhetsberattelse",
    "investeringar--text",
    "rattssaker-handlaggning--text",
    ("stockholm-barn-och-ungdom/*",),
)
ESLÖV = Dokument(
    "eslov",
    "2019",
    "eslov-resursavdelningen",
    "2019",
    "kvalitetssammanfattning",
    "riskanalys--stomme",
    "processer--text",
    ("eslov-resursavdelningen/*",),
)
YEAR = Dokument(
    "nacka-ar",
    "2020",
    "nacka-socialnamnden",
    "2020",
    "kvalitetsberattelse",
    "inledning--stomme",
    f"kundundersokning--{NACKA}--text",
    ("nacka-socialnamnden/*", "nacka-omsorg/*", f"{NACKA}/kvalitetsberattelse.csv"),
)
DOCUMENTS = {
    T1: (127, 4),
    T2: (135, 12),
    YEAR: (235, 164),
    STOCKHOLM: (413, 161),
    ESLÖV: (68, 27),
}
"""Each document, how many rows its list has, and how many of them are no figure of ours."""

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
each_document = pytest.mark.parametrize("dokument", DOCUMENTS, ids=str)


class Elements(HTMLParser):
    """The text inside each element that has an id, its notes apart, without charts. A heading also
    has the text below it, as far as the next, but for what stands in elements of their own; what a
    row's header leads to has the row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.heading = self.row = ""
        self.texts: dict[str, str] = defaultdict(str)
        self.with_notes: dict[str, str] = defaultdict(str)
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in HEADINGS:
            self.heading = named.get("id", "")
        if tag == "a" and any(each == "th" for each, *_ in self.open):
            self.row = named.get("href", "").removeprefix("#")
        if tag not in WITHOUT_END:
            self.open.append((tag, named.get("class", ""), named.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.row = ""
        if tag not in WITHOUT_END:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag == "figure" for tag, *_ in self.open):
            return
        is_note = any(kind == "noter" for _, kind, _ in self.open)
        ids = [id for *_, id in self.open if id and not id.startswith("sida--")]
        for id in {*ids, self.row} - {""} or {self.heading}:
            self.with_notes[id] += f" {data}"
            self.texts[id] += "" if is_note else f" {data}"


@cache
def elements(dokument: Dokument) -> Elements:
    return Elements(page(dokument.plan, dokument.period, dokument.rapport, "html"))


def texts(dokument: Dokument) -> Mapping[str, str]:
    return elements(dokument).texts


def known(dokument: Dokument) -> list[Källtal]:
    return [row for row in dokument.rows() if row.sak]


def shown(dokument: Dokument) -> list[Källtal]:
    """What has a place of its own in our report."""
    return [row for row in known(dokument) if row.element and not row.upprepar]


def says(text: str, words: str) -> bool:
    """Whether the words stand in a text, in just that form; 1 is not in 1.1 or 10."""
    there, sought = (" ".join(each.split()).casefold() for each in (text, words))
    return re.search(rf"(?<![\w.,]){re.escape(sought)}(?!\w|[.,]\w)", there) is not None


def not_there(
    rows: Iterable[Källtal], texts: Mapping[str, str], dokument: Dokument
) -> Iterator[str]:
    """The rows that are not answered in their element. A figure that stands there once answers for
    one row, a word for all."""
    left = defaultdict(Counter, {id: Counter(figures(text)) for id, text in texts.items()})
    for row in rows:
        svar, text = told(row, dokument), texts.get(row.element, "")
        ours = printed(svar)
        if not isinstance(svar, Tal):
            is_there = says(text, ours)
        elif svar.värde is None:
            is_there = says(text, ours) or says(text, svar.text())
        else:
            is_there = left[row.element][ours] > 0
            left[row.element][ours] -= is_there
        if not is_there:
            yield f"{row}: {ours} saknas i #{row.element}"


@each_document
def test_no_figure_of_a_document_is_lost(dokument: Dokument) -> None:
    rows = dokument.rows()
    without = [row for row in rows if not row.sak]
    assert (len(rows), len(without)) == DOCUMENTS[dokument]
    explained = [*without, *(row for row in rows if row.hos_oss and not printed_as_told(row))]
    assert [str(row) for row in explained if not row.förklaring] == []
    assert [str(row) for row in without if row.element not in {"", *texts(dokument)}] == []


def printed_as_told(row: Källtal) -> bool:
    """A mark of a state stands for its word: that needs no reason."""
    return row.fält in ("läge", "tidplan")


@each_document
def test_what_a_document_prints_is_in_the_register(dokument: Dokument) -> None:
    answers = [(row, told(row, dokument)) for row in known(dokument)]
    wrong = [f"{row}, här {printed(svar)}" for row, svar in answers if not is_answer(row, svar)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("dokument", [YEAR, STOCKHOLM, ESLÖV], ids=str)
def test_the_register_knows_no_more_than_the_document(dokument: Dokument) -> None:
    assert list(invented(dokument)) == []


@pytest.mark.parametrize(("skala", "steg"), [("läge", "klar"), ("tidplan", "försenad")])
def test_an_activity_is_marked_where_the_document_has_a_mark(skala: str, steg: str) -> None:
    marked = {row.sak for row in STOCKHOLM.rows() if row.fält == skala}
    plan = plan_of(STOCKHOLM)
    states = {
        each.id: status.state(plan, each.id, skala, STOCKHOLM.at) for each in plan.all(Aktivitet)
    }
    assert {id for id, state in states.items() if state and state.steg == steg} == marked


@each_document
def test_what_a_document_prints_stands_in_our_report(dokument: Dokument) -> None:
    lost = list(not_there(shown(dokument), texts(dokument), dokument))
    assert not lost, "\n".join(lost)


@each_document
def test_what_is_no_figure_with_us_stands_there_in_words(dokument: Dokument) -> None:
    there = elements(dokument).with_notes
    without = [row for row in dokument.rows() if not row.sak and row.hos_oss]
    lost = [
        f"{row}: {row.hos_oss} saknas i #{row.element}"
        for row in without
        if not says(there.get(row.element, ""), row.hos_oss)
    ]
    assert not lost, "\n".join(lost)


@each_document
def test_what_is_repeated_is_told_elsewhere(dokument: Dokument) -> None:
    rows = dokument.rows()
    first = {(row.rad, *row.asked, row.element) for row in rows if not row.upprepar}
    again = [row for row in rows if row.upprepar]
    assert [str(r) for r in again if (r.upprepar, *r.asked, r.element) not in first] == []


@each_document
def test_what_a_document_does_not_know_exactly_has_a_note(dokument: Dokument) -> None:
    about = [(row, told(row, dokument)) for row in known(dokument) if row.is_about]
    assert [str(row) for row, svar in about if not (isinstance(svar, Tal) and svar.anm)] == []


@each_document
def test_a_figure_is_not_found_elsewhere_nor_twice(dokument: Dokument) -> None:
    rows = shown(dokument)
    moved = [replace(row, element=dokument.tomt) for row in rows]
    assert len(list(not_there(moved, texts(dokument), dokument))) == len(rows)
    once = [row for row in rows if row.element == dokument.enkelt]
    assert once
    assert len(list(not_there(once * 2, texts(dokument), dokument))) == len(once)


@pytest.mark.parametrize(
    ("tryckt", "tal", "right"),
    [
        ("14 %", Tal(Fraction(14), "procent"), True),
        ("omkring 14 procent", Tal(Fraction(14), "procent"), True),
        ("15 %", Tal(Fraction(14), "procent"), False),
        ("14", Tal(Fraction(14), "procent"), False),
        ("3,00", Tal(Fraction(3), "medelvärde", 2), True),
        ("0 %", Tal(Fraction(0), "procent", 1), True),
        ("2,4 %", Tal(Fraction(24, 10), "procent", 0), False),
        ("2 %", Tal(Fraction(24, 10), "procent", 0), False),
        ("64 %", Tal(Fraction(2800, 44), "procent", antal=Fraction(28), av=Fraction(44)), True),
        ("63 %", Tal(Fraction(2800, 44), "procent", antal=Fraction(28), av=Fraction(44)), False),
        ("9 000 st", Tal(Fraction(9000)), True),
        ("Ett", Tal(Fraction(1)), True),
        ("ungefär tio", Tal(Fraction(10)), True),
        ("fyra årsarbetare", Tal(Fraction(4), "årsarbetare"), True),
        ("en handfull", Tal(Fraction(1)), False),
        ("-204 tkr", Tal(Fraction(204), "tkr", skillnad=True), False),
        ("900 mnkr", Tal(Fraction(900), "tkr"), False),
        ("u.s.", Tal(None, kind="saknas", märke="u.s."), True),
        ("0", Tal(None, kind="saknas", märke="u.s."), False),
        ("0", Tal(None, kind="saknas"), False),
    ],
)
def test_a_wrong_figure_is_seen(tryckt: str, tal: Tal, right: bool) -> None:
    assert is_right(tryckt, tal) is right


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p id="a">4</p>', ["4"]),
        ('<p id="a">14, 4,5, +4, d4, 4–17, 4\u00a0%.</p>', ["14", "4,5", "+4", "4\u00a0%"]),
        ('<tr id="a"><td>1\u00a0462</td><td>3</td></tr>', ["1\u00a0462", "3"]),
        ('<div id="a"><br>28 av 44,<p id="b">64\u00a0%</p></div>', ["28", "44", "64\u00a0%"]),
        ('<p id="a" title="4">u.s.</p><p>4</p>', ["u.s."]),
        ('<div id="a">6<figure><svg><text>4</text></svg></figure></div>', ["6"]),
        ('<div id="a">6<ul class="noter"><li>rad 4</li></ul></div>', ["6"]),
        ('<h3 id="a">1 A</h3><dl>2</dl><p id="b">3</p><p>4</p><h4>5</h4><p>6</p>', list("124")),
        ('<tr><th><a href="#a">A</a></th><td>4</td></tr><tr><th>B</th><td>5</td></tr>', ["4"]),
        ('<p id="b">4</p>', []),
    ],
)
def test_the_figures_inside_an_element(html: str, found: list[str]) -> None:
    assert figures(Elements(html).texts["a"]) == found
