"""Plain data to models; pydantic's errors, by their type, to Swedish findings (design 6).

A faulty field is left out and told; the rest of the object is kept, so that it is still known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kvalitet import svenska
from kvalitet.findings import Finding, Place, Route, found
from kvalitet.model.text import ID_PATTERN, Model
from kvalitet.source.reader import BROKEN

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A validated object, or None; what is wrong with it; the keys that could not be used."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    faulty: frozenset[str] = frozenset()


def check(model: type[T], raw: Any, place: Place) -> Checked[T]:
    """Validates one object that stands at `place`."""
    return check_many(model, [(raw, place)])[0]


def check_many(model: type[T], items: Sequence[tuple[Any, Place]]) -> list[Checked[T]]:
    """Validates many objects of a kind, each alone: a fault in one costs only its own field."""
    try:
        values = _list_of(model).validate_python(  # type: ignore[arg-type]
            [raw for raw, _ in items]
        )
    except ValidationError:
        return [_check_alone(model, raw, place) for raw, place in items]
    return [Checked(value) for value in values]


@cache
def _one_of(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


@cache
def _list_of(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(list[model])


def _check_alone(model: type[T], raw: Any, place: Place) -> Checked[T]:
    broken: set[Route] = set()
    data = _without_broken(raw, (), broken)
    faulty = {str(route[0]) for route in broken if route}
    if data is BROKEN:
        return Checked(None)
    findings: list[Finding] = []
    while True:
        try:
            value = _one_of(model).validate_python(data)  # type: ignore[arg-type]
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            return Checked(value, tuple(findings), frozenset(faulty))
        for one in errors:
            told = one["loc"] in broken or (one["loc"] and one["loc"][0] in faulty)
            if not (told and one["type"].startswith("missing")):
                findings.append(_finding(model, one, data, place))
        bad = {str(one["loc"][0]) for one in errors if one["loc"]}
        faulty |= bad
        if not isinstance(data, dict) or not bad & data.keys():
            return Checked(None, tuple(findings), frozenset(faulty))
        data = {key: value for key, value in data.items() if key not in bad}


def _without_broken(raw: Any, route: Route, broken: set[Route]) -> Any:
    if raw is BROKEN:
        broken.add(route)
        return BROKEN
    if isinstance(raw, dict):
        pairs = ((k, _without_broken(v, (*route, k), broken)) for k, v in raw.items())
        return {key: value for key, value in pairs if value is not BROKEN}
    if isinstance(raw, list):
        values = (_without_broken(v, (*route, i), broken) for i, v in enumerate(raw))
        return [value for value in values if value is not BROKEN]
    return raw


def _finding(model: type[Model], error: Any, data: Any, place: Place) -> Finding:
    route, part = _route(error["loc"], data, model.unwritten)
    at = Place(place.path, place.route + route, part)
    say = _BY_TYPE.get(error["type"], _other)
    return say(at, error, model)


def _route(loc: tuple[str | int, ...], data: Any, unwritten: str) -> tuple[Route, Any]:
    """pydantic's location as a route: steps that do not exist in the data are passed over."""
    route: list[str | int] = []
    for step in loc:
        if step == "[key]":
            return tuple(route), "key"
        if (isinstance(data, dict) and step in data) or _is_index(step, data):
            data = data[step]
            if step != unwritten:
                route.append(step)
    return tuple(route), "value"


def _is_index(step: str | int, data: Any) -> bool:
    return isinstance(step, int) and isinstance(data, list) and step < len(data)


def keys_of(model: type[Model]) -> list[str]:
    """The keys that a model takes, as users write them."""
    return [str(field.validation_alias or name) for name, field in _fields(model).items()]


def _fields(model: type[Model]) -> dict[str, FieldInfo]:
    fields: dict[str, FieldInfo] = getattr(model, "__pydantic_fields__")  # noqa: B009 -- not on Model
    return fields


def did_you_mean(word: str, candidates: Sequence[str]) -> str:
    """A hint with the nearest candidate, or else all of them where they are few."""
    near = svenska.suggest(word, candidates)
    if near:
        return f'Menade du "{near}"?'
    if len(candidates) <= 12:
        return f"Här kan stå {svenska.join(list(candidates), 'eller')}."
    return ""


def _unknown_key(at: Place, error: Any, model: type[Model]) -> Finding:
    key = str(error["loc"][-1])
    owner = _owner(model, error["loc"])
    hint = did_you_mean(key, keys_of(owner))
    return found(
        "R201", Place(at.path, at.route, "key"), f'Okänd nyckel "{key}" i {owner.kind}', hint
    )


