"""Report types of a municipality's own: what a section may ask for, what the report then tells, and
what is said of a list with a fault."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starting import run
from test_nothing_lost import YEAR, register
from test_reports import assert_anchored, links
from validating import judged

from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Prose
from kvalitet.view.report import document

TABLES = ["av-mal", "av-risk", "av-kontroll", "av-slag", "ensam", "grupp", "i-gruppen"]
HEAD = "rubrik: Brev\nrytm: tertial\navsnitt:\n"
PLAN = """
plan:
  namn: Liten plan
  enhet: Lilla enheten
  år: 2026
  rapporter: [brev]
mål:
  - id: trygghet
    namn: Trygghet
    indikatorer: [fall, larm]
indikatorer:
  - id: fall
    namn: Fall
    måttenhet: antal
  - id: larm
    namn: Larm
    måttenhet: antal
  - id: tid
    namn: Tid
    måttenhet: dagar
  - id: samtal
    namn: Samtal
    indikatorer:
      - id: dag
        namn: Om dagen
      - id: natt
        namn: Om natten
avvikelser:
  - id: klagomal
    typ: klagomål
    namn: Klagomål på bemötande
  - id: ivo
    typ: tillsyn
    namn: IVO:s tillsyn
  - id: lakemedel
    namn: Fel med läkemedel
egenkontroller:
  - id: enkat
    typ: mätning
    namn: Enkät
uppföljning:
  2026-T1:
    klagomal: Klagomålen är färre.
    ivo: Tillsynen är avslutad.
    lakemedel: Felen är lika många.
    trygghet: Tryggheten ökar.
    fall: Fallen är färre.
"""
ROWS = """indikator;period;värde
fall;2026-T1;12
larm;2026-T1;40
dag;2026-T1;7
natt;2026-T1;3
"""


def folder(root: Path, sections: str, **files: str) -> Path:
    """A plan that makes a report of those sections, and other files by their paths."""
    kept = {
        "templates/rapporter/brev.yaml": HEAD + sections,
        "plans/liten/plan.yaml": PLAN,
        "data/liten/tal.csv": ROWS,
    }
    for name, text in {**kept, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def section(id: str, del_: str, *keys: str, level: int = 0) -> str:
    """A section of a list; its heading is its id with a capital."""
    lines = (
        f"- id: {id}",
        f"  rubrik: {id.capitalize()}",
        f"  del: {del_}",
        *(f"  {each}" for each in keys),
    )
    return "".join(f"{'  ' * (2 * level + 1)}{line}\n" for line in lines)


def outline(root: Path) -> str:
    """The report: headings, the captions of tables, words and references to other sections."""
    ended = run("report", "--tertial", "1", "--format", "md", folder=root)
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()
    [report] = (root / "rapporter").rglob("brev.md")
    _, mark, text = report.read_text("utf-8").replace("\u00a0", " ").partition("\n## ")
    body = (mark + text).partition("\n---\n")[0]
    told = (
        "#",
        "**",
        "Redovisas",
        "Inga",
        "Klagomålen",
        "Tillsynen",
        "Felen",
        "Fall",
        "Trygg",
        "Om",
    )
    return "\n".join(line for line in body.splitlines() if line.startswith(told))


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param(
            section("tal", "indikatorer", "indikatorer: [samtal, fall]"),
            """\
## Tal
**Samtal**
Fall, T1 2026: 12. Källa: tal.csv rad 2.
Fallen är färre.""",
            id="just the tables that are asked for, in that order",
        ),
        pytest.param(
            section("tal", "indikatorer", "indikatorer: [tid, fall]"),
            """\
## Tal
Fall, T1 2026: 12. Källa: tal.csv rad 2.
Fallen är färre.
Inga värden har redovisats än: Tid.""",
            id="one without values is named",
        ),
        pytest.param(
            section("mal", "målträd")
            + section("slag", "avvikelser", "typ: tillsyn")
            + section("tal", "indikatorer", "indikatorer: [fall]"),
            """\
## Mal
**Mål, tertial 1 2026**
### Mål: Trygghet
Tryggheten ökar.
Redovisas i avsnittet Tal: Fall.
### Klagomål: Klagomål på bemötande
Klagomålen är färre.
### Avvikelser: Fel med läkemedel
Felen är lika många.
## Slag
### IVO:s tillsyn
Tillsynen är avslutad.
## Tal
Fall, T1 2026: 12. Källa: tal.csv rad 2.
Fallen är färre.""",
            id="what a section asks for stands there; the rest is told as if there were none",
        ),
        pytest.param(
            section("resten", "indikatorer")
            + section("tal", "indikatorer", "indikatorer: [natt, fall]"),
            """\
