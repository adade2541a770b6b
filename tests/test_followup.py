"""The follow-up: in which order things are told, under what, and what stands at each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from drawing import drawn, said
from examples import board, gathered, havsnäs, rows, small, unit

from kvalitet.findings import Place
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Block, Facts, Heading, Link, Note, Prose, Table
from kvalitet.view.followup import follow_up
from kvalitet.view.plantable import plan_table
from kvalitet.view.scene import Scene, scene
from kvalitet.view.telling import Telling


def setting(plan: Plan, at: str, *parts: str, of: Register | None = None) -> Scene:
    """A plan in a report that follows up, and that has those parts besides."""
    sections = [
        {"id": f"a-{number}", "rubrik": "A", "del": part}
        for number, part in enumerate((*parts, "uppföljning"))
    ]
    raw = {"rubrik": "Rapport", "rytm": "tertial", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    return scene(plan, report, Period.parse(at), of or havsnäs())


def followed_up(here: Scene) -> Iterator[Block]:
    """What the last section of a setting tells."""
    telling = Telling(here)
    telling.begin(here.report.avsnitt[-1], 2)
    return follow_up(telling)


def outline(blocks: Iterable[Block]) -> str:
    """Headings by their marks; below them facts, notes, texts and the captions of tables."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append(f"{'#' * block.level} {block.text}")
        elif isinstance(block, Facts):
            lines += [f"{fact.label}: {' / '.join(map(said, fact.lines))}" for fact in block.facts]
        elif isinstance(block, Note):
            lines.append(said(block.line))
        elif isinstance(block, Prose):
            lines.append(block.markdown.strip().partition("\n")[0].replace("\u00a0", " "))
        elif isinstance(block, Table):
            lines.append(f"[{block.caption}]")
    return "\n".join(lines)


def headings(blocks: Iterable[Block]) -> list[str]:
    return [line for line in outline(blocks).splitlines() if line.startswith("#")]


UNIT = """
### Nämndmål: Stödet kommer i rätt tid
Inriktningsmål: Barn och unga växer upp tryggt
Förväntat resultat: Familjer får stöd innan svårigheterna växer.
Uppfyllelse: helt (1 av 1 indikator når målet)
[Sjukfrånvaro]
Inga värden har redovisats än: Beslut som inte är verkställda inom tre månader.
#### 1.1 Våld i nära relationer upptäcks inte
Risknivå: förhöjd (sänkt från kritisk)
Bedömning: 2 liten × 4 hög = 8
Efter insatsen känner sig 82 % av barnen tryggare,
[Barn som känner sig tryggare efter insatsen]
##### Åtgärd: Fråga om våld vid varje nybesök
Läge: pågår
Tidplan: följer tidplan, bedömt i tertial 1 2026
Tid: från 1 februari 2026 till 31 december 2026
Ansvarig: enhetschef och metodutvecklare
Alla grupper har övat på att ställa frågorna.
#### 1.2 Erfarna handläggare slutar
Risknivå: kritisk (höjd från förhöjd)
Bedömning: 3 stor × 3 betydlig = 9
Flera har sagt upp sig inför hösten.
##### Åtgärd: Längre introduktion för nya handläggare
Läge: pågår
Tidplan: försenad
Tid: från 15 januari 2026 till 31 mars 2027, flyttat från 31 december 2026
Ansvarig: gruppchef
Mentorerna utsågs senare än planerat.
[Handläggarnas erfarenhet]
[Vi blev väl bemötta]
###### Aktivitet: Utse mentorer
Läge: pågår
Tid: från mars 2026 till och med andra halvåret 2026
Ansvarig: gruppchef
#### 1.3 Familjehemmen räcker inte
Risknivå: förhöjd (oförändrad)
Läge: accepterad
[Placerade barn]
[Vårddygn i jourhem sedan årsskiftet]
### Enhetsmål: Varje barn blir hört
Bidrar till: Nämndmål: Stödet kommer i rätt tid
Uppfyllelse: helt (2 av 2 indikatorer når målen)
Barnen hörs tidigare, ofta redan vid första kontakten.
[Anmälningar och förhandsbedömningar]
[Barn i familjehem med minst fyra enskilda samtal på ett år]
Den nya definitionen gör att åren inte kan jämföras.
### Kvalitetsområde: 1 Trygghet och säkerhet
Beskrivning: Stödet är rättssäkert och går att förutse.
Bemanningen avgör nu tryggheten mer än rutinerna.
### Avvikelse: Interna avvikelser
Utredningskrav: fördjupad utredning (sänkt från händelseanalys)
Bedömning: 2 liten × 3 betydlig
Dokumentationen brister mer sällan sedan mallen byttes.
[Avvikelser]
[Avvikelser per 100 placerade barn]
[Avvikelser efter orsak]
Redovisas ovan: åtgärden Längre introduktion för nya handläggare under risken 1.2 Erfarna \
handläggare slutar.
### Egenkontroll: Granskning av journaler
Läge: klar
Kontrollresultat: mindre anmärkning, tertial 2 2026
Tid: till 30 juni 2026, flyttat från 30 april 2026
Ansvarig: metodutvecklare
Redovisas ovan: tabellen Barn i familjehem med minst fyra enskilda samtal på ett år under målet \
Varje barn blir hört.
"""


