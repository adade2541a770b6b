"""Block form (design 3.2): findings with the mended line, for what YAML would change in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kvalitet.findings import Finding, Place, found

LONGEST_WORD = 40

_TRAILING_COMMENT = re.compile(r"^[ \t]*[^#\s].*?[ \t](#.*)$")
_TAB = re.compile(r"\t")


def place(path: str, start: Any, end: Any) -> Place:
    """The place between two marks of the parser; of several lines, the first."""
    end_column = end.column if end.line == start.line else start.column + 1
    return Place(
        path,
        line=start.line + 1,
        column=start.column + 1,
        end_column=max(end_column, start.column + 1) + 1,
    )


def after_bar(key: str | None, text: str) -> str:
    """The mended lines of a text that must stand after |."""
    lines = text.strip().splitlines() or [""]
    head = f"{key}: |" if key is not None else "- |"
    return "\n".join(
        [f"Skriv texten efter |:\n    {head}", *(f"      {line.strip()}" for line in lines)]
    )


def quoted_or_folded(event: Any, path: str, key: str | None) -> Finding:
    """A scalar in quotes (R111) or after > (R110)."""
    where = place(path, event.start_mark, event.end_mark)
    if event.style == ">":
        message = "Texten efter > får sina rader hopslagna"
        return found("R110", where, message, after_bar(key, event.value))
    message = "Citattecken runt text försvinner när filen läses"
    plain = event.value.strip()
    if "\n" in plain or _needs_bar(plain):
        return found("R111", where, message, after_bar(key, plain))
    mended = f"{key}: {plain}" if key is not None else plain
    return found("R111", where, message, f"Skriv utan citattecken: {mended}")


def several_lines(event: Any, path: str, key: str | None) -> Finding:
    """Plain text that goes on at the next line (R110): YAML would join the lines."""
    where = place(path, event.start_mark, event.end_mark)
    message = "Texten fortsätter på nästa rad utan |"
    if re.search(r"\w+:$", event.value.partition("\n")[0]):
        return found("R110", where, message, "Saknas ett mellanslag efter kolon?")
    return found("R110", where, message, after_bar(key, event.value))


def flow_mapping(text: str, mark: Any, path: str) -> Finding:
    """Braces (R107), with the same keys on lines of their own as hint."""
    line = _line(text, mark)
    inside = line[mark.column + 1 :].partition("}")[0]
    pairs = [part.strip() for part in inside.split(",") if part.strip()]
    where = Place(path, line=mark.line + 1, column=mark.column + 1, end_column=mark.column + 2)
    hint = "\n    ".join(["Skriv en nyckel per rad, med indrag:", *pairs])
    return found("R107", where, "Klammerparenteser { } får inte användas", hint)


def flow_list(text: str, mark: Any, path: str) -> Iterator[Finding]:
    """A list in brackets that is not one line of short words (R108)."""
    rest = _line(text, mark)[mark.column :]
    inside, closed, _ = rest[1:].partition("]")
    words = [word.strip() for word in inside.split(",")]
    where = Place(
        path,
        line=mark.line + 1,
        column=mark.column + 1,
        end_column=mark.column + len(inside) + 3,
    )
    if not closed:
        message = "Listan i hakparentes går över flera rader"
    elif "[" in inside or "{" in inside:
        message = "En lista får inte stå i en lista"
    elif ": " in inside:
        message = "Kolon får inte stå i listan"
    elif any(len(word) > LONGEST_WORD for word in words):
        message = "Listan i hakparentes har annat än korta ord"
    else:
        return
    items = [f"- {word.strip('[] ')}" for word in words if word.strip("[] ")]
    yield found("R108", where, message, "\n    ".join(["Skriv en punkt per rad:", *items]))


def begins_with_sign(text: str, mark: Any, path: str) -> Finding:
    """A text whose first sign means something else in YAML; the file can be read no further."""
    line = _line(text, mark)
    where = Place(path, line=mark.line + 1, column=mark.column + 1, end_column=len(line) + 1)
    key = line[: mark.column].strip().removeprefix("- ").rstrip(":").strip() or "text"
    message = f'Texten börjar med "{line[mark.column]}", som betyder något annat i YAML'
    return found("R101", where, message, after_bar(key, line[mark.column :]))


def check_lines(text: str, path: str, text_lines: list[tuple[int, int]]) -> Iterator[Finding]:
    """Trailing comments (R109) and tabs (R112), outside the lines of texts and quotes."""
    if "\t" not in text and " #" not in text:
        return
    inside = {line for first, end in text_lines for line in range(first, end)}
    for number, line in enumerate(text.split("\n")):
        if number in inside:
            continue
        match = _TRAILING_COMMENT.match(line)
        if match:
            yield _trailing_comment(path, number, line, match)
        elif (tab := line.find("\t")) >= 0 and line.strip():
            where = Place(path, line=number + 1, column=tab + 1, end_column=tab + 2)
            yield found("R112", where, "Tabbtecken får inte stå här", "Använd mellanslag.")


def _trailing_comment(path: str, number: int, line: str, match: re.Match[str]) -> Finding:
    start = match.start(1)
    where = Place(path, line=number + 1, column=start + 1, end_column=len(line.rstrip()) + 1)
    indent = line[: len(line) - len(line.lstrip())]
    before = line[:start].strip()
    key, colon, value = before.removeprefix("- ").partition(": ")
    hint = f"Ge kommentaren en egen rad:\n    {indent}{match[1].strip()}\n    {indent}{before}"
    if colon:
        text = f"{value.strip()} {match[1].strip()}"
        hint += f"\nÄr den en del av texten:\n    {key}: |\n      {text}"
    return found("R109", where, "Allt efter # läses som en kommentar", hint)


def _needs_bar(text: str) -> bool:
    return bool(re.match(r"""[-?:,\[\]{}#&*!|>'"%@`]""", text)) or ": " in text or " #" in text


def _line(text: str, mark: Any) -> str:
    start = mark.index - mark.column
    end = text.find("\n", mark.index)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")
