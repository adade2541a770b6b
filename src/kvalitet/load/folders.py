"""Which files are read, which are passed over, and what lies where nothing is read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kvalitet.findings import Finding, Place, found
from kvalitet.load.names import faults, shown
from kvalitet.privacy import contacts, in_name
from kvalitet.shape import Allowance
from kvalitet.source.files import a_link, stat_below, unreadable
from kvalitet.svenska import slug, suggest

REPORTS = "templates/rapporter"

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
LONGEST_NAME = 60  # it stands in the path of every report, which Windows bounds
_SETTINGS = re.compile(r"kvalitet\.ya?ml", re.IGNORECASE)
_HOMES = {".yaml": "plans", ".csv": "data"}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_OF_A_PAGE = (".j2", ".css")


@dataclass(slots=True)
class Folders:
    """What lies under a repository's root, by plan; paths are relative, with `/`. `refused` are
    files that must not be opened, and why; `unread` are folders of which not all is known."""

    yaml: dict[str, list[str]] = field(default_factory=dict)
    csv: dict[str, list[str]] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: dict[str, Finding] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def may_hold(self, plan: str) -> bool:
        """Whether there may be a plan by that name that is not read."""
        return not self.unread.isdisjoint(("plans", f"plans/{plan}"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something in a folder, and what is wrong with its name or kind."""

    path: str
    is_folder: bool
    fault: Finding | None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    @property
    def ending(self) -> str:
        return PurePosixPath(self.path).suffix


def survey(root: Path) -> Folders:
    """Lists the files to read, in name order, and what is not read (design 3)."""
    folders, near = Folders(), Allowance()
    _plans(root, folders)
    for entry in _sound(_entries(root, "data", folders), folders):
        if not entry.is_folder:
            hint = _hint(entry, "data", ".csv", folders)
            folders.findings.append(_not_read(entry, "I data läses bara mappar", hint))
        elif entry.name in folders.yaml:
            files = _files(root, entry.path, ".csv", folders)
            if entry.path not in folders.unread:
                folders.csv[entry.name] = files
        elif not folders.may_hold(entry.name):
            folders.findings.append(_no_plan(entry.name, near.of(folders.yaml)))
    _templates(root, folders)
    folders.findings.extend(_settings_astray(root))
    return folders


def _templates(root: Path, folders: Folders) -> None:
    entries = _entries(root, "templates", folders)
    pages = [each for each in entries if each.path.endswith(_OF_A_PAGE)]
    folders.refused |= {each.path: each.fault for each in pages if each.fault}
    folders.pages = [each.path for each in pages]
    if "templates" in folders.unread:
        folders.unread.add(REPORTS)
        return
    folders.reports = _files(root, REPORTS, ".yaml", folders)
    folders.findings.extend(_reports_astray(entries))
    for path in folders.reports:
        folders.findings.extend(_bad_name(path, PurePosixPath(path).stem, "Filens", "rapport"))


def _reports_astray(entries: Iterable[_Entry]) -> Iterator[Finding]:
    """What lies beside the folder of report types and most likely is one, or that folder."""
    for entry in entries:
        hint = f"Flytta den till {REPORTS}."
        if entry.fault or entry.path == REPORTS:
            continue
        if entry.is_folder:
            hint = f"Lägg rapporttyper i {REPORTS}, och sidmallar i templates."
            yield _not_read(entry, "I templates läses ingen annan mapp än rapporter", hint)
        elif entry.ending.lower() in (".yaml", ".yml"):
            yield _not_read(entry, f"Rapporttyper läses bara i {REPORTS}", hint)


def _plans(root: Path, folders: Folders) -> None:
    astray: list[_Entry] = []
    for entry in _sound(_entries(root, "plans", folders), folders):
        if not entry.is_folder:
            astray.append(entry)
        elif any(in_name(entry.path)):  # its name would stand in all that is printed of it
            folders.unread.add(entry.path)
        elif bad := tuple(_bad_name(entry.path, entry.name, "Mappens", "plan")):
            folders.findings.extend(bad)
            folders.unread.add(entry.path)
        else:
            files = _files(root, entry.path, ".yaml", folders)
            if entry.path not in folders.unread:
                folders.yaml[entry.name] = files
    folders.findings.extend(_beside_plans(entry, folders) for entry in astray)


def _beside_plans(entry: _Entry, folders: Folders) -> Finding:
    if entry.ending.lower() not in (".yaml", ".yml"):
        hint = _hint(entry, "plans", ".yaml", folders)
        return _not_read(entry, "I plans läses bara mappar", hint)
    hint = "Flytta den till planens mapp."
    if plan := _only_plan(folders):
        hint = f"Flytta den till plans/{plan}."
    elif _NAME.match(entry.stem):
        hint = f"Flytta den till en mapp för planen, som plans/{entry.stem}."
    return found("R005", Place(entry.path), "Filen ligger direkt i plans", hint)


