"""`kvalitet status` and `kvalitet validate` say the same of what a report lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from examples import small

from kvalitet.findings import Finding
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.model.thing import Aktivitet, Åtgärd
from kvalitet.period import Period
from kvalitet.rules import RULES, case_of, settle
from kvalitet.status import report_period
from kvalitet.view.overview import overview
from kvalitet.view.pending import Rad

TESTS = Path(__file__).parent
SOUND = [path for path in (TESTS / "sound").iterdir() if (path / "plans").is_dir()]
KOMMUNER = sorted((TESTS / "kommuner").iterdir())
REPOSITORIES = [TESTS.parent, TESTS / "havsnas", *KOMMUNER, *sorted(SOUND)]

OF_LACKING = ("R309", "R339", "R363", "R401", "R444", "R601")
OF_MANY = ("R339", "R401", "R601")
"""Those that may tell of many ids in one finding, and ask of each whether it is accepted."""
NO_VALUE_YET = "inget värde än"


def told(plan: Plan, register: Register, at: Period) -> set[str]:
    """The ids of which validate tells that something is lacking at a report."""
    ids: set[str] = set()

    def note(code: str, id: str) -> bool:
        ids.update([id] if code in OF_MANY else [])
        return False

    case = replace(case_of(plan, register, at, at), accepts=note)
    for rule in RULES:
        if rule.code in OF_LACKING:
            ids.update(owner(plan, each) for each in rule.check(case) if rule.code not in OF_MANY)
    return ids


def owner(plan: Plan, finding: Finding) -> str:
    """The thing at which a finding stands."""
    route = finding.place.route
    if route[0] == "uppföljning":
        return str(route[2])
    around = [id for id in plan.own if _stands_in(plan, id, finding)]
    return max(around, key=lambda id: len(plan.place(id).route))


def _stands_in(plan: Plan, id: str, finding: Finding) -> bool:
    place = plan.place(id)
    is_same_file = place.path == finding.place.path
    return is_same_file and finding.place.route[: len(place.route)] == place.route


def rows(plan: Plan, register: Register, at: Period, today: date) -> dict[str, Rad]:
    """The rows of status on a day, by id."""
    seen = overview(plan, at, register, today, is_asked=True, faults=0).rader
    return {row.id: row for row in seen}


def only_in_status(plan: Plan, at: Period, row: Rad) -> str:
    """Why status says that something is lacking of which no rule tells, or ""."""
    if row.varför == NO_VALUE_YET:
        return "R401 begins at the first value: before that nobody knows when it is to begin"
    if row.varför != "aldrig uppföljd":
        return ""
    thing, said = plan.things[row.id], {*plan.uppföljning.get(at, ())}
    if not any(isinstance(plan.things.get(id), Åtgärd | Aktivitet) for id in said):
        return "a report that says nothing of any measure is not about them, or not yet written"
    if getattr(thing, "start", None) is None:
        return "without a start it is not known to be begun; R337 tells that the start is lacking"
    is_late = row.slut is not None and row.slut.year < at.year
    return "it should have ended in an earlier year: it is shown as late" if is_late else ""


def reports(register: Register) -> Iterator[tuple[Plan, Period]]:
    """Every report that a plan has, and the ones before and after."""
    for plan in register.plans.values():
        rhythms = {report.rytm for report in plan.rapporter.values()}
        said = [period for period in plan.uppföljning if period.frekvens in rhythms]
        around = {at for each in said for at in (each.previous(), each, each.next())}
        for at in sorted(around):
            if report_period(plan, at):
                yield plan, at


@pytest.mark.parametrize("root", REPOSITORIES, ids=lambda root: root.name)
def test_what_validate_says_is_lacking_is_not_written_in_status(root: Path) -> None:
    register = settle(load(root)).register
    for plan, at in reports(register):
        seen = rows(plan, register, at, at.last + timedelta(days=1))
        lacking = {id for id, row in seen.items() if row.måste_ses}
        assert told(plan, register, at) <= lacking, (plan.mapp, at)


@pytest.mark.parametrize("root", REPOSITORIES, ids=lambda root: root.name)
def test_what_status_says_is_lacking_is_told_by_validate(root: Path) -> None:
    register = settle(load(root)).register
    for plan, at in reports(register):
        known = told(plan, register, at)
        for id, row in rows(plan, register, at, at.last).items():
            if row.status == "saknas" and id not in known:
                assert only_in_status(plan, at, row), (plan.mapp, at, id, row.varför)


MONTHLY = "indikatorer:\n  - id: i\n    namn: I\n    frekvens: månad\n"
JANUARY = "indikator;period;värde\ni;2026-01;1\ni;2026-02;1\n"
T1_AND_2 = JANUARY + "".join(f"i;2026-0{month};1\n" for month in (5, 6, 7, 8))
CHECK = """\
egenkontroller:
  - id: k
    namn: Aktgranskning
    frekvens: tertial
    indikatorer:
      - id: i
        namn: I
