"""Which rows of an indicator are known at a report, and which of them a period takes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from kvalitet.period import FREQUENCIES, Period, divide, fill
from kvalitet.series import Data, Key, Row

Uppdelning: TypeAlias = tuple[tuple[str, str], ...]

BASELINE = "ingångsvärde"
_TOLD_AHEAD = ("prognos", BASELINE)
"""Series whose rows speak of days to come: a forecast, and a baseline of which only the year is
known."""
_LONGEST_BY_DAY = 366
_SHORT = 64


def is_known(row: Row, at: Period | None) -> bool:
    """Whether a report knows of a row (None: all are known): its days are over, or it speaks of
    days to come, and it was not told later (example README, rules 1 and 2)."""
    return knows(row.key, at)


def knows(key: Key, at: Period | None) -> bool:
    """The same of what a row is about."""
    if at is None:
        return True
    is_told = key.gäller_från is None or key.gäller_från.last <= at.last
    return is_told and (key.serie in _TOLD_AHEAD or key.period.last <= at.last)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: a plan's data as known at a report (None: all of it), one series of it,
    and one step of each scale that it is broken down by (none: the total)."""

    data: Data
    known_at: Period | None
    serie: str = "utfall"
    uppdelning: Uppdelning = ()

    def exactly(self, id: str, period: Period) -> Row | None:
        """The row for just that period; of its corrections the newest that is known."""
        return self._known(self._line(id), period)

    def filling(self, id: str, period: Period, frekvens: str | None) -> tuple[Row, ...]:
        """The rows of one frequency that fill the period, () where one is lacking. Where no
        frequency is given, the longest that fills it."""
        line = self._line(id)
        within = [part for part in line.ending_in(period) if period.contains(part)]
        frequencies = [part.frekvens for part in within]
        for each in (frekvens,) if frekvens else reversed(FREQUENCIES):
            parts = (part for part, own in zip(within, frequencies, strict=True) if own == each)
            rows = tuple(row for part in parts if (row := self._known(line, part)))
            if fill(period, (row.key.period for row in rows)):
                return rows
        return ()

    def lacking(self, id: str, period: Period, frekvens: str | None) -> tuple[Period, ...]:
        """The periods without a row that `filling` would need, of the frequency that comes
        nearest; the whole period where none comes near."""
        line = self._line(id)
        there = {each.frekvens for each in line.periods}
        if period.days > _LONGEST_BY_DAY:
            there.discard("dag")
        divided = (
            divide(period, each)
            for each in FREQUENCIES
            if each in there and frekvens in (None, each)
        )
        gaps = (
            tuple(part for part in parts if not self._known(line, part))
            for parts in divided
            if fill(period, parts)
        )
        return min(gaps, key=len, default=(period,))

    def tells_within(self, id: str, period: Period) -> bool:
        """Whether a row tells of a part of the period."""
        line = self._line(id)
        within = (each for each in line.ending_in(period) if period.contains(each))
        return any(self._known(line, each) for each in within if each != period)

    def ends(self, id: str, period: Period) -> Iterator[date]:
        """The days in the period on which a row ends, the last one first."""
        line = self._line(id)
        told = (each for each in reversed(line.ending_in(period)) if self._known(line, each))
        return iter(dict.fromkeys(each.last for each in told))

    def ending(self, id: str, day: date, period: Period) -> Row | None:
        """Of the rows that end that day, the one whose length is nearest the period's."""
        line = self._line(id)
        told = line.ending_in(Period(day, day))
        rows = (row for each in told if (row := self._known(line, each)))
        return min(rows, key=lambda row: abs(row.key.period.days - period.days), default=None)

    def periods(self, id: str) -> Iterator[Period]:
        """The periods that have a row, in order."""
        line = self._line(id)
        return (period for period in line.periods if self._known(line, period))

    def _known(self, line: _Line, period: Period) -> Row | None:
        for row in line.rows.get(period, ()):
            if is_known(row, self.known_at):
                return row
        return None

    def _line(self, id: str) -> _Line:
        return _lines(self.data, id).get((self.serie, self.uppdelning), _EMPTY)


@dataclass(frozen=True, slots=True)
class _Line:
    """The rows of one series: all versions of each by period, the newest first; and the periods in
    order, with the last day of each."""

    rows: dict[Period, list[Row]]
    periods: tuple[Period, ...]
    ends: tuple[date, ...]

    def ending_in(self, period: Period) -> tuple[Period, ...]:
        """The periods that end within a period."""
        first = bisect_left(self.ends, period.first)
        return self.periods[first : bisect_right(self.ends, period.last)]


_EMPTY = _Line({}, (), ())


def _lines(data: Data, id: str) -> dict[tuple[str, Uppdelning], _Line]:
    is_short = len(data.keys(id)) <= _SHORT
    return _short_lines(data, id) if is_short else _long_lines(data, id)


def _spread(data: Data, id: str) -> dict[tuple[str, Uppdelning], _Line]:
    gathered: dict[tuple[str, Uppdelning], dict[Period, list[Row]]] = defaultdict(dict)
    for row in data.rows(id):
        key = row.key
        gathered[key.serie, key.uppdelning].setdefault(key.period, []).append(row)
    return {series: _in_order(rows) for series, rows in gathered.items()}


_short_lines = lru_cache(maxsize=1024)(_spread)  # those of hundreds of units, for their total
_long_lines = lru_cache(maxsize=16)(_spread)  # the parts of one computation: not a million rows


def _in_order(rows: dict[Period, list[Row]]) -> _Line:
    for versions in rows.values():
        if len(versions) > 1:
            versions.sort(key=_newness, reverse=True)
    periods = tuple(sorted(rows))
    return _Line(rows, periods, tuple(period.last for period in periods))


def _newness(row: Row) -> tuple[date, int]:
    """The order of `gäller_från`, oldest first, a row without it before all others."""
    new = row.key.gäller_från
    return (new.last, -new.days) if new else (date.min, 0)
