from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from examples import plain
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kvalitet.findings import CATALOGUE, Finding
from kvalitet.model.indicator import Beräkning, Indikator
from kvalitet.model.plan import Gaps, Plan, Planhuvud
from kvalitet.model.scale import Skala, built_in
from kvalitet.model.text import Model
from kvalitet.model.thing import Mål, Risk
from kvalitet.period import Period
from kvalitet.series import Cell, Data, Ekonomirad, Key, Row, read
from kvalitet.series.codec import LONGEST_LINE, MOST_LINES

HAVSNÄS = Path(__file__).resolve().parent / "havsnas" / "data"
IN_HAVSNÄS = """
    anmalningar avvikelser-antal bemotande ej-inledda ej-verkstallda enskilda-samtal familjehem
    horda inledda jourhem minst-5-ar orsaker sjukfranvaro trygg-efter-insats under-5-ar vardygn
""".split()


def scale(versioner: object) -> Skala:
    return TypeAdapter(Skala).validate_python({"versioner": versioner})


def plan(*things: Model, **skalor: Skala) -> Plan:
    by_id = {str(getattr(thing, "id", "")): thing for thing in things}
    return Plan("x", Planhuvud(namn="X"), built_in() | skalor, by_id)


PLAN = plan(
    Indikator(id="horda"),
    Indikator(id="anmalningar"),
    Indikator(id="andel", beräkning=Beräkning(täljare="horda", nämnare="anmalningar")),
    Indikator(id="grupp", indikatorer=("horda", "anmalningar")),
    Risk(id="risk"),
    orsak=scale({"2025": ["samverkan"], "2026": ["samverkan", "bemötande"]}),
)


def reading(*texts: str | bytes, plan: Plan = PLAN) -> tuple[Data, tuple[Finding, ...], bool]:
    """What files say: bytes as they stand, text with the last line ended."""
    files = [
        (f"data/x/{number}.csv", ended(text).encode() if isinstance(text, str) else text)
        for number, text in enumerate(texts, 1)
    ]
    return read(files, plan)


def ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def sound(*texts: str | bytes) -> Data:
    data, findings, lost = reading(*texts)
    assert (findings, lost) == ((), False)
    return data


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Code, line and columns of each finding."""
    return [
        f"{finding.code} {place.line}:{place.column}-{place.end_column}"
        for finding in findings
        for place in [finding.place]
    ]


def only(row: str, header: str = "indikator;period;värde") -> Row:
    """The one row of a sound file."""
    (found,) = sound(f"{header}\n{row}\n").rows("horda")
    return found


def p(text: str) -> Period:
    return Period.parse(text)


def test_a_row_says_what_it_is_about_what_it_says_and_where_it_stands() -> None:
    data = sound(
        "anm;kön;indikator;serie;period;värde;gäller_från;svarsfrekvens;antal_svar\n"
        ";;horda;;2026-T1;71;;;\n"
        "Ny enkät;kvinnor;horda;riket;2026-T1;3 av 4;2026-T2;58 %;1 087\n"
    )
    assert data.rows("horda") == (
        Row(Key(p("2026-T1")), Cell(Fraction(71), text="71"), "data/x/1.csv", 2),
        Row(
            Key(p("2026-T1"), "riket", (("kön", "kvinnor"),), p("2026-T2")),
            Cell(
                värde=Fraction(75),
                antal=Fraction(3),
                av=Fraction(4),
                text="3 av 4",
                svarsfrekvens=Fraction(58),
                antal_svar=1087,
                anm="Ny enkät",
            ),
            "data/x/1.csv",
            3,
        ),
    )
    assert (data.count, list(data.indicators()), data.rows("anmalningar")) == (2, ["horda"], ())


@pytest.mark.parametrize(
    ("text", "värde"),
    [
        ("0", 0),
        ("-1,5", Fraction(-3, 2)),
        ("\u22121.5", Fraction(-3, 2)),
        ("1 234,5", Fraction(2469, 2)),
        ("1\u00a0234,5", Fraction(2469, 2)),
        ("1\u202f234,5", Fraction(2469, 2)),
        ("14 %", 14),
        ("14%", 14),
        ("14\u00a0%", 14),
        ("  7  ", 7),
        ('"7"', 7),
        ("28 av 44", Fraction(700, 11)),
        ("1 200 av 2 400", 50),
        ("0 av 3", 0),
        ("u.s.", None),
        ("e.m.", None),
        ("e.t.", None),
        ("x", None),
    ],
)
def test_a_value(text: str, värde: Fraction | None) -> None:
    cell = only(f"horda;2026-01;{text}").cell
    assert cell.värde == värde
    assert cell.text == text.strip().strip('"')
    assert cell.märke == (cell.text if värde is None else "")


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("", "R506", "Skriv u.s. (uppgift saknas), e.m. (ej mätt), e.t. (ej tillämplig), x eller"),
        ("12x", "R505", "Skriv ett tal, en andel som 28 av 44, eller u.s., e.m., e.t., x."),
        ("us", "R505", 'Menade du "u.s."?'),
        ("U.S.", "R505", 'Menade du "u.s."?'),
        ("e. m.", "R505", 'Menade du "e.m."?'),
        ("Uppgift saknas", "R505", 'Menade du "u.s."?'),
        ("X", "R505", 'Menade du "x"?'),
        ("-", "R505", "Saknas värdet: skriv u.s. eller e.m."),
        ("..", "R505", "Saknas värdet: skriv u.s. eller e.m."),
        ("n/a", "R505", "Saknas värdet: skriv u.s. eller e.m."),
        ("–3", "R505", "Skriv minus: -3."),
        ("12 st", "R505", "Skriv bara talet: måttenheten står i planen."),
        ("64 procent", "R505", "Skriv bara talet: måttenheten står i planen."),
        ("12 345 kr", "R505", "Skriv bara talet: måttenheten står i planen."),
        ("29 av", "R505", "Skriv en andel som 28 av 44."),
        ("<5", "R505", "Skriv x för ett värde som är skyddat."),
        ("28/44", "R505", "Skriv en andel som 28 av 44."),
        ("28,5 av 44", "R505", "Skriv ett tal, en andel"),
        ("45 av 44", "R516", "Står talen i rätt ordning?"),
        ("-1 av 44", "R516", "Talen får inte vara negativa."),
        ("0 av 0", "R516", "Fanns inget att räkna: skriv e.t."),
        ("1.234,5", "R505", "Skilj tusental med mellanslag: 1 234,5."),
        ("#REF!", "R505", "Excel har skrivit ett felvärde"),
        ("#SAKNAS!", "R505", "Excel har skrivit ett felvärde"),
        ("=A1+A2", "R505", "Skriv talet i stället för formeln."),
        ("1,5E+05", "R505", "Excel har förkortat talet"),
        ("jan-20", "R505", "Excel har gjort ett datum av cellen"),
        ("12-maj", "R505", "Excel har gjort ett datum av cellen"),
        ("1" * 31, "R505", "Skriv ett tal"),
        ("1" * 5000, "R505", "Skriv ett tal"),
        ("1e999999", "R505", "Excel har förkortat talet"),
        ("nan", "R505", "Skriv ett tal"),
        ("-inf", "R505", "Skriv ett tal"),
        ("0x10", "R505", "Skriv ett tal"),
        ("1_000", "R505", "Skriv ett tal"),
        ("٣", "R505", "Skriv ett tal"),
        ("²", "R505", "Skriv ett tal"),
        ("１２", "R505", "Skriv ett tal"),
        ("½", "R505", "Skriv ett tal"),
        ("+5", "R505", "Skriv ett tal"),
        ("+1+1", "R505", "Skriv ett tal"),
        ("-2+3", "R505", "Skriv ett tal"),
        ("@SUM(A1)", "R505", "Skriv ett tal"),
        ("=cmd|'/c calc'!A1", "R505", "Skriv talet i stället för formeln."),
        ("—1", "R505", "Skriv minus: -1."),
        ("－1", "R505", "Skriv ett tal"),
        ("﹣1", "R505", "Skriv ett tal"),
        ("1\u20091", "R505", "Skriv ett tal"),
        ("1 av ٣", "R505", "Skriv ett tal"),
        ("1 av 1e9", "R505", "Skriv ett tal"),
    ],
)
def test_a_value_that_cannot_be_read(text: str, code: str, hint: str) -> None:
    data, (finding,), lost = reading(f"indikator;värde;period\nhorda;{text};2026-01\n")
    assert told((finding,)) == [f"{code} 2:7-{7 + max(len(text), 1)}"]
    assert finding.hint.startswith(hint)
    assert ": skriv" not in finding.message
    assert (data.rows("horda"), data.count, lost) == ((), 0, True)


@pytest.mark.parametrize(
    ("period", "step", "told"),
    [
        ("2025-12", "bemötande", "den 31\u00a0december 2025: det gäller från 2026"),
        ("2024", "bemötande", "den 31\u00a0december 2024: det gäller från 2026"),
        ("2027", "byten", "den 31\u00a0december 2027: det gällde före 2027"),
    ],
)
def test_a_step_of_another_time(period: str, step: str, told: str) -> None:
    dated = scale({"2025": ["byten"], "2026": ["byten", "bemötande"], "2027": ["bemötande"]})
    text = f"indikator;period;orsak;värde\nhorda;{period};{step};8\n"
    _, [finding], _ = reading(text, plan=plan(Indikator(id="horda"), orsak=dated))
    assert finding.message == f'"{step}" finns inte på skalan "orsak" {told}'


@pytest.mark.parametrize(
    ("header", "row", "places", "hint"),
    [
        ("period", "2026-T4", "R504 2:10-17", ""),
        ("period", "jan-20", "R504 2:10-16", "Excel har gjort om perioden"),
        ("period", "43831", "R504 2:10-15", "Excel har gjort om perioden"),
        ("period", "2026-03-01 00:00", "R504 2:10-26", "Excel har gjort om perioden"),
        ("period", "1 mars", "R504 2:10-16", ""),
        ("period", "2026T4", "R504 2:10-16", ""),
        ("period", "2026T1", "R504 2:10-16", 'Menade du "2026-T1"?'),
        ("period", "2026-t1", "R504 2:10-17", 'Menade du "2026-T1"?'),
        ("period", "2026 T1", "R504 2:10-17", 'Menade du "2026-T1"?'),
        ("period", "tertial 1 2026", "R504 2:10-24", 'Menade du "2026-T1"?'),
        ("period", "2026-Q1", "R504 2:10-17", 'Menade du "2026-K1"?'),
        ("period", "2026-1", "R504 2:10-16", 'Menade du "2026-01"?'),
        ("period", "202603", "R504 2:10-16", 'Menade du "2026-03"?'),
        ("period", "mars 2026", "R504 2:10-19", 'Menade du "2026-03"?'),
        ("period", "", "R506 2:10-11", "Skriv en period"),
        ("period", "2026-99", "R504 2:10-17", ""),
        ("period", "0000", "R504 2:10-14", ""),
        ("period", "99999", "R504 2:10-15", "Excel har gjort om perioden"),
        ("period", "-2026", "R504 2:10-15", ""),
        ("period", "２０２６", "R504 2:10-14", ""),
        ("period", "2026-01/2025-01", "R504 2:10-25", ""),
        ("period", "=2026", "R504 2:10-15", ""),
        ("gäller_från", "2200", "R504 2:10-14", ""),
        ("serie", "=riket", "R507 2:10-16", 'Menade du "riket"?'),
        ("svarsfrekvens", "9" * 31, "R513 2:10-41", "Skriv procent från 0 till 100"),
        ("svarsfrekvens", "1e2", "R513 2:10-13", "Skriv procent från 0 till 100"),
        ("antal_svar", "9" * 31, "R513 2:10-41", "Skriv ett heltal"),
        ("antal_svar", "=1", "R513 2:10-12", "Skriv ett heltal"),
        ("gäller_från", "snart", "R504 2:10-15", ""),
        ("serie", "Riket", "R507 2:10-15", 'Menade du "riket"?'),
        ("serie", "budget", "R507 2:10-16", "Stegen är utfall, prognos, ingångsvärde, riket och"),
        ("kön", "kvinna", "R507 2:10-16", 'Menade du "kvinnor"?'),
        ("kön", "Alla", "R507 2:10-14", "Lämna cellen tom för alla."),
        ("kön", "totalt", "R507 2:10-16", "Lämna cellen tom för alla."),
        ("orsak", "bemötande", "R507 2:10-19", "Stegen är samverkan."),
        ("svarsfrekvens", "101 %", "R513 2:10-15", "Skriv procent från 0 till 100"),
        ("svarsfrekvens", "hög", "R513 2:10-13", "Skriv procent från 0 till 100"),
        ("svarsfrekvens", "0,58", "R513 2:10-14", "Skriv med procenttecken: 58 % eller 0,58 %."),
        ("svarsfrekvens", "1", "R513 2:10-11", "Skriv med procenttecken: 100 % eller 1 %."),
        ("svarsfrekvens", "42 av 60", "R513 2:10-18", "Skriv 70 %, och 42 i antal_svar."),
        ("antal_svar", "8,5", "R513 2:10-13", "Skriv ett heltal"),
        ("antal_svar", "-8", "R513 2:10-12", "Skriv ett heltal"),
    ],
)
def test_another_cell_that_cannot_be_read(header: str, row: str, places: str, hint: str) -> None:
    after = ("värde", "8") if header == "period" else ("period;värde", "2025-12;8")
    text = f"indikator;{header};{after[0]}\n   horda;{row};{after[1]}\n"
    _, findings, lost = reading(text)
    assert told(findings) == [places]
    assert findings[0].hint.startswith(hint)
    assert not (hint and ": skriv" in findings[0].message)
    assert lost


@pytest.mark.parametrize("rate", ["0", "0 %", "0,5 %", "1 %", "1,5", "100"])
def test_a_response_rate_up_to_one_has_its_sign_of_per_cent(rate: str) -> None:
    row = only(f"horda;2026;8;{rate}", "indikator;period;värde;svarsfrekvens")
    assert row.cell.svarsfrekvens == Fraction(rate.removesuffix(" %").replace(",", "."))


@pytest.mark.parametrize(
    ("step", "period", "known"),
    [
        ("bemötande", "2025-12", False),
        ("bemötande", "2025-12/2026-01", True),
        ("bemötande", "2026", True),
        ("samverkan", "2019", True),
    ],
)
def test_a_step_is_one_that_is_valid_on_the_last_day(step: str, period: str, known: bool) -> None:
    data, _, _ = reading(f"indikator;period;orsak;värde\nhorda;{period};{step};1")
    assert bool(data.rows("horda")) is known


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("kön", '"x" finns inte på skalan "kön"'),
        ("orsak", '"x" finns inte på skalan "orsak" den 31 mars 2026'),
    ],
)
def test_the_day_is_told_where_a_scale_changes(column: str, expected: str) -> None:
    _, (finding,), _ = reading(f"indikator;period;{column};värde\nhorda;2026-03;x;1")
    assert plain(finding.message) == expected


def test_every_faulty_cell_of_a_row_is_told() -> None:
    text = "indikator;period;serie;värde;antal_svar\nhordda;2026-T4;Riket;tio;många\n"
    _, findings, _ = reading(text)
    assert told(findings) == ["R503 2:1-7", "R504 2:8-15", "R505 2:22-25", "R513 2:26-31"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("indikator;period;värde;kommentar", ['R501 1:24-33 Kolumnen "kommentar" är okänd']),
        ("indikator;period;Värde", ['R501 1:18-23 Kolumnen "Värde" är okänd']),
        ("indikator;värde", ['R501 1:1-16 Här saknas "period"']),
        ("värde", ['R501 1:1-6 Här saknas "indikator" och "period"']),
        ("indikator;period;värde;period", ['R501 1:24-30 Kolumnen "period" står två gånger']),
        ("indikator;period;;värde", ["R501 1:18-19 Kolumn 3 saknar namn"]),
        ("horda;2026-01;7", ["R501 1:1-16 Kolumnernas namn saknas"]),
        ("\n", ["R501 3:1-16 Kolumnernas namn saknas"]),
        (";".join("abc" * 70), ["R501 1:1-420 Tabellen har fler än 200 kolumner"]),
        ("indikator;2026-01;2026-02", ['R501 1:11-18 Kolumnen "2026-01" är en period']),
        ("Indikator;jan;feb;mars", ['R501 1:11-14 Kolumnen "jan" är en period']),
        ("indikator,period,värde", ["R511 1:1-23 Cellerna skiljs åt med komma"]),
        ("indikator,period,värde;;", ["R511 1:1-25 Cellerna skiljs åt med komma"]),
        ("indikator|period|värde", ["R511 1:1-23 Cellerna skiljs åt med lodstreck"]),
        ('"indikator;period;värde"', ["R511 1:1-25 Hela raden står i en enda cell"]),
        ('indikator;"period;värde', ["R515 1:11-18 Citattecknen i raden går inte ihop"]),
        ("period;typ;post;budget", ['R501 1:1-23 Här saknas "utfall"']),
        ("period;typ;post;utfall;budget;år", ['R501 1:31-33 Kolumnen "år" är okänd']),
    ],
)
def test_a_header_that_cannot_be_read(header: str, expected: list[str]) -> None:
    _, findings, lost = reading(f"{header}\nhorda;2026-01;7\n")
    messages = [finding.message for finding in findings]
    assert [" ".join(pair) for pair in zip(told(findings), messages, strict=True)] == expected
    assert lost


A_COLUMN_OF_ONES_OWN = (
    "Här kan stå serie, gäller_från, svarsfrekvens, antal_svar, anm, orsak, lagrum, kön, "
    "kontrollresultat med flera. "
    "Är det en egen uppdelning: lägg till en skala med det namnet i planen."
)


@pytest.mark.parametrize(
    ("header", "hints"),
    [
        ("indikator;peroid;värde", ['Menade du "period"?']),
        (
            "Indikator;Period;Värde",
            [
                "Skriv namnet med små bokstäver: indikator.",
                "Skriv namnet med små bokstäver: period.",
                "Skriv namnet med små bokstäver: värde.",
            ],
        ),
        ("indikator;period;värde;kommentar", ['Menade du "anm"?']),
        ("indikator;period;värde;Anmärkning", ['Menade du "anm"?']),
        ("period;Typ;post;utfall;budget", ["Skriv namnet med små bokstäver: typ."]),
        ("indikator;period;antal", ["Här kan stå värde."]),
        ("period;typ;post;utfall;budget;år", ["Här kan stå prognos eller anm."]),
        ("indikator;period;värde;enhet", [A_COLUMN_OF_ONES_OWN]),
    ],
)
def test_what_a_column_may_be_called(header: str, hints: list[str]) -> None:
    _, findings, _ = reading(header)
    assert [finding.hint for finding in findings] == hints


@pytest.mark.parametrize("text", ["", "\n", ";;;\n;;;\n"])
def test_an_empty_file(text: str) -> None:
    _, (finding,), _ = reading(text)
    assert (finding.code, finding.message) == ("R501", "Filen är tom")


AS_EXCEL = 'indikator;period;värde;anm\nhorda;2026-01;1 234,5;"Två ""nya"" samtal; ett till"\n'


@pytest.mark.parametrize(
    "data",
    [
        AS_EXCEL.encode(),
        AS_EXCEL.encode("utf-8-sig"),
        AS_EXCEL.encode("cp1252"),
        AS_EXCEL.replace("\n", "\r\n").encode("cp1252"),
        AS_EXCEL.replace("1 234,5", "1\u00a0234,5").encode("cp1252"),
        AS_EXCEL.replace("; ett", "# ett").replace(";", "\t").replace("#", ";").encode(),
        b"sep=;\r\n" + AS_EXCEL.replace("\n", "\r\n").encode("cp1252"),
        b"\n;;;\n" + AS_EXCEL.encode(),
        (AS_EXCEL + ";;;\n\n \r\n;;;;;;;\n").encode(),
        AS_EXCEL.replace("\n", ";;\n").encode(),
        AS_EXCEL.replace("anm\n", "anm;;\n").encode(),
        AS_EXCEL.replace("ä", "a\u0308").encode(),
    ],
)
def test_the_forms_in_which_excel_saves(data: bytes) -> None:
    (row,) = sound(data).rows("horda")
    assert row.cell.värde == Fraction(2469, 2)
    assert row.cell.anm == 'Två "nya" samtal; ett till'


def test_a_cell_on_several_lines() -> None:
    _, findings, _ = reading(
        'indikator;period;värde;anm;kön\r\nhorda;2026-01;7;"Två\r\nsamtal";kvinna\r\n'
        "horda;2026-02;sju;;\r\n"
    )
    assert told(findings) == ["R507 3:9-15", "R505 4:15-18"]


@pytest.mark.parametrize(
    ("data", "expected", "message"),
    [
        ("värde".encode("utf-16"), "R510 1:1-0", "Filen är sparad som UTF-16"),
        ("värde".encode("utf-16-le"), "R510 1:1-0", "Filen är sparad som UTF-16"),
        ("\ufeffvärde".encode("utf-32-le"), "R510 1:1-0", "Filen är sparad som UTF-32"),
        ("värde".encode("utf-32-be"), "R510 1:1-0", "Filen är sparad som UTF-32"),
        (b"PK\x03\x04", "R510 1:1-0", "Filen är en arbetsbok från Excel, inte CSV"),
        ("a;värde".encode("mac_roman"), "R510 1:4-5", 'Tecknet "Š" i "vŠrde" kan vara fel läst'),
        ("a\nvärde".encode("cp850"), "R510 2:2-3", 'Tecknet "„" i "v„rde" kan vara fel läst'),
        ("a;värde".encode("cp437"), "R510 1:4-5", 'Tecknet "„" i "v„rde" kan vara fel läst'),
        ("Övrigt".encode("mac_roman"), "R510 1:1-2", 'Tecknet "…" i "…vrigt" kan vara fel läst'),
        ("för".encode("cp850"), "R510 1:2-3", 'Tecknet "”" i "f”r" kan vara fel läst'),
        ("på;Muñoz".encode("cp1252"), "R510 1:6-7", 'Tecknet "ñ" i "Muñoz" kan vara fel läst'),
        ("på;10 €".encode("cp1252"), "R510 1:7-8", 'Tecknet "€" kan vara fel läst'),
        ("på\nett TvÃ¥".encode(), "R510 2:7-8", 'Här står "TvÃ¥" i stället för "Två"'),
        ("vÃ¤rde".encode("utf-8-sig"), "R510 1:2-3", 'Här står "vÃ¤rde" i stället för "värde"'),
        ("å;f\ufffdr".encode(), "R510 1:4-5", 'Ett tecken har gått förlorat i "f\ufffdr"'),
        ("på ".encode() + "på".encode("cp1252"), "R510 1:5-6", "Filen blandar UTF-8 och Win"),
        ("\ufeffa;".encode() + b"\xe5", "R510 1:3-4", "Filen blandar UTF-8 och Windows-1252"),
        ("a;\u0085".encode(), "R003 1:3-4", "Tecknet U+0085 bryter raden utan att det syns"),
        ("a\n\u2028".encode(), "R003 2:1-2", "Tecknet U+2028 bryter raden utan att det syns"),
        (b'a;"b\rc"\n', "R003 1:5-6", "Tecknet CR bryter raden utan att det syns"),
        (b"a\r\nb\rc", "R003 2:2-3", "Tecknet CR bryter raden utan att det syns"),
        (b"a;b\rc;d\r", "R003 1:1-0", "Raderna slutar med ensamt CR"),
        (b"a;\x00", "R008 1:3-4", "Styrtecknet U+0000 får inte stå i filen"),
        (b"a;\xed\xa0\x80", "R510 1:3-4", 'Tecknet "í" i "í\xa0€" kan vara fel läst'),
        ("a;å".encode() + b"\xcc\x81" * 31, "R008 1:34-35", "Fler än 30 accenter på samma"),
        (b"a\n" + b";" * LONGEST_LINE + b";", "R007 2:1-0", "Raden är orimligt lång"),
        (b"a" + b"\n" * (MOST_LINES + 1), "R007 1:1-0", "Filen har fler än"),
    ],
)
def test_bytes_that_are_not_certain(data: bytes, expected: str, message: str) -> None:
    _, findings, lost = reading(data)
    assert told(findings) == [expected]
    assert findings[0].message.startswith(message)
    assert lost


@pytest.mark.parametrize("text", ["å – ”é” ‘ü’ … § ° ½ × ·", "à", "–"])
def test_windows_1252_with_the_characters_of_swedish_text(text: str) -> None:
    row = f"period;typ;post;utfall;budget\n2026;kostnad;{text};1;1\n".encode("cp1252")
    assert sound(row).ekonomi[0].post == text


NOTED = "indikator;period;värde;anm"


@pytest.mark.parametrize(
    ("rows", "short", "faulty"),
    [
        (40, range(17, 33), []),  # Excel writes sixteen rows at a time, and no cell after the last
        (40, range(33, 42), []),  # in which any of them says something
        (32, [17], [17]),
        (40, range(17, 32), [*range(17, 32)]),
        (40, range(18, 34), [*range(18, 34)]),
        (12, range(2, 14), [*range(2, 14)]),  # the header says something in every column
    ],
)
def test_the_last_cells_that_excel_leaves_out(
    rows: int, short: Sequence[int], faulty: list[int]
) -> None:
    lines = (
        f"horda;{2000 + line};7" + ("" if line in short else ";") for line in range(2, rows + 2)
    )
    data, findings, _ = reading("\n".join([NOTED, *lines]))
    assert [(f.code, f.place.line) for f in findings] == [("R502", line) for line in faulty]
    assert data.count == rows - len(faulty)


def test_a_column_that_must_say_something_is_left_out_by_nobody() -> None:
    lines = (f"horda;{2000 + line}" + ("" if line > 16 else ";7") for line in range(2, 20))
    _, findings, _ = reading("\n".join(["indikator;period;värde", *lines]))
    assert [(f.code, f.place.line) for f in findings] == [("R502", line) for line in (17, 18, 19)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("horda;2026-01", "R502 3:1-14"),
        ("horda;2026-01;7;8", "R502 3:1-18"),
        ("horda;2026-01;7; ;8", "R502 3:1-20"),
        ('horda;"2026-01;7', "R515 3:7-15"),
        ('horda;2026-01;"7"0', "R515 3:15-19"),
        (";2026-01;7", "R506 3:1-2"),
        ("hordda;2026-01;7", "R503 3:1-7"),
        ("risk;2026-01;7", "R503 3:1-5"),
        ("andel;2026-01;7", "R512 3:1-6"),
        ("grupp;2026-01;7", "R512 3:1-6"),
        ("horda,2026-01,7", "R511 3:1-16"),
        ("horda\t2026-01\t7", "R511 3:1-16"),
        ('"horda;2026-01;7"', "R511 3:1-18"),
        ("Källa: SCB, 2026, tabell 3", "R502 3:1-27"),
    ],
)
def test_a_row_that_cannot_be_placed(row: str, expected: str) -> None:
    data, findings, lost = reading(f"indikator;period;värde\nhorda;2025-12;6\n{row}")
    assert told(findings) == [expected]
    assert (data.count, lost) == (1, True)


@pytest.mark.parametrize(
    ("rows", "message", "hint"),
    [
        (
            "horda,2026-01,7\nhorda,2026-02,8,5\n",
            "Cellerna skiljs åt med komma, men på första raden med tabb (2 rader)",
            "Skilj cellerna åt med tabb i hela filen.",
        ),
        (
            "horda\t2026-01\t7\t8\n",
            "Raden har fel antal celler: 4 i stället för 3",
            "Ta bort det som är för mycket, eller sätt citattecken runt en text med tabb.",
        ),
    ],
)
def test_rows_that_do_not_go_with_the_header_are_told_by_its_separator(
    rows: str, message: str, hint: str
) -> None:
    _, (finding,), _ = reading(f"indikator\tperiod\tvärde\n{rows}")
    assert (finding.message, finding.hint) == (message, hint)


@pytest.mark.parametrize(
    ("rows", "expected", "left"),
    [
        ('horda;2026-02;7;"Två\nhorda;2026-03;8;\nhorda;2026-04;9;Tre"', "R515 3:17-21", 1),
        ('horda;2026-02;7;"Två\r\nhorda;2026-03;"\r\nhorda;2026-04;9;', "R515 3:17-21", 1),
        ('horda;2026-02;"7\nhordda;2026-03;8";', "R515 3:15-17", 1),
        ('"horda;2026-02;7;\nhorda;x;8;"', "R515 3:1-7", 1),
        ('horda;2026-02;7;"Två samtal;\nett nytt; i 2026"\nhorda;2026-03;8;"A"', None, 3),
    ],
)
def test_no_row_disappears_between_two_quotes(rows: str, expected: str | None, left: int) -> None:
    data, findings, lost = reading(f"indikator;period;värde;anm\nhorda;2026-01;7;\n{rows}\n")
    assert told(findings) == ([expected] if expected else [])
    assert (data.count, lost) == (left, expected is not None)


def test_quotes_that_swallow_rows_are_told_with_the_rows() -> None:
    text = 'indikator;period;värde;anm\nhorda;2026-01;7;"Två\nhorda;2026-02;7;\nhorda;2026-03;8;B"'
    _, (finding,), _ = reading(text)
    assert finding.message == "Citattecknen gör raderna 2 till 4 till en enda rad"


def test_quotes_that_do_not_close_end_the_file_there() -> None:
    text = 'indikator;period;värde;anm\nhorda;2026-01;7;\nhorda;2026-02;7;"Två\nhorda;x;7;\n'
    data, findings, _ = reading(text, "indikator;period;värde\nanmalningar;2026-01;9")
    assert told(findings) == ["R515 3:17-21"]
    assert (len(data.rows("horda")), len(data.rows("anmalningar"))) == (1, 1)


def test_a_formula_in_a_note_is_text() -> None:
    row = only("horda;2026-01;7;=cmd|'/c calc'!A1", "indikator;period;värde;anm")
    assert row.cell.anm == "=cmd|'/c calc'!A1"


def test_an_indicator_that_the_plan_lacks_is_told_once_a_file_with_its_rows() -> None:
    rows = "indikator;period;värde\nhordda;2026-01;7\nhordda;2026-02;7\nandel;2026-01;7\n"
    _, findings, _ = reading(rows, rows)
    assert [(finding.message, finding.hint) for finding in findings[:2]] == [
        ('Indikatorn "hordda" finns inte i planen (2 rader)', 'Menade du "horda"?'),
        ('"andel" räknas fram', "Den räknas ur horda och anmalningar: ta bort raderna."),
    ]
    assert told(findings) == ["R503 2:1-7", "R512 4:1-6"] * 2


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Ej hörda barn", 'Indikatorn "Ej hörda barn" finns inte i planen', 'Menade du "horda"?'),
        ("ej hörda BARN", 'Indikatorn "ej hörda BARN" finns inte i planen', 'Menade du "horda"?'),
        ("risk", '"risk" är en risk, ingen indikator', "Skriv id på en indikator."),
        ("mal", '"mal" är ett mål, ingen indikator', "Skriv id på en indikator."),
    ],
)
def test_what_stands_in_place_of_an_id(text: str, message: str, hint: str) -> None:
    named = plan(Indikator(id="horda", namn="Ej hörda barn"), Risk(id="risk"), Mål(id="mal"))
    _, (finding,), _ = reading(f"indikator;period;värde\n{text};2026;1", plan=named)
    assert (finding.code, finding.message, finding.hint) == ("R503", message, hint)


def test_twenty_findings_of_a_kind_then_how_many_rows_more() -> None:
    rows = "".join(f"horda;2026-01-{day:02};tio\n" for day in range(1, 31))
    _, findings, _ = reading("indikator;period;värde\n" + rows)
    assert told(findings) == [
        *(f"R505 {line}:18-21" for line in range(2, 22)),
        "R505 22:1-0",
    ]
    assert findings[-1].message == "Värdet kan inte tolkas: … och 10 rader till"


def test_a_file_with_a_thousand_faults_is_not_read_to_its_end() -> None:
    rows = "".join(f"horda;2026-01-{1 + n % 28:02};{n} st\n" for n in range(1000))
    header, sound_row = "indikator;period;värde\n", "anmalningar;2026;7\n"
    _, findings, _ = reading(header + rows + sound_row)
    assert (len(findings), findings[-1].code) == (21, "R505")
    _, findings, _ = reading(header + rows + "horda;2026;8 st\n" + sound_row)
    assert (len(findings), told(findings)[-1]) == (22, "R014 1002:1-0")
    assert findings[-2].message == "Värdet kan inte tolkas: … och 980 rader till"


HEAD = "indikator;period;värde;gäller_från;anm\n"
FIRST = "horda;2026-03;20;;\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("horda;2026-03;22;2026-T2;Sent inkomna", []),
        ("horda;2026-03;22;2026-T2;Sent\nhorda;2026-03;23;2026-T3;Ännu senare", []),
        ("horda;2026-03;22;2026-T2;", ["R509 3:1-0"]),
        ("horda;2026-03;22;;", ["R508 3:1-0"]),
        ("horda;2026-03-01/2026-03;22;;Sent", ["R508 3:1-0"]),
        ("horda;2026-03;22;2026-T2;A\nhorda;2026-03;23;2026-T2;B", ["R508 4:1-0"]),
        ("horda;2026-02;19;;\nanmalningar;2026-03;9;;", []),
        ("horda;2026-02;19;2026-T2;", []),
        ("horda;2026-02;19;2026-T2;\nhorda;2026-02;20;2026-T3;Rättad", []),
        ("horda;2026-02;20;2026-T3;\nhorda;2026-02;19;2026-T2;", ["R509 3:1-0"]),
    ],
)
def test_the_same_row_twice_and_corrections(rows: str, expected: list[str]) -> None:
    _, findings, lost = reading(HEAD + FIRST + rows)
    assert told(findings) == expected
    assert lost is any("R508" in one for one in expected)


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("anm;period;indikator;värde;gäller_från", "Skriv skälet i kolumnen anm."),
        (
            "kön;period;indikator;värde;gäller_från",
            "Lägg till kolumnen anm, och skriv skälet i den.",
        ),
    ],
)
def test_a_correction_without_a_reason_names_the_row_that_it_corrects(
    header: str, hint: str
) -> None:
    _, (finding,), _ = reading(HEAD + FIRST, f"{header}\n;2026-03;horda;22;2026-T2")
    assert finding.hint == hint
    assert (finding.place.path, finding.place.line) == ("data/x/2.csv", 2)
    assert finding.other
    assert (finding.other.path, finding.other.line) == ("data/x/1.csv", 2)


def test_the_same_row_in_two_files_is_told_at_the_second_and_names_the_first() -> None:
    same = "serie;värde;period;kön;indikator\nriket;7;2026;män;horda\n"
    _, (finding,), _ = reading(
        HEAD + FIRST, "period;indikator;kön;serie;värde\n2026;horda;män;riket;8", same
    )
    assert finding.message == "horda 2026 riket män står två gånger"
    assert (finding.place.path, finding.place.line) == ("data/x/3.csv", 2)
    assert finding.other
    assert (finding.other.path, finding.other.line) == ("data/x/2.csv", 2)


def test_a_faulty_or_empty_file_costs_the_others_nothing() -> None:
    data, findings, _ = reading("", b"\xff\xfe", "a;b", HEAD, HEAD + FIRST)
    assert [finding.code for finding in findings] == ["R501", "R510", "R501"]
    assert data.count == 1


def test_what_may_stand_in_a_file_that_was_not_read_is_not_held_against_the_data() -> None:
    text = "indikator;period;okänd;kön;värde\nsaknas;2026;a;b;1\nhorda;2026;a;b;1\nrisk;2026;;;1"
    gaps = Gaps(ids=True, scales=frozenset({"kön"}))
    data, findings, lost = reading(text, plan=replace(PLAN, gaps=gaps))
    assert told(findings) == ["R503 4:1-5"]
    assert [row.key.uppdelning for row in data.rows("horda")] == [(("kön", "b"), ("okänd", "a"))]
    assert lost


def test_a_row_is_lost_without_a_finding_where_its_indicator_may_be_in_a_gap() -> None:
    text = "indikator;period;värde\nsaknas;2026;1\n"
    assert reading(text, plan=replace(PLAN, gaps=Gaps(ids=True)))[1:] == ((), True)


ECONOMY = "period;typ;post;utfall;budget;prognos;anm\n"


def test_the_economy_table_is_known_by_its_header() -> None:
    data = sound(
        ECONOMY + "2026-01/2026-04;kostnad;Personal;9 450,5;9 600;28 700;Fler\n",
        "budget;utfall;post;typ;period\n0;1 200;Statsbidrag;intäkt;2026-T1\n",
    )
    t1 = p("2026-T1")
    assert data.ekonomi == (
        Ekonomirad(
            t1, "kostnad", "Personal", Fraction("9450.5"), Fraction(9600), Fraction(28700),
            "Fler", "data/x/1.csv", 2,
        ),
        Ekonomirad(
            t1, "intäkt", "Statsbidrag", Fraction(1200), Fraction(0), None, "", "data/x/2.csv", 2,
        ),
    )  # fmt: skip
    assert (data.count, list(data.indicators())) == (2, [])


@pytest.mark.parametrize(
    ("row", "expected", "message"),
    [
        ("2026-T4;kostnad;Hyra;1;1", "R504 2:1-8", '"2026-T4" är ingen period'),
        ("2026;kostnader;Hyra;1;1", "R514 2:6-15", '"kostnader" i kolumnen "typ" är varken'),
        ("2026;;Hyra;1;1", "R506 2:6-7", 'Cellen i kolumnen "typ" är tom'),
        ("2026;kostnad;;1;1", "R506 2:14-15", 'Cellen i kolumnen "post" är tom'),
        ("2026;kostnad;Hyra;;1", "R506 2:19-20", 'Cellen i kolumnen "utfall" är tom'),
        ("2026;kostnad;Hyra;-1;1", "R514 2:19-21", '"-1" i kolumnen "utfall" har minustecken'),
        ("2026;kostnad;Hyra;1;u.s.", "R514 2:21-25", '"u.s." i kolumnen "budget" är inget belopp'),
        ("2026;kostnad;Hyra;1;2;3 tkr", "R514 2:23-28", '"3 tkr" i kolumnen "prognos" är inget'),
        ("2026-H1;kostnad;Lön;1;1", "R508 2:1-26", '2026-H1 kostnad "Lön" står två gånger'),
        ("2026-H1;kostnad;lö n;1;1", "R508 2:1-27", '2026-H1 kostnad "lö n" ("Lön") står två'),
    ],
)
def test_a_row_of_the_economy_that_cannot_be_read(row: str, expected: str, message: str) -> None:
    first = "period;typ;post;utfall;budget\n2026-01/2026-06;kostnad;Lön;1;1"
    row += ";" * (6 - row.count(";"))
    data, findings, lost = reading(first, ECONOMY + row)
    assert told(findings) == [expected]
    assert findings[0].message.startswith(message)
    assert (data.count, lost) == (1, True)


@pytest.mark.parametrize("folder", ["barn-och-familj", "socialnamnden"])
def test_the_example_is_sound(folder: str) -> None:
    paths = sorted((HAVSNÄS / folder).glob("*.csv"))
    steps = {"kön": ["flickor", "pojkar"], "orsak": ["dokumentation", "samverkan", "bemötande"]}
    of_havsnäs = plan(
        *(Indikator(id=id) for id in IN_HAVSNÄS),
        **{name: scale(names) for name, names in steps.items()},
    )
    data, findings, lost = read([(path.name, path.read_bytes()) for path in paths], of_havsnäs)
    rows = sum(len(path.read_text("utf-8").splitlines()) - 1 for path in paths)
    assert (findings, lost, data.count) == ((), False, rows)


WORDS = """
    horda;horda;horda;andel;hordda;2026-01;2026-02;2026-13;7;7 %;3 av 4;u.s.;us;riket;kvinnor;"7"
    indikator;period;värde;serie;kön;gäller_från;anm;typ;kostnad;post;utfall;budget; ;";å
