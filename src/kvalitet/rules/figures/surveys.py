"""Surveys: answers outside their scale, and rounds that cannot be compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import attrgetter

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks, is_faulty
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.rows import (
    MEAN,
    OUTCOME,
    called,
    in_row,
    is_new,
    known,
    outcomes,
    place,
    table,
    words,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import more

_RATE = attrgetter("svarsfrekvens")
_OF_ANSWERS = re.compile(
    r"svarsfrekv|bortfall|svarad|svarat|svarande|jämför"
    r"|\b(?:antal|antalet|fler|flera|färre|få|många|enstaka|inga) svar\b",
    re.IGNORECASE,
)
"""Words about how many answered, or whether rounds can be compared."""


def _has_scales(case: Case) -> bool:
    return any(each.svarsskala for each in case.plan.all(Indikator))


def _has_indicators(case: Case) -> bool:
    return any(case.plan.all(Indikator))


def _has_means(case: Case) -> bool:
    return any(each.måttenhet == MEAN for each in case.plan.all(Indikator))


@rule("R431", "data", concerns=_has_scales)
def outside_its_scale(case: Case) -> Iterator[Finding]:
    """A mean of answers that lies outside `svarsskala` (example README), in any series. Shares,
    numbers and indices of the same answers are counted otherwise, and what was told before a new
    definition may have had another scale. All of one indicator are one finding."""
    plan = case.plan
    for indicator in _asked(plan):
        if indicator.måttenhet != MEAN or indicator.svarsskala is None:
            continue
        if is_faulty(plan, indicator.id):
            continue
        lowest, highest = indicator.svarsskala
        outside = [
            row
            for row in _since_defined(plan, indicator.id, known(plan, indicator.id, case.at))
            if _is_mean(row) and not lowest <= (row.cell.värde or 0) <= highest
        ]
        if outside:
            row = outside[0]
            message = (
                f"{in_row(plan, indicator.id)} {row.key.period} är {row.cell.text}, "
                f"men svarsskalan är {lowest}-{highest}{more(len(outside) - 1, 'rad', 'rader')}"
            )
            hint = "Rätta värdet, eller svarsskalan om frågan besvaras på en annan."
            yield found("R431", place(row), message, hint, about=indicator.id)


@rule("R432", "data", "report", concerns=_has_indicators, limit=20)
def rates_apart(case: Case) -> Iterator[Finding]:
    """A response rate that differs from that of the round before by more percentage points than
    the threshold, and no word about it. The rounds of one table are one finding."""
    plan, at = case.plan, case.report
    apart: defaultdict[object, list[tuple[str, Row, Row]]] = defaultdict(list)
    for id in _surveys(plan):
        pair = _newest_pair(plan, id, at, _has_rate)
        if pair and not (pair[0].cell.anm or pair[1].cell.anm or _tells_of_answers(plan, id, at)):
            earlier, row = pair
            if abs(_rate_of(row) - _rate_of(earlier)) > case.limit("R432"):
                key = table(plan, id), earlier.key.period, row.key.period
                apart[key].append((id, earlier, row))
    for alike in apart.values():
        id, earlier, row = alike[0]
        message = (
            f"Svarsfrekvensen för {in_row(plan, id)} är {_percent(row)} {row.key.period}, mot"
            f" {_percent(earlier)} {earlier.key.period}"
            f"{more(len(alike) - 1, 'indikator', 'indikatorer')}"
        )
        hint = "Kontrollera om omgångarna kan jämföras, och skriv det i kolumnen anm."
        yield found("R432", place(row), message, hint, place(earlier), id)


@rule("R433", "ids", "data", "report", concerns=_has_means)
def without_scale(case: Case) -> Iterator[Finding]:
    """A mean with a response rate, so of a survey, whose `svarsskala` is not told where it is
    defined; once for a table. What parts measure counts."""
    plan = case.plan
    measured = dict.fromkeys(id for one in (plan, *case.parts) for id in _surveys(one))
    of_table: defaultdict[str, list[str]] = defaultdict(list)
    for id in measured:
        of_table[table(plan, id)].append(id)
    for group, ids in of_table.items():
        own = [id for id in ids if id in plan.own and not plan.inherits(id)]
        lacking = [id for id in own if _lacks_scale(case, id)]
        for id in [group] if group in plan.own and lacking == ids else lacking:
            message = f"{called(plan, id)} har medelvärden ur en enkät, men ingen svarsskala"
            hint = "Skriv till exempel svarsskala: 1-5."
            yield found("R433", plan.place(id, "måttenhet"), message, hint)


@rule("R434", "data", "report", concerns=_has_scales)
def without_rate(case: Case) -> Iterator[Finding]:
    """A value of a survey, new in the report, with neither `svarsfrekvens` nor `antal_svar`. It is
    enough that one question of the same table, or of the same source, has either."""
    plan, at = case.plan, case.report
    answered: set[tuple[str, Period]] = set()
    bare: defaultdict[tuple[str, Period], list[tuple[Indikator, Row]]] = defaultdict(list)
    for indicator in _asked(plan):
        if is_faulty(plan, indicator.id):
            continue
        names = _names(plan, indicator)
        for row in outcomes(plan, indicator.id, at):
            cell, period = row.cell, row.key.period
            if cell.svarsfrekvens is not None or cell.antal_svar is not None or cell.av:
                answered.update((name, period) for name in names)
            elif cell.värde is not None and not row.key.uppdelning and is_new(row, at):
                bare[names[0], period].append((indicator, row))
    for (_, period), rows in bare.items():
        around = {name for each, _ in rows for name in _names(plan, each)}
        noted = any(row.cell.anm for _, row in rows)
        indicator, row = rows[0]
        if noted or any((name, period) in answered for name in around):
            continue
        if _is_described(indicator) or _tells_of_answers(plan, indicator.id, at):
            continue
        message = (
            f"{in_row(plan, indicator.id)} {period} har varken svarsfrekvens eller antal svar"
            f"{more(len(rows) - 1, 'indikator', 'indikatorer')}"
        )
        hint = "Skriv den i kolumnen svarsfrekvens eller antal_svar, eller skälet i anm."
        yield found("R434", place(row), message, hint, about=indicator.id)


@rule("R434", "data", "report", concerns=_has_scales)
def rate_of_one_round(case: Case) -> Iterator[Finding]:
    """Of the two newest rounds of a survey, one that has a response rate and one that has none: how
    far they can be compared is not known. The older one is not asked for where it tells its number
    of answers; of a new one that tells neither, the rule above tells."""
    plan, at = case.plan, case.report
    rated = _rated(plan, at)
    bare: defaultdict[tuple[str, Period], list[tuple[str, Row, Row]]] = defaultdict(list)
    for indicator in _asked(plan):
        pair = _newest_pair(plan, indicator.id, at, _has_value)
        if pair is None or any(row.cell.anm for row in pair) or is_faulty(plan, indicator.id):
            continue
        names = _names(plan, indicator)
        with_rate = [any((name, row.key.period) in rated for name in names) for row in pair]
        without, other = pair if with_rate[1] else pair[::-1]
        if with_rate[0] == with_rate[1] or _tells_answers(without) == with_rate[1]:
            continue
        if not (_is_described(indicator) or _tells_of_answers(plan, indicator.id, at)):
            bare[names[0], without.key.period].append((indicator.id, without, other))
    for alike in bare.values():
        id, row, other = alike[0]
        message = (
            f"{in_row(plan, id)} {row.key.period} har ingen svarsfrekvens, som"
            f" {other.key.period} har{more(len(alike) - 1, 'indikator', 'indikatorer')}"
        )
        hint = "Skriv den i kolumnen svarsfrekvens, eller i anm att den inte är känd."
        yield found("R434", place(row), message, hint, place(other), id)


def _rated(plan: Plan, at: Period) -> set[tuple[str, Period]]:
    """The rounds of tables and sources of which a response rate is told."""
    return {
        (name, row.key.period)
        for indicator in _asked(plan)
        for row in outcomes(plan, indicator.id, at)
        if row.cell.svarsfrekvens is not None
        for name in _names(plan, indicator)
    }


def _tells_answers(row: Row) -> bool:
    return row.cell.antal_svar is not None or row.cell.av is not None


@remembered
def _asked(plan: Plan) -> Sequence[Indikator]:
    """The indicators that say their answers' scale and have rows."""
    return [
        each
        for each in plan.all(Indikator)
        if each.svarsskala and each.beräkning is None and plan.data.keys(each.id)
    ]


