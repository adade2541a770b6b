"""Breakdowns that cannot give the total that stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan, nan

from kvalitet import scales
from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.recent import (
    COUNTED,
    SHARE,
    Layout,
    Recent,
    decimals,
    has_breakdowns,
    recent_of,
    some,
    year_of,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell

_OF_PERSONS = "kön"
"""The scale each person has one step of, so that numbers and wholes of its steps add up."""

_OTHERS = {SHARE: 1.0, "medelvärde": 0.1}
"""How far from the steps a total may lie since some belong to none of them."""

_LEAST_WEIGHT = 0.1
_EVEN = (0.25, 0.75)
_FAR_APART = 20
_FIFTIETH = 50
_PER_CENT = 100
_HAIR = 1e-9
_MOST_KEPT = 2**16

_Why = Callable[["Split"], "str | None"]


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


@rule("R407", "ids", "data", concerns=has_breakdowns)
def impossible_split(case: Case) -> Iterator[Finding]:
    """Numbers of the steps of a scale that do not add up to the total: where `summeras` says they
    do, and of shares by sex that are told with their n."""
    yield from _told(case, "R407", _not_the_sum)


@rule("R408", "ids", "data", concerns=has_breakdowns)
def doubtful_split(case: Case) -> Iterator[Finding]:
    """A share or a mean that lies outside those of the steps that it is made of, or between them
    where nearly all would belong to one step and a share's complement fits better."""
    yield from _told(case, "R408", _not_between)


def _told(case: Case, code: str, why: _Why) -> Iterator[Finding]:
    """One finding of an indicator and a scale: its first period, and how many more there are."""
    faults: defaultdict[tuple[str, str], list[tuple[Split, str]]] = defaultdict(list)
    for split in _splits(case.plan, year_of(case), case.at):
        if (told := why(split)) and not split.is_explained:
            faults[split.of.indicator.id, split.skala].append((split, told))
    for (id, skala), of_it in faults.items():
        split, told = of_it[0]
        more = [each.period for each, _ in of_it[1:]]
        also = f" Se även {some(more)}." if more else ""
        step = next(iter(split.steps.values()))
        message = f"{id} efter {skala} i {split.period}: {told}"
        hint = f"Kontrollera raderna, eller skriv skälet i kolumnen anm.{also}"
        place, other = split.of.place(split.total), split.of.place(step)
        yield found(code, place, message, hint, other, about=id)


def _not_the_sum(split: Split) -> str | None:
    """Why numbers do not add up."""
    indicator, cells, total = split.of.indicator, split.cells, split.totalcell
    if indicator.adds_up:
        return _sums_to(split, [cell.värde for cell in cells], total.värde)
    if indicator.måttenhet != SHARE or split.skala != _OF_PERSONS or not split.is_whole:
        return None
    if total.av is None or any(cell.av is None for cell in cells):
        return None
    if all(cell.av == total.av for cell in cells):  # what part of all each step is
        return None
    wholes = _sums_to(split, [cell.av for cell in cells], total.av)
    parts = _sums_to(split, [cell.antal for cell in cells], total.antal)
    if wholes or parts is None:
        return wholes
    return parts + _complement_of_n(cells, total)


def _complement_of_n(cells: Sequence[Cell], total: Cell) -> str:
    rest = sum(
        (cell.av - cell.antal for cell in cells if cell.av and cell.antal is not None), Fraction()
    )
    return ". Står de som inte är det?" if rest == total.antal else ""


def _sums_to(split: Split, terms: Sequence[Fraction | None], total: Fraction | None) -> str | None:
    """Why terms do not give a total: of all steps their sum is another, of some it is larger."""
    known = [term for term in terms if term is not None]
    if total is None or not known:
        return None
    added = sum(known[1:], known[0])
    if added == total:
        return None
    if not (split.is_whole or (added > total and min(known) >= 0)):
        return None
    is_count = split.of.indicator.måttenhet == COUNTED
    is_exact = is_count and all(term.denominator == 1 for term in (*known, total))
    digits = min(split.of.indicator.decimaler, max(map(decimals, (*known, total))))
    slack = 0 if is_exact else Fraction(len(known) + 1, 2 * 10**digits)
    if abs(added - total) <= slack:
        return None
    figures = " + ".join(map(exact_text, known))
    return f"{figures} är {exact_text(added)}, men totalen är {exact_text(total)}"


def _not_between(split: Split) -> str | None:
    """Why a share or a mean is doubtful."""
    indicator, total = split.of.indicator, split.totalcell.värde
    if indicator.måttenhet not in _OTHERS or indicator.adds_up or not split.is_whole:
        return None
    known = [cell.värde for cell in split.cells if cell.värde is not None]
    if total is None or len(known) < 2:
        return None
    if min(known) <= total <= max(known):
        return _uneven(split, known, total) if len(known) == 2 else None
    if _not_the_sum(split) is not None or _is_of_all(split, known, total):
        return None
    others = _OTHERS[indicator.måttenhet]
    slack = others if indicator.måttenhet == SHARE else max(others, float(abs(total)) / _FIFTIETH)
    low, high = float(min(known)) - slack - _HAIR, float(max(known)) + slack + _HAIR
    if low <= total <= high:
        return None
    shown = [_shown(split, value) for value in (total, min(known), max(known))]
    why = f"totalen {shown[0]} ligger inte mellan {shown[1]} och {shown[2]}"
    other = _PER_CENT - total
    if indicator.måttenhet == SHARE and min(known) <= other <= max(known):
        why += f", men {_shown(split, other)} gör det. Är det andelen som inte är det som står?"
    return why


