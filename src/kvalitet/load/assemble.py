"""What one plan's files say, made into a `Plan`: validated, laid over its whole, words checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from kvalitet.findings import Finding, Findings, Place, found
from kvalitet.load.gather import Gathered
from kvalitet.load.overlay import groups_over_members, over
from kvalitet.load.words import Notes, follow_up_of, scales_of
from kvalitet.model.followup import FIXED_KEYS
from kvalitet.model.indicator import Samband
from kvalitet.model.plan import Definition, Gaps, Plan, Planhuvud
from kvalitet.model.report import Rapporttyp
from kvalitet.model.scale import Skala
from kvalitet.model.text import Model, changed
from kvalitet.shape import Allowance, check, check_many, keys_of, wrong_kind
from kvalitet.source.data import BROKEN
from kvalitet.svenska import suggest

_INHERITED_OF_HEAD = ("kommun", "nämnd", "år")


def assemble(
    mapp: str,
    gathered: Gathered,
    whole: Plan | None,
    reports: Mapping[str, Rapporttyp],
    whole_is_missing: bool,
) -> tuple[Plan, Findings]:
    """The plan of one folder, without data, and every finding about it so far."""
    notes = _notes(gathered, whole, whole_is_missing)
    head, head_place = _head(mapp, gathered, whole, notes)
    skalor = scales_of(gathered, whole, notes)
    own, definitions = _own_things(gathered, whole, skalor, notes)
    ungrouped = _over_whole(own, definitions, whole, notes)
    _note_misspelt(gathered.uppföljning.values(), ungrouped, reports, notes)
    plan = Plan(
        mapp=mapp,
        huvud=head,
        skalor=skalor,
        things=groups_over_members(ungrouped, lambda id: _keys(definitions, id)),
        ungrouped=ungrouped,
        own=own,
        samband=(*(whole.samband if whole else ()), *_relations(gathered, notes)),
        texter={**(whole.texter if whole else {}), **_texts(gathered, notes)},
        uppföljning=follow_up_of(gathered.uppföljning, ungrouped, skalor, notes),
        rapporter={name: reports[name] for name in head.rapporter if name in reports},
        whole=whole,
        definitions=definitions,
        said={p: {id: at for id, (_, at) in e.items()} for p, e in gathered.uppföljning.items()},
        head_place=head_place,
        text_places={id: place for id, (_, place) in gathered.texter.items()},
        scale_places={name: place for name, (_, place) in gathered.skalor.items()},
        gaps=Gaps(
            ids=notes.ids_incomplete or notes.whole_incomplete,
            whole=not notes.ids_incomplete,
            scales=frozenset(notes.scales),
            fields=frozenset(notes.fields),
            said=gathered.lacks("uppföljning") or gathered.lacks("texter"),
        ),
    )
    return plan, notes.findings


def _notes(gathered: Gathered, whole: Plan | None, whole_is_missing: bool) -> Notes:
    headless = "plan" in gathered.lost or (gathered.plan is None and gathered.lacks("plan"))
    whole_incomplete = whole_is_missing or headless or (whole is not None and whole.gaps.ids)
    return Notes(
        gathered.findings,
        ids_incomplete=gathered.ids_incomplete,
        scales_incomplete=gathered.lacks("skalor") or whole_incomplete,
        whole_incomplete=whole_incomplete,
        fields={
            *gathered.fields,
            *(_fields_of_things(whole) if whole else ()),
            *([("plan", "rapporter")] if headless else ()),
        },
    )


def _fields_of_things(whole: Plan) -> Iterator[tuple[str, str]]:
    """What is not known of the things of a plan: not of its head, nor what is said in it."""
    for id, key in whole.gaps.fields:
        if id != "plan" and key not in ("tillstånd", *FIXED_KEYS):
            yield id, key


def _head(
    mapp: str, gathered: Gathered, whole: Plan | None, notes: Notes
) -> tuple[Planhuvud, Place]:
    if gathered.plan is None:
        place = Place(f"plans/{mapp}")
        if gathered.first_file:
            place = Place(gathered.first_file, line=1, column=1, end_column=2)
        if not notes.whole_incomplete:
            hint = "Skriv i plan.yaml: plan: och på nästa rad, indraget, namn."
            notes.findings.append(found("R202", place, '"plan" saknas i planens filer', hint))
        notes.fields.add(("plan", "rapporter"))
        return Planhuvud(namn=mapp), place
    raw, place = gathered.plan
    checked = check(Planhuvud, raw, place)
    notes.findings.extend(checked.findings)
    notes.fields.update(("plan", key) for key in checked.faulty)
    head = checked.value or Planhuvud()
    if whole is None and may_be_del_av(checked.faulty):
        notes.whole_incomplete = notes.scales_incomplete = True
    if checked.value is None:
        notes.fields.add(("plan", "rapporter"))
    elif not (head.namn or "namn" in checked.faulty or "plan" in gathered.lost):
        hint = 'Lägg till en rad med "namn".'
        notes.findings.append(found("R202", place, '"namn" saknas i planen', hint))
    if whole is not None:
        said = raw if isinstance(raw, dict) else {}
        given = [key for key in _INHERITED_OF_HEAD if key not in said]
        head = changed(head, {key: getattr(whole.huvud, key) for key in given})
    return head, place


def may_be_del_av(said: Iterable[str]) -> bool:
    """Whether one of the keys of a head is unknown, and is not a misspelling of another key."""
    keys = keys_of(Planhuvud)
    return any(suggest(key, keys) in (None, "del_av") for key in said if key not in keys)


def _own_things(
    gathered: Gathered, whole: Plan | None, skalor: Mapping[str, Skala], notes: Notes
) -> tuple[dict[str, Model], dict[str, tuple[Definition, ...]]]:
    own: dict[str, Model] = {}
    definitions = dict(whole.definitions) if whole else {}
    for checked, definition in chain.from_iterable(gathered.things.values()):
        if checked.findings:
            notes.findings.extend(_said_elsewhere(one, skalor) for one in checked.findings)
        thing: Any = checked.value
        if thing is None:
            notes.ids_incomplete = True
            continue
        if checked.faulty:
            notes.fields.update((thing.id, key) for key in checked.faulty)
        inherited = whole.ungrouped.get(thing.id) if whole else None
        if inherited is not None and type(inherited) is not type(thing):
            notes.findings.append(_other_kind(thing, inherited, definition.place))
            notes.fields.add((thing.id, "id"))
            continue
        if thing.id in own:
            first = definitions[thing.id][0].place
            notes.findings.append(_twice(thing.id, definition.place, first))
            continue
        own[thing.id] = thing
        definitions[thing.id] = (definition, *definitions.get(thing.id, ()))
    return own, definitions


def _said_elsewhere(finding: Finding, skalor: Mapping[str, Skala]) -> Finding:
    """The finding, where its key is one of `uppföljning` with the hint that it belongs there."""
    if finding.code != "R201" or finding.place.route[-1] not in (*FIXED_KEYS, *skalor):
        return finding
    return replace(finding, hint="Det sägs i uppföljningen, under perioden och id.")


def _note_misspelt(
    said: Iterable[Mapping[str, Any]],
    things: Mapping[str, Model],
    reports: Mapping[str, Rapporttyp],
    notes: Notes,
) -> None:
    """What is said of an id that nothing has was most likely meant for one like it."""
    sections = {section.id for report in reports.values() for section in report.sections()}
    near = Allowance()
    for entries in said:
        for id in sorted(entries.keys() - things.keys() - sections):
            if meant := suggest(id, near.of(things)):
                notes.fields.add((meant, "tillstånd"))


def _keys(definitions: Mapping[str, tuple[Definition, ...]], id: str) -> frozenset[str]:
    return frozenset().union(*(definition.keys for definition in definitions.get(id, ())))


def _twice(id: str, place: Place, first: Place) -> Finding:
    message = f'Id "{id}" finns redan'
    hint = "Ge den ena ett annat id. Är de samma sak, beskriv den bara en gång."
    return found("R221", place.at("id"), message, hint, first.at("id"))


def _over_whole(
    own: Mapping[str, Model],
    definitions: Mapping[str, tuple[Definition, ...]],
    whole: Plan | None,
    notes: Notes,
) -> dict[str, Model]:
    things: dict[str, Model] = dict(whole.ungrouped) if whole else {}
    near = Allowance()
    for id, thing in own.items():
        place = definitions[id][0].place
        inherited = things.get(id)
        if inherited is None:
            things[id] = thing
            named = thing.namn or (id, "namn") in notes.fields  # type: ignore[attr-defined]
            if not named and not notes.whole_incomplete:
                among = near.of(whole.things) if whole else ()
                notes.findings.append(_nameless(id, thing, place, among))
        else:
            things[id] = over(inherited, thing, definitions[id][0].keys - {"id"})
    return things


def _other_kind(thing: Any, inherited: Model, place: Place) -> Finding:
    message = f'Planen ärver {inherited.kind} "{thing.id}", men här står {thing.kind} med samma id'
    hint = "Flytta det till rätt lista, eller ge det ett eget id."
    return found("R253", place.at("id"), message, hint)


def _nameless(id: str, thing: Model, place: Place, among: Iterable[str]) -> Finding:
    near = suggest(id, among)
    hint = f'Menade du det ärvda "{near}"?' if near else 'Lägg till en rad med "namn".'
    return found("R202", place, f'"namn" saknas i {thing.kind} "{id}"', hint)


def _relations(gathered: Gathered, notes: Notes) -> tuple[tuple[Samband, Place], ...]:
    relations = []
    checks = check_many(Samband, gathered.samband)
    for checked, (_, place) in zip(checks, gathered.samband, strict=True):
        notes.findings.extend(checked.findings)
        if checked.value is not None and not checked.faulty:
            relations.append((checked.value, place))
    return tuple(relations)


def _texts(gathered: Gathered, notes: Notes) -> dict[str, str]:
    texts = {}
    for id, (text, place) in gathered.texter.items():
        if isinstance(text, str):
            texts[id] = text
        elif text is not BROKEN:
            notes.findings.append(wrong_kind(place, "text", text))
    return texts
