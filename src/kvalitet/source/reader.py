"""YAML text to data by the events of PyYAML's C parser; every breach of form is a finding.

No implicit typing: each scalar is text (design 3.1). The parser's own loader is not used: it
guesses types, keeps the last of two equal keys and recurses on deep nesting.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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
        return YamlFile(path, None, (found("R008", place, "Tecknet kan inte läsas", "Ta bort det."),))
    except _Stop as stop:
        return YamlFile(path, None, (stop.finding,))
    findings = (*builder.findings, *form.check_lines(text, path, builder.text_lines))
    return YamlFile(path, builder.root, findings)


class _Stop(Exception):  # noqa: N818 -- not an error of ours: the file is judged no further
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Builder:
    """One pass over the events: an explicit stack of open collections, no recursion."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.root: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.text_lines: list[tuple[int, int]] = []
        self.composed = unicodedata.is_normalized("NFC", text)
        self.container: Any = None
        self.key: str | None = None
        self.key_event: Event | None = None
        self.stack: list[tuple[Any, str | None, Event | None, Any]] = []

    def run(self) -> None:
        next_event = yaml.CSafeLoader(self.text).get_event
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind is MappingStartEvent:
                self.open({}, event)
            elif kind is SequenceStartEvent:
                self.open([], event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close(event)
            elif kind is AliasEvent:
                self.report("R103", event, f"Alias (*{event.anchor}) får inte användas", _WRITE_OUT)
                self.put(BROKEN, event)
            elif kind is DocumentStartEvent:
                documents += 1
                self.document(event, documents)
            elif kind is StreamEndEvent:
                return

    def document(self, event: DocumentStartEvent, number: int) -> None:
        if number > 1:
            raise _Stop(
                self.finding(
                    "R106", event, "Här börjar ett andra dokument", "Ta bort raden med --- eller ..."
                )
            )
        if event.version or event.tags:
            self.report("R104", event, "Direktiv (%) får inte användas", "Ta bort raden.")

    def scalar(self, event: ScalarEvent) -> None:
        value = event.value
        style = event.style
        if not self.composed:
            value = unicodedata.normalize("NFC", value)
        if event.anchor or event.tag:
            self.check_properties(event)
        if style == "|":
            self.text_lines.append((event.start_mark.line + 1, event.end_mark.line))
        elif style:
            self.text_lines.append((event.start_mark.line, event.end_mark.line + 1))
            self.findings.append(form.quoted_or_folded(event, self.path, self.key))
        elif event.start_mark.line != event.end_mark.line:
            self.findings.append(form.several_lines(event, self.path, self.key))
        if self.container is None:
            self.finish(value, event)
        elif self.key is None and type(self.container) is dict:
            self.take_key(value, event)
        elif value.strip():
            self.put(value.rstrip("\n"), event)
        else:
            self.empty(event)

    def take_key(self, value: str, event: ScalarEvent) -> None:
        if value == "<<":
            self.report("R105", event, "Sammanslagning (<<) får inte användas", _WRITE_OUT)
        elif value in self.container:
            self.report(
                "R102",
                event,
                f'Nyckeln "{value}" står redan i samma block',
                "Behåll den ena, eller ge den andra sitt rätta namn.",
            )
        self.key = value
        self.key_event = event

    def empty(self, event: ScalarEvent) -> None:
        what = f'"{self.key}" saknar värde' if self.key is not None else "Punkten i listan är tom"
        self.report(
            "R114", self.key_event or event, what, "Skriv ett värde, eller ta bort raden."
        )
        self.put(BROKEN, event)

    def put(self, value: Any, event: Event) -> None:
        container = self.container
        if type(container) is dict:
            if self.key is None:
                raise _Stop(
                    self.finding("R116", event, "Här väntades en nyckel", 'Skriv "nyckel: värde".')
                )
            if self.key not in container and self.key != "<<":
                container[self.key] = value
            self.key = self.key_event = None
        elif container is None:
            self.finish(value, event)
        else:
            container.append(value)

    def open(self, collection: dict[str, Any] | list[Any], event: Any) -> None:
        if event.anchor or event.tag:
            self.check_properties(event)
        if event.flow_style:
            self.check_flow(collection, event)
        if len(self.stack) >= DEEPEST:
            raise _Stop(
                self.finding(
                    "R113", event, f"Nästlat djupare än {DEEPEST} nivåer", "Förenkla indraget."
                )
            )
        if type(self.container) is dict and self.key is None:
            raise _Stop(
                self.finding(
                    "R116", event, "Nyckeln är inte ett enkelt ord", 'Skriv "nyckel: värde".'
                )
            )
        self.stack.append((self.container, self.key, self.key_event, event))
        self.container, self.key, self.key_event = collection, None, None

    def close(self, event: Event) -> None:
        collection = self.container
        self.container, self.key, self.key_event, start = self.stack.pop()
        if collection or not start.flow_style:
            self.put(collection, start)
        else:
            self.report(
                "R114", self.key_event or start, "Tom lista", "Fyll listan, eller ta bort raden."
            )
            self.put(BROKEN, start)

    def check_properties(self, event: Any) -> None:
        if event.anchor:
            self.report("R103", event, f"Ankare (&{event.anchor}) får inte användas", _WRITE_OUT)
        if event.tag:
            self.report("R104", event, f"Tagg ({event.tag}) får inte användas", "Ta bort taggen.")

    def check_flow(self, collection: Any, event: Any) -> None:
        if any(opened.flow_style for *_, opened in self.stack):
            return
        index = event.start_mark.index
        if type(collection) is dict:
            if self.text.startswith("{{", index):
                raise _Stop(form.begins_with_sign(self.text, event.start_mark, self.path))
            self.findings.append(form.flow_mapping(self.text, event.start_mark, self.path))
        else:
            self.findings.extend(form.flow_list(self.text, event.start_mark, self.path))

    def finish(self, value: Any, event: Event) -> None:
        if type(value) is dict:
            self.root = value
        elif not (type(event) is ScalarEvent and not event.value):
            raise _Stop(
                self.finding(
                    "R115",
                    event,
                    "Filen ska bestå av nycklar och värden",
                    'Börja med en nyckel längst till vänster, som "risker:".',
                )
            )

    def finding(self, code: str, event: Event, message: str, hint: str) -> Finding:
        return found(code, form.place(self.path, event.start_mark, event.end_mark), message, hint)

    def report(self, code: str, event: Event, message: str, hint: str) -> None:
        self.findings.append(self.finding(code, event, message, hint))


_WRITE_OUT = "Skriv ut värdet där det behövs."
