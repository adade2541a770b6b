"""Mistakes that people make, planted one at a time in the sound plans of Havsnäs: each is found
where it stands, and nothing else is said to be wrong. A `gap` is the reason why one is not found.
What looks like a mistake and is none, in `tests/sound/changes.csv`, is not found either."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from validating import judged

from kvalitet.findings import Finding
from kvalitet.privacy import mask

HERE = Path(__file__).parent
HAVSNÄS = HERE / "havsnas"


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=";"))


FAULTS = rows("faults.csv")
FOUND = [(line, fault) for line, fault in enumerate(FAULTS, 2) if not fault["gap"]]
GAPS = [(line, fault) for line, fault in enumerate(FAULTS, 2) if fault["gap"]]
SOUND = list(enumerate(rows("sound/changes.csv"), 2))


def plant(root: Path, file: str, old: str, new: str) -> None:
    """Puts `new` where `old` stands; a file of its own without `old`; bytes after `hex:`."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes() if path.exists() else b""
    if new.startswith("hex:"):
        content = bytes.fromhex(new.removeprefix("hex:"))
    elif new.startswith("hex-append:"):
        content += bytes.fromhex(new.removeprefix("hex-append:"))
    elif old:
        assert content.count(old.encode()) == 1
        content = content.replace(old.encode(), new.encode())
    else:
        content = new.encode()
    path.write_bytes(content)


def stands_in(found: str, file: str) -> bool:
    """In the file itself, or in a folder that is told as a whole."""
    return found == file or file.startswith(f"{found}/")


@pytest.fixture(scope="module")
def sound() -> set[tuple[str, str]]:
    """What is said of Havsnäs as it stands: the codes of rules that come later."""
    return {(finding.code, finding.message) for finding in judged(HAVSNÄS).findings}


def new_findings(root: Path, change: dict[str, str], sound: set[tuple[str, str]]) -> list[Finding]:
    """What is said of Havsnäs with a change, and not without it."""
    shutil.copytree(HAVSNÄS, root)
    plant(root, change["file"], change["old"], change["new"])
    return [f for f in judged(root).findings if (f.code, f.message) not in sound]


def named(numbered: tuple[int, dict[str, str]]) -> str:
    return f"{numbered[0]}-{numbered[1]['cause']}"


@pytest.mark.parametrize("numbered", FOUND, ids=named)
def test_the_fault_is_found_and_nothing_else(
    numbered: tuple[int, dict[str, str]], sound: set[tuple[str, str]], tmp_path: Path
) -> None:
    fault = numbered[1]
    findings = new_findings(tmp_path / "havsnas", fault, sound)
    assert [(f.code, f.place.line) for f in findings] == [(fault["code"], int(fault["line"]))]
    places = [place for place in (findings[0].place, findings[0].other) if place]
    assert any(stands_in(place.path, mask(fault["file"])) for place in places)


@pytest.mark.parametrize("numbered", GAPS, ids=named)
def test_a_gap_is_still_one(
    numbered: tuple[int, dict[str, str]], sound: set[tuple[str, str]], tmp_path: Path
) -> None:
    fault = numbered[1]
    findings = new_findings(tmp_path / "havsnas", fault, sound)
    assert fault["code"] not in {finding.code for finding in findings}


@pytest.mark.parametrize("numbered", SOUND, ids=named)
def test_what_only_looks_like_a_mistake_is_not_blamed(
    numbered: tuple[int, dict[str, str]], sound: set[tuple[str, str]], tmp_path: Path
) -> None:
    assert new_findings(tmp_path / "havsnas", numbered[1], sound) == []
