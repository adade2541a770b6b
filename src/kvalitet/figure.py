"""A measured number as it is printed: exact until then, with its unit, its sources and its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from kvalitet.period import Period
from kvalitet.svenska import MINUS, NO_BREAK_SPACE, count, format_number, format_signed

Kind: TypeAlias = Literal["värde", "saknas", "skyddad", "ej ännu"]

_BARE_UNITS = ("antal", "medelvärde", "index")
_SIGNS = {"procent": "%"}
_MARKS_IN_WORDS = {
    "u.s.": "uppgift saknas",
    "e.m.": "ej mätt",
    "e.t.": "ej tillämplig",
    "": "värde saknas",
}
_MOST_DECIMALS = 12
_MOST_TERMS = 12
_NO_MARK = "–"


@dataclass(frozen=True, slots=True)
class Tal:
    """An exact value, or why there is none: missing (`märke` u.s., e.m., e.t., or "" where nobody
    has said anything), protected, or not known yet at the report.

    `antal` and `av` are the n behind a share; `period` is what the value speaks of, often another
    period than the one asked for; `källor` are path and line of the rows. Print it by its methods.
    """

    värde: Fraction | None
    måttenhet: str = "antal"
    decimaler: int = 0
    kind: Kind = "värde"
    märke: str = ""
    antal: Fraction | None = None
    av: Fraction | None = None
    skillnad: bool = False
    period: Period | None = None
    källor: tuple[tuple[str, int], ...] = ()
    beräkning: str = ""
    anm: str = ""

    def __post_init__(self) -> None:
        if (self.värde is None) == (self.kind == "värde"):
            raise ValueError("a value, and nothing else, has a value")

    @property
    def is_told(self) -> bool:
        """Whether somebody has said something: a value, or a mark that tells why there is none."""
        return self.kind in ("värde", "skyddad") or self.märke != ""

    def text(self) -> str:
        """The value with its unit in running text (54 %), a difference signed, a gap in words."""
        if self.värde is None:
            return self._why()
        if self.skillnad:
            return self._difference(self.värde)
        return _with_unit(format_number(self.värde, self.decimaler), self.måttenhet)

    def with_count(self) -> str:
        """The same, a share after its n: 71 av 132, 54 %."""
        if self.värde is None or self.antal is None or self.av is None:
            return self.text()
        return f"{exact_text(self.antal)} av {exact_text(self.av)}, {self.text()}"

    def cell(self) -> str:
        """The number without its unit, for a column that tells it; u.s., e.m., e.t., x or – for a
        gap."""
        if self.värde is None:
            return "x" if self.kind == "skyddad" else self.märke or _NO_MARK
        shown = format_signed if self.skillnad else format_number
        return shown(self.värde, self.decimaler)

    def _why(self) -> str:
        if self.kind == "skyddad":
            return "skyddad uppgift"
        return "ännu inte känt" if self.kind == "ej ännu" else _MARKS_IN_WORDS[self.märke]

    def _difference(self, värde: Fraction) -> str:
        shown = format_signed(värde, self.decimaler)
        if shown == format_number(0, self.decimaler):
            return "oförändrat"
        if self.måttenhet != "procent":
            return _with_unit(shown, self.måttenhet)
        return f"{shown} {'procentenhet' if shown[1:] == '1' else 'procentenheter'}"


def difference(later: Tal, earlier: Tal) -> Tal:
    """What was added from the earlier to the later value; a gap in either, protected first."""
    both = (later, earlier)
    gaps = sorted((tal for tal in both if tal.värde is None), key=lambda tal: tal.kind != "skyddad")
    terms = [tal.värde for tal in both if tal.värde is not None]
    return Tal(
        None if gaps else terms[0] - terms[1],
        later.måttenhet,
        later.decimaler,
        kind=gaps[0].kind if gaps else "värde",
        märke=gaps[0].märke if gaps else "",
        skillnad=True,
        källor=tuple(dict.fromkeys(later.källor + earlier.källor)),
        beräkning="" if gaps else sum_text([terms[0], -terms[1]]),
    )


def bounds_text(lowest: Fraction | None, highest: Fraction | None, måttenhet: str) -> str:
    """A target as it is printed, with the decimals that it was given: minst 50 %, 50–70 %."""
    low, high = (None if n is None else exact_text(n) for n in (lowest, highest))
    if low is None or high is None:
        return _with_unit(f"högst {high}" if low is None else f"minst {low}", måttenhet)
    return _with_unit(low if low == high else f"{low}–{high}", måttenhet)


def exact_text(value: Fraction) -> str:
    """The value with as many decimals as it has; one that never ends is cut to four, with ≈."""
    for decimals in range(_MOST_DECIMALS + 1):
        if 10**decimals % value.denominator == 0:
            return format_number(value, decimals)
    return f"≈{NO_BREAK_SPACE}{format_number(value, 4)}"


def sum_text(terms: Sequence[Fraction]) -> str:
    """How a sum came about: 17 + 15 − 2; of many terms only their number."""
    if len(terms) > _MOST_TERMS:
        return f"summan av {count(len(terms), 'rad', 'rader')}"
    return " + ".join(map(exact_text, terms)).replace(f"+ {MINUS}", f"{MINUS} ")


def _with_unit(shown: str, måttenhet: str) -> str:
    if måttenhet in _BARE_UNITS:
        return shown
    return f"{shown}{NO_BREAK_SPACE}{_SIGNS.get(måttenhet, måttenhet)}"
