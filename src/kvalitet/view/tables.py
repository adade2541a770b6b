"""Tables of indicators: long rows of figures made wide. The only importer of pandas.

A cell holds the `Tal` itself, so that no float ever becomes a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import compress
from typing import TypeAlias

import pandas as pd

from kvalitet.figure import Tal
from kvalitet.model.indicator import Indikator
from kvalitet.series import Row as DataRow
from kvalitet.view.abreast import abreast
from kvalitet.view.chart import charts
from kvalitet.view.columns import Figures, Head, Shown, columns, narrowed
from kvalitet.view.document import Body, Cell, Column, Figure, Line, Row, Table
from kvalitet.view.notes import approximation, notes
from kvalitet.view.scene import Scene, capital
from kvalitet.view.spans import FORECAST, OUTCOME
from kvalitet.view.subjects import Subject, heading, subjects
from kvalitet.view.targets import apart, target_lines

Field: TypeAlias = tuple[Column, Sequence[Cell]]
"""A column, and its cell for each subject."""

_NO_ANSWERS: tuple[Line, ...] = (("–",),)


def indicator_table(scene: Scene, id: str) -> Table | None:
    """The table of an indicator, or of a group of them; None where nothing is told of any."""
    table = scene.plan.get(Indikator, id)
    if table is None:
        return None
    rows = subjects(scene, table)
    chosen = columns(scene, rows)
    told = {each.subject for column in chosen.columns for each in column.shown if each.tal.is_told}
    if not told:
        return None
    stay = [row in told or _is_member(scene, table, row) for row in rows]
    kept, filled = abreast(
        list(compress(rows, stay)),
        [replace(each, shown=tuple(compress(each.shown, stay))) for each in chosen.columns],
    )
    shown = [each for row in zip(*(column.shown for column in filled), strict=True) for each in row]
    unseen = [
        each for column in chosen.columns for each in column.shown if each.subject not in told
    ]
    fields = tuple(_fields(scene, kept, narrowed(filled, scene.at)))
    return Table(
        caption=table.namn,
        columns=tuple(column for column, _ in fields),
        bodies=(Body(_wide(table, kept, fields)),),
        notes=tuple(notes(scene, table, shown, unseen, chosen.untold)),
        anchor=table.id,
        charts=charts(scene, shown),
    )


def _is_member(scene: Scene, table: Indikator, subject: Subject) -> bool:
    """Whether a group has the row for its own sake: that nothing is told of it is then seen."""
    is_total = subject.plan is scene.plan and not subject.uppdelning
    return is_total and bool(table.indikatorer)


def _wide(table: Indikator, rows: Sequence[Subject], fields: Sequence[Field]) -> tuple[Row, ...]:
    """The cells of all columns as the rows of a table. The table's own row needs no anchor beside
    the table's."""
    frame = pd.DataFrame([cells for _, cells in fields], dtype=object)
    anchors = ("" if row.anchor == table.id else row.anchor for row in rows)
    return tuple(map(Row, map(tuple, frame.T.to_numpy()), anchors))


def _fields(scene: Scene, rows: Sequence[Subject], columns: Sequence[Figures]) -> Iterator[Field]:
    """The number of a question, the name, a column or two for each head, the targets."""
    if any(row.indicator.kod for row in rows):
        yield Column("Nr"), [Cell(((row.indicator.kod,),)) for row in rows]
    yield Column(heading(scene, rows)), [Cell(((row.label,),), header=True) for row in rows]
    surveys = {column.head for column in columns if any(map(_has_rate, column.shown))}
    units = {row.indicator.måttenhet for row in rows}
    unit = f"{capital(units.pop())} " if surveys and len(units) == 1 else ""
    for column in columns:
        is_survey = column.head in surveys
        yield _of_figures(column, _own(column, columns), unit, with_base=not is_survey)
        if is_survey:
            yield _of_answers(column)
    targets = [
        target_lines(row, scene.at, _newest(columns, number)) for number, row in enumerate(rows)
    ]
    if any(targets):
        yield Column("Målvärde"), list(map(Cell, targets))


def _newest(columns: Sequence[Figures], number: int) -> Tal | None:
    """The last outcome that the row of that number tells, of all and not of a step."""
    told = (each.shown[number] for each in reversed(columns) if each.head.serie == OUTCOME)
    whole = (each.tal for each in told if not each.subject.uppdelning)
    return next((tal for tal in whole if tal.is_told), None)


def _of_figures(column: Figures, own: Figures | None, what: str, *, with_base: bool) -> Field:
    """The figures of a column, with the n behind each where no column of its own tells it; beneath
    one of others, how our `own` of the same period differs from it."""
    cells = []
    for number, each in enumerate(column.shown):
        about = approximation(each)
        said = (f"{about} ",) if about else ()
        line = (*said, *_figure_line(each.tal), *(_base(each) if with_base else ()))
        held = _against(own.shown[number].tal, each.tal) if own else ()
        cells.append(Cell((line, held) if held else (line,)))
    return Column(what + column.heading, numeric=True), cells


def _own(column: Figures, columns: Sequence[Figures]) -> Figures | None:
    """The outcome of the period that a column tells of others, such as the whole country."""
    if column.head.period is None or column.head.serie in (OUTCOME, FORECAST):
        return None
    head = Head(column.head.period)
    return next((each for each in columns if each.head == head), None)


def _against(own: Tal, other: Tal) -> Line:
    if own.värde is None or other.värde is None:
        return ()
    if own.värde == other.värde:
        return ("utfallet är lika",)
    word = " högre" if own.värde > other.värde else " lägre"
    return ("utfallet ", apart(own, other), word)


def _of_answers(column: Figures) -> Field:
    period = column.head.period.short() if column.head.period else column.heading
    cells = [Cell(_rates(each) or _NO_ANSWERS) for each in column.shown]
    return Column(f"Svarsfrekvens {period}", numeric=True), cells


def _figure_line(tal: Tal) -> Line:
    """A share with its unit, and with its n if it was told so; all else without unit."""
    if tal.värde is None or tal.måttenhet != "procent":
        return (Figure(tal, "cell"),)
    return (Figure(tal, "text" if tal.beräkning else "with_count"),)


def _base(shown: Shown) -> Line:
    """What a share is of, or how many a value is from, where it is told beside it and not with it:
    a share may come with its n. A protected value has none, since the n may be what is small."""
    row = shown.row
    if row is None or row.cell.antal_svar is None or shown.tal.värde is None or shown.tal.av:
        return ()
    is_share = shown.subject.indicator.måttenhet == "procent"
    return (" av ", _answers(row)) if is_share else (" (", _answers(row), " svar)")


def _answers(row: DataRow) -> Figure:
    return Figure(Tal(Fraction(row.cell.antal_svar or 0), källor=((row.path, row.line),)))


def _has_rate(shown: Shown) -> bool:
    return shown.row is not None and shown.row.cell.svarsfrekvens is not None


def _rates(shown: Shown) -> tuple[Line, ...]:
    """The response rate and the number of answers, where they are told; no number of a protected
    value."""
    row = shown.row
    lines: list[Line] = []
    if row is not None and row.cell.svarsfrekvens is not None:
        rate = Tal(row.cell.svarsfrekvens, "procent", källor=((row.path, row.line),))
        lines.append((Figure(rate),))
    if row is not None and row.cell.antal_svar is not None and shown.tal.kind != "skyddad":
        lines.append((_answers(row), " svar"))
    return tuple(lines)
