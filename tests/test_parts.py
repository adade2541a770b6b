"""Parts of a report that tell of the economy, deviations, self-checks and internal control: what
stands there, in which order, and what is said of what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from drawing import drawn, said
from examples import gathered, rows, small

from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Block, Facts, Heading, Legend, Note, Prose, Table
from kvalitet.view.report import document


def blocks(plan: Plan, at: str, *parts: str, of: Register | None = None) -> tuple[Block, ...]:
    """The blocks of a report with a section for each of those parts."""
    sections = [{"id": f"a-{n}", "rubrik": part, "del": part} for n, part in enumerate(parts)]
    raw = {"rubrik": "Rapport", "rytm": "tertial", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    plans = of.plans if of else {"liten": plan}
    register = Register(plans, reports={"egen": report})
    return document(plan, "egen", Period.parse(at), register, "").blocks


def register(files: dict[str, str]) -> Register:
    """What a folder with those files holds."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        loaded = load(Path(folder))
    assert not loaded.findings
    return loaded.register


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
        elif isinstance(block, Legend):
            lines.append(f"{block.title}: {', '.join(badge.namn for badge, _ in block.entries)}")
        elif isinstance(block, Table):
            lines += [f"[{block.caption}]", drawn(block), *map(said, block.notes)]
    return "\n".join(lines).replace("\u00a0", " ")


def table(found: Iterable[Block]) -> str:
    """The first table."""
    return next(drawn(block) for block in found if isinstance(block, Table))


GOAL = "mål:\n  - id: balans\n    namn: Ekonomi i balans\n"
ECONOMY = "period;typ;post;utfall;budget;prognos;anm"
SIGN = (
    "Avvikelse: plus är bättre än budget, alltså lägre kostnad eller högre intäkt. "
    "Minus är sämre än budget."
)


@pytest.mark.parametrize(
    ("csv", "at", "expected"),
    [
        pytest.param(
            [
                "2026;intäkt;Avgifter;896;1 100;;",
                "2026;intäkt;Bidrag;40 911;21 800;;Sent beslut",
                "2026;kostnad;Personal;53 678;56 959;;",
                "2026;kostnad;Köp av vård;37 334;24 544;;",
            ],
            "2026",
            f"""
## ekonomi
[Ekonomi i tusental kronor, 2026]
Post | Utfall 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget
Intäkter
Avgifter | 896 | 1 100 | −204 | 81,5 % | sämre
Bidrag | 40 911 | 21 800 | +19 111 | 187,7 % | bättre
Summa intäkter | 41 807 | 22 900 | +18 907 | 182,6 % | bättre
Kostnader
Personal | 53 678 | 56 959 | +3 281 | 94,2 % | bättre
Köp av vård | 37 334 | 24 544 | −12 790 | 152,1 % | sämre
Summa kostnader | 91 012 | 81 503 | −9 509 | 111,7 % | sämre
Nettokostnad | 49 205 | 58 603 | +9 398 | 84,0 % | bättre
Bidrag: Sent beslut.
{SIGN} Nettokostnad är kostnader minus intäkter.
Källa: 0.csv rad 2–5.
""",
            id="more income is better and more cost is worse; sums and the net",
        ),
        pytest.param(
            ["2026;intäkt;Avgifter;247;0;;", "2026;intäkt;Försäljning;0;0;;"],
            "2026",
            f"""
## ekonomi
[Ekonomi i tusental kronor, 2026]
Post | Utfall 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget
Intäkter
Avgifter | 247 | 0 | +247 | – | bättre
Försäljning | 0 | 0 | 0 | – | –
Summa intäkter | 247 | 0 | +247 | – | bättre
{SIGN}
Andelen räknas bara där det finns en budget.
Källa: 0.csv rad 2–3.
""",
            id="only incomes have no net; without a budget there is no share of it",
        ),
        pytest.param(
            [
                "2026-01/2026-04;kostnad;Personal;9 600;9 600;28 700;",
                "2026-01/2026-08;kostnad;Personal;18 940;19 200;28 600;",
                "2026-05/2026-08;kostnad;Lokaler;10;10;;",
                "2026;kostnad;Personal;28 000;28 800;;",
            ],
            "2026-T2",
            f"""
## ekonomi
[Ekonomi i tusental kronor, tertial 2 2026]
Post | Utfall T2 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget
Kostnader
Lokaler | 10 | 10 | 0 | 100,0 % | lika
{SIGN}
Källa: 0.csv rad 4.
""",
            id="of sets that end with the report, that of its own length",
        ),
        pytest.param(
            [
                "2026-01/2026-08;kostnad;Personal;18 940;19 200;28 600;",
                "2026-01/2026-08;kostnad;Lokaler;400;400;;",
                "2025-01/2025-08;kostnad;Personal;18 100;18 000;27 000;",
                "2025-01/2025-08;kostnad;Konsulter;300;0;;",
            ],
            "2026-T2",
            f"""
## ekonomi
[Ekonomi i tusental kronor, januari–augusti 2026]
Post | Utfall jan–aug 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget \
| Prognos 2026 | Utfall jan–aug 2025
Kostnader
Personal | 18 940 | 19 200 | +260 | 98,6 % | bättre | 28 600 | 18 100
Lokaler | 400 | 400 | 0 | 100,0 % | lika | – | –
Konsulter | – | – | – | – | – | – | 300
Summa kostnader | 19 340 | 19 600 | +260 | 98,7 % | bättre | – | 18 400
{SIGN}
Källa: 0.csv rad 2–5.
""",
            id="since New Year, with forecast, beside the same span of the year before",
        ),
        pytest.param(
            ["2026-T1;kostnad;Personal;1;1;;"],
            "2026-T2",
            "## ekonomi\nEkonomin till och med 31 augusti 2026 är inte redovisad.",
            id="only earlier periods",
        ),
        pytest.param(["2027;kostnad;Personal;1;1;;"], "2026", "", id="only later periods"),
        pytest.param([], "2026", "", id="no economy"),
    ],
)
def test_the_economy(csv: list[str], at: str, expected: str) -> None:
    plan = small(GOAL, *([rows(*csv, columns=ECONOMY)] if csv else []))
    assert shown(blocks(plan, at, "ekonomi")) == expected.strip()


