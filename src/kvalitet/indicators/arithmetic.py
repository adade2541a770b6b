"""Rows and parts made into one exact value: sums, quotients, marks passed on, small ones hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain

from kvalitet.figure import Kind, Tal, exact_text, sum_text
from kvalitet.model.indicator import Indikator
from kvalitet.period import Period
from kvalitet.series import Cell, Row

SHARE = "procent"
_NOT_COUNTED = (SHARE, "tkr", "medelvärde", "index")
NOT_APPLICABLE = "e.t."
_PROTECTED = "x"
_PER_CENT = 100
_REMARKS = "; "
_MOST_BITS = 4096
"""No figure is longer; a chain of quotients that squares itself would grow without end."""


def of_rows(indicator: Indikator, rows: Sequence[Row], period: Period) -> Tal:
    """The sum of the rows that a period takes, mostly one. A share of nothing is not applicable."""
    alone = rows[0] if len(rows) == 1 else None
    make = partial(
        Tal,
        måttenhet=indicator.måttenhet,
        decimaler=indicator.decimaler,
        period=alone.key.period if alone else period,
        källor=tuple((row.path, row.line) for row in rows),
        anm=_REMARKS.join(dict.fromkeys(row.cell.anm for row in rows if row.cell.anm)),
    )
    mark = _first_mark(row.cell for row in rows)
    if mark:
        return make(None, kind="skyddad") if mark == _PROTECTED else _gap(make, mark)
    if alone:
        return _of_cell(indicator, make, alone.cell)
    return _total(indicator, make, [row.cell.värde for row in rows])


def of_parts(indicator: Indikator, parts: Sequence[Tal], period: Period) -> Tal:
    """What a computed indicator is, given its parts. A gap in one of them is its own gap: protected
    before a mark, a mark before a part of which nothing is said."""
    make = _from(indicator, parts, period)
    make.keywords["anm"] = _REMARKS.join(dict.fromkeys(chain.from_iterable(map(_remarks, parts))))
    gaps = [part for part in parts if part.värde is None]
    if gaps:
        return _passed_on(make, gaps)
    if indicator.beräkning and indicator.beräkning.summa:
        return _total(indicator, make, [part.värde for part in parts])
    return _quotient(indicator, make, *parts)


def of_units(indicator: Indikator, units: Sequence[Tal], period: Period) -> Tal:
    """The total of the units that a plan is the whole of: a sum, or of shares that of their counts.
    One for which it is not applicable does not hinder it; any other gap is the total's own."""
    counted = [unit for unit in units if unit.märke != NOT_APPLICABLE]
    make = _from(indicator, counted, period)
    gaps = [unit for unit in counted if not can_be_added(indicator, unit)]
    if gaps:
        return _passed_on(make, gaps)
    if not counted:
        return _gap(make, NOT_APPLICABLE)
    if indicator.måttenhet != SHARE:
        return _total(indicator, make, [unit.värde for unit in counted])
    antal = sum((unit.antal for unit in counted if unit.antal is not None), Fraction())
    av = sum((unit.av for unit in counted if unit.av is not None), Fraction())
    tal = make(_PER_CENT * antal / av, antal=antal, av=av)
    return _unless_small(indicator, tal, _counts(tal))


def can_be_added(indicator: Indikator, unit: Tal) -> bool:
    """Whether a total may take in the value of a unit, or leave it out as not applicable: a share
    is only known with its n."""
    if unit.värde is None:
        return unit.märke == NOT_APPLICABLE
    return indicator.måttenhet != SHARE or bool(unit.av)


def untold(indicator: Indikator, gaps: Sequence[Tal], period: Period) -> Tal:
    """The indicator where it cannot be told for the sake of these values of units."""
    return _passed_on(_from(indicator, gaps, period), gaps)


def _from(indicator: Indikator, parts: Sequence[Tal], period: Period) -> partial[Tal]:
    """What is made of some values: of their period, if it is one and the same."""
    periods = {part.period for part in parts}
    return partial(
        Tal,
        måttenhet=indicator.måttenhet,
        decimaler=indicator.decimaler,
        period=periods.pop() if len(periods) == 1 else period,
        källor=tuple(dict.fromkeys(source for part in parts for source in part.källor)),
    )


