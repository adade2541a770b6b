"""Risks: levels that need a measure, two levels of one risk, areas without risks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kvalitet import scales, status
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Kvalitetsområde, Risk, Ting
from kvalitet.period import Period
from kvalitet.rules.places import own_step, to_mend
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.standing import (
    ACCEPTED,
    ENDED,
    UNKNOWN,
    by_name,
    family,
    is_closed,
    judged_by,
    last_report,
    levels,
    lägen,
    may_be,
    measures_of,
    when_judged,
    where_judged,
)
from kvalitet.svenska import join

_MOST_NAMED = 3
_AREA = "kvalitetsområde"
_CANCELLED = {"avbruten", "ej aktuell"}


@rule("R301", "ids", "parts", "report")
def red_without_measure(case: Case) -> Iterator[Finding]:
    """A red risk of which no measure or activity is under way: a planned one is not, however soon
    it begins. One that is accepted or ended is not asked for any (nacka T1 2020, line 34: measures
    at once)."""
    for risk, level in _of_colours(case, "röd"):
        measures = measures_of(case, risk.id)
        if any(may_be(case, id, each, "pågår") for id, each in measures):
            continue
        if not _is_let_be(case, risk):
            message = f"{by_name(risk)} är {level.steg.namn}, men {_none_under_way(case, risk.id)}"
            hint = f"Skriv vilken åtgärd som pågår{_or_accept(case)}"
            yield _of_its_level(case, "R301", risk, message, hint)


@rule("R302", "ids", "parts", "report")
def yellow_without_measure(case: Case) -> Iterator[Finding]:
    """A yellow or orange risk that is neither accepted nor has a measure, an activity or a
    self-check; measures that are cancelled are none."""
    ended = set().union(*(_ended(plan) for plan in family(case)))
    for risk, level in _of_colours(case, "gul", "orange"):
        if not ended.issuperset(risk.åtgärder):
            continue
        measures = measures_of(case, risk.id)
        if any(each is None or not _is_cancelled(case, id) for id, each in measures):
            continue
        if not (_is_checked(case, risk.id) or _is_let_be(case, risk)):
            has_any = any(measures_of(case, risk.id))
            lacking = "bara avbrutna åtgärder" if has_any else "ingen åtgärd"
            how = f"är {level.steg.namn}, men har {lacking} och är inte godtagen"
            hint = f"Skriv en åtgärd under risken{_or_accept(case)}"
            yield _of_its_level(case, "R302", risk, f"{by_name(risk)} {how}", hint)


@rule("R306", "ids")
def one_risk_of_two_levels(case: Case) -> Iterator[Finding]:
    """Risks of one name that stand at different levels, as at the newest of what is said: the same
    risk, written twice. (Of different areas, goals, kinds or roles they are different risks, and a
    part judges apart from its whole.)"""
    plan = case.plan
    at = case.at or max(plan.uppföljning, default=None)
    if at is None:
        return
    told = levels(plan, at)
    for same in _of_one_name(plan):
        if len({told[each.id].steg.namn for each in same if each.id in told}) < 2:
            continue
        known = (each for each in same if each.id in told and not is_closed(plan, each, at, ENDED))
        first = next(known, None)
        other = first and next((each for each in known if _differ(told, first, each)), None)
        if first and other:
            of_each = (f"{each.id} är {told[each.id].steg.namn}" for each in (first, other))
            message = f"{by_name(other)} har två nivåer: {' och '.join(of_each)}"
            hint = "Kontrollera om det är samma risk. Ta bort den ena, eller ge dem olika namn."
            when = {each.id: when_judged(plan, each.id, at) for each in (first, other)}
            older, newer = sorted(when, key=lambda id: when[id])
            places = [where_judged(plan, id, when[id]) for id in (newer, older)]
            yield found("R306", places[0], message, hint, places[1])


@rule("R308", "ids", "parts", "report")
def spoken_of_below_selection(case: Case) -> Iterator[Finding]:
    """Words or measures for a risk that stays below `urval` the whole year (design 3.10: it does
    not enter the report). Words that are lifted to the whole's report are printed there."""
    plan, at = case.plan, case.report
    if plan.huvud.urval is None or "nivå" in plan.gaps.scales:
        return
    lowest = scales.rank(plan.skalor["nivå"], plan.huvud.urval, at.last)
    below = {step.namn for step in scales.steps(plan.skalor["nivå"], at.last)[: max(lowest - 1, 0)]}
    for id, level in levels(plan, at).items():
        risk = plan.get(Risk, id)
        if risk is None or level.steg.namn not in below:
            continue
        entry = plan.uppföljning.get(at, {}).get(risk.id)
        has_words = entry is not None and bool(entry.text.strip()) and not entry.lyft
        measures = [each for each in _own_measures(plan, risk) if _is_to_be_done(case, each)]
        if not has_words and not measures:
            continue
        if not status.is_below_selection(plan, risk.id, at) or _is_above_in_a_part(case, risk.id):
            continue
        earlier = status.level(plan, risk.id, last_report(plan, at))
        if earlier and earlier.steg.namn not in below:
            continue  # what is said is why it is lower now
        what = [*(["ord"] if has_words else []), *(["åtgärder"] if measures else [])]
        message = f"{by_name(risk)} har {join(what)}, men kommer inte med i rapporten för {at}"
        hint = (
            f"Hela året har den legat under {plan.huvud.urval}, som är planens urval. "
            "Kontrollera bedömningen, eller avsluta åtgärden."
        )
        place = plan.said[at][risk.id].key("text") if has_words else plan.place(measures[0])
        yield found("R308", place, message, hint, about=risk.id)


