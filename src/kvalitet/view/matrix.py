"""The risk matrix: every risk in the square of its ranks, or beside it with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvalitet import scales, status
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.status import Bedömning
from kvalitet.view.badges import badge_of, legend
from kvalitet.view.document import Beside, Block, Inline, Line, Matrix, Square
from kvalitet.view.scene import Scene, capital

_LEVEL_ALONE = "Nivån är angiven, men inte sannolikhet och allvarlighetsgrad:"
_CLOSED = "Avslutade:"
_OUTSIDE = "Bedömda på en äldre skala, utanför den här matrisen:"
_UNKNOWN = "Ingen nivå är angiven:"
_REASONS = (_LEVEL_ALONE, _OUTSIDE, _UNKNOWN, _CLOSED)


def matrix(scene: Scene) -> Iterator[Block]:
    """The matrix of the report's risks, with the legend of the levels."""
    likelihoods, severities = (_steps(scene, axis) for axis in AXES)
    placed: dict[tuple[int, int], list[Inline]] = {}
    beside: dict[str, list[Line]] = {}
    for risk in scene.risks():
        level = status.level(scene.plan, risk.id, scene.at)
        reason = _why_beside(scene, risk, level)
        if level is None or reason:
            beside.setdefault(reason, []).append(_named(scene, risk, level))
        else:
            square = level.sannolikhet, level.allvarlighetsgrad
            placed.setdefault(square, []).append(scene.reference(risk))
    rows = tuple(
        (
            f"{likelihood} {likelihoods[likelihood - 1]}",
            tuple(_square(scene, likelihood, severity, placed) for severity in _ranks(severities)),
        )
        for likelihood in reversed(_ranks(likelihoods))
    )
    yield Matrix(
        caption=f"Risker efter sannolikhet och allvarlighetsgrad, {scene.at.in_words()}",
        rows_axis=capital(AXES[0]),
        columns_axis=capital(AXES[1]),
        columns=tuple(f"{rank} {severities[rank - 1]}" for rank in _ranks(severities)),
        rows=rows,
        beside=tuple(Beside(why, tuple(beside[why])) for why in _REASONS if why in beside),
    )
    yield legend(scene.plan, "nivå", scene.at.last)


def _steps(scene: Scene, axis: str) -> tuple[str, ...]:
    return tuple(step.namn for step in scales.steps(scene.plan.skalor[axis], scene.at.last))


def _ranks(steps: tuple[str, ...]) -> range:
    return range(1, len(steps) + 1)


def _why_beside(scene: Scene, risk: Risk, level: Bedömning | None) -> str:
    """Why a risk has no square; "" where it has one."""
    läge = status.state(scene.plan, risk.id, "läge", scene.at)
    if läge and status.meaning(scene.plan, "läge", läge) == "avslutad":
        return _CLOSED
    if any(_is_outside(scene, risk, axis) for axis in AXES):
        return _OUTSIDE
    if level is None:
        return _UNKNOWN
    return "" if level.sannolikhet and level.allvarlighetsgrad else _LEVEL_ALONE


def _is_outside(scene: Scene, risk: Risk, axis: str) -> bool:
    """Whether the step was said on a scale that had more steps than it has at the report."""
    said = status.state(scene.plan, risk.id, axis, scene.at)
    skala = scene.plan.skalor[axis]
    rank = scales.rank(skala, said.steg, said.period.last) if said else 0
    return rank > len(_steps(scene, axis))


def _square(
    scene: Scene, likelihood: int, severity: int, placed: Mapping[tuple[int, int], list[Inline]]
) -> Square:
    skala = scene.plan.skalor["nivå"]
    step = scales.computed_level(skala, likelihood, severity, scene.at.last)
    return Square(
        badge=badge_of("nivå", step) if step else None,
        score="" if scales.has_cells(skala, scene.at.last) else str(likelihood * severity),
        risks=tuple(placed.get((likelihood, severity), ())),
    )


def _named(scene: Scene, risk: Risk, level: Bedömning | None) -> Line:
    name = scene.reference(risk)
    return (name, " ", badge_of("nivå", level.steg)) if level else (name,)
