"""Deviations: categories against the total, severity with its count, and what went to IVO."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from kvalitet import scales
from kvalitet.figure import Tal, exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import is_faulty, members, value
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Avvikelse
from kvalitet.period import Period, divide
from kvalitet.rules.figures.rows import is_new, meet, news, outcomes, place, words
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import join

_SEVERITY = "allvarlighetsgrad"
_COUNTED = re.compile(
    r"[0-9]|\{\{|\b(två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|ingen|inget|inga|enda)\b"
    r"|\b(en|ett) (av|\w*(avvikelse|händelse|rapport|klagomål|anmäl|synpunkt|fall|fel))",
    re.IGNORECASE,
)
_IVO = re.compile(r"\bIVO\b|\binspektionen för vård", re.IGNORECASE)
_FROM_IVO = re.compile(r"\b(från|via|av|hos) (IVO|inspektionen)\b", re.IGNORECASE)
_REPORTED = re.compile(r"anmäl", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(inkomna|inkommit|mottagna|rapporter|rapporterade)\b", re.IGNORECASE)
_KINDS = ("lex sarah", "lex maria", "klagomål", "synpunkt")


def _has_deviations(case: Case) -> bool:
    return case.newest is not None and any(case.plan.all(Avvikelse))


@rule("R452", "ids", "data", "report", concerns=_has_deviations)
def uncounted_categories(case: Case) -> Iterator[Finding]:
    """A number of deviations, new in the report, that the steps of a scale fall short of, where a
    step has no row: nobody knows whether there were none. Not where several may be told of one
    case (`summeras: nej`). What does not agree though every step has a row is R407's."""
    plan = case.plan
    for indicator in _counted(plan):
        groups: defaultdict[tuple[Period, str], list[Row]] = defaultdict(list)
        for row in outcomes(plan, indicator.id, case.report):
            if len(row.key.uppdelning) < 2:
                scale = row.key.uppdelning[0][0] if row.key.uppdelning else ""
                groups[row.key.period, scale].append(row)
        for (period, scale), rows in groups.items():
            total = groups.get((period, ""), [None])[0]
            is_told = any(is_new(row, case.report) for row in rows)
            if not (scale and total and is_told) or scale in plan.gaps.scales:
                continue
            if not total.cell.anm:
                yield from _short(plan, indicator, scale, rows, total)


@rule("R453", "ids", "data", "report", concerns=_has_deviations)
def severity_without_count(case: Case) -> Iterator[Finding]:
    """The severity of a kind of deviations that is said in the report without any number: neither
    figures of its indicators that have days in it, nor in the words, here or in another plan that
    shares it. Not where no figure is due yet."""
    plan, at = case.plan, case.report
    for id, entry in plan.uppföljning.get(at, {}).items():
        deviation = plan.get(Avvikelse, id)
        if deviation is None or not entry.tillstånd.get(_SEVERITY):
            continue
        if _COUNTED.search(entry.text) or _has_figures(case, deviation):
            continue
        if any(is_faulty(plan, each) for each in _measured(plan, deviation)):
            continue
        message = f"{id} har en allvarlighetsgrad, men inget antal för {at}"
        hint = "Skriv antalet i data, för en av dess indikatorer, eller u.s. om det inte är känt."
        yield found("R453", plan.said[at][id].key(_SEVERITY), message, hint)


