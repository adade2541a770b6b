"""What the report of a year tells of how the level of each risk changed is what the reports of its
units printed during the year. Both are read from their Markdown, table by table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from re import MULTILINE as M
from typing import NamedTuple

import pytest
from test_reports import KOMMUNER, TESTS, register

from kvalitet import resources
from kvalitet.model.plan import Plan, Register
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.render import render
from kvalitet.view.report import document

WHOLES = [
    (TESTS.parent, "nacka-socialnamnden", "2020", ("2020-T1", "2020-T2")),
    (TESTS / "havsnas", "socialnamnden", "2026", ("2026-T1", "2026-T2")),
    (KOMMUNER / "alvasen", "omsorgsnamnden", "2025", ("2025-K1", "2025-K2", "2025-K3", "2025-K4")),
    (KOMMUNER / "bjorkfors", "vard-och-omsorgsnamnden", "2025", ("2024", "2025")),
]
"""A plan over its units, the year of its report, and the periods of the units' own reports."""
CAME_LATER = {"utslitna-hjalpmedel"}
"""What came into the reports of a whole when a unit judged it higher: those before tell nothing."""
LEFT_OUT = {"asikt-skrivs-inte-ned"}
"""What a unit leaves out of its own reports, below its own `urval`: the whole tells of it."""
NOTHING = "–"
each_whole = pytest.mark.parametrize(("folder", "mapp", "year", "reports"), WHOLES)

_PARTS = [
    "",
    *(f"-{kind}{n}" for kind, of in (("T", 3), ("K", 4), ("H", 2)) for n in range(1, of + 1)),
]
_SAID = re.compile(r"(?:(.+): )?(\S \S+?)(?: \((?:(sänkt|höjd) från (\S \S+)|(oförändrad))\))?")
_FOLLOWED_UP = re.compile(r"^#+ (.+)\n\n(?:- .+\n)*?- \*\*Risknivå:\*\* (.+)", M)
_CHANGED = re.compile(r"^\| (.+?) \| (\S \S+?)(?: \(.+?\))? \| . (\S+) till (\S \S+?)[ (|]", M)
_GRADED = re.compile(r"(.+?)(?: \((.+? från .+?)\))?(?:<br>|$)")
_IN_SQUARE = re.compile(r"\| (?:\d+ )?(\S \S+?)<br>([^|]+?) (?=\|)")
_HISTORY = re.compile(r"^- \*\*(.+):\*\* (.+→.+)$", M)
_STEP = re.compile(r"(\S \S+) \(([^)]+)\)")


class Sagt(NamedTuple):
    """A level as a report prints it, the one before it, and in which direction it went."""

    nivå: str
    före: str = NOTHING
    ord: str = ""


class Historia(NamedTuple):
    """The first level of a risk in a year, whether it held before it, and each change: what it
    became, and in which of the units' reports that is told."""

    först: str
    gällde: bool
    ändringar: tuple[tuple[str, Period], ...]


def plans(folder: Path, mapp: str) -> tuple[Plan, ...]:
    whole = register(folder).plans[mapp]
    return (whole, *whole.below())


@cache
def markdown(folder: Path, mapp: str, at: Period, report: str) -> str:
    of = Register(register(folder).plans, reports=register(TESTS.parent).reports)
    told = document(of.plans[mapp], report, at, of, "")
    return render(told, "md", [resources.templates()]).replace("\u00a0", " ")


def rows(text: str, *columns: str) -> Iterator[list[str]]:
    """Those cells of each row of the tables that have all the columns; an empty first cell holds
    what stands above it."""
    head, above = [""], ""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if not cells:
            head = [""]
        elif head == [""]:
            head = cells
        elif set(columns) <= set(head) and cells[0] != "---":
            above = cells[0] or above
            of_row = dict(zip(head, (above, *cells[1:]), strict=True))
            yield [of_row[column] for column in columns]


def of_year(text: str) -> Iterator[list[str]]:
    """Each risk, for whom, and its levels when the year began and ended; where none was judged when
    it began, the tables have no column for that."""
    columns = ("Risk", "Verksamhet", "Vid årets början", "Vid årets slut")
    if columns[2] in text.replace("Vid årets början var ingen av riskerna bedömd.", ""):
        yield from rows(text, *columns)
    else:
        told, _, _ = text.partition("**Det som går vidare efter")
        for name, who, end in rows(told, *columns[:2], columns[3]):
            yield [name, who, NOTHING, end]


