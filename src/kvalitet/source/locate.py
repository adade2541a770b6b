"""Routes to lines and columns, by streaming the bytes of one file again (design section 6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kvalitet.findings import Place, Route
from kvalitet.source.form import place as span

Spans = dict[Route, tuple[Any, Any]]
"""Route → the events of its key (None in a list) and of its value."""


def locate(text: str, places: Iterable[Place]) -> dict[Place, Place]:
    """Each place of one file with line and column; a missing step has those of the one above."""
    wanted = list(places)
    spans = _spans(text, {p.route[:n] for p in wanted for n in range(1, len(p.route) + 1)})
    lines = text.split("\n")
    return {p: _placed(p, spans, lines) for p in wanted}


def _spans(text: str, routes: set[Route]) -> Spans:
    spans: Spans = {}
    try:
        for route, key, value in _values(text):
            if route in routes:
                spans.setdefault(route, (key, value))
    except yaml.YAMLError:
        pass  # what lies before the fault is placed; the fault itself has a finding of its own
    return spans


def _values(text: str) -> Iterator[tuple[Route, Any, Any]]:
    """Every value with its route and the event of its key, in the order of the file."""
    route: list[str | int] = []
    stack: list[tuple[bool, Any]] = []  # whether a mapping; its open key
    next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
    while (event := next_event()) is not None:
        kind = type(event)
        if kind in (MappingEndEvent, SequenceEndEvent):
            mapping, _ = stack.pop()
            if not mapping:
                route.pop()
            _step(stack, route)
        elif stack and stack[-1] == (True, None) and kind is ScalarEvent:
            stack[-1] = (True, event)
            route.append(unicodedata.normalize("NFC", event.value))
        elif kind in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
            yield tuple(route), stack[-1][1] if stack else None, event
            if kind in (ScalarEvent, AliasEvent):
                _step(stack, route)
                continue
            stack.append((kind is MappingStartEvent, None))
            if kind is SequenceStartEvent:
                route.append(0)


def _step(stack: list[tuple[bool, Any]], route: list[str | int]) -> None:
    """Goes on after a whole value: to the next key, or to the next item."""
    if not stack:
        return
    mapping, _ = stack[-1]
    if mapping:
        route.pop()
        stack[-1] = (True, None)
    else:
        number = route[-1]
        assert isinstance(number, int)
        route[-1] = number + 1


def _placed(place: Place, spans: Spans, lines: list[str]) -> Place:
    route, part = place.route, place.part
    while route and route not in spans:
        route, part = route[:-1], "value"
    if not route:
        return place._replace(line=1, column=1, end_column=2) if lines else place
    key, value = spans[route]
    if part == "key" and key is not None:
        at = span(place.path, key.start_mark, key.end_mark)
    elif type(value) is ScalarEvent and place.within and _keeps_lines(value):
        at = _within(place, value, lines)
    elif type(value) is ScalarEvent and value.style != "|":
        at = span(place.path, value.start_mark, value.end_mark)
    elif key is not None and (
        (part == "value" and route == place.route) or type(value) is ScalarEvent
    ):
        at = span(place.path, key.start_mark, key.end_mark)
    else:
        at = _first_line(place.path, value.start_mark, lines)
    return place._replace(line=at.line, column=at.column, end_column=at.end_column)


def _first_line(path: str, mark: Any, lines: list[str]) -> Place:
    line = lines[mark.line].rstrip() if mark.line < len(lines) else ""
    return Place(
        path,
        line=mark.line + 1,
        column=mark.column + 1,
        end_column=max(len(line), mark.column + 1) + 1,
    )


def _keeps_lines(value: Any) -> bool:
    """Whether a line of the text is a line of the file: not where YAML joins several (R110)."""
    return bool(value.style == "|" or value.start_mark.line == value.end_mark.line)


def _within(place: Place, value: Any, lines: list[str]) -> Place:
    assert place.within
    line, column, length = place.within
    if value.style == "|":
        number = value.start_mark.line + 1 + line
        body = islice(lines, value.start_mark.line + 1, None)
        first = next((row for row in body if row.strip()), "")
        indent = len(first) - len(first.lstrip(" "))
    else:
        number, indent = value.start_mark.line, value.start_mark.column
    start = indent + column + 1
    return Place(place.path, line=number + 1, column=start, end_column=start + length)
