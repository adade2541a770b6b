"""The lines of a file as they should stand, for the hints of findings about form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

_MOST_LINES = 40
_MOST_SIGNS = 3000

_QUOTED = r""""(?:\\.|[^"\\])*"|'(?:''|[^'])*'"""
_PLAIN = r"""[^\s\[\]{},:#"'](?:[^\[\]{},:#]|:(?=\S)|(?<=\S)#)*"""
_TOKEN = re.compile(rf"{_QUOTED}|{_PLAIN}|\s+#.*|\s+|.")
_KEY = re.compile(rf"\s*+(?:(?:{_QUOTED}):|[^,:\[\]{{}}]+:\s|\}})")
_MARKS = frozenset("[]{},")


def shown(what: str, lines: list[str]) -> str:
    """A hint: what to do, and the lines as they should stand."""
    some = lines[:_MOST_LINES] + ["…"] * (len(lines) > _MOST_LINES)
    return "\n".join([what, *(f"    {line}".rstrip() for line in some)])


def after_bar(key: str | None, text: str) -> str:
    """A hint with a text after |, its lines as they stand; without a key it is an item of a list.

    The first line stood beside the key, so that the others have an indentation of their own.
    """
    first, _, rest = _some(text).partition("\n")
    lines = [first.strip(), *dedent(rest).rstrip().splitlines()]
    head = f"{key}: |" if key is not None else "- |"
    return shown("Skriv texten efter |:", [head, *(f"  {line}" for line in lines[not lines[0] :])])


def _some(text: str) -> str:
    return text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…"


def needs_bar(text: str) -> bool:
    """Whether YAML would take a text for something else, did it not stand after |."""
    return bool(re.match(r"""[-?:,\[\]{}#&*!|>'"%@`]""", text)) or ": " in text or " #" in text


def unfolded(key: str | None, flow: str) -> list[str]:
    """What stands in brackets or braces, one item or key a line: below its key ("" at the top of a
    file), or without one as an item of a list.

    Lists in lists become one list. In a mapping a comma parts two keys only where a key follows:
    by `{2019: 84,5}` is meant 84,5.
    """
    lines: list[str] = []
    flow = _some(flow)
    open_ = [_Open("[", "- ", "- ") if key is None else _Open("{", "", "")]
    piece = f"{key}:" if key else ""
    for match in _TOKEN.finditer(flow):
        token, here = match[0], open_[-1]
        in_value = token == "," and here.bracket == "{" and not _KEY.match(flow, match.end())
        if token not in _MARKS or in_value:
            piece += " " if token[0].isspace() else token
            continue
        piece = " ".join(piece.split())
        lines += here.lines(piece)
        if token in "[{":
            open_.append(here.within(token, bool(piece)))
        elif token in "]}" and len(open_) > 1:
            open_.pop()
        piece = ""
    return lines


@dataclass(slots=True)
class _Open:
    """An open bracket, and what stands before its first line and before the others."""

    bracket: str
    first: str
    others: str

    def lines(self, piece: str) -> list[str]:
        if not piece:
            return []
        lead, self.first = self.first, self.others
        text = piece[1:-1] if re.fullmatch(_QUOTED, piece) else piece
        if self.bracket == "[" and needs_bar(text):
            return [f"{lead}|", f"{' ' * len(lead)}{text}"]
        return [lead + text]

    def within(self, bracket: str, has_key: bool) -> _Open:
        lead = f"{self.others.replace('-', ' ')}  " if has_key else self.first
        if bracket == "{":
            return _Open("{", lead, lead.replace("-", " "))
        dash = lead if lead.endswith("- ") else f"{lead}- "
        return _Open("[", dash, dash)
