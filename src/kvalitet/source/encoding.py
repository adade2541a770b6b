"""Bytes to text: UTF-8, no characters that break lines in secret, sizes bounded before reading."""

from __future__ import annotations

import errno
import re
import unicodedata
from itertools import islice
from pathlib import Path

from kvalitet.findings import Finding, Place, found

LARGEST_YAML = 8 * 2**20
LARGEST_CSV = 256 * 2**20

_MOST = 20
_SECRET_BREAKS = {
    "\x85": "U+0085",
    "\u2028": "U+2028",
    "\u2029": "U+2029",
    "\r": "CR",
}
_SECRET_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u200b-\u200d\u2060\ud800-\udfff\ufffe\uffff\ufeff]"
)
# No character that is refused begins with these bytes, in UTF-8 or Windows-1252.
_PLAIN = bytes({9, 10, 13, *range(32, 127), *range(128, 256)} - {0xC2, 0xE2, 0xEF})
_REASONS = {
    errno.EACCES: "du har inte rätt att läsa den",
    errno.EPERM: "du har inte rätt att läsa den",
    errno.ENOENT: "den finns inte längre",
    errno.EBUSY: "ett annat program använder den",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EIO: "disken svarar inte",
    errno.ETIMEDOUT: "nätverket svarar inte",
}


def read_bytes(path: Path, name: str, largest: int) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of a regular file of at most `largest` bytes; else nothing and one finding."""
    try:
        if not path.is_file():
            return b"", (not_a_file(path, name),)
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        return b"", (unreadable("Filen", name, error),)
    if len(data) > largest:
        message = f"Filen är större än {largest // 2**20} MB"
        hint = "Är det rätt fil? Dela den i så fall i flera."
        return b"", (found("R007", Place(name), message, hint),)
    return data, ()


def not_a_file(path: Path, name: str) -> Finding:
    """What lies where a file should be: most often a link whose file has been moved."""
    message = "Här ligger inte en vanlig fil"
    if path.is_symlink() and not path.exists():
        message = "Länken leder till en fil som inte finns"
    return found("R001", Place(name), message, "Lägg själva filen här.")


def unreadable(what: str, name: str, error: OSError) -> Finding:
    """Why the system would not give a file or a folder (`what`)."""
    reason = _REASONS.get(error.errno or 0, f"systemets fel {error.errno}")
    hint = f"Kontrollera att {what.lower()} finns och att du får läsa den."
    return found("R001", Place(name), f"{what} kan inte läsas: {reason}", hint)


def decode_utf8(data: bytes, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a UTF-8 file (a byte order mark first is passed over), or None and why not."""
    hint = "Spara filen som UTF-8, och kontrollera å, ä och ö."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, (found("R002", Place(name), "Filen är sparad som UTF-16", hint),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        place = _place(before, len(before), name)
        return None, (found("R002", place, "Tecknet är inte sparat som UTF-8", hint),)
    findings = strange_characters(text, name) if may_be_strange(data) else ()
    return (None if findings else text), findings


def may_be_strange(data: bytes) -> bool:
    """Whether the characters must be looked at one by one, which takes time in a large file."""
    if data.translate(None, _PLAIN):
        return True
    return b"\r" in data and data.count(b"\r") != data.count(b"\r\n")


def strange_characters(text: str, name: str) -> tuple[Finding, ...]:
    """Characters that break lines in secret (the first few), and the first that is not seen."""
    if "\r" in text and "\n" not in text:
        message = "Raderna slutar med ensamt CR, som på äldre Mac"
        return (found("R003", Place(name), message, "Spara filen på nytt med radslut LF."),)
    return (*_secret_breaks(text, name), *_unseen(text, name))


def _secret_breaks(text: str, name: str) -> tuple[Finding, ...]:
    whole = text.count("\r\n") == text.count("\r")
    if whole and not any(char in text for char in "\x85\u2028\u2029"):
        return ()
    hint = "Ta bort tecknet eller ersätt det med en vanlig radbrytning."
    return tuple(
        found(
            "R003",
            _place(text, match.start(), name),
            f"Tecknet {_SECRET_BREAKS[match[0]]} bryter raden utan att det syns",
            hint,
        )
        for match in islice(_SECRET_BREAK.finditer(text), _MOST)
    )


def _unseen(text: str, name: str) -> tuple[Finding, ...]:
    match = _UNSEEN.search(text)
    if not match:
        return ()
    kind = "Styrtecknet" if unicodedata.category(match[0]) == "Cc" else "Det osynliga tecknet"
    message = f"{kind} U+{ord(match[0]):04X} får inte stå i filen"
    return (found("R008", _place(text, match.start(), name), message, "Ta bort tecknet."),)


def _place(text: str, index: int, name: str) -> Place:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Place(name, line=line, column=column, end_column=column + 1)
