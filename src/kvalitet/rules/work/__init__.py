"""Rules about what is to be done: measures, activities, goals."""

from kvalitet.rules.work import followup, goals, goaltree, measures, slips

__all__ = ["followup", "goals", "goaltree", "measures", "slips"]
