from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from examples import board, small, unit
from hypothesis import given
from hypothesis import strategies as st

from kvalitet import status
from kvalitet.model.followup import Uppföljning
from kvalitet.model.indicator import Målvärde, parse_target
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.status import comparisons, fulfilment, is_reached, target

P = Period.parse
T1, T2, T3 = P("2026-T1"), P("2026-T2"), P("2026-T3")


def level(plan: Plan, id: str, at: Period) -> tuple[str, int, int] | None:
    judged = status.level(plan, id, at)
    return (judged.steg.namn, judged.sannolikhet, judged.allvarlighetsgrad) if judged else None


def state(plan: Plan, id: str, skala: str, at: str) -> str | None:
    said = status.state(plan, id, skala, P(at))
    return said.steg if said else None


@pytest.mark.parametrize(
    ("id", "t1", "t2", "change"),
    [
        ("vald-upptacks-inte", ("kritisk", 3, 4), ("förhöjd", 2, 4), -1),
        ("erfarna-slutar", ("förhöjd", 2, 3), ("kritisk", 3, 3), 1),
        ("familjehem-saknas", ("förhöjd", 0, 0), ("förhöjd", 0, 0), 0),
        ("asikt-skrivs-inte-ned", ("låg", 1, 3), ("låg", 1, 3), 0),
        ("interna-avvikelser", ("händelseanalys", 3, 3), ("fördjupad utredning", 2, 3), -1),
        ("introduktion", None, None, None),
        ("finns-inte", None, None, None),
    ],
)
def test_levels_of_the_unit(
    id: str,
    t1: tuple[str, int, int] | None,
    t2: tuple[str, int, int] | None,
    change: int | None,
) -> None:
    assert (level(unit(), id, T1), level(unit(), id, T2)) == (t1, t2)
    assert status.level_change(unit(), id, T2, T1) == change


def test_the_board_judges_the_shared_risk_by_itself() -> None:
    assert [level(board(), "vald-upptacks-inte", at) for at in (T1, T2)] == [("kritisk", 3, 4)] * 2


def test_a_risk_below_the_selection() -> None:
    below = [risk for risk in unit().things if status.is_below_selection(unit(), risk, T1)]
    assert below == ["asikt-skrivs-inte-ned"]


@pytest.mark.parametrize(
    ("plan", "id", "skala", "t1", "t2"),
    [
        (unit, "introduktion", "läge", "pågår", "pågår"),
        (unit, "introduktion", "tidplan", "följer tidplan", "försenad"),
        (unit, "mentorer", "läge", "ej påbörjad", "pågår"),
        (unit, "fraga-om-vald", "läge", "pågår", "pågår"),
        (board, "fraga-om-vald", "tidplan", "följer tidplan", "följer tidplan"),
        (unit, "journalgranskning", "läge", "ej påbörjad", "klar"),
        (unit, "journalgranskning", "kontrollresultat", None, "mindre anmärkning"),
        (unit, "familjehem-saknas", "läge", "accepterad", "accepterad"),
    ],
)
def test_states(
    plan: Callable[[], Plan], id: str, skala: str, t1: str | None, t2: str | None
) -> None:
    assert [state(plan(), id, skala, at) for at in ("2026-T1", "2026-T2")] == [t1, t2]


def test_ends_that_were_moved() -> None:
    ends = {
        id: [str(status.end_date(unit(), id, at)) for at in (T1, T2)]
        for id in ("introduktion", "journalgranskning", "mentorer")
    }
    assert ends == {
        "introduktion": ["2026-12-31", "2027-03-31"],
        "journalgranskning": ["2026-06-30", "2026-06-30"],
        "mentorer": ["2026-H2", "2026-H2"],
    }
    assert [id for id in unit().things if status.is_late(unit(), id, T1)] == []
    assert [id for id in unit().things if status.is_late(unit(), id, T3)] == []
    assert [id for id in unit().things if status.is_late(unit(), id, P("2027-T1"))] == [
        "fraga-om-vald",
        "introduktion",
        "mentorer",
    ]


def test_words_are_of_their_period_only() -> None:
    assert status.words(unit(), "sjukfranvaro", T1) == "Frånvaron var högst i februari."
    assert status.words(unit(), "sjukfranvaro", T2) == ""


