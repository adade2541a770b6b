"""Findings and scores, for people and for programs. Only this package imports rich.

What prints scores is imported by the one that does: `validate` needs none of it.
"""

from kvalitet.terminal.findings import findings_as_json, print_findings
from kvalitet.terminal.signs import harmless

__all__ = ["findings_as_json", "harmless", "print_findings"]
