"""Quality area by quality area: what it means, its risks and how they changed, what was done about
them, what remains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress
from typing import TypeAlias

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Kvalitetsområde, Risk
from kvalitet.view import standing
from kvalitet.view.areagroups import (
    Area,
    Held,
    anchor_of,
    by_area,
    of_period,
    reference,
)
from kvalitet.view.badges import badge_of, legends
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Line,
    Note,
    Row,
    Strong,
    Table,
    below,
)
from kvalitet.view.followup import others, rest
from kvalitet.view.history import change, history, level_at_start, told
from kvalitet.view.homes import GOALS
from kvalitet.view.remaining import what_remains
from kvalitet.view.scene import Scene, capital, numbered
from kvalitet.view.standing import Teller
from kvalitet.view.telling import Telling
from kvalitet.view.words import is_brief, labelled, words

Lines: TypeAlias = tuple[Line, ...]
Statement: TypeAlias = tuple[str, tuple[Lines, ...]]
"""Who says something of a risk, and what stands in each column."""

_NOTHING = "Inget har redovisats om kvalitetsområdet."
_NO_LEVEL = "Ingen nivå är angiven."
_FIRST = "Vid {} början var ingen av riskerna bedömd."
_SOME_LEVELS = "Streck betyder att inget är angivet."


def quality_areas(telling: Telling) -> Iterator[Block]:
    """Every quality area of the plan and of its parts, then the risks that have none, and what was
    said of all that has no section of its own."""
    areas = [area for area in by_area(telling) if _is_here(area)]
    has_areas = any(area.område for area in areas)
    is_first = _is_first(areas)
    if is_first:
        yield Note((_FIRST.format(of_period(telling.scene.at)),))
    for area in areas:
        if has_areas:
            yield _heading(telling, area)
        level = telling.level if has_areas else telling.level - 1
        yield from _area(telling, area, level, is_first=is_first)
    if "uppföljning" not in telling.parts_of_report:
        if GOALS not in telling.parts_of_report:
            yield from telling.each(telling.scene.goals(), telling.level)
        yield from rest(telling, others(telling))


def _is_here(area: Area) -> bool:
    """Whether the section is the one that tells of an area."""
    told = (area.område,) if area.område else area.risks
    return any(held.owner.is_here(held.thing.id) for held in told)


def _is_first(areas: Sequence[Area]) -> bool:
    """Whether risks are judged, and none was when the time of the report began."""
    judged = [
        (of.scene, held.thing.id) for area in areas for held in area.risks for of in held.judging()
    ]
    starts = (level_at_start(scene.plan, id, scene.at) for scene, id in judged)
    return any(status.level(scene.plan, id, scene.at) for scene, id in judged) and not any(starts)


def _heading(telling: Telling, area: Area) -> Heading:
    if area.område is None:
        return Heading(telling.level, "Utan kvalitetsområde", "utan--kvalitetsomrade")
    of, thing = area.område.owner, area.område.thing
    if of is telling:
        return Heading(telling.level, numbered(thing), thing.id)
    plan = of.scene.plan
    return Heading(telling.level, f"{numbered(thing)}, {plan.name}", f"{thing.id}--{plan.mapp}")


def _area(telling: Telling, area: Area, level: int, *, is_first: bool) -> Iterator[Block]:
    """What stands below the heading of an area, which has that level."""
    said: tuple[Block, ...] = ()
    if area.område:
        of, thing = area.område.owner, area.område.thing
        said = tuple(_said_of_area(of, thing, level))
        said = said if of is telling else tuple(of.moved(said))
        yield from _meaning(of, thing, level, is_apart=bool(said))
    yield from said
    of_risks = tuple(_risk_by_risk(telling, area.risks, below(level)))
    if area.risks:
        yield from _table(telling, area.risks, is_first=is_first)
        yield from _histories(telling, area.risks)
    elif not said:
        yield Note((_NOTHING,))
    yield from of_risks
    yield from what_remains(telling, area.risks)


def _meaning(of: Telling, area: Kvalitetsområde, level: int, *, is_apart: bool) -> Iterator[Block]:
    """What an area means, set apart from what is said of it."""
    meaning = scales.holds_from(area.beskrivning, of.scene.at.last)
    if meaning and is_brief(meaning):
        yield Facts((Fact("Definition", ((meaning.strip(),),)),))
    elif meaning:
        yield from labelled("Definition", meaning, level)
        if is_apart:
            yield Note((Strong("Uppföljning"),))


def _said_of_area(of: Telling, area: Kvalitetsområde, level: int) -> Iterator[Block]:
    """How an area stands, and what was said of it."""
    of.headed[area.id] = True
    known = standing.facts(of.scene, area.id)
    if known:
        yield Facts(known)
    yield from words(of.scene, area.id, level)


def _risk_by_risk(telling: Telling, risks: Sequence[Held[Risk]], level: int) -> Iterator[Block]:
    """What was said and done about the risks of the plan, then about the parts' own."""

    def of_one(of: Telling, level: int) -> Iterator[Block]:
        for held in risks:
            if held.owner is of:
                yield from _beside_table(held, level)

    yield from of_one(telling, level)
    yield from telling.of_parts(lambda of: of_one(of, below(level)), level)


