"""The goal tree: the overview, and what is told of each goal and of what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from drawing import drawn, said
from examples import board, gathered, havsnäs, rows, small, unit
from hypothesis import given
from hypothesis import strategies as st
from test_followup import outline

from kvalitet.findings import Place
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Block, Document, Heading, Legend, Link, Note, Prose, Table
from kvalitet.view.goaltree import goal_tree
from kvalitet.view.report import document
from kvalitet.view.scene import scene
from kvalitet.view.telling import Telling
from kvalitet.view.words import as_lines, is_brief


def a_report(parts: Sequence[str]) -> Rapporttyp:
    """A report of those parts, each in a section of its own."""
    sections = [
        {"id": f"avsnitt-{number}", "rubrik": part.upper(), "del": part}
        for number, part in enumerate(parts)
    ]
    raw = {"rubrik": "Rapport", "rytm": "år", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    return report


def tree(plan: Plan, at: str = "2026", *parts: str, of: Register | None = None) -> list[Block]:
    """What the goal tree of a report tells, which has those parts besides."""
    report = a_report(["målträd", *parts])
    telling = Telling(scene(plan, report, Period.parse(at), of or havsnäs()))
    telling.begin(report.avsnitt[0], 2)
    return [*goal_tree(telling)]


def whole(plan: Plan, *parts: str, at: str = "2026") -> Document:
    """The report of those parts."""
    of = Register({plan.mapp: plan}, reports={"egen": a_report(parts)})
    return document(plan, "egen", Period.parse(at), of, "")


def overview(blocks: Sequence[Block]) -> Table:
    table = blocks[0]
    assert isinstance(table, Table)
    return table


def indented(table: Table) -> str:
    """The first line of the first cell of each row, by how deep it stands."""
    cells = (row.cells[0] for body in table.bodies for row in body.rows)
    return "\n".join("  " * cell.depth + said(cell.lines[0]) for cell in cells if cell)


def followed_up(blocks: Sequence[Block]) -> str:
    """What is told after the overview."""
    first = next(n for n, block in enumerate(blocks) if isinstance(block, Heading))
    return outline(blocks[first:])


def links(table: Table) -> Iterator[str]:
    cells = (cell for body in table.bodies for row in body.rows for cell in row.cells if cell)
    pieces = (piece for cell in cells for line in cell.lines for piece in line)
    yield from (piece.anchor for piece in pieces if isinstance(piece, Link))


FOUR_LEVELS = """
mål:
  - id: kf
    nr: 1
    typ: KF:s inriktningsmål
    namn: Modern kommun
    mål:
      - id: namnd
        nr: 1.1
        typ: nämndmål
        namn: Stöd i tid
        förväntat_resultat: Ingen väntar.
        mål:
          - id: enhet
            typ: enhetsmål
            namn: Barn hörs
            beskrivning: |
              Målet gäller

              - barn
              - unga
            förväntat_resultat: |
              Barnen får tala.
              De får svar.
            bidrar_till: [annat]
            indikatorer: [horda]
            aktiviteter:
              - id: utbildning
                typ: enhetens aktivitet
                namn: Utbilda alla
                start: 2026-02-01
                slut: 2026-06-30
                indikatorer: [deltagare]
              - id: samverkan
                typ: KF:s aktivitet
                namn: Samverka med skolan
                slut: 2026-12-31
              - id: enkat
                namn: Fråga barnen
  - id: annat
    typ: KF:s inriktningsmål
    namn: Nöjda barn
  - id: tyst
    namn: Inget sägs
indikatorer:
  - id: horda
    namn: Hörda barn
    målvärden:
      nämnden: minst 10
  - id: deltagare
    namn: Deltagare
uppföljning:
  2026:
    enhet:
      uppfyllelse: delvis
      text: Fler barn hörs.
    horda: Fler än i fjol.
    utbildning:
      läge: klar
      text: Alla har gått den.
    samverkan:
      läge: pågår
      tidplan: försenad
      slut: 2027-06-30
      text: Skolan vill vänta.
    annat:
      text: Barnen är nöjda.
