"""Which files are read, which are passed over, and what lies where nothing is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kvalitet.findings import Finding, Place, found

_FOLDER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


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
    for entry in _entries(root, "plans", folders):
        name = f"plans/{entry.name}"
        if entry.is_dir():
            if not _FOLDER.match(entry.name):
                folders.findings.append(_bad_name(name))
            else:
                folders.yaml[entry.name] = _files(root, name, ".yaml", folders)
        elif entry.suffix == ".yaml":
            hint = f"Flytta den till en mapp för planen, som plans/{entry.stem}/{entry.name}."
            folders.findings.append(found("R005", Place(name), "Filen ligger direkt i plans", hint))
        else:
            folders.findings.append(_not_read(name, "I plans läses bara mappar"))
    for entry in _entries(root, "data", folders):
        name = f"data/{entry.name}"
        if not entry.is_dir():
            folders.findings.append(_not_read(name, "I data läses bara mappar"))
        elif entry.name in folders.yaml:
            folders.csv[entry.name] = _files(root, name, ".csv", folders)
        else:
            message = f"Ingen plan heter {entry.name}, så filerna här läses inte"
            hint = "Ge mappen samma namn som planens mapp i plans."
            folders.findings.append(found("R006", Place(name), message, hint))
    if (root / "templates" / "rapporter").is_dir():
        folders.reports = _files(root, "templates/rapporter", ".yaml", folders)
    return folders


def _entries(root: Path, name: str, folders: Folders) -> list[Path]:
    folder = root / name
    try:
        if not folder.is_dir():
            return []
        return [path for path in sorted(folder.iterdir()) if not _passed_over(path.name)]
    except OSError as error:
        folders.findings.append(
            found(
                "R001",
                Place(name),
                f"Mappen kan inte läsas ({error.strerror})",
                "Kontrollera att du får läsa den.",
            )
        )
        return []


def _files(root: Path, name: str, suffix: str, folders: Folders) -> list[str]:
    files = []
    for entry in _entries(root, name, folders):
        path = f"{name}/{entry.name}"
        if entry.suffix == suffix and not entry.is_dir():
            files.append(path)
        elif entry.is_dir():
            folders.findings.append(_not_read(path, "Mappar i mappen läses inte"))
        else:
            folders.findings.append(_not_read(path, f"Här läses bara filer som slutar på {suffix}"))
    return files


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _not_read(path: str, message: str) -> Finding:
    return found("R004", Place(path), message, "Flytta filen, eller ge den rätt ändelse.")


def _bad_name(path: str) -> Finding:
    hint = "Använd små bokstäver a-z, siffror och bindestreck, som barn-och-familj."
    return found("R012", Place(path), "Mappens namn duger inte som namn på en plan", hint)