def test_parts_of_a_whole_have_a_table_each_under_their_names() -> None:
    of = register(
        {
            "plans/namnden/plan.yaml": f"plan:\n  namn: Nämnden\n{GOAL}",
            "plans/norr/plan.yaml": "plan:\n  namn: Norr\n  enhet: Enhet norr\n  del_av: namnden\n",
            "data/namnden/ekonomi.csv": rows("2026;kostnad;Personal;5;4;;", columns=ECONOMY),
            "data/norr/ekonomi.csv": rows("2026;intäkt;Avgifter;3;3;;", columns=ECONOMY),
        }
    )
    expected = f"""
## ekonomi
[Ekonomi i tusental kronor, 2026]
Post | Utfall 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget
Kostnader
Personal | 5 | 4 | −1 | 125,0 % | sämre
{SIGN}
Källa: ekonomi.csv rad 2.
### Enhet norr
[Ekonomi i tusental kronor, 2026]
Post | Utfall 2026 | Budget | Avvikelse | Andel av budget | Jämfört med budget
Intäkter
Avgifter | 3 | 3 | 0 | 100,0 % | lika
{SIGN}
Källa: data/norr/ekonomi.csv rad 2.
"""
    assert shown(blocks(of.plans["namnden"], "2026", "ekonomi", of=of)) == expected.strip()


ONE_KIND = """
avvikelser:
  - id: klagomal
    typ: klagomål
    namn: Klagomål
    indikatorer: [klagomal-antal]
indikatorer:
  - id: klagomal-antal
    namn: Klagomål som kom in
"""
KINDS = """
avvikelser:
  - id: klagomal
    typ: klagomål
    namn: Synpunkter och klagomål
    indikatorer: [klagomal-tabell]
  - id: lex-sarah
    typ: lex Sarah
    namn: Missförhållanden
    indikatorer: [rapporter]
  - id: tillsyn
    namn: Tillsyn
    indikatorer: [andel-utan-krav]
indikatorer:
  - id: klagomal-tabell
    namn: Klagomål
    indikatorer:
      - id: klagomal-antal
        namn: Kom in
      - id: klagomal-utredda
        namn: Utreddes
  - id: rapporter
    namn: Rapporter
  - id: andel-utan-krav
    namn: Beslut utan krav
    måttenhet: procent
uppföljning:
  2026-T2:
    klagomal: |
      De flesta gäller bemötande.
"""


