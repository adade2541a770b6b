"""Totals with the steps of a scale beside them, those that may be at odds with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from kvalitet import scales
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.recent import (
    Layout,
    Recent,
    recent_of,
)
from kvalitet.rules.figures.rows import MEAN, OUTCOME, SHARE
from kvalitet.rules.figures.written import WITH_N, floats
from kvalitet.series import Cell

OF_PERSONS = "kön"
"""The scale each person has one step of, so that numbers and wholes of its steps add up."""

OTHERS = {SHARE: 1.0, MEAN: 0.1}
"""How far from the steps a total may lie since some belong to none of them."""

FAR_APART = 20
"""Percentage points between two sexes, above which a total is looked at more closely."""
HAIR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A total of a period and the steps of one scale beside it. `is_whole` tells that every step of
    the scale, as valid then, has a value."""

    of: Recent
    period: Period
    skala: str
    total: int
    steps: Mapping[str, int]
    is_whole: bool

    @property
    def totalcell(self) -> Cell:
        """What the total's row says."""
        return self.of.cell(self.total)

    @property
    def cells(self) -> Sequence[Cell]:
        """What the rows of the steps say."""
        return [self.of.cell(number) for number in self.steps.values()]

    @property
    def is_explained(self) -> bool:
        """Whether a remark stands at one of the rows."""
        return any(cell.anm for cell in (self.totalcell, *self.cells))

    @property
    def is_of_one_n(self) -> bool:
        """Whether the steps tell which part of all each of them is."""
        n = self.totalcell.av
        return n is not None and all(cell.av == n for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a total and the steps beside it stand among the rows of a layout."""

    period: Period
    skala: str
    total: int
    steps: Mapping[str, int]
    has_all: bool


@dataclass(frozen=True, slots=True)
class _Alike:
    """Spots with as many steps: the numbers of their totals, and of their first, second … step."""

    spots: Sequence[_Spot]
    totals: Sequence[int]
    steps: Sequence[Sequence[int]]


@remembered
def _spots(plan: Plan, layout: Layout, year: int) -> Sequence[_Alike]:
    totals: dict[tuple[Period, str], int] = {}
    split: defaultdict[tuple[Period, str, str], dict[str, int]] = defaultdict(dict)
    for number in layout.numbers:
        key = layout.keys[number]
        if len(key.uppdelning) > 1 or (key.period.year < year and key.serie == OUTCOME):
            continue  # of a whole country what is told now is of the year before
        for skala, steg in key.uppdelning:
            split[key.period, key.serie, skala][steg] = number
        if not key.uppdelning:
            totals[key.period, key.serie] = number
    alike: defaultdict[int, list[_Spot]] = defaultdict(list)
    for (period, serie, skala), steps in split.items():
        total = totals.get((period, serie))
        if total is not None and skala in plan.skalor and skala not in plan.gaps.scales:
            has_all = _are_all(plan, period, skala, steps)
            alike[len(steps)].append(_Spot(period, skala, total, steps, has_all))
    return [
        _Alike(
            spots,
            [spot.total for spot in spots],
            list(zip(*(spot.steps.values() for spot in spots), strict=True)),
        )
        for spots in alike.values()
    ]


def _are_all(plan: Plan, period: Period, skala: str, steps: Collection[str]) -> bool:
    names = {step.namn for step in scales.steps(plan.skalor[skala], period.last)}
    return names == set(steps)


@remembered
def splits(plan: Plan, year: int, at: Period | None) -> Sequence[Split]:
    """The totals of the year, or later, that may be at odds with the steps beside them."""
    return tuple(
        Split(each, spot.period, spot.skala, spot.total, spot.steps, _is_whole(each, spot))
        for each in recent_of(plan, year, at)
        if each.indicator.adds_up or each.indicator.måttenhet in OTHERS
        for alike in _spots(plan, each.layout, year)
        for spot in _doubted(plan, each, alike)
    )


def _is_whole(each: Recent, spot: _Spot) -> bool:
    return spot.has_all and all(each.cell(n).värde is not None for n in spot.steps.values())


def _doubted(plan: Plan, each: Recent, alike: _Alike) -> Iterable[_Spot]:
    """The spots that are not clearly in order: what is reckoned in floats, as most are, is quick,
    and what says nothing is infinite."""
    cells = each.series.cells
    if any(kind & WITH_N for kind in each.kinds):
        return [spot for spot in alike.spots if each.indicator.adds_up or _differs(cells, spot)]
    wholes = floats(plan, cells, alike.totals)
    steps = [floats(plan, cells, numbers) for numbers in alike.steps]
    if each.indicator.adds_up:
        added = map(sum, zip(*steps, strict=True))
        near = (abs(one - other) < HAIR for one, other in zip(added, wholes, strict=True))
        return [spot for spot, is_near in zip(alike.spots, near, strict=True) if not is_near]
    lows, highs = (map(pick, *steps) for pick in (min, max)) if steps[1:] else (steps[0], steps[0])
    others = OTHERS[each.indicator.måttenhet]
    return [
        spot
        for spot, whole, low, high in zip(alike.spots, wholes, lows, highs, strict=True)
        if high < inf
        and whole < inf
        and (
            not low - others <= whole <= high + others
            or (high - low > FAR_APART and spot.skala == OF_PERSONS)
        )
    ]


def _differs(cells: Sequence[Cell], spot: _Spot) -> bool:
    """Whether a total and its steps are not all told with the same n."""
    n = cells[spot.total].av
    return n is None or any(cells[number].av != n for number in spot.steps.values())
