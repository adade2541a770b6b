from __future__ import annotations

from fractions import Fraction

import pytest
from examples import board, plain, small, told, unit

from kvalitet.economy import economy
from kvalitet.figure import Tal, bounds_text, difference
from kvalitet.indicators import baseline, explain, members, periods
from kvalitet.period import Period, divide

P = Period.parse
T1, T2 = P("2026-T1"), P("2026-T2")


@pytest.mark.parametrize(
    ("id", "t1", "t2"),
    [
        ("anmalningar", "132", "114"),
        ("inledda", "56", "47"),
        ("ej-inledda", "76", "67"),
        ("horda", "71", "72"),
        ("andel-horda", "71 av 132, 54 %", "72 av 114, 63 %"),
        ("enskilda-samtal", "ej mätt", "29 av 40, 73 %"),
        ("trygg-efter-insats", "42 av 52, 81 %", "46 av 56, 82 %"),
        ("minst-5-ar", "58 %", "52 %"),
        ("bemotande", "värde saknas", "4,3"),
        ("familjehem", "41", "44"),
        ("placerade", "53", "53"),
        ("vardygn", "1 462", "2 806"),
        ("avvikelser-antal", "14", "11"),
        ("per-100-placerade", "26,4", "20,8"),
        ("orsaker", "14", "11"),
        ("sjukfranvaro", "7,4 %", "6,3 %"),
        ("ej-verkstallda", "värde saknas", "värde saknas"),
        ("forhandsbedomning", "värde saknas", "värde saknas"),
        ("finns-inte", "värde saknas", "värde saknas"),
    ],
)
def test_values_of_the_unit(id: str, t1: str, t2: str) -> None:
    assert (told(unit(), id, "2026-T1"), told(unit(), id, "2026-T2")) == (t1, t2)


@pytest.mark.parametrize(
    ("id", "period", "at", "series", "expected"),
    [
        # corrected after the first report
        ("horda", "2026-03", "2026-T1", {}, "20"),
        ("horda", "2026-03", "2026-T2", {}, "22"),
        ("horda", "2026-T1", "2026-T2", {}, "73"),
        ("andel-horda", "2026-T1", "2026-T2", {}, "73 av 132, 55 %"),
        # a forecast counts once told
        ("sjukfranvaro", "2026", "2025-T3", {"serie": "prognos"}, "ännu inte känt"),
        ("sjukfranvaro", "2026", "2026-T1", {"serie": "prognos"}, "6,9 %"),
        ("sjukfranvaro", "2026", "2026-T2", {"serie": "prognos"}, "6,5 %"),
        # broken down
        ("trygg-efter-insats", "2026-T1", "2026-T2", {"kön": "flickor"}, "23 av 28, 82 %"),
        ("trygg-efter-insats", "2026-T1", "2026-T2", {"kön": "pojkar"}, "19 av 24, 79 %"),
        ("avvikelser-antal", "2026", "2026-T2", {"orsak": "samverkan"}, "ännu inte känt"),
        ("orsaker", "2026-T2", "2026-T2", {"orsak": "samverkan"}, "6"),
        # what is not yet over, and what comes later
        ("anmalningar", "2026", "2026-T2", {}, "ännu inte känt"),
        ("vardygn", "2026", "2026-T2", {}, "2 806"),
        ("anmalningar", "2026-05", "2026-T1", {}, "ännu inte känt"),
        ("bemotande", "2025", "2026-T1", {}, "4,1"),
        ("bemotande", "2025", "2026-T1", {"serie": "riket"}, "ej tillämplig"),
        ("bemotande", "2025-H1", "2026-T1", {}, "uppgift saknas"),
    ],
)
def test_values_as_known_at_a_report(
    id: str, period: str, at: str, series: dict[str, str], expected: str
) -> None:
    assert told(unit(), id, period, at, **series) == expected


def test_values_of_the_board() -> None:
    assert [told(board(), "sjukfranvaro", each) for each in ("2026-T1", "2026-T2")] == [
        "6,8 %",
        "5,9 %",
    ]
    assert [told(board(), "ej-verkstallda", each) for each in ("2026-T1", "2026-T2")] == ["7", "5"]
    assert told(board(), "ej-verkstallda", "2026-K2", lagrum="SoL") == "skyddad uppgift"


def test_baselines() -> None:
    assert plain(baseline(unit(), "andel-horda", known_at=T1).with_count()) == "15 av 30, 50 %"
    assert baseline(unit(), "horda", known_at=T1).text() == "värde saknas"


def test_periods_that_have_a_value() -> None:
    assert periods(unit(), "sjukfranvaro", known_at=T1) == (T1,)
    assert periods(unit(), "per-100-placerade", known_at=T2) == (T1, T2)
    assert periods(unit(), "andel-horda", known_at=T1) == (P("2025-12"), *divide(T1, "månad"))


def test_a_table_has_members() -> None:
    ids = [each.id for each in members(unit(), "forhandsbedomning")]
    assert ids == ["anmalningar", "inledda", "ej-inledda", "horda", "andel-horda"]
    assert [each.id for each in members(unit(), "sjukfranvaro")] == ["sjukfranvaro"]
    assert members(unit(), "trygghet") == ()


def test_a_value_leads_back_to_its_rows() -> None:
    share = explain(unit(), "andel-horda", T1, known_at=T2)
    lines = {step.id: [row.line for row in step.rows] for step in share.parts}
    assert lines == {"horda": [9, 13, 38, 21], "anmalningar": [6, 10, 14, 18]}
    assert share.tal.beräkning == "73 / 132 · 100"
    assert {path for path, _ in share.tal.källor} == {"data/barn-och-familj/anmalningar.csv"}
    assert [line for _, line in share.tal.källor] == [9, 13, 38, 21, 6, 10, 14, 18]
    assert share.tal.anm == "Två samtal skrevs in efter tertialets slut"


