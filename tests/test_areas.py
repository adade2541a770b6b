"""Quality areas one by one, and what goes on when the time of a report is over: what stands there,
with and without parts, and how the level of a risk came to be what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drawing import drawn, said
from examples import gathered, small

from kvalitet import status
from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Block, Facts, Heading, Link, Note, Prose, Table
from kvalitet.view.history import history, level_at_start, told
from kvalitet.view.report import document

AREAS, REMAINING = "kvalitetsområden", "kvarstår"


def blocks(plan: Plan, at: str, *parts: str, of: Register | None = None) -> tuple[Block, ...]:
    """The blocks of a report with a section for each of those parts."""
    sections = [{"id": f"a-{n}", "rubrik": part, "del": part} for n, part in enumerate(parts)]
    raw = {"rubrik": "Rapport", "rytm": "år", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    register = Register(of.plans if of else {"liten": plan}, reports={"egen": report})
    return document(plan, "egen", Period.parse(at), register, "").blocks


def shown(found: Iterable[Block]) -> str:
    """Headings by their marks; facts, notes and texts; tables with their captions and notes."""
    lines: list[str] = []
    for block in found:
        if isinstance(block, Heading):
            lines.append(f"{'#' * block.level} {block.text}")
        elif isinstance(block, Facts):
            lines += [f"{fact.label}: {' / '.join(map(said, fact.lines))}" for fact in block.facts]
        elif isinstance(block, Note):
            lines.append(said(block.line))
        elif isinstance(block, Prose):
            lines.append(block.markdown.strip().replace("\u00a0", " "))
        elif isinstance(block, Table):
            lines += [f"[{block.caption}]", drawn(block), *map(said, block.notes)]
    return "\n".join(lines).replace("\u00a0", " ")


def judged(levels: Mapping[str, str]) -> Plan:
    """A plan with one risk, whose level was said in those periods."""
    said = "".join(f"  {period}:\n    r:\n      {step}\n" for period, step in levels.items())
    return small(f"risker:\n  - id: r\n    namn: Risk\nuppföljning:\n{said}")


HISTORIES = [
    # what was said, report, level at its start, and how it came to be what it is
    (
        {"2025-12-31": "nivå: röd", "2026-T1": "nivå: gul", "2026": "nivå: grön"},
        "2026",
        "röd",
        "röd (31 december 2025) → gul (tertial 1 2026) → grön (2026)",
    ),
    # a year that ends the day before is longer than that day, but told before the report
    (
        {"2025": "nivå: röd", "2026-T1": "nivå: gul"},
        "2026",
        "röd",
        "röd (2025) → gul (tertial 1 2026)",
    ),
    # said anew without a change
    (
        {
            "2025-T1": "nivå: röd",
            "2025-T3": "nivå: röd",
            "2026-T1": "nivå: röd",
            "2026-T2": "nivå: gul",
        },
        "2026",
        "röd",
        "röd (tertial 3 2025) → gul (tertial 2 2026)",
    ),
    # up and down again
    (
        {"2025": "nivå: gul", "2026-T1": "nivå: röd", "2026-T2": "nivå: gul"},
        "2026",
        "gul",
        "gul (2025) → röd (tertial 1 2026) → gul (tertial 2 2026)",
    ),
    # nothing is changed
    ({"2025": "nivå: gul", "2026-T1": "nivå: gul"}, "2026", "gul", "gul (2025)"),
    # judged for the first time
    (
        {"2026-T1": "nivå: röd", "2026-T3": "nivå: gul"},
        "2026",
        "",
        "röd (tertial 1 2026) → gul (tertial 3 2026)",
    ),
    # never judged
    ({"2026-T1": "läge: accepterad"}, "2026", "", ""),
    # what is said later is not known yet, and what was said before the tertial is its start
    (
        {"2025": "nivå: röd", "2026-T1": "nivå: gul", "2026-T2": "nivå: grön", "2026": "nivå: gul"},
        "2026-T2",
        "gul",
        "gul (tertial 1 2026) → grön (tertial 2 2026)",
    ),
    # computed, from ranks that are said one at a time
    (
        {
            "2025": "sannolikhet: sannolik\n      allvarlighetsgrad: betydlig",
            "2026-T1": "sannolikhet: mindre sannolik",
        },
        "2026",
        "röd",
        "röd (2025) → gul (tertial 1 2026)",
    ),
]


@pytest.mark.parametrize(("levels", "at", "start", "way"), HISTORIES)
def test_how_a_level_came_to_be_what_it_is(
    levels: Mapping[str, str], at: str, start: str, way: str
) -> None:
    plan, period = judged(levels), Period.parse(at)
    first, steps = level_at_start(plan, "r", period), history(plan, "r", period)
    assert (first.steg.namn if first else "") == start
    assert said(told(steps)) == way


@pytest.mark.parametrize(("levels", "at", "start", "way"), HISTORIES)
def test_the_levels_of_a_history_are_those_of_the_reports_in_which_they_were_said(
    levels: Mapping[str, str], at: str, start: str, way: str
) -> None:
    plan = judged(levels)
    for nivå, period in history(plan, "r", Period.parse(at)):
        assert period is not None
        assert status.level(plan, "r", period) == nivå


def test_a_new_scale_changes_a_level_without_a_word() -> None:
    plan = small(
        """
