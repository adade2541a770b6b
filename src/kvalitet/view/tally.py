"""How many things each part of a plan has at each step: a row for a part, a column for a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from kvalitet.model.plan import Plan
from kvalitet.svenska import format_number
from kvalitet.view.document import NOTHING, Badge, Body, Cell, Column, Line, Row, Table
from kvalitet.view.scene import Scene

_SUM = "Summa"


def tally(
    scene: Scene,
    caption: str,
    steps: Sequence[Badge],
    counts: Mapping[str, Counter[Badge]],
    *,
    summed: bool = False,
    said: tuple[str, Mapping[str, str]] | None = None,
    notes: Sequence[Line] = (),
) -> Table:
    """The parts in the order of the tree, and the sum. `counts` are by folder: of a part that has
    none and stands above one that has, only the name is told. `summed`: each row has its sum too.
    `said` is a column of words, its heading and the words by folder."""
    named = [
        (plan.mapp, Cell(((plan.name,),), header=True, depth=depth))
        for plan, depth in _in_tree(scene, counts.keys())
    ]
    rows = [(name, counts.get(mapp), _word(said, mapp)) for mapp, name in named]
    if len(counts) > 1:
        total = sum(counts.values(), Counter[Badge]())
        rows.append((Cell(((_SUM,),), header=True), total, Cell(NOTHING)))
    columns = (
        Column("Verksamhet"),
        *(Column(step.namn, numeric=True, badge=step) for step in steps),
        *((Column(_SUM, numeric=True),) if summed else ()),
        *((Column(said[0]),) if said else ()),
    )
    body = Body(
        tuple(
            Row((name, *_figures(steps, counted, summed=summed), *((word,) if said else ())))
            for name, counted, word in rows
        )
    )
    return Table(caption, columns, (body,), tuple(notes))


def _in_tree(scene: Scene, telling: Set[str]) -> Sequence[tuple[Plan, int]]:
    """The parts that tell something or stand above one that does, each with how many parts it
    stands below."""
    folders = {part.mapp for part in scene.parts}
    shown = {each.mapp for part in scene.parts if part.mapp in telling for each in part.chain()}
    return [
        (part, sum(each.mapp in folders for each in part.chain()) - 1)
        for part in scene.parts
        if part.mapp in shown
    ]


def _word(said: tuple[str, Mapping[str, str]] | None, mapp: str) -> Cell:
    word = said[1].get(mapp) if said else None
    return Cell(((word,),) if word else NOTHING)


def _figures(
    steps: Sequence[Badge], counted: Counter[Badge] | None, *, summed: bool
) -> Sequence[Cell]:
    if counted is None:
        return [Cell(NOTHING)] * (len(steps) + summed)
    numbers = [*(counted[step] for step in steps), *([counted.total()] if summed else ())]
    return [Cell(((format_number(number),),)) for number in numbers]
