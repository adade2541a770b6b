"""The formats of a report: a further one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from kvalitet.render.data import as_json
from kvalitet.render.page import html_pages, markdown_pages
from kvalitet.view.document import Document

Renderer: TypeAlias = Callable[[Document], str]
"""Makes the text of one file of each document that it is given."""

FORMATS: Mapping[str, Callable[[Sequence[Path]], Renderer]] = {
    "html": html_pages,
    "md": markdown_pages,
    "json": lambda _: as_json,
}


def renderer(format: str, folders: Sequence[Path]) -> Renderer:
    """What makes documents text: of several folders by the templates of the first that has them,
    each compiled once. The last folder holds the built-in ones.

    The renderer raises TemplateFault where a template of the owner's is at fault.
    """
    return FORMATS[format](folders)


def render(document: Document, format: str, folders: Sequence[Path]) -> str:
    """One document as the text of one file (see `renderer`)."""
    return renderer(format, folders)(document)
