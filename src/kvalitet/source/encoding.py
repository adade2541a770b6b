"""Bytes to text: UTF-8, and no characters that break lines in secret or are not seen."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice

from kvalitet.findings import Finding, Place, found

_MOST = 20
_WIDE = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, which it begins like
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_SECRET_BREAKS = {
    "\x85": "U+0085",
    "\u2028": "U+2028",
    "\u2029": "U+2029",
    "\r": "CR",
}
_SECRET_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
# Those that turn the direction of writing, and those of no width, show a reviewer another text
# than the one that is read.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Putting the marks on a letter in order takes the square of their number.
_MOST_MARKS = 30
_MARKS = re.compile(f"[^\0-\u02ff]{{{_MOST_MARKS + 1},}}")
# No character that is refused begins with these bytes, in UTF-8 or Windows-1252.
_PLAIN = bytes({9, 10, 13, *range(32, 127), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5, 0xE4, 0xE5, 0xF6})


def decode_utf8(data: bytes, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a UTF-8 file (a byte order mark first is passed over), or None and why not."""
    hint = "Spara filen som UTF-8, och kontrollera å, ä och ö."
    wide = next((wide for mark, wide in _WIDE.items() if data.startswith(mark)), None)
    if wide:
        return None, (found("R002", Place(name), f"Filen är sparad som {wide}", hint),)
    data = data.removeprefix(codecs.BOM_UTF8)  # utf-8-sig tells where an error is without it
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = _place(before, len(before), name)
        return None, (found("R002", place, "Tecknet är inte sparat som UTF-8", hint),)
    findings = strange_characters(text, name) if may_be_strange(data) else ()
    return (None if findings else text), findings


def is_composed(text: str) -> bool:
    """Whether a text is of composed characters, as all is that Latin-1 has: that is told first,
    since it takes a thirtieth of the time."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return unicodedata.is_normalized("NFC", text)
    return True


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
    return (*_secret_breaks(text, name), *_unseen(text, name), *_stacked(text, name))


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


def _stacked(text: str, name: str) -> tuple[Finding, ...]:
    """The first letter with more marks on it than any language has."""
    for run in _MARKS.finditer(text):
        marks = 0
        for index, char in enumerate(run[0], run.start()):
            marks = marks + 1 if _is_mark(char) else 0
            if marks > _MOST_MARKS:
                message = f"Fler än {_MOST_MARKS} accenter på samma bokstav får inte stå i filen"
                return (found("R008", _place(text, index, name), message, "Ta bort dem."),)
    return ()


def _is_mark(char: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFD", char)[0]) > 0


def _place(text: str, index: int, name: str) -> Place:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Place(name, line=line, column=column, end_column=column + 1)
