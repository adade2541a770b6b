"""The tables that stand under the thing that lists them, with what was said about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.report import Avsnitt
from kvalitet.model.thing import Ting
from kvalitet.view.about import told_in
from kvalitet.view.beginning import has_begun
from kvalitet.view.document import Block, Line, Link, Note, Strong, Table
from kvalitet.view.scene import Scene, numbered
from kvalitet.view.tables import indicator_table
from kvalitet.view.words import words


class OwnTables:
    """Prints the tables of one thing after another, none of them twice in a report. `told` are the
    indicators about which all that was said is told, `sections` those in which the tables of the
    sections already told stand, by anchor."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.told: set[str] = set()
        self.placed: dict[str, tuple[Indikator, Ting]] = {}
        self.sections: dict[str, Avsnitt] = {}

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

    def of_no_thing(self, level: int) -> Iterator[Block]:
        """The table of every group, and of every indicator that is in none, with what was said of
        each; of those that stand in another section, where."""
        indicators = tuple(self.scene.plan.all(Indikator))
        members = {id for indicator in indicators for id in indicator.indikatorer}
        elsewhere: dict[str, list[Indikator]] = {}
        for indicator in (each for each in indicators if each.id not in members):
            section = self.sections.get(indicator.id)
            if section:
                elsewhere.setdefault(section.id, []).append(indicator)
            table = None if section else indicator_table(self.scene, indicator.id)
            yield from self.with_words(indicator, table, level)
        for section in self.scene.report.sections():
            tables = [Link(each.namn, each.id) for each in elsewhere.get(section.id, ())]
            if tables:
                yield told_in(section, tables)

    def keep(self, section: Avsnitt, blocks: Iterable[Block]) -> None:
        """Remembers which tables, or rows and lines that stand for one, stand in a section."""
        for anchor in (anchor for block in blocks for anchor in _anchors(block)):
            self.sections.setdefault(anchor, section)

    def with_words(self, indicator: Indikator, table: Table | None, level: int) -> Iterator[Block]:
        """The table of an indicator, if there is one, and what was said about that and about each
        one in it, unless it has been told."""
        if table is not None:
            yield _of_one_figure(table) or table
            if indicator.id not in self.told:
                self.told.add(indicator.id)
                yield from words(self.scene, indicator.id, level)
        for each in (indicator, *members(self.scene.plan, indicator.id)):
            yield from self.words_of(each, level)

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
        if table is not None:
            of_each = (indicator, *members(self.scene.plan, indicator.id))
            self.placed |= {each.id: (indicator, owner) for each in of_each}
        yield from self.with_words(indicator, table, level)


def _of_one_figure(table: Table) -> Note | None:
    """A table of one figure, of which nothing more is told than where it comes from, as a line."""
    rows = [row for body in table.bodies for row in body.rows]
    if len(rows) != 1 or len(table.columns) != 2 or table.charts or len(table.notes) != 1:
        return None
    name, figure = rows[0].cells
    if name is None or figure is None or name.lines != ((table.caption,),) or figure.lines[1:]:
        return None
    line = f"{table.caption}, {table.columns[1].heading}: ", *figure.lines[0], ". ", *table.notes[0]
    return Note(line, table.anchor)


def _anchors(block: Block) -> Iterator[str]:
    """Those of a table and its rows, and of a line that stands for one."""
    if isinstance(block, Table | Note):
        yield block.anchor
    if isinstance(block, Table):
        yield from (row.anchor for body in block.bodies for row in body.rows)
