"""Pages by templates of the repository's own, which may be a stranger's: each is made in a process
of its own, which is killed when it takes too long (docs/decisions/0015)."""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from kvalitet.findings import Place
from kvalitet.render.page import (
    ENDLESS_HINT,
    OutOfTime,
    TemplateFault,
    own_templates,
    pages,
)
from kvalitet.view.document import Document

if sys.platform != "win32":
    import resource

LONGEST = 30
"""Seconds that a page may take."""
LARGEST = 2**30
"""Bytes of memory that a page may take while it is made, where the system can hold it to that."""
_LARGEST_PAGE = 100 * 2**20
_REFUSED = 4
_FOLDER = "templates"
_GRACE = 1
"""Seconds that the other process has to tell where it was when its time was out."""

# -P: what lies in the current folder, a stranger's too, is never imported.
COMMAND = (sys.executable, "-P", "-c", "from kvalitet.render.apart import serve; serve()")
"""The other process: it reads its order, and writes the page, as `page_apart` tells it."""


class PagesApart:
    """Makes pages as `page_apart` does. Once one is late no other is tried, for that may take as
    long: of each the same TemplateFault is raised."""

    def __init__(self, format: str, folders: Sequence[Path], longest: int = LONGEST) -> None:
        self._how = (format, folders)
        self._longest = longest
        self._late: TemplateFault | None = None

    def __call__(self, document: Document) -> str:
        """The page of a document. Raises TemplateFault."""
        if self._late:
            raise self._late
        try:
            return page_apart(*self._how, document, self._longest)
        except TemplateFault as fault:
            self._late = fault if fault.is_late else None
            raise


def page_apart(
    format: str, folders: Sequence[Path], document: Document, longest: int = LONGEST
) -> str:
    """What `pages` makes of a document, in at most `longest` seconds. Raises TemplateFault."""
    try:
        # A file: a pipe would end us with a signal where the other process ends before it reads.
        with TemporaryFile() as order:
            pickle.dump((format, folders, document, longest), order)
            order.seek(0)
            done = subprocess.run(
                COMMAND, stdin=order, capture_output=True, timeout=longest + _GRACE, check=False
            )
    except subprocess.TimeoutExpired as late:
        raise _too_long(folders, longest) from late
    except OSError as fault:
        message = f"Datorn kan inte köra mallarna: systemets fel {fault.errno}"
        raise TemplateFault(message, "Kör igen.", Place(_FOLDER)) from fault
    if done.returncode == 1:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    if done.returncode not in (0, _REFUSED):
        raise _too_much(folders)
    text = done.stdout.decode("utf-8")
    if done.returncode == _REFUSED:
        message, hint, path, line, column, is_late = json.loads(text)
        place = Place(path, line=line, column=column)
        raise TemplateFault(message, hint, place, is_late=is_late)
    return text


def serve() -> None:
    """The other process: the page, or why there is none, as UTF-8."""
    format, folders, document, longest = pickle.load(sys.stdin.buffer)
    code, text = 0, b""
    try:
        with _limited(longest):
            text = pages(format, folders)(document).encode()
        if len(text) > _LARGEST_PAGE:
            raise _too(folders, "mycket plats", f"{_LARGEST_PAGE // 2**20} MB")
    except MemoryError:
        code, text = _REFUSED, _as_bytes(_too_much(folders))
    except OutOfTime:
        code, text = _REFUSED, _as_bytes(_too_long(folders, longest))
    except TemplateFault as fault:
        code, text = _REFUSED, _as_bytes(fault)
    sys.stdout.buffer.write(text)
    sys.stdout.flush()
    sys.exit(code)


def _as_bytes(fault: TemplateFault) -> bytes:
    """What the process that asked needs to raise the same. (No pickle: it may be a stranger's.)"""
    told, place = fault.finding, fault.finding.place
    said = (told.message, told.hint, place.path, place.line, place.column, fault.is_late)
    return json.dumps(said).encode()


def _too_long(folders: Sequence[Path], longest: int) -> TemplateFault:
    return _too(folders, "lång tid", f"{longest} sekunder", is_late=True)


def _too_much(folders: Sequence[Path]) -> TemplateFault:
    return _too(folders, "mycket minne", f"{LARGEST // 2**30} GB")


def _too(folders: Sequence[Path], what: str, most: str, *, is_late: bool = False) -> TemplateFault:
    message = f"Mallarna tar för {what}: en sida får ta {most}"
    return TemplateFault(message, ENDLESS_HINT, _place(folders), is_late=is_late)


def _place(folders: Sequence[Path]) -> Place:
    """Where the fault is if any template may have it: in the only one, or just in `templates`."""
    own = own_templates(folders)
    return Place("/".join((_FOLDER, *own)) if len(own) == 1 else _FOLDER)


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Holds this process to its memory and, should nobody be left to kill it, its time. Raises
    OutOfTime where the template is when its time is out."""
    if sys.platform == "win32":
        yield
        return
    for kind, most in ((resource.RLIMIT_AS, LARGEST), (resource.RLIMIT_CPU, seconds + 2 * _GRACE)):
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (soft, hard))

    def stop(*_: object) -> None:
        raise OutOfTime(f"en sida får ta {seconds} sekunder")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
