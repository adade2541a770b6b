"""What an indicator was in a period, as known at a report: the only way from rows to figures."""

from kvalitet.indicators.rows import BASELINE, Uppdelning, is_known
from kvalitet.indicators.values import (
    Step,
    baseline,
    break_between,
    breaks,
    explain,
    lacking,
    members,
    periods,
    value,
)

__all__ = [
    "BASELINE",
    "Step",
    "Uppdelning",
    "baseline",
    "break_between",
    "breaks",
    "explain",
    "is_known",
    "lacking",
    "members",
    "periods",
    "value",
]
