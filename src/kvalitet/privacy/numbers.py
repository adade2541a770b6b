"""Personal and coordination numbers: found wherever they stand, and hidden wherever they would be
printed. What is hidden is what is told: nothing else that is printed is changed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial

_HIDDEN = "•"
# A dash that is saved in Windows-1252 is read as the last sign.
_SIGN = "[-+ \u00a0\u2007\u2009\u202f\u2010-\u2014\u2212\ufffd]"
_DATE = "(?P<century>18|19|20)?(?P<date>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2})"
_NUMBER = re.compile(f"(?<![0-9]){_DATE}(?P<sign>{_SIGN}?)(?P<last>[0-9]{{4}})(?![0-9])")
_CUT_OFF = re.compile(f"(?<![0-9]){_DATE}(?P<sign>{_SIGN}?)(?P<last>[0-9]{{0,4}})(?=…)")
_DASH = "[-+\u2010-\u2014\u2212]"
_BY_TWO = re.compile(
    "(?<![0-9•])(?<![0-9•][ .,-])(?P<century>18|19|20)?(?(century) )"
    f"(?P<date>[0-9]{{2}} (?:0[1-9]|1[0-2]) [0-9]{{2}})(?P<sign>{_DASH})"
    "(?P<last>[0-9]{2} [0-9]{2})(?! ?[0-9•])"
)
_BY_DAY = re.compile(
    r"(?<![\w.,/=#&-])(?P<century>18|19|20)(?P<date>[0-9]{2}-(?:0[1-9]|1[0-2])-[0-9]{2})"
    rf"(?P<sign>{_DASH})(?P<last>[0-9]{{4}})(?![\w/-]|[.,:][0-9•])"
)
_MISSPELT = re.compile(
    r"(?<![\w.,/=#&-])(?P<century>19|20)(?P<date>[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2})"
    rf"(?P<sign>{_DASH})(?P<last>[0-9]{{4}})(?![\w/-]|[.,:][0-9•])"
)
NUMBER_SHAPE = re.compile(f"[0-9][0-9](?:[0-9]{{4}}|[ -][0-9]{{2}}[ -][0-9]{{2}}{_DASH})")
NUMBER_WORD = re.compile(f"[0-9]{{6}}|[\n-][0-9]{{2}}{_DASH}")
_DIGIT, _NO_DIGIT = re.compile("[0-9]"), re.compile("[^0-9]")
SHORTEST = 10
ADDED = 60  # to the day, in a coordination number

# Ten digits and no sign may be part of something longer, an amount, or a telephone number.
# A dot for a digit that is hidden counts as one: what was hidden once is as it was.
_ALONE = re.compile(r"(?<![\w/=#&•-])(?<![0-9•][.,])[1-9][0-9]{9}(?![\w/•-]|[.,][0-9•])")
_DECIMALS = re.compile(r"(?<=[0-9•][.,])")
_OF_UUID = re.compile(r"(?<=[0-9a-f•]{4}-)[0-9]{12}|[0-9]{8}-[0-9]{4}-[0-9a-f•]{4}-", re.IGNORECASE)
_OF_FILE = re.compile(r"[\w-]{0,40}(?: ?\([0-9]+\))?\.(?:csv|ya?ml|xlsx?)(?!\w)", re.IGNORECASE)
_AMOUNTS = ("värde", "utfall", "budget", "prognos", "antal_svar", "svarsfrekvens")
_FIRST_EXPORT = 2015
_LATEST_YEAR = {"20": 2039, None: 2029}  # 39 alone is more likely 1939
_FIRST_OF_CASES = 2000  # a day of then or later may begin the number of a case
_FEWEST_HUNDREDS = 10

_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_SINGLE = bytes.maketrans(b"0123456789", bytes(range(10)))
_BETWEEN = re.compile('[;\t]"?')


def mask(text: str, columns: Sequence[str] = ()) -> str:
    """The text with a dot in place of each digit of what R701 or R706 would tell of in it, or of
    what is left of one that was cut off: as long as before. For all that is printed. A row of a CSV
    file is given with the names of its columns: figures stand."""
    if not NUMBER_SHAPE.search(text):
        return text
    cells = cells_of_figures(text, columns) if columns else ()
    for form, is_one, sign in _HIDES:
        if sign.search(text):
            text = form.sub(partial(_hidden, is_one, cells), text)
    return text


def maybe_numbers(words: str) -> list[tuple[int, int]]:
    """Where it stands that would be a number but for its last digit, or is one that may be two days
    of a year (R706)."""
    if not NUMBER_SHAPE.search(words):
        return []
    looks = [*((form, _may_be_days) for form in FORMS)]
    looks += [(form, _is_misspelt) for form in (_MISSPELT, _BY_DAY)]
    return sorted(m.span() for form, is_one in looks for m in form.finditer(words) if is_one(m))


def _hidden(
    is_one: Callable[[re.Match[str]], bool], cells: Collection[int], match: re.Match[str]
) -> str:
    is_figure = match.start() in cells and len(match[0]) == SHORTEST
    return match[0] if is_figure or not is_one(match) else _DIGIT.sub(_HIDDEN, match[0])


def _has_check(match: re.Match[str]) -> bool:
    return checks(_NO_DIGIT.sub("", f"{match['date']}{match['last']}").encode())


def checks(digits: bytes) -> bool:
    """Whether the last of ten digits is what the nine before it give."""
    doubled, single = digits[-10::2].translate(_DOUBLED), digits[-9::2].translate(_SINGLE)
    return (sum(doubled) + sum(single)) % 10 == 0


def _is_day(match: re.Match[str]) -> bool:
    """Whether the six digits are a day of the century that is told, or of one that it may be."""
    year, month, day = _of_date(match)
    centuries = (match["century"],) if match["century"] else ("18", "19", "20")
    return any(
        _exists(100 * int(century) + year, month, day - ADDED if day > ADDED else day)
        for century in centuries
    )


def _of_date(match: re.Match[str]) -> tuple[int, int, int]:
    """The year within its century, the month, and the day as it is written."""
    digits = _NO_DIGIT.sub("", match["date"])
    return int(digits[:2]), int(digits[2:4]), int(digits[4:])


def _is_span(match: re.Match[str]) -> bool:
    """Whether it is likely days of one year of this century, such as 190901-1130: from the first
    day of a month, or to the last of one. One person in a thousand has such a number."""
    year, _, day = _of_date(match)
    last_month, last_day = _two_by_two(match)
    return day == 1 or last_day == monthrange(2000 + year, last_month)[1]


def _may_be_span(match: re.Match[str]) -> bool:
    """Whether it has the form of two days of one year of this century."""
    if match["century"] not in _LATEST_YEAR or match["sign"] not in ("-", "\u2013"):
        return False
    year = 2000 + _of_date(match)[0]
    return year <= _LATEST_YEAR[match["century"]] and _are_days(match, year)


def _are_days(match: re.Match[str], year: int) -> bool:
    """Whether the last four digits are a later day of the year than the first ones."""
    _, *first = _of_date(match)
    last = _two_by_two(match)
    return _exists(year, *first) and _exists(year, *last) and tuple(first) < last


def _two_by_two(match: re.Match[str]) -> tuple[int, int]:
    return int(match["last"][:2]), int(match["last"][-2:])


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def is_told(match: re.Match[str]) -> bool:
    """Whether what has one of the forms can be nothing else than a number, by what stands round
    it (R701)."""
    return _is_number(match) and not _may_be_span(match)


def _may_be_days(match: re.Match[str]) -> bool:
    return _is_hidden(match) and _may_be_span(match)


def _is_hidden(match: re.Match[str]) -> bool:
    return _is_number(match) and not (_may_be_span(match) and _is_span(match))


def _is_number(match: re.Match[str]) -> bool:
    """Whether the last digit checks the nine before it, the day exists, and it stands alone."""
    if not (_has_check(match) and _is_day(match)):
        return False
    text, start = match.string, match.start()
    if len(match[0]) == SHORTEST and not _ALONE.match(text, start):
        return False
    if _OF_UUID.match(text, start) or (not match["sign"] and _DECIMALS.match(text, start)):
        return False
    is_of_file = match.re is _BY_DAY or _OF_FILE.match(text, match.end())
    return not (is_of_file and _is_time(match))


def _is_time(match: re.Match[str]) -> bool:
    """Whether it may be the day and minute of an export."""
    year = int((match["century"] or "20") + match["date"][:2])
    hour, minute = _two_by_two(match)
    return year >= _FIRST_EXPORT and hour < 24 and minute < 60


def _is_misspelt(match: re.Match[str]) -> bool:
    """Whether it is likely a number, though the last digit does not check the others. Days, times
    and running numbers are none."""
    if _has_check(match) or not _is_day(match):
        return False
    year = int(match["century"] + match["date"][:2])
    hour, minute = _two_by_two(match)
    is_time = hour < 24 and minute < 60
    is_of_case = year >= _FIRST_OF_CASES and (is_time or hour < _FEWEST_HUNDREDS)
    return not (is_of_case or _are_days(match, year))


def columns_of(header: str) -> list[str]:
    """The names of the columns of a CSV file, by its first line."""
    return [name.strip(' "\r') for name in _BETWEEN.split(header)]


def cells_of_figures(row: str, columns: Sequence[str]) -> Collection[int]:
    """Where the cells begin that are in columns of figures."""
    begins = (0, *(sign.end() for sign in _BETWEEN.finditer(row)))
    return {at for at, name in zip(begins, columns, strict=False) if name in _AMOUNTS}


FORMS = (_NUMBER, _BY_TWO, _BY_DAY)
"""The forms in which a number is written."""
_DAY_AND_LAST = re.compile(f"-[0-9]{{2}}{_DASH}[0-9]{{4}}")
_HIDES = (
    (_NUMBER, _is_hidden, NUMBER_SHAPE),
    (_BY_TWO, _is_hidden, re.compile(f" [0-9]{{2}}{_DASH}[0-9]{{2}} [0-9]{{2}}")),
    (_BY_DAY, _is_hidden, _DAY_AND_LAST),
    (_BY_DAY, _is_misspelt, _DAY_AND_LAST),
    (_MISSPELT, _is_misspelt, re.compile(f"{_DASH}[0-9]{{4}}(?![0-9])")),
    (_CUT_OFF, _is_day, re.compile("…")),
)
"""What is hidden, when it is, and a sign of it that is sought in no time."""
