"""The functions that prose may call, and what each prints (example README, "Prose functions")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kvalitet.figure import difference
from kvalitet.indicators import Step, Uppdelning, break_between, explain, lacking, periods
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.status import comparisons, is_unknown, level
from kvalitet.svenska import join

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Call:
    """A call as parsed: the name, the arguments in order, and scale → step."""

    name: str
    arguments: tuple[str, ...]
    scales: tuple[tuple[str, str], ...] = ()


class Unreckoned(Exception):
    """Why a call has no result. `known` tells that the cause is a finding already. A `word` that
    may be a misspelling of one `among` others is compared only when it is told."""

    def __init__(
        self,
        code: Literal["R210", "R211"],
        message: str,
        hint: str = "",
        known: bool = False,
        *,
        word: str = "",
        among: Iterable[str] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.known = known
        self._hint = hint
        self._word = word
        self._among = among

    def hint(self, near: Allowance) -> str:
        """What to do, or which word was meant."""
        return self._hint or did_you_mean(self._word, near.of(self._among))


def is_function(name: str) -> bool:
    """Whether prose may call something of that name."""
    return name in _FUNCTIONS


def reckon(plan: Plan, call: Call, at: Period) -> str:
    """What a call prints in a text of the period; raises `Unreckoned`."""
    if call.name not in _FUNCTIONS:
        message = f'Det finns ingen beräkning som heter "{call.name}"'
        raise Unreckoned("R210", message, word=call.name, among=_FUNCTIONS)
    function = _FUNCTIONS[call.name]
    hint = f"Skriv {{{{ {function.example} }}}}."
    if not function.least <= len(call.arguments) <= function.most:
        raise Unreckoned("R210", f"{call.name} tar {function.takes}", hint)
    if call.scales and not function.takes_scales:
        raise Unreckoned("R210", f"{call.name} tar inga skalor", hint)
    return function.reckon(plan, call, at)


def _värde(plan: Plan, call: Call, at: Period) -> str:
    return _asked(plan, call, at)[-1].tal.with_count()


def _andel(plan: Plan, call: Call, at: Period) -> str:
    id = call.arguments[0]
    if _indicator(plan, id).måttenhet != "procent":
        hint = f'Skriv {{{{ värde("{id}") }}}}.'
        raise Unreckoned("R210", f'"{id}" är ingen andel', hint, _is_faulty(plan, [id]))
    return _asked(plan, call, at)[-1].tal.text()


def _förändring(plan: Plan, call: Call, at: Period) -> str:
    id, *ends = call.arguments
    earlier, later = (_told(plan, call, _period(end), at) for end in ends)
    new = break_between(plan, id, earlier, later)
    if new is not None:
        raise Unreckoned(
            "R211",
            f'"{id}" har en ny definition från {new}, så värdena kan inte jämföras',
            "Jämför två perioder på samma sida om ändringen.",
        )
    return difference(later[-1].tal, earlier[-1].tal).text()


def _mål(plan: Plan, call: Call, at: Period) -> str:
    id, *vems = call.arguments
    indicator = _indicator(plan, id)
    if vems and vems[0] not in indicator.målvärden:
        message = f'"{id}" har inget målvärde för "{vems[0]}"'
        known, among = _is_faulty(plan, [id]), indicator.målvärden
        raise Unreckoned("R210", message, known=known, word=vems[0], among=among)
    in_force = [each for each in comparisons(plan, id, at) if not vems or each.vems == vems[0]]
    if not in_force:
        message = f'Inget målvärde för "{id}" gäller i {at}'
        raise Unreckoned("R211", message, known=_is_faulty(plan, [id]))
    if len(in_force) > 1:
        names = join([f'"{each.vems}"' for each in in_force])
        raise Unreckoned("R210", f'"{id}" har flera målvärden', f"Skriv vems efter id: {names}.")
    return in_force[0].text()


def _nivå(plan: Plan, call: Call, at: Period) -> str:
    id, *when = call.arguments
    thing = plan.things.get(id)
    if not isinstance(thing, Risk):
        raise _wrong_kind(plan, id, "en risk", (risk.id for risk in plan.all(Risk)))
    period = _period(when[0]) if when else at
    if at < period:
        raise Unreckoned("R211", f"Nivån i {period} är inte känd i en text om {at}")
    judged = level(plan, id, period)
    if judged is None:
        message = f'Risken "{id}" är inte bedömd i {period}'
        hint = "Säg sannolikhet och allvarlighetsgrad, eller nivå, i uppföljningen."
        known = any(is_unknown(plan, id, skala, period) for skala in (*AXES, "nivå"))
        raise Unreckoned("R211", message, hint, known)
    return judged.steg.namn


@dataclass(frozen=True, slots=True)
class _Function:
    reckon: Callable[[Plan, Call, Period], str]
    least: int
    most: int
    takes: str
    example: str
    takes_scales: bool = True


_FUNCTIONS: Mapping[str, _Function] = {
    "värde": _Function(_värde, 1, 2, "id och ibland en period", 'värde("id", "2026-T1")'),
    "andel": _Function(_andel, 1, 2, "id och ibland en period", 'andel("id", "2026-T1")'),
    "förändring": _Function(
        _förändring, 3, 3, "id och två perioder", 'förändring("id", "2026-T1", "2026-T2")'
    ),
    "mål": _Function(_mål, 1, 2, "id och ibland vems målet är", 'mål("id", "nämnden")', False),
    "nivå": _Function(_nivå, 1, 2, "id och ibland en period", 'nivå("id", "2026-T1")', False),
}


def _asked(plan: Plan, call: Call, at: Period) -> Sequence[Step]:
    _, *when = call.arguments
    return _told(plan, call, _period(when[0]) if when else at, at)


def _told(plan: Plan, call: Call, period: Period, at: Period) -> Sequence[Step]:
    """The value of the call's indicator, explained; raises where not even a mark is told."""
    indicator = _indicator(plan, call.arguments[0])
    serie, uppdelning = _series(plan, call)
    steps = explain(plan, indicator.id, period, known_at=at, serie=serie, uppdelning=uppdelning)
    if steps[-1].tal.is_told:
        return steps
    cannot_be_computed = indicator.beräkning is not None and len(steps) == 1
    raise Unreckoned(
        "R211",
        f'Värde saknas för "{_spelled(call)}" i {period}',
        _what_there_is(plan, indicator, period, at, serie, uppdelning),
        plan.gaps.data or cannot_be_computed or _is_faulty(plan, [step.id for step in steps]),
    )