def names(plan: Plan, of: Plan) -> dict[str, str]:
    """The ids of the risks of a plan, by what they are called in a report of that or its whole."""
    things = [of.get(Risk, risk.id) or risk for risk in plan.all(Risk)]
    return {f"{thing.nr or ''} {thing.namn}".removeprefix(" "): thing.id for thing in things}


def levels(plan: Plan) -> list[str]:
    """The names of the levels, the lowest first."""
    return [step.namn for steps in plan.skalor["nivå"].versioner.values() for step in steps]


def direction(plan: Plan, before: str, now: str) -> str:
    if before in (NOTHING, now):
        return ""
    order = levels(plan)
    return "höjd" if order.index(now[2:]) > order.index(before[2:]) else "sänkt"


def said(cell: str, plan: Plan) -> dict[str, Sagt]:
    """The level that each of those who judge has given; the plan itself is named by nothing."""
    found = {}
    for match in filter(None, map(_SAID.fullmatch, cell.split("<br>"))):
        who, level, word, before, same = match.groups(default="")
        if any(level[2:] in levels(each) for each in (plan, *plan.below())):
            found[who] = Sagt(level, before or (level if same else NOTHING), word)
    return found


def planned(plan: Plan, text: str) -> dict[str, dict[str, Sagt]]:
    """Who has given each risk which level, by the plan table."""
    ids = names(plan, plan)
    table = ((risk.split("<br>")[0], cell) for risk, cell in rows(text, "Risk", "Risknivå"))
    return {ids[name]: told for name, cell in table if name in ids and (told := said(cell, plan))}


def elsewhere(plan: Plan, text: str) -> Iterator[tuple[str, str, Sagt]]:
    """The levels that the other parts of a report print: which part, of what, and what."""
    printed = [
        *(("uppföljning", heading, cell) for heading, cell in _FOLLOWED_UP.findall(text)),
        *(
            ("nivåer", name, f"{level} ({change})" if change else level)
            for level, held in rows(text, "Risknivå", "Risker")
            for name, change in _GRADED.findall(held)
        ),
        *(
            ("matris", name, square)
            for square, held in _IN_SQUARE.findall(text)
            for name in held.split("<br>")
        ),
    ]
    for part, name, cell in printed:
        for told in filter(None, [said(cell, plan).get("")]):
            yield part, name, told
    for name, before, word, now in _CHANGED.findall(text):
        yield "ändringar", name, Sagt(now, before, word)


def own(folder: Path, plan: Plan, at: Period) -> dict[str, Sagt]:
    """The level of each risk by a plan's own report: its tables and lists agree."""
    text = markdown(folder, plan.mapp, at, "atgardsplan")
    ids = names(plan, plan)
    found = {id: told[""] for id, told in planned(plan, text).items() if "" in told}
    for part, name, told in elsewhere(plan, text):
        in_table = found[ids[name]] if name in ids else told
        assert (at, part, name, told.nivå) == (at, part, name, in_table.nivå)
        assert not told.ord or (at, part, name, told) == (at, part, name, in_table)
    for id, (level, before, word) in found.items():
        assert (at, id, word) == (at, id, direction(plan, before, level))
    return found


def lived(folder: Path, plan: Plan, year: Period, reports: Sequence[Period]) -> dict[str, Historia]:
    """How the year went for each risk by a plan's own reports; each also tells what was before."""
    told = {at: own(folder, plan, at) for at in reports}
    found = {}
    for id in {id for levels in told.values() for id in levels}:
        said = [(at, levels[id]) for at, levels in told.items() if id in levels]
        for (_, then), (at, now) in pairwise(said):
            assert (plan.name, id, at, now.före) == (plan.name, id, at, then.nivå)
        in_year = [(at, level) for at, level in said if at.last >= year.first]
        at, (level, before, _) = in_year[0]
        first = level if before == NOTHING else before
        steps = [(first, at), *((level.nivå, at) for at, level in in_year)]
        changes = (now for then, now in pairwise(steps) if now[0] != then[0])
        found[id] = Historia(first, before != NOTHING, tuple(changes))
    return found


