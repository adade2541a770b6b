"""Scores as JSON and CSV, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from kvalitet.terminal.signs import as_json, harmless
from kvalitet.view.document import Legend
from kvalitet.view.score import Enhet, Grad, Nivå, Riskrad, Riskregister, Tally, Åtgärder

# Also after a separator: a spreadsheet set up for another country may begin a cell there.
_FORMULA = re.compile(r"(\A|[;,|\n])([^\S\n]*+)(?=[=+\-@＝＋－＠])")
_COLUMNS = (
    "plan", "period", "id", "nr", "namn",
    "nivå", "färg", "rang", "poäng", "sannolikhet", "allvarlighetsgrad",
    "ändring", "tidigare nivå", "tidigare poäng",
    "läge", "urval", "utan ruta", "åtgärder",
)  # fmt: skip
_LAST_COLUMNS = ("utan tidplan", "avslutade", "av enheter", "enheternas nivåer")


def scores_as_json(registers: Sequence[Riskregister]) -> str:
    """The registers, numbers as numbers; null where something is not known."""
    return as_json({"version": 1, "plans": [_plan(register) for register in registers]})


def scores_as_csv(registers: Sequence[Riskregister]) -> str:
    """One row a risk, with semicolons. After the fixed columns the number of measures by each step
    of `tidplan` that the plans have, of those without, of those that have ended, and of those that
    only units follow up; last the level in each unit. A step that is called as a fixed column gets
    its scale before its name."""
    steps = dict.fromkeys(
        badge.namn
        for register in registers
        for risk in register.risker
        for badge, _ in risk.åtgärder.tidplan
    )
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([*_COLUMNS, *map(_heading, steps), *_LAST_COLUMNS])
    for register in registers:
        for risk in register.risker:
            measures = _of_measures(risk.åtgärder, steps)
            cells = (*_of_risk(register, risk), *measures, _of_units(risk))
            writer.writerow([_cell(cell) for cell in cells])
    return text.getvalue()


def _heading(step: str) -> str:
    is_taken = step in (*_COLUMNS, *_LAST_COLUMNS)
    return _cell(f"tidplan: {step}" if is_taken else step)


def _plan(register: Riskregister) -> dict[str, object]:
    return {
        "plan": register.plan,
        "namn": register.namn,
        "period": str(register.period),
        "tidigare_period": str(register.before),
        "urval": register.urval or None,
        "risker": [_risk(risk) for risk in register.risker],
        "skala": _scale(register.nivåer),
    }


def _risk(risk: Riskrad) -> dict[str, object]:
    return {
        "id": risk.id,
        "nr": risk.nr,
        "namn": risk.namn,
        "nivå": _level(risk.nivå),
        "sannolikhet": _grade(risk.sannolikhet),
        "allvarlighetsgrad": _grade(risk.allvarlighetsgrad),
        "ändring": risk.ändring or None,
        "tidigare_nivå": _level(risk.tidigare),
        "läge": risk.läge.namn if risk.läge else None,
        "i_urval": risk.i_urval,
        "utan_ruta": risk.utan_ruta or None,
        "åtgärder": _measures(risk.åtgärder),
        "enheter": [_unit(unit) for unit in risk.enheter],
    }


def _unit(unit: Enhet) -> dict[str, object]:
    return {
        "plan": unit.plan,
        "namn": unit.namn,
        "nivå": _level(unit.nivå),
        "ändring": unit.ändring or None,
        "tidigare_nivå": _level(unit.tidigare),
        "läge": unit.läge.namn if unit.läge else None,
        "åtgärder": _measures(unit.åtgärder),
    }


def _measures(measures: Åtgärder) -> dict[str, object]:
    return {
        "antal": measures.antal,
        "tidplan": _tally(measures.tidplan),
        "utan_tidplan": measures.utan_tidplan,
        "av_enheter": measures.av_enheter,
        "avslutade": _tally(measures.avslutade),
    }


def _level(level: Nivå | None) -> dict[str, object] | None:
    if level is None:
        return None
    färg = level.steg.färg or None
    return {"namn": level.steg.namn, "färg": färg, "rang": level.rang, "poäng": level.poäng}


def _grade(grade: Grad | None) -> dict[str, object] | None:
    return {"namn": grade.namn, "rang": grade.rang} if grade else None


def _tally(tally: Tally) -> dict[str, int]:
    return {badge.namn: number for badge, number in tally}


def _scale(legend: Legend) -> list[dict[str, object]]:
    return [
        {
            "namn": badge.namn,
            "färg": badge.färg or None,
            "symbol": badge.symbol or None,
            "rang": rank,
            "betyder": meaning,
        }
        for rank, (badge, meaning) in enumerate(legend.entries, 1)
    ]


def _of_risk(register: Riskregister, risk: Riskrad) -> tuple[object, ...]:
    """The cells of the fixed columns."""
    level, earlier = risk.nivå, risk.tidigare
    return (
        register.plan,
        register.period,
        risk.id,
        risk.nr,
        risk.namn,
        level and level.steg.namn,
        level and level.steg.färg,
        level and level.rang,
        level and level.poäng,
        risk.sannolikhet and risk.sannolikhet.rang,
        risk.allvarlighetsgrad and risk.allvarlighetsgrad.rang,
        risk.ändring,
        earlier and earlier.steg.namn,
        earlier and earlier.poäng,
        risk.läge and risk.läge.namn,
        "ja" if risk.i_urval else "nej",
        risk.utan_ruta,
        risk.åtgärder.antal,
    )


def _of_measures(measures: Åtgärder, steps: dict[str, None]) -> tuple[object, ...]:
    tally = _tally(measures.tidplan)
    ended = sum(number for _, number in measures.avslutade)
    counted = (tally.get(step, 0) for step in steps)
    return *counted, measures.utan_tidplan, ended, measures.av_enheter


def _of_units(risk: Riskrad) -> str:
    """The units that judge a risk, each with its level: Enhet norr: gul, Enhet söder: röd."""
    return ", ".join(f"{unit.namn}: {unit.nivå.steg.namn}" for unit in risk.enheter if unit.nivå)


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text or a number, never for a formula: an apostrophe
    makes text of what would be one."""
    if isinstance(value, int):
        return str(value)
    return "" if value is None else _FORMULA.sub(r"\1\2'", harmless(str(value)))
