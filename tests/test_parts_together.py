"""What a whole tells of its parts together: sums and shares by their counts, never a mean."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from drawing import drawn, said
from examples import havsnäs, rows, told
from hypothesis import given
from hypothesis import strategies as st
from validating import judged

from kvalitet.indicators import (
    baseline,
    breakdowns,
    explain,
    has_periods,
    lacking,
    periods,
    value,
)
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.prose import render
from kvalitet.prose.calls import Call, Unreckoned, reckon
from kvalitet.shape import Allowance
from kvalitet.status import comparisons, fulfilment
from kvalitet.told import corrections, differences
from kvalitet.told import told as all_told
from kvalitet.view.document import Legend
from kvalitet.view.explain import document
from kvalitet.view.matrix import matrix
from kvalitet.view.scene import scene
from kvalitet.view.tables import indicator_table

P = Period.parse
T1, T2 = P("2026-T1"), P("2026-T2")

INDICATORS = """\
indikatorer:
  - id: fall
    namn: Fallolyckor
    målvärden:
      nämnden: högst 20
  - id: brukare
    namn: Brukare
    typ: ögonblick
  - id: trygga
    namn: Trygga
    måttenhet: procent
  - id: betyg
    namn: Betyg
    måttenhet: medelvärde
    decimaler: 1
  - id: personer
    namn: Personer
    summeras: nej
  - id: med-skada
    namn: Med skada
  - id: andel-skada
    namn: Andel med skada
    måttenhet: procent
    beräkning:
      täljare: med-skada
      nämnare: fall
