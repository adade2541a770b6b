"""A register at a period as a `Document`: frozen blocks along a report's section list."""

from kvalitet.view.report import document

__all__ = ["document"]
