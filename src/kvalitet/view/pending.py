"""What a report still lacks, row by row: what is said of a section or a thing, and is it late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from kvalitet import scales, status
from kvalitet.model.followup import Uppföljning
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.report import Avsnitt
from kvalitet.model.thing import Avvikelse, Egenkontroll, Mål, Risk, Ting
from kvalitet.period import Period
from kvalitet.rules.words.texts import has_words
from kvalitet.rules.work.duties import in_force
from kvalitet.view.due import Due
from kvalitet.view.scene import Scene, kind_of, numbered
from kvalitet.view.when import answers_for

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


def of_section(scene: Scene, section: Avsnitt, due: Due) -> Rad | None:
    """The row of a section; None where there are no words to write in it."""
    plan, at, id = scene.plan, scene.at, section.id
    words, always = status.words(plan, id, at), plan.texter.get(id, "")
    is_of_words = section.obligatorisk or section.del_ == "text" or words
    if not is_of_words or _is_unreadable(plan, id):
        return None
    row = Rad("avsnitt", id, section.rubrik, "inget", senast=_last_words(plan, id, at))
    if section.obligatorisk and not (has_words(words) or has_words(always)):
        return replace(row, status="saknas", varför="obligatoriskt")
    if id in due.repeated:
        return replace(row, status="oförändrad", varför=_as(due.repeated[id]))
    if words:
        return replace(row, status="skriven", senast=at)
    return replace(row, varför="står i varje rapport" if always.strip() else "valfritt")


def of_thing(scene: Scene, thing: Ting, today: date, due: Due) -> Rad | None:
    """The row of a thing; None where another plan answers for it. That nobody has judged a risk is
    told where it is written."""
    plan, id = scene.plan, thing.id
    if not (answers_for(scene, plan, id) or id in due.levels):
        return None
    sort = "avvikelse" if isinstance(thing, Avvikelse) else kind_of(thing).lower()
    end = status.end_date(plan, id, scene.at)
    senast = _last_said(plan, id, scene.at)
    judged, why = _judged(scene, thing, due)
    row = Rad(sort, id, numbered(thing), judged, why, senast, _standing(scene, thing), end)
    row = replace(row, ansvarig=responsible(plan, id))
    known = max([scene.at, *plan.uppföljning])  # what is said later may have ended it
    newest = status.end_date(plan, id, known)
    is_done = _is_checked(plan, thing, known) or id not in in_force(plan, known)
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


def _judged(scene: Scene, thing: Ting, due: Due) -> tuple[Status, str]:
    """What is lacking of a thing, and why, or why nothing is."""
    plan, at, id = scene.plan, scene.at, thing.id
    if _is_unreadable(plan, id):
        return "inget", UNREADABLE
    if lacking := _lacking(scene, thing, due):
        return "saknas", lacking
    same = None if _states_in(plan, id, at) else due.repeated.get(id)
    if _is_said(plan, id, at) and not same:
        return "skriven", ""
    before = _before(plan, id, at)
    if why := _why_nothing(scene, thing, due):
        return "inget", why
    if same:
        return "oförändrad", _as(same)
    if before:
        return "oförändrad", f"senast {before.short()}"
    return "inget", _why_never(scene, thing)


def _lacking(scene: Scene, thing: Ting, due: Due) -> str:
    """What is due of a thing and lacking, or ""."""
    plan, at, id = scene.plan, scene.at, thing.id
    if id in due.levels:
        return "nivån är inte angiven" if id in plan.said_of else "aldrig bedömd"
    if id in due.goals:
        return "uppfyllelsen är inte bedömd"
    if isinstance(thing, Egenkontroll) and id in due.checks:
        return f"ska göras {_rounds(plan, thing, at)}" if thing.frekvens else "aldrig uppföljd"
    is_due = id in due.measures and id in due.in_force and _has_begun(thing, at)
    return "aldrig uppföljd" if is_due and not _before(plan, id, at) else ""


def _why_nothing(scene: Scene, thing: Ting, due: Due) -> str:
    """Why nothing has to be said of a thing, whether or not that was done earlier; "" if it has."""
    plan, at, id = scene.plan, scene.at, thing.id
    läge = status.state(plan, id, "läge", at)
    if läge and status.is_finished(plan, id, at):
        return läge.steg
    if id not in due.in_report:
        return "utanför urvalet"
    if id not in due.in_force:
        return "hör till något avslutat"
    if thing.start and not _has_begun(thing, at) and not _before(plan, id, at):
        return f"börjar {thing.start.short()}"
    return _why_no_round(plan, thing, at) if isinstance(thing, Egenkontroll) else ""


def _why_no_round(plan: Plan, check: Egenkontroll, at: Period) -> str:
    if not check.frekvens:
        is_made = _is_checked(plan, check, at)
        return f"gjord {status.results(plan, check.id, at)[-1].period.short()}" if is_made else ""
    end = status.end_date(plan, check.id, at)
    return _ended(end) if end and end.last < at.first else f"görs {_rounds(plan, check, at)}"


def _why_never(scene: Scene, thing: Ting) -> str:
    """Why nothing has to be said of what nothing was ever said of."""
    plan, at = scene.plan, scene.at
    if isinstance(thing, Mål):
        return _of_goal(scene, thing)
    end = status.end_date(plan, thing.id, at)
    if isinstance(thing, Risk):
        return _ended(end) if end and end.last <= at.last else "bedöms senare"
    if isinstance(thing, Egenkontroll):
        return f"ska vara gjord {end.short()}" if end else "ingen tid är angiven"
    return "valfritt" if isinstance(thing, Avvikelse) else "följs upp med annat"


def _of_goal(scene: Scene, goal: Mål) -> str:
    plan, at = scene.plan, scene.at
    if status.is_unknown(plan, goal.id, "uppfyllelse", at):
        return UNREADABLE
    is_computed = scales.computes(plan.skalor["uppfyllelse"], at.last) and goal.indikatorer
    if is_computed or status.fulfilment(plan, goal.id, at):
        return "uppfyllelsen räknas fram"
    return "valfritt"


def _rounds(plan: Plan, check: Egenkontroll, at: Period) -> str:
    """How often a self-check is made, and when it last was."""
    made = status.results(plan, check.id, at)
    last = f", senast {made[-1].period.short()}" if made else ""
    return f"varje {check.frekvens}{last}"


def _ended(end: Period) -> str:
    return f"slutade {end.short()}"


def _has_begun(thing: Ting, at: Period) -> bool:
    return thing.start is None or thing.start.first <= at.last


def _as(period: Period) -> str:
    return f"samma ord som {period.short()}"


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
        tidplan.steg if tidplan and not status.is_finished(plan, id, at) else "",
    )
    return ", ".join(filter(None, shown))


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


def _is_unreadable(plan: Plan, id: str) -> bool:
    return plan.gaps.said or "läge" in plan.gaps.scales or id in _faulty(plan)


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
