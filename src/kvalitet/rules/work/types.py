"""The free word `typ`: one that is nearly another one is most likely that."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, takewhile

from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.model.thing import Egenkontroll, Ting
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.risks.controls import INTERNAL
from kvalitet.rules.risks.standing import family
from kvalitet.svenska import more

_MANY = 3
_LONG = 8
"""So many letters that two words that differ by one are hardly two words."""
_ALSO_INTERNAL = (INTERNAL, "internakontroll")


def _has_types(case: Case) -> bool:
    return any(_own_types(case.plan))


@rule("R344", "ids", concerns=_has_types)
def near_another_type(case: Case) -> Iterator[Finding]:
    """A `typ` of the plan's own that is nearly one that others of its kind have, spelt otherwise
    or a letter from one that many have; and one of a self-check that is nearly `internkontroll`
    (example README: a free word), where there is a plan of internal control to stand in."""
    plan = case.plan
    used: dict[type[Model], Counter[str]] = {}
    for thing in plan.things.values():
        if isinstance(thing, Ting) and thing.typ:
            used.setdefault(type(thing), Counter())[thing.typ] += 1
    has_internal = _has_internal(case)
    told: dict[tuple[type[Model], str], list[str]] = {}
    for id, kind, typ in _own_types(plan):
        told.setdefault((kind, typ), []).append(id)
    for (kind, typ), ids in told.items():
        may_be_internal = kind is Egenkontroll and has_internal and _is_nearly_internal(typ)
        meant = INTERNAL if may_be_internal else _meant(typ, used.get(kind, {}))
        if meant:
            hint = f"Skriv {meant} om det är samma slag."
            if meant == INTERNAL and kind is Egenkontroll:
                hint = f"Skriv {meant}: annars kommer kontrollen inte med i internkontrollen."
            message = f'Typen "{typ}" är nästan "{meant}"{more(len(ids) - 1, "gång", "gånger")}'
            yield found("R344", plan.place(ids[0], "typ"), message, hint)


def _own_types(plan: Plan) -> Iterator[tuple[str, type[Model], str]]:
    """The things to which the plan's own files give a `typ`."""
    for id, thing in plan.own.items():
        if isinstance(thing, Ting) and thing.typ and (id, "typ") not in plan.gaps.fields:
            yield id, type(thing), thing.typ


def _has_internal(case: Case) -> bool:
    """Whether a report of the plan, of one that it inherits from or of a part has a section of
    internal control, or a self-check of it is one."""
    plans = family(case)
    lists = chain.from_iterable(plan.rapporter.values() for plan in plans)
    if any(section.del_ == INTERNAL for report in lists for section in report.sections()):
        return True
    return any(each.typ == INTERNAL for plan in plans for each in plan.all(Egenkontroll))


def _is_nearly_internal(typ: str) -> bool:
    folded = _folded(typ)
    return typ != INTERNAL and (
        folded.startswith(_ALSO_INTERNAL) or _is_a_letter_off(folded, INTERNAL)
    )


def _meant(typ: str, used: Mapping[str, int]) -> str:
    """The other type, more used or used before, that a type is nearly; "" where there is none."""
    folded = _folded(typ)
    for other in sorted(used, key=lambda other: -used[other]):
        if other == typ:
            return ""
        near = _folded(other)
        if near == folded:
            return other
        if used[typ] == 1 and used[other] >= _MANY and _is_a_letter_off(folded, near):
            return other
    return ""


def _folded(text: str) -> str:
    """The letters and digits alone, small and without dots."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", text.casefold())))


def _is_a_letter_off(one: str, other: str) -> bool:
    """Whether one letter is lacking, too many, wrong or at its neighbour's place, in a long word
    that begins alike (oplanerad is not planerad) and has no number."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG or one[0] != other[0] or not (one + other).isalpha():
        return False
    pairs = zip(short, long, strict=False)
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    here, there = short[alike:], long[alike:]
    if len(short) != len(long):
        return here == there[1:]
    return here[1:] == there[1:] or (here[1::-1] == there[:2] and here[2:] == there[2:])
