"""What there is to tell of a thing: how it stands, what was said, its tables; then what belongs to
it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kvalitet.model.report import Avsnitt
from kvalitet.model.text import changed
from kvalitet.model.thing import Mål, Risk, Ting
from kvalitet.view import standing
from kvalitet.view.about import described, placed, title, told_in, type_of
from kvalitet.view.anchors import of_part
from kvalitet.view.beginning import is_to_come
from kvalitet.view.document import (
    TOP,
    Block,
    Fact,
    Facts,
    Heading,
    Inline,
    Line,
    Link,
    Note,
    Prose,
    Strong,
    below,
    tag_of,
)
from kvalitet.view.homes import homes
from kvalitet.view.owntables import OwnTables
from kvalitet.view.plantable import outlined, told_of
from kvalitet.view.scene import Scene, belonging, numbered, outermost
from kvalitet.view.words import lifted_words, own_words, under_name
from kvalitet.view.worklist import by_kind, in_tables, work_tables

_SAID = "Uppföljning"
_IN_OVERVIEW = ("Kontrollresultat", "Hur ofta", "Tid", "Ansvarig")
"""What an overview tells of self-checks, so that they need no heading for its sake."""


@dataclass(slots=True)
class _Begun:
    """A thing that is being told of: what holds for it and what is told; what belongs to it that
    stands in tables, and the ids of what is told there alone; what is told of all that, and what
    is left to tell, the last first, each with the thing that it belongs to (a risk of a goal:
    none). One that `stands_alone` has a heading where only the plan describes it."""

    thing: Any
    level: int
    known: tuple[Fact, ...] = ()
    told: Sequence[Block] = ()
    work: Sequence[Sequence[Ting]] = ()
    inner: list[Block] = field(default_factory=list)
    left: list[tuple[Ting | None, Any]] = field(default_factory=list)
    listed: frozenset[str] = frozenset()
    in_tree: bool = False
    stands_alone: bool = False


class Telling:
    """Tells of one thing after another, and of none of them twice in a report, whatever its
    sections. What is told is known by its id: whether a thing got a heading, and under which thing
    it or a table stands. `in_overview` are the indicators whose figures stand in an overview and in
    no table of their own, and the self-checks whose rounds do. `homes` are the sections that are
    for some things, of which no other tells; `section` is that which is being told, `level` that of
    the headings just below it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.parts_of_report = {section.del_ for section in scene.report.sections()}
        in_table = "plantabell" in self.parts_of_report and not scene.teller
        self.described = told_of(scene) if in_table else frozenset()
        self.outlined = outlined(scene) - self.described if in_table else frozenset()
        self.own = scene.own()
        self.homes = {id: home for id, home in homes(scene).items() if id in self.own}
        self.parts = tuple(Telling(scene.of_part(part)) for part in scene.parts)
        self.section: Avsnitt | None = None
        self.level = below(TOP)
        self.risks: dict[str, Sequence[Risk]] = {}
        self.headed = {id: False for id in scene.plan.things if id not in self.own}
        self.under: dict[str, Ting] = {}
        self.tables: OwnTables = OwnTables(scene, [part.tables for part in self.parts])
        self.in_overview: set[str] = set()

    def begin(self, section: Avsnitt, level: int) -> None:
        """Begins to tell a section, which has a heading of that level."""
        self.section, self.level = section, below(level)
        for part in self.parts:
            part.begin(section, self.level)

    def of_parts(self, tell: Callable[[Telling], Iterable[Block]], level: int) -> Iterator[Block]:
        """What is told of each part, under its name as a heading of that level."""
        section = self.section.id if self.section else "del"
        for part in self.parts:
            yield from under_name(part.scene.plan, section, level - 1, part.moved(tell(part)))

    def moved(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Blocks that tell of this part as they stand in the report of its whole."""
        return of_part(blocks, self.scene.plan.mapp, self.own)

    def is_here(self, id: str) -> bool:
        """Whether the section that is being told is that for a thing."""
        home = self.homes.get(id)
        return bool(home and self.section and home.id == self.section.id)

    def each(self, things: Iterable[Any], level: int) -> Iterator[Block]:
        """What there is to tell of things side by side; one that belongs to another of them stands
        below it."""
        for thing in outermost(self.scene.plan, things):
            yield from self.about(thing, level)

    def listed(self, things: Iterable[Ting], level: int) -> Iterator[Block]:
        """Activities and measures in tables, then what else there is to tell of each."""
        group = tuple(things)
        work = by_kind(group)
        around = _Begun(None, level - 1, work=work, listed=in_tables(work))
        around.left = [(None, thing) for thing in reversed(group)]
        self._tell(around)
        yield from work_tables(self.scene, around.work, self.headed)
        yield from around.inner

    def about(self, thing: Any, level: int, risks: Sequence[Risk] = ()) -> Sequence[Block]:
        """The heading of a thing, all that is told of it, of what belongs to it and of the risks of
        a goal; nothing where there is nothing."""
        if risks:
            self.risks[thing.id] = risks
        return self._tell(_Begun(None, level - 1, left=[(None, thing)]))

    def tree(self, thing: Mål | Risk, level: int) -> Sequence[Block]:
        """The same of a goal and of all goals below it, each under the one that it belongs to, or
        of a risk beside them."""
        return self._tell(_Begun(None, level - 1, left=[(None, thing)], in_tree=True))

    def is_said_now(self, id: str) -> bool:
        """Whether the plan or a part of it says something of a thing in just this period."""
        plans = (self.scene.plan, *self.scene.parts)
        return any(id in plan.uppföljning.get(self.scene.at, {}) for plan in plans)

    def _tell(self, around: _Begun) -> Sequence[Block]:
        """What is told of all that is left in a thing. (Things may belong to each other in a row
        longer than calls can be nested.)"""
        begun = [around]
        while begun:
            last = begun[-1]
            if last.left:
                owner, one = last.left.pop()
                if owner is not None and one.id not in self.headed:
                    self.under[one.id] = owner
                begun += self._begin(one, last)
            else:
                begun.pop()
                if begun:
                    begun[-1].inner += self._whole(last, begun[-1])
        return around.inner

    def _begin(self, thing: Any, above: _Begun) -> Iterator[_Begun]:
        """Begins to tell of a thing, unless that is done or it is to come: of a goal to come, only
        what the goals below it have to tell."""
        goals = self._goals_below(thing) if above.in_tree else []
        risks = self.risks.get(thing.id, ())
        is_later = not risks and is_to_come(self.scene, thing)
        if thing.id in self.headed or self._home(thing.id) or (is_later and not goals):
            return
        self.headed[thing.id] = True
        begun = _Begun(thing, below(above.level), in_tree=above.in_tree)
        begun.left = [(thing, goal) for goal in reversed(goals)]
        if not is_later:
            self._fill(begun, is_listed=thing.id in above.listed)
        begun.left += [(None, risk) for risk in reversed(risks)]
        yield begun

    def _fill(self, begun: _Begun, *, is_listed: bool) -> None:
        """What is told of the thing itself, and what belongs to it."""
        scene, thing = self.scene, begun.thing
        apart = ("Tid", *standing.columns(scene, (thing.id,))) if is_listed else ()
        begun.known = (
            *type_of(thing, is_listed=is_listed),
            *standing.facts(scene, thing.id, apart),
        )
        of_plan = begun.in_tree or thing.id in self.outlined
        begun.stands_alone = of_plan or is_listed or thing.id in self.in_overview
        begun.told = [*own_words(scene, thing.id, begun.level)]
        for part in self.parts:
            told = self._of_part(part, thing, begun.level)
            begun.told += under_name(part.scene.plan, thing.id, begun.level, told)
        if isinstance(thing, Ting):
            held = [scene.plan.things.get(id) for id in belonging(thing)]
            own = [each for each in held if isinstance(each, Ting)]
            begun.told += self._of_owner(begun)
            begun.work = by_kind([each for each in own if each.id not in self.described])
            begun.listed = in_tables(begun.work)
            here = [each for each in own if not self._home(each.id)]
            here.sort(key=lambda each: each.id not in begun.listed)  # right below their tables
            begun.left += [(thing, each) for each in reversed(here)]

    def _of_part(self, part: Telling, thing: Any, level: int) -> Iterator[Block]:
        """What a part has lifted about a thing, and what only the part measures and does for it."""
        plan = part.scene.plan
        yield from lifted_words(self.scene, plan, thing.id, level)
        own = plan.things.get(thing.id)
        if isinstance(own, Ting):
            only = changed(own, {"indikatorer": [id for id in own.indikatorer if id in part.own]})
            things = (plan.things.get(id) for id in belonging(own) if id in part.own)
            yield from part.moved(part.tables.of(only, below(level), part.in_overview))
            done = [each for each in things if isinstance(each, Ting)]
            yield from part.moved(part.listed(done, below(level, 2)))

    def _whole(self, begun: _Begun, above: _Begun) -> list[Block]:
        """All that there is to tell of a thing, when what belongs to it has been told."""
        scene, thing = self.scene, begun.thing
        in_table = thing.id in self.described
        facts, blocks = described(scene, thing, begun.level, in_table=in_table)
        told = [*begun.told, *work_tables(scene, begun.work, self.headed), *begun.inner]
        apart = _IN_OVERVIEW if thing.id in self.in_overview else ()
        is_known = any(fact.label not in apart for fact in begun.known)
        is_told = is_known or told or (begun.stands_alone and (facts or blocks))
        self.headed[thing.id] = bool(is_told)
        if not is_told:
            return []
        known = (
            *placed(scene, thing, self._above(begun, above), self.headed),
            *facts,
            *begun.known,
        )
        heading = Heading(
            begun.level,
            title(thing, among_goals=begun.in_tree, known=self.section.typ if self.section else ()),
            thing.id,
            isinstance(thing, Mål),
        )
        if blocks and begun.told and isinstance(begun.told[0], Prose):
            blocks.append(Note((Strong(_SAID),)))
        return [heading, *([Facts(known)] if known else []), *blocks, *told]

    def _above(self, begun: _Begun, above: _Begun) -> Sequence[Ting]:
        """What a thing belongs to where the headings do not show it: the goals above a goal outside
        the tree, the highest first; the goal of a risk that stands in another section; what comes
        just above a heading so low that both look the same."""
        thing = begun.thing
        if isinstance(thing, Mål) and not begun.in_tree:
            return self.scene.above(thing)
        goal = self.scene.plan.get(Mål, thing.mål) if isinstance(thing, Risk) else None
        if goal and self._home(goal.id):
            return (goal,)
        is_hidden = isinstance(above.thing, Ting) and tag_of(begun.level) < begun.level
        return (above.thing,) if is_hidden else ()

    def _goals_below(self, thing: Any) -> list[Mål]:
        held = thing.mål if isinstance(thing, Mål) else ()
        return [goal for goal in (self.scene.plan.get(Mål, id) for id in held) if goal]

    def _home(self, id: str) -> Avsnitt | None:
        """The section that is for a thing, where that is another."""
        return None if self.is_here(id) else self.homes.get(id)

    def _of_owner(self, begun: _Begun) -> Iterator[Block]:
        """The tables of a thing, and where to find what is told of at another place."""
        elsewhere = [*self._elsewhere(begun)]
        yield from self.tables.of(begun.thing, begun.level, self.in_overview)
        yield from elsewhere

    def _elsewhere(self, begun: _Begun) -> Iterator[Block]:
        """Names the tables and things of an owner that have been told under another, and those that
        another section tells."""
        owner: Ting = begun.thing
        places: list[Line] = [*self.tables.elsewhere(owner)]
        apart: dict[str, tuple[Avsnitt, list[Inline]]] = {}
        goals = self._goals_below(owner) if begun.in_tree else ()
        others = (each.id for each in (*goals, *self.risks.get(owner.id, ())))
        for id in dict.fromkeys((*belonging(owner), *others)):
            thing = self.scene.plan.things.get(id)
            if not isinstance(thing, Ting):
                continue
            home, is_risk = self._home(id), isinstance(thing, Risk)
            if self.headed.get(id) and not is_risk:
                above = self.under.get(id)
                place = f" under {type(above).kind} {numbered(above)}" if above else ""
                places.append((f"{type(thing).kind} ", Link(numbered(thing), id), place))
            elif home and (is_risk or self.is_said_now(id)):
                name = Link(numbered(thing), id) if is_risk else numbered(thing)
                apart.setdefault(home.id, (home, []))[1].append(name)
        if places:
            pieces = [piece for place in places for piece in ("; ", *place)][1:]
            yield Note(("Redovisas ovan: ", *pieces, "."))
        for section, names in apart.values():
            yield told_in(section, names)
