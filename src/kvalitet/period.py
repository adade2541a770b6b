"""The calendar: periods, their spelling, their order and their parts (design 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Literal, TypeAlias

from kvalitet.svenska import MONTHS, shorten

FREQUENCIES: tuple[str, ...] = ("dag", "månad", "kvartal", "tertial", "halvår", "år")

_Style: TypeAlias = Literal["spelling", "words", "short"]


@dataclass(frozen=True, slots=True)
class _Form:
    """A named form: the months it fills (a day: none), how it is printed, which numbers it has."""

    frekvens: str
    months: int
    spelling: str
    words: str
    short: str
    numbers: str = ""


_YEAR = _Form("år", 12, "{year}", "{year}", "{year}")
_HALF = _Form(
    "halvår", 6, "{year}-H{number}", "{ordinal} halvåret {year}", "H{number} {year}",
    "halvåren är H1 och H2",
)  # fmt: skip
_TERTIAL = _Form(
    "tertial", 4, "{year}-T{number}", "tertial\u00a0{number} {year}", "T{number} {year}",
    "tertialen är T1, T2 och T3",
)  # fmt: skip
_QUARTER = _Form(
    "kvartal", 3, "{year}-K{number}", "kvartal\u00a0{number} {year}", "K{number} {year}",
    "kvartalen är K1, K2, K3 och K4",
)  # fmt: skip
_MONTH = _Form(
    "månad", 1, "{year}-{month:02}", "{name} {year}", "{name:.3} {year}",
    "månaderna är 01 till 12",
)  # fmt: skip
_DAY = _Form(
    "dag", 0, "{year}-{month:02}-{day:02}", "{day}\u00a0{name} {year}", "{day} {name:.3} {year}",
)  # fmt: skip

_BY_MONTHS = {form.months: form for form in (_YEAR, _HALF, _TERTIAL, _QUARTER, _MONTH)}
_BY_LETTER = {"H": _HALF, "T": _TERTIAL, "K": _QUARTER}
_BY_FREQUENCY = {form.frekvens: form for form in _BY_MONTHS.values()}

_SPELLING = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(-(?P<letter>[HTK])(?P<number>[1-9]?[0-9])|-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?"
)
_FORMS = "skriv 2020, 2020-H1, 2020-T1, 2020-K1, 2020-03, 2020-03-31 eller 2019-04/2020-03"
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_ONE_DAY = timedelta(days=1)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; its spelling is no part of it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        _require_year(self.first.year)
        _require_year(self.last.year)
        if self.last < self.first:
            raise ValueError("slutet ligger före början")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that any form of design 3.4 spells; else ValueError in Swedish."""
        try:
            return _read(text)
        except ValueError as error:
            raise ValueError(f'"{shorten(text, 40)}" är ingen period: {error}') from None

    def __str__(self) -> str:
        """The canonical spelling: a named form, else a span of months, else of days."""
        return self._print("spelling", "/")

    def __lt__(self, other: object) -> bool:
        """Order by end, then the shorter first (design 3.4)."""
        if not isinstance(other, Period):
            return NotImplemented
        return (self.last, other.first) < (other.last, self.first)

    @property
    def frekvens(self) -> str | None:
        """The word of `FREQUENCIES` that names such a period, None for other spans."""
        form = self._form()
        return form.frekvens if form else None

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.last.year

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def contains(self, other: Period) -> bool:
        """Whether every day of the other lies in this period."""
        return self.first <= other.first and other.last <= self.last

    def next(self) -> Period:
        """The neighbour after: as many whole months, else as many days.

        ValueError in Swedish where the calendar ends.
        """
        return self._moved(1)

    def previous(self) -> Period:
        """The neighbour before: as many whole months, else as many days.

        ValueError in Swedish where the calendar begins.
        """
        return self._moved(-1)

    def a_year_before(self) -> Period:
        """The same months of the year before, else the same days (28 February for the 29th).

        ValueError in Swedish where the calendar begins.
        """
        months = self._months()
        if months:
            return _of_months(_month_index(self.first) - 12, months)
        return Period(_a_year_before(self.first), _a_year_before(self.last))

    def in_words(self) -> str:
        """The period in running text: mars 2020, första halvåret 2020, april–maj 2020.
        A no-break space holds the number of a tertial, a quarter or a day to its name."""
        return self._print("words", "–")

    def short(self) -> str:
        """The period as the head of a column: mar 2020, H1 2020, apr–maj 2020."""
        return self._print("short", "–")

    def _months(self) -> int:
        """How many whole months it fills, 0 if it does not."""
        after = self.last + _ONE_DAY
        if self.first.day == after.day == 1:
            return _month_index(after) - _month_index(self.first)
        return 0

    def _form(self) -> _Form | None:
        if self.first == self.last:
            return _DAY
        form = _BY_MONTHS.get(self._months())
        return form if form and (self.first.month - 1) % form.months == 0 else None

    def _print(self, style: _Style, dash: str) -> str:
        form = self._form()
        if form is None:
            end = _MONTH if self._months() else _DAY
            first, last = (_dated(end, style, day) for day in (self.first, self.last))
            if style != "spelling" and self.first.year == self.last.year:
                first = first.removesuffix(f" {self.first.year}")
            return first + dash + last
        return _dated(form, style, self.first)

    def _moved(self, steps: int) -> Period:
        months = self._months()
        if months:
            return _of_months(_month_index(self.first) + steps * months, months)
        distance = timedelta(days=steps * self.days)
        return Period(self.first + distance, self.last + distance)