def test_goal_by_goal_risk_by_risk_measure_by_measure() -> None:
    assert outline(followed_up(setting(unit(), "2026-T2"))) == UNIT.strip()


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("matris", ["Kvalitetsområde", "Avvikelse", "Egenkontroll"]),
        ("avvikelser", ["Kvalitetsområde", "Egenkontroll"]),
        ("egenkontroller", ["Kvalitetsområde", "Avvikelse"]),
    ],
)
def test_deviations_and_self_checks_are_left_to_sections_of_their_own(
    part: str, left: list[str]
) -> None:
    shown = headings(followed_up(setting(unit(), "2026-T2", part)))
    kinds = [line.removeprefix("### ").partition(":")[0] for line in shown if line[3] == " "]
    assert [kind for kind in kinds if "mål" not in kind] == left


def test_a_goal_leads_to_the_goal_above_that_has_a_heading() -> None:
    shown = outline(followed_up(setting(board(), "2026-T2"))).splitlines()
    assert shown[:4] == [
        "### Inriktningsmål: Barn och unga växer upp tryggt",
        "Uppfyllelse: delvis (bedömd)",
        "### Nämndmål: Stödet kommer i rätt tid",
        "Inriktningsmål: Barn och unga växer upp tryggt",
    ]


GOALS = """
mål:
  - id: ovre
    namn: Övre
    mål:
      - id: nedre
        namn: Nedre
        typ: nämndmål
        beskrivning: Om målet.
  - id: tyst
    namn: Tyst
kvalitetsområden:
  - id: andra
    nr: 2
    namn: Andra
  - id: forsta
    nr: 1
    namn: Första
risker:
  - id: c
    nr: 2.1
    namn: C
    kvalitetsområde: andra
    mål: nedre
  - id: b
    nr: 1.10
    namn: B
    kvalitetsområde: forsta
    mål: nedre
    beskrivning: Om risken.
  - id: a
    nr: 1.9
    namn: A
    kvalitetsområde: forsta
    mål: nedre
  - id: d
    nr: 0.1
    namn: D
"""


