"""Follow-up, goal by goal, risk by risk, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kvalitet import prose
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Ting,
    Åtgärd,
)
from kvalitet.view.about import title_in_part
from kvalitet.view.document import Block, Heading, Prose, below
from kvalitet.view.homes import GOALS
from kvalitet.view.scene import reached, things_done
from kvalitet.view.tables import indicator_table
from kvalitet.view.telling import Telling


def follow_up(telling: Telling) -> Iterator[Block]:
    """All things of which there is something to tell, each once: the goals with their risks in the
    order of the plan table, then what belongs to none of them. Goals that have a section of their
    own are named by their risks."""
    scene, level = telling.scene, telling.level
    *of_goals, (_, alone) = scene.by_goal()
    if GOALS in telling.parts_of_report:
        alone = tuple(risk for _, risks in scene.by_goal() for risk in risks)
        of_goals = []
    has_goals = any(risks for _, risks in of_goals)
    if not has_goals:
        yield from telling.each(alone, level)
    for goal, risks in of_goals:
        yield from telling.about(goal, level, risks)
    of_no_goal = tuple(telling.each(alone, level + 1)) if has_goals else ()
    if of_no_goal:
        yield Heading(level, "Utan mål", "utan--mal")
        yield from of_no_goal
    yield from rest(telling, others(telling))


def said_of_others(telling: Telling) -> Iterator[Model]:
    """The things of no goal and no risk of which something is said in just this period."""
    plan = telling.scene.plan
    for thing in others(telling):
        held = things_done(plan, thing) if isinstance(thing, Ting) else ()
        if any(map(telling.is_said_now, (thing.id, *(each.id for each in held)))):
            yield thing


def rest(telling: Telling, others: Iterable[Model]) -> Iterator[Block]:
    """What belongs to no goal and no risk: those things, indicators of which something is said, and
    what the parts have lifted; but for what a section of its own tells."""
    apart, level = _told_apart(telling), telling.level
    yield from telling.each(others, level)
    yield from _of_indicators(telling, level, apart)
    for part in telling.parts:
        yield from _rest_of(telling, part, apart)


def _told_apart(telling: Telling) -> Set[str]:
    """The ids of the things and indicators that have a section of their own, and of all that
    belongs to them."""
    plan, homes = telling.scene.plan, telling.homes
    elsewhere = [id for id in homes if not telling.is_here(id)]
    owners = (plan.things[id] for id in elsewhere)
    of_tables = () if telling.scene.teller else telling.tables.in_sections()
    belonging = reached(plan, (each for each in owners if isinstance(each, Ting)))
    return belonging.union(elsewhere, of_tables)


def others(telling: Telling) -> Iterator[Kvalitetsområde | Ting]:
    """Quality areas, deviations and self-checks that have no section of their own, and the measures
    and activities that belong to nothing: those of a risk kept out of the report are kept out
    too."""
    plan = telling.scene.plan
    yield from plan.all(Kvalitetsområde)
    for each in (*plan.all(Avvikelse), *plan.all(Egenkontroll)):
        if each.id not in telling.homes:
            yield each
    yield from unowned(plan)


def unowned(plan: Plan) -> Iterator[Ting]:
    """The measures and activities that belong to nothing."""
    owners = [thing for thing in plan.things.values() if isinstance(thing, Ting)]
    owned = {id for owner in owners for id in (*owner.åtgärder, *owner.aktiviteter)}
    for thing in (*plan.all(Åtgärd), *plan.all(Aktivitet)):
        if thing.id not in owned:
            yield thing


def _of_indicators(telling: Telling, level: int, apart: Set[str]) -> Iterator[Block]:
    """What was said about indicators that nothing told of has, with their tables."""
    scene = telling.scene
    told: list[Block] = []
    left_out = scene.left_out()
    for indicator in (each for each in scene.plan.all(Indikator) if each.id not in apart):
        said = tuple(telling.tables.words_of(indicator, level))
        if said and indicator.id not in left_out:
            table = indicator_table(scene, indicator.id)
            told += [table, *said[1:]] if table else said
    if told:
        yield Heading(level, "Övriga indikatorer", "ovriga--indikatorer")
        yield from told


def _rest_of(telling: Telling, of: Telling, apart: Set[str]) -> Iterator[Block]:
    """What a part has lifted and nothing here was about: mostly what only the part has, which is
    told with how it stands."""
    scene, part, level = telling.scene, of.scene.plan, telling.level
    sections = {section.id for section in scene.report.sections()}
    told = telling.tables.told | of.tables.told | sections | apart | _told_apart(of)
    left = {id: said for id, said in scene.lifted(part).items() if id not in told}
    own = [part.things[id] for id in left if id in of.own]
    things = [each for each in own if not isinstance(each, Indikator)]
    blocks = list(of.moved(of.each(things, below(level))))
    for id, said in left.items():
        heading = title_in_part(part, id)
        is_told = telling.headed.get(id) or of.headed.get(id) or id in of.tables.told
        if heading and not is_told:
            of.headed[id] = True
            blocks.append(Heading(below(level), heading, f"{id}--{part.mapp}"))
            shown = prose.render(part, said.text, scene.at)
            blocks.append(Prose(shown, below(level), f"{id}--{part.mapp}--text"))
    if blocks:
        yield Heading(level, part.name, f"del--{part.mapp}")
        yield from blocks
