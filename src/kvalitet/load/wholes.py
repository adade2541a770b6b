"""Which plan each is a part of, and of which plans that is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from kvalitet.findings import Finding, Findings, Place, Severity, found
from kvalitet.load.assemble import may_be_del_av
from kvalitet.load.folders import Folders
from kvalitet.load.gather import Gathered
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.svenska import suggest

_MOST_STEPS = 20
"""So many plans may be parts of each other in a row."""

Said = Mapping[str, tuple[str, Place] | None]
Wholes = Mapping[str, str | None]


def wholes_of(gathered: Mapping[str, Gathered], folders: Folders, findings: Findings) -> Wholes:
    """The whole of each plan; None where there is none, it is not known, or it would be a ring."""
    said = _all_said(gathered)
    wholes: dict[str, str | None] = {}
    near = Allowance()
    for name, whole in said.items():
        wholes[name] = whole[0] if whole and whole[0] in gathered else None
        if whole and whole[0] not in gathered and not folders.may_hold(whole[0]):
            others = near.of(other for other in gathered if other != name)
            message = f'Planen "{whole[0]}" finns inte i plans'
            findings.append(found("R251", whole[1], message, did_you_mean(whole[0], others)))
    in_rings = [name for name in wholes if name in _above(name, wholes)]
    findings.extend(_rings(in_rings, wholes, said))
    known = {name: None if name in in_rings else whole for name, whole in wholes.items()}
    return _not_too_deep(known, said, findings)


def should_have_whole(gathered: Gathered) -> bool:
    """Whether a plan says that it is a part of another, readable or not."""
    head = gathered.plan[0] if gathered.plan else None
    return isinstance(head, dict) and "del_av" in head


def whole_first(wholes: Wholes) -> list[str]:
    """The plans in such an order that each comes after what it is a part of."""
    depth = {}
    for name in wholes:
        at, steps = wholes[name], 0
        while at is not None:
            at, steps = wholes[at], steps + 1
        depth[name] = steps
    return sorted(wholes, key=lambda name: (depth[name], name))


def maybe_parts(
    gathered: Mapping[str, Gathered], wholes: Wholes, folders: Folders
) -> dict[str, frozenset[str]]:
    """By plan, what may be a part of it and is not known to be: the plans whose `del_av` cannot be
    read or followed, by folder, and what is not read as a plan, by path. One that says a name is
    a part of the plan that has it or one like it; else it may be one of any that has parts."""
    said = _all_said(gathered)
    have_parts = {whole[0] for whole in said.values() if whole and whole[0] in gathered}
    unsure = [name for name in gathered if wholes[name] is None and _is_unsure(gathered[name])]
    found_parts: defaultdict[str, set[str]] = defaultdict(set)
    for path in _unread(gathered, folders):
        for possible in have_parts:
            found_parts[possible].add(path)
    near = Allowance()
    for name in unsure:
        whole = said[name]
        if whole and folders.may_hold(whole[0]):
            continue  # it is the whole that is not known
        others = gathered.keys() - {*unsure} if whole else ()
        for among in (_named(name, said, near, wholes), have_parts, others):
            if wide := [each for each in among if name not in {each, *_above(each, wholes)}]:
                for possible in wide:
                    found_parts[possible].add(name)
                break
    return {name: frozenset(parts) for name, parts in found_parts.items()}


def _named(name: str, said: Said, near: Allowance, wholes: Wholes) -> set[str]:
    """The plan that one most likely names as its whole, and all above that; none where it names
    none, or itself in the end."""
    whole = said[name]
    if whole is None:
        return set()
    meant: str | None = whole[0]
    if meant not in said:
        meant = suggest(whole[0], near.of(other for other in said if other != name))
    if meant is None or _leads_back(name, said):
        return set()
    return {meant, *_above(meant, wholes)}


def _leads_back(name: str, said: Said) -> bool:
    """Whether a plan is in the end said to be a part of itself."""
    seen: set[str] = set()
    at = said[name]
    while at is not None and at[0] in said and at[0] not in seen:
        seen.add(at[0])
        at = said[at[0]]
    return name in seen


def _unread(gathered: Mapping[str, Gathered], folders: Folders) -> Iterator[str]:
    """What lies in `plans` and may be a plan, but is not read as one."""
    errors = {each.place.path for each in folders.findings if each.severity is Severity.ERROR}
    for path in errors | folders.unread:
        top, _, name = path.partition("/")
        if top == "plans" and name.partition("/")[0] not in {"", *gathered}:
            yield path


def _is_unsure(gathered: Gathered) -> bool:
    """Whether a plan without a whole may be a part of one: its head is not known, says one that is
    of no use, or has a key that may be a misspelling."""
    if gathered.plan is None or "plan" in gathered.lost or should_have_whole(gathered):
        return True
    head = gathered.plan[0]
    return isinstance(head, dict) and may_be_del_av(head)


def _all_said(gathered: Mapping[str, Gathered]) -> Said:
    return {name: _says_whole(plan) for name, plan in gathered.items()}


def _says_whole(gathered: Gathered) -> tuple[str, Place] | None:
    if gathered.plan is None or not isinstance(gathered.plan[0], dict):
        return None
    name = gathered.plan[0].get("del_av")
    return (name, gathered.plan[1].at("del_av")) if isinstance(name, str) else None


def _rings(in_rings: Collection[str], wholes: Wholes, said: Said) -> Iterator[Finding]:
    """That plans are parts of each other: of each ring once."""
    told: set[str] = set()
    for name in in_rings:
        whole = said[name]
        if whole and name not in told:
            told.update(_above(name, wholes))
            message = f'Planen är en del av "{whole[0]}", som i sin tur är en del av den'
            if whole[0] == name:
                message = "Planen är en del av sig själv"
            hint = "Ta bort del_av i den plan som är helheten."
            back = said[whole[0]]
            other = back[1] if back and whole[0] != name else None
            yield found("R252", whole[1], message, hint, other)


def _not_too_deep(wholes: Wholes, said: Said, findings: Findings) -> dict[str, str | None]:
    """The wholes, but for that of a plan too far below the topmost one."""
    depth: dict[str, int] = {}
    kept: dict[str, str | None] = {}
    for name in whole_first(wholes):
        whole, place = wholes[name], said[name]
        depth[name] = depth[whole] + 1 if whole else 0
        kept[name] = whole
        if depth[name] > _MOST_STEPS and place:
            depth[name], kept[name] = 0, None
            message = f"Planen ligger mer än {_MOST_STEPS} steg under den översta planen"
            findings.append(found("R113", place[1], message, "Skriv en plan högre upp i del_av."))
    return {name: kept[name] for name in wholes}


def _above(name: str, wholes: Wholes) -> set[str]:
    """All that a plan is in the end a part of."""
    seen: set[str] = set()
    at = wholes[name]
    while at is not None and at not in seen:
        seen.add(at)
        at = wholes[at]
    return seen
