"""What the owner's own report types ask for in vain: of the built-in ones nobody can mend that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kvalitet import resources
from kvalitet.findings import Finding, Place, found
from kvalitet.load.folders import REPORTS, is_sound_name
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import CHOICES, OF_TYPE, TABLES, Avsnitt, Rapporttyp, route
from kvalitet.model.thing import Ting
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.svenska import join

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Own:
    """A report type of the owner's, its file, and the plans that make it."""

    name: str
    report: Rapporttyp
    plans: Sequence[Plan]

    @property
    def file(self) -> Place:
        return Place(_file(self.name))

    def sections(self) -> Iterator[tuple[Avsnitt, Place]]:
        for section, numbers in self.report.outline():
            yield section, self.file.at(*route(numbers))


def about_reports(register: Register, judged: Sequence[Plan]) -> Iterator[Finding]:
    """What a section of an own report type asks for and does not get in the plans that are judged,
    each once whatever the number of plans; own report types that no plan makes. Where it is not
    known what a plan has, nothing is said of it."""
    near = Allowance()
    for name, report in register.reports.items():
        if _file(name) not in register.sources:
            continue
        own = _Own(name, report, [plan for plan in judged if name in plan.rapporter])
        yield from _asked_twice(own)
        below = {part for plan in own.plans for part in register.with_parts(plan.mapp)}
        plans = [register.plans[part] for part in sorted(below)]
        if all(_is_known(plan) for plan in plans):
            yield from _unknown_tables(own, near)
            yield from _unknown_types(own, plans, near)
    if len(judged) == len(register.plans):
        yield from _idle(register)


def _file(name: str) -> str:
    return f"{REPORTS}/{name}.yaml"


def _is_known(plan: Plan) -> bool:
    return not plan.gaps.ids and all(key != "typ" for _, key in plan.gaps.fields)


def _asked_twice(own: _Own) -> Iterator[Finding]:
    """What an earlier section asks for, which is shown there alone; of two that say nothing of what
    they are to show, the latter gets nothing."""
    first: dict[tuple[str, str], tuple[Avsnitt, Place]] = {}
    for section, place in own.sections():
        for key, parts in CHOICES.items():
            chosen: Sequence[str] = getattr(section, key)
            if section.del_ not in parts:
                continue
            asked = [(word, place.at(key, number)) for number, word in enumerate(chosen)]
            for word, at in asked or [("", place.at("del"))]:
                other, there = first.setdefault((section.del_, word), (section, at))
                if there != at:
                    what = f'"{word}"' if word else "Allt som avsnittet ska visa"
                    message = f"{what} står redan i avsnittet {other.rubrik}"
                    hint = "Ta bort det ena." if word else f"Säg med {key} vad som ska stå här."
                    yield found("R228", at, message, hint, there)


def _unknown_tables(own: _Own, near: Allowance) -> Iterator[Finding]:
    """The tables that are no indicators in some plan that makes the report."""
    for section, place in own.sections():
        for number, id in enumerate(section.indikatorer if section.del_ == TABLES else ()):
            without = [plan for plan in own.plans if plan.get(Indikator, id) is None]
            if without:
                known = near.of(each.id for each in without[0].all(Indikator))
                message = f'Indikatorn "{id}" finns inte i {_named(without)}'
                other = without[0].things.get(id)
                if isinstance(other, Ting):
                    message = f'"{id}" är {other.a_kind} i {_named(without)}, ingen indikator'
                at = place.at("indikatorer", number)
                yield found("R228", at, message, did_you_mean(id, known))


def _unknown_types(own: _Own, plans: Sequence[Plan], near: Allowance) -> Iterator[Finding]:
    """The words of `typ` that nothing has, in the plans that make the report and their parts."""
    for section, place in own.sections():
        kind = OF_TYPE.get(section.del_)
        if kind is None or not plans:
            continue
        known = dict.fromkeys(each.typ for plan in plans for each in plan.all(kind) if each.typ)
        for number, word in enumerate(section.typ):
            if word not in known:
                message = f'Det finns {_NONE[section.del_]} av typen "{word}" i {_named(own.plans)}'
                hint = did_you_mean(word, near.of(known)) or _WHERE_TYPES_STAND
                yield found("R228", place.at("typ", number), message, hint)


_WHERE_TYPES_STAND = "Skriv typ hos dem i planen, eller ta bort typ här."
_NONE = {"egenkontroller": "inga egenkontroller", "avvikelser": "inga avvikelser"}


def _named(plans: Sequence[Plan]) -> str:
    names = [plan.mapp for plan in plans]
    if len(names) > _MOST_NAMED:
        return f"{len(names)} planer, som {names[0]}"
    return f"{'planen' if len(names) == 1 else 'planerna'} {join(names)}"


def _idle(register: Register) -> Iterator[Finding]:
    """The own report types that no plan makes, where it is known which all plans make; not those
    with a name that no plan can use (R012)."""
    plans = register.plans.values()
    if not plans or not all(plan.knows_its_reports for plan in plans):
        return
    built_in = {path.stem for path in resources.report_types()}
    made = {name for plan in plans for name in plan.rapporter}
    idle = register.reports.keys() - made - built_in
    for name in sorted(filter(is_sound_name, idle)):
        message = f"Ingen plan gör rapporten {name}"
        hint = f"Nämn den under plan i plan.yaml, som rapporter: [{name}]."
        yield found("R229", Place(_file(name), ("rubrik",), "key"), message, hint)
