"""Goals: what they rest on, and how far they are said to be reached."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from kvalitet import scales, status
from kvalitet.findings import Finding, found
from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.scale import Steg
from kvalitet.model.thing import Mål, Risk
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import (
    name,
    newest,
)
from kvalitet.rules.work.names import roots

_SKALA = "uppfyllelse"
_BELOW = ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter", "mål")
_OF_FIGURES = re.compile(
    r"[0-9]|\{\{|målvärde|målniv|måltal|indikator|mått|procent|andel|hälften|miss|\bnå|uppnå|nästan"
    r"|\b(?:men|dock|trots|fast|även om|utom|förutom|däremot|samtidigt)\b|undantag|på väg|bedöm",
    re.IGNORECASE,
)
"""Words that may tell why a goal is judged otherwise than by its targets."""


@rule("R361", "ids", "report")
def goal_without_anything(case: Case) -> Iterator[Finding]:
    """A goal that has no indicator, measure, activity, self-check or goal below it, to which no
    risk and no other goal points, and which no part works with."""
    plan, at = case.plan, case.report
    everywhere = (plan, *case.parts)
    used = {id for one in everywhere for id in _pointed_at(one)}
    faulty = {id for one in everywhere for id, _ in one.gaps.fields}
    for id in _own_goals(plan, at):
        if id in used or id in faulty:
            continue
        if not any(_has_anything(one.things.get(id)) for one in everywhere):
            message = f'Målet "{name(plan, id)}" har varken indikator, åtgärd, aktivitet eller risk'
            hint = "Skriv vad som mäter målet eller vad som görs, under indikatorer eller"
            yield found("R361", plan.place(id), message, f"{hint} aktiviteter.")


def _pointed_at(plan: Plan) -> Iterator[str]:
    """The goals to which risks and other goals point."""
    yield from (risk.mål for risk in plan.all(Risk) if risk.mål)
    yield from chain.from_iterable(goal.bidrar_till for goal in plan.all(Mål))


def _has_anything(goal: object) -> bool:
    return any(getattr(goal, key, ()) for key in _BELOW)


def _own_goals(plan: Plan, at: Period) -> Iterator[str]:
    """The goals that the plan defines, and that are begun and not over."""
    for id, goal in plan.own.items():
        if not isinstance(goal, Mål) or plan.inherits(id):
            continue
        if not status.is_finished(plan, id, at):
            end = status.end_date(plan, id, at)
            is_begun = not goal.start or goal.start.first <= at.last
            if is_begun and not (end and end.last < at.last):
                yield id


def _has_goals(case: Case) -> bool:
    return any(case.plan.all(Mål))


@rule("R362", "ids", "data", concerns=_has_goals, each=True)
def fulfilled_beyond_targets(case: Case) -> Iterator[Finding]:
    """An `uppfyllelse` said to be better than the targets of the goal's own indicators, without a
    word about them: above the one that the scale computes, or the highest while one is missed."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, entry in plan.uppföljning.get(at, {}).items():
        goal = plan.get(Mål, id)
        word = entry.tillstånd.get(_SKALA)
        if goal is None or not word or _SKALA in plan.gaps.scales:
            continue
        own = {one.id: one for table in goal.indikatorer for one in members(plan, table)}
        missed = [one for one in own.values() if is_missed(plan, one, at)]
        if not missed or _touches(entry.text, missed):
            continue
        if _is_too_good(plan, word, list(own), len(missed), at):
            names = _named(missed)
            message = (
                f'Uppfyllelsen av "{name(plan, id)}" är {word}, men målvärdet missas för {names}'
            )
            hint = "Kontrollera bedömningen, eller skriv under text varför den är bättre."
            yield found("R362", plan.said[at][id].at(_SKALA), message, hint)


def _touches(text: str, missed: list[Indikator]) -> bool:
    """Whether words may be about what is missed: a figure, a target that is not reached, a doubt,
    or a word of the name of one of the indicators."""
    own = roots(text)
    named = (own & roots(one.namn) for one in missed)
    return bool(text) and (_OF_FIGURES.search(text) is not None or any(named))


