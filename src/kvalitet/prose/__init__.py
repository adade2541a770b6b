"""Computed figures in texts (design 3.11): a closed set of calls, parsed and never executed."""

from kvalitet.prose.calls import Call, Code
from kvalitet.prose.text import Problem, problems, reckoned, render

__all__ = ["Call", "Code", "Problem", "problems", "reckoned", "render"]
