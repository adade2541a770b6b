"""Reads a repository: settings, report types, plans in the order of inheritance, and data."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import blake2b
from os.path import lexists
from pathlib import Path

from kvalitet.findings import Finding, Findings, Place, Severity, found
from kvalitet.load.assemble import assemble
from kvalitet.load.gather import gather
from kvalitet.load.reports import read_reports
from kvalitet.load.sources import Sources
from kvalitet.load.wholes import Wholes, maybe_parts, should_have_whole, whole_first, wholes_of
from kvalitet.model.plan import Plan, Register
from kvalitet.model.settings import FORMAT, Inställningar
from kvalitet.series import read as read_series
from kvalitet.shape import check
from kvalitet.svenska import sort_key


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
    wholes = wholes_of(gathered, folders, findings)
    maybe = maybe_parts(gathered, wholes, folders)
    plans: dict[str, Plan] = {}
    for name in whole_first(wholes):
        whole = wholes[name]
        missing = whole is None and should_have_whole(gathered[name])
        above = plans[whole] if whole else None
        plan, found_here = assemble(name, gathered.pop(name), above, reports, missing)
        findings.extend(found_here)
        files = sources.csv(folders.csv.get(name, []), findings)
        data, of_data, gap = read_series(files, plan)
        findings.extend(of_data)
        gap = gap or _has_unread_data(name, sources, findings)
        gaps = replace(plan.gaps, data=gap, parts=maybe.get(name, frozenset()))
        plans[name] = replace(plan, data=data, gaps=gaps)
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


def _attach_parts(plans: dict[str, Plan], wholes: Wholes) -> None:
    """Gives each plan its parts, which have theirs by then: those furthest down come first."""
    parts: defaultdict[str, list[Plan]] = defaultdict(list)
    for name in reversed(whole_first(wholes)):
        if name in parts:
            ordered = sorted(parts[name], key=lambda part: (sort_key(part.name), part.mapp))
            plans[name] = replace(plans[name], parts=tuple(ordered))
        whole = wholes[name]
        if whole is not None:
            parts[whole].append(plans[name])
