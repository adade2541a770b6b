"""Imports go downwards only (design 6). Run as a program: the module table, as Markdown."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "src" / "kvalitet"

# One row a layer; in it one tuple a step: a step sees what stands before it, not what is beside it.
LAYERS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("findings", "period", "svenska"), ("figure", "privacy", "resources")),
    (("source", "model"),),
    (("shape", "scales"), ("series",)),
    (("load",), ("indicators", "economy"), ("status",), ("prose", "told")),
    (("rules",),),
    (("view",),),
    (("render", "terminal"),),
    (("cli",),),
)
BESIDE = {("period", "svenska")}
OUTSIDE = {"__init__", "__main__"}

IMPORTERS = {
    "click": "cli",
    "csv": "series terminal",
    "jinja2": "render.blocks render.page",
    "markdown_it": "render.prose",
    "nh3": "render.prose",
    "numpy": "view.tables",
    "pandas": "view.tables",
    "rich": "terminal",
    "typer": "cli",
    "yaml": "source",
}

STEP = {name: step for step, names in enumerate(chain.from_iterable(LAYERS)) for name in names}
LAYER = {name: layer for layer, steps in enumerate(LAYERS) for name in chain.from_iterable(steps)}


def module_name(path: Path) -> str:
    """`view/tables.py` is `view.tables`, and `view/__init__.py` is `view`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def part(module: str) -> str:
    """What the table knows it as: `view.tables` is a piece of `view`."""
    return module.partition(".")[0]


def imported(module: str) -> Iterator[str]:
    """Full names of all that a module imports, inside functions too."""
    path = MODULES[module]
    here = ("kvalitet", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, (start, node.module)))
            yield from (f"{base}.{name.name}" for name in node.names)


def own(module: str) -> set[str]:
    """Modules of the package that a module imports, by the longest name that is one."""
    found = set()
    for name in imported(module):
        words = name.split(".")
        if words[0] == "kvalitet":
            ends = (".".join(words[1:end]) for end in range(len(words), 1, -1))
            found.add(next((end for end in ends if end in MODULES), "__init__"))
    return found - {module}


@cache
def libraries(module: str) -> set[str]:
    """Packages from elsewhere that a module imports, the standard library included."""
    return {name.split(".")[0] for name in imported(module)} - {"kvalitet"}


def allowed(importer: str, target: str) -> bool:
    """Whether one row of the table may import another."""
    return STEP.get(target, len(STEP)) < STEP[importer] or (importer, target) in BESIDE


PLACED = sorted(module for module in MODULES if part(module) in STEP)


def test_every_module_has_a_place_in_the_table() -> None:
    assert {part(module) for module in MODULES} - STEP.keys() - OUTSIDE == set()


@pytest.mark.parametrize("module", PLACED)
def test_a_module_imports_downwards_only(module: str) -> None:
    others = {part(target) for target in own(module)} - {part(module), "__init__"}
    assert {target for target in others if not allowed(part(module), target)} == set()


@pytest.mark.parametrize("package", sorted({part(name) for name in MODULES if "." in name}))
def test_the_modules_of_a_package_do_not_go_round_in_a_circle(package: str) -> None:
    siblings = {name for name in MODULES if part(name) == package}
    try:
        TopologicalSorter({name: own(name) & siblings for name in siblings}).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize(("library", "importer"), IMPORTERS.items())
def test_a_library_has_one_importer(library: str, importer: str) -> None:
    users = {module for module in MODULES if library in libraries(module)}
    homes = tuple(f"{name}." for name in importer.split())
    assert {user for user in users if not f"{user}.".startswith(homes)} == set()


@pytest.mark.parametrize("command", ["--help", "validate"])
def test_a_quick_command_does_not_import_what_only_reports_need(command: str) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kvalitet", command],
        cwd=TESTS / "havsnas",
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    names = set(re.findall(r"^import time:.*\| +(\w+)$", run.stderr, re.MULTILINE))
    assert run.returncode == 0
    assert "typer" in names
    assert names & {"pandas", "numpy", "jinja2"} == set()


def purpose(module: str) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(MODULES[module].read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def module_table() -> str:
    """The layers as they are in the code: what each module is for, and what it leans on."""
    rows = ["| layer | module | for | imports | libraries |", "|---|---|---|---|---|"]
    for module in sorted(PLACED, key=lambda name: (STEP[part(name)], name)):
        third_party = sorted(libraries(module) - sys.stdlib_module_names)
        cells = (
            str(LAYER[part(module)]),
            f"`{module}`",
            purpose(module),
            ", ".join(f"`{name}`" for name in sorted(own(module) - OUTSIDE)),
            ", ".join(third_party),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(module_table())
