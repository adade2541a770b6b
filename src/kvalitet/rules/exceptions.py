"""Exceptions from rules: what they spare, and what is wrong with them and with chosen codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kvalitet.findings import CATALOGUE, OF_READING, Finding, Place, Route, Severity, found
from kvalitet.model.plan import Plan, Register, remembered
from kvalitet.model.settings import Regelval, Undantag
from kvalitet.model.thing import Mål
from kvalitet.period import Period
from kvalitet.rules.registry import INTERVALS, LIMITS
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.status import report_period

ECONOMY = "ekonomi"
"""What an exception names that is about a plan's economy, whose rows belong to no id."""

_PERSONAL_NUMBER = "R701"


def is_fixed(code: str) -> bool:
    """Whether a code is an error whatever the settings say: what it tells of is not read, so it
    would be missing in the reports."""
    return (code < "R3" and CATALOGUE[code].severity is Severity.ERROR) or code.startswith("R5")


def is_always_told(code: str) -> bool:
    """Whether the settings can make a code nothing else than it is: also that of a personal number,
    which is hidden wherever it is printed, and must not be so without a word."""
    return is_fixed(code) or code == _PERSONAL_NUMBER


@dataclass(frozen=True, slots=True)
class Accepted:
    """An exception in force, and how many findings it spares."""

    undantag: Undantag
    antal: int


class Exceptions:
    """The exceptions of the settings, and what they were tried on. One is in force until the report
    by which its plan is judged ends later than it: the same sources give the same findings on any
    day."""

    def __init__(self, register: Register, at: Period | None) -> None:
        self.register = register
        self._of: dict[tuple[str, str], _OfOneRule] = {}  # code, plan
        for number, one in enumerate(register.settings.undantag):
            mapp, _, id = one.plats.partition("/")
            if mapp in register.plans:
                plan = register.plans[mapp]
                alike = self._of.setdefault((one.regel, mapp), _OfOneRule(plan))
                report = at or report_period(plan, None) or max(plan.uppföljning, default=None)
                is_over = report is not None and one.slut.last < report.last
                (alike.expired if is_over else alike.in_force)[number] = id

    def spare(self, finding: Finding) -> bool:
        """Whether a finding is accepted; notes what it is about."""
        if not self._of:
            return False
        top, _, below = finding.place.path.partition("/")
        is_of_plan = top in ("plans", "data")
        alike = self._of.get((finding.code, below.partition("/")[0])) if is_of_plan else None
        if alike is None:
            return False
        owner = finding.about or _owner(finding.place, _owners(alike.plan))
        return owner is not None and alike.spares(owner)

    def accepts(self, mapp: str, code: str, id: str) -> bool:
        """Whether what a rule finds about an id of a plan is accepted; notes it. For a rule that
        tells of many ids in one finding: it leaves out those that are."""
        alike = self._of.get((code, mapp))
        return alike is not None and alike.spares(id)

    def accepted(self) -> Iterator[Accepted]:
        """Those that spared a finding, in the order of the settings."""
        numbers = {n: number for each in self._of.values() for n, number in each.numbers()}
        for number in sorted(numbers):
            yield Accepted(self.register.settings.undantag[number], numbers[number])

    def used(self) -> frozenset[int]:
        """The numbers of those that spared a finding."""
        return frozenset(number for each in self._of.values() for number in each.used())

    def missed(self) -> frozenset[int]:
        """The numbers of those that would have done so earlier."""
        return frozenset(number for each in self._of.values() for number in each.missed())


class _OfOneRule:
    """The exceptions of a plan from one rule, ids by their numbers, and the ids of which it found
    something: those that were spared, and the others."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.in_force: dict[int, str] = {}
        self.expired: dict[int, str] = {}
        self._spared: Counter[str] = Counter()
        self._told: set[str] = set()

    def spares(self, owner: str) -> bool:
        is_spared = owner in self._covered
        if is_spared:
            self._spared[owner] += 1
        else:
            self._told.add(owner)
        return is_spared

    def numbers(self) -> Iterator[tuple[int, int]]:
        """The number of each exception that spared findings, and how many it spared."""
        for number, id in self.in_force.items() if self._spared else ():
            covered = _reached([id], _held(self.plan))
            if antal := sum(self._spared[owner] for owner in self._spared if owner in covered):
                yield number, antal

    @cached_property
    def _covered(self) -> Collection[str]:
        return _reached(self.in_force.values(), _held(self.plan))

    def used(self) -> Iterator[int]:
        around = _reached(self._spared, _holders(self.plan))
        return (number for number, id in self.in_force.items() if id in around)

    def missed(self) -> Iterator[int]:
        around = _reached(self._told, _holders(self.plan))
        return (number for number, id in self.expired.items() if id in around)


@remembered
def _owners(plan: Plan) -> dict[tuple[str, Route], str]:
    """The things that a plan's own files write, by file and route."""
    places = ((plan.place(id), id) for id in plan.own)
    return {(place.path, place.route): id for place, id in places}