skalor:
  nivå:
    2025:
      - namn: grön
        från: 1
      - namn: gul
        från: 4
    2026-T2:
      - namn: grön
        från: 1
      - namn: gul
        från: 3
risker:
  - id: r
    namn: Risk
uppföljning:
  2025:
    r:
      sannolikhet: möjlig
      allvarlighetsgrad: mindre
"""
    )
    way = said(told(history(plan, "r", Period.parse("2026"))))
    assert way == "grön (2025) → gul (skalan är ändrad)"


BOARD = """
skalor:
  årsbedömning: [lägre, kvarstår]
kvalitetsområden:
  - id: samordning
    nr: 2
    namn: Samordning
    beskrivning: Insatserna hänger ihop.
  - id: trygghet
    nr: 1
    namn: Trygghet
    beskrivning: |
      Ingen far illa.

      Arbetet förebygger.
  - id: effektivitet
    nr: 3
    namn: Effektivitet
risker:
  - id: vald
    namn: Stöd vid våld
    beskrivning: Frågan ställs inte.
    kvalitetsområde: trygghet
    åtgärder:
      - id: fraga
        namn: Fråga alla
      - id: rutin
        namn: Ny rutin
  - id: samverkan
    namn: Samverkan
    kvalitetsområde: samordning
  - id: teknik
    namn: Teknik som inte håller
egenkontroller:
  - id: enkat
    namn: Enkät
    åtgärder:
      - id: dialog
        namn: Dialog om svaren
        start: 2027
uppföljning:
  2026:
    trygghet: Området har fått mest arbete.
    rutin: Rutinen är beslutad.
    samverkan:
      läge: avslutad
    enkat: Få svarade.
"""
NORTH = """
uppföljning:
  2025:
    vald:
      nivå: röd
  2026-T1:
    vald:
      nivå: gul
  2026:
    vald:
      årsbedömning: lägre
      lyft: ja
      text: Norr frågar nu.
    fraga:
      läge: pågår
    rutin:
      läge: klar
    samverkan:
      nivå: grön
"""
SOUTH = """
risker:
  - id: bemanning
    namn: Bemanning
    kvalitetsområde: trygghet
    åtgärder:
      - id: rekrytera
        namn: Rekrytera
        slut: 2027-06
  - id: lokaler
    namn: Lokaler
    kvalitetsområde: samordning
uppföljning:
  2025:
    lokaler:
      nivå: gul
  2026:
    vald:
      nivå: gul
    bemanning:
      nivå: röd
      lyft: ja
      text: Söder saknar personal.
    rekrytera:
      läge: pågår
    lokaler:
      nivå: grön
"""


TOLD = """
## kvalitetsområden
### 1 Trygghet
Definition
Ingen far illa.

