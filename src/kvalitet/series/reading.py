"""The files of a plan's data, one at a time: each row to an indicator, each fault to its place.

A row costs dictionary look-ups by loops of C; texts are parsed the first time they are seen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count, groupby
from operator import not_
from typing import Any, Generic, TypeVar

from kvalitet import svenska
from kvalitet.findings import Finding
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series.cells import Parsed, cell_of, clean, empty, key_of
from kvalitet.series.clashes import clashes
from kvalitet.series.data import Cell, Data, Ekonomirad, Key, Series
from kvalitet.series.economy import economy_key, economy_row, same_post
from kvalitet.series.header import SAYING
from kvalitet.series.ledger import Fault, Ledger, listed, quoted
from kvalitet.series.table import Table, open_table

T = TypeVar("T")

_MOST_ALIKE = 16


def read(files: Iterable[tuple[str, bytes]], plan: Plan) -> tuple[Data, tuple[Finding, ...], bool]:
    """The data of a plan, what is wrong with it, and whether any row could not be placed.

    The files are (path, bytes) in name order; only the one being read is held.
    """
    gathered = _Gathered(plan)
    for path, data in files:
        gathered.read_file(path, data)
    gathered.findings.extend(clashes(gathered.series, gathered.without_anm))
    ekonomi = tuple(gathered.ekonomi.values())
    number = sum(len(series.keys) for series in gathered.series.values()) + len(ekonomi)
    lost = gathered.lost or any(finding.code != "R509" for finding in gathered.findings)
    told = Data(gathered.series, ekonomi, number, gathered.has_remarks)
    return told, tuple(gathered.findings), lost


class _Gathered:
    """What has been read so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.with_rows = tuple(thing.id for thing in plan.all(Indikator) if _has_rows(thing))
        self.id_of = {thing.namn.casefold(): thing.id for thing in plan.all(Indikator)}
        self.series: dict[str, Series] = {}
        self.without_anm: set[str] = set()
        self.ekonomi: dict[tuple[Period, str, str], Ekonomirad] = {}
        self.findings: list[Finding] = []
        self.lost = False
        self.has_remarks = False
        self._interned: dict[Key, Key] = {}
        self._whys: dict[str, Fault] = {}
        self._keys: dict[tuple[str, ...], Parsed[Key]] = {}
        self._cells: dict[tuple[str, ...], Parsed[Cell]] = {}
        self._alike: deque[list[Key]] = deque(maxlen=_MOST_ALIKE)

    def read_file(self, path: str, data: bytes) -> None:
        """Take in a file; a fault in it costs no other file anything."""
        table, findings = open_table(path, data, self.plan)
        self.findings.extend(findings)
        if table is None:
            return
        ledger = Ledger()
        if table.header.is_economy:
            self._read_economy(table, ledger)
        else:
            self._read_indicators(table, ledger)
        self.findings.extend(ledger.findings(path, table.places(ledger)))

    def _read_indicators(self, table: Table, ledger: Ledger) -> None:
        names = table.header.names
        id_at = names.index("indikator")
        saying = tuple(name for name in SAYING if name in names)
        about = tuple(sorted({*names} - {"indikator", *saying}))
        keys_in = _Columns(tuple(map(names.index, about)), self._key_table(about))
        cells_in = _Columns(tuple(map(names.index, saying)), self._cell_table(saying))
        series_of = _SeriesOf(self, table.path)
        if "anm" in names:
            self.has_remarks = True
        else:
            self.without_anm.add(table.path)
        for lines, columns in table.blocks(ledger):
            keys, cells = keys_in.read(columns), cells_in.read(columns)
            runs = [(series_of[id], len(list(rows))) for id, rows in groupby(columns[id_at])]
            if all(keys) and all(cells) and all(series for series, _ in runs):
                _place(runs, keys, cells, lines)
                continue
            series = list(map(series_of.__getitem__, columns[id_at]))
            sound = list(map(all, zip(series, keys, cells, strict=True)))
            alone = [(one, 1) for one in compress(series, sound)]
            _place(alone, *(list(compress(part, sound)) for part in (keys, cells, lines)))
            for number in compress(count(), map(not_, sound)):
                if ledger.is_full:
                    return
                row, line = [column[number] for column in columns], lines[number]
                for fault in keys_in.faults(row) + cells_in.faults(row):
                    ledger.add(line, names.index(fault.column), fault)
                if series[number] is None:
                    self._note_unplaced(row[id_at], line, id_at, ledger)
        self._share_keys({id(one): one for one in series_of.values() if one}.values())

    def _read_economy(self, table: Table, ledger: Ledger) -> None:
        names = table.header.names
        for line, texts in table.rows(ledger):
            row = economy_row(names, texts, table.path, line)
            if isinstance(row, Ekonomirad):
                first = self.ekonomi.setdefault(economy_key(row), row)
                if first is not row:
                    ledger.add(line, None, same_post(row, first))
            else:
                for fault in row:
                    ledger.add(line, names.index(fault.column), fault)

    def _share_keys(self, all_series: Iterable[Series]) -> None:
        """Makes one list of equal ones: what is measured alike has the same keys, and what follows
        from them is then worked out once."""
        for series in all_series:
            series.keys = next((keys for keys in self._alike if keys == series.keys), series.keys)
            if not any(keys is series.keys for keys in self._alike):
                self._alike.appendleft(series.keys)

    def _note_unplaced(self, text: str, line: int, id_at: int, ledger: Ledger) -> None:
        """Say once a file why rows belong to no indicator, but where its id may be in a gap."""
        id = clean(text)
        self.lost = True
        if not id:
            ledger.add(line, id_at, empty("indikator", "Skriv indikatorns id."))
        elif id in self.plan.things or not self.plan.gaps.ids:
            why = self._whys.get(id) or _why_no_series(id, self.id_of, self.plan, self.with_rows)
            ledger.add_once(line, id_at, self._whys.setdefault(id, why))

    def _key_table(self, columns: tuple[str, ...]) -> Parsed[Key]:
        def parse(texts: tuple[str, ...]) -> Key | tuple[Fault, ...]:
            key = key_of(columns, texts, self.plan)
            return self._interned.setdefault(key, key) if isinstance(key, Key) else key

        return self._keys.setdefault(columns, Parsed(parse))

    def _cell_table(self, columns: tuple[str, ...]) -> Parsed[Cell]:
        return self._cells.setdefault(columns, Parsed(lambda texts: cell_of(columns, texts)))


