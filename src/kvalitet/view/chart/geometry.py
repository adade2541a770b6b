"""Places on a chart: whole tenths of a unit, so that what is compared is what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

UNIT = 10
"""So many tenths are a unit; a unit is a pixel where a chart is as wide as it was made."""
LINE = 13 * UNIT
"""The height of a line of text, and of the box behind it."""
BASELINE = 10 * UNIT
"""How far below the top of its line a text stands."""

Place: TypeAlias = tuple[int, int]

_TEXT_SIZE = 12
_NARROW, _WIDE = frozenset("fijlrtI.,:;!|'()[]/ \u00a0"), frozenset("mwMW%@…")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its edges included in what it may touch."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, other: Box) -> bool:
        """Whether the other lies within it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: Box) -> bool:
        """Whether they have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_crossed_by(self, start: Place, end: Place) -> bool:
        """Whether the straight line between two places goes through it."""
        (x1, y1), (x2, y2) = start, end
        if max(x1, x2) <= self.left or min(x1, x2) >= self.right:
            return False
        if max(y1, y2) <= self.top or min(y1, y2) >= self.bottom:
            return False
        corners = ((x, y) for x in (self.left, self.right) for y in (self.top, self.bottom))
        sides = [(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in corners]
        return min(sides) < 0 < max(sides)


def printed(tenths: int) -> str:
    """A coordinate with one decimal: 123.4."""
    return f"{tenths // UNIT}.{tenths % UNIT}"


def path(places: Iterable[Place]) -> str:
    """Places as the points of a line: 12.0,80.5 40.0,75.0."""
    return " ".join(f"{printed(x)},{printed(y)}" for x, y in places)


def rounded(value: Fraction) -> int:
    """The nearest whole number, a half upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def width(text: str) -> int:
    """The room that a text takes at most, in any of the fonts that the page asks for."""
    return sum(map(_share, text)) * _TEXT_SIZE * UNIT // 100


def _share(sign: str) -> int:
    """The width of a sign in hundredths of the text's size."""
    if sign in _NARROW:
        return 34
    if sign in _WIDE:
        return 95
    return 74 if sign.isupper() else 58
