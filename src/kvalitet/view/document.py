"""The blocks that a report is made of: frozen, in print order, with every decision taken.

Anchors are ASCII and unique in the document. Nothing here knows of a format: `render` walks the
blocks; it neither reckons nor chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

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
class Away:
    """Words that lead to another file: its address, as seen from the one that they stand in."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A step of a scale: always the word, with symbol and colour where the scale has them."""

    namn: str
    symbol: str = ""
    färg: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number; `form` is the method of `Tal` that prints it where it stands."""

    tal: Tal
    form: Literal["text", "with_count", "cell"] = "text"

    @property
    def shown(self) -> str:
        """The number as it is printed."""
        return {"text": self.tal.text, "with_count": self.tal.with_count, "cell": self.tal.cell}[
            self.form
        ]()

    @property
    def källor(self) -> tuple[str, ...]:
        """The rows that it comes from, as file and line."""
        return tuple(f"{path}:{line}" for path, line in self.tal.källor)


Inline: TypeAlias = str | Figure | Strong | Link | Away | Badge
Line: TypeAlias = tuple[Inline, ...]

NOTHING: tuple[Line, ...] = (("–",),)
"""What a cell says of which there is nothing to tell."""

TOP = 2
"""The level of the headings of a report's sections; the report itself has the first."""
_LOWEST_HEADING, _LOWEST_TAG = 9, 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 to 9; that of a goal stands out among others of its level."""

    level: int
    text: str
    anchor: str
    of_goal: bool = False

    @property
    def tag(self) -> int:
        """The level that a format has signs for."""
        return tag_of(self.level)


def below(level: int, steps: int = 1) -> int:
    """The level of a heading that many steps below one of a level; 9 is the lowest, which is that
    of words about an activity under the fifth of five goals."""
    return min(level + steps, _LOWEST_HEADING)


def tag_of(level: int) -> int:
    """The nearest of the six levels that HTML and Markdown have signs for."""
    return min(level, _LOWEST_TAG)


@dataclass(frozen=True, slots=True)
class Prose:
    """An author's Markdown, figures computed, under a heading of that level."""

    markdown: str
    level: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A short remark of the program's own."""

    line: Line
    anchor: str = ""


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
    """The head of a column; one about a step of a scale shows it as a badge."""

    heading: str
    numeric: bool = False
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one line or more. A header names its row, or the `rows` rows that it spans; in a
    tree its `depth` is how many rows above it that belongs to."""

    lines: tuple[Line, ...]
    header: bool = False
    rows: int = 1
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as the table has columns; None where a cell above spans this row."""

    cells: tuple[Cell | None, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Rows that belong together, under headings from the outermost to the innermost; in a tree
    their `depth` is how many bodies above it that belongs to."""

    rows: tuple[Row, ...]
    headings: tuple[Line, ...] = ()
    depth: int = 0


LineKind: TypeAlias = Literal[
    "rutnät", "axel", "brott", "ingångsvärde", "målvärde", "hänvisning", "utfall"
]
LabelKind: TypeAlias = Literal["axel", "lucka", "brott", "ingångsvärde", "målvärde", "värde"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of a chart through places, as `x,y x,y`; `kind` is what it stands for."""

    kind: LineKind
    points: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a chart, where it stands."""

    x: str
    y: str
    radius: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a chart: where their line begins, has its middle or ends. `ground` is the box behind
    them where they may stand on lines: left, top, width and height."""

    kind: LabelKind
    text: str
    x: str
    y: str
    anchor: Literal["start", "middle", "end"]
    ground: tuple[str, str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart: what it says in words, and all pieces with their places, hindmost first."""

    caption: str
    description: str
    anchor: str
    width: str
    height: str
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its notes, and with charts of rows of it."""

    caption: str
    columns: tuple[Column, ...]
    bodies: tuple[Body, ...]
    notes: tuple[Line, ...] = ()
    anchor: str = ""
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the risk matrix: its level and score, where it has them, and the lines that name
    the risks in it."""

    badge: Badge | None
    score: str
    risks: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Risks that stand beside the matrix, one a line, for the same reason."""

    why: str
    risks: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Likelihood downwards, highest first, by severity, lowest first."""

    caption: str
    rows_axis: str
    columns_axis: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """How many risks a report tells of at each level, the highest first; last, with None, at none.
    `by_parts`: as its parts judge them."""

    counts: tuple[tuple[Badge | None, int], ...]
    by_parts: bool = False


Block: TypeAlias = Heading | Prose | Note | Anvisning | Facts | Legend | Table | Matrix


@dataclass(frozen=True, slots=True)
class Document:
    """A report, whole; a draft says on every page that it is one. A page that is about no plan has
    no `levels`."""

    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    footer: tuple[Fact, ...]
    draft: bool = False
    levels: Levels | None = None

    @property
    def contents(self) -> tuple[tuple[Heading, tuple[Heading, ...]], ...]:
        """What the table of contents leads to: the sections, each with the headings right below."""
        sections: list[tuple[Heading, list[Heading]]] = []
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 2:
                sections.append((block, []))
            elif isinstance(block, Heading) and block.level == 3 and sections:
                sections[-1][1].append(block)
        return tuple((section, tuple(below)) for section, below in sections)
