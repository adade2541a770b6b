"""Block form (design 3.2): findings with the mended line, for what YAML would change in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kvalitet.findings import Finding, Place, found
from kvalitet.source.mend import after_bar, needs_bar, shown, unfolded

LONGEST_WORD = 40

_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#.*)?\r?\n)*+(%.*?)\r?(?:\n|\Z)")
_TRAILING_COMMENT = re.compile(r"^[ \t]*[^#\s].*?[ \t](#.*)$")
_HARD = "\u00a0\u202f"
_HARD_SPACE = re.compile(rf" *(?:- +)*+(?:-|[^\s:#]+(?::|(?=[{_HARD}]+:(?:\s|$))))?([{_HARD}]+)")
_GLUED = re.compile(r"[^\W\d]+:(?!//)\S")


def place(path: str, start: Any, end: Any) -> Place:
    """The place between two marks of the parser; of several lines, the first."""
    end_column = end.column if end.line == start.line else start.column + 1
    return Place(
        path,
        line=start.line + 1,
        column=start.column + 1,
        end_column=max(end_column, start.column + 1) + 1,
    )


def place_in(path: str, line: int, span: tuple[int, int]) -> Place:
    """The place of a span of a line, both counted from 0."""
    return Place(path, line=line + 1, column=span[0] + 1, end_column=span[1] + 1)


def written(text: str, start: Any, end: Any) -> str:
    """What stands in the file between two marks of the parser."""
    return text[start.index : end.index]


def quoted(event: Any, path: str, key: str | None) -> Finding:
    """A scalar in quotes (R111)."""
    where = place(path, event.start_mark, event.end_mark)
    message = "Citattecken runt text försvinner när filen läses"
    plain = event.value.strip()
    if "\n" in plain or needs_bar(plain):
        return found("R111", where, message, after_bar(key, plain))
    mended = f"{key}: {plain}" if key is not None else plain
    hint = f"Skriv utan citattecken: {mended}\nSka de synas: skriv texten efter |."
    return found("R111", where, message, hint)


def folded(text: str, event: Any, path: str, key: str | None) -> Finding:
    """A scalar after > (R110): YAML would join its lines."""
    where = place(path, event.start_mark, event.end_mark)
    _, _, lines = written(text, event.start_mark, event.end_mark).partition("\n")
    message = "Texten efter > får sina rader hopslagna"
    return found("R110", where, message, after_bar(key, f"\n{lines}"))


def several_lines(text: str, event: Any, path: str, key: str | None) -> Finding:
    """Plain text that goes on at the next line (R110): YAML would join the lines."""
    where = place(path, event.start_mark, event.end_mark)
    message = "Texten fortsätter på nästa rad utan |"
    lines = written(text, event.start_mark, event.end_mark)
    if key is None and _GLUED.match(lines):
        return found("R110", where, message, "Saknas ett mellanslag efter kolon?")
    return found("R110", where, message, after_bar(key, lines))


def directive(text: str, start: int, path: str) -> Finding | None:
    """The first line that says something, if it is a directive (R104)."""
    match = _DIRECTIVE.match(text, start)
    if match is None:
        return None
    where = place_in(path, text.count("\n", 0, match.start(1)), (0, len(match[1])))
    return found("R104", where, "Direktiv (%) får inte användas", "Ta bort raden.")


def braces(text: str, start: Any, end: Any, path: str, key: str | None) -> Finding:
    """A mapping in braces (R107), with the same keys on lines of their own as hint."""
    lines = unfolded(key, written(text, start, end))
    hint = shown("Skriv en nyckel per rad, med indrag:", lines)
    if lines == unfolded(key, "{}"):
        hint = "Skriv nycklarna på raderna under, med indrag, eller ta bort raden."
    where = place_in(path, start.line, (start.column, start.column + 1))
    return found("R107", where, "Klammerparenteser { } får inte användas", hint)


def brackets(
    text: str, start: Any, end: Any, path: str, key: str | None, items: list[Any]
) -> Iterator[Finding]:
    """A list in brackets that is not one line of short words (R108)."""
    if start.line != end.line:
        message = "Listan i hakparentes går över flera rader"
    elif all(isinstance(item, str) for item in items):
        if all(len(item) <= LONGEST_WORD and "," not in item for item in items):
            return
        message = "Listan i hakparentes har annat än korta ord"
    elif re.search(r"[\[{]", written(text, start, end)[1:]):
        message = "En lista får inte stå i en lista"
    elif ":" in written(text, start, end):
        message = "Kolon får inte stå i listan"
    else:
        return
    hint = shown("Skriv en punkt per rad:", unfolded(key, written(text, start, end)))
    yield found("R108", place(path, start, end), message, hint)


def begins_with_sign(text: str, mark: Any, path: str, key: str | None) -> Finding:
    """A text whose first sign means something else in YAML; the file can be read no further."""
    line = line_at(text, mark)
    where = place_in(path, mark.line, (mark.column, len(line)))
    message = f'Texten börjar med "{line[mark.column]}", som betyder något annat i YAML'
    return found("R101", where, message, after_bar(key, line[mark.column :]))


def line_at(text: str, mark: Any) -> str:
    """The whole line that a mark of the parser stands in."""
    start = mark.index - mark.column
    end = text.find("\n", mark.index)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")


def hard_space(row: str, path: str, number: int) -> Finding | None:
    """A space that YAML does not take for one, where it would part a key from its value (R101)."""
    match = _HARD_SPACE.match(row)
    if not match:
        return None
    where = place_in(path, number, match.span(1))
    return found("R101", where, "Här står ett hårt mellanslag", "Skriv ett vanligt mellanslag.")


def hard_spaces(text: str, path: str, text_lines: list[tuple[int, int]]) -> Iterator[Finding]:
    """The hard spaces of a file outside its texts: its keys are not the ones that it shows."""
    if not any(space in text for space in _HARD):
        return
    for number, line in _outside(text, text_lines):
        if finding := hard_space(line, path, number):
            yield finding


def check_lines(text: str, path: str, text_lines: list[tuple[int, int]]) -> Iterator[Finding]:
    """Trailing comments (R109) and tabs (R112), outside the lines of texts and quotes."""
    # One sign is sought much faster than two, and most files lack it.
    if "\t" not in text and not ("#" in text and " #" in text):
        return
    for number, line in _outside(text, text_lines):
        match = _TRAILING_COMMENT.match(line)
        if match:
            yield _trailing_comment(path, number, line, match)
        elif (tab := line.find("\t")) >= 0 and line.strip():
            where = place_in(path, number, (tab, tab + 1))
            yield found("R112", where, "Tabbtecken får inte stå här", "Använd mellanslag.")


def _outside(text: str, text_lines: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    inside = {line for first, end in text_lines for line in range(first, end)}
    for number, line in enumerate(text.split("\n")):
        if number not in inside:
            yield number, line


def _trailing_comment(path: str, number: int, line: str, match: re.Match[str]) -> Finding:
    start = match.start(1)
    where = place_in(path, number, (start, len(line.rstrip())))
    indent = line[: len(line) - len(line.lstrip())]
    before = line[:start].strip()
    key, colon, value = before.removeprefix("- ").partition(": ")
    hint = f"Ge kommentaren en egen rad:\n    {indent}{match[1].strip()}\n    {indent}{before}"
    if colon:
        text = f"{value.strip()} {match[1].strip()}"
        hint += f"\nÄr den en del av texten:\n    {key}: |\n      {text}"
    return found("R109", where, "Allt efter # läses som en kommentar", hint)
