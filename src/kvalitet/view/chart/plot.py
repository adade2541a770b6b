"""From series to charts: the lines, points and words of each, at their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TypeAlias

from kvalitet.figure import Tal
from kvalitet.period import Period
from kvalitet.view.chart.axis import Axis, axis
from kvalitet.view.chart.frame import ABOVE, LEADER, TICK, WIDTH, Frame, frame, level_name
from kvalitet.view.chart.geometry import BASELINE, LINE, UNIT, Box, Place, path, printed
from kvalitet.view.chart.labels import (
    Surroundings,
    around,
    boxed,
    in_a_row,
    spread,
    time_labels,
    value_labels,
    wanted,
)
from kvalitet.view.chart.series import Series
from kvalitet.view.document import Chart, Dot, Label, LineKind, Stroke

_NEW_DEFINITION = "ny definition"


def drawn(series: Sequence[Series]) -> tuple[Chart, ...]:
    """A chart of each: over the same time, and if all are percentages on the same upright axis.
    None where numbers are so long that the names of the ticks leave no room for a line."""
    if not series:
        return ()
    axes = _axes(series)
    shared = frame(series, axes)
    if shared is None:
        return ()
    return tuple(_Plot(*each, shared).chart() for each in zip(series, axes, strict=True))


def _axes(series: Sequence[Series]) -> tuple[Axis, ...]:
    if {each.måttenhet for each in series} == {"procent"}:
        return (_axis(series),) * len(series)
    return tuple(_axis([each]) for each in series)


def _axis(series: Sequence[Series]) -> Axis:
    told = [point.tal for each in series for point in each.points]
    levels = [level for each in series for held in each.references for level in held.levels]
    return axis(
        [*(tal.värde for tal in told if tal.värde is not None), *levels],
        series[0].måttenhet,
        max(tal.decimaler for tal in told),
        series[0].svarsskala,
    )


_Line: TypeAlias = tuple[LineKind, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class _Plot:
    """One series on its axis, in the frame of all."""

    series: Series
    axis: Axis
    frame: Frame

    def chart(self) -> Chart:
        """All pieces, those that lie hindmost first."""
        runs = tuple(self._runs())
        dots = tuple(place for run in runs for place in run)
        lines = (*self._grid(), *self._breaks(), *self._levels(), *_outcome(runs))
        return Chart(
            self.series.caption(),
            self.series.sentence(),
            f"{self.series.anchor}--diagram",
            printed(WIDTH),
            printed(self.frame.below + 2 * LINE + UNIT),
            tuple(Stroke(kind, path(places)) for kind, places in lines),
            tuple(Dot(printed(x), printed(y), printed(self.frame.radius)) for x, y in dots),
            (
                *self._names_of_ticks(),
                *self._names_of_periods(),
                *self._marks(),
                *self._names_of_breaks(),
                *self._names_of_levels(),
                *self._values(dots, lines),
            ),
        )

    def _grid(self) -> Iterator[_Line]:
        plot = self.frame.plot
        for value, _ in self.axis.named:
            y = self.frame.y(self.axis.share(value))
            is_foot = value == max(self.axis.low, 0)
            yield "axel" if is_foot else "rutnät", ((plot.left, y), (plot.right, y))
        for point in self.series.points:
            x = self.frame.x(point.period)
            yield "axel", ((x, plot.bottom), (x, plot.bottom + TICK))

    def _runs(self) -> Iterator[tuple[Place, ...]]:
        """The points that a line joins: none over a gap, none over a new definition."""
        run: list[Place] = []
        parted = dict(self._parted())
        for point in self.series.points:
            if run and (point.tal.värde is None or point.period in parted):
                yield tuple(run)
                run = []
            if point.tal.värde is not None:
                run.append(self._place(point.period, point.tal.värde))
        yield tuple(run)

    def _place(self, period: Period, value: Fraction) -> Place:
        return self.frame.x(period), self.frame.y(self.axis.share(value))

    def _parted(self) -> Iterator[tuple[Period, int]]:
        """Each first period of a new definition, and where the old one ends: halfway to it."""
        for before, after in pairwise(point.period for point in self.series.points):
            if any(before.last < new.first <= after.last for new in self.series.breaks):
                yield after, (self.frame.x(before) + self.frame.x(after)) // 2

    def _breaks(self) -> Iterator[_Line]:
        for _, x in self._parted():
            yield "brott", ((x, self.frame.plot.top - ABOVE), (x, self.frame.plot.bottom))

    def _names_of_breaks(self) -> Iterator[Label]:
        told = [((x,), _NEW_DEFINITION) for _, x in self._parted()]
        top = self.frame.plot.top - ABOVE - LINE
        for text, box in in_a_row(told, top, WIDTH):
            yield boxed("brott", text, box)

    def _levels(self) -> Iterator[_Line]:
        """Each level, and from its end to its name beside the plot."""
        plot = self.frame.plot
        for held, (_, names) in zip(self.series.references, self._named(), strict=True):
            for level in held.levels:
                y = self.frame.y(self.axis.share(level))
                name = (names.left - 2 * UNIT, (names.top + names.bottom) // 2)
                yield held.kind, ((self._beginning(held.since), y), (plot.right, y))
                yield "hänvisning", ((plot.right, y), name)

    def _beginning(self, since: Period | None) -> int:
        """Where a level begins: halfway to the first point that it holds for."""
        befores = [point.period for point in self.series.points if since and point.period < since]
        if since is None or not befores:
            return self.frame.plot.left
        return (self.frame.x(befores[-1]) + self.frame.x(since)) // 2

    def _named(self) -> list[tuple[tuple[str, ...], Box]]:
        """The names of the levels, and where they stand."""
        plot = self.frame.plot
        names = [level_name(held) for held in self.series.references]
        heights = [len(name) * LINE for name in names]
        middles = [
            self.frame.y(self.axis.share(sum(held.levels, Fraction()) / len(held.levels)))
            for held in self.series.references
        ]
        tops = spread(middles, heights, plot.top, plot.bottom)
        left = plot.right + LEADER
        return [
            (name, Box(left, top, WIDTH, top + height))
            for name, top, height in zip(names, tops, heights, strict=True)
        ]

    def _names_of_levels(self) -> Iterator[Label]:
        for held, (name, box) in zip(self.series.references, self._named(), strict=True):
            for number, line in enumerate(name):
                y = box.top + number * LINE + BASELINE
                yield Label(held.kind, line, printed(box.left), printed(y), "start")

    def _names_of_ticks(self) -> Iterator[Label]:
        x = printed(self.frame.plot.left - TICK)
        for value, text in self.axis.named:
            y = self.frame.y(self.axis.share(value)) - LINE // 2 + BASELINE
            yield Label("axel", text, x, printed(y), "end")

    def _names_of_periods(self) -> Iterator[Label]:
        periods = [point.period for point in self.series.points]
        told = time_labels(
            [_in_two(period.short()) for period in periods], list(map(self.frame.x, periods)), WIDTH
        )
        for x, names in told:
            for number, text in enumerate(filter(None, names)):
                y = self.frame.below + number * LINE + BASELINE
                yield Label("axel", text, printed(x), printed(y), "middle")

    def _marks(self) -> Iterator[Label]:
        """Why values are missing, beneath the axis; once for those in a row that say the same."""
        gaps = groupby(self.series.points, key=lambda point: _mark(point.tal))
        told = [([self.frame.x(each.period) for each in run], mark) for mark, run in gaps if mark]
        for mark, box in in_a_row(told, self.frame.plot.bottom + TICK, WIDTH):
            yield boxed("lucka", mark, box)

    def _values(self, dots: tuple[Place, ...], lines: Sequence[_Line]) -> Iterator[Label]:
        told = [point.tal for point in self.series.points if point.tal.värde is not None]
        order = sorted(range(len(told)), key=lambda number: told[number].värde or 0)
        plot = self.frame.plot
        here = Surroundings(
            Box(plot.left, plot.top - ABOVE, plot.right, plot.bottom),
            self.frame.radius,
            dots,
            tuple(around(place, self.frame.radius) for place in dots),
            tuple(
                part
                for kind, places in lines
                if kind not in ("axel", "rutnät")
                for part in pairwise(places)
            ),
        )
        texts = {number: told[number].cell() for number in wanted(order)}
        return value_labels(texts, here)


def _outcome(runs: Iterable[tuple[Place, ...]]) -> Iterator[_Line]:
    for run in runs:
        if len(run) > 1:
            yield "utfall", run


def _mark(tal: Tal) -> str:
    return tal.cell() if tal.värde is None else ""


def _in_two(period: str) -> tuple[str, str]:
    """A period as two lines: jan, 2020; apr 2019–, mar 2020; 2020 alone."""
    first, dash, last = period.rpartition("–")
    if dash:
        return first + dash, last
    first, _, year = period.rpartition(" ")
    return (first, year) if first else (year, "")
