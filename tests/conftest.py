from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from golden_figures import ACCEPTED, changed_figures
from hypothesis import HealthCheck, settings

# The same examples every time, so that a red test is red for everybody.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
# pytest tests/fuzz --hypothesis-profile=fuzz: a long hunt, by hand, the same on each machine:
# so many of each of the four kinds of odd files are 200 000 in all.
settings.register_profile(
    "fuzz",
    derandomize=True,
    deadline=None,
    max_examples=50_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="show which figures of the reports in tests/golden have changed, and write them anew",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the new reports say otherwise than the old, and then the new in place of the old."""
    if hasattr(terminalreporter.config, "workerinput"):
        return  # one of the processes of `-n`, which prints nothing
    passed = terminalreporter.stats.get("passed", ())
    properties = chain.from_iterable(test.user_properties for test in passed)
    accepted = [value for name, value in properties if name == ACCEPTED]
    for path, now in ((Path(name), text) for name, text in accepted):
        before = path.read_text("utf-8") if path.exists() else ""
        if path.suffix == ".html" and before != now:
            changes = list(changed_figures(before, now)) or ["no figure has changed"]
            terminalreporter.section(f"figures of {path.stem}")
            terminalreporter.write_line("\n".join(changes))
        path.write_text(now, "utf-8", newline="\n")
