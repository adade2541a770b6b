"""Reads a repository: settings, report types, plans in the order of inheritance, and data."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from os.path import lexists
from pathlib import Path

from kvalitet.findings import Finding, Findings, Place, Severity, found
from kvalitet.load.assemble import assemble
from kvalitet.load.folders import Folders
from kvalitet.load.gather import Gathered, gather
from kvalitet.load.reports import read_reports
from kvalitet.load.sources import Sources
from kvalitet.model.plan import Plan, Register
from kvalitet.model.settings import FORMAT, Inställningar
from kvalitet.series import read as read_series
from kvalitet.shape import Allowance, check, did_you_mean
from kvalitet.svenska import sort_key

_MOST_STEPS = 20
"""So many plans may be parts of each other in a row."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The register, and every finding from reading it; places are not yet lines and columns.

    `unended` tells where the files end that end in the middle of a line.
    """

    register: Register
    findings: tuple[Finding, ...]
    root: Path
    unended: tuple[Place, ...] = ()


def load(root: Path, cut: Collection[str] = ()) -> Loaded:
    """Everything under `root` (design 3). Faults are findings; only a bug raises. `cut` names files
    that are taken to be cut off: what stood after their end is not known.

    The collector of cycles is at rest meanwhile: a register is many small objects and no cycles,
    and walking them again and again takes a fifth of the time (tests/bench).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _load(Sources(root, cut))
    finally:
        if was_on:
            gc.enable()


def fingerprint(register: Register, plan: Plan) -> str:
    """Twelve signs that change when a source of the plan's reports does: its own files, those of
    its parts and of the plans it inherits from, the report types and the settings."""
    shown = register.with_parts(plan.mapp)
    folders = ["templates/", "kvalitet.yaml", *(f"data/{name}/" for name in shown)]
    folders += [f"plans/{name}/" for name in shown.union(one.mapp for one in plan.chain())]
    digest = blake2b(digest_size=6)
    for path in sorted(register.sources):
        if path.startswith(tuple(folders)):
            digest.update(f"{path} {register.sources[path]}\n".encode())
    return digest.hexdigest()


def _load(sources: Sources) -> Loaded:
    folders = sources.folders
    findings = Findings([*folders.findings, *sources.pages()])
    settings, settings_known = _settings(sources, findings)
    reports, report_names = read_reports(sources, folders, findings)
    gathered = {
        name: gather(sources.yaml(path) for path in paths) for name, paths in folders.yaml.items()
    }
    wholes = _wholes(gathered, folders, findings)
    plans: dict[str, Plan] = {}
    for name in _whole_first(wholes):
        whole = wholes[name]
        missing = whole is None and _should_have_whole(gathered[name])
        above = plans[whole] if whole else None
        plan, found_here = assemble(name, gathered.pop(name), above, reports, missing)
        findings.extend(found_here)
        files = sources.csv(folders.csv.get(name, []), findings)
        data, of_data, gap = read_series(files, plan)
        findings.extend(of_data)
        gap = gap or _has_unread_data(name, sources, findings)
        plans[name] = replace(plan, data=data, gaps=replace(plan.gaps, data=gap))
    findings.extend(sources.personal)
    findings.extend(list(sources.maybe_cut(findings)))
    _attach_parts(plans, wholes)
    ordered = {name: plans[name] for name in sorted(plans)}
    register = Register(ordered, settings, reports, report_names, sources.digests, settings_known)
    return Loaded(register, tuple(findings), sources.root, tuple(sources.unended))


def _settings(sources: Sources, findings: Findings) -> tuple[Inställningar, bool]:
    """The settings of the repository, and whether all that they say is known."""
    if not lexists(sources.root / "kvalitet.yaml"):
        return Inställningar(), True
    file = sources.yaml("kvalitet.yaml")
    findings.extend(file.findings)
    if file.data is None:
        return Inställningar(), False
    alone = {key: value for key, value in file.data.items() if key == "format"}
    said = check(Inställningar, alone, Place(file.path)).value
    if said and said.format > FORMAT:
        message = f"Filerna är skrivna i format {said.format}, men programmet läser {FORMAT}"
        place = Place(file.path, ("format",))
        findings.append(found("R009", place, message, "Installera en nyare version."))
        return Inställningar(), False
    checked = check(Inställningar, file.data, Place(file.path))
    findings.extend(checked.findings)
    known = not (checked.faulty or file.dropped)
    return checked.value or Inställningar(), known and checked.value is not None


