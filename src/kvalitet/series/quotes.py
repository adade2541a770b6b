"""Quotes that pair up over several rows, so that a cell swallows the rows between (R515)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan
from kvalitet.series.cells import clean
from kvalitet.series.codec import LONGEST_LINE
from kvalitet.series.excel import is_like_a_period
from kvalitet.series.header import UNCLOSED, Header
from kvalitet.series.places import place_in, unclosed

_MOST = 1000  # lines with as many cells as a row, in quotes: more are no text


def swallowing(
    path: str, data: bytes, encoding: str, header: Header, plan: Plan
) -> tuple[int, Finding] | None:
    """The first cell that holds what looks like a row, or more than any text does: where its own
    row begins, and the finding.

    What follows it is not certain, since any quote after it may open or close.
    """
    looked_at = 0
    for match in _on_several_lines(data, header):
        is_long = len(match[0]) > LONGEST_LINE
        wide = () if is_long else _wide_lines(match[0].decode(encoding), header)
        looked_at += len(wide)
        if is_long or looked_at > _MOST or any(_is_a_row(cells, plan) for cells in wide):
            start = data.rfind(b"\n", 0, match.start()) + 1
            line = data.count(b"\n", 0, start) + 1
            row = data[start : data.find(b"\n", start)].decode(encoding).removesuffix("\r")
            cell = unclosed(row, header.separator)
            place = place_in(path, line, row, header.separator, cell)
            last = line + match[0].count(b"\n")
            message = f"Citattecknen gör raderna {line} till {last} till en enda rad"
            return start, found("R515", place, message, UNCLOSED.hint)
    return None


def _on_several_lines(data: bytes, header: Header) -> Iterator[re.Match[bytes]]:
    """The quoted cells below the header that hold a line break."""
    below = 0
    for _ in range(header.line):
        below = data.find(b"\n", below) + 1
    # Both patterns begin with the quote itself, which the search can jump to. The first is quick,
    # and tells of most files that they have no such cell; the second goes from cell to cell.
    begins = rf'"(?<=[{header.separator}\n]")'
    suspect = re.compile(rf'{begins}[^"\n]*+(?:""[^"\n]*+)*+\n'.encode())
    quoted = re.compile(rf'{begins}[^"]*+(?:""[^"]*+)*+"'.encode())
    if b'"' in data and suspect.search(data, below):
        yield from (match for match in quoted.finditer(data, below) if b"\n" in match[0])


def _wide_lines(cell: str, header: Header) -> Sequence[list[str]]:
    """The lines of a cell, but for its first, that have as many cells as a row."""
    _, *lines = (line.split(header.separator) for line in cell.split("\n"))
    return [line for line in lines if len(line) >= len(header.names) - 1]


def _is_a_row(cells: list[str], plan: Plan) -> bool:
    cleaned = (clean(cell.strip('"')) for cell in cells)
    return any(cell in plan.things or is_like_a_period(cell) for cell in cleaned)
