"""The words of a plan: its scales, and the steps and texts that are said in its periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from kvalitet import scales
from kvalitet.findings import Finding, Findings, Place, found
from kvalitet.load.gather import Gathered
from kvalitet.model.followup import FIXED_KEYS, Uppföljning
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES, Skala, Steg, built_in
from kvalitet.model.text import Model
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.shape import Allowance, check_many, did_you_mean, which_key
from kvalitet.source.data import BROKEN
from kvalitet.svenska import shorten

_AT_A_TIME = 1000


@dataclass(slots=True)
class Notes:
    """What is found on the way, and what can therefore not be judged."""

    findings: Findings
    ids_incomplete: bool
    scales_incomplete: bool
    whole_incomplete: bool
    near: Allowance = field(default_factory=Allowance)
    scales: set[str] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)


def scales_of(gathered: Gathered, whole: Plan | None, notes: Notes) -> dict[str, Skala]:
    """The scales of a plan: built in, inherited, its own; those that cannot be used are noted."""
    skalor = dict(whole.skalor) if whole else built_in()
    notes.scales |= whole.gaps.scales if whole else set()
    items = [({"versioner": raw}, place) for raw, place in gathered.skalor.values()]
    for name, checked in zip(gathered.skalor, check_many(Skala, items), strict=True):
        notes.findings.extend(checked.findings)
        if checked.findings or checked.value is None:
            notes.scales.add(name)
            skalor.setdefault(name, Skala(versioner={}))
        else:
            skalor[name] = checked.value
            notes.scales.discard(name)
    for name, (_, place) in gathered.skalor.items():
        if name not in notes.scales and not notes.scales.intersection(AXES):
            faults = list(_faults(name, skalor, place))
            notes.findings.extend(faults)
            if faults:
                notes.scales.add(name)
    if notes.scales_incomplete:
        notes.scales.update(skalor)
    return skalor


def _faults(name: str, skalor: Mapping[str, Skala], place: Place) -> Iterator[Finding]:
    for period, steps in skalor[name].versioner.items():
        day = period.first if period else date.max
        version = place if period is None else place.at(str(period))
        for fault in islice(scales.faults(name, skalor, steps, day), 1):
            at = version.at(*fault.route) if fault.route else version.key()
            yield found("R232", at, f"Skalan {name}: {fault.message}", fault.hint)


def follow_up_of(
    said: Mapping[Period, Mapping[str, tuple[Any, Place]]],
    things: Mapping[str, Model],
    skalor: Mapping[str, Skala],
    notes: Notes,
) -> dict[Period, dict[str, Uppföljning]]:
    """What is said in each period, with every word checked against its scale as valid then."""
    follow_up: dict[Period, dict[str, Uppföljning]] = {}
    for period in sorted(said):
        words = _Words(period, things, skalor, notes)
        told = follow_up[period] = {}
        entries = iter(said[period].items())
        while some := list(islice(entries, _AT_A_TIME)):
            items = [(words.entry(id, raw, place), place) for id, (raw, place) in some]
            checks = check_many(Uppföljning, items)
            for (id, _), checked in zip(some, checks, strict=True):
                if checked.faulty or checked.findings:
                    notes.findings.extend(checked.findings)
                    notes.fields.update((id, key) for key in checked.faulty)
                if checked.value is not None:
                    told[id] = words.shared(checked.value)
                else:
                    notes.fields.add((id, "tillstånd"))
    return follow_up


class _Words:
    """The words of scales that may be said in a period; each faulty one is told and made ""."""

    def __init__(
        self,
        period: Period,
        things: Mapping[str, Model],
        skalor: Mapping[str, Skala],
        notes: Notes,
    ) -> None:
        self.period = period
        self.things = things
        self.skalor = skalor
        self.notes = notes
        self.keys = [*FIXED_KEYS, *skalor]
        self.valid: dict[str, dict[str, Steg]] = {}
        self.states: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def entry(self, id: str, raw: Any, place: Place) -> Any:
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
                states[key] = self.step(id, key, value, place)
            else:
                self.unknown(id, key, place)
        if states:
            entry["tillstånd"] = states
        return entry

    def shared(self, entry: Uppföljning) -> Uppföljning:
        """The entry, with one mapping for all that say the same states: in a large plan those of
        their own are a tenth of what it takes."""
        states = tuple(entry.tillstånd.items())
        object.__setattr__(entry, "tillstånd", self.states.setdefault(states, entry.tillstånd))
        return entry

    def step(self, id: str, scale: str, value: Any, entry: Place) -> Any:
        if not isinstance(value, str):
            return "" if value is BROKEN else value
        if scale in self.notes.scales:
            return value
        if scale not in self.valid:
            valid = scales.steps(self.skalor[scale], self.period.last)
            self.valid[scale] = {step.namn: step for step in valid}
        if value in self.valid[scale]:
            return value
        message = f'"{shorten(value, 40)}" är inget steg på skalan {scale}'
        if any(value == step.namn for v in self.skalor[scale].versioner.values() for step in v):
            message += f" i {self.period.in_words()}"
            message += scales.told_of(self.skalor[scale], value, self.period.last)
        at, hint = entry.at(scale), self.meant(id, scale, value)
        self.notes.findings.append(found("R231", at, message, hint))
        return ""

    def meant(self, id: str, scale: str, value: str) -> str:
        """Which step was meant: that of the rank on an axis, or one that the thing may have."""
        names = list(self.valid[scale])
        if scale in AXES and value in map(str, range(1, len(names) + 1)):
            return f'Menade du "{names[int(value) - 1]}"?'
        thing = self.things.get(id)
        if thing is not None and not isinstance(thing, Risk):
            valid = self.valid[scale]
            names = [name for name in names if not scales.is_for_risks(scale, valid[name])]
        return did_you_mean(value, self.notes.near.of(names))

    def unknown(self, id: str, key: str, place: Place) -> None:
        if key in self.notes.scales or self.notes.scales_incomplete:
            return
        self.notes.fields.add((id, "tillstånd"))
        hint = which_key(key, self.keys, self.notes.near)
        message = f'Okänd nyckel "{key}" i uppföljningen'
        self.notes.findings.append(found("R201", place.key(key), message, hint))