@pytest.mark.parametrize(
    ("plan", "id", "t1", "t2"),
    [
        (unit, "barnets-rost", ("inte", 0, 1, False), ("helt", 2, 2, False)),
        (unit, "stod-i-tid", ("inte", 0, 1, False), ("helt", 1, 1, False)),
        (board, "stod-i-tid", ("delvis", 1, 2, False), ("delvis", 1, 2, False)),
        (board, "trygg-uppvaxt", None, ("delvis", 0, 0, True)),
    ],
)
def test_fulfilment(
    plan: Callable[[], Plan],
    id: str,
    t1: tuple[str, int, int, bool] | None,
    t2: tuple[str, int, int, bool] | None,
) -> None:
    found = [fulfilment(plan(), id, at) for at in (T1, T2)]
    assert [f and (f.steg.namn, f.nådda, f.jämförda, f.är_sagd) for f in found] == [t1, t2]


SO_FAR = """
mål:
  - id: tryggt
    namn: Tryggt
    indikatorer: [antal, andel]
indikatorer:
  - id: antal
    namn: Fall
    målvärden:
      KF:
        2026: högst 40
  - id: andel
    namn: Andel
    måttenhet: procent
    målvärden:
      KF: minst 80
skalor:
  uppfyllelse:
    - namn: inte
      från: 0
    - namn: delvis
      från: 50
    - namn: helt
      från: 100
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (T1, ("delvis", 1, 1, 2)),  # a highest of the year is not reached until the year is over
        (T2, ("delvis", 1, 1, 2)),
        (T3, ("helt", 2, 0, 2)),
    ],
)
def test_what_is_reached_so_far_does_not_fulfil_a_goal(
    at: Period, expected: tuple[str, int, int, int]
) -> None:
    csv = "indikator;period;värde\n" + "".join(
        f"antal;2026-T{number};10\nandel;2026-T{number};90\n" for number in (1, 2, 3)
    )
    found = fulfilment(small(SO_FAR, csv), "tryggt", at)
    assert found is not None
    assert (found.steg.namn, found.nådda, found.hittills, found.jämförda) == expected


@pytest.mark.parametrize(
    ("plan", "id", "t1", "t2"),
    [
        (
            unit,
            "andel-horda",
            {"enheten minst 55 %": False, "nämnden minst 50 %": True},
            {"enheten minst 55 %": True, "nämnden minst 60 %": True},
        ),
        (unit, "enskilda-samtal", {"nämnden minst 70 %": None}, {"nämnden minst 70 %": True}),
        (unit, "trygg-efter-insats", {"KF minst 80 %": True}, {"KF minst 80 %": True}),
        (unit, "minst-5-ar", {"enheten 50–70 %": True}, {"enheten 50–70 %": True}),
        (unit, "bemotande", {}, {}),
        (unit, "sjukfranvaro", {"nämnden högst 7 %": False}, {"nämnden högst 7 %": True}),
        (board, "sjukfranvaro", {"nämnden högst 7 %": True}, {"nämnden högst 7 %": True}),
        (board, "ej-verkstallda", {"nämnden 0": False}, {"nämnden 0": False}),
    ],
)
def test_targets_reached(
    plan: Callable[[], Plan], id: str, t1: dict[str, bool | None], t2: dict[str, bool | None]
) -> None:
    found = [
        {f"{each.vems} {each.text()}".replace("\u00a0", " "): each.nått for each in compared}
        for compared in (comparisons(plan(), id, at) for at in (T1, T2))
    ]
    assert found == [t1, t2]


SUMMED = """
indikatorer:
  - id: antal
    namn: Antal
    målvärden:
      KF: {}
"""
COUNTS = "indikator;period;värde\nantal;2026-T1;30\nantal;2026-T2;30\n"


@pytest.mark.parametrize(
    ("goal", "at", "reached"),
    [
        ("högst 40", T2, True),  # always holds: the report period's value
        ("\n        2026: högst 40", T1, False),  # so far, but the year is not over
        ("\n        2026: högst 40", T2, False),  # the sum so far in the target's period
        ("\n        2026: minst 60", T2, True),
        ("\n        2026-01/2026-08: högst 60", T2, True),
        ("\n        2026-T2: högst 40\n        2026: högst 1", T2, True),  # the one that ends first
        ("\n        2027: högst 40", T2, None),  # not begun: nothing to sum
        ("\n        2025: högst 40", T2, None),  # ended
        ("\n        2025/2026: högst 40", T2, None),  # a gap
    ],
)
def test_a_target_of_what_adds_up_is_compared_with_the_sum_so_far(
    goal: str, at: Period, reached: bool | None
) -> None:
    assert is_reached(small(SUMMED.format(goal), COUNTS), "antal", at) == reached


def test_an_unrounded_value_is_compared() -> None:
    yaml = SUMMED.format("minst 55") + "    måttenhet: procent\n"
    plan = small(yaml, "indikator;period;värde\nantal;2026-T1;546 av 1000\n")
    (compared,) = comparisons(plan, "antal", T1)
    assert (compared.tal.text(), compared.nått) == ("55\u00a0%", False)


RISK = """
{skalor}
risker:
  - id: r
    namn: Risk
    slut: 2026-04-30
    åtgärder:
      - id: m
        namn: Åtgärd
        slut: 2026-04-30