def divide(period: Period, frekvens: str) -> tuple[Period, ...]:
    """The periods of a frequency whose days all lie within `period`, in order."""
    after = period.last + _ONE_DAY
    if frekvens == _DAY.frekvens:
        days = (period.first + timedelta(days=number) for number in range(period.days))
        return tuple(Period(day, day) for day in days)
    months = _BY_FREQUENCY[frekvens].months
    start = _month_index(period.first) + (period.first.day > 1)
    aligned = start + -start % months
    starts = range(aligned, _month_index(after) - months + 1, months)
    return tuple(_of_months(start, months) for start in starts)


def fill(period: Period, parts: Iterable[Period]) -> bool:
    """Whether the parts cover exactly the days of `period`, without gap or overlap."""
    day = period.first
    for part in sorted(parts):
        if part.first != day:
            return False
        day = part.last + _ONE_DAY
    return day == period.last + _ONE_DAY


def tertial(year: int, number: int) -> Period:
    """Tertial 1, 2 or 3 of a year; ValueError in Swedish for any other."""
    return _part(_TERTIAL, year, number)


@lru_cache(maxsize=65536)
def _read(text: str) -> Period:
    first, slash, last = text.partition("/")
    if slash:
        return Period(_read_named(first).first, _read_named(last).last)
    return _read_named(text)


def _read_named(text: str) -> Period:
    match = _SPELLING.fullmatch(text)
    if match is None:
        raise ValueError(_FORMS)
    year = int(match["year"])
    if match["letter"]:
        return _part(_BY_LETTER[match["letter"]], year, int(match["number"]))
    if not match["month"]:
        return _part(_YEAR, year, 1)
    month = _part(_MONTH, year, int(match["month"]))
    return _day_of(month, int(match["day"])) if match["day"] else month


def _part(form: _Form, year: int, number: int) -> Period:
    _require_year(year)
    if not 1 <= number <= 12 // form.months:
        raise ValueError(form.numbers)
    return _of_months(year * 12 + (number - 1) * form.months, form.months)


def _day_of(month: Period, number: int) -> Period:
    if not 1 <= number <= month.days:
        raise ValueError(f"{month.in_words()} har dagarna 01 till {month.days}")
    day = month.first.replace(day=number)
    return Period(day, day)


def _require_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"årtalet ska ligga mellan {_FIRST_YEAR} och {_LAST_YEAR}")


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _of_months(start: int, months: int) -> Period:
    return Period(_first_day(start), _first_day(start + months) - _ONE_DAY)


def _first_day(month_index: int) -> date:
    year, month = divmod(month_index, 12)
    return date(year, month + 1, 1)


def _dated(form: _Form, style: _Style, day: date) -> str:
    """A named form as printed, of the period of that form that begins on, or holds, the day."""
    template: str = getattr(form, style)
    number = (day.month - 1) // (form.months or 1) + 1
    return template.format(
        year=day.year,
        month=day.month,
        day=day.day,
        name=MONTHS[day.month - 1],
        number=number,
        ordinal="första" if number == 1 else "andra",
    )
