"""All rules: one small generator function per code, a file per family (design 6)."""

from kvalitet.rules import figures, parts, periods, prose, references, risks, scales, words, work
from kvalitet.rules.cutoff import settle
from kvalitet.rules.judge import Judged, case_of, judge, source_errors
from kvalitet.rules.registry import RULES

__all__ = [
    "RULES",
    "Judged",
    "case_of",
    "figures",
    "judge",
    "parts",
    "periods",
    "prose",
    "references",
    "risks",
    "scales",
    "settle",
    "source_errors",
    "words",
    "work",
]  # fmt: skip