@pytest.mark.parametrize(
    ("yaml", "csv", "at", "expected"),
    [
        pytest.param(
            ONE_KIND,
            rows("klagomal-antal;2026-T1;4", "klagomal-antal;2026-T2;0"),
            "2026-T2",
            """
## avvikelser
### Klagomål
[Klagomål som kom in]
Indikator | T1 2026 | T2 2026
Klagomål som kom in | 4 | 0
Källa: 0.csv rad 2–3.
""",
            id="a single kind has its table only",
        ),
        pytest.param(
            KINDS,
            rows(
                "klagomal-antal;2025-T2;9",
                "klagomal-antal;2026-T1;15",
                "klagomal-utredda;2026-T1;15",
                "klagomal-antal;2026-T2;10",
                "klagomal-utredda;2026-T2;u.s.",
                "rapporter;2026-T2;0",
                "andel-utan-krav;2026-T2;2 av 3",
            ),
            "2026-T2",
            """
## avvikelser
[Avvikelser, tertial 2 2026]
Slag | Det som räknas | T2 2025 | T1 2026 | T2 2026 | jan–aug 2026
Synpunkter och klagomål | Kom in | 9 | 15 | 10 | 25
Utreddes | – | 15 | u.s. | u.s.
Missförhållanden / lex Sarah | Rapporter | – | – | 0 | –
u.s. betyder uppgift saknas. – betyder värde saknas.
Källa: 0.csv rad 2–7.
### Klagomål: Synpunkter och klagomål
De flesta gäller bemötande.
### Avvikelser: Tillsyn
Beslut utan krav, T2 2026: 2 av 3, 67 %. Källa: 0.csv rad 8.
""",
            id="counts of several kinds stand beside each other, and in no table of their own",
        ),
        pytest.param(
            KINDS,
            rows(
                "klagomal-antal;2026-05/2026-12;7",
                "klagomal-antal;2026-T1;4",
                "klagomal-antal;2026;11",
                "rapporter;2026;2",
            ),
            "2026",
            """
## avvikelser
[Avvikelser, 2026]
Slag | Det som räknas | T1 2026 | maj–dec 2026 | 2026
Synpunkter och klagomål | Kom in | 4 | 7 | 11
Utreddes | – | – | –
Missförhållanden / lex Sarah | Rapporter | – | – | 2
– betyder värde saknas.
Källa: 0.csv rad 2–5.
### Avvikelser: Tillsyn
Inga värden har redovisats än: Beslut utan krav.
""",
            id="a span that is no tertial stands where it ends, and nothing is added to it",
        ),
        pytest.param(
            KINDS,
            rows("klagomal-antal;2026-K2;4", "rapporter;2026-T1;2", "rapporter;2026-T2;0"),
            "2026-T2",
            """
## avvikelser
[Avvikelser, tertial 2 2026]
Slag | Det som räknas | T1 2026 | T2 2026 | jan–aug 2026
Synpunkter och klagomål | Kom in | – | – | –
Utreddes | – | – | –
Missförhållanden / lex Sarah | Rapporter | 2 | 0 | 2
– betyder värde saknas.
Källa: 0.csv rad 3–4.
### Klagomål: Synpunkter och klagomål
De flesta gäller bemötande.
[Klagomål]
Indikator | K2 2026
Kom in | 4
Utreddes | –
– betyder värde saknas.
Källa: 0.csv rad 2.
### Avvikelser: Tillsyn
Inga värden har redovisats än: Beslut utan krav.
""",
            id="a quarter that no tertial holds stands in the table of its indicator alone",
        ),
        pytest.param(
            KINDS,
            rows(
                "klagomal-antal;2026-K1;3",
                "klagomal-antal;2026-K2;4",
                "rapporter;2026-K1;1",
                "rapporter;2026-K2;0",
            ),
            "2026-H1",
            """
## avvikelser
[Avvikelser, första halvåret 2026]
Slag | Det som räknas | K1 2026 | K2 2026 | H1 2026
Synpunkter och klagomål | Kom in | 3 | 4 | 7
Utreddes | – | – | –
Missförhållanden / lex Sarah | Rapporter | 1 | 0 | 1
– betyder värde saknas.
Källa: 0.csv rad 2–5.
### Avvikelser: Tillsyn
Inga värden har redovisats än: Beslut utan krav.
""",
            id="where it is counted by quarter, quarters stand there",
        ),
        pytest.param(
            KINDS.replace("namn: Kom in", "namn: Kom in i år\n        typ: ackumulerat"),
            rows("klagomal-antal;2026-T1;4", "klagomal-antal;2026-T2;9", "rapporter;2026-T2;1"),
            "2026-T2",
            """
## avvikelser
[Avvikelser, tertial 2 2026]
Slag | Det som räknas | T1 2026 | T2 2026 | jan–aug 2026
Synpunkter och klagomål | Kom in i år | 4 | – | 9
Utreddes | – | – | –
Missförhållanden / lex Sarah | Rapporter | – | 1 | –
– betyder värde saknas.
Källa: 0.csv rad 2–4.
### Klagomål: Synpunkter och klagomål
De flesta gäller bemötande.
[Klagomål]
Indikator | T1 2026 | T2 2026
Kom in i år | 4 | 9
Utreddes | – | –
Värdena är räknade från årets början: Kom in i år.
– betyder värde saknas.
Källa: 0.csv rad 2–3.
### Avvikelser: Tillsyn
Inga värden har redovisats än: Beslut utan krav.
""",
            id="what is counted since New Year is told of the year so far",
        ),
        pytest.param(
            KINDS,
            rows("andel-utan-krav;2026-T2;2 av 3"),
            "2026-T1",
            """
## avvikelser
### Klagomål: Synpunkter och klagomål
Inga värden har redovisats än: Klagomål.
### Lex Sarah: Missförhållanden
Inga värden har redovisats än: Rapporter.
### Avvikelser: Tillsyn
Inga värden har redovisats än: Beslut utan krav.
""",
            id="nothing is told yet",
        ),
    ],
)
def test_deviations(yaml: str, csv: str, at: str, expected: str) -> None:
    assert shown(blocks(small(yaml, csv), at, "avvikelser")) == expected.strip()


