"""What has changed since the last report: what is news to a reader, and how it is said."""

from __future__ import annotations

import pytest
from drawing import drawn, said
from examples import board, gathered, havsnäs, plain, rows, small, unit

from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.view.changes import changes
from kvalitet.view.document import Block, Legend, Note, Table
from kvalitet.view.scene import scene


def changed(plan: Plan, at: str = "2026-T2", of: Register | None = None) -> str:
    """The table of changes without its head, or the notes that stand in its place."""
    blocks = blocks_of(plan, at, of)
    tables = [drawn(block).partition("\n")[2] for block in blocks if isinstance(block, Table)]
    return "\n".join(tables or [said(block.line) for block in blocks if isinstance(block, Note)])


def blocks_of(plan: Plan, at: str, of: Register | None = None) -> list[Block]:
    reports = havsnäs().reports["lagesrapport"]
    here = scene(plan, reports, Period.parse(at), of or Register({plan.mapp: plan}))
    return list(changes(here))


UNIT = """
Risker
1.1 Våld i nära relationer upptäcks inte | kritisk (3 stor × 4 hög = 12) \
| ↓ sänkt till förhöjd (2 liten × 4 hög = 8)
1.2 Erfarna handläggare slutar | förhöjd (2 liten × 3 betydlig = 6) \
| ↑ höjd till kritisk (3 stor × 3 betydlig = 9)
Mål
Stödet kommer i rätt tid | Uppfyllelse: inte (0 av 1 indikator når målet) \
| Uppfyllelse: helt (1 av 1 indikator når målet)
Varje barn blir hört | Uppfyllelse: inte (0 av 1 indikator når målet) \
| Uppfyllelse: helt (2 av 2 indikatorer når målen)
Åtgärder och aktiviteter
Längre introduktion för nya handläggare | följer tidplan | försenad
slut 31 december 2026 | slut 31 mars 2027
Utse mentorer | ej påbörjad | pågår
Egenkontroller
Granskning av journaler | ej påbörjad | klar
inte bedömd | mindre anmärkning, tertial 2 2026
Avvikelser
Interna avvikelser | händelseanalys (3 stor × 3 betydlig) \
| ↓ sänkt till fördjupad utredning (2 liten × 3 betydlig)
Målvärden
Andel där barnet hördes, nämnden | tertial 1 2026: minst 50 % | 2026: minst 60 %
Nya definitioner
Barn i familjehem med minst fyra enskilda samtal på ett år | Alla samtal med barnet räknas. \
| Bara samtal utan andra vuxna i rummet räknas.
Ändrade värden för tidigare perioder
Barnet hördes, mars 2026 | 20 | 22 / Två samtal skrevs in efter tertialets slut.
Barnet hördes, tertial 1 2026 | 71 | 73
Andel där barnet hördes, tertial 1 2026 | 71 av 132, 54 % | 73 av 132, 55 %
Prognoser
Sjukfrånvaro, 2026 | 6,9 % | 6,5 % / Lägre frånvaro i sommar än väntat.
"""
BOARD = """
Risker
1 Våld i nära relationer upptäcks inte, Barn och familj | kritisk (3 stor × 4 hög = 12) \
| ↓ sänkt till förhöjd (2 liten × 4 hög = 8)
Mål
Barn och unga växer upp tryggt | – | Uppfyllelse: delvis (bedömd)
Stödet kommer i rätt tid, Barn och familj | Uppfyllelse: inte (0 av 1 indikator når målet) \
| Uppfyllelse: helt (1 av 1 indikator når målet)
Prognoser
Sjukfrånvaro, Barn och familj, 2026 | 6,9 % | 6,5 % / Lägre frånvaro i sommar än väntat.
"""


