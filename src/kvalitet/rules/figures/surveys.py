"""Surveys: answers outside their scale, and rounds that cannot be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import attrgetter

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks, is_faulty
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.rows import is_new, known, outcomes, place, table, words
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import count

_MEAN = "medelvärde"
_RATE = attrgetter("svarsfrekvens")


def _has_scales(case: Case) -> bool:
    return any(each.svarsskala for each in case.plan.all(Indikator))


def _is_asked(case: Case) -> bool:
    return case.newest is not None and _has_scales(case)


def _is_reported(case: Case) -> bool:
    return case.newest is not None and any(case.plan.all(Indikator))


def _has_means(case: Case) -> bool:
    means = (each.måttenhet == _MEAN for each in case.plan.all(Indikator))
    return case.newest is not None and any(means)


@rule("R431", "data", concerns=_has_scales)
def outside_its_scale(case: Case) -> Iterator[Finding]:
    """A mean of answers that lies outside `svarsskala` (example README), in any series. Shares,
    numbers and indices of the same answers are counted otherwise, and what was told before a new
    definition may have had another scale. All of one indicator are one finding."""
    plan = case.plan
    for indicator in _asked(plan):
        if indicator.måttenhet != _MEAN or indicator.svarsskala is None:
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
                f"{indicator.id} {row.key.period} är {row.cell.text}, "
                f"men svarsskalan är {lowest}-{highest}{_more(outside, 'rad', 'rader')}"
            )
            hint = "Rätta värdet, eller svarsskalan om frågan besvaras på en annan."
            yield found("R431", place(row), message, hint, about=indicator.id)


@rule("R432", "data", "report", concerns=_is_reported, limit=20)
def rates_apart(case: Case) -> Iterator[Finding]:
    """A response rate that differs from that of the round before by more percentage points than
    the threshold, and no word about it. The rounds of one table are one finding."""
    plan, at = case.plan, case.report
    apart: defaultdict[object, list[tuple[str, Row, Row]]] = defaultdict(list)
    for id in _surveys(plan):
        pair = _newest_pair(plan, id, at)
        if pair and not (pair[0].cell.anm or pair[1].cell.anm or _tells_of_answers(plan, id, at)):
            earlier, row = pair
            if abs(_rate_of(row) - _rate_of(earlier)) > case.limit("R432"):
                key = table(plan, id), earlier.key.period, row.key.period
                apart[key].append((id, earlier, row))
    for alike in apart.values():
        id, earlier, row = alike[0]
        message = (
            f"Svarsfrekvensen för {id} är {_percent(row)} {row.key.period}, mot {_percent(earlier)}"
            f" {earlier.key.period}{_more(alike, 'indikator', 'indikatorer')}"
        )
        hint = "Kontrollera om omgångarna kan jämföras, och skriv det i kolumnen anm."
        yield found("R432", place(row), message, hint, place(earlier), id)


@rule("R433", "ids", "data", "report", concerns=_has_means)
def without_scale(case: Case) -> Iterator[Finding]:
    """A mean with a response rate, so of a survey, whose `svarsskala` is not told where it is
    defined; once for a table. What parts measure counts."""
    plan = case.plan
    inherited = plan.whole.things if plan.whole else {}
    measured = dict.fromkeys(id for one in (plan, *case.parts) for id in _surveys(one))
    of_table: defaultdict[str, list[str]] = defaultdict(list)
    for id in measured:
        of_table[table(plan, id)].append(id)
    for group, ids in of_table.items():
        own = [id for id in ids if id in plan.own and id not in inherited]
        lacking = [id for id in own if _lacks_scale(case, id)]
        for id in [group] if group in plan.own and lacking == ids else lacking:
            message = f"{id} har medelvärden ur en enkät, men ingen svarsskala"
            hint = "Skriv till exempel svarsskala: 1-5."
            yield found("R433", plan.place(id, "måttenhet"), message, hint)


@rule("R434", "data", "report", concerns=_is_asked)
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
            f"{indicator.id} {period} har varken svarsfrekvens eller antal svar"
            f"{_more(rows, 'indikator', 'indikatorer')}"
        )
        hint = "Skriv den i kolumnen svarsfrekvens eller antal_svar, eller skälet i anm."
        yield found("R434", place(row), message, hint, about=indicator.id)


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


def _newest_pair(plan: Plan, id: str, at: Period) -> tuple[Row, Row] | None:
    """The newest round that is new in the report, after the round before it; None where there is
    none, or a new definition parts them."""
    rounds = sorted(
        (row for row in known(plan, id, at) if _is_round(row)), key=lambda row: row.key.period
    )
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
    return key.serie == "utfall" and not key.uppdelning and row.cell.svarsfrekvens is not None


def _lacks_scale(case: Case, id: str) -> bool:
    """Whether a plan or a part of it has a mean of that survey without knowing its scale."""
    for plan in (case.plan, *case.parts):
        indicator = plan.get(Indikator, id)
        if indicator is None or indicator.måttenhet != _MEAN or indicator.svarsskala:
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
    return "svar" in words(plan, id, at).casefold()


def _is_described(indicator: Indikator) -> bool:
    return any("svar" in text.casefold() for text in indicator.beskrivning.values())


def _more(alike: Sequence[object], one: str, many: str) -> str:
    return f" (och {count(len(alike) - 1, one, many)} till)" if len(alike) > 1 else ""


def _rate_of(row: Row) -> Fraction:
    return row.cell.svarsfrekvens or Fraction()


def _percent(row: Row) -> str:
    return f"{exact_text(_rate_of(row))} %"
