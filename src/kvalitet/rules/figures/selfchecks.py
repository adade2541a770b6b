"""Self-checks: parts against the whole, and one denominator in a review."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import is_faulty, members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Egenkontroll
from kvalitet.period import Period
from kvalitet.rules.figures.rows import (
    OUTCOME,
    SHARE,
    in_row,
    is_new,
    known,
    news,
    outcomes,
    place,
    words,
)
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import more


def _is_parted(case: Case) -> bool:
    return any(each.summeras and each.måttenhet == SHARE for each in case.plan.all(Indikator))


def _has_checks(case: Case) -> bool:
    return any(case.plan.all(Egenkontroll))


@rule("R441", "data", concerns=_is_parted)
def parts_above_whole(case: Case) -> Iterator[Finding]:
    """Shares of one and the same n, by the steps of a scale, that are more than n together where
    the indicator says that its rows add up (`summeras: ja`, example README). Where there is a
    total, it is what they are compared with (R407)."""
    plan = case.plan
    for indicator in plan.all(Indikator):
        if not indicator.summeras or indicator.måttenhet != SHARE:
            continue
        if not plan.data.keys(indicator.id) or is_faulty(plan, indicator.id):
            continue
        for period, skala, rows in _distributions(known(plan, indicator.id, case.at)):
            whole = {row.cell.av for row in rows}
            parts = sum((row.cell.antal or Fraction() for row in rows), Fraction())
            n = next(iter(whole)) or Fraction()
            if len(whole) == 1 and parts > n > 0:
                message = (
                    f"{in_row(plan, indicator.id)} {period}: {skala} ger {exact_text(parts)}"
                    f" av {exact_text(n)}"
                )
                hint = "Rätta talen, eller skriv summeras: nej om samma fall räknas på flera rader."
                yield found("R441", place(rows[0]), message, hint, about=indicator.id)


@rule("R443", "ids", "data", "report", concerns=_has_checks)
def two_denominators(case: Case) -> Iterator[Finding]:
    """Shares of one review, new in the report, of different n: on one row (more than its
    `antal_svar`), among steps that together make the n of most, or in one table that a self-check
    lists, where most have the same. A question put to some only has fewer: that is told by `anm`,
    a definition or words, or by another figure of the review that is that n."""
    plan, at = case.plan, case.report
    for id in _reviewed(plan):
        new = list(news(plan, id, at))
        yield from _odd_steps(plan, id, new)
        for row in new:
            n, answers = row.cell.av, row.cell.antal_svar
            if n is not None and answers is not None and n > answers and not row.cell.anm:
                message = (
                    f"{in_row(plan, id)} {row.key.period} är {row.cell.text}, "
                    f"men antal_svar är {answers}"
                )
                hint = "Kontrollera vilket antal som granskades, eller skriv skälet i anm."
                yield found("R443", place(row), message, hint, about=id)
    for group, figures in _tables_of_reviews(plan):
        if not any(is_faulty(plan, each.id) for each in members(plan, group)):
            yield from _odd_denominators(plan, group, figures, at)


def _distributions(rows: Sequence[Row]) -> Iterator[tuple[Period, str, list[Row]]]:
    """The rows of a period by the steps of one scale, where all are a number of an n and there is
    no total."""
    groups: defaultdict[tuple[Period, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.key.serie == OUTCOME and len(row.key.uppdelning) < 2:
            scale = row.key.uppdelning[0][0] if row.key.uppdelning else ""
            groups[row.key.period, scale].append(row)
    for (period, scale), alike in groups.items():
        if scale and (period, "") not in groups and all(row.cell.av for row in alike):
            yield period, scale, alike


@remembered
def _reviewed(plan: Plan) -> Sequence[str]:
    """The indicators of all self-checks."""
    owned = (id for check in plan.all(Egenkontroll) for id in check.indikatorer)
    return list(dict.fromkeys(each.id for id in owned for each in members(plan, id)))


def _tables_of_reviews(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each table that a self-check lists, with the ids of all that is measured in that review."""
    told: set[str] = set()
    for check in plan.all(Egenkontroll):
        figures = tuple(each.id for id in check.indikatorer for each in members(plan, id))
        for id in check.indikatorer:
            indicator = plan.get(Indikator, id)
            if indicator and indicator.indikatorer and id not in told:
                told.add(id)
                yield id, figures


def _odd_denominators(
    plan: Plan, group: str, figures: Sequence[str], at: Period
) -> Iterator[Finding]:
    shares: defaultdict[Period, list[tuple[Indikator, Row]]] = defaultdict(list)
    for member in members(plan, group):
        for row in outcomes(plan, member.id, at):
            if row.cell.av is not None and not row.key.uppdelning:
                shares[row.key.period].append((member, row))
    counts: dict[Period, set[Fraction | None]] = {}
    for period, pairs in shares.items():
        (common, most), *others = Counter(row.cell.av for _, row in pairs).most_common()
        if not others or most <= sum(number for _, number in others):
            continue
        if not any(is_new(row, at) for _, row in pairs):
            continue
        counts = counts or _counts(plan, figures)
        explained = {common} | counts[period]
        odd = [
            (member, row)
            for member, row in pairs
            if row.cell.av not in explained and not _is_explained(plan, member, row, at)
        ]
        usual = next((member, row) for member, row in pairs if row.cell.av == common)
        if odd:
            member, row = odd[0]
            message = (
                f"{in_row(plan, member.id)} {period} är {row.cell.text}, "
                f"men {in_row(plan, usual[0].id)} {usual[1].cell.text}"
            )
            hint = "Kontrollera nämnaren. Gällde frågan bara en del: skriv det i anm."
            other = place(usual[1])
            yield found(
                "R443",
                place(row),
                message + more(len(odd) - 1, "rad", "rader"),
                hint,
                other,
                member.id,
            )


def _odd_steps(plan: Plan, id: str, rows: Sequence[Row]) -> Iterator[Finding]:
    """Where what was reviewed is divided by the steps of a scale, so that the steps together make
    the n of most of them: those that have another n."""
    for period, skala, steps in _distributions(rows):
        (n, most), *others = Counter(row.cell.av for row in steps).most_common()
        parts = sum((row.cell.antal or Fraction() for row in steps), Fraction())
        if not others or parts != n or 2 * most <= len(steps):
            continue
        usual = next(row for row in steps if row.cell.av == n)
        row = next(row for row in steps if row.cell.av != n)
        if not any(each.cell.anm for each in steps):
            one, other = (dict(each.key.uppdelning)[skala] for each in (row, usual))
            message = (
                f"{in_row(plan, id)} {period} är {one} {row.cell.text}, "
                f"men {other} {usual.cell.text}"
            )
            hint = "Kontrollera nämnaren. Granskades olika många: skriv det i anm."
            yield found("R443", place(row), message, hint, place(usual), id)


def _counts(plan: Plan, figures: Sequence[str]) -> dict[Period, set[Fraction | None]]:
    """The numbers of a review by period: of those that a question may have been put to."""
    counts: defaultdict[Period, set[Fraction | None]] = defaultdict(set)
    for row in (row for id in figures for row in plan.data.rows(id)):
        cell = row.cell
        if cell.antal is not None and cell.av is not None:
            counts[row.key.period] |= {cell.antal, cell.av - cell.antal}
        else:
            counts[row.key.period].add(cell.värde)
    return counts


def _is_explained(plan: Plan, member: Indikator, row: Row, at: Period) -> bool:
    return bool(row.cell.anm or member.beskrivning or words(plan, member.id, at))