@pytest.mark.parametrize(
    ("at", "kostnader", "netto", "budget", "avvikelse", "prognos"),
    [
        (T1, "17 270", "16 070", "15 700", "−370", "48 500"),
        (T2, "34 050", "31 700", "31 400", "−300", "47 800"),
    ],
)
def test_economy(
    at: Period, kostnader: str, netto: str, budget: str, avvikelse: str, prognos: str
) -> None:
    found = economy(unit(), at)
    assert found is not None
    line = found.netto
    cells = (line.utfall, line.budget, line.avvikelse, line.prognos)
    assert plain(found.summa_kostnader.utfall.cell()) == kostnader
    assert [plain(cell.cell()) for cell in cells] == [netto, budget, avvikelse, prognos]


def test_economy_of_a_post_and_of_a_report_without_rows() -> None:
    found = economy(unit(), T1)
    assert found is not None
    personal, placeringar = found.kostnader
    assert [line.avvikelse.cell() for line in found.intäkter] == ["+100"]
    assert (personal.avvikelse.cell(), placeringar.avvikelse.cell()) == ("+150", "−620")
    assert placeringar.anm == "Fler vårddygn i jourhem än beräknat"
    assert plain(found.netto.utfall.beräkning) == "9 450 + 7 820 − 1 200"
    assert economy(unit(), P("2026-T3")) is None
    assert economy(board(), T1) is None


def test_economy_without_every_forecast_has_no_forecast() -> None:
    plan = small(
        "texter:\n  a: |\n    A.\n",
        "period;typ;post;utfall;budget;prognos\n"
        "2026-T1;kostnad;Lokaler;10;10;30\n2026-T1;kostnad;Resor;2;2;\n",
    )
    found = economy(plan, T1)
    assert found is not None
    assert [line.prognos.cell() for line in (*found.kostnader, found.netto)] == ["30", "–", "–"]


NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("tal", "text", "cell"),
    [
        (Tal(Fraction(71 * 100, 132), "procent"), f"54{NBSP}%", "54"),
        (Tal(Fraction(1462)), f"1{NBSP}462", f"1{NBSP}462"),
        (Tal(Fraction(37, 5), "procent", 1), f"7,4{NBSP}%", "7,4"),
        (Tal(Fraction(43, 10), "medelvärde", 1), "4,3", "4,3"),
        (Tal(Fraction(12), "dagar"), f"12{NBSP}dagar", "12"),
        (Tal(Fraction(34050), "tkr"), f"34{NBSP}050{NBSP}tkr", f"34{NBSP}050"),
        (Tal(None, kind="saknas", märke="u.s."), "uppgift saknas", "u.s."),
        (Tal(None, kind="saknas", märke="e.m."), "ej mätt", "e.m."),
        (Tal(None, kind="saknas", märke="e.t."), "ej tillämplig", "e.t."),
        (Tal(None, kind="saknas"), "värde saknas", "–"),
        (Tal(None, kind="skyddad"), "skyddad uppgift", "x"),
        (Tal(None, kind="ej ännu"), "ännu inte känt", "–"),
    ],
)
def test_a_figure_in_text_and_in_a_table(tal: Tal, text: str, cell: str) -> None:
    assert (tal.text(), tal.cell()) == (text, cell)


@pytest.mark.parametrize(
    ("earlier", "later", "måttenhet", "decimaler", "expected"),
    [
        ("7.4", "6.3", "procent", 1, "−1,1 procentenheter"),
        ("10", "11", "procent", 0, "+1 procentenhet"),
        ("10", "11", "procent", 1, "+1,0 procentenheter"),
        ("10", "10.04", "procent", 1, "oförändrat"),
        ("10.04", "10", "procent", 1, "oförändrat"),
        ("10.06", "10", "procent", 1, "−0,1 procentenheter"),
        ("1", "1200", "antal", 0, "+1 199"),
        ("3.21", "3.72", "medelvärde", 2, "+0,51"),
        ("5", "3", "dagar", 0, "−2 dagar"),
    ],
)
def test_a_difference_is_rounded_once(
    earlier: str, later: str, måttenhet: str, decimaler: int, expected: str
) -> None:
    before, after = (Tal(Fraction(each), måttenhet, decimaler) for each in (earlier, later))
    assert plain(difference(after, before).text()) == expected


def test_a_difference_to_a_gap_is_that_gap_protected_first() -> None:
    here, missing = Tal(Fraction(1)), Tal(None, kind="saknas", märke="u.s.")
    protected = Tal(None, kind="skyddad")
    assert difference(here, missing).text() == "uppgift saknas"
    assert difference(missing, protected).text() == "skyddad uppgift"


@pytest.mark.parametrize(
    ("lowest", "highest", "måttenhet", "expected"),
    [
        ("50", None, "procent", "minst 50 %"),
        (None, "7", "procent", "högst 7 %"),
        ("50", "70", "procent", "50–70 %"),
        ("0", "0", "antal", "0"),
        ("4.25", None, "medelvärde", "minst 4,25"),
        (None, "34000", "tkr", "högst 34 000 tkr"),
    ],
)
def test_a_target_keeps_the_decimals_it_was_given(
    lowest: str | None, highest: str | None, måttenhet: str, expected: str
) -> None:
    low, high = (Fraction(each) if each else None for each in (lowest, highest))
    assert plain(bounds_text(low, high, måttenhet)) == expected


def test_a_protected_figure_has_no_value_that_could_leak() -> None:
    with pytest.raises(ValueError, match="has a value"):
        Tal(Fraction(3), kind="skyddad")
