"""The header of a CSV file: which line it is, how cells are set apart, what the columns are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kvalitet import svenska
from kvalitet.model.plan import Plan
from kvalitet.series.cells import clean
from kvalitet.series.ledger import Fault, quoted
from kvalitet.series.places import unclosed

MOST_COLUMNS = 200

NEEDED = ("indikator", "period", "värde")
SAYING = ("värde", "svarsfrekvens", "antal_svar", "anm")
"""The columns that say something about a row; the others tell what it is about."""
FIXED = ("indikator", "period", "serie", "gäller_från", *SAYING)
ECONOMY_NEEDED = ("period", "typ", "post", "utfall", "budget")
ECONOMY = (*ECONOMY_NEEDED, "prognos", "anm")

UNCLOSED = Fault(
    "R515",
    "Citattecknen i raden går inte ihop",
    "Ett citattecken i en text skrivs dubbelt, och hela cellen sätts inom citattecken.",
)

_SEP_LINE = re.compile(r'"?sep=.?"?[;,\t]*', re.IGNORECASE)
_SEMICOLON = (
    'Spara ur ett Excel med svenska inställningar ("Spara som", "CSV UTF-8"): '
    "då skiljs cellerna åt med semikolon."
)


@dataclass(frozen=True, slots=True)
class Header:
    """The first line that says something, its number, its separator and its names by column."""

    line: int
    text: str
    separator: str
    names: tuple[str, ...]

    @property
    def is_economy(self) -> bool:
        """Whether these are the columns of the economy table."""
        told = {"typ", "post", "utfall", "budget"} & set(self.names)
        return len(told) > 1 and not {"indikator", "värde"} & set(self.names)


def physical_lines(data: bytes, encoding: str) -> io.TextIOWrapper:
    """The lines of the file, decoded as they are read, with their ends as they stand."""
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def header_of(data: bytes, encoding: str) -> Header:
    """The header as it stands, right or wrong. Excel's own line `sep=;` is passed over."""
    number, text = next(_said(data, encoding), (1, ""))
    separator = max(";\t", key=text.count)
    return Header(number, text, separator, _names(text, separator))


def column_faults(header: Header, plan: Plan) -> Iterator[tuple[int | None, Fault]]:
    """What is wrong with a header as such, or with its columns by number (R501, R511, R515)."""
    names = header.names
    needed = ECONOMY_NEEDED if header.is_economy else NEEDED
    if not names and '"' in header.text:
        yield unclosed(header.text, header.separator), UNCLOSED
    elif header.separator not in header.text and "," in header.text:
        yield None, Fault("R511", "Cellerna skiljs åt med komma", _SEMICOLON)
    elif len(names) > MOST_COLUMNS:
        message = f"Tabellen har fler än {MOST_COLUMNS} kolumner"
        yield None, Fault("R501", message, "Skriv ett värde per rad.")
    elif not set(needed) & set(names):
        hint = f"Skriv till exempel {';'.join(NEEDED)} på första raden."
        yield None, Fault("R501", "Kolumnernas namn saknas", hint)
    else:
        yield from _wrong_names(names, needed, _known(header, plan))


def _known(header: Header, plan: Plan) -> tuple[str, ...]:
    """The names that a column may have; all, where scales may stand in a file not read."""
    if header.is_economy:
        return ECONOMY
    unread = header.names if plan.gaps.ids else ()
    return (*FIXED, *plan.skalor, *plan.gaps.scales, *filter(None, unread))


def _wrong_names(
    names: tuple[str, ...], needed: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[tuple[int | None, Fault]]:
    free = tuple(name for name in known if name not in names)
    lacking = [name for name in needed if name not in names]
    unknown = {name for name in names if name and name not in known}
    for number, name in enumerate(names):
        if not name:
            yield number, Fault("R501", f"Kolumn {number + 1} saknar namn", "Ge den ett namn.")
        elif name in names[:number]:
            message = f"Kolumnen {quoted(name)} står två gånger"
            yield number, Fault("R501", message, "Ta bort den ena.")
        elif name not in known:
            hint = f"Här kan stå {svenska.shorten(svenska.join(lacking or free, 'eller'), 120)}."
            message = f"Kolumnen {quoted(name)} är okänd"
            yield number, Fault("R501", message, hint, word=name, among=free)
    if lacking and not unknown:
        message = f"Här saknas {svenska.join([quoted(name) for name in lacking])}"
        yield None, Fault("R501", message, "Skriv kolumnens namn på första raden.")


def _names(text: str, separator: str) -> tuple[str, ...]:
    """The cells of the header but for the empty ones that Excel adds at the end; () if unclear."""
    try:
        row = next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error:
        return ()
    names = [clean(cell) for cell in row]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _said(data: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(physical_lines(data, encoding), 1):
        text = line.rstrip("\r\n")
        if text.strip(";,\t ") and not _SEP_LINE.fullmatch(text):
            yield number, text
