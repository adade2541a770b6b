"""Plans over plans: what two parts define or are called alike, and scales of a part's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kvalitet import scales
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.rules.registry import Case, has_parts, is_part, rule
from kvalitet.svenska import more


@rule("R254", "ids", "parts", concerns=has_parts)
def same_id_in_two_parts(case: Case) -> Iterator[Finding]:
    """A thing that two parts each define as their own, in branches that meet in just this plan: it
    may be one thing, which then belongs here."""
    branches: defaultdict[str, dict[str, Plan]] = defaultdict(dict)
    for branch in case.plan.parts:
        for part in (branch, *branch.below()):
            for id in part.own:
                if not part.inherits(id):
                    branches[id].setdefault(branch.mapp, part)
    for id, parts in branches.items():
        if len(parts) > 1 and id not in case.plan.things:
            yield _told_twice(case.plan, id, *parts.values())


def _told_twice(plan: Plan, id: str, first: Plan, second: Plan, *others: Plan) -> Finding:
    also = more(len(others), "del", "delar")
    kind = second.things[id].kind.capitalize()
    message = f'{kind} "{id}" finns även i {first.mapp}{also}, men inte i {plan.mapp}'
    hint = (
        f"Är det samma sak, skriv den i {plan.mapp} i stället. Är det olika saker, ge den ena ett"
        " annat id."
    )
    return found("R254", second.place(id).at("id"), message, hint, first.place(id).at("id"))


@rule("R255", concerns=has_parts)
def same_name_in_two_parts(case: Case) -> Iterator[Finding]:
    """A part that is called as a part in another branch, or as the plan itself, so that nobody can
    tell them apart in its reports."""
    named = {case.plan.name.casefold(): case.plan}
    for branch in case.plan.parts:
        of_branch = [part for part in (branch, *branch.below()) if _knows_name(part)]
        for part in of_branch:
            if first := named.get(part.name.casefold()):
                yield _called_alike(case.plan, first, part)
        named = {part.name.casefold(): part for part in reversed(of_branch)} | named


def _knows_name(part: Plan) -> bool:
    """Whether no fault in its head hides what a part is called."""
    return all(id != "plan" for id, _ in part.gaps.fields)


def _called_alike(plan: Plan, first: Plan, second: Plan) -> Finding:
    message = (
        f'Även {first.mapp} heter "{second.name}", så de går inte att skilja åt i rapporterna för'
        f" {plan.mapp}"
    )
    has_own = bool(second.huvud.enhet)
    hint = "Ge den ena ett annat namn under enhet." if has_own else "Skriv enhet under plan."
    return found("R255", _name_place(second), message, hint, _name_place(first))


def _name_place(plan: Plan) -> Place:
    """Where a plan says what it is called, else its head."""
    return plan.head_place.at("enhet") if plan.huvud.enhet else plan.head_place.key()


@rule("R240", concerns=is_part)
def scale_of_its_own(case: Case) -> Iterator[Finding]:
    """A scale of judgements that a part writes with other steps, order, limits or cells than its
    whole, so that what is judged in the two cannot be compared. (Steps with `som` can.)"""
    plan, whole = case.plan, case.plan.whole
    unknown = plan.gaps.scales | (whole.gaps.scales if whole else frozenset())
    for name, place in plan.scale_places.items():
        if whole is None or name not in whole.skalor or name in unknown:
            continue
        above, own = whole.skalor[name], plan.skalor[name]
        days = scales.begins(above) | scales.begins(own)
        if not all(scales.are_alike(name, above, own, day) for day in days):
            message = (
                f"Skalan {name} är en annan än i {whole.mapp}, så det som bedöms kan inte jämföras"
            )
            hint = f"Ta bort den, så gäller skalan i {whole.mapp}."
            yield found("R240", place.key(), message, hint, _written(whole, name), name)


def _written(plan: Plan, name: str) -> Place | None:
    """Where the plan, or the nearest above it, writes a scale; None where it is built in."""
    places = (one.scale_places[name] for one in plan.chain() if name in one.scale_places)
    place = next(places, None)
    return place.key() if place else None
