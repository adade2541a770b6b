"""Values that are at odds with each other: relations that do not hold, sums of shorter periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kvalitet import svenska
from kvalitet.figure import Tal, exact_text
from kvalitet.findings import Finding, Place, found
from kvalitet.indicators import Uppdelning, breakdowns, is_whole, periods, value
from kvalitet.model.indicator import Indikator, Samband
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import FREQUENCIES, Period, fill
from kvalitet.rules.figures.recent import (
    SHORTEST_MONTH,
    Layout,
    Recent,
    doubtful,
    has_lengths,
    is_off,
    recent,
    year_of,
)
from kvalitet.rules.figures.rows import COUNTED, OUTCOME, in_row, place_of
from kvalitet.rules.figures.written import decimals
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import some

_ALL_DECIMALS = 12
"""As many as tell any value apart from another."""
_OFTEN = 3
"""A relation that was tried so many times and never held is most likely the fault itself."""


@rule("R405", "ids", "data", concerns=has_lengths)
def total_and_parts_over_time(case: Case) -> Iterator[Finding]:
    """A row of a longer period that is not the sum of those that fill it, where values add up over
    time."""
    for each in recent(case):
        if each.indicator.adds_up_over_time:
            yield from _other_than_its_parts(case.plan, each)


def _other_than_its_parts(plan: Plan, each: Recent) -> Iterator[Finding]:
    for number, parts, added in _odd_totals(plan, each):
        total, period = each.cell(number).värde or Fraction(), each.key(number).period
        message = (
            f"{in_row(plan, each.indicator.id)} är {exact_text(total)} i {period}, men"
            f" {parts[0]} till {parts[-1]} är tillsammans {exact_text(added)}"
        )
        hint = (
            "Kontrollera raderna. Kan samma person räknas flera gånger, skriv"
            " summeras: nej i planen."
        )
        yield found("R405", each.place(number), message, hint, about=each.indicator.id)


def _odd_totals(plan: Plan, each: Recent) -> Iterator[tuple[int, Sequence[Period], Fraction]]:
    """The rows that are not the sum of those that fill their period, what fills it, and the sum."""
    for line in lines(each) if _has_several_lengths(plan, each.layout) else ():
        for period in sorted(line):
            parts = _filling(each, line, period)
            cells = [each.cell(line[part]) for part in parts]
            total = each.cell(line[period])
            terms = [cell.värde for cell in cells if cell.värde is not None]
            if total.värde is None or not parts or len(terms) < len(parts) or total.anm:
                continue
            added = sum(terms, Fraction())
            most = sum((slack(each.indicator, term) for term in (*terms, total.värde)), Fraction())
            if abs(added - total.värde) > most:
                yield line[period], parts, added


@remembered
def _has_several_lengths(_: Plan, layout: Layout) -> bool:
    days = {layout.keys[number].period.days // SHORTEST_MONTH for number in layout.numbers}
    return len(days) > 1


def _filling(each: Recent, line: dict[Period, int], period: Period) -> Sequence[Period]:
    """The shorter periods of one frequency with rows that fill a period, () where some lack."""
    frekvens = each.indicator.frekvens
    for shorter in (frekvens,) if frekvens else reversed(FREQUENCIES):
        within = (part for part in line if part != period and period.contains(part))
        parts = sorted(part for part in within if part.frekvens == shorter)
        if parts and fill(period, parts):
            return parts
    return ()


def lines(each: Recent) -> Iterator[dict[Period, int]]:
    """The rows of utfall by period, of the total and of each step."""
    lines: defaultdict[Uppdelning, dict[Period, int]] = defaultdict(dict)
    for number in each.numbers:
        key = each.key(number)
        if key.serie == OUTCOME:
            lines[key.uppdelning][key.period] = number
    yield from lines.values()


def slack(indicator: Indikator, term: Fraction) -> Fraction:
    """How much a value may have been rounded off: half of its last printed decimal, of a number of
    things nothing."""
    if indicator.måttenhet == COUNTED and term.denominator == 1:
        return Fraction()
    return Fraction(1, 2 * 10 ** min(indicator.decimaler, decimals(term)))


def _has_relations(case: Case) -> bool:
    return bool(case.plan.samband)


@rule("R406", "ids", "data", concerns=_has_relations)
def broken_relation(case: Case) -> Iterator[Finding]:
    """A `samband` that does not hold in a period where all have a value, within the rounding of the
    printed decimals (design 3.11). Where it never holds, it is told where it stands itself."""
    plan = case.plan
    for relation, place in plan.samband:
        number, ids = _number(relation.är), _ids(relation)
        if not _are_known(plan, ids):
            continue
        tried = list(_tried(case, relation, ids, number))
        faults = [fault for fault in tried if fault]
        told = set() if not faults or is_off(case, "R405") else _told_already(case, ids)
        untold = [fault for fault in faults if told.isdisjoint(fault.rows)]
        if untold:
            never_holds = len(faults) == len(tried) >= _OFTEN
            yield _told(relation, place, untold, never_holds)


def at_odds(case: Case, id: str) -> set[tuple[str, int]]:
    """The rows, by file and line, of the relations of an indicator that R406 tells do not hold."""
    plan = case.plan
    rows: set[tuple[str, int]] = set()
    for relation, _ in plan.samband if not is_off(case, "R406") else ():
        number, ids = _number(relation.är), _ids(relation)
        if id in ids and not any(
            not is_whole(plan, each) or each in doubtful(plan) for each in ids
        ):
            rows.update(*(fault.rows for fault in _tried(case, relation, ids, number) if fault))
    return rows


def _are_known(plan: Plan, ids: Sequence[str]) -> bool:
    return all(is_whole(plan, id) and id not in doubtful(plan) for id in ids)


def _ids(relation: Samband) -> tuple[str, ...]:
    total = (relation.är,) if relation.är and _number(relation.är) is None else ()
    return (*relation.summa, *relation.fallande, *total)


def _told_already(case: Case, ids: Sequence[str]) -> set[tuple[str, int]]:
    """The rows of some indicators that R405 tells of."""
    return {
        (each.path(number), each.series.lines[number])
        for each in recent(case)
        if each.indicator.id in ids and each.indicator.adds_up_over_time
        for number, _, _ in _odd_totals(case.plan, each)
    }


@dataclass(frozen=True, slots=True)
class _Fault:
    """When, and of which step, a relation does not hold; whose value is at odds, which, and how."""

    period: Period
    uppdelning: Uppdelning
    id: str
    tal: Tal
    why: str
    rows: Collection[tuple[str, int]]


def _tried(
    case: Case, relation: Samband, ids: Sequence[str], number: Fraction | None
) -> Iterator[_Fault | None]:
    """Each time that a relation is tried, and how it does not hold then."""
    plan = case.plan
    units = {each.måttenhet for id in ids if (each := plan.get(Indikator, id))}
    is_split = number is None and units <= {COUNTED, "tkr"}
    split = [set(breakdowns(plan, id)) for id in ids] if is_split else []
    for uppdelning in ((), *sorted(set.intersection(*split) if split else ())):
        since, at = year_of(case) - 1, case.at
        told = [periods(plan, id, known_at=at, uppdelning=uppdelning) for id in ids]
        asked = {period for each in told for period in each if period.year >= since}
        values = [_values(case, id, uppdelning, asked) for id in ids]
        for period in sorted(set.intersection(*map(set, values))):
            terms = [each[period] for each in values]
            if plan.parts and _is_of_parts(plan, terms):
                continue
            odd = _fall(terms) if relation.fallande else _sum(terms, number)
            if odd is None:
                yield None
                continue
            place, why = odd
            rows = {row for tal in terms for row in tal.källor}
            yield _Fault(period, uppdelning, ids[place], terms[place], why, rows)


def _is_of_parts(plan: Plan, terms: Sequence[Tal]) -> bool:
    """Whether all values are totals of the plan's parts, which have the relation too: it is told
    in the part where it does not hold."""
    own = f"data/{plan.mapp}/"
    return not any(path.startswith(own) for tal in terms for path, _ in tal.källor)


def _values(
    case: Case, id: str, uppdelning: Uppdelning, asked: Collection[Period]
) -> dict[Period, Tal]:
    """The values of an indicator for just those periods that are asked for, where it has any."""
    of_each = (
        (period, value(case.plan, id, period, known_at=case.at, uppdelning=uppdelning))
        for period in asked
    )
    return {
        period: tal for period, tal in of_each if tal.värde is not None and tal.period == period
    }


def _fall(terms: Sequence[Tal]) -> tuple[int, str] | None:
    """The place of the first that is larger than the one before it, when they are rounded alike,
    and how it is at odds."""
    for place, (above, below) in enumerate(pairwise(terms), 1):
        assert above.värde is not None
        assert below.värde is not None
        digits = min(map(_written, (above, below)))
        shown = [svenska.format_number(each, digits) for each in (below.värde, above.värde)]
        if below.värde > above.värde and shown[0] != shown[1]:
            return place, f"{exact_text(below.värde)} är mer än {exact_text(above.värde)}"
    return None


def _written(tal: Tal) -> int:
    """To how many decimals a value is exact."""
    assert tal.värde is not None
    if _is_exact(tal):
        return _ALL_DECIMALS
    return min(tal.decimaler, decimals(tal.värde))


def _is_exact(tal: Tal) -> bool:
    """Whether a value was not rounded off before it was written: a number of things, or one that is
    computed from its parts."""
    assert tal.värde is not None
    is_count = tal.måttenhet == COUNTED and tal.värde.denominator == 1
    return is_count or tal.antal is not None or bool(tal.beräkning)


def _sum(terms: Sequence[Tal], number: Fraction | None) -> tuple[int, str] | None:
    """The place of the last, and what the sum is, where it is not what it should be."""
    values = [tal.värde for tal in terms if tal.värde is not None]
    parts = values if number is not None else values[:-1]
    expected = number if number is not None else values[-1]
    added = sum(parts, Fraction())
    rounded = [tal for tal in terms if not _is_exact(tal)]
    if abs(added - expected) <= sum(Fraction(1, 2 * 10 ** _written(tal)) for tal in rounded):
        return None
    figures = " + ".join(map(exact_text, parts))
    return len(terms) - 1, f"{figures} är {exact_text(added)}, inte {exact_text(expected)}"


def _told(relation: Samband, place: Place, faults: Sequence[_Fault], never_holds: bool) -> Finding:
    first = faults[0]
    steps = "".join(f", {step}" for _, step in first.uppdelning)
    form = " ≥ ".join(relation.fallande) or f"{' + '.join(relation.summa)} är {relation.är}"
    message = f"Sambandet {form} håller inte i {first.period}{steps}: {first.why}"
    more = list(dict.fromkeys(each.period for each in faults if each.period != first.period))
    also = f" Det håller inte heller i {some(more)}." if more else ""
    hint = f"Rätta det värde som är fel, eller sambandet i planen.{also}"
    path, line = first.tal.källor[-1]
    row = place_of(path, line)
    first_place, other = (place, row) if never_holds else (row, place)
    return found("R406", first_place, message, hint, other, about=first.id)


def _number(text: str) -> Fraction | None:
    try:
        return svenska.number(text)
    except ValueError:
        return None
