"""The risk matrix as a table, or as a list of its squares where there is no room for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kvalitet.terminal.pieces import fitting, lines, piece, step, words
from kvalitet.view.document import Line, Matrix, Square

_FRAME = 3
"""What a column takes beside its text: a blank on each side, and a line."""


def matrix(told: Matrix, room: int) -> Iterator[RenderableType]:
    """The matrix, each square with its level, its score and its risks; then the risks without a
    square. Where a table would break words, the squares that have risks are listed."""
    table = _table(told, room)
    if not any(square.risks for _, row in told.rows for square in row):
        yield words("Ingen risk kan placeras i matrisen", "bold")
    elif table:
        down, right = told.rows_axis.lower(), told.columns_axis.lower()
        yield words(f"Matris: {down} nedåt, {right} åt höger", "bold")
        yield table
    else:
        yield words(f"{told.rows_axis} × {told.columns_axis.lower()}", "bold")
        yield _list(told)
    for reason in told.beside:
        yield Text.assemble(words(f"{reason.why} "), _joined(risk[:1] for risk in reason.risks))


def _table(told: Matrix, room: int) -> Table | None:
    """All squares; None where there is no room for the longest words."""
    rows = [[words(""), *map(words, told.columns)]]
    rows += [[words(heading), *map(_square, row)] for heading, row in told.rows]
    columns = list(zip(*rows, strict=True))
    widths = fitting(columns, room - _FRAME * len(columns) - 1, range(len(columns)))
    if widths is None:
        return None
    table = Table(box=box.SQUARE, show_lines=True)
    for heading, width in zip(rows[0], widths, strict=True):
        table.add_column(heading, width=width)
    for row in rows[1:]:
        table.add_row(*row)
    return table


def _list(told: Matrix) -> Text:
    occupied = (
        Text.assemble(
            _level(square), words(f" ({likelihood} × {severity}): "), _joined(square.risks)
        )
        for likelihood, row in told.rows
        for severity, square in zip(told.columns, row, strict=True)
        if square.risks
    )
    return lines(*occupied)


def _square(square: Square) -> Text:
    return lines(_level(square), _joined(square.risks))


def _level(square: Square) -> Text:
    return step(square.badge, square.score) if square.badge else words(square.score)


def _joined(risks: Iterable[Line]) -> Text:
    joined = Text(", ").join(Text.assemble(*map(piece, risk)) for risk in risks)
    joined.stylize("bold")
    return joined
