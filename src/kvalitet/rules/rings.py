"""Ways that lead back to where they begin, for the rules that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kvalitet.findings import Finding, Place, found

_LONGEST_WAY = 6
_DEPTH_OF_MOST = 4
"""Risk, measure, activity, indicator."""


def rings(edges: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Every way that leads back to the id where it begins: the ids of it, each once."""
    for _ in range(_DEPTH_OF_MOST):  # what leads to nothing that leads on is in no ring
        edges = {id: ids for id, ids in edges.items() if not edges.keys().isdisjoint(ids)}
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        places: dict[str, int] = {}
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            id, entering = stack.pop()
            if not entering:
                done.add(path.pop())
                del places[id]
            elif id in places:
                yield path[places[id] :]
            elif id not in done and id in edges:
                places[id] = len(path)
                path.append(id)
                stack.append((id, False))
                stack.extend((target, True) for target in edges[id] if target in edges)


def in_a_ring(way: Sequence[str], place: Place) -> Finding:
    """R225 of a way that leads back to where it begins."""
    message = f'"{way[0]}" leder tillbaka till sig självt: {_told(way)}'
    return found("R225", place, message, "Ta bort en av hänvisningarna.")


def _told(way: Sequence[str]) -> str:
    """The ids of a ring and back to the first; of a long one the first and the last."""
    ids = way if len(way) <= _LONGEST_WAY else [*way[:3], "…", *way[-2:]]
    return " → ".join([*ids, way[0]])
