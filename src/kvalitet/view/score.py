"""The risk register of a plan at a period: each risk, its level, its change and its measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk, Åtgärd
from kvalitet.period import FREQUENCIES, Period, divide
from kvalitet.view.badges import badge, badge_of, legend
from kvalitet.view.document import Badge, Legend, Matrix
from kvalitet.view.matrix import Reason, matrix_of, why_beside
from kvalitet.view.scene import brief_names, by_nr, earlier, things_done

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
    those whose tidplan nobody has said; and apart from them what has ended, by `läge`."""

    tidplan: Tally = ()
    utan_tidplan: int = 0
    avslutade: Tally = ()

    @property
    def antal(self) -> int:
        """All of them."""
        return self.utan_tidplan + sum(n for _, n in (*self.tidplan, *self.avslutade))

    @property
    def har_tidplan(self) -> bool:
        """Whether the stoplight of any of them is lit."""
        return any(n for _, n in self.tidplan)


@dataclass(frozen=True, slots=True)
class Riskrad:
    """A risk as it stands. `tidigare` is its level at the report before; `ändring` is "" where the
    two cannot be compared; `utan_ruta` tells why it has no square in the matrix."""

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


@dataclass(frozen=True, slots=True)
class Riskregister:
    """All risks of a plan, by `nr`, and the matrix with their numbers in its squares. `urval` is
    the lowest level that enters the plan's report, "" where all do."""

    plan: str
    namn: str
    period: Period
    before: Period
    urval: str
    risker: tuple[Riskrad, ...]
    matrix: Matrix
    nivåer: Legend
    tidplan: Legend


def score(plan: Plan, at: Period) -> Riskregister:
    """The register at a report: those below `urval` are in it too, and what has ended."""
    risks = by_nr(plan.all(Risk))
    names = brief_names(risks)
    return Riskregister(
        plan=plan.mapp,
        namn=plan.huvud.namn,
        period=at,
        before=earlier(at),
        urval=plan.huvud.urval or "",
        risker=tuple(_row(plan, risk, at, earlier(at)) for risk in risks),
        matrix=matrix_of(plan, at, risks, lambda risk, _: names[risk.id]),
        nivåer=legend(plan, "nivå", at.last),
        tidplan=legend(plan, "tidplan", at.last),
    )


def newest_period(plan: Plan) -> Period | None:
    """The newest period in which something is said, or of the plan's own reports the shortest that
    holds it; None where nothing is said."""
    newest = max(plan.uppföljning, default=None)
    rhythms = {report.rytm for report in plan.rapporter.values()} or {"tertial"}
    if newest is None or newest.frekvens in rhythms:
        return newest
    year = Period.parse(str(newest.year))
    reports = (
        part for rytm in sorted(rhythms, key=FREQUENCIES.index) for part in divide(year, rytm)
    )
    return next((report for report in reports if report.contains(newest)), newest)


def _row(plan: Plan, risk: Risk, at: Period, before: Period) -> Riskrad:
    läge = status.state(plan, risk.id, "läge", at)
    now, then = _level(plan, risk.id, at), _level(plan, risk.id, before)
    likelihood, severity = (_grade(plan, risk.id, axis, at) for axis in AXES)
    return Riskrad(
        id=risk.id,
        nr=risk.nr,
        namn=risk.namn,
        läge=badge(plan, "läge", läge.steg, läge.period.last) if läge else None,
        i_urval=not status.is_below_selection(plan, risk.id, at),
        nivå=now,
        sannolikhet=likelihood,
        allvarlighetsgrad=severity,
        ändring="ny" if now and not then else _change(plan, risk.id, at, before),
        tidigare=then,
        utan_ruta=why_beside(plan, at, risk, status.level(plan, risk.id, at)),
        åtgärder=_measures(plan, risk, at),
    )


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
    steps = status.level_change(plan, id, at, before)
    if steps is None:
        return ""
    return "höjd" if steps > 0 else "sänkt" if steps < 0 else "oförändrad"


def _measures(plan: Plan, risk: Risk, at: Period) -> Åtgärder:
    """The measures of a risk, also those that belong to its measures and self-checks."""
    ended: Counter[Badge] = Counter()
    running: Counter[Badge] = Counter(dict.fromkeys(_stoplight(plan, at), 0))
    without = 0
    for measure in things_done(plan, risk):
        if type(measure) is not Åtgärd:
            continue
        läge = status.state(plan, measure.id, "läge", at)
        tidplan = status.state(plan, measure.id, "tidplan", at)
        if läge and status.is_finished(plan, measure.id, at):
            ended[badge(plan, "läge", läge.steg, läge.period.last)] += 1
        elif tidplan:
            running[badge(plan, "tidplan", tidplan.steg, tidplan.period.last)] += 1
        else:
            without += 1
    return Åtgärder(tuple(running.items()), without, tuple(ended.items()))


def _stoplight(plan: Plan, at: Period) -> Iterator[Badge]:
    for step in scales.steps(plan.skalor["tidplan"], at.last):
        yield badge_of("tidplan", step)
