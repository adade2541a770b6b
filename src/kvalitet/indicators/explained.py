"""A value explained: by rows, by steps before it or by units, and what hinders a total of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kvalitet.figure import Tal
from kvalitet.indicators.arithmetic import NOT_APPLICABLE, SHARE
from kvalitet.indicators.rows import Sight
from kvalitet.indicators.totals import Otherwise, otherwise
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series import Row
from kvalitet.svenska import join, some

_WORDS = {
    "måttenhet": "en annan måttenhet gäller för {}",
    "definition": "en egen definition gäller för {}",
    "skala": "en egen skala gäller för {}",
    "delvis": "{} har egna rader bara för en del av tiden",
}


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What an indicator was, by which rows of its own or which other steps, or, where the plan has
    none of its own, by the values of its parts in `units`; `lacks` are those for which there is no
    total. Of all the rows that it rests on, `days` are the first and the last on which one ends,
    and `lacking` the ids, twenty at most, that should have rows and have none."""

    id: str
    tal: Tal
    rows: tuple[Row, ...] = ()
    parts: tuple[Step, ...] = ()
    days: tuple[date, ...] = ()
    lacking: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    lacks: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A part of a plan, and how its value comes about; or how it measures something else."""

    plan: Plan
    step: Step
    otherwise: Otherwise = ""


def unit_of(plan: Plan, part: Plan, id: str, period: Period, sight: Sight, made: Step) -> Unit:
    """A part with how it measures otherwise, unless a mark tells why it has no value."""
    is_mark = made.tal.värde is None and made.tal.is_told
    return Unit(part, made, "" if is_mark else otherwise(plan, part, id, sight, period))


def with_units(made: Step, there: Sequence[Unit], gaps: Sequence[Unit]) -> Step:
    """A step with its units, and with those that hinder it: of one that is a total itself, those
    that hinder that."""
    days = [day for unit in there for day in unit.step.days]
    who = [each for gap in gaps for each in ((gap,) if gap.otherwise else gap.step.lacks or (gap,))]
    return replace(
        made,
        days=(min(days), max(days)) if days else (),
        lacking=(made.id,) if gaps and not made.tal.is_told else (),
        units=tuple(there),
        lacks=tuple({each.plan.mapp: each for each in who}.values()),
    )


def hindering(steps: Sequence[Step]) -> tuple[Unit, ...]:
    """All that hinder any of some steps, each once."""
    return tuple({unit.plan.mapp: unit for each in steps for unit in each.lacks}.values())


def is_otherwise(unit: Unit) -> bool:
    """Whether a unit, or what hinders its own total, measures something else."""
    return bool(unit.otherwise) or any(map(is_otherwise, unit.step.lacks))


def not_in_all(indicator: Indikator, totals: Sequence[Step]) -> frozenset[str]:
    """The units that count in one side of a quotient and not in the other."""
    if indicator.beräkning is None or indicator.beräkning.summa:
        return frozenset()
    counted = [
        frozenset(unit.plan.mapp for unit in each.units if unit.step.tal.värde is not None)
        for each in totals
    ]
    return frozenset().union(*counted) - frozenset.intersection(*counted)


def hinders(tal: Tal, is_needed: bool) -> bool:
    """Whether the value of a unit, or that it has none, keeps a computed total from being told."""
    is_gap = tal.värde is None and tal.märke != NOT_APPLICABLE
    return tal.kind == "skyddad" or (is_needed and is_gap)


def why(lacks: Sequence[Unit]) -> str:
    """Who hinders a total and how, the same told once: värde saknas för Norr och Söder."""
    names: dict[str, list[str]] = {}
    for unit in lacks:
        names.setdefault(_what(unit), []).append(unit.plan.name)
    return join([words.format(some(who)) for words, who in names.items()])


def _what(unit: Unit) -> str:
    tal = unit.step.tal
    if unit.otherwise:
        return _WORDS[unit.otherwise]
    if tal.värde is None:
        return "värdet är skyddat för {}" if tal.kind == "skyddad" else "värde saknas för {}"
    has_no_counts = tal.måttenhet == SHARE and not tal.av
    return "antal saknas för {}" if has_no_counts else "en annan tid gäller för {}"
