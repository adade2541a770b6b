"""What a thing is: what its heading says, where it stands among others, how the plan describes
it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kvalitet import scales
from kvalitet.model.plan import Plan
from kvalitet.model.report import Avsnitt
from kvalitet.model.thing import Avvikelse, Egenkontroll, Mål, Risk, Ting
from kvalitet.view.document import Block, Fact, Inline, Link, Note
from kvalitet.view.scene import Scene, capital, goals_above, kind_of, numbered
from kvalitet.view.words import is_brief, labelled

NAMED_BY_TYPE = (Mål, Avvikelse, Egenkontroll)
"""The kinds of things whose `typ` stands before the name in the heading."""


def title(thing: Any, *, among_goals: bool = False, known: Sequence[str] = ()) -> str:
    """The heading of a thing: Nämndmål: 1.4 Insatser i tid. A risk is called one only where it
    stands among other things, and one of the only `known` type has its name alone."""
    if isinstance(thing, Risk) and not among_goals:
        return numbered(thing)
    own = thing.typ if isinstance(thing, NAMED_BY_TYPE) else ""
    if own and (own.casefold() == thing.namn.casefold() or [*known] == [own]):
        return numbered(thing)
    return f"{capital(own) or kind_of(thing)}: {numbered(thing)}"


def title_in_part(part: Plan, id: str) -> str | None:
    """What a thing or a section of the part's reports is called; None for an unknown id."""
    if id in part.things:
        return title(part.things[id])
    sections = (each for report in part.rapporter.values() for each in report.sections())
    return next((section.rubrik for section in sections if section.id == id), None)


def placed(
    scene: Scene, thing: Any, above: Sequence[Ting], headed: Mapping[str, bool]
) -> Iterator[Fact]:
    """What a thing stands below, and what else a goal belongs or contributes to. What has a
    heading is led to."""
    is_of_goal = len(above) == 1 and isinstance(above[0], Mål) and isinstance(thing, Mål | Risk)
    if is_of_goal and above[0].typ:
        yield Fact(capital(above[0].typ), ((_led_to(above[0], numbered(above[0]), headed),),))
    elif above:
        links = [_led_to(each, title(each, among_goals=True), headed) for each in above]
        yield Fact("Hör till", ((*chain.from_iterable((" › ", link) for link in links),)[1:],))
    goals = contributes_to(scene, thing) if isinstance(thing, Mål) else ()
    lines = tuple((_led_to(goal, title(goal), headed),) for goal in goals)
    if lines:
        yield Fact("Bidrar till", lines)


def type_of(thing: Any, *, is_listed: bool) -> Iterator[Fact]:
    """What kind of activity or check it is, where neither its heading nor a table says that."""
    is_plain = isinstance(thing, Ting) and not isinstance(thing, NAMED_BY_TYPE)
    if is_plain and thing.typ and not is_listed:
        yield Fact("Typ", ((thing.typ,),))


def told_in(section: Avsnitt, names: Iterable[Inline]) -> Note:
    """In which section things or tables are told."""
    listed = [piece for name in names for piece in ("; ", name)][1:]
    return Note(("Redovisas i avsnittet ", Link(section.rubrik, section.id), ": ", *listed, "."))


def contributes_to(scene: Scene, goal: Mål) -> Sequence[Mål]:
    """The goals that a goal supports besides the one that it stands below in the tree: those that
    it says, and others that hold it."""
    first, *others = (*goals_above(scene.plan).get(goal.id, ()), None)
    supported = (scene.plan.get(Mål, id) for id in goal.bidrar_till)
    found = {each.id: each for each in (*others, *supported) if each and each is not first}
    return tuple(found.values())


def _led_to(thing: Ting, called: str, headed: Mapping[str, bool]) -> Inline:
    return Link(called, thing.id) if headed.get(thing.id) else called


def described(
    scene: Scene, thing: Any, level: int, *, in_table: bool
) -> tuple[list[Fact], list[Block]]:
    """How the plan describes a thing, unless the plan table does, and what a goal should lead to:
    a few words as a fact, else as they are written."""
    held = "" if in_table else scales.holds_from(thing.beskrivning, scene.at.last)
    expected = thing.förväntat_resultat if isinstance(thing, Mål) else ""
    both = (("Beskrivning", held), ("Förväntat resultat", expected))
    told = [(label, text) for label, text in both if text]
    facts = [Fact(label, ((text.strip(),),)) for label, text in told if is_brief(text)]
    long = (labelled(label, text, level) for label, text in told if not is_brief(text))
    return facts, [*chain.from_iterable(long)]
