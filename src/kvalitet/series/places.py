"""Where in a CSV file a cell stands: found again in the bytes, and only for findings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from kvalitet.findings import Place
from kvalitet.series.ledger import Spot

_LONGEST_ROW = 2**20


def place_in(path: str, line: int, row: str, separator: str, cell: int | None) -> Place:
    """The place of a cell in a row that begins at `line`; of all its first line for None.

    Of a cell on several lines, the first.
    """
    start, end = (0, len(row)) if cell is None else _span(row, separator, cell)
    line_start = row.rfind("\n", 0, start) + 1
    end = min(end, start + len(row[start:end].partition("\n")[0].rstrip("\r")))
    column = start - line_start + 1
    end_column = column + max(end - start, 1)
    return Place(path, line=line + row.count("\n", 0, start), column=column, end_column=end_column)


def places_in(
    path: str, data: bytes, encoding: str, separator: str, spots: Collection[Spot]
) -> dict[Spot, Place]:
    """The places of cells and rows of a file: one pass over its bytes."""
    starts = dict(_line_starts(data, {line for line, _ in spots}))
    return {
        (line, cell): place_in(path, line, _row(data, starts[line], encoding), separator, cell)
        for line, cell in spots
        if line in starts
    }


def unclosed(row: str, separator: str) -> int:
    """The number of the first cell that begins with a quote and does not end with one."""
    for number, (start, end) in enumerate(_spans(row, separator)):
        if row.startswith('"', start) and not re.fullmatch(_QUOTED, row[start:end]):
            return number
    return 0


def unclosed_in(data: bytes, line: int, encoding: str, separator: str) -> int:
    """The same in the row of a file that begins at a line."""
    return unclosed(_row(data, dict(_line_starts(data, {line}))[line], encoding), separator)


_QUOTED = '"[^"]*(?:""[^"]*)*"'


def _spans(row: str, separator: str) -> Iterator[tuple[int, int]]:
    """Where the cells of the first row in a text begin and end, quotes included."""
    cell = re.compile(rf"{_QUOTED}(?=[{separator}\r\n]|\Z)|[^{separator}\r\n]*")
    position = 0
    while match := cell.match(row, position):
        yield match.span()
        position = match.end() + 1
        if row[match.end() : position] != separator:
            return


def _span(row: str, separator: str, cell: int) -> tuple[int, int]:
    return next(islice(_spans(row, separator), cell, None), (0, len(row)))


def _line_starts(data: bytes, lines: set[int]) -> Iterator[tuple[int, int]]:
    """The numbers of the lines that are asked for, with the index where each begins."""
    if 1 in lines:
        yield 1, 0
    last = max(lines, default=1)
    for number, match in enumerate(re.finditer(b"\n", data), 2):
        if number in lines:
            yield number, match.end()
        if number >= last:
            return


def _row(data: bytes, start: int, encoding: str) -> str:
    """A row as it stands; with a quote in it, what follows too, since it may go on there."""
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    if data.find(b'"', start, end) >= 0:
        end = start + _LONGEST_ROW
    return data[start:end].decode(encoding, "ignore").removesuffix("\r")
