"""What may point out a person in texts, names and remarks on figures: guesses, for somebody to
check. Personal numbers are found when files are read (kvalitet.privacy), and so is what stands in
comments and settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.privacy import maybe_numbers
from kvalitet.privacy.contacts import (
    EMAIL,
    MAYBE_NUMBER,
    PHONE,
    PHONE_SHAPE,
    PHONE_WORD,
    Spans,
    addresses,
    phone_numbers,
)
from kvalitet.privacy.numbers import NUMBER_SHAPE, NUMBER_WORD
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import Passage, Passages, passages, remarks

_WHO = (
    "pojke|flicka|kille|tjej|kvinna|man|barn|spädbarn|bebis|son|dotter|bror|syster|mamma|pappa|mor"
    "|far|person|ungdom|tonåring|brukare|klient|patient|elev"
)
_THE = (
    "pojken|flickan|killen|tjejen|kvinnan|mannen|barnet|sonen|dottern|brodern|systern|mamman"
    "|pappan|modern|fadern|personen|ungdomen|tonåringen|brukaren|klienten|patienten|eleven"
)
_ONE = (
    r"\b(?:en|ett)\s(?:(?!(?:för|till|med|av|i|på|om|som|där|när|att|och|per|under|åt|hos|från)\b)"
    rf"[\w-]+\s){{0,2}}(?:{_WHO})"
)
_AGE = (
    r"[0-9]{1,3}\s(?:år|månader)\b(?!\s*[-–]|\s(?:och|eller)\s(?:\w+\s)?"
    r"(?:äldre|yngre|över|under|uppåt|mer|senare)"
    r"|\s(?:till|eller|i\srad|efter|senare|sedan|tidigare|innan|före|framåt|fyllda)\b)"
)
_YEARS_OLD = r"(?<![0-9–-])[0-9]{1,3}[-–]år"
_BORN = r"(?:född|fött)\s(?:år\s)?(?:19|20)[0-9]{2}\b(?!\s*[-–]|\s(?:och|eller|till)\b)"
_IN_BRACKETS = (
    rf"\b(?:{_THE}|pojke|flicka|kille|tjej|kvinna)"
    r"\s\([1-9][0-9]?\)\s(?!både|inte)"
    r"(?:fick|hade|var|blev|kom|bor|har|är|[a-zåäö]{2,}(?:ade|ades|tes?|ddes|de))\b"
)
_IN_SCHOOL = (
    r"\ben\s(?:[\w-]+\s)?(?:pojke|flicka|kille|tjej|son|dotter|bror|syster)"
    r"\si\s(?:årskurs|åk|klass|förskoleklass)\b"
)
_DID = (
    r"(?:fick|hade|var|blev|kom|sökte|bodde|\w+(?:ade|ades|tes|ddes)"
    r"|har\s(?:fått|bott|sökt|varit|\w{3,}(?:at|ats|mit|vit)))\b"
)
_WITH_CHILDREN = (
    r"\ben\s(?:[\w-]+\s)?(?:mamma|pappa|mor|far|kvinna|man)"
    rf"\smed\s(?:ett|två|tre|fyra|fem|sex|[2-9])\s(?:[\w-]+\s)?barn\s{_DID}"
)
_COMPLAINT = (
    r"\b(?:ett\sklagomål\s(?:(?:kom|inkom|lämnades)\s(?:in\s)?(?:från|av)|gällde|rörde)"
    r"|har\sett\sklagomål\s(?:inkommit|kommit\sin|lämnats)\s(?:från|av))"
    rf"\s(?:en|ett)\s(?:{_WHO}|förälder|vårdnadshavare|anhörig|make|maka)\ssom\b"
)
_CASE = re.compile(
    rf"{_ONE}(?:,\s|\s|,?\spå\s|\s\(){_AGE}"
    rf"|\b(?:{_THE})(?:,\s|,?\spå\s|\s\(){_AGE}"
    rf"|(?:^(?:[-*]\s)?man|\b(?:kvinna|flicka|pojke))(?:,\s|,?\spå\s|\s){_AGE}"
    rf"|{_YEARS_OLD}igt?\s(?:{_WHO})\b|{_YEARS_OLD}ig[ae]\s(?:{_THE})\b"
    rf"|{_IN_BRACKETS}|{_YEARS_OLD}ingen\b|\b[Ee]n\s{_YEARS_OLD}ing\b"
    rf"|(?:{_ONE}|\b(?:{_THE}))(?:,\s|\s|\s\()(?:(?:som\s)?(?:är|var)\s)?{_BORN}"
    rf"|{_IN_SCHOOL}|{_WITH_CHILDREN}|{_COMPLAINT}",
    re.IGNORECASE | re.MULTILINE,
)
_MAY_BE_CASE = re.compile(
    r"[0-9][\s–-](?:år|mån)|\s\([1-9][0-9]?\)\s|(?:född|fött)\s|\si\s(?:årskurs|åk|klass|förskoleklass)\s"
    r"|\smed\s\w+\s(?:\w+\s)?barn\s|\bett\sklagomål\s",
    re.IGNORECASE,
)
# Each look begins with letters, for speed, and is tried where a word has the look beside it.
_LOOKS = tuple(
    (re.compile(look), re.compile(word))
    for look, word in (
        (r"år(?<=[0-9][\s–-]år)", r"[\n–-]år"),
        (r"mån(?<=[0-9][\s–-]mån)", r"[\n–-]mån"),
        (r"född\s", r"född\n"),
        (r"fött\s", r"fött\n"),
        (r"\)\s(?<=[0-9]\)\s)", r"[0-9]\)\n"),
        (r" med \w{1,4} (?:\w+ )?barn\s", r"\nbarn\n"),
    )
)
_OF_ALL = re.compile(
    r"\s(?:blir\smyndig|räknas|anses|betraktas|definieras|omfattas)\b"
    r"|[^.!?\n]{0,60}\b(?:i\spension\b|pensioner|pensionsavgång)"
)
_OF_STAFF = re.compile(
    r"\b(?:medarbetar\w*|anställda|kolleg\w*)[^.!?\n]{0,60}\Z",
    re.IGNORECASE,
)
_OTHER_MARKS = (" i årskurs", " i åk ", " i klass ", " i förskoleklass", "tt klagomål ")
_BEFORE_AGE, _AFTER_AGE = 80, 90

_QUOTED = re.compile(r'["”“„»«]((?:[^"”“„»«\n]|\n(?!\s*\n)){1,600})["”“»«]')
_DASHED = re.compile(r"^[–—] [^\n]*, (?:säger|sa|sade|berättar|berättade)\b", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:jag|mig|mitt|mina|vi|oss|vårt|våra)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:säger|sa|sade|berättar|berättade|uttrycker|uttryckte|kommenterar|kommenterade)\b"
    r"[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
_WRITES = re.compile(
    rf"\b(?:en|ett|någon|flera)\s(?:[\w-]+\s)?(?:{_WHO}|förälder|föräldrar|vårdnadshavare|anhörig"
    r"|anhöriga|ungdomar|medarbetare|socialsekreterare|handläggare)\s(?:som\s\w+\s\w+\s)?"
    r"(?:skrev|skriver|svarade|svarar|menade|menar|tyckte|tycker)\b[^.!?\n]{0,20}\Z",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(r"\s?[,–-]?\s?(?:säger|sa|sade|berättar|berättade)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"fråg|påstå|enkät|instäm|andel|alternativ|undersökning|formuler|rubrik|svarat|målet|mål\b"
    r"|begrepp|lag|handbok|föreskrift|rutin|policy|vision|devis|projekt|metod|modell|program|kampanj"
    r"|utbildning|kurs|konferens|film|skrift|\bbok(?:en)?\b|podd|pjäs|slogan|motto|tema\b|budskap|ledord|svaren\b"
    r"|\b(?:heter|kallas|lyder|löd):?\s\Z",
    re.IGNORECASE,
)
_OF_ALL_AFTER = re.compile(
    r"\s?\((?:[0-9]|n ?=)|:?\s[0-9]+(?:,[0-9]+)?\s(?:%|procent)"
    r"|,?\s(?:enligt|är)\s[^.\n]{0,30}(?:mål|vision|motto|plan|policy)"
)
_FEWEST_WORDS = 5
_NEAR = 120


@rule("R702")
def email_address(case: Case) -> Iterator[Finding]:
    """An e-mail address that seems to be a person's: names with a dot between them, or a private
    one. Those of an office are meant to be printed."""
    yield from _told(case, "R702", passages(case).with_any("@"), addresses, *EMAIL)
    yield from _in_roles(case.plan, "R702", addresses, *EMAIL)


@rule("R703")
def phone_number(case: Case) -> Iterator[Finding]:
    """What seems to be a telephone number of a person: a mobile, or one that no switchboard has.
    Numbers of services (112, 1177, 010, 020, 077) are none."""
    texts = passages(case)
    near = texts.each() if texts.may_match(PHONE_SHAPE, PHONE_WORD) else ()
    yield from _told(case, "R703", near, phone_numbers, *PHONE)
    yield from _in_roles(case.plan, "R703", phone_numbers, *PHONE)


def _in_roles(
    plan: Plan, code: str, spans: Callable[[str], Spans], message: str, hint: str
) -> Iterator[Finding]:
    """Those in `ansvarig`, at the first thing that names them."""
    for role, id in _roles(plan).items():
        if any(spans(role)):
            yield found(code, plan.place(id, "ansvarig"), message, hint, about=id)


@remembered
def _roles(plan: Plan) -> dict[str, str]:
    own: Mapping[str, Any] = plan.own
    first: dict[tuple[str, ...], str] = {}
    for id, thing in own.items():
        first.setdefault(getattr(thing, "ansvarig", ()), id)
    return {role: id for roles, id in reversed(first.items()) for role in roles}


@rule("R704")
def single_case(case: Case) -> Iterator[Finding]:
    """One person told of with an age or a year of birth: who it is may be known to a neighbour.
    Groups (barn 7-12 år, flickor på 14 år) are none."""
    hint = "Kontrollera att ingen kan kännas igen. Skriv om gruppen, eller utan det som pekar ut."
    texts = passages(case)
    near = texts.each() if _may_hold_case(texts) else ()
    yield from _told(case, "R704", near, _cases, "Här beskrivs kanske en enskild person", hint)


def _may_hold_case(texts: Passages) -> bool:
    """Whether a case may stand in any text: most often it is known at once that none does."""
    return any(map(texts.may_hold, _OTHER_MARKS)) or any(texts.may_match(*one) for one in _LOOKS)


def _cases(words: str) -> Spans:
    told = 0
    for age in _MAY_BE_CASE.finditer(words):
        start = max(age.start() - _BEFORE_AGE, told)
        match = _CASE.search(words, start, age.end() + _AFTER_AGE)
        if match and match.end() > age.start() >= match.start():
            told = match.end()
            if not _is_no_case(match):
                yield match.span()


def _is_no_case(match: re.Match[str]) -> bool:
    """Whether the sentence is about everybody of that age, or about somebody who is employed."""
    before = match.string[max(match.start() - _BEFORE_AGE, 0) : match.start()]
    return bool(_OF_ALL.match(match.string, match.end()) or _OF_STAFF.search(before))


@rule("R705")
def quotation(case: Case) -> Iterator[Finding]:
    """What seems to be somebody's own words: five or more between quotation marks, in the first
    person or with a verb of saying. Titles and questions of a survey are none, nor are names."""
    hint = "Kontrollera att den som har sagt det vill bli citerad, och inte kan kännas igen."
    texts = passages(case).with_any('"', "”", "“", "»", "– ", "— ")
    near = (each for each in texts if each.is_prose)
    yield from _told(case, "R705", near, _quotes, "Här citeras kanske en person", hint)


def _quotes(words: str) -> Spans:
    for match in _QUOTED.finditer(words):
        if len(match[1].split()) >= _FEWEST_WORDS and _is_spoken(words, match):
            yield match.span()
    yield from (match.span() for match in _DASHED.finditer(words))


def _is_spoken(words: str, match: re.Match[str]) -> bool:
    before = words[max(match.start() - _NEAR, 0) : match.start()].rpartition("\n\n")[2]
    if _ASKED.search(before) or _OF_ALL_AFTER.match(words, match.end()):
        return False
    says = _SAYS.search(before) or _WRITES.search(before)
    has_verb = says or _SAYS_AFTER.match(words, match.end())
    return bool(has_verb or _FIRST_PERSON.search(match[1]))


@rule("R706")
def maybe_number(case: Case) -> Iterator[Finding]:
    """A personal number whose last digit is wrong, which tells the day of birth all the same, or
    one that may be two days of a year. It is hidden in what is printed, as R701's are."""
    texts = passages(case)
    near = texts.each() if texts.may_match(NUMBER_SHAPE, NUMBER_WORD) else ()
    yield from _told(case, "R706", near, maybe_numbers, *MAYBE_NUMBER)
    yield from _in_roles(case.plan, "R706", maybe_numbers, *MAYBE_NUMBER)


def _told(
    case: Case,
    code: str,
    near: Iterable[Passage],
    spans: Callable[[str], Spans],
    message: str,
    hint: str,
) -> Iterator[Finding]:
    """The first in each text, and how many more there are in it."""
    for passage in near:
        if here := list(spans(passage.words)):
            place = passage.at(case.plan, *here[0])
            yield found(code, place, message + _more(len(here) - 1), hint)
    for remark in remarks(case.plan):
        if here := list(spans(remark.words)):
            more = _more(len(here) - 1 + remark.more)
            yield found(code, remark.place, message + more, hint, about=remark.id)


def _more(number: int) -> str:
    return f", och {number} till" if number else ""
