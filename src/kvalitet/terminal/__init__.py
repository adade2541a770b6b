"""Findings and scores, for people and for programs. Only this package imports rich."""

from kvalitet.terminal.export import scores_as_csv, scores_as_json
from kvalitet.terminal.findings import findings_as_json, print_findings
from kvalitet.terminal.score import print_scores

__all__ = [
    "findings_as_json",
    "print_findings",
    "print_scores",
    "scores_as_csv",
    "scores_as_json",
]