def test_a_table_that_says_more_than_the_overview_stays() -> None:
    csv = rows(
        "klagomal-antal;2026-T2;;;5;",
        "klagomal-antal;2026-T2;måttlig;;4;",
        "klagomal-antal;2026-T2;;hög upprepningsrisk;1;",
        "rapporter;2026-T2;;;1;Kom in i juli",
        columns="indikator;period;allvarlighetsgrad;upprepningsrisk;värde;anm",
    )
    scale = "skalor:\n  upprepningsrisk: [låg upprepningsrisk, hög upprepningsrisk]\n"
    expected = """
[Klagomål]
Indikator | T2 2026
Kom in | 5
varav allvarlighetsgrad: måttlig | 4
varav hög upprepningsrisk | 1
Utreddes | –
– betyder värde saknas.
Källa: 0.csv rad 2–4.
### Lex Sarah: Missförhållanden
[Rapporter]
Indikator | T2 2026
Rapporter | 1
Tertial 2 2026: Kom in i juli.
Källa: 0.csv rad 5.
"""
    found = shown(blocks(small(KINDS + scale, csv), "2026-T2", "avvikelser"))
    assert expected.strip() in found
    assert found.startswith("## avvikelser\n[Avvikelser, tertial 2 2026]")


def test_the_overview_tells_what_is_judged_but_not_what_is_counted_by_steps_alone() -> None:
    yaml = KINDS.replace("      - id: klagomal-utredda", "      - id: klagomal-orsaker").replace(
        "    klagomal: |\n      De flesta gäller bemötande.\n", "    lex-sarah:\n      risk: stor\n"
    )
    csv = rows(
        "klagomal-antal;2026-T2;;5",
        "klagomal-orsaker;2026-T2;stress;3",
        "rapporter;2026-T2;;0",
        columns="indikator;period;orsak;värde",
    )
    scale = "skalor:\n  orsak: [stress, teknik]\n  risk: [liten, stor]\n"
    expected = """
Slag | Risk | T2 2026
Synpunkter och klagomål | – | 5
Missförhållanden / lex Sarah | stor | 0
"""
    assert table(blocks(small(yaml + scale, csv), "2026-T2", "avvikelser")) == expected.strip()


OF_UNITS = """
indikatorer:
  - id: fall-antal
    namn: Fall
  - id: skador-antal
    namn: Skador
avvikelser:
  - id: fall
    namn: Alla fall
    indikatorer: [fall-antal]
  - id: skador
    namn: Alla skador
    indikatorer: [skador-antal]
"""


