"""Measures and activities: what is said of them against their dates, words and owners."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status, svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet, Egenkontroll
from kvalitet.period import Period
from kvalitet.rules.places import to_mend, written_as
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.delivery import Utebliven, undelivered
from kvalitet.rules.work.duties import (
    GOING_ON,
    LATE,
    NOT_ON_TIME,
    ON_TIME,
    TO_DO,
    below,
    in_force,
    is_spoken_of,
    meant,
    name,
    newest,
    on_time,
    owners,
    spoken,
)
from kvalitet.rules.work.followup import outside
from kvalitet.status import Tillstånd

_CALLED_OFF = ("avbruten", "ej aktuell")


@rule("R331", "ids")
def on_time_past_its_end(case: Case) -> Iterator[Finding]:
    """`tidplan` that follows the plan, of something whose end is before the report's last day and
    which is not finished."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, said in on_time(plan, at).items():
        end = _passed_end(plan, id, at)
        if end and _is_asked_for(plan, id, at):
            message = f'"{name(plan, id)}" följer tidplan, men slutet {end} har passerat'
            hint = _done_or_late(plan, at)
            yield _at_end("R331", plan, id, end, ("tidplan", said), at, message, hint)


@rule("R341", "ids", each=True)
def unfinished_past_its_end(case: Case) -> Iterator[Finding]:
    """A `läge` that says, or keeps, in the report that something is not finished, without any
    `tidplan`, though its end is before the report's last day. An end in an earlier year, and words
    of why it is late, are told of by others."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, entry in spoken(plan, at):
        said = status.state(plan, id, "läge", at)
        if said is None or status.meaning(plan, "läge", said) not in GOING_ON:
            continue
        end = _passed_end(plan, id, at)
        if end is None or "tidplan" in plan.gaps.scales or "tidplan" in status.spoken(plan, id):
            continue
        if outside(plan, id, entry, at) or undelivered(entry.text, name(plan, id)):
            continue
        if any(owner in on_time(plan, at) for owner in owners(plan, id)):
            continue  # told of that
        message = f'Slutet {end} för "{name(plan, id)}" har passerat, men läget är {said.steg}'
        hint = _done_or_late(plan, at)
        yield _at_end("R341", plan, id, end, ("läge", said), at, message, hint)


def _done_or_late(plan: Plan, at: Period) -> str:
    done, late = written_as(plan, "läge", "klar", at), written_as(plan, "tidplan", LATE, at)
    return f"Skriv under {at} {done}, eller {late} och ett nytt slut."


def _passed_end(plan: Plan, id: str, at: Period) -> Period | None:
    """The end of something unfinished, where it is before the report's last day. What ends on that
    very day was not over when the report was written."""
    end = status.end_date(plan, id, at)
    start = getattr(plan.things[id], "start", None)
    is_passed = end is not None and end.last < at.last and not (start and end.last < start.first)
    return end if is_passed and status.is_late(plan, id, at) else None


def _at_end(
    code: str,
    plan: Plan,
    id: str,
    end: Period,
    told: tuple[str, Tillstånd],
    at: Period,
    message: str,
    hint: str,
) -> Finding:
    """A finding at the end, where the report says that: it may be mistyped; else at a state."""
    entry = plan.uppföljning.get(at, {}).get(id)
    if entry and entry.slut == end:
        return found(code, plan.said[at][id].at("slut"), message, f"Kontrollera slutet. {hint}")
    key, said = told
    place, other = to_mend(plan, id, key, said.period, at)
    return found(code, place, message, hint, other)


@rule("R332", "ids")
def on_time_with_late_activity(case: Case) -> Iterator[Finding]:
    """`tidplan` that follows the plan, of something with an activity that is late. One that has got
    a new end before the whole's may be caught up."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, said in on_time(plan, at).items():
        activities = getattr(plan.things[id], "aktiviteter", ())
        late = [each for each in activities if _is_late(plan, each, id, at)]
        if late and not (status.is_finished(plan, id, at) or _passed_end(plan, id, at)):
            names = svenska.join([f'"{name(plan, each)}"' for each in late])
            are = "är försenad" if len(late) == 1 else "är försenade"
            message = f'"{name(plan, id)}" följer tidplan, men {names} {are}'
            hint = f"Kontrollera om tidplanen håller, och skriv under {at} hur det är."
            place, other = to_mend(plan, id, "tidplan", said.period, at)
            yield found("R332", place, message, hint, other)


