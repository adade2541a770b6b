"""Risks that are judged otherwise than at the last report: lowered, closed, changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kvalitet import indicators, scales, status
from kvalitet.findings import Finding, Place, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Risk, Ting
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.standing import (
    JUDGED,
    LONGEST_NAME,
    by_name,
    family,
    held,
    last_report,
    levels,
    läget,
    may_be,
    measures_of,
)
from kvalitet.svenska import shorten

_LÄGE = "läge"
_CLOSED = ("avslutad", "klar")
_OTHER_REASON = re.compile(
    r"\bmål|[0-9]|ersatt|ersätt|slagits|slås|uppgå|ingå|tillhör|flytt|överta|övertog|övergå"
    r"|avveckl|upphör|ned\b|annan|annat|andra|ny\b|nya\b"
)
"""Words that touch on a target or a figure, or tell that a risk is followed elsewhere."""
_LONG_WORD = re.compile(r"\w{5,}")
_STEM = 5
_ANY = "mål"
"""What stands for words that cannot be read: they may be about anything."""


class Change(NamedTuple):
    """What was judged otherwise since the last report, and where: by how many steps the level was
    raised, below zero lowered; whether a word of the judgement is another; whether it was closed.
    `has_words`: the plan itself says something of it."""

    risk: Risk
    has_words: bool
    steps: int
    is_reworded: bool
    is_closed: bool
    place: Place


class Missed(NamedTuple):
    """An indicator, and a target that it misses."""

    indicator: Indikator
    compared: status.Måljämförelse


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
    measures, misses a target that is due, and nothing is said of the risk or of the indicator; or
    closed, or lowered by two steps to the lowest level, with words that touch neither on its own
    indicator nor on a target."""
    plan, at = case.plan, case.report
    for change in _changes(plan, at):
        missed = _contradicting(case, change)
        if missed and not status.is_below_selection(plan, change.risk.id, at):
            what = "avslutad" if change.is_closed else "sänkt"
            name = shorten(missed.indicator.namn or missed.indicator.id, LONGEST_NAME)
            figures = f"{missed.compared.tal.text()}, och målet är {missed.compared.text()}"
            message = f'{by_name(change.risk)} är {what}, men "{name}" är {figures}'
            if _words(case, {change.risk.id}):
                message += ", och det nämns inte"
            hint = "Kontrollera bedömningen, eller skriv under risken varför den är en annan."
            yield found("R307", change.place, message, hint)


def _unexplained(case: Case, code: str) -> Iterator[Change]:
    """The changes without words of which the rule of that code tells: each is told by one."""
    for change in _changes(case.plan, case.report):
        if not change.has_words and _cause(case, change) == code:
            yield change


def _cause(case: Case, change: Change) -> str | None:
    """The gravest that can be said of a change without words."""
    id, is_lowered = change.risk.id, change.steps < 0
    if _words(case, {id}, change) or status.is_below_selection(case.plan, id, case.report):
        return None
    if _contradicting(case, change):
        return "R307"
    if is_lowered and not _is_named(case.plan, change.risk, case.report):
        measures = measures_of(case, id)
        done = (may_be(case, each, measure, "klar", "pågår") for each, measure in measures)
        if not any(done) and not _words(case, _belonging(case, id)):
            return "R303"
    return "R304" if change.steps or change.is_reworded else None


def _contradicting(case: Case, change: Change) -> Missed | None:
    """The first indicator of a risk lowered or closed that misses its target, of which nothing is
    said, and on which what is said of the risk does not touch."""
    plan, at, risk = case.plan, case.report, change.risk
    is_far = change.is_closed or change.steps < -1
    if plan.gaps.data or not (change.is_closed or change.steps < 0) or _is_named(plan, risk, at):
        return None
    if change.has_words and not is_far:
        return None
    words = "\n".join(_words(case, {risk.id})).casefold()
    if words and (not is_far or _OTHER_REASON.search(words)):
        return None
    asked = (
        thing
        for _, thing, is_below in held(plan, risk.id)
        if isinstance(thing, Indikator) and not (words and (is_below or _touches(words, thing)))
    )
    missed = (each for thing in asked if (each := _missed(plan, thing, at)))
    return next((each for each in missed if not _is_explained(case, each.indicator, is_far)), None)


def _is_explained(case: Case, indicator: Indikator, is_far: bool) -> bool:
    """Whether words of an indicator tell why it misses its target: any may, but where the risk is
    closed, or lowered far, only those that touch on the target or a figure."""
    words = "\n".join(_words(case, {indicator.id})).casefold()
    return bool(words) and (not is_far or bool(_OTHER_REASON.search(words)))


def _touches(words: str, indicator: Indikator) -> bool:
    """Whether some words may be about an indicator: a word in them begins as one of its name."""
    stems = (word[:_STEM] for word in _LONG_WORD.findall(indicator.namn.casefold()))
    return f'"{indicator.id}"' in words or any(stem in words for stem in stems)