"""
FOUR_LEVELS_DATA = rows("horda;2026;12", "deltagare;2026;30")
FOUR_LEVELS_TOLD = """
### KF:s inriktningsmål: 1 Modern kommun
#### Nämndmål: 1.1 Stöd i tid
Förväntat resultat: Ingen väntar.
##### Enhetsmål: Barn hörs
Bidrar till: KF:s inriktningsmål: Nöjda barn
Uppfyllelse: delvis
Beskrivning
Målet gäller
Förväntat resultat
Barnen får tala.
Uppföljning
Fler barn hörs.
[Hörda barn]
Fler än i fjol.
[Aktiviteter]
###### Aktivitet: Utbilda alla
Alla har gått den.
Deltagare, 2026: 30. Källa: 0.csv rad 3.
###### Aktivitet: Samverka med skolan
Skolan vill vänta.
### KF:s inriktningsmål: Nöjda barn
Barnen är nöjda.
"""
ACTIVITIES = """
Aktivitet | Läge | Tidplan | Start | Slut
Utbilda alla / enhetens aktivitet | klar | – | 1 februari 2026 | 30 juni 2026
Samverka med skolan / KF:s aktivitet | pågår | försenad | – | \
30 juni 2027, flyttat från 31 december 2026
Fråga barnen | – | – | – | –
"""


def test_goal_by_goal_each_below_the_one_it_belongs_to() -> None:
    blocks = tree(small(FOUR_LEVELS, FOUR_LEVELS_DATA))
    assert followed_up(blocks) == FOUR_LEVELS_TOLD.strip()


def test_the_activities_of_a_goal_stand_in_a_table_also_those_of_which_nothing_is_said() -> None:
    blocks = tree(small(FOUR_LEVELS, FOUR_LEVELS_DATA))
    table = next(b for b in blocks if isinstance(b, Table) and b.caption == "Aktiviteter")
    assert drawn(table) == ACTIVITIES.strip()
    assert [*links(table)] == ["utbildning", "samverkan"]


def test_the_overview_leads_to_each_goal_of_which_there_is_more_to_tell() -> None:
    table = overview(tree(small(FOUR_LEVELS, FOUR_LEVELS_DATA)))
    assert (
        indented(table)
        == "1 Modern kommun\n  1.1 Stöd i tid\n    Barn hörs\nNöjda barn\nInget sägs"
    )
    assert [*links(table)] == ["kf", "namnd", "enhet", "annat"]


def test_a_goal_stands_out_from_the_activities_of_its_level() -> None:
    blocks = tree(small(FOUR_LEVELS, FOUR_LEVELS_DATA))
    marked = {block.anchor: block.of_goal for block in blocks if isinstance(block, Heading)}
    assert (marked["enhet"], marked["utbildning"]) == (True, False)


UNIT_OVERVIEW = """
Mål | Uppfyllelse | Bidrar till
Barn och unga växer upp tryggt / inriktningsmål | – | –
Stödet kommer i rätt tid / nämndmål | helt (1 av 1 indikator når målet) | –
Varje barn blir hört / enhetsmål | helt (2 av 2 indikatorer når målen) | Stödet kommer i rätt tid
"""


def test_the_overview_of_a_report_that_follows_up_the_goals_itself() -> None:
    assert drawn(overview(tree(unit(), "2026-T2"))) == UNIT_OVERVIEW.strip()


EVERY_KIND = """
mål:
  - id: vision
    typ: vision
    namn: Trygghet
    mål:
      - id: m
        nr: 1
        typ: mål
        namn: Säker vård
        beskrivning: |
          Det gäller

          - läkemedel
          - fall
        aktiviteter: [a]
        egenkontroller: [k]
        indikatorer: [fall]
aktiviteter:
  - id: a
    namn: Utbilda
risker:
  - id: r
    nr: 1.1
    namn: Larmet tystnar
    mål: m
    åtgärder: [reservkraft]
    egenkontroller: [prov]
åtgärder:
  - id: reservkraft
    namn: Reservkraft
    egenkontroller: [k]
  - id: halkskydd
    namn: Halkskydd
egenkontroller:
  - id: k
    namn: Journaler
    indikatorer: [granskade]
  - id: prov
    typ: internkontroll
    namn: Larmprov
avvikelser:
  - id: d
    namn: Fallen
    åtgärder: [halkskydd]