Arbetet förebygger.
Uppföljning
Området har fått mest arbete.
[Årets risker]
Risk | Verksamhet | Vid årets början | Vid årets slut | Årsbedömning
Stöd vid våld | norr | röd | gul (sänkt) | lägre
soder | – | gul | –
Bemanning | soder | – | röd | –
Streck betyder att inget är angivet.
Så har nivåerna ändrats
Stöd vid våld: norr: röd (2025) → gul (tertial 1 2026)
#### Stöd vid våld
Beskrivning: Frågan ställs inte.
##### norr
Norr frågar nu.
[Åtgärder]
Åtgärd | Läge
Fråga alla | norr: pågår
Ny rutin | norr: klar
##### Åtgärd: Ny rutin
Rutinen är beslutad.
#### soder
##### Bemanning
Söder saknar personal.
###### Åtgärd: Rekrytera
Läge: pågår
Tid: till och med juni 2027
Går vidare: 2 risker och 2 åtgärder, se kvarstår.
### 2 Samordning
Definition: Insatserna hänger ihop.
[Årets risker]
Risk | Verksamhet | Vid årets början | Vid årets slut | Läge
Samverkan | namnden | – | – | avslutad
norr | – | grön | –
Lokaler | soder | gul | grön (sänkt) | –
Streck betyder att inget är angivet.
Så har nivåerna ändrats
Lokaler: soder: gul (2025) → grön (2026)
Inget av detta går vidare.
### 3 Effektivitet
Inget har redovisats om kvalitetsområdet.
### Utan kvalitetsområde
[Årets risker]
Risk | Verksamhet
Teknik som inte håller | namnden
Ingen nivå är angiven.
Går vidare: 1 risk, se kvarstår.
### Egenkontroll: Enkät
Få svarade.
[Åtgärder]
Åtgärd | Start
Dialog om svaren | 2027
"""
GOING_ON = """
## kvarstår
[Det som går vidare efter 2026]
Risk | Verksamhet | Vid årets slut | Åtgärder som går vidare
Kvalitetsområde: 1 Trygghet
Stöd vid våld | norr | gul / Årsbedömning: lägre | Fråga alla: pågår
soder | gul | –
Bemanning | soder | röd | Rekrytera: pågår, ska vara klar juni 2027
Utan kvalitetsområde
Teknik som inte håller | namnden | – | –
Åtgärder och aktiviteter utan risk
Egenkontroll: Enkät | namnden | – | Dialog om svaren: börjar 2027
"""


def of_board(*parts: str) -> tuple[Block, ...]:
    register = gathered(namnden=BOARD, norr=NORTH, soder=SOUTH)
    return blocks(register.plans["namnden"], "2026", *parts, of=register)


def test_a_board_tells_area_by_area_and_what_goes_on() -> None:
    assert shown(of_board(AREAS, REMAINING)) == TOLD.strip() + GOING_ON.rstrip()


def test_without_a_section_for_it_each_area_lists_what_goes_on() -> None:
    tables = [each for each in of_board(AREAS) if isinstance(each, Table)]
    found = [drawn(each) for each in tables if each.caption.startswith("Det som går vidare")]
    head, *rows = GOING_ON.strip().splitlines()[2:]
    of_areas = [rows[1:4], rows[5:6]]
    assert found == ["\n".join([head, *of_area]) for of_area in of_areas]


@pytest.mark.parametrize("parts", [(AREAS,), (AREAS, REMAINING), ("matris", AREAS, REMAINING)])
def test_every_link_leads_somewhere(parts: tuple[str, ...]) -> None:
    found = of_board(*parts)
    assert {link.anchor for link in links(found)} <= anchors(found)


def links(value: Any) -> Iterator[Link]:
    if isinstance(value, Link):
        yield value
    elif isinstance(value, tuple):
        yield from (link for each in value for link in links(each))
    elif is_dataclass(value):
        yield from (link for field in fields(value) for link in links(getattr(value, field.name)))


def anchors(found: Iterable[Block]) -> set[str]:
    named = {block.anchor for block in found if isinstance(block, Heading | Note | Prose | Table)}
    bodies = [body for block in found if isinstance(block, Table) for body in block.bodies]
    return named | {row.anchor for body in bodies for row in body.rows}


ALONE = """
risker:
  - id: r
    namn: Risk
    beskrivning: Det kan brista.
    åtgärder:
      - id: m
        namn: Åtgärd
uppföljning:
  2026-T1:
    r:
      nivå: gul
  2026-T2:
    r:
      nivå: röd
      text: Det brast.
    m:
      läge: pågår
