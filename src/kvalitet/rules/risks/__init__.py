"""Rules about risks and quality areas."""

from kvalitet.rules.risks import controls, intervals, judgements, levels

__all__ = ["controls", "intervals", "judgements", "levels"]
