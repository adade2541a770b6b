"""How things stand at a report: states, words, ends, levels of risk (design 3.4, a and b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, KeysView, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kvalitet import scales
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import AXES, Steg
from kvalitet.model.thing import Aktivitet, Egenkontroll, Risk, Ting, Åtgärd
from kvalitet.period import Period, divide

FINISHED = ("klar", "avbruten", "ej aktuell", "accepterad", "avslutad")
"""The built-in steps of `läge` after which nothing can be late."""

_OF_ITS_PERIOD = "kontrollresultat"
_TO_BE_DONE = (Åtgärd, Aktivitet, Egenkontroll)


class Tillstånd(NamedTuple):
    """The name of a step, and the period in which it was said."""

    steg: str
    period: Period


class Bedömning(NamedTuple):
    """A level: a step of `nivå`, or of the scale with cells that other things have. The ranks place
    it in the matrix; they are 0 where the level is said alone."""

    skala: str
    steg: Steg
    sannolikhet: int = 0
    allvarlighetsgrad: int = 0


def state(plan: Plan, id: str, skala: str, at: Period) -> Tillstånd | None:
    """The newest said until the report holds; a `kontrollresultat` holds for its own period only.
    None where nothing is said, or a faulty word is the newest (rule of time a)."""
    newest = _newest(plan, id, skala, at)
    if newest is None or not newest.steg or _is_unreadable(plan, id, skala):
        return None
    return None if skala == _OF_ITS_PERIOD and newest.period != at else newest


def is_unknown(plan: Plan, id: str, skala: str, at: Period) -> bool:
    """Whether a state cannot be told since a faulty word, or a faulty scale, is in the way."""
    newest = _newest(plan, id, skala, at)
    return _is_unreadable(plan, id, skala) or (newest is not None and not newest.steg)


def results(plan: Plan, id: str, at: Period) -> tuple[Tillstånd, ...]:
    """The `kontrollresultat` of every round until the report, in order."""
    told = _states(plan, id).get(_OF_ITS_PERIOD, ())
    return tuple(each for each in told if each.steg and not at < each.period)


def words(plan: Plan, id: str, at: Period) -> str:
    """What is said about something in exactly the report's period, or "" (rule of time b)."""
    entry = plan.uppföljning.get(at, {}).get(id)
    return entry.text if entry else ""


def spoken(plan: Plan, id: str) -> KeysView[str]:
    """The scales on which anything is said about something, ever."""
    return _states(plan, id).keys()


def has_said(plan: Plan, id: str, at: Period) -> bool:
    """Whether a plan has said anything of something until a report: a state, words or an end."""
    return any(period <= at for period, _ in plan.said_of.get(id, ()))


def has_judged(plan: Plan, id: str, at: Period) -> bool:
    """Whether a plan has said a state of something on any scale until a report."""
    return any(period <= at and entry.tillstånd for period, entry in plan.said_of.get(id, ()))


def is_unwritten(plan: Plan, section: str, at: Period) -> bool:
    """Whether a section of the report has neither words of the plan's own for its period nor a
    text that stands in every report. (What parts have lifted is theirs.)"""
    return not (words(plan, section, at).strip() or plan.texter.get(section, "").strip())


def end_date(plan: Plan, id: str, at: Period) -> Period | None:
    """The newest `slut` said until the report, else the one decided; None where it is not known."""
    thing = plan.things.get(id)
    if not isinstance(thing, Ting) or _is_unreadable(plan, id, "slut"):
        return None
    if id not in plan.said_of:
        return thing.slut
    said = (entry.slut for period, entry in reversed(plan.said_of[id]) if period <= at)
    return next(filter(None, said), thing.slut)


def moved_on(plan: Plan, id: str, at: Period) -> tuple[Period, Period] | None:
    """The period in which a new `slut` was said together with, or after, the `läge` that holds at a
    report, and that end, where it lies after the report."""
    läge = state(plan, id, "läge", at)
    if läge is None:
        return None
    said = [(p, e.slut) for p, e in plan.said_of[id] if läge.period <= p <= at and e.slut]
    return said[-1] if said and said[-1][1].first > at.last else None


def meaning(plan: Plan, skala: str, tillstånd: Tillstånd) -> str:
    """The built-in step that a step stands for: what rules and status read (design 3.5)."""
    step = _step(plan, skala, tillstånd)
    return step.som if step and step.som else tillstånd.steg


def is_finished(plan: Plan, id: str, at: Period) -> bool:
    """Whether the `läge` of something at a report is one of those that end it, or may be one since
    a faulty word hides it: nothing more is asked of it."""
    if is_unknown(plan, id, "läge", at):
        return True
    läge = state(plan, id, "läge", at)
    return läge is not None and meaning(plan, "läge", läge) in FINISHED


def is_late(plan: Plan, id: str, at: Period, *, today: date | None = None) -> bool:
    """Whether the last day of its end lies before the report's, or before `today`, and its `läge`
    at the report does not say that it is finished: what ends on that very day has not passed. What
    nobody follows up by `läge` is late only where it is something to do."""
    end = end_date(plan, id, at)
    if end is None or end.last >= (today or at.last):
        return False
    is_followed_up = state(plan, id, "läge", at) is not None
    is_to_be_done = isinstance(plan.things.get(id), _TO_BE_DONE)
    return (is_followed_up or is_to_be_done) and not is_finished(plan, id, at)