@pytest.mark.parametrize(("plan", "expected"), [(unit(), UNIT), (board(), BOARD)])
def test_all_that_has_changed_in_havsnäs(plan: Plan, expected: str) -> None:
    assert changed(plan, of=havsnäs()) == expected.strip()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-T1", "Det finns ingen tidigare rapport att jämföra med."),
        ("2026-T3", "Inget av det som gällde tertial 2 2026 har ändrats."),
    ],
)
def test_nothing_to_tell(at: str, expected: str) -> None:
    assert changed(unit(), at) == expected


def test_the_legends_of_what_the_table_shows() -> None:
    legends = [block for block in blocks_of(unit(), "2026-T2") if isinstance(block, Legend)]
    assert [(each.title, [badge.namn for badge, _ in each.entries]) for each in legends] == [
        ("Risknivåer", ["låg", "förhöjd", "kritisk"]),
        ("Läge", ["ej påbörjad", "pågår", "klar"]),
        ("Tidplan", ["följer tidplan", "risk för försening", "försenad"]),
        ("Uppfyllelse", ["inte", "delvis", "helt"]),
    ]


THINGS = """
risker:
  - id: r
    namn: Risk
    åtgärder: [m, n]
  - id: s
    namn: Annan
åtgärder:
  - id: m
    namn: Åtgärd
  - id: n
    namn: Ny
egenkontroller:
  - id: k
    namn: Kontroll
uppföljning:
"""
T1, T2 = "  2026-T1:\n", "  2026-T2:\n"
HIGH = "    r:\n      sannolikhet: sannolik\n      allvarlighetsgrad: hög\n"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param(
            HIGH,
            "    s:\n      nivå: gul\n",
            "Risker\nAnnan | inte bedömd | ny: gul",
            id="a first level, where other risks had one",
        ),
        pytest.param(
            "    m:\n      läge: pågår\n",
            HIGH,
            "Inget av det som gällde tertial 1 2026 har ändrats.",
            id="the first levels of all are no change",
        ),
        pytest.param(
            HIGH,
            "    r:\n      sannolikhet: möjlig\n",
            "Risker\nRisk | röd (4 sannolik × 4 hög = 16) "
            "| fortfarande röd (3 möjlig × 4 hög = 12)",
            id="other ranks, the same level",
        ),
        pytest.param(
            HIGH,
            "    r:\n      läge: avslutad\n",
            "Risker\nRisk | – | avslutad",
            id="a risk that is closed",
        ),
        pytest.param(
            "    s:\n      sannolikhet: möjlig\n",
            "    s:\n      sannolikhet: sannolik\n",
            "Risker\nAnnan | Sannolikhet: möjlig | Sannolikhet: sannolik",
            id="one rank, and no level",
        ),
        pytest.param(
            "    m:\n      läge: pågår\n",
            "    m:\n      läge: klar\n    n:\n      läge: ej påbörjad\n",
            "Åtgärder och aktiviteter\nÅtgärd | pågår | klar\nNy | – | ej påbörjad",
            id="a measure begins to be followed up as others were",
        ),
        pytest.param(
            HIGH,
            "    m:\n      läge: pågår\n      tidplan: följer tidplan\n",
            "Inget av det som gällde tertial 1 2026 har ändrats.",
            id="the first follow-up of all measures is no change",
        ),
        pytest.param(
            "    m:\n      läge: pågår\n",
            "    m:\n      tidplan: försenad\n    n:\n      läge: avbruten\n",
            "Åtgärder och aktiviteter\nÅtgärd | – | försenad\nNy | – | avbruten",
            id="a first state that is not as expected",
        ),
        pytest.param(
            "    m:\n      läge: pågår\n      tidplan: försenad\n",
            "    m:\n      läge: klar\n      tidplan: följer tidplan\n",
            "Åtgärder och aktiviteter\nÅtgärd | pågår | klar",
            id="what is finished has no more time to keep",
        ),
        pytest.param(
            "    k:\n      kontrollresultat: anmärkning\n",
            "    k:\n      kontrollresultat: utan anmärkning\n",
            "Egenkontroller\nKontroll | anmärkning, tertial 1 2026 "
            "| utan anmärkning, tertial 2 2026",
            id="another result in the next round",
        ),
        pytest.param(
            "    k:\n      kontrollresultat: anmärkning\n",
            "    k:\n      kontrollresultat: anmärkning\n",
            "Inget av det som gällde tertial 1 2026 har ändrats.",
            id="the same result in the next round",
        ),
        pytest.param(
            HIGH,
            "    m:\n      slut: 2026-12\n",
            "Åtgärder och aktiviteter\nÅtgärd | – | slut december 2026",
            id="a first end",
        ),
        pytest.param(
            "    m:\n      slut: 2026\n",
            "    m:\n      slut: 2026-12-31\n",
            "Inget av det som gällde tertial 1 2026 har ändrats.",
            id="the same end in other words",
        ),
    ],
)
def test_what_is_news(before: str, now: str, expected: str) -> None:
    assert changed(small(f"{THINGS}{T1}{before}{T2}{now}")) == expected


