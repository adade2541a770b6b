"""What one plan's files say, made into a `Plan`: validated, laid over its whole, words checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from kvalitet import scales
from kvalitet.findings import Finding, Place, found
from kvalitet.load.gather import Gathered
from kvalitet.load.overlay import groups_over_members, over
from kvalitet.model.followup import FIXED_KEYS, Uppföljning
from kvalitet.model.indicator import Samband
from kvalitet.model.plan import Definition, Gaps, Plan, Planhuvud
from kvalitet.model.report import Rapporttyp
from kvalitet.model.scale import Skala, built_in
from kvalitet.model.text import Model, changed
from kvalitet.period import Period
from kvalitet.shape import check, check_many, did_you_mean
from kvalitet.source.reader import BROKEN
from kvalitet.svenska import suggest

_INHERITED_OF_HEAD = ("kommun", "nämnd", "år")
_AT_A_TIME = 1000


@dataclass(slots=True)
class _Notes:
    """What is found on the way, and what can therefore not be judged."""

    findings: list[Finding]
    ids_incomplete: bool
    scales: set[str] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)


def assemble(
    mapp: str,
    gathered: Gathered,
    whole: Plan | None,
    reports: Mapping[str, Rapporttyp],
    whole_is_missing: bool,
) -> tuple[Plan, list[Finding]]:
    """The plan of one folder, without data, and every finding about it so far."""
    notes = _Notes(gathered.findings, gathered.ids_incomplete or whole_is_missing)
    if whole is not None:
        notes.ids_incomplete |= whole.gaps.ids
    head, head_place = _head(mapp, gathered, whole, notes)
    own, definitions = _own_things(gathered, whole, notes)
    ungrouped = _over_whole(own, definitions, whole, notes)
    skalor = _scales(gathered, whole, notes)
    said = {period: dict(entries) for period, entries in gathered.uppföljning.items()}
    plan = Plan(
        mapp=mapp,
        huvud=head,
        skalor=skalor,
        things=groups_over_members(ungrouped, lambda id: _keys(definitions, id)),
        ungrouped=ungrouped,
        own=own,
        samband=(*(whole.samband if whole else ()), *_relations(gathered, notes)),
        texter={**(whole.texter if whole else {}), **_texts(gathered, notes)},
        uppföljning=_follow_up(said, skalor, notes),
        rapporter={name: reports[name] for name in head.rapporter if name in reports},
        whole=whole,
        definitions=definitions,
        said={p: {id: place for id, (_, place) in said[p].items()} for p in said},
        head_place=head_place,
        text_places={id: place for id, (_, place) in gathered.texter.items()},
        scale_places={name: place for name, (_, place) in gathered.skalor.items()},
        gaps=Gaps(
            ids=notes.ids_incomplete,
            scales=frozenset(notes.scales),
            fields=frozenset(notes.fields),
        ),
    )
    return plan, notes.findings


def _head(
    mapp: str, gathered: Gathered, whole: Plan | None, notes: _Notes
) -> tuple[Planhuvud, Place]:
    if gathered.plan is None:
        place = Place(f"plans/{mapp}")
        if not gathered.ids_incomplete:
            hint = "Skriv i plan.yaml: plan: och på nästa rad, indraget, namn."
            notes.findings.append(found("R202", place, '"plan" saknas i planens filer', hint))
        return Planhuvud(namn=mapp), place
    raw, place = gathered.plan
    checked = check(Planhuvud, raw, place)
    notes.findings.extend(checked.findings)
    notes.fields.update(("plan", key) for key in checked.faulty)
    head = checked.value or Planhuvud(namn=mapp)
    if whole is not None:
        given = [key for key in _INHERITED_OF_HEAD if key not in raw]
        head = changed(head, {key: getattr(whole.huvud, key) for key in given})
    return head, place


def _own_things(
    gathered: Gathered, whole: Plan | None, notes: _Notes
) -> tuple[dict[str, Model], dict[str, tuple[Definition, ...]]]:
    own: dict[str, Model] = {}
    definitions = dict(whole.definitions) if whole else {}
    for written in chain.from_iterable(gathered.things.values()):
        checked, place = written.checked, written.place
        notes.findings.extend(checked.findings)
        thing: Any = checked.value
        if thing is None:
            notes.ids_incomplete = True
            continue
        notes.fields.update((thing.id, key) for key in checked.faulty)
        if thing.id in own:
            notes.findings.append(_twice(thing.id, place, definitions[thing.id][0].place))
            continue
        own[thing.id] = thing
        definition = Definition(place, written.keys)
        definitions[thing.id] = (definition, *definitions.get(thing.id, ()))
    return own, definitions


def _keys(definitions: Mapping[str, tuple[Definition, ...]], id: str) -> frozenset[str]:
    return frozenset().union(*(definition.keys for definition in definitions.get(id, ())))


def _twice(id: str, place: Place, first: Place) -> Finding:
    message = f'Id "{id}" finns redan'
    return found("R221", place.at("id"), message, "Ge den ena ett annat id.", first.at("id"))


def _over_whole(
    own: Mapping[str, Model],
    definitions: Mapping[str, tuple[Definition, ...]],
    whole: Plan | None,
    notes: _Notes,
) -> dict[str, Model]:
    things: dict[str, Model] = dict(whole.ungrouped) if whole else {}
    for id, thing in own.items():
        place = definitions[id][0].place
        inherited = things.get(id)
        if inherited is None:
            things[id] = thing
            if not thing.namn and (id, "namn") not in notes.fields:  # type: ignore[attr-defined]
                notes.findings.append(_nameless(id, thing, place, whole))
        elif type(inherited) is type(thing):
            things[id] = over(inherited, thing, definitions[id][0].keys - {"id"})
        else:
            message = f'"{id}" är ärvt som {inherited.kind}, men beskrivs här som {thing.kind}'
            hint = "Flytta det till rätt lista, eller ge det ett eget id."
            notes.findings.append(found("R253", place.at("id"), message, hint))
    return things


def _nameless(id: str, thing: Model, place: Place, whole: Plan | None) -> Finding:
    near = suggest(id, whole.things) if whole else None
    hint = f'Menade du det ärvda "{near}"?' if near else 'Lägg till en rad med "namn".'
    return found("R202", place, f'"namn" saknas i {thing.kind} "{id}"', hint)


def _scales(gathered: Gathered, whole: Plan | None, notes: _Notes) -> dict[str, Skala]:
    skalor = dict(whole.skalor) if whole else built_in()
    notes.scales |= whole.gaps.scales if whole else set()
    for name, (raw, place) in gathered.skalor.items():
        if raw is BROKEN:
            notes.scales.add(name)
            continue
        checked = check(Skala, {"versioner": raw}, place)
        notes.findings.extend(checked.findings)
        if checked.findings or checked.value is None:
            notes.scales.add(name)
            skalor.setdefault(name, Skala(versioner={}))
        else:
            skalor[name] = checked.value
            notes.scales.discard(name)
    return skalor


def _relations(gathered: Gathered, notes: _Notes) -> tuple[tuple[Samband, Place], ...]:
    relations = []
    checks = check_many(Samband, gathered.samband)
    for checked, (_, place) in zip(checks, gathered.samband, strict=True):
        notes.findings.extend(checked.findings)
        if checked.value is not None and not checked.faulty:
            relations.append((checked.value, place))
    return tuple(relations)


def _texts(gathered: Gathered, notes: _Notes) -> dict[str, str]:
    texts = {}
    for id, (text, place) in gathered.texter.items():
        if isinstance(text, str):
            texts[id] = text
        elif text is not BROKEN:
            notes.findings.append(
                found("R203", place, "Här väntades text", "Skriv texten efter | på nästa rad.")
            )
    return texts


def _follow_up(
    said: Mapping[Period, Mapping[str, tuple[Any, Place]]],
    skalor: Mapping[str, Skala],
    notes: _Notes,
) -> dict[Period, dict[str, Uppföljning]]:
    follow_up: dict[Period, dict[str, Uppföljning]] = {}
    for period in sorted(said):
        words = _Words(period, skalor, notes)
        follow_up[period] = {}
        entries = iter(said[period].items())
        while some := list(islice(entries, _AT_A_TIME)):
            items = [(words.entry(raw, place), place) for _, (raw, place) in some]
            checks = check_many(Uppföljning, items)
            for (id, _), checked in zip(some, checks, strict=True):
                notes.findings.extend(checked.findings)
                notes.fields.update((id, key) for key in checked.faulty)
                if checked.value is not None:
                    follow_up[period][id] = checked.value
    return follow_up


class _Words:
    """The words of scales that may be said in a period; each faulty one is told and made ""."""

    def __init__(self, period: Period, skalor: Mapping[str, Skala], notes: _Notes) -> None:
        self.period = period
        self.skalor = skalor
        self.notes = notes
        self.valid: dict[str, list[str]] = {}

    def entry(self, raw: Any, place: Place) -> Any:
        if isinstance(raw, str):
            return {"text": raw}
        if not isinstance(raw, dict):
            return raw
        entry: dict[str, Any] = {}
        states: dict[str, Any] = {}
        for key, value in raw.items():
            if key in FIXED_KEYS:
                entry[key] = value
            elif key in self.skalor:
                states[key] = self.step(key, value, place.at(key))
            else:
                self.unknown(key, place)
        if states:
            entry["tillstånd"] = states
        return entry

    def step(self, scale: str, value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            return "" if value is BROKEN else value
        if scale in self.notes.scales:
            return value
        if scale not in self.valid:
            valid = scales.steps(self.skalor[scale], self.period.last)
            self.valid[scale] = [step.namn for step in valid]
        if value in self.valid[scale]:
            return value
        message = f'"{value}" är inget steg på skalan {scale}'
        if any(value == step.namn for v in self.skalor[scale].versioner.values() for step in v):
            message += f" i {self.period.in_words()}"
        hint = did_you_mean(value, self.valid[scale])
        self.notes.findings.append(found("R231", place, message, hint))
        return ""

    def unknown(self, key: str, place: Place) -> None:
        if key in self.notes.scales:
            return
        hint = did_you_mean(key, [*FIXED_KEYS, *self.skalor])
        message = f'Okänd nyckel "{key}" i uppföljningen'
        self.notes.findings.append(found("R201", place.key(key), message, hint))
