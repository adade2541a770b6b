from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, so that a red test is red for everybody.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
# pytest --hypothesis-profile=fuzz: a long hunt, by hand.
settings.register_profile(
    "fuzz", deadline=None, max_examples=200_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the reports in tests/golden anew, to be read as a difference",
    )
