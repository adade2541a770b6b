"""What an indicator was in a period, as known at a report: the only way from rows to figures."""

from kvalitet.indicators.explained import Step, Unit, why
from kvalitet.indicators.news import break_between, breaks, is_corrected
from kvalitet.indicators.parts import is_whole
from kvalitet.indicators.rows import BASELINE, Uppdelning, is_known
from kvalitet.indicators.steps import MOST_LACKING
from kvalitet.indicators.totals import adds_up_over_units
from kvalitet.indicators.values import (
    baseline,
    breakdowns,
    explain,
    has_periods,
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
    "adds_up_over_units",
    "baseline",
    "break_between",
    "breakdowns",
    "breaks",
    "explain",
    "has_periods",
    "having_rows",
    "is_corrected",
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
    "why",
]