indikatorer:
  - id: fall
    namn: Fall
  - id: granskade
    namn: Granskade
  - id: ensam
    namn: Ensam
uppföljning:
  2026:
    m: Om målet.
    a: Om aktiviteten.
    r: Om risken.
    reservkraft: Om reservkraften.
    k: Om journalerna.
    prov: Om provet.
    d: Om fallen.
    halkskydd: Om halkskydden.
    granskade: Om de granskade.
"""
A_SECTION_EACH = {
    "målträd": """
[Mål, 2026]
### Vision: Trygghet
#### Mål: 1 Säker vård
Beskrivning
Det gäller
Uppföljning
Om målet.
Fall, 2026: 3. Källa: 0.csv rad 2.
Redovisas i avsnittet EGENKONTROLLER: Journaler.
Redovisas i avsnittet PLANTABELL: 1.1 Larmet tystnar.
##### Aktivitet: Utbilda
Om aktiviteten.
""",
    "plantabell": """
[Mål, risker och åtgärder med status, 2026]
### 1.1 Larmet tystnar
Mål: 1 Säker vård
Risknivå: nivå inte angiven
Om risken.
Redovisas i avsnittet INTERNKONTROLL: Larmprov.
#### Åtgärd: Reservkraft
Om reservkraften.
Redovisas i avsnittet EGENKONTROLLER: Journaler.
""",
    "egenkontroller": """
[Egenkontroller, 2026]
### Egenkontroll: Journaler
Om journalerna.
Granskade, 2026: 5. Källa: 0.csv rad 3.
Om de granskade.
""",
    "internkontroll": """
[Intern kontroll, 2026]
### Internkontroll: Larmprov
Om provet.
""",
    "avvikelser": """
### Avvikelser: Fallen
Om fallen.
#### Åtgärd: Halkskydd
Om halkskydden.
""",
}
OF_INDICATORS = """
Ensam, 2026: 1. Källa: 0.csv rad 4.
Redovisas i avsnittet EGENKONTROLLER: Granskade.
Redovisas i avsnittet MÅLTRÄD: Fall.
"""
NOT_SAID_AGAIN = {
    "Redovisas i avsnittet EGENKONTROLLER: Journaler.": "Redovisas ovan: egenkontrollen Journaler.",
    "Redovisas i avsnittet INTERNKONTROLL: Larmprov.": "Redovisas ovan: egenkontrollen Larmprov.",
}
"""What is said where that section has been told already."""


@given(st.permutations([*A_SECTION_EACH, "indikatorer"]))
def test_every_kind_of_thing_is_told_in_its_own_section_wherever_that_stands(
    parts: list[str],
) -> None:
    csv = rows("fall;2026;3", "granskade;2026;5", "ensam;2026;1")
    found = outline(whole(small(EVERY_KIND, csv), *parts).blocks)
    for again, above in NOT_SAID_AGAIN.items():
        found = found.replace(above, again)
    told = dict(zip(parts, re.split(r"^## .*\n", found, flags=re.MULTILINE)[1:], strict=True))
    of_indicators = told.pop("indikatorer").splitlines()
    assert sorted(of_indicators) == sorted(OF_INDICATORS.strip().splitlines())
    assert {part: text.strip() for part, text in told.items()} == {
        part: text.strip() for part, text in A_SECTION_EACH.items()
    }


RULE = (
    "Uppfyllelsen är räknad där det inte står bedömd: andelen av målets egna indikatorer som når "
    "sina målvärden. Inte från 0 %, delvis från 50 %, helt från 100 %."
)
JUDGED = """
mål:
  - id: a
    namn: A
uppföljning:
  2026:
    a:
      uppfyllelse: helt
"""


@pytest.mark.parametrize(
    ("plan", "at", "fulfilled", "rule"),
    [
        pytest.param(
            unit(), "2026-T2", "helt (2 av 2 indikatorer når målen)", [RULE], id="reckoned"
        ),
        pytest.param(board(), "2026-T2", "delvis (bedömd)", [RULE], id="judged beside reckoned"),
        pytest.param(
            small(JUDGED), "2026", "helt", [], id="judged on a scale that is never reckoned"
        ),
    ],
)
def test_how_fulfilment_is_reckoned_is_said_where_it_is(
    plan: Plan, at: str, fulfilled: str, rule: list[str]
) -> None:
    table = overview(tree(plan, at))
    assert fulfilled in drawn(table)
    assert [said(note) for note in table.notes] == rule


ONE = """
mål:
  - id: m
    namn: M
    aktiviteter:
      - id: a
        namn: A
        typ: nämndens aktivitet
        start: 2026-03
