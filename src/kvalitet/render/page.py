"""A Document as a page: one Jinja template per format, which only walks the blocks."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace
from markupsafe import Markup

from kvalitet.findings import Place, found
from kvalitet.privacy import mask
from kvalitet.render.blocks import Source, lost_block
from kvalitet.render.prose import escaped, prose_html, prose_markdown
from kvalitet.resources import are_built_in
from kvalitet.source.encoding import decode_utf8
from kvalitet.source.files import LARGEST_TEMPLATE, read_bytes
from kvalitet.svenska import join, suggest
from kvalitet.view.document import Document

_ASCII = str.maketrans("åäö", "aao")
_PAGES = {"html": "sida.html.j2", "md": "sida.md.j2"}
_WITH_ATTRIBUTES = {str, Markup, tuple, list, dict, LoopContext, TemplateModule, Namespace, Cycler}


class OutOfTime(Exception):
    """A page has taken all the time that it may; the text says how much that is."""


_MEANINGS: tuple[tuple[type[Exception], str], ...] = (
    (OutOfTime, "den tar för lång tid"),
    (TemplateNotFound, "den mallen finns inte i templates"),
    (UndefinedError, "den tar något som inte finns"),
    (SecurityError, "den tar något som mallar inte får ta"),
    (TemplateSyntaxError, "den är fel skriven"),
    (RecursionError, "den går för djupt, eller tar in sig själv utan slut"),
    (MemoryError, "sidan behöver för mycket minne"),
)
_LONGEST_REASON = 200
_BUILT_IN_INSTEAD = "Tas filen bort används programmets egen."
_HINT = f"Rätta mallen. {_BUILT_IN_INSTEAD}"
_CSS_HINT = (
    "I CSS betyder {#, {{ och {% något för mallen: skriv ett mellanslag emellan, som i a{ #b}. "
    f"{_BUILT_IN_INSTEAD}"
)
ENDLESS_HINT = "Leta efter en slinga eller ett macro utan slut."
_MARK = "templates/"
_BUILT_IN = "inbyggd/"


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a template may touch: the public parts of a Document's blocks, and of the plain values
    that it needs to walk them. Everything else has no attributes at all."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if attr.startswith("_"):
            return False
        if type(obj).__module__ == Document.__module__:
            return True
        return type(obj) in _WITH_ATTRIBUTES and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` walks attributes by a text, and no page needs it."""
        if getattr(value, "__name__", "") in ("format", "format_map"):
            raise SecurityError("format is not allowed")
        return None


class TemplateFault(Exception):
    """A page template of the owner's cannot be used; `finding` (R018) tells where and why, and
    `is_late` that it was given all the time that a page may take."""

    def __init__(self, message: str, hint: str, place: Place, *, is_late: bool = False) -> None:
        super().__init__(message)
        self.finding = found("R018", place, message, hint)
        self.is_late = is_late


def pages(format: str, folders: Sequence[Path]) -> Callable[[Document], str]:
    """Makes documents pages of HTML or Markdown, each template that of the first folder that has
    it. The last folder holds the built-in ones. Raises TemplateFault."""
    return partial(_page, _environment(format, folders), _PAGES[format], folders)


def own_templates(folders: Sequence[Path]) -> frozenset[str]:
    """The page templates besides the built-in ones, which are in the last folder."""
    own = (folder for folder in folders[:-1] if not are_built_in(folder))
    return frozenset().union(*map(_names_in, own))


def _names_in(folder: Path) -> set[str]:
    """What lies in a folder of templates, but for folders and what is hidden."""
    try:
        with os.scandir(folder) as entries:
            files = {each.name for each in entries if not each.is_dir(follow_symlinks=False)}
    except OSError:
        return set()
    return {name for name in files if not name.startswith((".", "~$"))}


def _page(environment: Environment, name: str, folders: Sequence[Path], document: Document) -> str:
    try:
        text = environment.get_template(name).render(document=document)
        lost = _lost(environment, folders, name) if len(folders) > 1 else None
    except TemplateFault:
        raise
    except Exception as error:
        if len(folders) == 1:
            raise  # a built-in template, or the program: a fault of ours
        raise _told(name, error, folders) from error
    if lost:
        raise lost
    if not text.strip():
        raise TemplateFault("Mallen skriver ut en tom sida", _HINT, Place(f"{_MARK}{name}"))
    return text


