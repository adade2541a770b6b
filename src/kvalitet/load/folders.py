"""Which files are read, which are passed over, and what lies where nothing is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kvalitet.findings import Finding, Place, found
from kvalitet.source.encoding import not_a_file, unreadable
from kvalitet.svenska import suggest

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_SETTINGS = re.compile(r"kvalitet\.ya?ml", re.IGNORECASE)
_HOMES = {".yaml": "plans", ".csv": "data"}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(slots=True)
class Folders:
    """What lies under a repository's root, by plan; paths are relative, with `/`."""

    yaml: dict[str, list[str]] = field(default_factory=dict)
    csv: dict[str, list[str]] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def survey(root: Path) -> Folders:
    """Lists the files to read, in name order, and what is not read (design 3)."""
    folders = Folders()
    refused = _plans(root, folders)
    for entry in _entries(root, "data", folders):
        name = f"data/{entry.name}"
        if not entry.is_dir():
            hint = _hint(entry, "data", ".csv", folders)
            folders.findings.append(_not_read(entry, name, "I data läses bara mappar", hint))
        elif entry.name in folders.yaml:
            folders.csv[entry.name] = _files(root, name, ".csv", folders)
        elif entry.name not in refused:
            folders.findings.append(_no_plan(entry.name, folders))
    folders.reports = _files(root, "templates/rapporter", ".yaml", folders)
    reports = (Path(path) for path in folders.reports)
    bad = (report for report in reports if not _NAME.match(report.stem))
    folders.findings.extend(_bad_name(report.as_posix(), "Filens", "rapport") for report in bad)
    folders.findings.extend(_settings_astray(root))
    return folders


def _plans(root: Path, folders: Folders) -> set[str]:
    """Notes the files of each plan; gives the names of folders that cannot be one."""
    refused: set[str] = set()
    astray: list[Path] = []
    for entry in _entries(root, "plans", folders):
        if not entry.is_dir():
            astray.append(entry)
        elif _NAME.match(entry.name):
            folders.yaml[entry.name] = _files(root, f"plans/{entry.name}", ".yaml", folders)
        else:
            refused.add(entry.name)
            folders.findings.append(_bad_name(f"plans/{entry.name}", "Mappens", "plan"))
    folders.findings.extend(_beside_plans(entry, folders) for entry in astray)
    return refused


def _beside_plans(entry: Path, folders: Folders) -> Finding:
    name = f"plans/{entry.name}"
    if entry.suffix.lower() not in (".yaml", ".yml"):
        hint = _hint(entry, "plans", ".yaml", folders)
        return _not_read(entry, name, "I plans läses bara mappar", hint)
    hint = "Flytta den till planens mapp."
    if plan := _only_plan(folders):
        hint = f"Flytta den till plans/{plan}."
    elif _NAME.match(entry.stem):
        hint = f"Flytta den till en mapp för planen, som plans/{entry.stem}."
    return found("R005", Place(name), "Filen ligger direkt i plans", hint)


def _only_plan(folders: Folders) -> str:
    return next(iter(folders.yaml)) if len(folders.yaml) == 1 else ""


def _entries(root: Path, name: str, folders: Folders) -> list[Path]:
    folder = root / name
    try:
        if not folder.is_dir():
            if folder.exists() or folder.is_symlink():
                message = "Här väntades en mapp, men det är en fil"
                hint = "Flytta den, eller gör en mapp med det namnet."
                folders.findings.append(_not_read(folder, name, message, hint))
            return []
        return [path for path in sorted(folder.iterdir()) if not _passed_over(path.name)]
    except OSError as error:
        folders.findings.append(unreadable("Mappen", name, error))
        return []


def _files(root: Path, name: str, suffix: str, folders: Folders) -> list[str]:
    files = []
    for entry in _entries(root, name, folders):
        path = f"{name}/{entry.name}"
        if entry.suffix == suffix and not entry.is_dir():
            files.append(path)
            continue
        message = f"Här läses bara filer som slutar på {suffix}"
        if entry.is_dir():
            message = "Mappar i mappen läses inte"
        hint = _hint(entry, name, suffix, folders)
        folders.findings.append(_not_read(entry, path, message, hint))
    return files


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _not_read(entry: Path, path: str, message: str, hint: str) -> Finding:
    if entry.is_symlink() and not entry.exists():
        return not_a_file(entry, path)
    return found("R004", Place(path), message, hint)


def _hint(entry: Path, folder: str, suffix: str, folders: Folders) -> str:
    """What to do with an entry that is not read in `folder`, where files should end in `suffix`."""
    ending = entry.suffix.lower().replace(".yml", ".yaml")
    top, _, plan = folder.partition("/")
    if entry.is_dir():
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


def _no_plan(name: str, folders: Folders) -> Finding:
    message = f"Ingen plan heter {name}, så filerna här läses inte"
    near = suggest(name, folders.yaml)
    hint = f'Menade du "{near}"?' if near else "Ge mappen samma namn som planens mapp i plans."
    return found("R006", Place(f"data/{name}"), message, hint)


def _bad_name(path: str, whose: str, what: str) -> Finding:
    message = f"{whose} namn duger inte som namn på en {what}"
    hint = "Använd små bokstäver a-z, siffror och bindestreck, som barn-och-familj."
    return found("R012", Place(path), message, hint)


def _settings_astray(root: Path) -> Iterator[Finding]:
    for entry in sorted(root.glob("*.*")):
        if _SETTINGS.fullmatch(entry.name) and entry.name != "kvalitet.yaml":
            message = "Inställningar läses bara ur kvalitet.yaml"
            yield found("R004", Place(entry.name), message, "Döp om filen till kvalitet.yaml.")
