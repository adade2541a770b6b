"""Targets as a table tells them: whose they are, whether they are reached, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count

from kvalitet.figure import Tal, exact_text
from kvalitet.model.indicator import Målvärde
from kvalitet.period import Period
from kvalitet.status import Måljämförelse, comparisons
from kvalitet.svenska import join
from kvalitet.view.document import Badge, Figure, Inline, Line
from kvalitet.view.spans import speaks_of
from kvalitet.view.subjects import Subject

_REACHED = Badge("nås", "✓", "grön")
_REACHED_SO_FAR = Badge("nås hittills", "✓", "grön")
_MISSED = Badge("nås inte", "✕", "röd")
_NOT_YET = Badge("nås inte än", "○", "grå")


def target_lines(subject: Subject, at: Period, newest: Tal | None) -> tuple[Line, ...]:
    """A line for each target in force; the same target of several is told once. `newest` is what a
    reader takes to be compared: any other value is told."""
    if subject.uppdelning:
        return ()
    alike: dict[Måljämförelse, list[str]] = {}
    for each in comparisons(subject.plan, subject.indicator.id, at):
        alike.setdefault(replace(each, vems=""), []).append(each.vems)
    return tuple(
        (*_told(target, join(whose), at, newest), *_outcome(subject, target, at, newest))
        for target, whose in alike.items()
    )


def _told(target: Måljämförelse, whose: str, at: Period, newest: Tal | None) -> Line:
    """Whose target it is, of which period if not the report's, and what is compared with it if that
    is another value than the newest."""
    when = f" {target.period.in_words()}" if target.period and target.period != at else ""
    told = f"{whose}{when}: {target.text()}"
    of = target.tal.period
    if target.håller is None or of is None or _is_same(target.tal, newest):
        return (told,)
    is_so_far = target.period and (of.first, of.last) == (target.period.first, at.last)
    what = "hittills" if is_so_far else f"{of.in_words()}:"
    return f"{told} ({what} ", Figure(target.tal), ")"


def _is_same(tal: Tal, newest: Tal | None) -> bool:
    return newest is not None and newest.källor == tal.källor


def _outcome(
    subject: Subject, target: Måljämförelse, at: Period, newest: Tal | None
) -> Iterator[Inline]:
    """Whether it is reached, as far as that can be said; by which period if the newest value speaks
    of another than the report's; and how far from it the value is."""
    if target.håller is None:
        return
    yield " "
    yield _badge(target)
    of = target.tal.period
    if of and _is_same(target.tal, newest) and not speaks_of(subject, of, at):
        yield f" för {of.in_words()}"
    distance = _distance(target.målvärde, target.tal)
    if distance:
        yield from (" (", *distance, ")")


def _badge(target: Måljämförelse) -> Badge:
    if target.håller:
        return _REACHED if target.nått else _REACHED_SO_FAR
    return _MISSED if target.missas else _NOT_YET


def _distance(target: Målvärde, tal: Tal) -> Line:
    """How far above or below: from the end that a value is outside of, and where only one is given
    from that one. Nothing for a value that is just there, or between two."""
    low, high, value = target.lägst, target.högst, tal.värde
    if value is None or (low is not None and high is not None and low <= value <= high):
        return ()
    bound = low if high is None or (low is not None and value < low) else high
    if bound is None or value == bound:
        return ()
    word = " över" if value > bound else " under"
    return (apart(tal, replace(tal, värde=bound, decimaler=_decimals(bound), källor=())), word)


def apart(tal: Tal, other: Tal) -> Figure | str:
    """How far apart two values are, with the decimals of both; what would be printed as nothing is
    said to be less than the least that can be printed."""
    higher, lower = sorted((tal.värde or Fraction(), other.värde or Fraction()), reverse=True)
    decimals = max(tal.decimaler, other.decimaler)
    least = Fraction(1, 10**decimals)
    is_less = higher - lower < least / 2
    size = Tal(
        least if is_less else higher - lower,
        tal.måttenhet,
        decimals,
        källor=tuple(dict.fromkeys(tal.källor + other.källor)),
        beräkning=" − ".join(map(exact_text, (higher, lower))),
    )
    if tal.måttenhet == "procent":
        size = replace(size, måttenhet="procentenhet" if size.cell() == "1" else "procentenheter")
    return f"mindre än {size.text()}" if is_less else Figure(size)


def _decimals(bound: Fraction) -> int:
    """How many decimals a target was given with."""
    return next(each for each in count() if 10**each % bound.denominator == 0)