def _passed_on(make: partial[Tal], gaps: Sequence[Tal]) -> Tal:
    """The gap that weighs most; a value that cannot be added is as if nothing was said."""
    first = min(gaps, key=_weight_of_gap)
    return make(None, kind=first.kind if first.värde is None else "saknas", märke=first.märke)


def _remarks(part: Tal) -> Iterable[str]:
    """Each of them: of sums of sums, the same would else be told twice as often at each step."""
    return part.anm.split(_REMARKS) if part.anm else ()


def without(indicator: Indikator, kind: Kind) -> Tal:
    """The indicator where no row tells anything."""
    return Tal(None, indicator.måttenhet, indicator.decimaler, kind=kind)


def _first_mark(cells: Iterable[Cell]) -> str:
    marks = [cell.märke or NOT_APPLICABLE for cell in cells if cell.värde is None]
    return _PROTECTED if _PROTECTED in marks else next(iter(marks), "")


def _weight_of_gap(tal: Tal) -> tuple[bool, bool]:
    return (tal.kind != "skyddad", not tal.märke)


def _gap(make: partial[Tal], mark: str = "") -> Tal:
    return make(None, kind="saknas", märke=mark)


def _of_cell(indicator: Indikator, make: partial[Tal], cell: Cell) -> Tal:
    n = (cell.antal, cell.av) if indicator.måttenhet == "procent" else (None, None)
    tal = make(cell.värde, antal=n[0], av=n[1])
    return _unless_small(indicator, tal, _counts(tal, cell.antal_svar))


def _total(indicator: Indikator, make: partial[Tal], terms: Iterable[Fraction | None]) -> Tal:
    known = [term for term in terms if term is not None]
    tal = make(sum(known, Fraction()), beräkning=sum_text(known))
    return _unless_small(indicator, tal, _counts(tal))


def _quotient(indicator: Indikator, make: partial[Tal], above: Tal, below: Tal) -> Tal:
    assert above.värde is not None
    assert below.värde is not None
    if not below.värde:
        return _gap(make, NOT_APPLICABLE)
    värde = above.värde / below.värde * indicator.per
    if max(värde.numerator.bit_length(), värde.denominator.bit_length()) > _MOST_BITS:
        return _gap(make)
    times = f" · {exact_text(indicator.per)}" if indicator.per != 1 else ""
    beräkning = f"{exact_text(above.värde)} / {exact_text(below.värde)}{times}"
    tal = make(värde, beräkning=beräkning)
    if above.måttenhet in _NOT_COUNTED or below.måttenhet in _NOT_COUNTED:
        return tal
    if indicator.måttenhet == "procent" and indicator.per == _PER_CENT:
        tal = replace(tal, antal=above.värde, av=below.värde)
        return _unless_small(indicator, tal, _counts(tal))
    return _unless_small(indicator, tal, [above.värde, below.värde])


def _counts(tal: Tal, answers: int | None = None) -> Iterator[Fraction]:
    """The numbers of people or cases that a value tells: itself, or both sides of a share; and the
    n behind it."""
    if answers is not None:
        yield Fraction(answers)
    if tal.antal is not None and tal.av is not None:
        yield from (tal.antal, tal.av - tal.antal)
    elif tal.värde is None:
        return
    elif tal.måttenhet == "procent" and answers is not None:
        side = Fraction(round(tal.värde * answers / _PER_CENT))
        yield from (side, answers - side)
    elif tal.måttenhet not in _NOT_COUNTED:
        yield tal.värde


def _unless_small(indicator: Indikator, tal: Tal, counts: Iterable[Fraction]) -> Tal:
    """The value, or none of it where it tells a count below `minsta_antal`; 0 is no such count."""
    least = indicator.minsta_antal
    if least and any(0 < count < least for count in counts):
        return replace(tal, värde=None, kind="skyddad", antal=None, av=None, beräkning="")
    return tal
