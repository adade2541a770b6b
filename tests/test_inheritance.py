"""A part inherits its whole and says otherwise key by key (design 3.10, example README rule 7)."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import validate

from kvalitet.load import load
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Risk

WHOLE = """\
plan:
  namn: Nämndens plan
  kommun: Havsnäs
  nämnd: Socialnämnden
  år: 2026
  urval: gul
mål:
  - id: trygghet
    namn: Trygghet
risker:
  - id: vald
    nr: 1
    namn: Våld upptäcks inte
    ansvarig: [chef, controller]
    mål: trygghet
    indikatorer: [fragor]
    åtgärder:
      - id: fraga
        namn: Fråga alla
indikatorer:
  - id: tabell
    namn: Tabell
    frekvens: månad
    källa: Journalen
    målvärden:
      nämnden: minst 5
    indikatorer:
      - id: fragor
        namn: Frågor
      - id: svar
        namn: Svar
        frekvens: tertial
        beskrivning:
          2025: Nämndens.
samband:
  - fallande: [fragor, svar]
texter:
  bakgrund: Nämndens bakgrund.
uppföljning:
  2026-T1:
    vald: Nämndens ord.
"""
PART = """\
plan:
  namn: Enhetens plan
  enhet: Unga
  del_av: hela
"""


def plans(tmp_path: Path, part: str) -> tuple[Plan, Plan]:
    for name, text in (("hela", WHOLE), ("del", PART + part)):
        folder = tmp_path / "plans" / name
        folder.mkdir(parents=True)
        (folder / "plan.yaml").write_text(text, "utf-8")
    loaded = load(tmp_path)
    assert not loaded.findings
    return loaded.register.plans["hela"], loaded.register.plans["del"]


def risk(plan: Plan, id: str = "vald") -> Risk:
    found = plan.get(Risk, id)
    assert found
    return found


def indicator(plan: Plan, id: str) -> Indikator:
    found = plan.get(Indikator, id)
    assert found
    return found


def test_what_is_inherited_and_what_is_not(tmp_path: Path) -> None:
    whole, part = plans(tmp_path, "")
    assert list(part.things) == list(whole.things)
    head = part.huvud
    assert (head.kommun, head.nämnd, head.år) == ("Havsnäs", "Socialnämnden", 2026)
    assert (head.namn, head.enhet, head.urval) == ("Enhetens plan", "Unga", None)
    assert part.texter == {"bakgrund": "Nämndens bakgrund."}
    assert len(part.samband) == 1
    assert not part.uppföljning


@pytest.mark.parametrize(
    ("written", "key", "value"),
    [
        ("nr: 1.1", "nr", "1.1"),
        ("namn: Våld syns inte", "namn", "Våld syns inte"),
        ("ansvarig: gruppchef", "ansvarig", ("gruppchef",)),
        ("indikatorer: [svar]", "indikatorer", ("fragor", "svar")),
        ("indikatorer: [fragor, svar]", "indikatorer", ("fragor", "svar")),
        ("åtgärder:\n      - id: ny\n        namn: Ny", "åtgärder", ("fraga", "ny")),
    ],
)
def test_a_part_says_otherwise_key_by_key(
    tmp_path: Path, written: str, key: str, value: object
) -> None:
    whole, part = plans(tmp_path, f"risker:\n  - id: vald\n    {written}\n")
    assert getattr(risk(part), key) == value
    others = [k for k in ("nr", "namn", "ansvarig", "mål", "indikatorer", "åtgärder") if k != key]
    assert all(getattr(risk(part), k) == getattr(risk(whole), k) for k in others)


def test_a_group_gives_its_members_what_they_do_not_say(tmp_path: Path) -> None:
    whole, _ = plans(tmp_path, "")
    told = {id: indicator(whole, id) for id in ("fragor", "svar")}
    assert [one.frekvens for one in told.values()] == ["månad", "tertial"]
    assert [one.källa for one in told.values()] == ["Journalen", "Journalen"]
    assert [one.namn for one in told.values()] == ["Frågor", "Svar"]


def test_a_part_that_changes_the_group_changes_its_members(tmp_path: Path) -> None:
    _, part = plans(
        tmp_path,
        "indikatorer:\n  - id: tabell\n    frekvens: kvartal\n    målvärden:\n      enheten: 3-4\n",
    )
    assert indicator(part, "fragor").frekvens == "kvartal"
    assert indicator(part, "svar").frekvens == "tertial"
    assert sorted(indicator(part, "svar").målvärden) == ["enheten", "nämnden"]


def test_a_member_added_by_the_part_joins_the_group(tmp_path: Path) -> None:
    _, part = plans(
        tmp_path,
        "indikatorer:\n  - id: tabell\n    indikatorer:\n      - id: nya\n        namn: Nya\n",
    )
    assert indicator(part, "tabell").indikatorer == ("fragor", "svar", "nya")
    assert indicator(part, "nya").frekvens == "månad"


def test_the_place_of_a_key_is_in_the_file_that_says_it(tmp_path: Path) -> None:
    _, part = plans(tmp_path, "risker:\n  - id: vald\n    nr: 1.1\n")
    assert part.place("vald", "nr").path == "plans/del/plan.yaml"
    assert part.place("vald", "mål").path == "plans/hela/plan.yaml"


def test_a_part_s_definition_replaces_the_whole_s(tmp_path: Path) -> None:
    _, part = plans(
        tmp_path, "indikatorer:\n  - id: svar\n    beskrivning:\n      2026-T2: Enhetens.\n"
    )
    told = indicator(part, "svar").beskrivning.items()
    assert [(str(period), text) for period, text in told] == [("2026-T2", "Enhetens.")]


def test_the_part_may_follow_up_what_it_inherits(tmp_path: Path) -> None:
    plans(
        tmp_path, "uppföljning:\n  2026-T1:\n    vald: Våra ord.\n    fraga:\n      läge: pågår\n"
    )
    assert validate(tmp_path).startswith("Inga påpekanden (2 planer")
