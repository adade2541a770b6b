"""What a whole tells of its parts together: sums and shares by their counts, never a mean."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from drawing import drawn, said
from examples import havsnäs, rows, told
from hypothesis import given
from hypothesis import strategies as st
from validating import judged

from kvalitet.indicators import baseline, breakdowns, explain, lacking, periods, value
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.status import comparisons
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


def test_what_a_part_measures_otherwise_is_not_added(tmp_path: Path) -> None:
    plans = {
        "b": head("Nämnden") + INDICATORS,
        "n": head("Norr", "b"),
        "s": head("Söder", "b") + "indikatorer:\n  - id: fall\n    typ: ögonblick\n",
    }
    data = {mapp: rows("fall;2026-T1;3") for mapp in ("n", "s")}
    assert told(tree(tmp_path, plans, data).plans["b"], "fall", "2026-T1") == "värde saknas"


def page(whole: Plan, id: str, at: str) -> str:
    """The table of an indicator in a board's report, and what stands beneath but for the files."""
    report = havsnäs().reports["lagesrapport"]
    here = scene(whole, report, P(at), Register({whole.mapp: whole}))
    table = indicator_table(here, id)
    assert table is not None
    notes = [said(line) for line in table.notes]
    shown = drawn(table).replace("| \n", "|\n")
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
Norr | 7 | nämnden: högst 20 nås (13 under)
Söder | 5 | nämnden: högst 20 nås (15 under)
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
Norr | 7 | 3 | nämnden: högst 20 nås (17 under)
Söder | e.t. | u.s. | nämnden: högst 20
Nämndens värde kommer från Norr.
Ingen summa för tertial 2 2026: värde saknas för Söder.
e.t. betyder ej tillämplig. u.s. betyder uppgift saknas.
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
