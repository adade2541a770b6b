"""YAML text to data by the events of PyYAML's C parser; every breach of form is a finding.

No implicit typing: each scalar is text (design 3.1). The parser's own loader is not used: it
guesses types, keeps the last of two equal keys and recurses on deep nesting.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import chain
from sys import intern
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kvalitet.findings import MOST, Finding, Place, Route, bounded, found
from kvalitet.source import form
from kvalitet.source.data import BROKEN, Broken, YamlFile
from kvalitet.source.diagnosis import diagnose, without_keys
from kvalitet.source.encoding import is_composed
from kvalitet.source.mend import after_bar
from kvalitet.svenska import format_number

DEEPEST = 16
LONGEST_TEXT = 100_000
"""Signs that a text may have: some fifty pages."""


def read_yaml(text: str, path: str) -> YamlFile:
    """The data of a YAML text and every breach of YAML and block form (design 3.1, 3.2).

    The text has no character that `encoding.strange_characters` finds.
    """
    if not text.strip():
        return YamlFile(path, None, (found("R115", Place(path), "Filen är tom", _EMPTY),))
    builder = _Builder(text, path)
    try:
        builder.run()
    except yaml.MarkedYAMLError as error:
        return YamlFile(path, None, (diagnose(text, path, error, builder.text_lines),))
    except _Stop as stop:
        return YamlFile(path, None, stop.findings)
    if hard_spaces := tuple(bounded(form.hard_spaces(text, path, builder.text_lines))):
        return YamlFile(path, None, hard_spaces)
    of_lines = form.check_lines(text, path, builder.text_lines)
    findings = tuple(bounded(chain(builder.findings, of_lines)))
    return YamlFile(path, builder.root, findings, tuple(builder.dropped))


class _Stop(Exception):
    def __init__(self, *findings: Finding) -> None:
        self.findings = findings


class _Builder:
    """One pass over the events: an explicit stack of open collections, no recursion.

    `run` keeps what it works on in local names and takes the ordinary scalar on the shortest way:
    with a method call for each event, reading took twice as long (tests/bench).
    """

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.root: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.text_lines: list[tuple[int, int]] = []
        self.dropped: list[Route] = []
        self.in_braces = False
        self.documents = 0
        self.composed = is_composed(text)
        self.plain = "&" not in text and "!" not in text

    def run(self) -> None:  # noqa: C901 -- one dispatch over the kinds of events, see above
        self.refuse_directives(0)
        next_event = yaml.CSafeLoader(self.text).get_event
        plain = self.plain and self.composed
        words: dict[str, str] = {}
        seen = words.setdefault  # the same few words come again and again: each is kept once
        unusable = frozenset(("", "<<"))
        stack: list[tuple[Any, Any, Any, Any]] = []
        container: Any = None
        key: Any = None
        key_event: Any = None
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if event.style:
                    value = self.styled(event, key)
                elif event.start_mark.line != event.end_mark.line:
                    self.tell(form.several_lines, event, key)
                if not plain:
                    value = self.normalised(value, event, key)
                if container is None:
                    self.finish(value, event)
                    continue
                if key is None and type(container) is dict:
                    bad = value in container or value in unusable
                    key = self.bad_key(value, event, stack) if bad else intern(value)
                    key_event = event
                    continue
                if not value:
                    if key is None or not stack[-1][-1].flow_style:
                        self.empty(key, key_event or event)
                    value = BROKEN
                else:
                    value = seen(value, value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, stack, container, key)
                stack.append((container, key, key_event, event))
                container = {} if kind is MappingStartEvent else []
                key = key_event = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value, end = container, event
                container, key, key_event, event = stack.pop()
                if event.flow_style:
                    value = self.flow(value, event, end, stack, key, key_event)
            elif kind is StreamEndEvent:
                return
            else:
                if kind is not AliasEvent:
                    self.document(event)
                    continue
                if key is not BROKEN and all(frame[1] is not BROKEN for frame in stack):
                    message = f"Alias (*{event.anchor}) får inte användas"
                    self.report("R103", event, message, _NO_SIGN)
                value = BROKEN
            if type(container) is list:
                container.append(value)
            elif container is None:
                self.finish(value, event)
            elif key is None:
                raise _Stop(self.finding("R116", event, "Här väntades en nyckel", _KEY_FIRST))
            else:
                if type(key) is str:
                    container[key] = value
                key = key_event = None

    def styled(self, event: Any, key: Any) -> str:
        """The text of a scalar after | (or in quotes or after >, which is a breach)."""
        if event.style == "|":
            self.text_lines.append((event.start_mark.line + 1, event.end_mark.line))
        else:
            self.text_lines.append((event.start_mark.line, event.end_mark.line + 1))
            if event.value.strip() and not self.in_braces:
                if event.style == ">":
                    self.tell(form.folded, event, key)
                else:
                    self.note(form.quoted(event, self.path, _name(key)))
        text: str = event.value
        if len(text) > LONGEST_TEXT:
            message = f"Texten är längre än {format_number(LONGEST_TEXT)} tecken"
            raise _Stop(self.finding("R212", event, message, "Korta den, eller dela den i flera."))
        return text.rstrip("\n") if text.strip() else ""

    def normalised(self, value: str, event: ScalarEvent, key: Any) -> str:
        self.check_properties(event, key)
        return unicodedata.normalize("NFC", value) or event.tag or ""

    def bad_key(self, value: str, event: ScalarEvent, stack: list[Any]) -> Broken:
        """A key that cannot be kept (the first of two equal ones holds): its value is dropped."""
        if not self.in_braces and all(key is not BROKEN for _, key, *_ in stack):
            steps = (len(above) if type(above) is list else key for above, key, *_ in stack[1:])
            self.dropped.append((*steps, value))
        if value == "<<":
            self.report("R105", event, "Sammanslagning (<<) får inte användas", _WRITE_OUT)
            return BROKEN
        if not value:
            self.report("R116", event, "Nyckeln före kolon saknas", _KEY_FIRST)
            return BROKEN
        self.report(
            "R102",
            event,
            f'Nyckeln "{value}" står redan i samma block',
            _NEW_ITEM if value == "id" else "Behåll den ena, eller ge den andra sitt rätta namn.",
        )
        return BROKEN

    def empty(self, key: Any, event: Event) -> None:
        what = f'"{key}" saknar värde' if type(key) is str else "Punkten i listan är tom"
        self.report("R114", event, what, "Skriv ett värde, eller ta bort raden.")

    def open(self, event: Any, stack: list[Any], container: Any, key: Any) -> None:
        if type(container) is dict and key is None:
            raise _Stop(self.finding("R116", event, "Nyckeln är inte ett enkelt ord", _KEY_FIRST))
        if len(stack) >= DEEPEST:
            message = f"Nästlat djupare än {DEEPEST} nivåer"
            hint = "Flytta det innersta till en egen lista längst till vänster."
            raise _Stop(self.finding("R113", event, message, hint))
        if not self.plain:
            self.check_properties(event, None)
        if event.flow_style and not any(opened.flow_style for *_, opened in stack):
            self.in_braces = type(event) is MappingStartEvent
            if self.text.startswith("{{", event.start_mark.index):
                raise _Stop(
                    form.begins_with_sign(self.text, event.start_mark, self.path, _name(key))
                )

    def flow(
        self, value: Any, start: Event, end: Event, stack: list[Any], key: Any, key_event: Any
    ) -> Any:
        """The list in brackets; what stands within others is told with the outermost, and braces
        are told alone, whatever is wrong within them."""
        if stack and stack[-1][-1].flow_style:
            return BROKEN
        name = _name(key) if stack else ""
        where = self.text, start.start_mark, end.end_mark, self.path, name
        if type(value) is dict:
            self.in_braces = False
            self.note(form.braces(*where))
            return BROKEN
        if not value:
            self.empty(key, key_event or start)
            return BROKEN
        for finding in form.brackets(*where, value):
            self.note(finding)
        return value

    def document(self, event: Any) -> None:
        """A document that is not the only one."""
        kind = type(event)
        if kind is DocumentEndEvent and event.explicit:
            self.refuse_directives(event.end_mark.index)
        if kind is not DocumentStartEvent:
            return
        self.documents += 1
        if self.documents > 1:
            message = "Här börjar ett andra dokument"
            hint = 'Ta bort raden, och "..." om det står ovanför.'
            raise _Stop(self.finding("R106", event, message, hint))

    def refuse_directives(self, start: int) -> None:
        """Stops before directives: the parser compares each with all the others."""
        if finding := form.directive(self.text, start, self.path):
            raise _Stop(finding)

    def check_properties(self, event: Any, key: Any) -> None:
        if event.anchor:
            self.report("R103", event, f"Ankare (&{event.anchor}) får inte användas", _NO_SIGN)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = _NO_SIGN
            if type(event) is ScalarEvent and not tag.startswith("!!"):
                written = form.written(self.text, event.start_mark, event.end_mark)
                hint = after_bar(_name(key), written)
            self.report("R104", event, f"Tagg ({tag}) får inte användas", hint)

    def finish(self, value: Any, event: Event) -> None:
        if type(value) is dict:
            self.root = value
        elif not (type(event) is ScalarEvent and not event.value):
            told = self.findings[-1:] if value is BROKEN else []
            raise _Stop(*(told or [without_keys(self.text, self.path, event)]))

    def finding(self, code: str, event: Event, message: str, hint: str) -> Finding:
        return found(code, form.place(self.path, event.start_mark, event.end_mark), message, hint)

    def tell(self, breach: Callable[..., Finding], event: ScalarEvent, key: Any) -> None:
        self.note(breach(self.text, event, self.path, _name(key)))

    def report(self, code: str, event: Event, message: str, hint: str) -> None:
        if not self.in_braces:
            self.note(self.finding(code, event, message, hint))

    def note(self, finding: Finding) -> None:
        """Keeps a finding, but for one within braces; of too many in a file none more is read."""
        if self.in_braces:
            return
        self.findings.append(finding)
        if len(self.findings) > MOST:
            raise _Stop(*bounded(self.findings))


def _name(key: Any) -> str | None:
    """A key to show in a hint: a list item has none, and a faulty one is not worth showing."""
    return key if type(key) is str else None


_EMPTY = "Lägg tillbaka det som stod här, eller ta bort filen."
_WRITE_OUT = "Skriv ut de nycklar som ska gälla här."
_NO_SIGN = "Skriv bara värdet. Hör tecknet till en text: skriv den efter |."
_KEY_FIRST = 'Skriv nyckeln som ett vanligt ord: "nyckel: värde".'
_NEW_ITEM = "Börjar något nytt här? Skriv bindestreck först: - id."
