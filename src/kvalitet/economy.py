"""The economy at a report: rows, sums and deviations, all in tkr (example README, rule 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kvalitet.figure import Tal, difference, sum_text
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.series import Ekonomirad

COST, INCOME = "kostnad", "intäkt"


@dataclass(frozen=True, slots=True)
class Budgetrad:
    """A post, or a sum of posts. `avvikelse` is signed, + is better; `prognos` is for the year."""

    post: str
    utfall: Tal
    budget: Tal
    avvikelse: Tal
    prognos: Tal
    anm: str = ""


@dataclass(frozen=True, slots=True)
class Ekonomi:
    """The row set of a period: incomes and costs in the order written, their sums and the net
    cost."""

    period: Period
    intäkter: tuple[Budgetrad, ...]
    kostnader: tuple[Budgetrad, ...]
    summa_intäkter: Budgetrad
    summa_kostnader: Budgetrad
    netto: Budgetrad


def economy(plan: Plan, at: Period) -> Ekonomi | None:
    """The row set that ends at the report's end, None where there is none. Of sets that end the
    same day, the one whose length is nearest the report period's."""
    ending = sorted({row.period for row in plan.data.ekonomi if row.period.last == at.last})
    if not ending:
        return None
    period = min(ending, key=lambda each: abs(each.days - at.days))
    rows = [row for row in plan.data.ekonomi if row.period == period]
    costs = [row for row in rows if row.typ == COST]
    incomes = [row for row in rows if row.typ == INCOME]
    return Ekonomi(
        period,
        tuple(_line(row.post, [row], INCOME, row.anm) for row in incomes),
        tuple(_line(row.post, [row], COST, row.anm) for row in costs),
        _line("Intäkter", incomes, INCOME),
        _line("Kostnader", costs, COST),
        _line("Nettokostnad", [*costs, *incomes], COST),
    )


def _line(post: str, rows: Sequence[Ekonomirad], typ: str, anm: str = "") -> Budgetrad:
    """The rows summed as costs or incomes; those of the other kind are taken off."""
    utfall = _sum(rows, [row.utfall for row in rows], typ)
    budget = _sum(rows, [row.budget for row in rows], typ)
    prognos = _sum(rows, [row.prognos for row in rows], typ)
    avvikelse = difference(utfall, budget) if typ == INCOME else difference(budget, utfall)
    return Budgetrad(post, utfall, budget, avvikelse, prognos, anm)


def _sum(rows: Sequence[Ekonomirad], amounts: Sequence[Fraction | None], typ: str) -> Tal:
    """The sum of the amounts; none where one of them is not told."""
    terms = [
        amount if row.typ == typ else -amount
        for row, amount in zip(rows, amounts, strict=True)
        if amount is not None
    ]
    whole = len(terms) == len(rows)
    return Tal(
        sum(terms, Fraction()) if whole else None,
        "tkr",
        kind="värde" if whole else "saknas",
        period=rows[0].period if rows else None,
        källor=tuple((row.path, row.line) for row in rows),
        beräkning=sum_text(terms) if whole and terms[1:] else "",
    )
