"""A folder of sound plans in which an example changes some bytes, and all that is then done with
it: read, judged, printed and, where there is no error, reported."""

from __future__ import annotations

import contextlib
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import settings

from kvalitet import resources
from kvalitet.findings import CATALOGUE, Finding, Place, Severity
from kvalitet.load import Loaded, fingerprint, load, situate
from kvalitet.model.indicator import Indikator
from kvalitet.period import Period
from kvalitet.privacy import mask
from kvalitet.render import FORMATS, Renderer, renderer
from kvalitet.rules import Judged, judge, settle
from kvalitet.terminal import findings_as_json, harmless, print_findings
from kvalitet.terminal.export import scores_as_csv, scores_as_json
from kvalitet.terminal.overview import overviews_as_json, print_overviews
from kvalitet.terminal.score import print_scores
from kvalitet.view import explain, todo
from kvalitet.view.overview import ending_exceptions, overview
from kvalitet.view.report import document
from kvalitet.view.score import Riskregister, score

TODAY = date(2026, 11, 22)
MISSING_TEXT = "R601"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")


def few(examples: int) -> settings:
    """So many examples in the usual profile; in a hunt as many as its profile says."""
    usual = settings.get_profile("ci").max_examples
    said = settings().max_examples
    return settings(max_examples=examples if said == usual else said)


class Sandbox:
    """A folder that holds the same files before and after every example."""

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        self.root = root
        self.files = files
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    @contextlib.contextmanager
    def having(self, changed: Mapping[str, bytes]) -> Iterator[Path]:
        """The folder with other bytes in some of its files."""
        for name, data in changed.items():
            (self.root / name).write_bytes(data)
        try:
            yield self.root
        finally:
            for name in changed:
                (self.root / name).write_bytes(self.files[name])


def files_below(folder: Path) -> dict[str, bytes]:
    """The sources of a folder, by path."""
    paths = [
        path for kind in ("plans", "data", "templates") for path in folder.glob(f"{kind}/**/*")
    ]
    paths.append(folder / "kvalitet.yaml")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(paths)
        if path.is_file()
    }


SHOWN = (*FORMATS, *[""] * 9)
"""What an example is shown in. Nine of twelve are only judged: showing takes most of the time."""


def go_through(root: Path, at: Period, format: str) -> tuple[Finding, ...]:
    """The findings of a folder, each in its place, and where there is a format printed; then the
    reports too where none is an error: each as somebody who asks for that format would have it.
    What fails here is a fault of ours."""
    loaded = settle(load(root))
    judged = judge(loaded.register, loaded.findings, at=at)
    judged = replace(judged, findings=situate(root, judged.findings))
    lines = _Lines(root)
    for finding in judged.findings:
        lines.assert_holds(finding)
    if format:
        _assert_shown(loaded, judged, at, format)
    return judged.findings


def _assert_shown(loaded: Loaded, judged: Judged, at: Period, format: str) -> None:
    _assert_printed(judged, format)
    _assert_overviewed(loaded, at, format)
    if format == "md":
        _assert_explained(loaded, at)
    errors = {each.code for each in judged.findings if each.severity is Severity.ERROR}
    if errors <= {MISSING_TEXT}:
        _assert_reported(loaded, at, format, draft=bool(errors))


class _Lines:
    """The lines of the files of a folder, as an editor numbers them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[bytes]] = {}

    def assert_holds(self, finding: Finding) -> None:
        assert CATALOGUE[finding.code].code == finding.code
        assert finding.message
        assert "\n" not in finding.message
        for place in filter(None, (finding.place, finding.other)):
            assert (self.root / place.path).exists(), place
            if place.line:
                self._assert_within(place)

    def _assert_within(self, place: Place) -> None:
        if place.path not in self.files:
            data = (self.root / place.path).read_bytes().removeprefix(BOM_UTF8)
            self.files[place.path] = data.split(b"\n")
        lines = self.files[place.path]
        assert 1 <= place.line <= len(lines), place
        line = lines[place.line - 1].removesuffix(b"\r")
        assert place.excerpt in _readings(line), place
        assert 1 <= place.column <= len(place.excerpt) + 1, place
        if place.end_column:
            assert place.column < place.end_column <= len(place.excerpt) + 2, place


def _readings(line: bytes) -> Iterator[str]:
    """The line in UTF-8, and where it is not that, in Windows-1252, identity numbers masked."""
    try:
        yield mask(line.decode())
    except UnicodeDecodeError:
        yield mask(line.decode("cp1252", "replace"))


def _assert_printed(judged: Judged, format: str) -> None:
    if format == "json":
        text = findings_as_json(judged)
        assert len(json.loads(text)["findings"]) == len(judged.findings)
    else:
        text = _as_printed(lambda: print_findings(judged))
    _assert_harmless(text)


def _assert_harmless(text: str) -> None:
    """A terminal shows it, and is not steered by it."""
    assert text
    assert not STEERING.search(text)


def _as_printed(show: Callable[[], None]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        show()
    return printed.getvalue()


def _assert_overviewed(loaded: Loaded, at: Period, format: str) -> None:
    """Faults or not: `status` shows what is left to do."""
    register = loaded.register
    told = [
        overview(plan, at, register, TODAY, is_asked=True, faults=0)
        for plan in register.plans.values()
    ]
    exceptions = ending_exceptions(register, [each.plan for each in told], TODAY)
    if format == "json":
        text = overviews_as_json(told, exceptions, TODAY)
        assert json.loads(text)
    elif format == "md":
        text = harmless(_renderer("md")(todo.document(told, exceptions, TODAY)))
    else:
        text = _as_printed(lambda: print_overviews(told, exceptions, TODAY))
    _assert_harmless(text)


def _assert_explained(loaded: Loaded, at: Period) -> None:
    """Faults or not: `explain` shows what is known of an indicator."""
    for plan in loaded.register.plans.values():
        for indicator in list(plan.all(Indikator))[:1]:
            assert _renderer("md")(explain.document(plan, indicator.id, at)).encode()


def _assert_reported(loaded: Loaded, at: Period, format: str, *, draft: bool) -> None:
    plans = loaded.register.plans.values()
    for plan in plans:
        for name in plan.rapporter:
            sources = fingerprint(loaded.register, plan)
            page = document(plan, name, at, loaded.register, sources, draft=draft)
            assert _renderer(format)(page).encode()
    _assert_scored([score(plan, at) for plan in plans], format)


def _assert_scored(registers: list[Riskregister], format: str) -> None:
    if format == "json":
        text = scores_as_json(registers)
        assert json.loads(text)
    elif format == "md":
        text = scores_as_csv(registers)
    else:
        text = _as_printed(lambda: print_scores(registers))
    _assert_harmless(text)


@cache
def _renderer(format: str) -> Renderer:
    return renderer(format, [resources.templates()])
