"""A plan at two reports compared: what is told otherwise of each thing, target and figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from kvalitet import scales, status, told
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.text import Model
from kvalitet.model.thing import Risk
from kvalitet.told import Difference, Fact
from kvalitet.view import standing
from kvalitet.view.document import NOTHING, Figure, Line
from kvalitet.view.notes import sentence
from kvalitet.view.scene import Scene, capital, earlier, numbered

Told: TypeAlias = tuple[tuple[Line, ...], tuple[Line, ...]]
"""What was told before, and what is told now."""

_EVIDENT = (*standing.EVIDENT, "kontrollresultat")
_AS_EXPECTED = ("ej påbörjad", "pågår", "följer tidplan")
_OUT = ". Ingår inte längre i rapporten"


@dataclass(frozen=True, slots=True)
class Change:
    """All that is told otherwise of one subject."""

    thing: Model
    subject: Line
    told: tuple[Told, ...]
    is_forecast: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan as `past` and `scene` tell it: the plan of the scene, or a part of it. The report
    before told states of the ids `had_states` on `had_scales`; `gone` are the ids that the report
    leaves out, `gone_before` those that the report before left out."""

    scene: Scene
    past: Scene
    plan: Plan
    had_states: frozenset[str]
    had_scales: frozenset[str]
    differences: tuple[Difference, ...]
    gone: frozenset[str]
    gone_before: frozenset[str]

    @classmethod
    def of(cls, scene: Scene, plan: Plan) -> Comparison:
        """A plan compared with what it was at the report before."""
        past = replace(scene, at=scene.before, before=earlier(scene.before))
        before, now = (told.of_things(plan, each.at) for each in (past, scene))
        states = [fact for fact in before if fact.what == "tillstånd"]
        return cls(
            scene,
            past,
            plan,
            had_states=frozenset(fact.id for fact in states),
            had_scales=frozenset(fact.detail[0] for fact in states),
            differences=told.differences(before, now),
            gone=scene.left_out(),
            gone_before=past.left_out(),
        )

    def of_things(self) -> Iterator[Change]:
        """Levels, other states and ends, by risk, goals each before those below it, and then in
        the order of the plan."""
        told_otherwise = self._told_otherwise()
        risks = (risk.id for risk in self.scene.risks())
        goals = (goal.id for goal, _ in self.scene.goal_tree())
        order = dict.fromkeys([*risks, *goals, *self.plan.things])
        for id in order:
            if id in told_otherwise and self._is_shown(id):
                cells = tuple(self._of_thing(id, told_otherwise[id]))
                if cells:
                    yield Change(self.scene.plan.things[id], self._subject(id), cells)

    def targets(self) -> Iterator[Change]:
        """Targets that are others, or no longer in force. Those with periods of their own are told
        with them: the next of several steps is no new decision."""
        for pair in self.differences:
            before, now = pair.before, pair.after
            if before and before.what == "målvärde" and self._is_own_target(before.id):
                cells = self._target(self.past, before), self._target(self.scene, now)
                thing = self.scene.plan.things[before.id]
                yield Change(thing, self._subject(before.id, *before.detail), (cells,))

    def definitions(self) -> Iterator[Change]:
        """Indicators that count something else from now on (design 3.4); a part tells of those that
        it describes itself."""
        for indicator in self.plan.all(Indikator):
            whole = self.scene.plan.get(Indikator, indicator.id)
            is_inherited = self.plan is not self.scene.plan and whole == indicator
            before, now = (
                scales.holds_from(indicator.beskrivning, each.at.last)
                for each in (self.past, self.scene)
            )
            if whole and not is_inherited and before != now and self._is_shown(indicator.id):
                yield Change(whole, self._subject(whole.id), ((((before,),), ((now,),)),))

    def figures(self) -> Iterator[Change]:
        """Figures that the report before told otherwise, with the reason where it is a row's own;
        new figures are no change."""
        for before, now in told.corrections(self.plan, self.past.at, self.scene.at):
            is_told = before.text and now.text and self._is_shown(now.id)
            if is_told and before.text != now.text:
                yield from self._figure(before, now)

    def _told_otherwise(self) -> dict[str, set[str]]:
        """The scales, and `slut`, that are told otherwise, by id; also of risks that are left out
        of the report from now on."""
        found: dict[str, set[str]] = {}
        for fact in filter(None, (pair.after for pair in self.differences)):
            if fact.what in ("tillstånd", "slut"):
                found.setdefault(fact.id, set()).add(fact.detail[0] if fact.detail else "slut")
        for risk in self.plan.all(Risk):
            if risk.id in self.gone - self.gone_before:
                found.setdefault(risk.id, set()).add("nivå")
        return found

    def _is_shown(self, id: str) -> bool:
        """Whether the report is about an id: a risk also in the report where it is left out."""
        thing = self.scene.plan.things.get(id)
        if thing is None or id not in self.gone:
            return thing is not None
        return isinstance(thing, Risk) and id not in self.gone_before

    def _of_thing(self, id: str, skalor: set[str]) -> Iterator[Told]:
        """One after another: level, other states, results, end."""
        level = status.level(self.plan, id, self.scene.at)
        if level and not skalor.isdisjoint((level.skala, *AXES)):
            yield from self._level(id, level.skala)
        axes = () if level else AXES
        said = (*standing.said_scales(self.plan, id), *axes, "uppfyllelse", "kontrollresultat")
        for skala in said:
            if skala in skalor:
                yield from self._state(id, skala)
        if "slut" in skalor:
            yield from self._end(id)

    def _level(self, id: str, skala: str) -> Iterator[Told]:
        """The level with its ranks, and whether it was raised; a first one only where the report
        before told levels."""
        before, now = (standing.judged(each, self.plan, id) for each in (self.past, self.scene))
        change = status.level_change(self.plan, id, self.scene.at, self.past.at)
        out = (_OUT,) if id in self.gone else ()
        if before:
            words = "" if change is None else "fortfarande "
            words = f"{'↑ höjd' if change > 0 else '↓ sänkt'} till " if change else words
            yield (before,), ((words, *now, *out),)
        elif skala in self.had_scales:
            yield ((standing.NOT_JUDGED,),), (("ny: ", *now, *out),)

    def _state(self, id: str, skala: str) -> Iterator[Told]:
        """A state that is another, or the first where that is news. The same result of the next
        round is no change."""
        before, now = (
            tuple(standing.teller(skala)(each, self.plan, id)) for each in (self.past, self.scene)
        )
        if not now or (before and before[-1][0] == now[-1][0]):
            return
        if not before and not self._is_news(id, skala):
            return
        label = () if skala in _EVIDENT else (f"{capital(skala)}: ",)
        unknown = ((standing.NOT_JUDGED,),) if skala == "kontrollresultat" else NOTHING
        was = ((*label, *before[-1]),) if before else unknown
        yield was, ((*label, *now[-1]),)

    def _is_news(self, id: str, skala: str) -> bool:
        """Whether a first state is told as a change: a result, what is not as expected, and a thing
        that begins to be followed up where its like already were."""
        said = status.state(self.plan, id, skala, self.scene.at)
        if skala == "kontrollresultat":
            return True
        if said and status.meaning(self.plan, skala, said) in _AS_EXPECTED:
            return skala == "läge" and skala in self.had_scales and id not in self.had_states
        return skala in ("läge", "tidplan") or skala in self.had_scales

    def _end(self, id: str) -> Iterator[Told]:
        before, now = (status.end_date(self.plan, id, each.at) for each in (self.past, self.scene))
        inherited = status.end_date(self.scene.plan, id, self.scene.at)
        if before and now and before.last == now.last:
            return
        if now and (self.plan is self.scene.plan or now != inherited):
            was: tuple[Line, ...] = ((f"slut {before.in_words()}",),) if before else NOTHING
            yield was, ((f"slut {now.in_words()}",),)

    def _is_own_target(self, id: str) -> bool:
        """Whether the target of an indicator is the plan's own: what a part inherits changes with
        the whole."""
        own, whole = (plan.get(Indikator, id) for plan in (self.plan, self.scene.plan))
        if own is None or whole is None or not self._is_shown(id):
            return False
        return self.plan is self.scene.plan or own.målvärden != whole.målvärden

    def _target(self, scene: Scene, fact: Fact | None) -> tuple[Line, ...]:
        if fact is None:
            return NOTHING
        indicator = self.plan.get(Indikator, fact.id)
        held = status.in_force(self.plan, indicator, scene.at) if indicator else ()
        period = next(period for vems, period, _ in held if fact.detail == (vems,))
        return ((f"{period.in_words()}: {fact.text}" if period else fact.text,),)

    def _figure(self, before: Fact, now: Fact) -> Iterator[Change]:
        """A figure of its own period, not one that a shorter period lends to a longer; of one that
        is protected now, not what it was."""
        was, tal = before.tal, now.tal
        if not (was and tal and now.period and now.period == tal.period) or tal.kind == "skyddad":
            return
        (serie,) = now.detail
        series = () if serie in ("utfall", "prognos") else (serie,)
        about = (*series, *(steg for _, steg in now.uppdelning), now.period.in_words())
        why = ((sentence(tal.anm),),) if tal.anm and not tal.beräkning else ()
        yield Change(
            self.scene.plan.things[now.id],
            self._subject(now.id, *about),
            ((((Figure(was, "with_count"),),), ((Figure(tal, "with_count"),), *why)),),
            is_forecast=serie == "prognos",
        )

    def _subject(self, id: str, *about: str) -> Line:
        """The name, which leads to a risk that the report tells of; then what tells it apart: which
        part, whose target, which breakdown and period."""
        thing: Any = self.scene.plan.things[id]
        is_there = isinstance(thing, Risk) and id not in self.gone
        namn = self.scene.reference(thing) if is_there else numbered(thing)
        part = () if self.plan is self.scene.plan else (self.plan.name,)
        details = ", ".join((*part, *about))
        return (namn, f", {details}") if details else (namn,)
