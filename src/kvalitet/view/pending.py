"""What a report still lacks, row by row: what is said of a section or a thing, and is it late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from kvalitet import prose, scales, status
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.report import Avsnitt
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Avvikelse, Egenkontroll, Mål, Risk, Ting
from kvalitet.period import Period, divide
from kvalitet.view.scene import Scene, kind_of, numbered
from kvalitet.view.standing import answers_for

Status: TypeAlias = Literal["skriven", "oförändrad", "saknas", "inget"]
_HELD = ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter", "mål")
_NOT_DONE = "ej genomförd"
UNREADABLE = "kan inte läsas"
"""Why nothing is told of a row."""


@dataclass(frozen=True, slots=True)
class Rad:
    """Something to follow up: whether that is written in the report's period (`inget`: nothing
    has to be), why, and when it last was. `läge` is how it stands, in words; `saknade` are the
    periods without a value; `sen_sedan` is the last day of an end that has passed, `dagar` since
    then. `tabell` is the name of the group that an indicator is in."""

    sort: str
    id: str
    namn: str
    status: Status
    varför: str = ""
    senast: Period | None = None
    läge: str = ""
    slut: Period | None = None
    sen_sedan: date | None = None
    dagar: int = 0
    saknade: tuple[Period, ...] = ()
    ansvarig: tuple[str, ...] = ()
    tabell: str = ""

    @property
    def måste_ses(self) -> bool:
        """Whether anybody has something to do about it."""
        return self.status in ("saknas", "oförändrad") or self.sen_sedan is not None


def of_section(scene: Scene, section: Avsnitt) -> Rad | None:
    """The row of a section; None where there are no words to write in it."""
    plan, at = scene.plan, scene.at
    words = status.words(plan, section.id, at)
    is_of_words = section.obligatorisk or section.del_ == "text" or words
    if not is_of_words or _is_unreadable(plan, section.id):
        return None
    before = _last_words(plan, section.id, at)
    row = Rad("avsnitt", section.id, section.rubrik, "skriven", senast=before)
    if before and words and _reads_the_same(plan, section.id, before, at):
        return replace(row, status="oförändrad", varför=f"samma ord som {before.short()}")
    if words:
        return replace(row, senast=at)
    if plan.texter.get(section.id, "").strip():
        return replace(row, status="inget", varför="står i varje rapport")
    if section.obligatorisk:
        return replace(row, status="saknas", varför="obligatoriskt")
    return replace(row, status="inget", varför="valfritt")


def of_thing(scene: Scene, thing: Ting, today: date, left_out: frozenset[str]) -> Rad | None:
    """The row of a thing; None where another plan answers for it."""
    plan, id = scene.plan, thing.id
    if not answers_for(scene, plan, id):
        return None
    sort = "avvikelse" if isinstance(thing, Avvikelse) else kind_of(thing).lower()
    end = status.end_date(plan, id, scene.at)
    senast = _last_said(plan, id, scene.at)
    judged, why = _judged(scene, thing, id in left_out)
    row = Rad(sort, id, numbered(thing), judged, why, senast, _standing(scene, thing), end)
    row = replace(row, ansvarig=responsible(plan, id))
    known = max([scene.at, *plan.uppföljning])  # what is said later may have ended it
    newest = status.end_date(plan, id, known)
    is_done = _is_checked(plan, thing, known) or _is_over(plan, id, known) or id in left_out
    if newest is None or is_done or not status.is_late(plan, id, known, today=today):
        return row
    return replace(row, slut=newest, sen_sedan=newest.last, dagar=(today - newest.last).days)


def responsible(plan: Plan, id: str) -> tuple[str, ...]:
    """The roles that are responsible for a thing, else for what it belongs to."""
    above, waiting, seen = _above(plan), [id], {id}
    for each in waiting:
        roles: tuple[str, ...] = getattr(plan.things.get(each), "ansvarig", ())
        if roles:
            return roles
        for owner in above.get(each, ()):
            if owner not in seen:
                seen.add(owner)
                waiting.append(owner)
    return ()


def _judged(scene: Scene, thing: Ting, is_out: bool) -> tuple[Status, str]:
    """What is lacking of a thing, and why, or why nothing is."""
    plan, at, id = scene.plan, scene.at, thing.id
    if _is_unreadable(plan, id):
        return "inget", UNREADABLE
    before = _before(plan, id, at)
    is_new, words_only = _is_said(plan, id, at), not _states_in(plan, id, at)
    is_same = bool(is_new and words_only and before and _reads_the_same(plan, id, before, at))
    if is_new and not is_same:
        return _of_said(scene, thing)
    läge = status.state(plan, id, "läge", at)
    if läge and _is_finished(plan, id, at):
        return "inget", läge.steg
    if _is_over(plan, id, at):
        return "inget", "hör till något avslutat"
    if is_out:
        return "inget", "utanför urvalet"
    if thing.start and thing.start.first > at.last and not before:
        return "inget", f"börjar {thing.start.short()}"
    if isinstance(thing, Egenkontroll) and (found := _of_check(plan, thing, at)):
        return found
    if before:
        since = "samma ord som" if is_same else "senast"
        return "oförändrad", f"{since} {before.short()}"
    return _of_unsaid(scene, thing)


def _of_said(scene: Scene, thing: Ting) -> tuple[Status, str]:
    """Words about a risk that has no level do not judge it."""
    if isinstance(thing, Risk) and _lacks_level(scene, thing):
        return "saknas", "nivån är inte angiven"
    return "skriven", ""


def _of_unsaid(scene: Scene, thing: Ting) -> tuple[Status, str]:
    """What was never followed up. Nobody has to write of a deviation."""
    if isinstance(thing, Risk):
        return "saknas", "aldrig bedömd"
    if isinstance(thing, Mål):
        return _of_goal(scene, thing)
    if isinstance(thing, Avvikelse):
        return "inget", "valfritt"
    return "saknas", "aldrig uppföljd"


def _of_goal(scene: Scene, goal: Mål) -> tuple[Status, str]:
    """A goal is to be judged when the year ends, where the plan judges goals, unless its fulfilment
    is computed or it only holds other goals."""
    plan, at = scene.plan, scene.at
    if status.is_unknown(plan, goal.id, "uppfyllelse", at):
        return "inget", UNREADABLE
    is_computed = scales.computes(plan.skalor["uppfyllelse"], at.last) and goal.indikatorer
    if is_computed or status.fulfilment(plan, goal.id, at):
        return "inget", "uppfyllelsen räknas fram"
    is_year_end = (at.last.month, at.last.day) == (12, 31)
    if goal.mål or not (is_year_end and _judges_goals(plan)):
        return "inget", "valfritt"
    return "saknas", "uppfyllelsen är inte bedömd"


@remembered
def _judges_goals(plan: Plan) -> bool:
    return any("uppfyllelse" in status.spoken(plan, goal.id) for goal in plan.all(Mål))


def _of_check(plan: Plan, check: Egenkontroll, at: Period) -> tuple[Status, str] | None:
    """A self-check by its rounds, or one that is made once; None where neither is known."""
    made = [result.period for result in status.results(plan, check.id, at)]
    last = f", senast {made[-1].short()}" if made else ""
    if not check.frekvens:
        is_done = _is_checked(plan, check, at)
        return ("inget", f"gjord {made[-1].short()}") if is_done else None
    rounds = ending_in(at, check.frekvens)
    if not rounds or any(rounds[-1].contains(period) for period in made) or _ends_before(check, at):
        return "inget", f"görs varje {check.frekvens}{last}"
    return "saknas", f"ska göras varje {check.frekvens}{last}"


def ending_in(at: Period, frekvens: str) -> tuple[Period, ...]:
    """The periods of a frequency whose last days lie in a report's period."""
    year = Period(date(at.first.year, 1, 1), date(at.last.year, 12, 31))
    return tuple(each for each in divide(year, frekvens) if at.first <= each.last <= at.last)


