"""Which rows of an indicator are known at a report, and which of them a period takes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from kvalitet.period import FREQUENCIES, Period, divide, fill
from kvalitet.series import Data, Row

Uppdelning: TypeAlias = tuple[tuple[str, str], ...]

BASELINE = "ingångsvärde"
_TOLD_AHEAD = ("prognos", BASELINE)
"""Series whose rows speak of days to come: a forecast, and a baseline of which only the year is
known."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: a plan's data as known at a report (None: all of it), one series of it,
    and one step of each scale that it is broken down by (none: the total)."""

    data: Data
    known_at: Period | None
    serie: str = "utfall"
    uppdelning: Uppdelning = ()

    def exactly(self, id: str, period: Period) -> Row | None:
        """The row for just that period."""
        versions = self._line(id).rows.get(period, ())
        return self._known(versions) if self._has_come(period) else None

    def filling(self, id: str, period: Period, frekvens: str | None) -> tuple[Row, ...]:
        """The rows of one frequency that fill the period, () where one is lacking. Where no
        frequency is given, the longest that fills it."""
        for parts in self._divisions(id, period, frekvens):
            rows = tuple(row for part in parts if (row := self.exactly(id, part)))
            if len(rows) == len(parts):
                return rows
        return ()

    def lacking(self, id: str, period: Period, frekvens: str | None) -> tuple[Period, ...]:
        """The periods without a row that `filling` would need, of the frequency nearest to it."""
        gaps = (
            tuple(part for part in parts if not self.exactly(id, part))
            for parts in self._divisions(id, period, frekvens)
        )
        return min(gaps, key=len, default=(period,))

    def ends(self, id: str, period: Period) -> Iterator[date]:
        """The days in the period on which a row ends, the last one first."""
        line = self._line(id)
        first = bisect_left(line.ends, period.first)
        after = bisect_right(line.ends, period.last)
        told = (line.periods[i] for i in range(after - 1, first - 1, -1))
        return iter(dict.fromkeys(each.last for each in told if self.exactly(id, each)))

    def ending(self, id: str, day: date, period: Period) -> Row | None:
        """Of the rows that end that day, the one whose length is nearest the period's."""
        line = self._line(id)
        periods = line.periods[bisect_left(line.ends, day) : bisect_right(line.ends, day)]
        rows = (row for each in periods if (row := self.exactly(id, each)))
        return min(rows, key=lambda row: abs(row.key.period.days - period.days), default=None)

    def periods(self, id: str) -> Iterator[Period]:
        """The periods that have a row, in order."""
        return (period for period in self._line(id).periods if self.exactly(id, period))

    def _line(self, id: str) -> _Line:
        return _lines(self.data, id).get((self.serie, self.uppdelning), _EMPTY)

    def _has_come(self, period: Period) -> bool:
        if self.known_at is None or self.serie in _TOLD_AHEAD:
            return True
        return period.last <= self.known_at.last

    def _known(self, versions: Iterable[Row]) -> Row | None:
        """The newest of the versions that the report may know (example README, rule 2)."""
        last = self.known_at.last if self.known_at else date.max
        told = (row for row in versions if not (new := row.key.gäller_från) or new.last <= last)
        return max(told, key=_newness, default=None)

    def _divisions(
        self, id: str, period: Period, frekvens: str | None
    ) -> Iterator[tuple[Period, ...]]:
        there = self._line(id).frequencies
        wanted = (frekvens,) if frekvens else reversed(FREQUENCIES)
        for each in wanted:
            if each in there:
                parts = divide(period, each)
                if fill(period, parts):
                    yield parts


@dataclass(frozen=True, slots=True)
class _Line:
    """The rows of one series: by period, all versions of each, and the periods in order."""

    rows: dict[Period, list[Row]]
    periods: tuple[Period, ...]
    ends: tuple[date, ...]
    frequencies: frozenset[str | None]


_EMPTY = _Line({}, (), (), frozenset())


@lru_cache(maxsize=16)  # the parts of one computation: a million rows spread out would not fit
def _lines(data: Data, id: str) -> dict[tuple[str, Uppdelning], _Line]:
    gathered: dict[tuple[str, Uppdelning], dict[Period, list[Row]]] = defaultdict(dict)
    for row in data.rows(id):
        key = row.key
        gathered[key.serie, key.uppdelning].setdefault(key.period, []).append(row)
    return {series: _line(rows) for series, rows in gathered.items()}


def _line(rows: dict[Period, list[Row]]) -> _Line:
    periods = tuple(sorted(rows))
    frequencies = frozenset(period.frekvens for period in periods)
    return _Line(rows, periods, tuple(period.last for period in periods), frequencies)


def _newness(row: Row) -> tuple[date, int]:
    """The order of `gäller_från`, oldest first, a row without it before all others."""
    new = row.key.gäller_från
    return (new.last, -new.days) if new else (date.min, 0)
