"""How things stand at a report: states, words, levels of risk, targets and fulfilment."""

from kvalitet.status.reports import begins_later, report_period
from kvalitet.status.states import (
    FINISHED,
    Bedömning,
    Tillstånd,
    end_date,
    is_below_selection,
    is_late,
    is_unknown,
    is_unwritten,
    level,
    level_change,
    meaning,
    results,
    spoken,
    state,
    words,
)
from kvalitet.status.targets import (
    Måljämförelse,
    Måluppfyllelse,
    comparisons,
    fulfilment,
    is_reached,
    target,
)

__all__ = [
    "FINISHED",
    "Bedömning",
    "Måljämförelse",
    "Måluppfyllelse",
    "Tillstånd",
    "begins_later",
    "comparisons",
    "end_date",
    "fulfilment",
    "is_below_selection",
    "is_late",
    "is_reached",
    "is_unknown",
    "is_unwritten",
    "level",
    "level_change",
    "meaning",
    "report_period",
    "results",
    "spoken",
    "state",
    "target",
    "words",
]
