"""Streams that can show any text, whatever the console's encoding, or that are closed or full."""

from __future__ import annotations

import codecs
import errno
import os
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_PLAIN = {
    "−": "-", "–": "-", "…": "...", "\u00a0": " ", "“": '"', "”": '"', "→": "->",
    "●": "o", "◆": "<>", "■": "#", "▲": "^", "▼": "v", "○": "()", "▶": ">", "✓": "v", "✕": "x",
    "◇": "<>", "□": "[]", "×": "x", "↑": "^", "↓": "v",
}  # fmt: skip

_REASONS = {
    errno.EACCES: "du får inte skriva där, eller så har ett annat program filen öppen",
    errno.EPERM: "du får inte skriva där",
    errno.EROFS: "disken går bara att läsa",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "disken är full",
    errno.EFBIG: "filen blir större än den får vara",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ENOENT: "mappen finns inte längre",
    errno.EBADF: "strömmen är inte öppen för skrivning",
    errno.EIO: "disken svarar inte",
}


def fit_to_console() -> None:
    """Lets the streams print signs that their encoding lacks as the nearest that it has: cp1252
    and ascii, as a redirected Windows console has, would else stop the run. What is said on a
    closed stderr goes nowhere (Python would print it on stdout, among the data)."""
    codecs.register_error("kvalitet", _nearest)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- never closed
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="kvalitet")


def write_data(text: str) -> None:
    """Prints data for programs: UTF-8, whatever the console's encoding."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Prints a word to the user; where stderr takes nothing there is nowhere to say it."""
    with suppress(OSError):
        print(text, file=sys.stderr)


def throw_away_rest(*streams: TextIO | None) -> None:
    """Throws away what cannot be written: the interpreter would else try again at its exit, and
    complain."""
    for stream in filter(None, streams):
        try:
            stream.flush()
        except OSError:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def reason(fault: OSError) -> str:
    """Why something cannot be written, in Swedish."""
    return _REASONS.get(fault.errno or 0, f"systemets fel {fault.errno}")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    shown = (
        _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)[0]
        for sign in error.object[error.start : error.end]
    )
    return "".join(plain if plain.isascii() else "?" for plain in shown), error.end