## Resten
**Samtal**
Redovisas i avsnittet Tal: Fall.
## Tal
Om natten, T1 2026: 3. Källa: tal.csv rad 5.
Fall, T1 2026: 12. Källa: tal.csv rad 2.
Fallen är färre.""",
            id="another section of tables has the rest",
        ),
        pytest.param(
            section("kritik", "avvikelser", "typ: [tillsyn, klagomål]")
            + section("fel", "avvikelser"),
            """\
## Kritik
### Klagomål: Klagomål på bemötande
Klagomålen är färre.
### Tillsyn: IVO:s tillsyn
Tillsynen är avslutad.
## Fel
### Avvikelser: Fel med läkemedel
Felen är lika många.""",
            id="things of some types, and the rest",
        ),
        pytest.param(
            section("underlag", "text", "avsnitt:")
            + section("fel", "avvikelser", "typ: klagomål", "avsnitt:", level=1)
            + section("tillsyn", "avvikelser", "typ: tillsyn", level=2)
            + section("tal", "indikatorer", "indikatorer: [fall]"),
            """\
## Underlag
### Fel
#### Klagomål på bemötande
Klagomålen är färre.
#### Tillsyn
##### IVO:s tillsyn
Tillsynen är avslutad.
## Tal
Fall, T1 2026: 12. Källa: tal.csv rad 2.
Fallen är färre.""",
            id="sections below sections, though those above have no words",
        ),
    ],
)
def test_a_report_tells_what_its_sections_ask_for(
    sections: str, expected: str, tmp_path: Path
) -> None:
    assert outline(folder(tmp_path, sections)) == expected


OVERVIEW = """
risker:
  - id: {0}risk
    namn: {1} risk
    åtgärder:
      - id: {0}kurs
        namn: {1} kurs
        indikatorer: [{0}fel-antal]
indikatorer:
  - id: {0}fel-antal
    namn: {1} fel
avvikelser:
  - id: {0}fel
    namn: {1} felen
    indikatorer: [{0}fel-antal]
  - id: {0}klagomal
    namn: {1} klagomål
    indikatorer:
      - id: {0}klagomal-antal
        namn: {1} klagomålen
