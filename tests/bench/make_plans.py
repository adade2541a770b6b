"""Writes a made-up municipality in the source format: the same size and seed, the same bytes.

python tests/bench/make_plans.py FOLDER --size XS|S|M|L [--files N] [--plans 1] [--seed 1]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Size:
    """How much to write; a third of the rows are totals, the others are per sex."""

    risks: int
    indicators: int
    rows: int
    yaml_files: int
    csv_files: int


SIZES = {
    "XS": Size(4, 4, 172, 2, 1),
    "S": Size(20, 20, 600, 2, 2),
    "M": Size(1_000, 500, 50_000, 20, 10),
    "L": Size(10_000, 5_000, 1_000_000, 100, 40),
}
PERIODS = ("2026-T1", "2026-T2", "2026-T3")
NEWEST_MONTH = 2026 * 12 + 11

AREAS = ("trygghet", "delaktighet", "kunskap", "samordning", "helhetssyn", "effektivitet")
ROLES = ("enhetschef", "gruppchef", "metodutvecklare", "controller", "verksamhetschef")
THINGS = ("Schemat", "Avtalet", "Mottagningen", "Checklistan", "Utbildningen", "Journalsystemet")
FAULTS = ("blir inte klart", "används olika", "når inte alla", "saknar ägare", "glöms i vardagen")
WORK = ("Skriv ny rutin", "Öva i grupp", "Mät varje månad", "Boka genomgång", "Utse ersättare")
OBJECTS = ("för jourtid", "på alla enheter", "med brukarrådet", "inför sommaren", "för nyanställda")
SENTENCES = (
    "Två av enheterna har redan märkt att väntetiden växer när någon är borta.",
    "Det som gör risken stor är att få kan upptäcka felet innan det drabbar någon.",
    "Arbetsgruppen bedömde risken i början av året och återkommer till den varje tertial.",
    "En jämförelse med grannkommunen visar att samma sak kan lösas med enklare medel.",
    "Personalen föreslår själv att ansvaret fördelas tydligare mellan dag och kväll.",
    "Om inget görs får den enskilde vänta längre och behöva berätta samma sak flera gånger.",
    "Frågan hänger ihop med bytet av lokaler och kan inte lösas av en enhet för sig.",
)

LIKELIHOODS = ("mindre sannolik", "möjlig", "sannolik")
SEVERITIES = ("mindre", "måttlig", "betydlig")

PLAN = """\
plan:
  namn: Kvalitetsplan för {name}
  kommun: Storskogen
  nämnd: Socialnämnden
  år: 2026
  rapporter: [lage]
"""
REPORT = """\
rubrik: Läget
rytm: tertial
avsnitt:
  - id: riskbild
    rubrik: Risker
    del: matris
  - id: planen
    rubrik: Risker och åtgärder
    del: plantabell
