"""Writes a made-up board over departments over units, each unit with 20 risks and 40 indicators
followed up for five years: the same number and seed, the same bytes.

python tests/bench/make_board.py FOLDER [--units 290] [--alone] [--seed 1]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from make_plans import (
    LIKELIHOODS,
    SENTENCES,
    SEVERITIES,
    areas,
    risk,
)

RISKS, COMMON_RISKS, INDICATORS, DEPARTMENTS = 20, 5, 40, 12
PERIODS = tuple(f"{year}-T{tertial}" for year in range(2022, 2027) for tertial in (1, 2, 3))
ASKED = PERIODS[-1]
BOARD = "socialnamnden"

PLAN = """\
plan:
  namn: Kvalitetsplan för {name}
  år: 2022
  rapporter: [lage]
  enhet: {name}
"""
OF_BOARD = """\
  kommun: Storskogen
  nämnd: Socialnämnden
"""
REPORT = """\
rubrik: Läget
rytm: tertial
avsnitt:
  - id: nytt
    rubrik: Ändrat sedan förra rapporten
    del: ändringar
  - id: riskbild
    rubrik: Risker
    del: matris
  - id: planen
    rubrik: Risker och åtgärder
    del: plantabell
  - id: matten
    rubrik: Mått
    del: indikatorer
"""


def common(risks: int) -> str:
    """What all units have: areas, so many risks, and every indicator; half of them are counts,
    the others shares of so many."""
    random = Random("common")
    return (
        areas()
        + "indikatorer:\n"
        + "".join(indicator(number, random) for number in range(1, INDICATORS + 1))
        + "risker:\n"
        + "".join(risk(number, INDICATORS, random) for number in range(1, risks + 1))
    )


def indicator(number: int, random: Random) -> str:
    """One indicator with a target."""
    unit, target = ("antal", "högst 90") if number % 2 else ("procent", "minst 40")
    return (
        f"  - id: matt-{number}\n"
        f"    namn: Mått {number} av det som alla enheter räknar\n"
        f"    måttenhet: {unit}\n"
        f"    riktning: {'minska' if number % 2 else 'öka'}\n"
        "    frekvens: tertial\n"
        "    målvärden:\n"
        f"      nämnden: {target}\n"
    )


def said(risks: Iterable[int], period: str, unit: int, random: Random) -> str:
    """What is said about the risks in a period, and about a measure of every second of them."""
    when = PERIODS.index(period)
    lines = []
    for number in risks:
        likelihood = LIKELIHOODS[(number + unit + when // 4) % len(LIKELIHOODS)]
        lines.append(
            f"    risk-{number}:\n"
            f"      sannolikhet: {likelihood}\n"
            f"      allvarlighetsgrad: {SEVERITIES[(number + unit) % len(SEVERITIES)]}\n"
            "      text: |\n"
            f"        Enhet {unit}, fall {number}, {period}. {random.choice(SENTENCES)}\n"
        )
        if (number + when) % 2:
            lines.append(f"    atgard-{number}-1:\n      läge: pågår\n")
    return "".join(lines)


def figures(random: Random) -> Iterator[str]:
    """The rows of every indicator: tertial by tertial, all and then each sex."""
    yield "indikator;period;kön;värde\n"
    for number in range(1, INDICATORS + 1):
        for period in PERIODS:
            women, men, of_women, of_men = (random.randint(5, 40) for _ in range(4))
            parts = ((women, women + of_women), (men, men + of_men))
            whole = (women + men, sum(all_ for _, all_ in parts))
            for sex, (some, all_) in zip(("", "kvinnor", "män"), (whole, *parts), strict=True):
                share = "" if number % 2 else f" av {all_}"
                yield f"matt-{number};{period};{sex};{some}{share}\n"


def write(root: Path, path: str, text: str) -> None:
    """Writes a file, and the folders above it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8", newline="\n")


def unit(root: Path, number: int, seed: int, above: str) -> None:
    """Writes a unit, below another plan or alone with all that is common."""
    random, mapp = Random(f"{seed}/unit/{number}"), f"enhet-{number:03}"
    head = PLAN.format(name=f"Enhet {number}")
    own = range(number * 100 + 1, number * 100 + 1 + RISKS - COMMON_RISKS)
    inherited = range(1, 1 + COMMON_RISKS)
    text = "".join(risk(each, INDICATORS, random) for each in own)
    if above:
        write(root, f"plans/{mapp}/plan.yaml", f"{head}  del_av: {above}\nrisker:\n{text}")
    else:
        write(root, f"plans/{mapp}/plan.yaml", head + OF_BOARD + common(COMMON_RISKS) + text)
    for period in PERIODS:
        told = said([*inherited, *own], period, number, random)
        write(root, f"plans/{mapp}/{period}.yaml", f"uppföljning:\n  {period}:\n{told}")
    write(root, f"data/{mapp}/matt.csv", "".join(figures(random)))


def board(root: Path, units: int, seed: int) -> None:
    """Writes the board, its departments, and the units below them."""
    write(
        root,
        f"plans/{BOARD}/plan.yaml",
        PLAN.format(name="Socialnämnden") + OF_BOARD + common(COMMON_RISKS),
    )
    for number in range(1, min(units, DEPARTMENTS) + 1):
        head = PLAN.format(name=f"Område {number}")
        write(root, f"plans/omrade-{number:02}/plan.yaml", f"{head}  del_av: {BOARD}\n")
    for number in range(1, units + 1):
        unit(root, number, seed, f"omrade-{(number - 1) % DEPARTMENTS + 1:02}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=290)
    parser.add_argument("--alone", action="store_true", help="no board and no departments")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, "templates/rapporter/lage.yaml", REPORT)
    if given.alone:
        for number in range(1, given.units + 1):
            unit(given.folder, number, given.seed, "")
    else:
        board(given.folder, given.units, given.seed)


if __name__ == "__main__":
    main()