@pytest.mark.parametrize(
    ("of_south", "expected"),
    [
        (["fall-antal;2026-T1;5", "skador-antal;2026-T1;1"], []),
        (
            ["fall-antal;2026-T1;5", "skador-antal;2025-T3;1"],
            ["Skador: ingen summa för tertial 1 2026: värde saknas för Söder."],
        ),
    ],
)
def test_the_overview_of_deviations_tells_how_its_sums_are_made(
    of_south: list[str], expected: list[str]
) -> None:
    plan = "plan:\n  namn: {0}\n  enhet: {0}\n  år: 2026\n"
    of = register(
        {
            "plans/b/plan.yaml": plan.format("Nämnden") + OF_UNITS,
            "plans/n/plan.yaml": plan.format("Norr") + "  del_av: b\n",
            "plans/s/plan.yaml": plan.format("Söder") + "  del_av: b\n",
            "data/n/tal.csv": rows("fall-antal;2026-T1;7", "skador-antal;2026-T1;2"),
            "data/s/tal.csv": rows(*of_south),
        }
    )
    found = blocks(of.plans["b"], "2026-T1", "avvikelser", of=of)
    overview = next(each for each in found if isinstance(each, Table))
    notes = [said(line) for line in overview.notes]
    summed = ["Nämndens värde är summan av 2 enheter."]
    assert [note for note in notes if "summa" in note] == summed + expected


CHECKS = """
egenkontroller:
  - id: journaler
    typ: kollegial granskning
    namn: Journaler
    frekvens: tertial
    ansvarig: metodutvecklare
  - id: arlig
    namn: Årlig genomgång
    frekvens: år
    egenkontroller:
      - id: utredningar
        namn: Utredningar
        egenkontroller:
          - id: akuta
            namn: Akuta placeringar
  - id: uppskjuten
    namn: Avtal
    slut: 2026-06-30
  - id: kommande
    namn: Nya journalsystemet
    start: 2027-02
  - id: senare
    namn: Delegationer
    slut: 2026-12-31
  - id: inte-gjord
    namn: Lokaler
    slut: 2026-06-30
  - id: glomd
    namn: Genomförandeplaner
    slut: 2026-06-30
  - id: hoppades-over
    namn: Handledning
  - id: i-siffror
    namn: Enkät till placerade
    indikatorer: [nojda]
  - id: struken
    namn: Faxar
  - id: forra-aret
    namn: Flytten
    slut: 2025-12-31
indikatorer:
  - id: nojda
    namn: Andel nöjda
    måttenhet: procent
uppföljning:
  2025:
    arlig:
      kontrollresultat: anmärkning
  2026-T1:
    journaler:
      kontrollresultat: anmärkning
  2026-T2:
    journaler:
      kontrollresultat: mindre anmärkning
    utredningar: |
      Alla utredningar är gjorda i tid.
    uppskjuten:
      slut: 2026-11-30
    inte-gjord:
      kontrollresultat: ej genomförd
      text: |
        Lokalerna är stängda.
    struken:
      läge: ej aktuell
      text: |
        Faxarna är borttagna.
"""


def test_self_checks_side_by_side_with_what_is_due_and_what_is_lacking() -> None:
    plan = small(CHECKS, rows("nojda;2026-T2;8 av 10"))
    expected = """
Egenkontroll | Resultat | Förra gången | När | Nästa gång | Ansvarig
Journaler / kollegial granskning | mindre anmärkning / bättre än förra gången \
| anmärkning, tertial 1 2026 | varje tertial | tertial 3 2026 | metodutvecklare
Årlig genomgång | inte aktuell än | anmärkning, 2025 | varje år | 2026 | –
Utredningar / del av Årlig genomgång | redovisas i ord | – | – | – | –
Akuta placeringar / del av Utredningar | – | – | – | – | –
Avtal | uppskjuten till 30 november 2026 | – \
| till 30 november 2026, flyttat från 30 juni 2026 | – | –
Nya journalsystemet | inte aktuell än, börjar februari 2027 | – | från februari 2027 | – | –
Delegationer | inte aktuell än, ska vara gjord 31 december 2026 | – | till 31 december 2026 \
| – | –
Lokaler | ej genomförd | – | till 30 juni 2026 | – | –
Genomförandeplaner | saknas | – | till 30 juni 2026. Slutdatum har passerat | – | –
Handledning | – | – | – | – | –
Enkät till placerade | redovisas i siffror | – | – | – | –
Faxar | ej aktuell, redovisas i ord | – | – | – | –
"""
    assert table(blocks(plan, "2026-T2", "egenkontroller")) == expected.strip()


