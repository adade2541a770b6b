"""Targets in force at a report, whether they are reached, and what that makes of a goal.

A part has the targets of what it inherits too, but for those of what its whole sums up over its
units: 60 cases in all are not 60 in each. Those are the part's only where its own files write them
(`held`); a share, a mean or an index is asked of every unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from kvalitet import scales
from kvalitet.figure import Tal, bounds_text
from kvalitet.indicators import adds_up_over_units, is_whole, members, value
from kvalitet.indicators.parts import from_parts
from kvalitet.model.indicator import SINCE_JANUARY, Indikator, Målvärde, Målvärden
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import Steg
from kvalitet.model.thing import Mål
from kvalitet.period import Period
from kvalitet.status.states import is_unknown, state

_SKALA = "uppfyllelse"
_DECEMBER = 12
_Growth: TypeAlias = Literal["", "in its period", "from New Year"]
_GROWTHS: tuple[_Growth, ...] = ("", "in its period", "from New Year")


@dataclass(frozen=True, slots=True)
class Måljämförelse:
    """A target in force, the value that it is compared with, and whether that is how it ends
    (`är_avgjord`). `period` is the target's, None for one that always holds."""

    vems: str
    period: Period | None
    målvärde: Målvärde
    tal: Tal
    är_avgjord: bool

    @property
    def håller(self) -> bool | None:
        """Whether the unrounded value is what the target asks for, so far (example README, rule
        3); None where there is no value to compare."""
        return None if self.tal.värde is None else self.målvärde.reached_by(self.tal.värde)

    @property
    def nått(self) -> bool | None:
        """Whether the target is reached: a highest of what grows is not until its time is over."""
        return self.håller and self.är_avgjord

    @property
    def missas(self) -> bool:
        """Whether the value does not reach the target, and will not do so later in its period."""
        return self.håller is False and self.är_avgjord

    def text(self) -> str:
        """The target as it is printed: minst 50 %."""
        return bounds_text(self.målvärde.lägst, self.målvärde.högst, self.tal.måttenhet)


@dataclass(frozen=True, slots=True)
class Måluppfyllelse:
    """How far a goal is fulfilled: judged where it `är_sagd`, else by indicators reached, of those
    compared; others are reached so far (`hittills`)."""

    steg: Steg
    nådda: int = 0
    jämförda: int = 0
    hittills: int = 0
    är_sagd: bool = False


def target(
    targets: Mapping[Period | None, Målvärde], at: Period
) -> tuple[Period | None, Målvärde] | None:
    """The target in force at a report, with its period (rule of time c): of those whose period has
    not ended before the report's last day, the one that ends first."""
    if None in targets:
        return None, targets[None]
    coming = [period for period in targets if period is not None and period.last >= at.last]
    return (min(coming), targets[min(coming)]) if coming else None


def held(plan: Plan, indicator: Indikator) -> Målvärden:
    """The targets that a plan's own values are held to: a part's not those that it inherits of
    what adds up over units."""
    id, targets = indicator.id, indicator.målvärden
    if plan.whole is None or not targets or not is_whole(plan, id):
        return targets
    if not adds_up_over_units(plan, id):
        return targets
    own = _written(plan)
    return {vems: dated for vems, dated in targets.items() if (id, vems) in own}


@remembered
def _written(plan: Plan) -> frozenset[tuple[str, str]]:
    """The indicators of which a plan's own files write a target, there or at their group, and
    whose."""
    written = (each for each in plan.own.values() if isinstance(each, Indikator))
    return frozenset(
        (id, vems)
        for one in written
        for id in (one.id, *(member.id for member in members(plan, one.id)))
        for vems in one.målvärden
    )


def in_force(
    plan: Plan, indicator: Indikator, at: Period
) -> Iterator[tuple[str, Period | None, Målvärde]]:
    """Every target in force that a plan is held to, in the order written: whose, its period,
    itself."""
    for vems, dated in held(plan, indicator).items():
        found = target(dated, at)
        if found is not None:
            yield vems, *found


