"""Everything that is followed up has one shape (design 3.8): goals, risks, measures and the rest.

Nested things are lifted out by `load`; what belongs to a thing stands here as ids.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, ClassVar

from kvalitet.model.text import (
    Always,
    Frequency,
    Id,
    Ids,
    Model,
    OneOrMany,
    Text,
    When,
    alone_or_from,
    model,
    nothing,
)

Beskrivning = Annotated[dict[Always, Text], alone_or_from]


@model
class Ting(Model):
    """What all things share: a reference (`id`), a name, and what belongs to it."""

    id: Id
    namn: Text = ""
    nr: Text = ""
    typ: Text = ""
    beskrivning: Beskrivning = field(default_factory=nothing)
    ansvarig: OneOrMany = ()
    start: When | None = None
    slut: When | None = None
    indikatorer: Ids = ()
    egenkontroller: Ids = ()
    åtgärder: Ids = ()
    aktiviteter: Ids = ()


@model
class Kvalitetsområde(Model):
    """A quality area, under which risks are sorted."""

    kind: ClassVar[str] = "kvalitetsområdet"
    a_kind: ClassVar[str] = "ett kvalitetsområde"
    id: Id
    namn: Text = ""
    nr: Text = ""
    beskrivning: Beskrivning = field(default_factory=nothing)


@model
class Mål(Ting):
    """A goal, at the level of the goal tree that its `typ` names."""

    kind: ClassVar[str] = "målet"
    a_kind: ClassVar[str] = "ett mål"
    förväntat_resultat: Text = ""
    bidrar_till: Ids = ()
    mål: Ids = ()


@model
class Risk(Ting):
    """A risk; how it is judged is said in `uppföljning`, never here."""

    kind: ClassVar[str] = "risken"
    a_kind: ClassVar[str] = "en risk"
    kvalitetsområde: Text | None = None
    mål: Text | None = None


@model
class Åtgärd(Ting):
    """A measure against a risk or after a deviation."""

    kind: ClassVar[str] = "åtgärden"
    a_kind: ClassVar[str] = "en åtgärd"


@model
class Aktivitet(Ting):
    """An activity under a measure or a goal."""

    kind: ClassVar[str] = "aktiviteten"
    a_kind: ClassVar[str] = "en aktivitet"


@model
class Egenkontroll(Ting):
    """A self-check. `frekvens` tells which rounds are expected."""

    kind: ClassVar[str] = "egenkontrollen"
    a_kind: ClassVar[str] = "en egenkontroll"
    frekvens: Frequency | None = None


@model
class Avvikelse(Ting):
    """A kind of deviation (complaints, lex Sarah …): counts and lessons, never a case."""

    kind: ClassVar[str] = "avvikelsen"
    a_kind: ClassVar[str] = "en avvikelse"
