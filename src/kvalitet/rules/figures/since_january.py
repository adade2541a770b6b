"""Values since 1 January that fall, and values of one and the same day that differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.model.indicator import ON_A_DAY, SINCE_JANUARY, Indikator
from kvalitet.period import Period
from kvalitet.rules.figures.recent import Recent, has_lengths, recent
from kvalitet.rules.figures.relations import lines, slack
from kvalitet.rules.figures.rows import COUNTED, MEAN, SHARE, in_row
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import date_text, more

_MAY_FALL = (SHARE, MEAN, "index", "tkr")
_A_BALANCE = re.compile(r"netto|saldo|förändring|skillnad|differens|balans", re.IGNORECASE)
"""Names of numbers that may fall though they are counted since January."""
_A_MEAN = re.compile(
    r"snitt|medel|median|\bper\b|/|%|‰|procent|promille|andel|kvot|grad|index|poäng|betyg|tid\b"
    r"|tiden\b|ålder|\b(?:m|t|k)?kr\b|kron|miljon",
    re.IGNORECASE,
)
"""Words of names and units of what does not only grow from January on."""
_MEANT = {
    SINCE_JANUARY: "fast båda räknas från årsskiftet till den {}",
    ON_A_DAY: "fast båda är läget den {}",
}


@rule("R419", "ids", "data", concerns=has_lengths)
def falling_since_january(case: Case) -> Iterator[Finding]:
    """A number since 1 January (example README, `typ: ackumulerat`) that is smaller than earlier in
    the year, of all or of a step, without `anm`. Not where one of the two is a correction: what
    came before is not always corrected too. Those of an indicator are one finding."""
    for each in recent(case):
        pairs = falls(each)
        if pairs:
            before, now = pairs[0]
            message = (
                f"{in_row(case.plan, each.indicator.id)}{_steps(each, now)} räknas från årsskiftet,"
                f" men sjunker från {_told(each, before)} till {_told(each, now)}"
            )
            also = more(len(pairs) - 1, "gång", "gånger")
            hint = "Kontrollera värdena. Gäller varje rad bara sin period, skriv typ: period."
            other, id = each.place(before), each.indicator.id
            yield found("R419", each.place(now), message + also, hint, other, about=id)


def falls(each: Recent) -> Sequence[tuple[int, int]]:
    """The rows of a number since 1 January that are smaller than one before in the year, each after
    that one; what R405 tells of is not among them."""
    indicator = each.indicator
    if indicator.typ != SINCE_JANUARY or not _is_number(indicator):
        return ()
    if _A_BALANCE.search(indicator.namn):
        return ()
    odd = {number for pair in _contrary(each) for number in pair}
    pairs = ((line[one], line[two]) for line in lines(each) for one, two in pairwise(sorted(line)))
    return [pair for pair in pairs if odd.isdisjoint(pair) and _is_fall(each, *pair)]


def _is_number(indicator: Indikator) -> bool:
    """Whether an indicator counts: one with a unit of its own (example README, `måttenhet`) may be
    a mean, unless it says that it adds up, or has no decimals and no word of a mean."""
    unit = indicator.måttenhet
    if unit == COUNTED or unit in _MAY_FALL or indicator.summeras is not None:
        return (unit == COUNTED or bool(indicator.summeras)) and unit not in _MAY_FALL
    return not (indicator.decimaler or _A_MEAN.search(f"{indicator.namn} {unit}"))


def _is_fall(each: Recent, before: int, now: int) -> bool:
    keys = each.key(before), each.key(now)
    values = each.cell(before).värde, each.cell(now).värde
    if values[0] is None or values[1] is None or values[1] >= values[0]:
        return False
    is_same_year = keys[0].period.year == keys[1].period.year
    is_told_alike = keys[0].gäller_från == keys[1].gäller_från
    return is_same_year and is_told_alike and not each.cell(now).anm


@rule("R405", "ids", "data", concerns=has_lengths)
def two_values_of_a_day(case: Case) -> Iterator[Finding]:
    """Two rows that end the same day and differ, though the indicator counts from 1 January or is
    told of a period's last day (example README, `typ`): both speak of the same time. Not with
    `anm`, nor where one of them is a correction."""
    for each in recent(case):
        for one, other in _contrary(each):
            day = date_text(each.key(one).period.last)
            message = (
                f"{in_row(case.plan, each.indicator.id)}{_steps(each, one)} är "
                f"{_told(each, other)} men {_told(each, one)}, "
                f"{_MEANT[each.indicator.typ].format(day)}"
            )
            hint = "Ta bort den ena raden, eller rätta den som är fel."
            place, id = each.place(one), each.indicator.id
            yield found("R405", place, message, hint, each.place(other), about=id)


def _contrary(each: Recent) -> Iterator[tuple[int, int]]:
    """The rows of one day that differ, the one that is written last first."""
    if each.indicator.typ not in _MEANT:
        return
    for line in lines(each):
        for numbers in _by_day(line).values():
            for one, other in combinations(sorted(numbers, reverse=True), 2):
                if _differ(each, one, other):
                    yield one, other


def _by_day(line: Mapping[Period, int]) -> Mapping[date, Sequence[int]]:
    days: defaultdict[date, list[int]] = defaultdict(list)
    for period, number in line.items():
        if period.first.year == period.last.year:
            days[period.last].append(number)
    return days


def _differ(each: Recent, one: int, other: int) -> bool:
    cells, keys = (each.cell(one), each.cell(other)), (each.key(one), each.key(other))
    values = [cell.värde for cell in cells if cell.värde is not None]
    if len(values) < len(cells) or keys[0].gäller_från != keys[1].gäller_från:
        return False
    if any(cell.anm for cell in cells):
        return False
    return abs(values[0] - values[1]) > sum(slack(each.indicator, value) for value in values)


def _steps(each: Recent, number: int) -> str:
    return "".join(f", {step}," for _, step in each.key(number).uppdelning)


def _told(each: Recent, number: int) -> str:
    cell = each.cell(number)
    text = cell.text if cell.av is not None or cell.värde is None else exact_text(cell.värde)
    return f"{text} i {each.key(number).period}"
