"""Anchors made unique in a document, whatever its sections are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kvalitet.view.document import Block, Heading, Note, Prose, Table


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
