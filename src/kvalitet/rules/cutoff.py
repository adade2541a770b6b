"""Files that are cut off: what was read is judged, and read once more without their ends."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kvalitet.findings import Finding, Place, found
from kvalitet.load import Loaded, load
from kvalitet.model.plan import Register
from kvalitet.rules.judge import source_errors, stands_in


def settle(loaded: Loaded) -> Loaded:
    """What was read, once it is settled whether a file that ends in the middle of a line is cut off
    (R013): it is if errors in other files are gone when the rest of it is taken to be unknown."""
    ends = _alone(loaded.unended)
    errors = _errors(loaded) if ends else {}
    maybe = _missed_at(ends, errors.values(), loaded.register)
    if not maybe:
        return loaded
    cut = _cut(loaded, maybe)
    still = _errors(cut)
    gone = [error for key, error in errors.items() if key not in still]
    missed = _missed_at(ends, gone, loaded.register)
    if missed == maybe:
        return cut
    return _cut(loaded, missed) if missed else loaded


def _cut(loaded: Loaded, missed: Mapping[Place, Place]) -> Loaded:
    """The same, read as files of which the ends are lost."""
    again = load(loaded.root, {end.path for end in missed})
    told = itertools.starmap(_cut_off, missed.items())
    return replace(again, findings=(*again.findings, *told))


def _alone(ends: Collection[Place]) -> list[Place]:
    """Those that are alone in their plan, or, where they belong to none, in all: where several
    files end in a line it is the habit of an editor. (Nothing refers to the settings.)"""
    number = Counter(map(_scope, ends))
    number[""] = len(ends)
    return [end for end in ends if number[_scope(end)] == 1 and end.path != "kvalitet.yaml"]


def _missed_at(
    ends: Iterable[Place], errors: Collection[Finding], register: Register
) -> dict[Place, Place]:
    """The ends of files whose loss may be the cause of errors, and where the first of those is."""
    first = {end: next(_elsewhere(end, errors, register), None) for end in ends}
    return {end: error.place for end, error in first.items() if error}


def _scope(end: Place) -> str:
    """The folder of a plan, or "" for what is of use to all plans."""
    return end.path.rpartition("/")[0] if end.path.startswith(("plans/", "data/")) else ""


def _errors(loaded: Loaded) -> dict[tuple[str, Place], Finding]:
    wrong = source_errors(loaded.register, loaded.findings)
    return {(finding.code, finding.place): finding for finding in wrong}


def _elsewhere(end: Place, errors: Iterable[Finding], register: Register) -> Iterator[Finding]:
    """The errors in other files that what stood in a file may have prevented: of a lost row, that
    a text has no value."""
    kind, _, mapp = _scope(end).partition("/")
    plans = register.with_parts(mapp) if mapp else register.plans
    for error in errors:
        may_be = kind != "data" or error.code == "R211"
        if may_be and error.place.path != end.path and stands_in(plans, error):
            yield error


def _cut_off(end: Place, missed: Place) -> Finding:
    message = "Filen slutar mitt i en rad, och det som andra filer hänvisar till saknas"
    hint = "Är den avklippt? Lägg tillbaka resten. Är den hel? Tryck Enter efter sista raden."
    return found("R013", end, message, hint, missed)
