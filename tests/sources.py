"""The lists of what real documents print (tests/sources), and what of the register answers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeAlias

from kvalitet import status
from kvalitet.economy import Budgetrad, economy
from kvalitet.figure import Tal
from kvalitet.indicators import explain
from kvalitet.load import load
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Aktivitet
from kvalitet.period import Period
from kvalitet.series.data import Row
from kvalitet.status import Måljämförelse
from kvalitet.svenska import number

TESTS = Path(__file__).resolve().parent
NOTHING = "–"
Svar: TypeAlias = Tal | Måljämförelse | Period | str
"""A figure, a target, a date, or a word: a state, a type, a goal's number; – for nothing said."""

_UNITS = {"antal": "", "medelvärde": "", "index": "", "procent": "%"}
_SPELLED = {"procent": "%", "st": "", "stycken": ""}
_ABOUT = ("omkring ", "ungefär ", "knappt ", "knappa ", "ca ", "cirka ", "över ", "upp till ")
_WORDS = "ingen en två tre fyra fem sex sju åtta nio tio".split()
_AMOUNT = re.compile(r"([−-]?\d+(?:[ \u00a0]\d{3})*(?:,\d+)?)\s*(.*)")
_FIGURE = re.compile(
    r"(?<![\w–+])(?<!\d,)[+−]?\d+(?:\u00a0\d{3})*(?:,\d+)?(?:\u00a0%)?(?![\w–]|,\d)|u\.s\."
)
_MARKS = " .◆●"


@dataclass(frozen=True, slots=True)
class Dokument:
    """A document that was written over into a plan, and our report of the same period: `tomt` is an
    element of it without figures, `enkelt` one where each figure stands once. `data` are the files
    that were written from it alone; none says more than it."""

    fil: str
    namn: str
    plan: str
    period: str
    rapport: str
    tomt: str
    enkelt: str
    data: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.fil}-{self.namn}"

    @property
    def at(self) -> Period:
        return Period.parse(self.period)

    def rows(self) -> list[Källtal]:
        text = (TESTS / "sources" / f"{self.fil}.csv").read_text("utf-8")
        rows = (Källtal(**row) for row in csv.DictReader(text.splitlines(), delimiter=";"))
        return [row for row in rows if row.dokument == self.namn]


@dataclass(frozen=True, slots=True)
class Källtal:
    """What a document prints (`rad` is its line there), what of the register that is, and the HTML
    element where ours stands; without `sak`, why there is none.

    `sak` is an indicator, a thing or a post of the budget, and `fält` what of it is meant (the
    value, where it is empty); `serie` is whose, of a target. `hos_oss` is what ours says
    instead, with the reason in `förklaring`; without `sak` our words in the element. `upprepar` is
    the line of what is printed again, and told once by us. `plan` is the part of the document's
    plan that has it, where it isn't its own.
    """

    dokument: str
    rad: str
    vad: str
    tryckt: str
    sak: str
    period: str
    serie: str
    uppdelning: str
    fält: str
    element: str
    upprepar: str
    hos_oss: str
    förklaring: str
    plan: str = ""

    def __str__(self) -> str:
        return f"{self.dokument} rad {self.rad}, {self.vad}: {self.tryckt}"

    @property
    def asked(self) -> tuple[str, ...]:
        """What of the register is asked for."""
        return (self.plan, self.sak, self.period, self.serie, self.uppdelning, self.fält)

    @property
    def is_about(self) -> bool:
        """Whether the document itself says that the figure is not exact."""
        return self.tryckt.casefold().startswith(_ABOUT)


@cache
def plan_of(dokument: Dokument, part: str = "") -> Plan:
    return load(TESTS.parent).register.plans[part or dokument.plan]


def told(row: Källtal, dokument: Dokument) -> Svar:
    """What the register knows at the report of the document's period."""
    plan, at = plan_of(dokument, row.plan), dokument.at
    if row.fält in ("utfall", "budget", "avvikelse"):
        answer: Svar = getattr(_posts(plan, at)[row.sak], row.fält)
        return answer
    if row.fält in ("läge", "tidplan", "uppfyllelse", "årsbedömning"):
        said = status.state(plan, row.sak, row.fält, Period.parse(row.period))
        return said.steg if said else NOTHING
    if row.fält == "nivå":
        judged = status.level(plan, row.sak, Period.parse(row.period))
        return judged.steg.namn if judged else NOTHING
    if row.fält == "målvärde":
        return _target(plan, row, at)
    if row.fält in ("", "antal", "av", "svarsfrekvens"):
        return _value(plan, row, at)
    field: Svar | None = getattr(plan.things[row.sak], row.fält)
    return field or NOTHING