mål:
  - id: g
    namn: Mål
    slut: 2026-04-30
uppföljning:
"""


def said(entries: str, skalor: str = "", head: str = "", faults: tuple[str, ...] = ()) -> Plan:
    """A plan with a risk r, its measure m and a goal g, and what is said: `period id key: word`."""
    lines = []
    for entry in filter(None, (line.strip() for line in entries.splitlines())):
        period, id, word = entry.split(" ", 2)
        lines.append(f"  {period}:\n    {id}:\n      {word}\n")
    return small(RISK.format(skalor=skalor) + "".join(lines), head=head, faults=faults)


@pytest.mark.parametrize(
    ("period", "known"),
    [
        ("2026-T1", True),
        ("2026-08-31", True),
        ("2026-08", True),
        ("2026-T2", True),
        ("2026-01/2026-08", False),
        ("2026-09-01", False),
        ("2026", False),
    ],
)
def test_what_is_said_after_the_report_is_not_known(period: str, known: bool) -> None:
    plan = said(f"{period} m läge: klar")
    assert (state(plan, "m", "läge", "2026-T2") is not None) == known


def test_a_faulty_word_makes_the_state_unknown_never_the_older_one() -> None:
    plan = said("2026-T1 m läge: klar\n2026-T2 m läge: färdig", faults=("R231",))
    assert [state(plan, "m", "läge", at) for at in ("2026-T1", "2026-T2")] == ["klar", None]
    assert not status.is_late(plan, "m", T2)
    plan = said("2026-T1 r nivå: gul\n2026-T2 r sannolikhet: stor", faults=("R231",))
    assert [level(plan, "r", at) for at in (T1, T2)] == [("gul", 0, 0), None]


def test_a_control_result_is_of_its_own_round() -> None:
    plan = said("2026-03 m kontrollresultat: anmärkning\n2026-06 m kontrollresultat: anmärkning")
    assert state(plan, "m", "kontrollresultat", "2026-03") == "anmärkning"
    assert state(plan, "m", "kontrollresultat", "2026-T1") is None
    assert [str(each.period) for each in status.results(plan, "m", T2)] == ["2026-03", "2026-06"]


OWN_STEPS = """
skalor:
  läge:
    - namn: väntar
      som: ej påbörjad
    - namn: genomförd
      som: klar
"""


@pytest.mark.parametrize(
    ("entries", "skalor", "at", "late"),
    [
        ("2026-03 m läge: pågår", "", T1, []),  # its last day is the report's: it has not passed
        ("2026-03 m läge: pågår", "", P("2026-05"), ["m"]),
        ("2026-03 m läge: pågår", "", P("2026-03"), []),
        ("2026-03 m läge: klar", "", T2, []),
        ("2026-03 m läge: avbruten", "", T2, []),
        ("2026-03 m slut: 2026-09", "", T2, []),
        ("2026-03 m slut: 2026-09", "", T3, ["m"]),
        ("2026-03 r läge: pågår", "", T2, ["r", "m"]),
        ("2026-03 r läge: accepterad", "", T2, ["m"]),
        ("2026-03 m läge: väntar", OWN_STEPS, T2, ["m"]),
        ("2026-03 m läge: genomförd", OWN_STEPS, T2, []),
    ],
)
def test_what_is_late(entries: str, skalor: str, at: Period, late: list[str]) -> None:
    plan = said(entries, skalor)
    assert [id for id in plan.things if status.is_late(plan, id, at)] == late


@pytest.mark.parametrize(
    ("levels", "at", "below"),
    [
        (["2026-T1 grön"], T1, True),
        (["2026-T1 gul"], T1, False),
        (["2026-T1 gul", "2026-T2 grön"], T2, False),  # stays the year out
        (["2025-T3 gul", "2026-T1 grön"], T1, True),
        (["2026-02 gul", "2026-03 grön"], T1, True),  # no report told that it was yellow
        (["2026-T3 gul"], T1, False),  # not known is not below
    ],
)
def test_a_risk_once_in_the_plan_stays_the_year_out(
    levels: list[str], at: Period, below: bool
) -> None:
    entries = "\n".join(" r nivå: ".join(each.split()) for each in levels)
    plan = said(entries, head="  urval: gul\n")
    assert status.is_below_selection(plan, "r", at) == below


CELLS = """
skalor:
  sannolikhet: [liten, stor]
  allvarlighetsgrad: [liten, stor]
  nivå:
    - namn: grön
      rutor: [1x1, 1x2]
      färg: grön
    - namn: röd
      rutor: [2x1, 2x2]
      färg: röd