def _told(name: str, error: Exception, folders: Sequence[Path]) -> TemplateFault:
    """What is wrong in the template of that name, or in one of the owner's that it takes in."""
    where, line = _place(error, own_templates(folders)) or (name, 0)
    meanings = (meaning for kind, meaning in _MEANINGS if isinstance(error, kind))
    reason = "".join(sign if sign.isprintable() else " " for sign in str(error))
    if len(reason) > _LONGEST_REASON:
        reason = f"{reason[:_LONGEST_REASON]} …"
    meaning = next(meanings, "den kan inte räknas ut")
    message = f"Mallen kan inte användas: {meaning} ({reason or type(error).__name__})"
    place, is_late = _at(folders, where, line), isinstance(error, OutOfTime)
    return TemplateFault(message, _hint(error, where), place, is_late=is_late)


def _hint(error: Exception, where: str) -> str:
    if isinstance(error, OutOfTime):
        return ENDLESS_HINT
    is_read_as_template = isinstance(error, TemplateSyntaxError | UndefinedError)
    return _CSS_HINT if is_read_as_template and where.endswith(".css") else _HINT


def _at(folders: Sequence[Path], name: str, line: int) -> Place:
    column = _begins(folders, name, line) if line else 0
    return Place(f"{_MARK}{name}", line=line, column=column)


def _begins(folders: Sequence[Path], name: str, line: int) -> int:
    """The column where what is written on a line of a template begins."""
    source = _source(folders, name)
    lines = source[0].splitlines() if source else []
    text = lines[line - 1] if line <= len(lines) else ""
    return len(text) - len(text.lstrip()) + 1


def _place(error: Exception, own: Container[str]) -> tuple[str, int] | None:
    """The template of the owner's, and the line, where it went wrong."""
    if isinstance(error, TemplateSyntaxError):  # where a comment has no end, jinja2 names the file
        return (error.name.removeprefix(_MARK), error.lineno) if error.name else None
    found_here, step = None, error.__traceback__
    while step:
        here = _in_template(step)
        if here and here[0] in own:
            found_here = here
        step = step.tb_next
    return found_here


def _in_template(step: TracebackType) -> tuple[str, int] | None:
    file = step.tb_frame.f_code.co_filename
    return (file.removeprefix(_MARK), step.tb_lineno) if file.startswith(_MARK) else None


def _lost(environment: Environment, folders: Sequence[Path], name: str) -> TemplateFault | None:
    """What is wrong where a template has a block that is never printed."""
    block = lost_block(environment, partial(_source, folders), name)
    if not block:
        return None
    message = f'Blocket "{block.name}" finns inte på sidan som mallen utgår från'
    near = suggest(block.name, block.known)
    there = f"Sidan har {join(block.known)}." if block.known else "Sidan har inga block."
    hint = f'Menade du "{near}"?' if near else there
    return TemplateFault(message, hint, _at(folders, block.template, block.line))


def _environment(format: str, folders: Sequence[Path]) -> Environment:
    markdown = format == "md"
    environment = _Sandbox(
        loader=FunctionLoader(partial(_source, folders)),
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


def _source(folders: Sequence[Path], name: str) -> Source | None:
    """The text of a template, what it is called in a traceback, and that it stays the same. A name
    is one of a list and never a path, so that it leads nowhere else; after `inbyggd/` it is that of
    a built-in one, from which the owner's may begin."""
    *own, built_in = folders
    bare = name.removeprefix(_BUILT_IN)
    for folder in own if bare == name else ():
        if name in _names_in(folder):
            return _own_text(folder, name), f"{_MARK}{name}", lambda: True
    if bare in _names_in(built_in):
        return (built_in / bare).read_text("utf-8"), f"{_MARK}{name}", lambda: True
    return None


def _own_text(folder: Path, name: str) -> str:
    path = f"{folder.name}/{name}"
    data, findings = read_bytes(folder.parent, path, LARGEST_TEMPLATE)
    text, strange = (None, findings) if findings else decode_utf8(data, path)
    if text is None:
        first = strange[0]
        raise TemplateFault(f"Mallen kan inte användas: {first.message}", first.hint, first.place)
    return text


def _as_markdown(value: object) -> Markup:
    """What a template of Markdown prints: escaped, unless a macro or a filter made it."""
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))


def _kind(value: object) -> str:
    return type(value).__name__


def _ascii(word: str) -> str:
    return word.translate(_ASCII)


def _css_string(text: str) -> Markup:
    """The text as a string of CSS, which can end neither the string nor the style element."""
    plain = mask(text)  # while it still can be read
    signs = (sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in plain)
    return Markup(f'"{"".join(signs)}"')
