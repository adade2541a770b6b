"""Rows far from all others, which no report reaches, and baselines that no row tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from kvalitet.findings import Finding, found
from kvalitet.indicators import value
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.figures.indicators import lacking
from kvalitet.rules.figures.recent import (
    distinct_keys,
    doubtful,
    own_indicators,
    own_place,
    year_of,
)
from kvalitet.rules.figures.rows import OUTCOME, called, in_row, place, table
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Key
from kvalitet.svenska import some

_BASELINE = "ingångsvärde"


def _is_spread(case: Case) -> bool:
    return _are_far_apart(case.plan, case.limit("R417"))


@rule("R417", "ids", "data", concerns=_is_spread, limit=10)
def far_from_the_others(case: Case) -> Iterator[Finding]:
    """Outcomes of years that lie more than `gräns` years from all others of the indicator, which
    are nearer to the report: most likely a mistyped year. Not a baseline."""
    plan, limit = case.plan, case.limit("R417")
    if not _is_spread(case):
        return
    strays: dict[int, Collection[int]] = {}
    for id in plan.data.indicators():
        indicator, keys = plan.get(Indikator, id), plan.data.keys(id)
        if _of(keys) not in strays:
            strays[_of(keys)] = _stray_years(keys, year_of(case), limit)
        years = strays[_of(keys)]
        if indicator is None or not years:
            continue
        rows = [
            row
            for row in plan.data.rows(id)
            if row.key.serie == OUTCOME
            and row.key.period.year in years
            and row.key.period != indicator.ingångsvärde
        ]
        if rows:
            periods = some([row.key.period for row in rows])
            message = f"{in_row(plan, id)} har värden för {periods}, långt från de andra"
            hint = "Kontrollera årtalet."
            yield found("R417", place(rows[0]), message, hint, about=id)


def _has_dated_targets(case: Case) -> bool:
    targets = (of for one in own_indicators(case.plan) for of in one.målvärden.values())
    return any(None not in of for of in targets)


@rule("R417", "ids", "data", concerns=_has_dated_targets)
def target_far_from_the_others(case: Case) -> Iterator[Finding]:
    """A target of a year that lies more than `gräns` years from the report's, from the rows of the
    indicator and from its other targets: it will never be compared."""
    plan, limit = case.plan, case.limit("R417")
    now = case.newest.year if case.newest else plan.huvud.år
    for own in own_indicators(plan):
        targets = [(vems, when) for vems, of in own.målvärden.items() for when in of if when]
        if now is None or all(abs(when.year - now) <= limit for _, when in targets):
            continue
        years = {now, *(when.year for _, when in targets)}
        years.update(key.period.year for key in plan.data.keys(own.id))
        for vems, when in targets if own.id not in doubtful(plan) else ():
            if min(abs(year - when.year) for year in years - {when.year} | {now}) > limit:
                message = f"{called(plan, own.id)} har målvärde för {when}, långt från de andra"
                place = own_place(plan, own.id, "målvärden").key(vems, str(when))
                yield found("R417", place, message, "Kontrollera årtalet.")


@remembered
def _are_far_apart(plan: Plan, limit: Fraction) -> bool:
    """Whether any rows of outcomes are."""
    years = {key.period.year for key in distinct_keys(plan).values() if key.serie == OUTCOME}
    return bool(years) and max(years) - min(years) > limit


def _of(keys: Sequence[Key]) -> int:
    return id(keys)


def _stray_years(keys: Sequence[Key], near: int, limit: Fraction) -> Collection[int]:
    """The years of outcomes that lie further than that from those nearest to a year."""
    years = sorted({key.period.year for key in keys if key.serie == OUTCOME})
    runs: list[list[int]] = []
    for year in years:
        if runs and year - runs[-1][-1] <= limit:
            runs[-1].append(year)
        else:
            runs.append([year])
    if len(runs) < 2:
        return ()
    home = min(runs, key=lambda run: min(abs(year - near) for year in run))
    return set(years) - set(home)


def _has_baselines(case: Case) -> bool:
    return any(each.ingångsvärde for each in case.plan.all(Indikator))


@rule("R418", "ids", "data", "report", concerns=_has_baselines)
def baseline_without_row(case: Case) -> Iterator[Finding]:
    """An `ingångsvärde` that names a period before the report's end for which the indicator has no
    value, in the plan or in a part of it, though it has others. Those of one table that name the
    same period are one finding. What R401 tells of is not told again."""
    plan, report = case.plan, case.report
    if any(part.gaps.data for part in case.parts):
        return
    gaps, alike = lacking(plan, report), defaultdict[tuple[str, Period], list[str]](list)
    for indicator in own_indicators(plan):
        id, base = indicator.id, indicator.ingångsvärde
        if base is None or base.last > report.last or id in doubtful(plan):
            continue
        if plan.inherits(id) and not _writes(plan, id):
            continue
        if base not in gaps.get(id, ()) and _is_untold(case, id, base):
            alike[table(plan, id), base].append(id)
    for (group, base), ids in alike.items():
        if lacks := [id for id in ids if not case.accepts("R418", id)]:
            names = some([called(plan, id) for id in lacks])
            message = f"{names} har inget värde för {base}, som är ingångsvärde"
            hint = "Lägg till en rad i data, eller skriv en annan period."
            written = group if group in plan.own and not _writes(plan, lacks[0]) else lacks[0]
            yield found("R418", own_place(plan, written, _BASELINE), message, hint)


def _is_untold(case: Case, id: str, base: Period) -> bool:
    """Whether an indicator has values, and none for a period."""
    plans = (case.plan, *case.parts)
    if any(value(plan, id, base, known_at=None).is_told for plan in plans):
        return False
    indicator = case.plan.get(Indikator, id)
    of_it = (id, *(indicator.beräkning.parts if indicator and indicator.beräkning else ()))
    return any(plan.data.keys(each) for plan in plans for each in of_it)


def _writes(plan: Plan, id: str) -> bool:
    return _BASELINE in plan.definitions[id][0].keys
