"""Whole reports, as they were last accepted, and what holds for every report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from drawing import drawn
from examples import small

from kvalitet import resources
from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.render import FORMATS, Format, render
from kvalitet.shape import check
from kvalitet.view import document
from kvalitet.view.document import Document, Heading, Inline, Link, Matrix, Prose, Table

TESTS = Path(__file__).resolve().parent
GOLDEN = TESTS / "golden"
REPORTS = [
    ("nacka-barn-och-familj", "2020-T1", "atgardsplan"),
    ("nacka-barn-och-familj", "2020-T2", "atgardsplan"),
    ("barn-och-familj", "2026-T1", "lagesrapport"),
    ("barn-och-familj", "2026-T2", "lagesrapport"),
    ("socialnamnden", "2026-T1", "lagesrapport"),
    ("socialnamnden", "2026-T2", "lagesrapport"),
]
PRINT_TWICE = """
from test_reports import REPORTS, page
for plan, period, report in REPORTS[1::2]:
    print(page(plan, period, report, "html"), page(plan, period, report, "md"))
"""


@cache
def register(folder: Path) -> Register:
    return load(folder).register


def told(plan: str, period: str, report: str) -> Document:
    """The report of an example plan: of this repository, or of Havsnäs."""
    here, havsnäs = register(TESTS.parent), register(TESTS / "havsnas")
    of = here if plan in here.plans else havsnäs
    return document(of.plans[plan], report, Period.parse(period), of, "0123456789ab")


def page(plan: str, period: str, report: str, format: Format) -> str:
    return render(told(plan, period, report), format, [resources.templates()])


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("plan", "period", "report"), REPORTS)
def test_a_report_is_the_one_last_accepted(
    plan: str, period: str, report: str, format: Format, request: pytest.FixtureRequest
) -> None:
    accepted = GOLDEN / f"{plan}-{period}-{report}.{format}"
    now = page(plan, period, report, format)
    if request.config.getoption("--update-golden"):
        accepted.write_text(now, "utf-8", newline="\n")
    assert now == accepted.read_text("utf-8")


def test_the_same_sources_give_the_same_bytes_whatever_the_machine() -> None:
    machines = [("0", "UTC", "C.UTF-8"), ("42", "Asia/Tokyo", "sv_SE.UTF-8")]
    pages = [
        subprocess.run(
            [sys.executable, "-c", PRINT_TWICE],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
            | {"PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, locale in machines
    ]
    assert len(pages[0]) > 100_000
    assert pages[0] == pages[1]


@pytest.mark.parametrize(("plan", "period", "report"), REPORTS)
def test_every_anchor_is_there_once_and_every_link_leads_to_one(
    plan: str, period: str, report: str
) -> None:
    found = told(plan, period, report)
    anchors = [block.anchor for block in found.blocks if isinstance(block, Heading)]
    assert len(anchors) == len(set(anchors))
    assert {link.anchor for link in links(found)} <= set(anchors)


@pytest.mark.parametrize(("plan", "period", "report"), REPORTS)
def test_no_heading_skips_a_level_and_every_row_is_as_long_as_the_head(
    plan: str, period: str, report: str
) -> None:
    blocks = told(plan, period, report).blocks
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            assert 2 <= block.level <= level + 1
            level = block.level
        if isinstance(block, Table):
            rows = [row for body in block.bodies for row in body.rows]
            assert {len(row.cells) for row in rows} == {len(block.columns)}


def test_the_whole_shows_what_its_part_has_lifted_under_the_part_s_name() -> None:
    blocks = told("socialnamnden", "2026-T2", "lagesrapport").blocks
    at = blocks.index(Heading(4, "Barn och familj", "vald-upptacks-inte--barn-och-familj"))
    prose = blocks[at + 1]
    assert isinstance(prose, Prose)
    assert prose.markdown.startswith("Efter insatsen känner sig 82\u00a0% av barnen tryggare")


CHANGES = """
Vad | Tertial 1 2026 | Tertial 2 2026
Risknivåer
1.1 Våld i nära relationer upptäcks inte | kritisk | förhöjd
1.2 Erfarna handläggare slutar | förhöjd | kritisk
Övriga bedömningar
Stödet kommer i rätt tid, uppfyllelse | inte | helt
1.1 Våld i nära relationer upptäcks inte, sannolikhet | stor | liten
Varje barn blir hört, uppfyllelse | inte | helt
1.2 Erfarna handläggare slutar, sannolikhet | liten | stor
Längre introduktion för nya handläggare, tidplan | följer tidplan | försenad
Utse mentorer, läge | ej påbörjad | pågår
Granskning av journaler, läge | ej påbörjad | klar
Interna avvikelser, sannolikhet | stor | liten
Interna avvikelser, utredningskrav | händelseanalys | fördjupad utredning
Sluttider
Längre introduktion för nya handläggare | 31 december 2026 | 31 mars 2027
Målvärden
Andel där barnet hördes, nämnden | minst 50 % | minst 60 %
Värden
Barnet hördes, mars 2026 | 20 | 22
Barnet hördes, tertial 1 2026 | 71 | 73
Andel där barnet hördes, tertial 1 2026 | 71 av 132, 54 % | 73 av 132, 55 %
Prognoser
Sjukfrånvaro, 2026 | 6,9 % | 6,5 %
"""
GOALS = """
Mål | Hör till | Förväntat resultat | Uppfyllelse
Barn och unga växer upp tryggt / inriktningsmål | – | – | –
Stödet kommer i rätt tid / nämndmål | Barn och unga växer upp tryggt | \
Familjer får stöd innan svårigheterna växer. | helt (1 av 1 indikator når målet)
Varje barn blir hört / enhetsmål | Stödet kommer i rätt tid | – | \
helt (2 av 2 indikatorer når målen)
"""


@pytest.mark.parametrize(("part", "expected"), [("ändringar", CHANGES), ("målträd", GOALS)])
def test_a_part_that_is_a_table(part: str, expected: str) -> None:
    table = of_section(part).blocks[1]
    assert isinstance(table, Table)
    assert drawn(table) == expected.strip()


@pytest.mark.parametrize(
    ("obligatorisk", "expected"),
    [("ja", ["Texten är inte skriven.", "Anvisning: Skriv kort."]), ("nej", [])],
)
def test_a_section_without_words(obligatorisk: str, expected: list[str]) -> None:
    found = of_section("text", obligatorisk=obligatorisk, anvisning="Skriv kort.")
    shown = render(found, "md", [resources.templates()]).replace("*", "")
    assert [line for line in expected if line in shown] == expected
    assert bool(found.contents) == (obligatorisk == "ja")


def test_a_matrix_in_a_report_without_follow_up_leads_nowhere() -> None:
    found = of_section("matris")
    assert any(isinstance(block, Matrix) for block in found.blocks)
    assert list(links(found)) == []


def test_a_ring_and_unknown_ids_do_not_stop_a_report() -> None:
    plan = small("""
