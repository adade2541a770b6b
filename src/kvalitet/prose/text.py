"""Figures in prose: finds each `{{ … }}` in a text and reckons it at the text's period."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.prose.calls import Call, Code, Unreckoned, is_function, reckon
from kvalitet.shape import Allowance

_LONGEST_CALL = 400
_OPENING = re.compile(r"\\?\{\{")
_CLOSED = re.compile(r'\{\{((?:"[^"\n]*"|[^"{}]+)*+)\}\}')
_ARGUMENT = re.compile(r'\s*(?:([^\W\d]\w*)\s*=\s*)?"([^"\n]*)"\s*(,|$)')
_FORM = re.compile(r"\s*(\w+)\s*\((.*)\)\s*", re.DOTALL)
_MEANT = re.compile(r"(\w+)[ (]+([^ ()].*?)[ ),]*")
_MEANT_ARGUMENT = re.compile(r"""^ *((?:[^\W\d]\w* *= *)?)["“”„‘’' ]*(.*?)["“”„‘’' ]*$""")
_EXAMPLE = 'Skriv till exempel {{ värde("id") }} eller {{ värde("id", "2026-T1") }}.'

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|#]|^[+=-](?!\d)")
_STARTS_LINE = re.compile(r"(?:^|\n)(?:[^\S\n]|[>*+-]|\d{1,9}[.)][^\S\n])*\Z")
_LIST_MARK = re.compile(r"[.)](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a call in a text has no result, and where in the text it stands, counted from 0."""

    message: str
    hint: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A call in a text, with what stands between its braces; None where they are never closed."""

    start: int
    end: int
    body: str | None


def problems(
    plan: Plan, text: str, periods: Iterable[Period], code: Code, near: Allowance
) -> Iterator[Problem]:
    """What of one kind is wrong with the calls of a text of each period, but for what has other
    findings."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    calls: dict[str | None, list[_Found]] = {}
    for found in _calls(text):
        calls.setdefault(found.body, []).append(found)
    for body, places in calls.items():
        for why in _faults(plan, _read(body), periods, code):
            if not why.known:
                hint = why.hint(near)
                for found in places:
                    yield Problem(why.message, hint, *_within(found, lines, text))


def reckoned(plan: Plan, text: str, at: Period) -> Iterator[tuple[Call, tuple[int, int, int]]]:
    """The calls of a text of the period that have a result, and where each of them stands: line,
    column and length, counted from 0."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for found in _calls(text):
        call = _read(found.body)
        if isinstance(call, Call) and isinstance(_result(plan, call, at), str):
            yield call, _within(found, lines, text)


def render(plan: Plan, text: str, at: Period) -> str:
    r"""The text of the period with each call's result, still Markdown; a call without a result
    stays as written, and `\{{` becomes `{{`."""
    done: list[str] = []
    last = 0
    for found in _calls(text):
        result = _result(plan, _read(found.body), at)
        done.append(text[last : found.start].replace(r"\{{", "{{"))
        done.append(
            text[found.start : found.end]
            if isinstance(result, Unreckoned)
            else _as_text(result, text, found)
        )
        last = found.end
    return "".join([*done, text[last:].replace(r"\{{", "{{")])


def _calls(text: str) -> Iterator[_Found]:
    end = 0
    while opening := _OPENING.search(text, end):
        if opening[0].startswith("\\"):
            end = opening.end()
            continue
        start = opening.start()
        closed = _CLOSED.match(text, start)
        end = closed.end() if closed else _line_end(text, start)
        yield _Found(start, end, closed[1] if closed else None)


def _faults(
    plan: Plan, call: Call | Unreckoned, periods: Iterable[Period], code: Code
) -> Iterator[Unreckoned]:
    """Why a call has no result in texts of those periods, which are in order; what would be told
    again for each of them is told of the first."""
    for at in periods:
        result = _result(plan, call, at)
        if isinstance(result, Unreckoned) and result.code == code:
            yield result
        if _is_settled(call, result, code):
            return


def _is_settled(call: Call | Unreckoned, result: str | Unreckoned, code: Code) -> bool:
    """Whether nothing else is wrong with a call in later texts than in the one of that result."""
    if isinstance(call, Unreckoned):
        return True
    if isinstance(result, Unreckoned) and (result.known or result.code == "R210"):
        return True
    if code == "R210":
        return call.is_read_alike
    return isinstance(result, str) and call.stays_known


def _read(body: str | None) -> Call | Unreckoned:
    try:
        return _parsed(body)
    except Unreckoned as why:
        return why


def _result(plan: Plan, call: Call | Unreckoned, at: Period) -> str | Unreckoned:
    if isinstance(call, Unreckoned):
        return call
    try:
        return reckon(plan, call, at)
    except Unreckoned as why:
        return why


def _parsed(body: str | None) -> Call:
    if body is None:
        hint = r"Avsluta med }}. Ska klamrarna stå i texten, skriv \{{."
        raise Unreckoned("R210", "Beräkningen avslutas inte", hint)
    form = _FORM.fullmatch(body) if len(body) <= _LONGEST_CALL else None
    arguments = _arguments(form[2]) if form else None
    if form is None or arguments is None:
        raise Unreckoned("R210", "Beräkningen kan inte tolkas", _mended(body) or _EXAMPLE)
    in_order = tuple(text for name, text in arguments if not name)
    named = tuple((name, text) for name, text in arguments if name)
    return Call(form[1], in_order, named)


def _arguments(text: str) -> list[tuple[str, str]] | None:
    """Name, or "", and text of each argument; None where they cannot be told apart."""
    found: list[tuple[str, str]] = []
    end, more = 0, bool(text.strip())
    while more:
        argument = _ARGUMENT.match(text, end)
        if argument is None or (found and found[-1][0] and not argument[1]):
            return None
        found.append((argument[1] or "", argument[2]))
        end, more = argument.end(), argument[3] == ","
    return found


def _mended(body: str) -> str:
    """A hint with the call that was meant, each argument in straight quotes; "" if none is seen."""
    if len(body) > _LONGEST_CALL:
        return ""
    meant = _MEANT.fullmatch(" ".join(body.split()))
    if meant is None or not is_function(meant[1]):
        return ""
    arguments = ", ".join(_MEANT_ARGUMENT.sub(r'\1"\2"', one, 1) for one in meant[2].split(","))
    if _arguments(arguments) is None:
        return ""
    are_quoted = arguments.count('"') == body.count('"')
    write = "Skriv" if are_quoted else "Skriv med raka, dubbla citattecken:"
    return f"{write} {{{{ {meant[1]}({arguments}) }}}}."


def _as_text(result: str, text: str, found: _Found) -> str:
    """The result, so that Markdown prints it as it is; a number that begins a line is no list."""
    escaped = _SPECIAL.sub(r"\\\g<0>", " ".join(result.splitlines()))
    before = text[max(0, text.rfind("\n", 0, found.start)) : found.start]
    begins_list = escaped.isdigit() and _LIST_MARK.match(text, found.end)
    return escaped + "\\" if begins_list and _STARTS_LINE.fullmatch(before) else escaped


def _within(found: _Found, lines: list[int], text: str) -> tuple[int, int, int]:
    line = bisect_right(lines, found.start) - 1
    end = min(found.end, _line_end(text, found.start))
    return line, found.start - lines[line], end - found.start


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
