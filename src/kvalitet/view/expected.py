"""Which values of an indicator a report expects, and which it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kvalitet import indicators
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.series import Key
from kvalitet.view.pending import UNREADABLE, Rad, Status, ending_in, responsible
from kvalitet.view.scene import Scene, numbered

_MOST_NAMED = 4
_SPAN = 1.2
"""A tertial is at most so much longer than another, and so is a month."""


def of_indicator(
    scene: Scene, indicator: Indikator, today: date, left_out: frozenset[str]
) -> Rad | None:
    """The row of an indicator; None for a group, and where another plan has its rows."""
    plan, at, id = scene.plan, scene.at, indicator.id
    rows = _told(plan, id)
    elsewhere = any(_told(part, id) for part in scene.parts) or id not in plan.own
    is_group = bool(indicator.indikatorer) and not indicator.beräkning
    if is_group or (elsewhere and not rows):
        return None
    row = Rad("indikator", id, numbered(indicator), "inget", tabell=_tables(plan).get(id, ""))
    row = replace(row, ansvarig=responsible(plan, id))
    if indicator.beräkning or id in left_out:
        return replace(row, varför="räknas fram" if indicator.beräkning else "utanför urvalet")
    if plan.gaps.data or indicators.is_faulty(plan, id):
        return replace(row, varför=UNREADABLE)
    known = sorted({key.period for key in rows if _is_known(key, at)})
    row = replace(row, senast=known[-1] if known else None)
    if not known or not indicator.frekvens:
        judged, why = _without_demand(indicator, known, bool(rows), scene)
        return replace(row, status=judged, varför=why)
    return _by_rhythm(scene, indicator, row, known, today)


def _without_demand(
    indicator: Indikator, known: list[Period], is_later: bool, scene: Scene
) -> tuple[Status, str]:
    """What is told of an indicator without `frekvens`, or without a value until the report: one
    that had a value at the report before may be forgotten now."""
    at = scene.at
    if known:
        last = known[-1]
        if last.last >= at.first:
            return "skriven", ""
        was_there = last.last >= scene.before.first and last.days <= _SPAN * at.days
        return "oförändrad" if was_there else "inget", f"senast {last.short()}"
    begins_later = indicator.start is not None and indicator.start.first > at.last
    if is_later or begins_later:
        return "inget", "börjar senare"
    if indicator.frekvens and not ending_in(at, indicator.frekvens):
        return "inget", f"väntas varje {indicator.frekvens}"
    return "saknas", "inget värde än"


def _by_rhythm(
    scene: Scene, indicator: Indikator, row: Rad, known: list[Period], today: date
) -> Rad:
    """The row of an indicator that has a value for each day, month …: those of the report that
    are over, from the first that it ever had, are lacking where there is none."""
    plan, at = scene.plan, scene.at
    expected = [
        each
        for each in ending_in(at, indicator.frekvens or "")
        if each.last >= known[0].last and _runs(indicator, each)
    ]
    exact = {*known}
    having = [each for each in expected if each in exact or _has_value(plan, indicator, each, at)]
    lacking = [each for each in expected if each not in having]
    over = tuple(each for each in lacking if each.last < today)
    if over:
        return replace(row, status="saknas", varför=_named(over), saknade=over)
    if having:
        return replace(row, status="skriven")
    why = f"väntas {lacking[0].short()}" if lacking else f"väntas varje {indicator.frekvens}"
    return replace(row, varför=why)


def _named(periods: tuple[Period, ...]) -> str:
    """The first of the periods, and how many there are more; a year that they share once."""
    *first, last = (each.short() for each in periods[:_MOST_NAMED])
    year = f" {periods[0].year}"
    named = ", ".join([*(each.removesuffix(year) for each in first), last])
    more = len(periods) - _MOST_NAMED
    return f"värde saknas {named}" + (f" och {more} till" if more > 0 else "")


@remembered
def _tables(plan: Plan) -> Mapping[str, str]:
    """The name of the group that each indicator is in."""
    groups = plan.all(Indikator)
    return {id: group.namn for group in groups for id in group.indikatorer}


def _runs(indicator: Indikator, period: Period) -> bool:
    start, end = indicator.start, indicator.slut
    has_begun = start is None or start.first <= period.last
    return has_begun and (end is None or period.last <= end.last)


def _has_value(plan: Plan, indicator: Indikator, period: Period, at: Period) -> bool:
    return indicators.value(plan, indicator.id, period, known_at=at).is_told


def _told(plan: Plan, id: str) -> list[Key]:
    """What the rows are about that tell what came of it, also those broken down."""
    return [key for key in plan.data.keys(id) if key.serie == "utfall"]


def _is_known(key: Key, at: Period) -> bool:
    is_told = key.gäller_från is None or key.gäller_från.last <= at.last
    return is_told and key.period.last <= at.last
