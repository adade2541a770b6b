"""Bytes to text: UTF-8, no characters that break lines in secret, sizes bounded before reading."""

from __future__ import annotations

import re
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
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")


def read_bytes(path: Path, name: str, largest: int) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of a regular file of at most `largest` bytes; else nothing and one finding."""
    try:
        if not path.is_file():
            return b"", (
                found(
                    "R001",
                    Place(name),
                    "Här ligger inte en vanlig fil",
                    "Lägg själva filen här.",
                ),
            )
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return b"", (
            found(
                "R001",
                Place(name),
                f"Filen kan inte läsas ({reason})",
                "Kontrollera att filen finns och att du får läsa den.",
            ),
        )
    if len(data) > largest:
        return b"", (
            found(
                "R007",
                Place(name),
                f"Filen är större än {largest // 2**20} MB",
                "Är det rätt fil? Dela den i så fall i flera.",
            ),
        )
    return data, ()


def decode_utf8(data: bytes, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a UTF-8 file (a byte order mark first is passed over), or None and why not.

    The place of an undecodable byte is counted in the bytes before it, which are sound.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        place = Place(name, line=line, column=column, end_column=column + 1)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = "Filen är sparad som UTF-16"
        else:
            message = "Tecknet är inte sparat som UTF-8"
        return None, (
            found("R002", place, message, "Spara filen som UTF-8, och kontrollera å, ä och ö."),
        )
    findings = strange_characters(text, name)
    return (None if findings else text), findings


def strange_characters(text: str, name: str) -> tuple[Finding, ...]:
    """Characters that break lines in secret (the first few), and the first control character."""
    return (*_secret_breaks(text, name), *_control_characters(text, name))


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


def _control_characters(text: str, name: str) -> tuple[Finding, ...]:
    match = _CONTROL.search(text)
    if not match:
        return ()
    message = f"Styrtecknet U+{ord(match[0]):04X} får inte stå i filen"
    return (found("R008", _place(text, match.start(), name), message, "Ta bort tecknet."),)


def _place(text: str, index: int, name: str) -> Place:
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    line = text.count("\n", 0, index) + 1
    column = index - start + 1
    return Place(name, line=line, column=column, end_column=column + 1)
