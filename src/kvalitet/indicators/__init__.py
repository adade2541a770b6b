"""What an indicator was in a period, as known at a report: the only way from rows to figures."""

from kvalitet.indicators.parts import is_whole
from kvalitet.indicators.rows import BASELINE, Uppdelning, is_known
from kvalitet.indicators.steps import MOST_LACKING, Step, Unit
from kvalitet.indicators.totals import is_defined_alike
from kvalitet.indicators.values import (
    baseline,
    break_between,
    breakdowns,
    breaks,
    explain,
    having_rows,
    is_faulty,
    lacking,
    members,
    periods,
    some_periods,
    total,
    tried_periods,
    value,
)

__all__ = [
    "BASELINE",
    "MOST_LACKING",
    "Step",
    "Unit",
    "Uppdelning",
    "baseline",
    "break_between",
    "breakdowns",
    "breaks",
    "explain",
    "having_rows",
    "is_defined_alike",
    "is_faulty",
    "is_known",
    "is_whole",
    "lacking",
    "members",
    "periods",
    "some_periods",
    "total",
    "tried_periods",
    "value",
]
