"""A Document as plain data: its blocks as they are, for programs that read reports."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from kvalitet.period import Period
from kvalitet.privacy import mask
from kvalitet.view.document import Document, Figure

VERSION = 1


def as_json(document: Document) -> str:
    """The document as JSON: each part of it with the name of its class as `type`; a figure as it
    is printed, with its exact value (79/10 is 7,9) and the rows it comes from. No personal number
    is left in its texts."""
    data = {"version": VERSION, **_plain(document)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (Fraction, Period)):
        return str(value)
    if isinstance(value, str):
        return mask(value)
    if not is_dataclass(value):
        return value
    said = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    shown = {"shown": value.shown} if isinstance(value, Figure) else {}
    return {"type": type(value).__name__, **shown, **said}
