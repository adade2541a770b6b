"""Measures and activities: what is said of them against their dates, words and owners."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status, svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.delivery import Utebliven, undelivered
from kvalitet.rules.work.duties import (
    LATE,
    NOT_ON_TIME,
    ON_TIME,
    TO_DO,
    below,
    holders,
    in_force,
    is_over,
    meant,
    name,
    newest,
    on_time,
    speaks_of,
    spoken,
)
from kvalitet.status import Tillstånd

_CALLED_OFF = ("avbruten", "ej aktuell")


@rule("R331", "ids")
def on_time_past_its_end(case: Case) -> Iterator[Finding]:
    """`tidplan` that follows the plan, of something whose end is over with the report's last day
    and which is not finished. An end on that very day is over."""
    plan, at = case.plan, newest(case)
    for id, said in on_time(plan, at).items():
        if _is_asked_for(plan, id, at) and status.is_late(plan, id, at):
            end = status.end_date(plan, id, at)
            message = f'"{name(plan, id)}" följer tidplan, men slutet {end} har passerat'
            hint = f"Skriv under {at} läge: klar, eller tidplan: försenad och ett nytt slut."
            yield found("R331", _where(plan, id, "tidplan", at, said), message, hint)


@rule("R332", "ids")
def on_time_with_late_activity(case: Case) -> Iterator[Finding]:
    """`tidplan` that follows the plan, of something with an activity that is late. One that has got
    a new end before the whole's may be caught up."""
    plan, at = case.plan, newest(case)
    for id, said in on_time(plan, at).items():
        activities = getattr(plan.things[id], "aktiviteter", ())
        late = [each for each in activities if _is_late(plan, each, id, at)]
        if late and not (is_over(plan, id, at) or status.is_late(plan, id, at)):
            names = svenska.join([f'"{name(plan, each)}"' for each in late])
            are = "är försenad" if len(late) == 1 else "är försenade"
            message = f'"{name(plan, id)}" följer tidplan, men {names} {are}'
            hint = f"Kontrollera om tidplanen håller, och skriv under {at} hur det är."
            yield found("R332", _where(plan, id, "tidplan", at, said), message, hint)


def _is_late(plan: Plan, id: str, owner: str, at: Period) -> bool:
    """Whether an activity is late, and so late that what it belongs to may be so too."""
    if plan.get(Aktivitet, id) is None:
        return False
    if status.is_late(plan, id, at):
        return _is_asked_for(plan, id, at)
    if meant(plan, id, "tidplan", at) != LATE or is_over(plan, id, at):
        return False
    end, whole = status.end_date(plan, id, at), status.end_date(plan, owner, at)
    return not (end and whole and end.last < whole.last and _new_end(plan, id, at))


@rule("R333", "ids")
def finished_with_later_end(case: Case) -> Iterator[Finding]:
    """`läge` klar, and a new `slut` that was said then or later and lies after the report. (What
    is finished before the end that was decided is simply early.)"""
    plan, at = case.plan, newest(case)
    for id, _ in spoken(plan, at):
        läge = status.state(plan, id, "läge", at)
        if läge is None or status.meaning(plan, "läge", läge) != "klar":
            continue
        said = [(p, e.slut) for p, e in plan.said_of[id] if läge.period <= p <= at and e.slut]
        if said and said[-1][1].first > at.last:
            period, end = said[-1]
            message = f'"{name(plan, id)}" är klar, men det nya slutet är {end}'
            hint = "Kontrollera: ta bort slut, eller skriv ett annat läge."
            yield found("R333", plan.said[period][id].at("slut"), message, hint)


@rule("R334", "ids")
def finished_but_for_the_words(case: Case) -> Iterator[Finding]:
    """`läge` klar, and words that say that it was called off, put off, not done, or goes on until a
    day."""
    plan, at = case.plan, newest(case)
    for id, entry in spoken(plan, at):
        if not entry.text or meant(plan, id, "läge", at) != "klar":
            continue
        words = undelivered(entry.text, name(plan, id))
        if words and (words.kind != "sen" or not words.past):
            message = f'"{name(plan, id)}" är klar, men texten säger "{words.text}"'
            hint = "Kontrollera vad som gäller, och rätta läget eller texten."
            yield found("R334", _within(plan, id, at, words), message, hint)


