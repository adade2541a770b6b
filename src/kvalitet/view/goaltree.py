"""The goal tree: every goal below the one that it belongs to, and then what there is to tell of
each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kvalitet.model.thing import Mål, Risk
from kvalitet.rules.risks.controls import INTERNAL
from kvalitet.view import standing
from kvalitet.view.about import contributes_to
from kvalitet.view.badges import legends
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Heading,
    Line,
    Link,
    Row,
    Table,
    below,
)
from kvalitet.view.followup import rest, said_of_others, unowned
from kvalitet.view.fulfilment import rule_of_fulfilment
from kvalitet.view.homes import following_up
from kvalitet.view.scene import belonging, numbered
from kvalitet.view.standing import side_by_side
from kvalitet.view.telling import Telling


def goal_tree(telling: Telling) -> Iterator[Block]:
    """The goals in the order written and how far they are fulfilled; then goal by goal what was
    said. Risks, and what belongs to no goal, are left to the section that follows them up."""
    told = tuple(_goal_by_goal(telling))
    yield from _overview(telling)
    yield from told


def _overview(telling: Telling) -> Iterator[Block]:
    """A row for each goal, and only columns in which something is told."""
    scene = telling.scene
    tree = scene.goal_tree()
    goals = [goal for goal, _ in tree]
    if not goals:
        return
    tellers: dict[str, Callable[[Mål], Sequence[Line]]] = {
        "Uppfyllelse": lambda goal: side_by_side(scene, goal.id, standing.fulfilment),
        "Bidrar till": lambda goal: [(numbered(each),) for each in contributes_to(scene, goal)],
    }
    told = {heading: [tuple(tell(goal)) for goal in goals] for heading, tell in tellers.items()}
    fields = {heading: lines for heading, lines in told.items() if any(lines)}
    rows = tuple(
        Row(
            (
                _name(telling, goal, depth),
                *(Cell(told[number] or NOTHING) for told in fields.values()),
            )
        )
        for number, (goal, depth) in enumerate(tree)
    )
    what = "Mål och uppfyllelse" if "Uppfyllelse" in fields else "Mål"
    table = Table(
        f"{what}, {scene.at.in_words()}",
        tuple(map(Column, ("Mål", *fields))),
        (Body(rows),),
        rule_of_fulfilment(scene, [goal.id for goal in goals]),
    )
    yield table
    yield from legends(scene.plan, table, scene.at.last)


def _name(telling: Telling, goal: Mål, depth: int) -> Cell:
    """The name, which leads to what is told of the goal, and its level in words."""
    name = numbered(goal)
    called = Link(name, goal.id) if telling.headed.get(goal.id) else name
    kind = ((goal.typ,),) if goal.typ else ()
    return Cell(((called,), *kind), header=True, depth=depth)


def _goal_by_goal(telling: Telling) -> Iterator[Block]:
    """The goals with what belongs to them, each under the goal above; last the risks, measures and
    activities that belong to none."""
    scene = telling.scene
    is_whole = not following_up(scene)
    *of_goals, (_, alone) = scene.by_goal()
    for goal, risks in of_goals:
        if goal:
            telling.risks[goal.id] = [
                each for each in risks if not (is_whole and _is_control_alone(telling, each))
            ]
    for goal, _ in of_goals:
        if goal:
            yield from telling.tree(goal, telling.level)
    if is_whole:
        yield from _of_no_goal(telling, alone, below(telling.level, 1 if of_goals else 0))


def _of_no_goal(telling: Telling, alone: Iterable[Risk], level: int) -> Iterator[Block]:
    """The risks, measures and activities that belong to no goal; then what else was said."""
    left = tuple(risk for risk in alone if not _is_control_alone(telling, risk))
    of_risks = [block for risk in left for block in telling.tree(risk, level)]
    told = (*of_risks, *telling.listed(unowned(telling.scene.plan), level))
    if told and level > telling.level:
        yield Heading(telling.level, "Utan mål", "utan--mal")
    yield from told
    yield from rest(telling, said_of_others(telling))


def _is_control_alone(telling: Telling, risk: Risk) -> bool:
    """Whether a risk is there for internal controls, which have a section of their own, and nothing
    is said of it itself."""
    scene = telling.scene
    held = belonging(risk)
    is_said = any(risk.id in plan.said_of for plan in (scene.plan, *scene.parts))
    places = {home.del_ if (home := telling.homes.get(id)) else "" for id in held}
    is_control = places == {INTERNAL}
    return is_control and not (is_said or risk.indikatorer)
