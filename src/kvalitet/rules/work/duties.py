"""What a report asks for: nothing of what is finished, or of a risk below `urval` (design 3.10)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kvalitet import status
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Aktivitet, Risk, Ting, Åtgärd
from kvalitet.period import Period
from kvalitet.rules.registry import Case
from kvalitet.rules.work.names import mentions
from kvalitet.status import Tillstånd

TO_DO = (Åtgärd, Aktivitet)
ON_TIME, LATE = "följer tidplan", "försenad"
NOT_ON_TIME = ("risk för försening", LATE)

GOING_ON = ("pågår", "ej påbörjad")

_MEASURES = ("åtgärd", "aktivitet", "insats")
_OF_ALL = re.compile(
    r"\b(?:alla|samtliga|båda|bägge|övriga|de|inga|ingen av)\b[^.!?\n]{0,20}"
    r"\b(?:åtgärd|aktivitet|insats)\w*"
)
_OF_THE_ONE = re.compile(r"\b(?:åtgärden|aktiviteten|insatsen|arbetet)\b")


@remembered
def below(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What belongs to each thing that holds anything."""
    return {
        id: ids
        for id, thing in plan.things.items()
        if isinstance(thing, Ting)
        and (ids := thing.indikatorer + thing.egenkontroller + thing.åtgärder + thing.aktiviteter)
    }


def owners(plan: Plan, id: str) -> Sequence[str]:
    """What a thing belongs to."""
    one, more = all_owners(plan)
    return more.get(id) or ([one[id]] if id in one else ())


@remembered
def all_owners(plan: Plan) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    """The last of what each thing belongs to, and all where it belongs to more: of most things
    there is one, and a list for each would be most of what a large plan takes."""
    one = {each: id for id, ids in below(plan).items() for each in ids}
    more: dict[str, list[str]] = {}
    if len(one) != sum(map(len, below(plan).values())):
        for id, ids in below(plan).items():
            for each in ids:
                if one[each] != id:
                    more.setdefault(each, []).append(id)
        for each, ids in more.items():
            ids.append(one[each])
    return one, more


def upwards(plan: Plan, id: str) -> Iterator[str]:
    """A thing, what it belongs to, what that belongs to, and so on."""
    one, more = all_owners(plan)
    waiting, seen = [id], {id}
    while waiting:
        each = waiting.pop()
        yield each
        for owner in more.get(each) or ((one[each],) if each in one else ()):
            if owner not in seen:
                seen.add(owner)
                waiting.append(owner)


def reached(plan: Plan, begin: Iterable[str], out: Collection[str] = ()) -> set[str]:
    """Things, what belongs to them, what belongs to that, and so on, past none that is `out`."""
    ways, found = below(plan), set(out)
    while new := set(begin) - found:
        found |= new
        begin = chain.from_iterable(ways[id] for id in new & ways.keys())
    return found.difference(out)


def meant(plan: Plan, id: str, skala: str, at: Period) -> str:
    """The built-in step on which something stands at a report; "" where none is known."""
    said = status.state(plan, id, skala, at) if id in plan.said_of else None
    return status.meaning(plan, skala, said) if said else ""


@remembered
def in_report(plan: Plan, at: Period) -> Collection[str]:
    """The things that the report takes up: what belongs to nothing but risks below `urval` stays
    out."""
    return _without(plan, _below_selection(plan, at))


@remembered
def in_force(plan: Plan, at: Period) -> Collection[str]:
    """The things of the report of which something can be lacking: what is finished, and what
    belongs to nothing else, is not among them, nor what a faulty word hides."""
    if "läge" in plan.gaps.scales or plan.gaps.said:
        return set()
    maybe = {
        id
        for entries in plan.uppföljning.values()
        for id, entry in entries.items()
        if entry.tillstånd.get("läge", GOING_ON[0]) not in GOING_ON
    }
    finished = {
        id for id in maybe if status.is_finished(plan, id, at) and not is_accepted(plan, id, at)
    }
    return _without(plan, finished | _below_selection(plan, at))


