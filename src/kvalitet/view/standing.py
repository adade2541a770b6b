"""How a thing stands at the report, as lines: the plan's own first, then those of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk, Ting
from kvalitet.svenska import count, date_text, join
from kvalitet.view.badges import badge, badge_of
from kvalitet.view.document import Fact, Line
from kvalitet.view.scene import Scene, capital, name_of

Teller: TypeAlias = Callable[[Scene, Plan, str], Iterator[Line]]

_TOLD_APART = (*AXES, "nivå", "uppfyllelse", "kontrollresultat")


def side_by_side(scene: Scene, id: str, tell: Teller) -> tuple[Line, ...]:
    """What is to be told of a thing in the plan, and then in each of its parts on one line."""
    own = tuple(tell(scene, scene.plan, id))
    inherited = own if tell in _INHERITED else ()
    lines = list(own)
    for part in scene.parts:
        theirs = [line for line in tell(scene, part, id) if line not in inherited]
        if theirs:
            rest = (piece for line in theirs[1:] for piece in (" · ", *line))
            lines.append((f"{name_of(part)}: ", *theirs[0], *rest))
    return tuple(lines)


def facts(scene: Scene, id: str) -> tuple[Fact, ...]:
    """All that holds for a thing, but for words and figures."""
    tellers: dict[str, Teller] = {_level_label(scene.plan, id): level, "Bedömning": ranks}
    tellers["Uppfyllelse"] = fulfilment
    tellers |= {capital(skala): _state(skala) for skala in said_scales(scene.plan)}
    tellers |= {"Kontrollresultat": results, "Tid": time, "Ansvarig": responsible}
    told = ((label, side_by_side(scene, id, tell)) for label, tell in tellers.items())
    return tuple(Fact(label, lines) for label, lines in told if lines)


def progress(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """Every state of a thing but its level, and the results of its rounds."""
    for skala in said_scales(plan):
        yield from _state(skala)(scene, plan, id)
    yield from results(scene, plan, id)


def level(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The level, and how it has changed since the report before."""
    now = status.level(plan, id, scene.at)
    if now is None:
        return
    here = badge_of(now.skala, now.steg)
    earlier = status.level(plan, id, scene.before)
    change = status.level_change(plan, id, scene.at, scene.before)
    if earlier is None or change is None:
        yield (here,)
    elif change == 0:
        yield here, " (oförändrad)"
    else:
        word = "höjd" if change > 0 else "sänkt"
        yield here, f" ({word} från ", badge_of(earlier.skala, earlier.steg), ")"


def ranks(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """Likelihood and severity, and their product where the level is a product."""
    now = status.level(plan, id, scene.at)
    if now is None or not (now.sannolikhet and now.allvarlighetsgrad):
        return
    said = [state.steg for axis in AXES if (state := status.state(plan, id, axis, scene.at))]
    told = f"{now.sannolikhet} {said[0]} × {now.allvarlighetsgrad} {said[1]}"
    if not scales.has_cells(plan.skalor[now.skala], scene.at.last):
        told += f" = {now.sannolikhet * now.allvarlighetsgrad}"
    yield (told,)


def fulfilment(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """How far a goal is fulfilled, and by what."""
    found = status.fulfilment(plan, id, scene.at)
    if found is None:
        return
    reached = count(found.jämförda, "indikator når målet", "indikatorer når målen")
    why = "bedömd" if found.är_sagd else f"{found.nådda} av {reached}"
    yield badge_of("uppfyllelse", found.steg), f" ({why})"


def results(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The result of every round of a self-check, with its period."""
    for result in status.results(plan, id, scene.at):
        shown = badge(plan, "kontrollresultat", result.steg, result.period.last)
        yield shown, f", {result.period.in_words()}"


def time(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """From when to when, whether the end was moved, whether it is past."""
    thing = plan.things.get(id)
    end = status.end_date(plan, id, scene.at)
    if not isinstance(thing, Ting) or not (thing.start or end):
        return
    told = f"från {date_text(thing.start.first)}" if thing.start else ""
    if end:
        told = f"{told} till {date_text(end.last)}".strip()
    if end and thing.slut and end.last != thing.slut.last:
        told += f", flyttat från {date_text(thing.slut.last)}"
    is_late = _is_followed_up(plan, id, scene) and status.is_late(plan, id, scene.at)
    yield (f"{told}, försenat" if is_late else told,)


def _is_followed_up(plan: Plan, id: str, scene: Scene) -> bool:
    """Whether the plan answers for a thing: a part that has said nothing of what it inherits is
    not late with it."""
    said = (period for period, entries in plan.uppföljning.items() if id in entries)
    return id in plan.own or any(period <= scene.at for period in said)


def responsible(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """The roles that are responsible."""
    thing = plan.things.get(id)
    if isinstance(thing, Ting) and thing.ansvarig:
        yield (join(thing.ansvarig),)


def _state(skala: str) -> Teller:
    def tell(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
        said = status.state(plan, id, skala, scene.at)
        if said and not (skala == "tidplan" and _is_ended(scene, plan, id)):
            yield (badge(plan, skala, said.steg, said.period.last),)

    return tell


def _is_ended(scene: Scene, plan: Plan, id: str) -> bool:
    """Whether there is no more time to keep: the last word on it would contradict the läge."""
    said = status.state(plan, id, "läge", scene.at)
    ended = ("klar", "avbruten", "ej aktuell")
    return said is not None and status.meaning(plan, "läge", said) in ended


def said_scales(plan: Plan) -> tuple[str, ...]:
    """The scales whose steps are said of things, but for levels and what is told with periods."""
    told_apart = (*_TOLD_APART, scales.cell_scale(plan.skalor))
    return tuple(skala for skala in plan.skalor if skala not in told_apart)


def _level_label(plan: Plan, id: str) -> str:
    skala = None if isinstance(plan.things[id], Risk) else scales.cell_scale(plan.skalor)
    return capital(skala) if skala else "Risknivå"


_INHERITED = (time, responsible)
"""What a part has from the whole unless it says otherwise: told of it only where it does."""
