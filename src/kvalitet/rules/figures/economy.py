"""Economy: outcome without budget, or far from it (example README, rule 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.economy import INCOME, economy
from kvalitet.findings import Finding, Place, found
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Ekonomirad
from kvalitet.svenska import format_number, join

_NAMED = 3


def _is_reported(case: Case) -> bool:
    return case.newest is not None


@rule("R462", "data", "report", concerns=_is_reported)
def without_budget(case: Case) -> Iterator[Finding]:
    """Posts of the report with an outcome and the budget 0, without `anm` and not named in the
    words of the report; they are one finding."""
    rows = [row for row in _unexplained(case) if row.budget == 0 and row.utfall > 0]
    if rows:
        names = [row.post for row in rows[:_NAMED]]
        names += [f"{len(rows) - _NAMED} till"] if len(rows) > _NAMED else []
        message = f"{join(names)} har utfall {rows[0].period} men budgeten 0"
        hint = "Skriv budgeten. Finns ingen: skriv det i kolumnen anm."
        yield found("R462", _place(rows[0]), message, hint)


@rule("R463", "data", "report", concerns=_is_reported, limit=10)
def far_from_budget(case: Case) -> Iterator[Finding]:
    """A post of the report whose outcome lies further from its budget than the threshold, in per
    cent, without `anm` and not named in the words of the report. More income and less cost is
    better."""
    for row in _unexplained(case):
        more = row.utfall - row.budget
        if row.budget == 0 or abs(more) * 100 <= case.limit("R463") * row.budget:
            continue
        better = (more > 0) == (row.typ == INCOME)
        message = (
            f"{row.post}: utfallet {format_number(row.utfall)} tkr är "
            f"{_share(abs(more) / row.budget)} % {'högre' if more > 0 else 'lägre'} än budgeten "
            f"{format_number(row.budget)}, {'bättre' if better else 'sämre'} än väntat"
        )
        hint = "Kontrollera beloppen, och skriv skälet i kolumnen anm."
        yield found("R463", _place(row), message, hint)


def _unexplained(case: Case) -> Sequence[Ekonomirad]:
    """The rows of the report's own set about which nothing is said."""
    plan, at = case.plan, case.report
    told = economy(plan, at)
    if told is None:
        return ()
    said = plan.uppföljning.get(at, {}).values()
    words = "\n".join(entry.text for entry in said)
    return [
        row
        for row in plan.data.ekonomi
        if row.period == told.period and not row.anm and not _names(words, row.post)
    ]


def _names(words: str, post: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(post)}(?!\w)", words, re.IGNORECASE) is not None


def _share(part: Fraction) -> str:
    return format_number(100 * part, 1).removesuffix(",0")


def _place(row: Ekonomirad) -> Place:
    return Place(row.path, line=row.line, column=1)
