"""YAML that is too deep, too much, or made to take long: one clear finding of each fault, and no
more than a thousand of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from validating import judged

from hostile.running import ELSEWHERE, SOUND, Case, write
from kvalitet.load import load
from kvalitet.period import Period
from kvalitet.source.files import LARGEST_YAML
from kvalitet.view.document import Heading
from kvalitet.view.report import document

A = "plans/exempel/a.yaml"
SETTINGS = "kvalitet.yaml"
REPORT = "templates/rapporter/r.yaml"
RISK = "risker:\n  - id: r\n    namn: R\n"
SAID = "uppföljning:\n  2026-T1:\n    i: |\n"

Text = Callable[[], str]


def one(name: str, text: Text, found: Iterable[str], path: str = A) -> Case:
    """A case of one file, whose text is made when it is written."""
    return Case(name, lambda root: write(root, {path: text()}), list(found))


def full(size: int, line: str, head: str = "", end: str = "") -> Text:
    """A text of nearly so many bytes, of one line again and again."""
    room = size - len(f"{head}{end}".encode())
    return lambda: head + line * (room // len(line.encode())) + end


def rows(number: int, row: str, head: str = "") -> Text:
    """Lines with their number, and the next one's, in each."""
    return lambda: head + "".join(row.format(n, n + 1) for n in range(number))


def further_in(line: str) -> Text:
    """Three thousand lines, each further in than the one above."""
    return lambda: "".join(f"{' ' * n}{line}\n" for n in range(2000))


def days(number: int) -> Text:
    """Something said in as many periods."""
    first = date(1900, 1, 1)
    said = (first + timedelta(days=n) for n in range(number))
    return lambda: "uppföljning:\n" + "".join(f"  {day}:\n    i: text\n" for day in said)


