"""The risks of a report by quality area: those of the plan, then those that are its parts' own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from kvalitet import status
from kvalitet.model.thing import Kvalitetsområde, Risk, Ting
from kvalitet.period import Period
from kvalitet.svenska import nr_key, sort_key
from kvalitet.view.document import Inline, Link
from kvalitet.view.scene import numbered
from kvalitet.view.telling import Telling

Thing_co = TypeVar("Thing_co", bound=Ting | Kvalitetsområde, covariant=True)

_WHOSE = {
    "år": "årets",
    "halvår": "halvårets",
    "tertial": "tertialets",
    "kvartal": "kvartalets",
    "månad": "månadens",
    "dag": "dagens",
}


@dataclass(frozen=True, slots=True)
class Held(Generic[Thing_co]):
    """A thing, and what tells of the plans that have it: first the one that it is written for."""

    thing: Thing_co
    tellings: tuple[Telling, ...]

    @property
    def owner(self) -> Telling:
        """What tells of the plan that it is written for."""
        return self.tellings[0]

    def judging(self) -> Sequence[Telling]:
        """The plans that judge it on any scale, or else the one that it is written for."""
        return judging(self.tellings, self.thing.id) or self.tellings[:1]


class Area(NamedTuple):
    """A quality area, or None for what has none, and its risks."""

    område: Held[Kvalitetsområde] | None
    risks: tuple[Held[Risk], ...]


def by_area(telling: Telling) -> tuple[Area, ...]:
    """The quality areas by number, then the parts' own; last, with None, the risks that have no
    area, where there are any."""
    areas = tuple(all_held(telling, _areas))
    places = {
        (of.scene.plan.mapp, area.thing.id): number
        for number, area in enumerate(areas)
        for of in area.tellings
    }
    of_area: dict[int, list[Held[Risk]]] = {}
    for risk in all_held(telling, lambda of: of.scene.risks()):
        place = risk.owner.scene.plan.mapp, risk.thing.kvalitetsområde or ""
        of_area.setdefault(places.get(place, len(areas)), []).append(risk)
    found = [Area(area, tuple(of_area.get(number, ()))) for number, area in enumerate(areas)]
    left = tuple(of_area.get(len(areas), ()))
    return (*found, *((Area(None, left),) if left else ()))


def all_held(
    telling: Telling, of_plan: Callable[[Telling], Iterable[Thing_co]]
) -> Iterator[Held[Thing_co]]:
    """The things of the plan that a report is about, then of each part those that are its own, with
    what tells of the plans below that have them too."""
    parts = {of.scene.plan.mapp: of for of in telling.parts}
    for of in (telling, *telling.parts):
        plan = of.scene.plan
        for thing in of_plan(of):
            if of is telling or not plan.inherits(thing.id):
                having = (parts[each.mapp] for each in plan.below() if thing.id in each.things)
                yield Held(thing, (of, *having))


def judging(tellings: Iterable[Telling], id: str) -> Sequence[Telling]:
    """Those whose plans have judged something on any scale until the report."""
    return [of for of in tellings if status.has_judged(of.scene.plan, id, of.scene.at)]


def of_period(at: Period) -> str:
    """Whose the risks of a report are, by its length: årets, tertialets."""
    return _WHOSE.get(at.frekvens or "", "periodens")


def reference(telling: Telling, thing: Ting) -> Inline:
    """The name of a thing, which leads to what is told of it, if anything is."""
    name = numbered(thing)
    return Link(name, anchor_of(telling, thing)) if telling.headed.get(thing.id) else name


def anchor_of(telling: Telling, thing: Ting) -> str:
    """The anchor of a thing in the report, where that of a part's own ends with its folder."""
    return f"{thing.id}--{telling.scene.plan.mapp}" if telling.scene.teller else thing.id


def _areas(of: Telling) -> Sequence[Kvalitetsområde]:
    areas = of.scene.plan.all(Kvalitetsområde)
    return sorted(areas, key=lambda area: (nr_key(area.nr), sort_key(area.namn)))
