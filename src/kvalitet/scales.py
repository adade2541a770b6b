"""From scores to steps: which version of a scale holds, ranks, cells, levels and their change."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kvalitet.model.scale import Skala, Steg
from kvalitet.period import Period


def steps(scale: Skala, day: date) -> tuple[Steg, ...]:
    """The steps valid on a day: a dated version holds from its first day until the next begins;
    the first also before (example README, rule 6)."""
    versions = sorted(scale.versioner.items(), key=lambda item: item[0].first if item[0] else day)
    valid = versions[0][1]
    for period, version in versions[1:]:
        if period and period.first <= day:
            valid = version
    return valid


def step(scale: Skala, name: str, day: date) -> Steg | None:
    """The step of that name, or None where the scale has no such step that day."""
    return next((step for step in steps(scale, day) if step.namn == name), None)


def rank(scale: Skala, name: str, day: date) -> int:
    """The place of a step on its scale, from 1; 0 where it has none."""
    names = [step.namn for step in steps(scale, day)]
    return names.index(name) + 1 if name in names else 0


def from_score(scale: Skala, score: Fraction | int, day: date) -> Steg | None:
    """The step whose `från` is the highest not above the score; the lowest covers what lies below."""
    begun = [step for step in steps(scale, day) if step.från is not None]
    if not begun:
        return None
    reached = [step for step in begun if step.från is not None and step.från <= score]
    return reached[-1] if reached else begun[0]


def from_cell(scale: Skala, likelihood: int, severity: int, day: date) -> Steg | None:
    """The step that lists the cell `AxB` among its `rutor`."""
    cell = f"{likelihood}x{severity}"
    return next((step for step in steps(scale, day) if cell in step.rutor), None)


def has_cells(scale: Skala) -> bool:
    """Whether the scale is told by `rutor` in any of its versions."""
    return any(step.rutor for version in scale.versioner.values() for step in version)


def cell_scale(skalor: dict[str, Skala]) -> str | None:
    """The one scale besides `nivå` that is told by `rutor`, or None (example README, rule 5)."""
    return next((name for name, scale in skalor.items() if name != "nivå" and has_cells(scale)), None)


def computed_level(scale: Skala, likelihood: int, severity: int, day: date) -> Steg | None:
    """The step for the ranks of both axes: by its cell where cells are told, else by the product."""
    if has_cells(scale):
        return from_cell(scale, likelihood, severity, day)
    return from_score(scale, likelihood * severity, day)


def holds_from(versions: dict[Period | None, str], day: date) -> str:
    """The value of a dated `beskrivning` on a day; "" where there is none (rule 6)."""
    dated = sorted((period.first, text) for period, text in versions.items() if period)
    if not dated:
        return versions.get(None, "")
    begun = [text for first, text in dated if first <= day]
    return begun[-1] if begun else dated[0][1]


