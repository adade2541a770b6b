"""All rules: one small generator function per code, a file per family (design 6)."""

from kvalitet.rules import periods, prose, references, scales, texts
from kvalitet.rules.cutoff import settle
from kvalitet.rules.judge import Judged, judge
from kvalitet.rules.registry import RULES

__all__ = [
    "RULES", "Judged", "judge", "periods", "prose", "references", "scales", "settle", "texts",
]  # fmt: skip
