"""Periods that cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet.findings import Finding, found
from kvalitet.model.thing import Ting
from kvalitet.rules.registry import Case, rule


@rule("R241")
def ends_before_start(case: Case) -> Iterator[Finding]:
    """An end whose last day comes before the first day of the start."""
    plan = case.plan
    for id in plan.own:
        thing = plan.things[id]
        if not isinstance(thing, Ting) or not thing.start:
            continue
        if thing.slut and thing.slut.last < thing.start.first:
            message = f"{thing.slut} slutar före {thing.start}, då {thing.kind} börjar"
            yield found("R241", plan.place(id, "slut"), message, _HINT)
    for period in case.periods():
        for id, entry in plan.uppföljning[period].items():
            said = plan.things.get(id)
            if not (entry.slut and isinstance(said, Ting) and said.start):
                continue
            if entry.slut.last < said.start.first:
                message = f"{entry.slut} slutar före {said.start}, då {said.kind} börjar"
                place = plan.said[period][id].at("slut")
                yield found("R241", place, message, _HINT, plan.place(id, "start"))


_HINT = "Rätta det ena av start och slut."
