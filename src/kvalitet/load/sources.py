"""The files of a repository, one at a time: those that can be read, and why others are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import blake2b
from pathlib import Path

from kvalitet import resources
from kvalitet.findings import Finding, Findings, Place, found
from kvalitet.load.cut import cut_off, end_in_line
from kvalitet.load.folders import survey
from kvalitet.privacy import in_file
from kvalitet.privacy.contacts import in_yaml
from kvalitet.source.data import YamlFile
from kvalitet.source.encoding import decode_utf8
from kvalitet.source.files import LARGEST_CSV, LARGEST_TEMPLATE, LARGEST_YAML, read_bytes
from kvalitet.source.reader import read_yaml

_MOST = {".yaml": 12 * LARGEST_YAML, ".csv": LARGEST_CSV}
"""Bytes that the files of a kind may have in all: so much is held in less than 1 GB, most often."""
_MARKS = tuple(7 * sign for sign in (b"<", b"=", b">"))
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?:\s|$)", re.MULTILINE)


class Sources:
    """Reads the files under a root, keeps the digest of each, and notes which end in a line, and
    what points out a person in them. `cut` names those that are taken to be cut off."""

    def __init__(self, root: Path, cut: Collection[str] = ()) -> None:
        self.root = root
        self.folders = survey(root)
        self.cut = frozenset(cut)
        self.digests: dict[str, str] = {}
        self.first: dict[tuple[str, str], str] = {}
        self.room = dict(_MOST)
        self.unended: list[Place] = []
        self.personal: list[Finding] = []

    def pages(self) -> Iterator[Finding]:
        """Notes the page templates of the repository's own, which are run by `render` alone."""
        if not resources.are_built_in(self.root / "templates"):
            for path in self.folders.pages:
                yield from self._digested(path, LARGEST_TEMPLATE)[1]

    def yaml(self, path: str) -> YamlFile:
        """A YAML file as data."""
        data, findings = self._read(path, LARGEST_YAML)
        if findings:
            return YamlFile(path, None, findings)
        if twin := self._twin(path, data):
            return YamlFile(path, {}, twin)
        text, findings = decode_utf8(data, path)
        if text is None:
            return YamlFile(path, None, findings)
        self.personal.extend(in_yaml(path, text))
        file = read_yaml(text, path)
        return cut_off(file) if path in self.cut else file

    def csv(self, paths: list[str], findings: Findings) -> Iterator[tuple[str, bytes]]:
        """The bytes of those CSV files that can be read; what is wrong with others is noted."""
        for path in paths:
            data, faults = self._read(path, LARGEST_CSV)
            faults = faults or self._twin(path, data)
            findings.extend(faults)
            if not faults:
                yield path, data

    def maybe_cut(self, findings: Findings) -> Iterator[Finding]:
        """That a file may be cut off, of those where nothing else is found."""
        told = self.cut.union(finding.place.path for finding in findings)
        for end in self.unended:
            if end.path not in told:
                message = "Filen slutar mitt i en rad: är den hel?"
                hint = "Lägg tillbaka det som saknas. Är den hel: tryck Enter efter sista raden."
                yield found("R016", end, message, hint)

    def _read(self, path: str, largest: int) -> tuple[bytes, tuple[Finding, ...]]:
        data, findings = self._digested(path, largest)
        kind = Path(path).suffix
        if len(data) > self.room[kind]:
            return b"", (_too_much(path, kind),)
        self.room[kind] -= len(data)
        # One sign is sought much faster than seven, and most files lack it.
        has_mark = any(mark[:1] in data and mark in data for mark in _MARKS)
        if has_mark and (conflict := _CONFLICT.search(data)):
            return b"", (_conflict(path, data, conflict),)
        if end := end_in_line(data, path):
            self.unended.append(end)
        return data, findings

    def _digested(self, path: str, largest: int) -> tuple[bytes, tuple[Finding, ...]]:
        if path in self.folders.refused:
            return b"", (self.folders.refused[path],)
        data, findings = read_bytes(self.root, path, largest)
        self.digests[path] = blake2b(data, digest_size=16).hexdigest()
        self.personal.extend(in_file(path, data))
        return data, findings

    def _twin(self, path: str, data: bytes) -> tuple[Finding, ...]:
        """That a file of a plan is a copy of another in its folder: whatever is said twice there
        would clash."""
        folder, _, name = path.rpartition("/")
        first = self.first.setdefault((folder, self.digests[path]), name)
        if first == name or not folder.startswith(("plans/", "data/")) or data.count(b"\n") < 2:
            return ()
        message = f"Filen är en kopia av {first}, och läses inte"
        hint = "Ta bort den ena, eller skriv det nya i den."
        return (found("R004", Place(path), message, hint),)


def _too_much(path: str, kind: str) -> Finding:
    message = f"Filerna på {kind} är tillsammans större än {_MOST[kind] // 2**20} MB"
    hint = "Den här filen läses inte. Hör alla planer ihop? Lägg dem annars i skilda mappar."
    return found("R007", Place(path), message, hint)


def _conflict(path: str, data: bytes, mark: re.Match[bytes]) -> Finding:
    line = data.count(b"\n", 0, mark.start()) + 1
    place = Place(path, line=line, column=1, end_column=8)
    message = "Filen har två versioner av samma rader (från git)"
    hint = "Behåll den ena, och ta bort raderna med <<<<<<<, ======= och >>>>>>>."
    return found("R017", place, message, hint)