"""


def head(name: str, above: str = "") -> str:
    whole = f"  del_av: {above}\n" if above else ""
    return f"plan:\n  namn: {name}s plan\n  enhet: {name}\n  år: 2026\n{whole}"


def tree(folder: Path, plans: dict[str, str], data: dict[str, str]) -> Register:
    """Plans by folder and their data; those in `plans` name their whole."""
    for mapp, yaml in plans.items():
        path = folder / "plans" / mapp / "plan.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(yaml, "utf-8")
    for mapp, csv in data.items():
        path = folder / "data" / mapp / "tal.csv"
        path.parent.mkdir(parents=True)
        path.write_text(csv, "utf-8")
    loaded = load(folder)
    assert not loaded.findings
    return loaded.register


def board(tmp_path: Path, whole: list[str], norr: list[str], soder: list[str]) -> Plan:
    """A board over two units, each with these rows."""
    plans = {
        "namnden": head("Nämnden") + INDICATORS,
        "norr": head("Norr", "namnden"),
        "soder": head("Söder", "namnden"),
    }
    columns = "indikator;period;kön;serie;värde"
    lines = {"namnden": whole, "norr": norr, "soder": soder}
    data = {mapp: rows(*each, columns=columns) for mapp, each in lines.items() if each}
    return tree(tmp_path, plans, data).plans["namnden"]


@pytest.mark.parametrize(
    ("whole", "norr", "soder", "id", "expected"),
    [
        ([], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;5"], "fall", "12"),
        (["fall;2026-T1;;;9"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;5"], "fall", "9"),
        ([], ["fall;2026-T1;;;7"], [], "fall", "7"),  # a unit that never has any is none of them
        ([], ["fall;2026-T1;;;7"], ["fall;2026-T2;;;5"], "fall", "7"),  # not known yet
        ([], ["fall;2026-T1;;;7"], ["fall;2026;;;5"], "fall", "värde saknas"),  # begun, not over
        ([], ["fall;2026-T1;;;7"], ["fall;2025-T3;;;5"], "fall", "värde saknas"),
        ([], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;e.t."], "fall", "7"),
        ([], ["fall;2026-T1;;;e.t."], ["fall;2026-T1;;;e.t."], "fall", "ej tillämplig"),
        ([], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;u.s."], "fall", "uppgift saknas"),
        ([], ["fall;2026-T1;;;u.s."], ["fall;2026-T1;;;x"], "fall", "skyddad uppgift"),
        (
            [],
            ["fall;2026-T1;;;4"],
            [f"fall;2026-0{month};;;1" for month in range(1, 5)],
            "fall",
            "8",
        ),
        (
            [],
            ["brukare;2026-01;;;4", "brukare;2026-02;;;5"],
            ["brukare;2026-01;;;3"],
            "brukare",
            "7",
        ),
        ([], ["brukare;2026-02;;;5"], ["brukare;2026-01;;;3"], "brukare", "värde saknas"),
        (
            [],
            ["trygga;2026-T1;;;28 av 44"],
            ["trygga;2026-T1;;;1 av 6"],
            "trygga",
            "29 av 50, 58 %",
        ),
        ([], ["trygga;2026-T1;;;28 av 44"], ["trygga;2026-T1;;;50"], "trygga", "värde saknas"),
        ([], ["trygga;2026-T1;;;60"], ["trygga;2026-T1;;;50"], "trygga", "värde saknas"),
        ([], ["trygga;2026-T1;;;28 av 44"], ["trygga;2026-04;;;1 av 6"], "trygga", "värde saknas"),
        ([], ["betyg;2026-T1;;;4,1"], ["betyg;2026-T1;;;4,3"], "betyg", "värde saknas"),
        ([], ["personer;2026-T1;;;4"], ["personer;2026-T1;;;5"], "personer", "värde saknas"),
        (
            [],
            ["fall;2026-T1;;;30", "med-skada;2026-T1;;;3"],
            ["fall;2026-T1;;;10", "med-skada;2026-T1;;;5"],
            "andel-skada",
            "8 av 40, 20 %",
        ),
        (
            ["fall;2026-T1;;;50"],  # the board's own, over the units' sum
            ["fall;2026-T1;;;30", "med-skada;2026-T1;;;3"],
            ["med-skada;2026-T1;;;2"],
            "andel-skada",
            "5 av 50, 10 %",
        ),
        (  # the two sides would be of different units
            [],
            ["fall;2026-T1;;;30", "med-skada;2026-T1;;;3"],
            ["fall;2026-T1;;;10"],
            "andel-skada",
            "värde saknas",
        ),
    ],
)
def test_a_total_is_told_where_every_unit_is(
    tmp_path: Path, whole: list[str], norr: list[str], soder: list[str], id: str, expected: str
) -> None:
    assert told(board(tmp_path, whole, norr, soder), id, "2026-T1") == expected


def test_a_small_share_of_a_unit_is_not_given_away_by_the_total(tmp_path: Path) -> None:
    yaml = INDICATORS.replace("    namn: Andel med skada\n", "    namn: A\n    minsta_antal: 5\n")
    plans = {"b": head("Nämnden") + yaml, "n": head("Norr", "b"), "s": head("Söder", "b")}
    data = {
        "n": rows("fall;2026-T1;40", "med-skada;2026-T1;10"),
        "s": rows("fall;2026-T1;40", "med-skada;2026-T1;2"),
    }
    whole = tree(tmp_path, plans, data).plans["b"]
    assert told(whole, "med-skada", "2026-T1") == "12"
    assert told(whole, "andel-skada", "2026-T1") == "skyddad uppgift"


COUNTS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda pair: (min(pair), max(pair))),
    min_size=1,
    max_size=4,
)


@given(units=COUNTS, lacks=st.booleans())
def test_a_share_of_all_is_the_sum_of_counts_by_the_sum_of_counts(
    units: list[tuple[int, int]], lacks: bool
) -> None:
    plans = {"b": head("Nämnden") + INDICATORS}
    data = {}
    for number, (part, of) in enumerate(units):
        plans[f"u{number}"] = head(f"Enhet {number}", "b")
        data[f"u{number}"] = rows(f"trygga;2026-T1;{part} av {of}", f"fall;2026-T1;{part}")
    if lacks:
        plans["u-utan"] = head("Enhet utan", "b")
        data["u-utan"] = rows("trygga;2025-T1;1 av 2", "fall;2025-T1;1")
    with TemporaryDirectory() as folder:
        whole = tree(Path(folder), plans, data).plans["b"]
        share, total = (value(whole, id, T1, known_at=T1).värde for id in ("trygga", "fall"))
    if lacks:
        assert share is None
        assert total is None
    else:
        below = sum(of for _, of in units)
        assert total == sum(part for part, _ in units)
        assert share == Fraction(100 * sum(part for part, _ in units), below)


ROWS = st.dictionaries(
    st.tuples(
        st.sampled_from(("namnden", "norr", "soder")),
        st.sampled_from(("fall", "brukare", "trygga", "med-skada")),
        st.sampled_from(("2025-T3", "2026-01", "2026-K1", "2026-T1", "2026-T2")),
        st.sampled_from(("", "2026-T1", "2026-T2")),
    ),
    st.sampled_from(("2", "9", "3 av 8", "u.s.", "e.t.", "x")),
    max_size=25,
)


@given(said=ROWS)
def test_only_corrections_change_what_was_told(said: dict[tuple[str, ...], str]) -> None:
    plans = {
        "namnden": head("Nämnden") + INDICATORS,
        "norr": head("Norr", "namnden"),
        "soder": head("Söder", "norr"),
    }
    lines: dict[str, list[str]] = {}
    for (mapp, *about), värde in said.items():
        share = about[0] == "trygga" or " " not in värde
        lines.setdefault(mapp, []).append(";".join((*about, värde if share else "4", "Rättat.")))
    columns = "indikator;period;gäller_från;värde;anm"
    data = {mapp: rows(*each, columns=columns) for mapp, each in lines.items()}
    with TemporaryDirectory() as folder:
        whole = tree(Path(folder), plans, data).plans["namnden"]
    changed = differences(all_told(whole, T1), all_told(whole, T2))
    pairs = ((each.before, each.after) for each in changed)
    both = [(old, new) for old, new in pairs if old and new and old.what == "värde"]
    assert [pair for pair in both if all(fact.text for fact in pair)] == [
        pair for pair in corrections(whole, T1, T2) if all(fact.text for fact in pair)
    ]
    for id in ("fall", "brukare", "trygga", "andel-skada"):
        assert has_periods(whole, id, known_at=T2) == bool(periods(whole, id, known_at=T2))
        since = periods(whole, id, known_at=T2, since=T1.first)
        assert since == tuple(p for p in periods(whole, id, known_at=T2) if p.last >= T1.first)


def test_totals_at_any_depth(tmp_path: Path) -> None:
    plans = {
        "board": head("Nämnden") + INDICATORS,
        "dept": head("Avdelningen", "board"),
        "norr": head("Norr", "dept"),
        "soder": head("Söder", "dept"),
        "vast": head("Väster", "board"),
    }
    lines = {"norr": 3, "soder": 4, "vast": 5}
    data = {mapp: rows(f"fall;2026-T1;{number}") for mapp, number in lines.items()}
    register = tree(tmp_path, plans, data)
    whole = register.plans["board"]
    assert [part.mapp for part in whole.parts] == ["dept", "vast"]
    assert [part.mapp for part in whole.below()] == ["dept", "norr", "soder", "vast"]
    assert [told(register.plans[mapp], "fall", "2026-T1") for mapp in ("board", "dept")] == [
        "12", "7",
    ]  # fmt: skip
    assert register.plans["norr"].whole is not register.plans["dept"]
    assert [unit.plan.mapp for unit in explain(whole, "fall", T1, known_at=T1).units] == [
        "dept", "vast",
    ]  # fmt: skip


def test_who_lacks_is_the_unit_furthest_down(tmp_path: Path) -> None:
    plans = {
        "board": head("Nämnden") + INDICATORS,
        "dept": head("Avdelningen", "board"),
        "norr": head("Norr", "dept"),
        "soder": head("Söder", "dept"),
    }
    data = {"norr": rows("fall;2026-T1;3"), "soder": rows("fall;2025-T3;4")}
    whole = tree(tmp_path, plans, data).plans["board"]
    assert [unit.plan.mapp for unit in explain(whole, "fall", T1, known_at=T1).lacks] == ["soder"]
    assert lacking(whole, "fall", T1, known_at=T1) == (("fall", T1),)


def test_periods_breakdowns_baselines_and_targets_see_totals(tmp_path: Path) -> None:
    both = ["fall;2026-T1;;;7", "fall;2026-T1;kvinnor;;3", "fall;2026;;ingångsvärde;2"]
    whole = board(tmp_path, [], both, [*both, "fall;2026-T2;;;9"])
    assert periods(whole, "fall", known_at=T2) == (T1,)
    assert breakdowns(whole, "fall") == {(("kön", "kvinnor"),)}
    assert told(whole, "fall", "2026-T1", kön="kvinnor") == "6"
    assert baseline(whole, "fall", known_at=T1).värde == 4
    assert [each.tal.värde for each in comparisons(whole, "fall", T1)] == [14]
    sources = value(whole, "fall", T1, known_at=T1).källor
    assert sources == (("data/norr/tal.csv", 2), ("data/soder/tal.csv", 2))


def test_the_whole_country_is_no_sum_of_units(tmp_path: Path) -> None:
    lines = ["fall;2026-T1;;;7", "fall;2026-T1;;riket;300"]
    whole = board(tmp_path, [], lines, lines)
    assert told(whole, "fall", "2026-T1", serie="riket") == "värde saknas"


def page(whole: Plan, id: str, at: str) -> str:
    """The table of an indicator in a board's report, and what stands beneath but for the files."""
    report = havsnäs().reports["lagesrapport"]
    here = scene(whole, report, P(at), Register({whole.mapp: whole}))
    table = indicator_table(here, id)
    assert table is not None
    notes = [said(line) for line in table.notes]
    shown = re.sub(r"\| $", "|", drawn(table), flags=re.MULTILINE)
    return "\n".join([shown, *(note for note in notes if not note.startswith("Källa"))])


