"""What is sound is never blamed: whole repositories, and texts that may look like faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.period import Period

ÄLVÅSEN = Path(__file__).parent / "kommuner" / "alvasen"
SOUND = Path(__file__).parent / "sound"
REPOSITORIES = sorted(path for path in SOUND.iterdir() if (path / "plans").is_dir())
TEXTS = sorted((SOUND / "texter").glob("*.md"))


@pytest.mark.parametrize("root", REPOSITORIES, ids=lambda root: root.name)
def test_nothing_is_found_in_a_sound_repository(root: Path) -> None:
    assert [
        f"{f.code} {f.place.path}:{f.place.line} {f.message}" for f in judged(root).findings
    ] == []


@pytest.mark.parametrize("period", ["K1", "K2", "H1", "T2", "K3", "K4", "H2", ""])
def test_a_municipality_with_a_calendar_of_its_own_is_sound_in_each_report(period: str) -> None:
    at = Period.parse(f"2025-{period}".removesuffix("-"))
    found = judged(ÄLVÅSEN, at).findings
    assert [f"{f.code} {f.place.path}:{f.place.line} {f.message}" for f in found] == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_nothing_is_found_in_a_sound_text(text: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plans" / "exempel"
    plan.mkdir(parents=True)
    lines = "".join(f"    {line}".rstrip() + "\n" for line in text.read_text("utf-8").splitlines())
    (plan / "plan.yaml").write_text(
        f"plan:\n  namn: Exempelplan\n  år: 2026\n\ntexter:\n  bakgrund: |\n{lines}", "utf-8"
    )
    assert [f"{f.code}:{f.place.line - 6} {f.message}" for f in judged(tmp_path).findings] == []