@remembered
def comparisons(plan: Plan, id: str, at: Period) -> tuple[Måljämförelse, ...]:
    """Every target in force of an indicator, in the order written: compared with the report
    period's value, or with the sum so far in the target's period where it adds up over time."""
    indicator = plan.get(Indikator, id)
    if indicator is None:
        return ()
    return tuple(
        Måljämförelse(vems, period, målvärde, *_so_far(plan, indicator, period, målvärde, at))
        for vems, period, målvärde in in_force(plan, indicator, at)
    )


def is_reached(plan: Plan, id: str, at: Period) -> bool | None:
    """Whether an indicator reaches all targets in force that there is a value for; None where
    none can be compared (example README, rule 4)."""
    known = _known(comparisons(plan, id, at))
    return all(each.nått for each in known) if known else None


def _is_decided(
    målvärde: Målvärde, period: Period | None, tal: Tal, growth: _Growth, at: Period
) -> bool:
    """Whether a value reaches a target, or not, for good: one that grows may still reach its least,
    but a highest that it has passed stays passed, and one that it is below may yet be passed."""
    if tal.värde is None:
        return False
    is_held = målvärde.reached_by(tal.värde)
    if not growth:
        return is_held or period is None or period.first <= at.last
    of_report = growth == "in its period" or at.last.month == _DECEMBER
    if of_report if period is None else period.last <= at.last:
        return True
    return is_held if målvärde.högst is None else tal.värde > målvärde.högst


@from_parts
def _growth(plan: Plan, indicator: Indikator, parts: Sequence[_Growth]) -> _Growth:
    """Whether what is counted for a part of a period is less than for the whole: of a quotient
    where that holds for what stands above the line alone."""
    if indicator.beräkning and not indicator.beräkning.summa:
        above, beneath = parts
        return "" if beneath else above
    if parts:
        return max(parts, key=_GROWTHS.index)
    if indicator.typ == SINCE_JANUARY:
        return "from New Year"
    is_count = indicator.typ == "period" and indicator.måttenhet in ("antal", "tkr")
    return "in its period" if is_count or indicator.adds_up_over_time else ""


def fulfilment(plan: Plan, id: str, at: Period) -> Måluppfyllelse | None:
    """How far a goal is fulfilled: what is said goes before what is computed over its own
    indicators, tables by their members (example README, rule 4). None: not known."""
    goal = plan.get(Mål, id)
    if goal is None or is_unknown(plan, id, _SKALA, at):
        return None
    skala = plan.skalor[_SKALA]
    said = state(plan, id, _SKALA, at)
    if said is not None:
        judged = scales.step(skala, said.steg, said.period.last)
        return Måluppfyllelse(judged, är_sagd=True) if judged else None
    reached, so_far, compared = _tally(plan, goal.indikatorer, at)
    if not compared:
        return None
    step = scales.from_score(skala, Fraction(100 * reached, compared), at.last)
    return Måluppfyllelse(step, reached, compared, so_far) if step else None


@remembered
def _tally(plan: Plan, tables: tuple[str, ...], at: Period) -> tuple[int, int, int]:
    """How many indicators of some tables reach their targets, how many more do so far, and of how
    many that can be compared."""
    own = {member.id: None for table in tables for member in members(plan, table)}
    compared = [each for member in own if (each := _known(comparisons(plan, member, at)))]
    reached = sum(all(one.nått for one in each) for each in compared)
    holding = sum(all(one.håller for one in each) for each in compared)
    return reached, holding - reached, len(compared)


def _known(compared: Sequence[Måljämförelse]) -> Sequence[Måljämförelse]:
    """Those that there is a value for."""
    return [each for each in compared if each.håller is not None]


def _so_far(
    plan: Plan, indicator: Indikator, period: Period | None, målvärde: Målvärde, at: Period
) -> tuple[Tal, bool]:
    """What a target is compared with, and whether that is how it ends. Of a period not yet begun
    nothing is counted."""
    growth: _Growth = _growth(plan, indicator.id) if is_whole(plan, indicator.id) else ""
    if period and growth and period.first > at.last:
        return Tal(None, indicator.måttenhet, indicator.decimaler, kind="ej ännu"), False
    asked = Period(period.first, at.last) if period and indicator.adds_up_over_time else at
    tal = value(plan, indicator.id, asked, known_at=at)
    return tal, _is_decided(målvärde, period, tal, growth, at)
