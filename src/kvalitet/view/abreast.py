"""Steps that several indicators are broken down by, such as women and men: as columns of a table
where that takes less room than a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from kvalitet.figure import Tal
from kvalitet.view.columns import Figures, Head, Shown
from kvalitet.view.subjects import Subject

_MOST_STEPS = 3
_FEWEST_INDICATORS = 2


def abreast(
    rows: Sequence[Subject], columns: Sequence[Figures]
) -> tuple[Sequence[Subject], Sequence[Figures]]:
    """The rows and columns of a table. Where two indicators or more are broken down by two or three
    steps of one scale, all in the same period alone, the steps stand as columns after it."""
    split = [row for row in rows if row.uppdelning]
    steps = dict.fromkeys(row.uppdelning for row in split)
    scales = {skala for uppdelning in steps for skala, _ in uppdelning}
    heads = {each.head for column in columns for each in column.shown if _is_told_of(each)}
    is_long = len({row.indicator.id for row in split}) >= _FEWEST_INDICATORS
    is_narrow = len(steps) <= _MOST_STEPS and len(scales) == len(heads) == 1
    has_parts = any(row.plan is not rows[0].plan for row in rows)
    if not is_long or not is_narrow or has_parts or _is_survey(columns):
        return rows, columns
    whole = [not row.uppdelning for row in rows]
    return list(compress(rows, whole)), list(_columns(columns, whole, heads.pop()))


def _is_told_of(shown: Shown) -> bool:
    return bool(shown.subject.uppdelning) and shown.tal.is_told


def _is_survey(columns: Sequence[Figures]) -> bool:
    rows = (each.row for column in columns for each in column.shown)
    return any(row is not None and row.cell.svarsfrekvens is not None for row in rows)


def _columns(columns: Sequence[Figures], whole: Sequence[bool], head: Head) -> Iterator[Figures]:
    """The columns without the rows of steps, and after the one with that head a column for each."""
    for column in columns:
        of_all = tuple(compress(column.shown, whole))
        yield replace(column, shown=of_all)
        if column.head != head:
            continue
        told = {(each.subject.indicator.id, each.subject.uppdelning): each for each in column.shown}
        for uppdelning in dict.fromkeys(key for _, key in told if key):
            ((_, step),) = uppdelning
            shown = (told.get((each.subject.indicator.id, uppdelning)) for each in of_all)
            cells = (each or _nothing(row) for each, row in zip(shown, of_all, strict=True))
            yield Figures(f"{step} {column.heading}", head, tuple(cells))


def _nothing(of: Shown) -> Shown:
    """An indicator that is not broken down."""
    nothing = Tal(None, of.tal.måttenhet, of.tal.decimaler, kind="saknas")
    return Shown(of.subject, of.head, nothing)
