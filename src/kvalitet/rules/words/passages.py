"""The texts of a plan, for rules that read what is written: each with its place, and masked where
what stands in it is not the author's own running words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple

from kvalitet.findings import Place
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Mål
from kvalitet.period import Period
from kvalitet.rules.registry import Case
from kvalitet.series.data import Row

_CALL = re.compile(r"\{\{[^{}\n]*\}\}")
_CODE = re.compile(
    r"(?ms)^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[^\n]*$|\Z)"
    r"|(?<![\\`])(?P<run>`++)(?:(?!\n[ \t]*\n).){0,300}?(?<!`)(?P=run)(?!`)"
)
_QUOTED = re.compile(r'["”“][^"”“\n]*["”]|»[^»«\n]*[»«]')
_SPOKEN = re.compile(r"(?m)^[ \t]*(?:[–—] |>)[^\n]*")
_ALL_BUT_BREAKS = re.compile(r"[^\n]")
_TOGETHER = 2000
_REMARK = attrgetter("anm")


class Passage(NamedTuple):
    """A text and what it is about. `key` is the field of the thing, "text" where it is said in a
    period or stands in every report. What `is_prose` is printed as Markdown, as those two are, and
    what a thing says of itself; a name and the definition of an indicator as they stand."""

    words: str
    id: str
    key: str
    period: Period | None = None
    is_prose: bool = False

    def place(self, plan: Plan) -> Place:
        """Where the text as a whole stands."""
        if self.key == "text":
            if self.period is None:
                return plan.text_places[self.id]
            return plan.said[self.period][self.id].at("text")
        if not self.id:
            return plan.head_place.at(self.key)
        place = plan.place(self.id, self.key)
        return place.at(str(self.period)) if self.period else place

    def at(self, plan: Plan, start: int, end: int) -> Place:
        """Where a piece of it stands; that of several lines, its first."""
        begins = self.words.rfind("\n", 0, start) + 1
        ends = self.words.find("\n", start, end)
        length = (end if ends < 0 else ends) - start
        within = (self.words.count("\n", 0, start), start - begins, length)
        return self.place(plan)._replace(within=within)


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a plan that are judged, and their distinct words in small letters, by which it
    is known at once what none of them holds. Each word stands on a line of its own."""

    plan: Plan
    periods: tuple[Period, ...]
    words: str

    def each(self) -> Iterator[Passage]:
        """All texts in the order of the files."""
        yield from self.said()
        yield from _described(self.plan)

    def said(self) -> Iterator[Passage]:
        """What is said in a period, and what stands in every report."""
        for period in self.periods:
            for id, entry in self.plan.uppföljning[period].items():
                if entry.text:
                    yield Passage(entry.text, id, "text", period, is_prose=True)
        for id in self.plan.text_places:
            if words := self.plan.texter.get(id):
                yield Passage(words, id, "text", is_prose=True)

    def with_any(self, *marks: str) -> Iterator[Passage]:
        """Those that hold one of the marks; a mark in small letters stands for capitals too, and a
        line break for the beginning of a text."""
        near = [mark for mark in marks if self.may_hold(mark.lower())]
        spelt = [mark for mark in near if not mark.islower()]
        folded = [mark for mark in near if mark.islower()]
        for one in self.each() if spelt or folded else ():
            words = f"\n{one.words}"
            small = words.lower() if folded else ""
            if any(mark in words for mark in spelt) or any(mark in small for mark in folded):
                yield one

    def may_hold(self, mark: str) -> bool:
        """Whether a mark, in small letters, is in any of them."""
        of_words = mark.replace(" ", "\n \n").split(" ")
        return all(word in self.words for word in of_words) and any(
            mark in words for words in _together(self.plan, self.periods)
        )

    def may_match(self, pattern: re.Pattern[str], word: re.Pattern[str]) -> bool:
        """Whether a pattern finds anything in them, which takes a word, on its line, of that look;
        neither must ask for capitals."""
        return bool(word.search(self.words)) and any(
            map(pattern.search, _together(self.plan, self.periods))
        )


