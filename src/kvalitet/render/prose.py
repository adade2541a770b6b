"""What users write, made text that stays text: their Markdown in, harmless HTML or Markdown out."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import blockquote, list_block
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.token import Token
from markupsafe import Markup

from kvalitet.view.document import below, tag_of


def _code_span(state: StateInline, silent: bool) -> bool:
    """The parser's own rule, which tells besides where in the text the code stood."""
    start, known = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if state.tokens[known:] and state.tokens[-1].type == "code_inline":
        state.tokens[-1].meta["span"] = (start, state.pos)
    return found


_ADDRESSES = ("https://", "http://", "mailto:", "#")


class _Printer(MarkdownIt):
    """Makes text of links that lead nowhere good, and of marks that nest too deep: the parser's own
    rules drop what is below their deepest level."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        interrupts = ["paragraph", "reference", "blockquote"]
        self.block.ruler.at("list", _shallow(list_block), {"alt": interrupts})
        self.block.ruler.at("blockquote", _shallow(blockquote), {"alt": [*interrupts, "list"]})

    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the library's name
        return url.lower().startswith(_ADDRESSES)


def _shallow(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    return lambda state, *where: state.level < _DEEPEST and rule(state, *where)


def _made(parser: MarkdownIt) -> MarkdownIt:
    return parser.enable("table").disable(["image", "html_block", "html_inline"])


_DEEPEST = 16
_PRINTER = _made(_Printer())
_PARSER = _made(MarkdownIt("commonmark", {"html": False}))
_PARSER.inline.ruler.at("backticks", _code_span)
_TAGS = set(
    "p em strong a ul ol li blockquote code pre br hr "
    "table thead tbody tr th td h3 h4 h5 h6".split()
)

_BLANKS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>|~$#@]|&(?=#|\w+;)|^[+=-]|(?<=^ )[+=-]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE
)
_LIST_NUMBER = re.compile(r"^( ?\d{1,9})([.)])(?=\s|$)")

# An even number of backslashes stands for itself; an odd one already makes text of what follows.
_NOT_ESCAPED = r"(?<!\\)((?:\\\\)*)"
_TAG = re.compile(_NOT_ESCAPED + r"<(?=[A-Za-z/!?])(?!(?i:https?://|mailto:)[^<>\s]*>)")
_IMAGE = re.compile(_NOT_ESCAPED + r"!(?=\[)")
_ODD_ADDRESS = re.compile(r"\](?=[(:]\s*+<?+(?!(?i:https?://|mailto:)|#))")
_MARKS = re.compile(r"#{1,6}")


def prose_html(markdown: str, level: int) -> Markup:
    """An author's Markdown as harmless HTML, its headings below the given level."""
    tokens = _PRINTER.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            own = below(level, int(token.tag[1:]))
            token.tag = f"h{tag_of(own)}"
            if own > tag_of(own) and token.type == "heading_open":
                token.attrSet("aria-level", str(own))
    html = _PRINTER.renderer.render(tokens, _PRINTER.options, {})
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}, "h6": {"aria-level"}},
            attribute_filter=_attribute,
        )
    )


def prose_markdown(markdown: str, level: int) -> Markup:
    """The same in Markdown: HTML, pictures and odd addresses made text, every code block closed."""
    return Markup(_closed(_tamed(_without_odd_addresses(_lowered(markdown, level))).strip("\n")))


@lru_cache(maxsize=4096)  # much in a report is said in many of its cells
def escaped(text: str) -> str:
    """Text on one line that Markdown prints as it is, wherever on a line it stands."""
    return _LIST_NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", text)))


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or value.lower().startswith(_ADDRESSES) else None


def _lowered(markdown: str, level: int) -> str:
    """The text with its headings below the level."""
    lines = dict(enumerate(markdown.split("\n")))
    for token, inline in pairwise(_PARSER.parse(markdown)):
        if token.type == "heading_open":
            _shift(lines, token, inline, level)
    return "\n".join(lines.values())


def _shift(lines: dict[int, str], heading: Token, inline: Token, level: int) -> None:
    """Write the heading, of one line or underlined, as one line of its new level."""
    first, after = heading.map or (0, 0)
    marks = "#" * tag_of(below(level, int(heading.tag[1:])))
    if heading.markup.startswith("#"):
        lines[first] = _MARKS.sub(marks, lines[first], count=1)
        return
    words = inline.content.split("\n")
    container = lines[first].partition(words[0])[0]
    lines[first] = f"{container}{marks} {' '.join(words)}"
    for line in range(first + 1, after):
        del lines[line]


def _without_odd_addresses(markdown: str) -> str:
    """The text with every link that leads nowhere good made text. What was a link may have hidden
    where code begins, so the text is read anew until nothing changes."""
    before = ""
    while markdown != before:
        before = markdown
        code = {line for token in _PARSER.parse(markdown) for line in _code_lines(token)}
        markdown = "\n".join(
            line if number in code else _ODD_ADDRESS.sub(r"]\\", line)
            for number, line in enumerate(markdown.split("\n"))
        )
    return markdown


def _tamed(markdown: str) -> str:
    """The text with HTML and pictures made text; in code every sign is itself already."""
    tokens, lines = _PARSER.parse(markdown), markdown.split("\n")
    blocks = {line for token in tokens for line in _code_lines(token)}
    spans = defaultdict(list)
    for line, first, after in (span for token in tokens for span in _code_spans(token, lines)):
        spans[line].append((first, after))
    return "\n".join(
        line if number in blocks else _tamed_line(line, spans[number])
        for number, line in enumerate(lines)
    )


def _tamed_line(line: str, code: Iterable[tuple[int, int]]) -> str:
    pieces, end = [], 0
    for first, after in code:
        pieces += [_tamed_text(line[end:first]), line[first:after]]
        end = after
    return "".join([*pieces, _tamed_text(line[end:])])


def _tamed_text(text: str) -> str:
    return _IMAGE.sub(r"\1\\!", _TAG.sub(r"\1\\<", text))


def _code_lines(token: Token) -> Iterable[int]:
    return range(*token.map) if token.type in ("fence", "code_block") and token.map else ()


def _code_spans(token: Token, lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Line, first column and the column after of each piece of code within a line of text, where
    its place is certain. (Code of several lines is none to a reader where one begins with HTML.)"""
    spans = [child.meta["span"] for child in token.children or () if child.type == "code_inline"]
    if not spans or not token.map:
        return
    begin = 0
    left = deque(spans)
    for number, text in zip(range(*token.map), token.content.split("\n"), strict=False):
        end = begin + len(text)
        is_certain = lines[number].find(text) == lines[number].rfind(text) >= 0
        while left and left[0][0] <= end:
            first, after = left.popleft()
            if is_certain and after <= end:
                column = lines[number].find(text) - begin
                yield number, first + column, after + column
        begin = end + 1


def _closed(markdown: str) -> str:
    """The text, and the end of a code block left open: that would swallow all that comes after."""
    last = _PARSER.parse(f"{markdown}\n\n# x")[-1]
    return f"{markdown}\n{last.markup}" if last.type == "fence" else markdown
