"""Targets that are missed and that no words are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from kvalitet import status
from kvalitet.findings import Finding, Place, found
from kvalitet.indicators import is_faulty, is_known
from kvalitet.model.followup import Uppföljning
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.rules.figures.directions import against
from kvalitet.rules.figures.recent import is_off
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import in_report, name, upwards
from kvalitet.rules.work.goals import is_missed
from kvalitet.rules.work.names import named_in

_QUOTED = re.compile(r'"([a-z][a-z0-9-]*)"')


@rule("R364", "ids", "data", "report")
def missed_and_never_mentioned(case: Case) -> Iterator[Finding]:
    """An indicator of the report that misses its target, where no words of the period, or of
    another report since the value was known, are about it or what it belongs to, and no text calls
    it, what it is computed from, or names it. One that nothing but a table holds is told as not
    used, one whose target goes against what is better as that."""
    plan, at = case.plan, case.report
    tells_directions = not is_off(case, "R420")
    since: dict[date, list[Indikator]] = {}
    for one in _untold(case, plan.all(Indikator), [at]):
        is_told = tells_directions and against(one) is not None
        if not is_told and is_missed(plan, one, at) and not is_faulty(plan, one.id):
            since.setdefault(_known_since(plan, one, at), []).append(one)
    said = {period for each in (plan, *case.parts) for period in each.uppföljning}
    for day, ones in since.items():
        periods = [period for period in said if day <= period.last <= at.last]
        yield from _unmentioned(case, _untold(case, ones, periods), periods)


def _untold(case: Case, ones: Iterable[Indikator], periods: Collection[Period]) -> list[Indikator]:
    """Those with targets of which nothing is said in some periods."""
    told, made_of = _told(case, periods), _computed(case.plan)
    return [
        one
        for one in ones
        if one.målvärden
        and not any(_is_told(case.plan, each, told) for each in made_of.get(one.id, [one.id]))
    ]


def _known_since(plan: Plan, indicator: Indikator, at: Period) -> date:
    """The last day of what is compared with the targets that are missed."""
    compared = status.comparisons(plan, indicator.id, at)
    ends = [each.tal.period.last for each in compared if each.missas and each.tal.period]
    return min([*ends, at.last])


def _unmentioned(
    case: Case, missed: list[Indikator], periods: Collection[Period]
) -> Iterator[Finding]:
    plan, at = case.plan, case.report
    named = named_in(_texts(case, periods), {one.namn for one in missed})
    reported = in_report(plan, at)
    for indicator in missed:
        place = _place(plan, indicator.id, at)
        is_shown = indicator.id in reported and _is_used(plan, indicator.id)
        if place and is_shown and indicator.namn not in named:
            hint = f"Kontrollera, och skriv under {at} varför det missas och vad som görs."
            figures = _figures(plan, indicator, at)
            message = f'"{name(plan, indicator.id)}" är {figures}, och nämns inte i {at}'
            yield found("R364", place, message, hint, about=indicator.id)


def _figures(plan: Plan, indicator: Indikator, at: Period) -> str:
    """The value, the first target that it misses, and whose it is."""
    compared = status.comparisons(plan, indicator.id, at)
    one = next(one for one in compared if one.missas)
    return f"{one.tal.text()}, målet är {one.text()} ({one.vems})"


def _is_used(plan: Plan, id: str) -> bool:
    """Whether an indicator belongs to anything but tables of indicators."""
    return any(not isinstance(plan.things[each], Indikator) for each in upwards(plan, id))


def _told(case: Case, periods: Collection[Period]) -> Collection[str]:
    """The ids of which there are words in some periods, here or in a part, or that a text calls."""
    told = {id for of in _said(case, periods) for id, entry in of.items() if entry.text}
    for text in _texts(case, periods):
        if "{{" in text:
            told.update(_QUOTED.findall(text))
    return told


def _is_told(plan: Plan, id: str, told: Collection[str]) -> bool:
    """Whether there are words of a thing, or of anything that it belongs to."""
    return any(each in told for each in upwards(plan, id))


def _computed(plan: Plan) -> dict[str, list[str]]:
    """Each indicator that is computed or that another is computed from, itself among what else
    that is: words of one of them are of all."""
    found: dict[str, list[str]] = {}
    for one in plan.all(Indikator):
        together = (one.id, *one.beräkning.parts) if one.beräkning else ()
        for each in together:
            found.setdefault(each, []).extend(together)
    return found


def _texts(case: Case, periods: Collection[Period]) -> Iterator[str]:
    yield from case.plan.texter.values()
    yield from (entry.text for of in _said(case, periods) for entry in of.values())


def _said(case: Case, periods: Collection[Period]) -> Iterator[Mapping[str, Uppföljning]]:
    for plan in (case.plan, *case.parts):
        yield from (plan.uppföljning[each] for each in periods if each in plan.uppföljning)


def _place(plan: Plan, id: str, at: Period) -> Place | None:
    """Where the plan itself writes the indicator, else its newest row."""
    if id in plan.own:
        return plan.place(id)
    rows = [row for row in plan.data.rows(id) if is_known(row, at) and row.key.serie == "utfall"]
    newest_row = max(rows, key=lambda row: row.key.period, default=None)
    return Place(newest_row.path, line=newest_row.line, column=1) if newest_row else None
