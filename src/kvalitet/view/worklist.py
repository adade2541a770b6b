"""Tables of what is to be done: activities and measures with their dates and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kvalitet.model.thing import Aktivitet, Ting, Åtgärd
from kvalitet.view import standing
from kvalitet.view.badges import legends
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Inline,
    Line,
    Link,
    Row,
    Table,
)
from kvalitet.view.scene import Scene, kind_of, numbered
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


def work_tables(
    scene: Scene, work: Iterable[Sequence[Ting]], headed: Mapping[str, bool]
) -> Iterator[Block]:
    """A table of each kind, when it is known of which things there is more to tell: that of a
    single thing only where there is none."""
    for group in work:
        if group[1:] or not headed.get(group[0].id):
            table = _table(scene, group, headed)
            yield table
            for legend in legends(scene.plan, table, scene.at.last):
                if any(badge.färg or meaning for badge, meaning in legend.entries):
                    yield legend  # a sign alone stands beside its word


def _table(scene: Scene, things: Sequence[Ting], headed: Mapping[str, bool]) -> Table:
    """A row for each of things of one kind; only columns in which something is told of any."""
    ids = [thing.id for thing in things]
    fields = {
        heading: told
        for heading, tell in standing.columns(scene, ids).items()
        if any(told := [side_by_side(scene, id, tell) for id in ids])
    }
    names = [Cell(((_called(thing, headed),), *_type(thing)), header=True) for thing in things]
    rows = [
        Row((name, *(Cell(told[number] or NOTHING) for told in fields.values())))
        for number, name in enumerate(names)
    ]
    headings = (kind_of(things[0]), *fields)
    return Table(_CAPTIONS[type(things[0])], tuple(map(Column, headings)), (Body(tuple(rows)),))


def _called(thing: Ting, headed: Mapping[str, bool]) -> Inline:
    name = numbered(thing)
    return Link(name, thing.id) if headed.get(thing.id) else name


def _type(thing: Ting) -> tuple[Line, ...]:
    return ((thing.typ,),) if thing.typ else ()
