"""A part laid over its whole, and a group over its members, by the keys that were written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from kvalitet.model.indicator import Indikator
from kvalitet.model.text import Model

T = TypeVar("T", bound=Model)

_OF_IDS = (
    "indikatorer", "egenkontroller", "åtgärder", "aktiviteter", "mål", "bidrar_till",
)  # fmt: skip
_BY_KEY = ("målvärden",)
_OF_THE_GROUP_ALONE = {"id", "nr", "namn", "beskrivning", "kod", "beräkning", "indikatorer"}


def over(whole: T, part: T) -> T:
    """What the whole says, changed by what the part says: lists of ids are joined, mappings
    joined by key, all else replaced (example README, rule 7)."""
    said = {key: _joined(key, getattr(whole, key), getattr(part, key)) for key in _set(part)}
    return whole.model_copy(update=said)


def _joined(key: str, whole: Any, part: Any) -> Any:
    if key in _OF_IDS and isinstance(whole, tuple):
        return whole + tuple(id for id in part if id not in whole)
    if key in _BY_KEY:
        return {**whole, **part}
    return part


def groups_over_members(things: Mapping[str, Model]) -> dict[str, Model]:
    """Every indicator with what its group says and it does not say itself, outermost group first
    (example README, rule 7)."""
    laid = dict(things)
    groups = [t for t in things.values() if isinstance(t, Indikator) and t.indikatorer]
    grouped = {id for group in groups for id in group.indikatorer}
    open_ = [group.id for group in groups if group.id not in grouped]
    seen: set[str] = set()
    while open_:
        id = open_.pop()
        group = laid.get(id)
        if id in seen or not isinstance(group, Indikator):
            continue
        seen.add(id)
        given = _set(group) - _OF_THE_GROUP_ALONE
        for member_id in group.indikatorer:
            member = laid.get(member_id)
            if isinstance(member, Indikator):
                wanted = given - _set(member)
                update = {key: getattr(group, key) for key in wanted}
                laid[member_id] = member.model_copy(update=update) if update else member
                open_.append(member_id)
    return laid


def _set(model: Model) -> set[str]:
    return model.model_fields_set - {"id"}