def test_a_risk_that_leaves_the_report_is_told_of_a_last_time() -> None:
    yaml = f"{THINGS}{T1}    r:\n      nivå: gul\n      läge: pågår\n    m:\n      läge: pågår\n"
    yaml += "  2027-T1:\n    r:\n      nivå: grön\n    m:\n      läge: klar\n"
    plan = small(yaml, head="  urval: gul\n")
    left = "Risker\nRisk | gul | ↓ sänkt till grön. Ingår inte längre i rapporten"
    assert changed(plan, "2027-T1") == left
    assert "Link(" not in repr(blocks_of(plan, "2027-T1"))  # the report has no place for it
    assert changed(plan, "2027-T2").startswith("Inget av det som gällde tertial 1 2027")


DECIDED = """
risker:
  - id: r
    namn: R
uppföljning:
  2026-T2:
    r:
      nivå: gul
"""


@pytest.mark.parametrize(
    ("said_before", "expected"),
    [
        (
            "2026-T1",
            [
                "Ändrat sedan tertial 1 2026",
                "Vad | Tertial 1 2026 | Tertial 2 2026",
                "Risker",
                "R | röd | ↓ sänkt till gul",
            ],
        ),
        (
            "2026-04-30",
            [
                "Det finns ingen rapport för tertial 1 2026 att jämföra med.",
                "Ändrat under tertial 2 2026",
                "Vad | Före tertial 2 2026 | Tertial 2 2026",
                "Risker",
                "R | röd | ↓ sänkt till gul",
            ],
        ),
    ],
)
def test_what_was_said_at_a_decision_is_not_called_a_report(
    said_before: str, expected: list[str]
) -> None:
    plan = small(f"{DECIDED}  {said_before}:\n    r:\n      nivå: röd\n")
    shown: list[str] = []
    for block in blocks_of(plan, "2026-T2"):
        if isinstance(block, Note):
            shown.append(said(block.line))
        elif isinstance(block, Table):
            shown += plain(f"{block.caption}\n{drawn(block)}").splitlines()
    assert shown == expected


TARGETS = """
indikatorer:
  - id: a
    namn: A
    målvärden:
      nämnden:
        2026-T1: minst 5
        2026: minst 6
      KF:
        2026-T1: minst 4
      enheten:
        2026-T2: högst 9
uppföljning:
  2026-T1:
    a: Ord.
"""


def test_targets_begin_end_and_change() -> None:
    data = rows("a;2026-T1;5", "a;2026-T2;7")
    assert changed(small(TARGETS, data)).splitlines() == [
        "Målvärden",
        "A, nämnden | tertial 1 2026: minst 5 | 2026: minst 6",
        "A, KF | tertial 1 2026: minst 4 | –",
    ]


