"""A Document as text: one template per format walks the blocks, and what users wrote stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeAlias

import nh3
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from kvalitet.view.document import Document

Format: TypeAlias = Literal["html", "md"]
FORMATS: tuple[Format, ...] = ("html", "md")


class TemplateFault(Exception):
    """A page template of the owner's cannot be used; the text says why, in Swedish."""


_PARSER = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["image", "html_block", "html_inline"])
)
_TAGS = set(
    "p em strong a ul ol li blockquote code pre br hr "
    "table thead tbody tr th td h3 h4 h5 h6".split()
)
_ADDRESSES = ("https://", "http://", "mailto:", "#")
_LOWEST_HEADING = 6

_ASCII = str.maketrans("åäö", "aao")
_BLANKS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#]|&(?=#|\w+;)|^[+=-]|(?<=^ )[+=-]")
_LIST_NUMBER = re.compile(r"^( ?\d{1,9})([.)])(?=\s|$)")

# An even number of backslashes stands for itself; an odd one already makes text of what follows.
_NOT_ESCAPED = r"(?<!\\)((?:\\\\)*)"
_TAG = re.compile(_NOT_ESCAPED + r"<(?=[A-Za-z/!?])(?!(?i:https?://|mailto:)[^<>\s]*>)")
_IMAGE = re.compile(_NOT_ESCAPED + r"!(?=\[)")
_ODD_ADDRESS = re.compile(r"\](?=[(:]\s*+<?+(?!(?i:https?://|mailto:)|#))")
_MARKS = re.compile(r"#{1,6}")


def render(document: Document, format: Format, folders: Sequence[Path]) -> str:
    """The document as the text of one file; of several folders, the first that has a template. The
    last folder holds the built-in ones.

    Raises TemplateFault where a template of the owner's is at fault.
    """
    name = f"sida.{format}.j2"
    try:
        return _environment(format, folders).get_template(name).render(document=document)
    except TemplateError as error:
        line = f", rad {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise TemplateFault(f"Mallen {name} kan inte användas{line}: {error}") from error
    except Exception as error:
        if not any((folder / name).exists() for folder in folders[:-1]):
            raise  # the built-in template, or the program: a fault of ours
        raise TemplateFault(f"Mallen {name} kan inte användas: {error}") from error


def prose_html(markdown: str, level: int) -> Markup:
    """An author's Markdown as harmless HTML, its headings below the given level."""
    tokens = _PARSER.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{_below(level, int(token.tag[1:]))}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            attribute_filter=_attribute,
        )
    )


def prose_markdown(markdown: str, level: int) -> Markup:
    """The same in Markdown: HTML, pictures and odd addresses made text, every code block closed."""
    tokens = _PARSER.parse(markdown)
    lines = dict(enumerate(markdown.split("\n")))
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            _shift(lines, token, inline, level)
    code = {line for token in tokens for line in _code_lines(token)}
    tamed = (line if number in code else _tamed(line) for number, line in lines.items())
    return Markup(_closed("\n".join(tamed).strip("\n")))


def escaped(text: str) -> str:
    """Text on one line that Markdown prints as it is, wherever on a line it stands."""
    return _LIST_NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", text)))


def _environment(format: Format, folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    html = format == "html"
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        finalize=None if html else _as_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = _kind
    environment.filters["ascii"] = _ascii
    environment.filters["prose"] = prose_html if html else prose_markdown
    return environment


def _as_markdown(value: object) -> Markup:
    """What a template of Markdown prints: escaped, unless a macro or a filter made it."""
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))


def _kind(value: object) -> str:
    return type(value).__name__


def _ascii(word: str) -> str:
    return word.translate(_ASCII)


def _below(level: int, depth: int) -> int:
    return min(level + depth, _LOWEST_HEADING)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or value.lower().startswith(_ADDRESSES) else None


def _code_lines(token: Token) -> Iterable[int]:
    return range(*token.map) if token.type in ("fence", "code_block") and token.map else ()


def _shift(lines: dict[int, str], heading: Token, inline: Token, level: int) -> None:
    """Write the heading, of one line or underlined, as one line of its new level."""
    first, after = heading.map or (0, 0)
    marks = "#" * _below(level, int(heading.tag[1:]))
    if heading.markup.startswith("#"):
        lines[first] = _MARKS.sub(marks, lines[first], count=1)
        return
    words = inline.content.split("\n")
    container = lines[first].partition(words[0])[0]
    lines[first] = f"{container}{marks} {' '.join(words)}"
    for line in range(first + 1, after):
        del lines[line]


def _tamed(line: str) -> str:
    line = _TAG.sub(r"\1\\<", line)
    line = _IMAGE.sub(r"\1\\!", line)
    return _ODD_ADDRESS.sub(r"]\\", line)


def _closed(markdown: str) -> str:
    """The text, and the end of a code block left open: that would swallow all that comes after."""
    last = _PARSER.parse(f"{markdown}\n\n# x")[-1]
    return f"{markdown}\n{last.markup}" if last.type == "fence" else markdown