def _owner(model: type[Model], loc: tuple[str | int, ...]) -> type[Model]:
    """The model inside `model` that an error is about, found along its location."""
    for step in loc[:-1]:
        for name, field in _fields(model).items():
            if step in (name, field.validation_alias):
                inner = _models_in(field.annotation)
                model = inner or model
    return model


def _models_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if inner := _models_in(part):
            return inner
    return None


def _missing(at: Place, error: Any, model: type[Model]) -> Finding:
    key = error["loc"][-1]
    if not at.route and isinstance(error["input"], dict):
        at = at.key(next(iter(error["input"])))
    owner = _owner(model, error["loc"])
    return found("R202", at, f'"{key}" saknas i {owner.kind}', f'Lägg till en rad med "{key}".')


def _wrong_kind(at: Place, error: Any, model: type[Model]) -> Finding:
    expected = {
        "string_type": "text",
        "list_type": "en lista",
        "tuple_type": "en lista",
    }.get(error["type"], "nycklar och värden")
    value = error["input"]
    stands = (
        "en lista"
        if isinstance(value, list | tuple)
        else ("nycklar och värden" if isinstance(value, dict) else "text")
    )
    return found(
        "R203", at, f"Här väntades {expected}, men det står {stands}", _KIND_HINTS[expected]
    )


_KIND_HINTS = {
    "text": "Skriv värdet på samma rad, eller efter | på nästa.",
    "en lista": "Skriv en punkt per rad, med bindestreck: - värde",
    "nycklar och värden": "Skriv nyckel: värde på raderna under, med indrag.",
}


def _word(at: Place, error: Any, model: type[Model]) -> Finding:
    allowed = error["ctx"]["allowed"].split(", ")
    word = error["input"]
    return found(
        "R206", at, f'"{word}" hör inte till de tillåtna orden', did_you_mean(word, allowed)
    )


def _bad_id(at: Place, error: Any, model: type[Model]) -> Finding:
    if error["ctx"]["pattern"] != ID_PATTERN:
        return _form("Skriv planens mapp, snedstreck och id, som barn-och-familj/risk-1.")(
            at, error, model
        )
    return found(
        "R207",
        at,
        f'"{svenska.shorten(error["input"], 40)}" duger inte som id',
        "Ett id har små bokstäver a-z, siffror och bindestreck, och börjar med en bokstav.",
    )


def _reason(code: str, hint: str) -> Callable[[Place, Any, type[Model]], Finding]:
    def say(at: Place, error: Any, model: type[Model]) -> Finding:
        return found(code, at, error["ctx"]["reason"], hint)

    return say


def _same_period(at: Place, error: Any, model: type[Model]) -> Finding:
    first, second = error["ctx"]["first"], error["ctx"]["second"]
    message = f'"{first}" och "{second}" är samma period'
    return found("R242", at.key(second), message, "Behåll den ena.")


def _form(hint: str) -> Callable[[Place, Any, type[Model]], Finding]:
    def say(at: Place, error: Any, model: type[Model]) -> Finding:
        value = svenska.shorten(str(error["input"]), 40)
        return found("R212", at, f'"{value}" har fel form', hint)

    return say


_other = _form("Jämför med handboken.")

_BY_TYPE: dict[str, Callable[[Place, Any, type[Model]], Finding]] = {
    "unexpected_keyword_argument": _unknown_key,
    "missing_keyword_only": _missing,
    "missing": _missing,
    "string_type": _wrong_kind,
    "list_type": _wrong_kind,
    "tuple_type": _wrong_kind,
    "dict_type": _wrong_kind,
    "dataclass_type": _wrong_kind,
    "word": _word,
    "string_pattern_mismatch": _bad_id,
    "period": _reason(
        "R208",
        "År 2020, halvår 2020-H1, tertial 2020-T1, kvartal 2020-K1, månad 2020-03, dag 2020-03-31.",
    ),
    "number": _reason("R204", "Skriv talet med siffror och utan enhet, som 12."),
    "truth": _reason("R205", "Skriv ja eller nej."),
    "target": _reason("R209", "Skriv minst 84, högst 90, 81-85 eller 84."),
    "incomplete": _reason("R202", "Lägg till det som saknas, och ta bort det som är för mycket."),
    "same_period": _same_period,
    "answer_scale": _form("Skriv lägsta och högsta svar, som 1-5."),
    "year": _form("Skriv ett år med fyra siffror, som 2026."),
    "string_too_long": _form("Skriv ett eller två tecken."),
}
