"""The blocks of a page template that extends another: Jinja drops those that the other lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from jinja2 import Environment, nodes

Source: TypeAlias = tuple[str, str, Callable[[], bool]]
"""The text of a template, what it is called in a traceback, and whether it is still the same."""


@dataclass(frozen=True, slots=True)
class LostBlock:
    """A block that is never printed, where it begins, and those that the extended page has."""

    template: str
    line: int
    name: str
    known: tuple[str, ...]


def lost_block(
    environment: Environment, source: Callable[[str], Source | None], name: str
) -> LostBlock | None:
    """The first block of a template, or of one that it extends, that is never printed: the page
    that all begins from has none such, and no other block takes it. `source` finds templates."""
    *heirs, (_, base) = _lineage(environment, source, name)
    known = tuple(block.name for block in base.find_all(nodes.Block))
    printed = {*known, *(taken for _, tree in heirs for taken in _taken(tree))}
    for heir, tree in heirs:
        for block in _outermost(tree):
            if block.name not in printed:
                return LostBlock(heir, block.lineno, block.name, known)
    return None


def _lineage(
    environment: Environment, source: Callable[[str], Source | None], name: str
) -> Sequence[tuple[str, nodes.Template]]:
    """A template, the one that it extends, and so on; itself alone where one of them reckons out
    which that is."""
    line: dict[str, nodes.Template] = {}
    while name not in line and (found := source(name)):
        line[name] = environment.parse(found[0], name, found[1])
        extends = list(line[name].find_all(nodes.Extends))
        match [each.template for each in extends if each in line[name].body]:
            case [] if not extends:
                break
            case [nodes.Const(value=str(base))]:
                name = base
            case _:
                return list(line.items())[:1]
    return list(line.items())


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _taken(tree: nodes.Template) -> Iterator[str]:
    """The blocks that a template prints in another: within it, or by `self`."""
    for block in tree.find_all(nodes.Block):
        yield from (inner.name for inner in block.find_all(nodes.Block))
    for taken in tree.find_all(nodes.Getattr):
        if isinstance(taken.node, nodes.Name) and taken.node.name == "self":
            yield taken.attr