@pytest.mark.parametrize(
    ("norr", "soder", "id", "at", "expected"),
    [
        (
            ["fall;2026-T1;;;7", "fall;2026-T1;kvinnor;;3"],
            ["fall;2026-T1;;;5", "fall;2026-T1;kvinnor;;4"],
            "fall",
            "2026-T1",
            """
Verksamhet | T1 2026 | Målvärde
Nämnden | 12 | nämnden: högst 20 nås (8 under)
varav kvinnor | 7 |
Norr | 7 |
Söder | 5 |
Nämndens värde är summan av 2 enheter.
""",
        ),
        (
            ["trygga;2026-T1;;;28 av 44", "trygga;2026-T2;;;1 av 2"],
            ["trygga;2026-T1;;;1 av 6", "trygga;2026-T2;;;x"],
            "trygga",
            "2026-T2",
            """
Verksamhet | T1 2026 | T2 2026
Nämnden | 29 av 50, 58 % | x
Norr | 28 av 44, 64 % | 1 av 2, 50 %
Söder | 1 av 6, 17 % | x
Nämndens värde är räknat på enheternas antal.
Inget samlat värde för tertial 2 2026: värdet är skyddat för Söder.
x betyder skyddad uppgift.
""",
        ),
        (
            ["fall;2026-T1;;;7", "fall;2026-T2;;;3"],
            ["fall;2026-T1;;;e.t.", "fall;2026-T2;;;u.s."],
            "fall",
            "2026-T2",
            """
Verksamhet | T1 2026 | T2 2026 | Målvärde
Nämnden | 7 | u.s. | nämnden: högst 20
Norr | 7 | 3 |
Söder | e.t. | u.s. |
Nämndens värde kommer från Norr.
Ingen summa för tertial 2 2026: värde saknas för Söder.
e.t. betyder ej tillämplig. u.s. betyder uppgift saknas.
""",
        ),
        (  # who lacks is told though the whole has no value at all
            ["fall;2026-T1;;;7"],
            ["fall;2025;;;5"],
            "fall",
            "2026-T1",
            """
Verksamhet | 2025 | T1 2026
Norr | – | 7
Söder | 5 | –
Ingen summa för 2025: värde saknas för Norr.
Ingen summa för tertial 1 2026: värde saknas för Söder.
– betyder värde saknas.
""",
        ),
        (
            ["trygga;2026-T1;;;60"],
            ["trygga;2026-T1;;;50"],
            "trygga",
            "2026-T1",
            """
Verksamhet | T1 2026
Norr | 60 %
Söder | 50 %
Inget samlat värde för tertial 1 2026: antal saknas för Norr och Söder.
""",
        ),
        (  # a step is made otherwise than the total of all, or not at all
            ["fall;2026-T1;;;7", "fall;2026-T1;kvinnor;;3", "fall;2026-T1;män;;4"],
            ["fall;2026-T1;;;5", "fall;2026-T1;kvinnor;;e.t."],
            "fall",
            "2026-T1",
            """
Verksamhet | T1 2026 | Målvärde
Nämnden | 12 | nämnden: högst 20 nås (8 under)
varav kvinnor | 3 |
Norr | 7 |
Söder | 5 |
Nämndens värde är summan av 2 enheter.
Kvinnor: Nämndens värde kommer från Norr.
Män: ingen summa för tertial 1 2026: värde saknas för Söder.
""",
        ),
        (  # months make a tertial of which there is a total
            ["fall;2026-T1;;;10"],
            [f"fall;2026-0{month};;;1" for month in range(1, 5)],
            "fall",
            "2026-T1",
            """
Verksamhet | jan 2026 | feb 2026 | mar 2026 | apr 2026 | T1 2026 | Målvärde
Nämnden | – | – | – | – | 14 | nämnden: högst 20 nås (6 under)
Norr | – | – | – | – | 10 |
Söder | 1 | 1 | 1 | 1 | 4 |
Nämndens värde är summan av 2 enheter.
Ingen summa för januari, februari, mars och april 2026: värde saknas för Norr.
– betyder värde saknas.
""",
        ),
        (
            ["betyg;2026-T1;;;4,1"],
            ["betyg;2026-T1;;;4,3"],
            "betyg",
            "2026-T1",
            """
Verksamhet | T1 2026
Norr | 4,1
Söder | 4,3
""",
        ),
    ],
)
def test_the_whole_stands_first_in_the_table(
    tmp_path: Path, norr: list[str], soder: list[str], id: str, at: str, expected: str
) -> None:
    assert page(board(tmp_path, [], norr, soder), id, at) == expected.strip("\n")


