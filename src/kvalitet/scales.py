"""From scores to steps: which version of a scale holds, ranks, cells, levels and their change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kvalitet.model.scale import AXES, BY_SCORE, FOR_RISKS_ONLY, STANDS_FOR, Skala, Steg
from kvalitet.period import Period
from kvalitet.svenska import join

_COMPARED_BY_NAME = (*STANDS_FOR, "kön", "lagrum", "serie")
_CELL = re.compile(r"([1-9])x([1-9])\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a list of steps, where in it by number and key, and what to do."""

    route: tuple[str | int, ...]
    message: str
    hint: str


def steps(scale: Skala, day: date) -> tuple[Steg, ...]:
    """The steps valid on a day: a dated version holds from its first day until the next begins;
    the first also before (example README, rule 6)."""
    if len(scale.versioner) == 1:
        return next(iter(scale.versioner.values()))
    versions = sorted(scale.versioner.items(), key=lambda item: item[0].first if item[0] else day)
    valid = versions[0][1] if versions else ()
    for period, version in versions[1:]:
        if period and period.first <= day:
            valid = version
    return valid


def step(scale: Skala, name: str, day: date) -> Steg | None:
    """The step of that name, or None where the scale has no such step that day."""
    return next((step for step in steps(scale, day) if step.namn == name), None)


def told_of(scale: Skala, name: str, day: date) -> str:
    """When a step is valid that is not so on a day, after what is told of it: ": det gäller från
    2026-T2"; "" where no version has it."""
    dated = [(period, steps) for period, steps in scale.versioner.items() if period]
    dated.sort(key=lambda version: version[0].first)
    having = [n for n, (_, steps) in enumerate(dated) if any(one.namn == name for one in steps)]
    if not having:
        return ""
    later = [dated[number][0] for number in having if dated[number][0].first > day]
    if later:
        return f": det gäller från {later[0]}"
    return f": det gällde före {dated[having[-1] + 1][0]}"


def rank(scale: Skala, name: str, day: date) -> int:
    """The place of a step on its scale, from 1; 0 where it has none."""
    numbered = enumerate(steps(scale, day), 1)
    return next((number for number, step in numbered if step.namn == name), 0)


def from_score(scale: Skala, score: Fraction | int, day: date) -> Steg | None:
    """The step whose `från` is the highest not above the score; the lowest covers all below."""
    begun = [step for step in steps(scale, day) if step.från is not None]
    if not begun:
        return None
    reached = [step for step in begun if step.från is not None and step.från <= score]
    return reached[-1] if reached else begun[0]


def from_cell(scale: Skala, likelihood: int, severity: int, day: date) -> Steg | None:
    """The step that lists the cell `AxB` among its `rutor`."""
    cell = f"{likelihood}x{severity}"
    return next((step for step in steps(scale, day) if cell in step.rutor), None)


def computes(scale: Skala, day: date) -> bool:
    """Whether the steps valid on a day are computed, not judged."""
    return any(step.från is not None or step.rutor for step in steps(scale, day))


def is_for_risks(name: str, step: Steg) -> bool:
    """Whether a step of the scale of that name can only be said about a risk (design 3.5)."""
    return name == "läge" and (step.som or step.namn) in FOR_RISKS_ONLY


def is_product(scale: Skala, day: date) -> bool:
    """Whether the steps valid on a day begin at a score: the product of the ranks of both axes."""
    return any(step.från is not None for step in steps(scale, day))


def has_cells(scale: Skala, day: date) -> bool:
    """Whether the steps valid on a day are told by `rutor`."""
    return any(step.rutor for step in steps(scale, day))


def cell_scales(skalor: Mapping[str, Skala]) -> list[str]:
    """The scales besides `nivå` that are told by `rutor` in any of their versions: there is to be
    one at most (example README, rule 5)."""
    return [
        name
        for name, scale in skalor.items()
        if name != "nivå" and any(s.rutor for steps in scale.versioner.values() for s in steps)
    ]


def cell_scale(skalor: Mapping[str, Skala]) -> str | None:
    """The one scale besides `nivå` that is told by `rutor`, or None (example README, rule 5)."""
    return next(iter(cell_scales(skalor)), None)


def computed_level(scale: Skala, likelihood: int, severity: int, day: date) -> Steg | None:
    """The step for the ranks of both axes: by its cell where the steps valid on the day have
    cells, else by product."""
    if has_cells(scale, day):
        return from_cell(scale, likelihood, severity, day)
    return from_score(scale, likelihood * severity, day)


def are_alike(name: str, one: Skala, other: Skala, day: date) -> bool:
    """Whether what is judged on two scales of that name can be compared on a day: they have the
    same steps in the same order, which begin alike. Steps that stand for built-in ones always can,
    and those of figures are told by their names."""
    if one is other or name in _COMPARED_BY_NAME:
        return True
    return _told(one, day) == _told(other, day)


