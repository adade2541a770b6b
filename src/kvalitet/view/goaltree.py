"""The goal tree: every goal below the one that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet.model.thing import Mål
from kvalitet.view import standing
from kvalitet.view.badges import legends
from kvalitet.view.document import NOTHING, Block, Body, Cell, Column, Row, Table
from kvalitet.view.scene import Scene, goals_above, numbered
from kvalitet.view.standing import side_by_side

_COLUMNS = tuple(map(Column, ("Mål", "Hör till", "Förväntat resultat", "Uppfyllelse")))


def goal_tree(scene: Scene) -> Iterator[Block]:
    """The goals in the order written, with the goals above them and how far they are fulfilled."""
    goals = scene.goals()
    if goals:
        rows = tuple(_row(scene, goal) for goal in goals)
        table = Table(f"Mål och uppfyllelse, {scene.at.in_words()}", _COLUMNS, (Body(rows),))
        yield table
        yield from legends(scene.plan, table, scene.at.last)


def _row(scene: Scene, goal: Mål) -> Row:
    above = goals_above(scene.plan).get(goal.id, ())
    supported = (scene.plan.get(Mål, id) for id in goal.bidrar_till)
    belongs = tuple((numbered(each),) for each in (*above, *filter(None, supported)))
    kind = ((goal.typ,),) if goal.typ else ()
    expected = ((goal.förväntat_resultat,),) if goal.förväntat_resultat else NOTHING
    return Row(
        (
            Cell(((numbered(goal),), *kind), header=True),
            Cell(belongs or NOTHING),
            Cell(expected),
            Cell(side_by_side(scene, goal.id, standing.fulfilment) or NOTHING),
        )
    )