def test_each_self_check_is_told_below_the_one_that_it_is_a_part_of() -> None:
    plan = small(CHECKS, rows("nojda;2026-T2;8 av 10"))
    found = blocks(plan, "2026-T2", "egenkontroller")
    headings = [f"{'#' * one.level} {one.text}" for one in found if isinstance(one, Heading)]
    assert headings == [
        "## egenkontroller",
        "### Egenkontroll: Årlig genomgång",
        "#### Egenkontroll: Utredningar",
        "### Egenkontroll: Lokaler",
        "### Egenkontroll: Enkät till placerade",
        "### Egenkontroll: Faxar",
    ]


def test_a_round_that_was_missed_is_not_one_that_is_to_come() -> None:
    yaml = "egenkontroller:\n  - id: a\n    namn: A\n    frekvens: halvår\n    start: 2026-01-01\n"
    plan = small(f"{yaml}uppföljning:\n  2026-K1:\n    sammanfattning: Ord.\n")
    told = [table(blocks(plan, at, "egenkontroller")) for at in ("2026-K1", "2026-K2", "2026-K3")]
    assert "A | inte aktuell än | varje halvår / från 1 januari 2026 | första" in told[0]
    assert "A | saknas" in told[1]
    assert "A | ingen omgång i perioden" in told[2]


@pytest.mark.parametrize(
    ("at", "journals", "yearly"),
    [
        ("2026-T1", ["anmärkning", "–", "tertial 2 2026"], ["inte aktuell än", "2026"]),
        ("2026-T3", ["saknas", "mindre anmärkning, tertial 2 2026", "tertial 1 2027"], None),
        (
            "2026",
            ["tertial 1 2026 / mindre anmärkning, tertial 2 2026 / saknas, tertial 3 2026 | –"],
            ["– | anmärkning, 2025", "2027"],
        ),
    ],
)
def test_a_round_is_told_of_when_it_has_come_due(
    at: str, journals: list[str], yearly: list[str] | None
) -> None:
    plan = small(CHECKS, rows("nojda;2026-T2;8 av 10"))
    lines = table(blocks(plan, at, "egenkontroller")).splitlines()
    journal, year = (next(each for each in lines if name in each) for name in ("Journ", "Årlig"))
    assert all(piece in journal for piece in journals)
    assert all(piece in year for piece in yearly or ())


def test_what_is_over_is_not_to_come() -> None:
    yaml = "egenkontroller:\n  - id: a\n    namn: A\n    frekvens: år\n    slut: 2026-10-31\n"
    plan = small(yaml)
    lines = [table(blocks(plan, at, "egenkontroller")) for at in ("2026-K3", "2026-K4")]
    assert "A | inte aktuell än | varje år / till 31 oktober 2026" in lines[0]
    assert "A | – | varje år / till 31 oktober 2026" in lines[1]


OWN_STEPS = (
    ("mycket god", "utan anmärkning"),
    ("god", "utan anmärkning"),
    ("bristfällig", "anmärkning"),
    ("inte gjord", "ej genomförd"),
)
OWN_RESULTS = """
egenkontroller:
  - id: a
    namn: A
    frekvens: tertial
uppföljning:
  2026-T1:
    a:
      kontrollresultat: {before}
  2026-T2:
    a:
      kontrollresultat: {now}
skalor:
  kontrollresultat:
"""


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("god", "mycket god", "bättre än förra gången"),
        ("mycket god", "god", "sämre än förra gången"),
        ("bristfällig", "god", "bättre än förra gången"),
        ("god", "god", "som förra gången"),
        ("god", "inte gjord", None),
    ],
)
@pytest.mark.parametrize("best_first", [True, False])
def test_the_order_of_own_steps_tells_which_is_better(
    before: str, now: str, told: str | None, best_first: bool
) -> None:
    steps = OWN_STEPS if best_first else OWN_STEPS[::-1]
    scale = "".join(f"    - namn: {name}\n      som: {som}\n" for name, som in steps)
    plan = small(OWN_RESULTS.format(before=before, now=now) + scale)
    found = table(blocks(plan, "2026-T2", "egenkontroller"))
    expected = f"A | {now} / {told} |" if told else f"A | {now} |"
    assert expected in found


