"""What to do where a call in a text has no value: what lacks, whose, and what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kvalitet.indicators import MOST_LACKING, Step, Uppdelning, explain, lacking, some_periods, why
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.svenska import join, some

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that a text of the report `at` asks for."""

    plan: Plan
    indicator: Indikator
    period: Period
    at: Period
    serie: str
    uppdelning: Uppdelning

    def step(self, plan: Plan) -> Step:
        """How it comes about, in the plan or in a part of it."""
        return explain(
            plan,
            self.indicator.id,
            self.period,
            known_at=self.at,
            serie=self.serie,
            uppdelning=self.uppdelning,
        )


def what_there_is(asked: Asked) -> str:
    """Which rows are lacking, and whose, and for which periods there is a value."""
    plan, indicator = asked.plan, asked.indicator
    if indicator.indikatorer and not indicator.beräkning:
        return f"Det är en tabell. Ange något i den: {_some(indicator.indikatorer)}."
    known = _known(asked)
    step = asked.step(plan)
    if _is_only_of_parts(asked, step):
        way = "Skriv om en del i dess egen plan."
        if not indicator.beräkning:
            way = f"Lägg till en rad för {plan.name} i data, eller s{way[1:]}"
        cause = f": {why(step.lacks)}" if step.lacks else ""
        return f"Delarnas värden läggs inte ihop{cause}. {way}{known}"
    gaps = lacking(
        plan,
        indicator.id,
        asked.period,
        known_at=asked.at,
        serie=asked.serie,
        uppdelning=asked.uppdelning,
    )
    unfinished = _unfinished(asked)
    if unfinished and len(gaps) == 1:
        return unfinished
    lacks = [unit.plan.name for unit in step.lacks if unit.step.tal.värde is None]
    whose = f" hos {some(lacks)}" if lacks else ""
    rows = _rows(gaps, indicator.id)
    return f"Rader saknas för {rows}{whose}.{known or ' Lägg till en rad i data.'}"


def _known(asked: Asked) -> str:
    """For which periods there is a value."""
    there = some_periods(
        asked.plan,
        asked.indicator.id,
        _MOST_NAMED,
        known_at=asked.at,
        serie=asked.serie,
        uppdelning=asked.uppdelning,
    )
    return f" Värde finns för {_some(there)}." if there else ""


def _rows(gaps: Sequence[tuple[str, Period]], own: str) -> str:
    """The rows that lack, those of each id together."""
    by_id: dict[str, list[Period]] = {}
    for id, gap in gaps:
        by_id.setdefault(id, []).append(gap)
    rows = (_some(each) if id == own else f"{id} {_some(each)}" for id, each in by_id.items())
    more = "; …" if len(by_id) == MOST_LACKING else ""
    return "; ".join(rows) + more


def _is_only_of_parts(asked: Asked, step: Step) -> bool:
    """Whether parts have values that make no total: means, shares without their counts, or what a
    part measures otherwise."""
    if any(unit.otherwise and unit.plan is not asked.plan for unit in step.lacks):
        return True
    if asked.indicator.beräkning or any(unit.step.tal.värde is None for unit in step.lacks):
        return False
    return any(asked.step(part).tal.värde is not None for part in asked.plan.below())


def _unfinished(asked: Asked) -> str:
    """What is wrong with a row that covers the period and does not end until after the report."""
    period, at = asked.period, asked.at
    for row in asked.plan.data.rows(asked.indicator.id):
        key = row.key
        is_asked = (key.serie, key.uppdelning) == (asked.serie, asked.uppdelning)
        if is_asked and key.period.last > at.last and key.period.contains(period):
            where = f"{row.path.rpartition('/')[2]}:{row.line}"
            month = f"{at.last:%Y-%m}"
            return f"{key.period} ({where}) är inte slut i {at}. Skriv när det mättes, som {month}."
    return ""


def _some(words: Sequence[str | Period]) -> str:
    if len(words) <= _MOST_NAMED:
        return join([str(word) for word in words])
    return f"{words[0]}, {words[1]} … {words[-1]}"
