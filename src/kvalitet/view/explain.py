"""An indicator explained: what it means, its targets, its rows with file and line, and how a
computed value comes about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kvalitet import indicators, svenska
from kvalitet.figure import Tal
from kvalitet.model.indicator import Beräkning, Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.text import Model
from kvalitet.period import Period
from kvalitet.series import Row as DataRow
from kvalitet.view.document import (
    Block,
    Body,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    Heading,
    Row,
    Table,
)

_OF_ROWS = (
    Column("Period"), Column("Serie"), Column("Uppdelning"), Column("Värde", numeric=True),
    Column("Gäller från"), Column("Anmärkning"), Column("Står i"),
)  # fmt: skip
_OF_COMPUTED = (
    Column("Period"), Column("Värde", numeric=True), Column("Räknas så"), Column("Rader"),
)  # fmt: skip
_OF_UNITS = (
    Column("Period"), Column("Verksamhet"), Column("Värde", numeric=True), Column("Rader"),
)  # fmt: skip
_MANY_FIGURES = re.compile("[1-9][0-9]{5,9}")


def document(plan: Plan, id: str, at: Period | None) -> Document:
    """What stands behind the figures of one indicator, as known at a report (None: all)."""
    indicator = plan.get(Indikator, id)
    assert indicator is not None
    blocks: list[Block] = [Facts(tuple(_facts(plan, indicator)))]
    if plan.data.rows(id):
        blocks += [Heading(2, "Rader", "rader"), _rows(plan, id, at)]
    if indicator.beräkning is not None:
        blocks += [Heading(2, "Beräknade värden", "beraknade"), _computed(plan, id, at)]
    made = _by_units(plan, id, at)
    if made:
        table = Table("Summor över enheterna", _OF_UNITS, (Body(made),))
        blocks += [Heading(2, "Summor över enheterna", "enheter"), table]
    known = f", känt i {at.in_words()}" if at else ""
    return Document(indicator.namn, f"{plan.huvud.namn}{known}", (), tuple(blocks), ())


def _facts(plan: Plan, indicator: Indikator) -> Iterator[Fact]:
    yield _fact("Id", f"{plan.mapp}/{indicator.id}")
    yield _fact("Beskriven i", plan.definitions[indicator.id][0].place.path)
    for period, text in indicator.beskrivning.items():
        yield _fact(f"Definition från {period}" if period else "Definition", text)
    yield _fact("Måttenhet", indicator.måttenhet)
    yield _fact("Typ", indicator.typ)
    yield _fact("Riktning", indicator.riktning)
    if indicator.frekvens:
        yield _fact("Frekvens", indicator.frekvens)
    for whose, targets in indicator.målvärden.items():
        lines = [f"{target.text}, {period}" if period else target.text
                 for period, target in targets.items()]  # fmt: skip
        yield _fact(f"Mål, {whose}", "; ".join(lines))
    if indicator.ingångsvärde:
        yield _fact("Ingångsvärde", f"värdet för {indicator.ingångsvärde.in_words()}")
    if indicator.beräkning is not None:
        yield _fact("Beräkning", _formula(plan, indicator, indicator.beräkning))
    if indicator.indikatorer:
        members = (_named(plan, member) for member in indicator.indikatorer)
        yield _fact("Tabell med", "; ".join(members))
    for label, text in (("Källa", indicator.källa), ("Kod", indicator.kod)):
        if text:
            yield _fact(label, text)


def _formula(plan: Plan, indicator: Indikator, how: Beräkning) -> str:
    if how.summa:
        return " + ".join(_named(plan, part) for part in how.summa)
    above, below = (_named(plan, part) for part in how.parts)
    times = "" if indicator.per == 1 else f" · {svenska.format_number(indicator.per)}"
    return f"{above} / {below}{times}"


def _named(plan: Plan, id: str) -> str:
    thing: Model | None = plan.things.get(id)
    return f"{getattr(thing, 'namn', '') or id} ({id})"


def _rows(plan: Plan, id: str, at: Period | None) -> Table:
    rows = [row for row in plan.data.rows(id) if indicators.is_known(row, at)]
    rows.sort(key=lambda row: (row.key.period, row.key.serie, row.key.uppdelning))
    return Table("Rader i data", _OF_ROWS, (Body(tuple(_row(row) for row in rows)),))


def _row(row: DataRow) -> Row:
    key = row.key
    division = svenska.join([f"{scale}: {step}" for scale, step in key.uppdelning])
    from_ = str(key.gäller_från or "")
    texts = (str(key.period), key.serie, division, _value(row.cell.text), from_, row.cell.anm)
    return Row(tuple(_cell(text) for text in (*texts, f"{row.path}:{row.line}")))


def _value(text: str) -> str:
    """What stands in the cell; a large number as reports print it, which none takes for a personal
    number. Twelve figures may be one."""
    return svenska.format_number(int(text)) if _MANY_FIGURES.fullmatch(text) else text


def _computed(plan: Plan, id: str, at: Period | None) -> Table:
    periods = indicators.periods(plan, id, known_at=at)
    rows = tuple(_computed_row(plan, id, period, at) for period in periods)
    return Table("Beräknade värden", _OF_COMPUTED, (Body(rows),))


def _computed_row(plan: Plan, id: str, period: Period, at: Period | None) -> Row:
    tal = indicators.value(plan, id, period, known_at=at)
    figure = Figure(tal)
    texts = (_cell(str(period)), Cell(((figure,),)), _cell(tal.beräkning))
    return Row((*texts, _cell(", ".join(figure.källor))))


def _by_units(plan: Plan, id: str, at: Period | None) -> tuple[Row, ...]:
    """Each total followed by the units that it is made of; where there is none too, so that it is
    seen which unit lacks."""
    rows: list[Row] = []
    for period in indicators.tried_periods(plan, id, known_at=at) if plan.parts else ():
        total = indicators.explain(plan, id, period, known_at=at)
        if total.units:
            rows.append(_of_unit(period, plan, total.tal, ""))
        for unit in total.units:
            figure = Figure(unit.step.tal)
            rows.append(_of_unit(period, unit.plan, unit.step.tal, ", ".join(figure.källor)))
    return tuple(rows)


def _of_unit(period: Period, plan: Plan, tal: Tal, rows: str) -> Row:
    figure = Cell(((Figure(tal, "with_count"),),))
    return Row((_cell(str(period)), _cell(plan.name), figure, _cell(rows)))


def _cell(text: str) -> Cell:
    return Cell(((text,),))


def _fact(label: str, text: str) -> Fact:
    return Fact(label, ((text,),))
