"""Rows as the rules read and name them: of each key the newest that is known, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kvalitet import status
from kvalitet.findings import Place
from kvalitet.indicators import is_known
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.series import Key, Row

OUTCOME = "utfall"
COUNTED = "antal"
SHARE = "procent"
MEAN = "medelvärde"


def known(plan: Plan, id: str, at: Period | None) -> tuple[Row, ...]:
    """The rows of an indicator that a report knows (None: all), of those that correct each other
    the last one told: what has been corrected is blamed no more."""
    newest: dict[object, Row] = {}
    for row in plan.data.rows(id):
        if is_known(row, at):
            key = row.key
            one = (key.period, key.serie, key.uppdelning)
            if one not in newest or newness(newest[one].key) < newness(key):
                newest[one] = row
    return tuple(newest.values())


def outcomes(plan: Plan, id: str, at: Period) -> Iterator[Row]:
    """The known rows of `utfall`."""
    return (row for row in known(plan, id, at) if row.key.serie == OUTCOME)


def news(plan: Plan, id: str, at: Period) -> Iterator[Row]:
    """Those of them that are new in a report."""
    return (row for row in outcomes(plan, id, at) if is_new(row, at))


def is_new(row: Row, at: Period) -> bool:
    """Whether the days of a row end in the report, or it is told from that report on."""
    told = row.key.gäller_från or row.key.period
    return at.first <= told.last <= at.last


def newness(key: Key) -> tuple[date, int]:
    """The order of rows that correct each other, by the report that they are told from."""
    told = key.gäller_från
    return (told.last, -told.days) if told else (date.min, 0)


def place(row: Row) -> Place:
    """Where a row stands."""
    return place_of(row.path, row.line)


def place_of(path: str, line: int) -> Place:
    """A line of a table, all of it."""
    return Place(path, line=line, column=1)


def called(plan: Plan, id: str) -> str:
    """The name of something in quotation marks, or its id where it has none: in what is told at a
    place in the plan."""
    return f'"{getattr(plan.things.get(id), "namn", "") or id}"'


def in_row(plan: Plan, id: str) -> str:
    """The same with the id after it, since that is what stands in a row."""
    name = called(plan, id)
    return name if name == f'"{id}"' else f"{name} ({id})"


@remembered
def groups(plan: Plan) -> Mapping[str, str]:
    """The group that each indicator stands in, the first where there are several."""
    found: dict[str, str] = {}
    for group in plan.all(Indikator):
        for member in group.indikatorer:
            found.setdefault(member, group.id)
    return found


def table(plan: Plan, id: str) -> str:
    """The group that holds an indicator, else itself."""
    return groups(plan).get(id, id)


def words(plan: Plan, id: str, at: Period) -> str:
    """What is said in a report about an indicator, or about the table that it stands in."""
    return status.words(plan, id, at) + status.words(plan, table(plan, id), at)


def meet(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return one.first <= other.last and other.first <= one.last