def is_accepted(plan: Plan, id: str, at: Period) -> bool:
    """Whether something is accepted, as only a risk is: what is decided on it is to be done."""
    return meant(plan, id, "läge", at) == "accepterad"


def _without(plan: Plan, out: Collection[str]) -> Collection[str]:
    """All things but those that are `out`, and what belongs to nothing else."""
    if not out:
        return plan.things.keys()
    under = reached(plan, out)
    kept = reached(plan, [id for id in under if not under.issuperset(owners(plan, id))], out)
    return plan.things.keys() - (under - kept)


@remembered
def _below_selection(plan: Plan, at: Period) -> set[str]:
    if plan.huvud.urval is None:
        return set()
    return {risk.id for risk in plan.all(Risk) if status.is_below_selection(plan, risk.id, at)}


def newest(case: Case) -> Period | None:
    """The report, else the newest period in which anything is said: what contradicts itself does
    so in a plan without reports too. None where nothing is."""
    return case.newest or max(case.periods(), default=None)


def spoken(plan: Plan, at: Period) -> Iterator[tuple[str, Uppföljning]]:
    """The measures and activities of which anything is said in just that period."""
    for id, entry in plan.uppföljning.get(at, {}).items():
        if isinstance(plan.things.get(id), TO_DO):
            yield id, entry


@remembered
def on_time(plan: Plan, at: Period) -> Mapping[str, Tillstånd]:
    """The measures and activities that are said to follow their plan, and where."""
    ids = {
        id: None
        for period in sorted(plan.uppföljning)
        for id, entry in plan.uppföljning[period].items()
        if entry.tillstånd.get("tidplan", LATE) not in NOT_ON_TIME
        and isinstance(plan.things.get(id), TO_DO)
    }
    said = {id: one for id in ids if (one := status.state(plan, id, "tidplan", at))}
    return {id: one for id, one in said.items() if status.meaning(plan, "tidplan", one) == ON_TIME}


@remembered
def duties(plan: Plan, at: Period) -> Sequence[str]:
    """The measures and activities that this plan defines, by name, and the report asks for."""
    wanted = in_force(plan, at)
    named = (id for id, thing in plan.own.items() if isinstance(thing, TO_DO) and thing.namn)
    return [id for id in named if id in wanted and not plan.inherits(id)]


def name(plan: Plan, id: str) -> str:
    """What something is called; its id where it has no name."""
    return getattr(plan.things[id], "namn", "") or id


def is_spoken_of(plan: Plan, id: str, at: Period) -> bool:
    """Whether what is said of anything that a thing belongs to is about it: of a measure all is, of
    others what names it, is about all their measures, or about the measure where it is the only
    one."""
    if id in _told_with_all(plan, at):
        return True
    return any(_speaks_of(plan, owner, id, at) for owner in owners(plan, id))


def _speaks_of(plan: Plan, owner: str, id: str, at: Period) -> bool:
    text = folded(plan, at).get(owner)
    if text is None:
        return False
    if isinstance(plan.things[owner], TO_DO) or mentions(text, name(plan, id)):
        return True
    return len(_measures(plan, owner)) == 1 and bool(_OF_THE_ONE.search(text))


@remembered
def _told_with_all(plan: Plan, at: Period) -> Collection[str]:
    """What belongs to things of which it is said how all their measures go."""
    texts = folded(plan, at).items()
    about_all = [id for id, text in texts if _has_measure(text) and _OF_ALL.search(text)]
    return {each for id in about_all for each in below(plan).get(id, ())}


def _has_measure(text: str) -> bool:
    return any(map(text.__contains__, _MEASURES))


def _measures(plan: Plan, id: str) -> tuple[str, ...]:
    thing = plan.things[id]
    return (*getattr(thing, "åtgärder", ()), *getattr(thing, "aktiviteter", ()))


@remembered
def folded(plan: Plan, at: Period) -> Mapping[str, str]:
    """What is said in exactly a period, by id, in small letters."""
    entries = plan.uppföljning.get(at, {}).items()
    return {id: entry.text.casefold() for id, entry in entries if entry.text}
