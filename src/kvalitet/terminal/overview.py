"""What is left to do for reports, as text and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kvalitet.svenska import date_text
from kvalitet.terminal.pieces import fitting, grid, lines, print_trimmed, words
from kvalitet.terminal.signs import as_json, console_of
from kvalitet.view.overview import Undantagsrad, Översikt
from kvalitet.view.pending import Rad
from kvalitet.view.scene import capital
from kvalitet.view.todo import (
    GROUPS,
    NOBODY,
    coming,
    exception_words,
    groups,
    of_role,
    remarks,
    rest,
    roles,
    summary,
    untold,
)

_NARROWEST_TABLE = 60
_GAP = 2
_SHORT = 26
_STYLES = dict(zip(GROUPS, ("bold red", "bold yellow", "bold"), strict=True))


def print_overviews(
    overviews: Sequence[Översikt], exceptions: Sequence[Undantagsrad], today: date
) -> None:
    """The day, then of each plan what somebody has to see to, and who; last the exceptions that
    end."""
    console = console_of(sys.stdout)
    print_trimmed(console, words(f"Läget den {date_text(today)}"))
    for number, overview in enumerate(overviews):
        if number:
            console.print()
        for block in _plan(overview, console.width):
            print_trimmed(console, block)
    if exceptions:
        for block in ("", words("Undantag i kvalitet.yaml", "bold")):
            print_trimmed(console, block)
        for each in exceptions:
            print_trimmed(console, words(exception_words(each)))


def _plan(overview: Översikt, width: int) -> Iterator[RenderableType]:
    room = width if width >= _NARROWEST_TABLE else 0
    yield ""
    yield words(overview.namn, "bold")
    yield words(f"plans/{overview.plan}, {overview.period.in_words()}")
    for remark in (coming(overview), untold(overview), f"{summary(overview)}."):
        if remark:
            yield words(remark)
    told = tuple(groups(overview))
    widths = _widths([row for _, rows in told for row in rows], room)
    for heading, rows in told:
        yield ""
        yield words(heading, _STYLES[heading])
        yield _table(rows, widths) if widths else _list(rows)
    yield from _by_role(overview)
    if overview.having("inget"):
        yield ""
        yield words(rest(overview))


def _by_role(overview: Översikt) -> Iterator[RenderableType]:
    tasks = overview.roller()
    if tasks:
        yield ""
    if any(each.roll for each in tasks):
        yield words("Vem gör vad", "bold")
        yield grid((words(each.roll or NOBODY), words(of_role(each))) for each in tasks)
    elif tasks:
        yield words("Planen säger inte vem som ansvarar för detta.")


def _cells(row: Rad) -> tuple[Text, ...]:
    who = lines(*map(words, roles(row)))
    return words(capital(row.sort)), words(row.namn), lines(*_told(row)), who


def _told(row: Rad) -> Iterator[Text]:
    """How late it is, on a line of its own; the rest on one line if it is short."""
    told = list(remarks(row))
    if row.sen_sedan:
        yield words(told.pop(0), "red")
    together = ", ".join(told)
    yield from map(words, [together] if len(together) <= _SHORT else told)


def _widths(rows: Sequence[Rad], room: int) -> list[int] | None:
    """The same for all tables of a plan, so that their columns stand below each other; None where
    there is no room for whole words."""
    columns = list(zip(*map(_cells, rows), strict=True))
    if not columns:
        return None
    return fitting(columns, room - _GAP * (len(columns) - 1), wrapping=range(1, len(columns)))


def _table(rows: Sequence[Rad], widths: Sequence[int]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    for width in widths:
        table.add_column(width=width)
    kind = ""
    for row in rows:
        told = _cells(row)
        table.add_row(words("") if row.sort == kind else told[0], *told[1:])
        kind = row.sort
    return table


def _list(rows: Sequence[Rad]) -> Table:
    """The same, a row after the other, each fact on a line of its own."""
    told: list[tuple[Text, Text]] = []
    for row in rows:
        kind, name, *facts = _cells(row)
        name.stylize("bold")
        told += [(kind, name), *((words(""), fact) for fact in facts if fact)]
    return grid(told)


def overviews_as_json(
    overviews: Sequence[Översikt], exceptions: Sequence[Undantagsrad], today: date
) -> str:
    """All rows of all plans; null where something is not known."""
    content = {
        "version": 1,
        "dag": str(today),
        "plans": [_as_dict(overview) for overview in overviews],
        "undantag": [
            {
                "regel": each.undantag.regel,
                "plats": each.undantag.plats,
                "skäl": each.undantag.skäl,
                "slut": str(each.undantag.slut.last),
                "har_gått_ut": each.har_gått_ut,
            }
            for each in exceptions
        ],
    }
    return as_json(content)


def _as_dict(overview: Översikt) -> dict[str, object]:
    return {
        "plan": overview.plan,
        "namn": overview.namn,
        "period": str(overview.period),
        "fel": overview.fel,
        "antal": {
            **{
                status: len(overview.having(status))
                for status in ("skriven", "oförändrad", "saknas", "inget")
            },
            "sena": len(overview.sena),
        },
        "rader": [_row(row) for row in overview.rader],
        "roller": [
            {
                "roll": tasks.roll or None,
                "saknas": tasks.antal("saknas"),
                "oförändrade": tasks.antal("oförändrad"),
                "sena": tasks.sena,
                "id": [row.id for row in tasks.rader],
            }
            for tasks in overview.roller()
        ],
    }


def _row(row: Rad) -> dict[str, object]:
    return {
        "sort": row.sort,
        "id": row.id,
        "namn": row.namn,
        "status": row.status,
        "varför": row.varför or None,
        "senast": str(row.senast) if row.senast else None,
        "läge": row.läge or None,
        "slut": str(row.slut) if row.slut else None,
        "sen_sedan": str(row.sen_sedan) if row.sen_sedan else None,
        "dagar_sen": row.dagar,
        "saknade": [str(period) for period in row.saknade],
        "ansvarig": list(row.ansvarig),
    }