def judged_periods(case: Case) -> list[Period]:
    """The periods whose texts are judged: the one asked for, else those that do not end before the
    year of the newest report. What was sent in earlier years is history, and does not nag."""
    periods = case.periods()
    newest = case.newest or max(periods, default=None)
    if newest is None or case.at is not None:
        return periods
    return [period for period in periods if period.last.year >= newest.last.year]


def passages(case: Case) -> Passages:
    """All that the plan's own files write in running words and that is judged."""
    return _passages(case.plan, tuple(judged_periods(case)))


@remembered
def _passages(plan: Plan, periods: tuple[Period, ...]) -> Passages:
    words: set[str] = set()
    for texts in _together(plan, periods):
        words.update(texts.split())
    return Passages(plan, periods, "\n".join(["", *words, ""]))


@remembered
def _together(plan: Plan, periods: tuple[Period, ...]) -> tuple[str, ...]:
    return tuple(_by_many(plan, periods))


def _by_many(plan: Plan, periods: Sequence[Period]) -> Iterator[str]:
    """All texts in small letters, some thousand together; each begins a line."""
    said = (entry.text for period in periods for entry in plan.uppföljning[period].values())
    standing = (plan.texter.get(id, "") for id in plan.text_places)
    each = chain(said, standing, _descriptions(plan))
    while some := list(islice(each, _TOGETHER)):
        yield "\n".join(["", *some]).lower()


def _descriptions(plan: Plan) -> Iterator[str]:
    own: Mapping[str, Any] = plan.own
    yield plan.huvud.namn
    yield plan.huvud.enhet
    for thing in own.values():
        yield thing.namn
        if thing.beskrivning:
            yield from thing.beskrivning.values()
        if type(thing) is Mål:
            yield thing.förväntat_resultat


def _described(plan: Plan) -> Iterator[Passage]:
    for key, words in (("namn", plan.huvud.namn), ("enhet", plan.huvud.enhet)):
        if words:
            yield Passage(words, "", key)
    own: Mapping[str, Any] = plan.own
    for id, thing in own.items():
        if thing.namn:
            yield Passage(thing.namn, id, "namn")
        is_prose = type(thing) is not Indikator
        for period, words in thing.beskrivning.items():
            yield Passage(words, id, "beskrivning", period, is_prose)
        if type(thing) is Mål and thing.förväntat_resultat:
            yield Passage(thing.förväntat_resultat, id, "förväntat_resultat", is_prose=True)


class Remark(NamedTuple):
    """What `anm` says at a row, and at how many more of the same indicator; "" as `id` is the
    economy table."""

    words: str
    id: str
    path: str
    line: int
    more: int

    @property
    def place(self) -> Place:
        """The row."""
        return Place(self.path, line=self.line, column=1)


@remembered
def remarks(plan: Plan) -> tuple[Remark, ...]:
    """Every `anm`, one of each wording per indicator, at its first row."""
    found: list[Remark] = []
    if plan.data is None:
        return ()
    for id, series in plan.data.series.items() if plan.data.has_remarks else ():
        if any(map(_REMARK, series.cells)):
            rows = [(row.cell.anm, row) for row in series.rows() if row.cell.anm]
            found += _by_wording(id, rows)
    found += _by_wording("", [(row.anm, row) for row in plan.data.ekonomi if row.anm])
    return tuple(found)


def _by_wording(id: str, rows: Sequence[tuple[str, Row | Any]]) -> Iterator[Remark]:
    alike: dict[str, list[Row | Any]] = {}
    for words, row in rows:
        alike.setdefault(words, []).append(row)
    for words, all_rows in alike.items():
        yield Remark(words, id, all_rows[0].path, all_rows[0].line, len(all_rows) - 1)


def without_code(words: str) -> str:
    """The words with a sign that means nothing for each one of code and of computed figures, which
    are not the author's own words."""
    if "{{" in words:
        words = _CALL.sub(_blank, words)
    if "`" in words or "~~~" in words:
        words = _CODE.sub(_blank, words)
    return words


def without_quotes(words: str) -> str:
    """The same in place of what stands between quotation marks."""
    return _QUOTED.sub(_blank, words)


def without_speech(words: str) -> str:
    """The same in place of all that somebody else may have said."""
    return _SPOKEN.sub(_blank, without_quotes(words))


def _blank(match: re.Match[str]) -> str:
    return _ALL_BUT_BREAKS.sub("□", match[0])
