"""Many units side by side: told together, counted, compared; a board over twelve of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from drawing import drawn, said
from examples import gathered, told
from hypothesis import given, settings
from hypothesis import strategies as st
from validating import judged

from kvalitet.findings import Place
from kvalitet.load import load
from kvalitet.model.plan import Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view import levels
from kvalitet.view.document import Block, Document, Legend, Note, Prose, Table
from kvalitet.view.report import document
from kvalitet.view.scene import scene
from kvalitet.view.standing import level, progress, side_by_side

BJÖRKFORS = Path(__file__).parent / "kommuner" / "bjorkfors"
BOARD = "vard-och-omsorgsnamnden"
YEAR = Period.parse("2025")


@cache
def björkfors() -> Register:
    return load(BJÖRKFORS).register


def of_part(of: Register, plan: str, part: str, at: str) -> Document:
    """A report of a single section."""
    sections = [{"id": "avsnitt", "rubrik": "Avsnitt", "del": part}]
    raw = {"rubrik": "Rapport", "rytm": "år", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("templates/rapporter/egen.yaml")).value
    assert report is not None
    reports = Register(of.plans, reports={"egen": report})
    return document(of.plans[plan], "egen", Period.parse(at), reports, "")


def table(found: Document, caption: str) -> Table:
    return next(b for b in found.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def notes(blocks: Sequence[Block]) -> list[str]:
    return [said(block.line) for block in blocks if isinstance(block, Note)]


WHOLE = """
risker:
  - id: fall
    nr: 1
    namn: Fall
    åtgärder:
      - id: rutin
        namn: Rutin
"""
SAID = "uppföljning:\n  2026:\n    {}:\n      {}: {}\n"


def units(id: str, skala: str, *steps: str) -> Register:
    """A board and a unit for each step that is said; "" where nothing is."""
    said = [SAID.format(id, skala, step) if step else "" for step in steps]
    names = [f"enhet-{letter}" for letter in "abcdefghijkl"]
    return gathered(board=WHOLE, **dict(zip(names, said, strict=False)))


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        ("grön grön gul grön", ["a: grön", "b: grön", "c: gul", "d: grön"]),
        ("grön grön gul grön grön", ["4 enheter: grön", "c: gul"]),
        ("gul röd gul röd röd gul gul", ["4 enheter: gul", "b, d och e: röd"]),
        ("gul gul gul gul gul", ["5 enheter: gul"]),
        ("röd gul grön gul grön", ["a: röd", "b och d: gul", "c och e: grön"]),
    ],
)
def test_many_units_that_say_the_same_are_told_together(steps: str, lines: list[str]) -> None:
    of = units("fall", "nivå", *steps.split())
    setting = scene(of.plans["board"], next(iter(of.reports.values())), Period.parse("2026"), of)
    shown = [said(line) for line in side_by_side(setting, "fall", level)]
    assert [line.replace("enhet-", "").replace(" (oförändrad)", "") for line in shown] == lines


def test_a_unit_that_says_nothing_is_not_counted() -> None:
    of = units("rutin", "läge", "klar", "", "klar", "klar", "klar", "pågår")
    setting = scene(of.plans["board"], next(iter(of.reports.values())), Period.parse("2026"), of)
    shown = [said(line) for line in side_by_side(setting, "rutin", progress)]
    assert shown == ["4 enheter: klar", "enhet-f: pågår"]


@pytest.mark.parametrize(
    ("steps", "row"),
    [
        ("grön gul röd", "1 Fall | enhet-c | enhet-b | enhet-a"),
        ("gul gul gul gul röd", "1 Fall | enhet-e | 4 enheter | –"),
        ("grön gul gul gul gul gul röd röd", "1 Fall | enhet-g och enhet-h | 5 enheter | enhet-a"),
    ],
)
def test_most_units_are_counted_and_those_that_differ_are_named(steps: str, row: str) -> None:
    found = of_part(units("fall", "nivå", *steps.split()), "board", "skillnader", "2026")
    shown = drawn(table(found, "Gemensamma risker")).splitlines()
    assert shown == ["Risk | röd | gul | grön", row]


SAID_LEVELS = "skalor:\n  nivå:\n    - namn: låg\n    - namn: hög\n"
COMPUTED_LEVELS = """skalor:
  nivå:
    - namn: låg
      från: 1
    - namn: hög
      från: 6
