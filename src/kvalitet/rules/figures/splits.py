"""Breakdowns that cannot give the total that stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.rules.figures.breakdowns import FAR_APART, HAIR, OF_PERSONS, OTHERS, Split, splits
from kvalitet.rules.figures.recent import (
    has_breakdowns,
    year_of,
)
from kvalitet.rules.figures.rows import COUNTED, SHARE, in_row
from kvalitet.rules.figures.written import decimals
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell
from kvalitet.svenska import some

_LEAST_WEIGHT = 0.1
_EVEN = (0.25, 0.75)
_FIFTIETH = 50
_PER_CENT = 100
_Why = Callable[[Split], "str | None"]


@rule("R407", "ids", "data", concerns=has_breakdowns)
def impossible_split(case: Case) -> Iterator[Finding]:
    """Numbers of the steps of a scale that are more than the total: where `summeras` says that they
    add up, and of shares by sex that are told with their n; or less, where it is told of how many
    all of them are."""
    yield from _told(case, "R407", _impossible)


@rule("R408", "ids", "data", concerns=has_breakdowns)
def doubtful_split(case: Case) -> Iterator[Finding]:
    """Numbers of all the steps that are less than the total, so that some belong to none of them;
    a share or a mean that lies outside those of the steps that it is made of, or between them
    where nearly all would belong to one step and a share's complement fits better."""
    yield from _told(case, "R408", _doubtful)


def _told(case: Case, code: str, why: _Why) -> Iterator[Finding]:
    """One finding of an indicator and a scale: its first period, and how many more there are."""
    faults: defaultdict[tuple[str, str], list[tuple[Split, str]]] = defaultdict(list)
    for split in splits(case.plan, year_of(case), case.at):
        if (told := why(split)) and not split.is_explained:
            faults[split.of.indicator.id, split.skala].append((split, told))
    for (id, skala), of_it in faults.items():
        split, told = of_it[0]
        more = [each.period for each, _ in of_it[1:]]
        also = f" Se även {some(more)}." if more else ""
        step = next(iter(split.steps.values()))
        message = f"{in_row(case.plan, id)} efter {skala} i {split.period}: {told}"
        hint = f"Kontrollera raderna, eller skriv skälet i kolumnen anm.{also}"
        place, other = split.of.place(split.total), split.of.place(step)
        yield found(code, place, message, hint, other, about=id)


@dataclass(frozen=True, slots=True)
class _Sum:
    """How a sum differs from the total, and whether there cannot be a reason for it."""

    why: str
    is_impossible: bool


def _impossible(split: Split) -> str | None:
    """Why numbers cannot add up."""
    odd = _not_the_sum(split)
    return odd.why if odd and odd.is_impossible else None


def _doubtful(split: Split) -> str | None:
    """Why numbers may not add up, or a share or a mean is doubtful."""
    odd = _not_the_sum(split)
    if odd:
        return None if odd.is_impossible else odd.why
    return _not_between(split)


def _not_the_sum(split: Split) -> _Sum | None:
    """How numbers do not add up."""
    indicator, cells, total = split.of.indicator, split.cells, split.totalcell
    if indicator.adds_up:
        return _sums_to(split, [cell.värde for cell in cells], total.värde)
    if indicator.måttenhet != SHARE or split.skala != OF_PERSONS or not split.is_whole:
        return None
    if total.av is None or any(cell.av is None for cell in cells) or split.is_of_one_n:
        return None
    wholes = _sums_to(split, [cell.av for cell in cells], total.av)
    parts = _sums_to(split, [cell.antal for cell in cells], total.antal)
    if parts is None or (wholes and wholes.is_impossible):
        return wholes
    if wholes is None:
        return _Sum(parts.why + _complement_of_n(cells, total), True)
    without = total.av - sum((cell.av for cell in cells if cell.av), Fraction())
    counted = sum((cell.antal for cell in cells if cell.antal), Fraction())
    is_more = parts.is_impossible or (total.antal or 0) - counted > without
    return _Sum(parts.why, True) if is_more else wholes


def _complement_of_n(cells: Sequence[Cell], total: Cell) -> str:
    rest = sum(
        (cell.av - cell.antal for cell in cells if cell.av and cell.antal is not None), Fraction()
    )
    return ". Står de som inte är det?" if rest == total.antal else ""


def _sums_to(split: Split, terms: Sequence[Fraction | None], total: Fraction | None) -> _Sum | None:
    """How terms do not give a total: of all steps their sum is another, of some it is larger."""
    known = [term for term in terms if term is not None]
    if total is None or not known:
        return None
    added = sum(known[1:], known[0])
    if added == total:
        return None
    is_more = added > total and min(known) >= 0
    if not (split.is_whole or is_more):
        return None
    is_count = split.of.indicator.måttenhet == COUNTED
    is_exact = is_count and all(term.denominator == 1 for term in (*known, total))
    digits = min(split.of.indicator.decimaler, max(map(decimals, (*known, total))))
    slack = 0 if is_exact else Fraction(len(known) + 1, 2 * 10**digits)
    if abs(added - total) <= slack:
        return None
    if len(known) == 1:
        step = next(name for name, term in zip(split.steps, terms, strict=True) if term is not None)
        sum_of = f"{step} är {exact_text(added)}"
    else:
        sum_of = f"{' + '.join(map(exact_text, known))} är {exact_text(added)}"
    return _Sum(f"{sum_of}, men totalen är {exact_text(total)}", is_more)


def _not_between(split: Split) -> str | None:
    """Why a share or a mean is doubtful."""
    indicator, total = split.of.indicator, split.totalcell.värde
    if indicator.måttenhet not in OTHERS or indicator.adds_up or not split.is_whole:
        return None
    known = [cell.värde for cell in split.cells if cell.värde is not None]
    if total is None or len(known) < 2:
        return None
    if min(known) <= total <= max(known):
        return _uneven(split, known, total) if len(known) == 2 else None
    if split.is_of_one_n or _is_of_all(split, known, total):
        return None
    others = OTHERS[indicator.måttenhet]
    slack = others if indicator.måttenhet == SHARE else max(others, float(abs(total)) / _FIFTIETH)
    low, high = float(min(known)) - slack - HAIR, float(max(known)) + slack + HAIR
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
    if split.skala != OF_PERSONS or split.of.indicator.måttenhet != SHARE:
        return None
    if all(cell.av is not None for cell in cells) or abs(known[1] - known[0]) <= FAR_APART:
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
