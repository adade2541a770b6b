"""The files of a plan's data, one at a time: each row to an indicator, each fault to its place.

A row costs dictionary look-ups and appends; texts are parsed the first time they are seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from kvalitet import svenska
from kvalitet.findings import Finding
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series.cells import Parsed, cell_of, clean, empty, key_of
from kvalitet.series.clashes import clashes, same_row
from kvalitet.series.data import Cell, Data, Ekonomirad, Key, Series
from kvalitet.series.economy import economy_row
from kvalitet.series.header import SAYING
from kvalitet.series.ledger import Fault, Ledger, listed, quoted
from kvalitet.series.table import Table, open_table


def read(files: Iterable[tuple[str, bytes]], plan: Plan) -> tuple[Data, tuple[Finding, ...], bool]:
    """The data of a plan, what is wrong with it, and whether any row could not be placed.

    The files are (path, bytes) in name order; only the one being read is held.
    """
    gathered = _Gathered(plan)
    for path, data in files:
        gathered.read_file(path, data)
    gathered.findings.extend(clashes(gathered.series, gathered.without_anm))
    ekonomi = tuple(gathered.ekonomi.values())
    count = sum(len(series.keys) for series in gathered.series.values()) + len(ekonomi)
    lost = gathered.lost or any(finding.code != "R509" for finding in gathered.findings)
    return Data(gathered.series, ekonomi, count), tuple(gathered.findings), lost


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
        self._interned: dict[Key, Key] = {}
        self._keys: dict[tuple[str, ...], Parsed[Key]] = {}
        self._cells: dict[tuple[str, ...], Parsed[Cell]] = {}

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
        keys, key_texts = self._key_table(about), itemgetter(*map(names.index, about))
        cells, cell_texts = self._cell_table(saying), itemgetter(*map(names.index, saying))
        series_of = _SeriesOf(self, table.path)
        if "anm" not in names:
            self.without_anm.add(table.path)
        for line, row in table.rows(ledger):
            key, cell = keys[key_texts(row)], cells[cell_texts(row)]
            series = series_of[row[id_at]]
            if key is not None and cell is not None and series is not None:
                series.keys.append(key)
                series.cells.append(cell)
                series.lines.append(line)
                continue
            for fault in keys.faults(key_texts(row)) + cells.faults(cell_texts(row)):
                ledger.add(line, names.index(fault.column), fault)
            if series is None:
                self._note_unplaced(row[id_at], line, id_at, ledger)

    def _read_economy(self, table: Table, ledger: Ledger) -> None:
        names = table.header.names
        for line, texts in table.rows(ledger):
            row = economy_row(names, texts, table.path, line)
            if isinstance(row, Ekonomirad):
                first = self.ekonomi.setdefault((row.period, row.typ, row.post), row)
                if first is not row:
                    what = f"{row.period} {row.typ} {quoted(row.post)}"
                    ledger.add(line, None, same_row(what, first, "Ta bort den ena."))
            else:
                for fault in row:
                    ledger.add(line, names.index(fault.column), fault)

    def _note_unplaced(self, text: str, line: int, id_at: int, ledger: Ledger) -> None:
        """Say once a file why rows belong to no indicator, but where its id may be in a gap."""
        id = clean(text)
        self.lost = True
        if not id:
            ledger.add(line, id_at, empty("indikator", "Skriv indikatorns id."))
        elif id in self.plan.things or not self.plan.gaps.ids:
            word = self.id_of.get(id.casefold(), id)
            ledger.add_once(line, id_at, _why_no_series(id, word, self.plan, self.with_rows))

    def _key_table(self, columns: tuple[str, ...]) -> Parsed[Key]:
        def parse(texts: tuple[str, ...]) -> Key | tuple[Fault, ...]:
            key = key_of(columns, texts, self.plan)
            return self._interned.setdefault(key, key) if isinstance(key, Key) else key

        return self._keys.setdefault(columns, Parsed(parse))

    def _cell_table(self, columns: tuple[str, ...]) -> Parsed[Cell]:
        return self._cells.setdefault(columns, Parsed(lambda texts: cell_of(columns, texts)))


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
        return series


def _has_rows(indikator: Indikator) -> bool:
    return indikator.beräkning is None and not indikator.indikatorer


def _why_no_series(id: str, word: str, plan: Plan, with_rows: tuple[str, ...]) -> Fault:
    """What is wrong with an id; `word` is the id that was meant, where it is a name."""
    thing = plan.things.get(id)
    if thing is None:
        message = f"Indikatorn {quoted(id)} finns inte i planen"
        hint = "Skriv id som i planen, eller lägg till den där."
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
