"""Rules about figures: indicators, surveys, self-checks, deviations, economy."""

from kvalitet.rules.figures import (
    decimals,
    definitions,
    deviations,
    economy,
    indicators,
    ivo,
    jumps,
    planned,
    relations,
    rounds,
    selfchecks,
    splits,
    strays,
    surveys,
    values,
)

__all__ = [
    "decimals",
    "definitions",
    "deviations",
    "economy",
    "indicators",
    "ivo",
    "jumps",
    "planned",
    "relations",
    "rounds",
    "selfchecks",
    "splits",
    "strays",
    "surveys",
    "values",
]
