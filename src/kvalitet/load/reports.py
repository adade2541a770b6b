"""Reads the report types: those that come with the program, and before them the owner's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kvalitet import resources
from kvalitet.findings import Finding, Findings, Place, found
from kvalitet.load.folders import REPORTS, Folders
from kvalitet.load.sources import Sources
from kvalitet.model.report import CHOICES, Avsnitt, Rapporttyp, route
from kvalitet.shape import check
from kvalitet.source.reader import read_yaml
from kvalitet.svenska import join

_MOST_LEVELS = 5
"""Sections have headings of level 2 to 6: there are no signs for more."""


def read_reports(
    sources: Sources, folders: Folders, findings: Findings
) -> tuple[dict[str, Rapporttyp], frozenset[str]]:
    """The report types by name, the repository's own instead of the built-in ones; and the names
    of all, the faulty too; no names where they are not known."""
    files = {
        path.stem: read_yaml(path.read_text("utf-8"), f"{REPORTS}/{path.name}")
        for path in resources.report_types()
    }
    files |= {Path(path).stem: sources.yaml(path) for path in folders.reports}
    reports: dict[str, Rapporttyp] = {}
    for name, file in files.items():
        findings.extend(file.findings)
        if file.data is not None:
            checked = check(Rapporttyp, file.data, Place(file.path))
            findings.extend(checked.findings)
            whole = "avsnitt" not in checked.faulty and not file.dropped
            if checked.value is not None and whole:
                reports[name] = checked.value
                findings.extend(_faults(checked.value, Place(file.path)))
    return reports, frozenset(() if REPORTS in folders.unread else files)


def _faults(report: Rapporttyp, file: Place) -> Iterator[Finding]:
    """What is wrong in a section list whose every section is sound by itself."""
    seen: dict[str, Place] = {}
    for section, numbers in report.outline():
        place = file.at(*route(numbers))
        id = place.at("id")
        if section.id in seen:
            message = f'Avsnittet "{section.id}" finns redan'
            yield found("R221", id, message, "Ge det ena ett annat id.", seen[section.id])
        seen.setdefault(section.id, id)
        yield from _of_no_use(section, place)
        if len(numbers) == _MOST_LEVELS and section.avsnitt:
            message = f"Avsnitt kan ligga i högst {_MOST_LEVELS} nivåer"
            hint = "Flytta upp dem en nivå: det finns inga lägre rubriker."
            yield found("R113", place.key("avsnitt"), message, hint)


def _of_no_use(section: Avsnitt, place: Place) -> Iterator[Finding]:
    """The choices that the part of a section does not have."""
    for key, parts in CHOICES.items():
        if getattr(section, key) and section.del_ not in parts:
            message = f'Okänd nyckel "{key}" i ett avsnitt med del: {section.del_}'
            hint = f"Den finns för {join([f'del: {part}' for part in parts])}."
            yield found("R201", place.key(key), message, hint)
