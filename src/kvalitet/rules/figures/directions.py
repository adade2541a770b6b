"""Targets that ask for the opposite of what the indicator says is better."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet.findings import Finding, found
from kvalitet.model.indicator import Indikator, Målvärde
from kvalitet.period import Period
from kvalitet.rules.figures.recent import doubtful, has_indicators, own_indicators
from kvalitet.rules.figures.rows import called
from kvalitet.rules.registry import Case, rule

_KEYS = ("målvärden", "riktning")


@rule("R420", "ids", concerns=has_indicators)
def target_against_direction(case: Case) -> Iterator[Finding]:
    """A highest of what is better the more there is, or a least of what is better the less: one of
    the two is wrong (design 3.7). Not where somebody else's target goes with the direction, since
    the two are then the ends of what is wanted; of one who asks for both at different times, the
    one against it is told of."""
    plan = case.plan
    for own in own_indicators(plan):
        id, written = own.id, plan.definitions[own.id][0]
        indicator = plan.get(Indikator, id)
        key = next((each for each in _KEYS if each in written.keys), None)
        if indicator is None or key is None or id in doubtful(plan):
            continue
        if odd := against(indicator):
            vems, period, target = odd
            message = (
                f"{called(plan, id)} ska {indicator.riktning}, men målvärdet är {target.text} "
                f"({vems})"
            )
            hint = "Kontrollera riktning och målvärde. Gäller båda gränserna, skriv ett spann."
            place = written.place.at(key)
            if key == "målvärden":
                place = place.at(vems, str(period)) if period else place.at(vems)
            yield found("R420", place, message, hint)


def against(indicator: Indikator) -> tuple[str, Period | None, Målvärde] | None:
    """The first target that goes against the direction, whose it is and of which period."""
    if indicator.riktning not in ("öka", "minska"):
        return None
    is_up = indicator.riktning == "öka"
    whose = {
        vems: [(period, one, _is_against(one, is_up)) for period, one in dated.items()]
        for vems, dated in indicator.målvärden.items()
    }
    ways = {is_against for of in whose.values() for *_, is_against in of}
    all_go_against = False not in ways
    for vems, of in whose.items() if True in ways else ():
        is_mixed = any(not is_against for *_, is_against in of)
        for period, one, is_against in of:
            if is_against and (is_mixed or all_go_against):
                return vems, period, one
    return None


def _is_against(target: Målvärde, is_up: bool) -> bool:
    return target.lägst is None if is_up else target.högst is None
