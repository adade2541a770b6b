"""Deviations that were reported to the inspectorate, against what had come in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kvalitet.figure import Tal, exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import is_faulty, members, value
from kvalitet.model.indicator import ON_A_DAY, Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Avvikelse
from kvalitet.period import Period
from kvalitet.rules.figures.rows import COUNTED, news, place, words
from kvalitet.rules.registry import Case, rule

_IVO = re.compile(r"\bIVO\b|\binspektionen för vård", re.IGNORECASE)
_FROM_IVO = re.compile(r"\b(från|via|av|hos) (IVO|inspektionen)\b", re.IGNORECASE)
_REPORTED = re.compile(r"anmäl", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(inkomna|inkommit|mottagna|rapporter|rapporterade)\b", re.IGNORECASE)
_KINDS = ("lex sarah", "lex maria", "klagomål", "synpunkt")


def _has_deviations(case: Case) -> bool:
    return any(case.plan.all(Avvikelse))


@rule("R454", "ids", "data", "report", concerns=_has_deviations)
def more_to_ivo(case: Case) -> Iterator[Finding]:
    """More that was reported to IVO than had come in, of one kind, in the year until the report.
    Which figures these are is guessed from their names; a case of the year before that explains it
    is told by `anm` or in words."""
    plan, at = case.plan, case.report
    pairs = ((each, _reported_and_received(plan, each)) for each in _counted(plan))
    for table, pair in pairs:
        if pair is None or any(is_faulty(plan, each.id) for each in pair):
            continue
        reported, received = pair
        rows = list(news(plan, reported.id, at))
        said = words(plan, reported.id, at) + words(plan, table.id, at)
        if not rows or any(row.cell.anm for row in rows) or _IVO.search(said):
            continue
        period, sent, came = _in_year(plan, pair, at)
        if sent.värde is not None and came.värde is not None and sent.värde > came.värde:
            message = (
                f"{exact_text(sent.värde)} anmälda till IVO {period} ({reported.id}), "
                f"men {exact_text(came.värde)} inkomna ({received.id})"
            )
            hint = "Kontrollera talen. Kom något in förra året: skriv det i kolumnen anm."
            defined = plan.place(reported.id, "namn") if reported.id in plan.own else None
            yield found("R454", place(rows[-1]), message, hint, defined, reported.id)


def _counted(plan: Plan) -> Iterator[Avvikelse | Indikator]:
    """The deviations; and the tables of indicators that belong to none, if their names tell what
    they count."""
    told: set[str] = set()
    for deviation in plan.all(Avvikelse):
        told.update(each.id for id in deviation.indikatorer for each in members(plan, id))
        yield deviation
    for table in plan.all(Indikator):
        if table.indikatorer and told.isdisjoint(table.indikatorer):
            yield table


def _reported_and_received(
    plan: Plan, table: Avvikelse | Indikator
) -> tuple[Indikator, Indikator] | None:
    """The one indicator that tells what was reported to IVO, and the one that tells what of the
    same kind came in; None where it is not clear which they are."""
    own = [each for id in table.indikatorer for each in members(plan, id)]
    counts = list({each.id: each for each in own if each.måttenhet == COUNTED}.values())
    reported = [
        each
        for each in counts
        if _IVO.search(each.namn)
        and _REPORTED.search(each.namn)
        and not _FROM_IVO.search(each.namn)
    ]
    received = [
        each for each in counts if _RECEIVED.search(each.namn) and not _IVO.search(each.namn)
    ]
    if len(reported) != 1 or len(received) != 1:
        return None
    pair = reported[0], received[0]
    kinds = [_kinds(each.namn) or _kinds(table.namn) for each in pair]
    alike = pair[0].typ == pair[1].typ != ON_A_DAY and kinds[0] == kinds[1]
    return pair if alike and (kinds[0] or isinstance(table, Avvikelse)) else None


def _kinds(name: str) -> frozenset[str]:
    return frozenset(kind for kind in _KINDS if kind in name.casefold())


def _in_year(plan: Plan, pair: Sequence[Indikator], at: Period) -> tuple[Period, Tal, Tal]:
    """Both values from New Year to the report's end, or of the report where one has a gap."""
    year = Period(date(at.year, 1, 1), at.last)
    for period in (year, at):
        sent, came = (value(plan, each.id, period, known_at=at) for each in pair)
        if sent.värde is not None and came.värde is not None:
            break
    return period, sent, came