def _posts(plan: Plan, at: Period) -> Mapping[str, Budgetrad]:
    whole = economy(plan, at)
    assert whole is not None
    sums = (whole.summa_intäkter, whole.summa_kostnader, whole.netto)
    return {row.post: row for row in (*whole.intäkter, *whole.kostnader, *sums)}


def _target(plan: Plan, row: Källtal, at: Period) -> Måljämförelse:
    (found,) = (each for each in status.comparisons(plan, row.sak, at) if each.vems == row.serie)
    return found


def _value(plan: Plan, row: Källtal, at: Period) -> Tal:
    skala, _, steg = row.uppdelning.partition(": ")
    step = explain(
        plan,
        row.sak,
        Period.parse(row.period),
        known_at=at,
        serie=row.serie or "utfall",
        uppdelning=((skala, steg),) if steg else (),
    )
    rates = [each.cell.svarsfrekvens for each in step.rows]
    return {
        "": step.tal,
        "antal": _alone(step.tal.antal),
        "av": _alone(step.tal.av),
        "svarsfrekvens": _alone(rates[0] if rates else None, "procent"),
    }[row.fält]


def _alone(value: Fraction | None, måttenhet: str = "antal") -> Tal:
    return Tal(value, måttenhet, kind="saknas" if value is None else "värde")


def invented(dokument: Dokument) -> Iterator[str]:
    """What the register says and the document does not: values (but for 0), dates of activities."""
    plan, rows = plan_of(dokument), dokument.rows()
    told = {
        (row.plan, row.sak, Period.parse(row.period), row.serie or "utfall", row.uppdelning)
        for row in rows
        if row.period
    }
    for part in (plan, *plan.below()):
        mapp = "" if part is plan else part.mapp
        for id, row in _written(part, dokument.data):
            steps = ", ".join(": ".join(step) for step in row.key.uppdelning)
            if row.cell.värde and (mapp, id, row.key.period, row.key.serie, steps) not in told:
                yield f"{row.path} rad {row.line}"
    dated = {(row.sak, row.fält) for row in rows}
    for activity in plan.all(Aktivitet):
        for field in ("start", "slut"):
            if getattr(activity, field) and (activity.id, field) not in dated:
                yield f"{activity.id}: {field}"


def _written(plan: Plan, files: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
    for id in plan.data.indicators():
        for row in plan.data.rows(id):
            if any(fnmatch(str(row.path), f"*data/{file}") for file in files):
                yield id, row


def is_answer(row: Källtal, svar: Svar) -> bool:
    """Whether that was printed, or is what ours says instead, with a reason."""
    shown = row.hos_oss or row.tryckt
    if isinstance(svar, Period):
        return Period.parse(shown) == svar
    if isinstance(svar, Måljämförelse):
        bounds = (svar.målvärde.lägst, svar.målvärde.högst)
        unit, decimals = svar.tal.måttenhet, svar.tal.decimaler
        return all(is_right(shown, Tal(n, unit, decimals)) for n in bounds if n is not None)
    if isinstance(svar, str):
        return shown.strip(_MARKS).casefold() == svar.casefold()
    in_tkr = " tkr" if row.fält in ("utfall", "budget", "avvikelse") else ""
    return is_right(shown + in_tkr, svar)


def is_right(tryckt: str, tal: Tal) -> bool:
    """Whether that was printed: exactly the value, and also as ours is printed. A share whose n is
    known is exact only in its n."""
    if tal.värde is None:
        return tryckt == tal.märke
    found = _AMOUNT.fullmatch(_in_figures(tryckt))
    if found is None:
        return False
    ours = number(tal.cell().removeprefix("+"))
    there = {ours} if tal.av else {ours, tal.värde}
    unit = _SPELLED.get(found[2], found[2])
    return there == {number(found[1])} and unit == _UNITS.get(tal.måttenhet, tal.måttenhet)


def _in_figures(tryckt: str) -> str:
    """Omkring tio procent as 10 procent."""
    text = tryckt.casefold()
    for about in _ABOUT:
        text = text.removeprefix(about)
    first, _, rest = text.partition(" ")
    first = "en" if first == "ett" else first
    return f"{_WORDS.index(first) if first in _WORDS else first} {rest}".strip()


def figures(text: str) -> list[str]:
    """The whole numbers of a text, a share with its sign; 4 is not in 14, 4 %, +4, d4 or 4–17."""
    return _FIGURE.findall(text)


def printed(svar: Svar) -> str:
    """How ours prints it: a figure without its unit, but for %; all else in words."""
    if isinstance(svar, Tal):
        shown = svar.cell() if svar.värde is None or svar.skillnad else svar.text()
        return next(iter(figures(shown)), "")
    if isinstance(svar, Måljämförelse):
        return svar.text()
    return svar.in_words() if isinstance(svar, Period) else svar
