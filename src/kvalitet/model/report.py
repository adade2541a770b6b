"""A report type is a section list (design 6): `templates/rapporter/<report>.yaml`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from kvalitet.model.text import Frequency, Id, Model, Text, Truth, few, model, word_of

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
    """A section: which part it is made of, and whether words for the period must exist."""

    kind: ClassVar[str] = "avsnittet"
    id: Id
    rubrik: Text
    del_: Annotated[str, word_of(*PARTS), Field(validation_alias="del")]
    obligatorisk: Truth = False
    anvisning: Text = ""


@model
class Rapporttyp(Model):
    """A report: heading, rhythm and sections in the order in which they are printed."""

    kind: ClassVar[str] = "rapporten"
    rubrik: Text
    rytm: Frequency
    avsnitt: Annotated[tuple[Avsnitt, ...], few]
