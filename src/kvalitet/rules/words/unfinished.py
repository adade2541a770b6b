"""Texts that are not finished: what somebody left in order to write the rest later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kvalitet.findings import Finding, found
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import passages, remarks, without_code, without_quotes
from kvalitet.svenska import MONTHS, join, more, shorten

_MOST_NAMED = 3

_DOTS = r"(?<![\w.…])(?:\.{3,}|…)"
_UNIT = r"(?:procentenheter|procent|%|stycken|st|antal|tkr|mnkr|kronor|kr)(?!\w)"
_COUNTED = (
    r"(?:barn|ungdomar|personer|ärenden|anmälningar|utredningar|klagomål|synpunkter|avvikelser"
    r"|rapporter|insatser|tjänster|handläggare|medarbetare|familjer|platser|dagar|veckor|timmar)"
    r"(?!\w)"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_AMOUNT = r"(?:kostade|uppg(?:ick|år) till|(?:ök|minsk)ade? (?:med|från|till)|motsvarade?)"
_NOT_NAMED = "".join(
    f"(?<!{end} )" for end in ("nhet", "rupp", "ommun", "öretag", "rson", "ration")
)
_NOT_IN_WORD = r"(?!-(?!tal\b|åri)(?=\w*[a-wyzåäöA-WYZÅÄÖ])\w{2,})"
_ENDS = r"(?=\s*(?:[.!?)\]…]|$))"
_NO_FORM = (
    r"(?! (?:en |ett |den |det )?\w*(?:blankett|formulär|ansök|avvikelse|enkät|anmäl|protokoll"
    r"|checklist|journal|schema|rapporten))"
)
_PART = (
    r"(?:Analys(?:en)?|Kommentar(?:en)?|Siffror(?:na)?|Tabell(?:en)?|Diagram(?:met)?|Avsnitt(?:et)?"
    r"|Beskrivning(?:en)?|Uppföljning(?:en)?|Redovisning(?:en)?|Uppgift(?:er|erna)?)"
)
_PLACEHOLDERS = {
    ("TODO", "FIXME", "TBD", "todo:"): rf"\b(?:TODO|FIXME|TBD)\b{_NOT_IN_WORD}|\b[Tt]odo:",
    ("SIFFR",): r"\bSIFFR(?:OR|A|AN|ORNA)\b",
    ("xx",): (
        r"\b(?<![0-9ÅYMDåymd]{6}[-+])(?<!\b[Kk]apitel (?=X))(?<!\b[Kk]ap (?=X))(?<!kap\. (?=X))"
        r"(?:[0-9]{2,4}[-.]|(?:19|20)(?=[Xx]{2}\b))?[Xx]{2,}(?:[-.:/ ][Xx]{2,})*"
        rf"\b{_NOT_IN_WORD}"
    ),
    (" x ", "\nx ", "(x "): rf"(?<![\w×-])(?<![0-9] ){_NOT_NAMED}[xX] (?:{_UNIT}|{_COUNTED})",
    ("??", "(?)"): r"\?{3,}|(?<![\w?)%])\?\?|\(\?\)",
    (" ? ", "\n? "): rf"(?<!\S)\? (?:{_UNIT}|{_COUNTED})",
    ("[",): (
        r"\[(?:…|\.{3,}|\?+|(?i:fyll i|infoga|skriv|ange|datum|namn|antal|siffr(?:a|or)|text)"
        r"(?:\s[^\]\n]{0,60})?)\](?![(:\[])"
    ),
    ("(infoga", "(fyll i", "<fyll i", "<infoga"): r"[(<](?i:infoga|fyll i)\b[^)>\n]{0,60}[)>]",
    ("…", "..."): (
        rf"{_DOTS}\s*{_UNIT}|{_DOTS} av (?:{_DOTS}|[0-9])|(?<=[0-9] av ){_DOTS}"
        rf"|\bfrån {_DOTS} till\b|(?i:\b(?:den|ca|cirka|drygt|knappt|omkring|ungefär)) "
        rf"{_DOTS} (?:{_MONTH}|{_COUNTED})|(?i:\b{_AMOUNT}(?: \w+)?) ?(?:\.{{3,}}|…)(?=\s+\w)"
    ),
    ("__",): r"(?<=[^\s_] )_{3,}(?!\w)|(?<!\w)_{3,}(?= [^\s_])",
    ("lorem ipsum",): r"(?i:\blorem ipsum\b)",
    (
        "text kommer",
        "text läggs",
        "text skrivs",
        "texten kommer",
        "texten läggs",
        "texten skrivs",
        "här står texten",
    ): (
        rf"(?m:(?:^|(?<=[.:(\[])|(?<=[.:] ))[ \t]*[Tt]ext(?:en)? (?:kommer|läggs in|skrivs)"
        rf"(?: senare| här| in)?{_ENDS})|\bHär står texten\."
    ),
    (
        "skriv här",
        "text här",
        "texten här",
        "tabell här",
        "tabellen här",
        "diagram här",
        "bild här",
        "in här",
        "infoga här",
        "klicka",
    ): (
        r"(?i:\b(?:skriv|klistra in|infoga)(?: (?:en |in )?(?:text|texten|tabell|tabellen|diagram"
        r"|bild))? här\b)(?!\W{0,3}(?:\(|:|http)| (?:om|när|i|på)\b)|(?i:klicka "
        r"(?:eller tryck )?här för att (?:ange|skriva|lägga till) (?:text|ett datum|datum))"
    ),
    ("fyll i",): (
        rf"\bFYLL I\b|(?m:(?<![-*+] )(?<!\. )\b[Ff]yll i{_NO_FORM}(?:(?: \w+){{0,4}} (?:här|senare)"
        rf"|(?: (?:antal|siffr|andel|värde|procent|resultat|analys|kommentar)\w*(?: \w+){{0,3}})?)"
        rf"{_ENDS}|^[ \t]*Fyll i (?:hur|vad|vilk(?:a|en|et)|när|varför|om)\b[^.!?:\n]{{1,120}}\.?"
        rf"[ \t]*$)"
    ),
    (
        "analys kommer",
        "analysen kommer",
        "kompletteras senare",
        "fylls i senare",
        "skrivs senare",
        "läggs in senare",
        "läggs till senare",
    ): (
        rf"(?m:(?:^|(?<=[.:] )|(?<=\())[ \t]*{_PART} (?:kommer|kompletteras|fylls i|skrivs"
        rf"|läggs (?:in|till)) senare{_ENDS})"
    ),
}
_LOOKS = tuple(
    (marks, re.compile(pattern, re.MULTILINE)) for marks, pattern in _PLACEHOLDERS.items()
)
_MARKS = tuple(mark for marks in _PLACEHOLDERS for mark in marks)
_NEAR = 100
_NAMED_BY_LETTER = re.compile(
    r"(?:(?<=[\w,] )[A-ZÅÄÖ][a-zåäö]+|\b(?:Team|Hus|Grupp|Enhet|Skola|Avdelning|Område|Boende|Plan"
    r"|Våning|Sektion|Distrikt|Modell|Metod|Projekt|Program|Zon|Linje|Alternativ)) \Z"
)
_SIGNED = re.compile(
    r"(?:blankett|formulär|signatur|namnteckning|underskri|undertecknas)[^.!?\n]*\Z", re.IGNORECASE
)
_SHOUTED = re.compile(r"[A-ZÅÄÖ]{2,}")


@rule("R602")
def unfinished(case: Case) -> Iterator[Finding]:
    """A mark that somebody left in order to write the rest later: SIFFROR, three dots for a
    figure (stockholm-verksamhetsberattelse-2019, lines 479 and 481), x antal (nacka-atgardsplan-
    2020-t1, line 60)."""
    plan = case.plan
    for one in passages(case).with_any(*_MARKS):
        if marks := _left(without_quotes(without_code(one.words))):
            at = one.at(plan, marks[0].start(), marks[0].end())
            yield found("R602", at, _unfinished(marks), _FINISH, about=one.id)
    for remark in remarks(plan):
        if marks := _left(remark.words):
            others = more(remark.more, "rad", "rader")
            message = f"I anm: {_unfinished(marks)}{others}"
            yield found("R602", remark.place, message, _FINISH, about=remark.id)


_FINISH = "Kontrollera, och skriv det som ska stå där."


def _left(words: str) -> list[re.Match[str]]:
    small = f"\n{words.lower()}"
    marks = (
        match
        for signs, look in _LOOKS
        if any(sign in (small if sign.islower() else words) for sign in signs)
        for match in look.finditer(words)
        if not (_is_heading_in_capitals(match) or _is_name(match) or _is_line_to_write_on(match))
    )
    left: list[re.Match[str]] = []
    for match in sorted(marks, key=re.Match.start):
        if not left or match.start() >= left[-1].end():
            left.append(match)
    return left


def _is_heading_in_capitals(match: re.Match[str]) -> bool:
    """Whether a word in capitals stands among others: then it is how the line is written."""
    if not match[0].startswith("SIFFR"):
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
    after = match.string[match.end() : match.end() + _NEAR].partition("\n")[0]
    line = before + match[0] + after
    return line.lstrip().startswith("#") or len(_SHOUTED.findall(line)) > 1 == line.isupper()


def _is_name(match: re.Match[str]) -> bool:
    """Whether a capital X is the name of what stands before it: Team X, or Hus X."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return match[0].startswith("X ") and bool(_NAMED_BY_LETTER.search(before))


def _is_line_to_write_on(match: re.Match[str]) -> bool:
    """Whether a line of dashes belongs to a form that the text tells of."""
    if not match[0].startswith("__"):
        return False
    return bool(_SIGNED.search(match.string[max(0, match.start() - _NEAR) : match.start()]))


def _unfinished(marks: Sequence[re.Match[str]]) -> str:
    words = list(dict.fromkeys(shorten(match[0].strip(), 45) for match in marks))
    named = join([f'"{word}"' for word in words[:_MOST_NAMED]])
    times = f" ({len(marks)} ställen)" if len(marks) > 1 else ""
    return f"{named} ser ut att stå i väntan på något annat{times}"
