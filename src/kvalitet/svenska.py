"""Swedish: sorting, the one parser of numbers and truth, and how figures and words are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_NUMBER = re.compile(
    r"(?P<sign>[-\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+|[0-9]+)"
    r"(?:[.,](?P<decimals>[0-9]+))?"
)
_THOUSANDS_SPACES = {ord(space): None for space in " \u00a0\u202f\u2009"}
_MOST_DIGITS = 30

_AFTER_Z = str.maketrans("åäæöø", "{||}}")  # the characters that follow z in ASCII
_RUNS = re.compile(r"[0-9]+|[^0-9]+")
_OF_AN_ID = re.compile(r"[a-z0-9]+")
_LONGEST_SLUG = 40

_QUOTED_WIDTH = 40
_LONGEST_MISSPELLING = 80
_NEAR = 0.7


def sort_key(text: str) -> str:
    """The key of Swedish alphabetical order: å ä ö last, case and other accents without meaning."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return _without_marks(folded.translate(_AFTER_Z))


def nr_key(nr: str) -> tuple[bool, tuple[tuple[int, int, str], ...], str]:
    """The key of `nr` read as numbers: 1.9 before 1.10, 2 before 2a, a missing one last."""
    shown = nr.strip()
    return (not shown, tuple(_run_key(run) for run in _RUNS.findall(shown)), nr)


def number(text: str) -> Fraction:
    """The exact number spelt as design 3.1 allows: −, digits, one decimal sign, thousands spaced.

    Raises ValueError, with the reason in Swedish, for every other spelling.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"{_quoted(text)} är inget tal: skriv till exempel 1 234,5")
    decimals = match["decimals"] or ""
    return Fraction(_signed(match, decimals), 10 ** len(decimals))


def whole_number(text: str) -> int:
    """The whole number spelt as `number` allows, without decimals; else ValueError in Swedish."""
    match = _NUMBER.fullmatch(text)
    if match is None or match["decimals"]:
        raise ValueError(f"{_quoted(text)} är inget heltal: skriv bara siffror")
    return _signed(match)


def truth(text: str) -> bool:
    """What `ja` or `nej` says (design 3.1); any other word is a ValueError in Swedish."""
    if text not in ("ja", "nej"):
        raise ValueError(f"{_quoted(text)} är varken ja eller nej")
    return text == "ja"


def format_number(value: Fraction | int, decimals: int = 0) -> str:
    """The value as Swedish print, rounded once, half away from zero: 1 462 and −0,5.

    Thousands are set apart with no-break spaces; what rounds to zero has no sign.
    """
    rounded = _rounded(value, decimals)
    whole, rest = divmod(abs(rounded), 10**decimals)
    sign = MINUS if rounded < 0 else ""
    tail = f",{rest:0{decimals}}" if decimals else ""
    return sign + f"{whole:,}".replace(",", NO_BREAK_SPACE) + tail


def format_signed(value: Fraction | int, decimals: int = 0) -> str:
    """A difference as Swedish print: +1,2 and −1,1; what rounds to zero has no sign."""
    plus = "+" if _rounded(value, decimals) > 0 else ""
    return plus + format_number(value, decimals)


def date_text(day: date) -> str:
    """The day in running text: 31 mars 2020, the number of the day and the month held together."""
    return f"{day.day}{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year}"


def join(words: Sequence[str], last: str = "och") -> str:
    """The words as an enumeration: a, b och c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def some(words: Sequence[object], most: int = 3) -> str:
    """The words as an enumeration; of more than `most`, and one, the first ones and how many more
    there are: a, b, c och 4 till."""
    if len(words) <= most + 1:
        return join([str(word) for word in words])
    return f"{', '.join(map(str, words[:most]))} och {format_number(len(words) - most)} till"


def more(number: int, one: str, many: str) -> str:
    """How many others there are, after the one that is named: " (och 3 rader till)", "" for 0."""
    return f" (och {count(number, one, many)} till)" if number > 0 else ""


def count(number: int, one: str, many: str) -> str:
    """A number of things, with the word in the form that the number asks for: 1 rad, 412 rader."""
    return f"{format_number(number)} {one if number == 1 else many}"


def genitive(name: str) -> str:
    """Whose: Nämndens, Enhet norrs, Alnäs, Enhet 3:s."""
    if name[-1:].casefold() in ("s", "x", "z"):
        return name
    return f"{name}s" if name[-1:].islower() else f"{name}:s"


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely misspells, whatever its case and dots, else None.

    The order of the candidates does not matter. The cost grows with their number.
    """
    if len(word) > _LONGEST_MISSPELLING:
        return None
    spellings: dict[str, list[str]] = {}
    for candidate in candidates:
        if len(candidate) > 2 * _LONGEST_MISSPELLING:
            continue
        spellings.setdefault(_bare(candidate), []).append(candidate)
    nearest = get_close_matches(_bare(word), spellings, n=1, cutoff=_NEAR)
    if not nearest:
        return None
    return min(
        spellings[nearest[0]],
        key=lambda spelling: (spelling.casefold() != word.casefold(), spelling),
    )


def shorten(text: str, width: int) -> str:
    """The text on one line of at most `width` characters, ending in … where it was cut."""
    line = " ".join(line for line in text.splitlines() if line)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def slug(text: str) -> str:
    """An id made of the first words of a text: fall-i-hemmet; "" where it has no letter a-z."""
    id = "-".join(_OF_AN_ID.findall(_bare(text))).lstrip("0123456789-")
    if len(id) <= _LONGEST_SLUG:
        return id
    return id[: _LONGEST_SLUG + 1].rpartition("-")[0] or id[:_LONGEST_SLUG]


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _bare(text: str) -> str:
    return _without_marks(text).casefold()


def _run_key(run: str) -> tuple[int, int, str]:
    """Digits order by length, then as text: the order of numbers, however many digits they have."""
    if run[0] in "0123456789":
        digits = run.lstrip("0")
        return (0, len(digits), digits)
    return (1, 0, sort_key(run))


def _signed(match: re.Match[str], decimals: str = "") -> int:
    digits: str = match["whole"].translate(_THOUSANDS_SPACES) + decimals
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"{_quoted(match[0])} har fler än {_MOST_DIGITS} siffror")
    return -int(digits) if match["sign"] else int(digits)


def _rounded(value: Fraction | int, decimals: int) -> int:
    """The value in units of the last decimal, rounded half away from zero."""
    doubled = 2 * abs(value.numerator) * 10**decimals
    size: int = (doubled + value.denominator) // (2 * value.denominator)
    return size if value > 0 else -size


def _quoted(text: str) -> str:
    return f'"{shorten(text, _QUOTED_WIDTH)}"'
