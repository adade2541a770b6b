"""The settings of a repository: `kvalitet.yaml` (example README)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kvalitet.model.text import Frequency, WholeNumber, Model, Number, Text, When, word_of

FORMAT = 1
"""The newest source format that this program reads."""


class Regelval(Model):
    """What a repository says about one rule: severity, threshold, longest interval."""

    kind: ClassVar[str] = "regeln"
    grad: Annotated[str, word_of("fel", "varning", "upplysning", "av")] | None = None
    gräns: Number | None = None
    intervall: Frequency | None = None


class Undantag(Model):
    """Findings of one rule, accepted for an id and what it holds, with reason and last day."""

    kind: ClassVar[str] = "undantaget"
    regel: Text
    plats: Text
    skäl: Text
    slut: When


class Inställningar(Model):
    """All of kvalitet.yaml; every key is optional."""

    kind: ClassVar[str] = "inställningarna"
    format: WholeNumber = FORMAT
    regler: dict[Text, Regelval] = {}
    undantag: tuple[Undantag, ...] = ()
