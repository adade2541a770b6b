"""Mistakes that people make, planted one at a time in the sound plans of Havsnäs: each is found
where it stands, and nothing else is said to be wrong."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from validating import judged

HERE = Path(__file__).parent
HAVSNÄS = HERE / "havsnas"

with (HERE / "faults.csv").open(encoding="utf-8", newline="") as table:
    FAULTS = list(csv.DictReader(table, delimiter=";"))


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


@pytest.mark.parametrize(
    "fault", FAULTS, ids=[f"{n}-{fault['cause']}" for n, fault in enumerate(FAULTS, 2)]
)
def test_the_fault_is_found_and_nothing_else(
    fault: dict[str, str], sound: set[tuple[str, str]], tmp_path: Path
) -> None:
    root = tmp_path / "havsnas"
    shutil.copytree(HAVSNÄS, root)
    plant(root, fault["file"], fault["old"], fault["new"])
    findings = [f for f in judged(root).findings if (f.code, f.message) not in sound]
    assert [(f.code, f.place.line) for f in findings] == [(fault["code"], int(fault["line"]))]
    places = [place for place in (findings[0].place, findings[0].other) if place]
    assert any(stands_in(place.path, fault["file"]) for place in places)
