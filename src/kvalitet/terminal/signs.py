"""What may reach a terminal, and how it looks there."""

from __future__ import annotations

import json
import re
from typing import TextIO

from rich.console import Console

from kvalitet.privacy import mask
from kvalitet.svenska import NO_BREAK_SPACE

# Control characters, those that turn the direction of writing, and halves of characters.
_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def console_of(stream: TextIO) -> Console:
    """A console that prints what it is given, and makes neither markup nor numbers stand out."""
    return Console(file=stream, highlight=False, markup=False, emoji=False)


def harmless(text: str) -> str:
    """The text with a mark in place of each sign that would steer the terminal, and no personal
    number in it. Every space is a plain one, as somebody who searches the output types it."""
    return masked_before(mask(text.replace(NO_BREAK_SPACE, " ")))


def masked_before(text: str) -> str:
    """The same of a text in which no personal number is left."""
    return _STEERING.sub("·", text.replace(NO_BREAK_SPACE, " "))


def as_json(content: object) -> str:
    """Data as JSON, with no personal number in it; signs that would steer a terminal are written by
    their numbers."""
    text = json.dumps(_masked(content), ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _masked(content: object) -> object:
    if isinstance(content, str):
        return mask(content)
    if isinstance(content, dict):
        return {_masked(key): _masked(value) for key, value in content.items()}
    return [*map(_masked, content)] if isinstance(content, list | tuple) else content


def as_shown(text: str, stream: TextIO) -> str:
    """The text as the stream will print it, where its encoding lacks some sign: what stands in
    columns must be that before it is given a place."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, stream.errors or "strict").decode(encoding)
