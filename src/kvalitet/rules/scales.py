"""Scales that cannot be used as they are written, and steps that cannot stand where they stand."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from itertools import chain, islice, pairwise, product

from kvalitet import scales, svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES, BUILT_IN_STEPS, STANDS_FOR, Skala, Steg
from kvalitet.model.thing import Egenkontroll, Mål, Risk
from kvalitet.period import Period
from kvalitet.rules.places import own_step
from kvalitet.rules.registry import Case, rule
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.status import Bedömning, Tillstånd, level, spoken, state

_TAKEN = (
    "text", "slut", "lyft", "indikator", "period", "värde", "svarsfrekvens", "antal_svar",
    "gäller_från", "anm", "typ", "post", "utfall", "budget", "prognos", "id",
)  # fmt: skip
_KINDS: Mapping[str, tuple[type[Risk | Mål | Egenkontroll], str]] = {
    "nivå": (Risk, "risker"),
    "uppfyllelse": (Mål, "mål"),
    "kontrollresultat": (Egenkontroll, "egenkontroller"),
}
"""The built-in scales that are for things of one kind."""


@rule("R233")
def two_scales_with_cells(case: Case) -> Iterator[Finding]:
    """More than one scale besides `nivå` with `rutor` (example README, rule 5)."""
    plan = case.plan
    with_cells = scales.cell_scales(plan.skalor)
    for name in with_cells[1:]:
        if name in plan.scale_places:
            message = f"Både {with_cells[0]} och {name} räknas med rutor"
            hint = "Bara en skala utom nivå kan ha rutor. Ta bort rutorna i den ena."
            first = _written(plan, with_cells[0])
            yield found("R233", plan.scale_places[name].key(), message, hint, first)


@rule("R234")
def unknown_stand_in(case: Case) -> Iterator[Finding]:
    """A step of läge, tidplan or kontrollresultat whose meaning is not told by a built-in step."""
    near = Allowance()
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
                hint = did_you_mean(step.som, near.of(built_in))
                yield found("R234", place.at(number, "som"), message, hint)
            elif step.som and step.namn in built_in and step.som != step.namn:
                message = f'"{step.namn}" är ett inbyggt steg och kan inte stå för ett annat'
                hint = 'Ta bort "som", eller ge steget ett annat namn.'
                yield found("R234", place.at(number, "som"), message, hint)
            elif not step.som and step.namn not in built_in:
                message = f'Steget "{step.namn}" säger inte vilket inbyggt steg det står för'
                yield found("R234", place.at(number), message, _with_som(step.namn, built_in, near))


@rule("R235")
def level_said_and_computed(case: Case) -> Iterator[Finding]:
    """`nivå` said of a risk whose both axes are known: it is computed then (rule 5)."""
    plan = case.plan
    for period in case.periods():
        if "nivå" in plan.gaps.scales or not scales.computes(plan.skalor["nivå"], period.last):
            continue
        for id, entry in plan.uppföljning[period].items():
            if not entry.tillstånd.get("nivå") or not isinstance(plan.things.get(id), Risk):
                continue
            axes = {axis: state(plan, id, axis, period) for axis in AXES}
            said = {axis: one.period for axis, one in axes.items() if one}
            if len(said) == len(axes):
                message = "Nivån räknas av sannolikhet och allvarlighetsgrad, och sägs ändå"
                earlier = [plan.said[p][id].key(axis) for axis, p in said.items() if p != period]
                place, hint = plan.said[period][id].key("nivå"), "Ta bort nivå, eller de två andra."
                yield found("R235", place, message, hint, earlier[0] if earlier else None)


@rule("R236", "ids")
def said_of_another_kind(case: Case) -> Iterator[Finding]:
    """A scale that is for things of one kind, or a läge that only a risk can have, said about
    something else (design 3.5)."""
    plan, sections = case.plan, case.sections()
    for period in case.periods():
        of_risks, places = _for_risks_only(plan.skalor["läge"], period), plan.said[period]
        for id, entry in plan.uppföljning[period].items():
            thing = plan.things.get(id)
            if thing is None and id not in sections:
                continue
            for skala in filter(_KINDS.__contains__, entry.tillstånd):
                kind, many = _KINDS[skala]
                if entry.tillstånd[skala] and not isinstance(thing, kind):
                    message = f"{skala.capitalize()} kan bara sägas om {kind.a_kind}"
                    hint = f"Ta bort raden. Bara {many} har {skala}."
                    yield found("R236", places[id].key(skala), message, hint)
            word = entry.tillstånd.get("läge")
            if word in of_risks and not isinstance(thing, Risk):
                message = f'"{word}" kan bara sägas om en risk'
                instead = (own_step(plan, "läge", each, period) for each in ("klar", "ej aktuell"))
                words = svenska.join(list(filter(None, instead)), "eller")
                hint = f"Skriv till exempel {words}." if words else "Ta bort raden."
                yield found("R236", places[id].at("läge"), message, hint)


def _for_risks_only(läge: Skala, period: Period) -> Collection[str]:
    by_name = {step.namn: step for step in reversed(scales.steps(läge, period.last))}
    return {name for name, step in by_name.items() if scales.is_for_risks("läge", step)}


@rule("R237")
def taken_name(case: Case) -> Iterator[Finding]:
    """A scale named as a fixed key or a CSV column (design 3.5), all but as one that is built in,
    or so that it cannot be a keyword of a call (design 3.11)."""
    built_in = {name.casefold(): name for name in BUILT_IN_STEPS}
    for name, place in case.plan.scale_places.items():
        near = built_in.get(name.casefold(), name)
        if name in _TAKEN:
            message = f'"{name}" är upptaget och kan inte vara namn på en skala'
            yield found("R237", place.key(), message, "Ge skalan ett annat namn.")
        elif near != name:
            message = f'"{name}" är nästan samma namn som den inbyggda skalan {near}'
            hint = f"Skriv {near}, eller ge skalan ett annat namn."
            yield found("R237", place.key(), message, hint)
        elif not name.isidentifier():
            message = f'"{name}" är inte ett enda ord med bokstäver'
            yield found("R237", place.key(), message, "Ge skalan ett namn i ett ord.")


@rule("R231")
def selection_not_a_level(case: Case) -> Iterator[Finding]:
    """`urval` that is no step of `nivå`. (What is said is checked where it is read.)"""
    plan = case.plan
    if plan.huvud.urval is None or "nivå" in plan.gaps.scales:
        return
    names = [step.namn for version in plan.skalor["nivå"].versioner.values() for step in version]
    if plan.huvud.urval not in names:
        message = f'"{plan.huvud.urval}" är inget steg på skalan nivå'
        place = plan.head_place.at("urval")
        yield found("R231", place, message, did_you_mean(plan.huvud.urval, names))


@rule("R238")
def falls_while_axes_rise(case: Case) -> Iterator[Finding]:
    """A scale of the plan's own, told by `rutor`, that gives a lower step for a higher rank on
    either axis, the other one equal (example README: the lowest step first). One finding for each
    version of the scale."""
    for name, _, place, steps in _own_versions(case.plan):
        cells = {cell: (rank, n) for rank, s in enumerate(steps) for n, cell in enumerate(s.rutor)}
        falls = ((low, high) for low, high in _neighbours(cells) if cells[high] < cells[low])
        for low, high in islice(falls, 1):
            below, above = (steps[cells[cell][0]].namn for cell in (low, high))
            message = (
                f"Skalan {name} sjunker: {low} är {below}, men den allvarligare {high} {above}"
            )
            hint = "Kontrollera rutorna, och att det lägsta steget står först."
            places = [_cell_place(place, cells[cell]) for cell in (high, low)]
            yield found("R238", places[0], message, hint, places[1])


@rule("R239", "parts")
def level_of_no_product(case: Case) -> Iterator[Finding]:
    """A level of the plan's own that begins at a score which no likelihood times severity gives,
    in the plan or in a part of it, and that nobody says alone. One finding for each version of the
    scale."""
    plans = (case.plan, *case.parts)
    if any(not one.gaps.scales.isdisjoint(("nivå", *AXES)) or one.gaps.said for one in plans):
        return
    for name, _, place, steps in _own_versions(case.plan):
        if name != "nivå" or not (unreached := list(_unreached(steps, plans))):
            continue
        said = {e.tillstånd.get(name) for one in plans for _, e in chain(*one.said_of.values())}
        for number in islice((n for n in unreached if steps[n].namn not in said), 1):
            rows, columns = (len(_longest(case.plan, axis)) for axis in AXES)
            message = f'Ingen sannolikhet gånger allvarlighetsgrad ger nivån "{steps[number].namn}"'
            hint = f"Kontrollera från: {rows} steg gånger {columns} ger högst {rows * columns}."
            yield found("R239", place.at(number, "från"), message, hint)


def _unreached(steps: tuple[Steg, ...], plans: Iterable[Plan]) -> Iterator[int]:
    """The numbers of the steps above the lowest whose scores no product of ranks is among."""
    scores = {
        row * column
        for plan in plans
        for row in range(1, len(_longest(plan, AXES[0])) + 1)
        for column in range(1, len(_longest(plan, AXES[1])) + 1)
    }
    for number, (low, high) in enumerate(pairwise((*steps, None))):
        if number and low and low.från is not None:
            end = high.från if high and high.från is not None else max(scores) + 1
            if not any(low.från <= score < end for score in scores):
                yield number


def _longest(plan: Plan, axis: str) -> tuple[Steg, ...]:
    return max(plan.skalor[axis].versioner.values(), key=len, default=())


@rule("R239")
def level_out_of_reach(case: Case) -> Iterator[Finding]:
    """A level said alone, of something of which one axis is known, that no rank on the other axis
    would give, as at the newest of what is said."""
    plan = case.plan
    at = case.at or max(plan.uppföljning, default=None)
    if at is None:
        return
    levels = {"nivå", scales.cell_scale(plan.skalor)}
    entries = chain.from_iterable(of.items() for of in plan.uppföljning.values())
    for id in {id: None for id, entry in entries if not levels.isdisjoint(entry.tillstånd)}:
        judged = None if spoken(plan, id).isdisjoint(AXES) else level(plan, id, at)
        said = state(plan, id, judged.skala, at) if judged else None
        if judged and said:
            yield from _out_of_reach(plan, id, judged, said, at)


def _out_of_reach(
    plan: Plan, id: str, judged: Bedömning, said: Tillstånd, at: Period
) -> Iterator[Finding]:
    axis, free = AXES if judged.sannolikhet else reversed(AXES)
    known, scale, day = state(plan, id, axis, at), plan.skalor[judged.skala], at.last
    is_same_scale = scales.steps(scale, said.period.last) == scales.steps(scale, day)
    if known is None or state(plan, id, free, at) or not is_same_scale:
        return
    ranks = range(1, len(scales.steps(plan.skalor[free], day)) + 1)
    known_rank = judged.sannolikhet or judged.allvarlighetsgrad
    pairs = ((known_rank, rank) if axis == AXES[0] else (rank, known_rank) for rank in ranks)
    reached = (scales.computed_level(scale, *pair, day) for pair in pairs)
    within = list(dict.fromkeys(step.namn for step in reached if step))
    if within and judged.steg.namn not in within:
        given = svenska.join(within, "eller")
        message = f'"{said.steg}" går inte ihop med {axis} "{known.steg}", som bara kan ge {given}'
        hint = "Kontrollera bedömningen. Är båda delarna kända räknas den fram."
        place = plan.said[said.period][id].at(judged.skala)
        yield found("R239", place, message, hint, plan.said[known.period][id].at(axis))


def _written(plan: Plan | None, name: str) -> Place | None:
    """Where a scale is written: in the plan, else in what it inherits from."""
    while plan is not None and name not in plan.scale_places:
        plan = plan.whole
    return plan.scale_places[name].key() if plan else None


def _with_som(name: str, built_in: list[str], near: Allowance) -> str:
    meant = svenska.suggest(name, near.of(built_in))
    if meant:
        return f'Menade du "{meant}"?'
    words = svenska.join(built_in, "eller")
    return f"Skriv det på två rader:\n- namn: {name}\n  som: …\nDär … är {words}."


def _own_versions(plan: Plan) -> Iterator[tuple[str, Period | None, Place, tuple[Steg, ...]]]:
    for name, place in plan.scale_places.items():
        if name not in plan.gaps.scales:
            for period, steps in plan.skalor[name].versioner.items():
                yield name, period, _version_place(place, period), steps


def _version_place(place: Place, period: Period | None) -> Place:
    return place if period is None else place.at(str(period))


def _neighbours(cells: Container[str]) -> Iterator[tuple[str, str]]:
    """Cells that a scale has, each with the ones that are a rank higher on one of the axes."""
    for row, column in product(range(1, 10), repeat=2):
        for higher in (f"{row + 1}x{column}", f"{row}x{column + 1}"):
            if f"{row}x{column}" in cells and higher in cells:
                yield f"{row}x{column}", higher


def _cell_place(place: Place, cell: tuple[int, int]) -> Place:
    step, number = cell
    return place.at(step, "rutor", number)
