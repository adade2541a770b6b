"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kvalitet.cli.usage import WrongUse


class Unwritable(WrongUse):
    """A file cannot be written; the text says which and why, in Swedish."""


def write_whole(texts: Mapping[Path, str]) -> None:
    """Writes all of the files or none: each beside its place, then all are moved there. Where one
    cannot be moved, those moved before it get back what they held.

    Raises Unwritable.
    """
    with ExitStack() as undo:
        beside = {path: _written_beside(path, text, undo) for path, text in texts.items()}
        for path, new in beside.items():
            _move(new, path, undo)
        undo.pop_all()


def text_of(path: Path) -> str | None:
    """What stands in a file that is to be written; None where there is none. Raises Unwritable."""
    with _faults_of(path):
        return path.read_text("utf-8", errors="replace") if path.exists() else None


def _written_beside(path: Path, text: str, undo: ExitStack) -> Path:
    with _faults_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        undo.callback(Path(name).unlink, missing_ok=True)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        return Path(name)


def _move(new: Path, path: Path, undo: ExitStack) -> None:
    with _faults_of(path):
        before = path.read_bytes() if path.exists() else None
        new.replace(path)
    undo.callback(_put_back, path, before)


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unwritable(f"{path.as_posix()} kan inte skrivas ({error.strerror}).") from error
