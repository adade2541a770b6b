"""What measures and activities lack in a report, their dates, and words that say nothing new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from kvalitet import status, svenska
from kvalitet.findings import Finding, found
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.model.thing import Egenkontroll, Ting
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.work.duties import (
    ON_TIME,
    TO_DO,
    all_owners,
    below,
    duties,
    folded,
    is_spoken_of,
    meant,
    name,
    newest,
    on_time,
    owners,
    reached,
    spoken,
    upwards,
)
from kvalitet.rules.work.names import mentions

_KEYS = ("ansvarig", "start", "slut")
_WITH_DATES = (*TO_DO, Egenkontroll)
_MANY, _NAMED = 5, 3
_RESULT, _NOT_MADE = "kontrollresultat", "ej genomförd"


@rule("R337", "ids", "report")
def without_role_or_dates(case: Case) -> Iterator[Finding]:
    """No `ansvarig`, `start` or `slut`, of its own or of what it belongs to. Of more than five in
    a file one finding is told, at the first."""
    plan, at = case.plan, case.report
    asked = [key for key in _KEYS if all(faulty != key for _, faulty in plan.gaps.fields)]
    maybe = [id for id in duties(plan, at) if not _is_whole(plan.things[id])]
    one_owner, _ = all_owners(plan)
    maybe = [id for id in maybe if id not in one_owner or not _is_whole(plan.things[one_owner[id]])]
    keys_of = ((id, _lacking(plan, id, asked)) for id in maybe)
    lacking = {id: keys for id, keys in keys_of if keys and not case.accepts("R337", id)}

    def alone(id: str) -> tuple[str, str]:
        message = f'"{name(plan, id)}" saknar {svenska.join(lacking[id])}'
        return message, "Skriv det vid åtgärden eller aktiviteten."

    def together(ids: list[str]) -> tuple[str, str]:
        all_keys = [key for key in _KEYS if any(key in lacking[id] for id in ids)]
        message = f"{_these(plan, ids)} saknar {svenska.join(all_keys, 'eller')}"
        return message, "Skriv det vid var och en."

    yield from _by_file(plan, "R337", list(lacking), alone, together)


def _is_whole(thing: Model) -> bool:
    return isinstance(thing, Ting) and bool(thing.ansvarig and thing.start and thing.slut)


def _lacking(plan: Plan, id: str, keys: list[str]) -> list[str]:
    """Those of some keys that neither a thing nor anything that it belongs to has."""
    for each in upwards(plan, id):
        thing = plan.things[each]
        keys = [key for key in keys if not getattr(thing, key, None)]
        if "slut" in keys and any(entry.slut for _, entry in plan.said_of.get(each, ())):
            keys.remove("slut")
        if not keys:
            break
    return keys


@rule("R338", "ids", "report", limit=10, each=True)
def dates_outside_the_year(case: Case) -> Iterator[Finding]:
    """A date more years after the report's than the threshold; an end, of what is not finished,
    before the period in which it is said or before the year; a start in a later year than that in
    which it is said to be under way."""
    plan, at = case.plan, case.report
    farthest = at.year + int(case.limit("R338"))
    hint = "Kontrollera årtalet."
    for id, thing in plan.own.items():
        for key in ("start", "slut") if isinstance(thing, _WITH_DATES) else ():
            date = getattr(thing, key)
            if date and date.first.year > farthest:
                message = f"{key} är {date}, långt efter {at}"
                yield found("R338", plan.place(id, key), message, hint)
    for id, entry in _with_dates(plan, at):
        if entry.slut and entry.slut.first.year > farthest:
            message = f"slut är {entry.slut}, långt efter {at}"
            yield found("R338", plan.said[at][id].at("slut"), message, hint)
        elif (key_and_message := outside(plan, id, entry, at)) and not (
            plan.whole and _is_said_of(plan.whole, id, at, key_and_message)
        ):
            key, message = key_and_message
            place, date = plan.said[at][id], "start" if ", men börjar " in message else "slut"
            hint_of = "Kontrollera datumet, och skriv ett läge eller ett nytt slut som stämmer."
            at_key = place.at(key) if key in (*entry.tillstånd, "slut") else place.key()
            other = None if key == "slut" else plan.place(id, date)
            yield found("R338", at_key, message, hint_of, other)


def _with_dates(plan: Plan, at: Period) -> Iterator[tuple[str, Uppföljning]]:
    """The measures and activities of which anything is said in just that period, and the
    self-checks that are made once, where a new end is said of one that is not made."""
    yield from spoken(plan, at)
    with_end = ((id, entry) for id, entry in plan.uppföljning.get(at, {}).items() if entry.slut)
    for id, entry in with_end:
        check = plan.get(Egenkontroll, id)
        is_made = _RESULT in status.spoken(plan, id) and meant(plan, id, _RESULT, at) != _NOT_MADE
        if check and not (check.frekvens or is_made):
            yield id, entry


def _is_said_of(whole: Plan, id: str, at: Period, key_and_message: tuple[str, str]) -> bool:
    """Whether the same is told where a thing is inherited from."""
    entry = dict(_with_dates(whole, at)).get(id)
    return entry is not None and outside(whole, id, entry, at) == key_and_message


def outside(plan: Plan, id: str, entry: Uppföljning, at: Period) -> tuple[str, str] | None:
    """The key at which dates and what is said cannot go together, and what to tell of it."""
    start, end = getattr(plan.things[id], "start", None), status.end_date(plan, id, at)
    if not ((start and start.first.year > at.year) or (end and end.last < at.first)):
        return None
    läge, tidplan = meant(plan, id, "läge", at), meant(plan, id, "tidplan", at)
    if läge != "klar" and status.is_finished(plan, id, at):
        return None
    if start and start.first.year > at.year and läge in ("pågår", "klar"):
        return "läge", f"{_stands(plan, id, läge)}, men börjar {start}"
    if läge == "klar" or tidplan == ON_TIME or (start and end and end.last < start.first):
        return None
    if entry.slut and entry.slut.last < at.first:
        return "slut", f"Det nya slutet {entry.slut} ligger före {at}"
    if end and end.year < at.year and läge in ("pågår", "ej påbörjad") and not tidplan:
        return "läge", f"{_stands(plan, id, läge)}, men skulle ha varit klar {end}"
    return None


def _stands(plan: Plan, id: str, läge: str) -> str:
    return f'"{name(plan, id)}" {läge if läge == "pågår" else f"är {läge}"}'


@rule("R339", "ids", "report")
def not_followed_up(case: Case) -> Iterator[Finding]:
    """Measures that are begun and not finished, and of which nothing is said. Where nothing at all
    is said of any measure the report is not about them."""
    plan, at = case.plan, case.report
    said = _said(plan, at)
    if not any(isinstance(plan.things.get(id), TO_DO) for id in said):
        return
    unsaid = [id for id in duties(plan, at) if id not in said]
    silent = unmentioned(case, [id for id in unsaid if _is_begun(plan, id, at)])
    under = reached(plan, (each for id in silent for each in below(plan).get(id, ())))
    silent = [id for id in silent if id not in under and not case.accepts("R339", id)]

    def alone(id: str) -> tuple[str, str]:
        message = f'Inget sägs om "{name(plan, id)}" i {at}'
        return message, f"Skriv under {at}:\n{id}: |\n  Här står hur det går."

    def together(ids: list[str]) -> tuple[str, str]:
        return f"Inget sägs i {at} om {_these(plan, ids)}", f"Skriv hur det går under {at}."

    yield from _by_file(plan, "R339", silent, alone, together)


def unmentioned(case: Case, ids: Iterable[str]) -> list[str]:
    """Those of some measures and activities of which nothing is said in the report's period, nor of
    a measure that they belong to (unless that follows up its other activities, but never this one),
    nor of what belongs to them, nor by a part. A report of a month need not be about all."""
    plan, at = case.plan, case.report
    if at.frekvens in ("dag", "månad"):
        return []
    said = _said(plan, at)
    told = said.union(*(_said(part, at) for part in case.parts))
    covered = reached(plan, [id for id in said if isinstance(plan.things.get(id), TO_DO)])
    held = below(plan)
    return [
        id for id in ids
        if id not in told and told.isdisjoint(held.get(id, ()))
        and (_is_forgotten(case, id, told) if id in covered
             else not is_spoken_of(plan, id, at))
    ]  # fmt: skip


def _said(plan: Plan, at: Period) -> set[str]:
    """All of which anything is said in a report's period, or in a part of it."""
    return {id for period, of in plan.uppföljning.items() if at.contains(period) for id in of}


