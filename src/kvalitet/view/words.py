"""Words as blocks: those of a period, the plan's own and those that its parts have lifted to it;
and those in which a thing is described."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kvalitet import prose
from kvalitet.model.plan import Plan
from kvalitet.view.document import Block, Heading, Note, Prose, Strong, below
from kvalitet.view.scene import Scene

_MARKUP = re.compile(r"[\\`*_\[\]<>#|&]|^(?:[-+]|\d{1,9}[.)])\s")
_ITEM = re.compile(r"\A[-+*]\s+")
_NUMBERED = re.compile(r"\d{1,9}[.)]\s")
_HEADING = re.compile(r"\A#{1,6}\s+")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)")
_BOLD = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)\1")
_SLANTED = re.compile(r"(?<![\w*_\\])([*_])(?=\S)(.{1,300}?)(?<=[^\s\\])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def words(scene: Scene, id: str, level: int) -> Iterator[Block]:
    """What is said about something in just this period, under a heading of that level, and then
    what each part has lifted under its name."""
    yield from own_words(scene, id, level)
    for part in scene.parts:
        yield from under_name(part, id, level, lifted_words(scene, part, id, level))


def own_words(scene: Scene, id: str, level: int) -> Iterator[Prose]:
    """What the plan itself says about something in just this period."""
    own = scene.words(id)
    if own:
        yield Prose(prose.render(scene.plan, own, scene.at), level, f"{id}--text")


def under_name(part: Plan, id: str, level: int, told: Iterable[Block]) -> Iterator[Block]:
    """What is told of a part about something, if anything, under its name one level below."""
    blocks = tuple(told)
    if blocks:
        yield Heading(below(level), part.name, f"{id}--{part.mapp}")
        yield from blocks


def lifted_words(scene: Scene, part: Plan, id: str, level: int) -> Iterator[Prose]:
    """What a part has lifted about something that stands under a heading of that level."""
    lifted = scene.lifted(part).get(id)
    if lifted:
        shown = prose.render(part, lifted.text, scene.at)
        yield Prose(shown, below(level), f"{id}--{part.mapp}--text")


def is_brief(markdown: str) -> bool:
    """Whether words are one line without any mark, and so the same as plain text."""
    text = markdown.strip()
    return "\n" not in text and not _MARKUP.search(text)


def labelled(label: str, markdown: str, level: int) -> Iterator[Block]:
    """An author's Markdown as it is written, nothing computed, under a small label."""
    yield Note((Strong(label),))
    yield Prose(markdown.strip(), level)


def as_lines(markdown: str) -> tuple[tuple[str], ...]:
    """The same for a cell, where no Markdown is read: a line for each paragraph, heading and item
    of a list, without the marks."""
    lines: list[str] = []
    goes_on = False
    for text in map(str.strip, markdown.splitlines()):
        heading = _HEADING.match(text)
        begins = not goes_on or heading or _ITEM.match(text) or _NUMBERED.match(text)
        goes_on = bool(text) and not heading
        bare = _bare(_ITEM.sub("• ", _HEADING.sub("", text)))
        if text and begins:
            lines.append(bare)
        elif text:
            lines[-1] += f" {bare}"
    return tuple((line,) for line in lines)


def _bare(text: str) -> str:
    """A line without the marks of links, code and emphasis."""
    bare = _SLANTED.sub(r"\2", _BOLD.sub(r"\2", _LINK.sub(r"\1", text)))
    return _ESCAPED.sub(r"\1", bare)
