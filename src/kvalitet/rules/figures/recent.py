"""The rows that rules of figures judge: those of the report's year and the year before, in force.

A plan may have a million rows. Equal keys are one object, and so are equal cells, so what follows
from them is worked out once, and each row costs no more than a look at their identity.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kvalitet.findings import Place
from kvalitet.indicators import is_known, members
from kvalitet.model.indicator import SINCE_JANUARY, Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.rows import groups, newness, place_of
from kvalitet.rules.figures.written import ONE_DECIMAL, kind
from kvalitet.rules.registry import Case
from kvalitet.series import Cell, Data, Key, Row
from kvalitet.series.data import Series

SHORTEST_MONTH = 28

_NO_CELL = Cell(None)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What the rows of one indicator, or of many alike, are about, and the numbers of those that
    are judged. What follows from it is worked out once for all of them."""

    keys: Sequence[Key]
    numbers: Sequence[int]

    def pick(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Those of the judged rows."""
        first, last = self.numbers[0], self.numbers[-1]
        if last - first + 1 == len(self.numbers):
            return cells[first : last + 1]
        return [cells[number] for number in self.numbers]


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """An indicator with rows, which of them are judged, and what kinds of values they have."""

    indicator: Indikator
    series: Series
    layout: Layout
    kinds: Collection[int]

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the rows that are judged."""
        return self.layout.numbers

    @property
    def most_decimals(self) -> int:
        """The most decimals that a value is written with."""
        return max(self.kinds) // ONE_DECIMAL

    def key(self, number: int) -> Key:
        """What a row is about."""
        return self.series.keys[number]

    def cell(self, number: int) -> Cell:
        """What a row says."""
        return self.series.cells[number]

    def place(self, number: int) -> Place:
        """Where a row stands, all of its line."""
        return place_of(self.path(number), self.series.lines[number])

    def path(self, number: int) -> str:
        """The file that a row stands in."""
        after = bisect_right(self.series.files, number, key=_start)
        return self.series.files[after - 1][1]

    def by_file(self, numbers: Iterable[int]) -> Iterable[Sequence[int]]:
        """Numbers of rows, those of one file together."""
        files: defaultdict[str, list[int]] = defaultdict(list)
        for number in numbers:
            files[self.path(number)].append(number)
        return files.values()


def recent(case: Case) -> Sequence[Recent]:
    """The indicators of which all is known and that have rows to judge, with those rows: of the
    report's year and the year before, also what has come in since."""
    return recent_of(case.plan, year_of(case), case.at)


def recent_of(plan: Plan, year: int, at: Period | None) -> Sequence[Recent]:
    """The same at a year, as known at a period."""
    return _recent(plan, date(year - 1, 1, 1), at)


@remembered
def indicators(plan: Plan) -> Sequence[Indikator]:
    """All indicators, in order."""
    return tuple(plan.all(Indikator))


@remembered
def own_indicators(plan: Plan) -> Sequence[Indikator]:
    """Those that the plan's own files write."""
    return tuple(each for each in indicators(plan) if each.id in plan.own)


def has_indicators(case: Case) -> bool:
    """Whether the plan's own files write indicators."""
    return any(own_indicators(case.plan))


def has_rounds(case: Case) -> bool:
    """Whether an indicator with rows is to be measured by a `frekvens`."""
    known = (case.plan.get(Indikator, id) for id in _data(case.plan).indicators())
    return any(each is not None and each.frekvens is not None for each in known)


def has_rows(case: Case) -> bool:
    """Whether an indicator has rows."""
    return any(case.plan.get(Indikator, id) for id in _data(case.plan).indicators())


def has_breakdowns(case: Case) -> bool:
    """Whether a row is about a step of a scale."""
    return any(key.uppdelning for key in distinct_keys(case.plan).values())


def has_lengths(case: Case) -> bool:
    """Whether an indicator has rows of several lengths, or from 1 January on."""
    days = {key.period.days // SHORTEST_MONTH for key in distinct_keys(case.plan).values()}
    known = (case.plan.get(Indikator, id) for id in _data(case.plan).indicators())
    return len(days) > 1 or any(each and each.typ == SINCE_JANUARY for each in known)


def year_of(case: Case) -> int:
    """The year of the report, else that of the plan, else the last that has rows."""
    return (case.newest and case.newest.year) or case.plan.huvud.år or _last_year(case.plan)


def is_off(case: Case, code: str) -> bool:
    """Whether the settings turn a rule off, so that it tells nothing in place of another."""
    choice = case.settings.regler.get(code)
    return choice is not None and choice.grad == "av"


@remembered
def distinct_keys(plan: Plan) -> Mapping[int, Key]:
    """Every key that a row has, by its identity."""
    found: dict[int, Key] = {}
    series = _data(plan).series.values()
    for keys in {id(one.keys): one.keys for one in series}.values():
        found.update(zip(map(id, keys), keys, strict=True))
    return found


@remembered
def doubtful(plan: Plan) -> frozenset[str]:
    """The ids of which a key, or a key of the group that they are in, cannot be read."""
    faulty = frozenset(id for id, _ in plan.gaps.fields)
    return faulty.union(*({each.id for each in members(plan, id)} for id in faulty))


def says(plan: Plan, id: str, key: str) -> bool:
    """Whether a key is written about an indicator, or about a group around it."""
    seen: set[str] = set()
    around: str | None = id
    while around is not None and around not in seen:
        if any(key in each.keys for each in plan.definitions.get(around, ())):
            return True
        seen.add(around)
        around = groups(plan).get(around)
    return False


def own_place(plan: Plan, id: str, key: str = "") -> Place:
    """Where the plan's own files write a thing, or a key of it if it stands there."""
    first = plan.definitions[id][0]
    return first.place.at(key) if key in first.keys else first.place


@remembered
def _last_year(plan: Plan) -> int:
    keys = distinct_keys(plan).values()
    return max((key.period.year for key in keys), default=date.min.year + 1)


@remembered
def _recent(plan: Plan, since: date, at: Period | None) -> Sequence[Recent]:
    keys = distinct_keys(plan)
    window = {
        number
        for number, key in keys.items()
        if key.period.last >= since and is_known(Row(key, _NO_CELL, "", 0), at)
    }
    return tuple(_of_series(plan, window))


def _of_series(plan: Plan, window: set[int]) -> Iterator[Recent]:
    layouts: dict[int, Layout] = {}
    kinds: dict[str, int] = {}
    sets: dict[frozenset[int], frozenset[int]] = {}  # few, and held by very many
    for name, series in _data(plan).series.items():
        indicator, keys = plan.get(Indikator, name), series.keys
        if indicator is None or name in doubtful(plan):
            continue
        layout = layouts.get(id(keys))
        if layout is None:
            numbers = (number for number, key in enumerate(keys) if id(key) in window)
            layout = layouts[id(keys)] = Layout(keys, array("I", _in_force(keys, numbers)))
        if layout.numbers:
            there = _kinds(series.cells, layout, kinds)
            yield Recent(indicator, series, layout, sets.setdefault(there, there))


def _kinds(cells: Sequence[Cell], layout: Layout, known: dict[str, int]) -> frozenset[int]:
    """The kinds of the judged cells; that of a text, mostly known, is worked out once."""
    there = layout.pick(cells)
    texts = {cell.text for cell in there}
    if not texts <= known.keys():
        known.update((cell.text, kind(cell)) for cell in there if cell.text not in known)
    return frozenset(map(known.__getitem__, texts))


def _in_force(keys: Sequence[Key], numbers: Iterable[int]) -> Sequence[int]:
    """Of rows that correct each other only the newest."""
    there = list(numbers)
    if not any(keys[number].gäller_från for number in there):
        return there
    newest: dict[object, int] = {}
    for number in sorted(there, key=lambda number: newness(keys[number])):
        key = keys[number]
        newest[key.period, key.serie, key.uppdelning] = number
    return sorted(newest.values())


def _start(file: tuple[int, str]) -> int:
    return file[0]


def _data(plan: Plan) -> Data:
    data: Data = plan.data
    return data