"""
OVERVIEW_TOLD = """## Slag
**Avvikelser, tertial 1 2026**
### Norr
**Avvikelser, tertial 1 2026**
## Risker
**Tertialets risker**
### Vår risk
#### Åtgärd: Vår kurs
Redovisas i avsnittet Slag: Vår fel.
### Norr
#### Deras risk
##### Åtgärd: Deras kurs
Redovisas i avsnittet Slag: Deras fel.
**Det som går vidare efter tertial 1 2026**"""


def test_where_figures_stand_that_an_overview_told_before(tmp_path: Path) -> None:
    head = "plan:\n  namn: Plan\n  år: 2026\n"
    rows = "indikator;period;värde\n{0}fel-antal;2026-T1;3\n{0}klagomal-antal;2026-T1;2\n"
    root = folder(
        tmp_path,
        section("slag", "avvikelser") + section("risker", "kvalitetsområden"),
        **{
            "plans/liten/plan.yaml": f"{head}  rapporter: [brev]\n" + OVERVIEW.format("", "Vår"),
            "plans/norr/plan.yaml": f"{head}  enhet: Norr\n  del_av: liten\n"
            + OVERVIEW.format("n-", "Deras"),
            "data/liten/tal.csv": rows.format(""),
            "data/norr/tal.csv": rows.format("n-"),
        },
    )
    assert outline(root) == OVERVIEW_TOLD
    known = load(root).register
    told = document(known.plans["liten"], "brev", Period.parse("2026-T1"), known, "")
    assert_anchored(told)
    named = ["fel-antal", "n-fel-antal--norr"]
    assert [link.anchor for link in links(told) if link.text in ("Vår fel", "Deras fel")] == named


@given(
    chosen=st.lists(st.sampled_from(TABLES), unique=True, min_size=1),
    others=st.lists(st.sampled_from(["indikatorer", "avvikelser", "egenkontroller"]), unique=True),
    place=st.integers(0, 4),
)
def test_no_choice_of_tables_loses_words_or_tells_them_twice(
    chosen: list[str], others: list[str], place: int
) -> None:
    parts: list[dict[str, object]] = [{"del": each} for each in (*others, "uppföljning")]
    parts.insert(place, {"del": "indikatorer", "indikatorer": chosen})
    sections = [{"id": f"avsnitt-{n}", "rubrik": "A", **each} for n, each in enumerate(parts)]
    raw = {"rubrik": "Rapport", "rytm": "år", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    plans = register().plans
    whole = document(plans["hel"], "egen", YEAR, Register(plans, reports={"egen": report}), "")
    told = Counter(block.markdown.strip() for block in whole.blocks if isinstance(block, Prose))
    assert_anchored(whole)
    assert told == Counter(
        f"{name}-{id}" for name, plan in plans.items() for id in plan.uppföljning[YEAR]
    )


def found(root: Path) -> str:
    """What is said of how the files are written, a line for each finding."""
    return "\n".join(
        f"{each.place.path.rpartition('/')[2]}:{each.place.line}:{each.place.column} {each.code} "
        f"{each.message} | {each.hint}"
        for each in judged(root).findings
        if each.code < "R3"
    )


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param(
            section("tal", "text", "typ: tillsyn"),
            'brev.yaml:7:5 R201 Okänd nyckel "typ" i ett avsnitt med del: text '
            "| Den finns för del: egenkontroller och del: avvikelser.",
            id="a part that has no types",
        ),
        pytest.param(
            section("fel", "avvikelser", "indikatorer: [fall]"),
            'brev.yaml:7:5 R201 Okänd nyckel "indikatorer" i ett avsnitt med del: avvikelser '
            "| Den finns för del: indikatorer.",
            id="a part that has no tables to choose",
        ),
        pytest.param(
            section("tal", "indikatorer", "indikatorer: [fall, larmm]"),
            'brev.yaml:7:25 R228 Indikatorn "larmm" finns inte i planen liten | Menade du "larm"?',
            id="a table that the plan lacks",
        ),
        pytest.param(
            section("tal", "indikatorer", "indikatorer: [klagomal]"),
            'brev.yaml:7:19 R228 "klagomal" är en avvikelse i planen liten, ingen indikator '
            "| Här kan stå fall, larm, tid, dag, natt eller samtal.",
            id="a thing that is no table",
        ),
        pytest.param(
            section("fel", "avvikelser", "typ: Tilsyn"),
            'brev.yaml:7:10 R228 Det finns inga avvikelser av typen "Tilsyn" i planen liten '
            '| Menade du "tillsyn"?',
            id="a type that nothing has",
        ),
        pytest.param(
            section("fel", "egenkontroller", "typ: tillsyn"),
            'brev.yaml:7:10 R228 Det finns inga egenkontroller av typen "tillsyn" i planen liten '
            "| Här kan stå mätning.",
            id="a type of another kind",
        ),
        pytest.param(
            section("a", "avvikelser", "typ: tillsyn")
            + section("b", "avvikelser", "typ: [klagomål, tillsyn]"),
            'brev.yaml:11:21 R228 "tillsyn" står redan i avsnittet A | Ta bort det ena.',
            id="a type that two sections ask for",
        ),
        pytest.param(
            section("a", "indikatorer", "indikatorer: [fall, larm]")
            + section("b", "indikatorer", "indikatorer: [fall]"),
            'brev.yaml:11:19 R228 "fall" står redan i avsnittet A | Ta bort det ena.',
            id="a table that two sections ask for",
        ),
        pytest.param(
            section("a", "avvikelser") + section("b", "avvikelser"),
            "brev.yaml:9:10 R228 Allt som avsnittet ska visa står redan i avsnittet A "
            "| Säg med typ vad som ska stå här.",
            id="two sections of all there is",
        ),
        pytest.param(
            section("a", "text", "avsnitt:") + section("b", "text", level=1) + section("b", "text"),
            'brev.yaml:11:9 R221 Avsnittet "b" finns redan | Ge det ena ett annat id.',
            id="the same id below another section",
        ),
        pytest.param(
            "".join(section(f"a{n}", "text", "avsnitt:", level=n) for n in range(5))
            + section("a5", "text", level=5),
            "brev.yaml:23:21 R113 Avsnitt kan ligga i högst 5 nivåer "
            "| Flytta upp dem en nivå: det finns inga lägre rubriker.",
            id="deeper than there are headings",
        ),
        pytest.param(
            section("fall", "text"),
            'plan.yaml:12:9 R221 Id "fall" är redan ett avsnitt i rapporten brev '
            "| Ge det ena ett annat id.",
            id="the id of a thing",
        ),
        pytest.param(
            section("tal", "diagram"),
            'brev.yaml:6:10 R206 "diagram" hör inte till de tillåtna orden | Här kan stå text, ',
            id="an unknown part",
        ),
        pytest.param(
            section("tal", "text").replace("rubrik", "Rubrik"),
            'brev.yaml:5:5 R201 Okänd nyckel "Rubrik" i avsnittet | Menade du "rubrik"?',
            id="a misspelt key",
        ),
        pytest.param(
            "",
            'brev.yaml:3:1 R114 "avsnitt" saknar värde | Skriv ett värde, eller ta bort raden.',
            id="no sections",
        ),
        pytest.param(
            section("tal", "text").replace("    del: text\n", ""),
            'brev.yaml:4:5 R202 "del" saknas i avsnittet | Lägg till en rad med "del".',
            id="no part",
        ),
        pytest.param(
            section("tal", "text").replace("Tal", ""),
            'brev.yaml:5:5 R114 "rubrik" saknar värde | Skriv ett värde, eller ta bort raden.',
            id="an empty heading",
        ),
        pytest.param(
            section("tal", "text").replace("    rubrik", "\trubrik"),
            "brev.yaml:5:1 R101 Raden är indragen med tabb | Använd mellanslag i stället:",
            id="a tab",
        ),
    ],
)
def test_a_fault_in_a_list_is_told_where_it_stands(
    sections: str, expected: str, tmp_path: Path
) -> None:
    assert found(folder(tmp_path, sections)).startswith(expected)


GOOD = section("nytt", "text")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"templates/rapporter/brev.yaml": "- id: nytt\n  rubrik: Nytt\n  del: text\n"},
            "brev.yaml:1:1 R115 Filen ska bestå av nycklar och värden "
            '| Börja med en nyckel längst till vänster, som "rubrik:".',
            id="a list at the top",
        ),
        pytest.param(
            {"templates/rapporter/extra.yaml": HEAD + GOOD},
            "extra.yaml:1:1 R229 Ingen plan gör rapporten extra "
            "| Nämn den under plan i plan.yaml, som rapporter: [extra].",
            id="a report that no plan makes",
        ),
        pytest.param(
            {"templates/rapport/extra.yaml": HEAD + GOOD},
            "rapport:0:0 R004 I templates läses ingen annan mapp än rapporter "
            "| Lägg rapporttyper i templates/rapporter, och sidmallar i templates.",
            id="another folder",
        ),
        pytest.param(
            {"templates/extra.yaml": HEAD + GOOD},
            "extra.yaml:0:0 R004 Rapporttyper läses bara i templates/rapporter "
            "| Flytta den till templates/rapporter.",
            id="no folder",
        ),
        pytest.param(
            {
                "plans/del/plan.yaml": PLAN.split("mål:", maxsplit=1)[0]
                .replace("  år: 2026", "  del_av: liten")
                .replace("Lilla", "Minsta")
            },
            "",
            id="a part that makes the report of its whole",
        ),
        pytest.param(
            {
                "templates/rapporter/extra.yaml": HEAD + section("fall", "text"),
                "plans/del/plan.yaml": "plan:\n  namn: D\n  del_av: liten\n  rapporter: [extra]\n",
            },
            'plan.yaml:4:15 R221 Avsnittet "fall" i rapporten extra har samma id som något '
            "som ärvs | Ge avsnittet ett annat id.",
            id="the id of what a part inherits",
        ),
        pytest.param(
            {"templates/rapporter/atgardsplan.yaml": HEAD + GOOD},
            "",
            id="the name of one that comes with the program",
        ),
    ],
)
def test_what_lies_beside_a_sound_list(
    files: dict[str, str], expected: str, tmp_path: Path
) -> None:
    assert found(folder(tmp_path, GOOD, **files)) == expected


def test_what_many_plans_lack_is_told_once(tmp_path: Path) -> None:
    names = [f"plan-{number}" for number in range(12)]
    head = "plan:\n  namn: P\n  år: 2026\n  rapporter: [brev]\n"
    others = {f"plans/{name}/plan.yaml": head for name in names}
    root = folder(tmp_path, section("tal", "indikatorer", "indikatorer: [fall]"), **others)
    assert found(root) == (
        'brev.yaml:7:19 R228 Indikatorn "fall" finns inte i 12 planer, som plan-0 | '
    )


def test_an_own_list_goes_before_the_built_in_one_of_that_name(tmp_path: Path) -> None:
    files = {
        "templates/rapporter/atgardsplan.yaml": HEAD + section("bara-detta", "text"),
        "plans/liten/plan.yaml": PLAN.replace("[brev]", "[atgardsplan]")
        + "    bara-detta: Orden i den egna listan.\n",
    }
    root = folder(tmp_path, GOOD, **files)
    run("report", "--tertial", "1", "--format", "md", folder=root)
    [report] = (root / "rapporter").rglob("atgardsplan.md")
    text = report.read_text("utf-8").replace("\u00a0", " ")
    assert re.findall("^#.*$", text, re.MULTILINE) == ["# Brev, tertial 1 2026", "## Bara-detta"]


def test_levels_are_called_as_the_plan_s_own_scale_says(tmp_path: Path) -> None:
    scale = (
        "skalor:\n  nivå:\n    - namn: godtas\n      från: 1\n      färg: grön\n"
        "    - namn: åtgärdas\n      från: 6\n      färg: röd\n"
        "risker:\n  - id: rutin\n    namn: Ingen rutin\n"
    )
    said = "    rutin:\n      sannolikhet: sannolik\n      allvarlighetsgrad: hög\n"
    files = {"plans/liten/plan.yaml": PLAN + said + scale}
    root = folder(tmp_path, section("risker", "matris"), **files)
    run("report", "--tertial", "1", "--format", "md", folder=root)
    [report] = (root / "rapporter").rglob("brev.md")
    [legend] = [line for line in report.read_text("utf-8").splitlines() if "**Risknivåer" in line]
    assert (
        legend.replace("\u00a0", " ")
        == "**Risknivåer:** ● godtas (poäng 1–4), ■ åtgärdas (poäng 6–16)"
    )


def test_a_draft_and_the_status_read_sections_below_others(tmp_path: Path) -> None:
    sections = section("underlag", "text", "avsnitt:") + section(
        "enkater", "text", "obligatorisk: ja", "anvisning: Skriv om svaren.", level=1
    )
    root = folder(tmp_path, sections)
    status = run("status", "--period", "2026-T1", folder=root).stdout.decode()
    refused = run("report", "--tertial", "1", folder=root)
    run("report", "--tertial", "1", "--format", "md", "--draft", folder=root)
    [report] = (root / "rapporter").rglob("brev.md")
    assert re.search(r"Avsnitt +Enkater +obligatoriskt", status)
    assert refused.returncode == 1
    assert "saknas text som måste finnas: Enkater (brev)" in refused.stdout.decode()
    assert "### Enkater\n\n**Anvisning:** Skriv om svaren.\n" in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"templates/sida.css": '{% include "inbyggd/sida.css" %}\nh1 { color: #00594f; }\n'},
            ["--papper: #ffffff;", "h1 { color: #00594f; }", "<h1>Brev, tertial 1 2026</h1>"],
            id="rules after the built-in ones",
        ),
        pytest.param(
            {"templates/sida.css": "h1 { color: #00594f; }\n"},
            ["<style>\nh1 { color: #00594f; }", "<h1>Brev, tertial 1 2026</h1>"],
            id="a style sheet in the place of the built-in one",
        ),
        pytest.param(
            {
                "templates/sida.html.j2": '{% extends "inbyggd/sida.html.j2" %}\n'
                "{% block huvud %}\n<p>Kommunen</p>\n{{ super() }}{% endblock %}\n"
                "{% block fot %}\n<p>Slut</p>\n{% endblock %}\n"
                "{% block stil %}\np { margin: 0; }\n{% endblock %}\n"
            },
            [
                "--papper: #ffffff;",
                "p { margin: 0; }",
                "<header>\n<p>Kommunen</p>\n<h1>Brev, tertial 1 2026</h1>",
                '<h2 id="tal">Tal</h2>',
                "<footer>\n<p>Slut</p>\n</footer>",
            ],
            id="a page that begins from the built-in one",
        ),
    ],
)
def test_an_own_look(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    root = folder(tmp_path, section("tal", "indikatorer", "indikatorer: [fall]"), **files)
    ended = run("report", "--tertial", "1", "--format", "html", folder=root)
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()
    [page] = (root / "rapporter").rglob("brev.html")
    text = page.read_text("utf-8").replace("\u00a0", " ")
    assert [each for each in expected if each not in text] == []
