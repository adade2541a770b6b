"""Plans for tests: the example municipality, and small ones that a test writes itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kvalitet.indicators import value
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period

HEAD = "plan:\n  namn: Liten plan\n  år: 2026\n"


@cache
def havsnäs() -> Register:
    return load(Path(__file__).parent / "havsnas").register


def unit() -> Plan:
    return havsnäs().plans["barn-och-familj"]


def board() -> Plan:
    return havsnäs().plans["socialnamnden"]


def small(
    yaml: str,
    *csv: str,
    head: str = "",
    faults: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Plan:
    """The plan that these files make, with exactly these codes found in them."""
    with TemporaryDirectory() as folder:
        files = {"plans/liten/plan.yaml": f"{HEAD}{head}", "plans/liten/resten.yaml": yaml}
        files |= {f"plans/liten/{number}.yaml": text for number, text in enumerate(others)}
        files |= {f"data/liten/{number}.csv": text for number, text in enumerate(csv)}
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        loaded = load(Path(folder))
    assert [finding.code for finding in loaded.findings] == list(faults)
    return loaded.register.plans["liten"]


def gathered(**plans: str) -> Register:
    """Plans by name, the first the whole of the others."""
    whole, *_ = plans
    with TemporaryDirectory() as folder:
        for name, yaml in plans.items():
            path = Path(folder, "plans", name, "plan.yaml")
            path.parent.mkdir(parents=True)
            above = "" if name == whole else f"  del_av: {whole}\n"
            path.write_text(f"plan:\n  namn: {name}\n  år: 2026\n{above}{yaml}", "utf-8")
        loaded = load(Path(folder))
    assert not loaded.findings
    return loaded.register


def told(plan: Plan, id: str, period: str, at: str | None = None, **series: str) -> str:
    """A value as a report prints it; `at` is the period itself unless given."""
    serie = series.pop("serie", "utfall")
    uppdelning = tuple(sorted(series.items()))
    known_at = Period.parse(at or period)
    tal = value(
        plan, id, Period.parse(period), known_at=known_at, serie=serie, uppdelning=uppdelning
    )
    return plain(tal.with_count())


def plain(text: str) -> str:
    """The text with ordinary spaces, which an expectation is written with."""
    return text.replace("\u00a0", " ")


def rows(*lines: str, columns: str = "indikator;period;värde") -> str:
    """A CSV file."""
    return "\n".join([columns, *lines, ""])
