"""Plain data to models, each object alone, with findings for what is wrong.

A faulty field is left out and told; the rest of the object is kept, so that it is still known.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from kvalitet import svenska
from kvalitet.findings import MOST, Finding, Place, Route, too_many
from kvalitet.model.text import Model
from kvalitet.shape.keys import keys_of, owner
from kvalitet.shape.wording import finding
from kvalitet.source.data import BROKEN

T = TypeVar("T", bound=Model)

# Plugins of the machine have no say in what is valid; to look for them takes 10 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

_AT_A_TIME = 1000
_MOST_ERRORS = 2 * MOST
"""Of one object: of more it is not told which, since each takes a thousand bytes."""


class Checked(NamedTuple, Generic[T]):
    """A validated object, or None; what is wrong with it; the keys that could not be used."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    faulty: frozenset[str] = frozenset()


def check(model: type[T], raw: Any, place: Place) -> Checked[T]:
    """Validates one object that stands at `place`."""
    return check_many(model, [(raw, place)])[0]


def check_many(model: type[T], items: Sequence[tuple[Any, Place]]) -> list[Checked[T]]:
    """Validates many objects of a kind, each alone: a fault in one costs only its own field. Where
    so many of a file are faulty that no more is told, the rest of it is not looked at."""
    checks: list[Checked[T]] = []
    told: Counter[str] = Counter()
    for start in range(0, len(items), _AT_A_TIME):
        some = items[start : start + _AT_A_TIME]
        if all(told[place.path] > MOST for _, place in some):
            checks.extend([_NOT_LOOKED_AT] * len(some))
            continue
        try:
            values = _list_of(model).validate_python(  # type: ignore[arg-type]
                [raw for raw, _ in some]
            )
        except ValidationError:
            for raw, place in some:
                room = MOST + 1 - told[place.path]
                alone = _check_alone(model, raw, place, room) if room > 0 else _NOT_LOOKED_AT
                told[place.path] += len(alone.findings)
                checks.append(alone)
        else:
            checks.extend(map(Checked, values))
    return checks


_NOT_LOOKED_AT: Checked[Any] = Checked(None)


@cache
def _one_of(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


@cache
def _list_of(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(list[model])


def _check_alone(model: type[T], raw: Any, place: Place, room: int) -> Checked[T]:
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
            if error.error_count() > _MOST_ERRORS:
                return Checked(None, (too_many(place),))
            errors = error.errors(include_url=False)
        else:
            return Checked(value, tuple(findings), frozenset(faulty))
        left = max(room - len(findings), 0)
        broken |= _meant(errors[:left], model)
        untold = islice(_untold(errors, broken, faulty), left)
        findings.extend(_finding(model, one, data, place) for one in untold)
        bad = {str(one["loc"][0]) for one in errors if one["loc"]}
        faulty |= bad
        if not isinstance(data, dict) or not bad & data.keys():
            return Checked(None, tuple(findings), frozenset(faulty))
        faulty |= {str(route[0]) for route in broken if len(route) == 1} - data.keys()
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


def _meant(errors: Sequence[Any], model: type[Model]) -> set[Route]:
    """The keys that unknown ones most likely misspell: that these are lacking is told with that."""
    meant: set[Route] = set()
    for error in errors:
        if error["type"] == "unexpected_keyword_argument":
            *above, key = error["loc"]
            near = svenska.suggest(str(key), keys_of(owner(model, error["loc"])))
            meant |= {(*above, near)} if near else set()
    return meant


def _untold(errors: Sequence[Any], broken: set[Route], faulty: set[str]) -> list[Any]:
    """The errors that have no finding yet, with all keys that an object lacks in one of them."""
    others: list[Any] = []
    lacking: dict[Route, Any] = {}
    for error in errors:
        loc = error["loc"]
        if not error["type"].startswith("missing"):
            others.append(error)
        elif loc not in broken and loc[0] not in faulty:
            lacking.setdefault(loc[:-1], {**error, "keys": []})["keys"].append(loc[-1])
    return [*others, *lacking.values()]


def _finding(model: type[Model], error: Any, data: Any, place: Place) -> Finding:
    route, part = _route(error["loc"], data, model.unwritten)
    return finding(Place(place.path, place.route + route, part), error, model)


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
