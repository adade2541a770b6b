"""Values that their unit cannot have, or that are written otherwise than the plan says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kvalitet.findings import Finding, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.rules.figures.recent import (
    A_SHARE,
    ABOVE_ALL,
    BELOW_ZERO,
    COUNTED,
    ONE_DECIMAL,
    OUTCOME,
    SHARE,
    Recent,
    decimals,
    groups,
    has_rows,
    recent,
    says,
    some,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell

_CHANGES = re.compile(
    r"förändr|netto|skillnad|differens|saldo|balans|avvik|resultat|ökning|minskning|jämför|över|"
    r"under|plus|minus|poäng|index|temperatur",
    re.IGNORECASE,
)
"""What a number that may be below zero is mostly called."""

_OF_A_PLAN = re.compile(r"budget|plan|mål|kapacitet|belägg|plats|norm|resurs", re.IGNORECASE)
"""What a part may exceed."""

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_OF_SHARES = re.compile(r"procent|promille|andel|%", re.IGNORECASE)
_PER_CENT = 100


@rule("R403", "ids", concerns=has_rows)
def impossible_value(case: Case) -> Iterator[Finding]:
    """A value that its unit cannot have: a share outside 0 to 100, a number of things below zero,
    or 7.301 of them, which is read as a little more than seven."""
    for each in recent(case):
        for numbers in each.by_file(impossible(case.plan, each)):
            texts = [each.cell(number).text for number in numbers]
            message = f"{each.indicator.id} kan inte vara {some(texts)}"
            hint = _why_impossible(each, numbers[0])
            yield found("R403", each.place(numbers[0]), message, hint, about=each.indicator.id)


def impossible(plan: Plan, each: Recent) -> Sequence[int]:
    """The rows of an indicator with values that it cannot have."""
    unit, kinds = each.indicator.måttenhet, each.kinds
    if unit == SHARE and any(kind & (BELOW_ZERO | ABOVE_ALL) for kind in kinds):
        outside = [n for n in each.numbers if _is_no_share(each.cell(n))]
        return outside if _is_a_part(each) else ()
    if unit != COUNTED or not any(kind & BELOW_ZERO or kind >= ONE_DECIMAL for kind in kinds):
        return ()
    thousands = [] if each.indicator.decimaler else _with_thousands(plan, each)
    below = [n for n in each.numbers if _is_below_zero(each.cell(n))]
    is_rare = not plan.gaps.data and 2 * len(below) < len(each.numbers)
    if below and is_rare and not _may_be_below_zero(plan, each.indicator):
        return sorted({*thousands, *below})
    return thousands


def _is_no_share(cell: Cell) -> bool:
    value = cell.värde
    return value is not None and not 0 <= value.numerator <= _PER_CENT * value.denominator


def _is_below_zero(cell: Cell) -> bool:
    return cell.värde is not None and cell.värde.numerator < 0


def _with_thousands(plan: Plan, each: Recent) -> list[int]:
    """Numbers of things that look like thousands, among numbers that are whole."""
    parts = [n for n in each.numbers if _has_more(each.cell(n), 0)]
    if not _is_odd(plan, each, parts, "måttenhet"):
        return []
    return [n for n in parts if _THOUSANDS.fullmatch(each.cell(n).text)]


def _is_a_part(each: Recent) -> bool:
    """Whether the percentages are of a whole, and not of a change or of a plan."""
    name = each.indicator.namn
    if name.casefold().startswith("andel") and not _OF_A_PLAN.search(name):
        return True
    cells = (each.cell(number) for number in each.numbers)
    return any(cell.av is not None or cell.antal_svar is not None for cell in cells)


def _may_be_below_zero(plan: Plan, indicator: Indikator) -> bool:
    """Whether the name of a number, or a target, tells that it may be below zero."""
    group: Any = plan.things.get(groups(plan).get(indicator.id, ""))
    texts = (indicator.namn, *indicator.beskrivning.values(), group.namn if group else "")
    targets = (each for dated in indicator.målvärden.values() for each in dated.values())
    bounds = (bound for each in targets for bound in (each.lägst, each.högst) if bound is not None)
    return any(map(_CHANGES.search, texts)) or any(bound < 0 for bound in bounds)


def _why_impossible(each: Recent, number: int) -> str:
    cell = each.cell(number)
    if each.indicator.måttenhet == SHARE:
        return "En andel ligger mellan 0 och 100 %. Rätta värdet, eller enheten i planen."
    if _is_below_zero(cell):
        return "Ett antal är inte mindre än noll. Är det en förändring, säg det i namnet."
    whole = cell.text.replace(".", " ").replace(",", " ")
    return f"Skriv {whole} om det är tusental, annars decimaler: 3 i planen."


@rule("R404", "ids", concerns=has_rows)
def more_decimals(case: Case) -> Iterator[Finding]:
    """Values with more decimals than the indicator's `decimaler`, among values that have no more;
    and, where no decimals are said, of numbers of things and of surveys: print would round them."""
    for each in recent(case):
        indicator = each.indicator
        if max(each.kinds) < (indicator.decimaler + 1) * ONE_DECIMAL:
            continue
        is_said = says(case.plan, indicator.id, "decimaler")
        if not is_said and indicator.måttenhet != COUNTED and indicator.svarsskala is None:
            continue
        more = (n for n in each.numbers if _has_more(each.cell(n), indicator.decimaler))
        odd = [n for n in more if each.key(n).serie == OUTCOME]
        if not _is_odd(case.plan, each, odd, "" if is_said else "måttenhet"):
            continue
        untold = (n for n in odd if not _is_told_otherwise(each, each.cell(n)))
        for numbers in each.by_file(untold):
            yield _rounded(each, numbers)


def _is_odd(plan: Plan, each: Recent, odd: Sequence[int], key: str) -> bool:
    """Whether some values are at odds with what a key says, where it is written, or else with most
    of the others, where all are known."""
    if key and says(plan, each.indicator.id, key):
        return True
    return not plan.gaps.data and 2 * len(odd) <= len(each.numbers)


def _has_more(cell: Cell, most: int) -> bool:
    value = cell.värde
    if value is None or value.denominator == 1 or cell.av is not None:
        return False
    return decimals(value) > most


def _is_told_otherwise(each: Recent, cell: Cell) -> bool:
    """Whether another rule tells what is wrong: R403 of thousands, R415 of per cent."""
    is_count = each.indicator.måttenhet == COUNTED and not each.indicator.decimaler
    is_thousands = is_count and _THOUSANDS.fullmatch(cell.text) is not None
    return is_thousands or (cell.text.endswith("%") and each.indicator.måttenhet != SHARE)


def _rounded(each: Recent, numbers: Sequence[int]) -> Finding:
    said = each.indicator.decimaler
    texts = [each.cell(number).text for number in numbers]
    has = "inga decimaler" if not said else "1 decimal" if said == 1 else f"{said} decimaler"
    message = f"{each.indicator.id} har {has}, men i data står {some(texts)}"
    needed = max(decimals(value) for n in numbers if (value := each.cell(n).värde) is not None)
    hint = f"Kontrollera värdet, eller skriv decimaler: {min(needed, 6)} i planen."
    return found("R404", each.place(numbers[0]), message, hint, about=each.indicator.id)


@rule("R415", "ids", concerns=has_rows)
def other_unit(case: Case) -> Iterator[Finding]:
    """Values written as shares, of an indicator that is none."""
    for each in recent(case):
        unit = each.indicator.måttenhet
        if not any(kind & A_SHARE for kind in each.kinds) or _OF_SHARES.search(unit):
            continue
        odd = [n for n in each.numbers if _is_share(each.cell(n))]
        for numbers in each.by_file(odd):
            texts = [each.cell(number).text for number in numbers]
            message = f"{each.indicator.id} har enheten {unit}, men i data står {some(texts)}"
            hint = "Skriv talet utan %, eller måttenhet: procent i planen."
            yield found("R415", each.place(numbers[0]), message, hint, about=each.indicator.id)


def _is_share(cell: Cell) -> bool:
    return cell.av is not None or cell.text.endswith("%")
