"""What is wrong in a CSV file: twenty findings of a kind, then how many rows more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kvalitet import svenska
from kvalitet.findings import CATALOGUE, Finding, Place, found, too_many
from kvalitet.findings import MOST as MOST_IN_FILE

MOST = 20
"""Findings of one kind in a file."""
_ROOM = 100

Spot = tuple[int, int | None]
"""The line where a row begins and the number of the cell in it, or None for the row."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell or a row, before it has a place.

    A word that may be a misspelling of one `among` others is compared only when it is told.
    """

    code: str
    message: str
    hint: str = ""
    column: str = ""
    word: str = ""
    among: tuple[str, ...] = ()
    other: Place | None = None

    def tell(self, place: Place, rows: int = 0) -> Finding:
        """The finding at a place, with the likeliest word as hint where there is one."""
        near = svenska.suggest(self.word, self.among) if self.word else None
        hint = f'Menade du "{near}"?' if near else self.hint
        shared = f" ({svenska.format_number(rows)} rader)" if rows > 1 else ""
        return found(self.code, place, self.message + shared, hint, self.other)


def faults(*parts: object) -> tuple[Fault, ...]:
    """Those of the parts of a row that turned out to be faults."""
    return tuple(part for part in parts if isinstance(part, Fault))


def quoted(text: str) -> str:
    """A text of the user's as it stands in a message."""
    return f'"{svenska.shorten(text, 40)}"'


def reason(error: ValueError) -> str:
    """What is wrong with a text, without the advice that a hint of its own replaces."""
    message = str(error)
    return message.rpartition(": skriv ")[0] or message


def listed(words: Sequence[str], last: str = "och") -> str:
    """The words as an enumeration, of as many as a line has room for."""
    if len(", ".join(words)) <= _ROOM:
        return svenska.join(words, last)
    some = ", ".join(words)[:_ROOM].rpartition(", ")[0]
    return f"{some or svenska.shorten(words[0], _ROOM)} med flera"


class Ledger:
    """The faults of one file, gathered while it is read."""

    def __init__(self) -> None:
        self._told: dict[str, list[tuple[Spot, Fault]]] = {}
        self._more: Counter[str] = Counter()
        self._first_more: dict[str, int] = {}
        self._rows: Counter[str] = Counter()
        self._number = 0
        self._end: int | None = None

    @property
    def is_full(self) -> bool:
        """Whether there are so many faults that the rest of the file is not read: a faulty row
        takes the time of fifty sound ones."""
        return self._end is not None

    def add(self, line: int, cell: int | None, fault: Fault) -> bool:
        """Take down a fault, or only count it, and tell so, where there are many of its kind."""
        if self._number == MOST_IN_FILE:
            self._end = self._end or line
            return False
        self._number += 1
        told = self._told.setdefault(fault.code, [])
        if len(told) < MOST:
            told.append(((line, cell), fault))
            return True
        self._first_more.setdefault(fault.code, line)
        self._more[fault.code] += 1
        return False

    def add_once(self, line: int, cell: int | None, fault: Fault) -> None:
        """Take down at its first row a fault that many rows share; their number is told."""
        if fault.message in self._rows or self.add(line, cell, fault):
            self._rows[fault.message] += 1

    def spots(self) -> set[Spot]:
        """Where faults stand."""
        return {spot for told in self._told.values() for spot, _ in told}

    def findings(self, path: str, places: Mapping[Spot, Place]) -> tuple[Finding, ...]:
        """The findings in the order of the file; without a place, at the beginning of the row."""
        return tuple(sorted(self._all(path, places), key=_position))

    def _all(self, path: str, places: Mapping[Spot, Place]) -> Iterable[Finding]:
        for told in self._told.values():
            for spot, fault in told:
                place = places.get(spot) or Place(path, line=spot[0], column=1)
                yield fault.tell(place, self._rows[fault.message])
        for code, number in self._more.items():
            nouns = ("kolumn", "kolumner") if code == "R501" else ("rad", "rader")
            message = f"{CATALOGUE[code].title}: … och {svenska.count(number, *nouns)} till"
            place = Place(path, line=self._first_more[code], column=1)
            yield found(code, place, message, "Rätta de första, och kör igen.")
        if self._end:
            yield too_many(Place(path, line=self._end, column=1))


def _position(finding: Finding) -> tuple[int, int, str]:
    return finding.place.line, finding.place.column, finding.code
