"""Systematic quality work in Swedish social services: plans and figures in, reports out."""

__version__ = "0.1.0"
