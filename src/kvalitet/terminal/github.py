"""Findings as GitHub shows them: workflow commands, and Markdown for the summary of a job.

What stands in a file may be anything: no sign of it may end a command, a cell or a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from kvalitet.findings import Finding, Severity
from kvalitet.rules.judge import Judged
from kvalitet.svenska import count
from kvalitet.terminal.findings import accepted_line, hint, summary, untried_line
from kvalitet.terminal.signs import harmless

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GRAVEST_FIRST = [*_COMMANDS]
_MOST = 10
"""GitHub shows ten annotations of a kind from a step."""
_LARGEST = 500_000
"""GitHub takes a mebibyte of summary from a step, or nothing."""
_STEERING = re.compile(r"[&<>|\\`*_\[\]~#@$]|:(?=\S)")


def commands(judged: Judged, folder: str = "") -> str:
    """A command for each of the ten worst findings, by severity and then by place, and a line that
    sums up. `folder` is where the places are counted from."""
    lines = [_command(finding, folder) for finding in _worst_first(judged)[:_MOST]]
    return "".join(f"{line}\n" for line in (*lines, summary(judged)))


def job_summary(judged: Judged) -> str:
    """How much was found, what was not tried, what is accepted, and a table of the findings for
    which there is no command."""
    return "".join(f"{line}\n" for line in _bounded([*_head(judged), *_table(judged)]))


def _worst_first(judged: Judged) -> list[Finding]:
    """The order by place is kept within each severity."""
    return sorted(judged.findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity))


def _command(finding: Finding, folder: str) -> str:
    place = finding.place
    properties: dict[str, str | int] = {
        "file": harmless(str(PurePosixPath(folder, place.path))),
        "line": place.line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": finding.code,
    }
    told = ",".join(f"{name}={_in_property(value)}" for name, value in properties.items() if value)
    words = "\n".join(filter(None, (finding.message, hint(finding))))
    return f"::{_COMMANDS[finding.severity]} {told}::{_in_command(harmless(words))}"


def _in_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(value: str | int) -> str:
    return _in_command(str(value)).replace(":", "%3A").replace(",", "%2C")


def _head(judged: Judged) -> Iterator[str]:
    yield f"### kvalitet validate\n\n{summary(judged)}\n"
    if judged.untried or judged.accepted:
        yield from (f"- {_in_markdown(untried_line(each))}" for each in judged.untried)
        yield from (f"- {_in_markdown(accepted_line(each))}" for each in judged.accepted)
        yield ""


def _table(judged: Judged) -> Iterator[str]:
    rest = _worst_first(judged)[_MOST:]
    if rest:
        yield f"De {_MOST} värsta är utmärkta i filerna. Resten:\n"
        yield "| kod | plats | påpekande |\n|---|---|---|"
        yield from map(_row, rest)


def _row(finding: Finding) -> str:
    place = finding.place
    where = _in_markdown(place.path) + (f":{place.line}" if place.line else "")
    told = _in_markdown(finding.message)
    return f"| {finding.code} {finding.severity.ord} | {where} | {told} |"


def _in_markdown(text: str) -> str:
    """The text on one line, each sign that could be markup by its number."""
    line = " ".join(harmless(text).split())
    return _STEERING.sub(lambda sign: f"&#{ord(sign[0])};", line)


def _bounded(lines: Sequence[str]) -> Iterator[str]:
    size = 0
    for number, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > _LARGEST:
            more = count(len(lines) - number, "rad", "rader")
            yield f"\n{more} till får inte plats här: kvalitet validate visar allt."
            return
        yield line