WHOLE_CHECKS = """
egenkontroller:
  - id: gjord
    namn: Gjord
    frekvens: tertial
  - id: flyttad
    namn: Flyttad
    frekvens: år
    slut: 2026-08-01
  - id: glomd
    namn: Glömd
    frekvens: tertial
  - id: egen
    namn: Följs upp av delen
    frekvens: tertial
uppföljning:
  2026-T1:
    sammanfattning: Ord.
  2026-T2:
    gjord:
      kontrollresultat: utan anmärkning
    flyttad:
      slut: 2027-01-31
"""
SAID_BY_PART = "uppföljning:\n  2026-T1:\n    egen:\n      kontrollresultat: anmärkning\n"


def test_what_a_part_says_nothing_of_is_told_as_in_the_whole() -> None:
    of = gathered(hel=WHOLE_CHECKS, del1=SAID_BY_PART)
    expected = """
Egenkontroll | Resultat | Förra gången | När | Nästa gång
Gjord | hel: utan anmärkning | – | varje tertial | tertial 3 2026
Flyttad | hel: uppskjuten till 31 januari 2027 | – | varje år / till 1 augusti 2026 | –
Glömd | hel: saknas | – | varje tertial | tertial 3 2026
Följs upp av delen | saknas | anmärkning, tertial 1 2026 | varje tertial | tertial 3 2026
"""
    found = blocks(of.plans["del1"], "2026-T2", "egenkontroller", of=of)
    assert table(found) == expected.strip()


RING = """
egenkontroller:
  - id: a
    namn: A
    egenkontroller: [b]
  - id: b
    namn: B
    egenkontroller: [a]
"""


def test_self_checks_that_are_parts_of_each_other_in_a_ring_are_told_once() -> None:
    found = table(blocks(small(RING), "2026-T2", "egenkontroller"))
    assert found == "Egenkontroll | Resultat\nA | –\nB / del av A | –"


CONTROLS = """
skalor:
  kontrollresultat:
    - namn: godkänd
      som: utan anmärkning
    - namn: delvis godkänd
      som: mindre anmärkning
    - namn: brister
      som: anmärkning
    - namn: allvarliga brister
      som: anmärkning
risker:
  - id: utbetalningar
    nr: 2
    namn: Felaktiga utbetalningar
    åtgärder:
      - id: attest
        namn: Två attesterar
        egenkontroller: [attestlista]
  - id: behorighet
    nr: 1
    namn: Obehöriga läser journaler
    egenkontroller: [loggar, loggar-nasta]
egenkontroller:
  - id: attestlista
    typ: internkontroll
    namn: Attestlistor
    frekvens: kvartal
    ansvarig: controller
  - id: loggar
    typ: internkontroll
    namn: Loggar
    frekvens: halvår
    ansvarig: enhetschef
  - id: loggar-nasta
    typ: internkontroll
    namn: Nya loggar
    start: 2027
  - id: delegation
    typ: internkontroll
    namn: Delegationsordning
  - id: kollegial
    namn: Kollegial granskning
uppföljning:
  2026-H1:
    behorighet:
      sannolikhet: möjlig
      allvarlighetsgrad: betydlig
    loggar:
      kontrollresultat: allvarliga brister
      text: |
        Två medarbetare hade läst fel journal.
    kollegial: |
      Grupperna läste varandras utredningar.
"""


def test_internal_controls_stand_by_their_risks() -> None:
    found = shown(blocks(small(CONTROLS), "2026-H1", "egenkontroller", "internkontroll"))
    assert found == CONTROLLED.strip()


def test_an_internal_control_stands_in_its_own_section_whichever_comes_first() -> None:
    found = blocks(small(CONTROLS), "2026-H1", "internkontroll", "egenkontroller")
    controls, checks = (drawn(block) for block in found if isinstance(block, Table))
    assert "Loggar" in controls
    assert "Kollegial" in checks
    assert "Loggar" not in checks


BELOW_SELECTION = """
risker:
  - id: liten
    namn: Nycklar kommer bort
    egenkontroller:
      - id: nycklar
        typ: internkontroll
        namn: Räkna nycklarna
uppföljning:
  2026:
    liten:
      nivå: grön
    nycklar:
      kontrollresultat: anmärkning
"""


