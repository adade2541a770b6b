"""Names of files: what one colleague saves must open for the others, whatever their system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kvalitet.findings import Finding, Place, found
from kvalitet.svenska import NO_BREAK_SPACE

_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)
_SIGN = re.compile(r'[<>:"|?*\\]')
_RENAME = "Ge den ett annat namn."


def shown(name: str) -> str:
    """The name as it can be printed: signs that are not seen are told by their numbers."""
    return "".join(sign if _is_seen(sign) else ascii(sign)[1:-1] for sign in name)


def faults(folder: str, names: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """The names in a folder that not every system can hold, or that are not what they seem, and
    the second of two that are one in Windows and on a Mac (R015)."""
    first: dict[str, str] = {}
    for name in names:
        twin = first.setdefault(_folded(name), name)
        message = _fault(name)
        if not message and twin != name:
            message = f"Namnet är detsamma som {shown(twin)} i Windows och på Mac"
        if message:
            yield name, found("R015", Place(f"{folder}/{shown(name)}"), message, _RENAME)


def _fault(name: str) -> str:
    unseen = next((sign for sign in name if not _is_seen(sign)), "")
    if "\udc80" <= unseen <= "\udcff":  # what Python makes of a byte that is no text
        return "Namnet är inte sparat som UTF-8"
    if unseen:
        return f"Namnet har tecknet U+{ord(unseen):04X}, som inte syns"
    if sign := _SIGN.search(name):
        return f"Namnet har tecknet {sign[0]}, som Windows inte tar emot"
    if _DEVICE.fullmatch(name):
        return "Namnet är upptaget i Windows"
    if name.endswith((".", " ")):
        last = "punkt" if name.endswith(".") else "mellanslag"
        return f"Namnet slutar med {last}, vilket Windows inte tar emot"
    return ""


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or sign == NO_BREAK_SPACE


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
