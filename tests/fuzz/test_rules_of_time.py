"""The rules of time (design 3.4) beside a slow, obvious model of them: days from a table, and the
newest found by looking at everything that was ever said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from examples import rows, small
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitet import status
from kvalitet.period import Period


class Days(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def place(self) -> tuple[date, int]:
        return self.last, (self.last - self.first).days

    @property
    def months(self) -> list[str]:
        """The months of which a day is in it."""
        whole = [f"{year}-{month:02}" for year in (2025, 2026, 2027) for month in range(1, 13)]
        return whole[whole.index(f"{self.first:%Y-%m}") : whole.index(f"{self.last:%Y-%m}") + 1]


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


SPELLINGS = {
    "2025": days("2025-01-01", "2025-12-31"),
    "2025-T3": days("2025-09-01", "2025-12-31"),
    "2026-T1": days("2026-01-01", "2026-04-30"),
    "2026-01/2026-04": days("2026-01-01", "2026-04-30"),
    "2026-01-01/2026-04-30": days("2026-01-01", "2026-04-30"),
    "2026-04": days("2026-04-01", "2026-04-30"),
    "2026-04-30": days("2026-04-30", "2026-04-30"),
    "2026-04-29/2026-05-01": days("2026-04-29", "2026-05-01"),
    "2026-K2": days("2026-04-01", "2026-06-30"),
    "2026-H1": days("2026-01-01", "2026-06-30"),
    "2026-K1/2026-K2": days("2026-01-01", "2026-06-30"),
    "2026-08": days("2026-08-01", "2026-08-31"),
    "2026-T2": days("2026-05-01", "2026-08-31"),
    "2025-T3/2026-T2": days("2025-09-01", "2026-08-31"),
    "2026": days("2026-01-01", "2026-12-31"),
    "2026-H1/2026-H2": days("2026-01-01", "2026-12-31"),
    "2027-03-31": days("2027-03-31", "2027-03-31"),
}
spellings = st.sampled_from([*SPELLINGS])


def known(period: str, at: str) -> bool:
    return SPELLINGS[period].place <= SPELLINGS[at].place


@given(st.lists(spellings))
def test_periods_are_ordered_by_end_then_the_shorter_first(texts: list[str]) -> None:
    expected = [SPELLINGS[text] for text in sorted(texts, key=lambda text: SPELLINGS[text].place)]
    assert [Days(each.first, each.last) for each in sorted(map(Period.parse, texts))] == expected


class Said(NamedTuple):
    """An entry of `uppföljning`: in which file, of which period, about which id, and what."""

    file: int
    period: str
    id: str
    keys: Mapping[str, str]


IDS = ("r", "a")
KEYS = {
    "läge": st.sampled_from(["ej påbörjad", "pågår", "klar", "avbruten"]),
    "tidplan": st.sampled_from(["följer tidplan", "försenad"]),
    "kontrollresultat": st.sampled_from(["anmärkning", "ej genomförd"]),
    "text": st.sampled_from(["Ord.", "Andra ord."]),
    "slut": spellings,
}
entries = st.fixed_dictionaries({}, optional=KEYS).filter(bool)
told = st.lists(
    st.builds(Said, st.integers(0, 2), spellings, st.sampled_from(IDS), entries),
    max_size=12,
    unique_by=lambda said: (SPELLINGS[said.period], said.id),
)

THINGS = """
risker:
  - id: r
    namn: Risk
    slut: 2026-T1
åtgärder:
  - id: a
    namn: Åtgärd
    slut: 2026-H1
