"""Economy: outcome without budget, or far from it (example README, rule 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvalitet.economy import INCOME, economy
from kvalitet.findings import Finding, found
from kvalitet.rules.exceptions import ECONOMY
from kvalitet.rules.figures.rows import place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Ekonomirad
from kvalitet.svenska import format_number, some

_LEAST_PART = Fraction(1, 20)
"""A post that is less than so much of all that is budgeted says little."""
_ENDING = re.compile(r"(?<=\w{4})(?:arna|erna|orna|ar|er|or|en|et|na|a|e)$")
"""What a Swedish noun in the plural or definite ends in."""
_PARTED = re.compile(r",? (?:och|samt) |, | ?/ ?")


def _has_economy(case: Case) -> bool:
    return bool(case.plan.data.ekonomi)


@rule("R462", "data", "report", concerns=_has_economy)
def without_budget(case: Case) -> Iterator[Finding]:
    """Posts of the report with an outcome and the budget 0, without `anm` and not named in the
    words of the report; they are one finding."""
    rows = [row for row in _unexplained(case) if row.budget == 0 and row.utfall > 0]
    if rows:
        names = some([f'"{row.post}"' for row in rows])
        message = f"{names} har utfall {rows[0].period} men budgeten 0"
        hint = "Skriv budgeten. Finns ingen: skriv det i kolumnen anm."
        place = place_of(rows[0].path, rows[0].line)
        yield found("R462", place, message, hint, about=ECONOMY)


@rule("R463", "data", "report", concerns=_has_economy, limit=10)
def far_from_budget(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome lies further from their budget than the threshold, in per
    cent, without `anm` and not named in the words of the report; they are one finding. Not posts
    that are a small part of the economy. More income and less cost is better."""
    rows = [row for row in _unexplained(case) if _is_far(row, case.limit("R463"))]
    all_rows = (row for row in case.plan.data.ekonomi if rows and row.period == rows[0].period)
    least = _LEAST_PART * sum((row.budget for row in all_rows), Fraction())
    large = [row for row in rows if max(row.utfall, row.budget) >= least]
    if large:
        first, *others = large
        also = some([f'"{row.post}"' for row in others])
        more = f". Även {also} ligger långt från budget" if others else ""
        fallen = _fallen(case, first)
        message = fallen or _how_far(first)
        hint = "Kontrollera beloppen, och skriv skälet i kolumnen anm."
        place = place_of(first.path, first.line)
        yield found("R463", place, message + more, hint, about=ECONOMY)


def _is_far(row: Ekonomirad, limit: Fraction) -> bool:
    return row.budget != 0 and abs(row.utfall - row.budget) * 100 > limit * row.budget


def _how_far(row: Ekonomirad) -> str:
    more = row.utfall - row.budget
    better = (more > 0) == (row.typ == INCOME)
    return (
        f'"{row.post}": utfallet {format_number(row.utfall)} tkr är '
        f"{_share(abs(more) / row.budget)} % {'högre' if more > 0 else 'lägre'} än budgeten "
        f"{format_number(row.budget)}, {'bättre' if better else 'sämre'} än budget"
    )


def _fallen(case: Case, row: Ekonomirad) -> str:
    """What is odd about an outcome since a day that is less than it was earlier since that day."""
    earlier = [
        each
        for each in case.plan.data.ekonomi
        if (each.typ, each.post, each.period.first) == (row.typ, row.post, row.period.first)
        and each.period.last < row.period.last
    ]
    before = max(earlier, key=lambda each: each.period.last, default=None)
    if before is None or before.utfall <= row.utfall:
        return ""
    return (
        f'"{row.post}": utfallet {format_number(row.utfall)} tkr {row.period} är lägre än '
        f"{format_number(before.utfall)} {before.period}, fast det räknas från samma dag"
    )


def _unexplained(case: Case) -> Sequence[Ekonomirad]:
    """The rows of the report's own set about which nothing is said."""
    plan, at = case.plan, case.report
    told = economy(plan, at)
    if told is None:
        return ()
    said = plan.uppföljning.get(at, {}).values()
    words = "\n".join(entry.text for entry in said).casefold()
    return [
        row
        for row in plan.data.ekonomi
        if row.period == told.period and not row.anm and not _names(words, row.post)
    ]


def _names(words: str, post: str) -> bool:
    """Whether a post is named, or one of several that it holds, also inflected and as the first
    part of a longer word."""
    stems = (_ENDING.sub("", each) for each in _PARTED.split(post.casefold()))
    return any(re.search(rf"\b{re.escape(stem)}", words) for stem in stems if len(stem) > 1)


def _share(part: Fraction) -> str:
    return format_number(100 * part, 1).removesuffix(",0")
