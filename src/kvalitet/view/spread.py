"""Values of indicators in the units: how far apart they are, and who is lowest and highest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from kvalitet.figure import Tal
from kvalitet.indicators import value
from kvalitet.model.indicator import Indikator
from kvalitet.period import Period
from kvalitet.svenska import NO_BREAK_SPACE, format_number
from kvalitet.view.comparable import Found, Measured
from kvalitet.view.document import NOTHING, Cell, Column, Figure, Inline, Line, Row
from kvalitet.view.scene import Scene
from kvalitet.view.standing import these

_MOST_VALUES = 12
COLUMNS = (
    Column("Indikator"),
    Column("Tillsammans", numeric=True),
    *map(Column, ("Lägst", "Högst", "Däremellan")),
)
"""What `apart` tells of each indicator."""
_BETTER = {"öka": "högre är bättre", "minska": "lägre är bättre"}


@dataclass(frozen=True, slots=True)
class _Compared:
    """The values of an indicator in the units in a period, the lowest first; its value for all of
    them, and how far apart they are as a share of that."""

    indicator: Indikator
    period: Period
    units: tuple[Measured, ...]
    whole: Tal
    spread: Fraction


def apart(scene: Scene, told: Mapping[str, Sequence[Measured]]) -> Found:
    """The indicators whose values differ, by how far apart they are. Those that add up over the
    units are larger where the unit is, and so tell nothing of a difference."""
    compared = [
        _compared(scene, each, units)
        for each in indicators(scene)
        if not each.adds_up and len(units := _comparable(told[each.id])) > 1
    ]
    differing = [each for each in compared if len(set(map(_shown, each.units))) > 1]
    differing.sort(key=lambda each: -each.spread)
    rows = tuple(_row(scene, each) for each in differing)
    return Found(rows, len(compared) - len(rows))


def indicators(scene: Scene) -> Iterator[Indikator]:
    """The common indicators, but for groups that are not computed themselves."""
    return (each for each in scene.plan.all(Indikator) if not each.indikatorer or each.beräkning)


def _comparable(units: Sequence[Measured]) -> Sequence[Measured]:
    return [each for each in units if not each.why_not]


def _compared(scene: Scene, indicator: Indikator, units: Sequence[Measured]) -> _Compared:
    ordered = sorted(units, key=_worth)
    period = ordered[0].tal.period or scene.at
    whole = value(scene.plan, indicator.id, period, known_at=scene.at)
    scale = abs(median(map(_worth, units)) if whole.värde is None else whole.värde)
    width = _worth(ordered[-1]) - _worth(ordered[0])
    return _Compared(indicator, period, tuple(ordered), whole, width / scale if scale else width)


def _worth(unit: Measured) -> Fraction:
    return unit.tal.värde or Fraction()


def _shown(unit: Measured) -> str:
    return unit.tal.text()


def _row(scene: Scene, compared: _Compared) -> Row:
    """The lowest and the highest by name, the others between them in order."""
    indicator, units = compared.indicator, compared.units
    when = "" if compared.period == scene.at else compared.period.in_words()
    about = ", ".join(filter(None, (when, _BETTER.get(indicator.riktning, ""))))
    ends = [[each for each in units if _shown(each) == _shown(units[end])] for end in (0, -1)]
    between = [each for each in units if each not in ends[0] and each not in ends[1]]
    return Row(
        (
            Cell(((indicator.namn,), *(((about,),) if about else ())), header=True),
            Cell(((Figure(compared.whole),),) if compared.whole.is_told else NOTHING),
            *(Cell(((Figure(same[0].tal),), (names(same),))) for same in ends),
            Cell((_listed(between),) if between else NOTHING),
        )
    )


def names(units: Sequence[Measured]) -> str:
    """The units that some values are of."""
    return these([each.plan.name for each in units])


def _listed(units: Sequence[Measured]) -> Line:
    pieces: list[Inline] = []
    for each in units[:_MOST_VALUES]:
        pieces += [f"{NO_BREAK_SPACE}· ", f"{each.plan.name}{NO_BREAK_SPACE}", Figure(each.tal)]
    rest = len(units) - _MOST_VALUES
    return (*pieces[1:], *((f" och {format_number(rest)} till",) if rest > 0 else ()))