def bomb() -> str:
    """Lists of nine aliases each, of the list before."""
    lists = (f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
    return "".join(["texter:\n  - &a0 [b]\n", *lists])


def told(code: str, line: int, column: int, apart: int = 1) -> list[str]:
    """A thousand findings from a line on, so many lines apart, and that there are more."""
    places = [f"{A}:{line + apart * n}:{column}" for n in range(1001)]
    return [*(f"{code} {place}" for place in places[:-1]), f"R014 {places[-1]}"]


def deep(many: int) -> Iterator[Case]:
    """What would exhaust the stack of a parser that calls itself."""
    yield one("nested [", lambda: "a: " + "[" * many, [f"R113 {A}:1:19"])
    yield one("nested [ ]", lambda: "a: " + "[" * many + "]" * many, [f"R113 {A}:1:19"])
    yield one("nested {a:", lambda: "{a: " * many, [f"R113 {A}:1:65"])
    yield one("nested -", lambda: "- " * many, [f"R113 {A}:1:33"])
    yield one("nested ?", lambda: "? " * many, [f"R116 {A}:1:3"])
    yield one("nested lists, one a line", further_in("-"), [f"R113 {A}:17:17"])
    yield one("nested mappings, one a line", further_in("a:"), [f"R113 {A}:17:17"])
    yield one("mappings as keys", lambda: "? a:\n  " * many, [f"R116 {A}:1:3"])


def long(size: int) -> Iterator[Case]:
    """A file as large as may be, of one thing."""
    yield one("empty items", full(size, "- \n", "a:\n"), told("R114", 2, 2))
    yield one("quotes", full(size, '- "x"\n', "a:\n"), told("R111", 2, 3))
    yield one("comments after values", full(size, "- b #c\n", "texter:\n"), told("R109", 2, 5))
    yield one("tabs", full(size, "\t"), [f"R115 {A}"])
    yield one("values that begin with {{", full(size, "- a: {{\n", "a:\n"), [f"R101 {A}:2:6"])
    yield one("one brace, full of quotes", full(size, '"x", ', "a: {", "}\n"), ONE_BRACE)
    yield one("a brace and blanks", full(size, " ", "a: {b: c,", "d: e}\n"), ONE_BRACE)
    yield one("comments", full(size, "# a\n"), [])
    yield one("documents", full(size, "---\n"), [f"R106 {A}:2:1"])
    yield one("ends of documents", full(size, "...\n"), [f"R106 {A}:1:1"])
    yield one("anchors", full(size, "- &x b\n", "a:\n"), told("R103", 2, 3))
    yield one("aliases", full(size, "- *x\n", "a:\n"), told("R103", 2, 3))
    yield one("tags", full(size, "- !!python/object:os.system x\n", "a:\n"), told("R104", 2, 3))
    yield one("merge keys", full(size, "- <<: x\n", "a:\n"), told("R105", 2, 3))
    yield one("dashes on one line", full(size, "- ", "a: b\n"), [f"R101 {A}:2:1"])
    yield one("a quote never closed", full(size, "x ", 'a: "'), [f"R101 {A}:1:4"])
    yield one("one text", full(size, "x", "texter:\n  a: |\n    "), [f"R212 {A}:2:6"])
    yield one("the same key", full(size, "a: b\n"), told("R102", 2, 1))
    yield one("names for things", full(size, "  - a\n", "risker:\n"), told("R203", 2, 5))
    yield one("things that are none", full(size, "  - a: b\n", "risker:\n"), NO_THINGS)
    yield one(
        "exceptions that are none",
        full(size, "  - a: b\n", "undantag:\n"),
        [f"R212 {SETTINGS}:1:1"],
        SETTINGS,
    )
    yield one("calls of nothing", full(2**16, '      {{ värde("x") }}\n', SAID), told("R210", 4, 7))
    yield one("one call", full(size, "x", SAID + "      {{ ", " }}\n"), TOO_LONG)
    yield one("quotes in a call", full(size, '"a",', SAID + "      {{ v(", ") }}\n"), TOO_LONG)


def many_of(many: int) -> Iterator[Case]:
    """So many things of a kind, each of which may be compared with all the others."""
    yield one("directives", rows(many, "%TAG !{}! b\n"), [f"R104 {A}:1:1"])
    yield one("unknown keys", rows(many, "k{}: a\n"), told("R201", 1, 1))
    yield one("unknown keys of a risk", rows(many, "    k{}: a\n", RISK), [f"R014 {A}:2:5"])
    yield one("steps of a scale", rows(many, "    - s{}\n", "skalor:\n  läge:\n"), ONE_SCALE)
    yield one("versions of a scale", rows(many, "    p{}: [a]\n", "skalor:\n  läge:\n"), ONE_SCALE)
    sections = rows(many, "  - id: s{}\n    rubrik: S\n    del: text\n", "rubrik: R\navsnitt:\n")
    yield one("sections", sections, [f"R202 {REPORT}:1:1", f"R212 {REPORT}:2:1"], REPORT)
    equal = rows(many, "  - id: r\n    namn: R\n", "risker:\n")
    yield one("equal ids", equal, told("R221", 4, 9, apart=2))
    unknown = rows(min(many, 10_000), "      - x{}\n", f"{RISK}    åtgärder:\n")
    yield one("unknown ids in a list", unknown, told("R222", 5, 9))
    rings = rows(many, "  - id: m{0}\n    namn: M\n    mål: [m{0}]\n", "mål:\n")
    yield one("goals below themselves", rings, told("R225", 4, 5, apart=3))
    yield one("periods", days(many), [])
    no_periods = rows(many, "  p{}: a\n", "uppföljning:\n")
    yield one("words that are no periods", no_periods, told("R208", 2, 3))
    states = rows(many, "      k{}: a\n", "uppföljning:\n  2026-T1:\n    i:\n")
    yield one("unknown keys that are said", states, told("R201", 4, 7))
    relations = rows(many, "  - fallande: [x{}, i]\n", "samband:\n")
    yield one("relations to nothing", relations, told("R222", 2, 16))
    chain = "  - id: k{}\n    namn: K\n    beräkning:\n      summa: [k{}]\n"
    end = f"R222 {A}:{4 * many + 1}:15"
    yield one("a long computation", rows(many, chain, "indikatorer:\n"), [end])
    goals = rows(many, "  - id: m{}\n    namn: M\n    mål: [m{}]\n", "mål:\n")
    yield one("goals below goals", goals, [f"R222 {A}:{3 * many + 1}:11"])
    yield one("a bomb of aliases", bomb, BOMB)
    yield from again_and_again(many)


def again_and_again(many: int) -> Iterator[Case]:
    """What would take as long as the file is long, for each of its lines."""
    chain = "  - id: k{}\n    namn: K\n    beräkning:\n      summa: [k{}]\n"
    computed = rows(many, chain, f"indikatorer:\n  - id: k{many}\n    namn: K\n")
    calls = rows(min(many, 3000), '      {{{{ värde("k{}") }}}}\n', SAID)
    yield one(
        "calls of a long computation",
        lambda: computed() + calls(),
        told("R211", 4 * many + 7, 7),
    )
    groups = "  - id: k{}\n    namn: K\n    indikatorer: [k{}]\n"
    grouped = rows(many, groups, f"indikatorer:\n  - id: k{many}\n    namn: K\n")
    yield Case(
        "exceptions of groups in groups",
        lambda root: write(root, {A: grouped(), SETTINGS: EXCEPTIONS()}),
        [f"R011 {SETTINGS}:{line}:5" for line in range(2, 4001, 4)],
    )
    every_day = rows(min(many, 3000), '    {{{{ värde("x{}") }}}}\n', "texter:\n  a: |\n")
    yield one("calls of every day", lambda: every_day() + days(many)(), told("R210", 3, 5))


EXCEPTIONS = rows(
    1000, "  - regel: R241\n    plats: exempel/k{}\n    skäl: a\n    slut: 2199\n", "undantag:\n"
)
FOLLOW_UP = "rubrik: R\nrytm: tertial\navsnitt:\n  - id: s\n    rubrik: R\n    del: uppföljning\n"
ONE_BRACE = [f"R107 {A}:1:4"]
TOO_LONG = [f"R212 {A}:3:8"]
ONE_SCALE = [f"R212 {A}:2:3"]
NO_THINGS = [
    *(f"{code} {A}:{line}:5" for line in range(2, 502) for code in ("R201", "R202")),
    f"R014 {A}:502:5",
]
BOMB = [
    f"R203 {A}:1:1",
    *(f"R108 {A}:{line}:5" for line in range(3, 22)),
    *(
        f"R103 {A}:{line}:{sign.start() + 1}"
        for line, row in enumerate(bomb().splitlines(), 1)
        for sign in re.finditer(r"[&*]", row)
    ),
]

CASES = [*deep(200_000), *long(LARGEST_YAML), *many_of(50_000)]
"""Each as large as may be: `python -m hostile.table` tries them, one process each."""
SMALLER = [*deep(200_000), *long(2**17), *many_of(3_000)]


def test_what_belongs_together_in_a_long_row_is_all_told(tmp_path: Path) -> None:
    measure = "  - id: a{0}\n    namn: A{0}\n    åtgärder: [a{1}]\n"
    measures = rows(400, measure, "åtgärder:\n")() + "  - id: a400\n    namn: A400\n"
    said = rows(401, "    a{}:\n      läge: pågår\n", "uppföljning:\n  2026-T1:\n")()
    write(tmp_path, {**SOUND, A: measures + said, REPORT: FOLLOW_UP})
    register = load(tmp_path).register
    at = Period.parse("2026-T1")
    told = document(register.plans["exempel"], "r", at, register, "")
    headings = [block.text for block in told.blocks if isinstance(block, Heading)]
    assert headings == ["R", *(f"Åtgärd: A{number}" for number in range(401))]


@pytest.mark.parametrize("case", SMALLER, ids=lambda case: case.name)
def test_a_hostile_file_is_told_and_the_others_are_read(case: Case, tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    case.make(tmp_path)
    places = ((each.code, each.place) for each in judged(tmp_path).findings)
    shown = [
        f"{code} {at.path}:{at.line}:{at.column}" if at.line else f"{code} {at.path}"
        for code, at in places
    ]
    assert sorted(shown) == sorted([*case.found, ELSEWHERE])
