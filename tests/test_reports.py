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
from golden_figures import ACCEPTED
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitet import resources
from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import PARTS, Rapporttyp
from kvalitet.period import Period
from kvalitet.render import render
from kvalitet.shape import check
from kvalitet.view.document import (
    Anvisning,
    Block,
    Chart,
    Document,
    Heading,
    Inline,
    Link,
    Matrix,
    Note,
    Prose,
    Row,
    Table,
)
from kvalitet.view.report import document

TESTS = Path(__file__).resolve().parent
GOLDEN = TESTS / "golden"
REPORTS = [
    ("nacka-barn-och-familj", "2020-T1", "atgardsplan"),
    ("nacka-barn-och-familj", "2020-T2", "atgardsplan"),
    ("nacka-socialnamnden", "2020", "kvalitetsberattelse"),
    ("stockholm-barn-och-ungdom", "2019", "verksamhetsberattelse"),
    ("eslov-resursavdelningen", "2019", "kvalitetssammanfattning"),
    ("barn-och-familj", "2026-T1", "lagesrapport"),
    ("barn-och-familj", "2026-T2", "lagesrapport"),
    ("socialnamnden", "2026-T1", "lagesrapport"),
    ("socialnamnden", "2026-T2", "lagesrapport"),
    ("hemtjansten-oster", "2025-K4", "kvartalsrapport"),
    ("omsorgsnamnden", "2025-K2", "kvartalsrapport"),
    ("omsorgsnamnden", "2025-H1", "halvarsrapport"),
    ("omsorgsnamnden", "2025-T2", "delarsbokslut"),
    ("omsorgsnamnden", "2025-K4", "kvartalsrapport"),
    ("omsorgsnamnden", "2025", "arsrapport"),
    ("vard-och-omsorgsnamnden", "2025", "arsoversikt"),
    ("vard-och-omsorgsnamnden", "2025", "enhetsjamforelse"),
]
KOMMUNER = TESTS / "kommuner"
FOLDERS = [TESTS.parent, TESTS / "havsnas", KOMMUNER / "alvasen", KOMMUNER / "bjorkfors"]
PRINT_ALL = """
import sys
from kvalitet.render import FORMATS
from test_reports import REPORTS, page
for report in REPORTS[1::3]:
    for format in FORMATS:
        sys.stdout.buffer.write(page(*report, format).encode())
"""
MACHINES = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo", "LC_ALL": "sv_SE.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"},
]


@cache
def register(folder: Path) -> Register:
    return load(folder).register


def told(plan: str, period: str, report: str) -> Document:
    """The report of an example plan: of this repository, or of an invented municipality."""
    of = next(found for found in map(register, FOLDERS) if plan in found.plans)
    return document(of.plans[plan], report, Period.parse(period), of, "0123456789ab")


def page(plan: str, period: str, report: str, format: str) -> str:
    return render(told(plan, period, report), format, [resources.templates()])


@pytest.mark.parametrize("format", ["html", "md"])
@pytest.mark.parametrize(("plan", "period", "report"), REPORTS)
def test_a_report_is_the_one_last_accepted(
    plan: str, period: str, report: str, format: str, request: pytest.FixtureRequest
) -> None:
    accepted = GOLDEN / f"{plan}-{period}-{report}.{format}"
    now = page(plan, period, report, format)
    if request.config.getoption("--update-golden"):
        request.node.user_properties.append((ACCEPTED, (str(accepted), now)))
    else:
        assert now == accepted.read_text("utf-8")


def test_the_same_sources_give_the_same_bytes_whatever_the_machine() -> None:
    path = {"PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINT_ALL],
            env=os.environ | machine | path,
            capture_output=True,
            check=True,
        )
        for machine in MACHINES
    ]
    assert len(runs[0].stdout) > 100_000
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout


@pytest.mark.parametrize(("plan", "period", "report"), REPORTS)
def test_every_anchor_is_there_once_and_every_link_leads_to_one(
    plan: str, period: str, report: str
) -> None:
    assert_anchored(told(plan, period, report))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5))
