"""The plan of internal control: self-checks listed by the risks that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet.model.thing import Risk
from kvalitet.view import standing
from kvalitet.view.document import Block, Line, Strong
from kvalitet.view.outcomes import Outcomes
from kvalitet.view.scene import Scene, by_nr, numbered, things_done
from kvalitet.view.selfchecks import Group, Placed, check_table, in_order
from kvalitet.view.standing import side_by_side
from kvalitet.view.telling import Telling


def internal_control(telling: Telling) -> Iterator[Block]:
    """The internal controls of the report's year by risk, those that belong to none last; then
    what was said of each."""
    scene, outcomes = telling.scene, Outcomes(telling.scene)
    every = in_order(scene, outcomes)
    checks = {each.check.id: each for each in every if telling.is_here(each.check.id)}
    groups = tuple(_by_risk(scene, checks))
    told = dict.fromkeys(placed.check.id for _, controls in groups for placed in controls)
    telling.in_overview |= told.keys()
    blocks = tuple(telling.each((checks[id].check for id in told), telling.level))
    if groups:
        caption = f"Intern kontroll, {scene.at.in_words()}"
        yield from check_table(telling, outcomes, caption, "Kontroll", groups)
    yield from blocks


def _by_risk(scene: Scene, checks: dict[str, Placed]) -> Iterator[Group]:
    """The controls under each risk, also one below `urval`; where none belongs to a risk, under
    nothing."""
    placed: set[str] = set()
    for risk in by_nr(scene.plan.all(Risk)):
        own = [each.id for each in things_done(scene.plan, risk) if each.id in checks]
        placed |= {*own}
        if own:
            yield (_heading(scene, risk),), [checks[id] for id in own]
    others = [each for id, each in checks.items() if id not in placed]
    if others:
        yield ((("Utan risk",),) if placed else ()), others


def _heading(scene: Scene, risk: Risk) -> Line:
    """The risk, and its level where it has one."""
    levels = side_by_side(scene, risk.id, standing.level)
    level = (piece for line in levels for piece in (". Risknivå: ", *line))
    return "Risk: ", Strong(numbered(risk)), *level
