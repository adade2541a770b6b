"""References between things: they exist, are of the right kind, stand once, and form no ring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from kvalitet import svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.load.folders import REPORTS, is_sound_name
from kvalitet.model.indicator import Indikator, Samband
from kvalitet.model.plan import KINDS, Plan, remembered
from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Åtgärd,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.rings import in_a_ring, rings
from kvalitet.rules.work.duties import below
from kvalitet.shape import Allowance, did_you_mean

_LISTS: dict[str, type[Model]] = {
    "indikatorer": Indikator,
    "egenkontroller": Egenkontroll,
    "åtgärder": Åtgärd,
    "aktiviteter": Aktivitet,
    "bidrar_till": Mål,
    "mål": Mål,
}
_KINDS = {**_LISTS, "kvalitetsområde": Kvalitetsområde}
_LISTS_OF = {
    owner: tuple(
        (key, kind)
        for key, kind in _LISTS.items()
        if hasattr(owner, key) and (owner, key) != (Risk, "mål")  # a risk has one alone
    )
    for owner in KINDS.values()
}
_WHAT_BELONGS = ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter")
_OF_A_RISK = {"mål": Mål, "kvalitetsområde": Kvalitetsområde}
_OF_A_QUOTIENT = {"täljare": Indikator, "nämnare": Indikator}
_OF_A_SUM = {"är": Indikator}


class References(NamedTuple):
    """Ids that something points to, the kind they should be of, and where they stand: in a list,
    or one alone. (A place is made for the few that are wrong, not for all.)"""

    ids: tuple[str, ...]
    kind: type[Model]
    owner: Model
    base: Callable[[], Place]
    steps: tuple[str, ...]
    is_list: bool = True

    def place(self, number: int) -> Place:
        """Where one of them is written."""
        return self.base().at(*self.steps, *([number] if self.is_list else []))


@rule("R222", "ids")
def unknown_id(case: Case) -> Iterator[Finding]:
    """An id that nothing in the plan has."""
    plan, near = case.plan, Allowance()
    for id, written, number in _misplaced(plan):
        if id not in plan.things:
            hint = did_you_mean(id, near.of(_ids(plan, written.kind)))
            yield _unknown(id, written.place(number), hint)


def _says_anything(case: Case) -> bool:
    return bool(case.plan.text_places) or any(case.plan.said[period] for period in case.periods())


@rule("R222", "ids", "reports", concerns=_says_anything)
def said_of_unknown_id(case: Case) -> Iterator[Finding]:
    """Something said of an id that nothing in the plan, and no section of its reports, has."""
    plan, sections, near = case.plan, case.sections(), Allowance()
    for period in case.periods():
        for id, place in plan.said[period].items():
            if id not in plan.things and id not in sections:
                hint = did_you_mean(id, near.of(chain(plan.things, sections)))
                yield _unknown(id, place.key(), hint)
    for id, place in plan.text_places.items():
        if id not in sections:
            yield _unknown(id, place.key(), did_you_mean(id, near.of(sections)))


@rule("R223", "ids")
def wrong_kind(case: Case) -> Iterator[Finding]:
    """An id of something that cannot stand there."""
    plan, near = case.plan, Allowance()
    for id, written, number in _misplaced(plan):
        thing = plan.things.get(id)
        if thing is not None and (id, "id") not in plan.gaps.fields:
            message = f'"{id}" är {thing.a_kind}, men här väntas {written.kind.a_kind}'
            meant = did_you_mean(id, near.of(_ids(plan, written.kind)))
            hints = filter(None, (meant, _where_it_belongs(thing, written.owner)))
            yield found("R223", written.place(number), message, " ".join(hints))


@rule("R224")
def twice_in_a_list(case: Case) -> Iterator[Finding]:
    """The same id twice in one list of one file."""
    plan = case.plan
    for written in _doubtful(plan):
        for number, id in _repeated(written.ids):
            yield _again(id, written.place(number))
    for number, id in _repeated(plan.huvud.rapporter):
        yield _again(id, plan.head_place.at("rapporter", number))


@rule("R225")
def ring(case: Case) -> Iterator[Finding]:
    """Things that in the end belong to, contribute to or are computed from themselves."""
    plan = case.plan
    for keys in (_WHAT_BELONGS, ("mål",), ("bidrar_till",), ("beräkning",)):
        for way in rings(_edges(plan, keys)):
            id = way[0]
            if id in plan.own:
                thing: Any = plan.things[id]
                key = next(key for key in keys if _targets(thing, (key,)))
                place = plan.place(id, key)
                if key == "beräkning":
                    place = place.at("summa" if thing.beräkning.summa else "täljare")
                yield in_a_ring(way, place)


@rule("R227")
def unknown_report(case: Case) -> Iterator[Finding]:
    """A report that no section list describes, where it is known which there are."""
    plan, near = case.plan, Allowance()
    for number, name in enumerate(plan.huvud.rapporter):
        if case.reports and name not in case.reports:
            message = f'Rapporten "{name}" finns inte'
            place = plan.head_place.at("rapporter", number)
            yield found("R227", place, message, _which_report(name, near.of(case.reports)))


def _which_report(name: str, known: Sequence[str]) -> str:
    """Which report was meant, of those that a plan can name; of a file that has the name but for
    what makes it unsound (R012) what it is to be called."""
    files = {svenska.slug(each): each for each in known if not is_sound_name(each)}
    if name in files:
        return f"Döp om {REPORTS}/{files[name]}.yaml till {name}.yaml."
    sound = [each for each in known if is_sound_name(each)]
    own = "" if svenska.suggest(name, sound) else f"En egen läggs i {REPORTS}."
    return " ".join(filter(None, (did_you_mean(name, sound), own)))


@rule("R221")
def id_of_a_section(case: Case) -> Iterator[Finding]:
    """A thing with the id of a section in one of the plan's reports; one that the plan inherits is
    told where it names the report, unless the plan above does so too."""
    plan, above = case.plan, case.plan.whole
    told: set[str] = set()
    for name, report in plan.rapporter.items():
        both = {section.id for section in report.sections()} & plan.things.keys()
        for id in sorted(both - told):
            if id in plan.own:
                told.add(id)
                message = f'Id "{id}" är redan ett avsnitt i rapporten {name}'
                yield found("R221", plan.place(id, "id"), message, "Ge det ena ett annat id.")
            elif above is None or name not in above.rapporter:
                message = f'Avsnittet "{id}" i rapporten {name} har samma id som något som ärvs'
                place = plan.head_place.at("rapporter", plan.huvud.rapporter.index(name))
                yield found("R221", place, message, "Ge avsnittet ett annat id.")


def _misplaced(plan: Plan) -> Iterator[tuple[str, References, int]]:
    """Each id that names nothing, or something of another kind, and where it stands."""
    things = plan.things
    for written in _doubtful(plan):
        for number, id in enumerate(written.ids):
            if type(things.get(id)) is not written.kind:
                yield id, written, number


@remembered
def _doubtful(plan: Plan) -> Sequence[References]:
    """References of which one is misplaced or stands twice, and some that need not be."""
    return tuple(_maybe_doubtful(plan))


def _maybe_doubtful(plan: Plan) -> Iterator[References]:
    ids_of: defaultdict[type[Model], set[str]] = defaultdict(set)
    for id, thing in plan.things.items():
        ids_of[type(thing)].add(id)
    for id, thing in plan.own.items():
        for key, kind in _LISTS_OF[type(thing)]:
            ids = getattr(thing, key)
            if ids and not (ids_of[kind].issuperset(ids) and len(set(ids)) == len(ids)):
                yield References(ids, kind, thing, partial(plan.place, id), (key,))
        if isinstance(thing, Risk):
            yield from _single(thing, _OF_A_RISK, partial(plan.place, id), ids_of)
        elif isinstance(thing, Indikator) and thing.beräkning:
            said, where = thing.beräkning, partial(plan.place, id, "beräkning")
            yield References(said.summa, Indikator, said, where, ("summa",))
            yield from _single(said, _OF_A_QUOTIENT, where, ids_of)
    for relation, base in _own_relations(plan):
        for key in ("summa", "fallande"):
            yield References(getattr(relation, key), Indikator, relation, base, (key,))
        if not _is_number(relation.är):
            yield from _single(relation, _OF_A_SUM, base, ids_of)


def _single(
    owner: Model,
    kinds: Mapping[str, type[Model]],
    base: Callable[[], Place],
    ids_of: Mapping[type[Model], Collection[str]],
) -> Iterator[References]:
    for key, kind in kinds.items():
        id = getattr(owner, key)
        if id and id not in ids_of[kind]:
            yield References((id,), kind, owner, base, (key,), is_list=False)


def _own_relations(plan: Plan) -> Iterator[tuple[Samband, Callable[[], Place]]]:
    inherited = plan.whole.samband if plan.whole else ()
    for relation, place in plan.samband[len(inherited) :]:
        yield relation, partial(Place, place.path, place.route)


def _is_number(text: str) -> bool:
    try:
        svenska.number(text)
    except ValueError:
        return False
    return True


def _where_it_belongs(thing: Any, owner: Model) -> str:
    """Under which keys of the same owner a thing may stand."""
    keys = [key for key, kind in _KINDS.items() if type(thing) is kind and hasattr(owner, key)]
    return f'"{thing.id}" skrivs under {svenska.join(keys, "eller")}.' if keys else ""


def _repeated(ids: Sequence[str]) -> Iterator[tuple[int, str]]:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for place, id in enumerate(ids):
        if id in seen:
            yield place, id
        seen.add(id)


def _again(id: str, place: Place) -> Finding:
    return found("R224", place, f'"{id}" står redan i listan', "Ta bort den.")


def _edges(plan: Plan, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """What each thing leads to by some keys."""
    if keys == _WHAT_BELONGS:
        groups = {each.id: each.indikatorer for each in plan.all(Indikator) if each.indikatorer}
        return {**below(plan), **groups}
    having = {kind for kind in _LISTS_OF if any(hasattr(kind, key) for key in keys)}
    things = ((id, thing) for id, thing in plan.things.items() if type(thing) in having)
    return {id: ids for id, thing in things if (ids := _targets(thing, keys))}


def _targets(thing: Model, keys: Iterable[str]) -> tuple[str, ...]:
    targets: tuple[str, ...] = ()
    for key in keys:
        value = getattr(thing, key, None)
        if type(value) is tuple:
            targets += value
        elif value and key == "beräkning":
            targets += value.parts
    return targets


def _ids(plan: Plan, kind: type[Model]) -> Iterator[str]:
    return (id for id, thing in plan.things.items() if type(thing) is kind)


def _unknown(id: str, place: Place, hint: str) -> Finding:
    return found("R222", place, f'Inget har id "{id}"', hint)