ORDERED = """
### Nämndmål: Nedre
#### 1.9 A
#### 1.10 B
#### 2.1 C
### Utan mål
#### 0.1 D
"""
WITH_WORDS = """
### Mål: Övre
### Nämndmål: Nedre
#### 1.9 A
#### 1.10 B
#### 2.1 C
### Mål: Tyst
### Utan mål
#### 0.1 D
"""
NO_GOALS = """
### 1.9 A
### 1.10 B
### 2.1 C
### 0.1 D
"""


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param(GOALS, ORDERED, id="by goal, quality area and number; no goal comes last"),
        pytest.param(
            GOALS + "uppföljning:\n  2026-T2:\n    ovre: Ord.\n    tyst: Ord.\n",
            WITH_WORDS,
            id="goals without risks where something is said of them",
        ),
        pytest.param(GOALS.replace("    mål: nedre\n", ""), NO_GOALS, id="no risk has a goal"),
    ],
)
def test_the_order_of_goals_and_risks_is_that_of_the_plan_table(yaml: str, expected: str) -> None:
    here = setting(small(yaml), "2026-T2")
    assert headings(followed_up(here)) == expected.split("\n")[1:-1]
    (table,) = (block for block in plan_table(here) if isinstance(block, Table))
    cells = [row.cells[0] for body in table.bodies for row in body.rows]
    assert [said(cell.lines[0]) for cell in cells if cell] == re.findall(r"\d.*", expected)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ["Beskrivning: Om målet.", "Beskrivning: Om risken."]),
        (["plantabell"], []),
    ],
)
def test_a_description_is_told_unless_the_plan_table_does(
    parts: list[str], expected: list[str]
) -> None:
    shown = outline(followed_up(setting(small(GOALS), "2026-T2", *parts)))
    assert [line for line in shown.splitlines() if line.startswith("Beskr")] == expected


CHECKS = """
risker:
  - id: risk
    namn: Risk
    indikatorer: [andel]
    åtgärder:
      - id: forsta
        namn: Första
        egenkontroller: [kontroll]
      - id: andra
        namn: Andra
        egenkontroller: [kontroll]
        indikatorer: [andel, tyst]
  - id: gron
    namn: Grön
    åtgärder:
      - id: dold
        namn: Dold
        indikatorer: [dolt-matt]
egenkontroller:
  - id: kontroll
    namn: Granskning
    frekvens: tertial
    indikatorer: [granskade]
indikatorer:
  - id: andel
    namn: Andel
    måttenhet: procent
  - id: tyst
    namn: Tyst
  - id: granskade
    namn: Granskade
  - id: dolt-matt
    namn: Dolt mått
  - id: fri
    namn: Fri
uppföljning:
  2025-T3:
    kontroll:
      kontrollresultat: anmärkning
  2026-T1:
    risk:
      nivå: gul
    gron:
      nivå: grön
    kontroll:
      kontrollresultat: mindre anmärkning
  2026-T2:
    forsta:
      läge: pågår
    andra:
      läge: pågår
    dold:
      läge: pågår
    kontroll:
      kontrollresultat: utan anmärkning
      text: Ord om granskningen.
    dolt-matt: Ord om det dolda.
    fri: Ord om det fria.
"""
TOLD_ONCE = """
### Risk
Risknivå: gul (oförändrad)
Andel, T2 2026: 40 %. Källa: 0.csv rad 2.
[Åtgärder]
#### Åtgärd: Första
##### Egenkontroll: Granskning
Kontrollresultat: mindre anmärkning, tertial 1 2026 / utan anmärkning, tertial 2 2026
Hur ofta: varje tertial
Ord om granskningen.
Granskade, T2 2026: 35. Källa: 0.csv rad 3.
#### Åtgärd: Andra
Inga värden har redovisats än: Tyst.
Redovisas ovan: tabellen Andel under risken Risk; egenkontrollen Granskning under åtgärden Första.
### Övriga indikatorer
Fri
Ord om det fria.
"""


def test_each_thing_is_told_once_and_where_it_stands_is_said_elsewhere() -> None:
    data = rows("andel;2026-T2;40", "granskade;2026-T2;35")
    plan = small(CHECKS, data, head="  urval: gul\n")
    assert outline(followed_up(setting(plan, "2026-T2"))) == TOLD_ONCE.strip()


def test_what_is_told_elsewhere_leads_to_the_table_itself() -> None:
    plan = small(CHECKS, rows("andel;2026-T2;40"))
    blocks = tuple(followed_up(setting(plan, "2026-T2")))
    lines = (block.line for block in blocks if isinstance(block, Note))
    links = [piece for line in lines for piece in line if isinstance(piece, Link)]
    assert Link("Andel", "andel") in links
    assert "andel" in {block.anchor for block in blocks if isinstance(block, Note)}


