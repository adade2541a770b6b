"""The units side by side: their risks by level, their work and goals by state, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet, Mål, Risk, Ting, Åtgärd
from kvalitet.svenska import count, format_number, join
from kvalitet.view import standing
from kvalitet.view.badges import badge, badge_of, legends
from kvalitet.view.comparable import (
    Judged,
    alike,
    has_own_levels,
    is_closed,
    judged,
    risks_of,
    silent,
)
from kvalitet.view.document import (
    NOTHING,
    Badge,
    Block,
    Body,
    Cell,
    Column,
    Inline,
    Line,
    Row,
    Table,
)
from kvalitet.view.scene import Scene, by_nr, numbered, things_done
from kvalitet.view.standing import NO_LEVEL, level, progress, side_by_side, these
from kvalitet.view.tally import tally
from kvalitet.view.telling import Telling

_UNCHANGED = "oförändrat"
_WORK = "Åtgärder och aktiviteter efter läge och tidplan"
_NO_STATE = Badge("utan läge")
_ON_TIME = "Tidplanen är räknad för det som inte är avslutat."


def unit_by_unit(telling: Telling) -> Iterator[Block]:
    """The overview of the parts of a plan, each table only where there is something to tell."""
    scene = telling.scene
    tables = (*_levels(scene), *_common(scene), *_own(scene), *_work(scene), *_goals(scene))
    for table in tables if scene.parts else ():
        yield table
        yield from legends(scene.plan, table, scene.at.last)


def levels_of(scene: Scene) -> Sequence[Badge]:
    """The steps of risk levels that the units share, the highest first."""
    steps = scales.steps(scene.plan.skalor["nivå"], scene.at.last)
    return [badge_of("nivå", step) for step in reversed(steps)]


def not_judged(scene: Scene, risk: Risk) -> tuple[Plan, ...]:
    """The units that have said nothing of a risk, and for which no part above them has."""
    telling = (each for each in scene.parts if status.has_said(each, risk.id, scene.at))
    return silent(scene, {each.mapp for each in telling})


def own_levels(scene: Scene) -> Iterator[Line]:
    """The units that judge on a scale of their own, with what they say there."""
    for part in scene.parts:
        said = Counter(_badges(scene, part)) if has_own_levels(scene, part) else None
        if said:
            pieces: list[Inline] = []
            for step, number in said.items():
                pieces += [", ", f"{format_number(number)} ", step]
            told = f"{part.name} bedömer på en egen skala och jämförs inte med de andra: "
            yield (told, *pieces[1:], ".")


def _levels(scene: Scene) -> Iterator[Table]:
    """How many risks each part judges at each level, and how that has changed."""
    parts = alike(scene)
    counts = _counted(parts, lambda part: _badges(scene, part))
    if not counts:
        return
    risks = [(part, risk.id) for part in parts for risk in part.all(Risk)]
    is_new = all(status.level(part, id, scene.before) is None for part, id in risks)
    changes = {part.mapp: _changes(scene, part) for part in parts if part.mapp in counts}
    said = None if is_new else (f"Sedan {scene.before.in_words()}", changes)
    closed = any(is_closed(scene, part, id) for part, id in risks)
    notes = (
        ("En risk är räknad en gång för varje verksamhet som bedömer den.",),
        *own_levels(scene),
        *((("Avslutade risker är inte räknade.",),) if closed else ()),
    )
    caption = f"Bedömda risker efter nivå, {scene.at.in_words()}"
    yield tally(scene, caption, levels_of(scene), counts, summed=True, said=said, notes=notes)


def _counted(
    parts: Iterable[Plan], steps: Callable[[Plan], Iterable[Badge]]
) -> Mapping[str, Counter[Badge]]:
    """How often each part, by its folder, says each step; nothing of one that says none."""
    counts = {part.mapp: Counter(steps(part)) for part in parts}
    return {mapp: counted for mapp, counted in counts.items() if counted}


def _badges(scene: Scene, plan: Plan) -> Iterator[Badge]:
    for risk in risks_of(scene, plan):
        now = status.level(plan, risk.id, scene.at)
        if now:
            yield badge_of("nivå", now.steg)


def _changes(scene: Scene, plan: Plan) -> str:
    """How many of the risks were raised, lowered or judged for the first time."""
    kinds = Counter[str]()
    for risk in risks_of(scene, plan):
        change = status.level_change(plan, risk.id, scene.at, scene.before)
        if change is None:
            kinds["ny"] += status.level(plan, risk.id, scene.before) is None
        elif change:
            kinds["höjd" if change > 0 else "sänkt"] += 1
    many = {"höjd": "höjda", "sänkt": "sänkta", "ny": "nya"}
    told = [count(kinds[kind], kind, many[kind]) for kind in many if kinds[kind]]
    return join(told) or _UNCHANGED


def _common(scene: Scene) -> Iterator[Table]:
    """How many units judge each common risk at each level, and which of them highest."""
    steps, parts = levels_of(scene), alike(scene)
    told = [(risk, units) for risk in scene.risks() if (units := judged(scene, risk.id, parts))]
    absent = {risk.id: these([part.name for part in not_judged(scene, risk)]) for risk, _ in told}
    whole = {risk.id: tuple(level(scene, scene.plan, risk.id)) for risk, _ in told}
    columns = [Column("Risk")]
    columns += [Column(scene.plan.name)] if any(whole.values()) else []
    columns += [Column(step.namn, numeric=True, badge=step) for step in steps]
    columns += [Column("Högst"), *([Column("Inte bedömd")] if any(absent.values()) else [])]
    rows = []
    for risk, units in told:
        counts = Counter(each.steg for each in units)
        cells = [Cell(((numbered(risk),),), header=True)]
        cells += [Cell(whole[risk.id] or NOTHING)] if any(whole.values()) else []
        cells += [Cell(((format_number(counts[step.namn]),),)) for step in steps]
        cells += [Cell(((_highest(units),),))]
        cells += [Cell(((absent[risk.id] or "–",),))] if any(absent.values()) else []
        rows.append(Row(tuple(cells)))
    if rows:
        caption = "Gemensamma risker: antal enheter på varje nivå"
        yield Table(caption, tuple(columns), (Body(tuple(rows)),))


def _highest(units: Sequence[Judged]) -> str:
    highest = max(each.rank for each in units)
    names = [each.plan.name for each in units if each.rank == highest]
    if len(units) == 1:
        return names[0]
    return "alla lika" if len(names) == len(units) else these(names)


def _own(scene: Scene) -> Iterator[Table]:
    """The risks that only a part has, with what is done about them there."""
    rows: list[Row] = []
    for part in scene.parts:
        of_part = replace(scene.of_part(part), parts=tuple(part.below()))
        risks = by_nr(risk for risk in of_part.risks() if not part.inherits(risk.id))
        for number, risk in enumerate(risks):
            name = Cell(((part.name,),), header=True, rows=len(risks))
            rows.append(Row((None if number else name, *_told_of(of_part, risk))))
    if rows:
        columns = tuple(map(Column, ("Verksamhet", "Risk", "Risknivå", "Åtgärder")))
        yield Table("Verksamheternas egna risker", columns, (Body(tuple(rows)),))


def _told_of(scene: Scene, risk: Risk) -> Iterator[Cell]:
    plan = scene.plan
    yield Cell(((numbered(risk),),))
    states = side_by_side(scene, risk.id, progress)
    yield Cell((*(side_by_side(scene, risk.id, level) or ((NO_LEVEL,),)), *states))
    done = [each for each in things_done(plan, risk) if isinstance(each, Åtgärd | Aktivitet)]
    yield Cell(tuple(_how_it_goes(scene, each) for each in done) or NOTHING)


def _how_it_goes(scene: Scene, thing: Ting) -> Line:
    told = [piece for line in progress(scene, scene.plan, thing.id) for piece in (" · ", *line)][1:]
    return (f"{numbered(thing)}: ", *told) if told else (numbered(thing),)


def _work(scene: Scene) -> Iterator[Table]:
    """How many measures and activities each part has said to be in each state, and of how many it
    has said none."""
    counts = {part.mapp: Counter(_states(scene, part)) for part in scene.parts}
    steps = _in_order(scene, counts.values(), standing.EVIDENT)
    if not steps:
        return
    for mapp, number in _without_state(scene).items():
        counts[mapp][_NO_STATE] = number
    notes = ((_ON_TIME,),) if any(step.färg for step in steps) else ()
    lacking = (_NO_STATE,) if any(_NO_STATE in counted for counted in counts.values()) else ()
    told = {mapp: counted for mapp, counted in counts.items() if counted}
    yield tally(scene, _WORK, (*steps, *lacking), told, notes=notes)


def _states(scene: Scene, plan: Plan) -> Iterator[Badge]:
    for thing in _work_of(plan):
        yield from _states_of(scene, plan, thing)


def _work_of(plan: Plan) -> tuple[Ting, ...]:
    return (*plan.all(Åtgärd), *plan.all(Aktivitet))


def _states_of(scene: Scene, plan: Plan, thing: Ting) -> Iterator[Badge]:
    is_over = status.is_finished(plan, thing.id, scene.at)
    for skala in standing.EVIDENT:
        said = status.state(plan, thing.id, skala, scene.at)
        if said and not (is_over and skala == "tidplan"):
            yield badge(plan, skala, said.steg, said.period.last)


def _without_state(scene: Scene) -> Counter[str]:
    """Of how many that have begun each part, by its folder, says no state: of its own, and where it
    is lowest in the tree of those that others say one of, but no part above it."""
    said = {
        part.mapp: {each.id for each in _work_of(part) if any(_states_of(scene, part, each))}
        for part in scene.parts
    }
    by_any = frozenset().union(*said.values())
    lacking = Counter[str]()
    for part in scene.parts:
        above = frozenset().union(*(said.get(each.mapp, ()) for each in part.chain()))
        below = frozenset().union(*(said[each.mapp] for each in part.below()))
        for thing in _work_of(part):
            is_asked = not part.inherits(thing.id) or (thing.id in by_any and not part.parts)
            if is_asked and _has_begun(scene, thing) and thing.id not in above | below:
                lacking[part.mapp] += 1
    return lacking


def _has_begun(scene: Scene, thing: Ting) -> bool:
    return thing.start is None or thing.start.first <= scene.at.last


def _goals(scene: Scene) -> Iterator[Table]:
    """How many of its goals each part has fulfilled, and how far."""
    counts = _counted(scene.parts, lambda part: _fulfilled(scene, part))
    if counts:
        steps = _in_order(scene, counts.values(), ("uppfyllelse",))
        yield tally(scene, "Mål efter uppfyllelse", steps, counts, summed=True)


def _fulfilled(scene: Scene, plan: Plan) -> Iterator[Badge]:
    for goal in plan.all(Mål):
        found = status.fulfilment(plan, goal.id, scene.at)
        if found:
            yield badge_of("uppfyllelse", found.steg)


def _in_order(
    scene: Scene, counts: Iterable[Counter[Badge]], skalor: Iterable[str]
) -> Sequence[Badge]:
    """The steps that are counted: those of the plan's scales in their order, then others."""
    known = [
        badge_of(skala, step)
        for skala in skalor
        for step in scales.steps(scene.plan.skalor[skala], scene.at.last)
    ]
    counted = dict.fromkeys(step for each in counts for step in each)
    return [
        *(step for step in known if step in counted),
        *(each for each in counted if each not in known),
    ]