def test_anchors_are_unique_whatever_the_sections_are(parts: list[str]) -> None:
    plans = register(TESTS / "havsnas").plans
    sections = [{"id": "avsnitt", "rubrik": "Avsnitt", "del": part} for part in parts]
    for name in ("barn-och-familj", "socialnamnden"):
        assert_anchored(of_sections(plans[name], sections))


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
    at = blocks.index(Heading(5, "Barn och familj", "vald-upptacks-inte--barn-och-familj"))
    prose = blocks[at + 1]
    assert isinstance(prose, Prose)
    assert prose.markdown.startswith("Efter insatsen känner sig 82\u00a0% av barnen tryggare")


def test_the_contents_lead_to_sections_and_to_the_headings_right_below() -> None:
    contents = told("barn-och-familj", "2026-T2", "lagesrapport").contents
    assert [(section.text, [each.text for each in below]) for section, below in contents] == [
        ("Sammanfattning", []),
        ("Bakgrund", []),
        ("Risker", []),
        (
            "Mål, risker och åtgärder",
            [
                "Nämndmål: Stödet kommer i rätt tid",
                "Enhetsmål: Varje barn blir hört",
                "Kvalitetsområde: 1 Trygghet och säkerhet",
                "Avvikelse: Interna avvikelser",
                "Egenkontroll: Granskning av journaler",
            ],
        ),
    ]


ASKED = Anvisning("Skriv kort.")
UNWRITTEN = Note(("Texten är inte skriven.",))


@pytest.mark.parametrize(
    ("draft", "section", "expected"),
    [
        (False, {"obligatorisk": "ja", "anvisning": "Skriv kort."}, UNWRITTEN),
        (False, {"anvisning": "Skriv kort."}, None),
        (False, {}, None),
        (True, {"obligatorisk": "ja", "anvisning": "Skriv kort."}, ASKED),
        (True, {"anvisning": "Skriv kort."}, ASKED),
        (True, {"obligatorisk": "ja"}, UNWRITTEN),
        (True, {}, None),
    ],
)
def test_what_stands_in_the_place_of_a_text(
    draft: bool, section: dict[str, str], expected: Block | None
) -> None:
    heading = Heading(2, "Avsnitt", "avsnitt")
    found = of_section("text", draft=draft, **section)
    assert found.blocks == ((heading, expected) if expected else ())
    with_words = of_section("text", draft=draft, id="sammanfattning", **section)
    assert [type(block) for block in with_words.blocks] == [Heading, Prose]


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
    *_, table = (block for block in found.blocks if isinstance(block, Table))
    assert drawn(table).splitlines()[1:] == [
        "A | nivå inte angiven | B | – | –",
        "Aktivitet: C | – | –",
    ]


def of_section(part: str, *, draft: bool = False, **keys: str) -> Document:
    """A report of a single section about Havsnäs."""
    plans = register(TESTS / "havsnas").plans
    section = {"id": "avsnitt", "rubrik": "Avsnitt", "del": part, **keys}
    return of_sections(plans["barn-och-familj"], [section], draft=draft)


def of_sections(plan: Plan, sections: list[dict[str, str]], *, draft: bool = False) -> Document:
    """A report of sections of its own about a plan of Havsnäs."""
    raw = {"rubrik": "Rapport", "rytm": "tertial", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("templates/rapporter/egen.yaml")).value
    assert report is not None
    of = Register(register(TESTS / "havsnas").plans, reports={"egen": report})
    return document(plan, "egen", Period.parse("2026-T2"), of, "", draft=draft)


def assert_anchored(found: Document) -> None:
    """That every anchor is there once, and that every link leads to a heading, a table or a row."""
    named = list(anchors(found.blocks))
    assert len(named) == len(set(named))
    places = {b.anchor for b in found.blocks if isinstance(b, Heading | Table | Note)}
    tables = [block for block in found.blocks if isinstance(block, Table)]
    places |= {row.anchor for table in tables for body in table.bodies for row in body.rows}
    assert {link.anchor for link in links(found)} <= places


def anchors(block: object) -> Iterator[str]:
    """The anchors of headings, texts, tables, rows and charts."""
    if isinstance(block, tuple):
        for each in block:
            yield from anchors(each)
    if isinstance(block, Heading | Prose | Note | Table | Row | Chart) and block.anchor:
        yield block.anchor
    if isinstance(block, Table):
        yield from anchors((*(row for body in block.bodies for row in body.rows), *block.charts))


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
