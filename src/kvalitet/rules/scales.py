"""Scales that cannot be used as they are written, and steps that cannot stand where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import scales, svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES, BUILT_IN_STEPS, FOR_RISKS_ONLY, STANDS_FOR, Steg
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.shape import did_you_mean
from kvalitet.status import state

_TAKEN = (
    "text", "slut", "lyft", "indikator", "period", "värde", "svarsfrekvens", "antal_svar",
    "gäller_från", "anm", "typ", "post", "utfall", "budget", "prognos",
)  # fmt: skip


@rule("R233")
def two_scales_with_cells(case: Case) -> Iterator[Finding]:
    """More than one scale besides `nivå` with `rutor` (example README, rule 5)."""
    plan = case.plan
    with_cells = [
        name for name, scale in plan.skalor.items() if name != "nivå" and scales.has_cells(scale)
    ]
    for name in with_cells[1:]:
        if name in plan.scale_places:
            message = f"Både {with_cells[0]} och {name} räknas med rutor"
            hint = "Bara en skala utom nivå kan ha rutor. Ta bort rutorna i den ena."
            first = plan.scale_places.get(with_cells[0])
            place = plan.scale_places[name]
            yield found("R233", Place(place.path, place.route, "key"), message, hint, first)


@rule("R234")
def unknown_stand_in(case: Case) -> Iterator[Finding]:
    """A step of läge, tidplan or kontrollresultat whose meaning is not told by a built-in step."""
    for name, _, place, steps in _own_versions(case.plan):
        for number, step in enumerate(steps):
            if name not in STANDS_FOR:
                if step.som:
                    message = f"Skalan {name} har inget inbyggt steg att stå för"
                    yield found("R234", place.at(number, "som"), message, 'Ta bort "som".')
                continue
            built_in = [s if isinstance(s, str) else s["namn"] for s in BUILT_IN_STEPS[name]]
            if step.som and step.som not in built_in:
                message = f'"{step.som}" är inget inbyggt steg på {name}'
                hint = did_you_mean(step.som, built_in)
                yield found("R234", place.at(number, "som"), message, hint)
            elif not step.som and step.namn not in built_in:
                message = f'Steget "{step.namn}" säger inte vilket inbyggt steg det står för'
                hint = f'Lägg till en rad med "som" och ett av {svenska.join(built_in, "eller")}.'
                yield found("R234", place.at(number), message, hint)


@rule("R235")
def level_said_and_computed(case: Case) -> Iterator[Finding]:
    """`nivå` said of a risk whose both axes are known: it is computed then (rule 5)."""
    plan = case.plan
    for period in case.periods():
        for id, entry in plan.uppföljning[period].items():
            if not entry.tillstånd.get("nivå") or not isinstance(plan.things.get(id), Risk):
                continue
            if all(state(plan, id, axis, period) for axis in AXES):
                message = "Nivån räknas av sannolikhet och allvarlighetsgrad, och sägs ändå"
                place = plan.said[period][id].key("nivå")
                yield found("R235", place, message, "Ta bort nivå, eller de två andra.")


@rule("R236", "ids")
def said_of_no_risk(case: Case) -> Iterator[Finding]:
    """`nivå`, or a läge that only a risk can have, said about something else (design 3.5)."""
    plan = case.plan
    for period in case.periods():
        for id, entry in plan.uppföljning[period].items():
            if isinstance(plan.things.get(id), Risk):
                continue
            place = plan.said[period][id]
            if entry.tillstånd.get("nivå"):
                hint = "Ta bort raden. Bara risker har en nivå."
                yield found("R236", place.key("nivå"), "Nivå kan bara sägas om en risk", hint)
            word = entry.tillstånd.get("läge")
            step = scales.step(plan.skalor["läge"], word, period.last) if word else None
            if step and (step.som or step.namn) in FOR_RISKS_ONLY:
                message = f'"{word}" kan bara sägas om en risk'
                hint = "Skriv till exempel klar eller ej aktuell."
                yield found("R236", place.at("läge"), message, hint)


@rule("R237")
def taken_name(case: Case) -> Iterator[Finding]:
    """A scale named as a fixed key or a CSV column (design 3.5)."""
    for name, place in case.plan.scale_places.items():
        if name in _TAKEN:
            message = f'"{name}" är upptaget och kan inte vara namn på en skala'
            at = Place(place.path, place.route, "key")
            yield found("R237", at, message, "Ge skalan ett annat namn.")


@rule("R231")
def selection_not_a_level(case: Case) -> Iterator[Finding]:
    """`urval` that is no step of `nivå`. (Words in `uppföljning` are checked where they are read.)"""
    plan = case.plan
    if plan.huvud.urval is None or "nivå" in plan.gaps.scales:
        return
    names = [step.namn for version in plan.skalor["nivå"].versioner.values() for step in version]
    if plan.huvud.urval not in names:
        message = f'"{plan.huvud.urval}" är inget steg på skalan nivå'
        place = plan.head_place.at("urval")
        yield found("R231", place, message, did_you_mean(plan.huvud.urval, names))


def _own_versions(plan: Plan) -> Iterator[tuple[str, Period | None, Place, tuple[Steg, ...]]]:
    for name, place in plan.scale_places.items():
        if name not in plan.gaps.scales:
            for period, steps in plan.skalor[name].versioner.items():
                yield name, period, _version_place(plan, place, period), steps


def _version_place(plan: Plan, place: Place, period: Period | None) -> Place:
    return place if period is None else place.at(str(period))
