"""How a thing stands at the report, as lines: the plan's own first, then those of its parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias, TypeVar

from kvalitet import scales, status
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Egenkontroll, Risk, Ting
from kvalitet.svenska import NO_BREAK_SPACE, count, join
from kvalitet.view.badges import badge, badge_of, own_scales
from kvalitet.view.document import Fact, Line
from kvalitet.view.fulfilment import limits
from kvalitet.view.scene import Scene, capital
from kvalitet.view.when import begins, ends, judged_before, late_since, time

Teller: TypeAlias = Callable[[Scene, Plan, str], Iterator[Line]]
Statement = TypeVar("Statement")

_TOLD_APART = (*AXES, "nivå", "uppfyllelse", "kontrollresultat")
EVIDENT = ("läge", "tidplan")
"""The scales whose steps tell themselves what they are about."""
NO_LEVEL = "nivå inte angiven"
NOT_JUDGED = "inte bedömd"
MOST_APART = 4
"""As many parts as stand side by side with a line of their own, whatever they say."""
_MOST_NAMED = 3
"""As many units as are named where they say the same."""


def side_by_side(scene: Scene, id: str, tell: Teller, label: str = "") -> tuple[Line, ...]:
    """What is to be told of a thing in the plan, and then in each of its parts on one line, or of
    many parts that say the same on one together; each line after the label, where it needs one."""
    own = tuple(tell(scene, scene.plan, id))
    inherited = own if tell in _INHERITED else ()
    told: list[tuple[Plan, Line]] = []
    for part in scene.parts:
        theirs = [line for line in tell(scene, part, id) if line not in inherited]
        if theirs:
            rest = (piece for line in theirs[1:] for piece in (" · ", *line))
            told.append((part, (*theirs[0], *rest)))
    lines = [(f"{label}: ", *line) if label else line for line in own]
    for who, line in by_plan(scene, told):
        lines.append((f"{label}, {who}: " if label else f"{who}: ", *line))
    return tuple(lines)


def by_plan(
    scene: Scene, told: Iterable[tuple[Plan, Statement]]
) -> Iterator[tuple[str, Statement]]:
    """What plans say, each with its name: of many parts, those that say the same together, unless
    they say it on scales that cannot be compared. What the plan of the report says stands apart."""
    if len(scene.parts) <= MOST_APART:
        return ((plan.name, statement) for plan, statement in told)
    keyed = (
        (plan.name, (statement, plan is scene.plan, _own(scene, plan, statement)))
        for plan, statement in told
    )
    return ((who, statement) for who, (statement, *_) in together(keyed))


def _own(scene: Scene, plan: Plan, statement: object) -> object:
    return own_scales(scene.plan, plan, statement, scene.at.last)


def together(told: Iterable[tuple[str, Statement]]) -> Iterator[tuple[str, Statement]]:
    """What parts say, equal statements once, in the order of the first that makes each."""
    names: dict[Statement, list[str]] = {}
    for name, statement in told:
        names.setdefault(statement, []).append(name)
    return ((these(saying), statement) for statement, saying in names.items())


def these(names: Sequence[str]) -> str:
    """The units of which something is told together: a few by name, of many how many they are."""
    return join(names) if len(names) <= _MOST_NAMED else f"{len(names)}{NO_BREAK_SPACE}enheter"


def facts(scene: Scene, id: str, apart: Collection[str] = ()) -> tuple[Fact, ...]:
    """All that holds for a thing, but for words, figures and what is told apart, by its label."""
    tellers: dict[str, Teller] = {_level_label(scene.plan, id): level, "Bedömning": ranks}
    tellers["Uppfyllelse"] = fulfilment
    tellers |= states(scene, (id,))
    tellers |= {"Kontrollresultat": results, "Hur ofta": rhythm}
    tellers |= {"Tid": time, "Ansvarig": responsible}
    left = {label: tell for label, tell in tellers.items() if label not in apart}
    told = {label: side_by_side(scene, id, tell) for label, tell in left.items()}
    if isinstance(scene.plan.things[id], Risk):
        told["Risknivå"] = level_of_risk(scene, id)
    return tuple(Fact(label, lines) for label, lines in told.items() if lines)


def columns(scene: Scene, ids: Collection[str]) -> dict[str, Teller]:
    """What a table of things to be done tells of them, by the heading of its column."""
    return {**states(scene, ids), "Start": begins, "Slut": ends, "Ansvarig": responsible}


def states(scene: Scene, ids: Collection[str]) -> dict[str, Teller]:
    """What tells of the scales whose steps are said of things, but for levels and what is told with
    periods, by its heading."""
    plans = (scene.plan, *scene.parts)
    said = {skala for plan in plans for id in ids for skala in status.spoken(plan, id)}
    return {capital(skala): teller(skala) for skala in _in_order(scene.plan, said)}


def progress(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """Every state of a thing but its level, and the results of its rounds; an own scale is named
    since its steps may not tell what they are about."""
    for skala in said_scales(plan, id):
        label = "" if skala in EVIDENT else f"{capital(skala)}: "
        yield from ((label, *line) if label else line for line in teller(skala)(scene, plan, id))
    yield from results(scene, plan, id)


def level(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The level, and how it has changed since the report before."""
    now = status.level(plan, id, scene.at)
    if now is None:
        return
    here = badge_of(now.skala, now.steg)
    change = status.level_change(plan, id, scene.at, scene.before)
    yield here, *(change_of_level(scene, plan, id) if change != 0 else (" (oförändrad)",))


