"""Computed figures in texts (design 3.11): a closed set of calls, parsed and never executed."""

from kvalitet.prose.calls import Code
from kvalitet.prose.text import Problem, problems, render

__all__ = ["Code", "Problem", "problems", "render"]
