"""Follow-up, goal by goal, risk by risk, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator

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
from kvalitet.view.scene import name_of
from kvalitet.view.tables import indicator_table
from kvalitet.view.telling import Telling


def follow_up(telling: Telling, level: int) -> Iterator[Block]:
    """All things of which there is something to tell, each once, under headings of that level:
    the goals with their risks in the order of the plan table, then what belongs to none of them."""
    scene = telling.scene
    *of_goals, (_, alone) = scene.by_goal()
    has_goals = any(risks for _, risks in of_goals)
    if not has_goals:
        yield from telling.each(alone, level)
    for goal, risks in of_goals:
        yield from telling.about(goal, level, risks)
    if has_goals and alone:
        yield Heading(level, "Utan mål", "utan--mal")
        yield from telling.each(alone, level + 1)
    yield from telling.each(_others(telling), level)
    yield from _of_indicators(telling, level)
    for part in scene.parts:
        yield from _rest_of(telling, part, level)


def _others(telling: Telling) -> Iterator[Model]:
    """Quality areas, deviations and self-checks that have no section of their own, and the measures
    and activities that belong to nothing: those of a risk kept out of the report are kept out
    too."""
    plan = telling.scene.plan
    yield from plan.all(Kvalitetsområde)
    if "avvikelser" not in telling.parts_of_report:
        yield from plan.all(Avvikelse)
    if "egenkontroller" not in telling.parts_of_report:
        yield from plan.all(Egenkontroll)
    yield from unowned(plan)


def unowned(plan: Plan) -> Iterator[Ting]:
    """The measures and activities that belong to nothing."""
    owners = [thing for thing in plan.things.values() if isinstance(thing, Ting)]
    owned = {id for owner in owners for id in (*owner.åtgärder, *owner.aktiviteter)}
    for thing in (*plan.all(Åtgärd), *plan.all(Aktivitet)):
        if thing.id not in owned:
            yield thing


def _of_indicators(telling: Telling, level: int) -> Iterator[Block]:
    """What was said about indicators that nothing told of has, with their tables; a section for
    indicators tells it itself."""
    if "indikatorer" in telling.parts_of_report:
        return
    scene = telling.scene
    told: list[Block] = []
    left_out = scene.left_out()
    for indicator in scene.plan.all(Indikator):
        said = tuple(telling.tables.words_of(indicator, level))
        if said and indicator.id not in left_out:
            table = indicator_table(scene, indicator.id)
            told += [table, *said[1:]] if table else said
    if told:
        yield Heading(level, "Övriga indikatorer", "ovriga--indikatorer")
        yield from told


def _rest_of(telling: Telling, part: Plan, level: int) -> Iterator[Block]:
    """What a part has lifted and nothing here was about: mostly what only the part has."""
    scene = telling.scene
    sections = {section.id for section in scene.report.avsnitt}
    begun = False
    for id, said in scene.lifted(part).items():
        heading = title_in_part(part, id)
        is_told = telling.headed.get(id) or id in telling.tables.told | sections
        if heading is None or is_told:
            continue
        if not begun:
            yield Heading(level, name_of(part), f"del--{part.mapp}")
        begun = True
        yield Heading(below(level), heading, f"{id}--{part.mapp}")
        shown = prose.render(part, said.text, scene.at)
        yield Prose(shown, below(level), f"{id}--{part.mapp}--text")
