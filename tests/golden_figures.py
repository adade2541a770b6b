"""Which figures differ between two pages of HTML, by the anchor of what they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

ACCEPTED = "accepted"
"""The property of a test that says which report a run with --update-golden accepts: the file that
it goes to, and its text. Properties reach the process that prints the summary from every other."""

_FIGURE = re.compile(r"[−+]?\d(?:\u00a0?\d)*(?:[.,:]\d+)*(?:\u00a0%)?")
_WITHOUT_END = ("br", "col", "hr", "img", "input", "link", "meta", "path", "line", "rect", "circle")
_WHOLE = "sida--innehall"


def changed_figures(old: str, new: str) -> Iterator[str]:
    """A line for each anchor whose figures differ: those that are gone, and those that are new."""
    before, now = figures(old), figures(new)
    for anchor in dict.fromkeys([*before, *now]):
        was, became = Counter(before.get(anchor, ())), Counter(now.get(anchor, ()))
        if was != became:
            yield f"{anchor}: {_listed(was - became)} → {_listed(became - was)}"


def figures(html: str) -> dict[str, list[str]]:
    """The figures of a page, by the innermost element with an id around them, else the heading."""
    page = _Page()
    page.feed(html)
    return page.figures


def _listed(some: Counter[str]) -> str:
    return "; ".join(some.elements()) or "nothing"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self._heading = "head"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        id = dict(attrs).get("id") or ""
        if re.fullmatch("h[2-6]", tag) and id:
            self._heading = id
        if tag not in _WITHOUT_END:
            self._open.append((tag, id))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "style" not in tags:
            ids = [id for _, id in self._open if id not in ("", _WHOLE)]
            anchor = ids[-1] if ids else self._heading
            self.figures.setdefault(anchor, []).extend(_FIGURE.findall(data))
