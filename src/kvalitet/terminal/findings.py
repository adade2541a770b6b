"""Findings as text and JSON, for people and for programs."""

from __future__ import annotations

import sys
from collections import Counter
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from kvalitet.findings import Finding, Severity
from kvalitet.rules.exceptions import Accepted
from kvalitet.rules.judge import Judged, Untried
from kvalitet.svenska import NO_BREAK_SPACE, count, shorten
from kvalitet.terminal.signs import as_json, console_of, harmless, masked_before

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_LONGEST_REASON = 300


def print_findings(judged: Judged) -> None:
    """Each finding with its line, carets and hint; then what was not tried and what is accepted;
    last a line that sums up."""
    console = console_of(sys.stdout)
    for finding in judged.findings:
        _print_finding(console, finding)
    for untried in judged.untried:
        console.print(Text(untried_line(untried), style="dim"), soft_wrap=True)
    for accepted in judged.accepted:
        for line in _wrapped(accepted_line(accepted), console.width):
            console.print(Text(harmless(line), style="dim"), soft_wrap=True)
    console.print(Text(summary(judged)), soft_wrap=True)


def _wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, no word of which is broken: an id is searched for as it is."""
    return wrap(
        text, width, subsequent_indent="    ", break_on_hyphens=False, break_long_words=False
    )


def untried_line(untried: Untried) -> str:
    """How many rules were not tried on a plan, and why."""
    rules = count(len(untried.codes), "regel är inte prövad", "regler är inte prövade")
    return f"{untried.plan}: {rules}, eftersom {untried.why}."


def accepted_line(accepted: Accepted) -> str:
    """An exception in force: until when, from which rule, where, how often, and why."""
    one = accepted.undantag
    number = count(accepted.antal, "påpekande", "påpekanden").replace(" ", NO_BREAK_SPACE)
    reason = shorten(one.skäl, _LONGEST_REASON)
    return f"Godtaget till och med {one.slut.last}: {one.regel} {one.plats}, {number}. {reason}"


def summary(judged: Judged) -> str:
    """One line: how many findings of each kind, in how much."""
    number = Counter(finding.severity for finding in judged.findings)
    kinds = [
        count(number[Severity.ERROR], "fel", "fel"),
        count(number[Severity.WARNING], "varning", "varningar"),
        count(number[Severity.INFO], "upplysning", "upplysningar"),
    ]
    told = ", ".join(kinds) if judged.findings else "Inga påpekanden"
    plans = count(judged.plans, "plan", "planer")
    return f"{told} ({plans}, {count(judged.rows, 'rad', 'rader')} data)"


def _print_finding(console: Console, finding: Finding) -> None:
    place = finding.place
    where = f"{place.path}:{place.line}:{place.column}" if place.line else place.path
    head = Text(harmless(f"{where}: "))
    head.append(f"{finding.code} {finding.severity.ord}", style=_COLOURS[finding.severity])
    head.append(harmless(f": {finding.message}"))
    console.print(head, soft_wrap=True)
    if place.excerpt.strip() and "\0" not in place.excerpt:
        _print_excerpt(console, finding)
    for line in hint(finding).splitlines():
        console.print(Text(harmless(f"    {line}")), soft_wrap=True)
    console.print()


def _print_excerpt(console: Console, finding: Finding) -> None:
    place = finding.place
    margin = f"{place.line:>5} | "
    room = max(console.width - len(margin) - 2, 20)
    line = masked_before(place.excerpt.replace("\t", " "))
    first = max(0, place.column - 1 - room // 2) if len(line) > room else 0
    shown = line[first : first + room]
    start = max(place.column - 1 - first, 0)
    end_column = place.end_column or len(line) + 1
    length = max(1, min(end_column - place.column, len(shown) - start))
    console.print(Text(margin, style="dim").append(shown, style="default"), soft_wrap=True)
    carets = " " * 5 + " | " + " " * start
    style = _COLOURS[finding.severity]
    console.print(Text(carets, style="dim").append("^" * length, style=style), soft_wrap=True)


def hint(finding: Finding) -> str:
    """What to do, and the other place that the finding concerns, if any."""
    if finding.other is None:
        return finding.hint
    return f"{finding.hint}\nDet andra stället: {finding.other.path}:{finding.other.line}"


def findings_as_json(judged: Judged) -> str:
    """The findings of a run as JSON (design 4)."""
    number = Counter(finding.severity for finding in judged.findings)
    content = {
        "version": 1,
        "findings": [_as_dict(finding) for finding in judged.findings],
        "summary": {
            **{severity.value: number[severity] for severity in Severity},
            "plans": judged.plans,
            "rows": judged.rows,
            "untried": [
                {"plan": untried.plan, "codes": untried.codes, "why": untried.why}
                for untried in judged.untried
            ],
            "accepted": [
                {
                    "code": accepted.undantag.regel,
                    "place": accepted.undantag.plats,
                    "reason": accepted.undantag.skäl,
                    "until": str(accepted.undantag.slut.last),
                    "count": accepted.antal,
                }
                for accepted in judged.accepted
            ],
        },
    }
    return as_json(content)


def _as_dict(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": hint(finding),
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "route": list(place.route),
    }
