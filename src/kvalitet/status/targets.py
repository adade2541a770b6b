"""Targets in force at a report, whether they are reached, and what that makes of a goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kvalitet import scales
from kvalitet.figure import Tal, bounds_text
from kvalitet.indicators import members, value
from kvalitet.model.indicator import Indikator, Målvärde
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.scale import Steg
from kvalitet.model.thing import Mål
from kvalitet.period import Period
from kvalitet.status.states import is_unknown, state

_SKALA = "uppfyllelse"
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Måljämförelse:
    """A target in force, the value that it is compared with, and whether that reaches it (None:
    there is no value to compare). `period` is the target's, None for one that always holds."""

    vems: str
    period: Period | None
    målvärde: Målvärde
    tal: Tal

    @property
    def nått(self) -> bool | None:
        """Whether the unrounded value reaches the target (example README, rule 3)."""
        return None if self.tal.värde is None else self.målvärde.reached_by(self.tal.värde)

    def text(self) -> str:
        """The target as it is printed: minst 50 %."""
        return bounds_text(self.målvärde.lägst, self.målvärde.högst, self.tal.måttenhet)


@dataclass(frozen=True, slots=True)
class Måluppfyllelse:
    """How far a goal is fulfilled: judged where it `är_sagd`, else by indicators reached."""

    steg: Steg
    nådda: int = 0
    jämförda: int = 0
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


@remembered
def comparisons(plan: Plan, id: str, at: Period) -> tuple[Måljämförelse, ...]:
    """Every target in force of an indicator, in the order written: compared with the report
    period's value, or with the sum so far in the target's period where it adds up over time."""
    indicator = plan.get(Indikator, id)
    if indicator is None:
        return ()
    in_force = (
        (vems, *found)
        for vems, dated in indicator.målvärden.items()
        if (found := target(dated, at)) is not None
    )
    return tuple(
        Måljämförelse(vems, period, målvärde, _so_far(plan, indicator, period, at))
        for vems, period, målvärde in in_force
    )


def is_reached(plan: Plan, id: str, at: Period) -> bool | None:
    """Whether an indicator reaches all targets in force that there is a value for; None where
    none can be compared (example README, rule 4)."""
    known = [each.nått for each in comparisons(plan, id, at) if each.nått is not None]
    return all(known) if known else None


def is_missed(indicator: Indikator, compared: Måljämförelse, at: Period) -> bool:
    """Whether a value does not reach a target, and will not do so later in the target's period:
    one that grows may still reach its least, but a highest that it has passed stays passed."""
    if compared.nått is not False or (compared.period and compared.period.first > at.last):
        return False
    highest, value = compared.målvärde.högst, compared.tal.värde
    if not _grows(indicator) or (highest is not None and value is not None and value > highest):
        return True
    if compared.period is None:
        return indicator.typ != "ackumulerat" or at.last.month == _DECEMBER
    return compared.period.last <= at.last


def _grows(indicator: Indikator) -> bool:
    """Whether what is counted for a part of a period is less than for the whole."""
    is_count = indicator.typ == "period" and indicator.måttenhet in ("antal", "tkr")
    return is_count or indicator.adds_up_over_time or indicator.typ == "ackumulerat"


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
    reached, compared = _tally(plan, goal.indikatorer, at)
    if not compared:
        return None
    step = scales.from_score(skala, Fraction(100 * reached, compared), at.last)
    return Måluppfyllelse(step, reached, compared) if step else None


@remembered
def _tally(plan: Plan, tables: tuple[str, ...], at: Period) -> tuple[int, int]:
    """How many indicators of some tables reach their targets, of how many that can be compared."""
    own = {member.id: None for table in tables for member in members(plan, table)}
    reached = [each for member in own if (each := is_reached(plan, member, at)) is not None]
    return sum(reached), len(reached)


def _so_far(plan: Plan, indicator: Indikator, period: Period | None, at: Period) -> Tal:
    """What a target is compared with. Of a period not yet begun there is nothing to sum."""
    if period is None or not indicator.adds_up_over_time:
        return value(plan, indicator.id, at, known_at=at)
    if period.first > at.last:
        return Tal(None, indicator.måttenhet, indicator.decimaler, kind="ej ännu")
    return value(plan, indicator.id, Period(period.first, at.last), known_at=at)
