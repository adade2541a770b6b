"""The risk register of a plan at a period: each risk, its level, its change and its measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk, Åtgärd
from kvalitet.period import FREQUENCIES, Period, divide
from kvalitet.view.badges import badge, badge_of, legend, legends_of_parts
from kvalitet.view.document import Badge, Beside, Legend, Line, Matrix
from kvalitet.view.matrix import BY_PARTS, Reason, matrix_of, why_beside
from kvalitet.view.scene import brief_names, by_nr, earlier, things_done
from kvalitet.view.standing import MOST_APART, together

Change: TypeAlias = Literal["", "ny", "höjd", "sänkt", "oförändrad"]
Tally: TypeAlias = tuple[tuple[Badge, int], ...]


@dataclass(frozen=True, slots=True)
class Grad:
    """A step of likelihood or severity, and its place on the scale, from 1."""

    namn: str
    rang: int


@dataclass(frozen=True, slots=True)
class Nivå:
    """A level, its place on the scale, from 1, and the product that it follows from, if it does."""

    steg: Badge
    rang: int
    poäng: int | None


@dataclass(frozen=True, slots=True)
class Åtgärder:
    """The number of measures, by stoplight: every step of `tidplan`, also those with none; then
    those whose tidplan nobody has said, and those that only the units follow up; and apart from
    them what has ended, by `läge`."""

    tidplan: Tally = ()
    utan_tidplan: int = 0
    av_enheter: int = 0
    avslutade: Tally = ()

    @property
    def antal(self) -> int:
        """All of them."""
        told = sum(n for _, n in (*self.tidplan, *self.avslutade))
        return self.utan_tidplan + self.av_enheter + told

    @property
    def har_tidplan(self) -> bool:
        """Whether the stoplight of any of them is lit."""
        return any(n for _, n in self.tidplan)


@dataclass(frozen=True, slots=True)
class Enhet:
    """How a risk stands in a part of the plan."""

    plan: str
    namn: str
    läge: Badge | None
    nivå: Nivå | None
    ändring: Change
    tidigare: Nivå | None
    åtgärder: Åtgärder


@dataclass(frozen=True, slots=True)
class Riskrad:
    """A risk as it stands. `tidigare` is its level at the report before; `ändring` is "" where the
    two cannot be compared; `utan_ruta` tells why it has no square in the matrix. `enheter` are the
    parts that judge it or follow up its measures."""

    id: str
    nr: str
    namn: str
    läge: Badge | None
    i_urval: bool
    nivå: Nivå | None
    sannolikhet: Grad | None
    allvarlighetsgrad: Grad | None
    ändring: Change
    tidigare: Nivå | None
    utan_ruta: Reason
    åtgärder: Åtgärder
    enheter: tuple[Enhet, ...] = ()


@dataclass(frozen=True, slots=True)
class Riskregister:
    """All risks of a plan, by `nr`, and the matrix with their numbers in its squares. `urval` is
    the lowest level that enters the plan's report, "" where all do; `nivåer_i_enheter` are the
    levels of parts that judge on a scale of their own."""

    plan: str
    namn: str
    period: Period
    before: Period
    urval: str
    risker: tuple[Riskrad, ...]
    matrix: Matrix
    nivåer: Legend
    nivåer_i_enheter: tuple[Legend, ...]
    tidplan: Legend


def score(plan: Plan, at: Period) -> Riskregister:
    """The register at a report: those below `urval` are in it too, and what has ended."""
    risks = by_nr(plan.all(Risk))
    rows = tuple(_row(plan, risk, at, earlier(at)) for risk in risks)
    shown = {unit.nivå.steg for row in rows for unit in row.enheter if unit.nivå}
    return Riskregister(
        plan=plan.mapp,
        namn=plan.huvud.namn,
        period=at,
        before=earlier(at),
        urval=plan.huvud.urval or "",
        risker=rows,
        matrix=_matrix(plan, at, risks, rows),
        nivåer=legend(plan, "nivå", at.last),
        nivåer_i_enheter=tuple(legends_of_parts(plan, "nivå", shown, at.last)),
        tidplan=legend(plan, "tidplan", at.last),
    )


def by_unit(risk: Riskrad) -> tuple[tuple[str, Line], ...]:
    """How each unit judges a risk, and whether that is another level than it was; of many, those
    that say the same together."""
    told = [(unit.namn, _judged(unit)) for unit in risk.enheter if unit.nivå]
    return tuple(together(told) if len(told) > MOST_APART else told)


def _judged(unit: Enhet) -> Line:
    assert unit.nivå is not None
    changed = "" if unit.ändring == "oförändrad" else unit.ändring
    about = ", ".join(filter(None, (changed, unit.läge.namn if unit.läge else "")))
    return unit.nivå.steg, f" ({about})" if about else ""


def measures_of_units(risk: Riskrad) -> Åtgärder:
    """The measures of a risk in all units, each counted in every unit that has it."""
    running: Counter[Badge] = Counter()
    ended: Counter[Badge] = Counter()
    for unit in risk.enheter:
        running.update(dict(unit.åtgärder.tidplan))
        ended.update(dict(unit.åtgärder.avslutade))
    without = sum(unit.åtgärder.utan_tidplan for unit in risk.enheter)
    return Åtgärder(tuple(running.items()), without, avslutade=tuple(ended.items()))


def newest_period(plan: Plan) -> Period | None:
    """The newest period in which something is said, or of the plan's own reports the shortest that
    holds it; of a plan that says nothing itself, by what its parts say. None where nothing is."""
    said = plan.uppföljning or {each for part in plan.below() for each in part.uppföljning}
    newest = max(said, default=None)
    rhythms = {report.rytm for report in plan.rapporter.values()} or {"tertial"}
    if newest is None or newest.frekvens in rhythms:
        return newest
    year = Period.parse(str(newest.year))
    reports = (
        part for rytm in sorted(rhythms, key=FREQUENCIES.index) for part in divide(year, rytm)
    )
    return next((report for report in reports if report.contains(newest)), newest)


def _matrix(plan: Plan, at: Period, risks: tuple[Risk, ...], rows: tuple[Riskrad, ...]) -> Matrix:
    """The matrix by numbers; those that only parts judge stand apart from those that nobody
    does."""
    names = brief_names(risks)
    apart = [
        row.id
        for row in rows
        if row.utan_ruta == "ingen nivå" and any(unit.nivå for unit in row.enheter)
    ]
    own = [risk for risk in risks if risk.id not in apart]
    found = matrix_of(plan, at, own, lambda risk, _: names[risk.id])
    by_parts = (Beside(BY_PARTS, tuple((names[id],) for id in apart)),) if apart else ()
    return replace(found, beside=(*found.beside, *by_parts))


def _row(plan: Plan, risk: Risk, at: Period, before: Period) -> Riskrad:
    now, then = _level(plan, risk.id, at), _level(plan, risk.id, before)
    likelihood, severity = (_grade(plan, risk.id, axis, at) for axis in AXES)
    return Riskrad(
        id=risk.id,
        nr=risk.nr,
        namn=risk.namn,
        läge=_state(plan, risk.id, at),
        i_urval=not status.is_below_selection(plan, risk.id, at),
        nivå=now,
        sannolikhet=likelihood,
        allvarlighetsgrad=severity,
        ändring=_change(plan, risk.id, at, before),
        tidigare=then,
        utan_ruta=why_beside(plan, at, risk, status.level(plan, risk.id, at)),
        åtgärder=_measures(plan, risk, at),
        enheter=tuple(_units(plan, risk.id, at, before)),
    )


def _units(plan: Plan, id: str, at: Period, before: Period) -> Iterator[Enhet]:
    """The parts that judge a risk or follow up a measure of it, in the order of the tree."""
    for part in plan.below():
        own = part.get(Risk, id)
        now = _level(part, id, at)
        if own and (now or any(_is_followed_up(part, each, at) for each in _of_risk(part, own))):
            yield Enhet(
                plan=part.mapp,
                namn=part.name,
                läge=_state(part, id, at),
                nivå=now,
                ändring=_change(part, id, at, before),
                tidigare=_level(part, id, before),
                åtgärder=_measures(part, own, at),
            )


def _state(plan: Plan, id: str, at: Period) -> Badge | None:
    läge = status.state(plan, id, "läge", at)
    return badge(plan, "läge", läge.steg, läge.period.last) if läge else None


def _level(plan: Plan, id: str, at: Period) -> Nivå | None:
    judged = status.level(plan, id, at)
    if judged is None:
        return None
    skala = plan.skalor[judged.skala]
    is_product = scales.is_product(skala, at.last)
    product = judged.sannolikhet * judged.allvarlighetsgrad if is_product else 0
    rank = scales.rank(skala, judged.steg.namn, at.last)
    return Nivå(badge_of(judged.skala, judged.steg), rank, product or None)


def _grade(plan: Plan, id: str, axis: str, at: Period) -> Grad | None:
    """What is said of an axis, ranked on its scale as it was then (as `status.level` does)."""
    said = status.state(plan, id, axis, at)
    if said is None:
        return None
    return Grad(said.steg, scales.rank(plan.skalor[axis], said.steg, said.period.last))


def _change(plan: Plan, id: str, at: Period, before: Period) -> Change:
    if _level(plan, id, at) and not _level(plan, id, before):
        return "ny"
    steps = status.level_change(plan, id, at, before)
    if steps is None:
        return ""
    return "höjd" if steps > 0 else "sänkt" if steps < 0 else "oförändrad"


def _measures(plan: Plan, risk: Risk, at: Period) -> Åtgärder:
    """The measures of a risk, also those that belong to its measures and self-checks."""
    ended: Counter[Badge] = Counter()
    running: Counter[Badge] = Counter(dict.fromkeys(_stoplight(plan, at), 0))
    without = by_units = 0
    for measure in _of_risk(plan, risk):
        läge = status.state(plan, measure.id, "läge", at)
        tidplan = status.state(plan, measure.id, "tidplan", at)
        if läge and status.is_finished(plan, measure.id, at):
            ended[badge(plan, "läge", läge.steg, läge.period.last)] += 1
        elif tidplan:
            running[badge(plan, "tidplan", tidplan.steg, tidplan.period.last)] += 1
        elif any(_is_followed_up(part, measure, at) for part in plan.below()):
            by_units += 1
        else:
            without += 1
    return Åtgärder(tuple(running.items()), without, by_units, tuple(ended.items()))


def _of_risk(plan: Plan, risk: Risk) -> Iterator[Åtgärd]:
    return (each for each in things_done(plan, risk) if type(each) is Åtgärd)


def _is_followed_up(plan: Plan, measure: Åtgärd, at: Period) -> bool:
    """Whether it is said how a measure stands."""
    return any(status.state(plan, measure.id, skala, at) for skala in ("läge", "tidplan"))


def _stoplight(plan: Plan, at: Period) -> Iterator[Badge]:
    for step in scales.steps(plan.skalor["tidplan"], at.last):
        yield badge_of("tidplan", step)
