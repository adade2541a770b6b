"""The risk register as text: a table and a matrix, or lists where the terminal is narrow."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kvalitet.terminal.matrix import matrix
from kvalitet.terminal.pieces import (
    fitting,
    grid,
    legend,
    lines,
    piece,
    print_trimmed,
    step,
    tally,
    words,
)
from kvalitet.terminal.signs import console_of
from kvalitet.view.score import (
    Grad,
    Nivå,
    Riskrad,
    Riskregister,
    Åtgärder,
    by_unit,
    measures_of_units,
)
from kvalitet.view.standing import NO_LEVEL

_NARROWEST_TABLE = 72
_GAP = 2
_ARROWS = {
    "höjd": "↑ höjd från",
    "sänkt": "↓ sänkt från",
    "oförändrad": "→ oförändrad",
    "": "förut",
}
_COLUMNS = ("Nr", "Risk", "Nivå, S × A", "Ändring", "Åtgärder")
_NAMES = 1
_NOTHING = "–"
_BY_UNITS = "se enheterna"


def print_scores(registers: Sequence[Riskregister]) -> None:
    """Each register: its risks, the matrix, what stands beside it, and what the signs mean."""
    console = console_of(sys.stdout)
    for number, register in enumerate(registers):
        if number:
            console.print("\n")
        for block in _blocks(register, console.width):
            print_trimmed(console, block)


def _blocks(register: Riskregister, width: int) -> Iterator[RenderableType]:
    room = width if width >= _NARROWEST_TABLE else 0
    now, then = register.period.in_words(), register.before.in_words()
    yield words(register.namn, "bold")
    yield words(f"plans/{register.plan}, {now}, jämfört med {then}")
    yield ""
    table = _table(register, room)
    yield table or _list(register)
    yield ""
    yield from matrix(register.matrix, room)
    yield ""
    if table:
        yield words("S × A är sannolikhet × allvarlighetsgrad.")
    yield from _explained(register)


def _table(register: Riskregister, room: int) -> Table | None:
    """A row for each risk; None where their names have no room for a whole word."""
    rows = [
        (
            words(risk.nr or _NOTHING),
            lines(words(risk.namn), *_remarks(risk)),
            lines(_level(risk.nivå, _no_level(risk)), words(_axes(risk))),
            lines(*_change(risk)),
            lines(*_measures(risk)),
        )
        for risk in register.risker
    ]
    headings = tuple(map(words, _COLUMNS))
    columns = list(zip(headings, *rows, strict=True))
    widths = fitting(columns, room - _GAP * (len(columns) - 1), wrapping={_NAMES})
    if widths is None:
        return None
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for heading, width in zip(headings, widths, strict=True):
        table.add_column(heading, width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _list(register: Riskregister) -> Table:
    """The same, a risk after the other, each fact on a line of its own."""
    rows: list[tuple[Text, Text]] = []
    for risk in register.risker:
        rows.append((words(risk.nr or _NOTHING, "bold"), words(risk.namn, "bold")))
        rows += ((words(""), fact) for fact in _facts(risk))
    return grid(rows)


def _facts(risk: Riskrad) -> Iterator[Text]:
    yield from _remarks(risk)
    likelihood, severity = risk.sannolikhet, risk.allvarlighetsgrad
    axes = f" ({_grade(likelihood)} × {_grade(severity)})" if likelihood and severity else ""
    yield Text.assemble(_level(risk.nivå, _no_level(risk)), words(axes))
    change = Text(" ").join(_change(risk))
    if change:
        yield Text.assemble(words("Ändring: "), change)
    yield Text.assemble(words("Åtgärder: "), Text(", ").join(_measures(risk)))


def _remarks(risk: Riskrad) -> Iterator[Text]:
    """What a reader should know of a risk before its level, and how the units judge it."""
    if risk.läge:
        yield step(risk.läge)
    if not risk.i_urval:
        yield words("utanför urvalet", "italic")
    for who, judged in by_unit(risk):
        yield Text.assemble(words(f"{who}: "), *map(piece, judged))


def _level(level: Nivå | None, nothing: str = NO_LEVEL) -> Text:
    if level is None:
        return words(nothing)
    return step(level.steg, "" if level.poäng is None else str(level.poäng))


def _no_level(risk: Riskrad) -> str:
    return _BY_UNITS if any(unit.nivå for unit in risk.enheter) else NO_LEVEL


def _axes(risk: Riskrad) -> str:
    likelihood, severity = risk.sannolikhet, risk.allvarlighetsgrad
    return f"{likelihood.rang} × {severity.rang}" if likelihood and severity else ""


def _grade(grade: Grad) -> str:
    return f"{grade.rang} {grade.namn}"


def _change(risk: Riskrad) -> Iterator[Text]:
    """The arrow with its word; then the level before, or if only the score is another, that."""
    now, then = risk.nivå, risk.tidigare
    if risk.ändring or then:
        yield words(_ARROWS[risk.ändring] if then else risk.ändring)
    if now and then and then.steg.namn != now.steg.namn:
        yield Text(_level(then).plain)
    elif now and then and then.poäng and then.poäng != now.poäng:
        yield words(f"(förut {then.poäng})")


def _measures(risk: Riskrad) -> Iterator[Text]:
    """Those that the plan follows up; then what its units say of those that only they do."""
    own = risk.åtgärder
    yield from _counted(own)
    if own.av_enheter:
        yield words("hos enheterna")
        yield from _counted(measures_of_units(risk))
    if not own.antal:
        yield words(_NOTHING)


def _counted(measures: Åtgärder) -> Iterator[Text]:
    """Stoplights by their symbols on one line; then in words what has none, and what has ended."""
    if measures.har_tidplan:
        lit = measures.tidplan
        between = " " if all(badge.symbol for badge, _ in lit) else "\n"
        yield Text(between).join(tally(*each) for each in lit)
    if measures.utan_tidplan:
        yield words(f"utan tidplan {measures.utan_tidplan}")
    for ended, number in measures.avslutade:
        yield words(f"{ended.namn} {number}")


def _explained(register: Riskregister) -> Iterator[RenderableType]:
    """What the columns and the signs in them mean, so far as they are used."""
    risks = register.risker
    in_units = (unit.ändring for risk in risks for unit in risk.enheter)
    if "ny" in (*(risk.ändring for risk in risks), *in_units):
        yield words(f"Ny: risken hade ingen angiven nivå i {register.before.in_words()}.")
    if not all(risk.i_urval for risk in risks):
        lowest = words(f"Utanför urvalet: nivån är lägre än {register.urval}, ")
        yield Text.assemble(lowest, words("och risken står inte i planens rapport."))
    yield from legend(register.nivåer, "Risknivåer")
    for apart in register.nivåer_i_enheter:
        yield from legend(apart, apart.title)
    if any(each.har_tidplan for risk in risks for each in (risk.åtgärder, measures_of_units(risk))):
        yield from legend(register.tidplan, "Åtgärder efter tidplan")