@remembered
def level(plan: Plan, id: str, at: Period) -> Bedömning | None:
    """The level: computed where both axes are said, else the one that is said itself (example
    README, rule 5). None where nothing is said, or a faulty word is the newest."""
    skala = _level_scale(plan, id)
    if skala is None:
        return None
    ranks = _ranks(plan, id, at)
    if ranks is None:
        return None
    steg = _computed(plan, skala, ranks, at) if all(ranks) else None
    if steg is None:
        said = state(plan, id, skala, at)
        steg = _step(plan, skala, said) if said else None
    return Bedömning(skala, steg, *ranks) if steg else None


@remembered
def _computed(plan: Plan, skala: str, ranks: tuple[int, int], at: Period) -> Steg | None:
    return scales.computed_level(plan.skalor[skala], *ranks, at.last)


def level_change(plan: Plan, id: str, at: Period, before: Period) -> int | None:
    """How many steps the level was raised since an earlier report, lowered below zero; None where
    one of the two levels is not known."""
    ranks = [_level_rank(plan, id, period, at) for period in (at, before)]
    return ranks[0] - ranks[1] if all(ranks) else None


def is_below_selection(plan: Plan, id: str, at: Period) -> bool:
    """Whether a risk stays out of the plan's report: its level is below `urval`, and was so at each
    earlier report of the year (design 3.10), in the plan and in its parts. One whose level is not
    known stays in, but for one that is inherited and of which neither the plan nor its parts have
    said anything yet."""
    risk = plan.get(Risk, id)
    if risk is None or plan.huvud.urval is None or "nivå" in plan.gaps.scales:
        return False
    lowest = scales.rank(plan.skalor["nivå"], plan.huvud.urval, at.last)
    if not _level_rank(plan, id, at, at):
        return _is_only_inherited(plan, risk, at)
    reports = (at, *_earlier_in_year(plan, at))
    judging = (plan, *(part for part in plan.below() if id in part.said_of))
    ranks = (_level_rank(one, id, then, at, plan) for one in judging for then in reports)
    return all(rank < lowest for rank in ranks)


def _is_only_inherited(plan: Plan, risk: Risk, at: Period) -> bool:
    """Whether a risk is inherited, and neither the plan nor a part of it has said anything of it,
    or of what is done about it alone, until a report."""
    if not plan.inherits(risk.id) or plan.gaps.said:
        return False
    done = (id for id in _belonging(risk) if _times_held(plan)[id] == 1)
    saying = ((one, id) for id in (risk.id, *done) for one in (plan, *plan.below()))
    return not any(has_said(one, id, at) for one, id in saying)


@remembered
def _times_held(plan: Plan) -> Counter[str]:
    return Counter(id for risk in plan.all(Risk) for id in _belonging(risk))


def _belonging(risk: Risk) -> tuple[str, ...]:
    return (*risk.åtgärder, *risk.aktiviteter, *risk.egenkontroller)


def _level_rank(plan: Plan, id: str, period: Period, at: Period, whole: Plan | None = None) -> int:
    """The rank of the level in a period, on the scale that is valid at the report, its own or that
    of its whole; 0: unknown."""
    judged = level(plan, id, period)
    skalor = (whole or plan).skalor
    return scales.rank(skalor[judged.skala], judged.steg.namn, at.last) if judged else 0


def _earlier_in_year(plan: Plan, at: Period) -> Iterator[Period]:
    """The periods of the plan's own reports that come before `at` in its year."""
    year = Period.parse(str(at.year))
    rhythms = {report.rytm for report in plan.rapporter.values()} or {at.frekvens or "år"}
    for rytm in rhythms:
        yield from (period for period in divide(year, rytm) if period < at)


def _level_scale(plan: Plan, id: str) -> str | None:
    is_risk = isinstance(plan.things.get(id), Risk)
    skala = "nivå" if is_risk else scales.cell_scale(plan.skalor)
    return None if skala in plan.gaps.scales else skala


def _ranks(plan: Plan, id: str, at: Period) -> tuple[int, int] | None:
    """The ranks of likelihood and severity, each on its scale as it was when it was said; 0 where
    nothing was said; None where a faulty word is the newest."""
    ranks = []
    for axis in AXES:
        said = _newest(plan, id, axis, at)
        if _is_unreadable(plan, id, axis) or (said is not None and not said.steg):
            return None
        ranks.append(scales.rank(plan.skalor[axis], said.steg, said.period.last) if said else 0)
    return ranks[0], ranks[1]


def _step(plan: Plan, skala: str, said: Tillstånd) -> Steg | None:
    return scales.step(plan.skalor[skala], said.steg, said.period.last)


@remembered
def _states(plan: Plan, id: str) -> Mapping[str, Sequence[Tillstånd]]:
    """All states that are said of something, by scale, in the order of periods (design 3.4)."""
    states: dict[str, list[Tillstånd]] = {}
    for period, entry in plan.said_of.get(id, ()):
        for skala, steg in entry.tillstånd.items():
            states.setdefault(skala, []).append(Tillstånd(steg, period))
    return states


def _newest(plan: Plan, id: str, skala: str, at: Period) -> Tillstånd | None:
    for period, entry in reversed(plan.said_of.get(id, ())):
        steg = entry.tillstånd.get(skala)
        if steg is not None and not at < period:
            return Tillstånd(steg, period)
    return None


def _is_unreadable(plan: Plan, id: str, key: str) -> bool:
    gaps = plan.gaps
    if gaps.said or key in gaps.scales:
        return True
    return not gaps.fields.isdisjoint(((id, key), (id, "tillstånd"))) if gaps.fields else False
