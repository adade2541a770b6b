"""Indicators that nobody uses or measures, or that are measured otherwise than was planned."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from kvalitet import status
from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period, divide
from kvalitet.rules.figures.indicators import begins, lacking
from kvalitet.rules.figures.recent import OUTCOME, doubtful, groups, has_indicators, own_place
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Key

_CALLED = re.compile(r'\{\{\s*\w+\s*\(\s*"([^"\n]+)"')
_ALL_OF_THEM = "indikatorer"
"""The part of a report that prints every indicator."""


def _has_definitions(case: Case) -> bool:
    return any(len(each.beskrivning) > 1 for each in case.plan.all(Indikator))


def _has_targets(case: Case) -> bool:
    return any(each.målvärden for each in case.plan.all(Indikator))


def _is_part(case: Case) -> bool:
    return case.plan.whole is not None


@rule("R411", "ids", "report", concerns=_has_definitions)
def compared_across_a_break(case: Case) -> Iterator[Finding]:
    """A baseline from before a new definition (design 3.4); and a target of a period in which a new
    definition begins, where values before and after it are added. (Calls in texts: R211.)"""
    plan, report = case.plan, case.report
    if not _has_definitions(case):
        return
    for id in plan.own:
        indicator = plan.get(Indikator, id)
        news = [new for new in breaks(plan, id) if new.first <= report.last] if indicator else []
        if indicator is None or not news or id in doubtful(plan):
            continue
        base = indicator.ingångsvärde
        new = next((new for new in news if base and base.last < new.first), None)
        if base and new:
            message = f"Ingångsvärdet {base} för {id} mättes före den nya definitionen från {new}"
            hint = "Kontrollera: välj ett ingångsvärde från tiden efter ändringen."
            yield found("R411", own_place(plan, id, "ingångsvärde"), message, hint)
        if indicator.adds_up_over_time:
            yield from _targets_across(plan, indicator, news, report)


def _targets_across(
    plan: Plan, indicator: Indikator, news: Sequence[Period], report: Period
) -> Iterator[Finding]:
    targets = {period for dated in indicator.målvärden.values() for period in dated if period}
    for period in sorted(targets):
        is_now = period.first <= report.last and period.last >= report.first
        new = next((new for new in news if period.first < new.first <= period.last), None)
        if is_now and new:
            message = (
                f"Målvärdet för {period} jämförs med värden som läggs ihop över den nya"
                f" definitionen av {indicator.id} från {new}"
            )
            hint = "Kontrollera: dela målvärdet i en period före och en efter ändringen."
            yield found("R411", own_place(plan, indicator.id, "målvärden"), message, hint)


@rule("R412", "ids", "reports", "report", concerns=has_indicators)
def unused(case: Case) -> Iterator[Finding]:
    """An indicator that nothing has, is computed from or speaks of, and that no section of the
    reports prints. A group is told in place of its members."""
    plan = case.plan
    parts_are_known = not any(part.gaps.ids or part.gaps.said for part in case.parts)
    if not plan.rapporter or _prints_all(case) or not parts_are_known or _misspells(plan):
        return
    idle = {each.id for each in plan.all(Indikator)} - _used(case) - set(plan.sections())
    for id in plan.own:
        if id not in idle or groups(plan).get(id) in idle or id in doubtful(plan):
            continue
        if plan.whole is None or id not in plan.whole.things:
            message = f"{id} hör inte till något och nämns inte, så den kommer inte med"
            hint = "Skriv id under indikatorer där den hör hemma, eller ta bort den."
            yield found("R412", own_place(plan, id), message, hint)


def _prints_all(case: Case) -> bool:
    plans = (case.plan, *case.parts)
    reports = (report for plan in plans for report in plan.rapporter.values())
    return any(each.del_ == _ALL_OF_THEM for report in reports for each in report.avsnitt)


def _used(case: Case) -> set[str]:
    """The indicators that something uses, in the plan or its parts; what uses one member of a group
    uses the group, and what uses a group all of it."""
    plan = case.plan
    used: set[str] = set()
    for each in (plan, *case.parts):
        used.update(_used_in(each))
    waiting = list(used)
    while waiting:
        thing: Any = plan.things.get(waiting.pop())
        more = set(getattr(thing, "indikatorer", ())) - used
        used |= more
        waiting.extend(more)
    used.update(*({group} for member, group in groups(plan).items() if member in used))
    return used


@remembered
def _used_in(plan: Plan) -> Collection[str]:
    used = {*plan.said_of, *_referred(plan)}
    said = (entry.text for entries in plan.uppföljning.values() for entry in entries.values())
    for text in (*plan.texter.values(), *said):
        if "{{" in text:
            used.update(_CALLED.findall(text))
    return used


@remembered
def _referred(plan: Plan) -> Collection[str]:
    """The indicators that things have, are computed from, or are related."""
    referred: set[str] = set()
    things: Iterable[Any] = plan.things.values()
    for thing in things:
        referred.update(getattr(thing, "indikatorer", ()) if type(thing) is not Indikator else ())
        if type(thing) is Indikator and thing.beräkning:
            referred.update(thing.beräkning.parts)
    for relation, _ in plan.samband:
        referred.update((*relation.summa, *relation.fallande))
        referred.update([relation.är] if relation.är[:1].isalpha() else [])
    return referred


def _misspells(plan: Plan) -> bool:
    """Whether an id names nothing: it may be meant for an indicator that seems to be unused."""
    return not plan.things.keys() >= set(_referred(plan))


@rule("R413", "ids", "data", "report", concerns=has_indicators)
def without_any_value(case: Case) -> Iterator[Finding]:
    """An indicator that something uses and that has begun, without a row in the plan or its parts,
    and without words."""
    plan, there = case.plan, _with_rows(case)
    if there is None:
        return
    without = [id for id in plan.own if id not in there and _needs_rows(plan, id, case.report)]
    used = _used(case) if without else ()
    for id in without:
        if id in used:
            message = f"{id} har inget värde"
            hint = "Lägg till en rad i data. Finns inget värde, skriv u.s. eller e.m."
            yield found("R413", own_place(plan, id), message, hint)


def _with_rows(case: Case) -> Collection[str] | None:
    """The indicators with rows in the plan or its parts; None where a file of one is not known."""
    plans = (case.plan, *case.parts)
    if any(plan.gaps.data for plan in plans):
        return None
    return {id for plan in plans for id in plan.data.indicators()}


def _needs_rows(plan: Plan, id: str, report: Period) -> bool:
    """Whether an indicator of the plan's own is measured and not reckoned or told in words, and a
    round is over, of the report's year or since it began."""
    indicator = plan.get(Indikator, id)
    if indicator is None or indicator.indikatorer or indicator.beräkning or id in doubtful(plan):
        return False
    is_inherited = plan.whole is not None and id in plan.whole.things
    if is_inherited or any(entry.text for _, entry in plan.said_of.get(id, ())):
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
    known = lacking(plan, report)
    for id in plan.own:
        indicator = plan.get(Indikator, id)
        if indicator is None or not indicator.målvärden or id in known or id in doubtful(plan):
            continue
        rows = [each.data.keys(id) for each in (plan, *case.parts)]
        ended = _ended(indicator, report)
        if not any(rows) or indicator.beräkning or ended is None:
            continue
        end = status.end_date(plan, id, report)
        if (end and end.last < ended.last) or status.words(plan, id, report):
            continue
        if not any(_speaks_of(key, ended) for key in chain.from_iterable(rows)):
            message = f"{id} har målvärde för {ended} men inget värde då"
            hint = "Lägg till en rad i data. Finns inget värde, skriv u.s. eller e.m."
            yield found("R414", own_place(plan, id, "målvärden"), message, hint)


