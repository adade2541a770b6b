"""What is left to do for reports as a Document, to be sent by mail or put in an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from kvalitet import __version__
from kvalitet.period import Period
from kvalitet.svenska import count, date_text
from kvalitet.view.document import (
    Block,
    Body,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    Line,
    Note,
    Row,
    Table,
)
from kvalitet.view.overview import Undantagsrad, Uppgifter, Översikt
from kvalitet.view.pending import UNREADABLE, Rad
from kvalitet.view.scene import capital

_COLUMNS = tuple(map(Column, ("Vad", "Namn", "Läge", "Ansvarig")))
_SUBTITLE = "Vad som är kvar att göra till rapporten, vad som är sent och vem som ansvarar."
NOBODY = "Utan ansvarig"
GROUPS = ("Sent", "Saknas", "Oförändrat sedan förra rapporten")


def document(
    overviews: Sequence[Översikt], exceptions: Sequence[Undantagsrad], today: date
) -> Document:
    """All plans, row by row, also what nobody has to write."""
    blocks = [block for overview in overviews for block in _plan(overview)]
    if exceptions:
        blocks += [Heading(2, "Undantag", "undantag"), *_exceptions(exceptions)]
    made = Fact("Framställd med", ((f"kvalitet {__version__}",),))
    return Document(f"Läget den {date_text(today)}", _SUBTITLE, (), tuple(blocks), (made,))


def groups(overview: Översikt) -> Iterator[tuple[str, tuple[Rad, ...]]]:
    """What somebody has to see to, each row once: first what is late."""
    waiting = tuple(
        tuple(row for row in overview.having(status) if not row.sen_sedan)
        for status in ("saknas", "oförändrad")
    )
    for heading, rows in zip(GROUPS, (overview.sena, *waiting), strict=True):
        if rows:
            yield heading, tuple(_together(rows))


def _together(rows: Sequence[Rad]) -> Iterator[Rad]:
    """The rows, those of a table of which the same is to be said as one."""
    for key, alike in groupby(rows, key=lambda row: (row.tabell, row.varför, row.ansvarig)):
        same = [*alike]
        if key[0] and len(same) > 1:
            yield replace(same[0], namn=f"{key[0]} ({len(same)} indikatorer)")
        else:
            yield from same


def summary(overview: Översikt) -> str:
    """How far a report has come: of what is to be written, and what is late."""
    written, lacking, unchanged = (
        len(overview.having(status)) for status in ("skriven", "saknas", "oförändrad")
    )
    told = [f"{written} av {written + lacking + unchanged} skrivna"]
    told += [f"{lacking} saknas"] if lacking else []
    told += [count(unchanged, "oförändrad", "oförändrade")] if unchanged else []
    told += [count(len(overview.sena), "sen", "sena")] if overview.sena else []
    return ", ".join(told)


def of_role(tasks: Uppgifter) -> str:
    """What a role has to see to, in numbers."""
    lacking, unchanged = tasks.antal("saknas"), tasks.antal("oförändrad")
    told = [f"{lacking} saknas"] if lacking else []
    told += [count(unchanged, "oförändrad", "oförändrade")] if unchanged else []
    told += [count(tasks.sena, "sen", "sena")] if tasks.sena else []
    return ", ".join(told)


def remarks(row: Rad) -> Iterator[str]:
    """How late a row is; how it stands, and why it is where it is."""
    if row.sen_sedan:
        yield f"sen sedan {Period(row.sen_sedan, row.sen_sedan).short()}"
    if row.läge:
        yield row.läge
    if row.varför and row.varför not in row.läge.split(", "):
        yield row.varför


def roles(row: Rad) -> tuple[str, ...]:
    """The roles that are responsible, each beginning with a capital."""
    return tuple(map(capital, row.ansvarig))


def untold(overview: Översikt) -> str:
    """A word about rows that errors may hide or make others; "" where there are no errors."""
    if not overview.fel:
        return ""
    errors = count(overview.fel, "fel gör", "fel gör")
    return f"{errors} att listan kan brista: kvalitet validate säger var."


def coming(overview: Översikt) -> str:
    """How the report after is asked for, where its period has begun."""
    if overview.nästa is None:
        return ""
    return f"{capital(overview.nästa.in_words())} har börjat: lägg till --period {overview.nästa}"


def rest(overview: Översikt) -> str:
    """How many rows nobody has to write anything about, and how many nothing is known of."""
    rows = overview.having("inget")
    unread = sum(row.varför == UNREADABLE for row in rows)
    told = []
    if len(rows) > unread:
        what = "klara, valfria eller inte dags än"
        told.append(f"För {len(rows) - unread} till behövs inget: {what}.")
    if unread:
        told.append(f"{unread} kan inte läsas.")
    return " ".join(told)


def exception_words(row: Undantagsrad) -> str:
    """An exception, its last day, and what to do."""
    one, last = row.undantag, date_text(row.undantag.slut.last)
    when = f"gick ut {last}" if row.har_gått_ut else f"går ut {last}"
    return f"{one.regel} på {one.plats} {when}: {one.skäl}"


def _plan(overview: Översikt) -> Iterator[Block]:
    period = overview.period.in_words()
    yield Heading(2, f"{overview.namn}, {period}", f"{overview.plan}--plan")
    for text in (f"{summary(overview)}.", untold(overview), coming(overview)):
        if text:
            yield Note((text,))
    for heading, rows in groups(overview):
        yield _table(heading, rows)
    tasks = overview.roller()
    if tasks:
        cells = ((_cell(each.roll or NOBODY), _cell(of_role(each))) for each in tasks)
        columns = (Column("Ansvarig"), Column("Att göra"))
        yield Table("Vem gör vad", columns, (Body(tuple(map(Row, cells))),))
    written = tuple(row for row in overview.having("skriven") if not row.sen_sedan)
    for heading, rows in (
        ("Skrivet", written),
        ("Inget behöver skrivas", overview.having("inget")),
    ):
        if rows:
            yield _table(heading, rows)


def _table(caption: str, rows: Sequence[Rad]) -> Table:
    return Table(caption, _COLUMNS, (Body(tuple(map(_row, rows))),))


def _row(row: Rad) -> Row:
    lines: tuple[Line, ...] = tuple((remark,) for remark in remarks(row))
    who = Cell(tuple((role,) for role in roles(row)))
    return Row((_cell(capital(row.sort)), _cell(row.namn), Cell(lines), who))


def _cell(text: str) -> Cell:
    return Cell(((text,),))


def _exceptions(exceptions: Sequence[Undantagsrad]) -> Iterator[Block]:
    columns = tuple(map(Column, ("Regel", "Plats", "Slut", "Skäl")))
    rows = []
    for each in exceptions:
        one, last = each.undantag, date_text(each.undantag.slut.last)
        ended = f"{last} (har gått ut)" if each.har_gått_ut else last
        rows.append(Row(tuple(map(_cell, (one.regel, one.plats, ended, one.skäl)))))
    yield Table("Har gått ut eller går snart ut", columns, (Body(tuple(rows)),))
