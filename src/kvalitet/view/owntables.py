"""The tables that stand under the thing that lists them, with what was said about each."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.thing import Ting
from kvalitet.view.beginning import has_begun
from kvalitet.view.document import Block, Line, Link, Note, Strong
from kvalitet.view.scene import Scene, numbered
from kvalitet.view.tables import indicator_table
from kvalitet.view.words import words


class OwnTables:
    """Prints the tables of one thing after another, none of them twice in a report. `told` are the
    indicators about which all that was said is told."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.told: set[str] = set()
        self.placed: dict[str, tuple[Indikator, Ting]] = {}

    def of(self, owner: Ting, level: int, in_overview: Set[str]) -> Iterator[Block]:
        """The tables of a thing, but for those whose figures stand in an overview; then the names
        of those that should be there and of which there is nothing to tell."""
        lacking = []
        for indicator in (self.scene.plan.get(Indikator, id) for id in owner.indikatorer):
            if indicator is None or indicator.id in self.placed:
                continue
            is_above = indicator.id in in_overview
            told = tuple(self._table(indicator, owner, level, is_above=is_above))
            yield from told
            is_told = told or is_above
            if not is_told and (len(owner.indikatorer) == 1 or has_begun(self.scene, indicator)):
                lacking.append(indicator.namn)
        if lacking:
            yield Note((f"Inga värden har redovisats än: {'; '.join(lacking)}.",))

    def elsewhere(self, owner: Ting) -> Iterator[Line]:
        """Where the tables of a thing stand that have been told under another."""
        found = {table.id: (table, other) for table, other in self._known(owner)}
        for table, other in found.values():
            place = f" under {type(other).kind} {numbered(other)}"
            yield "tabellen ", Link(table.namn, table.id), place

    def words_of(self, indicator: Indikator, level: int) -> Iterator[Block]:
        """What was said about an indicator, after its name, unless it has been told."""
        if indicator.id not in self.told:
            self.told.add(indicator.id)
            said = tuple(words(self.scene, indicator.id, level))
            if said:
                yield Note((Strong(indicator.namn),))
                yield from said

    def _known(self, owner: Ting) -> Iterator[tuple[Indikator, Ting]]:
        yield from filter(None, map(self.placed.get, owner.indikatorer))

    def _table(
        self, indicator: Indikator, owner: Ting, level: int, *, is_above: bool
    ) -> Iterator[Block]:
        table = None if is_above else indicator_table(self.scene, indicator.id)
        of_each = (indicator, *members(self.scene.plan, indicator.id))
        if table is not None:
            self.placed |= {each.id: (indicator, owner) for each in of_each}
            self.told.add(indicator.id)
            yield table
            yield from words(self.scene, indicator.id, level)
        for each in of_each:
            yield from self.words_of(each, level)
