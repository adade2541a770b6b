"""What a cell probably was before a spreadsheet or a habit changed it: hints for findings."""

from __future__ import annotations

import re

from kvalitet.period import Period
from kvalitet.svenska import MONTHS

_MONTH = "(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)"
_DATE = (
    rf"[0-9]{{1,4}}[-. ]?{_MONTH}[a-z]*|{_MONTH}[a-z]*[-. ]?[0-9]{{1,4}}"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}"
)

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
    r"[0-9\s]+/[0-9\s]+|[0-9\s]+av": "Skriv en andel som 28 av 44.",
    "[<>].*": "Skriv x för ett värde som är skyddat.",
    "[-‐–—.…?]+|n/?a": "Saknas värdet: skriv u.s. eller e.m.",
    r"[‐–—]\s*([0-9][0-9\s.,]*)": r"Skriv minus: -\1.",
    r"-?[0-9][0-9\s.,]*(\s[a-zåäö]|[a-zåäö]{2})[a-zåäö./\s]*": (
        "Skriv bara talet: måttenheten står i planen."
    ),
}
_MARKS = {
    "us": "u.s.", "uppgiftsaknas": "u.s.", "saknas": "u.s.",
    "em": "e.m.", "ejmätt": "e.m.",
    "et": "e.t.", "ejtillämplig": "e.t.", "ejtillämpligt": "e.t.",
    "x": "x", "skyddad": "x",
}  # fmt: skip
_PERIODS = {
    rf"{_MONTH}-[0-9]{{2}}|[0-9]{{2}}-{_MONTH}|[0-9]{{5}}|[0-9].*[ T][0-9]{{1,2}}:[0-9]{{2}}.*": (
        "Excel har gjort om perioden: formatera kolumnen som text och skriv den på nytt."
    )
}
_PARTS = {
    "h": "H", "halvår": "H", "t": "T", "tertial": "T", "k": "K", "kvartal": "K", "q": "K",
}  # fmt: skip
_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])
}

_LONGEST = 40


def amount_hint(text: str) -> str:
    """What to do about a cell that should be a number, "" where nothing is known."""
    return _first(_AMOUNTS, text)


def value_hint(text: str) -> str:
    """What to do about a cell in `värde`, "" where nothing is known."""
    mark = _MARKS.get(re.sub(r"[\s.]", "", text[:_LONGEST]).casefold())
    return f'Menade du "{mark}"?' if mark else amount_hint(text) or _first(_VALUES, text)


def period_hint(text: str) -> str:
    """What to do about a cell that should be a period, "" where nothing is known."""
    meant = _respelt(text[:_LONGEST])
    return f'Menade du "{meant}"?' if _is_period(meant) else _first(_PERIODS, text)


def is_like_a_period(text: str) -> bool:
    """Whether a cell is a period, or was probably meant as one."""
    return _is_period(text) or text.casefold() in _MONTH_NUMBERS or bool(period_hint(text))


def _respelt(text: str) -> str:
    """The numbers and words of a text, put together as a period is spelt."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", text.casefold())
    if parts and parts[0].isalpha():
        parts = [parts[-1], *parts[:-1]]
    match parts:
        case [year, word, number] if word in _PARTS:
            return f"{year}-{_PARTS[word]}{number.lstrip('0')}"
        case [year, word] if word in _MONTH_NUMBERS:
            return f"{year}-{_MONTH_NUMBERS[word]:02}"
        case [digits] if len(digits) in (6, 8):
            return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))
        case [year, number, *day] if len(day) < 2:
            return "-".join([year, *(f"{part:0>2}" for part in (number, *day))])
    return ""


def _is_period(text: str) -> bool:
    try:
        return bool(Period.parse(text))
    except ValueError:
        return False


def _first(hints: dict[str, str], text: str) -> str:
    for pattern, hint in hints.items():
        if match := re.fullmatch(pattern, text[:_LONGEST], re.IGNORECASE | re.DOTALL):
            return match.expand(hint)
    return ""
