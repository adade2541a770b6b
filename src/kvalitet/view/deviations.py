"""Deviations: how many of each kind, tertial by tertial, and then what was learnt of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import breakdowns, members, periods
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Avvikelse
from kvalitet.period import Period, divide
from kvalitet.status import held
from kvalitet.view import standing
from kvalitet.view.badges import legends
from kvalitet.view.columns import Head, Shown, columns
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Figure,
    Line,
    Link,
    Row,
    Table,
)
from kvalitet.view.notes import marks, rows_read
from kvalitet.view.scene import Scene, capital, numbered
from kvalitet.view.spans import OUTCOME, exactly, is_since_new_year
from kvalitet.view.standing import side_by_side
from kvalitet.view.subjects import Subject, subjects
from kvalitet.view.telling import Telling
from kvalitet.view.totals import totals


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count of a deviation in the plan or a part of it: what each period's own value is."""

    plan: Plan
    indicator: Indikator
    label: str
    figures: Mapping[Period, Shown]


def deviations(telling: Telling) -> Iterator[Block]:
    """The counts of all kinds beside each other where there are several, then each kind and the
    parts' own. A table that would only repeat those counts is left out."""
    scene = telling.scene
    kinds = [each for each in scene.plan.all(Avvikelse) if telling.is_here(each.id)]
    heads = _heads(scene, kinds)
    counts = {
        each.id: tuple(row for row in _counts(scene, each, heads) if not _is_by_steps(scene, row))
        for each in kinds
    }
    counts = {id: rows for id, rows in counts.items() if rows}
    told = [row for rows in counts.values() for row in rows]
    compares = len(counts) > 1 and any(map(_is_told, told))
    if compares:
        telling.in_overview |= {id for id in _tables(kinds) if _is_repeated(scene, id, told)}
    blocks = tuple(telling.each(kinds, telling.level))
    if compares:
        table = _overview(telling, counts)
        yield table
        yield from legends(scene.plan, table, scene.at.last)
    yield from blocks
    yield from telling.of_parts(deviations, telling.level)


def _heads(scene: Scene, kinds: Sequence[Avvikelse]) -> tuple[Period, ...]:
    """The same span of the year before; the tertials of the year so far, or what it is divided by
    instead, with what is told of it, is no piece of one of them and not shorter than they are; the
    report's own period."""
    at = scene.at
    so_far = Period(date(at.year, 1, 1), at.last)
    told = {
        period for each in _all_told(scene, kinds) for period in each if so_far.contains(period)
    }
    rhythms = {period.frekvens for period in told} | {at.frekvens}
    rhythm = next((each for each in ("tertial", "kvartal", "halvår") if each in rhythms), "tertial")
    pieces = divide(so_far, rhythm)
    shortest = min((piece.days for piece in pieces), default=0)
    long = (each for each in told if each.days >= shortest)
    odd = (each for each in long if not any(piece.contains(each) for piece in pieces))
    try:
        before = {at.a_year_before()}
    except ValueError:  # where the calendar begins
        before = set()
    return tuple(sorted({*before, *pieces, *odd, so_far, at}))


def _all_told(scene: Scene, kinds: Sequence[Avvikelse]) -> Iterator[Sequence[Period]]:
    counted = (each for kind in kinds for each in _indicators(scene, kind))
    ids = dict.fromkeys(each.id for each in counted)
    for plan in (scene.plan, *scene.parts):
        yield from (periods(plan, id, known_at=scene.at) for id in ids)


def _indicators(scene: Scene, kind: Avvikelse) -> Sequence[Indikator]:
    """The indicators of a deviation that are a number of something: not shares and rates."""
    plan = scene.plan
    own = {each.id: each for table in kind.indikatorer for each in members(plan, table)}
    return [
        each
        for each in own.values()
        if each.måttenhet == "antal" and (each.beräkning is None or each.beräkning.summa)
    ]


def _counts(scene: Scene, kind: Avvikelse, heads: Sequence[Period]) -> Iterator[_Counted]:
    """The totals of a deviation, each followed by those of the parts that tell it too."""
    for indicator in _indicators(scene, kind):
        for plan in (scene.plan, *scene.parts):
            own = plan.get(Indikator, indicator.id) or indicator
            figures = {head: _own(scene, plan, own, head) for head in heads}
            row = _Counted(plan, own, own.namn if plan is scene.plan else plan.name, figures)
            if plan is scene.plan or _is_told(row):
                yield row


def _is_told(row: _Counted) -> bool:
    return any(each.tal.is_told for each in row.figures.values())


def _is_by_steps(scene: Scene, row: _Counted) -> bool:
    """Whether nothing but breakdowns is told of a count: its own table does that."""
    return not _is_told(row) and bool(breakdowns(row.plan, row.indicator.id))


def _own(scene: Scene, plan: Plan, indicator: Indikator, period: Period) -> Shown:
    """The value of just that period, or the sum of what fills it; what is counted since New Year is
    told of no period that begins later."""
    subject = Subject(plan, indicator, "", indicator.namn, "")
    is_later = period.first != date(period.first.year, 1, 1)
    is_other = is_later and is_since_new_year(subject)
    step = None if is_other else exactly(scene, subject, period)
    return Shown(subject, Head(period), step.tal if step else Tal(None, kind="saknas"), how=step)


