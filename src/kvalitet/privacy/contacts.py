"""E-mail addresses, telephone and other numbers that seem to be a person's: guesses, for somebody
to check. They are found in texts by rules, and in comments and settings when files are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from kvalitet.findings import Finding, Place, found
from kvalitet.privacy.numbers import maybe_numbers

Spans: TypeAlias = Iterable[tuple[int, int]]
"""Where in a text something stands."""

EMAIL = (
    "Kanske en persons e-postadress",
    "Kontrollera. Skriv hellre en funktionsadress, som registrator@ och kommunens namn.",
)
PHONE = (
    "Här står ett telefonnummer",
    "Kontrollera. Är det någons eget nummer, skriv växelns i stället, eller ta bort det.",
)
MAYBE_NUMBER = (
    "Kanske ett personnummer",
    "Kontrollera. Ta bort det, eller skriv det på ett annat sätt om det är något annat.",
)
_MOST = 20

_ADDRESS = re.compile(
    r"(?<![\w.+-])([a-zåäö0-9._+-]+)@([a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)+)", re.IGNORECASE
)
_NAMES = re.compile(r"[a-zåäö-]+(?:\.[a-zåäö-]{2,})+[0-9]{0,3}", re.IGNORECASE)
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|yahoo|telia|bredband|comhem|spray"
    r"|home|protonmail|proton)\.(?:com|se|nu|me)",
    re.IGNORECASE,
)
_WORDS_OF_MANY = frozenset(
    "och barn unga ungdom familj social stod stöd vard vård aldre äldre lss ifo info kontakt team"
    " hem skola jour chef vuxen vuxna daglig hr it lon lön norra sodra södra ostra östra vastra"
    " västra boka bokning tid budget skuld missbruk beroende bidrag avgift avgifter larm natt dag"
    " kvall kväll stab kansli post mail mejl arkiv press media webb web fax no reply avtal inkop"
    " inköp bostad halsa hälsa rehab lokal drift personal kund kunder intag".split()
)
_IN_WORDS_OF_MANY = (
    "social", "omsorg", "registrator", "kommun", "namnd", "nämnd", "enhet", "mottagning", "support",
    "forvaltning", "förvaltning", "boende", "forskol", "förskol", "funktion", "diarie", "klagom",
    "synpunkt", "kvalitet", "ombud", "service", "vaxel", "växel", "myndighet", "bistand", "bistånd",
    "distrikt", "ekonomi", "orosanm", "anmalan", "anmälan", "dataskydd", "handlagg", "handlägg",
    "bestall", "beställ", "rekryter", "upphandl", "faktura", "administr", "expedition", "reception",
    "utveckling", "behandling", "placering", "radgivning", "rådgivning", "region", "avdelning",
    "sektion", "gruppbo", "verksamhet", "korttid", "missbruk", "vuxenen", "familjer", "familjeh",
    "hemtjanst", "hemtjänst", "hemsjuk", "hemvard", "hemvård", "fornamn", "förnamn", "efternamn",
)  # fmt: skip
_ENDS_OF_MANY = (
    "stod", "stöd", "stodet", "stödet", "chef", "chefer", "skola", "skolan", "team", "teamet",
    "grupp", "gruppen", "jour", "jouren", "tjanst", "tjänst", "tjansten", "tjänsten", "varden",
    "vården", "hemmet", "barn",
)  # fmt: skip

PHONE_SHAPE = re.compile(
    r"""(?:\+46|0(?<![\w.,/+]0)046)(?:[ \u00a0()-]{0,3}[0-9]){7,10}(?![0-9])
    | 0(?<![\w.,/+]0)7[02369](?:[ \u00a0-]{0,2}[0-9]){7}(?![0-9])
    | 0(?<![\w.,/+-]0)
      (?:(?:1[1-9]|2[1-9]|[3-6][0-9]|8|90|[1-69][0-9]{2})(?:-|[ ][-\u2013][ ])|8[ \u00a0])
      (?:[0-9]{2,3}(?:[ \u00a0-][0-9]{2,3}){1,3}|[0-9]{5,8})(?![0-9]|[-/.,:][0-9])""",
    re.VERBOSE,
)
PHONE_WORD = re.compile(r"\+46|(?<![\w.,/+])0(?:046|7[02369])|(?<![\w.,/+-])0[1-9]")
_OF_A_SWITCHBOARD = "00"
_OF_A_SERVICE = re.compile(r"(?:\+|00)46[^0-9]*(?:0[^0-9]*)?(?:10|20|77)")
_NO_PHONE = re.compile("[0-9]{6}[-+ ][0-9]{4}|0[0-9] [0-5][0-9]-[0-2][0-9] [0-5][0-9]")
_IN_ONE = re.compile("[0-9]+-[0-9]+")
_OF_A_CASE = re.compile(
    r"(?:(?!TEL|TFN|MAS\b|MAR\b)\b[A-ZÅÄÖ]{2,5}|(?i:\b(?:dnr|diarie|ärende|akt|ref)\w*)"
    r"(?:\snummer)?)[.:]?\s\Z"
)
_NEAR = 30

_COMMENT = re.compile("#[^\n]*")
_LINE = re.compile("[^\n]+")
_INDENT = re.compile(r" *(?:- +(?=[^\s|>]))*")
_BEGINS_TEXT = re.compile(r"[:-] +[|>][+0-9-]*\s*$")


def addresses(words: str) -> Spans:
    """Addresses of names with a dot between them, and private ones: those of an office are meant
    to be printed."""
    if "@" in words:
        for match in _ADDRESS.finditer(words):
            if _is_of_person(match[1], match[2]):
                yield match.span()


def _is_of_person(name: str, domain: str) -> bool:
    if _PRIVATE.fullmatch(domain):
        return True
    parts = name.lower().split(".")
    return bool(_NAMES.fullmatch(name)) and not any(
        part in _WORDS_OF_MANY
        or part.endswith(_ENDS_OF_MANY)
        or any(word in part for word in _IN_WORDS_OF_MANY)
        for part in parts
    )


def phone_numbers(words: str) -> Spans:
    """Mobiles, and numbers that no switchboard has; those of services are none."""
    for match in PHONE_SHAPE.finditer(words):
        is_mobile = match[0].startswith("07")
        is_of_many = match[0].endswith(_OF_A_SWITCHBOARD) and not is_mobile
        is_of_many = is_of_many or bool(_OF_A_SERVICE.match(match[0]))
        if not (is_of_many or _NO_PHONE.fullmatch(match[0]) or _is_of_case(match)):
            yield match.span()


def _is_of_case(match: re.Match[str]) -> bool:
    """Whether what stands before says that it is the number of a case: SN 0123-20245."""
    before = match.string[max(match.start() - _NEAR, 0) : match.start()]
    return bool(_IN_ONE.fullmatch(match[0]) and _OF_A_CASE.search(before))


def in_name(path: str) -> Iterator[Finding]:
    """Those in the name of a file or folder (R702, R703)."""
    name, place = path.rpartition("/")[2], Place(path)
    for code, (message, _), spans in (("R702", EMAIL, addresses), ("R703", PHONE, phone_numbers)):
        if any(spans(name)):
            yield found(code, place, message, "Ge filen eller mappen ett annat namn.")


def in_yaml(path: str, text: str) -> Iterator[Finding]:
    """Those in the comments of a plan's file, and in all that another says (R702, R703, R706): the
    texts of plans have rules of their own."""
    yield from islice(_in_yaml(path, text), _MOST)


def _in_yaml(path: str, text: str) -> Iterator[Finding]:
    is_of_plan = path.startswith("plans/")
    comments: set[int] | None = None
    for part in (_COMMENT if is_of_plan else _LINE).finditer(text):
        told = [("R702", EMAIL, span) for span in addresses(part[0])]
        told += [("R703", PHONE, span) for span in phone_numbers(part[0])]
        told += [("R706", MAYBE_NUMBER, span) for span in maybe_numbers(part[0])]
        if told and is_of_plan and comments is None:
            comments = {*_comments(text)}
        if told and (comments is None or part.start() in comments):
            line, column = text.count("\n", 0, part.start()) + 1, _column(text, part.start())
            for code, (message, hint), (start, end) in told:
                place = Place(path, line=line, column=column + start, end_column=column + end)
                yield found(code, place, message, hint)


def _column(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at)


def _comments(text: str) -> Iterator[int]:
    """Where a comment on a line of its own begins: not a heading of a text, which is indented
    deeper than the key that it belongs to."""
    key, begins = -1, 0
    for line in text.split("\n"):
        words = line.lstrip()
        indent = len(line) - len(words)
        if words and not 0 <= key < indent:
            is_comment = words.startswith("#")
            key = -1
            if is_comment:
                yield begins + indent
            elif _BEGINS_TEXT.search(line) and (before := _INDENT.match(line)):
                key = before.end()
        begins += len(line) + 1
