"""Why the YAML parser stopped, told from the line itself: one finding, with the mended line."""

from __future__ import annotations

import re

from kvalitet.findings import Finding, Place, found
from kvalitet.source.form import after_bar

_PAIR = re.compile(
    r"^(?P<lead>\s*(?:- +)?(?P<key>[^\s:#'\"\[{&*!|>%@`][^:]*?):[ \t]+)(?P<value>\S.*)$"
)
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


def diagnose(text: str, path: str, line: int, column: int) -> Finding:
    """The finding for a parser that stopped at `line`, `column` (from 0).

    The parser often stops a line or more after the mistake, so the lines before are looked at too.
    """
    lines = [row.rstrip("\r") for row in text.split("\n")]
    line = min(line, len(lines) - 1)
    conflict = re.search(r"^(<{7}|={7}|>{7})( .*)?$", text, re.MULTILINE)
    if conflict:
        number = text.count("\n", 0, conflict.start()) + 1
        where = Place(path, line=number, column=1, end_column=len(conflict[0]) + 1)
        hint = "Välj en av versionerna, och ta bort raderna med <<<<<<<, ======= och >>>>>>>."
        return found("R101", where, "En krock från git är inte löst", hint)
    candidates = [line, *(n for n in range(line - 1, max(line - 4, -1), -1) if lines[n].strip())]
    for number in candidates:
        finding = _tab(lines[number], path, number) or _value(lines[number], path, number)
        if finding:
            return finding
    for number in candidates[:2]:
        finding = _colon(lines, path, number)
        if finding:
            return finding
    where = Place(path, line=line + 1, column=column + 1, end_column=column + 2)
    return found(
        "R101",
        where,
        "Raden kan inte läsas som YAML",
        "Jämför indrag, kolon och bindestreck med raderna före.",
    )


def _tab(row: str, path: str, number: int) -> Finding | None:
    lead = row[: len(row) - len(row.lstrip())]
    if "\t" not in lead:
        return None
    where = Place(path, line=number + 1, column=lead.index("\t") + 1, end_column=len(lead) + 1)
    mended = "Använd mellanslag i stället:\n    " + lead.replace("\t", "  ") + row.strip()
    return found("R101", where, "Raden är indragen med tabb", mended)


def _value(row: str, path: str, number: int) -> Finding | None:
    match = _PAIR.match(row)
    if not match:
        return None
    key, value = match["key"].strip(), match["value"].rstrip()
    start = match.start("value")
    where = Place(path, line=number + 1, column=start + 1, end_column=len(row.rstrip()) + 1)
    if _is_whole(value):
        return None
    if value[0] in _SIGNS:
        what = f'Texten börjar med "{value[0]}", som i YAML betyder {_SIGNS[value[0]]}'
        return found("R101", where, what, after_bar(key, value))
    if ": " in value or value.endswith(":"):
        colon = start + (value.find(": ") if ": " in value else len(value) - 1)
        where = Place(path, line=number + 1, column=colon + 1, end_column=colon + 2)
        return found("R101", where, "Texten innehåller ett kolon till", after_bar(key, value))
    if re.match(r"[-?] ", value):
        what = f'Texten börjar med "{value[0]} ", som i YAML är något annat än text'
        return found("R101", where, what, after_bar(key, value))
    return None


def _is_whole(value: str) -> bool:
    """Values that begin with a sign and are nevertheless what YAML expects."""
    return bool(re.fullmatch(r"""[|>][-+0-9]*|\[[^\[\]]*\]|"[^"]*"|'[^']*'""", value))


def _colon(lines: list[str], path: str, number: int) -> Finding | None:
    row = lines[number]
    bare = row.strip()
    if not bare or bare.startswith("#"):
        return None
    where = Place(
        path,
        line=number + 1,
        column=len(row) - len(row.lstrip()) + 1,
        end_column=len(row.rstrip()) + 1,
    )
    glued = re.match(r"(?:- +)?([\w-]+):(\S.*)$", bare)
    if glued:
        mended = bare.replace(f"{glued[1]}:", f"{glued[1]}: ", 1)
        return found("R101", where, "Mellanslag saknas efter kolon", f"Skriv: {mended}")
    if ":" not in bare and not bare.startswith("- "):
        return found(
            "R101",
            where,
            "Raden saknar kolon, eller hör till texten ovanför",
            'Skriv "nyckel: värde". Hör raden till en text: dra in den lika långt, efter |.',
        )
    before = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), None)
    if before is not None and _indent(lines[before]) != _indent(row):
        return found(
            "R101",
            where,
            "Indraget stämmer inte med raderna före",
            "Nycklar i samma block ska börja i samma kolumn.",
        )
    return None


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
