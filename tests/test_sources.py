"""Every figure of Nacka's two documents is in the register, and stands where the list says that it
does in our report of the same tertial."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser

import pytest
from test_reports import TESTS, page, register

from kvalitet.figure import Tal
from kvalitet.indicators import explain
from kvalitet.period import Period
from kvalitet.svenska import number

PLAN = "nacka-barn-och-familj"
TERTIALS = {"T1": "2020-T1", "T2": "2020-T2"}
UNITS = {"antal": "", "medelvärde": "", "procent": "%"}
FIGURE = re.compile(
    r"(?<![\w–+])(?<!\d,)−?\d+(?:\u00a0\d{3})*(?:,\d+)?(?:\u00a0%)?(?![\w–]|,\d)|u\.s\."
)
WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass(frozen=True, slots=True)
class Källtal:
    """A figure of a document (`rad` is its line there), which figure of the register it is, and
    the HTML element where ours stands; without `indikator`, why there is none."""

    dokument: str
    rad: str
    vad: str
    tryckt: str
    indikator: str
    period: str
    serie: str
    kön: str
    fält: str
    element: str
    förklaring: str

    def __str__(self) -> str:
        return f"{self.dokument} rad {self.rad}, {self.vad}: {self.tryckt}"


class Elements(HTMLParser):
    """The text inside each element that has an id, but for its charts and notes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.texts: dict[str, str] = defaultdict(str)
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append((tag, dict(attrs).get("class") or "", dict(attrs).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHOUT_END:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(tag == "figure" or kind == "noter" for tag, kind, _ in self.open):
            for *_, id in self.open:
                self.texts[id] += f" {data}"


def listed(dokument: str) -> list[Källtal]:
    text = (TESTS / "sources" / "nacka.csv").read_text("utf-8")
    rows = [Källtal(**row) for row in csv.DictReader(text.splitlines(), delimiter=";")]
    return [row for row in rows if row.dokument == dokument]


def with_figures(dokument: str) -> list[Källtal]:
    return [row for row in listed(dokument) if row.indikator]


@cache
def texts(dokument: str) -> Mapping[str, str]:
    return Elements(page(PLAN, TERTIALS[dokument], "atgardsplan", "html")).texts


def told(row: Källtal) -> Tal:
    """The figure of the register, as known at the report of the document's tertial."""
    step = explain(
        register(TESTS.parent).plans[PLAN],
        row.indikator,
        Period.parse(row.period),
        known_at=Period.parse(TERTIALS[row.dokument]),
        serie=row.serie or "utfall",
        uppdelning=(("kön", row.kön),) if row.kön else (),
    )
    rates = [each.cell.svarsfrekvens for each in step.rows]
    return {
        "": step.tal,
        "antal": alone(step.tal.antal),
        "svarsfrekvens": alone(rates[0] if rates else None, "procent"),
    }[row.fält]


def alone(value: Fraction | None, måttenhet: str = "antal") -> Tal:
    return Tal(value, måttenhet, kind="saknas" if value is None else "värde")


def is_right(tryckt: str, tal: Tal) -> bool:
    """Whether that was printed: exactly the value, and also as ours is printed. A share whose n is
    known is exact only in its n."""
    if tal.värde is None:
        return tryckt == tal.märke
    amount, _, unit = tryckt.partition(" ")
    there = {number(tal.cell())} if tal.av else {number(tal.cell()), tal.värde}
    return there == {number(amount)} and unit == UNITS.get(tal.måttenhet, tal.måttenhet)


def figures(text: str) -> list[str]:
    """The whole numbers of a text, a share with its sign; 4 is not in 14, 4 %, +4, d4 or 4–17."""
    return FIGURE.findall(text)


def printed(tal: Tal) -> str:
    return next(iter(figures(tal.cell() if tal.värde is None else tal.text())), "")


def not_there(rows: Iterable[Källtal], texts: Mapping[str, str]) -> Iterator[str]:
    """The rows whose figure does not stand in its element; what stands once answers for one row."""
    left = {id: Counter(figures(text)) for id, text in texts.items()}
    for row in rows:
        figure = printed(told(row))
        if not left.get(row.element, Counter())[figure]:
            yield f"{row}: {figure} saknas i #{row.element}"
        else:
            left[row.element][figure] -= 1


@pytest.mark.parametrize(("dokument", "rows", "explained"), [("T1", 127, 4), ("T2", 135, 12)])
def test_no_figure_of_a_document_is_lost(dokument: str, rows: int, explained: int) -> None:
    found = listed(dokument)
    without = [row for row in found if not row.indikator]
    assert (len(found), len(without)) == (rows, explained)
    assert [str(row) for row in without if not row.förklaring] == []
    assert [str(row) for row in without if row.element not in {"", *texts(dokument)}] == []


@pytest.mark.parametrize("dokument", TERTIALS)
def test_what_a_document_prints_is_in_the_register(dokument: str) -> None:
    known = [(row, told(row)) for row in with_figures(dokument)]
    wrong = [f"{row}, här {tal.text()}" for row, tal in known if not is_right(row.tryckt, tal)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("dokument", TERTIALS)
def test_what_a_document_prints_stands_in_our_report(dokument: str) -> None:
    lost = list(not_there(with_figures(dokument), texts(dokument)))
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("dokument", TERTIALS)
def test_a_figure_is_not_found_elsewhere_nor_twice(dokument: str) -> None:
    rows = with_figures(dokument)
    moved = [replace(row, element="bakgrund--stomme") for row in rows]
    assert len(list(not_there(moved, texts(dokument)))) == len(rows)
    cells = [row for row in rows if row.element == "barn-till-tals"]
    assert len(list(not_there(cells * 2, texts(dokument)))) == len(cells)


@pytest.mark.parametrize(
    ("tryckt", "tal", "right"),
    [
        ("14 %", Tal(Fraction(14), "procent"), True),
        ("15 %", Tal(Fraction(14), "procent"), False),
        ("14", Tal(Fraction(14), "procent"), False),
        ("3,00", Tal(Fraction(3), "medelvärde", 2), True),
        ("0 %", Tal(Fraction(0), "procent", 1), True),
        ("2,4 %", Tal(Fraction(24, 10), "procent", 0), False),
        ("2 %", Tal(Fraction(24, 10), "procent", 0), False),
        ("64 %", Tal(Fraction(2800, 44), "procent", antal=Fraction(28), av=Fraction(44)), True),
        ("63 %", Tal(Fraction(2800, 44), "procent", antal=Fraction(28), av=Fraction(44)), False),
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
        ('<p id="a">14, 4,5, +4, d4, 4–17, 4\u00a0%.</p>', ["14", "4,5", "4\u00a0%"]),
        ('<tr id="a"><td>1\u00a0462</td><td>3</td></tr>', ["1\u00a0462", "3"]),
        ('<div id="a"><br>28 av 44,<p id="b">64\u00a0%</p></div>', ["28", "44", "64\u00a0%"]),
        ('<p id="a" title="4">u.s.</p><p>4</p>', ["u.s."]),
        ('<div id="a">6<figure><svg><text>4</text></svg></figure></div>', ["6"]),
        ('<div id="a">6<ul class="noter"><li>rad 4</li></ul></div>', ["6"]),
        ('<p id="b">4</p>', []),
    ],
)
def test_the_figures_inside_an_element(html: str, found: list[str]) -> None:
    assert figures(Elements(html).texts["a"]) == found
