"""Line charts of indicators, every piece placed: what is printed is chosen and reckoned here."""

from collections.abc import Sequence

from kvalitet.view.chart.plot import drawn
from kvalitet.view.chart.series import series
from kvalitet.view.columns import Shown
from kvalitet.view.document import Chart
from kvalitet.view.scene import Scene


def charts(scene: Scene, shown: Sequence[Shown]) -> tuple[Chart, ...]:
    """The charts of a table, given its figures: one for each of the plan's own totals that has at
    least three values, all with the same axis of time."""
    return drawn(series(scene, shown))