"""
OWN_AXIS = "skalor:\n  sannolikhet:\n    - namn: sällan\n    - namn: ofta\n"
OWN_LEVELS = "skalor:\n  nivå:\n    - namn: låg\n    - namn: mellan\n    - namn: hög\n"


@pytest.mark.parametrize(
    ("of_board", "of_unit", "is_compared"),
    [
        (SAID_LEVELS, "", True),
        (SAID_LEVELS, SAID_LEVELS, True),
        (SAID_LEVELS, OWN_AXIS, True),  # nothing is computed from the axis
        (COMPUTED_LEVELS, OWN_AXIS, False),
        (SAID_LEVELS, COMPUTED_LEVELS, False),
        (SAID_LEVELS, OWN_LEVELS, False),
    ],
)
def test_units_are_compared_where_their_levels_mean_the_same(
    of_board: str, of_unit: str, is_compared: bool
) -> None:
    levels = SAID.format("fall", "nivå", "hög")
    of = gathered(board=of_board + WHOLE, a=of_unit + levels, b=levels)
    found = of_part(of, "board", "enheter", "2026")
    remarks = [said(line) for line in table(found, "Bedömda risker").notes]
    titles = [block.title for block in found.blocks if isinstance(block, Legend)]
    apart = (
        "Risknivåer i a, som inte kan jämföras med andras" in titles,
        "a bedömer på en egen skala och jämförs inte med de andra: 1 hög." in remarks,
    )
    assert apart == (not is_compared, not is_compared)
    assert drawn(table(found, "Gemensamma")).endswith("| alla lika") == is_compared


@pytest.mark.parametrize(
    ("of_unit", "lines"),
    [
        ("", ["5 enheter: hög"]),
        (OWN_LEVELS, ["enhet-a: hög", "4 enheter: hög"]),
    ],
)
def test_levels_of_other_scales_are_not_told_together(of_unit: str, lines: list[str]) -> None:
    levels = SAID.format("fall", "nivå", "hög")
    parts = {f"enhet-{n}": (of_unit if n == "a" else "") + levels for n in "abcde"}
    of = gathered(board=SAID_LEVELS + WHOLE, **parts)
    setting = scene(of.plans["board"], next(iter(of.reports.values())), Period.parse("2026"), of)
    shown = [said(line) for line in side_by_side(setting, "fall", level)]
    assert [line.replace(" (oförändrad)", "") for line in shown] == lines


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["grön", "gul", "röd", ""]), min_size=1, max_size=8))
def test_every_unit_is_counted_once_or_has_said_nothing(steps: list[str]) -> None:
    found = of_part(units("fall", "nivå", *steps), "board", "enheter", "2026")
    if not any(steps):
        assert not any(isinstance(block, Table) for block in found.blocks)
        return
    _, fall = drawn(table(found, "Gemensamma risker")).splitlines()
    assert fall.split(" | ")[1:4] == [str(steps.count(step)) for step in ("röd", "gul", "grön")]
    *_, total = drawn(table(found, "Bedömda risker")).splitlines()
    assert total.split(" | ")[4] == str(len(steps) - steps.count(""))


def test_what_is_equal_is_one_line() -> None:
    found = of_part(units("fall", "nivå", *["gul"] * 6), "board", "skillnader", "2026")
    assert not any(isinstance(block, Table) for block in found.blocks)
    assert notes(found.blocks) == ["Lika för alla som har sagt något: nivån på en risk."]


MEASURE = """
indikatorer:
  - id: andel
    namn: Andel
    måttenhet: procent
    minsta_antal: 3
    frekvens: år
"""
OTHERWISE = """
indikatorer:
  - id: andel
    beskrivning: Räknad på ett annat sätt.
