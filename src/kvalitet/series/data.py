"""What the CSV files of a plan say: rows by indicator, kept compactly, and the economy table."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kvalitet.period import Period

MARKS = ("u.s.", "e.m.", "e.t.", "x")
"""Missing marks: uppgift saknas, ej mätt, ej tillämplig, skyddad."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a row is about. `uppdelning` is (scale, step) by scale name; () is all."""

    period: Period
    serie: str = "utfall"
    uppdelning: tuple[tuple[str, str], ...] = ()
    gäller_från: Period | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says: an exact value, or None where a mark stands; `text` is as written.

    Of "28 av 44" `värde` is the share in per cent. `svarsfrekvens` is in per cent.
    """

    värde: Fraction | None
    antal: Fraction | None = None
    av: Fraction | None = None
    märke: str = ""
    text: str = ""
    svarsfrekvens: Fraction | None = None
    antal_svar: int | None = None
    anm: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an indicator and where it stands."""

    key: Key
    cell: Cell
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Ekonomirad:
    """A row of the economy table, in tkr without sign; `prognos` is for the whole year."""

    period: Period
    typ: str
    post: str
    utfall: Fraction
    budget: Fraction
    prognos: Fraction | None
    anm: str
    path: str
    line: int


@dataclass(slots=True, eq=False)
class Series:
    """The rows of one indicator as columns; equal keys are one object, and so, most often, are the
    lists of them, so a row costs some 12 bytes.

    `files` tells at which row each file begins.
    """

    keys: list[Key] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("I"))
    files: list[tuple[int, str]] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows, in file and line order."""
        starts = [start for start, _ in self.files]
        for (start, path), end in zip(self.files, [*starts[1:], len(self.lines)], strict=True):
            for number in range(start, end):
                yield Row(self.keys[number], self.cells[number], path, self.lines[number])


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Every figure of a plan. `count` is the number of rows in it, the economy's included;
    `has_remarks` tells whether any row of an indicator may have an `anm`."""

    series: Mapping[str, Series] = field(default_factory=dict)
    ekonomi: tuple[Ekonomirad, ...] = ()
    count: int = 0
    has_remarks: bool = True

    def rows(self, indikator: str) -> tuple[Row, ...]:
        """The rows of an indicator in file and line order, () if it has none."""
        series = self.series.get(indikator)
        return tuple(series.rows()) if series else ()

    def keys(self, indikator: str) -> Sequence[Key]:
        """What each row of an indicator is about, in the same order."""
        series = self.series.get(indikator)
        return series.keys if series else ()

    def indicators(self) -> Iterator[str]:
        """The ids that have rows."""
        return (id for id, series in self.series.items() if series.keys)
