"""Which keys the models take, and which of them, or of other words, was meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic.fields import FieldInfo

from kvalitet import svenska
from kvalitet.model.text import Model

_FEW = 12
_MOST_LIKELY = 10


def did_you_mean(word: str, candidates: Sequence[str]) -> str:
    """A hint with the nearest candidate, or else all of them where they are few."""
    near = svenska.suggest(word, candidates)
    if near:
        return f'Menade du "{near}"?'
    if 0 < len(candidates) <= _FEW:
        return f"Här kan stå {svenska.join(list(candidates), 'eller')}."
    return ""


def keys_of(model: type[Model]) -> list[str]:
    """The keys that a model takes, as users write them; its own before those that others share."""
    shared = getattr(model.__mro__[1], "__pydantic_fields__", ())
    fields = sorted(_fields(model).items(), key=lambda named: named[0] in shared)
    return [str(field.validation_alias or name) for name, field in fields]


def which_key(key: str, keys: Sequence[str]) -> str:
    """A hint with the nearest key, or else the most likely ones: those that come first."""
    some = svenska.join(keys[:_MOST_LIKELY])
    return did_you_mean(key, keys) or f"Här kan bland annat stå {some}."


def owner(model: type[Model], loc: tuple[str | int, ...]) -> type[Model]:
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


def _fields(model: type[Model]) -> dict[str, FieldInfo]:
    fields: dict[str, FieldInfo] = getattr(model, "__pydantic_fields__")  # noqa: B009 -- not on Model
    return fields
