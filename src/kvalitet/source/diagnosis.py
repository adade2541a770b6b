"""Why the YAML parser stopped, told from the lines: one finding, with the mended line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from kvalitet.findings import Finding, found
from kvalitet.source.form import hard_space, place, place_in
from kvalitet.source.mend import after_bar, shown

_BULLET = re.compile(r" *((?:-|[–—−•·*]\s*)([^\W\d_][\w-]*:(?:\s.*)?))$")
_NO_KEY = re.compile(r" *(?:- +)*+(:)(?: |$)")
_VALUE = re.compile(
    r" *(?P<dash>(?:- +)*+)(?:(?P<key>[^\s:#'\"\[{&*!|>%@`][^:]*?):[ \t]+)?(?P<value>\S.*)$"
)
_WHOLE = re.compile(r"""[|>][-+0-9]*|\[[^\[\]]*\]|"[^"]*"|'[^']*'""")
_GLUED = re.compile(r"(?P<key>(?:- +)?[\w-]+:)(?P<value>\S.*)$")
_INDENT = re.compile(r"^ *(?:- +)*+")
_SIGNS = {
    "&": "ett ankare",
    "*": "ett alias",
    "!": "en tagg",
    "|": "en text på flera rader",
    ">": "en text på flera rader",
    "%": "ett direktiv",
    "@": "något annat",
    "`": "något annat",
    "{": "klammerparenteser",
    "[": "en lista",
    '"': "citat",
    "'": "citat",
}


@dataclass(frozen=True, slots=True)
class _Stopped:
    """The lines of a text in which the parser stopped, at a line and a column (from 0)."""

    path: str
    lines: list[str]
    line: int
    column: int

    def finding(self, number: int, span: tuple[int, int], message: str, hint: str) -> Finding:
        return found("R101", place_in(self.path, number, span), message, hint)

    def is_open(self, number: int) -> bool:
        """Whether no ] stands between a line and where the parser stopped."""
        passed = [*self.lines[number : self.line], self.lines[self.line][: self.column]]
        return "]" not in "".join(passed)


def diagnose(text: str, path: str, error: Any, text_lines: Iterable[tuple[int, int]]) -> Finding:
    """The finding for a parser that stopped with `error`, having passed texts at these lines.

    The parser often stops after the mistake, so the lines before are looked at too.
    """
    lines = [row.rstrip("\r") for row in text.split("\n")]
    mark = error.problem_mark or error.context_mark
    at = _Stopped(path, lines, mark.line, mark.column)
    if mark.line >= len(lines):  # the parser ends the last line itself where the file does not
        at = _Stopped(path, lines, len(lines) - 1, len(lines[-1]))
    suspects = list(_suspects(at, error, list(text_lines)))
    for tests, numbers in ((_SURE, suspects), (_LIKELY, suspects[:2])):
        for number, test in product(numbers, tests):
            if finding := test(at, number):
                return finding
    return at.finding(
        at.line,
        (at.column, at.column + 1),
        "Raden kan inte läsas som YAML",
        "Jämför indrag, kolon och bindestreck med raderna före.",
    )


_FIRST_KEYS = {"templates": "rubrik", "kvalitet.yaml": "format"}
"""What files may begin with that are not of a plan, by where they lie."""


def without_keys(text: str, path: str, event: Any) -> Finding:
    """The finding for a file that is one value (R115); its first line may tell what is missing."""
    number = event.start_mark.line
    at = _Stopped(path, text.split("\n"), number, 0)
    if finding := _no_space(at, number) or _no_colon_after_word(at, number):
        return replace(finding, code="R115")
    where = place(path, event.start_mark, event.end_mark)
    key = _FIRST_KEYS.get(path.partition("/")[0], "risker")
    hint = f'Börja med en nyckel längst till vänster, som "{key}:".'
    return found("R115", where, "Filen ska bestå av nycklar och värden", hint)


def _suspects(at: _Stopped, error: Any, text_lines: list[tuple[int, int]]) -> Iterator[int]:
    """The lines where the mistake may be, the likeliest first."""
    yield from (first for first, end in text_lines[-1:] if first < at.line < end)
    context = error.context or ""
    if context.startswith(("while scanning a", "while parsing a flow")) and "plain" not in context:
        yield min(error.context_mark.line, at.line)
    yield at.line
    for number in range(at.line - 1, max(at.line - 4, -1), -1):
        in_text = any(first <= number < end for first, end in text_lines)
        if _says(at.lines[number]) and not in_text:
            yield number


def _hard_space(at: _Stopped, number: int) -> Finding | None:
    return hard_space(at.lines[number], at.path, number)


def _tab(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number]
    lead = row[: len(row) - len(row.lstrip())]
    if "\t" not in lead:
        return None
    span = lead.index("\t"), len(lead)
    if not row.strip():
        return at.finding(number, span, "Raden är tom men har en tabb", "Töm den.")
    hint = shown("Använd mellanslag i stället:", [lead.replace("\t", "  ") + row.strip()])
    return at.finding(number, span, "Raden är indragen med tabb", hint)


