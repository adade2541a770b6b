"""A report type is a section list (design 6): `templates/rapporter/<report>.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from kvalitet.model.text import Frequency, Id, Model, OneOrMany, Text, Truth, few, model, word_of

PARTS = (
    "text",
    "matris",
    "plantabell",
    "indikatorer",
    "uppföljning",
    "målträd",
    "ekonomi",
    "internkontroll",
    "egenkontroller",
    "avvikelser",
    "ändringar",
)


@model
class Avsnitt(Model):
    """A section: which part it is made of (of which `typ`, where only some of the things of that
    kind), whether words for the period must exist, and the sections below it."""

    kind: ClassVar[str] = "avsnittet"
    id: Id
    rubrik: Text
    del_: Annotated[str, word_of(*PARTS), Field(validation_alias="del")]
    typ: OneOrMany = ()
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


def _outline(
    sections: Iterable[Avsnitt], above: tuple[int, ...]
) -> Iterator[tuple[Avsnitt, tuple[int, ...]]]:
    for number, section in enumerate(sections):
        numbers = (*above, number)
        yield section, numbers
        yield from _outline(section.avsnitt, numbers)
