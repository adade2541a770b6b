"""Follow-up, goal by goal, risk by risk, measure by measure: of each thing how it stands, what was
said, its tables; then what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
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
from kvalitet.view.beginning import has_begun, is_to_come
from kvalitet.view.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Line,
    Link,
    Note,
    Prose,
    Strong,
    below,
)
from kvalitet.view.plantable import told_of
from kvalitet.view.scene import Scene, belonging, capital, kind_of, name_of, numbered
from kvalitet.view.standing import facts
from kvalitet.view.tables import indicator_table
from kvalitet.view.words import words

_NAMED_BY_TYPE = (Mål, Avvikelse)


def follow_up(scene: Scene, level: int) -> Iterator[Block]:
    """All things of which there is something to tell, each once, under headings of that level:
    the goals with their risks in the order of the plan table, then what belongs to none of them."""
    telling = _Telling(scene)
    *of_goals, (_, alone) = scene.by_goal()
    has_goals = any(risks for _, risks in of_goals)
    if not has_goals:
        yield from telling.each(alone, level)
    for goal, risks in of_goals:
        yield from telling.about(goal, level, risks)
    if has_goals and alone:
        yield Heading(level, "Utan mål", "utan--mal")
        yield from telling.each(alone, level + 1)
    yield from telling.each(_others(scene), level)
    yield from telling.of_indicators(level)
    for part in scene.parts:
        yield from telling.rest_of(part, level)


def _others(scene: Scene) -> Iterator[Model]:
    """Quality areas, deviations, self-checks, and the measures and activities that belong to
    nothing: those of a risk kept out of the report are kept out too."""
    plan = scene.plan
    yield from plan.all(Kvalitetsområde)
    yield from plan.all(Avvikelse)
    yield from plan.all(Egenkontroll)
    owners = [thing for thing in plan.things.values() if isinstance(thing, Ting)]
    owned = {id for owner in owners for id in (*owner.åtgärder, *owner.aktiviteter)}
    for thing in (*plan.all(Åtgärd), *plan.all(Aktivitet)):
        if thing.id not in owned:
            yield thing


@dataclass(slots=True)
class _Begun:
    """A thing that is being told of: what holds for it, what is told, and what is left to tell
    below it, the last first, each with the thing that it belongs to (a risk of a goal: none)."""

    thing: Any
    level: int
    known: tuple[Fact, ...] = ()
    told: list[Block] = field(default_factory=list)
    below: list[tuple[Ting | None, Any]] = field(default_factory=list)


class _Telling:
    """Tells of one thing after another, and of none of them twice. What is told is known by its
    id: whether a thing got a heading, and under which thing it or a table stands."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.parts_of_report = {section.del_ for section in scene.report.avsnitt}
        in_table = "plantabell" in self.parts_of_report
        self.described = told_of(scene) if in_table else frozenset()
        self.headed: dict[str, bool] = {}
        self.under: dict[str, Ting] = {}
        self.tables: dict[str, tuple[Indikator, Ting]] = {}
        self.indicators: set[str] = set()

    def each(self, things: Iterable[Any], level: int) -> Iterator[Block]:
        """What there is to tell of things side by side."""
        for thing in things:
            yield from self.about(thing, level)

    def about(self, thing: Any, level: int, risks: Sequence[Risk] = ()) -> Sequence[Block]:
        """The heading of a thing, all that is told of it, of what belongs to it and of the risks of
        a goal; nothing where there is nothing. (Things may belong to each other in a row longer
        than calls can be nested.)"""
        around = _Begun(thing, level)
        begun = [around, *self._begin(thing, level, risks)]
        while begun[1:]:
            last = begun[-1]
            if last.below:
                owner, one = last.below.pop()
                if owner is not None and one.id not in self.headed:
                    self.under[one.id] = owner
                begun += self._begin(one, below(last.level))
            else:
                begun.pop()
                begun[-1].told += self._whole(last)
        return around.told

    def _begin(self, thing: Any, level: int, risks: Sequence[Risk] = ()) -> Iterator[_Begun]:
        """Begins to tell of a thing, unless that is done or it is to come."""
        if thing.id in self.headed or (not risks and is_to_come(self.scene, thing)):
            return
        self.headed[thing.id] = True
        known, told = facts(self.scene, thing.id), [*self._told(thing, level)]
        held = reversed(belonging(thing)) if isinstance(thing, Ting) else ()
        things = map(self.scene.plan.things.get, held)
        own = [(thing, each) for each in things if each is not None]
        yield _Begun(thing, level, known, told, [*((None, risk) for risk in reversed(risks)), *own])

    def _whole(self, begun: _Begun) -> list[Block]:
        """All that there is to tell of a thing, when what belongs to it has been told."""
        thing, known = begun.thing, begun.known
        self.headed[thing.id] = bool(known or begun.told)
        if not self.headed[thing.id]:
            return []
        known = (*self._placed(thing), *self._described(thing), *known)
        heading = Heading(begun.level, _title(thing), thing.id)
        return [heading, *([Facts(known)] if known else []), *begun.told]

    def of_indicators(self, level: int) -> Iterator[Block]:
        """What was said about indicators that nothing told of has, with their tables; a section
        for indicators tells it itself."""
        if "indikatorer" in self.parts_of_report:
            return
        told: list[Block] = []
        left_out = self.scene.left_out()
        for indicator in self.scene.plan.all(Indikator):
            said = tuple(self._words_of(indicator, level))
            if said and indicator.id not in left_out:
                table = indicator_table(self.scene, indicator.id)
                told += [table, *said[1:]] if table else said
        if told:
            yield Heading(level, "Övriga indikatorer", "ovriga--indikatorer")
            yield from told

    def rest_of(self, part: Plan, level: int) -> Iterator[Block]:
        """What a part has lifted and nothing here was about: mostly what only the part has."""
        sections = {section.id for section in self.scene.report.avsnitt}
        begun = False
        for id, said in self.scene.lifted(part).items():
            title = _title_in_part(part, id)
            if title is None or self.headed.get(id) or id in self.indicators | sections:
                continue
            if not begun:
                yield Heading(level, name_of(part), f"del--{part.mapp}")
            begun = True
            yield Heading(below(level), title, f"{id}--{part.mapp}")
            shown = prose.render(part, said.text, self.scene.at)
            yield Prose(shown, below(level), f"{id}--{part.mapp}--text")

    def _told(self, thing: Any, level: int) -> Iterator[Block]:
        yield from words(self.scene, thing.id, level)
        if isinstance(thing, Ting):
            elsewhere = tuple(self._elsewhere(thing))
            yield from self._tables(thing, level)
            yield from elsewhere

    def _elsewhere(self, owner: Ting) -> Iterator[Block]:
        """Names the tables and things of an owner that have been told under another."""
        places: dict[str, Line] = {}
        for table, other in filter(None, map(self.tables.get, owner.indikatorer)):
            place = f" under {type(other).kind} {numbered(other)}"
            places[table.id] = ("tabellen ", Link(table.namn, table.id), place)
        for id in belonging(owner):
            thing = self.scene.plan.things.get(id)
            if isinstance(thing, Ting) and self.headed.get(id):
                above = self.under.get(id)
                place = f" under {type(above).kind} {numbered(above)}" if above else ""
                places[id] = (f"{type(thing).kind} ", Link(numbered(thing), id), place)
        if places:
            pieces = [piece for place in places.values() for piece in ("; ", *place)][1:]
            yield Note(("Redovisas ovan: ", *pieces, "."))

    def _tables(self, owner: Ting, level: int) -> Iterator[Block]:
        """The tables of a thing's indicators with what was said about them, then those that should
        have one and of which there is nothing to tell."""
        lacking = []
        for indicator in (self.scene.plan.get(Indikator, id) for id in owner.indikatorer):
            if indicator is None or indicator.id in self.tables:
                continue
            told = tuple(self._table(indicator, owner, level))
            yield from told
            if not told and (len(owner.indikatorer) == 1 or has_begun(self.scene, indicator)):
                lacking.append(indicator.namn)
        if lacking:
            yield Note((f"Inga värden har redovisats än: {'; '.join(lacking)}.",))

    def _table(self, indicator: Indikator, owner: Ting, level: int) -> Iterator[Block]:
        table = indicator_table(self.scene, indicator.id)
        of_each = (indicator, *members(self.scene.plan, indicator.id))
        if table is not None:
            self.tables |= {each.id: (indicator, owner) for each in of_each}
            self.indicators.add(indicator.id)
            yield table
            yield from words(self.scene, indicator.id, level)
        for each in of_each:
            yield from self._words_of(each, level)

    def _words_of(self, indicator: Indikator, level: int) -> Iterator[Block]:
        """What was said about an indicator, after its name, unless it has been told."""
        if indicator.id not in self.indicators:
            self.indicators.add(indicator.id)
            said = tuple(words(self.scene, indicator.id, level))
            if said:
                yield Note((Strong(indicator.namn),))
                yield from said

    def _placed(self, thing: Any) -> Iterator[Fact]:
        """Where a goal stands among the others."""
        if not isinstance(thing, Mål):
            return
        above = self.scene.above(thing)
        if len(above) == 1 and above[0].typ:
            yield Fact(capital(above[0].typ), ((self._goal(above[0], numbered(above[0])),),))
        elif above:
            links = [self._goal(goal, _title(goal)) for goal in above]
            yield Fact("Hör till", ((*chain.from_iterable((" › ", link) for link in links),)[1:],))
        supported = (self.scene.plan.get(Mål, id) for id in thing.bidrar_till)
        lines = tuple((_title(goal),) for goal in supported if goal)
        if lines:
            yield Fact("Bidrar till", lines)

    def _goal(self, goal: Mål, called: str) -> Link | str:
        return Link(called, goal.id) if self.headed.get(goal.id) else called

    def _described(self, thing: Any) -> Iterator[Fact]:
        """What the plan table does not tell already."""
        told = scales.holds_from(thing.beskrivning, self.scene.at.last)
        if told and thing.id not in self.described:
            yield Fact("Beskrivning", ((told,),))
        if isinstance(thing, Mål) and thing.förväntat_resultat:
            yield Fact("Förväntat resultat", ((thing.förväntat_resultat,),))


def _title(thing: Any) -> str:
    if isinstance(thing, Risk):
        return numbered(thing)
    own = thing.typ if isinstance(thing, _NAMED_BY_TYPE) else ""
    return f"{capital(own) or kind_of(thing)}: {numbered(thing)}"


def _title_in_part(part: Plan, id: str) -> str | None:
    """What a thing or a section of the part's reports is called; None for an unknown id."""
    if id in part.things:
        return _title(part.things[id])
    sections = (each for report in part.rapporter.values() for each in report.avsnitt)
    return next((section.rubrik for section in sections if section.id == id), None)
