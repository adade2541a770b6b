"""Values that have jumped since the period before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.recent import OUTCOME, SHARE, Layout, Recent, has_rows, recent, some
from kvalitet.rules.figures.values import impossible
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell

_AVERAGES = ("medelvärde", "index")
_FEW = 20
"""Below so many, a number of things or of answers says little of a change."""
_FEW_PER_CENT = 5
_SAME_LENGTH = 3
"""Days by which months, and tertials, differ."""


@rule("R410", "ids", "data", "report", concerns=has_rows, limit=3)
def jump(case: Case) -> Iterator[Finding]:
    """A value of the report's period that is more than `gräns` times the one before it, or less
    than a part of it as small, without `anm`. A season that comes every year is no jump."""
    plan, most = case.plan, case.limit("R410")
    for each in recent(case):
        if each.indicator.typ != "ackumulerat":
            pairs = _pairs(plan, each.layout, case.report)
            jumps = [pair[:2] for pair in pairs if _is_jump(plan, each, pair, most)]
            told = set(impossible(plan, each)) if jumps else set()
            untold = [pair for pair in jumps if told.isdisjoint(pair)]
            if untold:
                yield _of_jumps(each, untold)


_Pair = tuple[int, int, int | None]
"""The rows of a period, of the one before it and of the same a year before."""


@remembered
def _pairs(_: Plan, layout: Layout, report: Period) -> Sequence[_Pair]:
    """The totals of the report's period that have one before them."""
    keys = ((number, layout.keys[number]) for number in layout.numbers)
    totals = {
        key.period: number for number, key in keys if key.serie == OUTCOME and not key.uppdelning
    }
    there = sorted(totals)
    begun: defaultdict[tuple[int, int], list[Period]] = defaultdict(list)
    for period in there:
        begun[period.first.month, period.first.day].append(period)
    pairs = []
    for place, now in enumerate(there):
        if report.first <= now.last <= report.last:
            earlier = (each for each in reversed(there[:place]) if _is_as_long(each, now))
            same_days = begun[now.first.month, now.first.day]
            seasons = (each for each in same_days if _is_year_before(each, now))
            before, season = next(earlier, None), next(seasons, None)
            if before:
                pairs.append((totals[before], totals[now], totals[season] if season else None))
    return pairs


def _is_jump(plan: Plan, each: Recent, pair: _Pair, most: Fraction) -> bool:
    before, now, season = pair
    if not _is_far(each, before, now, most):
        return False
    if season is not None and not _is_far(each, season, now, most):
        return False
    return not _is_new(plan, each, each.key(before).period, each.key(now).period)


def _is_as_long(one: Period, other: Period) -> bool:
    return abs(one.days - other.days) <= _SAME_LENGTH


def _is_year_before(earlier: Period, later: Period) -> bool:
    return earlier.year + 1 == later.year and _is_as_long(earlier, later)


def _is_new(plan: Plan, each: Recent, earlier: Period, later: Period) -> bool:
    """Whether a new definition begins between two periods."""
    news = breaks(plan, each.indicator.id)
    return any(earlier.last < new.first <= later.last for new in news)


def _is_far(each: Recent, one: int, other: int, most: Fraction) -> bool:
    """Whether two values differ by more than a factor, and not only since they are small."""
    cells = each.cell(one), each.cell(other)
    values = [cell.värde for cell in cells if cell.värde is not None and cell.värde.numerator > 0]
    if len(values) < 2 or any(cell.anm for cell in cells):
        return False
    nearly = (
        values[0].numerator * values[1].denominator,
        values[1].numerator * values[0].denominator,
    )
    if max(nearly) <= most * min(nearly):
        return False
    low, high = sorted(values)
    return not _are_small(each.indicator, cells, low, high)


def _are_small(indicator: Indikator, cells: Sequence[Cell], low: Fraction, high: Fraction) -> bool:
    """Whether chance alone may make such a difference."""
    if any(0 <= n < _FEW for cell in cells if (n := _behind(cell)) is not None):
        return True
    if indicator.måttenhet == SHARE:
        return high - low < _FEW_PER_CENT
    return indicator.måttenhet not in _AVERAGES and high < _FEW


def _behind(cell: Cell) -> Fraction | int | None:
    return cell.av if cell.av is not None else cell.antal_svar


def _of_jumps(each: Recent, jumps: Sequence[tuple[int, int]]) -> Finding:
    told = [
        f"från {each.cell(one).text} i {each.key(one).period}"
        f" till {each.cell(other).text} i {each.key(other).period}"
        for one, other in jumps
    ]
    message = f"{each.indicator.id} hoppar {some(told)}"
    hint = "Kontrollera värdet. Är det rätt, skriv varför i kolumnen anm."
    one, other = jumps[0]
    return found("R410", each.place(other), message, hint, each.place(one), about=each.indicator.id)
