"""What goes on when the time of a report is over: risks that are not closed, and what is to be done
and is not finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet, Avvikelse, Egenkontroll, Mål, Risk, Ting, Åtgärd
from kvalitet.svenska import count, join
from kvalitet.view import standing
from kvalitet.view.about import title
from kvalitet.view.areagroups import (
    Held,
    all_held,
    by_area,
    judging,
    of_period,
    reference,
)
from kvalitet.view.badges import badge, badge_of, legends
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Inline,
    Line,
    Link,
    Note,
    Row,
    Strong,
    Table,
)
from kvalitet.view.followup import unowned
from kvalitet.view.scene import numbered, reached, things_done
from kvalitet.view.telling import Telling

REMAINING = "kvarstår"
_NO_AREA = ("Utan kvalitetsområde",)
_NO_RISK = ("Åtgärder och aktiviteter utan risk",)
_OVER = frozenset(status.FINISHED) - {"accepterad"}
_DONE = (Åtgärd, Aktivitet)
_NOTHING_DONE: tuple[Line, ...] = ((Strong("ingen åtgärd"),),)


class Left(NamedTuple):
    """What is left of a thing in a plan: how it stands, and what goes on about it, line by line."""

    standing: tuple[Line, ...]
    work: tuple[Line, ...]


def remaining(telling: Telling) -> Iterator[Block]:
    """The risks that remain, by quality area, each with what goes on about it; last what goes on
    about other things."""
    areas = by_area(telling)
    has_areas = any(area.område for area in areas)
    bodies = []
    for area in areas:
        name = (
            ("Kvalitetsområde: ", Strong(numbered(area.område.thing))) if area.område else _NO_AREA
        )
        bodies.append(Body(tuple(_of_risks(telling, area.risks)), (name,) if has_areas else ()))
    bodies.append(Body(tuple(_of_others(telling)), (_NO_RISK,)))
    told = tuple(body for body in bodies if body.rows)
    if told:
        yield from _table(telling, told)
    else:
        yield Note(("Inga risker eller åtgärder går vidare.",))


def what_remains(telling: Telling, risks: Sequence[Held[Risk]]) -> Iterator[Block]:
    """What remains of some risks: all of it, or where a section lists that, how much."""
    sections = telling.scene.report.sections()
    section = next((each for each in sections if each.del_ == REMAINING), None)
    rows = tuple(_of_risks(telling, risks))
    if not rows:
        yield from (Note(("Inget av detta går vidare.",)) for _ in risks[:1])
    elif section is None:
        yield from _table(telling, (Body(rows),))
    else:
        left = [held for held in risks if any(_left(telling, held))]
        work = {id for held in left for ids in _unfinished(held).values() for id in ids}
        told = [count(len(left), "risk", "risker")]
        told += [count(len(work), "åtgärd", "åtgärder")] if work else []
        yield Note((f"Går vidare: {join(told)}, se ", Link(section.rubrik, section.id), "."))


def _table(telling: Telling, bodies: tuple[Body, ...]) -> Iterator[Block]:
    """The table of what remains, and what its steps mean."""
    at = telling.scene.at
    names = ("Risk", *(("Verksamhet",) if telling.parts else ()), f"Vid {of_period(at)} slut")
    caption = f"Det som går vidare efter {at.in_words()}"
    table = Table(caption, tuple(map(Column, (*names, "Åtgärder som går vidare"))), bodies)
    yield table
    yield from legends(telling.scene.plan, table, at.last)


def _of_risks(telling: Telling, risks: Iterable[Held[Risk]]) -> Iterator[Row]:
    for held in risks:
        yield from _rows(telling, reference(held.owner, held.thing), _left(telling, held))


def _rows(telling: Telling, called: Inline, left: Iterable[tuple[Plan, Left]]) -> Iterator[Row]:
    told = tuple(standing.by_plan(telling.scene, left))
    name = Cell(((called,),), header=True, rows=len(told))
    for number, (who, (stands, work)) in enumerate(told):
        whose = (Cell(((who,),)),) if telling.parts else ()
        cells = (Cell(stands or NOTHING), Cell(work or NOTHING))
        yield Row((None if number else name, *whose, *cells))


def _left(telling: Telling, held: Held[Risk]) -> Iterator[tuple[Plan, Left]]:
    """What is left of a risk in each plan that has something left of it."""
    judging, unfinished = set(held.judging()), _unfinished(held)
    for of in held.tellings:
        scene, id = of.scene, held.thing.id
        work = tuple(_work(telling, of, each) for each in unfinished.get(of, ()))
        is_left = of in judging and _remains(of, id) and not _is_over(of, id)
        if work or is_left:  # what goes on about a risk that is closed is not over
            level = status.level(scene.plan, id, scene.at)
            lines = ((badge_of(level.skala, level.steg),),) if level else ()
            work = work or (_NOTHING_DONE if _is_left_alone(of, id) else ())
            yield scene.plan, Left((*lines, *standing.progress(scene, scene.plan, id)), work)


def _is_left_alone(of: Telling, id: str) -> bool:
    """Whether a risk is at the highest level and not accepted, and nothing is to be done about it
    any more."""
    plan, at = of.scene.plan, of.scene.at
    level, risk = status.level(plan, id, at), plan.get(Risk, id)
    if not (level and risk and level.steg == scales.steps(plan.skalor[level.skala], at.last)[-1]):
        return False
    läge = status.state(plan, id, "läge", at)
    done = (each for each in things_done(plan, risk) if isinstance(each, _DONE))
    is_accepted = läge is not None and status.meaning(plan, "läge", läge) == "accepterad"
    return not is_accepted and all(_is_over(of, each.id) for each in done)


def _remains(of: Telling, id: str) -> bool:
    """Whether a risk remains for its own sake: it is not at the lowest level, and not one that is
    inherited and that the plan has not judged."""
    scene = of.scene
    level = status.level(scene.plan, id, scene.at)
    if level:
        return scales.rank(scene.plan.skalor[level.skala], level.steg.namn, scene.at.last) != 1
    return status.has_judged(scene.plan, id, scene.at) or not scene.inherits(id)


def _unfinished(held: Held[Ting]) -> Mapping[Telling, Sequence[str]]:
    """The measures and activities about a thing, itself too if it is one, that are not finished, by
    the plans that follow them up: those that have said how it goes, or else the one whose it is."""
    having: dict[str, list[Telling]] = {}
    for of in held.tellings:
        thing = of.scene.plan.things[held.thing.id]
        done = (thing, *things_done(of.scene.plan, thing)) if isinstance(thing, Ting) else ()
        for each in done:
            if isinstance(each, _DONE):
                having.setdefault(each.id, []).append(of)
    found: dict[Telling, list[str]] = {}
    for id, tellings in having.items():
        for of in judging(tellings, id) or [of for of in tellings[:1] if not of.scene.inherits(id)]:
            if not _is_over(of, id):
                found.setdefault(of, []).append(id)
    return found


def _is_over(of: Telling, id: str) -> bool:
    läge = status.state(of.scene.plan, id, "läge", of.scene.at)
    return läge is not None and status.meaning(of.scene.plan, "läge", läge) in _OVER


def _work(telling: Telling, of: Telling, id: str) -> Line:
    """Something to be done, how it goes, and when it begins or ends."""
    scene, thing = of.scene, of.scene.plan.things[id]
    if not isinstance(thing, Ting):
        return ()
    läge = status.state(scene.plan, id, "läge", scene.at)
    end = status.end_date(scene.plan, id, scene.at)
    told: list[Inline] = []
    if läge:
        told.append(badge(scene.plan, "läge", läge.steg, läge.period.last))
    if thing.start and thing.start.first > scene.at.last:
        told.append(f"börjar {thing.start.in_words()}")
    if end and end.last > scene.at.last:
        told.append(f"ska vara klar {end.in_words()}")
    pieces = [piece for each in told for piece in (", ", each)][1:]
    name = reference(of if id in of.own else telling, thing)
    return (name, ": ", *pieces) if pieces else (name,)


def _of_others(telling: Telling) -> Iterator[Row]:
    """What goes on about goals, self-checks and deviations, and about nothing, in the plan and its
    parts."""
    told = {of: reached(of.scene.plan, of.scene.plan.all(Risk)) for of in (telling, *telling.parts)}
    for each in all_held(telling, _not_risks):
        left = []
        unfinished = _unfinished(each)
        for of in each.tellings:
            ids = [id for id in unfinished.get(of, ()) if id not in told[of]]
            told[of].update(ids)
            if ids:
                work = tuple(_work(telling, of, id) for id in ids)
                left.append((of.scene.plan, Left((), work)))
        is_owner = not isinstance(each.thing, _DONE)
        yield from _rows(telling, title(each.thing) if is_owner else "–", left)


def _not_risks(of: Telling) -> Iterator[Ting]:
    for kind in (Mål, Egenkontroll, Avvikelse):
        yield from of.scene.plan.all(kind)
    yield from unowned(of.scene.plan)
