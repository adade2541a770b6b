"""Words that say that something to be done was called off, put off, not done or goes on.

A closed list of phrases, each of which stands right after what it is about: a sentence that holds
one in any other way ("två träffar ställdes in", "ställdes inte in") is about something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["inställd", "ogjord", "ej_börjad", "sen", "fortsatt"]


@dataclass(frozen=True, slots=True)
class Utebliven:
    """What a text says of a thing, where in it (line, column and length), whether it speaks of
    something over (`past`), and whether it gives the cause."""

    kind: Kind
    text: str
    within: tuple[int, int, int]
    past: bool
    has_cause: bool


_NOT = r"(?:inte|ej|aldrig)"
_NOW: dict[Kind, tuple[str, ...]] = {
    "inställd": (
        r"ställs in", r"(?:är|blir) inställ(?:d|t|da)", r"blir inte av",
        r"(?:är|har blivit) (?:avbru|nedlag)\w+", r"läggs ne[dr]",
    ),
    "ogjord": (
        rf"är {_NOT} (?:genomför|utför)\w+", rf"har {_NOT} (?:genomförts|utförts|gjorts)",
        rf"har {_NOT} (?:kunnat|gått att) (?:genomföras?|utföras?|göras?)",
        rf"kan {_NOT} genomföras",
    ),
    "ej_börjad": (
        rf"är (?:ännu )?{_NOT} påbörja\w+",
        rf"har (?:ännu )?{_NOT} (?:påbörjats|startats?|börjat|kommit i ?gång)",
    ),
    "sen": (
        r"är (?:kraftigt |något |mycket |starkt )?försena\w+", r"skjuts (?:upp|fram)",
        r"(?:är|har blivit) (?:upp|fram)skju\w+", r"ligger efter(?: tid)?plan\w*",
        r"(?:hinner|blir) inte (?:bli )?klar\w* i tid",
    ),
    "fortsatt": (r"fortsätter (?:fram )?till(?: och med)?(?: den)? [0-9]+",),
}  # fmt: skip
_THEN: dict[Kind, tuple[str, ...]] = {
    "inställd": (
        r"ställdes in", r"ha(?:r|de) ställts in", r"blev inställ\w+", rf"blev {_NOT} av",
        rf"ha(?:r|de) {_NOT} blivit av", r"avbröts", r"ha(?:r|de) avbrutits", r"lades ne[dr]",
        r"ha(?:r|de) lagts ne[dr]", r"ha(?:r|de) avstannat",
    ),
    "ogjord": (
        rf"(?:genomfördes|utfördes|gjordes) {_NOT}", rf"kunde {_NOT} (?:genomföras|utföras)",
    ),
    "ej_börjad": (rf"(?:påbörjades|startade|startades) {_NOT}",),
    "sen": (
        r"sköts (?:upp|fram)", r"ha(?:r|de) skjutits (?:upp|fram)", r"ha(?:r|de) försenats",
        r"blev försena\w+", r"försenades",
    ),
}  # fmt: skip
_INVERTED: dict[Kind, tuple[str, ...]] = {
    "inställd": (
        r"ställdes {x} in", r"har {x} ställts in", rf"blev {{x}} {_NOT} av", r"avbröts {x}",
        r"har {x} avbrutits",
    ),
    "ogjord": (
        rf"har {{x}} {_NOT} (?:kunnat )?(?:genomförts|genomföras|utförts)",
        rf"kunde {{x}} {_NOT} (?:genomföras|utföras)", rf"genomfördes {{x}} {_NOT}",
    ),
    "sen": (r"sköts {x} (?:upp|fram)", r"har {x} (?:skjutits (?:upp|fram)|försenats)"),
}  # fmt: skip
_ALONE: dict[Kind, tuple[str, ...]] = {
    "inställd": (r"inställ(?:d|t|da)", r"avbru(?:ten|tet|tna)"),
    "ogjord": (r"(?:inte|ej) (?:genomför|utför)\w+",),
    "sen": (r"försena(?:d|t|de)", r"(?:upp|fram)skju(?:ten|tet|tna)"),
}


def _either(phrases: dict[Kind, tuple[str, ...]], name: str) -> str:
    groups = (f"(?P<{name}_{kind}>{'|'.join(them)})" for kind, them in phrases.items())
    return "|".join(groups)


def _naming(phrases: dict[Kind, tuple[str, ...]]) -> dict[Kind, tuple[str, ...]]:
    number = count()
    return {
        kind: tuple(each.replace("{x}", rf"(?P<x{next(number)}>[\w-]+)") for each in them)
        for kind, them in phrases.items()
    }


_PHRASE = re.compile(
    rf"\b(?:{_either(_NOW, 'nu')}|{_either(_THEN, 'då')}|{_either(_naming(_INVERTED), 'vänd')})\b",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(rf"(?:{_either(_ALONE, 'ord')})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\n.!?]+")
_MARK = re.compile(r"[\s>*+#-]*(?:\d+\))?\s*")
_HINTS_AT = re.compile(
    r"inst|ställ|avbr|inte|ej|aldrig|skju|sköt|försen|utgå|läggs|lagts|lades|nedl|ligger|hinner|blir|avst|fortsätter",
    re.IGNORECASE,
)
_LEADING = ("hela", "all", "allt", "alla", "den", "det", "de", "denna", "planerade")
_OF_ITSELF = (
    "åtgärden", "aktiviteten", "insatsen", "arbetet", "samarbetet", "uppdraget", "projektet",
)  # fmt: skip
_PRONOUNS = ("den", "det", "detta", "denna")
_IF = re.compile(
    r"\s+(?:om|när|ifall|vid behov|utan|ännu|än|någo[nt]|några|fler\w*|helt|fullt|tillfälligt"
    r"|en tid|(?:i|på|för) (?:alla|samtliga|sin helhet|hela)|överallt|på (?!grund))\b",
    re.IGNORECASE,
)  # fmt: skip
_IS_SET = re.compile(r"larm|system|tekni|utrust|verktyg|kamer|dator|maskin|\bapp\b|mätar")
_CAUSE = re.compile(
    r"\b(?:på grund av|pga|p\.g\.a|eftersom|till följd av|beroende på|därför att|under|då"
    r"|som (?:planerat|tänkt)|enligt plan\w*)\b", re.IGNORECASE,
)  # fmt: skip
_BUT = re.compile(
    r"\b(?:men|dock|sedan|därefter|senare|istället|i stället|ersatt\w*|ersätt\w*|ändå|trots"
    r"|nytt|nya|nu)\b", re.IGNORECASE,
)  # fmt: skip
_ROOT, _SHORTEST = 5, 4


def undelivered(text: str, namn: str) -> Utebliven | None:
    """The first thing that a text says of what bears the name: that it is called off, not done,
    not begun, late, or going on until a day. None where it may speak of something else, of a
    condition or of a part, or tells after it what was done instead."""
    if not _HINTS_AT.search(text):
        return None
    is_first = True
    for sentence in _SENTENCE.finditer(text):
        start = sentence.start() + _MARK.match(sentence[0]).end()  # type: ignore[union-attr]
        if start < sentence.end():
            said = _said(text, start, sentence.end(), namn, is_first)
            if said:
                return said
            is_first = False
    return None


def _said(text: str, start: int, end: int, namn: str, is_first: bool) -> Utebliven | None:
    phrase = _STANDS_ALONE.match(text, start, end) if is_first else None
    phrase = phrase or _PHRASE.search(text, start, end)
    if phrase is None or not phrase.lastgroup or _IF.match(text, phrase.end(), end):
        return None
    told = {name: words for name, words in phrase.groupdict().items() if words}
    form, _, kind = next(name for name in told if "_" in name).partition("_")
    subject = next((words for name, words in told.items() if "_" not in name), None)
    about = subject if form == "vänd" else text[start : phrase.start()].strip()
    if form != "ord" and not _is_of(about or "", namn, is_first):
        return None
    if kind == "inställd" and _IS_SET.search(f"{about} {namn}".casefold()):
        return None  # what is "inställt" there has been set
    past = form in ("då", "vänd")
    if past and _BUT.search(text, phrase.end()):
        return None
    has_cause = past or bool(_CAUSE.search(text, phrase.end(), end))
    begins = phrase.start() if form == "vänd" else start
    line, column = text.count("\n", 0, begins), begins - (text.rfind("\n", 0, begins) + 1)
    within = (line, column, phrase.end() - begins)
    return Utebliven(_kind(kind), text[begins : phrase.end()], within, past, has_cause)


def _kind(name: str) -> Kind:
    return next(kind for kind in _NOW if kind == name)


def _is_of(about: str, namn: str, is_first: bool) -> bool:
    """Whether the words before a phrase are the thing: nothing, a pronoun, its kind or its name."""
    words = about.casefold().split()
    if not words or (len(words) == 1 and words[0] in _PRONOUNS):
        return is_first
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if len(words) == 1 and words[0] in _OF_ITSELF:
        return True
    return all(_is_named(word, namn.casefold()) for word in words)


def _is_named(word: str, name: str) -> bool:
    """Whether a word is in a name, or one that begins alike."""
    if len(word) >= _ROOT and word[:_ROOT] in name:
        return True
    return any(
        word == part or (len(part) >= _SHORTEST and word.startswith(part)) for part in name.split()
    )
