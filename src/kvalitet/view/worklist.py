"""Tables of what is to be done: activities and measures with their dates and how they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kvalitet.model.thing import Aktivitet, Ting, Åtgärd
from kvalitet.view import standing
from kvalitet.view.document import NOTHING, Body, Cell, Column, Inline, Line, Row, Table
from kvalitet.view.scene import Scene, kind_of
from kvalitet.view.standing import side_by_side

_CAPTIONS: Mapping[type[Ting], str] = {Aktivitet: "Aktiviteter", Åtgärd: "Åtgärder"}


def by_kind(things: Iterable[Ting]) -> tuple[tuple[Ting, ...], ...]:
    """The activities among things, and the measures: what stands in a table of its own."""
    those = tuple({thing.id: thing for thing in things}.values())
    groups = (tuple(each for each in those if isinstance(each, kind)) for kind in _CAPTIONS)
    return tuple(group for group in groups if group)


def in_tables(work: Iterable[Sequence[Ting]]) -> frozenset[str]:
    """The ids of what stands in tables: that of a single thing says no more than a heading."""
    return frozenset(thing.id for group in work if group[1:] for thing in group)


def work_table(scene: Scene, things: Sequence[Ting], called: Callable[[Ting], Inline]) -> Table:
    """A row for each of things of one kind; only columns in which something is told of any."""
    ids = [thing.id for thing in things]
    fields = {
        heading: told
        for heading, tell in standing.columns(scene, ids).items()
        if any(told := [side_by_side(scene, id, tell) for id in ids])
    }
    names = [Cell(((called(thing),), *_type(thing)), header=True) for thing in things]
    rows = [
        Row((name, *(Cell(told[number] or NOTHING) for told in fields.values())))
        for number, name in enumerate(names)
    ]
    headings = (kind_of(things[0]), *fields)
    return Table(_CAPTIONS[type(things[0])], tuple(map(Column, headings)), (Body(tuple(rows)),))


def _type(thing: Ting) -> tuple[Line, ...]:
    return ((thing.typ,),) if thing.typ else ()
