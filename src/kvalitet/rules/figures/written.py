"""Values as they are written: how many decimals they have, and what may be wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import inf

from kvalitet.model.plan import Plan, remembered
from kvalitet.series import Cell

BELOW_ZERO, ABOVE_ALL, A_SHARE, WITH_N, ONE_DECIMAL = 1, 2, 4, 8, 16
"""What makes up the kind of a value: negative, above 100, written as a share, and with its n; and
decimals."""

_PER_CENT = 100
_MOST_DECIMALS = 12


def decimals(value: Fraction) -> int:
    """How many decimals a value is written with, trailing zeros not counted."""
    return _decimals(value.denominator)


def kind(cell: Cell) -> int:
    """What may be wrong with a value: a number of decimals, and bits for the rest."""
    if cell.värde is None:
        return 0
    over, under = cell.värde.as_integer_ratio()
    odd = 0
    if not 0 <= over <= _PER_CENT * under:
        odd |= BELOW_ZERO if over < 0 else ABOVE_ALL
    if cell.av is not None:
        return odd | A_SHARE | WITH_N
    if cell.text[-1:] == "%":
        odd |= A_SHARE
    return odd if under == 1 else odd | _decimals(under) * ONE_DECIMAL


def floats(plan: Plan, cells: Sequence[Cell], numbers: Sequence[int]) -> list[float]:
    """About what some cells say, infinite where they say nothing; of each text once."""
    known, there = _floats(plan), [cells[number] for number in numbers]
    try:
        return [known[cell.text] for cell in there]
    except KeyError:
        known.update((cell.text, _float(cell)) for cell in there if cell.text not in known)
        return [known[cell.text] for cell in there]


@remembered
def _floats(_: Plan) -> dict[str, float]:
    return {}


@lru_cache(maxsize=4096)
def _decimals(denominator: int) -> int:
    numbers = range(_MOST_DECIMALS)
    return next((d for d in numbers if 10**d % denominator == 0), _MOST_DECIMALS)


def _float(cell: Cell) -> float:
    if cell.värde is None:
        return inf
    over, under = cell.värde.as_integer_ratio()
    return over / under
