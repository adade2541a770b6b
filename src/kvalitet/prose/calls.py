"""The functions that prose may call, and what each prints (example README, "Prose functions")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kvalitet.figure import bounds_text, difference
from kvalitet.indicators import (
    Step,
    Uppdelning,
    break_between,
    explain,
    is_faulty,
    is_whole,
)
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.prose.advice import Asked, what_there_is
from kvalitet.shape import Allowance, did_you_mean
from kvalitet.status import is_unknown, level, target
from kvalitet.svenska import join

Code: TypeAlias = Literal["R210", "R211"]
"""What a call without a result is told as: it cannot be read, or there is no value."""

_WITH_PERIOD = 2


@dataclass(frozen=True, slots=True)
class Call:
    """A call as parsed: the name, the arguments in order, and scale → step."""

    name: str
    arguments: tuple[str, ...]
    scales: tuple[tuple[str, str], ...] = ()

    @property
    def is_read_alike(self) -> bool:
        """Whether one that can be read in a text can be read in all: a target may come to need a
        word on whose it is."""
        return self.name != "mål"

    @property
    def stays_known(self) -> bool:
        """Whether one that has a result in a text has one in all later texts: it asks for a period
        of its own, and nothing that is known is forgotten."""
        return self.name in ("värde", "andel", "nivå") and len(self.arguments) == _WITH_PERIOD


class Unreckoned(Exception):
    """Why a call has no result. `known` tells that the cause is a finding already. What to do, the
    `advice` or which word `among` others is nearly `word`, is looked for only when it is told."""

    def __init__(
        self,
        code: Code,
        message: str,
        hint: str = "",
        known: bool = False,
        *,
        advice: Callable[[], str] = str,
        word: str = "",
        among: Iterable[str] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.known = known
        self._hint = hint
        self._advice = advice
        self._word = word
        self._among = among

    def hint(self, near: Allowance) -> str:
        """What to do, or which word was meant."""
        told = self._hint or self._advice()
        return told or did_you_mean(self._word, near.of(self._among))


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
    return _asked(plan, call, at).tal.with_count()


def _andel(plan: Plan, call: Call, at: Period) -> str:
    id = call.arguments[0]
    if _indicator(plan, id).måttenhet != "procent":
        hint = f'Skriv {{{{ värde("{id}") }}}}.'
        raise Unreckoned("R210", f'"{id}" är ingen andel', hint, is_faulty(plan, id))
    return _asked(plan, call, at).tal.text()


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
    return difference(later.tal, earlier.tal).text()


def _mål(plan: Plan, call: Call, at: Period) -> str:
    id, *vems = call.arguments
    indicator = _indicator(plan, id)
    if vems and vems[0] not in indicator.målvärden:
        message = f'"{id}" har inget målvärde för "{vems[0]}"'
        known, among = is_faulty(plan, id), indicator.målvärden
        raise Unreckoned("R210", message, known=known, word=vems[0], among=among)
    asked = {each: indicator.målvärden[each] for each in vems or indicator.målvärden}
    in_force = {whose: found for whose, of in asked.items() if (found := target(of, at))}
    if not in_force:
        message = f'Inget målvärde för "{id}" gäller i {at}'
        raise Unreckoned("R211", message, known=is_faulty(plan, id))
    if len(in_force) > 1:
        names = join([f'"{whose}"' for whose in in_force])
        raise Unreckoned("R210", f'"{id}" har flera målvärden', f"Skriv vems efter id: {names}.")
    ((_, one),) = in_force.values()
    return bounds_text(one.lägst, one.högst, indicator.måttenhet)


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


def _asked(plan: Plan, call: Call, at: Period) -> Step:
    _, *when = call.arguments
    return _told(plan, call, _period(when[0]) if when else at, at)


def _told(plan: Plan, call: Call, period: Period, at: Period) -> Step:
    """The value of the call's indicator, explained; raises where not even a mark is told."""
    indicator = _indicator(plan, call.arguments[0])
    serie, uppdelning = _series(plan, call)
    step = explain(plan, indicator.id, period, known_at=at, serie=serie, uppdelning=uppdelning)
    if step.tal.is_told:
        return step
    raise Unreckoned(
        "R211",
        f'Värde saknas för "{_spelled(call)}" i {period}',
        known=plan.gaps.data or not is_whole(plan, indicator.id) or is_faulty(plan, indicator.id),
        advice=lambda: what_there_is(Asked(plan, indicator, period, at, serie, uppdelning)),
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


def _spelled(call: Call) -> str:
    return ", ".join([call.arguments[0], *(f"{skala} {steg}" for skala, steg in call.scales)])
