"""Files written whole or not at all (docs/decisions/0009)."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kvalitet.cli.stopping import undisturbed
from kvalitet.cli.streams import reason
from kvalitet.cli.usage import WrongUse

_BESIDE = ".kvalitet-"
_A_DAY = 24 * 60 * 60


class Unwritable(WrongUse):
    """A file cannot be written; the text says which and why, in Swedish."""


def write_whole(texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Writes all of the files or none, and gives those that stood there before. The new ones, and
    copies of the old, are written beside their places, so that what is then left to do, or to
    undo, is only to move files. Raises Unwritable."""
    with undisturbed(), ExitStack() as tidy, ExitStack() as undo:
        new = {path: _written_beside(path, text, tidy) for path, text in texts.items()}
        old = {path: _copied_beside(path, tidy) for path in texts if path.exists()}
        for path, beside in new.items():
            _move(beside, path, old.get(path), undo)
        undo.pop_all()
    return tuple(old)


def _written_beside(path: Path, text: str, tidy: ExitStack) -> Path:
    with _faults_of(path):
        _make_way(path, tidy)
        beside = _beside(path, tidy)
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return beside


def _copied_beside(path: Path, tidy: ExitStack) -> Path:
    with _faults_of(path):
        beside = _beside(path, tidy)
        shutil.copyfile(path, beside)
        return beside


def _beside(path: Path, tidy: ExitStack) -> Path:
    """A name that no other run takes; what gets it is taken away unless it is moved."""
    beside = path.with_name(f"{_BESIDE}{secrets.token_hex(8)}{path.suffix}")
    tidy.callback(_take_away, beside)
    return beside


def _move(beside: Path, path: Path, old: Path | None, undo: ExitStack) -> None:
    with _faults_of(path):
        beside.replace(path)
    undo.callback(_put_back, path, old)


def _put_back(path: Path, old: Path | None) -> None:
    with _faults_of(path):
        if old:
            old.replace(path)
        else:
            path.unlink()


def _make_way(path: Path, tidy: ExitStack) -> None:
    """Makes the folders of a file, and takes away what runs that were killed have left there."""
    for folder in reversed(path.parents):
        _refuse_link(folder)
        if not folder.exists():
            tidy.callback(_take_away_empty, folder)
            folder.mkdir(exist_ok=True)
        if not folder.is_dir():
            raise Unwritable(f"{folder.as_posix()} är ingen mapp, men måste vara det. Flytta den.")
    _refuse_link(path)
    if path.exists() and not path.is_file():
        raise Unwritable(f"{path.as_posix()} är ingen fil, men måste vara det. Flytta den.")
    for left in path.parent.glob(f"{_BESIDE}*"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > _A_DAY:
                left.unlink()


def _refuse_link(path: Path) -> None:
    """A link that came with somebody's pull request would lead what is written anywhere."""
    if path.is_symlink():
        raise Unwritable(f"{path.as_posix()} är en länk, och genom den skrivs inget. Ta bort den.")


def _take_away(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _take_away_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unwritable(f"{path.as_posix()} kan inte skrivas: {reason(fault)}.") from fault