OF_PLACES = "skalor:\n  plats: [{}]\n"
OF_FALL = "indikatorer:\n  - id: fall\n    "
OF_SUM = "  - id: summan\n    namn: Summan\n    beräkning:\n      summa: [fall, brukare]\n"
UNIT_SUM = "indikatorer:\n  - id: summan\n    beräkning:\n      summa: [fall, med-skada]\n"
OWN = "en egen definition gäller för Söder"


@pytest.mark.parametrize(
    ("own", "id", "step", "why"),
    [
        ("", "fall", {}, ""),
        (OF_FALL + "namn: Fall\n    frekvens: månad\n    källa: Räkning\n", "fall", {}, ""),
        (OF_FALL + "måttenhet: timmar\n", "fall", {}, "en annan måttenhet gäller för Söder"),
        (OF_FALL + "typ: ögonblick\n", "fall", {}, OWN),
        (OF_FALL + "summeras: nej\n", "fall", {}, OWN),
        (OF_FALL + "beskrivning: Bara fall ur sängen.\n", "fall", {}, OWN),
        (UNIT_SUM, "summan", {}, OWN),
        (OF_PLACES.format("inne, ute"), "fall", {"plats": "inne"}, ""),
        (
            OF_PLACES.format("ute, inne, annat"),
            "fall",
            {"plats": "inne"},
            "en egen skala gäller för Söder",
        ),
    ],
)
@pytest.mark.parametrize("above", [(), ("d",)])  # at any level above
def test_what_a_part_measures_otherwise_is_a_gap_in_the_total(
    tmp_path: Path, above: tuple[str, ...], own: str, id: str, step: dict[str, str], why: str
) -> None:
    whole = head("Nämnden") + INDICATORS + OF_SUM + OF_PLACES.format("inne, ute")
    plans = {"b": whole, **{mapp: head("Avdelningen", "b") for mapp in above}}
    plans |= {"n": head("Norr", "b"), "s": head("Söder", *(above or ("b",))) + own}
    lines = ("fall;2026-T1;;3", "fall;2026-T1;inne;2", "brukare;2026-T1;;2", "med-skada;2026-T1;;1")
    data = {mapp: rows(*lines, columns="indikator;period;plats;värde") for mapp in ("n", "s")}
    plan = tree(tmp_path, plans, data).plans["b"]
    has_total = told(plan, id, "2026-T1", **step) != "värde saknas"
    assert has_total == (not why)
    about = " (plats: inne)" if step else ""
    notes = page(plan, id, "2026-T1").split("\n")
    told_so = [note for note in notes if note.startswith("Ingen summa")]
    assert told_so == ([f"Ingen summa för tertial 1 2026{about}: {why}."] if why else [])
    if why:
        with pytest.raises(Unreckoned) as error:
            reckon(plan, Call("värde", (id, "2026-T1"), tuple(step.items())), T1)
        hint = error.value.hint(Allowance())
        assert hint.startswith(f"Delarnas värden läggs inte ihop: {why}. ")


