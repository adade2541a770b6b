"""Rules about what is to be done: measures, activities, goals."""

from kvalitet.rules.work import followup, goals, measures, slips

__all__ = ["followup", "goals", "measures", "slips"]
