"""Periods of an indicator: those that lack a value, and those that its table has no place for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kvalitet import status
from kvalitet.findings import Finding, Place, found
from kvalitet.indicators import is_known
from kvalitet.indicators import lacking as all_lacking
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import FREQUENCIES, Period, divide
from kvalitet.rules.figures.recent import (
    Layout,
    Recent,
    distinct_keys,
    doubtful,
    has_rounds,
    own_place,
    recent,
)
from kvalitet.rules.figures.rows import OUTCOME, called, groups, in_row, place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import in_report
from kvalitet.series import Cell, Key, Row
from kvalitet.svenska import some

_IN_ONE_TABLE = ("dag", "månad", "kvartal", "tertial")
"""The frequencies whose tables have a column for each period, and for nothing shorter."""

_NOTHING = Cell(None)
_CALL = re.compile(r"\{\{\s*(?:värde|andel|förändring)\s*\(([^()={}]*)\)")
"""A call of a value, of all and not of a step."""
_QUOTED = re.compile(r'"([^"\n]+)"')


@rule("R401", "ids", "data", "report", concerns=has_rounds)
def lacking_periods(case: Case) -> Iterator[Finding]:
    """Periods of the report's year, since the first row, that an indicator with `frekvens` has no
    row for. Those of one table that lack the same are one finding."""
    plan = case.plan
    alike: defaultdict[tuple[str, tuple[Period, ...]], list[str]] = defaultdict(list)
    told = _told_in_texts(case)
    for id, gaps in lacking(plan, case.report).items():
        alike[groups(plan).get(id, id), gaps].append(id)
    for (table, gaps), lacks in alike.items():
        ids = [id for id in lacks if not case.accepts("R401", id)]
        if not ids or any(told.issuperset((id, gap) for gap in gaps) for id in ids):
            continue
        about = table if len(ids) > 1 else ids[0]
        place, other = _places(plan, about, ids[0], gaps[0])
        names = [called(plan, id) if other else in_row(plan, id) for id in ids]
        message = f"{some(names)} saknar värde för {some(gaps)}"
        hint = (
            "Lägg till rader i data. Finns inget värde, skriv u.s. eller e.m. Kommer det alltid"
            " senare, skriv ett undantag i kvalitet.yaml."
        )
        yield found("R401", place, message, hint, other, about)


def _told_in_texts(case: Case) -> set[tuple[str, Period]]:
    """The rows, as id and period, that a text of the report needs: R211 tells that they lack."""
    plan, at = case.plan, case.report
    said = (entry.text for entry in plan.uppföljning.get(at, {}).values())
    calls = {tuple(_QUOTED.findall(call)) for text in said for call in _CALL.findall(text)}
    asked = {(id, period) for id, *when in filter(None, calls) for period in _periods(when) or [at]}
    return {row for id, period in asked for row in all_lacking(plan, id, period, known_at=at)}


def _periods(texts: Sequence[str]) -> Sequence[Period]:
    try:
        return [Period.parse(text) for text in texts]
    except ValueError:
        return []


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row is about, as the search for lacking periods needs it."""

    period: Period
    frekvens: str | None
    is_total: bool


@remembered
def lacking(plan: Plan, report: Period) -> Mapping[str, tuple[Period, ...]]:
    """The periods that each indicator lacks at a report; none of what only risks below `urval`
    lead to."""
    year = Period(date(report.year, 1, 1), report.last)
    told = {
        number: _Told(key.period, key.period.frekvens, not key.uppdelning)
        for number, key in distinct_keys(plan).items()
        if key.serie == OUTCOME and is_known(Row(key, _NOTHING, "", 0), report)
    }
    gaps_of = {}
    for id in plan.data.indicators():
        indicator, keys = plan.get(Indikator, id), plan.data.keys(id)
        if indicator and indicator.frekvens and id not in doubtful(plan):
            rows = [told[n] for n in map(_identity, keys) if n in told]
            gaps = tuple(_gaps(plan, indicator, rows, year))
            if gaps and id in in_report(plan, report):
                gaps_of[id] = gaps
    return gaps_of