def _ended(indicator: Indikator, report: Period) -> Period | None:
    """The last period of a target that is over at a report and ends in its year; the year itself,
    when it is over, for one that always holds."""
    periods = {period for dated in indicator.målvärden.values() for period in dated}
    year = Period(date(report.year, 1, 1), date(report.year, 12, 31))
    dated = (period or year for period in periods)
    over = [each for each in dated if each.last <= report.last and each.year == report.year]
    return max(over, default=None)


def _speaks_of(key: Key, period: Period) -> bool:
    return key.serie == OUTCOME and period.first <= key.period.last <= period.last


@rule("R415", "ids", concerns=_is_part)
def planned_otherwise(case: Case) -> Iterator[Finding]:
    """A part that measures what it inherits in another unit, kind or direction, so that the parts
    cannot be compared."""
    plan, whole = case.plan, case.plan.whole
    for id in plan.own if whole else ():
        own, planned = plan.get(Indikator, id), whole.get(Indikator, id) if whole else None
        if own is None or planned is None or whole is None or id in doubtful(plan):
            continue
        for key in ("måttenhet", "typ", "riktning"):
            here, there = getattr(own, key), getattr(planned, key)
            if here == there or key not in plan.definitions[id][0].keys:
                continue
            if key != "riktning" or "ingen" not in (here, there):
                message = f"{id} har {key} {here} här men {there} i {whole.mapp}"
                hint = "Ta bort raden, eller ge indikatorn ett eget id."
                yield found("R415", own_place(plan, id, key), message, hint)