def test_an_internal_control_is_told_of_though_its_risk_is_below_the_selection() -> None:
    found = table(blocks(small(BELOW_SELECTION, head="  urval: gul\n"), "2026", "internkontroll"))
    assert "Risk: Nycklar kommer bort" in found
    assert "Räkna nycklarna | anmärkning" in found


CONTROLLED = """
## egenkontroller
[Egenkontroller, första halvåret 2026]
Egenkontroll | Resultat
Kollegial granskning | redovisas i ord
### Egenkontroll: Kollegial granskning
Grupperna läste varandras utredningar.
## internkontroll
[Intern kontroll, första halvåret 2026]
Kontroll | Resultat | När | Nästa gång | Ansvarig
Risk: 1 Obehöriga läser journaler. Risknivå: röd
Loggar | allvarliga brister | varje halvår | andra halvåret 2026 | enhetschef
Nya loggar | inte aktuell än, börjar 2027 | från 2027 | – | –
Risk: 2 Felaktiga utbetalningar
Attestlistor | saknas, kvartal 1 2026 och kvartal 2 2026 | varje kvartal | kvartal 3 2026 \
| controller
Utan risk
Delegationsordning | – | – | – | –
Kontrollresultat: godkänd, delvis godkänd, brister, allvarliga brister
Risknivåer: grön, gul, röd
### Internkontroll: Loggar
Kontrollresultat: allvarliga brister, första halvåret 2026
Hur ofta: varje halvår
Ansvarig: enhetschef
Två medarbetare hade läst fel journal.
"""


@pytest.mark.parametrize("part", ["egenkontroller", "internkontroll", "avvikelser"])
def test_a_part_of_which_there_is_nothing_is_left_out(part: str) -> None:
    assert blocks(small(GOAL), "2026", part) == ()


def test_without_a_section_for_internal_control_it_is_a_self_check() -> None:
    found = table(blocks(small(CONTROLS), "2026-H1", "egenkontroller"))
    assert "Loggar / internkontroll" in found


def test_what_the_parts_found_and_counted_stands_beside_the_whole() -> None:
    part = "plan:\n  namn: Norr\n  enhet: Enhet norr\n  del_av: namnden\n"
    check = "egenkontroller:\n  - id: loggar\n    namn: Loggar\n    frekvens: halvår\n"
    said = "uppföljning:\n  2026-H1:\n    loggar:\n      kontrollresultat: anmärkning\n"
    of = register(
        {
            "plans/namnden/plan.yaml": f"plan:\n  namn: Nämnden\n{check}{KINDS}",
            "plans/norr/plan.yaml": f"{part}{said}",
            "data/namnden/a.csv": rows("rapporter;2026-H1;2"),
            "data/norr/a.csv": rows("rapporter;2026-H1;1"),
        }
    )
    found = blocks(of.plans["namnden"], "2026-H1", "egenkontroller", "avvikelser", of=of)
    controls, counted = (block for block in found if isinstance(block, Table))
    told = "Loggar | Enhet norr: anmärkning | varje halvår | andra halvåret 2026"
    assert told in drawn(controls)
    assert drawn(counted).endswith("| Rapporter | 2\nEnhet norr | 1")
    depths = [cell.depth for cell in counted.bodies[-1].rows[-1].cells if cell]
    assert depths == [1, 0]


def test_a_moved_end_is_told_of_the_whole_and_of_no_part_that_says_nothing_of_it() -> None:
    check = "egenkontroller:\n  - id: avtal\n    namn: Avtal\n    slut: 2026-06-30\n"
    moved = "uppföljning:\n  2026-H1:\n    avtal:\n      slut: 2026-09-30\n"
    part = "plan:\n  namn: Norr\n  enhet: Enhet norr\n  del_av: namnden\n"
    files = {"plans/namnden/plan.yaml": f"plan:\n  namn: Nämnden\n{check}{moved}"}
    own = "uppföljning:\n  2026-H1:\n    avtal:\n      slut: 2026-08-31\n"
    for words, told in (
        ("", ""),
        (own, " / Enhet norr: till 31 augusti 2026, flyttat från 30 juni"),
    ):
        of = register({**files, "plans/norr/plan.yaml": part + words})
        found = table(blocks(of.plans["namnden"], "2026-H1", "egenkontroller", of=of))
        assert f"till 30 september 2026, flyttat från 30 juni 2026{told}" in found
        assert ("Enhet norr" in found) == bool(told)