def test_a_total_of_all_the_time_does_not_leave_out_the_wholes_own_rows(tmp_path: Path) -> None:
    of_each = [f"fall;2026-T{number};;;10" for number in (1, 2, 3)]
    whole = board(tmp_path, ["fall;2026-T1;;;35"], of_each, of_each)
    tertials = [told(whole, "fall", f"2026-T{number}", "2026") for number in (1, 2, 3)]
    assert tertials == ["35", "20", "20"]
    assert told(whole, "fall", "2026") == "värde saknas"
    assert lacking(whole, "fall", P("2026"), known_at=P("2026")) == (
        ("fall", P("2026-T2")),
        ("fall", P("2026-T3")),
    )
    note = "Ingen summa för 2026: Nämnden har egna rader bara för en del av tiden."
    assert note in page(whole, "fall", "2026").split("\n")


PART = """\
indikatorer:
  - id: fall
    målvärden:
{}
"""


def held(folder: Path, yaml: str, at: Period = T1) -> dict[str, list[str]]:
    """The targets that a board's unit is held to, as they are printed, by indicator."""
    plans = {"b": head("Nämnden") + TARGETS, "n": head("Norr", "b") + yaml}
    data = {"n": rows(*(f"{id};2026-T1;4" for id in ("fall", "personer", "betyg")))}
    unit = tree(folder, plans, data).plans["n"]
    ids = ("fall", "alla", "personer", "betyg", "trygga")
    compared = {id: comparisons(unit, id, at) for id in ids}
    return {id: [f"{each.vems}: {each.text()}" for each in of] for id, of in compared.items() if of}


TARGETS = (
    INDICATORS.replace(
        "    namn: Trygga\n", "    namn: Trygga\n    målvärden:\n      nämnden: minst 80\n"
    )
    .replace("    namn: Betyg\n", "    namn: Betyg\n    målvärden:\n      nämnden: minst 4\n")
    .replace("    namn: Personer\n", "    namn: Personer\n    målvärden:\n      nämnden: högst 9\n")
    + """\
  - id: alla
    namn: Alla händelser
    beräkning:
      summa: [fall, med-skada]
    målvärden:
      nämnden: högst 30
"""
)
OF_EACH = {
    "personer": ["nämnden: högst 9"],
    "betyg": ["nämnden: minst 4"],
    "trygga": ["nämnden: minst 80\N{NO-BREAK SPACE}%"],
}
"""The targets of what is not added over units: they hold in each of them."""


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", OF_EACH),
        ("indikatorer:\n  - id: fall\n    namn: Fall\n", OF_EACH),
        (PART.format("      enheten: högst 8"), {"fall": ["enheten: högst 8"], **OF_EACH}),
        (PART.format("      nämnden: högst 20"), {"fall": ["nämnden: högst 20"], **OF_EACH}),
        (
            PART.format("      nämnden:\n        2026: högst 8\n      enheten: högst 9"),
            {"fall": ["nämnden: högst 8", "enheten: högst 9"], **OF_EACH},
        ),
        (
            "indikatorer:\n  - id: alla\n    målvärden:\n      enheten: högst 9\n",
            {"alla": ["enheten: högst 9"], **OF_EACH},
        ),
        (
            PART.replace("fall", "tabell").format("      enheten: högst 9")
            + "    namn: Tabell\n    indikatorer: [brukare, fall]\n",
            OF_EACH,  # the member has the target of its own that the board wrote
        ),
    ],
)
def test_a_unit_is_not_held_to_its_boards_target_for_a_sum(
    tmp_path: Path, own: str, expected: dict[str, list[str]]
) -> None:
    assert held(tmp_path, own) == expected


