"""The texts of a row to what it is about (`Key`) and what it says (`Cell`), or to its faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from kvalitet import svenska
from kvalitet.model.plan import Plan
from kvalitet.model.scale import Skala
from kvalitet.period import Period
from kvalitet.scales import steps, told_of
from kvalitet.series import excel
from kvalitet.series.data import MARKS, Cell, Key
from kvalitet.series.ledger import Fault, faults, listed, quoted, reason

T = TypeVar("T")
_Value: TypeAlias = tuple[Fraction | None, Fraction | None, Fraction | None, str]
"""The first four fields of a `Cell`: värde, antal, av, märke."""

_SHARE = re.compile(r"(.+?)(?<!\s)\s++av\s++(.+)")  # reads a cell of spaces only once
_MOST_KEPT = 2**16
_ALL = ("alla", "samtliga", "totalt", "total")
_KINDS_OF_VALUE = "Skriv ett tal, en andel som 28 av 44, eller u.s., e.m., e.t., x."


def clean(text: str) -> str:
    """The text of a cell without space around it, in composed form (design 3.1)."""
    return unicodedata.normalize("NFC", text.strip())


class Parsed(dict["str | tuple[str, ...]", T | None], Generic[T]):
    """Texts from a row → what they say, parsed the first time they are seen; faulty ones: None."""

    def __init__(self, parse: Callable[[tuple[str, ...]], T | tuple[Fault, ...]]) -> None:
        super().__init__()
        self._parse = lru_cache(maxsize=1024)(parse)

    def __missing__(self, texts: str | tuple[str, ...]) -> T | None:
        outcome = self._parse(_several(texts))
        if isinstance(outcome, tuple):
            return None
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[texts] = outcome
        return outcome

    def faults(self, texts: str | tuple[str, ...]) -> tuple[Fault, ...]:
        """Why the texts say nothing."""
        outcome = self._parse(_several(texts))
        return outcome if isinstance(outcome, tuple) else ()


def _several(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    """An itemgetter of one column gives the text itself."""
    return (texts,) if isinstance(texts, str) else texts


def key_of(columns: tuple[str, ...], texts: Iterable[str], plan: Plan) -> Key | tuple[Fault, ...]:
    """What a row with such cells is about; every faulty cell is a fault of its own."""
    said = dict(zip(columns, map(clean, texts), strict=True))
    period = period_in("period", said.pop("period"))
    text = said.pop("gäller_från", "")
    told = period_in("gäller_från", text) if text else None
    if isinstance(period, Fault):
        return faults(period, told)
    placed = {name: _step(plan, name, step, period) for name, step in said.items() if step}
    wrong = faults(told, *placed.values())
    if wrong or isinstance(told, Fault):
        return wrong
    names = {name: step for name, step in placed.items() if isinstance(step, str)}
    serie = names.pop("serie", "utfall")
    return Key(period, serie, tuple(sorted(names.items())), told)


def period_in(column: str, text: str) -> Period | Fault:
    """The period that a cell holds (R504, R506)."""
    if not text:
        return empty(column, "Skriv en period, som 2020, 2020-T1 eller 2020-03.")
    try:
        return Period.parse(text)
    except ValueError as error:
        hint = excel.period_hint(text)
        return Fault("R504", reason(error) if hint else str(error), hint, column)


def empty(column: str, hint: str) -> Fault:
    """A cell that must say something says nothing (R506)."""
    return Fault("R506", f'Cellen i kolumnen "{column}" är tom', hint, column)


def _step(plan: Plan, column: str, name: str, period: Period) -> str | Fault:
    """The step as valid on the period's last day (R507); of a faulty scale any word will do."""
    scale = plan.skalor.get(column)
    if column in plan.gaps.scales or scale is None:
        return name
    names = _names(scale, period)
    if name in names:
        return name
    message = f'{quoted(name)} finns inte på skalan "{column}"'
    if name.casefold() in _ALL and column != "serie":
        return Fault("R507", message, "Lämna cellen tom för alla.", column)
    if scale.versioner.keys() != {None}:
        message += f" den {svenska.date_text(period.last)}{told_of(scale, name, period.last)}"
    return Fault("R507", message, f"Stegen är {listed(names)}.", column, name, names)


