"""One plan's YAML files joined, and nested things lifted out: still plain data, with places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kvalitet.findings import Finding, Findings, Place, Route, found
from kvalitet.model.plan import KINDS, Definition
from kvalitet.period import Period
from kvalitet.shape import Allowance, Checked, check_many, which_key, wrong_kind
from kvalitet.source.data import BROKEN, YamlFile
from kvalitet.svenska import shorten, slug

TOP_KEYS = ("plan", "skalor", *KINDS, "samband", "texter", "uppföljning")
_OWNED = ("indikatorer", "egenkontroller", "åtgärder", "aktiviteter")
_ELSEWHERE = "på ett annat ställe"

Placed = tuple[Any, Place]
Lifted = dict[str, list[Placed]]


class Written(NamedTuple):
    """One thing as a file writes it: validated, and defined by the keys that could be used."""

    checked: Checked[Any]
    definition: Definition


@dataclass(slots=True)
class Gathered:
    """Everything that a plan's own files say, by what it is about. `lost` are the keys at the top
    of which something is not known ("": any of them), `fields` the keys of ids."""

    plan: Placed | None = None
    skalor: dict[str, Placed] = field(default_factory=dict)
    things: dict[str, list[Written]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    samband: list[Placed] = field(default_factory=list)
    texter: dict[str, Placed] = field(default_factory=dict)
    uppföljning: dict[Period, dict[str, Placed]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    near: Allowance = field(default_factory=Allowance)
    ids_incomplete: bool = False
    lost: set[str] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    first_file: str = ""

    def lacks(self, key: str) -> bool:
        """Whether something may be said under a key at the top that is not known."""
        return not self.lost.isdisjoint((key, ""))


def gather(files: Iterable[YamlFile]) -> Gathered:
    """Joins the files of one plan in the order given (design 3): the top lists are joined,
    mappings join down to the level of the id, the same thing said twice is a clash (R226).

    Things are validated file by file, so that the plain data of one file at a time is kept.
    """
    gathered = Gathered()
    keys: dict[tuple[str, ...], frozenset[str]] = {}  # equal sets are kept once: they are many
    for file in files:
        gathered.findings.extend(file.findings)
        gathered.first_file = gathered.first_file or file.path
        if file.data is None:
            _lose(gathered, "")
            continue
        for route in file.dropped:
            _drop(gathered, file.data, route)
        lifted: dict[str, list[Placed]] = {kind: [] for kind in KINDS}
        for key, value in file.data.items():
            _top(gathered, lifted, key, value, Place(file.path, (key,)))
        for kind, items in lifted.items():
            checks = check_many(KINDS[kind], items)
            for checked, (raw, place) in zip(checks, items, strict=True):
                said = tuple(raw) if checked.value else ()
                if checked.faulty:
                    said = tuple(key for key in said if key not in checked.faulty)
                    gathered.ids_incomplete |= any(_holds_things(raw, k) for k in checked.faulty)
                if said not in keys:
                    keys[said] = frozenset(said)
                definition = Definition(place, keys[said])
                gathered.things[kind].append(Written(checked, definition))
    return gathered


def _holds_things(raw: Any, key: str) -> bool:
    """Whether a key that could not be used, such as a misspelt one, describes things."""
    value = raw.get(key) if isinstance(raw, dict) else None
    if isinstance(value, dict):
        return "id" in value
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _lose(gathered: Gathered, key: str) -> None:
    """Notes that something under a key at the top, or under one that is none, is not known."""
    known = key in TOP_KEYS
    gathered.lost.add(key if known else "")
    gathered.ids_incomplete |= not known or key == "skalor" or key in KINDS


def _drop(gathered: Gathered, data: Any, route: Route) -> None:
    _lose(gathered, str(route[0]))
    for step in route:
        if not isinstance(data, dict | list):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            gathered.fields.add((data["id"], str(step)))
        data = data.get(step) if isinstance(data, dict) else data[int(step)]


def _top(gathered: Gathered, lifted: Lifted, key: str, value: Any, place: Place) -> None:
    if value is BROKEN:
        _lose(gathered, key)
    elif key == "plan":
        if gathered.plan is None:
            if _is(dict, value, place, gathered):
                gathered.plan = value, place
        else:
            _lose(gathered, key)
            gathered.findings.append(_clash("plan", place, gathered.plan[1]))
    elif key in KINDS:
        _list(gathered, lifted, key, value, place)
    elif key == "samband":
        if _is(list, value, place, gathered):
            gathered.samband.extend((item, place.at(i)) for i, item in enumerate(value))
    elif key in _MAPPINGS:
        if _is(dict, value, place, gathered):
            _MAPPINGS[key](gathered, value, place)
    else:
        _lose(gathered, key)
        hint = which_key(key, TOP_KEYS, gathered.near)
        message = f'Okänd nyckel "{key}" längst till vänster'
        gathered.findings.append(found("R201", place.key(), message, hint))


def _list(gathered: Gathered, lifted: Lifted, kind: str, value: Any, place: Place) -> None:
    if not _is(list, value, place, gathered):
        return
    for number, item in enumerate(value):
        at = place.at(number)
        if item is BROKEN:
            gathered.ids_incomplete = True
        elif isinstance(item, str):
            gathered.findings.append(_only_a_name(item, at))
            gathered.ids_incomplete = True
        else:
            _lift(gathered, lifted, kind, item, at)


def _only_a_name(name: str, place: Place) -> Finding:
    message = f'Här står bara "{shorten(name, 40)}", men listan ska beskriva något'
    hint = f"Skriv ett id och ett namn:\n- id: {slug(name) or 'kort-namn'}\n  namn: {name}"
    return found("R203", place, message, hint)


def _lift(gathered: Gathered, lifted: Lifted, kind: str, item: Any, place: Place) -> None:
    """Puts a thing, and what is described inside it, in the lists of their kinds; the owner keeps
    their ids. Depth is bounded by the reader."""
    if isinstance(item, dict):
        nested = _OWNED if kind != "kvalitetsområden" else ()
        lists = (*nested, "mål") if kind == "mål" else nested
        for key in lists:
            owned = item.get(key)
            if isinstance(owned, list):
                item[key] = [
                    each if type(each) is str else _owned(gathered, lifted, key, each, place, i)
                    for i, each in enumerate(owned)
                ]
            elif owned is BROKEN:
                gathered.ids_incomplete = True
        if not isinstance(item.get("id"), str):
            gathered.ids_incomplete = True
    lifted[kind].append((item, place))


def _owned(
    gathered: Gathered, lifted: Lifted, kind: str, item: Any, owner: Place, number: int
) -> Any:
    if not isinstance(item, dict):
        gathered.ids_incomplete |= item is BROKEN
        return item
    _lift(gathered, lifted, kind, item, owner.at(kind, number))
    id = item.get("id", BROKEN)
    return id if isinstance(id, str) else BROKEN


def _periods(gathered: Gathered, value: dict[str, Any], place: Place) -> None:
    for text, entries in value.items():
        if entries is BROKEN:
            _lose(gathered, "uppföljning")
            continue
        try:
            period = Period.parse(text)
        except ValueError as error:
            hint = "Under uppföljning står perioden först."
            gathered.findings.append(found("R208", place.key(text), str(error), hint))
            _lose(gathered, "uppföljning")
            continue
        if _is(dict, entries, place.at(text), gathered):
            target = gathered.uppföljning.setdefault(period, {})
            _join(gathered, target, entries, place.at(text), f"om {period}")


def _join(
    gathered: Gathered,
    target: dict[str, Placed],
    value: dict[str, Any],
    place: Place,
    about: str = _ELSEWHERE,
) -> None:
    for key, item in value.items():
        if key in target:
            if place.route[0] == "uppföljning":
                gathered.fields.add((key, "tillstånd"))
            else:
                _lose(gathered, str(place.route[0]))
            gathered.findings.append(_clash(key, place.key(key), target[key][1], about))
        else:
            target[key] = item, place.at(key)


_MAPPINGS: dict[str, Callable[[Gathered, dict[str, Any], Place], None]] = {
    "skalor": lambda gathered, value, place: _join(gathered, gathered.skalor, value, place),
    "texter": lambda gathered, value, place: _join(gathered, gathered.texter, value, place),
    "uppföljning": _periods,
}


def _is(kind: type, value: Any, place: Place, gathered: Gathered) -> bool:
    if isinstance(value, kind):
        return True
    _lose(gathered, str(place.route[0]))
    expected = "en lista" if kind is list else "nycklar och värden"
    gathered.findings.append(wrong_kind(place, expected, value))
    return False


def _clash(what: str, place: Place, first: Place, about: str = _ELSEWHERE) -> Finding:
    message = f'"{what}" är redan sagt {about}'
    return found("R226", place, message, "Behåll det ena, eller slå ihop dem.", first)