risker:
  - id: a
    namn: A
    kvalitetsområde: saknas
    mål: saknas
    åtgärder: [b, saknas]
åtgärder:
  - id: b
    namn: B
    aktiviteter: [c]
    indikatorer: [saknas]
aktiviteter:
  - id: c
    namn: C
    åtgärder: [b]
""")
    reports = register(TESTS / "havsnas").reports
    of = Register({"liten": plan}, reports=reports)
    found = document(plan, "lagesrapport", Period.parse("2026-T2"), of, "")
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert drawn(table).splitlines()[3:] == ["A | ingen nivå | B | – | –", "Aktivitet: C | – | –"]


def of_section(part: str, **keys: str) -> Document:
    """A report of a single section about Havsnäs."""
    section = {"id": "avsnitt", "rubrik": "Avsnitt", "del": part, **keys}
    raw = {"rubrik": "Rapport", "rytm": "tertial", "avsnitt": [section]}
    report = check(Rapporttyp, raw, Place("templates/rapporter/egen.yaml")).value
    assert report is not None
    plans = register(TESTS / "havsnas").plans
    of = Register(plans, reports={"egen": report})
    return document(plans["barn-och-familj"], "egen", Period.parse("2026-T2"), of, "")


def links(found: Document) -> Iterator[Link]:
    for block in found.blocks:
        yield from (part for part in parts(block) if isinstance(part, Link))


def parts(block: object) -> Iterator[Inline]:
    """Every piece of a line, however deep in a block it stands."""
    if isinstance(block, tuple):
        for each in block:
            yield from parts(each)
    elif hasattr(block, "__slots__") and not isinstance(block, Link):
        for name in block.__slots__:
            yield from parts(getattr(block, name))
    elif isinstance(block, (str, Link)):
        yield block
