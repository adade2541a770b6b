"""The goal tree: the order of its levels, and goals that contribute to what they are part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kvalitet.findings import Finding, found
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Mål
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.rings import in_a_ring, rings
from kvalitet.rules.work.duties import name


def _is_tree(case: Case) -> bool:
    return bool(_above(case.plan))


@rule("R365", "ids", concerns=_is_tree)
def levels_in_two_orders(case: Case) -> Iterator[Finding]:
    """Two levels (`typ`) that each stand above the other: told where they do so less often, or
    later. Not a level that recurs below itself, as where goals and tasks take turns. (`typ` is all
    that tells a reader at which level a goal is, example README.)"""
    plan, orders = case.plan, _orders(case.plan)
    recurring = {upper for upper, lower in orders if upper == lower}
    told: set[tuple[str, str]] = set()
    for pair in orders:
        turned = pair[::-1]
        if turned not in orders or turned in told or recurring.intersection(pair):
            continue
        told.add(pair)
        odd, usual = sorted((turned, pair), key=lambda each: len(orders[each]))
        own, other = (
            next(filter(plan.own.__contains__, orders[each]), None) for each in (odd, usual)
        )
        if own:
            example = other or orders[usual][0]
            message = (
                f'"{name(plan, own)}" ({odd[1]}) står under {odd[0]}, '
                f'men "{name(plan, example)}" ({usual[1]}) under {usual[0]}'
            )
            hint = "Kontrollera målens typ, och vilket mål som står under vilket."
            yield found(
                "R365", plan.place(own), message, hint, plan.place(other) if other else None
            )


@rule("R366", "ids", concerns=_is_tree)
def contributes_to_what_holds_it(case: Case) -> Iterator[Finding]:
    """A goal that is said to contribute to a goal that it stands under: the tree tells that, and
    `bidrar_till` is for other branches. (What goes the other way is a ring, R225.)"""
    plan = case.plan
    for id, goal in plan.own.items():
        ids = goal.bidrar_till if isinstance(goal, Mål) else ()
        above = list(_ancestors(plan, id)) if ids else ()
        for number, target in enumerate(ids):
            if target in above and id not in above:
                message = f'"{name(plan, id)}" står redan under "{name(plan, target)}"'
                hint = "Ta bort det ur bidrar_till, som är för mål på andra ställen i trädet."
                yield found("R366", plan.place(id).at("bidrar_till", number), message, hint)


@rule("R225", "ids", concerns=_is_tree)
def contributes_to_itself(case: Case) -> Iterator[Finding]:
    """A goal that contributes to itself by `bidrar_till` and by what stands under what together:
    what is part of a goal serves it. (A ring of one of the two alone is told by itself.)"""
    plan, above = case.plan, _above(case.plan)
    serves = {
        goal.id: (*goal.bidrar_till, *above.get(goal.id, ()))
        for goal in plan.all(Mål)
        if goal.bidrar_till or goal.id in above
    }
    for way in rings(serves):
        steps = [(id, way[number - len(way) + 1]) for number, id in enumerate(way)]
        said = [id for id, goal in steps if goal in _said(plan, id)]
        alone = [id for id, goal in steps if goal not in above.get(id, ()) and id in plan.own]
        if alone and len(said) < len(way):
            start = way.index(alone[0])
            place = plan.place(alone[0], "bidrar_till")
            yield in_a_ring([*way[start:], *way[:start]], place)


def _said(plan: Plan, id: str) -> Sequence[str]:
    goal = plan.get(Mål, id)
    return goal.bidrar_till if goal else ()


@remembered
def _above(plan: Plan) -> Mapping[str, Sequence[str]]:
    """The goals under which each goal stands."""
    above: dict[str, list[str]] = {}
    for goal in plan.all(Mål):
        for each in goal.mål:
            above.setdefault(each, []).append(goal.id)
    return above


def _ancestors(plan: Plan, id: str) -> Iterator[str]:
    """All goals that a goal stands under, the nearest first; itself in a ring."""
    ways, seen = _above(plan), set[str]()
    waiting = [*ways.get(id, ())]
    while waiting:
        each = waiting.pop(0)
        if each not in seen:
            seen.add(each)
            yield each
            waiting.extend(ways.get(each, ()))


def _orders(plan: Plan) -> Mapping[tuple[str, str], Sequence[str]]:
    """The goals of each level that stand somewhere under another: by the two levels, the upper
    first."""
    typ = {goal.id: goal.typ for goal in plan.all(Mål) if goal.typ}
    orders: dict[tuple[str, str], list[str]] = {}
    for id, lower in typ.items():
        uppers = dict.fromkeys(typ[each] for each in _ancestors(plan, id) if each in typ)
        for upper in uppers:
            orders.setdefault((upper, lower), []).append(id)
    return orders
