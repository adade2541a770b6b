"""Personal and coordination numbers: found wherever they stand, and hidden wherever they would be
printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from kvalitet.findings import Finding, Place, found

_MOST = 20
"""Findings in a file; then that there are more."""
_HIDDEN = "•"
# A dash that is saved in Windows-1252 is read as the last sign.
_SIGN = "[-+ \u00a0\u2007\u2009\u202f\u2010-\u2014\u2212\ufffd]"
_DATE = "(?P<century>18|19|20)?(?P<date>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2})"
_NUMBER = re.compile(f"(?<![0-9]){_DATE}(?P<sign>{_SIGN}?)(?P<last>[0-9]{{4}})(?![0-9])")
_CUT_OFF = re.compile(f"(?<![0-9]){_DATE}(?P<sign>{_SIGN}?)(?P<last>[0-9]{{0,4}})(?=…)")
_SIX = re.compile("[0-9]{6}")
_DIGIT = re.compile("[0-9]")
_SHORTEST = 10
_ADDED = 60  # to the day, in a coordination number
_HINT = "Ta bort det. Är filen redan sparad i git, ta bort det ur historiken också."

# Ten digits and no sign may be part of something longer, an amount, or a telephone number.
_ALONE = re.compile(r"(?<![\w/=#&-])(?<![0-9][.,])[1-9][0-9]{9}(?![\w/-]|[.,][0-9])")
_DECIMALS = re.compile(r"(?<=[0-9][.,])")
_OF_UUID = re.compile(r"(?<=[0-9a-f]{4}-)[0-9]{12}|[0-9]{8}-[0-9]{4}-[0-9a-f]{4}-", re.IGNORECASE)
_AMOUNTS = ("värde", "utfall", "budget", "prognos", "antal_svar", "svarsfrekvens")
_FIRST_EXPORT = 2015

# A number among thirty million bytes is sought by loops of C: every digit is made 0, and all that
# may stand before the last four is made -.
_BLOCK, _ROOM = 2**18, 32
_SHAPES = bytes(
    ord("0" if byte in b"0123456789" else "-" if byte in b"-+ " or byte > 127 else ".")
    for byte in range(256)
)
_SHAPE = re.compile(rb"000000(?:00)?-{0,3}0000(?!0)")  # begins with signs alone, for speed
_BUT_DIGITS = bytes({*range(256)} - {*b"0123456789"})
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_SINGLE = bytes.maketrans(b"0123456789", bytes(range(10)))
_MONTHS = frozenset(b"%02d" % month for month in range(1, 13))
_LONGEST_ROW = 4096


def mask(text: str) -> str:
    """The text with a dot in place of each digit of a personal or coordination number, or of what
    is left of one that was cut off: as long as before. For all that is printed."""
    if not _SIX.search(text):
        return text
    return _CUT_OFF.sub(_hidden, _NUMBER.sub(_hidden, text))


def in_file(path: str, data: bytes) -> Iterator[Finding]:
    """The numbers in the bytes of a file (R701), whatever else is wrong with it: the first few."""
    columns = _columns(data) if path.endswith(".csv") else ()
    numbers = (
        (start, match)
        for start, match in _candidates(data)
        if _is_told(match) and not (columns and _is_amount(data, start, match, columns))
    )
    for already, (start, match) in enumerate(islice(numbers, _MOST + 1)):
        message, hint = f"Här står ett {_word(match)}", _HINT
        if already == _MOST:
            message, hint = f"Filen har fler än {_MOST} personnummer", "Ta bort dem också."
        yield found("R701", _place(path, data, start, match), message, hint)


def in_name(path: str) -> Iterator[Finding]:
    """The first number in the name of a file or folder (R701). The time of an export, such as
    20250131-0830, is none."""
    for match in _NUMBER.finditer(path, path.rfind("/") + 1):
        if _is_number(match) and not _is_time(match):
            message = f"Namnet har ett {_word(match)}"
            yield found("R701", Place(path), message, "Ge filen eller mappen ett annat namn.")
            return


def _hidden(match: re.Match[str]) -> str:
    is_one = _is_number(match) if match.re is _NUMBER else _is_day(match)
    return _DIGIT.sub(_HIDDEN, match[0]) if is_one else match[0]


def _word(match: re.Match[str]) -> str:
    return "samordningsnummer" if int(match["date"][4:]) > _ADDED else "personnummer"


def _is_number(match: re.Match[str]) -> bool:
    """Whether the last digit checks the nine before it, and the day exists."""
    return _checks((match["date"] + match["last"]).encode()) and _is_day(match)


def _checks(digits: bytes) -> bool:
    doubled, single = digits[-10::2].translate(_DOUBLED), digits[-9::2].translate(_SINGLE)
    return (sum(doubled) + sum(single)) % 10 == 0


def _is_day(match: re.Match[str]) -> bool:
    """Whether the six digits are a day of the century that is told, or of one that it may be."""
    year, month, day = (int(match["date"][n : n + 2]) for n in (0, 2, 4))
    centuries = (match["century"],) if match["century"] else ("18", "19", "20")
    return any(
        _exists(100 * int(century) + year, month, day - _ADDED if day > _ADDED else day)
        for century in centuries
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _is_told(match: re.Match[str]) -> bool:
    """Whether it can be nothing else, by what stands round it."""
    text, start = match.string, match.start()
    if len(match[0]) == _SHORTEST and not _ALONE.match(text, start):
        return False
    if _OF_UUID.match(text, start) or (not match["sign"] and _DECIMALS.match(text, start)):
        return False
    return _is_number(match)


def _is_time(match: re.Match[str]) -> bool:
    year = int((match["century"] or "0") + match["date"][:2])
    hour, minute = int(match["last"][:2]), int(match["last"][2:])
    return year >= _FIRST_EXPORT and hour < 24 and minute < 60


def _candidates(data: bytes) -> Iterator[tuple[int, re.Match[str]]]:
    """Where digits stand that have the shape of a number, as text with some of what is round."""
    for first in range(0, len(data), _BLOCK):
        begins = max(first - _ROOM, 0)
        shapes = data[begins : first + _BLOCK + _ROOM].translate(_SHAPES)
        for shape in _SHAPE.finditer(shapes):
            start, end = (begins + at for at in shape.span())
            digits = data[start:end].translate(None, _BUT_DIGITS)
            if digits[-8:-6] not in _MONTHS or not _checks(digits):
                continue
            before = data[max(start - _ROOM, 0) : start].decode("utf-8", "replace")
            after = data[start : start + _ROOM].decode("utf-8", "replace")
            match = _NUMBER.match(before + after, len(before))
            if match and first <= start < first + _BLOCK:
                yield start, match


def _columns(data: bytes) -> list[str]:
    header = data[:_LONGEST_ROW].partition(b"\n")[0].decode("utf-8-sig", "replace")
    return [name.strip(' "\r') for name in re.split("[;\t]", header)]


def _is_amount(data: bytes, start: int, match: re.Match[str], columns: list[str]) -> bool:
    """Whether ten digits are all of a cell in a column of figures."""
    if len(match[0]) > _SHORTEST or data[start - 1 : start] not in (b";", b"\t"):
        return False
    row = data[max(start - _LONGEST_ROW, 0) : start].rpartition(b"\n")[2]
    cell = row.count(b";") + row.count(b"\t")
    return cell < len(columns) and columns[cell] in _AMOUNTS


def _place(path: str, data: bytes, start: int, match: re.Match[str]) -> Place:
    row = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    line, column = data.count(b"\n", 0, start) + 1, len(row.removeprefix("\ufeff")) + 1
    return Place(path, line=line, column=column, end_column=column + len(match[0]))
