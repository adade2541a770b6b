"""The blocks that a report is made of: frozen, in print order, with every decision taken.

Nothing here knows of a format. `render` walks the blocks; it neither reckons nor chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kvalitet.figure import Tal


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a heading of the same document."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A step of a scale: always the word, with symbol and colour where the scale has them."""

    namn: str
    symbol: str = ""
    färg: str = ""


Inline: TypeAlias = str | Tal | Strong | Link | Badge
Line: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 to 6; `anchor` is ASCII and unique in the document."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Prose:
    """An author's Markdown, figures computed, under a heading of that level."""

    markdown: str
    level: int


@dataclass(frozen=True, slots=True)
class Note:
    """A short remark of the program's own."""

    line: Line


@dataclass(frozen=True, slots=True)
class Anvisning:
    """What the author of a section is asked to write; it stands in drafts only."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is to be said of it, one line or more."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about one thing."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the steps of a scale mean: a badge and its meaning, which may be empty."""

    title: str
    entries: tuple[tuple[Badge, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one line or more. A header names its row, or the `rows` rows that it spans."""

    lines: tuple[Line, ...]
    header: bool = False
    rows: int = 1


Row: TypeAlias = tuple[Cell | None, ...]
"""As many cells as the table has columns; None where a cell above spans this row."""


@dataclass(frozen=True, slots=True)
class Body:
    """Rows that belong together, under headings from the outermost to the innermost."""

    rows: tuple[Row, ...]
    headings: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its notes."""

    caption: str
    columns: tuple[Column, ...]
    bodies: tuple[Body, ...]
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the risk matrix: its level, its score where it has one, the risks placed there."""

    badge: Badge
    score: str
    risks: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A risk that stands beside the matrix, and why."""

    risk: Link
    badge: Badge | None
    why: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Likelihood downwards, highest first, by severity, lowest first."""

    caption: str
    rows_axis: str
    columns_axis: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    unplaced: tuple[Unplaced, ...]


Block: TypeAlias = Heading | Prose | Note | Anvisning | Facts | Legend | Table | Matrix


@dataclass(frozen=True, slots=True)
class Document:
    """A report, whole."""

    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    footer: tuple[Fact, ...]

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings that the table of contents leads to."""
        return tuple(
            block for block in self.blocks if isinstance(block, Heading) and block.level == 2
        )
