"""What stands under a table of indicators: definitions, corrections, gaps, marks and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kvalitet import scales
from kvalitet.figure import Tal
from kvalitet.indicators import breaks, value
from kvalitet.model.indicator import SINCE_JANUARY, Indikator
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series import Row
from kvalitet.status import comparisons
from kvalitet.svenska import join
from kvalitet.view.columns import Shown
from kvalitet.view.document import Figure, Line
from kvalitet.view.scene import Scene, capital, data_folder, earlier
from kvalitet.view.spans import OUTCOME
from kvalitet.view.totals import together, totals

_APPROXIMATIONS = frozenset(
    (
        *("ca", "cirka", "omkring", "runt", "ungefär", "uppskattningsvis", "uppskattat"),
        *("drygt", "knappt", "nästan", "minst", "högst", "upp till", "över", "under"),
        *("fler än", "färre än", "mer än", "mindre än", "beräknat", "preliminärt"),
    )
)
"""The remarks that stand before the figure and not beneath the table."""


def notes(
    scene: Scene,
    table: Indikator,
    shown: Sequence[Shown],
    unseen: Sequence[Shown],
    untold: Sequence[Period],
) -> Iterator[Line]:
    """Every note of a table, each a line; also why those of `unseen` have no total, which have no
    row in it since nothing is told of them."""
    members = {each.subject.indicator.id: each.subject.indicator for each in shown}
    described = tuple(({table.id: table} | members).values())
    for indicator in described:
        about = f"{indicator.namn}: " if indicator is not table else ""
        yield from ((capital(about + told),) for told in _definition(scene, indicator, shown))
    yield from totals(scene, (*unseen, *shown))
    yield from _kinds(scene, tuple(members.values()), shown)
    yield from _answers(tuple(members.values()))
    yield from _from_rows(shown)
    if untold:
        yield (f"Uppgifter saknas för {together(untold)}.",)
    yield from marks(shown)
    yield from _sources(scene, described, shown)


def _definition(scene: Scene, indicator: Indikator, shown: Sequence[Shown]) -> Iterator[str]:
    """What is counted, and since when if the table holds values from before."""
    told = scales.holds_from(indicator.beskrivning, scene.at.last)
    if told:
        yield told
    of_it = [each for each in shown if each.subject.indicator is indicator and each.tal.is_told]
    periods = [each.head.period or each.tal.period for each in of_it]
    first = min((period.last for period in periods if period), default=scene.at.last)
    for new in breaks(scene.plan, indicator.id):
        if first < new.first <= scene.at.last:
            since = f"ny definition från {new.in_words()}"
            yield f"{since}. Värden före och efter kan inte jämföras."


def _kinds(scene: Scene, members: Sequence[Indikator], shown: Sequence[Shown]) -> Iterator[Line]:
    """What is counted from New Year; and where values are to be compared and no target tells it,
    which way is better. The members that it holds for are named, unless it is all."""
    told = [each.subject.indicator.id for each in shown if _is_outcome(each)]
    free = {each.id for each in members if not comparisons(scene.plan, each.id, scene.at)}
    among = {
        "Värdena är räknade från årets början": (SINCE_JANUARY, set(told)),
        "Högre värden är bättre": ("öka", {id for id in free if told.count(id) > 1}),
        "Lägre värden är bättre": ("minska", {id for id in free if told.count(id) > 1}),
    }
    for words, (key, ids) in among.items():
        is_so = [
            each.namn for each in members if each.id in ids and key in (each.typ, each.riktning)
        ]
        if is_so:
            yield (f"{words}." if len(is_so) == len(members) else f"{words}: {_listed(is_so)}.",)


def _answers(members: Sequence[Indikator]) -> Iterator[Line]:
    """On which scale questions are answered: which ones, where others of the same unit are not."""
    by_scale: dict[tuple[int, int], list[Indikator]] = {}
    for each in members:
        if each.svarsskala:
            by_scale.setdefault(each.svarsskala, []).append(each)
    for (lowest, highest), own in by_scale.items():
        units = {each.måttenhet for each in own}
        is_all = all(each in own for each in members if each.måttenhet in units)
        whose = "" if is_all else f" för {_listed([each.namn for each in own])}"
        yield (f"Svarsskala{whose}: {lowest}–{highest}.",)


def _is_outcome(shown: Shown) -> bool:
    is_total = not shown.subject.uppdelning and shown.tal.värde is not None
    return is_total and shown.head.serie == OUTCOME


def _listed(names: Sequence[str]) -> str:
    """The names as an enumeration, set apart by semicolons where they have commas in them."""
    return "; ".join(names) if any("," in name for name in names) else join(names)


def _from_rows(shown: Sequence[Shown]) -> Iterator[Line]:
    """Corrections; then remarks, one that stands at several rows once."""
    remarks: dict[tuple[str, str, Period], list[str]] = {}
    for each in shown:
        row = each.row
        correction = _correction(each, row) if row else None
        if correction:
            yield correction
        elif row and row.cell.anm and not approximation(each):
            about = row.cell.anm, row.key.serie, row.key.period
            remarks.setdefault(about, []).append(each.subject.about)
    periods: dict[tuple[str, str, str], list[Period]] = {}
    for (remark, serie, period), subjects in remarks.items():
        names = _listed([name for name in subjects if name])
        periods.setdefault((remark, serie, names), []).append(period)
    for (remark, serie, names), when in periods.items():
        yield (f"{_heading(names, _of_series(serie) + together(when))}: {sentence(remark)}",)


def _correction(shown: Shown, row: Row) -> Line | None:
    """What a figure was before it was told anew, since when it holds, and why; of a figure that is
    protected now, not what it was."""
    since = row.key.gäller_från
    before = _told_before(shown, row, since) if since else None
    if since is None or before is None or shown.tal.kind == "skyddad":
        return None
    about = _heading(shown.subject.about, _when(row))
    word = "rättad" if row.key.serie == OUTCOME else "ändrad"
    why = f" {sentence(row.cell.anm)}" if row.cell.anm else ""
    told = f", gäller från {since.in_words()}.{why}"
    return f"{about}: {word} från ", Figure(before), " till ", Figure(shown.tal), told


def approximation(shown: Shown) -> str:
    """The remark on a value, where it only says how near the value is: omkring, minst."""
    row = shown.row
    if row is None or shown.tal.värde is None or row.key.gäller_från:
        return ""
    remark = row.cell.anm.rstrip(".").lower()
    return remark if remark in _APPROXIMATIONS else ""


def _heading(about: str, when: str) -> str:
    return capital(", ".join(filter(None, (about, when))))


def _when(row: Row) -> str:
    return _of_series(row.key.serie) + row.key.period.in_words()


def _of_series(serie: str) -> str:
    return "" if serie == OUTCOME else f"{serie} "


def sentence(text: str) -> str:
    """The text with the sign that ends a sentence."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


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


