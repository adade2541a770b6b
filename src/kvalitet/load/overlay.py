"""A part laid over its whole, and a group over its members, by the keys that were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from kvalitet.model.indicator import Indikator
from kvalitet.model.text import Model, changed

T = TypeVar("T", bound=Model)

_OF_IDS = (
    "indikatorer", "egenkontroller", "åtgärder", "aktiviteter", "mål", "bidrar_till",
)  # fmt: skip
_BY_KEY = ("målvärden",)
_OF_THE_GROUP_ALONE = {"id", "nr", "namn", "beskrivning", "kod", "beräkning", "indikatorer"}


def over(whole: T, part: T, keys: Iterable[str]) -> T:
    """What the whole says, changed by the keys that the part says: lists of ids are joined,
    mappings joined by key, all else replaced (example README, rule 7), a definition too
    (decision 11)."""
    said = {key: _joined(key, getattr(whole, key), getattr(part, key)) for key in keys}
    return changed(whole, said)


def _joined(key: str, whole: Any, part: Any) -> Any:
    if key in _OF_IDS and isinstance(whole, tuple):
        known = frozenset(whole)
        return whole + tuple(id for id in part if id not in known)
    if key in _BY_KEY:
        return {**whole, **part}
    return part


def groups_over_members(
    things: Mapping[str, Model], said: Callable[[str], frozenset[str]]
) -> dict[str, Model]:
    """Every indicator with what its group says and it does not say itself, outermost group first
    (example README, rule 7). `said` gives the keys that are written about an id."""
    laid = dict(things)
    groups = [t for t in things.values() if isinstance(t, Indikator) and t.indikatorer]
    grouped = {id for group in groups for id in group.indikatorer}
    given = {group.id: said(group.id) - _OF_THE_GROUP_ALONE for group in groups}
    open_ = [group.id for group in groups if group.id not in grouped]
    seen: set[str] = set()
    while open_:
        id = open_.pop()
        group = laid.get(id)
        if id in seen or not isinstance(group, Indikator):
            continue
        seen.add(id)
        for member_id in group.indikatorer:
            member = laid.get(member_id)
            if isinstance(member, Indikator):
                wanted = given[id] - said(member_id)
                laid[member_id] = changed(member, {key: getattr(group, key) for key in wanted})
                if member_id in given:
                    given[member_id] |= wanted
                    open_.append(member_id)
    return laid
