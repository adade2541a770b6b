"""Indicators, their targets and computations, and what must hold between them (design 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from kvalitet import svenska
from kvalitet.model.text import (
    Always,
    Frequency,
    Model,
    Number,
    Text,
    Truth,
    When,
    WholeNumber,
    alone_or_dated,
    incomplete,
    model,
    nothing,
    word_of,
)
from kvalitet.model.thing import Ting

_RANGE = re.compile(r"([^-–−]+)[-–]([^-–−]+)\Z")


@dataclass(frozen=True, slots=True)
class Målvärde:
    """A target: from `lägst` to `högst`, ends included; None is open. `text` is as written."""

    lägst: Fraction | None
    högst: Fraction | None
    text: str

    def reached_by(self, value: Fraction) -> bool:
        """Whether an unrounded value reaches the target."""
        return (self.lägst is None or value >= self.lägst) and (
            self.högst is None or value <= self.högst
        )


def parse_target(text: str) -> Målvärde:
    """`minst N`, `högst N`, `N-N` or `N`; ValueError in Swedish otherwise."""
    head, _, rest = text.partition(" ")
    if head in ("minst", "högst"):
        number = svenska.number(rest)
        return Målvärde(number, None, text) if head == "minst" else Målvärde(None, number, text)
    span = _RANGE.match(text)
    if span:
        low, high = (svenska.number(part.strip()) for part in span.groups())
        if low > high:
            raise ValueError(f'"{text}" går från ett högre tal till ett lägre')
        return Målvärde(low, high, text)
    number = svenska.number(text)
    return Målvärde(number, number, text)


def _target(value: Any) -> Målvärde:
    if type(value) is not str:
        raise PydanticCustomError("string_type", "text expected")
    try:
        return parse_target(value)
    except ValueError as error:
        raise PydanticCustomError("target", "{reason}", {"reason": str(error)}) from None


def _answer_scale(value: Any) -> tuple[int, int]:
    match = re.match(r"(\d{1,3})-(\d{1,3})\Z", value, re.ASCII) if type(value) is str else None
    if not match or int(match[1]) >= int(match[2]):
        raise PydanticCustomError("answer_scale", "lowest-highest")
    return int(match[1]), int(match[2])


Målvärden = dict[
    Text, Annotated[dict[Always, Annotated[Målvärde, PlainValidator(_target)]], alone_or_dated]
]


@model
class Beräkning(Model):
    """How an indicator without rows of its own is computed: a quotient times `per`, or a sum."""

    kind: ClassVar[str] = "beräkningen"
    täljare: Text | None = None
    nämnare: Text | None = None
    per: Number | None = None
    summa: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        quotient = (self.täljare is not None) + (self.nämnare is not None)
        if quotient != (0 if self.summa else 2):
            raise incomplete("Beräkningen ska ha täljare och nämnare, eller summa")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids that it is computed from."""
        return self.summa or tuple(part for part in (self.täljare, self.nämnare) if part)


@model
class Indikator(Ting):
    """An indicator, or a group of indicators: one table, its `namn` the heading."""

    kind: ClassVar[str] = "indikatorn"
    typ: Annotated[str, word_of("period", "ackumulerat", "ögonblick")] = "period"
    måttenhet: Text = "antal"
    decimaler: WholeNumber = 0
    riktning: Annotated[str, word_of("öka", "minska", "ingen")] = "ingen"
    frekvens: Frequency | None = None
    målvärden: Målvärden = field(default_factory=nothing)
    ingångsvärde: When | None = None
    beräkning: Beräkning | None = None
    summeras: Truth | None = None
    minsta_antal: WholeNumber | None = None
    svarsskala: Annotated[tuple[int, int], PlainValidator(_answer_scale)] | None = None
    kod: Text = ""
    källa: Text = ""

    @property
    def adds_up(self) -> bool:
        """Whether the rows of a breakdown add up to the total (example README, `summeras`)."""
        if self.summeras is not None:
            return self.summeras
        return self.måttenhet in ("antal", "tkr") and self.beräkning is None

    @property
    def adds_up_over_time(self) -> bool:
        """Whether the values of shorter periods add up to that of a longer."""
        return self.adds_up and self.typ == "period"

    @property
    def per(self) -> Fraction:
        """What a quotient is multiplied by: 100 for procent, else 1, unless said."""
        if self.beräkning is not None and self.beräkning.per is not None:
            return self.beräkning.per
        return Fraction(100 if self.måttenhet == "procent" else 1)


@model
class Samband(Model):
    """What must hold between indicators at every period: a sum, or a falling order."""

    kind: ClassVar[str] = "sambandet"
    summa: tuple[Text, ...] = ()
    är: Text = ""
    fallande: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        total = bool(self.summa) + bool(self.är)
        if total != (0 if self.fallande else 2):
            raise incomplete("Sambandet ska ha summa och är, eller fallande")
        return self
