"""When a thing begins and ends, and since when it is late or judged, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Egenkontroll, Ting
from kvalitet.period import Period
from kvalitet.svenska import date_text
from kvalitet.view.document import Line
from kvalitet.view.scene import Scene


def begins(_: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """When a thing begins."""
    thing = plan.things.get(id)
    if isinstance(thing, Ting) and thing.start:
        yield (thing.start.in_words(),)


def ends(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """When a thing ends, and from when that was moved; that it is past, unless the tidplan says
    so."""
    told = _end(plan, id, scene.at)
    if told:
        is_told = status.state(plan, id, "tidplan", scene.at) is not None
        is_late = late_since(scene, plan, id) and not is_told
        if is_late or not _keeps_to_whole(scene, plan, id):
            yield (f"{told}. Slutdatum har passerat" if is_late else told,)


def _keeps_to_whole(scene: Scene, plan: Plan, id: str) -> bool:
    """Whether a part has only what the whole first decided of when a thing begins and ends."""
    own, whole = plan.things.get(id), scene.plan.things.get(id)
    if plan is scene.plan or not (isinstance(own, Ting) and isinstance(whole, Ting)):
        return False
    is_same = (own.start, own.slut) == (whole.start, whole.slut)
    return is_same and own.slut == status.end_date(plan, id, scene.at)


def _end(plan: Plan, id: str, at: Period) -> str:
    """The end that holds and the one decided, or ""."""
    thing, end = plan.things.get(id), status.end_date(plan, id, at)
    if end is None or not isinstance(thing, Ting):
        return ""
    is_moved = thing.slut and end.last != thing.slut.last
    moved = f", flyttat från {thing.slut.in_words()}" if thing.slut and is_moved else ""
    return f"{end.in_words()}{moved}"


def time(scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
    """From when to when, whether the end was moved; that it is past, unless the tidplan says so.
    Of a part only where that is otherwise than in the whole, or the part is late."""
    told = _span(plan, id, scene.at)
    is_told = status.state(plan, id, "tidplan", scene.at) is not None
    is_same = plan is not scene.plan and told == _span(scene.plan, id, scene.at)
    if told and late_since(scene, plan, id) and not is_told:
        yield (f"{told}. Slutdatum har passerat",)
    elif told and not is_same and not _keeps_to_whole(scene, plan, id):
        yield (told,)


def _span(plan: Plan, id: str, at: Period) -> str:
    """From when to when, in the periods that were said, or ""."""
    thing = plan.things.get(id)
    if not isinstance(thing, Ting):
        return ""
    end = status.end_date(plan, id, at)
    if end and end == thing.start == thing.slut:
        return end.in_words()
    told = f"från {thing.start.in_words()}" if thing.start else ""
    if end:
        until = "till" if end.frekvens == "dag" else "till och med"
        told = f"{told} {until} {_end(plan, id, at)}".strip()
    return told


def late_since(scene: Scene, plan: Plan, id: str) -> str:
    """The end that a thing has passed without being finished, or "". Of a self-check that is made
    once the result tells it, also that it was not made."""
    end, check = status.end_date(plan, id, scene.at), plan.get(Egenkontroll, id)
    is_late = answers_for(scene, plan, id) and status.is_late(plan, id, scene.at)
    is_told = check and not check.frekvens and status.results(plan, id, scene.at)
    return date_text(end.last) if end and is_late and not is_told else ""


def answers_for(scene: Scene, plan: Plan, id: str) -> bool:
    """Whether a plan can be late with a thing: one that follows it up; else the one that wrote it,
    unless that has parts and one of them follows it up."""
    if status.has_said(plan, id, scene.at):
        return True
    parts = scene.parts if plan is scene.plan else ()
    return id in plan.own and not any(status.has_said(part, id, scene.at) for part in parts)


def judged_before(scene: Scene, said: Period) -> Line:
    """When a step was said, if that was before the period of the report."""
    if said.last >= scene.at.first:
        return ()
    told = said.in_words()
    return (f", bedömt {told}" if said.frekvens in ("dag", "år") else f", bedömt i {told}",)
