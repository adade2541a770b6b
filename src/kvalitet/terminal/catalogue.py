"""The rules by family, as a list."""

from __future__ import annotations

import sys
from textwrap import wrap

from rich.text import Text

from kvalitet.findings import CATALOGUE, Code, Severity
from kvalitet.terminal.signs import console_of

_WIDEST = max(len(severity.ord) for severity in Severity)


def families() -> dict[str, tuple[Code, ...]]:
    """The entries of the catalogue by family, both in the order of the codes."""
    names = dict.fromkeys(entry.family for entry in CATALOGUE.values())
    return {
        name: tuple(entry for entry in CATALOGUE.values() if entry.family == name) for name in names
    }


def print_rules() -> None:
    """Each family with its codes, what they weigh and what they find."""
    console = console_of(sys.stdout)
    for family, entries in families().items():
        console.print(Text(family, style="bold"), soft_wrap=True)
        for entry in entries:
            head = f"  {entry.code} {entry.severity.ord:<{_WIDEST}} "
            for line in wrap(head + entry.title, console.width, subsequent_indent=" " * len(head)):
                console.print(Text(line), soft_wrap=True)
        console.print()
    console.print(Text("kvalitet explain KOD förklarar en regel."), soft_wrap=True)