"""
SAID = "uppföljning:\n  2026:\n    a:\n      läge: ej aktuell\n      text: Berör inte enheten.\n"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param(
            ONE + SAID,
            "### Mål: M\n#### Aktivitet: A\nTyp: nämndens aktivitet\nLäge: ej aktuell\n"
            "Tid: från mars 2026\nBerör inte enheten.",
            id="a single activity says all under its heading",
        ),
        pytest.param(ONE.replace("2026-03", "2027"), "### Mål: M\n[Aktiviteter]", id="to come"),
        pytest.param(
            "mål:\n  - id: m\n    namn: M\n    aktiviteter:\n      - id: a\n        namn: A\n",
            "### Mål: M\n[Aktiviteter]",
            id="only the name",
        ),
    ],
)
def test_a_single_activity_needs_a_table_only_where_there_is_nothing_to_tell(
    yaml: str, expected: str
) -> None:
    assert followed_up(tree(small(yaml))) == expected


TWO_OWNERS = """
mål:
  - id: ena
    namn: Ena
    mål:
      - id: delat
        namn: Delat
        aktiviteter:
          - id: b
            namn: B
  - id: andra
    namn: Andra
    mål: [delat]
    aktiviteter: [b]
uppföljning:
  2026:
    delat: Ord om målet.
    b: Ord om B.
"""
TWO_OWNERS_TOLD = """
### Mål: Ena
#### Mål: Delat
Bidrar till: Mål: Andra
Ord om målet.
##### Aktivitet: B
Ord om B.
### Mål: Andra
Redovisas ovan: aktiviteten B under målet Delat; målet Delat under målet Ena.
"""


def test_what_belongs_to_two_is_told_under_the_first_and_named_under_the_second() -> None:
    blocks = tree(small(TWO_OWNERS))
    assert followed_up(blocks) == TWO_OWNERS_TOLD.strip()
    assert indented(overview(blocks)) == "Ena\n  Delat\nAndra"


def deep(levels: int) -> str:
    lines = []
    for level in range(levels):
        lines += [f"{'    ' * level}mål:", f"{'    ' * level}  - id: m{level}"]
        lines.append(f"{'    ' * level}    namn: M{level}")
    return "\n".join([*lines, "uppföljning:", "  2026:", f"    m{levels - 1}: Ord.", ""])


SIX_LEVELS = """
### Mål: M0
#### Mål: M1
##### Mål: M2
###### Mål: M3
####### Mål: M4
Hör till: Mål: M3
######## Mål: M5
Hör till: Mål: M4
Ord.
"""


def test_below_the_lowest_heading_it_is_said_what_a_goal_belongs_to() -> None:
    assert followed_up(tree(small(deep(6)))) == SIX_LEVELS.strip()


RING = """
mål:
  - id: a
    namn: A
    mål: [b]
  - id: b
    namn: B
    mål: [a]
uppföljning:
  2026:
    b: Ord.
"""


def test_goals_below_each_other_in_a_ring_are_told_once() -> None:
    blocks = tree(small(RING))
    assert indented(overview(blocks)) == "A\n  B"
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Mål: A", "Mål: B"]


def test_goals_in_a_long_row_and_beside_each_other_are_told() -> None:
    many = "".join(f"  - id: g{n}\n    namn: G\n    mål: [g{n + 1}]\n" for n in range(300))
    yaml = f"mål:\n{many}  - id: g300\n    namn: Sist\nuppföljning:\n  2026:\n    g300: Ord.\n"
    headings = [block for block in tree(small(yaml)) if isinstance(block, Heading)]
    assert (len(headings), headings[-1].text) == (301, "Mål: Sist")


WITH_RISKS = """
mål:
  - id: m
    namn: M
risker:
  - id: r
    namn: R
    mål: m
  - id: s
    namn: S
  - id: k
    namn: K
    mål: m
    egenkontroller:
      - id: intern
        namn: Intern
        typ: internkontroll