"""
CELLS = st.sampled_from(["", '"a\nb"', *WORDS.replace("\n", ";").replace("    ", "").split(";")])
IN_ORDER = st.tuples(st.just("horda"), st.sampled_from(["2026", "2025", "x"]), CELLS)
ROWS = st.lists((IN_ORDER | st.lists(CELLS, max_size=7)).map(";".join), max_size=12)
HEADERS = st.sampled_from(["indikator;period;värde", HEAD.strip(), ECONOMY.strip(), "sep=;", ""])
TABLES = st.builds(
    lambda header, rows, end, coding: end.join([header, *rows]).encode(coding, "replace"),
    HEADERS,
    ROWS,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "mac_roman"]),
)


FREE_OF_QUOTES = ROWS.map(lambda rows: [row for row in rows if '"' not in row])


@given(FREE_OF_QUOTES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n"]))
def test_quotes_round_a_cell_have_no_meaning(rows: list[str], end: str, last: str) -> None:
    plain, quoted = (
        reading(end.join(["indikator;period;värde", f"horda;2019;{value}", *rows]) + last)
        for value in ("7", '"7"')
    )
    assert plain[1:] == quoted[1:]
    for id in ("horda", "anmalningar"):
        assert plain[0].rows(id) == quoted[0].rows(id)


FAR_DOWN = 2000  # beyond the first of the blocks that a file is read in


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("horda;2066-09;7", []),
        ('horda;2066-09;"7"', []),
        ("", []),
        ("horda;2066-09", [FAR_DOWN + 2]),
        ("horda;2066-09;sju", [FAR_DOWN + 2]),
    ],
)
def test_a_row_far_down_has_its_own_line(row: str, lines: list[int]) -> None:
    months = [f"{year}-{month:02}" for year in range(1900, 2100) for month in range(1, 13)]
    rows = [f"horda;{month};7{' ' * 80}" for month in months]
    rows[FAR_DOWN] = row
    data, findings, _ = reading("\n".join(["indikator;period;värde", *rows]))
    assert [finding.place.line for finding in findings] == lines
    assert all(row.key == Key(p(months[row.line - 2])) for row in data.rows("horda"))


@given(st.lists(st.binary(max_size=200) | TABLES, max_size=3))
def test_any_bytes_give_rows_or_findings(files: list[bytes]) -> None:
    data, findings, lost = reading(*files)
    assert data.count == sum(len(data.rows(id)) for id in data.indicators()) + len(data.ekonomi)
    assert lost is any(finding.code != "R509" for finding in findings)
    for finding in findings:
        assert finding.code in CATALOGUE
        assert min(finding.place.line, finding.place.column) >= 1


BAD_VALUES = st.sampled_from(["sju", "1 2", '"7;8"', '"1""2"', "45 av 44", " x y "])


@given(st.lists(st.tuples(st.sampled_from(["7", '"7"', "x", '"a\nb"']), BAD_VALUES), max_size=9))
def test_the_place_of_a_finding_is_the_cell_itself(cells: list[tuple[str, str]]) -> None:
    rows = [f"{note};horda;2026-01;{value}" for note, value in cells]
    file = "\r\n".join(["anm;indikator;period;värde", *rows])
    _, findings, _ = reading(file)
    lines = file.split("\n")
    seen = [
        lines[place.line - 1][place.column - 1 : place.end_column - 1]
        for place in (finding.place for finding in findings)
    ]
    assert seen == [value for _, value in cells]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_the_columns_has_no_meaning(order: tuple[int, ...]) -> None:
    rows = [["indikator", "period", "värde", "serie"], ["horda", "2026", "7", "riket"]]
    (row,) = sound("\n".join(";".join(cells[at] for at in order) for cells in rows)).rows("horda")
    assert (row.key, row.cell) == (Key(p("2026"), "riket"), Cell(Fraction(7), text="7"))
