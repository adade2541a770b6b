"""Where the files that come with the program lie.

In an installed package they are beside it, in `_shipped`. An editable install has no such folder:
there they are read where they are edited, at the repository's root.
"""

from __future__ import annotations

import os
from pathlib import Path

_SHIPPED = Path(__file__).resolve().parent / "_shipped"
_ROOT = _SHIPPED.parents[2]


def _place(shipped: str, at_root: str) -> Path:
    return _SHIPPED / shipped if _SHIPPED.is_dir() else _ROOT / at_root


def templates() -> Path:
    """The folder of built-in report types and page templates."""
    return _place("templates", "templates")


def report_types() -> tuple[Path, ...]:
    """The section list of every built-in report type, in the order of their names."""
    return tuple(sorted((templates() / "rapporter").glob("*.yaml")))


def are_built_in(folder: Path) -> bool:
    """Whether a folder is that of the built-in templates: in the repository of the program itself.
    (Path.resolve raises where a link leads to itself.)"""
    return os.path.realpath(folder) == os.path.realpath(templates())


def rule_pages() -> tuple[Path, ...]:
    """The page of every rule that has one, in the order of the codes."""
    return tuple(sorted(_place("regler", "docs/regler").glob("[A-Z][0-9][0-9][0-9].md")))


def rule_page(code: str) -> Path | None:
    """The page of one rule; None if there is none by that code."""
    return next((page for page in rule_pages() if page.stem == code), None)


def example_files() -> tuple[tuple[str, Path], ...]:
    """What `kvalitet init` writes: a place in the new folder, with `/`, and the file to copy."""
    root = _place("exempel", ".")
    folders = (root / "plans" / "exempelkommun", root / "data" / "exempelkommun")
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((path.relative_to(root).as_posix(), path) for path in files)
