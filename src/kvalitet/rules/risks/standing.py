"""How a risk stands, and what is done about it in its plan, its wholes and its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from kvalitet import status
from kvalitet.findings import Place
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import AXES
from kvalitet.model.text import Model
from kvalitet.model.thing import Aktivitet, Risk, Ting, Åtgärd
from kvalitet.period import Period
from kvalitet.rules.registry import Case
from kvalitet.svenska import shorten

JUDGED = ("nivå", *AXES)
"""The scales on which a risk is judged."""

ACCEPTED = "accepterad"
ENDED = frozenset(status.FINISHED) - {ACCEPTED}
"""The built-in steps of `läge` after which a risk is no longer one."""

UNKNOWN = "okänt"
"""What stands for a `läge` that a faulty word hides."""

_HELD = ("åtgärder", "aktiviteter", "egenkontroller", "indikatorer")
LONGEST_NAME = 80
"""As much of a name as a finding quotes."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure or an activity of a risk, and whether it lies under another."""

    thing: Ting
    is_below: bool


def family(case: Case) -> tuple[Plan, ...]:
    """The plan, what it inherits from, and its parts: each may follow up the same measures."""
    return (*case.plan.chain(), *case.parts)


def held(plan: Plan, id: str) -> Iterator[tuple[str, Model | None, bool]]:
    """A thing and all that belongs to it, by id (None: not known), and whether it lies under a
    measure."""
    waiting, seen = [(id, False)], set()
    while waiting:
        each, is_below = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        thing = plan.things.get(each)
        yield each, thing, is_below
        inside = is_below or isinstance(thing, Åtgärd | Aktivitet)
        for key in reversed(_HELD):
            waiting += ((one, inside) for one in reversed(getattr(thing, key, ())))


def measures_of(case: Case, id: str) -> Iterator[tuple[str, Measure | None]]:
    """The measures and activities of a risk at any depth; None for what may not be known."""
    seen: set[str] = set()
    for plan in family(case):
        gaps = plan.gaps
        if gaps.ids or gaps.said:
            yield id, None
        for each, thing, is_below in held(plan, id) if id in plan.things else ():
            if thing is None or (gaps.fields and any((each, key) in gaps.fields for key in _HELD)):
                yield each, None
            elif isinstance(thing, Åtgärd | Aktivitet) and each not in seen:
                seen.add(each)
                yield each, Measure(thing, is_below)


def läget(plan: Plan, id: str, at: Period) -> str:
    """The built-in step that the `läge` of something means; "" where nothing is said."""
    gaps = plan.gaps
    if id not in plan.said_of and not (gaps.said or gaps.fields or gaps.scales):
        return ""  # as of most measures: asked of every plan, and for every risk
    if status.is_unknown(plan, id, "läge", at):
        return UNKNOWN
    said = status.state(plan, id, "läge", at)
    meant = status.meaning(plan, "läge", said) if said else ""
    return UNKNOWN if meant == "klar" and status.moved_on(plan, id, at) else meant


def lägen(case: Case, id: str) -> set[str]:
    """What the plans say of the `läge` of a measure: what the plan says itself goes before what
    is said in its wholes, unless that is newer."""
    plan, at = case.plan, case.report
    own = läget(plan, id, at)
    wholes = {läget(one, id, at) for one in _heard(plan, id, at)} if plan.whole else set()
    return {own, *wholes, *(läget(one, id, at) for one in case.parts)} - {""}


def _heard(plan: Plan, id: str, at: Period) -> Iterator[Plan]:
    """The wholes of a plan that say the newest of the `läge` of something."""
    own = status.state(plan, id, "läge", at)
    for one in islice(plan.chain(), 1, None):
        said = status.state(one, id, "läge", at)
        if own is None or said is None or own.period < said.period:
            yield one


def may_be(case: Case, id: str, measure: Measure | None, *steps: str) -> bool:
    """Whether a measure has one of some `läge`, or may have: it is not known, or none is said and
    it is to have begun. One under another measure is told by that."""
    if measure is None:
        return True
    if said := lägen(case, id):
        return not said.isdisjoint({UNKNOWN, *steps})
    return not measure.is_below and has_begun(measure.thing, case.report)


def has_begun(thing: Ting, at: Period) -> bool:
    """Whether a thing does not begin after the report's last day."""
    return thing.start is None or thing.start.first <= at.last


def by_name(risk: Risk, what: str = "Risken") -> str:
    """A risk as a finding begins: Risken "Fall i hemmet"."""
    return f'{what} "{shorten(risk.namn, LONGEST_NAME) or risk.id}"'


def is_closed(plan: Plan, risk: Risk, at: Period, steps: Collection[str]) -> bool:
    """Whether a risk has not begun, has ended, or has, or may have, one of some `läge`, which the
    plan or what it inherits from says."""
    if not plan.gaps.fields.isdisjoint({(risk.id, "start"), (risk.id, "slut")}):
        return True
    end = status.end_date(plan, risk.id, at)
    if not has_begun(risk, at) or (end is not None and end.last <= at.last):
        return True
    said = {läget(one, risk.id, at) for one in plan.chain()}
    return not said.isdisjoint({UNKNOWN, *steps})


@remembered
def levels(plan: Plan, at: Period) -> dict[str, status.Bedömning]:
    """The levels of the risks of which the plan says any, by id."""
    judged = ((id, status.level(plan, id, at)) for id in plan.said_of if plan.get(Risk, id))
    return {id: level for id, level in judged if level}


def when_judged(plan: Plan, id: str, at: Period) -> Period:
    """The newest period in which that was said which makes the level of a risk."""
    said = (status.state(plan, id, key, at) for key in JUDGED)
    return max(each.period for each in said if each)


def where_judged(plan: Plan, id: str, period: Period) -> Place:
    """Where a risk was judged, or accepted, in a period."""
    return plan.said[period][id].at(judged_by(plan, id, period))


def judged_by(plan: Plan, id: str, period: Period) -> str:
    """The key by which a risk was judged, or accepted, in a period."""
    told = plan.uppföljning[period][id].tillstånd
    return next((key for key in JUDGED if key in told), "läge")


@remembered
def last_report(plan: Plan, at: Period) -> Period:
    """The report before: the neighbour, or what was said of a longer period that ended with it."""
    try:
        neighbour = at.previous()
    except ValueError:  # the calendar begins
        return at
    return max(
        (each for each in plan.uppföljning if each.last == neighbour.last), default=neighbour
    )
