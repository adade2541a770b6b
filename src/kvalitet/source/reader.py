"""YAML text to data by the events of PyYAML's C parser; every breach of form is a finding.

No implicit typing: each scalar is text (design 3.1). The parser's own loader is not used: it
guesses types, keeps the last of two equal keys and recurses on deep nesting.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from sys import intern
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kvalitet.findings import Finding, Place, found
from kvalitet.source import form
from kvalitet.source.diagnosis import diagnose

DEEPEST = 16


class Broken:
    """What stands in the data where a value could not be used and a finding already says why."""

    def __repr__(self) -> str:
        return "<trasigt>"


BROKEN: Final = Broken()


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file as data: `data` is None where nothing in it can be judged."""

    path: str
    data: dict[str, Any] | None
    findings: tuple[Finding, ...]


def read_yaml(text: str, path: str) -> YamlFile:
    """The data of a YAML text and every breach of YAML and block form (design 3.1, 3.2)."""
    builder = _Builder(text, path)
    try:
        builder.run()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return YamlFile(path, None, (diagnose(text, path, line, column),))
    except yaml.reader.ReaderError as error:
        place = Place(path, line=text.count("\n", 0, error.position) + 1)
        return YamlFile(
            path, None, (found("R008", place, "Tecknet kan inte läsas", "Ta bort det."),)
        )
    except _Stop as stop:
        return YamlFile(path, None, (stop.finding,))
    findings = (*builder.findings, *form.check_lines(text, path, builder.text_lines))
    return YamlFile(path, builder.root, findings)


class _Stop(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


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
        self.documents = 0
        self.composed = unicodedata.is_normalized("NFC", text)
        self.plain = "&" not in text and "!" not in text

    def run(self) -> None:  # noqa: C901 -- one dispatch over the kinds of events, see above
        next_event = yaml.CSafeLoader(self.text).get_event
        plain = self.plain and self.composed
        words: dict[str, str] = {}
        seen = words.setdefault  # the same few words come again and again: each is kept once
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
                    self.findings.append(form.several_lines(event, self.path, key))
                if not plain:
                    value = self.normalised(value, event)
                if container is None:
                    self.finish(value, event)
                    continue
                if key is None and type(container) is dict:
                    bad = value in container or value == "<<"
                    key = self.bad_key(value, event) if bad else intern(value)
                    key_event = event
                    continue
                if not value:
                    if key is None or not stack[-1][-1].flow_style:
                        self.empty(key, key_event or event)
                    value = BROKEN
                else:
                    value = seen(value, value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, stack, type(container) is dict and key is None)
                stack.append((container, key, key_event, event))
                container = {} if kind is MappingStartEvent else []
                key = key_event = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                container, key, key_event, event = stack.pop()
                if event.flow_style and stack and stack[-1][-1].flow_style:
                    value = BROKEN  # a list within a list, told already
                elif not value and event.flow_style:
                    if type(value) is list:
                        self.empty(key, key_event or event)
                    value = BROKEN
            elif kind is StreamEndEvent:
                return
            else:
                if kind is not AliasEvent or key is not BROKEN:
                    self.other(event)
                if kind is not AliasEvent:
                    continue
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
            name = key if type(key) is str else None
            self.findings.append(form.quoted_or_folded(event, self.path, name))
        text: str = event.value
        return text.rstrip("\n") if text.strip() else ""

    def normalised(self, value: str, event: ScalarEvent) -> str:
        self.check_properties(event)
        return unicodedata.normalize("NFC", value)

    def bad_key(self, value: str, event: ScalarEvent) -> Broken:
        """A key that cannot be kept (the first of two equal ones holds): its value is dropped."""
        if value == "<<":
            self.report("R105", event, "Sammanslagning (<<) får inte användas", _WRITE_OUT)
            return BROKEN
        self.report(
            "R102",
            event,
            f'Nyckeln "{value}" står redan i samma block',
            "Behåll den ena, eller ge den andra sitt rätta namn.",
        )
        return BROKEN

    def empty(self, key: Any, event: Event) -> None:
        what = f'"{key}" saknar värde' if type(key) is str else "Punkten i listan är tom"
        self.report("R114", event, what, "Skriv ett värde, eller ta bort raden.")

    def open(self, event: Any, stack: list[Any], as_key: bool) -> None:
        if as_key:
            raise _Stop(self.finding("R116", event, "Nyckeln är inte ett enkelt ord", _KEY_FIRST))
        if len(stack) >= DEEPEST:
            message = f"Nästlat djupare än {DEEPEST} nivåer"
            hint = "Flytta det innersta till en egen lista längst till vänster."
            raise _Stop(self.finding("R113", event, message, hint))
        if not self.plain:
            self.check_properties(event)
        if event.flow_style and not any(opened.flow_style for *_, opened in stack):
            if type(event) is SequenceStartEvent:
                self.findings.extend(form.flow_list(self.text, event.start_mark, self.path))
            elif self.text.startswith("{{", event.start_mark.index):
                raise _Stop(form.begins_with_sign(self.text, event.start_mark, self.path))
            else:
                self.findings.append(form.flow_mapping(self.text, event.start_mark, self.path))

    def other(self, event: Any) -> None:
        """An alias, or a document that is not the only one."""
        if type(event) is AliasEvent:
            self.report("R103", event, f"Alias (*{event.anchor}) får inte användas", _NO_SIGN)
        elif type(event) is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                message = "Här börjar ett andra dokument"
                hint = 'Ta bort raden, och "..." om det står ovanför.'
                raise _Stop(self.finding("R106", event, message, hint))
            if event.version or event.tags:
                self.report("R104", event, "Direktiv (%) får inte användas", "Ta bort raden.")

    def check_properties(self, event: Any) -> None:
        if event.anchor:
            self.report("R103", event, f"Ankare (&{event.anchor}) får inte användas", _NO_SIGN)
        if event.tag:
            self.report("R104", event, f"Tagg ({event.tag}) får inte användas", _NO_SIGN)

    def finish(self, value: Any, event: Event) -> None:
        if type(value) is dict:
            self.root = value
        elif not (type(event) is ScalarEvent and not event.value):
            message = "Filen ska bestå av nycklar och värden"
            hint = 'Börja med en nyckel längst till vänster, som "risker:".'
            raise _Stop(self.finding("R115", event, message, hint))

    def finding(self, code: str, event: Event, message: str, hint: str) -> Finding:
        return found(code, form.place(self.path, event.start_mark, event.end_mark), message, hint)

    def report(self, code: str, event: Event, message: str, hint: str) -> None:
        self.findings.append(self.finding(code, event, message, hint))


_WRITE_OUT = "Skriv ut de nycklar som ska gälla här."
_NO_SIGN = "Skriv bara värdet. Hör tecknet till en text: skriv den efter |."
_KEY_FIRST = 'Skriv nyckeln som ett vanligt ord: "nyckel: värde".'
