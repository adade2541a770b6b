"""Which keys the models take, and which of them, or of other words, was meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_type_hints

from kvalitet import svenska
from kvalitet.model.text import Model

_FEW = 12
_MOST_LIKELY = 10
_MOST_COMPARED = 50_000
_LEAST = 50


def did_you_mean(word: str, candidates: Sequence[str]) -> str:
    """A hint with the nearest candidate, or else all of them where they are few."""
    near = svenska.suggest(word, candidates)
    if near:
        return f'Menade du "{near}"?'
    if 0 < len(candidates) <= _FEW:
        return f"Här kan stå {svenska.join(list(candidates), 'eller')}."
    return ""


class Allowance:
    """How many candidates the misspelt words of one kind may be compared with. Findings may be
    thousands, and things too: the first get a hint, the rest when those are mended. To find that
    there is no candidate takes time too."""

    def __init__(self) -> None:
        self._left = _MOST_COMPARED

    def of(self, candidates: Iterable[str]) -> tuple[str, ...]:
        """The candidates for one word; none where the words before it have used them up."""
        allowed = tuple(candidates) if self._left > 0 else ()
        self._left -= max(len(allowed), _LEAST)
        return allowed


def keys_of(model: type[Model]) -> list[str]:
    """The keys that a model takes, as users write them; its own before those that others share."""
    parent = model.__mro__[1]
    shared = _fields(parent) if is_dataclass(parent) else {}
    own = _fields(model)  # type: ignore[arg-type]
    return sorted(own, key=lambda key: key in shared)


def which_key(key: str, keys: Sequence[str], near: Allowance) -> str:
    """A hint with the nearest key, or else the most likely ones: those that come first."""
    some = svenska.join(keys[:_MOST_LIKELY])
    return did_you_mean(key, near.of(keys)) or f"Här kan bland annat stå {some}."


def owner(model: type[Model], loc: tuple[str | int, ...]) -> type[Model]:
    """The model inside `model` that an error is about, found along its location."""
    for step in loc[:-1]:
        kinds = _fields(model)  # type: ignore[arg-type]
        if step in kinds:
            model = _models_in(kinds[str(step)]) or model
    return model


def _models_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if inner := _models_in(part):
            return inner
    return None


@cache
def _fields(model: Any) -> dict[str, Any]:
    """The types of a model's fields by key; a key that is a Python word has a _ after it there."""
    hints = get_type_hints(model)
    return {field.name.rstrip("_"): hints[field.name] for field in fields(model)}