def marks(shown: Iterable[Shown]) -> Iterator[Line]:
    """What stands where there is no value, each mark with its meaning, on one line; why a value is
    protected, where all that are so have one reason."""
    figures = [each for each in shown if each.tal.värde is None]
    least = {each.subject.indicator.minsta_antal for each in figures if _is_protected(each)}
    why = [f" (färre än {number})" for number in least if number] if len(least) == 1 else []
    meanings: dict[str, dict[str, None]] = {}
    for each in figures:
        meaning = "".join((each.tal.text(), *(why if _is_protected(each) else ())))
        meanings.setdefault(each.tal.cell(), {})[meaning] = None
    if meanings:
        told = (f"{mark} betyder {join([*of], 'eller')}." for mark, of in sorted(meanings.items()))
        yield (" ".join(told),)


def _is_protected(shown: Shown) -> bool:
    return shown.tal.kind == "skyddad"


def _sources(
    scene: Scene, indicators: Iterable[Indikator], shown: Sequence[Shown]
) -> Iterator[Line]:
    """Where the figures come from, outside and in the repository: files of the plan's own folder,
    which the report names at its end, by their names alone."""
    outside = dict.fromkeys(indicator.källa for indicator in indicators if indicator.källa)
    files = rows_read(scene.plan, (source for each in shown for source in each.tal.källor))
    yield (f"Källa: {', '.join(outside)} ({files})." if outside else f"Källa: {files}.",)


def rows_read(plan: Plan, källor: Iterable[tuple[str, int]]) -> str:
    """Files and rows, those of the plan's own folder by their names alone: enkat.csv rad 2–5."""
    return "; ".join(
        f"{path.removeprefix(data_folder(plan))} rad {_ranges([line for _, line in lines])}"
        for path, lines in groupby(sorted(set(källor)), key=lambda source: source[0])
    )


def _ranges(lines: Sequence[int]) -> str:
    """Rising line numbers, those that follow each other as a range: 2–5, 9."""
    runs = groupby(enumerate(lines), key=lambda item: item[1] - item[0])
    spans = ([line for _, line in run] for _, run in runs)
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in spans)