"""
ALONE_TOLD = """
## kvalitetsområden
[Tertialets risker]
Risk | Vid tertialets början | Vid tertialets slut
Risk | gul | röd (höjd)
Så har nivåerna ändrats
Risk: gul (tertial 1 2026) → röd (tertial 2 2026)
### Risk
Beskrivning: Det kan brista.
Det brast.
#### Åtgärd: Åtgärd
Läge: pågår
Går vidare: 1 risk och 1 åtgärd, se kvarstår.
## kvarstår
[Det som går vidare efter tertial 2 2026]
Risk | Vid tertialets slut | Åtgärder som går vidare
Risk | röd | Åtgärd: pågår
"""


def test_a_plan_without_areas_and_parts_tells_a_tertial() -> None:
    found = blocks(small(ALONE), "2026-T2", AREAS, REMAINING)
    assert shown(found) == ALONE_TOLD.strip()


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        ("nivå: röd", "Risk | röd | ingen åtgärd"),
        ("nivå: gul", "Risk | gul | –"),
        ("nivå: röd\n    m:\n      läge: accepterad", "Risk | röd | Åtgärd: accepterad"),
        ("nivå: röd\n      läge: accepterad", "Risk | röd / accepterad | –"),
        ("nivå: röd\n      läge: avslutad", ""),
        ("nivå: grön", ""),
        ("nivå: grön\n    m:\n      läge: klar", ""),
        ("nivå: grön\n    m:\n      läge: pågår", "Risk | grön | Åtgärd: pågår"),
        (
            "nivå: grön\n      läge: avslutad\n    m:\n      läge: pågår",
            "Risk | grön / avslutad | Åtgärd: pågår",
        ),
        ("läge: pågår", "Risk | pågår | –"),
    ],
)
def test_what_is_closed_or_low_and_finished_does_not_go_on(said: str, goes_on: str) -> None:
    finished = "" if "    m:" in said else "    m:\n      läge: klar\n"
    plan = small(
        "risker:\n  - id: r\n    namn: Risk\n    åtgärder:\n      - id: m\n        namn: Åtgärd\n"
        f"uppföljning:\n  2026:\n    r:\n      {said}\n{finished}"
    )
    found = [drawn(each) for each in blocks(plan, "2026", REMAINING) if isinstance(each, Table)]
    assert "".join(each.splitlines()[1] for each in found) == goes_on


def test_of_many_units_those_that_say_the_same_stand_together() -> None:
    units = {
        f"enhet{n}": f"uppföljning:\n  2026:\n    r:\n      nivå: {level}\n"
        for n, level in enumerate(["gul", "röd", "gul", "gul", "gul"])
    }
    register = gathered(hel="risker:\n  - id: r\n    namn: Risk\n", **units)
    found = blocks(register.plans["hel"], "2026", AREAS, of=register)
    table = next(drawn(block) for block in found if isinstance(block, Table))
    assert table.splitlines()[1:] == ["Risk | 4 enheter | gul", "enhet1 | röd"]


OWN_SCALE = "skalor:\n  nivå:\n    - namn: grön\n    - namn: gul\n    - namn: orange\n"


@pytest.mark.parametrize(
    ("with_own", "told"),
    [
        ("", ["Risk | 5 enheter | gul"]),
        ("1", ["Risk | 4 enheter | gul", "enhet1 | gul"]),
        ("13", ["Risk | enhet0, enhet2 och enhet4 | gul", "enhet1 och enhet3 | gul"]),
    ],
)
def test_units_on_a_scale_of_their_own_stand_apart(with_own: str, told: list[str]) -> None:
    said = "uppföljning:\n  2026:\n    r:\n      nivå: gul\n"
    units = {f"enhet{n}": (OWN_SCALE if n in with_own else "") + said for n in "01234"}
    register = gathered(hel="risker:\n  - id: r\n    namn: Risk\n", **units)
    found = blocks(register.plans["hel"], "2026", AREAS, of=register)
    table = next(drawn(block) for block in found if isinstance(block, Table))
    assert table.splitlines()[1:] == told


DEPARTMENT = """
kvalitetsområden:
  - id: eget
    namn: Eget område
risker:
  - id: egen
    namn: Egen risk
    kvalitetsområde: eget
uppföljning:
  2026:
    eget:
      lyft: ja
      text: Om området.
    egen:
      nivå: gul
