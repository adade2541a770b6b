"""Indicators that are measured otherwise than before, or than was planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvalitet.findings import Finding, found
from kvalitet.indicators import breaks
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.rules.figures.recent import (
    doubtful,
    indicators,
    own_indicators,
    own_place,
)
from kvalitet.rules.figures.rows import called
from kvalitet.rules.registry import Case, is_part, rule
from kvalitet.status import held


def _has_definitions(case: Case) -> bool:
    return any(len(each.beskrivning) > 1 for each in indicators(case.plan))


@rule("R411", "ids", "report", concerns=_has_definitions)
def compared_across_a_break(case: Case) -> Iterator[Finding]:
    """A baseline from before a new definition (design 3.4); and a target of a period in which a new
    definition begins, where values before and after it are added. (Calls in texts: R211.)"""
    plan, report = case.plan, case.report
    if not _has_definitions(case):
        return
    for indicator in own_indicators(plan):
        id = indicator.id
        news = [new for new in breaks(plan, id) if new.first <= report.last]
        if not news or id in doubtful(plan):
            continue
        base = indicator.ingångsvärde
        new = next((new for new in news if base and base.last < new.first), None)
        if base and new:
            message = (
                f"Ingångsvärdet {base} för {called(plan, id)} mättes före den nya definitionen"
                f" från {new}"
            )
            hint = "Kontrollera: välj ett ingångsvärde från tiden efter ändringen."
            yield found("R411", own_place(plan, id, "ingångsvärde"), message, hint)
        if indicator.adds_up_over_time:
            yield from _targets_across(plan, indicator, news, report)


def _targets_across(
    plan: Plan, indicator: Indikator, news: Sequence[Period], report: Period
) -> Iterator[Finding]:
    targets = {period for dated in held(plan, indicator).values() for period in dated if period}
    for period in sorted(targets):
        is_now = period.first <= report.last and period.last >= report.first
        new = next((new for new in news if period.first < new.first <= period.last), None)
        if is_now and new:
            message = (
                f"Målvärdet för {period} jämförs med värden som läggs ihop över den nya"
                f" definitionen av {called(plan, indicator.id)} från {new}"
            )
            hint = "Kontrollera: dela målvärdet i en period före och en efter ändringen."
            yield found("R411", own_place(plan, indicator.id, "målvärden"), message, hint)


@rule("R415", "ids", concerns=is_part)
def planned_otherwise(case: Case) -> Iterator[Finding]:
    """A part that measures what it inherits in another unit, kind or direction, so that the parts
    cannot be compared."""
    plan, whole = case.plan, case.plan.whole
    for own in own_indicators(plan) if whole else ():
        id, planned = own.id, whole.get(Indikator, own.id) if whole else None
        if planned is None or whole is None or id in doubtful(plan):
            continue
        for key in ("måttenhet", "typ", "riktning"):
            here, there = getattr(own, key), getattr(planned, key)
            if here == there or key not in plan.definitions[id][0].keys:
                continue
            if key != "riktning" or "ingen" not in (here, there):
                message = f"{called(plan, id)} har {key} {here} här men {there} i {whole.mapp}"
                hint = "Ta bort raden, eller ge indikatorn ett eget id."
                yield found("R415", own_place(plan, id, key), message, hint)