@remembered
def _changes(plan: Plan, at: Period) -> tuple[Change, ...]:
    """What was judged since the last report, where it differs from what held then: what has words
    only where it has an indicator too, and a new `läge` or the lowest level. Where a scale is
    another than it was, nobody has judged otherwise."""
    before = last_report(plan, at)
    used = [plan.skalor[key] for key in JUDGED]
    if any(scales.steps(scale, before.last) != scales.steps(scale, at.last) for scale in used):
        return ()
    said = [plan.uppföljning[period] for period in plan.uppföljning if before < period <= at]
    worded = {id for entries in said for id, entry in entries.items() if entry.text}
    told = {id: None for entries in said for id in entries if entries[id].tillstånd}
    far = {id for entries in said for id in entries if _LÄGE in entries[id].tillstånd}
    lowest = scales.steps(plan.skalor["nivå"], at.last)[:1]
    far.update(id for id, level in levels(plan, at).items() if level.steg in lowest)
    risks = [risk for id in told if (risk := plan.get(Risk, id))]
    changes = (
        _change(plan, risk, risk.id in worded, before, at)
        for risk in risks
        if risk.id not in worded or (risk.indikatorer and risk.id in far)
    )
    return tuple(change for change in changes if change)


def _change(plan: Plan, risk: Risk, has_words: bool, before: Period, at: Period) -> Change | None:
    new, is_reworded = [], False
    for key in (*JUDGED, _LÄGE):
        now = status.state(plan, risk.id, key, at)
        then = status.state(plan, risk.id, key, before) if now else None
        if now and now.steg != (then and then.steg):
            new.append((key, now.period))
            is_reworded = is_reworded or (then is not None and key != _LÄGE)
    if not new:
        return None
    steps = status.level_change(plan, risk.id, at, before) or 0
    läge = läget(plan, risk.id, at)
    is_closed = läge in _CLOSED and läge != läget(plan, risk.id, before)
    if not (steps or is_reworded or is_closed):
        return None
    key, period = new[0]
    place = plan.said[period][risk.id].at(key)
    return Change(risk, has_words, steps, is_reworded, is_closed, place)


def _levels(case: Case, change: Change) -> tuple[str, str]:
    """The names of the level now and at the last report."""
    at = case.report
    levels = (
        status.level(case.plan, change.risk.id, when) for when in (at, last_report(case.plan, at))
    )
    now, then = (level.steg.namn if level else "" for level in levels)
    return now, then


def _words(case: Case, ids: Iterable[str], change: Change | None = None) -> list[str]:
    """What the plan, its wholes and its parts say in words of some ids since the last report;
    words that a fault hides are among them. Why a risk is judged otherwise is not told by one that
    has judged it the other way."""
    before, at = last_report(case.plan, case.report), case.report
    texts = []
    for plan in family(case):
        if change and _direction(plan, change, at) * _direction(case.plan, change, at) < 0:
            continue
        for id in ids:
            said = plan.said_of.get(id, ())
            texts += [e.text for period, e in said if e.text and before < period <= at]
            texts += [_ANY] if (id, "text") in plan.gaps.fields else []
    return texts


def _direction(plan: Plan, change: Change, at: Period) -> int:
    """Whether a plan has raised a risk since the last report, above zero, or lowered it."""
    levels = [status.level(plan, change.risk.id, when) for when in (at, last_report(plan, at))]
    now, then = (each.sannolikhet + each.allvarlighetsgrad if each else 0 for each in levels)
    return now - then if now and then else 0


def _belonging(case: Case, id: str) -> set[str]:
    return {each for plan in family(case) for each, _, _ in held(plan, id)}


def _is_named(plan: Plan, risk: Risk, at: Period) -> bool:
    """Whether a section or an area of which something is said since the last report names it."""
    text = _of_sections(plan, at)
    return f'"{risk.id}"' in text or bool(risk.namn and risk.namn.casefold() in text)


@remembered
def _of_sections(plan: Plan, at: Period) -> str:
    """All that is said of sections and areas since the last report."""
    before = last_report(plan, at)
    return "\n".join(
        entry.text.casefold()
        for period, entries in plan.uppföljning.items()
        if before < period <= at
        for id, entry in entries.items()
        if not isinstance(plan.things.get(id), Ting)
    )


def _missed(plan: Plan, indicator: Indikator, at: Period) -> Missed | None:
    """The first target that it misses and that is due with the report: one of a longer period may
    still be reached."""
    if not indicator.målvärden or indicators.is_faulty(plan, indicator.id):
        return None
    compared = status.comparisons(plan, indicator.id, at)
    due = (each for each in compared if each.period is None or each.period.last <= at.last)
    missed = (each for each in due if each.missas)
    return next((Missed(indicator, each) for each in missed), None)