def test_a_target_of_a_units_own_table_is_that_of_its_members(tmp_path: Path) -> None:
    table = "  - id: t\n    namn: T\n    målvärden:\n      enheten: högst 9\n    indikatorer:\n"
    own = f"indikatorer:\n{table}      - id: eget\n        namn: Eget\n      - brukare\n"
    plans = {"b": head("Nämnden") + INDICATORS, "n": head("Norr", "b") + own}
    unit = tree(tmp_path, plans, {"n": rows("brukare;2026-T1;4")}).plans["n"]
    for id in ("eget", "brukare"):
        assert [each.text() for each in comparisons(unit, id, T1)] == ["högst 9"]


GOAL = """\
mål:
  - id: trygg
    namn: Trygg
    indikatorer: [fall, trygga]
skalor:
  uppfyllelse:
    - namn: inte
      från: 0
    - namn: helt
      från: 100
"""


def test_a_goal_counts_no_target_that_is_its_boards(tmp_path: Path) -> None:
    plans = {"b": head("Nämnden") + TARGETS + GOAL, "n": head("Norr", "b"), "s": head("Söder", "b")}
    data = {mapp: rows("fall;2026-T1;19", "trygga;2026-T1;9 av 10") for mapp in ("n", "s")}
    loaded = tree(tmp_path, plans, data)
    counted = {}
    for mapp in ("b", "n"):
        found = fulfilment(loaded.plans[mapp], "trygg", T1)
        assert found is not None
        counted[mapp] = (found.nådda, found.jämförda)
    assert counted == {"b": (1, 2), "n": (1, 1)}


def test_a_unit_may_name_its_boards_target(tmp_path: Path) -> None:
    words = 'uppföljning:\n  2026-T1:\n    fall: Målet är {{ mål("fall") }}.\n'
    plans = {"b": head("Nämnden") + INDICATORS, "n": head("Norr", "b") + words}
    unit = tree(tmp_path, plans, {}).plans["n"]
    text = unit.uppföljning[T1]["fall"].text
    assert render(unit, text, T1) == "Målet är högst 20."


@pytest.mark.parametrize(
    ("whole", "norr", "soder", "id", "expected"),
    [
        ([], ["betyg;2026-T1;;;4,1"], ["betyg;2026-T1;;;4,3"], "betyg", True),
        (["betyg;2026-T2;;;4"], ["betyg;2026-T1;;;4,1"], [], "betyg", True),
        ([], ["trygga;2026-T1;;;60"], ["trygga;2026-T1;;;4 av 5"], "trygga", True),
        ([], ["personer;2026-T1;;;6"], ["personer;2026-T1;;;4"], "personer", True),
        ([], ["fall;2026-T1;;;6"], ["fall;2026-T2;;;4", "fall;2025-T3;;;4"], "fall", False),
        ([], ["betyg;2025-T1;;;4,1"], ["betyg;2025-T1;;;4,3"], "betyg", False),
    ],
)
def test_a_text_that_asks_for_what_is_not_added_is_told_so(
    tmp_path: Path, whole: list[str], norr: list[str], soder: list[str], id: str, expected: bool
) -> None:
    plan = board(tmp_path, whole, norr, soder)
    with pytest.raises(Unreckoned) as error:
        reckon(plan, Call("värde", (id, "2026-T1")), T2)
    hint = error.value.hint(Allowance())
    told_so = "Delarnas värden läggs inte ihop"
    way = "Lägg till en rad för Nämnden i data, eller skriv om en del i dess egen plan."
    assert hint.startswith(told_so if expected else "Rader saknas för")
    assert (way in hint) == expected
    assert hint.endswith("Värde finns för 2026-T2.") == bool(whole)


def test_explain_tells_unit_by_unit(tmp_path: Path) -> None:
    lines = ["fall;2026-T1;;;7", "fall;2026-T2;;;1"]
    whole = board(tmp_path, ["fall;2026-T2;;;2"], lines, lines[:1])
    *_, table = document(whole, "fall", None).blocks
    assert drawn(table) == (  # type: ignore[arg-type]
        "Period | Verksamhet | Värde | Rader\n"
        "2026-T1 | Nämnden | 14 |\x20\n"
        "2026-T1 | Norr | 7 | data/norr/tal.csv:2\n"
        "2026-T1 | Söder | 7 | data/soder/tal.csv:2"
    )


