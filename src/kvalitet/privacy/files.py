"""The personal and coordination numbers in files, and in their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from kvalitet.findings import Finding, Place, found
from kvalitet.privacy.numbers import (
    ADDED,
    FORMS,
    SHORTEST,
    cells_of_figures,
    checks,
    columns_of,
    is_told,
)

_MOST = 20
"""Findings in a file; then that there are more."""
_HINT = "Ta bort det. Är filen redan sparad i git, ta bort det ur historiken också."

# A number among thirty million bytes is sought by loops of C: every digit is made 0, and all that
# may stand before the last four is made -.
_BLOCK, _ROOM, _ROOM_AFTER = 2**18, 32, 160
_SHAPES = bytes(
    ord("0" if byte in b"0123456789" else "-" if byte in b"-+ " or byte > 127 else ".")
    for byte in range(256)
)
_SHAPE = re.compile(rb"000000(?:00)?-{0,3}0000(?!0)")  # begins with signs alone, for speed
_SHAPE_DIVIDED = re.compile(  # from the end of the year; they may overlap
    rb"00-(?=00-00-{1,3}00(?:00(?!0)|-00(?:(?!0)|-00(?!0))))"
)
_BUT_DIGITS = bytes({*range(256)} - {*b"0123456789"})
_MONTHS = frozenset(b"%02d" % month for month in range(1, 13))
_LONGEST_ROW = 4096


def in_file(path: str, data: bytes) -> Iterator[Finding]:
    """The numbers in the bytes of a file (R701), whatever else is wrong with it: the first few."""
    columns = _columns(data) if path.endswith(".csv") else ()
    numbers = (
        (start, match)
        for start, match in _candidates(data)
        if is_told(match) and not (columns and _is_amount(data, start, match, columns))
    )
    for already, (start, match) in enumerate(islice(numbers, _MOST + 1)):
        message, hint = f"Här står ett {_word(match)}", _HINT
        if already == _MOST:
            message, hint = f"Filen har fler än {_MOST} personnummer", "Ta bort dem också."
        yield found("R701", _place(path, data, start, match), message, hint)


def in_name(path: str) -> Iterator[Finding]:
    """The first number in the name of a file or folder (R701). The time of an export, such as
    20250131-0830, is none."""
    begins = path.rfind("/") + 1
    for match in chain.from_iterable(look.finditer(path, begins) for look in FORMS):
        if is_told(match):
            message = f"Namnet har ett {_word(match)}"
            yield found("R701", Place(path), message, "Ge filen eller mappen ett annat namn.")
            return


def _word(match: re.Match[str]) -> str:
    return "samordningsnummer" if int(match["date"][-2:]) > ADDED else "personnummer"


def _candidates(data: bytes) -> Iterator[tuple[int, re.Match[str]]]:
    """Where digits stand that have the shape of a number, as text with some of what is round."""
    for first in range(0, len(data), _BLOCK):
        begins = max(first - _ROOM, 0)
        shapes = data[begins : first + _BLOCK + _ROOM].translate(_SHAPES)
        for at in sorted({*_shapes(data, shapes, begins)}):
            if first <= at < first + _BLOCK and (match := _match(data, at)):
                yield at, match


def _shapes(data: bytes, shapes: bytes, begins: int) -> Iterator[int]:
    """Where in the data a number may begin."""
    for shape in _SHAPE.finditer(shapes):
        start, end = (begins + at for at in shape.span())
        digits = data[start:end].translate(None, _BUT_DIGITS)
        if digits[-8:-6] in _MONTHS and checks(digits):
            yield start
    if b"00-00-00-" in shapes:
        for shape in _SHAPE_DIVIDED.finditer(shapes):
            yield from (
                begins + shape.start() - more for more in (0, 2, 3) if shape.start() >= more
            )


def _match(data: bytes, start: int) -> re.Match[str] | None:
    before = data[max(start - _ROOM, 0) : start].decode("utf-8", "replace")
    after = data[start : start + _ROOM_AFTER].decode("utf-8", "replace")
    text, at = before + after, len(before)
    return next((match for form in FORMS if (match := form.match(text, at))), None)


def _columns(data: bytes) -> list[str]:
    header = data[:_LONGEST_ROW].partition(b"\n")[0]
    return columns_of(header.decode("utf-8-sig", "replace"))


def _is_amount(data: bytes, start: int, match: re.Match[str], columns: list[str]) -> bool:
    """Whether ten digits begin a cell in a column of figures."""
    if len(match[0]) > SHORTEST:
        return False
    row = data[max(start - _LONGEST_ROW, 0) : start].rpartition(b"\n")[2].decode("utf-8", "replace")
    return len(row) in cells_of_figures(f"{row}0", columns)


def _place(path: str, data: bytes, start: int, match: re.Match[str]) -> Place:
    row = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    line, column = data.count(b"\n", 0, start) + 1, len(row.removeprefix("\ufeff")) + 1
    return Place(path, line=line, column=column, end_column=column + len(match[0]))
