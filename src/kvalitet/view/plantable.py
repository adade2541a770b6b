"""The plan table: goal, quality area, risk and level, measure and how it goes, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kvalitet.model.indicator import Indikator
from kvalitet.model.text import Model
from kvalitet.model.thing import Aktivitet, Egenkontroll, Kvalitetsområde, Mål, Risk, Ting, Åtgärd
from kvalitet.svenska import nr_key, sort_key
from kvalitet.view import standing
from kvalitet.view.badges import legend
from kvalitet.view.document import Block, Body, Cell, Column, Line, Row, Strong, Table
from kvalitet.view.scene import Scene, numbered
from kvalitet.view.standing import side_by_side

_COLUMNS = tuple(map(Column, ("Risk", "Risknivå", "Åtgärd", "Status", "Indikatorer")))
_KINDS: dict[type[Model], str] = {Aktivitet: "Aktivitet: ", Egenkontroll: "Egenkontroll: "}
_NOTHING: Line = ("–",)


def plan_table(scene: Scene) -> Iterator[Block]:
    """The risks of the report under their goals and quality areas, with the legends."""
    risks = sorted(scene.risks(), key=lambda risk: _place(scene, risk))
    bodies = tuple(_bodies(scene, risks))
    if bodies:
        caption = f"Planen med status, {scene.at.in_words()}"
        yield Table(caption, _COLUMNS, bodies)
        yield from (legend(scene.plan, skala, scene.at.last) for skala in ("nivå", "läge", "tidplan"))
