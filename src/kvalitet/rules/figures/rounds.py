"""Self-checks that are due, or past their end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kvalitet import status
from kvalitet.findings import Finding, found
from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Egenkontroll, Ting
from kvalitet.period import Period, divide
from kvalitet.rules.figures.rows import OUTCOME, called, meet
from kvalitet.rules.places import written_as
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import join

_NAMED = 3
_RESULT = "kontrollresultat"
_LATER = re.compile(
    r"försen|senare|skjut|flytta|dröj|förläng|fortsätt|kvar|återstår|höst|vinter|vår\b|nästa|väntar"
    r"|hinn|hann|hunn|inte (?:än|klar|gjord|färdig)|ännu",
    re.IGNORECASE,
)
"""Words about something that takes longer than was decided."""


def _has_checks(case: Case) -> bool:
    return any(case.plan.all(Egenkontroll))


@rule("R444", "ids", "data", "report", concerns=_has_checks)
def round_not_made(case: Case) -> Iterator[Finding]:
    """A self-check whose round ends in the report, or that was to be made once until then, and of
    which nothing is said and no figure is given, in the plan or in a part of it (SOSFS 2011:9,
    5 kap. 2 §: with the frequency that it takes). Not what is over, or belongs to what is. Where
    its figures are as frequent, R401 tells which are lacking."""
    plan = case.plan
    for check, rounds in lacking_rounds(case):
        message = (
            f"{called(plan, check.id)} har varken resultat, ord eller värden för {_listed(rounds)}"
        )
        not_made = written_as(plan, _RESULT, "ej genomförd", case.report)
        hint = (
            f"Skriv resultatet i uppföljningen, eller {not_made} och skälet. Görs den inte längre: "
            "skriv slut eller läge."
        )
        key = "frekvens" if check.frekvens else "slut"
        yield found("R444", plan.place(check.id, key), message, hint)


def lacking_rounds(case: Case) -> Iterator[tuple[Egenkontroll, Sequence[Period]]]:
    """The self-checks that the plan defines and of which something is due in the report, and the
    rounds of which nothing is said and no figure is given."""
    plan, faulty = case.plan, {id for id, _ in case.plan.gaps.fields}
    if any(part.gaps.said or part.gaps.ids or part.gaps.data for part in case.parts):
        return
    resting: frozenset[str] | None = None
    for check in plan.all(Egenkontroll):
        if plan.inherits(check.id) or check.id in faulty:
            continue
        rounds = _untold(case, check)
        if not rounds:
            continue
        resting = _resting(plan, case.report) if resting is None else resting
        if not (check.id in resting or _is_named(case, check) or _is_counted(plan, check)):
            yield check, rounds


@rule("R444", "ids", "data", "report", concerns=_has_checks, each=True)
def unfinished_past_its_end(case: Case) -> Iterator[Finding]:
    """A self-check to be made once, whose end has passed, and that the report says is not finished,
    with no result and no words of a delay."""
    plan, at = case.plan, case.report
    for id, entry in plan.uppföljning.get(at, {}).items():
        check = plan.get(Egenkontroll, id)
        if check is None or check.frekvens or "läge" not in entry.tillstånd:
            continue
        end = status.end_date(plan, id, at)
        if end is None or not status.is_late(plan, id, at) or _LATER.search(entry.text):
            continue
        if entry.slut and entry.slut.last < at.first:
            continue  # told of that
        if _RESULT not in status.spoken(plan, id):
            message = (
                f"{called(plan, id)} skulle vara gjord {end}, men är {entry.tillstånd['läge']}"
            )
            hint = "Skriv kontrollresultat och läge. Görs den senare: skriv ett nytt slut."
            yield found("R444", plan.said[at][id].at("läge"), message, hint)


def due_rounds(case: Case, check: Egenkontroll) -> Sequence[Period]:
    """The rounds of a self-check that end in the report and that lie wholly within its time and
    the plan's; of one without `frekvens`, the time of the plan until an end that has passed."""
    plan, at = case.plan, case.report
    if status.is_finished(plan, check.id, at):
        return ()
    if check.frekvens is None:
        end, begins = status.end_date(plan, check.id, at), _begins(plan, check, at)
        is_over = end is not None and begins <= end.last <= at.last
        return (Period(begins, at.last),) if is_over else ()
    return [each for each in rounds_so_far(case, check) if at.first <= each.last]


