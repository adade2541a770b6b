"""Economy: rows that no report shows, posts that disappear, forecasts that are already passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvalitet.findings import Finding, found
from kvalitet.period import Period
from kvalitet.rules.exceptions import ECONOMY
from kvalitet.rules.figures.amounts import thousandfold
from kvalitet.rules.figures.economy import (
    GROSS,
    GROSS_HINT,
    has_economy,
    is_explained,
    is_named,
    shown,
)
from kvalitet.rules.figures.recent import is_off
from kvalitet.rules.figures.rows import place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Ekonomirad
from kvalitet.svenska import format_number, some, suggest

_DECEMBER = 12


@rule("R464", "data", "report", concerns=has_economy)
def rows_of_another_length(case: Case) -> Iterator[Finding]:
    """Rows that end with the report and have a post in common with no row that it shows: it shows
    one row set (example README, rule 8), so that they are in no table and no sum. Where the whole
    economy is told in two lengths, the posts are the same."""
    visible = shown(case)
    there = {(row.typ, row.post) for row in visible}
    ending = [
        row for row in case.plan.data.ekonomi if visible and row.period.last == case.report.last
    ]
    for period in dict.fromkeys(row.period for row in ending):
        rows = [row for row in ending if row.period == period]
        if there.isdisjoint((row.typ, row.post) for row in rows):
            message = (
                f"{_named(rows)} {period} kommer inte med: rapporten visar raderna för "
                f"{visible[0].period}, som slutar samma dag"
            )
            hint = "Skriv samma period på alla rader som hör ihop."
            other = place_of(visible[0].path, visible[0].line)
            yield found("R464", place_of(rows[0].path, rows[0].line), message, hint, other, ECONOMY)


@rule("R464", "data", "report", concerns=has_economy)
def rows_of_another_year(case: Case) -> Iterator[Finding]:
    """Posts that have rows of one period only, the same months as the report's rows in another
    year, where all others have rows of just the report's: the year is mistyped. Not where they are
    as many."""
    rows, visible = case.plan.data.ekonomi, shown(case)
    others = [row for row in rows if visible and row.period != visible[0].period]
    there = {(row.typ, row.post) for row in visible}
    if not others or len(others) * 2 > len(visible):
        return
    period, now = others[0].period, visible[0].period
    is_one = all(row.period == period for row in others)
    if (
        is_one
        and _are_same_months(period, now)
        and there.isdisjoint((r.typ, r.post) for r in others)
    ):
        message = (
            f"{_named(others)} står bara {period} och kommer inte med: alla andra poster står {now}"
        )
        hint = "Kontrollera årtalet."
        other = place_of(visible[0].path, visible[0].line)
        place = place_of(others[0].path, others[0].line)
        yield found("R464", place, message, hint, other, ECONOMY)


def _are_same_months(one: Period, other: Period) -> bool:
    """Whether two periods of a year are the same months of different years."""
    ends = [(each.first.month, each.last.month) for each in (one, other)]
    years = one.last.year - one.first.year, other.last.year - other.first.year
    return ends[0] == ends[1] and years == (0, 0) and one.last.year != other.last.year


@rule("R464", "data", "report", concerns=has_economy)
def words_without_rows(case: Case) -> Iterator[Finding]:
    """Words in the report's section of the economy, and no rows of its year, though there are rows
    that end on the same day of the year before."""
    plan, at = case.plan, case.report
    rows = plan.data.ekonomi
    before = [row for row in rows if _ends_a_year_before(row.period, at)]
    if not before or any(row.period.last.year >= at.year for row in rows):
        return
    for section in (one for report in plan.rapporter.values() for one in report.sections()):
        if section.del_ == ECONOMY and plan.uppföljning.get(at, {}).get(section.id):
            newest = max(before, key=lambda row: row.period)
            message = f"Ekonomin har inga rader för {at}, fast rapporten har ord om den"
            hint = f"Skriv raderna. Gäller de som står för {newest.period} rapporten, rätta året."
            place = plan.said[at][section.id].key()
            other = place_of(newest.path, newest.line)
            yield found("R464", place, message, hint, other, ECONOMY)
            return


def _ends_a_year_before(one: Period, at: Period) -> bool:
    return (one.last.year + 1, one.last.month) == (at.last.year, at.last.month)


@rule("R465", "data", "report", concerns=has_economy)
def forecast_already_passed(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome is more than the forecast beside it, which is for the whole
    year (example README): without `anm`, not named in the words about the economy, or more than
    three times as much, and while there is something left of the year. They are one finding. Not
    those of which R468 tells."""
    told = () if is_off(case, "R468") else thousandfold(case)
    passed = [row for row in shown(case) if _is_passed(row) and row not in told]
    rows = [row for row in passed if _is_gross(row) or not is_explained(case, row)]
    if rows and rows[0].period.last.month < _DECEMBER:
        first, *others = rows
        forecast = format_number(first.prognos or 0)
        message = (
            f'"{first.post}": prognosen för året är {forecast} tkr, '
            f"men utfallet redan {format_number(first.utfall)}"
        )
        more = f". Det gäller även {_named(others)}" if others else ""
        hint = "Prognosen gäller hela året, inte resten. Är den rätt, skriv skälet i kolumnen anm."
        if is_explained(case, first):
            hint = f"Prognosen gäller hela året, inte resten. {GROSS_HINT}"
        place = place_of(first.path, first.line)
        yield found("R465", place, message + more, hint, about=ECONOMY)


def _is_passed(row: Ekonomirad) -> bool:
    is_of_one_year = row.period.first.year == row.period.last.year
    return row.prognos is not None and row.utfall > row.prognos and is_of_one_year


def _is_gross(row: Ekonomirad) -> bool:
    return bool(row.prognos) and row.utfall > GROSS * (row.prognos or 0)


@rule("R466", "data", "report", concerns=has_economy)
def lost_posts(case: Case) -> Iterator[Finding]:
    """Posts of the newest earlier row set from the same day that the report's has not, and that its
    words about the economy do not name: what has been paid since January does not go away. They
    are one finding."""
    visible = shown(case)
    ending = (row for row in case.plan.data.ekonomi if row.period.last == case.report.last)
    there = {(row.typ, row.post) for row in ending}
    before = _before(case, visible[0].period) if visible else ()
    lost = [
        row
        for row in before
        if (row.typ, row.post) not in there and (row.utfall or row.budget)
        and not is_named(case, row.post)
    ]  # fmt: skip
    if lost:
        first, now = lost[0], visible[0]
        message = (
            f"{_named(lost)} står {first.period} men saknas {now.period}, "
            "fast båda räknas från samma dag"
        )
        known = {(row.typ, row.post) for row in before}
        new = [row.post for row in visible if (row.typ, row.post) not in known]
        meant = suggest(first.post, new)
        hint = (
            f'Heter posten "{meant}" nu, skriv samma namn på båda raderna.'
            if meant
            else "Lägg till raden. Har posten bytt namn, skriv samma namn på båda raderna."
        )
        other = place_of(now.path, now.line)
        yield found("R466", place_of(first.path, first.line), message, hint, other, ECONOMY)


def _before(case: Case, period: Period) -> Sequence[Ekonomirad]:
    """The newest rows before a period that are from the same day."""
    rows = case.plan.data.ekonomi
    earlier = [row.period for row in rows if row.period.first == period.first]
    newest = max((each for each in earlier if each.last < period.last), default=None)
    return [row for row in rows if row.period == newest]


def _named(rows: Sequence[Ekonomirad]) -> str:
    return some([f'"{row.post}"' for row in rows])