def judge_alike(name: str, one: Mapping[str, Skala], other: Mapping[str, Skala], day: date) -> bool:
    """Whether a step of the scale of that name means the same among the scales of two plans: of a
    level that is computed, also what it is computed from. Where levels are said, what other steps
    the axes have does not matter."""
    is_level = computes(one[name], day) and name != "uppfyllelse"
    names = (*AXES, name) if is_level else (name,)
    return all(are_alike(each, one[each], other[each], day) for each in names)


def _told(scale: Skala, day: date) -> list[tuple[object, ...]]:
    return [(step.namn, step.från, frozenset(step.rutor)) for step in steps(scale, day)]


def begins(scale: Skala) -> frozenset[date]:
    """The days on which its versions begin, the first possible one of a version that always
    holds."""
    return frozenset(period.first if period else date.min for period in scale.versioner)


def holds_from(versions: dict[Period | None, str], day: date) -> str:
    """The value of a dated `beskrivning` on a day; "" where there is none (rule 6)."""
    dated = sorted((period.first, text) for period, text in versions.items() if period)
    if not dated:
        return versions.get(None, "")
    begun = [text for first, text in dated if first <= day]
    return begun[-1] if begun else dated[0][1]


def faults(
    name: str, skalor: Mapping[str, Skala], listed: tuple[Steg, ...], day: date
) -> Iterator[Fault]:
    """What keeps the steps of a version of a scale from being used."""
    names: set[str] = set()
    for number, step in enumerate(listed):
        if step.namn in names:
            hint = "Ta bort det ena, eller ge det ett annat namn."
            yield Fault((number, "namn"), f'"{step.namn}" finns redan', hint)
        names.add(step.namn)
    begins = [number for number, step in enumerate(listed) if step.från is not None]
    listing = [number for number, step in enumerate(listed) if step.rutor]
    if begins and listing:
        hint = "Räkna stegen på ett av sätten, och ta bort det andra."
        odd = (begins[0], "från") if len(begins) < len(listing) else (listing[0], "rutor")
        yield Fault(odd, "den har både från och rutor", hint)
        return
    if begins and name not in BY_SCORE:
        message = f"från räknas bara på {join(BY_SCORE)}"
        yield Fault((begins[0], "från"), message, "Ta bort från på alla steg.")
    yield from _partly(listed, "från", begins)
    yield from _partly(listed, "rutor", listing)
    for number, (low, high) in enumerate(pairwise(listed), 1):
        if low.från is not None and high.från is not None and low.från >= high.från:
            hint = "Skriv stegen med det lägsta först."
            yield Fault((number, "från"), "från ska stiga för varje steg", hint)
    if listing:
        yield from _cell_faults(skalor, listed, day)


def _partly(listed: tuple[Steg, ...], key: str, having: list[int]) -> Iterator[Fault]:
    """A key that some steps have and others lack, where it is odd."""
    lacking = [number for number in range(len(listed)) if number not in having]
    if having and lacking:
        odd = (lacking[0],) if len(lacking) <= len(having) else (having[0], key)
        hint = f"Lägg till {key} där det saknas, eller ta bort det överallt."
        yield Fault(odd, f"alla steg ska ha {key}, eller inget", hint)


def _cell_faults(
    skalor: Mapping[str, Skala], listed: tuple[Steg, ...], day: date
) -> Iterator[Fault]:
    rows, columns = (len(steps(skalor[axis], day)) for axis in AXES)
    wanted = {f"{row}x{column}" for row in range(1, rows + 1) for column in range(1, columns + 1)}
    told: set[str] = set()
    for number, step in enumerate(listed):
        for place, cell in enumerate(step.rutor):
            route = (number, "rutor", place)
            if not _CELL.match(cell):
                hint = "Skriv sannolikhetens nummer, x och allvarlighetsgradens, som 1x4."
                yield Fault(route, f'"{cell}" är ingen ruta', hint)
            elif cell not in wanted:
                hint = f"Sannolikhet har {rows} steg och allvarlighetsgrad {columns}."
                yield Fault(route, f"rutan {cell} ligger utanför {rows}x{columns}", hint)
            elif cell in told:
                yield Fault(route, f"rutan {cell} finns redan", "Ta bort den ur det ena steget.")
            told.add(cell)
    missing = sorted(wanted - told)
    if missing:
        which = f"rutan {missing[0]}" if len(missing) == 1 else f"rutorna {join(missing)}"
        yield Fault((), f"{which} saknas", "Lägg till det som saknas i det steg där det hör hemma.")
