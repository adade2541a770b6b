"""Streams that can show any text, whatever the console's encoding."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from typing import TextIO

_PLAIN = {
    "−": "-", "–": "-", "…": "...", "\u00a0": " ", "“": '"', "”": '"', "→": "->",
    "●": "o", "◆": "<>", "■": "#", "▲": "^", "▼": "v", "○": "()", "▶": ">", "✓": "v", "✕": "x",
    "◇": "<>", "□": "[]", "×": "x", "↑": "^", "↓": "v",
}  # fmt: skip


def fit_to_console(*streams: TextIO) -> None:
    """Lets streams print signs that their encoding lacks as the nearest that it has: cp1252 and
    ascii, as a redirected Windows console has, would else stop the run."""
    codecs.register_error("kvalitet", _nearest)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="kvalitet")


def write_data(text: str) -> None:
    """Prints data for programs: UTF-8, whatever the console's encoding."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    shown = (
        _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)[0]
        for sign in error.object[error.start : error.end]
    )
    return "".join(plain if plain.isascii() else "?" for plain in shown), error.end