åtgärder:
  - id: los
    namn: Lös
uppföljning:
  2026:
    r:
      nivå: gul
    intern: Ord.
"""
RISKS_TOLD = """
### Mål: M
#### Risk: R
Risknivå: gul
#### Risk: K
Risknivå: nivå inte angiven
##### Internkontroll: Intern
Ord.
### Utan mål
#### Risk: S
Risknivå: nivå inte angiven
[Åtgärder]
"""
LEFT_TO_CONTROL = """
### Mål: M
#### Risk: R
Risknivå: gul
### Utan mål
#### Risk: S
Risknivå: nivå inte angiven
[Åtgärder]
"""


def test_a_list_that_the_plan_table_cannot_hold_stands_under_its_goal() -> None:
    goals = EVERY_KIND.replace("    m: Om målet.\n", "")
    found = whole(small(goals), "plantabell")
    table = overview(found.blocks[1:])
    assert said(table.bodies[0].headings[1]) == "Mål: 1 Säker vård"
    assert Prose("Det gäller\n\n- läkemedel\n- fall", 3) in found.blocks


def test_what_looks_like_its_owner_says_what_it_belongs_to() -> None:
    deep = "    mål: [c]\n  - id: c\n    namn: C\n    mål: [d]\n  - id: d\n    namn: D\n"
    work = "    aktiviteter: [e]\naktiviteter:\n  - id: e\n    namn: E\n    egenkontroller: [f]\n"
    yaml = (
        f"mål:\n  - id: a\n    namn: A\n    mål: [b]\n  - id: b\n    namn: B\n{deep}{work}"
        "egenkontroller:\n  - id: f\n    namn: F\n"
        "uppföljning:\n  2026:\n    d: Om D.\n    e: Om E.\n    f: Om F.\n"
    )
    assert followed_up(tree(small(yaml))).endswith(
        "##### Mål: C\n"
        "###### Mål: D\nOm D.\n"
        "####### Aktivitet: E\nHör till: Mål: D\nOm E.\n"
        "######## Egenkontroll: F\nHör till: Aktivitet: E\nOm F."
    )


def test_the_risks_of_a_goal_are_told_with_it() -> None:
    assert followed_up(tree(small(WITH_RISKS))) == RISKS_TOLD.strip()


def test_what_internal_controls_are_for_is_left_to_their_section() -> None:
    found = whole(small(WITH_RISKS), "målträd", "internkontroll")
    control = next(
        n for n, b in enumerate(found.blocks) if b == Heading(2, "INTERNKONTROLL", "avsnitt-1")
    )
    assert followed_up(found.blocks[1:control]) == LEFT_TO_CONTROL.strip()
    assert "### Internkontroll: Intern" in outline(found.blocks[control:])


CHECKED = """
mål:
  - id: m
    namn: M
    aktiviteter:
      - id: a
        namn: A
        egenkontroller: [yttre]
egenkontroller:
  - id: yttre
    namn: Yttre
    egenkontroller:
      - id: inre
        namn: Inre
uppföljning:
  2026:
    a: Ord.
    inre: Inre ord.
    yttre: Yttre ord.
"""


def test_a_check_is_told_in_its_own_section_if_there_is_one_to_come() -> None:
    at_goal = "Egenkontroll: Yttre\nYttre ord.\n###### Egenkontroll: Inre\nInre ord."
    assert at_goal in followed_up(tree(small(CHECKED)))
    found = whole(small(CHECKED), "målträd", "egenkontroller")
    (note,) = (block for block in found.blocks if isinstance(block, Note))
    assert said(note.line) == "Redovisas i avsnittet EGENKONTROLLER: Yttre."
    assert Link("EGENKONTROLLER", "avsnitt-1") in note.line
    headings = [block.text for block in found.blocks if isinstance(block, Heading)]
    assert headings[-2:] == ["Egenkontroll: Yttre", "Egenkontroll: Inre"]


def test_a_check_within_another_stands_below_it() -> None:
    yaml = CHECKED[CHECKED.index("egenkontroller:\n  - id: yttre") :].replace("    a: Ord.\n", "")
    found = whole(small(yaml), "egenkontroller")
    told = [(b.level, b.text) for b in found.blocks if isinstance(b, Heading)]
    assert told[1:] == [(3, "Egenkontroll: Yttre"), (4, "Egenkontroll: Inre")]


def test_what_a_step_means_is_said_where_the_report_first_has_it() -> None:
    yaml = """
