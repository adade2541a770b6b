"""Whether there is anything to follow up yet: what begins after the report is not told of, nor what
is inherited before something is said of it."""

from __future__ import annotations

from typing import Any

from kvalitet import status
from kvalitet.indicators import members
from kvalitet.model.indicator import Indikator
from kvalitet.model.thing import Mål, Risk, Ting
from kvalitet.period import Period
from kvalitet.view.scene import Scene, things_done
from kvalitet.view.tables import indicator_table


def is_to_come(scene: Scene, thing: Any) -> bool:
    """Whether a thing begins after the report or is inherited, and neither words, states nor values
    tell of it or of what belongs to it before: there is nothing to follow up. Risks are always
    told, and inherited goals."""
    at = scene.at
    if not isinstance(thing, Ting) or isinstance(thing, Risk):
        return False
    is_inherited = scene.inherits(thing.id) and not isinstance(thing, Mål)
    if not (_begins_later(thing, at) or is_inherited):
        return False
    things = (thing, *things_done(scene.plan, thing))
    tables = (id for each in things for id in each.indikatorer)
    saying = ((plan, each.id) for plan in (scene.plan, *scene.parts) for each in things)
    is_said = any(status.has_said(plan, id, at) for plan, id in saying)
    return not is_said and not any(indicator_table(scene, id) for id in tables)


def _begins_later(thing: Ting, at: Period) -> bool:
    return thing.start is not None and thing.start.first > at.last


def has_begun(scene: Scene, indicator: Indikator) -> bool:
    """Whether there are rows of a period up to the report, or none at all: an indicator that
    only later ones bring in is not missed before."""
    ends = [
        key.period.last
        for plan in (scene.plan, *scene.parts)
        for each in members(plan, indicator.id)
        for key in plan.data.keys(each.id)
    ]
    return not ends or min(ends) <= scene.at.last