def _is_of_all(split: Split, known: Sequence[Fraction], total: Fraction) -> bool:
    """Whether the steps tell how all are divided: their sum is the total, or they make all."""
    if split.of.indicator.måttenhet != SHARE:
        return False
    added = sum(known, Fraction())
    return any(abs(added - whole) <= len(known) for whole in (total, Fraction(_PER_CENT)))


def _uneven(split: Split, known: Sequence[Fraction], total: Fraction) -> str | None:
    """Of two sexes: a total that nearly all of one of them would be needed for, where it would be
    even if the share of the other were of those who are not."""
    cells = (*split.cells, split.totalcell)
    if split.skala != _OF_PERSONS or split.of.indicator.måttenhet != SHARE:
        return None
    if all(cell.av is not None for cell in cells) or abs(known[1] - known[0]) <= _FAR_APART:
        return None
    weight = float((total - known[0]) / (known[1] - known[0]))
    if _LEAST_WEIGHT <= weight <= 1 - _LEAST_WEIGHT:
        return None
    for place, name in enumerate(split.steps):
        turned = [*known]
        turned[place] = _PER_CENT - known[place]
        between = turned[1] - turned[0]
        if between and _EVEN[0] <= float((total - turned[0]) / between) <= _EVEN[1]:
            return (
                f"{' och '.join(_shown(split, value) for value in known)} ger inte gärna"
                f" {_shown(split, total)}. Är det för {name} andelen som inte är det som står?"
            )
    return None


def _shown(split: Split, value: Fraction) -> str:
    sign = "\u00a0%" if split.of.indicator.måttenhet == SHARE else ""
    return exact_text(value) + sign


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a total and the steps beside it stand among the rows of a layout."""

    period: Period
    skala: str
    total: int
    steps: Mapping[str, int]
    has_all: bool
    numbers: Sequence[int]


@remembered
def _spots(plan: Plan, layout: Layout, year: int) -> Sequence[_Spot]:
    totals: dict[tuple[Period, str], int] = {}
    split: defaultdict[tuple[Period, str, str], dict[str, int]] = defaultdict(dict)
    for number in layout.numbers:
        key = layout.keys[number]
        if key.period.year < year or len(key.uppdelning) > 1:
            continue
        for skala, steg in key.uppdelning:
            split[key.period, key.serie, skala][steg] = number
        if not key.uppdelning:
            totals[key.period, key.serie] = number
    return [
        _Spot(
            period,
            skala,
            total,
            steps,
            _are_all(plan, period, skala, steps),
            (total, *steps.values()),
        )
        for (period, serie, skala), steps in split.items()
        if skala in plan.skalor and skala not in plan.gaps.scales
        if (total := totals.get((period, serie))) is not None
    ]


def _are_all(plan: Plan, period: Period, skala: str, steps: Collection[str]) -> bool:
    names = {step.namn for step in scales.steps(plan.skalor[skala], period.last)}
    return names == set(steps)


@remembered
def _splits(plan: Plan, year: int, at: Period | None) -> Sequence[Split]:
    """The totals of the year, or later, that may be at odds with the steps beside them."""
    known: dict[int, float] = {}
    return tuple(
        Split(each, spot.period, spot.skala, spot.total, spot.steps, _is_whole(each, spot))
        for each in recent_of(plan, year, at)
        if each.indicator.adds_up or each.indicator.måttenhet in _OTHERS
        for spot in _spots(plan, each.layout, year)
        if not _is_plain(each, spot, known)
    )


def _is_whole(each: Recent, spot: _Spot) -> bool:
    return spot.has_all and all(each.cell(n).värde is not None for n in spot.steps.values())


def _is_plain(each: Recent, spot: _Spot, known: dict[int, float]) -> bool:
    """Whether a total is clearly in order: what is reckoned in floats, as most are, is quick. (A
    comparison with what is not a number is false.)"""
    cells = each.series.cells
    try:
        whole, *steps = [known[id(cells[number])] for number in spot.numbers]
    except KeyError:
        if len(known) > _MOST_KEPT:
            known.clear()
        known.update((id(cell), _float(cell)) for cell in map(cells.__getitem__, spot.numbers))
        whole, *steps = [known[id(cells[number])] for number in spot.numbers]
    added = sum(steps)
    if each.indicator.adds_up:
        return abs(added - whole) < _HAIR
    if isnan(added):
        return False
    low, high = min(steps), max(steps)
    is_doubted = spot.skala == _OF_PERSONS and high - low > _FAR_APART
    others = _OTHERS[each.indicator.måttenhet]
    edge = (high - low) * _LEAST_WEIGHT if is_doubted else -others
    return low + edge <= whole <= high - edge


def _float(cell: Cell) -> float:
    """About what a cell says; not a number where it says nothing, or a share with its n."""
    if cell.värde is None or cell.av is not None:
        return nan
    return cell.värde.numerator / cell.värde.denominator
