"""What self-checks found at a report: each result, the time before, and when the next is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from kvalitet import scales, status
from kvalitet.indicators import breakdowns, members, periods
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Egenkontroll
from kvalitet.period import Period, divide
from kvalitet.rules.figures.indicators import lacking
from kvalitet.rules.figures.rounds import due_rounds, lacking_rounds, rounds_so_far
from kvalitet.rules.registry import Case
from kvalitet.status import Tillstånd
from kvalitet.svenska import some
from kvalitet.view.badges import badge
from kvalitet.view.document import NOTHING, Line, Strong
from kvalitet.view.scene import Scene

RESULT = "kontrollresultat"
_LACKING = "saknas"
_IN_WORDS, _IN_FIGURES = "redovisas i ord", "redovisas i siffror"
TOLD_BELOW = (_IN_WORDS, _IN_FIGURES, *NOTHING[0])
"""What stands in place of a result that is to be read elsewhere, or is not asked for."""
_BEST_FIRST = ("utan anmärkning", "mindre anmärkning", "anmärkning")
"""The built-in results that are better or worse than each other."""


class Outcomes:
    """Tells of the rounds of self-checks, as lines of cells; of a part only what it found. What is
    due and lacking is decided by the rules that tell of it (R444, R401)."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.case = Case(scene.plan, scene.at, scene.at, parts=scene.parts)
        self.lacking = {check.id: rounds for check, rounds in lacking_rounds(self.case)}
        self.without_values = lacking(scene.plan, scene.at)
        self.of_whole = Outcomes(scene.whole) if scene.whole else None

    def concerns(self, check: Egenkontroll) -> bool:
        """Whether a self-check belongs to the report: it was not over before the year began, or
        something is told of it all the same."""
        plan, at = self.scene.plan, self.scene.at
        new_year = date(at.year, 1, 1)
        end, läge = status.end_date(plan, check.id, at), status.state(plan, check.id, "läge", at)
        is_ended = end is not None and end.last < new_year
        was_finished = läge is not None and läge.period.last < new_year
        is_over = is_ended or (was_finished and status.is_finished(plan, check.id, at))
        is_found = any(self._now(each, check.id) for each in (plan, *self.scene.parts))
        return not is_over or is_found or bool(self._told(check))

    def found(self, scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
        """The results of the rounds that end in the report, of one how it is against the time
        before, and the rounds that lack one; where there is none in a part either, why. What a part
        has inherited and says nothing of is told as in the whole."""
        now, check = self._now(plan, id), plan.get(Egenkontroll, id)
        for said in now:
            yield _result(plan, said, names_period=said.period != scene.at)
        if len(now) == 1:
            yield from self._compared(plan, id, now[0])
        if check is None or plan is not scene.plan:
            return
        whole = self._told_by_whole(check)
        if whole:
            lines = whole.found(whole.scene, whole.scene.plan, id)
            told = [piece for line in lines for piece in (" · ", *line)][1:]
            yield (f"{whole.scene.plan.name}: ", *told) if told else NOTHING[0]
        elif id in self.lacking:
            yield Strong(_LACKING), self._which(check)
        elif not any(self._now(each, id) for each in (plan, *scene.parts)):
            why = self._why_none(check)
            yield (Strong(why) if why == _LACKING else why,)

    def before(self, scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
        """The last result before those of the report."""
        last = self._last(plan, id)
        if last:
            yield _result(plan, last, names_period=True)

    def coming(self, scene: Scene, plan: Plan, id: str) -> Iterator[Line]:
        """The first round that does not end until after the report and has no result yet."""
        check = plan.get(Egenkontroll, id)
        if check is None or not check.frekvens or plan is not scene.plan:
            return
        if status.is_finished(plan, id, scene.at):
            return
        end, made = status.end_date(plan, id, scene.at), status.results(plan, id, scene.at)
        for each in _rounds(scene.at, check.frekvens):
            is_begun = not check.start or check.start.first <= each.first
            is_within = is_begun and (end is None or each.last <= end.last)
            if is_within and not any(each.contains(said.period) for said in made):
                yield (each.in_words(),)
                return

    def _told_by_whole(self, check: Egenkontroll) -> Outcomes | None:
        """The rounds of the whole, where a self-check is inherited from it and nothing was ever
        said of it in the part or in a part of that."""
        whole, at = self.of_whole, self.scene.at
        if whole is None or not self.scene.inherits(check.id) or self._told(check):
            return None
        plans = (self.scene.plan, *self.scene.parts)
        return None if any(status.has_said(plan, check.id, at) for plan in plans) else whole

    def _now(self, plan: Plan, id: str) -> Sequence[Tillstånd]:
        at = self.scene.at
        return [said for said in status.results(plan, id, at) if at.first <= said.period.last]

    def _last(self, plan: Plan, id: str) -> Tillstånd | None:
        at = self.scene.at
        told = [said for said in status.results(plan, id, at) if said.period.last < at.first]
        return told[-1] if told else None

    def _compared(self, plan: Plan, id: str, now: Tillstånd) -> Iterator[Line]:
        last = self._last(plan, id)
        if last is None:
            return
        if last.steg == now.steg:
            yield ("som förra gången",)
            return
        change = _change(plan, last, now)
        if change:
            yield (f"{'sämre' if change > 0 else 'bättre'} än förra gången",)

    def _which(self, check: Egenkontroll) -> str:
        """The rounds that lack a result, unless it is the one of the report."""
        rounds = self.lacking[check.id] if check.frekvens else ()
        names = [each.in_words() for each in rounds if each != self.scene.at]
        return f", {some(names)}" if names else ""

    def _why_none(self, check: Egenkontroll) -> str:
        """Why a self-check of which no round is lacking has no result in the report."""
        told = tuple(filter(None, (self._standing(check), self._told(check))))
        if told:
            return ", ".join(told)
        if any(id in self.without_values for id in self._measured(check)):
            return _LACKING
        plan, at = self.scene.plan, self.scene.at
        end = status.end_date(plan, check.id, at)
        if end and end.last > at.last and not check.frekvens:
            return f"inte aktuell än, ska vara gjord {end.in_words()}"
        if not check.frekvens or due_rounds(self.case, check):
            return _LACKING if check.frekvens and self.scene.inherits(check.id) else "–"
        made = status.results(plan, check.id, at)
        is_made = any(each.period.year == at.year for each in made)
        if end and end.last <= at.last and not is_made:
            return "–"
        is_past = is_made or rounds_so_far(self.case, check)
        return "ingen omgång i perioden" if is_past else "inte aktuell än"

    def _standing(self, check: Egenkontroll) -> str:
        """Whether a self-check is finished, is to begin later, or has been put off."""
        plan, at = self.scene.plan, self.scene.at
        läge = status.state(plan, check.id, "läge", at)
        if läge and status.is_finished(plan, check.id, at):
            return läge.steg
        if check.start and check.start.first > at.last:
            return f"inte aktuell än, börjar {check.start.in_words()}"
        end = status.end_date(plan, check.id, at)
        is_moved = end and check.slut and end.last != check.slut.last
        return (
            f"uppskjuten till {end.in_words()}" if end and is_moved and end.last > at.last else ""
        )

    def _told(self, check: Egenkontroll) -> str:
        """How a self-check is told of where nothing was said on the scale."""
        if status.words(self.scene.plan, check.id, self.scene.at):
            return _IN_WORDS
        return _IN_FIGURES if any(map(self._has_value, self._measured(check))) else ""

    def _measured(self, check: Egenkontroll) -> Sequence[str]:
        plan = self.scene.plan
        return [each.id for id in check.indikatorer for each in members(plan, id)]

    def _has_value(self, id: str) -> bool:
        """Whether there is a figure of a period that ends in the report, whole or by steps."""
        plan, at = self.scene.plan, self.scene.at
        return any(
            at.first <= period.last
            for uppdelning in ((), *breakdowns(plan, id))
            for period in periods(plan, id, known_at=at, uppdelning=uppdelning)
        )


def _change(plan: Plan, last: Tillstånd, now: Tillstånd) -> int:
    """How much worse a result is than the last, below zero where it is better: by what the steps
    stand for, or where that is the same by their order, which tells the best or the worst first."""
    meant = [status.meaning(plan, RESULT, said) for said in (last, now)]
    if any(each not in _BEST_FIRST for each in meant):
        return 0
    before, after = map(_BEST_FIRST.index, meant)
    day = now.period.last
    places = [scales.rank(plan.skalor[RESULT], said.steg, day) for said in (last, now)]
    if before != after or not all(places):
        return after - before
    listed = [step.som or step.namn for step in scales.steps(plan.skalor[RESULT], day)]
    order = [_BEST_FIRST.index(each) for each in listed if each in _BEST_FIRST]
    return places[1] - places[0] if order[0] <= order[-1] else places[0] - places[1]


def _result(plan: Plan, said: Tillstånd, *, names_period: bool) -> Line:
    shown = badge(plan, RESULT, said.steg, said.period.last)
    return (shown, f", {said.period.in_words()}") if names_period else (shown,)


def _rounds(at: Period, frekvens: str) -> Iterator[Period]:
    """The rounds of this year and the next that end after the report."""
    years = [Period.parse(str(at.year))]
    with suppress(ValueError):  # where the calendar ends
        years.append(years[0].next())
    yield from (each for one in years for each in divide(one, frekvens) if each.last > at.last)