def _ends_before(thing: Ting, at: Period) -> bool:
    return thing.slut is not None and thing.slut.last < at.first


def _is_finished(plan: Plan, id: str, at: Period) -> bool:
    läge = status.state(plan, id, "läge", at)
    return läge is not None and status.meaning(plan, "läge", läge) in status.FINISHED


def _is_over(plan: Plan, id: str, at: Period) -> bool:
    """Whether all that something belongs to has ended: nobody then asks how it goes."""
    owners = _above(plan).get(id, ())
    return bool(owners) and all(_is_finished(plan, owner, at) for owner in owners)


def _is_checked(plan: Plan, thing: Ting, at: Period) -> bool:
    """Whether a self-check has been made: then its end is no delay."""
    if not isinstance(thing, Egenkontroll):
        return False
    made = status.results(plan, thing.id, at)
    return any(status.meaning(plan, "kontrollresultat", each) != _NOT_DONE for each in made)


def _standing(scene: Scene, thing: Ting) -> str:
    """The level of a risk; of all else, and of a risk too, its läge and its tidplan, as words."""
    plan, at, id = scene.plan, scene.at, thing.id
    level = status.level(plan, id, at) if isinstance(thing, Risk) else None
    läge, tidplan = (status.state(plan, id, skala, at) for skala in ("läge", "tidplan"))
    shown = (
        level.steg.namn if level else "",
        läge.steg if läge else "",
        tidplan.steg if tidplan and not _is_finished(plan, id, at) else "",
    )
    return ", ".join(filter(None, shown))


