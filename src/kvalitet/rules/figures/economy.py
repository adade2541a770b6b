"""Economy: outcome without budget, or far from it (example README, rule 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from kvalitet.economy import INCOME, economy
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.period import Period
from kvalitet.rules.exceptions import ECONOMY
from kvalitet.rules.figures.recent import is_off
from kvalitet.rules.figures.rows import place_of
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Ekonomirad
from kvalitet.svenska import format_number, some

_LEAST_PART = Fraction(1, 20)
"""A post that is less than so much of all that is budgeted says little."""
GROSS = 3
"""A difference of more than so many times is told though something is said of it: a digit lost or
written twice is likelier than any reason."""
_GROSS_BELOW = 8
"""The same of an outcome below its budget: what began late in the year has cost little."""
_ENDING = re.compile(r"(?<=\w{4})(?:arna|erna|orna|ar|er|or|en|et|na|a|e)$")
"""What a Swedish noun in the plural or definite ends in."""
GROSS_HINT = "Så stor skillnad sägs även där skälet är skrivet. Stämmer det: gör ett undantag."
_OF_MONEY = re.compile(
    r"budget|utfall|kostn|kosta|intäkt|tkr|kron[ao]|ekonomi|pengar|överskott|underskott|bokslut"
    r"|dyr|billig|faktur|betal",
    re.IGNORECASE,
)
"""Words of what speaks of money."""
_PARTED = re.compile(r",? (?:och|samt) |, | ?/ ?")


def has_economy(case: Case) -> bool:
    """Whether the plan has rows of the economy."""
    return bool(case.plan.data.ekonomi)


@rule("R462", "data", "report", concerns=has_economy)
def without_budget(case: Case) -> Iterator[Finding]:
    """Posts of the report with an outcome and the budget 0, without `anm` and not named in the
    words of the report; they are one finding."""
    rows = [row for row in unexplained(case) if row.budget == 0 and row.utfall > 0]
    if rows:
        names = some([f'"{row.post}"' for row in rows])
        message = f"{names} har utfall {rows[0].period} men budgeten 0"
        hint = "Skriv budgeten. Finns ingen: skriv det i kolumnen anm."
        place = place_of(rows[0].path, rows[0].line)
        yield found("R462", place, message, hint, about=ECONOMY)


@rule("R463", "data", "report", concerns=has_economy, limit=10)
def far_from_budget(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome lies further from their budget than the threshold, in per
    cent, without `anm` and not named in the words about the economy, or that is a gross error; they
    are one finding, the farthest in tkr first. Not posts that are a small part of the economy, nor
    those of which R467 tells. More income and less cost is better."""
    told = set() if is_off(case, "R467") else {row for row, _ in fallen(case)}
    large, least = _large(case)
    rows = [
        row
        for row in large
        if row not in told
        and _is_far(row, case.limit("R463"))
        and (_is_gross(row, least) or not is_explained(case, row))
    ]
    if rows:
        first, *others = sorted(rows, key=lambda row: -abs(row.utfall - row.budget))
        also = some([f'"{row.post}" ({_share_off(row)})' for row in others])
        more = f". Även {also}" if others else ""
        hint = "Kontrollera beloppen, och skriv skälet i kolumnen anm."
        if is_explained(case, first):
            hint = f"Kontrollera beloppen. {GROSS_HINT}"
        place = place_of(first.path, first.line)
        yield found("R463", place, _how_far(first) + more, hint, about=ECONOMY)


@rule("R467", "data", "report", concerns=has_economy)
def fallen_since_january(case: Case) -> Iterator[Finding]:
    """Posts of the report whose outcome since a day is less than it was earlier since the same day,
    without `anm` and not named in the words about the economy, or to less than a third: what is
    paid stays paid. Not posts that are a small part of the economy."""
    for row, before in fallen(case):
        message = (
            f'"{row.post}": utfallet {format_number(row.utfall)} tkr {row.period} är lägre än '
            f"{format_number(before.utfall)} {before.period}, fast det räknas från samma dag"
        )
        hint = "Kontrollera beloppet. Är något rättat eller återbetalt, skriv det i kolumnen anm."
        if is_explained(case, row):
            hint = f"Kontrollera beloppet. {GROSS_HINT}"
        other = place_of(before.path, before.line)
        yield found("R467", place_of(row.path, row.line), message, hint, other, ECONOMY)


