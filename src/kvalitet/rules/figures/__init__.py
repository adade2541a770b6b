"""Rules about figures: indicators, surveys, self-checks, deviations, economy."""

from kvalitet.rules.figures import (
    deviations,
    economy,
    indicators,
    jumps,
    planned,
    relations,
    selfchecks,
    splits,
    surveys,
    values,
)

__all__ = [
    "deviations",
    "economy",
    "indicators",
    "jumps",
    "planned",
    "relations",
    "selfchecks",
    "splits",
    "surveys",
    "values",
]