def _gaps(
    plan: Plan, indicator: Indikator, rows: Sequence[_Told], year: Period
) -> Iterator[Period]:
    """The rounds of the year that lack a row, from the first row on that is no baseline."""
    of_it = (row.period for row in rows if row.frekvens == indicator.frekvens)
    first = min((each.first for each in of_it if each != indicator.ingångsvärde), default=None)
    if first is None or indicator.frekvens is None:
        return
    begun = max(first, begins(indicator))
    end = status.end_date(plan, indicator.id, year)
    totals = [row for row in rows if row.is_total]
    there = {row.period for row in totals or rows if row.period.last >= year.first}
    for expected in divide(year, indicator.frekvens):
        is_over = end is not None and expected.last > end.last
        if expected.first >= begun and not is_over and not _is_covered(expected, there):
            yield expected


def _is_covered(expected: Period, there: set[Period]) -> bool:
    """Whether a period has a row: of its own, of a day in it, or of a longer time that is told as
    a whole, such as July and August together."""
    if expected in there:
        return True
    around = [each for each in there if each.contains(expected) or expected.contains(each)]
    return any(
        expected.contains(each) or not any(each.contains(other) for other in there - {each})
        for each in around
    )


def begins(indicator: Indikator) -> date:
    """The first day on which an indicator is measured."""
    return indicator.start.first if indicator.start else date.min


@rule("R402", "ids", "data", concerns=has_rounds)
def period_of_no_table(case: Case) -> Iterator[Finding]:
    """A row of a shorter time than the `frekvens` of an indicator that adds up over time: no sum
    takes it, and where its round has a row the table does not show it. A longer one may be a total
    beside its parts."""
    for each in recent(case):
        frekvens = each.indicator.frekvens
        if frekvens in _IN_ONE_TABLE and each.indicator.adds_up_over_time:
            short = _too_short(case.plan, each.layout, frekvens)
            other = [n for n in short if each.key(n).period != each.indicator.ingångsvärde]
            for numbers in each.by_file(other):
                yield _of_no_table(case.plan, each, numbers, frekvens)


@remembered
def _too_short(_: Plan, layout: Layout, frekvens: str) -> Sequence[int]:
    keys = ((number, layout.keys[number]) for number in layout.numbers)
    told = ((number, key.period) for number, key in keys if key.serie == OUTCOME)
    return [number for number, period in told if _is_shorter(period, frekvens)]


def _is_shorter(period: Period, frekvens: str) -> bool:
    """Whether a period is shorter than the one of a frequency in which it ends."""
    own = period.frekvens
    if own:
        return FREQUENCIES.index(own) < FREQUENCIES.index(frekvens)
    return any(each.contains(period) for each in _around(period, frekvens))


def _around(period: Period, frekvens: str) -> tuple[Period, ...]:
    year = Period(date(period.year, 1, 1), date(period.year, 12, 31))
    return divide(year, frekvens)


def _of_no_table(plan: Plan, each: Recent, numbers: Sequence[int], frekvens: str) -> Finding:
    periods = [each.key(number).period for number in numbers]
    name = in_row(plan, each.indicator.id)
    message = f"{name} mäts per {frekvens}, och {some(periods)} räknas inte in i någon summa"
    example = next(iter(_within(periods[0], frekvens)), None)
    instead = f"Skriv {example}" if example else f"Skriv en period som är {frekvens}"
    hint = f"{instead} med allt som hör dit, eller rätta frekvens i planen."
    return found("R402", each.place(numbers[0]), message, hint, about=each.indicator.id)


def _within(period: Period, frekvens: str) -> Iterator[Period]:
    return (each for each in _around(period, frekvens) if each.contains(period))


def _places(plan: Plan, id: str, with_rows: str, gap: Period) -> tuple[Place, Place | None]:
    """Where the plan's own files write an indicator, and the row after which one lacks; that row
    alone where they do not."""
    rows = [row for row in plan.data.rows(with_rows) if row.key.serie == OUTCOME]
    earlier = [row for row in rows if row.key.period.last < gap.first]
    before = max(earlier or rows, key=lambda row: row.key.period.last)
    row = place_of(before.path, before.line)
    written = next((each for each in (id, with_rows) if each in plan.own), None)
    return (own_place(plan, written, "frekvens"), row) if written else (row, None)


def _identity(key: Key) -> int:
    return id(key)
