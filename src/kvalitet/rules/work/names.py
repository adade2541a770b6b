"""How a text names a thing: by the longest word of its name, or by most of its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

_WORDS = re.compile(r"\w+")
_GENERIC = ("åtgärd", "aktivitet", "insats", "arbete", "projekt", "uppdrag")
_SHORTEST_STEM, _ENDING = 5, 2
_LONG_WORDS = re.compile(r"\w{4,}")
_ROOT, _LONG_NAME = 4, 3
_OF_ANY = frozenset(
    word[:_ROOT]
    for word in (
        "andel", "antal", "procent", "index", "medelvärde", "inte", "från", "till", "eller", "över",
        "under", "efter", "inom", "alla", "andra", "hela", "varje", "deras", "vara", "minst",
    )
)  # fmt: skip
"""Words of many a name, which tell none of them."""


def mentions(text: str, namn: str) -> bool:
    """Whether a text, in small letters, names a measure or an activity: what any measure is called
    is no name."""
    sought = _sought(namn)
    return bool(sought) and sought in text


@lru_cache(maxsize=4096)  # the same names are sought in one text after another
def _sought(namn: str) -> str:
    """The longest word of a name but for its ending; "" where it has none of its own."""
    words = _WORDS.findall(namn.casefold())
    longest = max(words, key=len, default="")
    if longest.startswith(_GENERIC):
        words = [word for word in words if not _is_generic(word)]
        longest = max(words, key=len, default="")
    return _stem(longest) if longest else ""


def _stem(word: str) -> str:
    """A word but for its ending."""
    return word[: max(_SHORTEST_STEM, len(word) - _ENDING)]


def _is_generic(word: str) -> bool:
    return any(word.startswith(one) and len(word) <= len(one) + 5 for one in _GENERIC)


def named_in(texts: Iterable[str], names: Collection[str]) -> Collection[str]:
    """Those of some names that a text tells of: by the longest word of a short one, by half of
    the words of one that is long, as a survey's question."""
    sought = {each: roots(each) for each in names}
    wanted = frozenset().union(*sought.values())
    found: set[str] = set()
    for text in texts:
        folded = text.casefold()
        told = wanted & roots(folded)
        for namn in sought.keys() - found if told else ():
            own = sought[namn]
            if len(own) < _LONG_NAME:
                longest = max(_WORDS.findall(namn.casefold()), key=len, default="")
                is_named = bool(longest) and _stem(longest) in folded
            else:
                is_named = 2 * len(own & told) >= len(own)
            if is_named:
                found.add(namn)
    return found


def roots(text: str) -> frozenset[str]:
    """How the words of a text begin, but for those that name any measure."""
    return frozenset(word[:_ROOT] for word in _LONG_WORDS.findall(text.casefold())) - _OF_ANY
