"""The settings of a repository: `kvalitet.yaml` (example README)."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from kvalitet.model.text import (
    Frequency,
    Model,
    Number,
    Text,
    When,
    WholeNumber,
    few,
    model,
    word_of,
)

FORMAT = 1
"""The newest source format that this program reads."""


@model
class Regelval(Model):
    """What a repository says about one rule: severity, threshold, longest interval."""

    kind: ClassVar[str] = "regeln"
    grad: Annotated[str, word_of("fel", "varning", "upplysning", "av")] | None = None
    gräns: Number | None = None
    intervall: Frequency | None = None


@model
class Undantag(Model):
    """Findings of one rule, accepted for an id and what it holds, with reason and last day."""

    kind: ClassVar[str] = "undantaget"
    regel: Text
    plats: Annotated[Text, StringConstraints(pattern=r"^[^/]+/[^/]+$")]
    skäl: Text
    slut: When


@model
class Inställningar(Model):
    """All of kvalitet.yaml; every key is optional."""

    kind: ClassVar[str] = "inställningarna"
    format: WholeNumber = FORMAT
    regler: Annotated[dict[Text, Regelval], few] = field(default_factory=dict)
    undantag: Annotated[tuple[Undantag, ...], few] = ()
