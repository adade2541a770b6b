"""The page that leads to all reports that lie there: whose they are, of which periods, and how
many risks each tells of at each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from kvalitet import __version__
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.svenska import join, sort_key
from kvalitet.view.document import (
    Away,
    Block,
    Body,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Inline,
    Levels,
    Line,
    Row,
    Strong,
    Table,
)
from kvalitet.view.levels import told
from kvalitet.view.scene import capital

_MOST_NAMED = 3
_FORMATS = {"html": "som sida (HTML)", "md": "som text (Markdown)"}
_OLDER = "gjord ur äldre källor"
_NO_RISKS, _UNKNOWN = "inga risker", "–"
_COLUMNS = tuple(map(Column, ("Period", "Rapport", "Risker efter nivå")))


@dataclass(frozen=True, slots=True)
class Rapportfil:
    """A report as it lies there in one format (html or md): whether it was made of the sources as
    they are now, whether as a draft, and what it says itself of how many risks it tells."""

    format: str
    är_aktuell: bool
    är_utkast: bool
    nivåer: Levels | None = None


@dataclass(frozen=True, slots=True)
class Rapport:
    """A report of a plan: the name of its file, its heading, in which formats it lies there, and
    how many risks it tells of at each level; None where that is not known."""

    namn: str
    rubrik: str
    period: Period
    filer: tuple[Rapportfil, ...]
    nivåer: Levels | None = None


Standing: TypeAlias = Mapping[str, Sequence[Rapport]]
"""The reports that lie there, by the folder of their plan."""
Board: TypeAlias = tuple[str, str]
"""A municipality and a board of it; either may be ""."""


def index(register: Register, reports: Standing) -> Document:
    """The page, of the reports of each plan by folder name: plans by municipality and board, each
    followed by its parts in Swedish order, and periods the newest first."""
    of_board: dict[Board, list[Plan]] = {}
    for plan in register.plans.values():
        if plan.whole is None and _is_told(plan, reports):
            of_board.setdefault((plan.huvud.kommun, plan.huvud.nämnd), []).append(plan)
    boards = sorted(of_board, key=lambda names: [*map(sort_key, names)])
    numbers = (sum(map(bool, reports.values())), sum(map(len, reports.values())))
    facts = zip(("Planer", "Rapporter"), numbers, strict=True)
    blocks = (
        block
        for number, (names, heading) in enumerate(_headings(boards).items(), 1)
        for block in _board(heading, f"namnd-{number}", of_board[names], reports)
    )
    return Document(
        title="Rapporter",
        subtitle=_whose(boards),
        facts=tuple(Fact(label, ((str(number),),)) for label, number in facts),
        blocks=tuple(blocks),
        footer=(Fact("Framställd med", ((f"kvalitet {__version__}",),)),),
    )


def _is_told(plan: Plan, reports: Standing) -> bool:
    return any(reports.get(each.mapp) for each in (plan, *plan.below()))


def _whose(boards: Sequence[Board]) -> str:
    """The municipalities that the page is about; how many, where they are more than a few."""
    towns = [*dict.fromkeys(kommun for kommun, _ in boards if kommun)]
    if not towns:
        return "Alla planer"
    return join(towns) if len(towns) <= _MOST_NAMED else f"{len(towns)} kommuner"


def _headings(boards: Sequence[Board]) -> Mapping[Board, str]:
    """What each board is called; a municipality that is that of all stands above them."""
    if len({kommun for kommun, _ in boards}) == 1 and boards[0][0]:
        return {names: names[1] or "Planer utan nämnd" for names in boards}
    return {
        names: ", ".join(filter(None, names)) or "Planer utan kommun och nämnd" for names in boards
    }


def _board(heading: str, anchor: str, plans: Sequence[Plan], reports: Standing) -> Iterator[Block]:
    """A heading and a table of the reports of a board's plans; a whole without any stands above its
    parts all the same."""
    tree = [each for each in _in_tree(plans) if _is_told(each[0], reports)]
    times = Counter(plan.name for plan, _ in tree)
    bodies = (
        Body(tuple(_rows(plan, reports)), (_title(plan, times),), depth) for plan, depth in tree
    )
    yield Heading(2, heading, anchor)
    yield Table("Rapporter", _COLUMNS, tuple(bodies), anchor=f"{anchor}--tabell")


def _in_tree(plans: Sequence[Plan]) -> Iterator[tuple[Plan, int]]:
    """The plans in Swedish order, each followed by its parts, and how far below they are."""
    ordered = sorted(plans, key=lambda plan: (sort_key(plan.name), plan.mapp), reverse=True)
    waiting = [(plan, 0) for plan in ordered]
    while waiting:
        plan, depth = waiting.pop()
        yield plan, depth
        waiting.extend((part, depth + 1) for part in reversed(plan.parts))


def _title(plan: Plan, times: Mapping[str, int]) -> Line:
    """What a plan is called; where others are called so too, also the name that it has itself."""
    is_alone = times[plan.name] == 1 or plan.huvud.namn == plan.name
    return (Strong(plan.name),) if is_alone else (Strong(plan.name), f", {plan.huvud.namn}")


def _rows(plan: Plan, reports: Standing) -> Iterator[Row]:
    """The reports of a plan, one a row, the newest first."""
    by_name = sorted(reports.get(plan.mapp, ()), key=lambda report: report.namn)
    for report in sorted(by_name, key=lambda report: report.period, reverse=True):
        period = Cell(((report.period.in_words(),),), header=True)
        yield Row((period, Cell((tuple(_links(plan, report)),)), Cell(_levels(report))))


def _links(plan: Plan, report: Rapport) -> Iterator[Inline]:
    """Where a report lies in each format. What holds for the first need not be said of the next."""
    first, *others = report.filer
    yield Away(report.rubrik, _address(plan, report, first))
    if first.är_utkast:
        yield from (", ", Strong("utkast"))
    for file in others:
        yield from (", ", Away(_FORMATS[file.format], _address(plan, report, file)))
        if file.är_utkast and not first.är_utkast:
            yield " (utkast)"
        if first.är_aktuell and not file.är_aktuell:
            yield f" ({_OLDER})"


def _address(plan: Plan, report: Rapport, file: Rapportfil) -> str:
    """From the page to the file: it holds wherever the folder of reports is copied."""
    return quote(f"{plan.mapp}/{report.period}/{report.namn}.{file.format}")


def _levels(report: Rapport) -> tuple[Line, ...]:
    """How many risks the report tells of, and whether that may be another number now."""
    is_old = not report.filer[0].är_aktuell
    if report.nivåer is None:
        return ((capital(_OLDER) if is_old else _UNKNOWN,),)
    numbers = told(report.nivåer) or (_NO_RISKS,)
    return (numbers, (f"({_OLDER})",)) if is_old else (numbers,)
