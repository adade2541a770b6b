"""Texts: what is not meant for the reader, said twice, or true only today."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kvalitet.findings import Finding, Place, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import (
    Passage,
    passages,
    without_code,
    without_speech,
)
from kvalitet.svenska import join, more, shorten

_MOST_NAMED = 3
_SHORTEST_PARAGRAPH = 80
_SHORTEST_SENTENCE = 120

_HEADED = re.compile(
    r"^[ \t]*(?:\*\*Anvisning:?\*\*:?|__Anvisning:?__:?|Anvisning:?[ \t]*$)", re.MULTILINE
)
_FEW_WORDS = 4


@rule("R603")
def leftover_instruction(case: Case) -> Iterator[Finding]:
    """The `anvisning` of a section of the plan's reports that stands in a text of the plan, as in
    nacka-kvalitetsberattelse-2020, lines 31-40 and 100-102."""
    plan = case.plan
    told = {
        section.anvisning: max(words, key=len).lower()
        for report in plan.rapporter.values()
        for section in report.sections()
        if (words := re.findall(r"\w+", section.anvisning))
    }
    for one in passages(case).with_any("anvisning", *told.values()):
        if one.is_prose and (where := _instruction(one.words, told)):
            message = f'Anvisningen står kvar i texten: "{shorten(where[0], 60)}"'
            place = one.at(plan, *where.span())
            yield found("R603", place, message, "Ta bort anvisningen.", about=one.id)


def _instruction(words: str, told: Mapping[str, str]) -> re.Match[str] | None:
    folded = words.lower()
    for instruction, longest in told.items():
        if longest in folded and (match := _as_written(instruction).search(words)):
            return match
    return _HEADED.search(words) if "anvisning" in folded else None


@lru_cache(maxsize=256)
def _as_written(instruction: str) -> re.Pattern[str]:
    """The instruction however its lines are broken; one of a few words as a line of its own."""
    words = re.findall(r"\w+", instruction)
    spelt = r"\W+".join(words)
    alone = rf"^\W*{spelt}\W*$" if len(words) < _FEW_WORDS else rf"\b{spelt}\b"
    return re.compile(alone, re.IGNORECASE | re.MULTILINE)


@rule("R607")
def same_words(case: Case) -> Iterator[Finding]:
    """A paragraph that stands twice in what is said in a period, or there and in `texter`, as in
    stockholm-verksamhetsberattelse-2019, lines 76, 599 and 629; or a long sentence of paragraphs
    that are otherwise not the same, as on its lines 169 and 371."""
    texts = sorted(passages(case).said(), key=_is_dated)
    alone, repeated = _apart((one, words) for one in texts for words in _paragraphs(one.words))
    for words, places in repeated:
        yield _repeated(case.plan, [words], places, "Stycket")
    _, repeated = _apart((one, each) for words, one in alone for each in _sentences(words))
    of_texts: dict[tuple[Passage, ...], list[str]] = {}
    for words, places in repeated:
        of_texts.setdefault(tuple(places), []).append(words)
    for those, copied in of_texts.items():
        yield _repeated(case.plan, copied, those, "Meningen")


def _is_dated(one: Passage) -> bool:
    return one.period is not None


def _apart(
    pieces: Iterable[tuple[Passage, str]],
) -> tuple[Iterator[tuple[str, Passage]], list[tuple[str, list[Passage]]]]:
    """The words that no other text of their period holds, and those that several do, in the order
    of the first; of these first the text that always stands there. (Of a large plan nearly all are
    the former: a list for each would be most of what the rule takes.)"""
    always: dict[str, Passage] = {}
    first: defaultdict[Period | None, dict[str, Passage]] = defaultdict(dict, {None: always})
    repeated: defaultdict[Period | None, dict[str, list[Passage]]] = defaultdict(dict)
    for one, words in pieces:
        before = always.get(words) or first[one.period].get(words)
        if before is None:
            first[one.period][words] = one
        else:
            repeated[one.period].setdefault(words, [before]).append(one)
    in_order = [
        (words, of[words])
        for period, of in repeated.items()
        for words in {**always, **first.get(period, {})}
        if words in of
    ]
    alone = (
        each
        for period, of in first.items()
        for each in of.items()
        if each[0] not in repeated[period]
    )
    return alone, in_order


def _repeated(plan: Plan, copied: Sequence[str], places: Sequence[Passage], what: str) -> Finding:
    """What is told of words, however many times they stand: at the second place."""
    first, one = places[:2]
    others = more(len(copied) - 1, "mening", "meningar")
    times = f" ({len(places)} ställen)" if len(places) > 2 else others
    message = f'{what} står redan under {first.id}{times}: "{shorten(copied[0], 50)}"'
    at = _place_of(plan, one, copied[0], again=one is first)
    return found("R607", at, message, _SAY_ONCE, _place_of(plan, first, copied[0]), one.id)


_SAY_ONCE = "Kontrollera: säg det på ett ställe, och det som är eget på det andra."
_STOP = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])")
_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WHEN_NEXT = re.compile(r"(?:Nästa (?:uppföljning|mätning)|Följs upp|Mäts|Redovisas)\b[^.]*\.?$")
"""A set phrase of one sentence, as in nacka-atgardsplan-2020-t2, lines 710 and 727."""


def _paragraphs(words: str) -> Iterator[str]:
    words = words.strip()
    if len(words) < _SHORTEST_PARAGRAPH:
        return
    has_breaks = "\n\n" in words or "\n " in words or "\n\t" in words
    for part in _BREAK.split(words) if has_breaks else (words,):
        if len(part) >= _SHORTEST_PARAGRAPH:
            paragraph = part.replace("\n", " ")
            if "  " in paragraph:
                paragraph = " ".join(part.split())
            if len(paragraph) >= _SHORTEST_PARAGRAPH and not _WHEN_NEXT.match(paragraph):
                yield paragraph


def _sentences(paragraph: str) -> Iterator[str]:
    """Those that are so long that nobody writes them twice by chance, without their last sign."""
    for sentence in _STOP.split(paragraph) if len(paragraph) >= _SHORTEST_SENTENCE else ():
        words = sentence.rstrip(".!?")
        if len(words) >= _SHORTEST_SENTENCE and not _WHEN_NEXT.match(words):
            yield words


def _place_of(plan: Plan, one: Passage, paragraph: str, again: bool = False) -> Place:
    """Where a paragraph stands in a text, for the first time or again."""
    spelt = re.compile(r"\s+".join(map(re.escape, paragraph.split())))
    spans = [match.span() for match in spelt.finditer(one.words)]
    return one.at(plan, *spans[-1 if again else 0])


_RELATIVE = {
    ("i dag",): r"\b[Ii] dag(?![\w-]| [0-9]| och (?:natt|kväll))",
    ("idag",): r"\b[Ii]dag(?![\w-])",
    ("i går", "igår"): r"\b[Ii] ?går(?![\w-])",
    ("i morgon", "imorgon"): r"\b[Ii] ?morgon(?![\w-])",
    ("nyligen",): (
        r"(?<!\bsom )(?<!\b[Ee]n )(?<!\b[Ee]tt )(?<!\b[Dd]en )(?<!\b[Dd]et )(?<!\b[Dd]e )"
        r"\b[Nn]yligen\b(?! \w+(?:[dnt]a|de)\b)"
    ),
    (
        "i förrgår",
        *(f"i {day}dags" for day in ("mån", "tis", "ons", "tors", "fre", "lör", "sön")),
    ): (r"\b[Ii] (?:förrgår|(?:mån|tis|ons|tors|fre|lör|sön)dags)\b(?!-)"),
    ("häromdagen",): r"\b[Hh]äromdagen\b",
    ("skrivande stund",): r"\b[Ii] skrivande stund\b",
    (
        "förra veckan",
        "här veckan",
        "denna vecka",
    ): r"\b(?:[Ff]örra veckan|[Dd]en här veckan|[Dd]enna vecka)\b",
    ("nästa vecka",): r"(?<!\bi )(?<!\bav )(?<!\btill )\b[Nn]ästa vecka\b(?! efter)",
    ("förra månaden",): r"\b[Ff]örra månaden\b",
    ("dag sedan", "dagar sedan", "vecka sedan", "veckor sedan", "månad sedan", "månader sedan"): (
        r"\b[Ff]ör (?:en|två|tre|fyra|fem|sex|några|ett par|[0-9]{1,2}) "
        r"(?:dag|dagar|vecka|veckor|månad|månader) sedan\b"
    ),
}
_DAYS = tuple(mark for marks in _RELATIVE for mark in marks)
_WHEN = re.compile("|".join(_RELATIVE.values()))
_END = re.compile(r"[.!?]")
_LONGEST_SENTENCE = 400


@rule("R608")
def relative_date(case: Case) -> Iterator[Finding]:
    """A word for a day that is another when the text is read. What is reckoned from the report's
    own period (last tertial, next year) is not; nor is a name, a quotation or a question."""
    plan = case.plan
    for one in passages(case).with_any(*_DAYS):
        is_question = type(plan.things.get(one.id)) is Indikator and not one.is_prose
        days = [] if one.key == "namn" or is_question else _relative(one.words)
        if days:
            named = join(list(dict.fromkeys(f'"{day[0].lower()}"' for day in days))[:_MOST_NAMED])
            times = f" ({len(days)} ställen)" if len(days) > 1 else ""
            message = f"{named} beror på när man läser{times}"
            at = one.at(plan, *days[0].span())
            yield found("R608", at, message, "Skriv månaden eller dagen.", about=one.id)


def _relative(words: str) -> list[re.Match[str]]:
    own = without_speech(without_code(words))
    return [match for match in _WHEN.finditer(own) if _end(own, match) != "?"]


def _end(words: str, match: re.Match[str]) -> str:
    """The sign by which the sentence ends."""
    end = _END.search(words, match.end(), match.end() + _LONGEST_SENTENCE)
    return end[0] if end else ""
