"""Signs in texts that the reader should not see: markup that is printed as it stands, note stars
that lead nowhere, and letters that only look Swedish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kvalitet.findings import Finding, Place, found
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import (
    Passage,
    Passages,
    passages,
    remarks,
    without_code,
    without_quotes,
)
from kvalitet.svenska import join, shorten

_MOST_NAMED = 3

_TAG = (
    r"</?(?:br|p|div|span|b|i|u|em|strong|small|mark|sup|sub|font|center|a|img|hr|h[1-6]|ul|ol|li"
    r"|table|thead|tbody|tr|td|th|blockquote|pre|code|html|body|head|style|script|o:p)"
    r"(?:\s[^<>\n]{0,300})?/?>|<!--"
)
_ENTITY = (
    r"&(?:nbsp|amp|lt|gt|quot|apos|[aouAOU]uml|[aA]ring|eacute|[nm]dash|hellip|bull|middot"
    r"|[lr][ad]?quo|euro|sect|copy|deg|shy|times|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});"
)
_LOOKS = (
    ("<", re.compile(rf"(?<!\\)(?:{_TAG})", re.IGNORECASE)),
    ("&", re.compile(rf"(?<!\\){_ENTITY}")),
    ("](", re.compile(r"!?\[[^\]\n]{0,200}\]\(<?(?!https?://|mailto:|#)[^()\s]{0,300}[./\\:][^()\n]{0,300}\)")),
    ("![", re.compile(r"(?<!\\)!\[[^\]\n]{0,200}\]\([^()\n]{0,300}\)")),
    ("[^", re.compile(r"\[\^[^\]\s]{1,20}\]")),
    ("[[", re.compile(r"\[\[[^\]\[\n]{1,200}\]\]")),
    ("[/", re.compile(r"\[/(?:b|i|u|url|quote)\]", re.IGNORECASE)),
    ("~~", re.compile(r"(?<!\\)~~[^\s~][^~\n]{0,300}~~")),
    ("'''", re.compile(r"'''[^'\n]{1,300}'''")),
    ("file:", re.compile(r"\bfile:///?\S{1,300}")),
    ("! ", re.compile(
        r"\b(?:Fel|Error)! (?:Hittar inte|Bokmärket|Ogiltig|Ingen text|Reference source|Bookmark"
        r"|Not a valid|No text|Unknown)[^.\n]{0,60}\.?"
    )),
)  # fmt: skip
_AS_IT_STANDS = (
    ("**", re.compile(r"\*\*\S(?:[^*\n]{0,300}\S)?\*\*")),
    ("__", re.compile(r"(?<!\w)__\S(?:[^_\n]{0,300}\S)?__(?!\w)")),
    ("](", re.compile(r"\[[^\]\n]{1,200}\]\([^()\s]{1,300}\)")),
)
_BOLD = re.compile(r"(?<![\\*])\*\*(?!\*)")
_UNDERLINED = re.compile(r"(?<![\w\\])__(?=[^\s_])|(?<=[^\s_])__(?!\w)")
_TICK = re.compile(r"(?<![\\`])`+(?!`)")
_BREAK = re.compile(r"\n[ \t]*\n")


@rule("R604")
def leftover_markup(case: Case) -> Iterator[Finding]:
    """HTML, which prose is without (design 3.11), and signs that some other program would have made
    into something: stockholm-verksamhetsberattelse-2019 prints <p> and <i> as they stand."""
    plan = case.plan
    marks = (*(sign for sign, _ in _LOOKS), "**", "__", "`")
    for one in passages(case).with_any(*marks):
        if spans := sorted(_leftover(one.words, one.is_prose)):
            hint = _IN_PROSE if one.is_prose else _IN_PLAIN
            message = f"Uppmärkning som inte hör hemma i texten: {_pieces(one.words, spans)}"
            yield found("R604", one.at(plan, *spans[0]), message, hint, about=one.id)
    for remark in remarks(plan):
        if spans := sorted(_leftover(remark.words, is_prose=False)):
            message = f"Uppmärkning som inte hör hemma i anm: {_pieces(remark.words, spans)}"
            yield found("R604", remark.place, message, _IN_PLAIN, about=remark.id)


def _pieces(words: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces = dict.fromkeys(shorten(words[start:end], 40) for start, end in spans)
    times = f" ({len(spans)} ställen)" if len(spans) > 1 else ""
    return f"{join(list(pieces)[:_MOST_NAMED])}{times}"


_IN_PROSE = r"Skriv med Markdown utan HTML. Ska tecknet synas i texten, sätt \ före det."
_IN_PLAIN = "Texten skrivs ut som den står: ta bort tecknen."


def _leftover(text: str, is_prose: bool) -> Iterator[tuple[int, int]]:
    words = without_code(text) if is_prose else text
    looks = _LOOKS if is_prose else (*_LOOKS, *_AS_IT_STANDS)
    ends = 0
    found_at = (m.span() for sign, look in looks if sign in words for m in look.finditer(words))
    for start, end in sorted(found_at):
        if start >= ends:
            yield start, end
            ends = end
    if is_prose:
        yield from _unclosed(words)


def _unclosed(words: str) -> Iterator[tuple[int, int]]:
    """Marks of bold and of code in a paragraph that begin something and never end it."""
    if not ("**" in words or "__" in words or "`" in words):
        return
    begin = 0
    for stop in [*(m.start() for m in _BREAK.finditer(words)), len(words)]:
        paragraph = words[begin:stop]
        underlined, ticks = _UNDERLINED.findall(paragraph), list(_TICK.finditer(paragraph))
        alone = [_open_bold(paragraph, words)]
        alone += [_UNDERLINED.search(paragraph)] if len(underlined) % 2 else []
        alone += ticks[-1:] if len(ticks) % 2 else []
        yield from ((begin + m.start(), begin + m.end()) for m in alone if m)
        begin = stop


def _open_bold(paragraph: str, words: str) -> re.Match[str] | None:
    """The two stars that make nothing bold; not those of a note, which end a word in one place and
    begin a line in another."""
    open_at: re.Match[str] | None = None
    for mark in _BOLD.finditer(paragraph):
        before, after = paragraph[: mark.start()][-1:], paragraph[mark.end() :][:1]
        if open_at and before.strip():
            open_at = None
        elif after.strip() and (after.isalpha() or not before.isalnum()):
            open_at = mark
        elif not before.strip() and _begins_line(paragraph, mark) is False:
            return mark
    is_note = open_at and _begins_line(paragraph, open_at) and _TWO_STARS.search(words)
    return None if is_note else open_at


def _begins_line(paragraph: str, mark: re.Match[str]) -> bool:
    return not paragraph[paragraph.rfind("\n", 0, mark.start()) + 1 : mark.start()].strip()


_TWO_STARS = re.compile(r"[\w)%]\*\*(?=[\s.,;:)]|\Z)")

_EMPHASISED = re.compile(
    r"\*\*(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)){1,400}?(?<=[^\s*])\*\*"
    r"|(?<![\w\\*])\*(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)){1,400}?(?<=[^\s*\\])\*(?!\w)"
)
# A star may also be a part of the word, or of a grade.
_STAR = re.compile(
    r"(?<=[\w)%])(?<!\btrans)(?<!\bhbtq)(?<!hbtqi)(?<!hbtqia)(?<!\b[1-5])"
    r"\\?\*(?:\\?\*)*(?=[\s.,;:)|]|\Z)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^[ \t|>+-]*+(?:\\?\*|(?i:(?:fot)?not|anm(?:ärkning)?|förklaring)\b)|\(\\?\*",
    re.MULTILINE,
)


@rule("R605")
def star_without_note(case: Case) -> Iterator[Finding]:
    """A star after a word, and no line that begins with a star, or with Not or Anm. The note of a
    name or a description may stand in any text."""
    plan, texts = case.plan, passages(case)
    for one in texts.with_any("*"):
        stars = _note_stars(one)
        if stars and not _has_note(one, texts):
            start, end = stars[0].span()
            begin = max(one.words.rfind(" ", 0, start), one.words.rfind("\n", 0, start)) + 1
            times = f" ({len(stars)} ställen)" if len(stars) > 1 else ""
            message = f'"{shorten(one.words[begin:end], 40)}" har en stjärna men ingen not{times}'
            yield found("R605", one.at(plan, begin, end), message, _ADD_NOTE, about=one.id)


_ADD_NOTE = "Skriv noten sist i texten på en egen rad som börjar med \\*, eller ta bort stjärnan."


def _note_stars(one: Passage) -> list[re.Match[str]]:
    words = without_quotes(without_code(one.words)) if one.is_prose else one.words
    if one.is_prose:
        words = _EMPHASISED.sub(lambda match: " " * len(match[0]), words)
    return list(_STAR.finditer(words))


def _has_note(one: Passage, texts: Passages) -> bool:
    if _NOTE.search(one.words):
        return True
    return not one.is_prose and any(_NOTE.search(other.words) for other in texts.with_any("*"))


_FOREIGN = re.compile(r"[^\W\d_\u0000-\u02ff\u1e00-\u1eff]")
_GREEK = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυικα")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")
_SMALL = re.compile(r"[a-zà-öø-ɏ]")
_WORD = re.compile(r"[^\W\d_]+")
_FEW_LETTERS = 2
_SCRIPTS = {
    "CYRILLIC": "är kyrillisk",
    "GREEK": "är grekisk",
    "ARABIC": "är arabisk",
    "HEBREW": "är hebreisk",
    "ARMENIAN": "är armenisk",
    "FULLWIDTH": "är av dubbel bredd",
    "HALFWIDTH": "är av halv bredd",
    "MATHEMATICAL": "är ett tecken ur matematiken",
}
_OF_OURS = ("LATIN", "MODIFIER", "SUPERSCRIPT", "SUBSCRIPT", "OHM", "KELVIN", "DOUBLE-STRUCK")
"""How the names of letters begin that may stand beside ours: ligatures, and signs of science."""


@rule("R606")
def foreign_letter(case: Case) -> Iterator[Finding]:
    """A letter of another script within a word of ours, most often one that looks like ours: the
    word is not found by those who search, and is read aloud wrong (eslov-kvalitetssammanfattning-
    2019, lines 107-113). Signs of science stand: µg, kΩ, TNFα."""
    plan, texts = case.plan, passages(case)
    if letters := {*_FOREIGN.findall(texts.words)}:
        for one in texts.with_any(*sorted(letters)):
            if mixed := _mixed(one.words):
                yield _foreign(mixed, one.at(plan, *mixed[0].span()), one.id)
    for remark in remarks(plan):
        if mixed := _mixed(remark.words):
            yield _foreign(mixed, remark.place, remark.id)


def _mixed(words: str) -> list[re.Match[str]]:
    if words.isascii() or not _FOREIGN.search(words):
        return []
    return [word for word in _WORD.finditer(words) if _strangers(word[0])]


def _strangers(word: str) -> list[str]:
    """The letters of a word that belong to another script than its others, or look like ours and
    are none."""
    strange = _FOREIGN.findall(word)
    if not strange or not (_LATIN.search(word) or _is_disguised(word)):
        return []
    has_word = len(_SMALL.findall(word)) >= _FEW_LETTERS
    return [letter for letter in strange if _is_stranger(letter, has_word)]


def _is_disguised(word: str) -> bool:
    """Whether all letters are ours in another guise, as bold ones of mathematics are."""
    scripts = {_script(letter) for letter in word}
    return len(word) > _FEW_LETTERS and scripts <= {"FULLWIDTH", "MATHEMATICAL"}


def _is_stranger(letter: str, has_word: bool) -> bool:
    script = _script(letter)
    if script == "GREEK":
        return has_word and letter in _GREEK
    return not script.startswith(_OF_OURS)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _foreign(mixed: Sequence[re.Match[str]], place: Place, id: str) -> Finding:
    word, letter = mixed[0][0], _strangers(mixed[0][0])[0]
    is_of = _SCRIPTS.get(_script(letter), "är ur en annan skrift")
    number = word.index(letter) + 1
    times = f" ({len(mixed)} ord)" if len(mixed) > 1 else ""
    message = f'Bokstav {number} i "{shorten(word, 40)}" {is_of}{times}'
    return found("R606", place, message, "Skriv om ordet på tangentbordet.", about=id)
