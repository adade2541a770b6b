"""The risk matrix: every risk in the square of its ranks, or beside it with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal, TypeAlias

from kvalitet import scales, status
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES
from kvalitet.model.thing import Risk
from kvalitet.period import Period
from kvalitet.status import Bedömning
from kvalitet.view.badges import badge_of, legend, legends_of_parts
from kvalitet.view.document import (
    Badge,
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
from kvalitet.view.scene import Scene, brief_names, capital, numbered
from kvalitet.view.standing import NO_LEVEL, change_of_level, level, side_by_side

Reference: TypeAlias = Callable[[Risk, str], Inline]
"""How a risk is referred to by a name."""


Reason: TypeAlias = Literal["", "bara nivå", "äldre skala", "ingen nivå", "avslutad"]
"""Why a risk has no square; "" where it has one."""

_REASONS: dict[Reason, str] = {
    "bara nivå": "Nivån är angiven, men inte sannolikhet och allvarlighetsgrad:",
    "äldre skala": "Bedömda på en äldre skala, utanför den här matrisen:",
    "ingen nivå": "Ingen nivå är angiven:",
    "avslutad": "Avslutade:",
}
BY_PARTS = "Bedömda av verksamheterna, var för sig:"
"""What stands before the risks that only parts judge."""
_EXPLANATION = (
    "Så bestäms risknivån. Riskerna är inte inritade, eftersom deras sannolikhet och "
    "allvarlighetsgrad inte är angivna"
)
_NONE: tuple[Line, ...] = (("inga",),)
_NO_RANKS = {_REASONS["bara nivå"], _REASONS["ingen nivå"]}
_MOST_NAMED = 8
"""How many risks a square has room for by name."""


def matrix(scene: Scene) -> Iterator[Block]:
    """The matrix of the report's risks, with the legend of the levels; those that only parts judge
    stand beside it. Where none has its ranks told, the risks come first, by level, and the matrix
    tells only how a level follows."""
    risks = scene.risks()
    by_parts = {risk.id: line for risk in risks if (line := _judged_by_parts(scene, risk))}
    own = [risk for risk in risks if risk.id not in by_parts]
    found = matrix_of(scene.plan, scene.at, own, scene.reference)
    if risks and _has_no_ranks(found):
        yield _by_level(scene, own, tuple(by_parts.values()))
        if scales.computes(scene.plan.skalor["nivå"], scene.at.last):
            explanation = _EXPLANATION + (" för planen som helhet" if by_parts else "")
            yield replace(found, caption=explanation, beside=())
    elif by_parts:
        yield replace(found, beside=(*found.beside, Beside(BY_PARTS, tuple(by_parts.values()))))
    elif risks:
        yield found
    if risks:
        yield legend(scene.plan, "nivå", scene.at.last)
        shown = {piece for line in by_parts.values() for piece in line if isinstance(piece, Badge)}
        yield from legends_of_parts(scene.plan, "nivå", shown, scene.at.last)


def _has_no_ranks(found: Matrix) -> bool:
    """Whether every risk stands beside the matrix since likelihood or severity is not told."""
    is_placed = any(square.risks for _, squares in found.rows for square in squares)
    return not is_placed and {each.why for each in found.beside} <= _NO_RANKS


def _judged_by_parts(scene: Scene, risk: Risk) -> Line:
    """A risk with its level in each part, where the plan itself has none; else nothing."""
    here = status.level(scene.plan, risk.id, scene.at)
    if why_beside(scene.plan, scene.at, risk, here) != "ingen nivå":
        return ()
    theirs = side_by_side(scene, risk.id, level)
    pieces = chain.from_iterable((" · ", *line) for line in theirs)
    return (scene.reference(risk), *pieces) if theirs else ()


def _by_level(scene: Scene, risks: Iterable[Risk], by_parts: tuple[Line, ...]) -> Table:
    """The risks at each level, the highest first, those that were raised or lowered with that;
    then those that the plan itself has no level for."""
    steps = scales.steps(scene.plan.skalor["nivå"], scene.at.last)
    of_level: dict[Inline, list[Line]] = {badge_of("nivå", step): [] for step in reversed(steps)}
    unknown: list[Line] = []
    for risk in risks:
        judged = status.level(scene.plan, risk.id, scene.at)
        same = of_level.setdefault(badge_of("nivå", judged.steg), []) if judged else unknown
        same.append((scene.reference(risk), *change_of_level(scene, scene.plan, risk.id)))
    if not any(of_level.values()):  # that there is none at each level would seem to be a judgement
        of_level.clear()
    if by_parts:
        of_level["bedömda av verksamheterna"] = list(by_parts)
    if unknown:
        of_level[NO_LEVEL] = unknown
    rows = tuple(
        Row((Cell(((named,),), header=True), Cell(tuple(lines) or _NONE)))
        for named, lines in of_level.items()
    )
    columns = (Column("Risknivå"), Column("Risker"))
    return Table(f"Risker efter nivå, {scene.at.in_words()}", columns, (Body(rows),))


def matrix_of(plan: Plan, at: Period, risks: Sequence[Risk], reference: Reference) -> Matrix:
    """Risks at a report in their squares or beside the matrix."""
    likelihoods, severities = (_steps(plan, at, axis) for axis in AXES)
    together: dict[tuple[int, int], list[Risk]] = {}
    beside: dict[Reason, list[Line]] = {}
    for risk in risks:
        judged = status.level(plan, risk.id, at)
        reason = why_beside(plan, at, risk, judged)
        if judged is None or reason:
            named = reference(risk, numbered(risk))
            beside.setdefault(reason, []).append(_with_level(named, judged))
        else:
            square = judged.sannolikhet, judged.allvarlighetsgrad
            together.setdefault(square, []).append(risk)
    brief = brief_names(risks)
    placed = {square: _in_square(of, brief, reference) for square, of in together.items()}
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
        beside=tuple(
            Beside(told, tuple(beside[why])) for why, told in _REASONS.items() if why in beside
        ),
    )


def _steps(plan: Plan, at: Period, axis: str) -> tuple[str, ...]:
    return tuple(step.namn for step in scales.steps(plan.skalor[axis], at.last))


def _ranks(steps: tuple[str, ...]) -> range:
    return range(1, len(steps) + 1)


def why_beside(plan: Plan, at: Period, risk: Risk, level: Bedömning | None) -> Reason:
    """Why a risk has no square; "" where it has one."""
    läge = status.state(plan, risk.id, "läge", at)
    if läge and status.meaning(plan, "läge", läge) == "avslutad":
        return "avslutad"
    if any(_is_outside(plan, at, risk, axis) for axis in AXES):
        return "äldre skala"
    if level is None:
        return "ingen nivå"
    return "" if level.sannolikhet and level.allvarlighetsgrad else "bara nivå"


def _is_outside(plan: Plan, at: Period, risk: Risk, axis: str) -> bool:
    """Whether the step was said on a scale that had more steps than it has at the report."""
    said = status.state(plan, risk.id, axis, at)
    rank = scales.rank(plan.skalor[axis], said.steg, said.period.last) if said else 0
    return rank > len(_steps(plan, at, axis))


def _square(
    plan: Plan,
    at: Period,
    ranks: tuple[int, int],
    placed: Mapping[tuple[int, int], tuple[Line, ...]],
) -> Square:
    skala = plan.skalor["nivå"]
    step = scales.computed_level(skala, *ranks, at.last)
    return Square(
        badge=badge_of("nivå", step) if step else None,
        score=str(ranks[0] * ranks[1]) if scales.is_product(skala, at.last) else "",
        risks=placed.get(ranks, ()),
    )


def _in_square(
    risks: Sequence[Risk], brief: Mapping[str, str], reference: Reference
) -> tuple[Line, ...]:
    """The risks of a square, one a line; of more than it has room for only the numbers, side by
    side, before those that have none."""
    if len(risks) <= _MOST_NAMED:
        return tuple((reference(risk, numbered(risk)),) for risk in risks)
    numbers: list[Inline] = []
    by_name: list[Line] = []
    for risk in risks:
        if brief[risk.id] == risk.nr:
            numbers += [", ", reference(risk, risk.nr)]
        else:
            by_name.append((reference(risk, brief[risk.id]),))
    return tuple(filter(None, (tuple(numbers[1:]), *by_name)))


def _with_level(name: Inline, judged: Bedömning | None) -> Line:
    return (name, " ", badge_of("nivå", judged.steg)) if judged else (name,)
