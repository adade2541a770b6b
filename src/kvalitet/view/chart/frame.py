"""The frame that the charts of a table have in common, and where values and periods stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvalitet.period import Period
from kvalitet.view.chart.axis import Axis
from kvalitet.view.chart.geometry import LINE, UNIT, Box, rounded, width
from kvalitet.view.chart.labels import BETWEEN_NAMES, wrapped
from kvalitet.view.chart.series import Reference, Series

WIDTH = 340 * UNIT
"""As wide as a phone shows at full size."""
TICK = 4 * UNIT
LEADER = 10 * UNIT
"""From the end of a level to its name beside the plot."""

_HEIGHT = 130 * UNIT
ABOVE = 22 * UNIT
"""Room above the axis for the label of a value at its top."""
_INSET = 12 * UNIT
"""How far from the ends of the plot the first and the last period stand."""
_WIDEST_NAME = 118 * UNIT
"""kommunfullmäktige"""
_NARROWEST = 80 * UNIT
_MANY = 15
_RADIUS, _RADIUS_OF_MANY = 35, 25


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot with the first and last day in it, the height of the band beneath it that tells why
    values are missing, and the radius of a point."""

    plot: Box
    first: int
    last: int
    marks: int
    radius: int

    @property
    def below(self) -> int:
        """Where the names of the periods begin."""
        return self.plot.bottom + TICK + self.marks

    def x(self, period: Period) -> int:
        """Where a period stands: by its last day, as far apart as the days are."""
        room = self.plot.right - self.plot.left - 2 * _INSET
        passed = period.last.toordinal() - self.first
        return self.plot.left + _INSET + rounded(Fraction(passed * room, self.last - self.first))

    def y(self, share: Fraction) -> int:
        """Where a share of the upright axis stands."""
        return self.plot.bottom - rounded(share * (self.plot.bottom - self.plot.top))


def frame(series: Sequence[Series], axes: Sequence[Axis]) -> Frame | None:
    """With room for the widest tick, the widest name of a level and as many lines of such names as
    any of the charts has; None where that leaves too little for the plot."""
    points = [point for each in series for point in each.points]
    days = {point.period.last.toordinal() for point in points}
    names = [level_name(held) for each in series for held in each.references]
    aside = max((width(line) for name in names for line in name), default=0)
    left = max(width(text) for axis in axes for _, text in axis.named) + 2 * TICK
    right = WIDTH - (LEADER + aside + UNIT if aside else UNIT)
    if right - left < _NARROWEST:
        return None
    top = ABOVE + (LINE if any(each.breaks for each in series) else 0)
    return Frame(
        Box(left, top, right, top + max(_HEIGHT, *map(_names_height, series))),
        min(days),
        max(days),
        marks=LINE if any(point.tal.värde is None for point in points) else 0,
        radius=_RADIUS_OF_MANY if len(days) > _MANY else _RADIUS,
    )


def level_name(reference: Reference) -> tuple[str, ...]:
    """The name of a level as it stands beside the plot: what it is, then its value."""
    texts = (reference.namn, reference.text)
    return tuple(line for text in texts for line in wrapped(text, _WIDEST_NAME))


def _names_height(series: Series) -> int:
    names = map(level_name, series.references)
    return sum(len(name) * LINE + BETWEEN_NAMES for name in names)
