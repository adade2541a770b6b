"""Values of a whole that are not what its parts make together, or that give one away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.figure import Tal, exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import Step, Unit, total, value
from kvalitet.model.plan import Plan
from kvalitet.rules.figures.recent import Recent, recent
from kvalitet.rules.figures.relations import slack
from kvalitet.rules.figures.rows import OUTCOME, SHARE, in_row, place_of
from kvalitet.rules.registry import Case, has_parts, rule
from kvalitet.svenska import some


@rule("R421", "ids", "data", "parts", concerns=has_parts)
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


@rule("R422", "ids", "data", "parts", concerns=has_parts)
def protected_in_vain(case: Case) -> Iterator[Finding]:
    """A row of a whole that stands beside the values of all of its parts but one, which protects
    its own: that is what remains. Those of one indicator are one finding."""
    for each in recent(case) if case.plan.parts else ():
        given_away = [
            (number, unit) for number in each.numbers for unit in _given_away(case, each, number)
        ]
        if given_away:
            yield _told_away(case.plan, each, given_away)


def _given_away(case: Case, each: Recent, number: int) -> Iterator[Unit]:
    """The one part, at any depth, that hinders a total and does so by protecting its value."""
    plan, id, key, cell = case.plan, each.indicator.id, each.key(number), each.cell(number)
    is_bare = each.indicator.måttenhet == SHARE and cell.av is None
    if key.serie != OUTCOME or cell.värde is None or is_bare:
        return
    made = total(plan, id, key.period, known_at=case.at, uppdelning=key.uppdelning)
    if len(made.lacks) == 1 and made.lacks[0].step.tal.kind == "skyddad":
        own = value(plan, id, key.period, known_at=case.at, uppdelning=key.uppdelning)
        yield from made.lacks if own.värde is not None else ()


def _told_away(plan: Plan, each: Recent, away: Sequence[tuple[int, Unit]]) -> Finding:
    number, unit = away[0]
    period = each.key(number).period
    message = (
        f"{in_row(plan, each.indicator.id)} är {each.cell(number).text} i {period}, så det skyddade"
        f" värdet för {unit.plan.mapp} kan kanske räknas ut"
    )
    more = [each.key(other).period for other, _ in away]
    also = [other for other in dict.fromkeys(more) if other != period]
    hint = (
        "Kontrollera. Ta bort raden, så blir det ingen summa, eller skriv x för ännu en del."
        f"{f' Det gäller även {some(also)}.' if also else ''}"
    )
    source = unit.step.tal.källor
    other = place_of(*source[0]) if source else None
    return found("R422", each.place(number), message, hint, other, about=each.indicator.id)


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