def _only_plan(folders: Folders) -> str:
    return next(iter(folders.yaml)) if len(folders.yaml) == 1 else ""


def _stem_first(name: str) -> tuple[str, str]:
    """Name order, a name before the same with something added: so its copy is told as the copy."""
    stem, _, ending = name.rpartition(".")
    return stem or name, ending


def _entries(root: Path, folder: str, folders: Folders) -> list[_Entry]:
    """What lies in a folder, in name order; nothing where there is none, or it cannot be read."""
    try:
        if not stat.S_ISDIR(stat_below(root, folder).st_mode):
            raise NotADirectoryError
        with os.scandir(root / folder) as listed:
            found_here = {each.name: each for each in listed if not _passed_over(each.name)}
        names = sorted(found_here, key=_stem_first)
        of_name = dict(faults(folder, names))
        entries = [_entry(folder, found_here[name], of_name.get(name)) for name in names]
        for name in (entry.path for entry in entries):
            folders.findings.extend([*in_name(name), *contacts.in_name(name)])
        return entries
    except FileNotFoundError:
        return []
    except OSError as error:
        folders.findings.append(unreadable("Mappen", folder, error))
        folders.unread.add(folder)
        return []


def _entry(folder: str, listed: os.DirEntry[str], fault: Finding | None) -> _Entry:
    path = f"{folder}/{shown(listed.name)}"
    if listed.is_symlink():
        fault = a_link("filen eller mappen", path)
    return _Entry(path, listed.is_dir(follow_symlinks=False), fault)


def _sound(entries: list[_Entry], folders: Folders) -> Iterator[_Entry]:
    """The entries that can be looked into; the others are told of."""
    for entry in entries:
        if entry.fault is None:
            yield entry
        else:
            folders.findings.append(entry.fault)
            folders.unread.add(entry.path)


def _files(root: Path, name: str, suffix: str, folders: Folders) -> list[str]:
    files = []
    for entry in _entries(root, name, folders):
        if entry.ending == suffix:
            files.append(entry.path)
            if entry.fault:
                folders.refused[entry.path] = entry.fault
            continue
        message = f"Här läses bara filer som slutar på {suffix}"
        if entry.is_folder:
            message = "Mappar i mappen läses inte"
        hint = _hint(entry, name, suffix, folders)
        folders.findings.append(entry.fault or _not_read(entry, message, hint))
    return files


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _not_read(entry: _Entry, message: str, hint: str) -> Finding:
    return found("R004", Place(entry.path), message, hint)


def _hint(entry: _Entry, folder: str, suffix: str, folders: Folders) -> str:
    """What to do with an entry that is not read in `folder`, where files should end in `suffix`."""
    ending = entry.ending.lower().replace(".yml", ".yaml")
    top, _, plan = folder.partition("/")
    if entry.is_folder:
        return f"Flytta upp filerna till {folder}."
    if plan and ending == suffix:
        return f"Byt ändelsen till {suffix}."
    if suffix == ".csv" and ending in _WORKBOOKS:
        return "Spara den som CSV UTF-8."
    if ending in _HOMES and top in _HOMES.values():
        plan = plan or _only_plan(folders)
        home = f"{_HOMES[ending]}/{plan}" if plan else f"planens mapp i {_HOMES[ending]}"
        return f"Flytta den till {home}."
    return "Flytta den någon annanstans."


def _no_plan(name: str, plans: Iterable[str]) -> Finding:
    message = f"Ingen plan heter {name}, så filerna här läses inte"
    near = suggest(name, plans)
    hint = f'Menade du "{near}"?' if near else "Ge mappen samma namn som planens mapp i plans."
    return found("R006", Place(f"data/{name}"), message, hint)


def is_sound_name(name: str) -> bool:
    """Whether a plan or a report may have that name (R012)."""
    return bool(_NAME.match(name)) and len(name) <= LONGEST_NAME


def _bad_name(path: str, name: str, whose: str, what: str) -> Iterator[Finding]:
    if not _NAME.match(name):
        message = f"{whose} namn duger inte som namn på en {what}"
        like = slug(name) or "barn-och-familj"
        hint = f"Använd små bokstäver a-z, siffror och bindestreck, som {like}."
        yield found("R012", Place(path), message, hint)
    elif len(name) > LONGEST_NAME:
        message = f"{whose} namn är för långt som namn på en {what}"
        yield found("R012", Place(path), message, f"Använd högst {LONGEST_NAME} tecken.")


def _settings_astray(root: Path) -> Iterator[Finding]:
    try:
        names = sorted(path.name for path in root.iterdir())
    except OSError:
        return  # folders whose names are known can be read without
    for name in names:
        if _SETTINGS.fullmatch(name) and name != "kvalitet.yaml":
            message = "Inställningar läses bara ur kvalitet.yaml"
            yield found("R004", Place(name), message, "Döp om filen till kvalitet.yaml.")