"""
TO_DO = """\
åtgärder:
  - id: a
    namn: Mattor bort
    start: 2026-01-01
    slut: 2026-12-31
    aktiviteter:
      - id: b
        namn: Informera anhöriga
        start: 2026-01-01
        slut: 2026-10-31
      - id: c
        namn: Köpa halkskydd
        start: 2026-01-01
        slut: 2026-10-31
"""
GOALS = """\
mål:
  - id: m
    namn: Stora målet
    typ: nämndmål
    mål:
      - id: n
        namn: Lilla målet
        typ: nämndmål
"""
URVAL = """\
risker:
  - id: r
    namn: R
    indikatorer: [i]
"""


def said(*entries: str) -> str:
    """What is said, each as `2026-T1 a: läge: klar`."""
    lines = ["uppföljning:"]
    for entry in entries:
        period, rest = entry.split(" ", 1)
        id, _, what = rest.partition(": ")
        lines += [f"  {period}:", f"    {id}:", *(f"      {one}" for one in what.split("; "))]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("yaml", "csv", "at", "lacking"),
    [
        # values
        (MONTHLY, JANUARY, "2026-T1", {"i": "värde saknas mar, apr 2026"}),
        (MONTHLY, T1_AND_2, "2026-T2", {"i": "värde saknas mar, apr 2026"}),
        (MONTHLY + said("2026-T1 i: slut: 2026-02"), JANUARY, "2026-T1", {}),
        (MONTHLY + said("2026-T1 i: slut: 2026-02"), JANUARY, "2026-T2", {}),
        (MONTHLY + URVAL + said("2026-T1 r: nivå: grön"), JANUARY, "2026-T1", {}),
        (MONTHLY + URVAL + said("2026-T1 r: nivå: röd"), JANUARY, "2026-T1",
         {"i": "värde saknas mar, apr 2026"}),
        # rounds
        (CHECK + said("2026-T1 bakgrund: text: Ord."), "", "2026-T1",
         {"k": "ska göras varje tertial"}),
        (CHECK + said("2026-T1 bakgrund: text: Ord."), JANUARY, "2026-T1", {}),
        (CHECK.replace("    frekvens", "    start: 2026-03\n    frekvens")
         + said("2026-T1 bakgrund: text: Ord."), "", "2026-T1", {}),
        (CHECK + said("2026-T1 bakgrund: text: Aktgranskning görs i maj."), "", "2026-T1", {}),
        (CHECK + said("2026-T2 bakgrund: text: Ord."), "", "2026-T1", {}),
        # measures
        (TO_DO + said("2026-T1 a: läge: pågår; text: Mattorna är borta."), "", "2026-T1", {}),
        (TO_DO + said("2026-T1 b: läge: pågår"), "", "2026-T1", {"c": "aldrig uppföljd"}),
        (TO_DO + said("2026-T1 a: läge: klar", "2026-T2 bakgrund: text: Ord."), "", "2026-T2", {}),
        # goals
        (GOALS + said("2026 n: uppfyllelse: helt"), "", "2026",
         {"m": "uppfyllelsen är inte bedömd"}),
        (GOALS + said("2026 n: text: Ord."), "", "2026", {}),
        (GOALS + said("2026 n: uppfyllelse: helt", "2026-T3 m: text: Ord."), "", "2026",
         {"m": "uppfyllelsen är inte bedömd"}),
        # levels
        (URVAL + said("2026-T1 r: text: Ord."), "", "2026-T2", {"r": "nivån är inte angiven"}),
        (URVAL + said("2026-T1 r: läge: avslutad"), "", "2026-T2", {}),
        (URVAL.replace("    indikatorer: [i]\n", "    slut: 2026-04\n"), "", "2026-T2", {}),
    ],
)  # fmt: skip
def test_both_say_the_same(yaml: str, csv: str, at: str, lacking: dict[str, str]) -> None:
    plan, period = small(yaml, *([csv] if csv else []), head="  urval: gul\n"), Period.parse(at)
    around = Register({plan.mapp: plan})
    seen = rows(plan, around, period, period.last + timedelta(days=1))
    found = {id: row.varför for id, row in seen.items() if row.status == "saknas"}
    assert {id: why for id, why in found.items() if why != NO_VALUE_YET} == lacking
    assert told(plan, around, period) == {*lacking}