def _lacks_level(scene: Scene, risk: Risk) -> bool:
    plan, at = scene.plan, scene.at
    unknown = any(status.is_unknown(plan, risk.id, skala, at) for skala in (*AXES, "nivå"))
    return not unknown and status.level(plan, risk.id, at) is None


def _entries(plan: Plan, id: str, at: Period) -> Iterator[Uppföljning]:
    """What is said of something in the report's period, or in a part of it."""
    return (entry for period, entry in plan.said_of.get(id, ()) if at.contains(period))


def _is_said(plan: Plan, id: str, at: Period) -> bool:
    entries = _entries(plan, id, at)
    return any(each.text.strip() or each.tillstånd or each.slut for each in entries)


def _states_in(plan: Plan, id: str, at: Period) -> bool:
    return any(each.tillstånd or each.slut for each in _entries(plan, id, at))


def _before(plan: Plan, id: str, at: Period) -> Period | None:
    """The newest period before the report's in which something is said."""
    told = (period for period, _ in reversed(plan.said_of.get(id, ())))
    return next((each for each in told if each < at and not at.contains(each)), None)


def _last_said(plan: Plan, id: str, at: Period) -> Period | None:
    told = (period for period, _ in reversed(plan.said_of.get(id, ())))
    return next((each for each in told if each <= at), None)


def _last_words(plan: Plan, id: str, at: Period) -> Period | None:
    """The newest report of the same length before that has words."""
    told = reversed(plan.said_of.get(id, ()))
    alike = (period for period, entry in told if entry.text.strip() and period < at)
    return next((each for each in alike if each.frekvens == at.frekvens), None)


def _reads_the_same(plan: Plan, id: str, before: Period, at: Period) -> bool:
    """Whether the same words, with the same figures, stand in both reports."""
    then, now = (" ".join(status.words(plan, id, each).split()) for each in (before, at))
    return bool(now) and then == now and _shown(plan, now, before) == _shown(plan, now, at)


def _shown(plan: Plan, text: str, at: Period) -> str:
    return prose.render(plan, text, at)


def _is_unreadable(plan: Plan, id: str) -> bool:
    return plan.gaps.said or id in _faulty(plan)


@remembered
def _faulty(plan: Plan) -> frozenset[str]:
    return frozenset(id for id, _ in plan.gaps.fields)


@remembered
def _above(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What each thing belongs to; a risk to its goal."""
    above: dict[str, list[str]] = {}
    for id, thing in plan.things.items():
        if isinstance(thing, Risk):
            above.setdefault(id, []).extend(filter(None, [thing.mål]))
        held = (each for key in _HELD if key != "mål" or isinstance(thing, Mål)
                for each in getattr(thing, key, ()))  # fmt: skip
        for each in held:
            above.setdefault(each, []).append(id)
    return above