def _indicator(plan: Plan, id: str) -> Indikator:
    indicator = plan.get(Indikator, id)
    if indicator is None:
        raise _wrong_kind(plan, id, "en indikator", (each.id for each in plan.all(Indikator)))
    return indicator


def _wrong_kind(plan: Plan, id: str, wanted: str, among: Iterable[str]) -> Unreckoned:
    thing = plan.things.get(id)
    message, known = f'Det finns inget som heter "{id}"', plan.gaps.ids
    if thing is not None:
        message = f'Här väntades {wanted}, inte {thing.kind} "{id}"'
        known = (id, "id") in plan.gaps.fields
    return Unreckoned("R210", message, known=known, word=id, among=among)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Unreckoned("R210", str(error)) from None


def _series(plan: Plan, call: Call) -> tuple[str, Uppdelning]:
    said: dict[str, str] = {}
    for skala, steg in call.scales:
        known = skala in plan.gaps.scales
        if skala not in plan.skalor:
            message = f'Det finns ingen skala som heter "{skala}"'
            raise Unreckoned("R210", message, known=known, word=skala, among=plan.skalor)
        names = [step.namn for version in plan.skalor[skala].versioner.values() for step in version]
        if steg not in names:
            message = f'"{steg}" är inget steg på skalan {skala}'
            raise Unreckoned("R210", message, known=known, word=steg, among=names)
        if skala in said:
            raise Unreckoned("R210", f"Skalan {skala} står två gånger", "Ta bort den ena.")
        said[skala] = steg
    serie = said.pop("serie", "utfall")
    return serie, tuple(sorted(said.items()))


def _is_faulty(plan: Plan, ids: Iterable[str]) -> bool:
    faulty = {id for id, _ in plan.gaps.fields}
    return not faulty.isdisjoint(ids)


def _spelled(call: Call) -> str:
    return ", ".join([call.arguments[0], *(f"{skala} {steg}" for skala, steg in call.scales)])


def _what_there_is(
    plan: Plan,
    indicator: Indikator,
    period: Period,
    at: Period,
    serie: str,
    uppdelning: Uppdelning,
) -> str:
    """Which rows are lacking, and for which periods there is a value."""
    if indicator.indikatorer and not indicator.beräkning:
        return f"Det är en tabell. Ange något i den: {_some(indicator.indikatorer)}."
    there = periods(plan, indicator.id, known_at=at, serie=serie, uppdelning=uppdelning)
    gaps = lacking(plan, indicator.id, period, known_at=at, serie=serie, uppdelning=uppdelning)
    by_id: dict[str, list[str]] = {}
    for id, gap in gaps:
        by_id.setdefault(id, []).append(str(gap))
    rows = "; ".join(
        _some(each) if id == indicator.id else f"{id} {_some(each)}" for id, each in by_id.items()
    )
    known = f"Värde finns för {_some([str(each) for each in there])}."
    return f"Rader saknas för {rows}. {known if there else 'Lägg till en rad i data.'}"


def _some(words: Sequence[str]) -> str:
    if len(words) <= _MOST_NAMED:
        return join(words)
    return f"{', '.join(words[:2])} … {words[-1]}"
