"""Pages by templates of the repository's own, which may be a stranger's: each is made in a process
of its own, which is killed when it takes too long (docs/decisions/0015)."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from kvalitet.findings import Place
from kvalitet.render.page import TemplateFault, pages
from kvalitet.view.document import Document

if sys.platform != "win32":
    import resource

LONGEST = 30
"""Seconds that a page may take."""
LARGEST = 2**30
"""Bytes of memory that a page may take while it is made, where the system can hold it to that."""
_LARGEST_PAGE = 100 * 2**20
_REFUSED = 4
_ALL = Place("templates")

# -P: what lies in the current folder, a stranger's too, is never imported.
COMMAND = (sys.executable, "-P", "-c", "from kvalitet.render.apart import serve; serve()")
"""The other process: it reads its order, and writes the page, as `page_apart` tells it."""


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
                COMMAND, stdin=order, capture_output=True, timeout=longest, check=False
            )
    except subprocess.TimeoutExpired as late:
        raise _too("lång tid", f"{longest} sekunder") from late
    except OSError as fault:
        message = f"Datorn kan inte köra mallarna: systemets fel {fault.errno}"
        raise TemplateFault(message, "Kör igen.", _ALL) from fault
    if done.returncode == 1:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    if done.returncode not in (0, _REFUSED):
        raise _too("mycket minne", f"{LARGEST // 2**30} GB")
    text = done.stdout.decode("utf-8")
    if done.returncode == _REFUSED:
        message, hint, path, line, column = json.loads(text)
        raise TemplateFault(message, hint, Place(path, line=line, column=column))
    return text


def serve() -> None:
    """The other process: the page, or why there is none, as UTF-8."""
    format, folders, document, longest = pickle.load(sys.stdin.buffer)
    _limit(longest)
    code, text = 0, b""
    try:
        text = pages(format, folders)(document).encode()
        if len(text) > _LARGEST_PAGE:
            raise _too("mycket plats", f"{_LARGEST_PAGE // 2**20} MB")
    except MemoryError:
        code, text = _REFUSED, _as_bytes(_too("mycket minne", f"{LARGEST // 2**30} GB"))
    except TemplateFault as fault:
        code, text = _REFUSED, _as_bytes(fault)
    sys.stdout.buffer.write(text)
    sys.stdout.flush()
    sys.exit(code)


def _as_bytes(fault: TemplateFault) -> bytes:
    """What the process that asked needs to raise the same. (No pickle: it may be a stranger's.)"""
    told, place = fault.finding, fault.finding.place
    said = (told.message, told.hint, place.path, place.line, place.column)
    return json.dumps(said).encode()


def _too(what: str, most: str) -> TemplateFault:
    message = f"Mallarna tar för {what}: en sida får ta {most}"
    return TemplateFault(message, "Leta efter en slinga eller ett macro utan slut.", _ALL)


def _limit(seconds: int) -> None:
    """Holds this process to its memory, and to its time should nobody be left to kill it."""
    if sys.platform == "win32":
        return
    for kind, most in ((resource.RLIMIT_AS, LARGEST), (resource.RLIMIT_CPU, seconds + 1)):
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (soft, hard))
