"""A CSV file as a table: rows that have the header's cells, each with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from kvalitet.findings import Finding, Place
from kvalitet.model.plan import Plan
from kvalitet.series.codec import encoding_of
from kvalitet.series.header import (
    ECONOMY_NEEDED,
    IN_ONE_CELL,
    NEEDED,
    SEPARATORS,
    UNCLOSED,
    Header,
    column_faults,
    header_of,
    physical_lines,
)
from kvalitet.series.ledger import Fault, Ledger, Spot
from kvalitet.series.places import place_in, places_in, unclosed_in
from kvalitet.series.quotes import swallowing

Block: TypeAlias = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Some rows: the line where each begins, and their cells by column."""
_Numbered: TypeAlias = tuple[int, list[str]]
_EXCEL_ROWS = 16
_BLOCK = 2**17 - 1  # bytes: less than the longest cell that the csv module reads
_ROWS = 1000
_ALL_BUT = {sign: bytes({*range(256)} - {10, ord(sign)}) for sign in SEPARATORS}


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header is in order."""

    path: str
    data: bytes
    encoding: str
    header: Header

    def blocks(self, ledger: Ledger) -> Iterator[Block]:
        """The same as `rows`, many at a time: cell by cell where a quote or a row that does not fit
        is near, above that by the column, which takes a third of the time (tests/bench)."""
        start, line = self._below_header(), self.header.line + 1
        while columns := self._straight(data := self._lines(start)):
            yield range(line, line + len(columns[0])), columns
            start += len(data)
            line += len(columns[0])
        rows = self._rows(start, line, ledger)
        while some := tuple(islice(rows, _ROWS)):
            lines, texts = zip(*some, strict=True)
            yield lines, tuple(zip(*texts, strict=True))

    def rows(self, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
        """The line where a row begins, and its cells; empty rows are passed over.

        Quotes that do not close end the table: what follows them is not certain. So does a ledger
        that is full.
        """
        return self._rows(self._below_header(), self.header.line + 1, ledger)

    def _below_header(self) -> int:
        start = 0
        for _ in range(self.header.line):
            start = self.data.find(b"\n", start) + 1 or len(self.data)
        return start

    def _lines(self, start: int) -> bytes:
        """The whole lines from there on, as many as a block has room for."""
        data = self.data[start : start + _BLOCK]
        return data if start + len(data) == len(self.data) else data[: data.rfind(b"\n") + 1]

    def _straight(self, data: bytes) -> list[list[str]]:
        """The columns of lines without quotes that all have the header's cells and begin with one
        that is not empty; none of other lines."""
        width, separator = len(self.header.names), self.header.separator
        if b"\r" in data:  # one sign is sought much faster than two
            data = data.replace(b"\r\n", b"\n")
        data = data.removesuffix(b"\n")
        rows = (separator.encode() * (width - 1) + b"\n") * (data.count(b"\n") + 1)
        if b'"' in data or data.translate(None, _ALL_BUT[separator]) != rows[:-1]:
            return []
        cells = data.decode(self.encoding).replace("\n", separator).split(separator)
        columns = [cells[number::width] for number in range(width)]
        return columns if all(columns[0]) else []

    def _rows(self, start: int, line: int, ledger: Ledger) -> Iterator[_Numbered]:
        width = len(self.header.names)
        for number, row in self._filled(self._read(start, line, ledger), line):
            if ledger.is_full:
                return
            if len(row) == width and row[0]:
                yield number, row
            elif any(map(str.strip, row)):
                if len(row) < width or any(map(str.strip, row[width:])):
                    self._add_misfit(row, number, ledger)
                else:
                    yield number, row[:width]

    def _filled(self, rows: Iterator[_Numbered], first: int) -> Iterator[_Numbered]:
        """The rows, with the cells that Excel leaves out: it writes sixteen rows at a time, and
        none of them has cells after the last column that one of the sixteen says anything in."""
        width, number = len(self.header.names), first
        while some := list(islice(rows, _EXCEL_ROWS - (number - 1) % _EXCEL_ROWS)):
            begins_block = (number - 1) % _EXCEL_ROWS == 0
            number += len(some)
            cells = {len(row) for _, row in some}
            if begins_block and len(cells) == 1 and self._may_lack(least := cells.pop()):
                empty = [""] * (width - least)
                some = [(line, [*row, *empty]) for line, row in some]
            yield from some

    def _may_lack(self, cells: int) -> bool:
        """Whether rows of so many cells only lack what nothing need be said in."""
        needed = {*NEEDED, *ECONOMY_NEEDED}
        return 1 < cells < len(self.header.names) and needed.isdisjoint(self.header.names[cells:])

    def _read(self, start: int, line: int, ledger: Ledger) -> Iterator[_Numbered]:
        above = line - 1
        lines = physical_lines(self.data, self.encoding, start)
        reader = csv.reader(lines, delimiter=self.header.separator, strict=True)
        try:
            for row in reader:
                yield line, row
                line = above + reader.line_num + 1
        except csv.Error:
            cell = unclosed_in(self.data, line, self.encoding, self.header.separator)
            ledger.add(line, cell, UNCLOSED)

    def _add_misfit(self, row: list[str], line: int, ledger: Ledger) -> None:
        separator, width = self.header.separator, len(self.header.names)
        for other, name in SEPARATORS.items():
            if len(row) == 1 and len(re.findall(rf"[{other}](?! )", row[0])) >= width - 1:
                ledger.add_once(line, None, _not_set_apart(name, SEPARATORS[separator]))
                return
        ledger.add(line, None, _wrong_width(len(row), width, SEPARATORS[separator]))

    def places(self, ledger: Ledger) -> Mapping[Spot, Place]:
        """Where the faults of the ledger stand."""
        separator = self.header.separator
        return places_in(self.path, self.data, self.encoding, separator, ledger.spots())


def open_table(path: str, data: bytes, plan: Plan) -> tuple[Table | None, tuple[Finding, ...]]:
    """The table in the bytes of a file, and why it is not whole; None where none of it is read."""
    encoding, findings = encoding_of(data, path)
    if encoding is None:
        return None, findings
    header = header_of(data, encoding)
    ledger = Ledger()
    for cell, fault in column_faults(header, plan):
        ledger.add(header.line, cell, fault)
    places = {
        (line, cell): place_in(path, line, header.text, header.separator, cell)
        for line, cell in ledger.spots()
    }
    findings = ledger.findings(path, places)
    if findings:
        return None, findings
    cut = swallowing(path, data, encoding, header, plan)
    if cut is not None:
        return Table(path, data[: cut[0]], encoding, header), (cut[1],)
    return Table(path, data, encoding, header), ()


def _not_set_apart(by: str, by_in_header: str) -> Fault:
    if by == by_in_header:
        return IN_ONE_CELL
    message = f"Cellerna skiljs åt med {by}, men på första raden med {by_in_header}"
    return Fault("R511", message, f"Skilj cellerna åt med {by_in_header} i hela filen.")


def _wrong_width(cells: int, width: int, separator: str) -> Fault:
    message = f"Raden har fel antal celler: {cells} i stället för {width}"
    if cells < width:
        return Fault("R502", message, "Lägg till de celler som saknas, eller ta bort raden.")
    hint = f"Ta bort det som är för mycket, eller sätt citattecken runt en text med {separator}."
    return Fault("R502", message, hint)