def _owner(place: Place, owners: Mapping[tuple[str, Route], str]) -> str | None:
    """The id that a place belongs to: the innermost thing around it, or what is said about it."""
    if place.route[:1] == ("uppföljning",) and len(place.route) > 2:
        return str(place.route[2])
    if place.route[:1] == ("texter",) and len(place.route) > 1:
        return str(place.route[1])
    around = ((place.path, place.route[:steps]) for steps in range(len(place.route), 0, -1))
    return next((owners[each] for each in around if each in owners), None)


@remembered
def _held(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What belongs to each thing."""
    keys = ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter")
    return {
        id: [
            *(held for key in keys for held in getattr(thing, key, ())),
            *(thing.mål if isinstance(thing, Mål) else ()),
        ]
        for id, thing in plan.things.items()
    }


@remembered
def _holders(plan: Plan) -> Mapping[str, Sequence[str]]:
    """What each thing belongs to."""
    holders: dict[str, list[str]] = {}
    for id, ids in _held(plan).items():
        for each in ids:
            holders.setdefault(each, []).append(id)
    return holders


def _reached(ids: Iterable[str], ways: Mapping[str, Sequence[str]]) -> Collection[str]:
    """Ids, and all that they lead to."""
    reached: set[str] = set()
    waiting = [*ids]
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting.extend(ways.get(id, ()))
    return reached


def about_settings(
    exceptions: Exceptions, judged: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """What the settings say to no effect. `judged` gives the plans that were judged, and the codes
    that were not tried on them: nothing is known of an exception from those."""
    settings = exceptions.register.settings
    for code, choice in settings.regler.items():
        yield from _about_rule(code, choice)
    near, used, missed = Allowance(), exceptions.used(), exceptions.missed()
    for number, exception in enumerate(settings.undantag):
        place = Place("kvalitet.yaml", ("undantag", number))
        mapp, _, id = exception.plats.partition("/")
        plan = exceptions.register.plans.get(mapp)
        if plan is None or not (plan.gaps.ids or id in _known_ids(plan)):
            yield _unknown_place(exception.plats, place, exceptions.register, near)
        elif exception.regel not in CATALOGUE:
            yield _unknown_code(exception.regel, place.at("regel"))
        elif exception.regel.startswith((*OF_READING, _PERSONAL_NUMBER)):
            is_number = exception.regel == _PERSONAL_NUMBER
            message = f"{exception.regel} kan inte undantas"
            hint = _WRITE_OTHERWISE if is_number else "Rätta felet, och ta bort undantaget."
            yield found("R011", place.at("regel"), message, hint)
        elif number in missed:
            message = f"Undantaget gällde till och med {exception.slut.last}"
            hint = "Rätta felet, eller besluta om ny tid."
            yield found("R011", place.at("slut"), message, hint)
        elif number in used or mapp not in judged or _may_hide(exceptions.register, mapp):
            continue
        elif exception.regel not in judged[mapp]:
            message = f"Undantaget från {exception.regel} träffar inget på {exception.plats}"
            yield found("R011", place, message, "Ta bort det när det inte behövs.")


_WRITE_OTHERWISE = "Är det inget personnummer, skriv det på ett annat sätt, och ta bort undantaget."


def _may_hide(register: Register, mapp: str) -> bool:
    """Whether a fault in a plan or its parts may keep a rule silent."""
    all_gaps = (register.plans[name].gaps for name in register.with_parts(mapp))
    return any(g.ids or g.data or g.scales or g.fields or g.said for g in all_gaps)


@remembered
def _known_ids(plan: Plan) -> Collection[str]:
    """All that an exception can be about: things, sections, texts, own scales and the economy."""
    return {*plan.things, *plan.sections(), *plan.texter, *plan.scale_places, ECONOMY}


def _about_rule(code: str, choice: Regelval) -> Iterator[Finding]:
    """What is chosen for a rule to no effect."""
    place = Place("kvalitet.yaml", ("regler", code))
    if code not in CATALOGUE:
        yield _unknown_code(code, place.key())
        return
    if is_always_told(code) and choice.grad not in (None, "fel"):
        why = "det som inte kan läsas saknas i rapporten"
        if code == _PERSONAL_NUMBER:
            why = "personnummer får inte stå i rapporten"
        message = f"{code} är alltid ett fel: {why}"
        yield found("R011", place.at("grad"), message, "Ta bort raden.")
    if choice.gräns is not None and code not in LIMITS:
        yield found("R011", place.at("gräns"), f"{code} har ingen gräns", "Ta bort raden.")
    elif choice.gräns is not None and choice.gräns <= 0:
        message = f"Gränsen för {code} ska vara större än 0, och används inte"
        yield found("R011", place.at("gräns"), message, "Rätta den eller ta bort raden.")
    if choice.intervall is not None and code not in INTERVALS:
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
