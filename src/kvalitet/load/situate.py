"""Findings with the line and column of their places, and the line itself, for printing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kvalitet.findings import Finding, Place
from kvalitet.privacy import columns_of, mask
from kvalitet.source.excerpt import excerpts
from kvalitet.source.files import LARGEST_YAML, opened, read_bytes
from kvalitet.source.locate import locate


def situate(root: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings with their places made into line and column, one per place and code, sorted by
    place, and no personal number in them. Each file that a finding is in is read once more
    (design 6)."""
    findings = list(findings)
    wanted: dict[str, set[Place]] = defaultdict(set)
    for finding in findings:
        for place in (finding.place, finding.other):
            if place is not None:
                wanted[place.path].add(place)
    placed = {
        old: new for path, places in wanted.items() for old, new in _placed(root, path, places)
    }
    situated: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        place = placed[finding.place]
        other = placed[finding.other] if finding.other else None
        key = (place.path, place.line, place.column, finding.code)
        message, hint = mask(finding.message), mask(finding.hint)
        shown = replace(finding, message=message, hint=hint, place=place, other=other)
        situated.setdefault(key, shown)
    return tuple(situated[key] for key in sorted(situated))


def _placed(root: Path, path: str, places: set[Place]) -> Iterable[tuple[Place, Place]]:
    routed = {place for place in places if place.route}
    located = locate(_text(root, path), routed) if routed else {}
    wanted = {located.get(place, place).line for place in places}
    lines = _lines(root, path, wanted | ({1} if path.endswith(".csv") else set()))
    columns = columns_of(lines.get(1, "")) if path.endswith(".csv") else ()
    for place in places:
        new = located.get(place, place)
        line = mask(lines.get(new.line, ""), columns)
        route = tuple(mask(step) if isinstance(step, str) else step for step in new.route)
        excerpt = line if new.column <= len(line) + 1 else ""
        yield place, new._replace(path=mask(path), route=route, excerpt=excerpt)


def _text(root: Path, path: str) -> str:
    data, _ = read_bytes(root, path, LARGEST_YAML)
    return data.decode("utf-8-sig", "replace")


def _lines(root: Path, path: str, numbers: set[int]) -> dict[int, str]:
    """The lines of a file, those that it still has."""
    try:
        with opened(root, path) as file:
            return excerpts(file, numbers - {0})
    except OSError:
        return {}
