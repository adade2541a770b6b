"""Indicators that nobody uses, or measures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain

from kvalitet import status
from kvalitet.findings import Finding, found
from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.report import TABLES, Avsnitt
from kvalitet.model.thing import Avvikelse, Egenkontroll
from kvalitet.period import Period, divide
from kvalitet.rules.figures.deviations import uncounted
from kvalitet.rules.figures.indicators import begins, lacking
from kvalitet.rules.figures.recent import (
    doubtful,
    has_indicators,
    indicators,
    is_off,
    own_indicators,
    own_place,
)
from kvalitet.rules.figures.rounds import lacking_rounds
from kvalitet.rules.figures.rows import OUTCOME, called, groups, in_row, place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import below
from kvalitet.series import Key
from kvalitet.svenska import some

_CALLED = re.compile(r'\{\{\s*\w+\s*\(\s*"([^"\n]+)"')
_FORECAST = "prognos"


def _has_targets(case: Case) -> bool:
    return any(each.målvärden for each in indicators(case.plan))


@rule("R412", "ids", "reports", "report", concerns=has_indicators)
def unused(case: Case) -> Iterator[Finding]:
    """An indicator that nothing has, is computed from or speaks of, and that no section of the
    reports prints. A group is told in place of its members."""
    plan = case.plan
    parts_are_known = not any(part.gaps.ids or part.gaps.said for part in case.parts)
    if not plan.rapporter or _prints_all(case) or not parts_are_known or _misspells(plan):
        return
    idle = {each.id for each in indicators(plan)} - _used(case) - set(plan.sections())
    for id in (each.id for each in own_indicators(plan) if each.id in idle):
        if groups(plan).get(id) in idle or id in doubtful(plan):
            continue
        if not plan.inherits(id):
            message = (
                f"{called(plan, id)} hör inte till något och nämns inte, så den kommer inte med"
            )
            hint = "Skriv id under indikatorer där den hör hemma, eller ta bort den."
            yield found("R412", own_place(plan, id), message, hint)


def _prints_all(case: Case) -> bool:
    plans = (case.plan, *case.parts)
    sections = chain.from_iterable(map(_sections, plans))
    return any(each.del_ == TABLES and not each.indikatorer for each in sections)


def _sections(plan: Plan) -> Iterator[Avsnitt]:
    return chain.from_iterable(report.sections() for report in plan.rapporter.values())


def _used(case: Case) -> set[str]:
    """The indicators that something uses, in the plan or its parts; what uses one member of a group
    uses the group, and what uses a group all of it."""
    plan = case.plan
    used: set[str] = set()
    for each in (plan, *case.parts):
        used.update(_used_in(each))
    tables = {group: plan.get(Indikator, group) for group in groups(plan).values()}
    waiting = list(used & tables.keys())
    while waiting:
        table = tables[waiting.pop()]
        more = set(table.indikatorer if table else ()) - used
        used |= more
        waiting.extend(more & tables.keys())
    used.update(*({group} for member, group in groups(plan).items() if member in used))
    return used


@remembered
def _used_in(plan: Plan) -> Collection[str]:
    """Of the indicators those that a plan's own words, things, relations and calls are about, and
    those that its reports ask for."""
    known = {each.id for each in indicators(plan)}
    used = {*(known & plan.said_of.keys()), *filter(known.__contains__, _referred(plan))}
    said = (entry.text for entries in plan.uppföljning.values() for entry in entries.values())
    for text in chain(plan.texter.values(), said):
        if "{{" in text:
            used.update(_CALLED.findall(text))
    return used


def _referred(plan: Plan) -> Iterator[str]:
    """What things have, indicators are computed from, is related or asked for by a section; one at
    a time, as it is much of a large plan."""
    yield from chain.from_iterable(section.indikatorer for section in _sections(plan))
    tables = set(groups(plan).values())
    yield from chain.from_iterable(ids for id, ids in below(plan).items() if id not in tables)
    for indicator in indicators(plan):
        yield from indicator.beräkning.parts if indicator.beräkning else ()
    for relation, _ in plan.samband:
        yield from (*relation.summa, *relation.fallande)
        if relation.är[:1].isalpha():
            yield relation.är


def _misspells(plan: Plan) -> bool:
    """Whether an id names nothing: it may be meant for an indicator that seems to be unused."""
    return not all(map(plan.things.__contains__, _referred(plan)))


@rule("R413", "ids", "data", "report", concerns=has_indicators)
def without_any_value(case: Case) -> Iterator[Finding]:
    """An indicator that something uses and that has begun, without a row in the plan or its parts,
    and without words, though a round of its `frekvens`, the period of a target or the year is
    over. What a self-check or a deviation lacks for its sake is told there."""
    plan, there = case.plan, _with_rows(case)
    if there is None:
        return
    lacking_rows = (each.id for each in own_indicators(plan) if each.id not in there)
    without = [id for id in lacking_rows if _is_due(plan, id, case.report)]
    used = _used(case) - {*_told_of_owners(case)} if without else ()
    for id in without:
        if id in used:
            message = f"{called(plan, id)} har inget värde"
            hint = "Lägg till en rad i data. Finns inget värde, skriv u.s. eller e.m."
            yield found("R413", own_place(plan, id), message, hint)


def _with_rows(case: Case) -> Collection[str] | None:
    """The indicators with rows in the plan or its parts; None where a file of one is not known."""
    plans = (case.plan, *case.parts)
    if any(plan.gaps.data for plan in plans):
        return None
    return {id for plan in plans for id in plan.data.indicators()}


def _told_of_owners(case: Case) -> Collection[str]:
    """The indicators of what R444 and R453 tell that figures lack for."""
    owners: list[Egenkontroll | Avvikelse] = []
    if not is_off(case, "R444"):
        owners += [check for check, _ in lacking_rounds(case)]
    if not is_off(case, "R453"):
        owners += uncounted(case)
    ids = (id for owner in owners for id in owner.indikatorer)
    return {each.id for id in ids for each in members(case.plan, id)}


def _is_due(plan: Plan, id: str, report: Period) -> bool:
    """Whether an indicator needs rows by the report: by its `frekvens`, else by a target."""
    indicator = plan.get(Indikator, id)
    if indicator is None or not _needs_rows(plan, id, report):
        return False
    year = Period(date(report.year, 1, 1), date(report.year, 12, 31))
    if indicator.frekvens or year.last <= report.last:
        return True
    return _ended(plan, indicator, year, report) is not None


def _needs_rows(plan: Plan, id: str, report: Period) -> bool:
    """Whether an indicator of the plan's own is measured and not reckoned or told in words, and a
    round is over, of the report's year or since it began."""
    indicator = plan.get(Indikator, id)
    if indicator is None or indicator.indikatorer or indicator.beräkning or id in doubtful(plan):
        return False
    if plan.inherits(id) or any(entry.text for _, entry in plan.said_of.get(id, ())):
        return False
    begun = max(begins(indicator), date(report.year, 1, 1))
    if begun > report.last or not indicator.frekvens:
        return begun <= report.last
    return bool(divide(Period(begun, report.last), indicator.frekvens))


