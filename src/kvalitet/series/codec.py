"""Which encoding a CSV file has: UTF-8, or Windows-1252 where that is certain (design 3.6)."""

from __future__ import annotations

import codecs
import re

from kvalitet import svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.source.encoding import may_be_strange, strange_characters

"""Bytes in a line: as many as the csv module reads in a cell, so that no cell is too long for it
but one on many lines, whose quotes do not close."""
LONGEST_LINE = 2**17 - 1
MOST_LINES = 2**20
"""Lines in a file: as many as a spreadsheet holds."""

_ASCII = bytes(range(128))
_SWEDISH = "åäöÅÄÖéÉèÈêàÀáüÜæøÆØ–—‘’“”»…§°²½×·±´\u00a0"
_LETTERS = "åäöÅÄÖ".encode("cp1252")
_STRANGE = re.compile(b"[^\x00-\x7f" + _SWEDISH.encode("cp1252") + b"]")
# These bytes are Ö in Mac text and ö in DOS text: alone they say nothing.
_AMBIGUOUS = re.compile(f"[{'…”'}]".encode("cp1252"))
_OTHERS = {"mac_roman": "Mac-text", "cp850": "DOS-text"}
# A letter, or the mark that UTF-8 from a spreadsheet begins with.
_UTF8_SIGN = re.compile(b"\\A\xef\xbb\xbf|\xc3[\xa4\xa5\xb6\x84\x85\x96\xa9]")
_BETWEEN = re.compile(rb"[\s;,\"]")

# What the letters look like in UTF-8 that was read as Windows-1252 and then saved as UTF-8.
_TWICE = re.compile("|".join(char.encode().decode("cp1252") for char in "åäöÅÄÖé").encode())
_LOST = "\ufffd".encode()
_TWO_NULS = b"\0\0"

_FETCH_AGAIN = "Hämta filen på nytt där den kommer från, eller skriv om texten."
_SPLIT = "Är det rätt fil? Dela den i så fall i flera."
_SAVE_AGAIN = 'Spara filen på nytt som "CSV UTF-8".'
_BEGINNINGS = {
    codecs.BOM_UTF32_LE: "Filen är sparad som UTF-32",  # before UTF-16, which it begins like
    codecs.BOM_UTF16_LE: "Filen är sparad som UTF-16",
    codecs.BOM_UTF16_BE: "Filen är sparad som UTF-16",
    b"PK\x03\x04": "Filen är en arbetsbok från Excel, inte CSV",
    b"\xd0\xcf\x11\xe0": "Filen är en arbetsbok från Excel, inte CSV",
}


def encoding_of(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The name of the encoding, or None and why the file cannot be read with certainty."""
    for beginning, message in _BEGINNINGS.items():
        if data.startswith(beginning):
            return None, (found("R510", Place(path, line=1, column=1), message, _SAVE_AGAIN),)
    if b"\0" in data[:2]:
        message = f"Filen är sparad som UTF-{32 if _TWO_NULS in data[:4] else 16}"
        return None, (found("R510", Place(path, line=1, column=1), message, _SAVE_AGAIN),)
    name = "utf-8-sig"
    broken = _broken_utf8(data)
    if broken is not None:
        finding = _why_not_windows(data, path, broken)
        if finding:
            return None, (finding,)
        name = "cp1252"
    findings = _lines(data, path)
    if not findings and may_be_strange(data):
        damage = _damage(data, path) if broken is None else ()
        findings = damage or strange_characters(data.decode(name), path)
    return (None if findings else name), findings


def _broken_utf8(data: bytes) -> int | None:
    """The index of the first byte that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _why_not_windows(data: bytes, path: str, broken: int) -> Finding | None:
    strange = _STRANGE.search(data)
    if strange and _UTF8_SIGN.search(data):
        message = "Filen blandar UTF-8 och Windows-1252"
        return found("R510", _place(data, broken, path, "utf-8-sig"), message, _SAVE_AGAIN)
    if strange is None and not any(letter in data for letter in _LETTERS):
        strange = _AMBIGUOUS.search(data)
    if strange is None:
        return None
    word, char = _word(data, strange.start(), "cp1252"), strange[0].decode("cp1252", "replace")
    where = f' i "{word}"' if word != char else ""
    message = f'Tecknet "{char}"{where} kan vara fel läst'
    place = _place(data, strange.start(), path, "cp1252")
    return found("R510", place, message, f"{_guess(data)}{_SAVE_AGAIN}")


def _damage(data: bytes, path: str) -> tuple[Finding, ...]:
    """The first word that was destroyed before the file was saved as UTF-8, if any."""
    index = data.find(_LOST)
    twice = _TWICE.search(data)
    if twice:
        index = twice.start()
        word = _word(data, index, "utf-8-sig")
        meant = word.encode("cp1252", "ignore").decode("utf-8", "ignore")
        message = f'Här står "{word}" i stället för "{meant}"'
    elif index >= 0:
        message = f'Ett tecken har gått förlorat i "{_word(data, index, "utf-8-sig")}"'
    else:
        return ()
    return (found("R510", _place(data, index, path, "utf-8-sig"), message, _FETCH_AGAIN),)


def _guess(data: bytes) -> str:
    used = bytes(set(data.translate(None, _ASCII)))
    for codec, name in _OTHERS.items():
        if all(char in _SWEDISH for char in used.decode(codec)):
            return f"Är den sparad som {name}? "
    return ""


def _word(data: bytes, index: int, encoding: str) -> str:
    """The word round a byte."""
    before = _BETWEEN.split(data[max(index - 20, 0) : index])[-1]
    after = _BETWEEN.split(data[index : index + 20])[0]
    return (before + after).decode(encoding, "replace")


def _place(data: bytes, index: int, path: str, encoding: str) -> Place:
    start = data.rfind(b"\n", 0, index) + 1
    column = len(data[start:index].decode(encoding, "replace")) + 1
    line = data.count(b"\n", 0, index) + 1
    return Place(path, line=line, column=column, end_column=column + 1)


def _lines(data: bytes, path: str) -> tuple[Finding, ...]:
    """What is wrong with the lines as such: none, too many, or one that is too long."""
    if b"\r" in data and b"\n" not in data:
        message = "Raderna slutar med ensamt CR, som i en CSV-fil för äldre Mac"
        return (found("R003", Place(path, line=1, column=1), message, _SAVE_AGAIN),)
    if len(data) > MOST_LINES and data.count(b"\n") > MOST_LINES:
        message = f"Filen har fler än {svenska.format_number(MOST_LINES)} rader"
        return (found("R007", Place(path, line=1, column=1), message, _SPLIT),)
    start = 0
    while len(data) - start > LONGEST_LINE:
        end = data.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            place = Place(path, line=data.count(b"\n", 0, start) + 1, column=1)
            return (found("R007", place, "Raden är orimligt lång", "Är filen verkligen CSV?"),)
        start = end + 1
    return ()
