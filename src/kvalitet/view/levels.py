"""How many risks a report tells of at each level, as it stands in the report itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kvalitet import scales, status
from kvalitet.status import Bedömning
from kvalitet.svenska import format_number
from kvalitet.view.badges import COLOURS, badge_of
from kvalitet.view.comparable import risks_of
from kvalitet.view.document import Badge, Inline, Levels, Line
from kvalitet.view.scene import Scene

_NO_LEVEL = "utan nivå"
_BY_PARTS = "bedömt av enheterna: "


def levels(scene: Scene) -> Levels:
    """The risks of a report by level, or where the plan judges none as its parts judge them."""
    judged = [status.level(scene.plan, risk.id, scene.at) for risk in scene.risks()]
    of_parts = [
        status.level(part, risk.id, scene.at)
        for part in scene.parts
        for risk in risks_of(scene, part)
    ]
    if of_parts and not any(judged):
        return Levels(_counted(scene, of_parts), by_parts=True)
    return Levels(_counted(scene, judged))


def _counted(
    scene: Scene, judged: Sequence[Bedömning | None]
) -> tuple[tuple[Badge | None, int], ...]:
    steps = Counter(badge_of("nivå", each.steg) for each in judged if each)
    order = [
        badge_of("nivå", step) for step in scales.steps(scene.plan.skalor["nivå"], scene.at.last)
    ]
    ranked = sorted(steps, key=lambda step: -order.index(step) if step in order else 1)
    unknown = judged.count(None)
    return (*((step, steps[step]) for step in ranked), *(((None, unknown),) if unknown else ()))


def told(levels: Levels) -> Line:
    """The numbers in a line; nothing where the report tells of no risks."""
    pieces: list[Inline] = []
    for step, number in levels.counts:
        pieces += [", ", *((step,) if step else (_NO_LEVEL,)), f" {format_number(number)}"]
    return (*((_BY_PARTS,) if levels.by_parts else ()), *pieces[1:])


def read(text: str) -> Levels | None:
    """What a page says in its `risknivaer` (templates/sida.html.j2); None where it cannot be
    understood. Anybody may have written the page."""
    try:
        by_parts, *counts = json.loads(text)
        return Levels(tuple(_read(counts)), by_parts=bool(by_parts))
    except (ValueError, TypeError, RecursionError):
        return None


def _read(counts: Sequence[Any]) -> Iterator[tuple[Badge | None, int]]:
    for namn, symbol, färg, number in counts:
        if not (isinstance(namn, str) and isinstance(symbol, str) and type(number) is int):
            raise ValueError(namn)
        yield Badge(namn, symbol, färg if färg in COLOURS else "") if namn else None, number
