"""Anchors made unique in a document, whatever its sections are and whoever they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kvalitet.view.document import Block, Chart, Figure, Heading, Link, Note, Prose, Table


def named_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with every anchor once: where a section tells anew of what another has told of,
    its anchors get a number, and links lead to the first."""
    names = _Names()
    for block in blocks:
        if isinstance(block, Heading | Prose | Note):
            yield replace(block, anchor=names.own(block.anchor))
        elif isinstance(block, Table):
            yield names.table(block)
        else:
            yield block


def of_part(blocks: Iterable[Block], mapp: str, own: Set[str]) -> Iterator[Block]:
    """Blocks that tell of a part in the report of its whole: every anchor ends with the part's
    folder, and so do the links to what is the part's own."""
    for block in blocks:
        yield _moved(block, mapp, own)


def _moved(value: Any, mapp: str, own: Set[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(each, mapp, own) for each in value)
    if isinstance(value, Link):
        is_own = value.anchor.partition("--")[0] in own
        return replace(value, anchor=f"{value.anchor}--{mapp}") if is_own else value
    if isinstance(value, Chart):
        return replace(value, anchor=f"{value.anchor}--{mapp}")
    if isinstance(value, Figure) or not is_dataclass(value) or isinstance(value, type):
        return value
    said = {each.name: getattr(value, each.name) for each in fields(value)}
    moved = {name: _moved(each, mapp, own) for name, each in said.items()}
    if said.get("anchor"):
        moved["anchor"] = f"{said['anchor']}--{mapp}"
    return replace(value, **moved)


class _Names:
    """The anchors given so far."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def own(self, anchor: str) -> str:
        """The anchor, or where it is taken one with a number; "" stays so."""
        free, number = anchor, 1
        while free in self.taken:
            number += 1
            free = f"{anchor}--{number}"
        if free:
            self.taken.add(free)
        return free

    def table(self, table: Table) -> Table:
        """A table, its rows and its charts."""
        return replace(
            table,
            anchor=self.own(table.anchor),
            bodies=tuple(
                replace(
                    body,
                    rows=tuple(replace(row, anchor=self.own(row.anchor)) for row in body.rows),
                )
                for body in table.bodies
            ),
            charts=tuple(replace(chart, anchor=self.own(chart.anchor)) for chart in table.charts),
        )