def _bullet(at: _Stopped, number: int) -> Finding | None:
    match = _BULLET.match(at.lines[number])
    if not match:
        return None
    message = "Punkten börjar inte med bindestreck och mellanslag"
    hint = f"Skriv bindestreck och mellanslag: - {match[2].strip()}"
    return at.finding(number, match.span(1), message, hint)


def _end_of_document(at: _Stopped, number: int) -> Finding | None:
    if at.lines[number].rstrip() != "...":
        return None
    where = place_in(at.path, number, (0, 3))
    return found("R106", where, "Tre punkter avslutar filen, men mer följer", "Ta bort raden.")


def _no_key(at: _Stopped, number: int) -> Finding | None:
    match = _NO_KEY.match(at.lines[number])
    if not match:
        return None
    hint = 'Skriv "nyckel: värde", eller ta bort raden.'
    return at.finding(number, match.span(1), "Nyckeln före kolon saknas", hint)


def _value(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number].rstrip()
    match = _VALUE.match(row)
    if not match or not (match["key"] or match["dash"]) or _WHOLE.fullmatch(match["value"]):
        return None
    key, value, start = match["key"], match["value"], match.start("value")
    whole = start, len(row)
    written = _with_lines_below(at.lines, number, value)
    hint = after_bar(key, written)
    if value[0] == "[" and at.is_open(number):
        mended = f"{row[:start].strip()} {' '.join(written.split()).rstrip(', ')}]"
        return at.finding(number, whole, "Hakparentesen ] saknas", f"Skriv: {mended}")
    if value[0] in _SIGNS:
        message = f'Texten börjar med "{value[0]}", som i YAML betyder {_SIGNS[value[0]]}'
        return at.finding(number, whole, message, hint)
    if key and value.startswith(("- ", "? ")):
        message = f'Texten börjar med "{value[0]} ", som i YAML är något annat än text'
        return at.finding(number, whole, message, f"{hint}\nÄr det en lista: börja på nästa rad.")
    if key and (colon := re.search(r":(?: |$)", value)):
        span = start + colon.start(), start + colon.start() + 1
        return at.finding(number, span, "Texten innehåller ett kolon till", hint)
    return None


def _with_lines_below(lines: list[str], number: int, value: str) -> str:
    """A value and the lines that belong to it: further in than its key, or items just below it."""
    column = _indent(lines[number])
    block = [value]
    for row in lines[number + 1 :]:
        bare = row.lstrip(" ")
        if bare and len(row) - len(bare) < column + (not bare.startswith("- ")):
            break
        block.append(row)
    return "\n".join(block).rstrip()


def _no_space(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number]
    match = _GLUED.match(row.strip())
    if not match:
        return None
    hint = f"Skriv: {match['key']} {match['value']}"
    return at.finding(number, _span(row), "Mellanslag saknas efter kolon", hint)


def _dash(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number]
    if number != at.line or not re.match(r" *-(?: |$)", row):
        return None
    hint = "Dra in bindestrecket lika långt som listans andra."
    return at.finding(number, _span(row), "Indraget stämmer inte med raderna före", hint)


def _no_colon_after_word(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number]
    word = row.strip()
    below = next((line for line in at.lines[number + 1 :] if line.strip()), "")
    if not re.fullmatch(r"[^\W\d_]+", word) or _indent(below) <= _indent(row):
        return None
    return at.finding(number, _span(row), f"Saknas ett kolon efter {word}?", f"Skriv: {word}:")


def _no_colon(at: _Stopped, number: int) -> Finding | None:
    bare = at.lines[number].strip()
    if not _says(bare) or ":" in bare or bare.startswith("- "):
        return None
    message = "Raden saknar kolon, eller hör till texten ovanför"
    hint = 'Skriv "nyckel: värde". Hör raden till en text: dra in den lika långt, efter |.'
    return at.finding(number, _span(at.lines[number]), message, hint)


def _indentation(at: _Stopped, number: int) -> Finding | None:
    row = at.lines[number]
    above = next((line for line in reversed(at.lines[:number]) if _says(line)), None)
    if not _says(row) or above is None or _indent(above) == _indent(row):
        return None
    hint = "Nycklar i samma block ska börja i samma kolumn."
    return at.finding(number, _span(row), "Indraget stämmer inte med raderna före", hint)


def _says(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


def _span(row: str) -> tuple[int, int]:
    return len(row) - len(row.lstrip()), len(row.rstrip())


def _indent(row: str) -> int:
    """The column where the key of a line begins, after the dash if it has one."""
    return len(row) - len(_INDENT.sub("", row))


_Test = Callable[[_Stopped, int], Finding | None]

_SURE: tuple[_Test, ...] = (_hard_space, _tab, _bullet, _end_of_document, _no_key, _value)
"""What a line tells by itself."""
_LIKELY: tuple[_Test, ...] = (_no_space, _dash, _no_colon_after_word, _no_colon, _indentation)
"""What a line may mean where the parser stopped at it or just after."""