"""
SHARES = {"a": "40 av 50", "b": "30 av 50", "c": "45 av 50"}


@pytest.mark.parametrize(
    ("unit", "file", "row", "note"),
    [
        ("", ["2026;12 av 50"], "64 % | 24 % / d | 90 % / c | b 60 % · a 80 %", ""),
        ("", ["2026;30 av 50"], "73 % | 60 % / b och d | 90 % / c | a 80 %", ""),
        ("", ["2026;2 av 50"], "skyddad uppgift | 60 % / b | 90 % / c | a 80 %", "Skyddade värde"),
        ("", ["2026;5 av 8"], "76 % | 60 % / b | 90 % / c | a 80 %", "Jämförs inte, "),
        ("", ["2026;e.t."], "77 % | 60 % / b | 90 % / c | a 80 %", ""),
        ("", ["2025;12 av 50"], "– | 60 % / b | 90 % / c | a 80 %", ""),
        (OTHERWISE, ["2026;12 av 50"], "– | 60 % / b | 90 % / c | a 80 %", "Jämförs inte, "),
    ],
)
def test_only_values_of_one_period_that_mean_the_same_are_compared(
    tmp_path: Path, unit: str, file: list[str], row: str, note: str
) -> None:
    write(tmp_path, "plans/board/plan.yaml", f"plan:\n  namn: board\n  år: 2026\n{MEASURE}")
    shares = {name: [f"2026;{share}"] for name, share in SHARES.items()} | {"d": file}
    for name, rows in shares.items():
        own = unit if name == "d" else ""
        head = f"plan:\n  namn: {name}\n  år: 2026\n  del_av: board\n"
        write(tmp_path, f"plans/{name}/plan.yaml", head + own)
        lines = "".join(f"andel;{each}\n" for each in rows)
        write(tmp_path, f"data/{name}/tal.csv", f"indikator;period;värde\n{lines}")
    blocks = of_part(load(tmp_path).register, "board", "skillnader", "2026").blocks
    found = next(block for block in blocks if isinstance(block, Table))
    assert drawn(found).splitlines()[1].removeprefix("Andel | ") == row
    assert [each[:14] for each in notes(blocks)] == ([note] if note else [])


def test_a_value_of_another_time_is_neither_compared_nor_lacking(tmp_path: Path) -> None:
    measure = MEASURE.replace("frekvens: år", "frekvens: tertial")
    write(tmp_path, "plans/board/plan.yaml", f"plan:\n  namn: board\n  år: 2026\n{measure}")
    told = {name: f"2026-T3;{share}" for name, share in SHARES.items()}
    for name, row in (told | {"d": "2026;30 av 40", "e": "2025-T3;9 av 40"}).items():
        write(tmp_path, f"plans/{name}/plan.yaml", f"plan:\n  namn: {name}\n  del_av: board\n")
        write(tmp_path, f"data/{name}/tal.csv", f"indikator;period;värde\nandel;{row}\n")
    found = of_part(load(tmp_path).register, "board", "skillnader", "2026")
    assert notes(found.blocks) == ["Jämförs inte, eftersom värdet gäller en annan tid: d (Andel)."]
    assert drawn(table(found, "Det som de flesta")).splitlines()[1:] == ["e | Andel | –"]


@pytest.mark.parametrize(
    ("number", "ends"),
    [(10, ["Mått 9", "Mått 10"]), (11, ["Mått 10", "Mått 11"]), (13, ["Mått 10", "3 till"])],
)
def test_of_much_that_is_lacking_it_is_told_how_much_more(
    tmp_path: Path, number: int, ends: list[str]
) -> None:
    ids = [f"x-{n}" for n in range(1, number + 1)]
    things = "".join(
        f"  - id: {id}\n    namn: Mått {id[2:]}\n    måttenhet: medelvärde\n" for id in ids
    )
    head = "plan:\n  namn: board\n  år: 2026\nindikatorer:\n"
    write(tmp_path, "plans/board/plan.yaml", head + things)
    for name in "abcd":
        write(tmp_path, f"plans/{name}/plan.yaml", f"plan:\n  namn: {name}\n  del_av: board\n")
    for name in "abc":
        rows = "".join(f"{id};2026;1\n" for id in ids)
        write(tmp_path, f"data/{name}/tal.csv", f"indikator;period;värde\n{rows}")
    found = of_part(load(tmp_path).register, "board", "skillnader", "2026")
    _, row = drawn(table(found, "Det som de flesta")).splitlines()
    assert row.split(" | ")[1].split(" / ")[-2:] == ends


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("part", ["enheter", "skillnader"])
def test_a_plan_without_parts_has_nothing_side_by_side(part: str) -> None:
    of = gathered(ensam=WHOLE + SAID.format("fall", "nivå", "gul"))
    assert of_part(of, "ensam", part, "2026").blocks == ()


def test_the_board_of_twelve_units_is_sound() -> None:
    found = judged(BJÖRKFORS, YEAR)
    accepted = [(each.undantag.regel, each.undantag.plats) for each in found.accepted]
    assert (found.findings, accepted) == ((), [("R240", "boendet-salgen/nivå")])


@pytest.mark.parametrize(
    ("plan", "indicator", "period", "value"),
    [
        # 10+14+16+9+6+15 of the homes, 36+17+22+25+16 of home care, 7 of the team
        ("sarskilt-boende", "skador", "2025", "70"),
        ("hemtjanst", "skador", "2025", "116"),
        (BOARD, "skador", "2025", "193"),
        # 38+28+46+25+22+27 of 216, 129+70+101+75+66 of 536, 41 of 47
        (BOARD, "aktuella-planer", "2025", "668 av 799, 84 %"),
        # 157,5 + 160 + 14,5 of 197,5 + 208 + 16: not the mean of twelve shares
        (BOARD, "andel-utbildade", "2025", "332 av 421,5, 79 %"),
        (BOARD, "fall-per-100", "2025", "24,2"),
        # one home has no alarms, and does not hinder
        (BOARD, "larm-i-tid", "2025", "6 962 av 7 345, 94,8 %"),
        # one district lacks its value, one home has a protected one
        (BOARD, "brand", "2024", "366 av 438, 84 %"),
        (BOARD, "brand", "2025", "värde saknas"),
        ("sarskilt-boende", "brand", "2025", "187 av 210, 89 %"),
        (BOARD, "klagomal", "2024", "73"),
        (BOARD, "klagomal", "2025", "skyddad uppgift"),
        ("hemtjanst", "klagomal", "2025", "42"),
        # per cent without numbers, and means: the board's own, or none
        (BOARD, "sjukfranvaro", "2025", "7,4 %"),
        ("hemtjanst", "sjukfranvaro", "2025", "värde saknas"),
        (BOARD, "upplevd-trygghet", "2025", "värde saknas"),
    ],
)
def test_the_totals_of_the_board(plan: str, indicator: str, period: str, value: str) -> None:
    assert told(björkfors().plans[plan], indicator, period, "2025") == value


def test_units_are_counted_level_by_level_in_the_order_of_the_tree() -> None:
    found = table(of_part(björkfors(), BOARD, "enheter", "2025"), "Bedömda risker")
    assert drawn(found).splitlines() == [
        "Verksamhet | röd | gul | grön | Summa | Sedan 2024",
        "Hemtjänst | 0 | 1 | 0 | 1 | 1 ny",
        "Hemtjänsten i centrum | 2 | 4 | 0 | 6 | 1 ny",
        "Hemtjänsten i norr | 0 | 6 | 0 | 6 | oförändrat",
        "Hemtjänsten i söder | 0 | 5 | 0 | 5 | 1 sänkt",
        "Hemtjänsten i väster | 1 | 4 | 0 | 5 | oförändrat",
        "Hemtjänsten i öster | 0 | 4 | 0 | 4 | 1 sänkt",
        "Särskilt boende | 1 | 0 | 0 | 1 | 1 ny",
        "Boendet Almen | 0 | 3 | 2 | 5 | 2 sänkta",
        "Boendet Björken | 0 | 5 | 0 | 5 | oförändrat",
        "Boendet Granen | 0 | 5 | 1 | 6 | 2 sänkta och 1 ny",
        "Boendet Linden | 0 | 4 | 1 | 5 | 1 sänkt",
        "Boendet Rönnen | 0 | 4 | 1 | 5 | 1 sänkt",
        "Trygghetsteamet | 0 | 5 | 0 | 5 | oförändrat",
        "Summa | 4 | 50 | 5 | 59 | –",
    ]
    depths = [row.cells[0].depth for row in found.bodies[0].rows if row.cells[0]]
    assert depths == [0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0]


FEW = "Jämförs inte, eftersom svaren eller ärendena är färre än 10"


def test_what_cannot_be_compared_is_not_compared_and_that_is_said() -> None:
    blocks = of_part(björkfors(), BOARD, "skillnader", "2025").blocks
    assert notes(blocks) == [
        "Boendet Sälgen bedömer på en egen skala och jämförs inte med de andra: 1 hög, 4 måttlig.",
        f"{FEW}: Boendet Rönnen (Hur trygg känner du dig?).",
        "Antal och belopp jämförs inte: de följer hur stor verksamheten är.",
        "Lika för alla som har sagt något: nivån på 2 risker och läget för en åtgärd.",
    ]
    drawings = "\n".join(drawn(block) for block in blocks if isinstance(block, Table))
    assert "Sälgen" not in drawings.partition("Åtgärd |")[0]
    assert "Klagomål" not in drawings
    assert "4,6" not in drawings


def test_the_lowest_and_the_highest_are_named_and_the_widest_spread_comes_first() -> None:
    found = table(of_part(björkfors(), BOARD, "skillnader", "2025"), "Indikatorer")
    rows = [row.split(" | ") for row in drawn(found).splitlines()]
    assert [row[:4] for row in rows[:3]] == [
        ["Indikator", "Tillsammans", "Lägst", "Högst"],
        [
            "Fall med skada per 100 personer / lägre är bättre",
            "24,2",
            "14,9 / Trygghetsteamet",
            "44,1 / Boendet Sälgen",
        ],
        [
            "Sjukfrånvaro / lägre är bättre",
            "7,4 %",
            "5,2 % / Trygghetsteamet",
            "9,1 % / Hemtjänsten i centrum",
        ],
    ]
    assert [row[0].partition(" / ")[0] for row in rows[3:]] == [
        "Andel med omvårdnadsutbildning",
        "Personer med en aktuell genomförandeplan",
        "Hur trygg känner du dig?",
        "Medarbetare som har övat vid brand",
        "Larm med svar inom tio minuter",
    ]


def test_a_unit_that_lacks_what_most_have_told_is_named() -> None:
    found = table(of_part(björkfors(), BOARD, "skillnader", "2025"), "Det som de flesta")
    assert drawn(found).splitlines()[1:] == [
        "Hemtjänsten i öster | Medarbetare som har övat vid brand | 1.3 Ensamhet upptäcks inte"
    ]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (BOARD, ["prövar en ny rutin", "fått en bil till"]),
        ("sarskilt-boende", ["under köksbygget"]),
    ],
)
def test_words_are_lifted_one_step(plan: str, words: list[str]) -> None:
    of = björkfors()
    shown = document(of.plans[plan], "arsoversikt", YEAR, of, "").blocks
    text = "\n".join(block.markdown for block in shown if isinstance(block, Prose))
    lifted = ["prövar en ny rutin", "fått en bil till", "under köksbygget"]
    assert [each for each in lifted if each in text] == words


SELECTING = """
  urval: gul