def _is_forgotten(case: Case, id: str, told: Collection[str]) -> bool:
    """Whether something is never followed up, though other activities of what it belongs to are."""
    plan = case.plan
    if any(id in one.said_of for one in (*plan.chain(), *case.parts)):
        return False
    works = [owner for owner in owners(plan, id) if isinstance(plan.things[owner], TO_DO)]
    beside = {each for owner in works for each in getattr(plan.things[owner], "aktiviteter", ())}
    texts = folded(plan, case.report)
    return not beside.isdisjoint(told) and not any(
        mentions(texts.get(one, ""), name(plan, id)) for one in works
    )


def _is_begun(plan: Plan, id: str, at: Period) -> bool:
    """Whether it is known to be begun, and should not have ended in an earlier year: of that there
    is no more to tell. Where its end is over and it is said to be on time R331 tells it."""
    start = getattr(plan.things[id], "start", None)
    if start is None and id not in plan.said_of:
        return False
    is_begun = start.first <= at.last if start else meant(plan, id, "läge", at) == "pågår"
    end = status.end_date(plan, id, at) if is_begun else None
    if end is None or end.last > at.last:
        return is_begun
    return end.year == at.year and id not in on_time(plan, at)


@rule("R340", "ids", limit=40, each=True)
def same_words_again(case: Case) -> Iterator[Finding]:
    """A text that is, word for word, that of the report before in which the thing has words. Short
    ones may be; the figures of a call are new."""
    plan, at = case.plan, newest(case)
    if at is None:
        return
    for id, period in repeated(case):
        message = f"Texten är ordagrant densamma som {period}"
        hint = "Skriv vad som är nytt. Det som gäller varje rapport skrivs under texter."
        if id in plan.things:
            hint = "Skriv vad som är nytt, eller kort att inget har ändrats."
        place, earlier = plan.said[at][id].at("text"), plan.said[period][id].at("text")
        yield found("R340", place, message, hint, earlier)


def repeated(case: Case) -> Iterator[tuple[str, Period]]:
    """The ids whose words in a report are those of an earlier one, and which."""
    plan, at, shortest = case.plan, newest(case), int(case.limit("R340"))
    if at is None:
        return
    earlier_reports = _earlier_reports(plan, at)
    for id, entry in plan.uppföljning.get(at, {}).items() if earlier_reports else ():
        if len(entry.text) < shortest or "{{" in entry.text:
            continue
        said = ((p, of[id].text) for p, of in earlier_reports if id in of and of[id].text)
        period, before = next(said, (at, ""))
        if before.split() == entry.text.split():
            yield id, period


def _earlier_reports(plan: Plan, at: Period) -> list[tuple[Period, Mapping[str, Uppföljning]]]:
    """The reports of the same kind before one, the last first, with what they say."""
    periods = sorted((each for each in plan.uppföljning if each.last < at.first), reverse=True)
    return [(each, plan.uppföljning[each]) for each in periods if each.frekvens == at.frekvens]


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
