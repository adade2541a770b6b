"""What a small fault in a plan is told as: code, line, what is wrong and what to do, and that one
cause gives one finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.shape import Allowance

PLAN = "plan:\n  namn: Liten plan\n  år: 2026\n"
RISK = "risker:\n  - id: fall\n    namn: Fall\n"
MEASURE = "åtgärder:\n  - id: larm\n    namn: Larm\n"
INDICATOR = "indikatorer:\n  - id: a\n    namn: A\n"
TARGET = f"{INDICATOR}    målvärden:\n"
SAID = "uppföljning:\n  2026-T1:\n"
ID = "Ett id har små bokstäver a-z, siffror och bindestreck, och börjar med en bokstav."
FORMS = "skriv 2020, 2020-H1, 2020-T1, 2020-K1, 2020-03, 2020-03-31 eller 2019-04/2020-03"


def told(tmp_path: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code and line, message and hint of every finding, in order of place."""
    for name, text in {"plans/liten/plan.yaml": PLAN, **files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    findings = judged(tmp_path).findings
    return [(f"{each.code} {each.place.line}", each.message, each.hint) for each in findings]


KEYS = [
    (
        f"{RISK}    läge: pågår\n",
        "R201 4",
        'Okänd nyckel "läge" i risken',
        "Det sägs i uppföljningen, under perioden och id.",
    ),
    (
        f"skalor:\n  orsak: [a, b]\n{MEASURE}    orsak: a\n",
        "R201 6",
        'Okänd nyckel "orsak" i åtgärden',
        "Det sägs i uppföljningen, under perioden och id.",
    ),
    (
        f"{INDICATOR}    utfall: 4\n",
        "R201 4",
        'Okänd nyckel "utfall" i indikatorn',
        (
            "Här kan bland annat stå måttenhet, decimaler, riktning, frekvens, målvärden, "
            "ingångsvärde, beräkning, summeras, minsta_antal och svarsskala."
        ),
    ),
    (
        f"{RISK}{SAID}    fall:\n      kommentar: Bra\n",
        "R201 7",
        'Okänd nyckel "kommentar" i uppföljningen',
        (
            "Här kan bland annat stå text, slut, lyft, sannolikhet, allvarlighetsgrad, nivå, läge, "
            "tidplan, uppfyllelse och kontrollresultat."
        ),
    ),
]
KINDS = [
    (
        f"{RISK}{SAID}    fall: [a, b]\n",
        "R203 6",
        "Här väntades nycklar och värden, men det står en lista",
        "Skriv nyckel: värde på raderna under, med indrag.",
    ),
    (
        "risker:\n  - Fall i hemmet, på natten\n",
        "R203 2",
        'Här står bara "Fall i hemmet, på natten", men listan ska beskriva något',
        (
            "Skriv ett id och ett namn:\n"
            "- id: fall-i-hemmet-pa-natten\n  namn: Fall i hemmet, på natten"
        ),
    ),
    (
        "risker:\n  fall:\n    namn: Fall\n",
        "R203 1",
        "Här väntades en lista, men det står nycklar och värden",
        "Skriv en punkt per rad, med bindestreck: - värde",
    ),
    (
        "uppföljning:\n  2026-T1: Det gick bra\n",
        "R203 2",
        "Här väntades nycklar och värden, men det står text",
        "Skriv nyckel: värde på raderna under, med indrag.",
    ),
    (
        "skalor:\n  orsak:\n    a: grön\n    b: gul\n",
        "R203 2",
        "Här väntades en lista, men det står nycklar och värden",
        "Skriv en punkt per rad, med bindestreck: - värde",
    ),
    (
        f"{INDICATOR}    svarsskala: [1, 5]\n",
        "R203 4",
        "Här väntades text, men det står en lista",
        "Skriv värdet på samma rad, eller efter | på nästa.",
    ),
    (
        f"{INDICATOR}    målvärden: minst 90\n",
        "R203 4",
        "Här väntades nycklar och värden, men det står text",
        "Skriv vems målet är först: nämnden: minst 90",
    ),
    (
        f"{TARGET}      2026: minst 90\n",
        "R212 5",
        '"2026" säger inte vems målet är',
        "Skriv vems målet är först, som nämnden:, och perioden under.",
    ),
]
VALUES = [
    (
        f"{INDICATOR}    måttenhet: Procent\n",
        "R206 4",
        '"Procent" hör inte till de tillåtna orden',
        'Menade du "procent"?',
    ),
    (
        f"{INDICATOR}    decimaler: 7\n",
        "R204 4",
        '"7" är för mycket: skriv högst 6',
        "",
    ),
    (
        f"{INDICATOR}    minsta_antal: -5\n",
        "R204 4",
        '"-5" är för litet: skriv 0 eller mer',
        "",
    ),
    (
        f"{INDICATOR}    minsta_antal: 5 st\n",
        "R204 4",
        '"5 st" är inget heltal: skriv bara siffror',
        "Skriv talet utan enhet.",
    ),
    (
        (
            f"{INDICATOR}    beräkning:\n      täljare: b\n      nämnare: b\n      per: 0\n"
            "  - id: b\n    namn: B\n"
        ),
        "R204 7",
        '"0" är för litet: skriv mer än 0',
        "",
    ),
    (
        "mål:\n  - id: Väntetid till behandling\n    namn: Väntetid\n",
        "R207 2",
        '"Väntetid till behandling" duger inte som id',
        f"Skriv till exempel vantetid-till-behandling. {ID}",
    ),
    ("mål:\n  - id: 1.1\n    namn: Mål\n", "R207 2", '"1.1" duger inte som id', ID),
    (
        f"{MEASURE}    start: våren 2026\n",
        "R208 4",
        f'"våren 2026" är ingen period: {FORMS}',
        "",
    ),
    (
        f"{MEASURE}    start: 2026-T4\n",
        "R208 4",
        '"2026-T4" är ingen period: tertialen är T1, T2 och T3',
        "",
    ),
    (
        f"{TARGET}      nämnden: max 21\n",
        "R209 5",
        '"max 21" är inget målvärde',
        "Skriv minst 84, högst 90, 81-85 eller 84, utan enhet.",
    ),
    (
        f"{TARGET}      nämnden: minst 90 %\n",
        "R209 5",
        '"minst 90 %" är inget målvärde',
        "Skriv minst 84, högst 90, 81-85 eller 84, utan enhet.",
    ),
]
CALLS = [
    (
        "texter:\n  bakgrund: |\n    Hej {{ varde('a') }}\n",
        "R210 3",
        "Beräkningen kan inte tolkas",
        'Skriv till exempel {{ värde("id") }} eller {{ värde("id", "2026-T1") }}.',
    ),
    (
        'texter:\n  bakgrund: |\n    Hej {{ varde("a") }}\n',
        "R210 3",
        'Det finns ingen beräkning som heter "varde"',
        'Menade du "värde"?',
    ),
    (
        f'{RISK}    beskrivning: |\n      Det blev {{{{ värde("a") }}}}.\n',
        "R210 4",
        "Inget räknas fram i beskrivning",
        "Skriv siffran i uppföljningens text, eller ta bort klamrarna.",
    ),
    (
        "mål:\n  - id: m\n    namn: M\n    förväntat_resultat: |\n      Minst {{ a }}.\n",
        "R210 4",
        "Inget räknas fram i förväntat_resultat",
        "Skriv siffran i uppföljningens text, eller ta bort klamrarna.",
    ),
    (
        "risker:\n  - id: fall\n    namn: Fall {{ a }}\n",
        "R210 3",
        "Inget räknas fram i namn",
        "Skriv siffran i uppföljningens text, eller ta bort klamrarna.",
    ),
]
REFERENCES = [
    (
        "texter:\n  bagrund: Hej.\n",
        "R222 2",
        'Inget har id "bagrund"',
        'Menade du "bakgrund"?',
    ),
    (
        f"{MEASURE}{SAID}    larmet:\n      läge: avslutad\n",
        "R222 6",
        'Inget har id "larmet"',
        'Menade du "larm"?',
    ),
    (
        f"{RISK}    åtgärder: [a]\n{MEASURE}{INDICATOR}",
        "R223 4",
        '"a" är en indikator, men här väntas en åtgärd',
        'Här kan stå larm. "a" skrivs under indikatorer.',
    ),
    (
        f"{INDICATOR}  - id: b\n    namn: B\nsamband:\n  - fallande: [a, b, a]\n",
        "R224 7",
        '"a" står redan i listan',
        "Ta bort den.",
    ),
    (
        (
            f"{INDICATOR}    beräkning:\n      summa: [b]\n"
            "  - id: b\n    namn: B\n    beräkning:\n      summa: [a]\n"
        ),
        "R225 5",
        '"a" leder tillbaka till sig självt: a → b → a',
        "Ta bort en av hänvisningarna.",
    ),
]
DATED = "skalor:\n  trend:\n    2026-T1: [upp, ned]\n    2026-T2: [bättre, sämre]\n"
SCALES = [
    (
        f"{DATED}{RISK}uppföljning:\n  2025:\n    fall:\n      trend: bättre\n",
        "R231 11",
        '"bättre" är inget steg på skalan trend i 2025: det gäller från 2026-T2',
        "Här kan stå upp eller ned.",
    ),
    (
        f"{DATED}{RISK}uppföljning:\n  2026-T2:\n    fall:\n      trend: upp\n",
        "R231 11",
        '"upp" är inget steg på skalan trend i tertial\u00a02 2026: det gällde före 2026-T2',
        "Här kan stå bättre eller sämre.",
    ),
    (
        f"{MEASURE}{SAID}    larm:\n      läge: {'färdigt och ' * 9}klart\n",
        "R231 7",
        '"färdigt och färdigt och färdigt och fär…" är inget steg på skalan läge',
        "Här kan stå ej påbörjad, pågår, klar, avbruten eller ej aktuell.",
    ),
    (
        f"{RISK}{SAID}    fall:\n      sannolikhet: 3\n",
        "R231 7",
        '"3" är inget steg på skalan sannolikhet',
        'Menade du "möjlig"?',
    ),
    (
        "skalor:\n  orsak:\n    - namn: a\n      från: 1\n",
        "R232 4",
        "Skalan orsak: från räknas bara på nivå och uppfyllelse",
        "Ta bort från på alla steg.",
    ),
    (
        (
            "skalor:\n  uppfyllelse:\n    - namn: inte\n      från: 0\n    - namn: helt\n"
            "      rutor: [1x1]\n"
        ),
        "R232 6",
        "Skalan uppfyllelse: den har både från och rutor",
        "Räkna stegen på ett av sätten, och ta bort det andra.",
    ),
    (
        "skalor:\n  läge:\n    - namn: klar\n      som: avbruten\n",
        "R234 4",
        '"klar" är ett inbyggt steg och kan inte stå för ett annat',
        'Ta bort "som", eller ge steget ett annat namn.',
    ),
    (
        "skalor:\n  läge: [klart]\n",
        "R234 2",
        'Steget "klart" säger inte vilket inbyggt steg det står för',
        'Menade du "klar"?',
    ),
    (
        "skalor:\n  tidplan: [på gång]\n",
        "R234 2",
        'Steget "på gång" säger inte vilket inbyggt steg det står för',
        (
            "Skriv det på två rader:\n- namn: på gång\n  som: …\n"
            "Där … är följer tidplan, risk för försening eller försenad."
        ),
    ),
    (
        "skalor:\n  Läge: [a, b]\n",
        "R237 2",
        '"Läge" är nästan samma namn som den inbyggda skalan läge',
        "Skriv läge, eller ge skalan ett annat namn.",
    ),
    (
        "skalor:\n  äldre-yngre: [a, b]\n",
        "R237 2",
        '"äldre-yngre" är inte ett enda ord med bokstäver',
        "Ge skalan ett namn i ett ord.",
    ),
]


@pytest.mark.parametrize(
    ("yaml", "where", "message", "hint"),
    [*KEYS, *KINDS, *VALUES, *CALLS, *REFERENCES, *SCALES],
)
def test_a_fault_is_told_once(
    yaml: str, where: str, message: str, hint: str, tmp_path: Path
) -> None:
    assert told(tmp_path, {"plans/liten/resten.yaml": yaml}) == [(where, message, hint)]


@pytest.mark.parametrize(
    ("head", "where", "message"),
    [
        ("  år: [2026]\n", "R203 3", "Här väntades text, men det står en lista"),
        ("  år: 0000\n", "R212 3", '"0000" har fel form'),
        ("  år: 2026-01/2026-12\n", "R212 3", '"2026-01/2026-12" har fel form'),
        (
            "  rapporter: [atgardsplan, atgardsplan]\n",
            "R224 3",
            '"atgardsplan" står redan i listan',
        ),
    ],
)
def test_faults_of_the_head(head: str, where: str, message: str, tmp_path: Path) -> None:
    plan = f"plan:\n  namn: Liten plan\n{head}"
    [(at, said, _)] = told(tmp_path, {"plans/liten/plan.yaml": plan})
    assert (at, said) == (where, message)


@pytest.mark.parametrize(
    "yaml",
    [
        f"{INDICATOR}    minsta_antal: 1 000\n",
        f"{INDICATOR}samband:\n  - summa: [a]\n    är: -5\n",
        # a level that is judged may be said beside both axes
        (
            f"skalor:\n  nivå: [låg, hög]\n{RISK}{SAID}"
            "    fall:\n      sannolikhet: möjlig\n      allvarlighetsgrad: hög\n      nivå: låg\n"
        ),
        # a section of any report may be written where the plan names none
        f"texter:\n  bakgrund: Hej.\n{SAID}    sammanfattning: Hej.\n",
    ],
)
def test_what_is_no_fault(yaml: str, tmp_path: Path) -> None:
    assert told(tmp_path, {"plans/liten/resten.yaml": yaml}) == []


def test_the_plan_is_missed_on_the_first_line_of_the_first_file(tmp_path: Path) -> None:
    [(where, message, _)] = told(tmp_path, {"plans/liten/plan.yaml": RISK})
    assert (where, message) == ("R202 1", '"plan" saknas i planens filer')


def test_all_keys_that_one_object_lacks_are_told_together(tmp_path: Path) -> None:
    files = {"kvalitet.yaml": "undantag:\n  - regel: R305\n    plats: liten/fall\n"}
    [(where, message, hint)] = told(tmp_path, files)
    assert (where, message) == ("R202 2", '"skäl" och "slut" saknas i undantaget')
    assert hint == 'Lägg till rader med "skäl" och "slut".'


def test_the_same_thing_said_twice_names_the_period(tmp_path: Path) -> None:
    entry = "    larm: Ord.\n"
    files = {
        "plans/liten/a.yaml": f"{MEASURE}{SAID}{entry}",
        "plans/liten/b.yaml": f"uppföljning:\n  2026-01/2026-04:\n{entry}",
    }
    [(where, message, _)] = told(tmp_path, files)
    assert (where, message) == ("R226 3", '"larm" är redan sagt om 2026-T1')


WHOLE = f"plan:\n  namn: Helhet\n{RISK}    start: 2026\n"
PART = "plan:\n  namn: Del\n  del_av: hel\n"
CELLS = "    - namn: a\n      rutor: [1x1, 1x2]\n    - namn: b\n      rutor: [2x1, 2x2]\n"
TWO_BY_TWO = "skalor:\n  sannolikhet: [låg, hög]\n  allvarlighetsgrad: [låg, hög]\n"


@pytest.mark.parametrize(
    ("whole", "part", "place", "other"),
    [
        (f"{TWO_BY_TWO}  utredning:\n{CELLS}", f"skalor:\n  anmälan:\n{CELLS}", "R233 5", "hel 10"),
        (
            "",
            (
                f"{SAID}    fall:\n      allvarlighetsgrad: hög\n      sannolikhet: sannolik\n"
                "  2026-T2:\n    fall:\n      nivå: röd\n"
            ),
            "R235 11",
            "del 8",
        ),
        ("", f"{SAID}    fall:\n      slut: 2025\n", "R241 7", "hel 6"),
    ],
)
def test_the_other_place_is_told(
    whole: str, part: str, place: str, other: str, tmp_path: Path
) -> None:
    for name, text in (("hel", WHOLE + whole), ("del", PART + part)):
        folder = tmp_path / "plans" / name
        folder.mkdir(parents=True)
        (folder / "plan.yaml").write_text(text, "utf-8")
    [finding] = judged(tmp_path).findings
    assert f"{finding.code} {finding.place.line}" == place
    assert finding.other is not None
    assert f"{finding.other.path.split('/')[1]} {finding.other.line}" == other


@pytest.mark.parametrize(
    "part",
    [
        "mål:\n  - id: fall\n    namn: Fall\n",
        "mål:\n  - id: m\n    namn: M\n    bidrar_till: [fall]\n  - id: fall\n    namn: Fall\n",
        "mål:\n  - id: m\n    namn: M\n    åtgärder:\n      - id: fall\n        namn: Fall\n",
    ],
)
def test_an_inherited_id_of_another_kind_is_told_once(part: str, tmp_path: Path) -> None:
    files = {"plans/hel/plan.yaml": WHOLE, "plans/liten/plan.yaml": PART + part}
    [(where, _, _)] = told(tmp_path, files)
    assert where.startswith("R253")


@pytest.mark.parametrize(
    ("head", "codes"),
    [("del_av: saknas", ["R251"]), ("del_av: liten", ["R252"])],
)
def test_what_cannot_be_tried_for_want_of_the_whole_says_so(
    head: str, codes: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "plans" / "liten" / "plan.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"{PLAN}  {head}\n", "utf-8")
    run = judged(tmp_path)
    assert [finding.code for finding in run.findings] == codes
    assert [untried.why for untried in run.untried] == ["det som planen ärver inte är känt"]


def test_where_misspelt_words_are_many_the_first_get_a_hint() -> None:
    near, things = Allowance(), [f"risk-{number}" for number in range(20_000)]
    assert [len(near.of(things)) for _ in range(4)] == [20_000, 20_000, 20_000, 0]