@dataclass(frozen=True, slots=True)
class _Columns(Generic[T]):
    """Columns by number, and what the texts in them say together."""

    numbers: tuple[int, ...]
    parsed: Parsed[T]

    def read(self, columns: Sequence[Sequence[str]]) -> list[T | None]:
        """What each row says, None where it is faulty."""
        texts: Iterable[str | tuple[str, ...]] = columns[self.numbers[0]]
        if len(self.numbers) > 1:
            texts = zip(*(columns[number] for number in self.numbers), strict=True)
        return list(map(self.parsed.__getitem__, texts))

    def faults(self, row: Sequence[str]) -> tuple[Fault, ...]:
        """Why a row says nothing."""
        return self.parsed.faults(tuple(row[number] for number in self.numbers))


def _place(runs: Any, keys: Any, cells: Any, lines: Any) -> None:
    """Puts each row in its series; `runs` tells of how many in a row it is the same."""
    start = 0
    for one, number in runs:
        end = start + number
        one.keys.extend(keys[start:end])
        one.cells.extend(cells[start:end])
        one.lines.extend(lines[start:end])
        start = end


class _SeriesOf(dict[str, Series | None]):
    """The series that a cell names, None for an id that has no rows."""

    def __init__(self, gathered: _Gathered, path: str) -> None:
        super().__init__()
        self._gathered = gathered
        self._known = frozenset(gathered.with_rows)
        self._path = path

    def __missing__(self, text: str) -> Series | None:
        id = clean(text)
        if id not in self._known:
            return None
        series = self._gathered.series.get(id)
        if series is None:
            series = self._gathered.series[id] = Series()
        self[text] = series
        if not series.files or series.files[-1][1] != self._path:
            series.files.append((len(series.keys), self._path))
            series.keys = list(series.keys)  # those of an earlier file may be others' too
        return series


def _has_rows(indikator: Indikator) -> bool:
    return indikator.beräkning is None and not indikator.indikatorer


def _why_no_series(
    id: str, id_of: Mapping[str, str], plan: Plan, with_rows: tuple[str, ...]
) -> Fault:
    """What is wrong with an id; it may be a name, whose id was meant."""
    thing = plan.things.get(id)
    if thing is None:
        message = f"Indikatorn {quoted(id)} finns inte i planen"
        hint = "Skriv id som i planen, eller lägg till den där."
        word = id_of.get(id.casefold(), id)
        return Fault("R503", message, hint, word=word, among=with_rows)
    if not isinstance(thing, Indikator):
        message = f"{quoted(id)} är {thing.a_kind}, ingen indikator"
        return Fault("R503", message, "Skriv id på en indikator.")
    if thing.beräkning:
        parts = svenska.join(thing.beräkning.parts)
        return Fault(
            "R512", f"{quoted(id)} räknas fram", f"Den räknas ur {parts}: ta bort raderna."
        )
    message = f"{quoted(id)} är en grupp och har inga egna rader"
    hint = f"Ge raderna id på dess indikatorer: {listed(thing.indikatorer)}."
    return Fault("R512", message, hint)