mål:
  - id: m
    namn: M
    aktiviteter:
      - id: a
        namn: A
      - id: b
        namn: B
  - id: n
    namn: N
    aktiviteter:
      - id: c
        namn: C
      - id: d
        namn: D
skalor:
  prioritet:
    - namn: hög
      beskrivning: Före jul
    - namn: låg
uppföljning:
  2026:
    a:
      prioritet: hög
    c:
      prioritet: låg
"""
    found = whole(small(yaml), "målträd")
    legends = [block for block in found.blocks if isinstance(block, Legend)]
    assert [(each.title, len(each.entries)) for each in legends] == [("Prioritet", 2)]


def test_a_part_says_in_the_table_what_it_says_otherwise() -> None:
    work = "    aktiviteter:\n      - id: a\n        namn: A\n        slut: 2026-12-31\n"
    goal = f"mål:\n  - id: m\n    namn: M\n{work}      - id: b\n        namn: B\n"
    said_of = "uppföljning:\n  2026:\n    a:\n      läge: pågår\n"
    of = gathered(hel=goal + said_of, ena=said_of + "      slut: 2027-03-31\n")
    table = next(
        b
        for b in tree(of.plans["hel"], of=of)
        if isinstance(b, Table) and b.notes == () and b.caption == "Aktiviteter"
    )
    assert drawn(table).splitlines()[1] == (
        "A | pågår / ena: pågår | 31 december 2026 "
        "/ ena: 31 mars 2027, flyttat från 31 december 2026"
    )


def test_what_the_whole_has_moved_is_not_moved_back_by_its_parts() -> None:
    work = "    aktiviteter:\n      - id: a\n        namn: A\n        slut: 2026-06-30\n"
    moved = "uppföljning:\n  2026:\n    a:\n      läge: pågår\n      slut: 2027-03-31\n"
    going_on = "uppföljning:\n  2026:\n    a:\n      tidplan: följer tidplan\n"
    of = gathered(hel=f"mål:\n  - id: m\n    namn: M\n{work}{moved}", ena=going_on, andra="")
    facts = outline(tree(of.plans["hel"], of=of)).splitlines()
    assert "Tid: till 31 mars 2027, flyttat från 30 juni 2026" in facts


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("Ett stycke\npå två rader.\n\nEtt till.", ["Ett stycke på två rader.", "Ett till."]),
        ("Gäller\n\n- barn\n- unga\n  och vuxna", ["Gäller", "• barn", "• unga och vuxna"]),
        ("# Rubrik\nText.\n1. Först\n2. Sedan", ["Rubrik", "Text.", "1. Först", "2. Sedan"]),
        (
            "**Barn** och _unga_, se [lagen](https://a.se) och `kod`.",
            ["Barn och unga, se lagen och kod."],
        ),
        ("2 * 3 * 4, fil_namn_ett, 5\\*", ["2 * 3 * 4, fil_namn_ett, 5*"]),
        ("", []),
    ],
)
def test_what_describes_a_thing_is_a_line_a_paragraph_in_a_cell(
    markdown: str, lines: list[str]
) -> None:
    assert [said(line) for line in as_lines(markdown)] == lines


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("Målet gäller barn.\n", True),
        ("Målet gäller\nbarn.", False),
        ("- Barn", False),
        ("Målet **gäller**.", False),
        ("1. Barn", False),
        ("År 2026. Barn - och unga + vuxna.", True),
    ],
)
def test_one_plain_line_is_brief(text: str, brief: bool) -> None:
    assert is_brief(text) == brief


def test_figures_in_a_description_stand_as_they_are_written() -> None:
    goal = "mål:\n  - id: m\n    namn: M\n    förväntat_resultat: |\n"
    yaml = f"{goal}      Minst\n      \\{{{{ 3 }}}} av 4.\n"
    (prose,) = (block for block in tree(small(yaml)) if isinstance(block, Prose))
    assert prose.markdown == "Minst\n\\{{ 3 }} av 4."