@rule("R414", "ids", "data", "report", concerns=_has_targets)
def never_followed_up(case: Case) -> Iterator[Finding]:
    """A target whose period is over at the report, in its year, and no row of the indicator in that
    period, though it has rows of other times. (Where rows of its `frekvens` lack, R401 tells.)"""
    plan, report = case.plan, case.report
    if any(part.gaps.data for part in case.parts):
        return
    known, told = lacking(plan, report), _Told()
    year = Period(date(report.year, 1, 1), date(report.year, 12, 31))
    for indicator in own_indicators(plan):
        id, ended = indicator.id, _ended(plan, indicator, year, report)
        if ended is None or id in known or indicator.beräkning or id in doubtful(plan):
            continue
        rows = [keys for each in (plan, *case.parts) if (keys := each.data.keys(id))]
        if not any(rows) or any(told.of(keys, ended) for keys in rows):
            continue
        end = status.end_date(plan, id, report)
        if not ((end and end.last < ended.last) or status.words(plan, id, report)):
            message = f"{called(plan, id)} har målvärde för {ended} men inget värde då"
            hint = "Lägg till en rad i data. Finns inget värde, skriv u.s. eller e.m."
            yield found("R414", own_place(plan, id, "målvärden"), message, hint)


@rule("R414", "ids", "data", "report", concerns=has_indicators)
def without_outcome(case: Case) -> Iterator[Finding]:
    """An indicator that something uses, with rows of other series only, such as a forecast or the
    whole country, though a round of its `frekvens` or a period of a forecast is over."""
    plan, report = case.plan, case.report
    if any(part.gaps.data for part in case.parts):
        return
    for id in _only_other_series(plan):
        rows = plan.data.rows(id)
        indicator = plan.get(Indikator, id)
        if indicator is None or not _needs_rows(plan, id, report) or id not in _used(case):
            continue
        ahead = [row.key.period for row in rows if row.key.serie == _FORECAST]
        is_over = any(each.last <= report.last and each.year == report.year for each in ahead)
        if not (is_over or (indicator.frekvens and not ahead)):
            continue
        if any(key.serie == OUTCOME for part in case.parts for key in part.data.keys(id)):
            continue
        if id in plan.own:
            series = some(list(dict.fromkeys(row.key.serie for row in rows)))
            message = f"{in_row(plan, id)} har rader för {series} men aldrig något utfall"
            hint = "Lägg till en rad i data. Finns inget utfall, skriv u.s. eller e.m."
            first = place_of(rows[0].path, rows[0].line)
            yield found("R414", first, message, hint, own_place(plan, id), id)


def _only_other_series(plan: Plan) -> Sequence[str]:
    """The indicators with rows, none of which is an outcome."""
    data = plan.data
    return [id for id in data.indicators() if all(key.serie != OUTCOME for key in data.keys(id))]


def _ended(plan: Plan, indicator: Indikator, year: Period, report: Period) -> Period | None:
    """The last period of a target that is over at a report and ends in its year; the year itself,
    when it is over, for one that always holds."""
    over = [
        period or year
        for dated in status.held(plan, indicator).values()
        for period in dated
        if (period or report).year == report.year
    ]
    return max((each for each in over if each.last <= report.last), default=None)


class _Told:
    """Whether rows are about a period; of indicators whose rows are alike it is worked out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Period], bool] = {}

    def of(self, keys: Sequence[Key], period: Period) -> bool:
        """Whether one of the rows is."""
        asked = (id(keys), period)
        if asked not in self._known:
            self._known[asked] = any(_speaks_of(key, period) for key in keys)
        return self._known[asked]


def _speaks_of(key: Key, period: Period) -> bool:
    return key.serie == OUTCOME and period.first <= key.period.last <= period.last
