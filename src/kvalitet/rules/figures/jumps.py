"""Values that have jumped since the period before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks
from kvalitet.model.indicator import SINCE_JANUARY, Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.recent import (
    Layout,
    Recent,
    has_rows,
    is_off,
    recent,
)
from kvalitet.rules.figures.relations import at_odds
from kvalitet.rules.figures.rows import MEAN, OUTCOME, SHARE, in_row, words
from kvalitet.rules.figures.since_january import falls
from kvalitet.rules.figures.values import impossible
from kvalitet.rules.figures.written import decimals, floats
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell
from kvalitet.svenska import some

_AVERAGES = (MEAN, "index")
_FEW = 20
"""Below so many, a number of things or of answers says little of a change."""
_FEW_PER_CENT = 5
_PER_CENT = 100
_NEAR = 2
_A_NAME = 4
_SENTENCE = re.compile(r"[.!?]\s|\n")
_NEARLY = 1 - 1e-9
_SAME_LENGTH = 3
"""Days by which months, and tertials, differ."""


@rule("R410", "ids", "data", "report", concerns=has_rows, limit=3)
def jump(case: Case) -> Iterator[Finding]:
    """A value of the report's period that is more than `gräns` times the one before it, or less
    than a part of it as small, without `anm` or words about the indicator in the report. A season
    that comes every year is no jump. A share that is written as a part of 1 is told by R404, and
    what is at odds with other figures by R406."""
    for each in recent(case):
        jumps = _jumps(case, each)
        if jumps and not is_off(case, "R404"):
            jumps = [pair for pair in jumps if hundredfold(each, pair[1]) is None]
        if jumps:
            yield _of_jumps(case.plan, each, jumps)


def jumping(case: Case, each: Recent) -> Collection[int]:
    """The rows of an indicator to which its values jump; none where it is not known."""
    if case.newest is None or case.plan.gaps.data or is_off(case, "R410"):
        return ()
    return {later for _, later in _jumps(case, each) if hundredfold(each, later) is None}


def hundredfold(each: Recent, number: int) -> Fraction | None:
    """A share in per cent that is written as a part of 1 among others that are not: 7,1 for 0,071,
    which has more decimals than the indicator."""
    cell, most = each.cell(number), each.indicator.decimaler
    if each.indicator.måttenhet != SHARE or cell.värde is None or not 0 < cell.värde < 1:
        return None
    meant = _PER_CENT * cell.värde
    if cell.av is not None or decimals(cell.värde) <= most or decimals(meant) > most:
        return None
    others = (each.cell(other).värde for other in each.numbers if other != number)
    is_near = any(other and meant <= _NEAR * other and other <= _NEAR * meant for other in others)
    return meant if is_near else None


def _jumps(case: Case, each: Recent) -> Sequence[tuple[int, int]]:
    plan, most = case.plan, case.limit("R410")
    pairs = _far_apart(plan, each, _pairs(plan, each.layout, case.report), most)
    is_sum = each.indicator.typ == SINCE_JANUARY
    is_jump = _is_leap if is_sum else _is_jump
    jumps = [pair[:2] for pair in pairs if is_jump(plan, each, pair, most)]
    if not jumps or _is_spoken_of(case, each.indicator):
        return ()
    fallen = () if is_off(case, "R419") else (now for _, now in falls(each))
    told, at_odds_with = {*impossible(plan, each), *fallen}, at_odds(case, each.indicator.id)
    return [
        pair
        for pair in jumps
        if told.isdisjoint(pair)
        and (each.path(pair[1]), each.series.lines[pair[1]]) not in at_odds_with
    ]


def _is_spoken_of(case: Case, indicator: Indikator) -> bool:
    """Whether words of the report are about an indicator or its group, or a sentence that does more
    than print a figure names it."""
    plan, at = case.plan, case.report
    if words(plan, indicator.id, at):
        return True
    name = indicator.namn.casefold()
    said = (entry.text.casefold() for entry in plan.uppföljning.get(at, {}).values())
    sentences = (one for text in said if name in text for one in _SENTENCE.split(text))
    of_it = (one for one in sentences if "{{" not in one)
    return len(name) >= _A_NAME and any(re.search(rf"\b{re.escape(name)}", one) for one in of_it)


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


def _far_apart(plan: Plan, each: Recent, pairs: Sequence[_Pair], most: Fraction) -> Sequence[_Pair]:
    """The pairs that may be a jump: what is reckoned in floats, as all are, is quick."""
    cells, factor = each.series.cells, float(most) * _NEARLY
    earlier = floats(plan, cells, [pair[0] for pair in pairs])
    later = floats(plan, cells, [pair[1] for pair in pairs])
    values = zip(pairs, earlier, later, strict=True)
    return [pair for pair, one, two in values if one > factor * two or two > factor * one]


def _is_jump(plan: Plan, each: Recent, pair: _Pair, most: Fraction) -> bool:
    before, now, season = pair
    if not _is_far(each, before, now, most):
        return False
    if season is not None and not _is_far(each, season, now, most):
        return False
    return not _is_new(plan, each, each.key(before).period, each.key(now).period)


def _is_leap(plan: Plan, each: Recent, pair: _Pair, most: Fraction) -> bool:
    """Whether a sum since 1 January has grown so that it has risen by far more a day than before,
    and did not do so the year before."""
    before, now, season = pair
    days = [each.key(number).period.last.timetuple().tm_yday for number in (before, now)]
    is_same_year = each.key(before).period.year == each.key(now).period.year
    pace = most * days[1] / days[0]
    if not is_same_year or not _is_far(each, before, now, pace):
        return False
    if season is not None and not _is_far(each, season, now, most):
        return False
    is_growing = _value(each, now) > _value(each, before)
    return is_growing and not _is_new(plan, each, each.key(before).period, each.key(now).period)


def _value(each: Recent, number: int) -> Fraction:
    return each.cell(number).värde or Fraction()


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


def _of_jumps(plan: Plan, each: Recent, jumps: Sequence[tuple[int, int]]) -> Finding:
    told = [
        f"från {each.cell(one).text} i {each.key(one).period}"
        f" till {each.cell(other).text} i {each.key(other).period}"
        for one, other in jumps
    ]
    message = f"{in_row(plan, each.indicator.id)} hoppar {some(told)}"
    hint = "Kontrollera värdet. Är det rätt, skriv varför i kolumnen anm."
    one, other = jumps[0]
    return found("R410", each.place(other), message, hint, each.place(one), about=each.indicator.id)
