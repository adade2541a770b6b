"""Follow-up: of each thing how it stands, what was said, its tables; then what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kvalitet import prose, scales
from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Ting,
    Åtgärd,
)
from kvalitet.view.document import Block, Fact, Facts, Heading, Link, Note, Prose, Strong
from kvalitet.view.scene import Scene, belonging, capital, name_of, numbered
from kvalitet.view.standing import facts
from kvalitet.view.tables import indicator_table
from kvalitet.view.words import words

_KINDS: dict[type[Model], str] = {
    Mål: "Mål",
    Kvalitetsområde: "Kvalitetsområde",
    Åtgärd: "Åtgärd",
    Aktivitet: "Aktivitet",
    Egenkontroll: "Egenkontroll",
    Avvikelse: "Avvikelser",
    Indikator: "Indikator",
}
_NAMED_BY_TYPE = (Mål, Avvikelse)
_IN_PLAN_TABLE = (Mål, Risk, Åtgärd, Aktivitet)
_LOWEST = 6


def follow_up(scene: Scene, level: int) -> Iterator[Block]:
    """All things of which there is something to tell, each once, under headings of that level."""
    telling = _Telling(scene)
    for thing in _in_order(scene):
        yield from telling.about(thing, level)
    for indicator in scene.plan.all(Indikator):
        yield from telling.words_of(indicator, level)
    for part in scene.parts:
        yield from telling.rest_of(part, level)


def _in_order(scene: Scene) -> Iterator[Model]:
    """The report's risks, goals, quality areas, deviations, self-checks, and the measures and
    activities that belong to nothing: those of a risk kept out of the report are kept out too."""
    plan = scene.plan
    yield from scene.risks()
    yield from scene.goals()
    yield from plan.all(Kvalitetsområde)
    yield from plan.all(Avvikelse)
    yield from plan.all(Egenkontroll)
    owners = [thing for thing in plan.things.values() if isinstance(thing, Ting)]
    owned = {id for owner in owners for id in (*owner.åtgärder, *owner.aktiviteter)}
    for thing in (*plan.all(Åtgärd), *plan.all(Aktivitet)):
        if thing.id not in owned:
            yield thing


class _Telling:
    """Tells of one thing after another, and of none of them twice."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.headed: dict[str, bool] = {}
        self.tables: dict[str, str] = {}
        self.indicators: set[str] = set()

    def about(self, thing: Any, level: int) -> Iterator[Block]:
        """The heading of a thing and all that is told of it; nothing where there is nothing."""
        if thing.id in self.headed:
            return
        self.headed[thing.id] = True
        known = facts(self.scene, thing.id)
        told = tuple(self._told(thing, level))
        self.headed[thing.id] = bool(known or told) or isinstance(thing, Risk)
        if self.headed[thing.id]:
            yield Heading(level, _title(thing), thing.id)
            known = (*_described(self.scene, thing), *known)
            if known:
                yield Facts(known)
            yield from told

    def words_of(self, indicator: Indikator, level: int) -> Iterator[Block]:
        """What was said about an indicator, after its name, unless it has been told."""
        if indicator.id not in self.indicators:
            self.indicators.add(indicator.id)
            said = tuple(words(self.scene, indicator.id, level))
            if said:
                yield Note((Strong(indicator.namn),))
                yield from said

    def rest_of(self, part: Plan, level: int) -> Iterator[Block]:
        """What a part has lifted and nothing here was about: mostly what only the part has."""
        below = min(level + 1, _LOWEST)
        sections = {section.id for section in self.scene.report.avsnitt}
        begun = False
        for id, said in self.scene.lifted(part).items():
            title = _title_in_part(part, id)
            if title is None or self.headed.get(id) or id in self.indicators | sections:
                continue
            if not begun:
                yield Heading(level, name_of(part), f"del--{part.mapp}")
            begun = True
            yield Heading(below, title, f"{id}--{part.mapp}")
            shown = prose.render(part, said.text, self.scene.at)
            yield Prose(shown, below, f"{id}--{part.mapp}--text")

    def _told(self, thing: Any, level: int) -> Iterator[Block]:
        yield from words(self.scene, thing.id, level)
        if isinstance(thing, Ting):
            yield from self._tables(thing, level)
            for id in belonging(thing):
                yield from self._belonging(id, min(level + 1, _LOWEST))

    def _belonging(self, id: str, level: int) -> Iterator[Block]:
        thing = self.scene.plan.things.get(id)
        if self.headed.get(id) and isinstance(thing, Ting):
            yield Note((f"{_KINDS[type(thing)]}: ", Link(thing.namn, id), " (redovisas ovan)"))
        elif thing is not None:
            yield from self.about(thing, level)

    def _tables(self, owner: Ting, level: int) -> Iterator[Block]:
        """The tables of a thing's indicators with what was said about them; then those that stand
        elsewhere, and those that lack rows."""
        owned = [self.scene.plan.get(Indikator, id) for id in owner.indikatorer]
        elsewhere = [each for each in owned if each and each.id in self.tables]
        lacking = []
        for indicator in owned:
            if indicator is None or indicator.id in self.indicators:
                continue
            told = tuple(self._table(indicator, owner, level))
            yield from told
            if not told:
                lacking.append(indicator.namn)
        for indicator in elsewhere:
            yield Note(("Redovisas ovan: ", Link(indicator.namn, self.tables[indicator.id])))
        if lacking:
            yield Note((f"Uppgifter saknas än: {'; '.join(lacking)}.",))

    def _table(self, indicator: Indikator, owner: Ting, level: int) -> Iterator[Block]:
        table = indicator_table(self.scene, indicator.id)
        of_each = (indicator, *members(self.scene.plan, indicator.id))
        if table is not None:
            self.tables |= {each.id: owner.id for each in of_each}
            self.indicators.add(indicator.id)
            yield table
            yield from words(self.scene, indicator.id, level)
        for each in of_each:
            yield from self.words_of(each, level)


def _title(thing: Any) -> str:
    namn = numbered(thing.nr, thing.namn)
    if isinstance(thing, Risk):
        return namn
    own = thing.typ if isinstance(thing, _NAMED_BY_TYPE) else ""
    return f"{capital(own) or _KINDS[type(thing)]}: {namn}"


def _described(scene: Scene, thing: Any) -> Iterator[Fact]:
    """What the plan table does not tell already."""
    told = scales.holds_from(thing.beskrivning, scene.at.last)
    if told and not isinstance(thing, _IN_PLAN_TABLE):
        yield Fact("Beskrivning", ((told,),))
    if isinstance(thing, Mål) and thing.förväntat_resultat:
        yield Fact("Förväntat resultat", ((thing.förväntat_resultat,),))


def _title_in_part(part: Plan, id: str) -> str | None:
    """What a thing or a section of the part's reports is called; None for an unknown id."""
    if id in part.things:
        return _title(part.things[id])
    sections = (each for report in part.rapporter.values() for each in report.avsnitt)
    return next((section.rubrik for section in sections if section.id == id), None)
