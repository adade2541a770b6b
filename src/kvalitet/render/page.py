"""A Document as a page: one Jinja template per format, which only walks the blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kvalitet.render.prose import escaped, prose_html, prose_markdown
from kvalitet.view.document import Document

_ASCII = str.maketrans("åäö", "aao")


class _Sandbox(ImmutableSandboxedEnvironment):
    """The templates are the owner's code (design 6). Of a block it is plain what is private; the
    question is put for every field of every block, and the long answer takes half the time."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if type(obj).__module__ == Document.__module__:
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


class TemplateFault(Exception):
    """A page template of the owner's cannot be used; the text says why, in Swedish."""


def html_pages(folders: Sequence[Path]) -> Callable[[Document], str]:
    """Makes documents self-contained HTML pages, by `sida.html.j2` of the first folder that has it
    (see `renderer`)."""
    return partial(_page, _environment(markdown=False, folders=folders), "sida.html.j2", folders)


def markdown_pages(folders: Sequence[Path]) -> Callable[[Document], str]:
    """The same as Markdown, by `sida.md.j2`."""
    return partial(_page, _environment(markdown=True, folders=folders), "sida.md.j2", folders)


def _page(environment: Environment, name: str, folders: Sequence[Path], document: Document) -> str:
    try:
        return environment.get_template(name).render(document=document)
    except TemplateError as error:
        line = f", rad {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise TemplateFault(f"Mallen {name} kan inte användas{line}: {error}") from error
    except Exception as error:
        if not any((folder / name).exists() for folder in folders[:-1]):
            raise  # the built-in template, or the program: a fault of ours
        raise TemplateFault(f"Mallen {name} kan inte användas: {error}") from error


def _environment(*, markdown: bool, folders: Sequence[Path]) -> Environment:
    environment = _Sandbox(
        loader=FileSystemLoader(folders),
        autoescape=True,
        finalize=_as_markdown if markdown else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = _kind
    environment.filters["ascii"] = _ascii
    environment.filters["css_string"] = _css_string
    environment.filters["prose"] = prose_markdown if markdown else prose_html
    return environment


def _as_markdown(value: object) -> Markup:
    """What a template of Markdown prints: escaped, unless a macro or a filter made it."""
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))


def _kind(value: object) -> str:
    return type(value).__name__


def _ascii(word: str) -> str:
    return word.translate(_ASCII)


def _css_string(text: str) -> Markup:
    """The text as a string of CSS, which can end neither the string nor the style element."""
    signs = (sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text)
    return Markup(f'"{"".join(signs)}"')
