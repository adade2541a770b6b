"""A mistake in one file of Havsnäs is told there, and makes nothing in another file wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_faults import HAVSNÄS, plant
from validating import judged

UNIT = "plans/barn-och-familj"
BOARD = "plans/socialnamnden"
HEAD = """plan:
  namn: Kvalitetsplan för barn och familj
  enhet: Barn och familj
  # hänvisning till en mapp i plans
  del_av: socialnamnden
  rapporter: [lagesrapport]
  # lägsta nivå som kommer med i planen
  urval: förhöjd
"""
SCALES = """skalor:
  # i stället för den inbyggda
  kön: [flickor, pojkar]
  # egen: kolumn i avvikelser.csv
  orsak: [dokumentation, samverkan, bemötande]
"""
JUDGED = """    erfarna-slutar:
      sannolikhet: liten
      allvarlighetsgrad: betydlig
"""
RISK = "  - id: erfarna-slutar\n"

UNKNOWN_BLOCKS = [
    (f"{UNIT}/plan.yaml", HEAD, "plan:\n", [("R114", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", HEAD, "plan: {del_av: a}\n", [("R107", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", HEAD, "plan:\n  - namn: A\n", [("R203", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", SCALES, "skalor:\n", [("R114", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", SCALES, "skalor: {kön: a}\n", [("R107", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", SCALES, "skalor: [kön, orsak]\n", [("R203", "plan.yaml")]),
    (f"{BOARD}/plan.yaml", "", "plan:\n", [("R114", "plan.yaml")]),
    (f"{BOARD}/skalor.yaml", "", "skalor: {a: b}\n", [("R107", "skalor.yaml")]),
    (f"{UNIT}/2026-T1.yaml", "", "uppföljning: {2026-T1: a}\n", [("R107", "2026-T1.yaml")]),
    (f"{UNIT}/2026-T1.yaml", "", "uppföljning:\n  2026-T1: {a: b}\n", [("R107", "2026-T1.yaml")]),
    (f"{UNIT}/2026-T1.yaml", "  2026-T1:\n", "  2026-T9:\n", [("R208", "2026-T1.yaml")]),
    (f"{UNIT}/2026-T1.yaml", JUDGED, "    erfarna-slutar: {a: b}\n", [("R107", "2026-T1.yaml")]),
    (f"{UNIT}/2026-T1.yaml", JUDGED, "    erfarna-slutar: [liten]\n", [("R203", "2026-T1.yaml")]),
    (
        f"{UNIT}/risker.yaml",
        "    indikatorer: [placerade, vardygn]\n",
        "    indikatorer:\n      id: platser\n      namn: Platser\n",
        [("R203", "risker.yaml")],
    ),
]
"""A block that cannot be used: what it says is not known, which is not that it says nothing."""

DROPPED = [
    (f"{UNIT}/plan.yaml", "  enhet:", "plan:\n  enhet:", [("R102", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", "  # egen: kol", "skalor:\n  # egen: kol", [("R102", "plan.yaml")]),
    (f"{UNIT}/risker.yaml", RISK, f"risker:\n{RISK}", [("R102", "risker.yaml")]),
    (
        f"{UNIT}/2026-T1.yaml",
        JUDGED,
        f"uppföljning:\n  2026-T1:\n{JUDGED}",
        [("R102", "2026-T1.yaml")],
    ),
    (
        f"{UNIT}/indikatorer.yaml",
        "    indikatorer:\n      - id: familjehem\n",
        "    indikatorer: [vardygn]\n    indikatorer:\n      - id: familjehem\n",
        [("R102", "indikatorer.yaml")],
    ),
    (
        f"{UNIT}/indikatorer.yaml",
        "          enheten: minst 55\n",
        "          enheten: minst 55\n        målvärden:\n",
        [("R102", "indikatorer.yaml")],
    ),
    (
        f"{UNIT}/indikatorer.yaml",
        "    beräkning:\n      summa: [familjehem, jourhem]\n",
        "    <<:\n      beräkning: a\n",
        [("R105", "indikatorer.yaml")],
    ),
    (f"{UNIT}/indikatorer.yaml", "      - id: horda\n", "", [("R102", "indikatorer.yaml")]),
    (f"{UNIT}/risker.yaml", RISK, "", [("R102", "risker.yaml")]),
    (f"{UNIT}/tillagg.yaml", "", "plan:\n  namn: B\n", [("R226", "tillagg.yaml")]),
    (f"{UNIT}/tillagg.yaml", "", "skalor:\n  orsak: [a, b]\n", [("R226", "tillagg.yaml")]),
    (
        f"{UNIT}/2026-T3.yaml",
        "",
        "uppföljning:\n  2026-T1:\n    erfarna-slutar: Ord.\n",
        [("R226", "2026-T3.yaml")],
    ),
    (
        "templates/rapporter/lagesrapport.yaml",
        "  - id: bakgrund\n",
        "avsnitt:\n  - id: bakgrund\n",
        [("R102", "lagesrapport.yaml")],
    ),
]
"""Something written twice, or under a lost line: the second is not in the data."""

MISSPELT = [
    (f"{UNIT}/plan.yaml", "del_av:", "del_ab:", [("R201", "plan.yaml")]),
    (f"{UNIT}/plan.yaml", "del_av:", "ingår_i:", [("R201", "plan.yaml")]),
    (f"{UNIT}/2026-T1.yaml", JUDGED, JUDGED.replace("het:", "he:"), [("R201", "2026-T1.yaml")]),
    (f"{UNIT}/2026-T1.yaml", JUDGED, JUDGED.replace("slutar", "sluta"), [("R222", "2026-T1.yaml")]),
]
"""A misspelt key or id: what was meant is not known."""

SAME_DAY = [
    (
        f"{BOARD}/skalor.yaml",
        "    2025: [följer",
        "    2026-T1: [följer",
        [("R242", "skalor.yaml")],
    ),
    (
        f"{UNIT}/indikatorer.yaml",
        "      2025: Alla",
        "      2026-05-01: Alla",
        [("R242", "indikatorer.yaml")],
    ),
]
"""Two versions that begin on one day, in two spellings of different periods."""


@pytest.fixture
def havsnäs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))


def new_in(root: Path) -> list[tuple[str, str]]:
    """Code and file name of what is found in the folder and not in Havsnäs as it stands."""
    sound = {(finding.code, finding.message) for finding in judged(HAVSNÄS).findings}
    findings = (f for f in judged(root).findings if (f.code, f.message) not in sound)
    return [(finding.code, Path(finding.place.path).name) for finding in findings]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), [*UNKNOWN_BLOCKS, *DROPPED, *MISSPELT, *SAME_DAY]
)
def test_a_mistake_is_told_where_it_stands_alone(
    file: str, old: str, new: str, expected: list[tuple[str, str]], havsnäs: Path
) -> None:
    plant(havsnäs, file, old, new)
    assert new_in(havsnäs) == expected


def test_a_fault_of_the_whole_is_told_there_and_not_where_a_part_uses_it(havsnäs: Path) -> None:
    plant(havsnäs, f"{BOARD}/gemensamt.yaml", "      nämnden: högst 7\n", "      nämnden: max 7\n")
    call = '{{ mål("sjukfranvaro", "nämnden") }}'
    plant(havsnäs, f"{UNIT}/2026-T2.yaml", "Att erfarna slutar", f"{call} Att erfarna slutar")
    assert new_in(havsnäs) == [("R209", "gemensamt.yaml")]


def test_a_file_in_the_place_of_the_folder_data_is_all_that_is_told(havsnäs: Path) -> None:
    shutil.rmtree(havsnäs / "data")
    plant(havsnäs, "data", "", "en fil")
    assert new_in(havsnäs) == [("R001", "data")]


def test_an_exception_is_not_said_to_be_meant_for_its_own_place(havsnäs: Path) -> None:
    plant(havsnäs, "plans/tom/plan.yaml", "", "plan:\n  namn: Tom\n")
    plant(havsnäs, "kvalitet.yaml", "plats: socialnamnden/", "plats: tom/")
    hints = [finding.hint for finding in judged(havsnäs).findings if finding.code == "R222"]
    assert hints == ['Menade du "socialnamnden/effektivitet"?']


def test_a_file_with_more_faults_than_are_told_hides_none_in_another(havsnäs: Path) -> None:
    plant(havsnäs, f"{UNIT}/a.yaml", "", "samband:\n" + "  - fel: ja\n" * 1100)
    plant(havsnäs, f"{UNIT}/b.yaml", "", "samband:\n  - fel: ja\n")
    told = new_in(havsnäs)
    assert told.count(("R014", "a.yaml")) == 1
    assert {file for _, file in told} == {"a.yaml", "b.yaml"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [("data/barn", [("R006", "barn")]), ("data/info.txt", [("R004", "info.txt")])],
)
def test_figures_that_nobody_reads_are_told_and_not_what_lacks_them(
    path: str, expected: list[tuple[str, str]], havsnäs: Path
) -> None:
    """An error stops the report, which would have calls in it that nobody can reckon."""
    if path.endswith(".txt"):
        plant(havsnäs, path, "", "Ring Excel.")
    else:
        (havsnäs / "data/barn-och-familj").rename(havsnäs / path)
    assert new_in(havsnäs) == expected
    assert bool(judged(havsnäs).untried) is (path == "data/barn")
