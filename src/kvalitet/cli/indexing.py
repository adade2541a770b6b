"""The page that leads to all reports in `rapporter`: what lies there, and where it is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet import __version__
from kvalitet.cli.making import REPORTS, forget
from kvalitet.cli.writing import write_whole
from kvalitet.period import Period
from kvalitet.source.files import opened

if TYPE_CHECKING:
    from kvalitet.model.plan import Plan, Register
    from kvalitet.render import Renderer
    from kvalitet.view.document import Levels
    from kvalitet.view.index import Rapport, Rapportfil

INDEX = REPORTS / "index.html"
_FORMATS = ("html", "md")
_MARKS = {"html": b"<title>Utkast: ", "md": b"**Utkast.**"}
_LEVELS = re.compile(rb"""<meta name="risknivaer" content='([^']*)'>""")
_HEAD, _TAIL = 4_096, 16_384
"""Bytes of a report that tell whether it is a draft, of how many risks it tells, and what it was
made of: years of reports on a file share are not read whole."""


def write_index(register: Register, render: Renderer) -> Path:
    """Writes the page about all reports that lie there. Raises TemplateFault and Unwritable."""
    from kvalitet.view.index import index

    reports = {plan.mapp: _standing(plan, register) for plan in register.plans.values()}
    write_whole({INDEX: render(index(register, reports))})
    return INDEX


def _standing(plan: Plan, register: Register) -> Sequence[Rapport]:
    """The reports of a plan that lie there: each folder of a period, and in it each name."""
    from kvalitet.load import fingerprint

    folder = REPORTS / plan.mapp
    periods = sorted(_names_in(folder))
    made_of = fingerprint(register, plan) if periods else ""
    try:
        return [
            report
            for name in periods
            for report in _of_period(plan, folder / name, made_of, register)
        ]
    finally:
        forget(plan)


def _of_period(plan: Plan, folder: Path, made_of: str, register: Register) -> Iterator[Rapport]:
    from kvalitet.view.index import Rapport
    from kvalitet.view.levels import levels
    from kvalitet.view.scene import scene

    try:
        at = Period.parse(folder.name)
    except ValueError:
        return
    names = _names_in(folder)
    for stem in sorted({Path(name).stem for name in names}):
        here = [format for format in _FORMATS if f"{stem}.{format}" in names]
        files = [_file(folder / f"{stem}.{format}", format, made_of) for format in here]
        sound = tuple(filter(None, files))
        if sound:
            kind = register.reports.get(stem)
            told = sound[0].nivåer
            if told is None and sound[0].är_aktuell and kind:
                told = levels(scene(plan, kind, at, register))
            yield Rapport(stem, kind.rubrik if kind else stem, at, sound, told)


def _file(path: Path, format: str, made_of: str) -> Rapportfil | None:
    """A report as it lies there; None for what is no file, or cannot be read."""
    from kvalitet.view.index import Rapportfil

    with suppress(OSError), opened(Path(), path.as_posix()) as file:
        head = file.read(_HEAD)
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        tail = file.read(_TAIL)
        is_current = made_of.encode() in tail and f"kvalitet {__version__}".encode() in tail
        return Rapportfil(format, is_current, _MARKS[format] in head, _levels(head))
    return None


def _levels(head: bytes) -> Levels | None:
    """What a page tells of its risks, however old it is."""
    from kvalitet.view.levels import read

    said = _LEVELS.search(head)
    return read(said[1].decode("utf-8", "replace")) if said else None


def _names_in(folder: Path) -> set[str]:
    """What lies in a folder, but for what is hidden or a link."""
    try:
        with os.scandir(folder) as listed:
            names = {each.name for each in listed if not each.is_symlink()}
    except OSError:
        return set()
    return {name for name in names if not name.startswith((".", "~$"))}
