"""The page that leads to all reports that lie there: whose they are, of which periods, and how
many risks each tells of at each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import quote

from kvalitet import __version__, scales, status
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.status import Bedömning
from kvalitet.svenska import join, sort_key
from kvalitet.view.badges import badge_of
from kvalitet.view.comparable import risks_of
from kvalitet.view.document import (
    NOTHING,
    Away,
    Block,
    Body,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Inline,
    Line,
    Row,
    Strong,
    Table,
)
from kvalitet.view.scene import capital, scene

_MOST_NAMED = 3
_FORMATS = {"html": "HTML", "md": "Markdown"}
_OLDER = "gjord ur äldre källor"
_COLUMNS = (Column("Plan"), Column("Period"), Column("Rapport"), Column("Risker efter nivå"))


@dataclass(frozen=True, slots=True)
class Rapportfil:
    """A report as it lies there in one format (html or md): whether it was made of the sources as
    they are now, and whether as a draft."""

    format: str
    är_aktuell: bool
    är_utkast: bool


@dataclass(frozen=True, slots=True)
class Rapport:
    """A report of a plan: the name of its file, its heading, in which formats it lies there, and
    how many risks it tells of at each level."""

    namn: str
    rubrik: str
    period: Period
    filer: tuple[Rapportfil, ...]
    nivåer: Line = ()


Standing: TypeAlias = Mapping[str, Sequence[Rapport]]
"""The reports that lie there, by the folder of their plan."""


def levels(plan: Plan, name: str, at: Period, register: Register) -> Line:
    """The number of risks at each level, the highest first, in a report of that name, or where the
    plan judges none as its parts judge them; nothing where it tells of none, or no report type has
    the name."""
    if name not in register.reports:
        return ()
    here = scene(plan, register.reports[name], at, register)
    judged = [status.level(plan, risk.id, at) for risk in here.risks()]
    of_units = [
        status.level(part, risk.id, at) for part in here.parts for risk in risks_of(here, part)
    ]
    if of_units and not any(judged):
        return "bedömt av enheterna: ", *_counted(plan, at, of_units)
    return tuple(_counted(plan, at, judged))


def _counted(plan: Plan, at: Period, judged: Sequence[Bedömning | None]) -> Iterator[Inline]:
    steps = Counter(badge_of("nivå", each.steg) for each in judged if each)
    order = [badge_of("nivå", step) for step in scales.steps(plan.skalor["nivå"], at.last)]
    ranked = sorted(steps, key=lambda step: -order.index(step) if step in order else 1)
    for number, step in enumerate(ranked):
        yield from (", ",) if number else ()
        yield from (step, f" {steps[step]}")
    if unknown := judged.count(None):
        yield f"{', ' if ranked else ''}utan nivå {unknown}"


def index(register: Register, reports: Standing) -> Document:
    """The page, of the reports of each plan by folder name: plans by municipality and board, each
    followed by its parts in Swedish order, and periods the newest first."""
    of_board: dict[tuple[str, str], list[Plan]] = {}
    for plan in register.plans.values():
        if plan.whole is None and _is_told(plan, reports):
            of_board.setdefault((plan.huvud.kommun, plan.huvud.nämnd), []).append(plan)
    boards = sorted(of_board, key=lambda names: [*map(sort_key, names)])
    numbers = (sum(map(bool, reports.values())), sum(map(len, reports.values())))
    told = zip(("Planer", "Rapporter"), numbers, strict=True)
    blocks = (
        block
        for number, names in enumerate(boards, 1)
        for block in _board(names, number, of_board[names], reports)
    )
    return Document(
        title="Rapporter",
        subtitle=_whose(boards),
        facts=tuple(Fact(label, ((str(number),),)) for label, number in told),
        blocks=tuple(blocks),
        footer=(Fact("Framställd med", ((f"kvalitet {__version__}",),)),),
    )


def _is_told(plan: Plan, reports: Standing) -> bool:
    return any(reports.get(each.mapp) for each in (plan, *plan.below()))


def _whose(boards: Sequence[tuple[str, str]]) -> str:
    """The municipalities that the page is about; how many, where they are more than a few."""
    towns = [*dict.fromkeys(kommun for kommun, _ in boards if kommun)]
    if not towns:
        return "Alla planer"
    return join(towns) if len(towns) <= _MOST_NAMED else f"{len(towns)} kommuner"


def _board(
    names: tuple[str, str], number: int, plans: Sequence[Plan], reports: Standing
) -> Iterator[Block]:
    """A heading and a table of the reports of a board's plans."""
    heading = ", ".join(filter(None, names)) or "Planer utan kommun och nämnd"
    anchor = f"namnd-{number}"
    tree = [each for each in _in_tree(plans) if _is_told(each[0], reports)]
    times = Counter(plan.name for plan, _ in tree)
    bodies = (
        Body(tuple(_rows(Cell(_title(plan, times), header=True, depth=depth), plan, reports)))
        for plan, depth in tree
    )
    yield Heading(2, heading, anchor)
    yield Table(f"Rapporter, {heading}", _COLUMNS, tuple(bodies), anchor=f"{anchor}--tabell")


def _in_tree(plans: Sequence[Plan]) -> Iterator[tuple[Plan, int]]:
    """The plans in Swedish order, each followed by its parts, and how far below they are."""
    ordered = sorted(plans, key=lambda plan: (sort_key(plan.name), plan.mapp), reverse=True)
    waiting = [(plan, 0) for plan in ordered]
    while waiting:
        plan, depth = waiting.pop()
        yield plan, depth
        waiting.extend((part, depth + 1) for part in reversed(plan.parts))


def _title(plan: Plan, times: Mapping[str, int]) -> tuple[Line, ...]:
    """What a plan is called; where others are called so too, also the name that it has itself."""
    is_alone = times[plan.name] == 1 or plan.huvud.namn == plan.name
    return ((plan.name,),) if is_alone else ((plan.name,), (plan.huvud.namn,))


def _rows(title: Cell, plan: Plan, reports: Standing) -> Iterator[Row]:
    """The reports of a plan, one a row, the newest first; a whole without any stands above its
    parts all the same."""
    by_name = sorted(reports.get(plan.mapp, ()), key=lambda report: report.namn)
    ordered = sorted(by_name, key=lambda report: report.period, reverse=True)
    if not ordered:
        yield Row((title, *(Cell(NOTHING) for _ in _COLUMNS[1:])))
    for number, report in enumerate(ordered):
        cells = (
            Cell(((report.period.in_words(),),)),
            Cell((tuple(_links(plan, report)),)),
            Cell((_levels(report),)),
        )
        yield Row((None if number else replace(title, rows=len(ordered)), *cells))


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


def _levels(report: Rapport) -> Line:
    if not report.filer[0].är_aktuell:
        return (capital(_OLDER),)
    return report.nivåer or ("inga risker",)
