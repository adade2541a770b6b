"""Rules about risks and quality areas."""

from kvalitet.rules.risks import judgements, levels

__all__ = ["judgements", "levels"]
