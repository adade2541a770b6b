"""The words of a period, as blocks: the plan's own, then those that its parts have lifted to it."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import prose, status
from kvalitet.view.document import Block, Heading, Prose
from kvalitet.view.scene import Scene, name_of

_LOWEST = 6


def words(scene: Scene, id: str, level: int) -> Iterator[Block]:
    """What is said about something in just this period, under a heading of that level."""
    own = status.words(scene.plan, id, scene.at)
    if own:
        yield Prose(prose.render(scene.plan, own, scene.at), level, f"{id}--text")
    below = min(level + 1, _LOWEST)
    for part in scene.parts:
        entry = scene.lifted(part).get(id)
        if entry:
            yield Heading(below, name_of(part), f"{id}--{part.mapp}")
            shown = prose.render(part, entry.text, scene.at)
            yield Prose(shown, below, f"{id}--{part.mapp}--text")
