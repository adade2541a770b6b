"""The formats of a report: a further one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kvalitet.render.data import as_json
from kvalitet.render.page import as_html, as_markdown
from kvalitet.view.document import Document

FORMATS: Mapping[str, Callable[[Document, Sequence[Path]], str]] = {
    "html": as_html,
    "md": as_markdown,
    "json": as_json,
}


def render(document: Document, format: str, folders: Sequence[Path]) -> str:
    """The document as the text of one file; of several folders, the first that has a template. The
    last folder holds the built-in ones.

    Raises TemplateFault where a template of the owner's is at fault.
    """
    return FORMATS[format](document, folders)