def retold(
    whole: Plan, text: str, year: Period, reports: Sequence[Period]
) -> dict[tuple[str, str], Historia]:
    """How the year went by the report of the whole: of each risk, for whom."""
    ids = {name: id for part in (whole, *whole.below()) for name, id in names(part, whole).items()}
    steps, found = histories(text), {}
    for name, who, start, at_end in of_year(text):
        end, _, word = at_end.partition(" (")
        first, *changes = steps.pop((name, who), [(end, "")])
        assert (name, who, start) in ((name, who, NOTHING), (name, who, first[0]))
        assert (name, who, end) == (name, who, [first, *changes][-1][0])
        scale = next(each for each in (whole, *whole.below()) if end[2:] in ("", *levels(each)))
        turned = direction(scale, start, end)
        assert (name, who, word) == (name, who, f"{turned})" if turned else "")
        known = ((level, covering(period, year, reports)) for level, period in changes)
        in_reports = tuple((level, at) for level, at in known if at)
        if end != NOTHING:
            found[ids[name], who] = Historia(first[0], start != NOTHING, in_reports)
    assert steps == {}
    return found


def histories(text: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The levels of a risk and when each was said, as the list of changes has them; and whose."""
    return {
        (name, who): _STEP.findall(line)
        for name, lines in _HISTORY.findall(text)
        for who, _, line in (each.partition(": ") for each in lines.split("<br>"))
    }


def covering(words: str, year: Period, reports: Sequence[Period]) -> Period | None:
    """The first of the reports that knows what was said in a period; None where none does."""
    all_parts = (Period.parse(f"{year}{part}") for part in _PARTS)
    (said,) = (at for at in all_parts if at.in_words().replace("\u00a0", " ") == words)
    return next((at for at in reports if said.last <= at.last), None)


def how_many(who: str, among: Sequence[Plan]) -> int:
    """How many plans a row is of: it names them, or only says how many they are."""
    called = {plan.name for plan in among}
    if who in called:
        return 1
    if together := re.fullmatch(r"(\d+) enheter", who):
        return int(together[1])
    named = re.split(", | och (?=[A-ZÅÄÖ])", who)
    assert set(named) <= called
    return len(named)


@each_whole
def test_a_year_went_as_the_units_told_it(
    folder: Path, mapp: str, year: str, reports: tuple[str, ...]
) -> None:
    at, those = Period.parse(year), [Period.parse(each) for each in reports]
    among = plans(folder, mapp)
    told = {plan.name: lived(folder, plan, at, those) for plan in among}
    found = retold(among[0], markdown(folder, mapp, at, "kvalitetsberattelse"), at, those)
    found = {(id, who): each for (id, who), each in found.items() if id not in CAME_LATER}
    for (id, who), history in found.items():
        for name in told.keys() & {who}:
            in_own = told[name].get(id, history if id in LEFT_OUT else None)
            assert (name, id, in_own) == (name, id, history)
    by_units = Counter(
        (id, each) for of in told.values() for id, each in of.items() if id not in CAME_LATER
    )
    by_whole: Counter[tuple[str, Historia]] = Counter()
    for (id, who), history in found.items():
        by_whole[id, history] += how_many(who, among) if id not in LEFT_OUT else 0
    assert +by_whole == by_units
    assert any(history.ändringar for history in found.values())


@each_whole
def test_a_whole_prints_the_levels_that_its_units_do(
    folder: Path, mapp: str, year: str, reports: tuple[str, ...]
) -> None:
    whole, *parts = among = plans(folder, mapp)
    for at in map(Period.parse, reports):
        found: Counter[tuple[str, Sagt]] = Counter()
        for id, told in planned(whole, markdown(folder, mapp, at, "atgardsplan")).items():
            for who, level in told.items():
                found[id, level] += how_many(who or whole.name, among)
        by_units = [(id, level) for each in among for id, level in own(folder, each, at).items()]
        is_common = {risk.id for risk in whole.all(Risk)}
        common = Counter((id, level) for id, level in by_units if id in is_common)
        assert (at, found) == (at, common)
    assert parts


@each_whole
def test_what_goes_on_has_the_level_that_it_ended_the_year_with(
    folder: Path, mapp: str, year: str, reports: tuple[str, ...]
) -> None:
    among = plans(folder, mapp)
    text = markdown(folder, mapp, Period.parse(year), "kvalitetsberattelse")
    ended: Counter[tuple[str, str]] = Counter()
    for name, who, _, end in of_year(text):
        ended[name, end.split(" (")[0]] += how_many(who, among)
    left: Counter[tuple[str, str]] = Counter()
    for name, who, end, _ in rows(
        text, "Risk", "Verksamhet", "Vid årets slut", "Åtgärder som går vidare"
    ):
        for level in said(end.split("<br>")[0], among[0]).values():
            left[name, level.nivå] += how_many(who, among)
    assert left
    assert left <= ended