"""
DEPARTMENT_TOLD = """
## kvalitetsområden
Vid årets början var ingen av riskerna bedömd.
### Område
Inget har redovisats om kvalitetsområdet.
### Eget område, avdelning
Om området.
[Årets risker]
Risk | Verksamhet | Vid årets slut
Egen risk | avdelning | gul
enhet | röd
Går vidare: 1 risk, se kvarstår.
## kvarstår
[Det som går vidare efter 2026]
Risk | Verksamhet | Vid årets slut | Åtgärder som går vidare
Kvalitetsområde: Eget område
Egen risk | avdelning | gul | –
enhet | röd | ingen åtgärd
"""


def test_what_is_a_parts_own_is_told_with_the_plans_below_it() -> None:
    register = one_below_another(
        hel="kvalitetsområden:\n  - id: omrade\n    namn: Område\n",
        avdelning=DEPARTMENT,
        enhet="uppföljning:\n  2026:\n    egen:\n      nivå: röd\n",
    )
    found = blocks(register.plans["hel"], "2026", AREAS, REMAINING, of=register)
    assert shown(found) == DEPARTMENT_TOLD.strip()


def one_below_another(**plans: str) -> Register:
    """Plans by name, each a part of the one before."""
    with TemporaryDirectory() as folder:
        above = ""
        for name, yaml in plans.items():
            path = Path(folder, "plans", name, "plan.yaml")
            path.parent.mkdir(parents=True)
            path.write_text(f"plan:\n  namn: {name}\n  år: 2026\n{above}{yaml}", "utf-8")
            above = f"  del_av: {name}\n"
        return load(Path(folder)).register


def test_a_risk_below_the_selection_stays_out() -> None:
    low = "  - id: lag\n    namn: Låg\n    kvalitetsområde: o\n    åtgärder: [m]\n"
    plan = small(
        "kvalitetsområden:\n  - id: o\n    namn: Område\n"
        f"risker:\n{low}åtgärder:\n  - id: m\n    namn: Åtgärd\n"
        "uppföljning:\n  2026:\n    lag:\n      nivå: grön\n      text: Ord.\n",
        head="  urval: gul\n",
    )
    assert shown(blocks(plan, "2026", AREAS, REMAINING)) == (
        "## kvalitetsområden\n### Område\nInget har redovisats om kvalitetsområdet.\n"
        "## kvarstår\nInga risker eller åtgärder går vidare."
    )


@pytest.mark.parametrize(
    ("of_unit", "left"),
    [
        ("", "unit | röd | –"),  # it has the measure of its board
        ("    m:\n      läge: pågår\n", "unit | röd | M: pågår"),
        ("    m:\n      läge: klar\n", "unit | röd | ingen åtgärd"),
    ],
)
def test_a_measure_that_a_unit_has_of_its_board_is_one(of_unit: str, left: str) -> None:
    measure = "    åtgärder:\n      - id: m\n        namn: M\n"
    register = gathered(
        board=f"risker:\n  - id: r\n    namn: Risk\n{measure}",
        unit=f"uppföljning:\n  2026:\n    r:\n      nivå: röd\n{of_unit}",
    )
    found = blocks(register.plans["board"], "2026", REMAINING, of=register)
    tables = [drawn(each) for each in found if isinstance(each, Table)]
    assert left in tables[0].replace("Risk | unit", "unit").splitlines()


TWO_AREAS = """
kvalitetsområden:
  - id: a
    namn: A
  - id: b
    namn: B
risker:
  - id: r
    namn: R
    kvalitetsområde: a
  - id: s
    namn: S
    kvalitetsområde: b
"""


@pytest.mark.parametrize(
    ("risks", "at", "head"),
    [
        # judged for the first time; before; one of two before; a tertial; never
        ({"2026": "r"}, "2026", "Risk | Vid årets slut"),
        ({"2025": "r"}, "2026", "Risk | Vid årets början | Vid årets slut"),
        ({"2025": "r", "2026": "s"}, "2026", "Risk | Vid årets början | Vid årets slut"),
        ({"2026-T1": "r"}, "2026-T1", "Risk | Vid tertialets slut"),
        ({}, "2026", "Risk"),
    ],
)
def test_levels_at_the_start_are_told_where_there_were_any(
    risks: Mapping[str, str], at: str, head: str
) -> None:
    levels = "".join(f"  {period}:\n    {id}:\n      nivå: gul\n" for period, id in risks.items())
    found = blocks(small(TWO_AREAS + (f"uppföljning:\n{levels}" if risks else "")), at, AREAS)
    heads = [drawn(each).splitlines()[0] for each in found if isinstance(each, Table)]
    assert head in heads
    is_first = "början" not in head and "slut" in head
    assert ("början var ingen av riskerna bedömd." in shown(found)) == is_first
