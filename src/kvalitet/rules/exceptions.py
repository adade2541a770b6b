"""Exceptions from rules: what they spare, and what is wrong with them and with chosen codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache

from kvalitet.findings import CATALOGUE, Finding, Place, Route, Severity, found
from kvalitet.model.plan import Plan, Register
from kvalitet.model.settings import Regelval
from kvalitet.shape import Allowance, did_you_mean

_OF_READING = ("R0", "R1", "R5")
"""Findings about what cannot be read: they belong to no id that could be excepted."""


def is_fixed(code: str) -> bool:
    """Whether a code is an error whatever the settings say: what it tells of is not read, so it
    would be missing in the reports."""
    return (code < "R3" and CATALOGUE[code].severity is Severity.ERROR) or code.startswith("R5")


class Exceptions:
    """The exceptions of the settings, by number: those that spared a finding, and those that would
    have done so earlier."""

    def __init__(self, register: Register, day: date) -> None:
        self.register = register
        self.day = day
        self.used: set[int] = set()
        self.expired: set[int] = set()
        self._numbers: dict[tuple[str, str], dict[str, set[int]]] = {}  # code, plan; id
        for number, one in enumerate(register.settings.undantag):
            mapp, _, id = one.plats.partition("/")
            if mapp in register.plans:
                numbers = self._numbers.setdefault((one.regel, mapp), {})
                for each in _held(register.plans[mapp], id):
                    numbers.setdefault(each, set()).add(number)
        self._owners = cache(lambda mapp: _owners(register.plans[mapp]))

    def spare(self, finding: Finding) -> bool:
        """Whether a finding is accepted; notes by which."""
        exceptions = self.register.settings.undantag
        matching: set[int] = set()
        for (code, mapp), numbers in self._numbers.items():
            if code == finding.code and finding.place.path.startswith(f"plans/{mapp}/"):
                owner = _owner(finding.place, self._owners(mapp))
                matching |= numbers.get(owner, set()) if owner else set()
        in_force = {n for n in matching if self.day <= exceptions[n].slut.last}
        self.used |= in_force
        self.expired |= set() if in_force else matching
        return bool(in_force)


def _owners(plan: Plan) -> dict[tuple[str, Route], str]:
    """The things that a plan's own files write, by file and route."""
    places = ((plan.place(id), id) for id in plan.own)
    return {(place.path, place.route): id for place, id in places}


def _owner(place: Place, owners: Mapping[tuple[str, Route], str]) -> str | None:
    """The id that a place belongs to: the innermost thing around it, or what is said about it."""
    if place.route[:1] == ("uppföljning",) and len(place.route) > 2:
        return str(place.route[2])
    around = ((place.path, place.route[:steps]) for steps in range(len(place.route), 0, -1))
    return next((owners[each] for each in around if each in owners), None)


def _held(plan: Plan, id: str) -> set[str]:
    held: set[str] = set()
    open_ = [id]
    while open_:
        one = open_.pop()
        if one not in held:
            held.add(one)
            thing = plan.things.get(one)
            for key in ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter"):
                open_.extend(getattr(thing, key, ()))
    return held


def about_settings(
    exceptions: Exceptions, judged: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """What the settings say to no effect. `judged` gives the plans that were judged, and the codes
    that were not tried on them: nothing is known of an exception from those."""
    settings = exceptions.register.settings
    for code, choice in settings.regler.items():
        yield from _about_rule(code, choice)
    near = Allowance()
    for number, exception in enumerate(settings.undantag):
        place = Place("kvalitet.yaml", ("undantag", number))
        mapp, _, id = exception.plats.partition("/")
        plan = exceptions.register.plans.get(mapp)
        if plan is None or not (plan.gaps.ids or id in plan.things):
            yield _unknown_place(exception.plats, place, exceptions.register, near)
        elif exception.regel not in CATALOGUE:
            yield _unknown_code(exception.regel, place.at("regel"))
        elif exception.regel.startswith(_OF_READING):
            message = f"{exception.regel} kan inte undantas"
            hint = "Rätta felet, och ta bort undantaget."
            yield found("R011", place.at("regel"), message, hint)
        elif number in exceptions.expired:
            message = f"Undantaget gällde till och med {exception.slut.last}"
            hint = "Rätta felet, eller besluta om ny tid."
            yield found("R011", place.at("slut"), message, hint)
        elif number in exceptions.used or mapp not in judged or plan.gaps.ids:
            continue
        elif exception.regel not in judged[mapp]:
            message = f"Undantaget från {exception.regel} träffar inget på {exception.plats}"
            yield found("R011", place, message, "Ta bort det när det inte behövs.")


def _about_rule(code: str, choice: Regelval) -> Iterator[Finding]:
    """What is chosen for a rule to no effect (no rule of now has a threshold or an interval)."""
    place = Place("kvalitet.yaml", ("regler", code))
    if code not in CATALOGUE:
        yield _unknown_code(code, place.key())
        return
    if is_fixed(code) and choice.grad not in (None, "fel"):
        message = f"{code} är alltid ett fel: det som inte kan läsas saknas i rapporten"
        yield found("R011", place.at("grad"), message, "Ta bort raden.")
    if choice.gräns is not None:
        yield found("R011", place.at("gräns"), f"{code} har ingen gräns", "Ta bort raden.")
    if choice.intervall is not None:
        yield found("R011", place.at("intervall"), f"{code} har inget intervall", "Ta bort raden.")


def _unknown_place(plats: str, place: Place, register: Register, near: Allowance) -> Finding:
    mapp, _, id = plats.partition("/")
    plan = register.plans.get(mapp)
    here = (f"{mapp}/{one}" for one in plan.things) if plan else ()
    there = (f"{one}/{id}" for one in register.plans if one != mapp)
    hint = did_you_mean(plats, near.of(here if plan and plan.things else there))
    return found("R222", place.at("plats"), f"{plats} finns inte", hint)


def _unknown_code(code: str, place: Place) -> Finding:
    """Another code means something else, however near: only its spelling is mended."""
    spelt = code.upper().replace("O", "0")
    hint = f'Menade du "{spelt}"?' if spelt in CATALOGUE else "Rätta koden eller ta bort den."
    return found("R010", place, f"Ingen regel heter {code}", hint)