risker:
  - id: egen
    namn: Egen
uppföljning:
  2026:
    fall:
      nivå: {}
    egen:
      nivå: {}
"""


@pytest.mark.parametrize(
    ("common", "own", "told"),
    [
        ("gul", "röd", "röd 1, gul 1"),
        ("grön", "grön", "grön 2"),
        ("grön\n      läge: avslutad", "gul", "gul 1"),
    ],
)
def test_a_board_counts_the_same_risks_everywhere_whatever_its_units_leave_out(
    tmp_path: Path, common: str, own: str, told: str
) -> None:
    head = "plan:\n  namn: {0}\n  enhet: {0}\n  år: 2026\n"
    write(tmp_path, "plans/board/plan.yaml", head.format("board") + WHOLE)
    unit = f"{head.format('unit')}  del_av: board{SELECTING.format(common, own)}"
    write(tmp_path, "plans/unit/plan.yaml", unit)
    of = load(tmp_path).register
    side_by_side = of_part(of, "board", "enheter", "2026")
    assert side_by_side.levels is not None
    assert said(levels.told(side_by_side.levels)) == f"bedömt av enheterna: {told}"
    heads, row = (line.split(" | ") for line in drawn(table(side_by_side, "Bedömda")).splitlines())
    counted = dict(zip(heads, row, strict=True))
    assert (
        ", ".join(f"{step} {counted[step]}" for step in heads[1:4] if counted[step] != "0") == told
    )
    assert "Egen" in drawn(table(side_by_side, "Verksamheternas egna"))
    assert "Egen | unit" in drawn(table(of_part(of, "board", "kvalitetsområden", "2026"), "Årets"))


OWN_MEASURE = "åtgärder:\n  - id: egen\n    namn: Egen\n"
LATER = "åtgärder:\n  - id: rutin\n    start: 2027\n"


@pytest.mark.parametrize(
    ("third", "rows"),
    [
        ("", ["a | 1 | 0", "b | 0 | 1", "c | 0 | 1", "Summa | 1 | 2"]),
        (SAID.format("rutin", "läge", "pågår"), ["a | 1 | 0", "b | 0 | 1", "c | 1 | 0"]),
        (OWN_MEASURE, ["a | 1 | 0", "b | 0 | 1", "c | 0 | 2", "Summa | 1 | 3"]),
        (LATER, ["a | 1 | 0", "b | 0 | 1", "Summa | 1 | 1"]),
    ],
)
def test_units_that_have_not_said_how_a_measure_goes_are_counted(
    third: str, rows: list[str]
) -> None:
    of = gathered(board=WHOLE, a=SAID.format("rutin", "läge", "pågår"), b="", c=third)
    found = drawn(table(of_part(of, "board", "enheter", "2026"), "Åtgärder")).splitlines()
    assert found[: len(rows) + 1] == ["Verksamhet | pågår | utan läge", *rows]


def test_where_all_have_said_how_it_goes_nothing_is_lacking() -> None:
    of = units("rutin", "läge", "klar", "pågår")
    found = drawn(table(of_part(of, "board", "enheter", "2026"), "Åtgärder")).splitlines()
    assert found[0] == "Verksamhet | pågår | klar"


def test_a_measure_of_a_department_is_not_lacking_in_the_units_below_it() -> None:
    found = table(of_part(björkfors(), BOARD, "enheter", "2025"), "Åtgärder")
    lacking = [row.split(" | ")[0] for row in drawn(found).splitlines() if row[-1:] == "1"]
    assert lacking == ["Hemtjänsten i öster", "Summa"]


STATES = ["klar", "", "pågår", "klar", "pågår"]


def test_the_steps_of_a_scale_are_explained_once_and_together() -> None:
    of = units("rutin", "läge", *STATES)
    (found,) = (b for b in of_part(of, "board", "enheter", "2026").blocks if isinstance(b, Legend))
    assert [step.namn for step, _ in found.entries] == ["pågår", "klar"]
    shown = document(björkfors().plans[BOARD], "arsoversikt", YEAR, björkfors(), "").blocks
    titles = [block.title for block in shown if isinstance(block, Legend)]
    assert len(titles) == len(set(titles))
    work = next(block for block in shown if isinstance(block, Legend) and block.title == "Läge")
    assert [step.namn for step, _ in work.entries] == ["ej påbörjad", "pågår", "klar"]


@pytest.mark.parametrize(
    ("having", "folders"),
    [
        ("", "data/board/"),
        ("board", "data/board/"),
        ("b a", "data/a/ och data/b/"),
        ("a b c d e", "data/a/, data/b/, data/c/, data/d/ och data/e/"),
        ("board a b c d e", "data/board/, data/a/, data/b/, data/c/ och 2 till"),
    ],
)
def test_where_the_figures_come_from(tmp_path: Path, having: str, folders: str) -> None:
    write(tmp_path, "plans/board/plan.yaml", f"plan:\n  namn: board\n  år: 2026\n{MEASURE}")
    for name in "abcde":
        head = f"plan:\n  namn: {name}\n  år: 2026\n  del_av: board\n"
        write(tmp_path, f"plans/{name}/plan.yaml", head)
    for name in having.split():
        write(tmp_path, f"data/{name}/tal.csv", "indikator;period;värde\nandel;2026;30 av 50\n")
    footer = of_part(load(tmp_path).register, "board", "enheter", "2026").footer
    assert next(said(fact.lines[0]) for fact in footer if fact.label == "Datafiler") == folders


def test_the_comparison_shares_no_words_with_another_report() -> None:
    sections = {
        name: {section.id for section in kind.sections()}
        for name, kind in björkfors().reports.items()
    }
    of_comparison = sections.pop("enhetsjamforelse")
    assert not any(of_comparison & others for others in sections.values())
