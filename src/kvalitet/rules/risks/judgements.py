"""How risks are judged over time: what was changed, and what was not judged again, or ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kvalitet import indicators, scales, status
from kvalitet.findings import Finding, Place, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk, Ting
from kvalitet.period import Period, divide
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.standing import (
    ACCEPTED,
    ENDED,
    JUDGED,
    by_name,
    family,
    held,
    is_closed,
    läget,
    may_be,
    measures_of,
    where_judged,
)
from kvalitet.svenska import join

_LÄGE = "läge"
_CLOSED = ("avslutad", "klar")
_COMMON_GENDER = ("dag", "månad")


class Change(NamedTuple):
    """What was judged otherwise since the last report, and where: by how many steps the level was
    raised, below zero lowered; whether a word of the judgement is another; whether it was closed.
    """

    risk: Risk
    steps: int
    is_reworded: bool
    is_closed: bool
    place: Place


@rule("R303", "ids", "parts", "report")
def lowered_without_reason(case: Case) -> Iterator[Finding]:
    """A risk lowered since the last report though no measure is done or under way, and nothing is
    said of it, its measures or its figures that may tell why."""
    for change in _unexplained(case, "R303"):
        now, then = _levels(case, change)
        message = (
            f"{by_name(change.risk)} är sänkt från {then} till {now}, men ingen åtgärd "
            "är klar eller pågår, och inget sägs om varför"
        )
        yield found("R303", change.place, message, "Skriv under risken varför den är sänkt.")


@rule("R304", "ids", "parts", "report")
def changed_without_words(case: Case) -> Iterator[Finding]:
    """A risk judged otherwise than at the last report, without words of its own since then."""
    for change in _unexplained(case, "R304"):
        now, then = _levels(case, change)
        how = f"är {'höjd' if change.steps > 0 else 'sänkt'} från {then} till {now}"
        if not change.steps:
            how = "har en ny bedömning med samma nivå,"
        message = f"{by_name(change.risk)} {how} utan ord om varför"
        yield found("R304", change.place, message, "Skriv under risken varför.")


@rule("R307", "ids", "data", "parts", "report")
def better_though_missed(case: Case) -> Iterator[Finding]:
    """A risk lowered or closed since the last report though an indicator of it, or of its
    measures, misses a target that is due, and nothing is said of the risk."""
    for change in _unexplained(case, "R307"):
        indicator = _missed(case.plan, change.risk.id, case.report)
        if indicator is not None:
            what = "avslutad" if change.is_closed else "sänkt"
            name = indicator.namn or indicator.id
            message = f'{by_name(change.risk)} är {what}, men "{name}" når inte målet'
            hint = "Kontrollera bedömningen, eller skriv under risken varför den är en annan."
            yield found("R307", change.place, message, hint)


@rule("R305", "ids", "parts", "report", interval="år")
def not_judged_again(case: Case) -> Iterator[Finding]:
    """A risk of which nothing was judged for a whole interval until the report's last day, by the
    plan, its wholes or its parts. An accepted one is judged when that is said."""
    plan, at, interval = case.plan, case.report, case.interval("R305")
    due = {period for period in plan.uppföljning if _has_passed(period.last, interval, at.last)}
    for id in plan.said_of if due else ():
        last = _last_judged(plan, id, at)
        if last not in due:
            continue
        risk = plan.get(Risk, id)
        if risk is None or is_closed(plan, risk, at, ENDED) or _is_unknown(plan, id, at):
            continue
        by_others = (_last_judged(one, id, at) for one in family(case))
        newest = max(each for each in by_others if each)
        if not _has_passed(newest.last, interval, at.last):
            continue
        if not status.is_below_selection(plan, id, at):
            whole = f"{'en' if interval in _COMMON_GENDER else 'ett'} {interval}"
            message = f"{by_name(risk)} är inte bedömd på {whole}: senast {last}"
            hint = f"Säg bedömningen för {at}, även om den står fast."
            yield found("R305", where_judged(plan, id, last), message, hint)


@rule("R309", "ids", "parts", "report")
def never_judged(case: Case) -> Iterator[Finding]:
    """A risk that the plan defines and that neither it nor its parts ever give a level (SOSFS
    2011:9, chapter 5)."""
    plan, at = case.plan, case.report
    last = max(plan.uppföljning, default=at)
    is_computed = scales.computes(plan.skalor["nivå"], last.last)
    for risk in plan.all(Risk):
        told = status.spoken(plan, risk.id)
        if not risk.namn or "nivå" in told or (is_computed and told >= {*AXES}):
            continue
        if risk.id not in plan.own or (plan.whole and risk.id in plan.whole.things):
            continue
        if is_closed(plan, risk, at, ENDED | {ACCEPTED}) or _is_unknown(plan, risk.id, last):
            continue
        if any(not status.spoken(part, risk.id).isdisjoint(JUDGED) for part in case.parts):
            continue
        axes = [axis for axis in AXES if status.state(plan, risk.id, axis, last)]
        lacking = next((axis for axis in AXES if axis not in axes), "nivå")
        message = f"{by_name(risk)} har inte fått någon nivå i någon period"
        if axes:
            message = f"{by_name(risk)} har {join(axes)} men ingen {lacking}, och därför ingen nivå"
        hint = f"Säg sannolikhet och allvarlighetsgrad för {at}, eller nivå ensam."
        yield found("R309", plan.place(risk.id), message, hint)


def _unexplained(case: Case, code: str) -> Iterator[Change]:
    """The changes without words of which the rule of that code tells: each is told by one."""
    for change in _changes(case.plan, case.report):
        if _cause(case, change) == code:
            yield change


def _cause(case: Case, change: Change) -> str | None:
    """The gravest that can be said of a change without words."""
    id, is_lowered = change.risk.id, change.steps < 0
    if _has_words(case, {id}) or status.is_below_selection(case.plan, id, case.report):
        return None
    if (is_lowered or change.is_closed) and not _is_named(case.plan, change.risk, case.report):
        if not case.plan.gaps.data and _missed(case.plan, id, case.report):
            return "R307"
        measures = measures_of(case, id)
        done = (may_be(case, each, measure, "klar", "pågår") for each, measure in measures)
        if is_lowered and not any(done) and not _has_words(case, _belonging(case, id)):
            return "R303"
    return "R304" if change.steps or change.is_reworded else None


@remembered
def _changes(plan: Plan, at: Period) -> tuple[Change, ...]:
    """What was judged since the last report without words, where it differs from what held then.
    Where a scale is another than it was, nobody has judged otherwise."""
    before = _before(plan, at)
    used = [plan.skalor[key] for key in JUDGED]
    if any(scales.steps(scale, before.last) != scales.steps(scale, at.last) for scale in used):
        return ()
    said = [plan.uppföljning[period] for period in plan.uppföljning if before < period <= at]
    worded = {id for entries in said for id, entry in entries.items() if entry.text}
    judged = {
        id: None
        for entries in said
        for id, entry in entries.items()
        if id not in worded and not entry.tillstånd.keys().isdisjoint((*JUDGED, _LÄGE))
    }
    risks = (risk for id in judged if (risk := plan.get(Risk, id)))
    return tuple(change for risk in risks if (change := _change(plan, risk, before, at)))


def _change(plan: Plan, risk: Risk, before: Period, at: Period) -> Change | None:
    said = {key: status.state(plan, risk.id, key, at) for key in (*JUDGED, _LÄGE)}
    held = {key: status.state(plan, risk.id, key, before) for key in said}
    new = [
        (key, now.period)
        for key, now in said.items()
        if now and now.steg != ((then := held[key]) and then.steg)
    ]
    steps = status.level_change(plan, risk.id, at, before) or 0
    is_reworded = any(held[key] for key, _ in new if key != _LÄGE)
    läge = läget(plan, risk.id, at)
    is_closed = läge in _CLOSED and läge != läget(plan, risk.id, before)
    if not new or not (steps or is_reworded or is_closed):
        return None
    key, period = new[0]
    return Change(risk, steps, is_reworded, is_closed, plan.said[period][risk.id].at(key))


@remembered
def _before(plan: Plan, at: Period) -> Period:
    """The report before: the neighbour, or what was said of a longer period that ended with it."""
    try:
        neighbour = at.previous()
    except ValueError:  # the calendar begins
        return at
    return max(
        (each for each in plan.uppföljning if each.last == neighbour.last), default=neighbour
    )


def _levels(case: Case, change: Change) -> tuple[str, str]:
    """The names of the level now and at the last report."""
    at = case.report
    levels = (
        status.level(case.plan, change.risk.id, when) for when in (at, _before(case.plan, at))
    )
    now, then = (level.steg.namn if level else "" for level in levels)
    return now, then


def _has_words(case: Case, ids: Iterable[str]) -> bool:
    """Whether the plan, its wholes or its parts say, or may say, anything in words of some ids
    since the last report."""
    before, at = _before(case.plan, case.report), case.report
    return any(
        (id, "text") in plan.gaps.fields
        or any(e.text and before < period <= at for period, e in plan.said_of.get(id, ()))
        for plan in family(case)
        for id in ids
    )


def _belonging(case: Case, id: str) -> set[str]:
    return {each for plan in family(case) for each, _, _ in held(plan, id)}


def _is_named(plan: Plan, risk: Risk, at: Period) -> bool:
    """Whether a section or an area of which something is said since the last report names it."""
    text = _of_sections(plan, at)
    return f'"{risk.id}"' in text or bool(risk.namn and risk.namn.casefold() in text)


@remembered
def _of_sections(plan: Plan, at: Period) -> str:
    """All that is said of sections and areas since the last report."""
    before = _before(plan, at)
    return "\n".join(
        entry.text.casefold()
        for period, entries in plan.uppföljning.items()
        if before < period <= at
        for id, entry in entries.items()
        if not isinstance(plan.things.get(id), Ting)
    )


def _missed(plan: Plan, id: str, at: Period) -> Indikator | None:
    """The first indicator of a risk, or of what is done about it, that misses a target."""
    held_by_it = (thing for _, thing, _ in held(plan, id) if isinstance(thing, Indikator))
    return next((each for each in held_by_it if _misses(plan, each, at)), None)


def _misses(plan: Plan, indicator: Indikator, at: Period) -> bool:
    """Whether it misses a target that is due with the report: one of a longer period, or a lowest
    sum since the new year, may still be reached."""
    if indicators.is_faulty(plan, indicator.id):
        return False
    is_growing = indicator.typ == "ackumulerat" and at.last.month < 12
    return any(
        compared.nått is False
        and (compared.period is None or compared.period.last <= at.last)
        and not (is_growing and compared.målvärde.lägst is not None)
        for compared in status.comparisons(plan, indicator.id, at)
    )


def _is_unknown(plan: Plan, id: str, at: Period) -> bool:
    return any(status.is_unknown(plan, id, key, at) for key in JUDGED)


def _last_judged(plan: Plan, id: str, at: Period) -> Period | None:
    """The newest period until the report in which a risk was judged, or accepted."""
    for period, entry in reversed(plan.said_of.get(id, ())):
        if period <= at and not entry.tillstånd.keys().isdisjoint(JUDGED):
            return period
        if period <= at and _LÄGE in entry.tillstånd and läget(plan, id, period) == ACCEPTED:
            return period
    return None


def _has_passed(since: date, interval: str, until: date) -> bool:
    """Whether a whole interval has passed after a day when another is over."""
    after, over = (day + timedelta(days=1) for day in (since, until))
    if interval == "dag":
        return after < over
    passed = 12 * (over.year - after.year) + over.month - after.month - (over.day < after.day)
    return passed >= 12 // len(divide(Period.parse("2000"), interval))