def _is_late(plan: Plan, id: str, owner: str, at: Period) -> bool:
    """Whether an activity is late, and so late that what it belongs to may be so too."""
    if plan.get(Aktivitet, id) is None:
        return False
    if _passed_end(plan, id, at):
        return _is_asked_for(plan, id, at)
    if meant(plan, id, "tidplan", at) != LATE or status.is_finished(plan, id, at):
        return False
    end, whole = status.end_date(plan, id, at), status.end_date(plan, owner, at)
    return not (end and whole and end.last < whole.last and _new_end(plan, id, at))


@rule("R333", "ids", each=True)
def finished_with_later_end(case: Case) -> Iterator[Finding]:
    """`läge` klar, and a new `slut` that was said then or later and lies after the report. (What
    is finished before the end that was decided is simply early.)"""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id in plan.uppföljning.get(at, ()):
        moved = status.moved_on(plan, id, at) if _is_done_once(plan, id) else None
        if moved and meant(plan, id, "läge", at) == "klar":
            period, end = moved
            message = f'"{name(plan, id)}" är klar, men det nya slutet är {end}'
            hint = "Kontrollera: ta bort slut, eller skriv ett annat läge."
            yield found("R333", plan.said[period][id].at("slut"), message, hint)


@rule("R334", "ids", each=True)
def finished_but_for_the_words(case: Case) -> Iterator[Finding]:
    """`läge` klar, and words that say that it was called off, put off, not done, or goes on until a
    day."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, entry in plan.uppföljning.get(at, {}).items():
        if not (entry.text and _is_done_once(plan, id) and meant(plan, id, "läge", at) == "klar"):
            continue
        words = undelivered(entry.text, name(plan, id))
        if words and (words.kind != "sen" or not words.past):
            message = f'"{name(plan, id)}" är klar, men texten säger "{words.text}"'
            hint = "Kontrollera vad som gäller, och rätta läget eller texten."
            yield found("R334", _within(plan, id, at, words), message, hint)


def _is_done_once(plan: Plan, id: str) -> bool:
    """Whether something is to be done, and not in rounds."""
    thing = plan.things.get(id)
    return isinstance(thing, TO_DO) or (isinstance(thing, Egenkontroll) and not thing.frekvens)


@rule("R336", "ids", each=True)
def undelivered_without_state(case: Case) -> Iterator[Finding]:
    """Words that say that something was called off, put off or not done, and no state or new end
    that says so."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
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


@rule("R335", "ids", each=True)
def late_without_words(case: Case) -> Iterator[Finding]:
    """What is said to be late, called off or no longer relevant in the report, with neither words
    about it nor, where it is late, an end to come. Words once given hold as long as the state."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, entry in spoken(plan, at):
        if entry.text or not entry.tillstånd:
            continue
        läge = meant(plan, id, "läge", at) if entry.tillstånd.get("läge") else ""
        tidplan = meant(plan, id, "tidplan", at) if entry.tillstånd.get("tidplan") else ""
        if läge in _CALLED_OFF:
            key, word, lacks = "läge", läge, "varför"
        elif tidplan == LATE and not (status.is_finished(plan, id, at) or _new_end(plan, id, at)):
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
    return is_spoken_of(plan, id, at)


def _is_asked_for(plan: Plan, id: str, at: Period) -> bool:
    return id in plan.uppföljning.get(at, ()) or id in in_force(plan, at)


def _new_end(plan: Plan, id: str, at: Period) -> bool:
    """Whether the newest end that is said lies after the report."""
    said = [entry.slut for period, entry in plan.said_of.get(id, ()) if period <= at and entry.slut]
    return bool(said) and said[-1].last > at.last


def _within(plan: Plan, id: str, at: Period, words: Utebliven) -> Place:
    place = plan.said[at][id].at("text")
    return Place(place.path, place.route, within=words.within)