def _beside_table(held: Held[Risk], level: int) -> Sequence[Block]:
    """What there is to tell of a risk but for the steps that stand in the table; nothing where that
    tells all."""
    heading, *told = held.owner.about(held.thing, level) or (None,)
    states = (standing.states(of.scene, (held.thing.id,)) for of in held.tellings)
    in_table = {"Risknivå", *chain.from_iterable(states)}
    if told and isinstance(told[0], Facts):
        left = tuple(fact for fact in told[0].facts if fact.label not in in_table)
        told[:1] = [Facts(left)] if left else []
    held.owner.headed[held.thing.id] = bool(told)
    return (heading, *told) if heading and told else ()


def _table(telling: Telling, risks: Sequence[Held[Risk]], *, is_first: bool) -> Iterator[Block]:
    """A row for each plan that judges each risk: its level when the time of the report began and
    when it ended, then what is said on other scales; only columns in which something is told, and
    none of levels before the first."""
    scene, whose = telling.scene, of_period(telling.scene.at)
    tellers: dict[str, Teller] = {f"Vid {whose} början": _at_start, f"Vid {whose} slut": _at_end}
    for of in (telling, *telling.parts):
        tellers |= standing.states(
            of.scene, [held.thing.id for held in risks if of in held.tellings]
        )
    rows = [(held, tuple(_said(telling, held, tuple(tellers.values())))) for held in risks]
    cells = [lines for _, said in rows for _, lines in said]
    is_told = [any(column) for column in zip(*cells, strict=True)]
    has_levels = is_told[:2] != [False, False]
    is_told[:2] = [has_levels and not is_first, has_levels]
    note = _SOME_LEVELS if not all((start or is_first) and end for start, end, *_ in cells) else ""
    names = ("Risk", *(("Verksamhet",) if scene.parts else ()), *compress(tellers, is_told))
    table = Table(
        f"{capital(whose)} risker",
        tuple(map(Column, names)),
        (Body(tuple(row for each in rows for row in _rows(telling, *each, is_told))),),
        tuple((text,) for text in (note if has_levels else _NO_LEVEL,) if text),
    )
    yield table
    yield from legends(scene.plan, table, scene.at.last)


def _said(telling: Telling, held: Held[Risk], tellers: Sequence[Teller]) -> Iterator[Statement]:
    """What each plan that judges a risk says of it; where none does, a row that tells nothing."""
    told = (
        (
            of.scene.plan,
            tuple(tuple(tell(of.scene, of.scene.plan, held.thing.id)) for tell in tellers),
        )
        for of in held.judging()
    )
    return standing.by_plan(telling.scene, told)


def _rows(
    telling: Telling, held: Held[Risk], said: Sequence[Statement], is_told: Sequence[bool]
) -> Iterator[Row]:
    name = Cell(((reference(held.owner, held.thing),),), header=True, rows=len(said))
    anchor = "" if held.owner.headed.get(held.thing.id) else anchor_of(held.owner, held.thing)
    for number, (who, lines) in enumerate(said):
        whose = (Cell(((who,),)),) if telling.parts else ()
        told = (Cell(each or NOTHING) for each in compress(lines, is_told))
        yield Row((None if number else name, *whose, *told), "" if number else anchor)


def _at_start(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The level that held when the time of the report began."""
    start = level_at_start(plan, id, scene.at)
    if start:
        yield (badge_of(start.skala, start.steg),)


def _at_end(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The level at the report, and whether it is another than when its time began."""
    now, changed = status.level(plan, id, scene.at), change(plan, id, scene.at)
    if now:
        word = (" (höjd)" if changed > 0 else " (sänkt)",) if changed else ()
        yield badge_of(now.skala, now.steg), *word


def _histories(telling: Telling, risks: Sequence[Held[Risk]]) -> Iterator[Block]:
    """How each level came to be another than it was; nothing of those that are the same."""
    facts = []
    for held in risks:
        changes = (
            (of.scene.plan, told(steps))
            for of in held.tellings
            if len(steps := history(of.scene.plan, held.thing.id, of.scene.at)) > 1
        )
        lines = tuple(
            (f"{who}: ", *line) if telling.parts else line
            for who, line in standing.by_plan(telling.scene, changes)
        )
        if lines:
            facts.append(Fact(numbered(held.thing), lines))
    if facts:
        yield Note((Strong("Så har nivåerna ändrats"),))
        yield Facts(tuple(facts))
