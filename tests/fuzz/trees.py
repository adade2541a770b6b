"""The data of a YAML file as a tree: its parts, the tree with one of them changed, its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Route: TypeAlias = tuple[Any, ...]

CHANGES = ("replace", "replace", "remove", "repeat", "rename", "wrap")


def routes(tree: Any, above: Route = ()) -> Iterator[Route]:
    """The way to each part of the tree, but for the whole."""
    if isinstance(tree, str):
        return
    for step, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*above, step)
        yield from routes(part, (*above, step))


def part(tree: Any, route: Route) -> Any:
    """What stands at the end of the way."""
    for step in route:
        tree = tree[step]
    return tree


def changed(tree: Any, route: Route, change: str, graft: Any) -> Any:
    """The tree with that part replaced by the graft, removed, there twice, by the name of the
    graft, or within a list."""
    step, *rest = route
    if rest:
        return _with(tree, step, changed(tree[step], tuple(rest), change, graft))
    if change == "remove":
        return _without(tree, step)
    if change == "repeat" and isinstance(tree, list):
        return [*tree, tree[step]]
    if change == "rename" and isinstance(tree, dict) and isinstance(graft, str):
        return {graft if key == step else key: value for key, value in tree.items()}
    return _with(tree, step, [tree[step]] if change == "wrap" else graft)


def _with(tree: Any, step: Any, value: Any) -> Any:
    if isinstance(tree, dict):
        return {**tree, step: value}
    return [*tree[:step], value, *tree[step + 1 :]]


def _without(tree: Any, step: Any) -> Any:
    if isinstance(tree, dict):
        return {key: value for key, value in tree.items() if key != step}
    return [*tree[:step], *tree[step + 1 :]]


def block(tree: Any, indent: str = "") -> Iterator[str]:
    """The lines of the tree in block form; a text of several lines or signs stands after |."""
    heads = [f"{key}:" for key in tree] if isinstance(tree, dict) else ["-"] * len(tree)
    for head, value in zip(heads, tree.values() if isinstance(tree, dict) else tree, strict=True):
        if not isinstance(value, str):
            yield f"{indent}{head}"
            yield from block(value, f"{indent}  ")
        elif not re.fullmatch(r"[\w ,.–-]+", value):
            yield f"{indent}{head} |"
            yield from (f"{indent}    {line}" for line in value.split("\n"))
        else:
            yield f"{indent}{head} {value}"
