"""The risk matrix: every risk in the square of its ranks, or beside it with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.status import Bedömning
from kvalitet.view.badges import badge_of, legend
from kvalitet.view.document import (
    Beside,
    Block,
    Body,
    Cell,
    Column,
    Inline,
    Line,
    Matrix,
    Row,
    Square,
    Table,
)
from kvalitet.view.scene import Scene, capital
from kvalitet.view.standing import change_of_level

_LEVEL_ALONE = "Nivån är angiven, men inte sannolikhet och allvarlighetsgrad:"
_CLOSED = "Avslutade:"
_OUTSIDE = "Bedömda på en äldre skala, utanför den här matrisen:"
_UNKNOWN = "Ingen nivå är angiven:"
_EXPLANATION = (
    "Så följer risknivån av sannolikhet och allvarlighetsgrad. "
    "Ingen risk är inplacerad, eftersom de två inte är angivna"
)
_NONE: tuple[Line, ...] = (("inga",),)
_REASONS = (_LEVEL_ALONE, _OUTSIDE, _UNKNOWN, _CLOSED)


def matrix(scene: Scene) -> Iterator[Block]:
    """The matrix of the report's risks, with the legend of the levels. Where none has its ranks
    told, the risks come first, by level, and the matrix tells only how a level follows."""
    risks = scene.risks()
    found = matrix_of(scene.plan, scene.at, risks, scene.reference)
    if risks and _has_no_ranks(found):
        yield _by_level(scene, risks)
        yield replace(found, caption=_EXPLANATION, beside=())
    elif risks:
        yield found
    if risks:
        yield legend(scene.plan, "nivå", scene.at.last)


def _has_no_ranks(found: Matrix) -> bool:
    """Whether every risk stands beside the matrix since likelihood or severity is not told."""
    is_placed = any(square.risks for _, squares in found.rows for square in squares)
    return not is_placed and {each.why for each in found.beside} <= {_LEVEL_ALONE, _UNKNOWN}


def _by_level(scene: Scene, risks: Iterable[Risk]) -> Table:
    """The risks at each level, the highest first, those that were raised or lowered with that."""
    steps = scales.steps(scene.plan.skalor["nivå"], scene.at.last)
    of_level: dict[Inline, list[Line]] = {badge_of("nivå", step): [] for step in reversed(steps)}
    unknown: list[Line] = []
    for risk in risks:
        level = status.level(scene.plan, risk.id, scene.at)
        same = of_level.setdefault(badge_of("nivå", level.steg), []) if level else unknown
        same.append((scene.reference(risk), *change_of_level(scene, scene.plan, risk.id)))
    if unknown:
        of_level["ingen nivå"] = unknown
    rows = tuple(
        Row((Cell(((named,),), header=True), Cell(tuple(lines) or _NONE)))
        for named, lines in of_level.items()
    )
    columns = (Column("Risknivå"), Column("Risker"))
    return Table(f"Risker efter nivå, {scene.at.in_words()}", columns, (Body(rows),))


def matrix_of(
    plan: Plan, at: Period, risks: Iterable[Risk], reference: Callable[[Risk], Inline]
) -> Matrix:
    """Risks at a report, each as `reference` says it, in its square or beside the matrix."""
    likelihoods, severities = (_steps(plan, at, axis) for axis in AXES)
    placed: dict[tuple[int, int], list[Inline]] = {}
    beside: dict[str, list[Line]] = {}
    for risk in risks:
        level = status.level(plan, risk.id, at)
        reason = why_beside(plan, at, risk, level)
        if level is None or reason:
            beside.setdefault(reason, []).append(_named(reference(risk), level))
        else:
            square = level.sannolikhet, level.allvarlighetsgrad
            placed.setdefault(square, []).append(reference(risk))
    rows = tuple(
        (
            f"{likelihood} {likelihoods[likelihood - 1]}",
            tuple(
                _square(plan, at, (likelihood, severity), placed) for severity in _ranks(severities)
            ),
        )
        for likelihood in reversed(_ranks(likelihoods))
    )
    return Matrix(
        caption=f"Risker efter sannolikhet och allvarlighetsgrad, {at.in_words()}",
        rows_axis=capital(AXES[0]),
        columns_axis=capital(AXES[1]),
        columns=tuple(f"{rank} {severities[rank - 1]}" for rank in _ranks(severities)),
        rows=rows,
        beside=tuple(Beside(why, tuple(beside[why])) for why in _REASONS if why in beside),
    )


def _steps(plan: Plan, at: Period, axis: str) -> tuple[str, ...]:
    return tuple(step.namn for step in scales.steps(plan.skalor[axis], at.last))


def _ranks(steps: tuple[str, ...]) -> range:
    return range(1, len(steps) + 1)


def why_beside(plan: Plan, at: Period, risk: Risk, level: Bedömning | None) -> str:
    """Why a risk has no square; "" where it has one."""
    läge = status.state(plan, risk.id, "läge", at)
    if läge and status.meaning(plan, "läge", läge) == "avslutad":
        return _CLOSED
    if any(_is_outside(plan, at, risk, axis) for axis in AXES):
        return _OUTSIDE
    if level is None:
        return _UNKNOWN
    return "" if level.sannolikhet and level.allvarlighetsgrad else _LEVEL_ALONE


def _is_outside(plan: Plan, at: Period, risk: Risk, axis: str) -> bool:
    """Whether the step was said on a scale that had more steps than it has at the report."""
    said = status.state(plan, risk.id, axis, at)
    rank = scales.rank(plan.skalor[axis], said.steg, said.period.last) if said else 0
    return rank > len(_steps(plan, at, axis))


def _square(
    plan: Plan, at: Period, ranks: tuple[int, int], placed: Mapping[tuple[int, int], list[Inline]]
) -> Square:
    skala = plan.skalor["nivå"]
    step = scales.computed_level(skala, *ranks, at.last)
    return Square(
        badge=badge_of("nivå", step) if step else None,
        score="" if scales.has_cells(skala, at.last) else str(ranks[0] * ranks[1]),
        risks=tuple(placed.get(ranks, ())),
    )


def _named(name: Inline, level: Bedömning | None) -> Line:
    return (name, " ", badge_of("nivå", level.steg)) if level else (name,)
