"""A tagged PDF as it was laid out: which part of a page stands on which sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

NAMES = ("H1", "H2", "H3", "H4", "H5", "H6", "Caption")


@dataclass(frozen=True, slots=True)
class Part:
    """An element, how deep it lies, and the sheets that its text and pictures are on."""

    kind: str
    depth: int
    sheets: frozenset[int]


def parts(pdf: PdfReader) -> list[Part]:
    """All that is printed, in the order of reading; but the heads of tables, which are repeated."""
    sheets: Any = enumerate(pdf.pages, 1)
    numbers = {sheet.indirect_reference.idnum: number for number, sheet in sheets}
    tree: Any = pdf.root_object["/StructTreeRoot"]
    return [part for part in _parts(tree, 0, numbers) if part.sheets]


def split(found: Sequence[Part]) -> list[Part]:
    """Rows and pictures on more than one sheet."""
    return [part for part in found if part.kind in ("TR", "Figure") and len(part.sheets) > 1]


def stranded(found: Sequence[Part]) -> list[Part]:
    """Headings and captions that end a sheet: what they are about begins on the next."""
    names = [(part, _after(found, at)) for at, part in enumerate(found) if part.kind in NAMES]
    return [part for part, after in names if after and min(after.sheets) > max(part.sheets)]


def _after(found: Sequence[Part], at: int) -> Part | None:
    """The first part after the one that stands there, and not within it."""
    later = islice(found, at + 1, None)
    return next((each for each in later if each.depth <= found[at].depth), None)


def _parts(element: Any, depth: int, numbers: Mapping[int, int]) -> list[Part]:
    """The element first, and all within it."""
    if _heads_a_column(element):
        return []
    sheets: set[int] = set()
    below: list[Part] = []
    for child in _children(element):
        if isinstance(child, int):
            sheets.add(numbers[element.raw_get("/Pg").idnum])
        elif "/MCID" in child:
            sheets.add(numbers[child.raw_get("/Pg").idnum])
        elif "/S" in child:
            below += _parts(child, depth + 1, numbers)
    sheets.update(*(part.sheets for part in below))
    return [Part(str(element.get("/S", ""))[1:], depth, frozenset(sheets)), *below]


def _children(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield child.get_object()


def _heads_a_column(element: Any) -> bool:
    attributes = element.get("/A", [])
    return any(
        each.get_object().get("/Scope") == "/Column"
        for each in (attributes if isinstance(attributes, list) else [attributes])
    )