def rounds_so_far(case: Case, check: Egenkontroll) -> Sequence[Period]:
    """The rounds of a self-check that end this year, with the report at the latest, and that lie
    wholly within its time and the plan's; none of one without `frekvens`."""
    plan, at = case.plan, case.report
    end, begins = status.end_date(plan, check.id, at), _begins(plan, check, at)
    year = Period(date(at.first.year, 1, 1), at.last)
    return [
        each
        for each in (divide(year, check.frekvens) if check.frekvens else ())
        if begins <= each.first and (end is None or each.last <= end.last)
    ]


def _begins(plan: Plan, check: Egenkontroll, at: Period) -> date:
    """When a self-check began, at the earliest: with the plan (of which nothing is said: with the
    report), or when the plan was decided."""
    first = min((period.first for period in plan.uppföljning), default=at.first)
    decided = plan.huvud.beslut.datum
    return max(first, *(each.first for each in (check.start, decided) if each), date.min)


def _untold(case: Case, check: Egenkontroll) -> Sequence[Period]:
    """The rounds that are due and of which nothing is said, of what belongs to the self-check
    neither, and which no figure is of, in the plan or in a part of it."""
    rounds = due_rounds(case, check)
    held = {check.id, *check.egenkontroller, *check.åtgärder, *check.aktiviteter}
    for plan in (case.plan, *case.parts) if rounds else ():
        measured = {each.id for id in check.indikatorer for each in members(plan, id)}
        spoken = held | measured | {*check.indikatorer}
        said = {period for id in spoken for period, _ in plan.said_of.get(id, ())}
        rounds = [each for each in rounds if not any(meet(each, period) for period in said)]
        for id in measured.union(*(_parts(plan, each) for each in measured)) if rounds else ():
            told = _told(plan, id)
            rounds = [each for each in rounds if not any(meet(each, period) for period in told)]
    return rounds


@remembered
def _told(plan: Plan, id: str) -> frozenset[Period]:
    """The periods of which an indicator has rows of outcome."""
    return frozenset(key.period for key in plan.data.keys(id) if key.serie == OUTCOME)


def _parts(plan: Plan, id: str) -> tuple[str, ...]:
    indicator = plan.get(Indikator, id)
    return indicator.beräkning.parts if indicator and indicator.beräkning else ()


def _resting(plan: Plan, at: Period) -> frozenset[str]:
    """All that belongs to risks below `urval`, or to what is finished."""
    waiting = [
        thing.id
        for thing in plan.things.values()
        if isinstance(thing, Ting) and _rests(plan, thing, at)
    ]
    reached: set[str] = set()
    while waiting:
        thing = plan.things.get(waiting.pop())
        if isinstance(thing, Ting) and thing.id not in reached:
            reached.add(thing.id)
            waiting += (*thing.egenkontroller, *thing.åtgärder, *thing.aktiviteter)
    return frozenset(reached)


def _rests(plan: Plan, thing: Ting, at: Period) -> bool:
    return status.is_finished(plan, thing.id, at) or status.is_below_selection(plan, thing.id, at)


def _is_counted(plan: Plan, check: Egenkontroll) -> bool:
    figures = (each for id in check.indikatorer for each in members(plan, id))
    return check.frekvens is not None and any(f.frekvens == check.frekvens for f in figures)


def _is_named(case: Case, check: Egenkontroll) -> bool:
    """Whether any words of the report are about it by name."""
    said = case.plan.uppföljning.get(case.report, {}).values()
    name = check.namn.casefold()
    return bool(name) and any(name in entry.text.casefold() for entry in said)


def _listed(rounds: Sequence[Period]) -> str:
    if len(rounds) > _NAMED:
        return f"{rounds[0]} till {rounds[-1]} ({len(rounds)} omgångar)"
    return join([str(each) for each in rounds])