@rule("R320", "ids", "parts", "report")
def area_without_risk(case: Case) -> Iterator[Finding]:
    """A quality area of a plan of risks under which neither the plan nor its parts have any, and
    of which nothing is said in the report's year, nor in a section of the report."""
    plan, at = case.plan, case.report
    plans = (plan, *case.parts)
    risks = [risk for each in plans for risk in each.all(Risk)]
    unknown = ((each, id) for each in plans for id, key in each.gaps.fields if key == _AREA)
    if any(each.get(Risk, id) for each, id in unknown):
        return
    covered = {risk.kvalitetsområde for risk in risks}
    for area in plan.all(Kvalitetsområde) if risks else ():
        if area.id in covered or area.id not in plan.own or _is_spoken_of(plans, area, at):
            continue
        message = f'Kvalitetsområdet "{area.namn or area.id}" har ingen risk'
        hint = f"Skriv en risk, eller under {at} varför området inte har någon:\n{area.id}: …"
        yield found("R320", plan.place(area.id), message, hint)


def _of_colours(case: Case, *colours: str) -> Iterator[tuple[Risk, status.Bedömning]]:
    for id, level in levels(case.plan, case.report).items():
        risk = case.plan.get(Risk, id)
        if risk is not None and level.steg.färg in colours:
            yield risk, level


def _is_let_be(case: Case, risk: Risk) -> bool:
    """Whether no measure is asked for, whatever the level."""
    plan, at = case.plan, case.report
    is_done_with = is_closed(plan, risk, at, status.FINISHED)
    return is_done_with or status.is_below_selection(plan, risk.id, at)


def _or_accept(case: Case) -> str:
    """The end of a hint: by which word the plan accepts a risk, where it can."""
    accepted = own_step(case.plan, "läge", ACCEPTED, case.report)
    return f", eller godta risken med läge: {accepted}." if accepted else "."


def _none_under_way(case: Case, id: str) -> str:
    named = []
    for each, measure in measures_of(case, id):
        said = lägen(case, each)
        if measure and (said or not measure.is_below):
            how = f"är {join(sorted(said))}" if said else "har inte börjat"
            named.append(f'"{measure.thing.namn or each}" {how}')
    return f"ingen åtgärd pågår: {join(named[:_MOST_NAMED])}" if named else "har ingen åtgärd"


@remembered
def _ended(plan: Plan) -> set[str]:
    """Of what a plan has ever said, or may have said, a `läge` other than that it goes on."""
    return {
        id
        for entries in plan.uppföljning.values()
        for id, entry in entries.items()
        if entry.tillstånd.get("läge", "pågår") not in ("pågår", "ej påbörjad")
    }


def _is_cancelled(case: Case, id: str) -> bool:
    said = lägen(case, id)
    return bool(said) and said <= _CANCELLED


def _is_checked(case: Case, id: str) -> bool:
    return any(risk.egenkontroller for plan in family(case) if (risk := plan.get(Risk, id)))


def _of_its_level(case: Case, code: str, risk: Risk, message: str, hint: str) -> Finding:
    """A finding where the level was, or is to be, said, which also tells where the plan writes the
    risk, or where an older level was said."""
    plan, at = case.plan, case.report
    said = when_judged(plan, risk.id, at)
    place, earlier = to_mend(plan, risk.id, judged_by(plan, risk.id, said), said, at)
    written = plan.place(risk.id) if risk.id in plan.own else None
    return found(code, place, message, hint, earlier or written)


def _differ(levels: Mapping[str, status.Bedömning], one: Risk, other: Risk) -> bool:
    return levels[one.id].steg.namn != levels[other.id].steg.namn


def _of_one_name(plan: Plan) -> list[list[Risk]]:
    """The risks that share a name, and that nothing else tells apart."""
    named: dict[tuple[object, ...], list[Risk]] = {}
    for risk in plan.all(Risk):
        name = " ".join(risk.namn.casefold().split()).rstrip(".:")
        parted_by = (name, risk.kvalitetsområde, risk.typ, risk.ansvarig, risk.mål)
        if name:
            named.setdefault(parted_by, []).append(risk)
    return [same for same in named.values() if len(same) > 1]


def _own_measures(plan: Plan, risk: Risk) -> Iterator[str]:
    """The measures that the plan writes and that are for this risk alone."""
    for id in (*risk.åtgärder, *risk.aktiviteter):
        if id in plan.own and _times_held(plan).get(id, 0) == 1:
            yield id


@remembered
def _times_held(plan: Plan) -> dict[str, int]:
    times: dict[str, int] = {}
    for thing in plan.things.values():
        if isinstance(thing, Ting):
            for id in (*thing.åtgärder, *thing.aktiviteter):
                times[id] = times.get(id, 0) + 1
    return times


def _is_to_be_done(case: Case, id: str) -> bool:
    return lägen(case, id).isdisjoint({UNKNOWN, *status.FINISHED})


def _is_above_in_a_part(case: Case, id: str) -> bool:
    at = case.report
    return any(
        status.level(part, id, at) and not status.is_below_selection(part, id, at)
        for part in case.parts
    )


def _is_spoken_of(plans: Sequence[Plan], area: Kvalitetsområde, at: Period) -> bool:
    """Whether a plan or its parts say anything of an area in the report's year, or name it in a
    section of the report."""
    said = (each for plan in plans for each in plan.said_of.get(area.id, ()))
    if any(entry.text for period, entry in said if period <= at and period.year == at.year):
        return True
    texts = [text for plan in plans for text in plan.texter.values()]
    for plan in plans:
        entries = plan.uppföljning.get(at, {})
        texts += (entry.text for id, entry in entries.items() if id not in plan.things)
    return bool(area.namn) and any(area.namn.casefold() in text.casefold() for text in texts)
