"""Scales: named, ordered lists of steps, and the ones that are built in (design 3.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from kvalitet.model.text import Always, Model, Number, Text, alone_or_from, few, model, word_of

AXES = ("sannolikhet", "allvarlighetsgrad")
BY_SCORE = ("nivå", "uppfyllelse")
"""The scales that may be computed by `från`: of a score, and of a share reached."""
FOR_RISKS_ONLY = ("accepterad", "avslutad")
STANDS_FOR = ("läge", "tidplan", "kontrollresultat")
"""The scales whose own steps say with `som` which built-in step they stand for."""

Färg = Annotated[str, word_of("grön", "gul", "orange", "röd", "blå", "grå")]


@model
class Steg(Model):
    """A step. `från` and `rutor` tell where a computed step begins; without them it is judged."""

    kind: ClassVar[str] = "steget"
    namn: Text
    färg: Färg | None = None
    symbol: Annotated[str, Field(max_length=2)] = ""
    beskrivning: Text = ""
    som: Text | None = None
    från: Number | None = None
    rutor: tuple[Text, ...] = ()


def _named(value: Any) -> Any:
    return {"namn": value} if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


def _dated_by_lists(value: dict[Any, Any]) -> dict[Any, Any]:
    """Keys that hold no list are no periods: the steps themselves were written as keys."""
    is_dated = any(isinstance(steps, list | tuple) for steps in value.values())
    return value if is_dated or None in value or not value else {None: value}


Stegen = Annotated[
    tuple[Annotated[Steg, BeforeValidator(_named)], ...], few, BeforeValidator(_listed)
]


@model
class Skala(Model):
    """A scale: its steps, lowest first, alone or by the period from which they hold."""

    kind: ClassVar[str] = "skalan"
    unwritten: ClassVar[str] = "versioner"
    versioner: Annotated[dict[Always, Stegen], BeforeValidator(_dated_by_lists), alone_or_from]


def _scale(*steps: str | dict[str, str]) -> Skala:
    named = [{"namn": step} if isinstance(step, str) else step for step in steps]
    return Skala(versioner={None: tuple(_step(**values) for values in named)})


def _step(från: str | None = None, **values: Any) -> Steg:
    return Steg(från=None if från is None else Fraction(från), **values)


BUILT_IN_STEPS: dict[str, tuple[str | dict[str, str], ...]] = {
    "sannolikhet": ("osannolik", "mindre sannolik", "möjlig", "sannolik"),
    "allvarlighetsgrad": ("mindre", "måttlig", "betydlig", "hög"),
    "nivå": (
        {"namn": "grön", "från": "1", "färg": "grön", "symbol": "●",
         "beskrivning": "Låg risk, som godtas"},
        {"namn": "gul", "från": "4", "färg": "gul", "symbol": "◆",
         "beskrivning": "Betydande risk, som kräver en åtgärd"},
        {"namn": "röd", "från": "9", "färg": "röd", "symbol": "■",
         "beskrivning": "Kritisk risk, som kräver en åtgärd genast"},
    ),
    "läge": (
        {"namn": "ej påbörjad", "symbol": "○"},
        {"namn": "pågår", "symbol": "▶"},
        {"namn": "klar", "symbol": "✓"},
        {"namn": "avbruten", "symbol": "✕"},
        {"namn": "ej aktuell", "symbol": "–"},
        {"namn": "accepterad", "symbol": "◇"},
        {"namn": "avslutad", "symbol": "□"},
    ),
    "tidplan": (
        {"namn": "följer tidplan", "färg": "grön", "symbol": "●"},
        {"namn": "risk för försening", "färg": "gul", "symbol": "◆"},
        {"namn": "försenad", "färg": "röd", "symbol": "■"},
    ),
    "uppfyllelse": ("inte", "delvis", "helt"),
    "kontrollresultat": (
        "utan anmärkning", "mindre anmärkning", "anmärkning", "kan ej bedömas", "ej genomförd",
    ),
    "kön": ("kvinnor", "män"),
    "lagrum": ("SoL", "LSS", "LVU", "LVM", "HSL"),
    "serie": ("utfall", "prognos", "ingångsvärde", "riket", "liknande"),
}  # fmt: skip


def built_in() -> dict[str, Skala]:
    """The scales that every plan has unless it redefines them (design 3.5)."""
    return {name: _scale(*steps) for name, steps in BUILT_IN_STEPS.items()}
