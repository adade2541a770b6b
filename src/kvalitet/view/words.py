"""The words of a period, as blocks: the plan's own, then those that its parts have lifted to it."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import prose, status
from kvalitet.view.document import Block, Heading, Prose, below
from kvalitet.view.scene import Scene, is_lifted, name_of


def words(scene: Scene, id: str, level: int) -> Iterator[Block]:
    """What is said about something in just this period, under a heading of that level."""
    own = status.words(scene.plan, id, scene.at)
    if own:
        yield Prose(prose.render(scene.plan, own, scene.at), level, f"{id}--text")
    for part in scene.parts:
        entry = part.uppföljning.get(scene.at, {}).get(id)
        if entry and is_lifted(entry):
            yield Heading(below(level), name_of(part), f"{id}--{part.mapp}")
            shown = prose.render(part, entry.text, scene.at)
            yield Prose(shown, below(level), f"{id}--{part.mapp}--text")
