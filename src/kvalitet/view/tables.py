"""Tables of indicators: long rows of figures made wide. The only importer of pandas.

A cell holds the `Tal` itself, so that no float ever becomes a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import pandas as pd

from kvalitet.figure import Tal
from kvalitet.model.indicator import Indikator
from kvalitet.series import Row as DataRow
from kvalitet.status import Måljämförelse, comparisons
from kvalitet.view.chart import charts
from kvalitet.view.columns import Head, figure, heads, row_behind
from kvalitet.view.document import Badge, Body, Cell, Column, Figure, Line, Row, Table
from kvalitet.view.notes import Shown, notes
from kvalitet.view.scene import Scene, capital
from kvalitet.view.subjects import Subject, heading, subjects

Field: TypeAlias = tuple[Column, Callable[[Subject], Cell]]
"""A column, and what it holds for each subject."""

_REACHED = Badge("nås", "✓", "grön")
_MISSED = Badge("nås inte", "✕", "röd")
_NO_ANSWERS: tuple[Line, ...] = (("–",),)


def indicator_table(scene: Scene, id: str) -> Table | None:
    """The table of an indicator, or of a group of them; None where nothing is told of any."""
    table = scene.plan.get(Indikator, id)
    if table is None:
        return None
    rows = subjects(scene, table)
    chosen = heads(scene, rows)
    shown = tuple(
        Shown(row, head, figure(scene, row, head)) for row in rows for head in chosen.heads
    )
    told = {each.subject for each in shown if each.tal.is_told}
    if not told:
        return None
    kept = tuple(row for row in rows if row in told or _is_member(scene, table, row))
    shown = tuple(each for each in shown if each.subject in kept)
    fields = tuple(_fields(scene, kept, chosen.heads))
    return Table(
        caption=table.namn,
        columns=tuple(column for column, _ in fields),
        bodies=(Body(_wide(table, kept, fields)),),
        notes=tuple(notes(scene, table, shown, chosen.untold)),
        anchor=table.id,
        charts=charts(scene, shown),
    )


def _is_member(scene: Scene, table: Indikator, subject: Subject) -> bool:
    """Whether a group has the row for its own sake: that nothing is told of it is then seen."""
    is_total = subject.plan is scene.plan and not subject.uppdelning
    return is_total and bool(table.indikatorer)


def _wide(table: Indikator, rows: Sequence[Subject], fields: tuple[Field, ...]) -> tuple[Row, ...]:
    """The cells of all rows, one after another, as the rows of a table. The table's own row needs
    no anchor beside the table's."""
    long = [
        (row, column, make(subject))
        for row, subject in enumerate(rows)
        for column, (_, make) in enumerate(fields)
    ]
    frame = pd.DataFrame.from_records(long, columns=["rad", "kolumn", "ruta"])
    wide = frame.pivot(index="rad", columns="kolumn", values="ruta")
    cells = wide.itertuples(index=False, name=None)
    anchors = ("" if row.anchor == table.id else row.anchor for row in rows)
    return tuple(map(Row, cells, anchors))


def _fields(scene: Scene, rows: tuple[Subject, ...], heads: tuple[Head, ...]) -> Iterator[Field]:
    """The number of a question, the name, a column or two for each head, the targets."""
    if any(row.indicator.kod for row in rows):
        yield Column("Nr"), lambda subject: Cell(((subject.indicator.kod,),))
    yield Column(heading(scene, rows)), lambda subject: Cell(((subject.label,),), header=True)
    surveys = [head for head in heads if any(_has_rate(scene, row, head) for row in rows)]
    units = {row.indicator.måttenhet for row in rows}
    unit = f"{capital(units.pop())} " if surveys and len(units) == 1 else ""
    for head in heads:
        yield _of_figures(scene, head, unit, with_base=head not in surveys)
        if head in surveys:
            yield _of_answers(scene, head)
    if any(_targets(scene, row) for row in rows):
        yield Column("Målvärde"), lambda subject: _target_cell(_targets(scene, subject))


def _of_figures(scene: Scene, head: Head, what: str, *, with_base: bool) -> Field:
    """The figures of a column, with the n behind each where no column of its own tells it."""

    def make(subject: Subject) -> Cell:
        line = _figure_line(figure(scene, subject, head))
        return Cell(((*line, *(_base(scene, subject, head) if with_base else ())),))

    return Column(what + head.heading, numeric=True), make


def _of_answers(scene: Scene, head: Head) -> Field:
    def make(subject: Subject) -> Cell:
        return Cell(_rates(scene, subject, head) or _NO_ANSWERS)

    period = head.period.short() if head.period else head.heading
    return Column(f"Svarsfrekvens {period}", numeric=True), make


def _figure_line(tal: Tal) -> Line:
    """A share with its unit, and with its n if it was told so; all else without unit."""
    if tal.värde is None or tal.måttenhet != "procent":
        return (Figure(tal, "cell"),)
    return (Figure(tal, "text" if tal.beräkning else "with_count"),)


def _base(scene: Scene, subject: Subject, head: Head) -> Line:
    """What a share is of, or how many a value is from, where it is told beside it."""
    row = row_behind(scene, subject, head)
    if row is None or row.cell.värde is None or row.cell.antal_svar is None:
        return ()
    is_share = subject.indicator.måttenhet == "procent"
    return (" av ", _answers(row)) if is_share else (" (", _answers(row), " svar)")


def _answers(row: DataRow) -> Figure:
    return Figure(Tal(Fraction(row.cell.antal_svar or 0), källor=((row.path, row.line),)))


def _has_rate(scene: Scene, subject: Subject, head: Head) -> bool:
    row = row_behind(scene, subject, head)
    return row is not None and row.cell.svarsfrekvens is not None


def _rates(scene: Scene, subject: Subject, head: Head) -> tuple[Line, ...]:
    """The response rate and the number of answers, where they are told."""
    row = row_behind(scene, subject, head)
    lines: list[Line] = []
    if row is not None and row.cell.svarsfrekvens is not None:
        rate = Tal(row.cell.svarsfrekvens, "procent", källor=((row.path, row.line),))
        lines.append((Figure(rate),))
    if row is not None and row.cell.antal_svar is not None:
        lines.append((_answers(row), " svar"))
    return tuple(lines)


def _targets(scene: Scene, subject: Subject) -> tuple[Måljämförelse, ...]:
    if subject.uppdelning:
        return ()
    return comparisons(subject.plan, subject.indicator.id, scene.at)


def _target_cell(targets: tuple[Måljämförelse, ...]) -> Cell:
    return Cell(tuple(_target_line(target) for target in targets))


def _target_line(target: Måljämförelse) -> Line:
    told = f"{target.vems}: {target.text()}"
    if target.nått is None:
        return (told,)
    return told, " ", _REACHED if target.nått else _MISSED
