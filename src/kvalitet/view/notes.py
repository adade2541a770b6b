"""What stands under a table of indicators: definitions, corrections, gaps, marks and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import breaks, value
from kvalitet.model.indicator import Indikator
from kvalitet.period import Period
from kvalitet.series import Row
from kvalitet.svenska import join
from kvalitet.view.columns import Head, row_behind
from kvalitet.view.document import Figure, Line
from kvalitet.view.scene import Scene, earlier
from kvalitet.view.subjects import Subject


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A figure in a table, with its row and its column."""

    subject: Subject
    head: Head
    tal: Tal


def notes(
    scene: Scene, table: Indikator, shown: Sequence[Shown], untold: Sequence[Period]
) -> Iterator[Line]:
    """Every note of a table, each a line."""
    indicators = {each.subject.indicator.id: each.subject.indicator for each in shown}
    described = {table.id: table} | indicators
    for indicator in described.values():
        yield from _definition(scene, indicator, shown)
    for each in shown:
        yield from _row_notes(scene, each)
    if untold:
        yield (f"Uppgifter saknas för {join([period.in_words() for period in untold])}.",)
    yield from _marks(each.tal for each in shown)
    yield from _sources(described.values(), shown)


def _definition(scene: Scene, indicator: Indikator, shown: Sequence[Shown]) -> Iterator[Line]:
    """What is counted, and since when if the table holds values from before."""
    told = scales.holds_from(indicator.beskrivning, scene.at.last)
    if told:
        yield (f"{indicator.namn}: {told}",)
    periods = [each.head.period for each in shown if each.subject.indicator is indicator]
    first = min((period.last for period in periods if period), default=scene.at.last)
    for new in breaks(scene.plan, indicator.id):
        if first < new.first <= scene.at.last:
            yield (
                f"{indicator.namn}: ny definition från {new.in_words()}. "
                "Värden före och efter kan inte jämföras.",
            )


def _row_notes(scene: Scene, shown: Shown) -> Iterator[Line]:
    """What the row of a figure has to say, and what it was before it was corrected."""
    row = row_behind(scene, shown.subject, shown.head)
    if row is None:
        return
    about = f"{shown.subject.label}, {row.key.period.in_words()}: "
    remark = f"{row.cell.anm.rstrip('.')}." if row.cell.anm else ""
    since = row.key.gäller_från
    before = _told_before(shown, row, since) if since else None
    if since and before:
        told = f", gäller från {since.in_words()}. {remark}".rstrip()
        yield about, "rättad från ", Figure(before), " till ", Figure(shown.tal), told
    elif remark:
        yield (about + remark,)


def _told_before(shown: Shown, row: Row, since: Period) -> Tal | None:
    """What was told before the row was, if that was something else."""
    before = value(
        shown.subject.plan,
        shown.subject.indicator.id,
        row.key.period,
        known_at=earlier(since),
        serie=row.key.serie,
        uppdelning=row.key.uppdelning,
    )
    is_other = before.period == row.key.period and before.värde != shown.tal.värde
    return before if before.is_told and is_other else None


def _marks(figures: Iterable[Tal]) -> Iterator[Line]:
    marks = {tal.cell(): tal.text() for tal in figures if tal.värde is None}
    if marks:
        yield (". ".join(f"{mark} betyder {marks[mark]}" for mark in sorted(marks)) + ".",)


def _sources(indicators: Iterable[Indikator], shown: Sequence[Shown]) -> Iterator[Line]:
    """Where the figures come from, outside and in the repository."""
    outside = dict.fromkeys(indicator.källa for indicator in indicators if indicator.källa)
    rows = sorted({source for each in shown for source in each.tal.källor})
    files = (
        f"{path} rad {_ranges([line for _, line in lines])}"
        for path, lines in groupby(rows, key=lambda source: source[0])
    )
    yield (f"Källa: {', '.join((*outside, *files))}.",)


def _ranges(lines: Sequence[int]) -> str:
    """Rising line numbers, those that follow each other as a range: 2–5, 9."""
    runs = groupby(enumerate(lines), key=lambda item: item[1] - item[0])
    spans = ([line for _, line in run] for _, run in runs)
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in spans)