def _tables(kinds: Sequence[Avvikelse]) -> Iterator[str]:
    return (id for kind in kinds for id in kind.indikatorer)


def _is_repeated(scene: Scene, id: str, counted: Sequence[_Counted]) -> bool:
    """Whether all that the table of an indicator tells stands in the overview: its indicators and
    figures are there, and it has no targets, definitions or remarks."""
    table = scene.plan.get(Indikator, id)
    if table is None:
        return False
    of_it = (table, *members(scene.plan, id))
    if not {each.id for each in of_it[1:]} <= {row.indicator.id for row in counted}:
        return False
    if any(held(scene.plan, each) or each.källa or _definition(scene, each) for each in of_it):
        return False
    known = {
        (row.plan.mapp, row.indicator.id, period)
        for row in counted
        for period, each in row.figures.items()
        if each.tal.is_told
    }
    return all(
        (each.subject.plan.mapp, each.subject.indicator.id, each.head.period) in known
        and not each.subject.uppdelning
        and each.head.serie == OUTCOME
        and not (each.row and (each.row.cell.anm or each.row.key.gäller_från))
        for column in columns(scene, subjects(scene, table)).columns
        for each in column.shown
        if each.tal.is_told
    )


def _definition(scene: Scene, indicator: Indikator) -> str:
    return scales.holds_from(indicator.beskrivning, scene.at.last) or ""


def _overview(telling: Telling, counts: Mapping[str, Sequence[_Counted]]) -> Table:
    """A row for each count, under the name of its kind; columns in which something is told."""
    scene = telling.scene
    rows = [row for of_kind in counts.values() for row in of_kind]
    heads = [head for head in rows[0].figures if any(row.figures[head].tal.is_told for row in rows)]
    judged = _judged(scene, tuple(counts))
    names_counts = any(len(of_kind) > 1 for of_kind in counts.values())
    bodies = tuple(_rows(telling, counts, heads, judged.values(), names_counts))
    figures = [row.figures[head] for row in rows for head in heads]
    sources = rows_read(scene.plan, (each for one in figures for each in one.tal.källor))
    return Table(
        caption=f"Avvikelser, {scene.at.in_words()}",
        columns=(
            Column("Slag"),
            *map(Column, judged),
            *((Column("Det som räknas"),) if names_counts else ()),
            *(Column(head.short(), numeric=True) for head in heads),
        ),
        bodies=(Body(bodies),),
        notes=(*totals(scene, figures), *marks(figures), (f"Källa: {sources}.",)),
        anchor="avvikelser--antal",
    )


def _judged(scene: Scene, ids: Sequence[str]) -> Mapping[str, Mapping[str, tuple[Line, ...]]]:
    """The level of each kind, and its step on every other scale that anything is said on, by the
    heading of the column."""
    skala = scales.cell_scale(scene.plan.skalor)
    level = {capital(skala): standing.level} if skala else {}
    tellers = {**level, **standing.states(scene, ids)}
    told = {
        name: {id: side_by_side(scene, id, tell) for id in ids} for name, tell in tellers.items()
    }
    return {name: of_each for name, of_each in told.items() if any(of_each.values())}


def _rows(
    telling: Telling,
    counts: Mapping[str, Sequence[_Counted]],
    heads: Sequence[Period],
    judged: Collection[Mapping[str, tuple[Line, ...]]],
    names_counts: bool,
) -> Iterator[Row]:
    placed: set[str] = set()
    for id, of_kind in counts.items():
        kind = telling.scene.plan.get(Avvikelse, id)
        assert kind is not None
        for number, row in enumerate(of_kind):
            spanning: tuple[Cell | None, ...] = (
                Cell(tuple(_kind(telling, kind)), header=True, rows=len(of_kind)),
                *(Cell(column[id] or NOTHING, rows=len(of_kind)) for column in judged),
            )
            depth = int(row.plan is not telling.scene.plan)
            own = (Cell(((row.label,),), header=True, depth=depth),) if names_counts else ()
            figures = (Cell(((Figure(row.figures[head].tal, "cell"),),)) for head in heads)
            first = spanning if number == 0 else (None,) * len(spanning)
            yield Row((*first, *own, *figures), anchor=_anchor(telling, kind, row, placed))


def _kind(telling: Telling, kind: Avvikelse) -> Iterator[Line]:
    """The name, which leads to what is told of it; what it is, where the name does not say it."""
    name = numbered(kind)
    yield (Link(name, kind.id) if telling.headed.get(kind.id) else name,)
    if kind.typ.casefold() not in kind.namn.casefold():
        yield (kind.typ,)


def _anchor(telling: Telling, kind: Avvikelse, row: _Counted, placed: set[str]) -> str:
    """The anchor of the table that this row stands for: the first row of it has it."""
    for id in kind.indikatorer:
        is_in_it = any(each.id == row.indicator.id for each in members(telling.scene.plan, id))
        if is_in_it and id in telling.in_overview and id not in placed:
            placed.add(id)
            return id
    return ""
