"""A report type is a section list (design 6): `templates/rapporter/<report>.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from kvalitet.findings import Route
from kvalitet.model.text import (
    Frequency,
    Id,
    Ids,
    Model,
    OneOrMany,
    Text,
    Truth,
    few,
    model,
    word_of,
)
from kvalitet.model.thing import Avvikelse, Egenkontroll, Ting

PARTS = (
    "text",
    "matris",
    "plantabell",
    "indikatorer",
    "uppföljning",
    "kvalitetsområden",
    "kvarstår",
    "målträd",
    "ekonomi",
    "internkontroll",
    "egenkontroller",
    "avvikelser",
    "ändringar",
    "enheter",
    "skillnader",
)

OF_TYPE: Mapping[str, type[Ting]] = {"egenkontroller": Egenkontroll, "avvikelser": Avvikelse}
"""The parts that may be asked for things of one `typ` only, and of which kind these are."""
TABLES = "indikatorer"
"""The part that may be asked for some tables only."""
CHOICES: Mapping[str, Sequence[str]] = {"typ": tuple(OF_TYPE), "indikatorer": (TABLES,)}
"""The keys that say what a section is to show, where not all, and the parts that have them."""


@model
class Avsnitt(Model):
    """A section: which part it is made of (of which `typ`, or of which tables, where not all),
    whether words for the period must exist, and the sections below it."""

    kind: ClassVar[str] = "avsnittet"
    id: Id
    rubrik: Text
    del_: Annotated[str, word_of(*PARTS), Field(validation_alias="del")]
    typ: OneOrMany = ()
    indikatorer: Ids = ()
    obligatorisk: Truth = False
    anvisning: Text = ""
    avsnitt: Annotated[tuple[Avsnitt, ...], few] = ()


@model
class Rapporttyp(Model):
    """A report: heading, rhythm and sections in the order in which they are printed."""

    kind: ClassVar[str] = "rapporten"
    rubrik: Text
    rytm: Frequency
    avsnitt: Annotated[tuple[Avsnitt, ...], few]

    def outline(self) -> Iterator[tuple[Avsnitt, tuple[int, ...]]]:
        """Every section in the order printed, with its place in the list: the number of the section
        that it stands below, and so on, and last its own."""
        yield from _outline(self.avsnitt, ())

    def sections(self) -> tuple[Avsnitt, ...]:
        """Every section in the order printed, those below others too."""
        return tuple(section for section, _ in self.outline())


def route(numbers: Iterable[int]) -> Route:
    """Where a section stands in its file, by its place in the list."""
    return tuple(step for number in numbers for step in ("avsnitt", number))


def _outline(
    sections: Iterable[Avsnitt], above: tuple[int, ...]
) -> Iterator[tuple[Avsnitt, tuple[int, ...]]]:
    for number, section in enumerate(sections):
        numbers = (*above, number)
        yield section, numbers
        yield from _outline(section.avsnitt, numbers)