def change_of_level(scene: Scene, plan: Plan, id: str) -> Line:
    """In brackets from which level a thing was raised or lowered; nothing where it was not."""
    earlier = status.level(plan, id, scene.before)
    change = status.level_change(plan, id, scene.at, scene.before)
    if earlier is None or not change:
        return ()
    word = "höjd" if change > 0 else "sänkt"
    return f" ({word} från ", badge_of(earlier.skala, earlier.steg), ")"


def level_of_risk(scene: Scene, id: str) -> tuple[Line, ...]:
    """The level of a risk here and in the parts; that there is none is told too."""
    return side_by_side(scene, id, level) or ((NO_LEVEL,),)


def ranks(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """Likelihood and severity, and their product where the level is a product."""
    now = status.level(plan, id, scene.at)
    if now is None or not (now.sannolikhet and now.allvarlighetsgrad):
        return
    said = [found.steg for axis in AXES if (found := status.state(plan, id, axis, scene.at))]
    told = f"{now.sannolikhet} {said[0]} × {now.allvarlighetsgrad} {said[1]}"
    if scales.is_product(plan.skalor[now.skala], scene.at.last):
        told += f" = {now.sannolikhet * now.allvarlighetsgrad}"
    yield (told,)


def judged(scene: Scene, plan: Plan, id: str) -> Line:
    """The level, and in brackets the ranks that it follows from; nothing where there is none."""
    now = status.level(plan, id, scene.at)
    if now is None:
        return ()
    why = (f" ({text})" for line in ranks(scene, plan, id) for text in line)
    return badge_of(now.skala, now.steg), *why


def fulfilment(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """How far a goal is fulfilled, by what where it may be either judged or computed, and when it
    was judged if that was before."""
    found = status.fulfilment(plan, id, scene.at)
    if found is None:
        return
    shown = badge_of("uppfyllelse", found.steg)
    said = status.state(plan, id, "uppfyllelse", scene.at)
    if found.är_sagd and said:
        judged = (" (bedömd)",) if limits(plan, scene.at) else ()
        yield shown, *(judged_before(scene, said.period) or judged)
    else:
        reached = count(found.jämförda, "indikator når målet", "indikatorer når målen")
        so_far = f", {found.hittills} når sitt mål hittills" if found.hittills else ""
        yield shown, f" ({found.nådda} av {reached}{so_far})"


def results(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The result of every round of a self-check this year, or else of the last, with its period."""
    told = status.results(plan, id, scene.at)
    this_year = tuple(result for result in told if result.period.year == scene.at.year)
    for result in this_year or told[-1:]:
        shown = badge(plan, "kontrollresultat", result.steg, result.period.last)
        yield shown, f", {result.period.in_words()}"


def rhythm(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """How often a self-check is made."""
    check = plan.get(Egenkontroll, id)
    if check is not None and check.frekvens:
        yield (f"varje {check.frekvens}",)


def responsible(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The roles that are responsible."""
    thing = plan.things.get(id)
    if isinstance(thing, Ting) and thing.ansvarig:
        yield (join(thing.ansvarig),)


def teller(skala: str) -> Teller:
    """What tells of a thing on a scale: what is said, a result with its period, a fulfilment with
    what it follows from."""
    return _TELLERS.get(skala) or partial(_state, skala)


def _state(skala: str, scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    said = status.state(plan, id, skala, scene.at)
    if said:
        yield (badge(plan, skala, said.steg, said.period.last),)


def _timetable(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The stoplight; that the end is past is told beside it, lest the two contradict each other."""
    said = status.state(plan, id, "tidplan", scene.at)
    if said is None or status.is_finished(plan, id, scene.at):  # the two would contradict
        return
    shown = badge(plan, "tidplan", said.steg, said.period.last), *judged_before(scene, said.period)
    end = late_since(scene, plan, id)
    is_told = not end or status.meaning(plan, "tidplan", said) == "försenad"
    yield shown if is_told else (*shown, f", men slutdatum {end} har passerat")


def said_scales(plan: Plan, id: str) -> list[str]:
    """The scales whose steps are said of a thing, but for levels and what is told with periods."""
    return _in_order(plan, status.spoken(plan, id))


def _in_order(plan: Plan, skalor: Collection[str]) -> list[str]:
    places = _places(plan)
    return sorted(places.keys() & skalor, key=places.__getitem__)


@remembered
def _places(plan: Plan) -> Mapping[str, int]:
    """The scales that are said of things, numbered in their order."""
    told_apart = (*_TOLD_APART, scales.cell_scale(plan.skalor))
    said = (skala for skala in plan.skalor if skala not in told_apart)
    return {skala: number for number, skala in enumerate(said)}


def _level_label(plan: Plan, id: str) -> str:
    skala = None if isinstance(plan.things[id], Risk) else scales.cell_scale(plan.skalor)
    return capital(skala) if skala else "Risknivå"


_TELLERS: dict[str, Teller] = {
    "tidplan": _timetable,
    "uppfyllelse": fulfilment,
    "kontrollresultat": results,
}
_INHERITED = (responsible, rhythm, begins, ends)
"""What a part has from the whole unless it says otherwise: told of it only where it does."""
