"""Values of a whole that are not what its parts make together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.figure import Tal, exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import Step, total
from kvalitet.model.plan import Plan
from kvalitet.rules.figures.recent import Recent, recent
from kvalitet.rules.figures.relations import slack
from kvalitet.rules.figures.rows import OUTCOME, in_row, place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import some


def _has_parts(case: Case) -> bool:
    return bool(case.plan.parts)


@rule("R421", "ids", "data", "parts", concerns=_has_parts)
def other_than_its_parts(case: Case) -> Iterator[Finding]:
    """A row of a whole that is not the total of its parts, where each of them has a value for the
    same period, and no `anm` tells why. One that is larger may hold what no part does, unless
    another row shows that it holds no more. Those of one indicator are one finding."""
    if any(part.gaps.data for part in case.parts):
        return
    for each in recent(case) if case.plan.parts else ():
        tried = [(number, made, _more(each, number, made)) for number, made in _tried(case, each)]
        is_all = any(more == 0 for _, _, more in tried)
        odd = [(number, made) for number, made, more in tried if more < 0 or (more and is_all)]
        if odd:
            yield _told(case.plan, each, odd)


def _tried(case: Case, each: Recent) -> Iterator[tuple[int, Step]]:
    """The numbers of the rows that may be compared with a total, and that of each."""
    plan, id = case.plan, each.indicator.id
    for number in each.numbers:
        key, cell = each.key(number), each.cell(number)
        if key.serie != OUTCOME or cell.värde is None or cell.anm:
            continue
        made = total(plan, id, key.period, known_at=case.at, uppdelning=key.uppdelning)
        is_same_time = made.tal.värde is not None and made.tal.period == key.period
        if is_same_time and len(made.units) == len(plan.parts):
            yield number, made


def _more(each: Recent, number: int, made: Step) -> Fraction:
    """By how much a value is more than the total, 0 where they differ no more than by how both may
    have been rounded off. A share is more by what it is of; bare, it is neither."""
    cell, tal = each.cell(number), made.tal
    own = cell.värde or Fraction()
    assert tal.värde is not None
    if tal.av is not None and tal.antal is not None:
        if cell.av is None or cell.antal is None:
            is_alike = abs(own - tal.värde) <= slack(each.indicator, own)
            return Fraction(0 if is_alike else 1)
        more = cell.antal - tal.antal, cell.av - tal.av
        return min(more) if min(more) < 0 else sum(more, Fraction())
    terms = [own, *(unit.step.tal.värde for unit in made.units)]
    most = sum(slack(each.indicator, term) for term in terms if term is not None)
    return Fraction() if abs(own - tal.värde) <= most else own - tal.värde


def _told(plan: Plan, each: Recent, odd: Sequence[tuple[int, Step]]) -> Finding:
    number, made = odd[0]
    key, cell = each.key(number), each.cell(number)
    steps = "".join(f", {step}" for _, step in key.uppdelning)
    message = (
        f"{in_row(plan, each.indicator.id)} är {cell.text} i {key.period}{steps}, men delarna har"
        f" tillsammans {_as_written(made.tal)}"
    )
    periods = dict.fromkeys(each.key(other).period for other, _ in odd)
    more = [period for period in periods if period != key.period]
    also = f" Det stämmer inte heller i {some(more)}." if more else ""
    alone = " Räknas samma person i flera delar, skriv summeras: nej." if not made.tal.av else ""
    hint = f"Kontrollera raderna. Är båda rätt, skriv varför i kolumnen anm.{alone}{also}"
    other = place_of(*made.tal.källor[0])
    return found("R421", each.place(number), message, hint, other, about=each.indicator.id)


def _as_written(tal: Tal) -> str:
    assert tal.värde is not None
    if tal.antal is not None and tal.av is not None:
        return f"{exact_text(tal.antal)} av {exact_text(tal.av)}"
    return exact_text(tal.värde)
