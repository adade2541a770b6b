"""Indicators, their targets and computations, and what must hold between them (design 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from kvalitet import svenska
from kvalitet.model.text import (
    Always,
    Frequency,
    Ids,
    Model,
    Text,
    Truth,
    When,
    WholeNumber,
    alone_or_dated,
    count,
    few,
    incomplete,
    is_period,
    model,
    nothing,
    out_of_range,
    parsed,
    word_of,
)
from kvalitet.model.thing import Ting

SINCE_JANUARY = "ackumulerat"
ON_A_DAY = "ögonblick"
"""The `typ` of what is counted from 1 January, and of what is so on the last day of a period."""

_RANGE = re.compile(r"([^-–−]+)[-–]([^-–−]+)\Z")
_MOST_DECIMALS = 6


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
    try:
        low, high = _bounds(text)
    except ValueError:
        raise ValueError(f'"{svenska.shorten(text, 40)}" är inget målvärde') from None
    if low is not None and high is not None and low > high:
        raise ValueError(f'"{text}" går från ett högre tal till ett lägre')
    return Målvärde(low, high, text)


def _bounds(text: str) -> tuple[Fraction | None, Fraction | None]:
    head, _, rest = text.partition(" ")
    if head in ("minst", "högst"):
        number = svenska.number(rest)
        return (number, None) if head == "minst" else (None, number)
    span = _RANGE.match(text)
    low, high = span.groups() if span else (text, text)
    return svenska.number(low.strip()), svenska.number(high.strip())


KNOWN_UNITS = ("antal", "procent", "tkr", "medelvärde", "index")


def _unit(value: str) -> str:
    """A free word; one that differs from a known unit in case alone would be another unit."""
    if value not in KNOWN_UNITS and value.lower() in KNOWN_UNITS:
        raise PydanticCustomError("word", "{allowed}", {"allowed": value.lower()})
    return value


def _answer_scale(text: str) -> tuple[int, int]:
    match = re.match(r"(\d{1,3})-(\d{1,3})\Z", text, re.ASCII)
    if not match or int(match[1]) >= int(match[2]):
        raise ValueError(text)
    return int(match[1]), int(match[2])


def _decimals(text: str) -> int:
    number = count(text)
    if number > _MOST_DECIMALS:
        raise out_of_range(text, f"är för mycket: skriv högst {_MOST_DECIMALS}")
    return number


def _factor(text: str) -> Fraction:
    number = svenska.number(text)
    if number <= 0:
        raise out_of_range(text, "är för litet: skriv mer än 0")
    return number


def _by_whose(value: Any) -> Any:
    if isinstance(value, str):
        hint = f"Skriv vems målet är först: nämnden: {value}"
        raise PydanticCustomError("dict_type", "whose", {"hint": hint})
    dated = [key for key in value if is_period(key)] if isinstance(value, dict) else []
    if dated:
        raise PydanticCustomError("nobodys", "whose", {"key": dated[0]})
    return value


Target = Annotated[Målvärde, parsed("target", parse_target)]
Målvärden = Annotated[
    dict[Text, Annotated[dict[Always, Target], alone_or_dated]], few, BeforeValidator(_by_whose)
]


@model
class Beräkning(Model):
    """How an indicator without rows of its own is computed: a quotient times `per`, or a sum."""

    kind: ClassVar[str] = "beräkningen"
    täljare: Text | None = None
    nämnare: Text | None = None
    per: Annotated[Fraction, parsed("number", _factor)] | None = None
    summa: Ids = ()

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
    a_kind: ClassVar[str] = "en indikator"
    typ: Annotated[str, word_of("period", SINCE_JANUARY, ON_A_DAY)] = "period"
    måttenhet: Annotated[Text, AfterValidator(_unit)] = "antal"
    decimaler: Annotated[int, parsed("number", _decimals)] = 0
    riktning: Annotated[str, word_of("öka", "minska", "ingen")] = "ingen"
    frekvens: Frequency | None = None
    målvärden: Målvärden = field(default_factory=nothing)
    ingångsvärde: When | None = None
    beräkning: Beräkning | None = None
    summeras: Truth | None = None
    minsta_antal: WholeNumber | None = None
    svarsskala: Annotated[tuple[int, int], parsed("answer_scale", _answer_scale)] | None = None
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
    summa: Ids = ()
    är: Text = ""
    fallande: Ids = ()

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        total = bool(self.summa) + bool(self.är)
        if total != (0 if self.fallande else 2):
            raise incomplete("Sambandet ska ha summa och är, eller fallande")
        return self
