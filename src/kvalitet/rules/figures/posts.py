"""Economy: rows that no report shows, posts that disappear, forecasts that are already passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvalitet.economy import economy
from kvalitet.findings import Finding, found
from kvalitet.period import Period
from kvalitet.rules.exceptions import ECONOMY
from kvalitet.rules.figures.economy import has_economy, is_named, unexplained
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
    shown = _shown(case)
    there = {(row.typ, row.post) for row in shown}
    ending = [
        row for row in case.plan.data.ekonomi if shown and row.period.last == case.report.last
    ]
    for period in dict.fromkeys(row.period for row in ending):
        rows = [row for row in ending if row.period == period]
        if there.isdisjoint((row.typ, row.post) for row in rows):
            message = (
                f"{_named(rows)} {period} kommer inte med: rapporten visar raderna för "
                f"{shown[0].period}, som slutar samma dag"
            )
            hint = "Skriv samma period på alla rader som hör ihop."
            other = place_of(shown[0].path, shown[0].line)
            yield found("R464", place_of(rows[0].path, rows[0].line), message, hint, other, ECONOMY)


@rule("R465", "data", "report", concerns=has_economy)
def forecast_already_passed(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome is more than the forecast beside it, which is for the whole
    year (example README): without `anm`, not named in the words about the economy, and while there
    is something left of the year. They are one finding."""
    rows = [row for row in unexplained(case) if _is_passed(row)]
    if rows and rows[0].period.last.month < _DECEMBER:
        first, *others = rows
        forecast = format_number(first.prognos or 0)
        message = (
            f'"{first.post}": prognosen för året är {forecast} tkr, '
            f"men utfallet redan {format_number(first.utfall)}"
        )
        more = f". Det gäller även {_named(others)}" if others else ""
        hint = "Prognosen gäller hela året, inte resten. Är den rätt, skriv skälet i kolumnen anm."
        place = place_of(first.path, first.line)
        yield found("R465", place, message + more, hint, about=ECONOMY)


def _is_passed(row: Ekonomirad) -> bool:
    is_of_one_year = row.period.first.year == row.period.last.year
    return row.prognos is not None and row.utfall > row.prognos and is_of_one_year


@rule("R466", "data", "report", concerns=has_economy)
def lost_posts(case: Case) -> Iterator[Finding]:
    """Posts of the newest earlier row set from the same day that the report's has not, and that its
    words about the economy do not name: what has been paid since January does not go away. They
    are one finding."""
    shown = _shown(case)
    ending = (row for row in case.plan.data.ekonomi if row.period.last == case.report.last)
    there = {(row.typ, row.post) for row in ending}
    before = _before(case, shown[0].period) if shown else ()
    lost = [
        row
        for row in before
        if (row.typ, row.post) not in there and (row.utfall or row.budget)
        and not is_named(case, row.post)
    ]  # fmt: skip
    if lost:
        first, now = lost[0], shown[0]
        message = (
            f"{_named(lost)} står {first.period} men saknas {now.period}, "
            "fast båda räknas från samma dag"
        )
        known = {(row.typ, row.post) for row in before}
        new = [row.post for row in shown if (row.typ, row.post) not in known]
        meant = suggest(first.post, new)
        hint = (
            f'Heter posten "{meant}" nu, skriv samma namn på båda raderna.'
            if meant
            else "Lägg till raden. Har posten bytt namn, skriv samma namn på båda raderna."
        )
        other = place_of(now.path, now.line)
        yield found("R466", place_of(first.path, first.line), message, hint, other, ECONOMY)


def _shown(case: Case) -> Sequence[Ekonomirad]:
    """The rows of the set that the report shows."""
    told = economy(case.plan, case.report)
    return [row for row in case.plan.data.ekonomi if told and row.period == told.period]


def _before(case: Case, period: Period) -> Sequence[Ekonomirad]:
    """The newest rows before a period that are from the same day."""
    rows = case.plan.data.ekonomi
    earlier = [row.period for row in rows if row.period.first == period.first]
    newest = max((each for each in earlier if each.last < period.last), default=None)
    return [row for row in rows if row.period == newest]


def _named(rows: Sequence[Ekonomirad]) -> str:
    return some([f'"{row.post}"' for row in rows])
