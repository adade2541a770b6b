"""What a report tells, as a flat list of facts, and what differs between two such lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TypeAlias

from kvalitet.economy import Budgetrad, economy
from kvalitet.figure import Tal, bounds_text
from kvalitet.indicators import Uppdelning, having_rows, is_corrected, periods, value
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Ting
from kvalitet.period import Period, divide
from kvalitet.status import end_date, fulfilment, in_force, level, results, spoken, state
from kvalitet.svenska import shorten

Key: TypeAlias = tuple[str, str, Period | None, tuple[str, ...], Uppdelning]

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a report tells: `what` (värde, målvärde, tillstånd, namn, slut, text, ekonomi)
    about an id, in a period where it is of one. `detail` tells whose target, which scale, which
    series; a value has also its breakdown, and `tal`, what it is. Two facts that read the same in
    `text` may differ in `exact`."""

    id: str
    what: str
    period: Period | None
    detail: tuple[str, ...]
    text: str
    exact: str
    uppdelning: Uppdelning = ()
    tal: Tal | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        """What the fact is about, whatever it says."""
        return self.id, self.what, self.period, self.detail, self.uppdelning


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact before and after; None where it was not told."""

    before: Fact | None
    after: Fact | None


def told(plan: Plan, at: Period) -> tuple[Fact, ...]:
    """Everything that the plan's report at a period tells, in the order of the plan."""
    ids = [indicator.id for indicator in plan.all(Indikator)]
    facts = (
        *of_things(plan, at),
        *_texts(plan, at),
        *_figures(plan, ids, at),
        *_economy(plan, at),
    )
    return tuple({fact.key: fact for fact in facts}.values())


def of_things(plan: Plan, at: Period) -> tuple[Fact, ...]:
    """Names, ends, states and targets: all that is told of the plan's things but for words and
    figures."""
    return tuple(fact for id in plan.things for fact in _of_thing(plan, id, at))


def corrections(plan: Plan, before: Period, at: Period) -> Iterator[tuple[Fact, Fact]]:
    """The figures that two reports tell, and tell otherwise, in the order of the plan."""
    ids = [
        indicator.id
        for indicator in plan.all(Indikator)
        if is_corrected(plan, indicator.id, after=before, known_at=at)
    ]
    for pair in differences(*(_figures(plan, ids, each) for each in (before, at))):
        if pair.before and pair.after:
            yield pair.before, pair.after


def differences(before: Iterable[Fact], after: Iterable[Fact]) -> tuple[Difference, ...]:
    """What is told otherwise, begun to be told or no longer told, in the order of the later list;
    what is no longer told comes last."""
    old = {fact.key: fact for fact in before}
    new = {fact.key: fact for fact in after}
    pairs = [Difference(old.get(key), fact) for key, fact in new.items()]
    gone = [Difference(fact, None) for key, fact in old.items() if key not in new]
    return tuple(pair for pair in (*pairs, *gone) if pair.before != pair.after)


def _of_thing(plan: Plan, id: str, at: Period) -> Iterator[Fact]:
    thing = plan.things[id]
    if isinstance(thing, Ting):
        yield _fact(id, "namn", thing.namn)
    end = end_date(plan, id, at)
    if end:
        yield Fact(id, "slut", None, (), end.in_words(), str(end))
    for skala, steg in _states(plan, id, at):
        yield _fact(id, "tillstånd", steg, skala)
    for result in results(plan, id, at):
        yield Fact(id, "tillstånd", result.period, ("kontrollresultat",), result.steg, result.steg)
    if isinstance(thing, Indikator):
        for vems, _, target in in_force(plan, thing, at):
            text = bounds_text(target.lägst, target.högst, thing.måttenhet)
            yield Fact(id, "målvärde", None, (vems,), text, target.text)


def _states(plan: Plan, id: str, at: Period) -> Iterator[tuple[str, str]]:
    """Scale and step of all that is said, then of what is computed."""
    for skala in sorted(spoken(plan, id) - {"kontrollresultat"}):
        said = state(plan, id, skala, at)
        if said:
            yield skala, said.steg
    judged = level(plan, id, at)
    if judged:
        yield judged.skala, judged.steg.namn
    fulfilled = fulfilment(plan, id, at)
    if fulfilled:
        yield "uppfyllelse", fulfilled.steg.namn


def _texts(plan: Plan, at: Period) -> Iterator[Fact]:
    standing = ((id, text, None) for id, text in plan.texter.items())
    said = ((id, entry.text, at) for id, entry in plan.uppföljning.get(at, {}).items())
    for id, text, period in (*standing, *said):
        if text:
            fingerprint = sha256(text.encode()).hexdigest()
            yield Fact(id, "text", period, (), shorten(text, _SHOWN), fingerprint)


def _figures(plan: Plan, ids: Iterable[str], at: Period) -> Iterator[Fact]:
    """The value of every row, and of every report period as far back as there are rows: a sum or
    share of an earlier report that a correction changes is told anew."""
    reports = _report_periods(plan, at)
    for id in ids:
        series = dict.fromkeys((key.serie, key.uppdelning) for key in plan.data.keys(id))
        for serie, uppdelning in series:
            for period in periods(plan, id, known_at=at, serie=serie, uppdelning=uppdelning):
                yield _figure(plan, id, period, at, serie, uppdelning)
        told = having_rows(plan, id, reports, known_at=at)
        figures = (_figure(plan, id, period, at) for period in told)
        yield from (figure for figure in figures if figure.text)


def _report_periods(plan: Plan, at: Period) -> tuple[Period, ...]:
    """The periods as long as the report's, from the year of the first row until the report."""
    if at.frekvens in (None, "dag"):
        return (at,)
    years = {key.period.year for id in plan.data.indicators() for key in plan.data.keys(id)}
    first = date(min({*years, at.year}), 1, 1)
    return divide(Period(first, at.last), str(at.frekvens))


def _figure(
    plan: Plan,
    id: str,
    period: Period,
    at: Period,
    serie: str = "utfall",
    uppdelning: Uppdelning = (),
) -> Fact:
    tal = value(plan, id, period, known_at=at, serie=serie, uppdelning=uppdelning)
    text = tal.with_count() if tal.is_told else ""
    return Fact(id, "värde", period, (serie,), text, _exact(tal), uppdelning, tal)


def _economy(plan: Plan, at: Period) -> Iterator[Fact]:
    """Amounts of the row set's period, forecasts of its year; about no id."""
    found = economy(plan, at)
    if found is None:
        return
    year = Period.parse(str(found.period.year))
    sums = (found.summa_intäkter, found.summa_kostnader, found.netto)
    groups = (("intäkt", found.intäkter), ("kostnad", found.kostnader), ("summa", sums))
    for group, lines in groups:
        for line in lines:
            for name, tal in _amounts(line):
                period = year if name == "prognos" else found.period
                detail = (group, line.post, name)
                yield Fact("", "ekonomi", period, detail, tal.text(), _exact(tal))


def _amounts(line: Budgetrad) -> tuple[tuple[str, Tal], ...]:
    return (
        ("utfall", line.utfall),
        ("budget", line.budget),
        ("avvikelse", line.avvikelse),
        ("prognos", line.prognos),
    )


def _fact(id: str, what: str, text: str, *detail: str) -> Fact:
    return Fact(id, what, None, detail, text, text)


def _exact(tal: Tal) -> str:
    """The unrounded value and the n behind it; "" where nothing may be told."""
    if tal.värde is None:
        return tal.märke
    return str(tal.värde) if tal.antal is None else f"{tal.värde} ({tal.antal} av {tal.av})"