"""


def written(told: Sequence[Said]) -> str:
    """A file that says so."""
    lines = ["uppföljning:"]
    for period in dict.fromkeys(said.period for said in told):
        lines.append(f"  {period}:")
        for said in told:
            if said.period == period:
                lines.append(f"    {said.id}:")
                lines += [f"      {key}: {word}" for key, word in said.keys.items()]
    return "\n".join([*lines, ""])


def newest(told: Sequence[Said], id: str, key: str, at: str) -> str | None:
    of_it = [each for each in told if each.id == id and key in each.keys and known(each.period, at)]
    of_it.sort(key=lambda each: SPELLINGS[each.period].place)
    return of_it[-1].keys[key] if of_it else None


def of_just(told: Sequence[Said], id: str, key: str, at: str) -> str | None:
    same = [each for each in told if each.id == id and SPELLINGS[each.period] == SPELLINGS[at]]
    return same[0].keys.get(key) if same else None


@settings(max_examples=settings().max_examples // 2)
@given(told, spellings)
def test_states_words_and_ends(told: list[Said], at: str) -> None:
    files = {each.file: [other for other in told if other.file == each.file] for each in told}
    plan = small(THINGS, others=[*map(written, files.values())])
    period = Period.parse(at)
    for id, decided in zip(IDS, ("2026-T1", "2026-H1"), strict=True):
        for skala in ("läge", "tidplan"):
            said = status.state(plan, id, skala, period)
            assert (said.steg if said else None) == newest(told, id, skala, at)
        result = status.state(plan, id, "kontrollresultat", period)
        assert (result.steg if result else None) == of_just(told, id, "kontrollresultat", at)
        assert status.words(plan, id, period) == (of_just(told, id, "text", at) or "")
        end = newest(told, id, "slut", at) or decided
        assert status.end_date(plan, id, period) == Period.parse(end)
        is_over = SPELLINGS[end].last < SPELLINGS[at].last
        läge = newest(told, id, "läge", at) or ("klar" if id == "r" else "pågår")
        assert status.is_late(plan, id, period) == (is_over and läge in ("ej påbörjad", "pågår"))


SUMMED = """
indikatorer:
  - id: antal
    namn: Antal
    frekvens: månad
    typ: {typ}
    målvärden:
      nämnden: {target}
"""
MONTHS = SPELLINGS["2025-T3/2026-T2"].months
TARGETS = ["2025", "2026-04", "2026-T1", "2026-K2", "2026-H1", "2026-T2", "2026", "2027-03-31"]
REPORTS = ["2026-04", "2026-T1", "2026-K2", "2026-H1", "2026-T2", "2026"]

figures = st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 9)) | st.fixed_dictionaries(
    {month: st.integers(0, 9) for month in MONTHS}
)
targets = st.dictionaries(st.sampled_from(TARGETS), st.integers(0, 60), min_size=1)


def summed(figures: Mapping[str, int], first: date, last: date) -> int | None:
    """The sum of the months from one day to another, where every one of them has a figure."""
    months = Days(first, last).months
    return sum(figures[month] for month in months) if figures.keys() >= {*months} else None


def last_of(figures: Mapping[str, int], at: str) -> int | None:
    """The figure of the last month of the period that has one."""
    having = [month for month in SPELLINGS[at].months if month in figures]
    return figures[having[-1]] if having else None


@settings(max_examples=settings().max_examples // 2)
@given(figures, targets, st.sampled_from(REPORTS))
def test_a_target_and_the_sum_so_far(
    figures: Mapping[str, int], targets: Mapping[str, int], at: str
) -> None:
    report = SPELLINGS[at]
    dated = "".join(f"\n        {period}: minst {least}" for period, least in targets.items())
    csv = rows(*(f"antal;{month};{value}" for month, value in figures.items()))
    in_force = [period for period in targets if SPELLINGS[period].last >= report.last]
    in_force.sort(key=lambda period: SPELLINGS[period].place)
    for typ in ("period", "ögonblick"):
        plan = small(SUMMED.format(typ=typ, target=dated), csv)
        compared = status.comparisons(plan, "antal", Period.parse(at))
        assert len(compared) == bool(in_force)
        for found in compared:
            begins = SPELLINGS[in_force[0]].first
            so_far = summed(figures, begins, report.last) if begins <= report.last else None
            value = so_far if typ == "period" else last_of(figures, at)
            assert found.målvärde.lägst == targets[in_force[0]]
            assert found.tal.värde == value
            assert found.nått == (None if value is None else value >= targets[in_force[0]])