def _has_unread_data(mapp: str, sources: Sources, findings: Findings) -> bool:
    """Whether figures of the plan may lie where nothing is read: in a file that could not be or is
    cut off, or, where it has no folder of its own, in one that belongs to no plan."""
    if mapp not in sources.folders.csv:
        lost = (each for each in sources.folders.findings if each.severity is Severity.ERROR)
        return any(finding.place.path.startswith("data") for finding in lost)
    unread = (each.place.path for each in findings if each.code in ("R001", "R007", "R015", "R017"))
    return any(path.startswith(f"data/{mapp}/") for path in (*unread, *sources.cut))


def _says_whole(gathered: Gathered) -> tuple[str, Place] | None:
    if gathered.plan is None or not isinstance(gathered.plan[0], dict):
        return None
    name = gathered.plan[0].get("del_av")
    return (name, gathered.plan[1].at("del_av")) if isinstance(name, str) else None


def _should_have_whole(gathered: Gathered) -> bool:
    head = gathered.plan[0] if gathered.plan else None
    return isinstance(head, dict) and "del_av" in head


def _wholes(
    gathered: Mapping[str, Gathered], folders: Folders, findings: Findings
) -> dict[str, str | None]:
    """The whole of each plan; None where there is none, it is not known, or it would be a ring."""
    said = {name: _says_whole(plan) for name, plan in gathered.items()}
    wholes: dict[str, str | None] = {}
    near = Allowance()
    for name, whole in said.items():
        wholes[name] = whole[0] if whole and whole[0] in gathered else None
        if whole and whole[0] not in gathered and not folders.may_hold(whole[0]):
            others = near.of(other for other in gathered if other != name)
            message = f'Planen "{whole[0]}" finns inte i plans'
            findings.append(found("R251", whole[1], message, did_you_mean(whole[0], others)))
    in_rings = [name for name in wholes if name in _above(name, wholes)]
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
            findings.append(found("R252", whole[1], message, hint, other))
    known = {name: None if name in in_rings else whole for name, whole in wholes.items()}
    return _not_too_deep(known, said, findings)


def _not_too_deep(
    wholes: Mapping[str, str | None],
    said: Mapping[str, tuple[str, Place] | None],
    findings: Findings,
) -> dict[str, str | None]:
    """The wholes, but for that of a plan too far below the topmost one."""
    depth: dict[str, int] = {}
    kept: dict[str, str | None] = {}
    for name in _whole_first(wholes):
        whole, place = wholes[name], said[name]
        depth[name] = depth[whole] + 1 if whole else 0
        kept[name] = whole
        if depth[name] > _MOST_STEPS and place:
            depth[name], kept[name] = 0, None
            message = f"Planen ligger mer än {_MOST_STEPS} steg under den översta planen"
            findings.append(found("R113", place[1], message, "Skriv en plan högre upp i del_av."))
    return {name: kept[name] for name in wholes}


def _attach_parts(plans: dict[str, Plan], wholes: Mapping[str, str | None]) -> None:
    """Gives each plan its parts, which have theirs by then: those furthest down come first."""
    parts: defaultdict[str, list[Plan]] = defaultdict(list)
    for name in reversed(_whole_first(wholes)):
        if name in parts:
            ordered = sorted(parts[name], key=lambda part: (sort_key(part.name), part.mapp))
            plans[name] = replace(plans[name], parts=tuple(ordered))
        whole = wholes[name]
        if whole is not None:
            parts[whole].append(plans[name])


def _above(name: str, wholes: Mapping[str, str | None]) -> set[str]:
    """All that a plan is in the end a part of."""
    seen: set[str] = set()
    at = wholes[name]
    while at is not None and at not in seen:
        seen.add(at)
        at = wholes[at]
    return seen


def _whole_first(wholes: Mapping[str, str | None]) -> list[str]:
    depth = {}
    for name in wholes:
        at, steps = wholes[name], 0
        while at is not None:
            at, steps = wholes[at], steps + 1
        depth[name] = steps
    return sorted(wholes, key=lambda name: (depth[name], name))
