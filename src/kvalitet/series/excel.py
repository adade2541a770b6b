"""What a cell probably was before a spreadsheet or a habit changed it: hints for findings."""

from __future__ import annotations

import re

_MONTH = "(jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
_DATE = (
    rf"[0-9]{{1,4}}[-. ]?{_MONTH}|{_MONTH}[-. ]?[0-9]{{1,4}}"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}"
)
_SERIAL_DAY = "[0-9]{5}"

_AMOUNTS = {
    "#.*": "Excel har skrivit ett felvärde: rätta formeln och spara om.",
    "=.*": "Skriv talet i stället för formeln.",
    "[-+]?[0-9]+([.,][0-9]+)?e[-+]?[0-9]+": (
        "Excel har förkortat talet: formatera kolumnen som tal och skriv in det igen."
    ),
    _DATE: "Excel har gjort ett datum av cellen: formatera kolumnen som text och skriv om den.",
    r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|-?[0-9]{1,3}([.,][0-9]{3}){2,}": (
        "Skilj tusental med mellanslag: 1 234,5."
    ),
}
_VALUES = {
    "[0-9 ]+/[0-9 ]+": "Skriv en andel som 28 av 44.",
    "[<>].*": "Skriv x för ett värde som är skyddat.",
}
_MARKS = {
    "us": "u.s.", "uppgiftsaknas": "u.s.", "saknas": "u.s.",
    "em": "e.m.", "ejmätt": "e.m.",
    "et": "e.t.", "ejtillämplig": "e.t.", "ejtillämpligt": "e.t.",
    "x": "x", "skyddad": "x",
}  # fmt: skip

_LONGEST = 40


def amount_hint(text: str) -> str:
    """What to do about a cell that should be a number, "" where nothing is known."""
    return _first(_AMOUNTS, text)


def value_hint(text: str) -> str:
    """What to do about a cell in `värde`, "" where nothing is known."""
    mark = _MARKS.get(re.sub(r"[\s.]", "", text[:_LONGEST]).casefold())
    return f'Menade du "{mark}"?' if mark else amount_hint(text) or _first(_VALUES, text)


def date_hint(text: str) -> str:
    """What to do about a cell that should be a period, "" where nothing is known."""
    hint = "Excel har gjort om perioden: formatera kolumnen som text och skriv den på nytt."
    return _first({_DATE: hint, _SERIAL_DAY: hint}, text)


def _first(hints: dict[str, str], text: str) -> str:
    for pattern, hint in hints.items():
        if re.fullmatch(pattern, text[:_LONGEST], re.IGNORECASE | re.DOTALL):
            return hint
    return ""
