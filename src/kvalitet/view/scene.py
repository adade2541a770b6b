"""What a report is about: a plan at a period, the report before, the parts that stand beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kvalitet import status
from kvalitet.indicators import members
from kvalitet.model.followup import Uppföljning
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register, remembered
from kvalitet.model.report import Rapporttyp
from kvalitet.model.text import Model
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Ting,
    Åtgärd,
)
from kvalitet.period import Period
from kvalitet.svenska import nr_key, sort_key
from kvalitet.view.document import Link

FOLLOWING_UP = ("kvalitetsområden", "uppföljning", "plantabell")
"""The parts of a report that say what was said of the things in it: the first that it has does."""

_KINDS: Mapping[type[Model], str] = {
    Mål: "Mål",
    Kvalitetsområde: "Kvalitetsområde",
    Risk: "Risk",
    Åtgärd: "Åtgärd",
    Aktivitet: "Aktivitet",
    Egenkontroll: "Egenkontroll",
    Avvikelse: "Avvikelser",
    Indikator: "Indikator",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A plan as it is told at the last day of `at`; `before` is the period of the report before,
    `parts` are the plans below it, each followed by its own, and `whole` is the plan that it is a
    part of, as it would be told there. `teller` is what tells of a part in the report of its whole:
    of the part's words it tells only what is lifted."""

    plan: Plan
    report: Rapporttyp
    at: Period
    before: Period
    parts: tuple[Plan, ...]
    whole: Scene | None = None
    teller: Scene | None = None

    def risks(self) -> tuple[Risk, ...]:
        """The risks of the report, by `nr`; those below `urval` stay out (design 3.10), but in the
        report of its whole no risk that a part has judged."""
        return by_nr(risk for risk in self.plan.all(Risk) if not self._stays_out(risk.id))

    def goals(self) -> tuple[Mål, ...]:
        """The goals in the order written, each followed by those below it."""
        return tuple(goal for goal, _ in self.goal_tree())

    def goal_tree(self) -> tuple[tuple[Mål, int], ...]:
        """The same, each with how many goals it stands below. One below several stands below the
        first; of goals that are below each other in a ring, the first written stands highest."""
        goals = {goal.id: goal for goal in self.plan.all(Mål)}
        below = {id for goal in goals.values() for id in goal.mål}
        tops = (*(id for id in goals if id not in below), *goals)
        waiting = [(id, 0) for id in reversed(tops)]
        ordered: dict[str, tuple[Mål, int]] = {}
        while waiting:
            id, depth = waiting.pop()
            goal = goals.get(id)
            if goal is not None and id not in ordered:
                ordered[id] = goal, depth
                waiting.extend((each, depth + 1) for each in reversed(goal.mål))
        return tuple(ordered.values())

    def by_goal(self) -> tuple[tuple[Mål | None, tuple[Risk, ...]], ...]:
        """Every goal with its risks, by quality area and then by `nr`; last, with None, the risks
        that have no goal. The order of the plan table and of the follow-up."""
        of_goal: dict[str, list[Risk]] = {}
        for risk in sorted(self.risks(), key=self._area):
            goal = self.plan.get(Mål, risk.mål)
            of_goal.setdefault(goal.id if goal else "", []).append(risk)
        goals = ((goal, tuple(of_goal.get(goal.id, ()))) for goal in self.goals())
        return (*goals, (None, tuple(of_goal.get("", ()))))

    def above(self, goal: Mål) -> tuple[Mål, ...]:
        """The goals above a goal, the highest first."""
        parents = goals_above(self.plan)
        chain: dict[str, Mål] = {}
        above = parents.get(goal.id)
        while above and above[-1] is not goal and above[-1].id not in chain:
            chain[above[-1].id] = above[-1]
            above = parents.get(above[-1].id)
        return tuple(reversed(chain.values()))

    def left_out(self) -> frozenset[str]:
        """The ids that nothing but risks below `urval` leads to, and those of the risks."""
        plan, risks = self.plan, self.risks()
        told_of = {risk.id for risk in risks}
        out = [risk for risk in plan.all(Risk) if risk.id not in told_of]
        told = (*risks, *plan.all(Mål), *plan.all(Avvikelse), *plan.all(Egenkontroll))
        return frozenset(reached(plan, out) - reached(plan, told)) if out else frozenset()

    def reference(self, thing: Ting, called: str = "") -> Link | str:
        """The name of a thing, leading to where it is followed up if the report does that."""
        namn = called or numbered(thing)
        followed_up = any(section.del_ in FOLLOWING_UP for section in self.report.sections())
        return Link(namn, thing.id) if followed_up else namn

    def _stays_out(self, id: str) -> bool:
        is_below = status.is_below_selection(self.plan, id, self.at)
        return is_below and not (self.teller and status.level(self.plan, id, self.at))

    def _area(self, risk: Risk) -> tuple[object, ...]:
        """Quality areas by number; what has none comes last."""
        area = self.plan.get(Kvalitetsområde, risk.kvalitetsområde)
        return (area is None, *((nr_key(area.nr), sort_key(area.namn)) if area else ()))

    def words(self, id: str) -> str:
        """What the plan says about something in just this period, or ""."""
        if self.teller is None:
            return status.words(self.plan, id, self.at)
        lifted = self.teller.lifted(self.plan).get(id)
        return lifted.text if lifted else ""

    def own(self) -> Set[str]:
        """The ids of the things that are told: of a part in the report of its whole, of what the
        whole does not have."""
        known = self.teller.plan.things.keys() if self.teller else frozenset[str]()
        return self.plan.things.keys() - known

    def inherits(self, id: str) -> bool:
        """Whether what the report tells of a thing is told in one of a plan above it too. False of
        a part that is told in this report: what it inherits stands beside the whole's."""
        return self.whole is not None and self.plan.inherits(id)

    def of_part(self, part: Plan) -> Scene:
        """A part as it is told in this report."""
        return replace(self, plan=part, parts=(), whole=None, teller=self)

    def lifted(self, part: Plan) -> Mapping[str, Uppföljning]:
        """What a part said for this period to be told one step up, by what it is about: nothing of
        one that is not just below."""
        if all(part is not each for each in self.plan.parts):
            return {}
        entries = part.uppföljning.get(self.at, {})
        return {id: entry for id, entry in entries.items() if entry.lyft and entry.text}


