"""References between things: they exist, are of the right kind, stand once, and form no ring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from kvalitet.findings import Finding, Place, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Åtgärd,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.shape import did_you_mean

_LISTS: dict[str, type[Model]] = {
    "indikatorer": Indikator,
    "egenkontroller": Egenkontroll,
    "åtgärder": Åtgärd,
    "aktiviteter": Aktivitet,
    "bidrar_till": Mål,
    "mål": Mål,
}
_SUMS = ("summa", "fallande")


class Reference(NamedTuple):
    """An id that something points to, the kind it should be of, and where it stands: a base and
    the steps from there. (A place is made for the few that are wrong, not for all.)"""

    id: str
    kind: type[Model]
    base: Callable[[], Place]
    steps: tuple[str | int, ...]

    @property
    def place(self) -> Place:
        """Where the reference is written."""
        return self.base().at(*self.steps)


@rule("R222", "ids")
def unknown_id(case: Case) -> Iterator[Finding]:
    """An id that nothing in the plan has."""
    plan = case.plan
    for reference in _references(plan):
        if reference.id not in plan.things:
            near = [t.id for t in plan.all(reference.kind)]  # type: ignore[attr-defined]
            yield _unknown(reference.id, reference.place, near)
    if len(plan.rapporter) < len(plan.huvud.rapporter) or ("plan", "rapporter") in plan.gaps.fields:
        return
    sections = list(plan.sections())
    known = [*plan.things, *sections]
    for period in case.periods():
        for id, place in plan.said[period].items():
            if id not in plan.things and id not in sections:
                at = Place(place.path, place.route, "key")
                yield _unknown(id, at, known)
    for id, place in plan.text_places.items():
        if sections and id not in sections:
            yield _unknown(id, Place(place.path, place.route, "key"), sections)


@rule("R223", "ids")
def wrong_kind(case: Case) -> Iterator[Finding]:
    """An id of something that cannot stand there."""
    for reference in _references(case.plan):
        id, kind = reference.id, reference.kind
        thing = case.plan.things.get(id)
        if thing is not None and type(thing) is not kind:
            message = f'"{id}" är {_A[type(thing)]}, men här väntas {_A[kind]}'
            near = [t.id for t in case.plan.all(kind)]  # type: ignore[attr-defined]
            yield found("R223", reference.place, message, did_you_mean(id, near))


@rule("R224")
def twice_in_a_list(case: Case) -> Iterator[Finding]:
    """The same id twice in one list of one file."""
    plan = case.plan
    for owner, thing in plan.own.items():
        for key in _LISTS:
            ids = getattr(thing, key, None)
            if type(ids) is tuple and len(ids) > 1 and len(set(ids)) < len(ids):
                for number, id in enumerate(ids):
                    if id in ids[:number]:
                        place = plan.place(owner).at(key, number)
                        yield found("R224", place, f'"{id}" står redan i listan', "Ta bort den.")


@rule("R225")
def ring(case: Case) -> Iterator[Finding]:
    """Things that in the end belong to, contribute to or are computed from themselves."""
    plan = case.plan
    for keys in (("indikatorer", "egenkontroller", "åtgärder", "aktiviteter"), ("mål",),
                 ("bidrar_till",), ("beräkning",)):  # fmt: skip
        targets = ((id, _targets(thing, keys)) for id, thing in plan.things.items())
        edges = {id: ids for id, ids in targets if ids}
        for id in _in_rings(edges):
            if id in plan.own:
                key = next(key for key in keys if _targets(plan.things[id], (key,)))
                place = plan.place(id, key)
                if key == "beräkning":
                    place = place.at("summa" if plan.things[id].beräkning.summa else "täljare")
                message = f'"{id}" leder tillbaka till sig självt'
                yield found("R225", place, message, "Ta bort en av hänvisningarna.")


@rule("R227")
def unknown_report(case: Case) -> Iterator[Finding]:
    """A report that no section list describes."""
    plan = case.plan
    for number, name in enumerate(plan.huvud.rapporter):
        if name not in case.reports:
            message = f'Rapporten "{name}" finns inte'
            place = plan.head_place.at("rapporter", number)
            yield found("R227", place, message, did_you_mean(name, case.reports))


@rule("R221")
def id_of_a_section(case: Case) -> Iterator[Finding]:
    """A thing with the id of a section in one of the plan's reports."""
    sections = set(case.plan.sections())
    for id in case.plan.own:
        if id in sections:
            message = f'Id "{id}" är redan ett avsnitt i planens rapport'
            yield found("R221", case.plan.place(id, "id"), message, "Ge det ett annat id.")


_A: dict[type[Model], str] = {
    Indikator: "en indikator",
    Egenkontroll: "en egenkontroll",
    Åtgärd: "en åtgärd",
    Aktivitet: "en aktivitet",
    Mål: "ett mål",
    Risk: "en risk",
    Avvikelse: "en avvikelse",
    Kvalitetsområde: "ett kvalitetsområde",
}


def _references(plan: Plan) -> Iterator[Reference]:
    for owner, thing in plan.own.items():
        base = partial(plan.place, owner)
        for key, kind in _LISTS.items():
            ids = getattr(thing, key, None)
            if ids and type(ids) is tuple:
                for number, id in enumerate(ids):
                    yield Reference(id, kind, base, (key, number))
        if isinstance(thing, Risk):
            if thing.mål:
                yield Reference(thing.mål, Mål, base, ("mål",))
            if thing.kvalitetsområde:
                yield Reference(thing.kvalitetsområde, Kvalitetsområde, base, ("kvalitetsområde",))
        elif isinstance(thing, Indikator) and thing.beräkning:
            yield from _of_indicators(thing.beräkning, base, ("beräkning",))
    inherited = plan.whole.samband if plan.whole else ()
    for relation, place in plan.samband[len(inherited) :]:
        yield from _of_indicators(relation, partial(Place, place.path, place.route), ())


def _of_indicators(
    model: Model, base: Callable[[], Place], steps: tuple[str | int, ...]
) -> Iterator[Reference]:
    for key in ("täljare", "nämnare", "är"):
        id = getattr(model, key, None)
        if id and not (key == "är" and id[:1].isdigit()):
            yield Reference(id, Indikator, base, (*steps, key))
    for key in _SUMS:
        for number, id in enumerate(getattr(model, key, ())):
            yield Reference(id, Indikator, base, (*steps, key, number))


def _targets(thing: Model, keys: Iterable[str]) -> tuple[str, ...]:
    targets: list[str] = []
    for key in keys:
        value = getattr(thing, key, None)
        if isinstance(value, tuple):
            targets.extend(value)
        elif isinstance(thing, Indikator) and thing.beräkning and key == "beräkning":
            targets.extend(thing.beräkning.parts)
    return tuple(targets)


def _in_rings(edges: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The first id of every ring: one for each way back to itself that begins there."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            id, entering = stack.pop()
            if not entering:
                path.pop()
                done.add(id)
            elif id in path:
                yield id
            elif id not in done and id in edges:
                path.append(id)
                stack.append((id, False))
                stack.extend((target, True) for target in edges[id])


def _unknown(id: str, place: Place, near: list[str]) -> Finding:
    return found("R222", place, f'Inget har id "{id}"', did_you_mean(id, near))
