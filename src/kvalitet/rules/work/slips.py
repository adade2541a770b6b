"""Slips of the pen: a state that is written as a text, a number that two things have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from kvalitet import scales, status
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import AXES, BUILT_IN_STEPS
from kvalitet.model.text import Model
from kvalitet.model.thing import Aktivitet, Egenkontroll, Kvalitetsområde, Mål, Risk, Åtgärd
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import is_accepted, name, newest

_SAID_OF: Mapping[type[Model], Sequence[str]] = {
    Risk: ("nivå", *AXES, "läge"),
    Mål: ("uppfyllelse", "läge"),
    Åtgärd: ("läge", "tidplan"),
    Aktivitet: ("läge", "tidplan"),
    Egenkontroll: ("läge", "kontrollresultat"),
}
"""The built-in scales on which the kinds of things are followed up."""
_LONGEST_STEP = 80
_NUMBERED = (Kvalitetsområde, Mål, Risk)
_DIGIT = re.compile(r"[0-9]")


@rule("R342", "ids", each=True)
def step_as_text(case: Case) -> Iterator[Finding]:
    """A text that is a step of a scale and nothing else, of a thing of which that scale says
    nothing in the same period: a state that was written in the place of words."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    steps = _steps(plan, at)
    for id, entry in plan.uppföljning.get(at, {}).items():
        thing, text = plan.things.get(id), entry.text
        if thing is None or not text or len(text) > _LONGEST_STEP:
            continue
        named = steps.get(text.strip().rstrip(".!").casefold(), ())
        meant = [one for one in named if _is_said_of(thing, one[0])]
        if meant and not any(skala in entry.tillstånd for skala, _ in meant):
            skala, step = meant[0]
            message = f'Texten "{step}" är ett steg på skalan {skala}'
            hint = f"Menade du det här?\n{id}:\n  {skala}: {step}"
            yield found("R342", plan.said[at][id].at("text"), message, hint)


def _steps(plan: Plan, at: Period) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The steps that are valid on a report's last day, in small letters, with their scales."""
    found: dict[str, list[tuple[str, str]]] = {}
    in_order = chain(*_SAID_OF.values(), plan.skalor)
    for skala in dict.fromkeys(in_order):
        for step in scales.steps(plan.skalor[skala], at.last):
            found.setdefault(step.namn.casefold(), []).append((skala, step.namn))
    return found


def _is_said_of(thing: Model, skala: str) -> bool:
    """Whether a scale may say anything of a thing: one of the plan's own may of any."""
    return skala in _SAID_OF.get(type(thing), ()) or skala not in BUILT_IN_STEPS


@rule("R343", "ids")
def same_number(case: Case) -> Iterator[Finding]:
    """A number that two things of one kind have in one place: areas of a plan, goals of a kind and
    under one goal, risks of an area, a goal and a kind. What is over may have had it before. (The
    number of a measure may be that of its goal.)"""
    plan, at = case.plan, newest(case)
    for nr, ids in _of_one_number(plan):
        first: dict[tuple[object, ...], str] = {}
        for id in ids:
            one = first.setdefault(_where(plan, id, plan.things[id]), id)
            if one != id and not (at and (_is_over(plan, id, at) or _is_over(plan, one, at))):
                message = f'"{name(plan, one)}" och "{name(plan, id)}" har båda nummer {nr}'
                hint = "Ge den ena ett annat nr, eller ta bort det."
                yield found("R343", plan.place(id, "nr"), message, hint, plan.place(one, "nr"))


def _of_one_number(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """The things of one kind to which the plan gives the same number, where there are more."""
    numbered: dict[tuple[type[Model], str], list[str]] = {}
    for id, thing in plan.own.items():
        nr = thing.nr if isinstance(thing, _NUMBERED) else ""
        if _DIGIT.search(nr):
            numbered.setdefault((type(thing), nr.strip().rstrip(".")), []).append(id)
    yield from ((nr, ids) for (_, nr), ids in numbered.items() if len(ids) > 1)


def _where(plan: Plan, id: str, thing: Model) -> tuple[object, ...]:
    """In what place a number is to tell a thing apart."""
    if isinstance(thing, Kvalitetsområde):
        return ()
    apart = [getattr(thing, key, None) for key in ("typ", "ansvarig", "kvalitetsområde")]
    goal = thing.mål if isinstance(thing, Risk) else _goals_above(plan).get(id)
    return (*apart, goal)


@remembered
def _goals_above(plan: Plan) -> Mapping[str, str]:
    """The goal under which each goal is written."""
    return {each: goal.id for goal in plan.all(Mål) for each in goal.mål}


def _is_over(plan: Plan, id: str, at: Period) -> bool:
    end = status.end_date(plan, id, at)
    is_ended = status.is_finished(plan, id, at) and not is_accepted(plan, id, at)
    return is_ended or (end is not None and end.last < at.first)