"""


def test_levels_by_cells() -> None:
    plan = said("2026-T1 r sannolikhet: stor\n2026-T2 r allvarlighetsgrad: liten", CELLS)
    assert [level(plan, "r", at) for at in (T1, T2)] == [None, ("röd", 2, 1)]


FROM_PRODUCT_TO_CELLS = """
skalor:
  sannolikhet: [liten, stor]
  allvarlighetsgrad: [liten, stor]
  nivå:
    2026-T1:
      - namn: grön
        från: 1
      - namn: röd
        från: 4
    2026-T2:
      - namn: grön
        rutor: [1x1, 1x2, 2x2]
      - namn: röd
        rutor: [2x1]
"""


def test_levels_by_product_until_the_scale_has_cells() -> None:
    plan = said("2025 r sannolikhet: stor\n2026-01 r allvarlighetsgrad: stor",
                FROM_PRODUCT_TO_CELLS)  # fmt: skip
    assert [level(plan, "r", at) for at in (T1, T2)] == [("röd", 2, 2), ("grön", 2, 2)]


AXIS_IN_NEW_WORDS = """
skalor:
  sannolikhet:
    2025: [liten, stor]
    2026-T2: [aldrig, sällan, ofta]
"""


def test_a_judgement_keeps_the_rank_it_had_when_it_was_said() -> None:
    plan = said(
        "2026-01 r sannolikhet: stor\n2026-02 r allvarlighetsgrad: hög\n"
        "2026-T3 r sannolikhet: ofta",
        AXIS_IN_NEW_WORDS,
    )
    assert [level(plan, "r", at) for at in (T1, T2, T3)] == [
        ("gul", 2, 4),
        ("gul", 2, 4),
        ("röd", 3, 4),
    ]


PERIODS = st.sampled_from(
    [P(f"2026-{each}") for each in ("T1", "T2", "04", "04-30", "K2", "H1", "08")] + [P("2026")]
)


@given(st.dictionaries(PERIODS, st.sampled_from(["", "pågår", "klar", None])), PERIODS)
def test_a_state_is_the_newest_said(words: Mapping[Period, str | None], at: Period) -> None:
    plan = replace(
        said("2026-T1 m text: Ord."),
        uppföljning={
            period: {"m": Uppföljning(tillstånd={"läge": word} if word is not None else {})}
            for period, word in words.items()
        },
    )
    newest: str | None = None
    for period in sorted(words, key=lambda period: (period.last, period.days)):
        if (period.last, period.days) <= (at.last, at.days) and words[period] is not None:
            newest = words[period]
    assert state(plan, "m", "läge", str(at)) == (newest or None)


@given(st.dictionaries(PERIODS, st.sampled_from([None, P("2026-11"), P("2027")])), PERIODS)
def test_an_end_is_the_newest_said(ends: Mapping[Period, Period | None], at: Period) -> None:
    decided = said("2026-T1 m text: Ord.")
    moved = {period: {"m": Uppföljning(slut=end)} for period, end in ends.items()}
    newest = status.end_date(decided, "m", at)
    for period in sorted(ends, key=lambda period: (period.last, period.days)):
        if (period.last, period.days) <= (at.last, at.days):
            newest = ends[period] or newest
    assert status.end_date(replace(decided, uppföljning=moved), "m", at) == newest


@given(st.dictionaries(PERIODS, st.just(parse_target("minst 1"))), PERIODS)
def test_a_target_holds_until_its_period_ends(
    targets: Mapping[Period | None, Målvärde], at: Period
) -> None:
    coming = [each for each in targets if each and each.last >= at.last]
    coming.sort(key=lambda period: (period.last, period.days))
    in_force = target(targets, at)
    assert (in_force[0] if in_force else None) == (coming[0] if coming else None)
