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
    "fortsatt": (
        r"fortsätter (?:fram )?till(?: och med)?(?: den)? [0-9]+",
        r"har (?:ännu|fortfarande) inte (?P<gjort>\w{3,}ts)",
        r"pågår (?:fortfarande|alltjämt|ännu)",
        r"(?:pågår och )?(?:beräknas|väntas) (?:vara|bli) (?:klar|färdig)\w*",
        r"är (?:ännu |fortfarande )?inte (?:klar|färdig)\w*",
    ),
}  # fmt: skip
_STOPS = r"(?=\W*\Z| tills vidare| på grund av| pga| eftersom)"
_THEN: dict[Kind, tuple[str, ...]] = {
    "inställd": (
        r"ställdes in", r"ha(?:r|de) ställts in", r"blev inställ\w+", rf"blev {_NOT} av",
        rf"ha(?:r|de) {_NOT} blivit av", r"avbröts", r"ha(?:r|de) avbrutits", r"lades ne[dr]",
        r"ha(?:r|de) lagts ne[dr]", r"ha(?:r|de) avstannat", r"uteblev", r"ha(?:r|de) uteblivit",
        rf"ha(?:r|de) pausats{_STOPS}", rf"pausades{_STOPS}",
    ),
    "ogjord": (
        rf"(?:genomfördes|utfördes|gjordes) {_NOT}", rf"kunde {_NOT} (?:genomföras|utföras)",
    ),
    "ej_börjad": (rf"(?:påbörjades|startade|startades) {_NOT}",),
    "sen": (
        r"sköts (?:upp|fram)", r"ha(?:r|de) skjutits (?:upp|fram)", r"ha(?:r|de) försenats",
        r"blev försena\w+", r"försenades", r"hanns inte med", r"hann inte (?:bli )?klar\w*",
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
_SIGNS = " \t\n.!?>*+#-"
_MARK = re.compile(r"[\s>*+#-]*(?:\d+\))?\s*")
_HINTS_AT = re.compile(
    r"inst|ställ|avbr|inte|ej|aldrig|skju|sköt|försen|utgå|läggs|lagts|lades|nedl|ligger|hinner|blir"
    r"|avst|fortsätter|uteb|pausa|pågår|beräknas",
    re.IGNORECASE,
)
_LEADING = ("hela", "all", "allt", "alla", "den", "det", "de", "denna", "planerade")
_OF_ITSELF = ("åtgärden", "aktiviteten", "arbetet", "samarbetet", "uppdraget", "projektet")
_EVENTS = (
    "utbildningen", "utbildningarna", "kursen", "kurserna", "övningen", "övningarna",
    "upphandlingen", "rekryteringen", "introduktionen", "informationen", "utvärderingen",
    "införandet",
)  # fmt: skip
"""What most often is all that is to be done, where nothing else is told of it."""
_PRONOUNS = ("den", "det", "detta", "denna")
_IF = re.compile(
    r"\s+(?:om|när|ifall|vid behov|utan|ännu|än|någo[nt]|några|fler\w*|helt|fullt|tillfälligt"
    r"|en tid|(?:i|på|för) (?:alla|samtliga|sin helhet|hela)|överallt|på (?!grund))\b",
    re.IGNORECASE,
)
_OF_A_PART = re.compile(
    r"\b(?:hos|bland|för (?!att\b)|vid"
    r"|i (?:[0-9]+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio"
    r"|del\w*|någo[nt]|några|vissa|flera|enstaka|olika|de flesta|varje)"
    r"|[0-9]+ av|(?:en|ett|två|tre) av"
    r"|delvis|ibland|oftast|mest)\b",
    re.IGNORECASE,
)
_WHENEVER = re.compile(r"\b(?:om|när|ifall|så länge|medan)\b", re.IGNORECASE)
_SPEAKS_OF_DELAY = re.compile(
    r"avbr|avbok|inställ|ställs|försen|vänte|uteb|uppsk|skjut|\bi (?:rätt )?tid\b"
    r"|\binom .*(?:dag|veck|månad)",
    re.IGNORECASE,
)
"""A name of something that is itself about delay, or about what is called off."""
_IS_SET = re.compile(r"larm|system|tekni|utrust|verktyg|kamer|dator|maskin|\bapp\b|mätar")
_CAUSE = re.compile(
    r"\b(?:på grund av|pga|p\.g\.a|eftersom|till följd av|beroende på|därför att|under|då"
    r"|som (?:planerat|tänkt)|enligt plan\w*)\b", re.IGNORECASE,
)  # fmt: skip
_BUT = re.compile(
    r"\b(?:men|dock|sedan|därefter|senare|istället|i stället|ersatt\w*|ersätt\w*|ändå|trots"
    r"|nytt|nya|nu|hölls|hållits)\b", re.IGNORECASE,
)  # fmt: skip
_ROOT, _SHORTEST = 5, 4
_AFTER_HEAD = re.compile(
    r"\s+(?:av|för|i|om|på|till|med|hos|vid|inom|under|från|mot|mellan|varje|varannan)\s"
)
_ENDINGS = (
    (re.compile(r"(?<=ing)en|(?<=ion)en|(?<=het)en|(?<=syn)en|(?<=rond)en|(?<=plan)en"), ""),
    (re.compile(r"(?<=kurs)en|(?<=rutin)en|(?<=enkät)en|(?<=analys)en|(?<=kontroll)en"), ""),
    (re.compile(r"(?<=[^aeo])et|(?<=e)t|(?<=a)n|(?<=else)n"), ""),
    (re.compile(r"n?ingen|andet"), "a"),
)
"""How a noun, or what a verb does, ends in the definite singular, where no plural ends so, and what
its name ends in instead: "handledningen" of "Handledning", "utbildningen" of "Utbilda"."""


def undelivered(text: str, namn: str) -> Utebliven | None:
    """The first thing that a text says of what bears the name: that it is called off, not done,
    not begun, late, or going on until a day. None where it may speak of something else, of a
    condition or of a part, or tells after it what was done instead."""
    if not _HINTS_AT.search(text) or _SPEAKS_OF_DELAY.search(namn):
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
    if phrase is None or not phrase.lastgroup:
        return None
    told = {name: words for name, words in phrase.groupdict().items() if words}
    form, _, kind = next(name for name in told if "_" in name).partition("_")
    subject = next((words for name, words in told.items() if "_" not in name), None)
    about = subject if form == "vänd" else text[start : phrase.start()].strip()
    past, is_all = form in ("då", "vänd"), not (text[:start] + text[end:]).strip(_SIGNS)
    condition = _IF.match(text, phrase.end(), end)
    if condition and not (past and is_all and condition[0].strip() == "när"):
        return None
    cause = _CAUSE.search(text, phrase.end(), end)
    until = cause.start() if cause else end
    if _OF_A_PART.search(text, phrase.end(), until):
        return None
    if not past and _WHENEVER.search(text, phrase.end(), until):
        return None
    about, done = about or "", told.get("gjort", "")
    is_event = is_all and about.casefold() in _EVENTS
    is_it = _is_about(about, namn) if done else _is_of(about, namn, is_first)
    if form != "ord" and not is_event and not is_it:
        return None
    if done and not _is_done_by(done, namn):
        return None
    if kind == "fortsatt" and not (is_first or done):
        return None
    if kind == "inställd" and _IS_SET.search(f"{about} {namn}".casefold()):
        return None  # what is "inställt" there has been set
    if past and _BUT.search(text, phrase.end()):
        return None
    has_cause = past or cause is not None
    begins = phrase.start() if form == "vänd" else start
    line, column = text.count("\n", 0, begins), begins - (text.rfind("\n", 0, begins) + 1)
    within = (line, column, phrase.end() - begins)
    return Utebliven(_kind(kind), text[begins : phrase.end()], within, past, has_cause)


def _kind(name: str) -> Kind:
    return next(kind for kind in _NOW if kind == name)


def _is_of(about: str, namn: str, is_first: bool) -> bool:
    """Whether the words before a phrase are the thing itself: nothing, a pronoun, its kind, its
    whole name, or the head of its name in the definite. What the name is about is not the thing."""
    words = about.casefold().split()
    if not words or (len(words) == 1 and words[0] in _PRONOUNS):
        return is_first
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if len(words) == 1 and words[0] in _OF_ITSELF:
        return True
    name, head = namn.casefold().split(), _AFTER_HEAD.split(namn.casefold(), maxsplit=1)[0]
    if words == name or not name:
        return words == name
    is_whole_or_head = words[1:] == name[1:] or len(words) == 1
    return is_whole_or_head and _is_definite(words[0], name[0], head == name[0])


def _is_definite(word: str, of: str, is_head: bool) -> bool:
    """Whether a word is a noun, the head of a name, in the definite, or what its verb does."""
    return any(
        (is_head or name_ends)
        and (found := ends.search(word))
        and found.end() == len(word)
        and word[: found.start()] + name_ends == of
        for ends, name_ends in _ENDINGS
    )


def _is_about(words: str, namn: str) -> bool:
    """Whether all of some words are in a name, or begin as one of it."""
    return all(_is_named(word, namn.casefold()) for word in words.casefold().split())


def _is_done_by(verb: str, namn: str) -> bool:
    """Whether a verb is that of the name: utsetts in "Utse mentorer"."""
    words = [word for word in namn.casefold().split() if len(word) >= _SHORTEST]
    return any(word[:_SHORTEST] == verb.casefold()[:_SHORTEST] for word in words)


def _is_named(word: str, name: str) -> bool:
    """Whether a word is in a name, or one that begins alike."""
    if len(word) >= _ROOT and word[:_ROOT] in name:
        return True
    return any(
        word == part or (len(part) >= _SHORTEST and word.startswith(part)) for part in name.split()
    )
