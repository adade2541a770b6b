"""Rules about what is to be done: measures, activities, goals."""

from kvalitet.rules.work import followup, goals, goaltree, measures, misses, slips, types

__all__ = ["followup", "goals", "goaltree", "measures", "misses", "slips", "types"]
