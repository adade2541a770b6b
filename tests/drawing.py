"""Blocks of a document as plain text, so that a test can show what it expects."""

from __future__ import annotations

from kvalitet.svenska import NO_BREAK_SPACE
from kvalitet.view.document import Badge, Cell, Figure, Inline, Line, Table


def drawn(found: Table) -> str:
    """The head and the rows as they are read, headings of groups on lines of their own."""
    lines = [" | ".join(column.heading for column in found.columns)]
    for body in found.bodies:
        lines += [said(heading) for heading in body.headings]
        lines += [" | ".join(text(cell) for cell in row.cells if cell) for row in body.rows]
    return "\n".join(lines)


def text(cell: Cell) -> str:
    return " / ".join(said(line) for line in cell.lines)


def said(line: Line) -> str:
    """The words of a line; a badge without its symbol, every space a plain one."""
    return "".join(map(piece, line)).replace(NO_BREAK_SPACE, " ")


def piece(part: Inline) -> str:
    if isinstance(part, Figure):
        return part.shown
    if isinstance(part, Badge):
        return part.namn
    return part if isinstance(part, str) else part.text
