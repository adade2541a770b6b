"""Deviations: categories against the total, and severity with its count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from kvalitet import scales
from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import is_faulty, members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Avvikelse
from kvalitet.period import Period, divide
from kvalitet.rules.figures.rows import (
    COUNTED,
    called,
    in_row,
    is_new,
    meet,
    outcomes,
    place,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import join

_SEVERITY = "allvarlighetsgrad"
_UNKNOWN = "u.s."
_NUMBERED = re.compile(
    r"[0-9]|\{\{|\b(två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|ingen|inget|inga|enda)\b"
    r"|\b(en|ett) (av|\w*(avvikelse|händelse|rapport|klagomål|anmäl|synpunkt|fall|fel))",
    re.IGNORECASE,
)


def _has_deviations(case: Case) -> bool:
    return any(case.plan.all(Avvikelse))


@rule("R452", "ids", "data", "report", concerns=_has_deviations)
def uncounted_categories(case: Case) -> Iterator[Finding]:
    """A number of deviations, new in the report, that the steps of a scale fall short of, where a
    step has no row: nobody knows whether there were none. (What does not agree though every step
    has a row is R407's.) Where several may be told of one case (`summeras: nej`), a step that is
    more than the total, or all steps together less."""
    plan, at = case.plan, case.report
    for indicator in _measures(plan):
        may_overlap = indicator.summeras is False and indicator.måttenhet == COUNTED
        if not (indicator.adds_up or may_overlap):
            continue
        for scale, total, rows in _split(plan, indicator.id, at):
            is_told = any(is_new(row, at) for row in (total, *rows))
            if is_told and scale not in plan.gaps.scales and not total.cell.anm:
                judge = _short if indicator.adds_up else _overlapping
                yield from judge(plan, indicator, scale, rows, total)


@rule("R453", "ids", "data", "report", concerns=_has_deviations)
def severity_without_count(case: Case) -> Iterator[Finding]:
    """The severity of a kind of deviations that is said in the report without any number: neither
    figures of its indicators that have days in it, nor in the words, here or in another plan that
    shares it. Not where no figure is due yet."""
    plan, at = case.plan, case.report
    for deviation in uncounted(case):
        id = deviation.id
        message = f"{called(plan, id)} har en allvarlighetsgrad, men inget antal för {at}"
        hint = "Skriv antalet i data, för en av dess indikatorer, eller u.s. om det inte är känt."
        yield found("R453", plan.said[at][id].key(_SEVERITY), message, hint)


def uncounted(case: Case) -> Iterator[Avvikelse]:
    """The deviations whose severity is said in the report without any number."""
    plan, at = case.plan, case.report
    for id, entry in plan.uppföljning.get(at, {}).items():
        deviation = plan.get(Avvikelse, id)
        if deviation is None or not entry.tillstånd.get(_SEVERITY):
            continue
        if _NUMBERED.search(entry.text) or _has_figures(case, deviation):
            continue
        if not any(is_faulty(plan, each) for each in _measured(plan, deviation)):
            yield deviation


@rule("R453", "ids", "data", "report", concerns=_has_deviations)
def severities_without_total(case: Case) -> Iterator[Finding]:
    """Deviations by severity, new in the report, whose number in all has no row, or is said not to
    be known though that of every severity is."""
    plan, at = case.plan, case.report
    for indicator in _measures(plan):
        if not indicator.adds_up or _SEVERITY in plan.gaps.scales:
            continue
        groups = _by_scale(plan, indicator.id, at)
        for (period, scale), rows in groups.items():
            totals = [row for other, name in groups if not name for row in groups[other, name]]
            known = [row for row in totals if meet(row.key.period, period)]
            values = [row.cell.värde for row in rows if row.cell.värde is not None]
            is_noted = any(row.cell.anm for row in (*rows, *known))
            if scale != _SEVERITY or is_noted or not any(is_new(row, at) for row in rows):
                continue
            has_all = len(values) == len(rows) and not _without_row(plan, scale, rows)
            is_unknown = [(row.key.period, row.cell.märke) for row in known] == [(period, _UNKNOWN)]
            if not values or (known and not (has_all and is_unknown)):
                continue
            lacks = f"är {_UNKNOWN}" if known else "saknar rad för alla tillsammans"
            sum_of = exact_text(sum(values, Fraction()))
            message = f"{in_row(plan, indicator.id)} {period} {lacks}, men {_SEVERITY} ger {sum_of}"
            hint = "Skriv antalet på en rad utan allvarlighetsgrad, eller skälet i kolumnen anm."
            yield found("R453", place([*known, *rows][0]), message, hint, about=indicator.id)
            break


@remembered
def _measures(plan: Plan) -> Sequence[Indikator]:
    """The numbers of deviations that have rows."""
    found = {
        each.id: each
        for deviation in plan.all(Avvikelse)
        for id in deviation.indikatorer
        for each in members(plan, id)
    }
    return [
        each for each in found.values() if plan.data.keys(each.id) and not is_faulty(plan, each.id)
    ]


def _by_scale(plan: Plan, id: str, at: Period) -> Mapping[tuple[Period, str], list[Row]]:
    """The known rows by period, and by the scale that they are split by, "" for the total."""
    groups: defaultdict[tuple[Period, str], list[Row]] = defaultdict(list)
    for row in outcomes(plan, id, at):
        if len(row.key.uppdelning) < 2:
            scale = row.key.uppdelning[0][0] if row.key.uppdelning else ""
            groups[row.key.period, scale].append(row)
    return groups


def _split(plan: Plan, id: str, at: Period) -> Iterator[tuple[str, Row, Sequence[Row]]]:
    """Each scale that a total is split by, the total's row and those of the steps."""
    groups = _by_scale(plan, id, at)
    for (period, scale), rows in groups.items():
        if scale and (total := groups.get((period, ""))):
            yield scale, total[0], rows


def _without_row(plan: Plan, scale: str, rows: Sequence[Row]) -> Sequence[str]:
    """The steps of a scale that none of the rows is about."""
    given = {row.key.uppdelning[0][1] for row in rows}
    steps = scales.steps(plan.skalor[scale], rows[0].key.period.last)
    return [step.namn for step in steps if step.namn not in given]


def _short(
    plan: Plan, indicator: Indikator, scale: str, rows: Sequence[Row], total: Row
) -> Iterator[Finding]:
    """What is found where the steps of a scale that have rows give less than the total."""
    lacking = _without_row(plan, scale, rows)
    amounts = [row.cell.värde for row in (total, *rows) if row.cell.av is None and not row.cell.anm]
    numbers = [amount for amount in amounts if amount is not None]
    whole, parts = total.cell.värde, sum(numbers[1:], Fraction())
    if lacking and whole is not None and len(numbers) == len(rows) + 1 and parts < whole:
        message = (
            f"{in_row(plan, indicator.id)} {total.key.period}: {scale} ger {exact_text(parts)} av "
            f"{exact_text(whole)}, och {join(lacking)} har ingen rad"
        )
        hint = "Kontrollera, och skriv en rad även för det som var 0 eller inte är känt (u.s.)."
        yield found("R452", place(rows[0]), message, hint, place(total), indicator.id)


def _overlapping(
    plan: Plan, indicator: Indikator, scale: str, rows: Sequence[Row], total: Row
) -> Iterator[Finding]:
    """What is found where one case may have several steps: none is more than all, and together
    they are no less."""
    whole, cells = total.cell.värde, [row.cell for row in (total, *rows)]
    if whole is None or any(cell.anm or cell.värde is None or cell.av for cell in cells):
        return
    about = f"{in_row(plan, indicator.id)} {total.key.period}"
    parts = sum((row.cell.värde or Fraction() for row in rows), Fraction())
    over = next((row for row in rows if (row.cell.värde or 0) > whole), None)
    if over:
        step = over.key.uppdelning[0][1]
        message = f"{about}: {step} är {over.cell.text}, fler än alla ({total.cell.text})"
        hint = "Kontrollera båda talen, eller skriv skälet i kolumnen anm."
        yield found("R452", place(over), message, hint, place(total), indicator.id)
    elif parts < whole and not _without_row(plan, scale, rows):
        left = exact_text(whole - parts)
        message = f"{about}: {scale} ger {exact_text(parts)} av {total.cell.text}, så minst {left}"
        hint = "Kontrollera talen, eller skriv i kolumnen anm vad som gäller de övriga."
        yield found(
            "R452", place(total), f"{message} har ingen", hint, place(rows[0]), indicator.id
        )


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
