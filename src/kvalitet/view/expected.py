"""Which values of an indicator a report expects, and which it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kvalitet import indicators, status
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period, divide
from kvalitet.series import Key
from kvalitet.view.due import Due
from kvalitet.view.pending import UNREADABLE, Rad, Status, responsible
from kvalitet.view.scene import Scene, numbered

_MOST_NAMED = 4
_SPAN = 1.2
"""A tertial is at most so much longer than another, and so is a month."""


def of_indicator(scene: Scene, indicator: Indikator, today: date, due: Due) -> Rad | None:
    """The row of an indicator; None for a group, and where another plan has its rows."""
    plan, at, id = scene.plan, scene.at, indicator.id
    rows = _told(plan, id)
    elsewhere = any(_told(part, id) for part in scene.parts) or id not in plan.own
    is_group = bool(indicator.indikatorer) and not indicator.beräkning
    if is_group or (elsewhere and not rows):
        return None
    row = Rad("indikator", id, numbered(indicator), "inget", tabell=_tables(plan).get(id, ""))
    row = replace(row, ansvarig=responsible(plan, id))
    if indicator.beräkning or id not in due.in_report:
        return replace(row, varför="räknas fram" if indicator.beräkning else "utanför urvalet")
    if plan.gaps.data or indicators.is_faulty(plan, id):
        return replace(row, varför=UNREADABLE)
    known = sorted({key.period for key in rows if _is_known(key, at)})
    row = replace(row, senast=known[-1] if known else None)
    lacking = due.values.get(id, ())
    over = tuple(each for each in lacking if each.last < today)
    if over:
        return replace(row, status="saknas", varför=_named(over), saknade=over)
    judged, why = _by_its_rows(indicator, known, bool(rows), scene)
    if lacking and judged != "skriven":
        return replace(row, varför=f"väntas {lacking[0].short()}")
    return replace(row, status=judged, varför=why)


def _by_its_rows(
    indicator: Indikator, known: list[Period], is_later: bool, scene: Scene
) -> tuple[Status, str]:
    """What is told of an indicator of which no period that is over lacks a value. One without
    `frekvens` that had a value at the report before may be forgotten now."""
    plan, at, frekvens = scene.plan, scene.at, indicator.frekvens
    last = known[-1] if known else None
    if last and last.last >= at.first:
        return "skriven", ""
    end = status.end_date(plan, indicator.id, at)
    if end and end.last <= at.last:
        return "inget", f"slutade {end.short()}"
    if frekvens and not _ending_in(at, frekvens):
        return "inget", f"väntas varje {frekvens}"
    if last:
        was_there = last.last >= scene.before.first and last.days <= _SPAN * at.days
        return "oförändrad" if was_there else "inget", f"senast {last.short()}"
    begins_later = indicator.start is not None and indicator.start.first > at.last
    if is_later or begins_later:
        return "inget", "börjar senare"
    return "saknas", "inget värde än"


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


def _ending_in(at: Period, frekvens: str) -> bool:
    """Whether a period of a frequency has its last day in a report's period."""
    year = Period(date(at.first.year, 1, 1), date(at.last.year, 12, 31))
    return any(at.first <= each.last <= at.last for each in divide(year, frekvens))


def _told(plan: Plan, id: str) -> list[Key]:
    """What the rows are about that tell what came of it, also those broken down."""
    return [key for key in plan.data.keys(id) if key.serie == "utfall"]


def _is_known(key: Key, at: Period) -> bool:
    is_told = key.gäller_från is None or key.gäller_från.last <= at.last
    return is_told and key.period.last <= at.last