def fallen(case: Case) -> Iterator[tuple[Ekonomirad, Ekonomirad]]:
    """The posts of the report that have fallen since the newest row before from the same day, and
    that row: those of which nothing is said, and those that have lost most of it."""
    now = {_from(row): row for row in _large(case)[0]}
    before: dict[object, Ekonomirad] = {}
    for each in case.plan.data.ekonomi if now else ():
        row, newest = now.get(_from(each)), before.get(_from(each), each)
        if row and each.period.last < row.period.last and newest.period <= each.period:
            before[_from(each)] = each
    for key, each in before.items():
        row = now[key]
        is_lost = each.utfall > GROSS * row.utfall
        if each.utfall > row.utfall and (is_lost or not is_explained(case, row)):
            yield row, each


def _from(row: Ekonomirad) -> object:
    """A post, and the day from which it is counted."""
    return row.typ, row.post, row.period.first


def _large(case: Case) -> tuple[Sequence[Ekonomirad], Fraction]:
    """The posts of the report that are no small part of all that is budgeted, and how much that
    is."""
    rows = shown(case)
    least = _LEAST_PART * sum((row.budget for row in rows), Fraction())
    return [row for row in rows if max(row.utfall, row.budget) >= least], least


def _is_far(row: Ekonomirad, limit: Fraction) -> bool:
    return row.budget != 0 and abs(row.utfall - row.budget) * 100 > limit * row.budget


def _is_gross(row: Ekonomirad, least: Fraction) -> bool:
    """Whether an amount is most likely mistyped, of a post that is budgeted for no small part. (One
    with nothing paid may not have begun.)"""
    is_above, is_below = row.utfall > GROSS * row.budget, row.utfall * _GROSS_BELOW < row.budget
    return row.budget >= least and (is_above or (is_below and row.utfall > 0))


def _how_far(row: Ekonomirad) -> str:
    is_better = (row.utfall > row.budget) == (row.typ == INCOME)
    return (
        f'"{row.post}": utfallet {format_number(row.utfall)} tkr är '
        f"{_share_off(row)} än budgeten "
        f"{format_number(row.budget)}, {'bättre' if is_better else 'sämre'} än budget"
    )


def _share_off(row: Ekonomirad) -> str:
    share = 100 * abs(row.utfall - row.budget) / row.budget
    way = "högre" if row.utfall > row.budget else "lägre"
    return f"{format_number(share, 1).removesuffix(',0')} % {way}"


def shown(case: Case) -> Sequence[Ekonomirad]:
    """The rows of the set that the report shows."""
    told = economy(case.plan, case.report)
    return [row for row in case.plan.data.ekonomi if told and row.period == told.period]


def unexplained(case: Case) -> Sequence[Ekonomirad]:
    """Those of them about which nothing is said."""
    return [row for row in shown(case) if not is_explained(case, row)]


def is_explained(case: Case, row: Ekonomirad) -> bool:
    """Whether `anm`, or the words of the report about the economy, tell of a row."""
    return bool(row.anm) or is_named(case, row.post)


def is_named(case: Case, post: str) -> bool:
    """Whether the words of the report about the economy name a post."""
    return _names(_of_economy(case.plan, case.report), post)


@remembered
def _of_economy(plan: Plan, at: Period) -> str:
    """All that is said in a report, in small letters; of a report that has a section of the
    economy, what stands there or speaks of money, since any other word may name a post."""
    said = plan.uppföljning.get(at, {})
    lists = (report.sections() for report in plan.rapporter.values())
    sections = {one.id for one in chain(*lists) if one.del_ == ECONOMY}
    about = (
        entry.text
        for id, entry in said.items()
        if not sections or id in sections or _OF_MONEY.search(entry.text)
    )
    return "\n".join(about).casefold()


def _names(words: str, post: str) -> bool:
    """Whether a post is named, or one of several that it holds, also inflected and as the first
    part of a longer word; not by a verb (bidragit)."""
    stems = (_ENDING.sub("", each) for each in _PARTED.split(post.casefold()))
    return any(re.search(rf"\b{re.escape(stem)}(?!it\b)", words) for stem in stems if stem[1:])
