"""The kinds of text that values are made of: id, period, number, truth, word of a closed list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from kvalitet import svenska
from kvalitet.period import FREQUENCIES, Period

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class Model:
    """A frozen mapping with a closed set of keys. `kind` and `a_kind` are what users call it;
    `unwritten` names a field that gathers what users write directly, so that it is no step of a
    route."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    kind: ClassVar[str] = "posten"
    a_kind: ClassVar[str] = "en post"
    unwritten: ClassVar[str] = ""


M = TypeVar("M", bound=Model)


def nothing() -> Any:
    """The default of a mapping: one empty mapping for all, since most things say nothing."""
    return _NOTHING


_MOST_ITEMS = 1000
_MOST_IDS = 10_000
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def model(cls: type[M]) -> type[M]:
    """Makes a frozen dataclass with slots of a model. `shape` validates it by pydantic; one that
    is made by its name is not checked (docs/decisions/0007)."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


def changed(thing: M, said: Mapping[str, Any]) -> M:
    """The same thing with other values of some fields, which are valid already."""
    new = copy(thing)
    for key, value in said.items():
        object.__setattr__(new, key, value)
    return new


def parsed(kind: str, parse: Callable[[str], Any]) -> PlainValidator:
    """A validator by a parser of text; the Swedish reason of its ValueError goes into the
    finding."""

    def validate(value: Any) -> Any:
        if type(value) is not str:
            raise PydanticCustomError("string_type", "text expected")
        try:
            return parse(value)
        except PydanticCustomError:
            raise
        except ValueError as error:
            raise PydanticCustomError(kind, "{reason}", {"reason": str(error)}) from None

    return PlainValidator(validate)


def word_of(*words: str) -> PlainValidator:
    """A validator for a closed list of words."""

    def validate(value: Any) -> str:
        if type(value) is not str:
            raise PydanticCustomError("string_type", "text expected")
        if value not in words:
            raise PydanticCustomError("word", "{allowed}", {"allowed": ", ".join(words)})
        return value

    return PlainValidator(validate)


def incomplete(reason: str) -> PydanticCustomError:
    """The error of an object whose keys do not make a whole; `reason` is told to users."""
    return PydanticCustomError("incomplete", "{reason}", {"reason": reason})


def out_of_range(text: str, reason: str) -> PydanticCustomError:
    """The error of a number that can be read and not be used; `reason` is told to users."""
    return PydanticCustomError("out_of_range", "{reason}", {"reason": f'"{text}" {reason}'})


def count(text: str) -> int:
    """The whole number, from 0, that a text spells; ValueError in Swedish otherwise."""
    number = svenska.whole_number(text)
    if number < 0:
        raise out_of_range(text, "är för litet: skriv 0 eller mer")
    return number


def is_period(text: Any) -> bool:
    """Whether a key spells a period."""
    try:
        return type(text) is str and text[:1].isdigit() and bool(Period.parse(text))
    except ValueError:
        return False


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _alone_or_dated(told_apart_by: Callable[[Period], Any]) -> BeforeValidator:
    def validate(value: Any) -> Any:
        if not isinstance(value, dict) or None in value:
            return {None: value}
        _require_few(value)
        spellings: dict[Any, str] = {}
        for text in value:
            try:
                period = Period.parse(text)
            except ValueError:
                continue
            first = spellings.setdefault(told_apart_by(period), text)
            if first != text:
                same = "är samma period" if Period.parse(first) == period else "börjar samma dag"
                context = {"first": first, "second": text, "same": same}
                raise PydanticCustomError("same_period", "{first}", context)
        return value

    return BeforeValidator(validate)


def _require_few(value: Any, most: int = _MOST_ITEMS) -> Any:
    """Refuses a list or a mapping of more than anybody writes before its items are looked at: each
    may have many errors."""
    if isinstance(value, list | dict) and len(value) > most:
        raise PydanticCustomError("too_long", "{most}", {"most": most})
    return value


few = BeforeValidator(_require_few)
Text = str
Ids = Annotated[tuple[Text, ...], BeforeValidator(partial(_require_few, most=_MOST_IDS))]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
When = Annotated[Period, parsed("period", Period.parse)]
Number = Annotated[Fraction, parsed("number", svenska.number)]
WholeNumber = Annotated[int, parsed("number", count)]
Truth = Annotated[bool, parsed("truth", svenska.truth)]
Frequency = Annotated[str, word_of(*FREQUENCIES)]
OneOrMany = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]


def _period_or_always(value: Any) -> Period | None:
    if value is None:
        return None
    try:
        return Period.parse(value)
    except ValueError as error:
        raise PydanticCustomError("period", "{reason}", {"reason": str(error)}) from None


Always = Annotated[Period | None, PlainValidator(_period_or_always)]
alone_or_dated = _alone_or_dated(lambda period: period)
"""A value standing alone always holds: it is kept under the period None (design 3.4)."""
alone_or_from = _alone_or_dated(lambda period: period.first)
"""The same of what holds from the period's first day: no two begin on one day."""