"""


def shares(items: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """The items in that many runs of as equal length as can be."""
    cuts = [len(items) * cut // count for cut in range(count + 1)]
    return [items[start:end] for start, end in pairwise(cuts)]


def words(random: Random, indent: int, count: int) -> str:
    """A block of so many sentences, one a line."""
    return "".join(f"{' ' * indent}{line}\n" for line in random.sample(SENTENCES, count))


def areas() -> str:
    """The quality areas."""
    rows = (f"  - id: {area}\n    namn: {area.capitalize()}\n" for area in AREAS)
    return "kvalitetsområden:\n" + "".join(rows)


def indicator(number: int, random: Random) -> str:
    """One indicator in per cent, with a target."""
    return (
        f"  - id: matt-{number}\n"
        f"    namn: {random.choice(THINGS)} {random.choice(OBJECTS)}, mått {number}\n"
        "    måttenhet: procent\n"
        "    decimaler: 1\n"
        "    riktning: öka\n"
        "    målvärden:\n"
        f"      nämnden: minst {random.randint(60, 95)}\n"
    )


def activity(name: str, random: Random) -> str:
    """One activity of a measure."""
    return (
        f"          - id: {name}\n"
        f"            namn: {random.choice(WORK)} {random.choice(OBJECTS)}\n"
        f"            slut: 2027-{random.randint(1, 12):02}\n"
    )


def measure(name: str, random: Random) -> str:
    """One measure with its two activities."""
    return (
        f"      - id: atgard-{name}\n"
        f"        namn: {random.choice(WORK)} {random.choice(OBJECTS)}\n"
        f"        ansvarig: {random.choice(ROLES)}\n"
        "        start: 2026-01-15\n"
        f"        slut: 2027-12-{random.randint(1, 31):02}\n"
        "        aktiviteter:\n"
        + "".join(activity(f"aktivitet-{name}-{one}", random) for one in (1, 2))
    )


def risk(number: int, indicators: int, random: Random) -> str:
    """One risk with its two measures."""
    one, other = (f"matt-{(number + step) % indicators + 1}" for step in (0, 6))
    return (
        f"  - id: risk-{number}\n"
        f"    nr: {number}\n"
        f"    namn: {random.choice(THINGS)} {random.choice(FAULTS)}, fall {number}\n"
        "    beskrivning: |\n"
        f"      Fall {number}.\n"
        + words(random, 6, 2)
        + f"    kvalitetsområde: {AREAS[number % len(AREAS)]}\n"
        + f"    indikatorer: [{one}, {other}]\n"
        + "    åtgärder:\n"
        + "".join(measure(f"{number}-{which}", random) for which in (1, 2))
    )


def said(period: str, number: int, random: Random) -> str:
    """What is said about one risk in a period, in words unlike the last ones, and, once a year,
    about one of its measures. Nine risks of ten are judged alike all the year, the tenth rises."""
    when = PERIODS.index(period)
    likelihood = (when if number % 10 == 0 else number) % len(LIKELIHOODS)
    text = (
        f"    risk-{number}:\n"
        f"      sannolikhet: {LIKELIHOODS[likelihood]}\n"
        f"      allvarlighetsgrad: {SEVERITIES[number % len(SEVERITIES)]}\n"
        "      text: |\n"
        f"        Fall {number}. {SENTENCES[(number + when) % len(SENTENCES)]}\n"
        "        Alla åtgärder pågår.\n"
    )
    if period != PERIODS[number % len(PERIODS)]:
        return text
    return text + (
        f"    atgard-{number}-{random.randint(1, 2)}:\n"
        "      läge: pågår\n"
        f"      tidplan: {random.choice(('följer tidplan', 'risk för försening'))}\n"
    )


def registers(size: Size, seed: int, files: int, plan: str) -> Iterator[str]:
    """The text of each file that says what exists; the plan itself is in the first."""
    risks = shares(range(1, size.risks + 1), files)
    indicators = shares(range(1, size.indicators + 1), files)
    for number, (some_risks, some_indicators) in enumerate(zip(risks, indicators, strict=True)):
        random = Random(f"{seed}/register/{number}")
        yield (
            (PLAN.format(name=plan) + areas() if number == 0 else "")
            + "indikatorer:\n"
            + "".join(indicator(one, random) for one in some_indicators)
            + "risker:\n"
            + "".join(risk(one, size.indicators, random) for one in some_risks)
        )


def follow_ups(size: Size, seed: int, files: int) -> Iterator[str]:
    """The text of each file that says how it goes: every risk in every period."""
    entries = [(period, one) for period in PERIODS for one in range(1, size.risks + 1)]
    for number, some in enumerate(shares(entries, files)):
        random = Random(f"{seed}/follow-up/{number}")
        lines = ["uppföljning:\n"]
        for period in PERIODS:
            blocks = [said(period, one, random) for when, one in some if when == period]
            lines += [f"  {period}:\n", *blocks] if blocks else []
        yield "".join(lines)


def value(number: int, base: float, random: Random) -> str:
    """A share in one of the ways that people write it; one in fifty is missing."""
    if random.random() < 0.02:
        return "u.s."
    if number % 10 == 8:
        return f"{int(base)} av 100"
    text = f"{base + random.random():.1f}".replace(".", ",")
    return f"{text} %" if number % 10 == 9 else text


def figures(size: Size, seed: int, numbers: Sequence[int]) -> Iterator[str]:
    """The rows of some indicators: month by month backwards, all and then each sex."""
    yield "indikator;period;kön;värde\n"
    for number in numbers:
        random = Random(f"{seed}/figures/{number}")
        base = random.uniform(55, 95)
        for row in range(size.rows // size.indicators):
            year, month = divmod(NEWEST_MONTH - row // 3, 12)
            sex = ("", "kvinnor", "män")[row % 3]
            yield f"matt-{number};{year}-{month + 1:02};{sex};{value(number, base, random)}\n"


def write(root: Path, size: Size, seed: int, mapp: str) -> None:
    """Writes a plan into kvalitet's three folders under a root, over files already there."""
    plan, data, reports = root / "plans" / mapp, root / "data" / mapp, root / "templates"
    for folder in (plan, data, reports / "rapporter"):
        folder.mkdir(parents=True, exist_ok=True)
    (reports / "rapporter/lage.yaml").write_text(REPORT, "utf-8", newline="\n")
    half = size.yaml_files // 2
    for name, texts in (
        ("register", registers(size, seed, size.yaml_files - half, mapp)),
        ("uppfoljning", follow_ups(size, seed, half)),
    ):
        for number, text in enumerate(texts, 1):
            (plan / f"{name}-{number:03}.yaml").write_text(text, "utf-8", newline="\n")
    for number, some in enumerate(shares(range(1, size.indicators + 1), size.csv_files), 1):
        with (data / f"matt-{number:03}.csv").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(figures(size, seed, some))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--files", type=int, help="as many in all, half of them YAML")
    parser.add_argument("--plans", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    size = SIZES[given.size]
    if given.files:
        size = replace(size, yaml_files=given.files // 2, csv_files=given.files // 2)
    write(given.folder, size, given.seed, "storskogen")
    for number in range(2, given.plans + 1):
        write(given.folder, size, given.seed + number, f"storskogen-{number}")


if __name__ == "__main__":
    main()
