"""What an indicator is computed from, and what follows from that, one part after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from graphlib import CycleError, TopologicalSorter
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar

from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered

T = TypeVar("T")
Answer = TypeVar("Answer")
Question = ParamSpec("Question")


def parts_of(indicator: Indikator) -> tuple[str, ...]:
    """The ids that an indicator is computed from, () of one with rows of its own."""
    return indicator.beräkning.parts if indicator.beräkning else ()


def is_whole(plan: Plan, id: str) -> bool:
    """Whether the indicator and all that it is computed from are there, and in no ring."""
    return id in _places(plan)


def from_parts(
    answer: Callable[Concatenate[Plan, Indikator, Sequence[Answer], Question], Answer],
) -> Callable[Concatenate[Plan, str, Question], Answer]:
    """A function of an indicator that is whole, by one that is given the answers of its parts. The
    plan remembers them, so no part is asked twice; and none is asked by another, since a
    computation may have more steps than calls can be nested."""

    @wraps(answer)
    def answered(plan: Plan, id: str, /, *asked: Question.args, **named: Question.kwargs) -> Answer:
        known: dict[str, Answer]
        known = plan.memory.setdefault((answer, asked, *named.items()), {})
        for each in _unknown(plan, id, known):
            parts = [known[part] for part in parts_of(each)]
            known[each.id] = answer(plan, each, parts, *asked, **named)
        return known[id]

    return answered


def together(*sets: frozenset[T]) -> frozenset[T]:
    """All that is in any of the sets. Where only one has anything it is that one itself: a long
    computation else holds as many of the same as it has steps."""
    filled = {id(each): each for each in sets if each}
    return next(iter(filled.values())) if len(filled) == 1 else frozenset().union(*filled.values())


def _unknown(plan: Plan, id: str, known: Mapping[str, object]) -> Sequence[Indikator]:
    """The indicator and what it is computed from, each after its parts, but for what is known."""
    unknown: dict[str, Indikator] = {}
    waiting = [id]
    while waiting:
        indicator = plan.get(Indikator, waiting.pop())
        if indicator and indicator.id not in known and indicator.id not in unknown:
            unknown[indicator.id] = indicator
            waiting.extend(parts_of(indicator))
    places = _places(plan)
    return sorted(unknown.values(), key=lambda each: places[each.id])


@remembered
def _places(plan: Plan) -> Mapping[str, int]:
    """Each indicator that is whole, numbered so that it comes after all that it is computed
    from."""
    sorter = TopologicalSorter({each.id: parts_of(each) for each in plan.all(Indikator)})
    with suppress(CycleError):
        sorter.prepare()
    numbers = count()
    places: dict[str, int] = {}
    while ready := [id for id in sorter.get_ready() if plan.get(Indikator, id)]:
        places |= zip(ready, numbers, strict=False)
        sorter.done(*ready)
    return places
