"""What a YAML file comes to: plain data, what could not be used in it, and its findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kvalitet.findings import Finding, Route


class Broken:
    """What stands in the data where a value could not be used and a finding already says why."""

    def __repr__(self) -> str:
        return "<trasigt>"


BROKEN: Final = Broken()


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file as data: `data` is None where nothing in it can be judged; `dropped` tells under
    which keys something was written that is not in the data."""

    path: str
    data: dict[str, Any] | None
    findings: tuple[Finding, ...]
    dropped: tuple[Route, ...] = ()
