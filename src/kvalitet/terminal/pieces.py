"""Words and steps of scales as rich prints them, in signs that the terminal has."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from kvalitet.terminal.signs import as_shown, harmless
from kvalitet.view.document import Badge, Figure, Inline, Legend

_COLOURS = {
    "grön": "black on green",
    "gul": "black on yellow",
    "orange": "black on dark_orange",
    "röd": "white on red",
    "blå": "white on blue",
    "grå": "black on white",
}


def words(text: str, style: str = "") -> Text:
    """A text on one line; nothing in it steers the terminal."""
    return Text(as_shown(harmless(text.replace("\n", " ")), sys.stdout), style)


def step(badge: Badge, score: str = "") -> Text:
    """A step by its symbol and its word, and the score that it follows from."""
    told = " ".join(filter(None, (badge.symbol, badge.namn, score)))
    return words(told, _COLOURS.get(badge.färg, ""))


def tally(badge: Badge, number: int) -> Text:
    """How many there are of a step, after its symbol, or its word where it has none."""
    style = _COLOURS.get(badge.färg, "") if number else ""
    return words(f"{badge.symbol or badge.namn} {number}", style)


def piece(inline: Inline) -> Text:
    """A piece of a line of a document."""
    if isinstance(inline, Badge):
        return step(inline)
    if isinstance(inline, Figure):
        return words(inline.shown)
    return words(inline if isinstance(inline, str) else inline.text)


def lines(*told: Text) -> Text:
    """Texts below each other; those that are empty take no room."""
    return Text("\n").join(filter(None, told))


def grid(rows: Iterable[tuple[Text, Text]]) -> Table:
    """Two columns, of which the first is as wide as what stands in it."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def fitting(
    columns: Sequence[Sequence[Text]], room: int, wrapping: Container[int]
) -> list[int] | None:
    """How wide each column of a table is: those not `wrapping` keep their lines whole, those that
    do their words, and the narrowest grow first. None where there is no room for that."""
    wanted = [max(map(_longest_line, column)) for column in columns]
    widths = [
        max(map(_longest_word, column)) if n in wrapping else wanted[n]
        for n, column in enumerate(columns)
    ]
    if sum(widths) > room:
        return None
    while sum(widths) < room and widths != wanted:
        growing = [n for n, width in enumerate(widths) if width < wanted[n]]
        widths[min(growing, key=lambda n: widths[n])] += 1
    return widths


def print_trimmed(console: Console, block: RenderableType) -> None:
    """Prints a block without the blanks that fill up the lines of a table."""
    for line in console.render_lines(block, pad=False):
        shown = Text.assemble(*((segment.text, segment.style or "") for segment in line))
        shown.rstrip()
        console.print(shown, soft_wrap=True)


def legend(told: Legend, title: str) -> Iterator[RenderableType]:
    """What the steps of a scale mean, one a line."""
    yield words(title, "bold")
    yield grid((step(badge), words(meaning)) for badge, meaning in told.entries)


def _longest_word(text: Text) -> int:
    return max(map(cell_len, text.plain.split()), default=1)


def _longest_line(text: Text) -> int:
    return max(map(cell_len, text.plain.splitlines()), default=1)