@rule("R336", "ids")
def undelivered_without_state(case: Case) -> Iterator[Finding]:
    """Words that say that something was called off, put off or not done, and no state or new end
    that says so."""
    plan, at = case.plan, newest(case)
    for id, entry in spoken(plan, at):
        words = undelivered(entry.text, name(plan, id)) if entry.text else None
        if words and words.kind != "fortsatt" and not _is_told(plan, id, entry, words, at):
            message = f'Texten säger "{words.text}", men det syns inte i läge eller tidplan'
            hint = "Kontrollera, och skriv ett läge, en tidplan eller ett nytt slut som stämmer."
            yield found("R336", _within(plan, id, at, words), message, hint)


def _is_told(plan: Plan, id: str, entry: Uppföljning, words: Utebliven, at: Period) -> bool:
    """Whether the states go with words of non-delivery, or may do so."""
    if any(status.is_unknown(plan, id, skala, at) for skala in ("läge", "tidplan")) or entry.slut:
        return True
    läge, tidplan = (meant(plan, id, skala, at) for skala in ("läge", "tidplan"))
    if läge == "klar" or läge in _CALLED_OFF or tidplan in NOT_ON_TIME:
        return True
    if words.kind == "ej_börjad":
        return läge != "pågår"
    if läge == "ej påbörjad" and (tidplan != ON_TIME or words.kind == "ogjord"):
        return True
    if words.kind == "ogjord" and not words.has_cause:
        return True
    return not (läge or tidplan or _uses_states(plan))


def _uses_states(plan: Plan) -> bool:
    """Whether any measure or activity of the plan is followed up by states."""
    return any(
        isinstance(plan.things.get(id), TO_DO)
        and not {"läge", "tidplan"}.isdisjoint(status.spoken(plan, id))
        for id in plan.said_of
    )


@rule("R335", "ids")
def late_without_words(case: Case) -> Iterator[Finding]:
    """What is said to be late, called off or no longer relevant in the report, with neither words
    about it nor, where it is late, an end to come. Words once given hold as long as the state."""
    plan, at = case.plan, newest(case)
    for id, entry in spoken(plan, at):
        if entry.text or not entry.tillstånd:
            continue
        läge = meant(plan, id, "läge", at) if entry.tillstånd.get("läge") else ""
        tidplan = meant(plan, id, "tidplan", at) if entry.tillstånd.get("tidplan") else ""
        if läge in _CALLED_OFF:
            key, word, lacks = "läge", läge, "varför"
        elif tidplan == LATE and not is_over(plan, id, at) and not _new_end(plan, id, at):
            key, word, lacks = "tidplan", tidplan, "varför eller när den blir klar"
        else:
            continue
        if not _is_explained(plan, id, key, word, at):
            message = f'"{name(plan, id)}" är {word}, utan ord om {lacks}'
            hint = "Skriv text, och ett nytt slut om den ska göras."
            yield found("R335", plan.said[at][id].at(key), message, hint)


def _is_explained(plan: Plan, id: str, key: str, word: str, at: Period) -> bool:
    """Whether words are given with the same state earlier, or in the report by what it belongs to
    or by what belongs to it."""
    for period, entry in plan.said_of[id]:
        if period < at and entry.text and meant(plan, id, key, period) == word:
            return True
    if any(status.words(plan, each, at) for each in below(plan).get(id, ())):
        return True
    return any(speaks_of(plan, owner, id, at) for owner in holders(plan).get(id, ()))


def _is_asked_for(plan: Plan, id: str, at: Period) -> bool:
    return id in plan.uppföljning.get(at, ()) or id in in_force(plan, at)


def _new_end(plan: Plan, id: str, at: Period) -> bool:
    """Whether the newest end that is said lies after the report."""
    said = [entry.slut for period, entry in plan.said_of.get(id, ()) if period <= at and entry.slut]
    return bool(said) and said[-1].last > at.last


def _where(plan: Plan, id: str, key: str, at: Period, said: Tillstånd) -> Place:
    """Where a state that holds at a report is said, else what the report says of the thing."""
    if said.period != at and id in plan.said.get(at, {}):
        return plan.said[at][id].key()
    return plan.said[said.period][id].at(key)


def _within(plan: Plan, id: str, at: Period, words: Utebliven) -> Place:
    place = plan.said[at][id].at("text")
    return Place(place.path, place.route, within=words.within)