@rule("R454", "ids", "data", "report", concerns=_has_deviations)
def more_to_ivo(case: Case) -> Iterator[Finding]:
    """More that was reported to IVO than had come in, of one kind, in the year until the report.
    Which figures these are is guessed from their names; a case of the year before that explains it
    is told by `anm` or in words."""
    plan, at = case.plan, case.report
    for deviation in plan.all(Avvikelse):
        pair = _reported_and_received(plan, deviation)
        if pair is None or any(is_faulty(plan, each.id) for each in pair):
            continue
        reported, received = pair
        rows = list(news(plan, reported.id, at))
        said = words(plan, reported.id, at) + words(plan, deviation.id, at)
        if not rows or any(row.cell.anm for row in rows) or _IVO.search(said):
            continue
        period, sent, came = _in_year(plan, pair, at)
        if sent.värde is not None and came.värde is not None and sent.värde > came.värde:
            message = (
                f"{exact_text(sent.värde)} anmälda till IVO {period} ({reported.id}), "
                f"men {exact_text(came.värde)} inkomna ({received.id})"
            )
            hint = "Kontrollera talen. Kom något in förra året: skriv det i kolumnen anm."
            yield found("R454", place(rows[-1]), message, hint, about=reported.id)


def _counted(plan: Plan) -> Sequence[Indikator]:
    """The indicators of deviations whose rows add up."""
    found = {
        each.id: each
        for deviation in plan.all(Avvikelse)
        for id in deviation.indikatorer
        for each in members(plan, id)
    }
    return [
        each
        for each in found.values()
        if each.adds_up and plan.data.keys(each.id) and not is_faulty(plan, each.id)
    ]


def _short(
    plan: Plan, indicator: Indikator, scale: str, rows: Sequence[Row], total: Row
) -> Iterator[Finding]:
    """What is found where the steps of a scale that have rows give less than the total."""
    day = total.key.period.last
    given = {row.key.uppdelning[0][1] for row in rows}
    lacking = [
        step.namn for step in scales.steps(plan.skalor[scale], day) if step.namn not in given
    ]
    amounts = [row.cell.värde for row in (total, *rows) if row.cell.av is None and not row.cell.anm]
    numbers = [amount for amount in amounts if amount is not None]
    whole, parts = total.cell.värde, sum(numbers[1:], Fraction())
    if lacking and whole is not None and len(numbers) == len(rows) + 1 and parts < whole:
        message = (
            f"{indicator.id} {total.key.period}: {scale} ger {exact_text(parts)} av "
            f"{exact_text(whole)}, och {join(lacking)} har ingen rad"
        )
        hint = "Kontrollera, och skriv en rad även för det som var 0 eller inte är känt (u.s.)."
        yield found("R452", place(rows[0]), message, hint, place(total), indicator.id)


def _measured(plan: Plan, deviation: Avvikelse) -> set[str]:
    """The indicators of a deviation, and what they are computed from."""
    ids = {each.id for id in deviation.indikatorer for each in members(plan, id)}
    own = (plan.get(Indikator, id) for id in ids)
    return ids.union(*(each.beräkning.parts for each in own if each and each.beräkning))


def _has_figures(case: Case, deviation: Avvikelse) -> bool:
    at = case.report
    for plan in (*case.plan.chain(), *case.parts):
        if plan.gaps.data:
            return True
        for id in _measured(plan, plan.get(Avvikelse, deviation.id) or deviation):
            if any(meet(key.period, at) for key in plan.data.keys(id)):
                return True
            if not _is_due(plan, id, at):
                return True
    return False


def _is_due(plan: Plan, id: str, at: Period) -> bool:
    indicator = plan.get(Indikator, id)
    if indicator is None or indicator.frekvens is None:
        return True
    rounds = divide(Period(date(at.first.year, 1, 1), at.last), indicator.frekvens)
    return any(each.last >= at.first for each in rounds)


def _reported_and_received(plan: Plan, deviation: Avvikelse) -> tuple[Indikator, Indikator] | None:
    """The one indicator that tells what was reported to IVO, and the one that tells what of the
    same kind came in; None where it is not clear which they are."""
    own = [each for id in deviation.indikatorer for each in members(plan, id)]
    counts = list({each.id: each for each in own if each.måttenhet == "antal"}.values())
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
    kinds = [_kinds(each.namn) or _kinds(deviation.namn) for each in pair]
    alike = pair[0].typ == pair[1].typ != "ögonblick" and kinds[0] == kinds[1]
    return pair if alike else None


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
