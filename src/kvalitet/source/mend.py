"""The lines of a file as they should stand, for the hints of findings about form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

_MOST_LINES = 40

_QUOTED = r""""(?:\\.|[^"\\])*"|'(?:''|[^'])*'"""
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_TOKEN = re.compile(rf"(?<![^\s\[{{,:])(?:{_QUOTED})|[\[\]{{}},]|\s+|.", re.DOTALL)
_KEY_OR_END = re.compile(rf"\s*(?:(?:{_QUOTED}):|[^,:\[\]{{}}]+:\s|\}})")


def shown(what: str, lines: list[str]) -> str:
    """A hint: what to do, and the lines as they should stand."""
    some = lines[:_MOST_LINES] + ["…"] * (len(lines) > _MOST_LINES)
    return "\n".join([what, *(f"    {line}".rstrip() for line in some)])


def after_bar(key: str | None, text: str) -> str:
    """A hint with a text after |, its lines as they stand; without a key it is an item of a list.

    The first line stood beside the key, so that the others have an indentation of their own.
    """
    first, _, rest = text.partition("\n")
    lines = [first.strip(), *dedent(rest).rstrip().splitlines()]
    head = f"{key}: |" if key is not None else "- |"
    return shown("Skriv texten efter |:", [head, *(f"  {line}" for line in lines[not lines[0] :])])


def needs_bar(text: str) -> bool:
    """Whether YAML would take a text for something else, did it not stand after |."""
    return bool(re.match(r"""[-?:,\[\]{}#&*!|>'"%@`]""", text)) or ": " in text or " #" in text


def unfolded(key: str | None, flow: str) -> list[str]:
    """Brackets or braces as lines, one for each item or key, under the key or as an item of a list.

    Lists in lists become one list. A comma in a mapping parts two keys only if a key follows:
    what `{2019: 84,5}` means is 84,5.
    """
    open_ = [_Open("[", "- ", "- ") if key is None else _Open("{", "", "")]
    lines: list[str] = []
    piece = "" if key is None else f"{key}:"
    written = _COMMENT.sub("", flow)
    for match in _TOKEN.finditer(written):
        token, here = match[0], open_[-1]
        is_comma_in_value = token == "," and here.bracket == "{" and not _KEY_OR_END.match(
            written, match.end()
        )
        if token not in ("[", "{", ",", "]", "}") or is_comma_in_value:
            piece += " " if token.isspace() else token
            continue
        lines += here.lines(piece.strip())
        if token in "[{":
            open_.append(here.within(token, bool(piece.strip())))
        elif token in "]}":
            open_.pop()
        piece = ""
    return lines
