"""Steps of scales as badges, and the legends that tell what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import product
from typing import TypeAlias

from kvalitet import scales
from kvalitet.figure import exact_text
from kvalitet.model.plan import Plan
from kvalitet.model.scale import AXES, Steg, built_in
from kvalitet.svenska import NO_BREAK_SPACE, some
from kvalitet.view.document import Badge, Legend, Table
from kvalitet.view.scene import capital

_SYMBOLS = {"grön": "●", "gul": "◆", "orange": "▲", "röd": "■", "blå": "▼", "grå": "○"}
COLOURS = frozenset(_SYMBOLS)
"""What a step may be coloured by."""
_TITLES = {"nivå": "Risknivåer", "läge": "Läge", "tidplan": "Tidplan"}
_BUILT_IN = built_in()

_Entries: TypeAlias = tuple[tuple[Badge, str], ...]


def badge(plan: Plan, skala: str, steg: str, day: date) -> Badge:
    """A step by its name, as its scale was that day."""
    step = scales.step(plan.skalor[skala], steg, day)
    return badge_of(skala, step) if step else Badge(steg)


def badge_of(skala: str, step: Steg) -> Badge:
    """A step. Colour and symbol that the plan does not give are those of the built-in step that it
    stands for; a colour never stands without a symbol."""
    model = step
    if skala in _BUILT_IN:
        model = scales.step(_BUILT_IN[skala], step.som or step.namn, date.min) or step
    färg = step.färg or model.färg or ""
    return Badge(step.namn, step.symbol or model.symbol or _SYMBOLS.get(färg, ""), färg)


def legend(plan: Plan, skala: str, day: date) -> Legend:
    """The steps of a scale that day: of computed ones where they begin; and what they mean."""
    begins = _begins(plan, skala, day)
    entries = []
    for step in scales.steps(plan.skalor[skala], day):
        meaning = (begins.get(step.namn), step.beskrivning.rstrip("."))
        entries.append((badge_of(skala, step), ". ".join(filter(None, meaning))))
    return Legend(_TITLES.get(skala, capital(skala)), tuple(entries))


def legends(plan: Plan, table: Table, day: date) -> Iterator[Legend]:
    """The legend of every scale of which a table shows a step. Where steps have colours or begin
    at a number it is whole, else it has only the steps shown; words alone need none."""
    shown = _badges_in(table)
    for skala in sorted(plan.skalor, key=lambda skala: skala != "nivå"):
        whole = legend(plan, skala, day)
        used = [entry for entry in whole.entries if entry[0] in shown]
        if any(badge.symbol or meaning for badge, meaning in used):
            is_whole = any(badge.färg or meaning for badge, meaning in whole.entries)
            yield whole if is_whole else Legend(whole.title, tuple(used))
        yield from legends_of_parts(plan, skala, shown, day)


def legends_of_parts(
    plan: Plan, skala: str, shown: Collection[Badge], day: date
) -> Iterator[Legend]:
    """The legends of the parts that judge on a scale of their own, where a step of it is shown:
    such a step says something else than that of the plan, and is not to be compared with it."""
    names: dict[_Entries, list[str]] = {}
    for part in plan.below():
        if entries := _own_steps(plan, part, skala, shown, day):
            names.setdefault(entries, []).append(part.name)
    for entries, parts in names.items():
        title = _TITLES.get(skala, capital(skala))
        yield Legend(f"{title} i {some(parts)}, som inte kan jämföras med andras", entries)


def own_scales(plan: Plan, part: Plan, statement: object, day: date) -> tuple[_Entries, ...]:
    """The steps of the scales of a part's own of which a statement may show one: such statements
    say the same only where the scales do too."""
    shown = frozenset(_badges_of(statement))
    told = (_own_steps(plan, part, skala, shown, day) for skala in plan.skalor if shown)
    return tuple(filter(None, told))


def _own_steps(plan: Plan, part: Plan, skala: str, shown: Collection[Badge], day: date) -> _Entries:
    """The steps of a scale that a part judges on otherwise than the plan, where one is shown."""
    if scales.judge_alike(skala, plan.skalor, part.skalor, day):
        return ()
    entries = legend(part, skala, day).entries
    return entries if any(badge in shown for badge, _ in entries) else ()


def _badges_of(statement: object) -> Iterator[Badge]:
    if isinstance(statement, Badge):
        yield statement
    elif isinstance(statement, tuple):
        for piece in statement:
            yield from _badges_of(piece)


def _badges_in(table: Table) -> Collection[Badge]:
    cells = (cell for body in table.bodies for row in body.rows for cell in row.cells if cell)
    lines = [line for cell in cells for line in cell.lines]
    lines += [*table.notes, *(line for body in table.bodies for line in body.headings)]
    shown = {part for line in lines for part in line if isinstance(part, Badge)}
    return shown | {column.badge for column in table.columns if column.badge}


def _begins(plan: Plan, skala: str, day: date) -> dict[str, str]:
    if skala == "nivå":
        return _scores(plan, day)
    steps = scales.steps(plan.skalor[skala], day)
    return {
        step.namn: f"från {exact_text(step.från)}{NO_BREAK_SPACE}%"
        for step in steps
        if skala == "uppfyllelse" and step.från is not None
    }


def _scores(plan: Plan, day: date) -> dict[str, str]:
    """The lowest and highest of the possible scores at each level, where levels are by score."""
    likelihoods, severities = (len(scales.steps(plan.skalor[axis], day)) for axis in AXES)
    held: dict[str, list[int]] = {}
    for likelihood, severity in product(range(1, likelihoods + 1), range(1, severities + 1)):
        step = scales.from_score(plan.skalor["nivå"], likelihood * severity, day)
        if step:
            held.setdefault(step.namn, []).append(likelihood * severity)
    return {name: _span(min(scores), max(scores)) for name, scores in held.items()}


def _span(lowest: int, highest: int) -> str:
    return f"poäng {lowest}–{highest}" if lowest < highest else f"poäng {lowest}"
