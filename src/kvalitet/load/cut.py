"""Files that may have been cut off: they end in the middle of a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kvalitet.findings import Place, Route
from kvalitet.source.data import YamlFile

_ANYTHING = ""  # a key at the top of a file that is not known


def end_in_line(data: bytes, path: str) -> Place | None:
    """Where a file ends, if its last line is not ended by a line break."""
    if not data or data.endswith((b"\n", b"\r")):
        return None
    last = data[data.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")
    line, column = data.count(b"\n") + 1, len(last) + 1
    return Place(path, line=line, column=column, end_column=column + 1)


def cut_off(file: YamlFile) -> YamlFile:
    """The file as one of which the end is lost: what it says last may lack something, and anything
    more may have been said."""
    if file.data is None:
        return file
    dropped = [route for route in ((_ANYTHING,), _last(file.data)) if route]
    return replace(file, dropped=(*file.dropped, *dropped))


def _last(data: Any) -> Route:
    """The way to what is written last."""
    steps: list[str | int] = []
    while isinstance(data, dict | list) and data:
        step = next(reversed(data)) if isinstance(data, dict) else len(data) - 1
        steps.append(step)
        data = data[step]
    return tuple(steps)
