"""The formats of a report: a further one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from kvalitet.privacy import mask
from kvalitet.render.apart import PagesApart
from kvalitet.render.data import as_json
from kvalitet.render.page import own_templates, pages
from kvalitet.view.document import Document

Renderer: TypeAlias = Callable[[Document], str]
"""Makes the text of one file of each document that it is given."""


def _by_template(format: str, folders: Sequence[Path]) -> Renderer:
    has_own = bool(own_templates(folders))
    make = PagesApart(format, folders) if has_own else pages(format, folders[-1:])
    return lambda document: mask(make(document))


FORMATS: Mapping[str, Callable[[Sequence[Path]], Renderer]] = {
    "html": partial(_by_template, "html"),
    "md": partial(_by_template, "md"),
    "json": lambda _: as_json,
}


def renderer(format: str, folders: Sequence[Path]) -> Renderer:
    """What makes documents text: of several folders by the templates of the first that has them.
    The last folder holds the built-in ones; with others a process of its own makes each text. No
    personal number is left in it.

    This, and the renderer, raise TemplateFault where a template of the owner's is at fault.
    """
    return FORMATS[format](folders)


def render(document: Document, format: str, folders: Sequence[Path]) -> str:
    """One document as the text of one file (see `renderer`)."""
    return renderer(format, folders)(document)
