"""What a report asks for: nothing of what is finished, or of a risk below `urval` (design 3.10)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kvalitet import status
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Aktivitet, Risk, Ting, Åtgärd
from kvalitet.period import Period
from kvalitet.rules.registry import Case
from kvalitet.status import Tillstånd

TO_DO = (Åtgärd, Aktivitet)
ON_TIME, LATE = "följer tidplan", "försenad"
NOT_ON_TIME = ("risk för försening", LATE)

_GOING_ON = ("pågår", "ej påbörjad")
_SOME_PERIOD = Period.parse("2000")

_WORDS = re.compile(r"\w+")
_SHORTEST_STEM, _ENDING = 5, 2


@remembered
def below(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What belongs to each thing that holds anything."""
    return {
        id: ids
        for id, thing in plan.things.items()
        if isinstance(thing, Ting)
        and (ids := thing.indikatorer + thing.egenkontroller + thing.åtgärder + thing.aktiviteter)
    }


@remembered
def holders(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What each thing belongs to."""
    found: dict[str, list[str]] = {}
    for id, ids in below(plan).items():
        for each in ids:
            found.setdefault(each, []).append(id)
    return found


def reached(plan: Plan, begin: Iterable[str], out: Collection[str] = ()) -> set[str]:
    """Things, what belongs to them, what belongs to that, and so on, past none that is `out`."""
    ways, waiting, found = below(plan), list(begin), set(out)
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting.extend(ways.get(id, ()))
    return found.difference(out)


def meant(plan: Plan, id: str, skala: str, at: Period) -> str:
    """The built-in step on which something stands at a report; "" where none is known."""
    said = status.state(plan, id, skala, at) if id in plan.said_of else None
    return status.meaning(plan, skala, said) if said else ""


@remembered
def in_report(plan: Plan, at: Period) -> Collection[str]:
    """The things that the report takes up: what belongs to nothing but risks below `urval` stays
    out."""
    out = _below_selection(plan, at)
    return reached(plan, _roots(plan), out) if out else plan.things.keys()


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
        if entry.tillstånd.get("läge", _GOING_ON[0]) not in _GOING_ON
    }
    finished = {id for id in maybe if is_over(plan, id, at)}
    return reached(plan, _roots(plan), finished | _below_selection(plan, at))


def _roots(plan: Plan) -> list[str]:
    """The things that belong to nothing."""
    owned = holders(plan)
    return [id for id in plan.things if id not in owned]


@remembered
def _below_selection(plan: Plan, at: Period) -> set[str]:
    if plan.huvud.urval is None:
        return set()
    return {risk.id for risk in plan.all(Risk) if status.is_below_selection(plan, risk.id, at)}


def newest(case: Case) -> Period:
    """The report, else the newest period in which anything is said (where nothing is, any): what
    contradicts itself does so in a plan without reports too."""
    return case.newest or max(case.periods(), default=_SOME_PERIOD)


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


def duties(plan: Plan, at: Period) -> Iterator[str]:
    """The measures and activities that this plan defines, by name, and the report asks for."""
    inherited = plan.whole.things if plan.whole else {}
    wanted = in_force(plan, at)
    for id, thing in plan.own.items():
        if isinstance(thing, TO_DO) and thing.namn and id not in inherited and id in wanted:
            yield id


def is_over(plan: Plan, id: str, at: Period) -> bool:
    """Whether something is finished at a report, or may be so where a faulty word hides it."""
    if id not in plan.said_of:
        return False
    return status.is_unknown(plan, id, "läge", at) or meant(plan, id, "läge", at) in status.FINISHED


def name(plan: Plan, id: str) -> str:
    """What something is called; its id where it has no name."""
    return getattr(plan.things[id], "namn", "") or id


def speaks_of(plan: Plan, owner: str, id: str, at: Period) -> bool:
    """Whether what is said of an owner is about the thing: of a measure all is, of others what
    names it."""
    if isinstance(plan.things[owner], TO_DO):
        return bool(status.words(plan, owner, at))
    stem = stem_of(name(plan, id))
    return bool(stem) and stem in _folded(plan, owner, at)


def stem_of(namn: str) -> str:
    """The longest word of a name, but for its ending: how a text mentions it."""
    longest = max(_WORDS.findall(namn.casefold()), key=len, default="")
    return longest[: max(_SHORTEST_STEM, len(longest) - _ENDING)]


@remembered
def _folded(plan: Plan, id: str, at: Period) -> str:
    return status.words(plan, id, at).casefold()