def scene(plan: Plan, report: Rapporttyp, at: Period, register: Register) -> Scene:
    """The scene of a report; that of the whole is of the plan with its parts."""
    whole = register.plans.get(plan.whole.mapp, plan.whole) if plan.whole else None
    above = scene(whole, report, at, register) if whole else None
    return Scene(plan, report, at, earlier(at), tuple(plan.below()), above)


@remembered
def goals_above(plan: Plan) -> Mapping[str, Sequence[Mål]]:
    """The goals that have each goal just below them."""
    above: dict[str, list[Mål]] = {}
    for goal in plan.all(Mål):
        for id in dict.fromkeys(goal.mål):
            above.setdefault(id, []).append(goal)
    return above


def by_nr(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Risks in the order in which they are told: by number, and as they are written where they
    have none."""
    return tuple(sorted(risks, key=lambda risk: nr_key(risk.nr)))


def brief_names(risks: Iterable[Risk]) -> dict[str, str]:
    """The number of each risk by its id; also its name where the number alone does not tell
    which."""
    known = tuple(risks)
    times = Counter(risk.nr for risk in known)
    return {
        risk.id: risk.nr if risk.nr and times[risk.nr] == 1 else numbered(risk) for risk in known
    }


def earlier(period: Period) -> Period:
    """The neighbour before; where the calendar begins, the period itself."""
    try:
        return period.previous()
    except ValueError:
        return period


def data_folder(plan: Plan) -> str:
    """Where the rows of a plan stand."""
    return f"data/{plan.mapp}/"


def kind_of(thing: Model) -> str:
    """What a thing is, as the word before its name: Åtgärd."""
    return _KINDS[type(thing)]


def numbered(thing: Ting | Kvalitetsområde | Indikator) -> str:
    """The name of a thing after its number, where it has one."""
    return f"{thing.nr} {thing.namn}" if thing.nr else thing.namn


def outermost(plan: Plan, things: Iterable[Model]) -> tuple[Model, ...]:
    """Things side by side, those first that belong to no other of them."""
    those = tuple(things)
    held = {id for thing in those if isinstance(thing, Ting) for id in belonging(thing)}
    inner = [thing for thing in those if getattr(thing, "id", "") in held]
    return (*(thing for thing in those if getattr(thing, "id", "") not in held), *inner)


def belonging(thing: Ting) -> tuple[str, ...]:
    """The ids of what is to be done or checked for a thing."""
    return (*thing.åtgärder, *thing.aktiviteter, *thing.egenkontroller)


def things_done(plan: Plan, thing: Ting) -> tuple[Ting, ...]:
    """The measures, activities and self-checks of a thing, each followed by its own."""
    found: dict[str, Ting] = {}
    waiting = list(reversed(belonging(thing)))
    while waiting:
        done = plan.things.get(waiting.pop())
        if isinstance(done, Ting) and done.id not in found:
            found[done.id] = done
            waiting.extend(reversed(belonging(done)))
    return tuple(found.values())


def reached(plan: Plan, owners: Iterable[Ting]) -> set[str]:
    """The ids of things, of all that is done about them and of their indicators."""
    things = {each.id: each for owner in owners for each in (owner, *things_done(plan, owner))}
    tables = {id for thing in things.values() for id in thing.indikatorer}
    return {*things, *tables, *(each.id for id in tables for each in members(plan, id))}


def capital(text: str) -> str:
    """The text beginning with a capital, the rest as it is: KF-mål stays KF-mål."""
    return text[:1].upper() + text[1:]
