"""All rules: one small generator function per code, a file per family (design 6)."""

from kvalitet.rules import figures, periods, prose, references, risks, scales, words, work
from kvalitet.rules.cutoff import settle
from kvalitet.rules.judge import Judged, judge
from kvalitet.rules.registry import RULES

__all__ = [
    "RULES",
    "Judged",
    "figures",
    "judge",
    "periods",
    "prose",
    "references",
    "risks",
    "scales",
    "settle",
    "words",
    "work",
]  # fmt: skip
