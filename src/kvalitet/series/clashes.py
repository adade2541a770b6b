"""The same row twice, and corrections: rows that differ in `gäller_från` alone (design 3.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from kvalitet.findings import Finding, Place
from kvalitet.series.data import Ekonomirad, Key, Row, Series
from kvalitet.series.ledger import Fault, Ledger

_TOLD_LATER = attrgetter("gäller_från")
_ADD_COLUMN = "Lägg till kolumnen anm, och skriv skälet i den."
_ONE_TOO_MANY = "Ta bort den ena. Är den en rättelse: ge den ett eget gäller_från och en anm."


def clashes(series: dict[str, Series], without_anm: Collection[str]) -> Iterator[Finding]:
    """Rows that stand twice (R508), and corrections without `anm` (R509), over all files;
    `without_anm` are the paths of those that lack the column."""
    ledgers: defaultdict[str, Ledger] = defaultdict(Ledger)
    keys_of_any = {id(one.keys): one.keys for one in series.values()}
    suspect = {which for which, keys in keys_of_any.items() if _may_clash(keys)}
    for name, one in series.items():
        if id(one.keys) in suspect:
            for row, other in _pairs(one):
                ledger = ledgers[row.path]
                if not ledger.is_full:
                    ledger.add(row.line, None, _fault(name, row, other, without_anm))
    for path in sorted(ledgers):
        yield from ledgers[path].findings(path, {})


def same_row(what: str, first: Row | Ekonomirad, hint: str) -> Fault:
    """What stands at another place already (R508)."""
    return Fault("R508", f"{what} står två gånger", hint, other=_place(first))


def _place(row: Row | Ekonomirad) -> Place:
    return Place(row.path, line=row.line, column=1)


def _may_clash(keys: Sequence[Key]) -> bool:
    """Equal keys are one object, so their identities tell."""
    one_each = len(set(map(id, keys))) == len(keys)
    return not one_each or any(map(_TOLD_LATER, keys))


def _pairs(series: Series) -> Iterator[tuple[Row, Row]]:
    """Each row that should not stand as it does, and the one that it stands against."""
    groups: defaultdict[object, list[Row]] = defaultdict(list)
    for row in series.rows():
        groups[row.key.period, row.key.serie, row.key.uppdelning].append(row)
    for rows in groups.values():
        if len(rows) > 1:
            yield from _in_group(rows)


def _in_group(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """The first to be told is the row itself; the others are its corrections."""
    first_of: dict[object, Row] = {}
    for row in rows:
        first = first_of.setdefault(row.key.gäller_från, row)
        if first is not row:
            yield row, first
    for earlier, row in pairwise(sorted(first_of.values(), key=_told)):
        if not row.cell.anm:
            yield row, earlier


def _fault(id: str, row: Row, other: Row, without_anm: Collection[str]) -> Fault:
    if row.key == other.key:
        return same_row(f"{id} {_about(row)}", other, _ONE_TOO_MANY)
    message = f"{id} {_about(row)} rättar en annan rad, men säger inte varför"
    hint = _ADD_COLUMN if row.path in without_anm else "Skriv skälet i kolumnen anm."
    return Fault("R509", message, hint, other=_place(other))


def _told(row: Row) -> tuple[object, ...]:
    told = row.key.gäller_från
    return (False,) if told is None else (True, told)


def _about(row: Row) -> str:
    """The key of a row as its cells have it."""
    key = row.key
    serie = () if key.serie == "utfall" else (key.serie,)
    return " ".join([str(key.period), *serie, *(step for _, step in key.uppdelning)])
