"""Values that their unit cannot have, or that are written otherwise than the plan says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import value
from kvalitet.model.indicator import ON_A_DAY, Indikator
from kvalitet.model.plan import Plan
from kvalitet.rules.figures.recent import (
    Recent,
    doubtful,
    has_indicators,
    has_rows,
    own_indicators,
    own_place,
    recent,
    says,
)
from kvalitet.rules.figures.rows import COUNTED, SHARE, called, groups, in_row
from kvalitet.rules.figures.written import A_SHARE, ABOVE_ALL, BELOW_ZERO, ONE_DECIMAL, decimals
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell
from kvalitet.svenska import some

_CHANGES = re.compile(
    r"förändr|netto|skillnad|differens|saldo|balans|avvik|resultat|\bök|ökning|minsk|jämför|"
    r"i förhållande|föregående|förra|fjol|plus|minus|poäng|index|temperatur|utveckling|tillväxt|"
    r"trend|effekt|marginal|\bmot\b",
    re.IGNORECASE,
)
"""What a value that may be below zero, or above all, is mostly called."""

_BELOW_OR_ABOVE = re.compile(r"över|under", re.IGNORECASE)
"""What a number of things that may be below zero is also called."""

_OF_TIME = re.compile(r"frånvaro", re.IGNORECASE)
"""What is a part of a time, and so of a whole."""

_OF_A_PLAN = re.compile(r"budget|plan|mål|kapacitet|belägg|plats|norm|resurs", re.IGNORECASE)
"""What a part may exceed."""

THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_OF_SHARES = re.compile(r"procent|promille|andel|%", re.IGNORECASE)
_PER_CENT = 100


@rule("R403", "ids", concerns=has_rows)
def impossible_value(case: Case) -> Iterator[Finding]:
    """A value that its unit cannot have: a share outside 0 to 100 that tells of how many it is, a
    number of things below zero, or 7.301 of them, which is read as a little more than seven."""
    for each in recent(case):
        wrong = impossible(case.plan, each)
        certain = [n for n in wrong if _is_certain(each, n)] if wrong else ()
        for numbers in each.by_file(certain):
            yield _told(case.plan, "R403", each, numbers, "kan inte vara")


@rule("R409", "ids", concerns=has_rows)
def doubtful_value(case: Case) -> Iterator[Finding]:
    """A percentage outside 0 to 100 of what seems to be a part of a whole: its name says so, or
    other rows tell of how many they are."""
    for each in recent(case):
        wrong = impossible(case.plan, each)
        doubtful = [n for n in wrong if not _is_certain(each, n)] if wrong else ()
        for numbers in each.by_file(doubtful):
            yield _told(case.plan, "R409", each, numbers, "kan knappast vara")


@rule("R409", "ids", "data", "report", concerns=has_indicators)
def part_above_all(case: Case) -> Iterator[Finding]:
    """A computed share that is more than all at the report: its two sides may have changed places.
    What a `samband` says of them is told by R406."""
    plan, at = case.plan, case.report
    for indicator in own_indicators(plan):
        how = indicator.beräkning
        if not (how and how.täljare and how.nämnare) or indicator.måttenhet != SHARE:
            continue
        pair = {how.täljare, how.nämnare}
        if not _is_called_a_part(plan, indicator) or doubtful(plan) & {indicator.id, *pair}:
            continue
        share = value(plan, indicator.id, at, known_at=at)
        if share.antal is None or share.värde is None or share.värde <= _PER_CENT:
            continue
        orders = (relation.fallande for relation, _ in plan.samband)
        if not any(_is_above(how.nämnare, how.täljare, order) for order in orders):
            message = f"{called(plan, indicator.id)} är {share.with_count()} i {at}"
            hint = "Kontrollera: är täljare och nämnare i rätt ordning?"
            yield found("R409", own_place(plan, indicator.id, "beräkning"), message, hint)


def _is_above(one: str, other: str, order: Sequence[str]) -> bool:
    return {one, other} <= {*order} and order.index(one) < order.index(other)


def _told(plan: Plan, code: str, each: Recent, numbers: Sequence[int], verb: str) -> Finding:
    texts = [each.cell(number).text for number in numbers]
    message = f"{in_row(plan, each.indicator.id)} {verb} {some(texts)}"
    hint = _why_impossible(each, numbers[0])
    return found(code, each.place(numbers[0]), message, hint, about=each.indicator.id)


def impossible(plan: Plan, each: Recent) -> Sequence[int]:
    """The rows of an indicator with values that it cannot have, or most likely not."""
    unit, kinds = each.indicator.måttenhet, each.kinds
    if unit == SHARE and any(kind & (BELOW_ZERO | ABOVE_ALL) for kind in kinds):
        outside = [n for n in each.numbers if _is_no_share(each.cell(n))]
        return outside if _is_a_part(plan, each) else ()
    if unit != COUNTED or not any(kind & BELOW_ZERO or kind >= ONE_DECIMAL for kind in kinds):
        return ()
    thousands = [] if each.indicator.decimaler else _with_thousands(plan, each)
    below = [n for n in each.numbers if _is_below_zero(each.cell(n))]
    is_rare = not plan.gaps.data and 2 * len(below) - _is_stock(each) < len(each.numbers)
    if below and is_rare and not _may_be_below_zero(plan, each.indicator):
        return sorted({*thousands, *below})
    return thousands


def _is_certain(each: Recent, number: int) -> bool:
    """Whether a value that cannot be is so for sure: a number of things, or a share of a number."""
    return each.indicator.måttenhet == COUNTED or each.cell(number).antal_svar is not None


def _is_no_share(cell: Cell) -> bool:
    value = cell.värde
    return value is not None and not 0 <= value.numerator <= _PER_CENT * value.denominator


def _is_below_zero(cell: Cell) -> bool:
    return cell.värde is not None and cell.värde.numerator < 0


def _with_thousands(plan: Plan, each: Recent) -> list[int]:
    """Numbers of things that look like thousands, among numbers that are whole."""
    parts = [n for n in each.numbers if has_more(each.cell(n), 0)]
    if not is_odd(plan, each, parts, "måttenhet"):
        return []
    return [n for n in parts if THOUSANDS.fullmatch(each.cell(n).text)]


def _is_stock(each: Recent) -> bool:
    """Whether what is there on a day is counted: that is below zero less often than a flow."""
    return each.indicator.typ == ON_A_DAY


def _is_a_part(plan: Plan, each: Recent) -> bool:
    """Whether the percentages are of a whole, and not of a change or of a plan."""
    if _is_called_a_part(plan, each.indicator):
        return True
    if _is_change(plan, each.indicator) or _OF_A_PLAN.search(each.indicator.namn):
        return False
    cells = (each.cell(number) for number in each.numbers)
    return any(cell.av is not None or cell.antal_svar is not None for cell in cells)


def _is_called_a_part(plan: Plan, indicator: Indikator) -> bool:
    name = indicator.namn
    is_so = name.casefold().startswith("andel") or _OF_TIME.search(name) is not None
    return is_so and not (_OF_A_PLAN.search(name) or _is_change(plan, indicator))


def _is_change(plan: Plan, indicator: Indikator) -> bool:
    """Whether the names and words of an indicator, or a target, tell that it is a change."""
    targets = (each for dated in indicator.målvärden.values() for each in dated.values())
    bounds = (bound for each in targets for bound in (each.lägst, each.högst) if bound is not None)
    return any(map(_CHANGES.search, _texts(plan, indicator))) or any(bound < 0 for bound in bounds)


def _may_be_below_zero(plan: Plan, indicator: Indikator) -> bool:
    """Whether the same tells that a number of things may be below zero."""
    is_around = any(map(_BELOW_OR_ABOVE.search, _texts(plan, indicator)))
    return is_around or _is_change(plan, indicator)


def _texts(plan: Plan, indicator: Indikator) -> Sequence[str]:
    group: Any = plan.things.get(groups(plan).get(indicator.id, ""))
    return [indicator.namn, *indicator.beskrivning.values(), group.namn if group else ""]


def _why_impossible(each: Recent, number: int) -> str:
    cell = each.cell(number)
    if each.indicator.måttenhet == SHARE:
        way = "Rätta värdet, eller enheten i planen."
        if cell.antal_svar is not None:
            return f"En andel ligger mellan 0 och 100 %. {way}"
        return f"Kontrollera: en andel av något ligger mellan 0 och 100 %. {way}"
    if _is_below_zero(cell):
        return "Ett antal är inte mindre än noll. Är det en förändring, säg det i namnet."
    whole = cell.text.replace(".", " ").replace(",", " ")
    return f"Skriv {whole} om det är tusental, annars decimaler: 3 i planen."


def is_odd(plan: Plan, each: Recent, odd: Sequence[int], key: str) -> bool:
    """Whether some values are at odds with what a key says, where it is written, or else with most
    of the others, where all are known."""
    if key and says(plan, each.indicator.id, key):
        return True
    return not plan.gaps.data and 2 * len(odd) <= len(each.numbers)


def has_more(cell: Cell, most: int) -> bool:
    """Whether a value that was not computed has more decimals than so many."""
    value = cell.värde
    if value is None or value.denominator == 1 or cell.av is not None:
        return False
    return decimals(value) > most


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
            name = in_row(case.plan, each.indicator.id)
            message = f"{name} har enheten {unit}, men i data står {some(texts)}"
            cell = each.cell(numbers[0])
            just = "talet utan %" if cell.antal is None else f"bara {exact_text(cell.antal)}"
            hint = f"Skriv {just}, eller måttenhet: procent i planen."
            yield found("R415", each.place(numbers[0]), message, hint, about=each.indicator.id)


def _is_share(cell: Cell) -> bool:
    return cell.av is not None or cell.text.endswith("%")
