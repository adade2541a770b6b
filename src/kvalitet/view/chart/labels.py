"""Where the words of a chart stand: never on each other, never cut, on a line only if they must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from kvalitet.view.chart.geometry import BASELINE, LINE, UNIT, Box, Place, printed, width
from kvalitet.view.document import Label, LabelKind

BETWEEN_NAMES = 3 * UNIT
"""What is left free between the names of two levels."""
_CLEAR = 2 * UNIT
"""What is left free between a point and its label."""
_FARTHEST = 2
"""How many half lines a label may be moved away from its point."""
_ALL_LABELLED = 12
_BETWEEN = 5 * UNIT
"""What is left free between two labels of the axis."""
_EVERY = (1, 2, 3, 4, 6, 12)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the labels of the values have to heed: the room they have, the points and the dots on
    them that they must not cover, the lines that they should not cover."""

    room: Box
    radius: int
    points: tuple[Place, ...]
    dots: tuple[Box, ...]
    lines: tuple[tuple[Place, Place], ...]

    def has_room_for(self, box: Box) -> bool:
        """Whether a box lies in the room and covers no dot."""
        return self.room.holds(box) and not any(map(box.overlaps, self.dots))

    def crossings(self, box: Box) -> int:
        """How many lines go through a box."""
        return sum(box.is_crossed_by(*line) for line in self.lines)


def around(place: Place, radius: int) -> Box:
    """The square that a point takes."""
    x, y = place
    return Box(x - radius, y - radius, x + radius, y + radius)


def wanted(order: Sequence[int]) -> tuple[int, ...]:
    """Which points are labelled, the most needed first: last, highest, lowest, first and, of few,
    all. `order` is the numbers of the points from the lowest to the highest."""
    ends = (len(order) - 1, order[-1], order[0], 0)
    others = range(len(order)) if len(order) <= _ALL_LABELLED else ()
    return tuple(dict.fromkeys((*ends, *others)))


def value_labels(texts: Mapping[int, str], here: Surroundings) -> Iterator[Label]:
    """The labels of points, given in order of need by the number of the point; one for which there
    is no room is left out. Above its point, but below where its neighbours stand higher."""
    taken: list[Box] = []
    for number, text in texts.items():
        place, is_low = here.points[number], _is_low(here.points, number)
        box = _best(text, place, is_low, here, taken)
        if box:
            taken.append(box)
            yield boxed("värde", text, box)


def boxed(kind: LabelKind, text: str, box: Box) -> Label:
    """A text in the middle of a box, which is its ground."""
    return Label(
        kind,
        text,
        printed((box.left + box.right) // 2),
        printed(box.top + BASELINE),
        "middle",
        (
            printed(box.left),
            printed(box.top),
            printed(box.right - box.left),
            printed(box.bottom - box.top),
        ),
    )


def spread(wanted: Sequence[int], heights: Sequence[int], top: int, bottom: int) -> list[int]:
    """Where the tops of blocks stand, in the order given, that would have their middles at the
    wanted places, moved as far as they must so that none lies on another. They have room."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    tops = [middle - height // 2 for middle, height in zip(wanted, heights, strict=True)]
    free = top
    for number in order:
        tops[number] = max(tops[number], free)
        free = tops[number] + heights[number] + BETWEEN_NAMES
    free = bottom
    for number in reversed(order):
        tops[number] = min(tops[number], free - heights[number])
        free = tops[number] - BETWEEN_NAMES
    return tops


def wrapped(text: str, room: int) -> tuple[str, ...]:
    """A text as lines that fit; a word that does not is cut, with … to tell it."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else ""
        if joined and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(_cut(word, room))
    return tuple(lines)


def time_labels(
    periods: Sequence[tuple[str, str]], places: Sequence[int], end: int
) -> tuple[tuple[int, tuple[str, str]], ...]:
    """Which periods are named on the axis, and the middle of each name: of two lines, the second
    only where it is news. The last is there, and as many before it as there is room for, evenly."""
    for every in (*_EVERY, len(periods)):
        chosen = range((len(periods) - 1) % every, len(periods), every)
        named = _without_repetition([periods[number] for number in chosen])
        boxes = [
            _within(places[number], names, end) for number, names in zip(chosen, named, strict=True)
        ]
        if all(left.right + _BETWEEN <= right.left for left, right in pairwise(boxes)):
            break
    return tuple((_middle(box), names) for box, names in zip(boxes, named, strict=True))


def in_a_row(
    texts: Iterable[tuple[Sequence[int], str]], top: int, end: int
) -> Iterator[tuple[str, Box]]:
    """Texts in a row, each in the middle of its places, where there is room beside the one before;
    else it is left out."""
    free = 0
    for places, text in texts:
        left, right = _span((places[0] + places[-1]) // 2, text, end)
        if left >= free:
            yield text, Box(left, top, right, top + LINE)
            free = right


def _best(
    text: str, place: Place, is_low: bool, here: Surroundings, taken: Sequence[Box]
) -> Box | None:
    """Of the boxes that fit, the one that crosses fewest lines and lies nearest."""
    best: Box | None = None
    least = inf
    for cost, box in _candidates(text, place, is_low, here):
        if cost < least and here.has_room_for(box) and not any(map(box.overlaps, taken)):
            total = cost + 4 * here.crossings(box)
            if total < least:
                best, least = box, total
    return best


def _candidates(
    text: str, place: Place, is_low: bool, here: Surroundings
) -> Iterator[tuple[int, Box]]:
    """Boxes above, below and beside a point, and how far-fetched each is."""
    x, y = place
    half = (width(text) + _CLEAR) // 2
    for steps in range(_FARTHEST + 1):
        far = here.radius + _CLEAR + steps * LINE // 2
        for is_above in (True, False):
            for aside in (0, -half, half):
                cost = 3 * steps + 2 * (is_above == is_low) + bool(aside)
                yield cost, _around(x + aside, half, y - far - LINE if is_above else y + far)
    beside = half + here.radius + _CLEAR
    for aside in (-beside, beside):
        yield 4, _around(x + aside, half, min(y - LINE // 2, here.room.bottom - LINE - UNIT))


def _around(middle: int, half: int, top: int) -> Box:
    return Box(middle - half, top, middle + half, top + LINE)


def _is_low(points: Sequence[Place], number: int) -> bool:
    """Whether the neighbours of a point stand higher; downwards is more."""
    beside = (*points[max(number - 1, 0) : number], *points[number + 1 : number + 2])
    return all(y < points[number][1] for _, y in beside)


def _cut(word: str, room: int) -> str:
    if width(word) <= room:
        return word
    return next(cut for end in range(len(word), -1, -1) if width(cut := f"{word[:end]}…") <= room)


def _without_repetition(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    before = ""
    told: list[tuple[str, str]] = []
    for first, second in names:
        told.append((first, "" if second == before else second))
        before = second
    return told


def _within(place: int, names: Sequence[str], end: int) -> Box:
    left, right = _span(place, max(names, key=width), end)
    return Box(left, 0, right, LINE)


def _span(middle: int, text: str, end: int) -> tuple[int, int]:
    """From where to where a text reaches, moved inwards where it would be cut."""
    half = width(text) // 2 + 1
    inside = max(half, min(middle, end - half))
    return inside - half, inside + half


def _middle(box: Box) -> int:
    return (box.left + box.right) // 2
