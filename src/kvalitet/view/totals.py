"""What stands under a table of what is the total of units, and of which units there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from kvalitet.indicators import Step, Unit, why
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.svenska import count, genitive, join, some
from kvalitet.view.columns import Head, Shown
from kvalitet.view.document import Line
from kvalitet.view.scene import Scene, capital
from kvalitet.view.spans import OUTCOME

_FEWEST_IN_SPAN = 3
_SHARE = "procent"


def totals(scene: Scene, shown: Sequence[Shown]) -> Iterator[Line]:
    """How the plan's own values come from its units, which parts have theirs so too, and of which
    periods there is no total for the sake of whom."""
    own = [each for each in shown if each.subject.plan is scene.plan]
    yield from _made(scene.plan, own)
    gathers = {
        each.subject.plan.mapp: each.subject.plan.name
        for each in shown
        if each.subject.plan is not scene.plan and _is_total(each)
    }
    if gathers:
        yield (f"Även värdena för {some(list(gathers.values()))} är räknade på deras enheter.",)
    yield from _hindered(own)


def _is_total(shown: Shown) -> bool:
    return shown.how is not None and bool(shown.how.units) and shown.tal.värde is not None


def _made(plan: Plan, own: Sequence[Shown]) -> Iterator[Line]:
    """How totals are made; which indicators and periods, where it is not all that is told. A step
    is told of where it is made otherwise than the total of all."""
    told = [each for each in own if each.tal.värde is not None and each.head.period]
    of_all = {(*_about(each), _words(each)) for each in told if not each.subject.uppdelning}
    told = [
        each
        for each in told
        if not each.subject.uppdelning or (*_about(each), _words(each)) not in of_all
    ]
    names: dict[tuple[str, tuple[Period, ...]], list[str]] = {}
    for subject in dict.fromkeys(each.subject for each in told):
        of_it = [each for each in told if each.subject is subject]
        for words in dict.fromkeys(_words(each) for each in of_it if _is_total(each)):
            there = [each for each in of_it if _is_total(each) and _words(each) == words]
            periods = dict.fromkeys(each.head.period for each in there if each.head.period)
            is_all = len(there) == len(of_it)
            key = words, () if is_all else tuple(periods)
            names.setdefault(key, []).append(subject.about)
    among = {each.subject for each in told}
    for (words, when), which in names.items():
        whose = join([name for name in which if name]) if len(which) < len(among) else ""
        about = f"{capital(whose)}: " if whose else ""
        period = f" för {together(when)}" if when else ""
        yield (f"{about}{genitive(plan.name)} värde{period} {words}.",)


def _words(shown: Shown) -> str:
    how, indicator = shown.how, shown.subject.indicator
    counted = [unit for unit in _units(how) if unit.step.tal.värde is not None]
    if len(counted) == 1:
        return f"kommer från {counted[0].plan.name}"
    if indicator.måttenhet == _SHARE and shown.tal.av is not None:
        return "är räknat på enheternas antal"
    if indicator.beräkning and not indicator.beräkning.summa:
        return "är räknat på enheternas summor"
    return f"är summan av {count(len(counted), 'enhet', 'enheter')}"


def _units(how: Step | None) -> Sequence[Unit]:
    return how.units if how else ()


def _hindered(own: Sequence[Shown]) -> Iterator[Line]:
    """The periods without a total, and who lacks a value then: of a step only where there is a
    total of all, or another cause. No span is told that is a column of its own."""
    lacks = [each for each in own if each.how and each.how.lacks and each.tal.värde is None]
    of_all = {(*_about(each), _cause(each)) for each in lacks if not each.subject.uppdelning}
    told: dict[tuple[str, str, str, str], list[Period]] = {}
    for each in lacks:
        is_same = each.subject.uppdelning and (*_about(each), _cause(each)) in of_all
        if each.head.period and not is_same:
            serie = "" if each.head.serie == OUTCOME else f"{each.head.serie} "
            key = each.subject.about, _no_total(each.subject.indicator), serie, _cause(each)
            told.setdefault(key, []).append(each.head.period)
    about: dict[tuple[str, str, str, tuple[Period, ...]], list[str]] = {}
    for (name, what, serie, cause), when in told.items():
        about.setdefault((what, serie, cause, tuple(sorted(set(when)))), []).append(name)
    there = {each.head.period for each in own if each.head.period}
    for (what, serie, cause, periods), names in about.items():
        whose = join([name for name in names if name])
        span = f"{serie}{together(periods, there.difference(periods))}"
        if ":" in whose:
            yield (f"{what} för {span} ({whose}): {cause}.",)
            continue
        words = f"{what} för {span}: {cause}."
        yield (f"{capital(whose)}: {words[:1].lower()}{words[1:]}" if whose else words,)


def _about(shown: Shown) -> tuple[str, Head]:
    return shown.subject.indicator.id, shown.head


def _no_total(indicator: Indikator) -> str:
    is_sum = indicator.adds_up or (indicator.beräkning and indicator.beräkning.summa)
    return "Ingen summa" if is_sum else "Inget samlat värde"


def _cause(shown: Shown) -> str:
    return why(shown.how.lacks) if shown.how else ""


def together(periods: Sequence[Period], apart: Collection[Period] = ()) -> str:
    """Periods in words, a year that several of them share once: juli och augusti 2020. Three or
    more in a row are told as one span, unless that is among those to be kept apart."""
    spans = tuple(dict.fromkeys(_spans(periods, apart)))
    words = [period.in_words() for period in spans]
    for place, (period, following) in enumerate(pairwise(spans)):
        if period.year == following.year:
            words[place] = words[place].removesuffix(f" {period.year}")
    return join(words)


def _spans(periods: Sequence[Period], apart: Collection[Period]) -> Iterator[Period]:
    run: list[Period] = []
    for period in periods:
        if run and (run[-1].last + timedelta(days=1), run[-1].frekvens) != (
            period.first,
            period.frekvens,
        ):
            yield from _joined(run, apart)
            run = []
        run.append(period)
    yield from _joined(run, apart)


def _joined(run: Sequence[Period], apart: Collection[Period]) -> Sequence[Period]:
    if len(run) < _FEWEST_IN_SPAN:
        return run
    span = Period(run[0].first, run[-1].last)
    return run if span in apart else [span]