@pytest.mark.parametrize(
    ("indicators", "data", "expected"),
    [
        ("[a, b]", ("a;2026-T1;1",), ["Inga värden har redovisats än: B."]),
        ("[a, b]", ("a;2026-T1;1", "b;2026-T2;1"), []),
        ("[b]", (), ["Inga värden har redovisats än: B."]),
        ("[b]", ("b;2026-T2;1",), ["Inga värden har redovisats än: B."]),
    ],
)
def test_an_indicator_is_not_missed_before_it_is_brought_in(
    indicators: str, data: tuple[str, ...], expected: list[str]
) -> None:
    yaml = f"""
risker:
  - id: r
    namn: R
    indikatorer: {indicators}
indikatorer:
  - id: a
    namn: A
  - id: b
    namn: B
"""
    shown = outline(followed_up(setting(small(yaml, rows(*data)), "2026-T1")))
    assert [line for line in shown.splitlines() if line.startswith("Inga")] == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-T2", "Tidplan: följer tidplan"),
        ("2026-06", "Tidplan: följer tidplan"),
        ("2026-T1", "Tidplan: följer tidplan, bedömt i tertial 1 2026"),
        ("2025", "Tidplan: följer tidplan, bedömt 2025"),
        ("2026-04-30", "Tidplan: följer tidplan, bedömt 30 april 2026"),
    ],
)
def test_a_stoplight_from_an_earlier_period_says_when_it_was_judged(
    when: str, expected: str
) -> None:
    yaml = f"åtgärder:\n  - id: a\n    namn: A\nuppföljning:\n  {when}:\n"
    plan = small(f"{yaml}    a:\n      tidplan: följer tidplan\n")
    assert outline(followed_up(setting(plan, "2026-T2"))).splitlines()[1:] == [expected]


def test_the_plan_table_tells_of_a_self_check_that_has_no_result_and_of_a_goal() -> None:
    plan = small("""
mål:
  - id: m
    namn: M
    beskrivning: Alla ska få stöd
risker:
  - id: r
    namn: R
    mål: m
    egenkontroller: [k]
egenkontroller:
  - id: k
    namn: K
""")
    (table, *_) = plan_table(setting(plan, "2026-T1"))
    assert isinstance(table, Table)
    assert drawn(table).splitlines()[1:] == [
        "Mål: M. Alla ska få stöd.",
        "R | nivå inte angiven | Egenkontroll: K | inte bedömd | –",
    ]


@pytest.mark.parametrize(
    ("said_of_it", "expected"),
    [
        ("", ["Tid: till 30 april 2026. Slutdatum har passerat"]),
        ("läge: klar", ["Läge: klar", "Tid: till 30 april 2026"]),
        (
            "tidplan: följer tidplan",
            [
                "Tidplan: följer tidplan, men slutdatum 30 april 2026 har passerat",
                "Tid: till 30 april 2026",
            ],
        ),
        ("tidplan: försenad", ["Tidplan: försenad", "Tid: till 30 april 2026"]),
        (
            "slut: 2026-12-31\n      tidplan: följer tidplan",
            [
                "Tidplan: följer tidplan",
                "Tid: till 31 december 2026, flyttat från 30 april 2026",
            ],
        ),
    ],
)
def test_the_stoplight_and_a_passed_end_do_not_contradict_each_other(
    said_of_it: str, expected: list[str]
) -> None:
    yaml = "åtgärder:\n  - id: a\n    namn: A\n    slut: 2026-04-30\nuppföljning:\n  2026-T2:\n"
    plan = small(f"{yaml}    a:\n      {said_of_it or 'text: Ord.'}\n")
    shown = outline(followed_up(setting(plan, "2026-T2"))).splitlines()
    assert [line for line in shown[1:] if line != "Ord."] == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-01", "2026-06-30", "Tid: från 1 mars 2026 till 30 juni 2026"),
        ("2026-T1", "2026-H2", "Tid: från tertial 1 2026 till och med andra halvåret 2026"),
        ("2025", "2026-12", "Tid: från 2025 till och med december 2026"),
    ],
)
def test_a_time_is_told_as_it_was_said(start: str, end: str, expected: str) -> None:
    yaml = f"åtgärder:\n  - id: a\n    namn: A\n    start: {start}\n    slut: {end}\n"
    yaml += "uppföljning:\n  2026-T1:\n    a:\n      läge: pågår\n"
    shown = outline(followed_up(setting(small(yaml), "2026-T1"))).splitlines()
    assert shown[2:] == [expected]