def _is_too_good(plan: Plan, word: str, own: list[str], missed: int, at: Period) -> bool:
    """Whether a step is above what targets give: on a scale that computes, by rank; on one that is
    judged only the best step is, where it can be told which that is."""
    skala = plan.skalor[_SKALA]
    step = scales.step(skala, word, at.last)
    if step is None:
        return False
    if scales.computes(skala, at.last):
        compared = sum(status.is_reached(plan, one, at) is not None for one in own)
        reached = 100 * (compared - missed)
        computed = scales.from_score(skala, reached // compared, at.last)
        ranks = [scales.rank(skala, one.namn, at.last) for one in (step, computed) if one]
        return ranks[0] > ranks[-1]
    return _is_best(step)


def _is_best(step: Steg) -> bool:
    words = step.namn.casefold().split()
    return "helt" in words and not {"inte", "ej", "nästan"} & {*words}


def _named(missed: list[Indikator]) -> str:
    first = f'"{missed[0].namn or missed[0].id}"'
    return first if len(missed) == 1 else f"{first} och {len(missed) - 1} till"


def is_missed(plan: Plan, indicator: Indikator, at: Period) -> bool:
    """Whether an indicator misses all targets that are due and that there is a value for."""
    if not indicator.målvärden:
        return False
    compared = [one for one in status.comparisons(plan, indicator.id, at) if one.håller is not None]
    missed = [one for one in compared if one.missas]
    return bool(missed) and not any(one.håller for one in compared)


@rule("R363", "ids", "report")
def unjudged_at_the_end_of_the_year(case: Case) -> Iterator[Finding]:
    """A goal of which no scale says anything at the year's last report, where at least half of
    those of the same `typ` are judged: a plan may judge a few only. What is computed and lacks
    values is told of its indicators."""
    plan, at = case.plan, case.report
    for id in unjudged_goals(case):
        message = f'Målet "{name(plan, id)}" har ingen uppfyllelse vid årets slut'
        hint = f"Skriv under {at}:\n{id}:\n  uppfyllelse: …"
        yield found("R363", plan.place(id), message, hint)


def unjudged_goals(case: Case) -> Iterator[str]:
    """The goals that the plan defines and that are to be judged in the report, but are not."""
    plan, at = case.plan, case.report
    if (at.last.month, at.last.day) != (12, 31):
        return
    judged = {goal.typ for goal in plan.all(Mål) if _is_said(plan, goal.id, at)}
    by_level: defaultdict[str, list[str]] = defaultdict(list)
    for id in _own_goals(plan, at) if judged else ():
        goal = plan.get(Mål, id)
        if goal and goal.typ in judged:
            by_level[goal.typ].append(id)
    for ids in by_level.values():
        lacking = [id for id in ids if not _is_judged(case, id, at)]
        if 2 * len(lacking) <= len(ids):
            yield from lacking


def _is_said(plan: Plan, id: str, at: Period) -> bool:
    return id in plan.said_of and status.state(plan, id, _SKALA, at) is not None


def _is_judged(case: Case, id: str, at: Period) -> bool:
    """Whether a goal has, or may have, a judgement on any scale, in the plan or in a part of it, or
    is one that is computed."""
    plan = case.plan
    if any(each.said_of.get(id) and status.spoken(each, id) for each in (plan, *case.parts)):
        return True
    if status.is_unknown(plan, id, _SKALA, at) or (id, "typ") in plan.gaps.fields:
        return True
    goal = plan.get(Mål, id)
    is_computed = scales.computes(plan.skalor[_SKALA], at.last)
    return bool(is_computed and goal and _has_targets(plan, goal))


def _has_targets(plan: Plan, goal: Mål) -> bool:
    own = (one for table in goal.indikatorer for one in members(plan, table))
    return any(status.held(plan, one) for one in own)
