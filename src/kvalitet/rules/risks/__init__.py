"""Rules about risks and quality areas."""

from kvalitet.rules.risks import intervals, judgements, levels

__all__ = ["intervals", "judgements", "levels"]