@remembered
def _surveys(plan: Plan) -> Sequence[str]:
    """The ids with rows that tell a response rate."""
    return [id for id, series in plan.data.series.items() if any(map(_RATE, series.cells))]


def _since_defined(plan: Plan, id: str, rows: Sequence[Row]) -> Sequence[Row]:
    news = breaks(plan, id)
    return [row for row in rows if not news or row.key.period.last >= news[-1].first]


def _is_mean(row: Row) -> bool:
    cell = row.cell
    return cell.värde is not None and cell.av is None and "%" not in cell.text


def _newest_pair(
    plan: Plan, id: str, at: Period, counts: Callable[[Row], bool]
) -> tuple[Row, Row] | None:
    """The newest round that counts and is new in the report, after the one before it; None where
    there is none, or a new definition parts them."""
    rounds = [row for row in known(plan, id, at) if _is_round(row) and counts(row)]
    rounds.sort(key=lambda row: row.key.period)
    newest = next((row for row in reversed(rounds) if is_new(row, at)), None)
    if newest is None:
        return None
    begins = newest.key.period.first
    before = [row for row in rounds if row.key.period.last < begins]
    if not before:
        return None
    earlier, last = before[-1], newest.key.period.last
    parted = any(earlier.key.period.last < new.first <= last for new in breaks(plan, id))
    return None if parted else (earlier, newest)


def _is_round(row: Row) -> bool:
    key = row.key
    return key.serie == OUTCOME and not key.uppdelning


def _has_rate(row: Row) -> bool:
    return row.cell.svarsfrekvens is not None


def _has_value(row: Row) -> bool:
    return row.cell.värde is not None


def _lacks_scale(case: Case, id: str) -> bool:
    """Whether a plan or a part of it has a mean of that survey without knowing its scale."""
    for plan in (case.plan, *case.parts):
        indicator = plan.get(Indikator, id)
        if indicator is None or indicator.måttenhet != MEAN or indicator.svarsskala:
            continue
        if not is_faulty(plan, id) and any(
            _is_mean(row) and row.cell.svarsfrekvens is not None
            for row in known(plan, id, case.report)
        ):
            return True
    return False


def _names(plan: Plan, indicator: Indikator) -> tuple[str, ...]:
    """What tells which survey a question belongs to: its table, and its source where said."""
    source = (f"källa {indicator.källa}",) if indicator.källa else ()
    return (table(plan, indicator.id), *source)


def _tells_of_answers(plan: Plan, id: str, at: Period) -> bool:
    return _OF_ANSWERS.search(words(plan, id, at)) is not None


def _is_described(indicator: Indikator) -> bool:
    return any("svar" in text.casefold() for text in indicator.beskrivning.values())


def _rate_of(row: Row) -> Fraction:
    return row.cell.svarsfrekvens or Fraction()


def _percent(row: Row) -> str:
    return f"{exact_text(_rate_of(row))} %"