def _names(scale: Skala, period: Period) -> tuple[str, ...]:
    return tuple(step.namn for step in steps(scale, period.last))


def cell_of(columns: tuple[str, ...], texts: Iterable[str]) -> Cell | tuple[Fault, ...]:
    """What a row with such cells says; every faulty cell is a fault of its own."""
    said = dict(zip(columns, map(clean, texts), strict=True))
    value = _value(said["värde"])
    rate = _response_rate(said.get("svarsfrekvens", ""))
    answers = _answers(said.get("antal_svar", ""))
    if isinstance(value, Fault) or isinstance(rate, Fault) or isinstance(answers, Fault):
        return faults(value, rate, answers)
    return Cell(*value, said["värde"], rate, answers, said.get("anm", ""))


def _value(text: str) -> _Value | Fault:
    if text in MARKS:
        return None, None, None, text
    if not text:
        hint = "Skriv u.s. (uppgift saknas), e.m. (ej mätt), e.t. (ej tillämplig), x eller 0."
        return empty("värde", hint)
    share = _SHARE.fullmatch(text) if "av" in text else None
    try:
        if share:
            return _share(text, *map(svenska.whole_number, share.groups()))
        return _percent(text), None, None, ""
    except ValueError as error:
        hint = excel.value_hint(text) or _KINDS_OF_VALUE
        return Fault("R505", reason(error), hint, "värde")


def _share(text: str, antal: int, av: int) -> _Value | Fault:
    if av > 0 and 0 <= antal <= av:
        return Fraction(100 * antal, av), Fraction(antal), Fraction(av), ""
    message, hint = f"{quoted(text)} är ingen del av det hela", "Står talen i rätt ordning?"
    if min(antal, av) < 0:
        hint = "Talen får inte vara negativa."
    elif av == 0:
        message, hint = f"{quoted(text)} är en andel av noll", "Fanns inget att räkna: skriv e.t."
    return Fault("R516", message, hint, "värde")


def _percent(text: str) -> Fraction:
    return svenska.number(text.removesuffix("%").rstrip())


def _response_rate(text: str) -> Fraction | Fault | None:
    if not text:
        return None
    try:
        rate = _percent(text)
    except ValueError:
        rate = Fraction(-1)
    if 0 < rate <= 1 and "%" not in text:
        hint = f"Skriv med procenttecken: {_in_percent(rate)} eller {text} %."
        return Fault("R513", f"{quoted(text)} kan läsas på två sätt", hint, "svarsfrekvens")
    if 0 <= rate <= 100:
        return rate
    return Fault(
        "R513", f"{quoted(text)} är ingen svarsfrekvens", _rate_hint(text), "svarsfrekvens"
    )


def _rate_hint(text: str) -> str:
    share = _value(text)
    if isinstance(share, tuple) and share[0] is not None and share[1] is not None:
        return f"Skriv {_in_percent(share[0] / 100)}, och {share[1]} i antal_svar."
    return "Skriv procent från 0 till 100, som 58 %, eller lämna cellen tom."


def _in_percent(share: Fraction) -> str:
    percent = 100 * share
    return f"{svenska.format_number(percent, 0 if percent.denominator == 1 else 1)} %"


def _answers(text: str) -> int | Fault | None:
    if not text:
        return None
    try:
        answers = svenska.whole_number(text)
    except ValueError:
        answers = -1
    if answers >= 0:
        return answers
    message = f"{quoted(text)} är inget antal svar"
    return Fault("R513", message, "Skriv ett heltal, eller lämna cellen tom.", "antal_svar")
