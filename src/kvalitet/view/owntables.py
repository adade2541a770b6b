"""The tables that stand under the thing that lists them, with what was said about each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.report import TABLES, Avsnitt
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
    sections already told stand, by anchor, also those of `parts`; `chosen` the ids of the tables
    that some section asks for, with that section, by every indicator in them."""

    def __init__(self, scene: Scene, parts: Iterable[OwnTables] = ()) -> None:
        self.scene = scene
        self.told: set[str] = set()
        self.placed: dict[str, tuple[Indikator, Ting]] = {}
        self.sections: dict[str, Avsnitt] = {}
        for part in parts:
            part.sections = self.sections
        self.chosen = _chosen(scene)
        self._shown: dict[str, Table | None] = {}

    def of(self, owner: Ting, level: int, in_overview: Set[str]) -> Iterator[Block]:
        """The tables of a thing, but for those whose figures stand in an overview; then the names
        of those that should be there and of which there is nothing to tell, and in which sections
        others stand."""
        lacking: list[str] = []
        chosen: list[str] = []
        above: dict[str, Avsnitt] = {}
        for indicator in (self.scene.plan.get(Indikator, id) for id in owner.indikatorer):
            if indicator is None or indicator.id in self.placed:
                continue
            if indicator.id in self.chosen:
                chosen.append(indicator.id)
                continue
            is_above = indicator.id in in_overview
            told = tuple(self._table(indicator, owner, level, is_above=is_above))
            yield from told
            above |= self._overviewed(indicator.id) if is_above else {}
            is_told = told or is_above
            if not is_told and (len(owner.indikatorer) == 1 or has_begun(self.scene, indicator)):
                lacking.append(indicator.namn)
        if lacking:
            yield _without_values(lacking)
        yield from self._told_in({**self._there(chosen), **above})

    def elsewhere(self, owner: Ting) -> Iterator[Line]:
        """Where the tables of a thing stand that have been told under another."""
        found = {table.id: (table, other) for table, other in self._known(owner)}
        for table, other in found.values():
            place = f" under {type(other).kind} {numbered(other)}"
            yield "tabellen ", Link(table.namn, table.id), place

    def of_section(self, section: Avsnitt, level: int) -> Iterator[Block]:
        """The tables that a section asks for, in that order, with what was said of each; else those
        of no thing."""
        if not section.indikatorer:
            yield from self._of_no_thing(level)
            return
        lacking = []
        for indicator in _asked(self.scene, section):
            if self.chosen[indicator.id] != (indicator.id, section):
                continue
            table = self._chosen_table(indicator.id)
            yield from self.with_words(indicator, table, level)
            if table is None:
                lacking.append(indicator.namn)
        if lacking:
            yield _without_values(lacking)

    def in_sections(self) -> Collection[str]:
        """The indicators that a section for them tells: all where one asks for none of them."""
        sections = self.scene.report.sections()
        if any(section.del_ == TABLES and not section.indikatorer for section in sections):
            return {each.id for each in self.scene.plan.all(Indikator)}
        return self.chosen.keys()

    def _of_no_thing(self, level: int) -> Iterator[Block]:
        """The table of every group, and of every indicator that is in none, with what was said of
        each; of those that stand in another section, where."""
        indicators = tuple(self.scene.plan.all(Indikator))
        members = {id for indicator in indicators for id in indicator.indikatorer}
        elsewhere: dict[str, Avsnitt] = {}
        for indicator in (each for each in indicators if each.id not in members):
            if indicator.id in self.chosen:
                elsewhere |= self._there([indicator.id])
                continue
            section = self.sections.get(indicator.id)
            if section:
                elsewhere[indicator.id] = section
            table = None if section else indicator_table(self.scene, indicator.id)
            yield from self.with_words(indicator, table, level)
        yield from self._told_in(elsewhere)

    def _there(self, ids: Iterable[str]) -> Mapping[str, Avsnitt]:
        """The tables that some section asks for in which the indicators are, by id; with the
        section, which tells them."""
        found = dict(self.chosen[id] for id in ids)
        return {id: found[id] for id in found if self._chosen_table(id)}

    def _overviewed(self, id: str) -> dict[str, Avsnitt]:
        """The section told before in which an overview has the figures of an indicator, by its id;
        nothing where that is the one being told."""
        is_of_part = self.scene.teller is not None and id in self.scene.own()
        anchor = f"{id}--{self.scene.plan.mapp}" if is_of_part else id
        section = self.sections.get(anchor)
        return {id: section} if section else {}

    def _chosen_table(self, id: str) -> Table | None:
        if id not in self._shown:
            self._shown[id] = indicator_table(self.scene, id)
        return self._shown[id]

    def _told_in(self, elsewhere: Mapping[str, Avsnitt]) -> Iterator[Note]:
        """Where tables stand, section by section."""
        for section in self.scene.report.sections():
            ids = [id for id, other in elsewhere.items() if other.id == section.id]
            tables = (self.scene.plan.get(Indikator, id) for id in ids)
            if ids:
                yield told_in(section, [Link(each.namn, each.id) for each in tables if each])

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


def _chosen(scene: Scene) -> Mapping[str, tuple[str, Avsnitt]]:
    """The tables that a section asks for, the first where several do, with that section, by the
    indicators in them: the own table of one goes before that of its group."""
    asked = [
        (indicator.id, section)
        for section in scene.report.sections()
        for indicator in _asked(scene, section)
    ]
    found = {id: (id, section) for id, section in reversed(asked)}
    for id, section in asked:
        for member in members(scene.plan, id):
            found.setdefault(member.id, (id, section))
    return found


def _asked(scene: Scene, section: Avsnitt) -> Iterator[Indikator]:
    tables = (scene.plan.get(Indikator, id) for id in dict.fromkeys(section.indikatorer))
    return (each for each in tables if each)


def _without_values(names: Iterable[str]) -> Note:
    return Note((f"Inga värden har redovisats än: {'; '.join(names)}.",))


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
