"""Values with more decimals than their indicator has, which print would round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan
from kvalitet.rules.figures.jumps import hundredfold, jumping
from kvalitet.rules.figures.recent import (
    Recent,
    has_rows,
    recent,
    says,
)
from kvalitet.rules.figures.rows import COUNTED, OUTCOME, SHARE, groups, in_row
from kvalitet.rules.figures.values import THOUSANDS, has_more, is_odd
from kvalitet.rules.figures.written import decimals
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Cell
from kvalitet.svenska import some

_MOST_SAID = 6


@rule("R404", "ids", concerns=has_rows)
def more_decimals(case: Case) -> Iterator[Finding]:
    """Values with more decimals than the indicator's `decimaler`, among values that have no more;
    and, where no decimals are said, of numbers of things, of shares that are mostly whole and of
    surveys: print would round them. Those of one table are one finding."""
    alike: defaultdict[tuple[str, str, int], list[tuple[Recent, Sequence[int]]]]
    alike = defaultdict(list)
    for each in recent(case):
        id, said = each.indicator.id, each.indicator.decimaler
        odd = _more(case, each) if each.most_decimals > said else ()
        told = jumping(case, each) if odd else ()
        untold = [number for number in odd if number not in told]
        if not untold or case.accepts("R404", id):
            continue
        for numbers in each.by_file(untold):
            table = groups(case.plan).get(id, id)
            alike[table, each.path(numbers[0]), said].append((each, numbers))
    for (table, _, said), rounded in alike.items():
        yield _rounded(case.plan, table, said, rounded)


def _more(case: Case, each: Recent) -> Sequence[int]:
    """The rows that have more decimals though most have not."""
    plan, indicator = case.plan, each.indicator
    is_said = says(plan, indicator.id, "decimaler")
    is_asked = is_said or indicator.svarsskala or indicator.måttenhet in (COUNTED, SHARE)
    if not is_asked:
        return ()
    more = (n for n in each.numbers if has_more(each.cell(n), indicator.decimaler))
    odd = [n for n in more if each.key(n).serie == OUTCOME]
    by_unit = "" if is_said or indicator.måttenhet == SHARE else "måttenhet"
    if not is_odd(plan, each, odd, by_unit):
        return ()
    return [n for n in odd if not _is_told_otherwise(each, each.cell(n))]


def _is_told_otherwise(each: Recent, cell: Cell) -> bool:
    """Whether another rule tells what is wrong: R403 of thousands, R415 of per cent."""
    is_count = each.indicator.måttenhet == COUNTED and not each.indicator.decimaler
    is_thousands = is_count and THOUSANDS.fullmatch(cell.text) is not None
    return is_thousands or (cell.text.endswith("%") and each.indicator.måttenhet != SHARE)


def _rounded(
    plan: Plan, table: str, said: int, rounded: Sequence[tuple[Recent, Sequence[int]]]
) -> Finding:
    ids = [each.indicator.id for each, _ in rounded]
    cells = [each.cell(number) for each, numbers in rounded for number in numbers]
    has = "inga decimaler" if not said else "1 decimal" if said == 1 else f"{said} decimaler"
    names = [in_row(plan, id) for id in ids]
    message = f"{some(names)} har {has}, men i data står {some([cell.text for cell in cells])}"
    needed = max(decimals(cell.värde) for cell in cells if cell.värde is not None)
    hint = f"Kontrollera värdet, eller skriv decimaler: {min(needed, _MOST_SAID)} i planen."
    first, numbers = rounded[0]
    meant = hundredfold(first, numbers[0])
    if meant is not None:
        hint = f"Menade du {exact_text(meant)}? {hint}"
    about = ids[0] if len(ids) == 1 else table
    return found("R404", first.place(numbers[0]), message, hint, about=about)
