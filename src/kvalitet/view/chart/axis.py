"""The upright axis: from zero, or over the scale of a survey's answers, with few and even ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import ceil

from kvalitet.figure import Tal

_MOST_STEPS = 4
_ALL_OF_IT = Fraction(100)
"""How far percentages go, unless a value goes beyond."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From the lowest to the highest value that it has room for; a tick for each of some."""

    low: Fraction
    high: Fraction
    ticks: tuple[Tal, ...]

    @property
    def named(self) -> tuple[tuple[Fraction, str], ...]:
        """Where the ticks are and what they are called: a percentage with its sign, so that the
        values need none; of other units the number alone, since the caption tells them."""
        return tuple(
            (tick.värde, tick.text() if tick.måttenhet == "procent" else tick.cell())
            for tick in self.ticks
            if tick.värde is not None
        )

    def share(self, value: Fraction) -> Fraction:
        """How far up a value stands: 0 at the foot, 1 at the top."""
        return (value - self.low) / (self.high - self.low)


def axis(
    values: Sequence[Fraction],
    måttenhet: str,
    decimals: int,
    answers: tuple[int, int] | None = None,
) -> Axis:
    """The axis that holds all values. It begins at zero, for a cut one makes a small change look
    great; but at the lowest answer where the scale of the answers is known and holds all values.
    It ends at 100 % unless a value goes beyond."""
    if answers and all(answers[0] <= value <= answers[1] for value in values):
        return _of_answers(*answers, måttenhet)
    nothing = Fraction(0)
    low, high = min(nothing, *values), max(nothing, *values)
    if low == high:
        high = _ALL_OF_IT if måttenhet == "procent" else Fraction(1)
    step = next(
        step
        for step in _steps(Fraction(1, 10**decimals))
        if ceil(high / step) + ceil(-low / step) <= _MOST_STEPS
    )
    numbers = [step * number for number in range(-ceil(-low / step), ceil(high / step) + 1)]
    is_within = måttenhet == "procent" and high <= _ALL_OF_IT
    top = min(numbers[-1], _ALL_OF_IT) if is_within else numbers[-1]
    return Axis(numbers[0], top, _ticks([each for each in numbers if each <= top], måttenhet))


def _of_answers(low: int, high: int, måttenhet: str) -> Axis:
    """A tick at both ends, if that goes evenly."""
    span = high - low
    even = (step for step in range(1, span) if span % step == 0 and span // step <= _MOST_STEPS)
    step = next(even, 0)
    numbers = range(low, high + 1, step) if step else (low, high)
    return Axis(Fraction(low), Fraction(high), _ticks([Fraction(n) for n in numbers], måttenhet))


def _steps(least: Fraction) -> Iterator[Fraction]:
    """1, 2, 5, 10, 20, 50 and so on, of the least step that the printed decimals can show."""
    return (least * first * 10**power for power in count() for first in (1, 2, 5))


def _ticks(numbers: Sequence[Fraction], måttenhet: str) -> tuple[Tal, ...]:
    decimals = next(
        decimals
        for decimals in count()
        if all(10**decimals % number.denominator == 0 for number in numbers)
    )
    return tuple(Tal(number, måttenhet, decimals) for number in numbers)
