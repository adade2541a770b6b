"""Tables of indicators: long rows of figures made wide. The only importer of pandas.

A cell holds the `Tal` itself, so that no float ever becomes a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

import pandas as pd

from kvalitet.figure import Tal
from kvalitet.indicators import explain
from kvalitet.model.indicator import Indikator
from kvalitet.series import Row as DataRow
from kvalitet.targets import Måljämförelse, comparisons
from kvalitet.view.columns import Head, figure, heads
from kvalitet.view.document import Badge, Body, Cell, Column, Figure, Line, Row, Table
from kvalitet.view.notes import Shown, notes
from kvalitet.view.scene import Scene
from kvalitet.view.subjects import Subject, heading, subjects

Field: TypeAlias = tuple[Column, Callable[[Subject], Cell]]
"""A column, and what it holds for each subject."""

_REACHED = Badge("nås", "✓", "grön")
_MISSED = Badge("nås inte", "✕", "röd")
_GAP = Cell((("–",),))


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
    told = {id_of(each.subject) for each in shown if each.tal.is_told}
    if not told:
        return None
    kept = tuple(row for row in rows if id_of(row) in told or is_main(scene, row))
    fields = tuple(_fields(scene, kept, chosen.heads))
    return Table(
        caption=table.namn,
        columns=tuple(column for column, _ in fields),
        bodies=(Body(_wide(kept, fields)),),
        notes=tuple(notes(scene, table, shown, chosen.untold)),
    )
