"""Files and folders below a root: read whole, bounded, never by a link (docs/decisions/0013)."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kvalitet.findings import Finding, Place, found

LARGEST_YAML = 4 * 2**20
LARGEST_TEMPLATE = 2**20
LARGEST_CSV = 64 * 2**20

# Each system has some of them.
_GUARDED = sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
_NO_FILE = "Här ligger inte en vanlig fil", "Lägg själva filen här."
_OTHER_KINDS = {
    errno.EISDIR: _NO_FILE,
    errno.ENXIO: _NO_FILE,
    errno.ENOTDIR: (
        "Här väntades en mapp, men det är en fil",
        "Flytta den, eller gör en mapp med det namnet.",
    ),
}
_REASONS = {
    errno.EACCES: "du har inte rätt att läsa den",
    errno.EPERM: "du har inte rätt att läsa den",
    errno.ENOENT: "den finns inte längre",
    errno.EBUSY: "ett annat program använder den",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EIO: "disken svarar inte",
    errno.ETIMEDOUT: "nätverket svarar inte",
}


def read_bytes(root: Path, name: str, largest: int) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of a regular file of at most `largest` bytes; else nothing and one finding."""
    try:
        with opened(root, name) as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size + 1) if size <= largest else b""
    except OSError as error:
        return b"", (unreadable("Filen", name, error),)
    if size > largest:
        message = f"Filen är större än {largest // 2**20} MB"
        hint = "Är det rätt fil? Dela den i så fall i flera."
        return b"", (found("R007", Place(name), message, hint),)
    if len(data) != size:
        hint = "Vänta tills den är färdig, och kör igen."
        return b"", (found("R001", Place(name), "Filen ändrades medan den lästes", hint),)
    return data, ()


def opened(root: Path, name: str) -> BinaryIO:
    """A regular file, open for reading. Nothing is opened that could keep us waiting: OSError for
    anything else, a link on the way included."""
    if not stat.S_ISREG(stat_below(root, name).st_mode):
        raise OSError(errno.ENXIO, "not a regular file")
    file = os.fdopen(os.open(root / name, os.O_RDONLY | _GUARDED), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.ENXIO, "no longer a regular file")
    return file


def stat_below(root: Path, name: str) -> os.stat_result:
    """What lies at a place below the root; OSError (ELOOP) where a step on the way is a link."""
    path = root
    for step in name.split("/"):
        path /= step
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise OSError(errno.ELOOP, "a link")
    return status


def a_link(what: str, name: str) -> Finding:
    """A link where the file or folder (`what`) itself should be."""
    hint = f"Lägg själva {what.lower()} här."
    return found("R001", Place(name), "Här ligger en länk, och länkar följs inte", hint)


def unreadable(what: str, name: str, error: OSError) -> Finding:
    """Why the system would not give a file or a folder (`what`)."""
    if error.errno == errno.ELOOP:
        return a_link(what, name)
    if error.errno in _OTHER_KINDS:
        message, hint = _OTHER_KINDS[error.errno]
        return found("R001", Place(name), message, hint)
    reason = _REASONS.get(error.errno or 0, f"systemets fel {error.errno}")
    hint = f"Kontrollera att {what.lower()} finns och att du får läsa den."
    return found("R001", Place(name), f"{what} kan inte läsas: {reason}", hint)
