"""What measures and activities lack in a report, their dates, and words that say nothing new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from kvalitet import status, svenska
from kvalitet.findings import Finding, found
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import (
    ON_TIME,
    TO_DO,
    below,
    duties,
    holders,
    is_over,
    meant,
    name,
    newest,
    on_time,
    reached,
    speaks_of,
    spoken,
)

_KEYS = ("ansvarig", "start", "slut")
_MANY, _NAMED = 5, 3


@rule("R337", "ids", "report")
def without_role_or_dates(case: Case) -> Iterator[Finding]:
    """No `ansvarig`, `start` or `slut`, of its own or of what it belongs to. Of more than five in
    a file one finding is told, at the first."""
    plan, at = case.plan, case.report
    things = plan.things.items()
    whole = (id for id, thing in things if all(getattr(thing, key, None) for key in _KEYS))
    complete = reached(plan, whole)
    maybe = [id for id in duties(plan, at) if id not in complete]
    given = {key: _given(plan, key) for key in _KEYS} if maybe else {}
    lacking = {id: keys for id in maybe if (keys := [k for k in _KEYS if id not in given[k]])}

    def alone(id: str) -> tuple[str, str]:
        message = f'"{name(plan, id)}" saknar {svenska.join(lacking[id])}'
        return message, "Skriv det vid åtgärden eller aktiviteten."

    def together(ids: list[str]) -> tuple[str, str]:
        all_keys = [key for key in _KEYS if any(key in lacking[id] for id in ids)]
        message = f"{_these(plan, ids)} saknar {svenska.join(all_keys, 'eller')}"
        return message, "Skriv det vid var och en."

    yield from _by_file(plan, "R337", list(lacking), alone, together)


def _given(plan: Plan, key: str) -> Collection[str]:
    """The things that have a key, or belong to one that has it; all where a faulty one hides it."""
    if any(faulty == key for _, faulty in plan.gaps.fields):
        return plan.things.keys()
    having = {id for id, thing in plan.things.items() if getattr(thing, key, None)}
    if key == "slut":
        having.update(id for of in plan.uppföljning.values() for id in of if of[id].slut)
    return reached(plan, having)


@rule("R338", "ids", "report", limit=10)
def dates_outside_the_year(case: Case) -> Iterator[Finding]:
    """A date more years after the report's than the threshold; an end, of what is not finished,
    before the period in which it is said or before the year; a start in a later year than that in
    which it is said to be under way."""
    plan, at = case.plan, case.report
    farthest = at.year + int(case.limit("R338"))
    hint = "Kontrollera årtalet."
    for id, thing in plan.own.items():
        for key in ("start", "slut") if isinstance(thing, TO_DO) else ():
            date = getattr(thing, key)
            if date and date.first.year > farthest:
                message = f"{key} är {date}, långt efter {at}"
                yield found("R338", plan.place(id, key), message, hint)
    for id, entry in spoken(plan, at):
        if entry.slut and entry.slut.first.year > farthest:
            message = f"slut är {entry.slut}, långt efter {at}"
            yield found("R338", plan.said[at][id].at("slut"), message, hint)
        elif key_and_message := _outside(plan, id, entry, at):
            key, message = key_and_message
            place = plan.said[at][id]
            hint_of = "Kontrollera datumet, och skriv ett läge eller ett nytt slut som stämmer."
            at_key = place.at(key) if key in (*entry.tillstånd, "slut") else place.key()
            yield found("R338", at_key, message, hint_of)


def _outside(plan: Plan, id: str, entry: Uppföljning, at: Period) -> tuple[str, str] | None:
    """The key at which dates and what is said cannot go together, and what to tell of it."""
    start, end = getattr(plan.things[id], "start", None), status.end_date(plan, id, at)
    if not ((start and start.first.year > at.year) or (end and end.last < at.first)):
        return None
    läge, tidplan = meant(plan, id, "läge", at), meant(plan, id, "tidplan", at)
    if läge != "klar" and is_over(plan, id, at):
        return None
    if start and start.first.year > at.year and läge in ("pågår", "klar"):
        return "läge", f'"{name(plan, id)}" är {läge}, men börjar {start}'
    if läge == "klar" or tidplan == ON_TIME or (start and end and end.last < start.first):
        return None
    if entry.slut and entry.slut.last < at.first:
        return "slut", f"Det nya slutet {entry.slut} ligger före {at}"
    if end and end.year < at.year and läge in ("pågår", "ej påbörjad") and not tidplan:
        return "läge", f'"{name(plan, id)}" är {läge}, men skulle ha varit klar {end}'
    return None


@rule("R339", "ids", "report")
def not_followed_up(case: Case) -> Iterator[Finding]:
    """Nothing said in the report's period of what is begun and not finished, nor of a measure that
    it belongs to, nor of what belongs to it, nor by a part. Where nothing at all is said of any
    measure the report is not about them, and one of a month need not be about all."""
    plan, at = case.plan, case.report
    if at.frekvens in ("dag", "månad"):
        return
    said = {id for period, of in plan.uppföljning.items() if at.contains(period) for id in of}
    if not any(isinstance(plan.things.get(id), TO_DO) for id in said):
        return
    by_parts = {
        id for part in case.parts for p, of in part.uppföljning.items() if at.contains(p)
        for id in of
    }  # fmt: skip
    told, owned = said | by_parts, holders(plan)
    covered = reached(plan, (id for id in said if isinstance(plan.things.get(id), TO_DO))) | told
    holding = {id for id, ids in below(plan).items() if not told.isdisjoint(ids)}
    silent = [
        id for id in duties(plan, at)
        if id not in covered and id not in holding and _is_begun(plan, id, at)
        and not any(speaks_of(plan, owner, id, at) for owner in owned.get(id, ()))
    ]  # fmt: skip
    under = reached(plan, (each for id in silent for each in below(plan).get(id, ())))
    silent = [id for id in silent if id not in under]

    def alone(id: str) -> tuple[str, str]:
        message = f'Inget sägs om "{name(plan, id)}" i {at}'
        return message, f"Skriv under {at}:\n{id}: |\n  Här står hur det går."

    def together(ids: list[str]) -> tuple[str, str]:
        return f"Inget sägs i {at} om {_these(plan, ids)}", f"Skriv hur det går under {at}."

    yield from _by_file(plan, "R339", silent, alone, together)


def _is_begun(plan: Plan, id: str, at: Period) -> bool:
    """Whether it is known to be begun, and should not have ended in an earlier year: of that there
    is no more to tell. Where its end is over and it is said to be on time R331 tells it."""
    start = getattr(plan.things[id], "start", None)
    is_begun = start.first <= at.last if start else meant(plan, id, "läge", at) == "pågår"
    end = status.end_date(plan, id, at) if is_begun else None
    if end is None or end.last > at.last:
        return is_begun
    return end.year == at.year and id not in on_time(plan, at)


@rule("R340", "ids", limit=40)
def same_words_again(case: Case) -> Iterator[Finding]:
    """A text that is, word for word, that of the report before in which the thing has words. Short
    ones may be; the figures of a call are new."""
    plan, at, shortest = case.plan, newest(case), int(case.limit("R340"))
    for id, entry in plan.uppföljning.get(at, {}).items():
        if len(entry.text) < shortest or "{{" in entry.text:
            continue
        period = _said_before(plan, id, at)
        if period and plan.uppföljning[period][id].text.split() == entry.text.split():
            message = f"Texten är ordagrant densamma som {period}"
            hint = "Skriv vad som är nytt. Det som gäller varje rapport skrivs under texter."
            if id in plan.things:
                hint = "Skriv vad som är nytt, eller kort att inget har ändrats."
            place, earlier = plan.said[at][id].at("text"), plan.said[period][id].at("text")
            yield found("R340", place, message, hint, earlier)


def _said_before(plan: Plan, id: str, at: Period) -> Period | None:
    """The last report of the same kind before in which there are words on something."""
    for period, entry in reversed(plan.said_of[id]):
        if period.last < at.first and entry.text and period.frekvens == at.frekvens:
            return period
    return None


def _by_file(
    plan: Plan,
    code: str,
    ids: list[str],
    alone: Callable[[str], tuple[str, str]],
    together: Callable[[list[str]], tuple[str, str]],
) -> Iterator[Finding]:
    """A finding for each; where a file has many of them one at the first, which counts them."""
    files: dict[str, list[str]] = {}
    for id in ids:
        files.setdefault(plan.place(id).path, []).append(id)
    for of_file in files.values():
        if len(of_file) > _MANY:
            yield found(code, plan.place(of_file[0]), *together(of_file))
        else:
            yield from (found(code, plan.place(id), *alone(id)) for id in of_file)


def _these(plan: Plan, ids: list[str]) -> str:
    names = ", ".join(f'"{name(plan, id)}"' for id in ids[:_NAMED])
    return f"{len(ids)} åtgärder och aktiviteter ({names} …)"