def test_a_goal_is_told_before_those_below_it() -> None:
    of = small("""
mål:
  - id: hel
    nr: 1
    namn: Hel
    mål:
      - id: del-ett
        nr: 1.1
        namn: Ett
uppföljning:
  2026-T1:
    hel:
      uppfyllelse: inte
    del-ett:
      uppfyllelse: inte
  2026-T2:
    hel:
      uppfyllelse: delvis
    del-ett:
      uppfyllelse: helt
""")
    assert changed(of).splitlines() == [
        "Mål",
        "1 Hel | Uppfyllelse: inte | Uppfyllelse: delvis",
        "1.1 Ett | Uppfyllelse: inte | Uppfyllelse: helt",
    ]


def test_a_whole_that_says_nothing_itself_tells_what_its_part_has_changed() -> None:
    said = (
        "uppföljning:\n  2026-T1:\n    r:\n      nivå: röd\n  2026-T2:\n    r:\n      nivå: gul\n"
    )
    of = gathered(hel="risker:\n  - id: r\n    namn: R\n", enhet=said)
    assert changed(of.plans["hel"], of=of) == "Risker\nR, enhet | röd | ↓ sänkt till gul"


def test_a_target_that_a_part_inherits_is_told_once() -> None:
    of = gathered(hel=TARGETS, enhet="")
    expected = [
        "Målvärden",
        "A, nämnden | tertial 1 2026: minst 5 | 2026: minst 6",
        "A, KF | tertial 1 2026: minst 4 | –",
    ]
    assert changed(of.plans["hel"], of=of).splitlines() == expected


DEFINED = """
indikatorer:
  - id: a
    namn: A
    beskrivning:
      2026-T1: Alla samtal.
      2026-T2: Bara möten.
uppföljning:
  2025-T3:
    a: Ord.
  2026-T2:
    a: Ord.
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-T1", ["Inget av det som gällde tertial 3 2025 har ändrats."]),
        ("2026-T2", ["Nya definitioner", "A | Alla samtal. | Bara möten."]),
        ("2026-T3", ["Inget av det som gällde tertial 2 2026 har ändrats."]),
    ],
)
def test_a_new_definition_is_told_when_it_begins(at: str, expected: list[str]) -> None:
    assert changed(small(DEFINED), at).splitlines() == expected


def test_a_definition_that_a_part_inherits_is_told_once() -> None:
    of = gathered(hel=DEFINED, enhet="")
    expected = ["Nya definitioner", "A | Alla samtal. | Bara möten."]
    assert changed(of.plans["hel"], of=of).splitlines() == expected


CORRECTED = """
indikatorer:
  - id: a
    namn: A
    måttenhet: procent
uppföljning:
  2026-T1:
    a: Ord.
"""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (("a;2026-T1;;28 av 44;;", "a;2026-T2;;20 av 40;;"), []),
        (
            ("a;2026-T1;;28 av 44;;", "a;2026-T1;;30 av 44;2026-T2;Sent svar"),
            ["A, tertial 1 2026 | 28 av 44, 64 % | 30 av 44, 68 % / Sent svar."],
        ),
        (
            ("a;2026-T1;;u.s.;;", "a;2026-T1;;30 av 44;2026-T2;Nu räknad"),
            ["A, tertial 1 2026 | uppgift saknas | 30 av 44, 68 % / Nu räknad."],
        ),
        (
            ("a;2026-T1;män;28 av 44;;", "a;2026-T1;män;30 av 44;2026-T2;Sent svar"),
            ["A, män, tertial 1 2026 | 28 av 44, 64 % | 30 av 44, 68 % / Sent svar."],
        ),
        (("a;2026-T1;;28 av 44;;", "a;2026-T1;;x;2026-T2;Få fall"), []),
    ],
)
def test_figures_that_were_told_otherwise(data: tuple[str, ...], expected: list[str]) -> None:
    csv = rows(*data, columns="indikator;period;kön;värde;gäller_från;anm")
    assert changed(small(CORRECTED, csv)).splitlines()[1:] == expected