def codes(folder: Path, *of: str) -> list[str]:
    """What those rules tell, with its place."""
    told = (each for each in judged(folder).findings if each.code in of)
    return [f"{each.place.path}:{each.place.line} {each.message}" for each in told]


@pytest.mark.parametrize(
    ("whole", "norr", "soder", "expected"),
    [
        (["fall;2026-T1;;;12"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;5"], ""),
        (
            ["fall;2026-T1;;;11"],
            ["fall;2026-T1;;;7"],
            ["fall;2026-T1;;;5"],
            '"Fallolyckor" (fall) är 11 i 2026-T1, men delarna har tillsammans 12',
        ),
        # a board may have more than its units, and where one lacks nothing is compared
        (["fall;2026-T1;;;15"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;5"], ""),
        (["fall;2026-T1;;;6"], ["fall;2026-T1;;;7"], [], ""),
        (
            ["fall;2026-T1;;;15", "fall;2025-T3;;;2"],
            ["fall;2026-T1;;;7", "fall;2025-T3;;;1"],
            ["fall;2026-T1;;;5", "fall;2025-T3;;;1"],
            '"Fallolyckor" (fall) är 15 i 2026-T1, men delarna har tillsammans 12',
        ),
        (
            ["trygga;2026-T1;;;28 av 50"],
            ["trygga;2026-T1;;;28 av 44"],
            ["trygga;2026-T1;;;1 av 6"],
            '"Trygga" (trygga) är 28 av 50 i 2026-T1, men delarna har tillsammans 29 av 50',
        ),
        (
            ["trygga;2026-T1;;;58 %"],
            ["trygga;2026-T1;;;28 av 44"],
            ["trygga;2026-T1;;;1 av 6"],
            "",
        ),
        (["personer;2026-T1;;;6"], ["personer;2026-T1;;;4"], ["personer;2026-T1;;;5"], ""),
    ],
)
def test_a_whole_that_is_not_the_sum_of_its_parts(
    tmp_path: Path, whole: list[str], norr: list[str], soder: list[str], expected: str
) -> None:
    board(tmp_path, whole, norr, soder)
    told = codes(tmp_path, "R421")
    assert told == ([f"data/namnden/tal.csv:2 {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("whole", "norr", "soder", "expected"),
    [
        (
            ["fall;2026-T1;;;15"],
            ["fall;2026-T1;;;7"],
            ["fall;2026-T1;;;x"],
            '"Fallolyckor" (fall) är 15',
        ),
        (
            ["trygga;2026-T1;;;29 av 50"],
            ["trygga;2026-T1;;;28 av 44"],
            ["trygga;2026-T1;;;x"],
            '"Trygga" (trygga) är 29 av 50',
        ),
        ([], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;x"], ""),
        (["fall;2026-T1;;;15"], ["fall;2026-T1;;;x"], ["fall;2026-T1;;;x"], ""),
        (["fall;2026-T1;;;15"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;u.s."], ""),
        (["fall;2026-T1;;;x"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;x"], ""),
        (["trygga;2026-T1;;;58 %"], ["trygga;2026-T1;;;28 av 44"], ["trygga;2026-T1;;;x"], ""),
        (["personer;2026-T1;;;9"], ["personer;2026-T1;;;7"], ["personer;2026-T1;;;x"], ""),
    ],
)
def test_a_whole_that_gives_away_what_a_part_protects(
    tmp_path: Path, whole: list[str], norr: list[str], soder: list[str], expected: str
) -> None:
    board(tmp_path, whole, norr, soder)
    away = "i 2026-T1, så det skyddade värdet för soder kan kanske räknas ut"
    told = [f"data/namnden/tal.csv:2 {expected} {away}"] if expected else []
    assert codes(tmp_path, "R422") == told


RISK = "risker:\n  - id: brist\n    namn: Det är ont om personal\n"


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        (
            {"a": head("A"), "b": head("B", "a") + RISK, "c": head("C", "a") + RISK},
            ['plans/c/plan.yaml:7 Risken "brist" finns även i b, men inte i a'],
        ),
        ({"a": head("A") + RISK, "b": head("B", "a") + RISK, "c": head("C", "a") + RISK}, []),
        # below the whole, in two branches; one that a part inherits from another is the same
        (
            {
                "a": head("A"),
                "b": head("B", "a") + RISK,
                "c": head("C", "a"),
                "d": head("D", "b") + RISK,
                "e": head("E", "c") + RISK,
            },
            ['plans/e/plan.yaml:7 Risken "brist" finns även i b, men inte i a'],
        ),
        ({"a": head("A") + RISK, "b": head("B") + RISK}, []),
    ],
)
def test_the_same_id_in_two_parts(
    tmp_path: Path, plans: dict[str, str], expected: list[str]
) -> None:
    tree(tmp_path, plans, {})
    assert codes(tmp_path, "R254") == expected


NÄMND = "plan:\n  namn: Plan\n  nämnd: Nämnden\n"
NAMELESS = "plan:\n  namn: Plan\n  del_av: {}\n"


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        (
            {"a": head("A"), "b": head("Boendet", "a"), "c": head("Boendet", "a")},
            [("c/plan.yaml:3", "b", "Boendet", "a")],
        ),
        ({"a": head("A"), "b": head("Boendet", "a"), "c": head("Boendet")}, []),
        (
            {
                "a": head("A"),
                "b": head("Norr", "a"),
                "c": head("Söder", "a"),
                "d": head("Boendet", "b"),
                "e": head("boendet", "c"),
            },
            [("e/plan.yaml:3", "d", "boendet", "a")],
        ),
        (
            {"a": head("A"), "b": head("B", "a"), "c": head("B", "b")},
            [("c/plan.yaml:3", "b", "B", "b")],
        ),
        (
            {"a": NÄMND, "b": NAMELESS.format("a")},
            [("b/plan.yaml:1", "a", "Nämnden", "a")],
        ),
        ({"a": NÄMND, "b": NAMELESS.format("a").replace("  namn", "  enhett: B\n  namn")}, []),
    ],
)
def test_parts_by_the_same_name(
    tmp_path: Path, plans: dict[str, str], expected: list[tuple[str, str, str, str]]
) -> None:
    for mapp, text in plans.items():
        (tmp_path / "plans" / mapp).mkdir(parents=True)
        (tmp_path / "plans" / mapp / "plan.yaml").write_text(text, "utf-8")
    alike = "så de går inte att skilja åt i rapporterna för"
    assert codes(tmp_path, "R255") == [
        f'plans/{at} Även {first} heter "{name}", {alike} {of}' for at, first, name, of in expected
    ]


def test_a_total_is_not_judged_while_a_plan_may_be_another_part(tmp_path: Path) -> None:
    board(tmp_path, ["fall;2026-T1;;;15"], ["fall;2026-T1;;;7"], ["fall;2026-T1;;;9"])
    assert len(codes(tmp_path, "R421")) == 1
    (tmp_path / "plans/soder/plan.yaml").write_text(head("Söder", "nämnden"), "utf-8")
    assert codes(tmp_path, "R421", "R251") == [
        'plans/soder/plan.yaml:5 Planen "nämnden" finns inte i plans'
    ]
    [untried] = [each for each in judged(tmp_path).untried if each.plan == "namnden"]
    assert "R421" in untried.codes
    assert untried.why == "en plan som ärver den inte är känd"


LEVELS = "skalor:\n  nivå:\n    - namn: låg\n      från: 1\n    - namn: hög\n      från: {}\n"


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        ("", LEVELS.format(9), ["nivå"]),
        (LEVELS.format(9), LEVELS.format(9), []),
        (LEVELS.format(9), LEVELS.format(6), ["nivå"]),
        ("", "skalor:\n  sannolikhet: [låg, medel, hög]\n", ["sannolikhet"]),
        ("", "skalor:\n  egen: [a, b]\n", []),
        ("skalor:\n  egen: [a, b]\n", "skalor:\n  egen: [b, a]\n", ["egen"]),
        ("", "skalor:\n  läge: [ej påbörjad, klar]\n", []),  # each stands for a built-in step
        ("", "skalor:\n  kön: [kvinnor, män, annat]\n", []),
        (
            "skalor:\n  egen: [a, b]\n",
            "skalor:\n  egen:\n    2025: [a, b]\n    2026: [a, c]\n",
            ["egen"],
        ),
    ],
)
def test_a_scale_of_its_own(tmp_path: Path, whole: str, part: str, expected: list[str]) -> None:
    tree(tmp_path, {"a": head("A") + whole, "b": head("B", "a") + part}, {})
    told = codes(tmp_path, "R240")
    assert [text.split(" ")[2] for text in told] == expected


def test_levels_that_cannot_be_compared_have_a_legend_of_their_own(tmp_path: Path) -> None:
    said = "uppföljning:\n  2026-T1:\n    brist:\n      nivå: {}\n"
    own = "skalor:\n  nivå: [liten, stor]\n"
    plans = {
        "a": head("A") + RISK,
        "b": head("B", "a") + own + said.format("stor"),
        "c": head("C", "a") + said.format("gul"),
    }
    of = tree(tmp_path, plans, {})
    here = scene(of.plans["a"], havsnäs().reports["lagesrapport"], T1, of)
    legends = [block.title for block in matrix(here) if isinstance(block, Legend)]
    assert legends == ["Risknivåer", "Risknivåer i B, som inte kan jämföras med andras"]
