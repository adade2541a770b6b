"""What may point out a person in texts, names and remarks on figures: guesses, for somebody to
check. Personal numbers are found when files are read (kvalitet.privacy)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from kvalitet.findings import Finding, found
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import Passage, passages, remarks

Spans: TypeAlias = Iterable[tuple[int, int]]
"""Where in a text something stands."""

_EMAIL = re.compile(
    r"(?<![\w.+-])([a-zåäö0-9._+-]+)@([a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)+)", re.IGNORECASE
)
_NAMES = re.compile(r"[a-zåäö-]+(?:\.[a-zåäö-]{2,})+[0-9]{0,3}", re.IGNORECASE)
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|yahoo|telia|bredband|comhem|spray"
    r"|home|protonmail|proton)\.(?:com|se|nu|me)",
    re.IGNORECASE,
)
_OF_MANY = (
    "och", "barn", "familj", "social", "omsorg", "stod", "stöd", "vard", "vård", "aldre", "äldre",
    "lss", "ifo", "info", "kontakt", "registrator", "kommun", "namnd", "nämnd", "enhet", "team",
    "mottagning", "support", "reply", "forvaltning", "förvaltning", "boende", "hem", "skola",
    "forskola", "förskola", "funktion", "diarie", "klagomal", "klagomål", "synpunkt", "kvalitet",
    "ombud", "service", "vaxel", "växel",
)  # fmt: skip

_PHONE = re.compile(
    r"""(?:\+46|0(?<![\w.,/+]0)046)(?:[ \u00a0()-]{0,3}[0-9]){7,10}(?![0-9])
    | 0(?<![\w.,/+]0)7[02369](?:[ \u00a0-]{0,2}[0-9]){7}(?![0-9])
    | 0(?<![\w.,/+-]0)
      (?:(?:1[1-9]|2[1-9]|[3-6][0-9]|8|90|[1-69][0-9]{2})(?:-|[ ][-\u2013][ ])|8[ \u00a0])
      (?:[0-9]{2,3}(?:[ \u00a0-][0-9]{2,3}){1,3}|[0-9]{5,8})(?![0-9]|[-/.,:][0-9])""",
    re.VERBOSE,
)
_OF_A_SWITCHBOARD = "00"
_OF_A_SERVICE = re.compile(r"(?:\+|00)46[^0-9]*(?:0[^0-9]*)?(?:10|20|77)")
_SIX_AND_FOUR = re.compile("[0-9]{6}[-+ ][0-9]{4}")

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
    r"(?:äldre|yngre|över|under|uppåt|mer|senare)|\s(?:till|eller|i\srad|efter|senare|sedan)\b)"
)
_YEARS_OLD = r"(?<![0-9–-])[0-9]{1,3}[-–]år"
_BORN = r"(?:född|fött)\s(?:år\s)?(?:19|20)[0-9]{2}\b(?!\s*[-–]|\s(?:och|eller|till)\b)"
_CASE = re.compile(
    rf"{_ONE}(?:,\s|\s|,?\spå\s|\s\(){_AGE}"
    rf"|\b(?:{_THE})(?:,\s|,?\spå\s|\s\(){_AGE}"
    rf"|(?:^(?:[-*]\s)?man|\b(?:kvinna|flicka|pojke))(?:,\s|,?\spå\s|\s){_AGE}"
    rf"|{_YEARS_OLD}igt?\s(?:{_WHO})\b|{_YEARS_OLD}ig[ae]\s(?:{_THE})\b"
    rf"|{_YEARS_OLD}ingen\b|\b[Ee]n\s{_YEARS_OLD}ing\b"
    rf"|(?:{_ONE}|\b(?:{_THE}))(?:,\s|\s|\s\()(?:(?:som\s)?(?:är|var)\s)?{_BORN}",
    re.IGNORECASE | re.MULTILINE,
)
_MAY_BE_CASE = re.compile(r"[0-9][\s–-](?:år|mån)|(?:född|fött)\s", re.IGNORECASE)
_BEFORE_AGE, _AFTER_AGE = 80, 40

_QUOTED = re.compile(r'["”“„»«]((?:[^"”“„»«\n]|\n(?!\s*\n)){1,600})["”“»«]')
_DASHED = re.compile(r"^[–—] [^\n]*, (?:säger|sa|sade|berättar|berättade)\b", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:jag|mig|mitt|mina|vi|oss|vårt|våra)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:säger|sa|sade|berättar|berättade|uttrycker|uttryckte|kommenterar|kommenterade)\b"
    r"[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(r"\s?[,–-]?\s?(?:säger|sa|sade|berättar|berättade)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"fråg|påstå|enkät|instäm|andel|alternativ|undersökning|formuler|rubrik|svarat|målet|mål\b"
    r"|begrepp|lag|handbok|föreskrift|rutin|policy|vision|devis|projekt|metod|modell|program|kampanj"
    r"|utbildning|kurs|konferens|film|skrift",
    re.IGNORECASE,
)
_FEWEST_WORDS = 5
_NEAR = 120


@rule("R702")
def email_address(case: Case) -> Iterator[Finding]:
    """An e-mail address that seems to be a person's: names with a dot between them, or a private
    one. Those of an office are meant to be printed."""
    hint = "Kontrollera. Skriv hellre en funktionsadress, som registrator@ och kommunens namn."
    near = passages(case).with_any("@")
    yield from _told(case, "R702", near, _addresses, "Här står en persons e-postadress", hint)


def _addresses(words: str) -> Spans:
    if "@" in words:
        for match in _EMAIL.finditer(words):
            if _is_of_person(match[1], match[2]):
                yield match.span()


def _is_of_person(name: str, domain: str) -> bool:
    if _PRIVATE.fullmatch(domain):
        return True
    parts = name.lower().split(".")
    return bool(_NAMES.fullmatch(name)) and not any(
        part.startswith(_OF_MANY) or part.endswith(_OF_MANY) for part in parts
    )


@rule("R703")
def phone_number(case: Case) -> Iterator[Finding]:
    """What seems to be a telephone number of a person: a mobile, or one that no switchboard has.
    Numbers of services (112, 1177, 010, 020, 077) are none."""
    hint = "Kontrollera. Är det någons eget nummer, skriv växelns i stället, eller ta bort det."
    texts = passages(case)
    near = texts.each() if _PHONE.search(texts.together) else ()
    yield from _told(case, "R703", near, _numbers, "Här står ett telefonnummer", hint)


def _numbers(words: str) -> Spans:
    for match in _PHONE.finditer(words):
        is_mobile = match[0].startswith("07")
        is_of_many = match[0].endswith(_OF_A_SWITCHBOARD) and not is_mobile
        is_of_many = is_of_many or bool(_OF_A_SERVICE.match(match[0]))
        if not (is_of_many or _SIX_AND_FOUR.fullmatch(match[0])):
            yield match.span()


@rule("R704")
def single_case(case: Case) -> Iterator[Finding]:
    """One person told of with an age or a year of birth: who it is may be known to a neighbour.
    Groups (barn 7-12 år, flickor på 14 år) are none."""
    hint = "Kontrollera att ingen kan kännas igen. Skriv om gruppen, eller utan ålder."
    texts = passages(case)
    near = texts.each() if _MAY_BE_CASE.search(texts.together) else ()
    yield from _told(case, "R704", near, _cases, "Här beskrivs kanske en enskild person", hint)


def _cases(words: str) -> Spans:
    told = 0
    for age in _MAY_BE_CASE.finditer(words):
        start = max(age.start() - _BEFORE_AGE, told)
        match = _CASE.search(words, start, age.end() + _AFTER_AGE)
        if match and match.end() > age.start() >= match.start():
            told = match.end()
            yield match.span()


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
    if _ASKED.search(before):
        return False
    has_verb = _SAYS.search(before) or _SAYS_AFTER.match(words, match.end())
    return bool(has_verb or _FIRST_PERSON.search(match[1]))


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
