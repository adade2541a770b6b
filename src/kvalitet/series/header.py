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
from kvalitet.series.excel import is_like_a_period
from kvalitet.series.ledger import Fault, listed, quoted
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
IN_ONE_CELL = Fault(
    "R511", "Hela raden står i en enda cell", "Ta bort citattecknen runt hela rader."
)

SEPARATORS = {";": "semikolon", "\t": "tabb", ",": "komma", "|": "lodstreck"}
"""What may set cells apart, by what it is called; only the first two may in our files."""

_SEP_LINE = re.compile(r'"?sep=.?"?[;,\t]*', re.IGNORECASE)
_FOR_EXAMPLE = f"Skriv till exempel {';'.join(NEEDED)} på första raden."
_OWN = " Är det en egen uppdelning: lägg till en skala med det namnet i planen."
_NOTES = {"kommentar": "anm", "anmärkning": "anm", "notering": "anm", "not": "anm"}
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
        names = {name.casefold() for name in self.names}
        told = {"typ", "post", "utfall", "budget"} & names
        return len(told) > 1 and not {"indikator", "värde"} & names


def physical_lines(data: bytes, encoding: str, start: int = 0) -> io.TextIOWrapper:
    """The lines of the file, decoded as they are read, with their ends as they stand; `start` is
    the byte where the first of them begins."""
    stream = io.BytesIO(data)
    stream.seek(start)
    return io.TextIOWrapper(stream, encoding, newline="")


def header_of(data: bytes, encoding: str) -> Header:
    """The header as it stands, right or wrong. Excel's own line `sep=;` is passed over."""
    number, text = next(_said(data, encoding), (1, ""))
    separator = max(";\t", key=text.count)
    return Header(number, text, separator, _names(text, separator))


def column_faults(header: Header, plan: Plan) -> Iterator[tuple[int | None, Fault]]:
    """What is wrong with a header as such, or with its columns by number (R501, R511, R515)."""
    names = header.names
    needed = ECONOMY_NEEDED if header.is_economy else NEEDED
    known = _known(header, plan)
    periods = [number for number, name in enumerate(names) if _is_a_period(name, known)]
    if not header.text:
        yield None, Fault("R501", "Filen är tom", _FOR_EXAMPLE)
    elif not names and '"' in header.text:
        yield unclosed(header.text, header.separator), UNCLOSED
    elif separator := _separator_in_a_cell(header, needed):
        yield None, _not_set_apart(separator)
    elif len(names) > MOST_COLUMNS:
        message = f"Tabellen har fler än {MOST_COLUMNS} kolumner"
        yield None, Fault("R501", message, "Skriv ett värde per rad.")
    elif not any(svenska.suggest(name, needed) for name in names):
        yield None, Fault("R501", "Kolumnernas namn saknas", _FOR_EXAMPLE)
    elif periods:
        message = f"Kolumnen {quoted(names[periods[0]])} är en period"
        hint = "Skriv ett värde per rad, med perioden i en kolumn som heter period."
        yield periods[0], Fault("R501", message, hint)
    else:
        yield from _wrong_names(names, needed, known)


def _separator_in_a_cell(header: Header, needed: tuple[str, ...]) -> str | None:
    """What the names are set apart by where they stand in one cell."""
    if len(header.names) > 1:
        return None
    text = "".join(header.names)
    if "," in text and header.separator not in header.text:
        return ","
    for separator in SEPARATORS:
        if separator in text and {*_names(text.casefold(), separator)} & {*needed}:
            return separator
    return None


def _is_a_period(name: str, known: tuple[str, ...]) -> bool:
    return name not in known and is_like_a_period(name)


def _not_set_apart(separator: str) -> Fault:
    if separator in ";\t":
        return IN_ONE_CELL
    hint = _SEMICOLON if separator == "," else "Byt varje lodstreck mot ett semikolon."
    return Fault("R511", f"Cellerna skiljs åt med {SEPARATORS[separator]}", hint)


def _known(header: Header, plan: Plan) -> tuple[str, ...]:
    """The names that a column may have, the likeliest first; all, where a file is not read."""
    if header.is_economy:
        return ECONOMY
    unread = header.names if plan.gaps.ids else ()
    names = (*FIXED, *[*plan.skalor][::-1], *plan.gaps.scales, *filter(None, unread))
    return tuple(dict.fromkeys(names))


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
            hint = f"Här kan stå {listed(lacking or free, 'eller')}."
            if not lacking and needed is NEEDED:
                hint += _OWN
            message = f"Kolumnen {quoted(name)} är okänd"
            word = _NOTES.get(name.casefold(), name)
            if name.casefold() in free:
                hint, word = f"Skriv namnet med små bokstäver: {name.casefold()}.", ""
            yield number, Fault("R501", message, hint, word=word, among=free)
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
