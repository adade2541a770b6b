"""The same sources give the same findings and reports: in whatever files they lie, and wherever
and by whatever machine they are read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validating import judged, validate

from fuzz.sandbox import files_below
from fuzz.small_plan import FILES
from kvalitet import resources
from kvalitet.cli.commands import init
from kvalitet.load import load
from kvalitet.period import Period
from kvalitet.render import renderer
from kvalitet.view.report import document

T2 = Period.parse("2026-T2")
TEMPLATES = [resources.templates()]
HAVSNÄS = {
    name: data.decode() for name, data in files_below(Path(__file__).parents[1] / "havsnas").items()
}


def blocks(text: str) -> list[str]:
    """What a YAML file says under each key to the left."""
    return [block for block in re.split(r"(?m)^(?=[^\W\d_])", text) if ":" in block]


@st.composite
def elsewhere(draw: st.DrawFn, files: Mapping[str, str]) -> dict[str, str]:
    """The same content in files of other names, so that it is read in another order; some YAML
    files are divided between their blocks."""
    moved: dict[str, str] = {}
    for name, text in files.items():
        folder, _, file = name.rpartition("/")
        is_divided = folder.startswith("plans/") and draw(st.booleans())
        for part in blocks(text) if is_divided else [text]:
            if folder.startswith(("plans/", "data/")):
                file = f"{draw(st.integers(0, 10**9)):09}-{len(moved)}{Path(name).suffix}"
            moved[f"{folder}/{file}" if folder else file] = part
    return moved


def written(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def reports(files: Mapping[str, str]) -> list[str]:
    """The reports of every plan, without the places of their figures."""
    with TemporaryDirectory() as folder:
        written(Path(folder), files)
        loaded = load(Path(folder))
    assert loaded.findings == ()
    pages = [
        render(document(plan, name, T2, loaded.register, "0123456789ab"))
        for plan in loaded.register.plans.values()
        for name in plan.rapporter
        for render in (renderer("md", TEMPLATES), renderer("html", TEMPLATES))
    ]
    return [re.sub(r"Källa: .*|[^\s\"]+\.csv:\d+", "", page) for page in pages]


as_it_lies = cache(lambda: reports(HAVSNÄS))


@settings(max_examples=settings().max_examples // 20)
@given(elsewhere(HAVSNÄS))
def test_a_report_is_the_same_in_whatever_files_its_sources_lie(moved: Mapping[str, str]) -> None:
    assert reports(moved) == as_it_lies()


def test_what_init_writes_is_read_as_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    init()
    files = dict(resources.example_files())
    assert [Path(name).read_bytes() for name in files] == [
        source.read_bytes() for source in files.values()
    ]
    assert judged(tmp_path).findings == ()
    shipped = files["plans/exempelkommun/plan.yaml"].parents[2]
    new, old = (load(root).register.plans["exempelkommun"] for root in (tmp_path, shipped))
    assert replace(new, data=None) == replace(old, data=None)
    assert new.data.ekonomi == old.data.ekonomi
    assert {id: new.data.rows(id) for id in new.data.indicators()} == {
        id: old.data.rows(id) for id in old.data.indicators()
    }


FAULTY = {
    name: re.sub("id: (r1|a1|nagra)|: gul|kostnad", r"\g<0>x", data.decode())
    for name, data in FILES.items()
}


def test_findings_are_the_same_from_whatever_folder_one_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "orten", FAULTY)
    seen = []
    for here, root in [("/", f"{tmp_path}/orten"), ("..", "orten"), (".", "")]:
        monkeypatch.chdir(tmp_path / "orten" / here)
        seen.append(validate(Path(root), T2))
    assert " fel" in seen[0]
    assert seen[0] == seen[1] == seen[2]


MACHINES = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"},
    {"PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8"},
]


def test_findings_are_the_same_whatever_the_machine(tmp_path: Path) -> None:
    written(tmp_path, FAULTY)
    runs = [
        subprocess.run(
            [sys.executable, "-m", "kvalitet", "validate", "--period", "2026-T2"],
            cwd=tmp_path,
            env=os.environ | machine | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=False,
        )
        for machine in MACHINES
    ]
    assert (runs[0].returncode, len(runs[0].stderr)) == (1, 0)
    assert runs[0].stdout == runs[1].stdout