WHOLE = """
risker:
  - id: r
    namn: R
    åtgärder:
      - id: a
        namn: A
        slut: 2026-04-30
"""
FOLLOWED_UP = "uppföljning:\n  2026-T2:\n    a:\n      läge: "
IS_LATE = "Tid: till 30 april 2026. Slutdatum har passerat"


@pytest.mark.parametrize(
    ("whole", "one", "other", "expected"),
    [
        pytest.param("", "", "", [IS_LATE], id="nobody follows it up: the whole is late"),
        pytest.param(
            "",
            "klar",
            "",
            ["Läge: ena: klar", "Tid: till 30 april 2026"],
            id="a part has finished it: the whole is not late",
        ),
        pytest.param(
            "",
            "klar",
            "pågår",
            [
                "Läge: andra: pågår / ena: klar",
                f"Tid: till 30 april 2026 / andra: {IS_LATE.removeprefix('Tid: ')}",
            ],
            id="the part that has not is late",
        ),
        pytest.param(
            "pågår",
            "klar",
            "",
            ["Läge: pågår / ena: klar", IS_LATE],
            id="the whole that follows it up is late",
        ),
    ],
)
def test_only_who_follows_up_a_measure_of_the_whole_is_late_with_it(
    whole: str, one: str, other: str, expected: list[str]
) -> None:
    said_of_it = [FOLLOWED_UP + läge + "\n" if läge else "" for läge in (whole, one, other)]
    of = gathered(hel=WHOLE + said_of_it[0], ena=said_of_it[1], andra=said_of_it[2])
    shown = outline(followed_up(setting(of.plans["hel"], "2026-T2", of=of))).splitlines()
    assert shown[shown.index("#### Åtgärd: A") + 1 :] == expected


def test_the_plan_table_labels_what_a_part_says_otherwise_once() -> None:
    moved = "uppföljning:\n  2026-T1:\n    a:\n      slut: 2026-12-31\n"
    of = gathered(hel=WHOLE, ena=moved)
    (table, *_) = plan_table(setting(of.plans["hel"], "2026-T1", of=of))
    assert isinstance(table, Table)
    assert drawn(table).splitlines()[1] == (
        "R | nivå inte angiven | A / Tid: till 30 april 2026 "
        "/ Tid, ena: till 31 december 2026, flyttat från 30 april 2026 | – | –"
    )


LATER = """
åtgärder:
  - id: a
    namn: A
    start: 2026-05-01
    indikatorer: [i]
    aktiviteter:
      - id: b
        namn: B
indikatorer:
  - id: i
    namn: I
uppföljning:
"""


@pytest.mark.parametrize(
    ("said_of_it", "data", "expected"),
    [
        ("  2026-T2:\n    a: Ord.\n", (), []),
        ("  2026-T1:\n    a: Ord.\n", (), ["### Åtgärd: A"]),
        ("  2026-T1:\n    b:\n      läge: pågår\n", (), ["### Åtgärd: A", "#### Aktivitet: B"]),
        ("  2026-T2:\n    a: Ord.\n", (rows("i;2026-T1;1"),), ["### Åtgärd: A"]),
    ],
)
def test_what_begins_after_the_report_is_followed_up_only_if_something_is_told_of_it(
    said_of_it: str, data: tuple[str, ...], expected: list[str]
) -> None:
    plan = small(LATER + said_of_it, *data)
    assert headings(followed_up(setting(plan, "2026-T1"))) == expected


def test_a_risk_is_told_even_if_it_or_its_goal_begins_later() -> None:
    plan = small("""
mål:
  - id: m
    namn: M
    start: 2027
  - id: n
    namn: N
    start: 2027
risker:
  - id: r
    namn: R
    mål: m
  - id: s
    namn: S
    start: 2027
""")
    expected = ["### Mål: M", "#### R", "### Utan mål", "#### S"]
    assert headings(followed_up(setting(plan, "2026-T1"))) == expected
