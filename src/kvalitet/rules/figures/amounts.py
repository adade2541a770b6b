"""Economy: amounts that are most likely written in kronor, not in tusental kronor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kvalitet.findings import Finding, found
from kvalitet.rules.exceptions import ECONOMY
from kvalitet.rules.figures.economy import has_economy, shown
from kvalitet.rules.figures.rows import place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Ekonomirad
from kvalitet.svenska import format_number, more

_LEAST, _MOST = 300, 3000
"""Between how many times as much an amount is that is written in kronor among others in tkr: a
thousand, more or less as the post has grown."""
_SMALL = 10
_YEAR = 365


@rule("R468", "data", "report", concerns=has_economy)
def in_kronor(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome and budget are both about a thousand times those of the
    newest earlier row of the post, day for day, or whose forecast is so beside the budget of its
    own row: amounts are in tkr (example README). They are one finding. An outcome alone that is so
    is far from its budget, of which R463 tells."""
    rows = thousandfold(case)
    for row, message in [*rows.items()][:1]:
        also = more(len(rows) - 1, "post", "poster")
        hint = "Beloppen skrivs i tusental kronor. Är de i kronor, ta bort de tre sista siffrorna."
        yield found("R468", place_of(row.path, row.line), message + also, hint, about=ECONOMY)


def thousandfold(case: Case) -> Mapping[Ekonomirad, str]:
    """The rows of the report that may be written in kronor, and what is told of each."""
    return {row: message for row in shown(case) if (message := _thousandfold(case, row))}


def _thousandfold(case: Case, row: Ekonomirad) -> str:
    before = _before(case, row)
    if before and all(
        _is_thousandfold(now / row.period.days, then / before.period.days)
        for now, then in ((row.utfall, before.utfall), (row.budget, before.budget))
    ):
        return (
            f'"{row.post}": utfallet {format_number(row.utfall)} tkr {row.period} är omkring '
            f"tusen gånger mer än {format_number(before.utfall)} {before.period}"
        )
    a_year = row.budget * _YEAR / row.period.days
    if row.prognos and row.budget >= _SMALL and _is_thousandfold(row.prognos, a_year):
        return (
            f'"{row.post}": prognosen {format_number(row.prognos)} tkr är omkring '
            f"tusen gånger mer än budgeten {format_number(row.budget)} {row.period}"
        )
    return ""


def _is_thousandfold(one: Fraction, other: Fraction) -> bool:
    return _LEAST * other <= one <= _MOST * other


def _before(case: Case, row: Ekonomirad) -> Ekonomirad | None:
    """The newest earlier row of a post, where it has both an outcome and a budget to compare."""
    earlier = [
        each
        for each in case.plan.data.ekonomi
        if (each.typ, each.post) == (row.typ, row.post) and each.period.last < row.period.last
    ]
    newest = max(earlier, key=lambda each: each.period, default=None)
    return newest if newest and min(newest.utfall, newest.budget) >= _SMALL else None
