"""`kvalitet status`: what is left to do for a report, what is late on a day, and for whom."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from examples import board, gathered, havsnäs, small, unit
from hypothesis import given
from hypothesis import strategies as st
from starting import run
from test_cli import HAVSNÄS

from kvalitet import status
from kvalitet.cli import overviewing
from kvalitet.load import load
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.rules import settle
from kvalitet.view.overview import ending_exceptions, overview
from kvalitet.view.pending import Rad

T1, T2, T3 = (Period.parse(f"2026-T{number}") for number in (1, 2, 3))

AT_80 = """\
Läget den 20 januari 2027

Kvalitetsplan för barn och familj
plans/barn-och-familj, tertial 3 2026
0 av 22 skrivna, 7 saknas, 15 oförändrade, 2 sena.

Sent
Åtgärd     Fråga om våld vid varje    sen sedan 31 dec 2026      Enhetschef
           nybesök                    pågår, följer tidplan      Metodutvecklare
                                      senast T2 2026
Aktivitet  Utse mentorer              sen sedan 31 dec 2026      Gruppchef
                                      pågår, senast T2 2026

Saknas
Avsnitt    Sammanfattning             obligatoriskt
Indikator  Sjukfrånvaro               värde saknas T3 2026
           Anmälningar och            värde saknas sep, okt,
           förhandsbedömningar (4     nov, dec 2026
           indikatorer)
           Vi blev väl bemötta        värde saknas H2 2026       Gruppchef

Oförändrat sedan förra rapporten
Mål        Varje barn blir hört       senast T2 2026
Risk       1.1 Våld i nära            förhöjd, senast T2 2026
           relationer upptäcks inte
           1.2 Erfarna handläggare    kritisk, senast T2 2026
           slutar
Åtgärd     Längre introduktion för    pågår, försenad            Gruppchef
           nya handläggare            senast T2 2026
Avvikelse  Interna avvikelser         senast T2 2026
Indikator  Barn som känner sig        senast T2 2026
           tryggare efter insatsen
           Handläggarnas erfarenhet   senast 31 aug 2026         Gruppchef
           (2 indikatorer)
           Placerade barn (2          senast 31 aug 2026
           indikatorer)
           Vårddygn i jourhem sedan   senast T2 2026
           årsskiftet
           Avvikelser                 senast T2 2026
           Avvikelser efter orsak     senast T2 2026

Vem gör vad
Enhetschef       1 oförändrad, 1 sen
Gruppchef        1 saknas, 4 oförändrade, 1 sen
Metodutvecklare  1 oförändrad, 1 sen
Utan ansvarig    6 saknas, 10 oförändrade

För 8 till behövs inget: klara, valfria eller inte dags än.


Kvalitetsplan för socialnämnden
plans/socialnamnden, tertial 3 2026
0 av 6 skrivna, 3 saknas, 3 oförändrade, 1 sen.

Sent
Åtgärd     Fråga om våld vid varje     sen sedan 31 dec 2026     Enhetschef
           nybesök                     pågår, följer tidplan     Metodutvecklare
                                       senast T2 2026

Saknas
Avsnitt    Sammanfattning              obligatoriskt
Indikator  Sjukfrånvaro                värde saknas T3 2026
           Beslut som inte är          värde saknas K3, K4 2026
           verkställda inom tre
           månader

Oförändrat sedan förra rapporten
Mål        Barn och unga växer upp     senast T2 2026
           tryggt
Risk       1 Våld i nära relationer    kritisk, senast T1 2026
           upptäcks inte

Vem gör vad
Enhetschef       1 oförändrad, 1 sen
Metodutvecklare  1 oförändrad, 1 sen
Utan ansvarig    3 saknas, 2 oförändrade

För 2 till behövs inget: klara, valfria eller inte dags än.

Undantag i kvalitet.yaml
R320 på socialnamnden/effektivitet gick ut 31 december 2026: Området analyseras
i höstens budgetarbete.
"""

IN_TIME = """\
Läget den 20 september 2026

Kvalitetsplan för barn och familj
plans/barn-och-familj, tertial 2 2026
Tertial 3 2026 har börjat: lägg till --period 2026-T3
24 av 24 skrivna.

För 6 till behövs inget: klara, valfria eller inte dags än.


Kvalitetsplan för socialnämnden
plans/socialnamnden, tertial 2 2026
Tertial 3 2026 har börjat: lägg till --period 2026-T3
5 av 6 skrivna, 1 oförändrad.

Oförändrat sedan förra rapporten
Risk  1 Våld i nära relationer upptäcks inte  kritisk, senast T1 2026

Planen säger inte vem som ansvarar för detta.

För 2 till behövs inget: klara, valfria eller inte dags än.
"""

NARROW = """\
Läget den 20 januari 2027

Kvalitetsplan för socialnämnden
plans/socialnamnden, tertial 3 2026
0 av 6 skrivna, 3 saknas, 3 oförändrade, 1
sen.

Sent
Åtgärd  Fråga om våld vid varje nybesök
        sen sedan 31 dec 2026
        pågår, följer tidplan
        senast T2 2026
        Enhetschef
        Metodutvecklare

Saknas
Avsnitt    Sammanfattning
           obligatoriskt
Indikator  Sjukfrånvaro
           värde saknas T3 2026
Indikator  Beslut som inte är verkställda
           inom tre månader
           värde saknas K3, K4 2026

Oförändrat sedan förra rapporten
Mål   Barn och unga växer upp tryggt
      senast T2 2026
Risk  1 Våld i nära relationer upptäcks inte
      kritisk, senast T1 2026

Vem gör vad
Enhetschef       1 oförändrad, 1 sen
Metodutvecklare  1 oförändrad, 1 sen
Utan ansvarig    3 saknas, 2 oförändrade

För 2 till behövs inget: klara, valfria eller
inte dags än.

Undantag i kvalitet.yaml
R320 på socialnamnden/effektivitet gick ut 31
december 2026: Området analyseras i höstens
budgetarbete.
"""


class Console(io.TextIOWrapper):
    """A stream that keeps what is printed on it, as text and as bytes."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def printed(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


def shown(
    folder: Path,
    today: str,
    period: str = "",
    *,
    plan: str = "",
    format: str = "text",
    code: int = 0,
) -> str:
    """What the command prints in a folder on a day."""
    loaded = settle(load(folder))
    asked = Period.parse(period) if period else None
    with redirect_stdout(Console()) as console:
        assert overviewing.run(loaded, plan, asked, format, date.fromisoformat(today)) == code
    return console.printed()


@pytest.mark.parametrize(
    ("today", "period", "plan", "columns", "text"),
    [
        ("2027-01-20", "2026-T3", "", 80, AT_80),
        ("2026-09-20", "", "", 80, IN_TIME),
        ("2027-01-20", "2026-T3", "socialnamnden", 45, NARROW),
    ],
)
def test_havsnäs_whole(
    today: str, period: str, plan: str, columns: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert shown(HAVSNÄS, today, period, plan=plan) == text


MARKDOWN = """\
# Läget den 20 januari 2027

Vad som är kvar att göra till rapporten, vad som är sent och vem som ansvarar.


## Kvalitetsplan för socialnämnden, tertial 3 2026

0 av 6 skrivna, 3 saknas, 3 oförändrade, 1 sen.

**Sent**

| Vad | Namn | Läge | Ansvarig |
| --- | --- | --- | --- |
| Åtgärd | Fråga om våld vid varje nybesök | sen sedan 31 dec 2026<br>pågår, följer tidplan<br>\
senast T2 2026 | Enhetschef<br>Metodutvecklare |

**Saknas**

| Vad | Namn | Läge | Ansvarig |
| --- | --- | --- | --- |
| Avsnitt | Sammanfattning | obligatoriskt |  |
| Indikator | Sjukfrånvaro | värde saknas T3 2026 |  |
| Indikator | Beslut som inte är verkställda inom tre månader | värde saknas K3, K4 2026 |  |

**Oförändrat sedan förra rapporten**

| Vad | Namn | Läge | Ansvarig |
| --- | --- | --- | --- |
| Mål | Barn och unga växer upp tryggt | senast T2 2026 |  |
| Risk | 1 Våld i nära relationer upptäcks inte | kritisk<br>senast T1 2026 |  |

**Vem gör vad**

| Ansvarig | Att göra |
| --- | --- |
| Enhetschef | 1 oförändrad, 1 sen |
| Metodutvecklare | 1 oförändrad, 1 sen |
| Utan ansvarig | 3 saknas, 2 oförändrade |

**Inget behöver skrivas**

| Vad | Namn | Läge | Ansvarig |
| --- | --- | --- | --- |
| Avsnitt | Bakgrund | står i varje rapport |  |
| Mål | Stödet kommer i rätt tid | uppfyllelsen räknas fram |  |

## Undantag

**Har gått ut eller går snart ut**

| Regel | Plats | Slut | Skäl |
| --- | --- | --- | --- |
| R320 | socialnamnden/effektivitet | 31 december 2026 (har gått ut) | \
Området analyseras i höstens budgetarbete. |
"""


def test_markdown_to_paste() -> None:
    page = shown(HAVSNÄS, "2027-01-20", "2026-T3", plan="socialnamnden", format="md")
    assert page.partition("\n\n---\n")[0] + "\n" == MARKDOWN


def test_json() -> None:
    told = json.loads(shown(HAVSNÄS, "2027-01-20", "2026-T3", format="json"))
    assert (told["version"], told["dag"]) == (1, "2027-01-20")
    plan = told["plans"][1]
    assert {key: plan[key] for key in ("plan", "namn", "period", "fel", "antal")} == {
        "plan": "socialnamnden",
        "namn": "Kvalitetsplan för socialnämnden",
        "period": "2026-T3",
        "fel": 0,
        "antal": {"skriven": 0, "oförändrad": 3, "saknas": 3, "inget": 2, "sena": 1},
    }
    rows = {row["id"]: row for row in plan["rader"]}
    assert rows["fraga-om-vald"] == {
        "sort": "åtgärd",
        "id": "fraga-om-vald",
        "namn": "Fråga om våld vid varje nybesök",
        "status": "oförändrad",
        "varför": "senast T2 2026",
        "senast": "2026-T2",
        "läge": "pågår, följer tidplan",
        "slut": "2026-12-31",
        "sen_sedan": "2026-12-31",
        "dagar_sen": 20,
        "saknade": [],
        "ansvarig": ["enhetschef", "metodutvecklare"],
    }
    assert rows["ej-verkstallda"]["saknade"] == ["2026-K3", "2026-K4"]
    assert plan["roller"][-1] == {
        "roll": None,
        "saknas": 3,
        "oförändrade": 2,
        "sena": 0,
        "id": [
            "sammanfattning",
            "trygg-uppvaxt",
            "vald-upptacks-inte",
            "sjukfranvaro",
            "ej-verkstallda",
        ],
    }
    [exception] = told["undantag"]
    assert (exception["slut"], exception["har_gått_ut"]) == ("2026-12-31", True)


def rows(plan: Plan, at: Period, today: str, register: Register | None = None) -> tuple[Rad, ...]:
    """The rows of a plan's report on a day."""
    around = register or Register({plan.mapp: plan})
    day = date.fromisoformat(today)
    return overview(plan, at, around, day, is_asked=True, faults=0).rader


def drawn(row: Rad) -> str:
    """A row on one line."""
    late = f" ({row.dagar} dagar sen)" if row.sen_sedan else ""
    return f"{row.id} {row.status}: {row.varför}".rstrip(": ") + late


RISK = "risker:\n  - id: r\n    namn: R\n"
MEASURE = "åtgärder:\n  - id: a\n    namn: A\n    slut: 2026-10-31\n"
LONG = "Arbetet fortsätter som förut i alla grupper."


def said(**periods: str) -> str:
    """What is said of one id in tertials: `T1="r: Ord."`, or `T1="r: nivå: gul, läge: klar"`."""
    lines = ["uppföljning:"]
    for name, told in periods.items():
        id, _, rest = told.partition(": ")
        states = [f"      {state}" for state in rest.split(", ")]
        is_words = ": " not in rest or "{{" in rest
        lines += [f"  2026-{name}:", *([f"    {told}"] if is_words else [f"    {id}:", *states])]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("yaml", "row"),
    [
        # a risk
        (RISK, "r saknas: aldrig bedömd"),
        (RISK + said(T3="r: nivå: gul"), "r skriven"),
        (RISK + said(T2="r: nivå: gul"), "r oförändrad: senast T2 2026"),
        (RISK + said(T1="r: nivå: gul", T2="r: Ord."), "r oförändrad: senast T2 2026"),
        (RISK + said(T1="r: nivå: gul", T3="r: Ord."), "r skriven"),
        (RISK + said(T3="r: Ord."), "r saknas: nivån är inte angiven"),
        (
            RISK + said(T2=f"r: nivå: gul, text: {LONG}", T3=f"r: {LONG}"),
            "r oförändrad: samma ord som T2 2026",
        ),
        (RISK + said(T2="r: nivå: gul, text: Ord.", T3="r: Ord."), "r skriven"),
        (RISK + said(T2="r: Ord."), "r saknas: nivån är inte angiven"),
        (
            RISK + "    slut: 2026-08\n",
            "r inget: slutade aug 2026",
        ),
        (RISK + said(T2="r: nivå: gul, läge: avslutad"), "r inget: avslutad"),
        (RISK + said(T2="r: nivå: gul, läge: accepterad"), "r inget: accepterad"),
        # a measure
        (MEASURE, "a saknas: aldrig uppföljd (20 dagar sen)"),
        (MEASURE + said(T3="a: läge: pågår"), "a skriven (20 dagar sen)"),
        (MEASURE + said(T2="a: läge: pågår"), "a oförändrad: senast T2 2026 (20 dagar sen)"),
        (MEASURE + said(T2="a: läge: klar"), "a inget: klar"),
        (MEASURE + said(T3="a: läge: klar"), "a skriven"),
        (MEASURE + said(T2="a: slut: 2026-12-31"), "a oförändrad: senast T2 2026"),
        (MEASURE.replace("2026-10-31", "2026-11-20"), "a saknas: aldrig uppföljd"),
        (MEASURE.replace("2026-10-31", "2026-11-19"), "a saknas: aldrig uppföljd (1 dagar sen)"),
        (MEASURE.replace("slut: 2026-10-31", "start: 2027"), "a inget: börjar 2027"),
    ],
)
def test_a_risk_or_a_measure_on_the_20th_of_november(yaml: str, row: str) -> None:
    assert [drawn(each) for each in rows(small(yaml), T3, "2026-11-20")] == [row]


OWN_STEP = """\
skalor:
  läge:
    - namn: igång
      som: pågår
    - namn: färdig
      som: klar
"""
UNDER = "åtgärder:\n  - id: a\n    namn: A\n    aktiviteter:\n      - id: b\n        namn: B\n"


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        (OWN_STEP + MEASURE + said(T2="a: läge: färdig"), ["a inget: färdig"]),
        (
            OWN_STEP + MEASURE + said(T2="a: läge: igång"),
            ["a oförändrad: senast T2 2026 (20 dagar sen)"],
        ),
        (UNDER + said(T2="a: läge: klar"), ["a inget: klar", "b inget: hör till något avslutat"]),
        (
            UNDER + said(T2="a: läge: pågår"),
            ["a oförändrad: senast T2 2026", "b saknas: aldrig uppföljd"],
        ),
        (
            f"{UNDER}risker:\n  - id: r\n    namn: R\n    åtgärder: [a]\n"
            + said(T1="r: nivå: röd"),
            [
                "r oförändrad: senast T1 2026",
                "a saknas: aldrig uppföljd",
                "b saknas: aldrig uppföljd",
            ],
        ),
    ],
)
def test_own_steps_and_what_belongs_to_something(yaml: str, told: Sequence[str]) -> None:
    assert [drawn(each) for each in rows(small(yaml), T3, "2026-11-20")] == told


def test_what_only_a_risk_below_the_selection_leads_to() -> None:
    yaml = (
        "risker:\n  - id: r\n    namn: R\n    åtgärder:\n      - id: a\n        namn: A\n"
        "        slut: 2026-01-31\n        indikatorer:\n          - id: i\n            namn: I\n"
        + said(T1="r: nivå: grön")
    )
    plan = small(yaml, head="  urval: gul\n")
    assert {drawn(each).partition(" ")[2] for each in rows(plan, T3, "2026-11-20")} == {
        "inget: utanför urvalet"
    }


CHECK = "egenkontroller:\n  - id: k\n    namn: K\n    frekvens: {}\n"
DONE = "k: kontrollresultat: utan anmärkning"


@pytest.mark.parametrize(
    ("frekvens", "yaml", "at", "row"),
    [
        ("tertial", "", T2, "k saknas: ska göras varje tertial"),
        ("tertial", said(T1=DONE), T2, "k saknas: ska göras varje tertial, senast T1 2026"),
        ("tertial", said(T2=DONE), T2, "k skriven"),
        ("tertial", said(T2="k: Den lärde oss mycket."), T2, "k skriven"),
        ("månad", said(T2=DONE), T2, "k skriven"),
        ("år", "", T2, "k inget: görs varje år"),
        ("år", said(T1=DONE), T2, "k inget: görs varje år, senast T1 2026"),
        ("år", said(T1=DONE), T3, "k inget: görs varje år, senast T1 2026"),
        ("år", "", T3, "k inget: görs varje år"),
        ("år", said(T1="sammanfattning: Ord."), T3, "k saknas: ska göras varje år"),
        ("tertial", "    start: 2026-06\n", T2, "k inget: görs varje tertial"),
        ("tertial", "    slut: 2026-04\n", T2, "k inget: slutade apr 2026 (204 dagar sen)"),
        (
            "månad",
            said(T1=DONE).replace("T1", "05"),
            T2,
            "k saknas: ska göras varje månad, senast maj 2026",
        ),
        ("halvår", said(T1=DONE), T2, "k inget: görs varje halvår, senast T1 2026"),
    ],
)
def test_a_self_check_by_its_rounds(frekvens: str, yaml: str, at: Period, row: str) -> None:
    plan = small(CHECK.format(frekvens) + yaml)
    assert [drawn(each) for each in rows(plan, at, "2026-11-20")] == [row]


ONCE = "egenkontroller:\n  - id: k\n    namn: K\n    slut: 2026-04-30\n"
LATER = ONCE.replace("2026-04-30", "2026-06-30")


@pytest.mark.parametrize(
    ("yaml", "row"),
    [
        (ONCE, "k saknas: aldrig uppföljd (7 dagar sen)"),
        (ONCE + said(T1="k: slut: 2026-06-30").replace("T1", "02"), "k skriven"),
        (ONCE + said(T1="k: Den är begärd.").replace("T1", "02"), "k skriven (7 dagar sen)"),
        (ONCE + said(T1="k: kontrollresultat: ej genomförd"), "k skriven (7 dagar sen)"),
        (ONCE + said(T1=DONE), "k skriven"),
        (LATER, "k inget: ska vara gjord 30 jun 2026"),
        (ONCE.replace("    slut: 2026-04-30\n", ""), "k inget: ingen tid är angiven"),
    ],
)
def test_a_self_check_that_is_made_once(yaml: str, row: str) -> None:
    assert [drawn(each) for each in rows(small(yaml), T1, "2026-05-07")] == [row]


INDICATOR = "indikatorer:\n  - id: i\n    namn: I\n    frekvens: {}\n"
NONE = INDICATOR.replace("    frekvens: {}\n", "")
HEADER = "indikator;period;värde\n"


@pytest.mark.parametrize(
    ("frekvens", "csv", "today", "row"),
    [
        ("månad", "", "2026-07-15", "i saknas: inget värde än"),
        ("månad", "2026-04 2026-05 2026-06", "2026-07-15", "i skriven"),
        ("månad", "2026-04 2026-05 2026-06", "2026-09-15", "i saknas: värde saknas jul, aug 2026"),
        ("månad", "2026-04 2026-06", "2026-07-31", "i saknas: värde saknas maj 2026"),
        ("månad", "2026-04", "2026-09-01", "i saknas: värde saknas maj, jun, jul, aug 2026"),
        ("månad", "2026-07 2026-08", "2026-09-15", "i skriven"),
        ("månad", "2026-10", "2026-11-15", "i inget: börjar senare"),
        ("dag", "2026-05-01", "2026-09-01",
         "i saknas: värde saknas 2 maj, 3 maj, 4 maj, 5 maj 2026 och 118 till"),
        ("kvartal", "2026-K1", "2026-09-15", "i saknas: värde saknas K2 2026"),
        ("kvartal", "2026-K1 2026-K2", "2026-09-15", "i skriven"),
        ("tertial", "2026-T1", "2026-08-31", "i inget: väntas T2 2026"),
        ("tertial", "2026-T1", "2026-09-01", "i saknas: värde saknas T2 2026"),
        ("tertial", "2026-T1 2026-05 2026-06 2026-07 2026-08", "2026-09-01",
         "i skriven"),
        ("månad", "2026-01 2026-04 2026-05 2026-06 2026-07 2026-08", "2026-09-01",
         "i saknas: värde saknas feb, mar 2026"),
        ("månad", "2025", "2026-09-01", "i inget: senast 2025"),
        ("år", "2025", "2026-09-01", "i inget: väntas varje år"),
        ("år", "", "2026-09-01", "i inget: väntas varje år"),
        ("halvår", "2025-H2", "2026-09-01", "i saknas: värde saknas H1 2026"),
    ],
)  # fmt: skip
def test_the_values_that_are_expected_in_the_second_tertial(
    frekvens: str, csv: str, today: str, row: str
) -> None:
    lines = "".join(f"i;{period};1\n" for period in csv.split())
    plan = small(INDICATOR.format(frekvens), *([HEADER + lines] if lines else []))
    assert [drawn(each) for each in rows(plan, T2, today)] == [row]


@pytest.mark.parametrize(
    ("yaml", "csv", "told"),
    [
        (NONE, "", ["i saknas: inget värde än"]),
        (NONE, "i;2026-08-31;1", ["i skriven"]),
        (NONE, "i;2026-T1;1", ["i oförändrad: senast T1 2026"]),
        (NONE, "i;2025-T3;1", ["i inget: senast T3 2025"]),
        (NONE, "i;2025;1", ["i inget: senast 2025"]),
        (INDICATOR.format("tertial"), "i;2026-T1;1\ni;2026-T2;e.m.", ["i skriven"]),
        (INDICATOR.format("tertial") + "    start: 2027\n", "", ["i inget: börjar senare"]),
        (INDICATOR.format("månad") + "    slut: 2026-06\n",
         "i;2026-04;1\ni;2026-05;1\ni;2026-06;1", ["i skriven"]),
        (INDICATOR.format("månad") + said(T1="i: slut: 2026-04-30"),
         "i;2026-03;1\ni;2026-04;1", ["i inget: slutade 30 apr 2026"]),
        (INDICATOR.format("månad") + said(T2="i: slut: 2026-05"),
         "i;2026-05;1", ["i skriven"]),
        (INDICATOR.format("tertial") + "  - id: g\n    namn: G\n    indikatorer: [i]\n",
         "i;2026-T2;1", ["i skriven"]),
        (NONE + "  - id: c\n    namn: C\n    beräkning:\n      summa: [i, i]\n",
         "i;2026-T2;1", ["i skriven", "c inget: räknas fram"]),
    ],
)  # fmt: skip
def test_an_indicator(yaml: str, csv: str, told: Sequence[str]) -> None:
    plan = small(yaml, *([f"{HEADER}{csv}\n"] if csv else []))
    assert [drawn(each) for each in rows(plan, T2, "2026-09-15")] == told


@pytest.mark.parametrize(
    ("before", "row"),
    [
        ("kvinnor;1\ni;2026-T1;män;2", "i skriven"),
        (";3", "i saknas: värde saknas T2 2026"),  # there was a total
    ],
)
def test_rows_broken_down_are_values_where_no_total_is(before: str, row: str) -> None:
    csv = "indikator;period;kön;värde\ni;2026-T2;kvinnor;1\ni;2026-T2;män;2\n"
    plan = small(INDICATOR.format("tertial"), f"{csv}i;2026-T1;{before}\n")
    assert [drawn(each) for each in rows(plan, T2, "2026-09-15")] == [row]


def test_a_forecast_is_no_value() -> None:
    csv = "indikator;period;serie;värde\ni;2026-T1;;3\ni;2026-T2;prognos;1\n"
    plan = small(INDICATOR.format("tertial"), csv)
    [row] = rows(plan, T2, "2026-09-15")
    assert drawn(row) == "i saknas: värde saknas T2 2026"


REPORTS = "  rapporter: [atgardsplan]\n"
REPORT = """\
rubrik: Rapport
rytm: tertial
avsnitt:
  - id: inledning
    rubrik: Inledning
    del: text
"""


@pytest.mark.parametrize(
    ("yaml", "row"),
    [
        ("", "saknas: obligatoriskt"),
        ("texter:\n  sammanfattning: Ord.\n", "inget: står i varje rapport"),
        (said(T2="sammanfattning: Ord."), "skriven"),
        (said(T1="sammanfattning: Ord.", T2="sammanfattning: Andra ord."), "skriven"),
        (
            said(T1=f"sammanfattning: {LONG}", T2=f"sammanfattning: {LONG}"),
            "oförändrad: samma ord som T1 2026",
        ),
        (said(T1="sammanfattning: Ord.", T2="sammanfattning: Ord."), "skriven"),
        (
            said(T2="sammanfattning: <!-- fylls i -->"),
            "saknas: obligatoriskt",
        ),
        (
            said(T1="sammanfattning: Ord.", T2='sammanfattning: Det var {{ värde("i") }}.'),
            "skriven",
        ),
        (
            said(**dict.fromkeys(("T1", "T2"), 'sammanfattning: Det var {{ värde("i") }}.')),
            "skriven",
        ),
    ],
)
def test_a_section(yaml: str, row: str) -> None:
    plan = small(NONE + yaml, f"{HEADER}i;2026-T1;1\ni;2026-T2;2\n", head=REPORTS)
    first, second, *_ = rows(plan, T2, "2026-09-15")
    assert drawn(first) == f"sammanfattning {row}"
    assert drawn(second) == "bakgrund inget: valfritt"


def test_a_section_is_to_be_written_if_one_of_the_reports_demands_it(tmp_path: Path) -> None:
    files = {
        "plans/a/plan.yaml": f"{PLAN}  år: 2026\n  rapporter: [ena, andra]\n",
        "templates/rapporter/ena.yaml": f"{REPORT}    obligatorisk: ja\n",
        "templates/rapporter/andra.yaml": REPORT,
    }
    told = shown(write(tmp_path, files), "2026-11-20", "2026-T2")
    assert "Saknas\nAvsnitt  Inledning  obligatoriskt\n" in told


def test_a_whole_and_its_parts_answer_for_what_they_follow_up_themselves() -> None:
    together = RISK + "indikatorer:\n  - id: i\n    namn: I\n"
    register = gathered(
        helheten=together, ena=said(T2="r: nivå: gul"), andra="risker:\n  - id: q\n    namn: Q\n"
    )
    told = {
        name: [drawn(each) for each in rows(plan, T3, "2026-11-20", register)]
        for name, plan in register.plans.items()
    }
    assert told == {
        "helheten": ["i saknas: inget värde än"],
        "ena": ["r oförändrad: senast T2 2026"],
        "andra": ["q saknas: aldrig bedömd"],
    }


GOALS = """\
mål:
  - id: m
    namn: M
    mål:
      - id: n
        namn: N
"""


@pytest.mark.parametrize(
    ("yaml", "at", "told"),
    [
        ("", T3, ["m inget: valfritt", "n inget: valfritt"]),
        (said(T1="n: Ord."), T2, ["m inget: valfritt", "n oförändrad: senast T1 2026"]),
        (
            "  - id: p\n    namn: P\n"
            + said(T1="p: uppfyllelse: delvis", T2="n: uppfyllelse: helt"),
            T3,
            ["m saknas: uppfyllelsen är inte bedömd", "n oförändrad: senast T2 2026",
             "p oförändrad: senast T1 2026"],
        ),
        (  # most are not judged, so the plan may have chosen that one
            "  - id: p\n    namn: P\n" + said(T1="p: uppfyllelse: delvis"),
            T3,
            ["m inget: valfritt", "n inget: valfritt", "p oförändrad: senast T1 2026"],
        ),
        (
            "  - id: p\n    namn: P\n    typ: KF-mål\n" + said(T1="p: uppfyllelse: delvis"),
            T3,
            ["m inget: valfritt", "n inget: valfritt", "p oförändrad: senast T1 2026"],
        ),
        (
            "  - id: p\n    namn: P\n" + said(T1="p: uppfyllelse: delvis"),
            T2,
            ["m inget: valfritt", "n inget: valfritt", "p oförändrad: senast T1 2026"],
        ),
    ],
)  # fmt: skip
def test_goals_are_judged_when_the_year_ends_where_the_plan_judges_them(
    yaml: str, at: Period, told: Sequence[str]
) -> None:
    assert [drawn(each) for each in rows(small(GOALS + yaml), at, "2026-12-20")] == told


ROLES = """\
mål:
  - id: m
    namn: M
    ansvarig: chef
risker:
  - id: r
    namn: R
    mål: m
    åtgärder:
      - id: a
        namn: A
        ansvarig: [gruppchef, Chef]
        indikatorer:
          - id: g
            namn: G
            indikatorer:
              - id: i
                namn: I
åtgärder:
  - id: b
    namn: B
"""


def test_the_role_of_a_thing_or_else_of_what_it_belongs_to() -> None:
    found = {row.id: row.ansvarig for row in rows(small(ROLES), T1, "2026-05-20")}
    own = ("gruppchef", "Chef")
    assert found == {"m": ("chef",), "r": ("chef",), "a": own, "i": own, "b": ()}


def test_who_has_what_to_do() -> None:
    plan = small(ROLES)
    around = Register({plan.mapp: plan})
    tasks = overview(plan, T1, around, date(2026, 5, 20), is_asked=True, faults=0).roller()
    told = [(each.roll, [row.id for row in each.rader]) for each in tasks]
    assert told == [("Chef", ["r", "a", "i"]), ("Gruppchef", ["a", "i"]), ("", ["b"])]


@pytest.mark.parametrize(
    ("today", "ended"),
    [("2026-10-31", None), ("2026-11-22", False), ("2026-12-31", False), ("2027-01-01", True)],
)
def test_exceptions_that_end(today: str, ended: bool | None) -> None:
    day = date.fromisoformat(today)
    found = ending_exceptions(havsnäs(), ["socialnamnden"], day)
    assert [each.har_gått_ut for each in found] == ([] if ended is None else [ended])
    assert ending_exceptions(havsnäs(), ["barn-och-familj"], day) == ()


@pytest.mark.parametrize(
    ("today", "late"), [("2026-04-30", False), ("2026-05-01", True), ("2027-01-01", True)]
)
def test_late_from_the_day_after_the_end(today: str, late: bool) -> None:
    assert status.is_late(small(ONCE), "k", T1, today=date.fromisoformat(today)) is late


@pytest.mark.parametrize(
    ("yaml", "faults", "finished"),
    [
        (MEASURE, [], False),
        (MEASURE + said(T1="a: läge: pågår"), [], False),
        (MEASURE + said(T1="a: läge: klar"), [], True),
        (MEASURE + said(T2="a: läge: klar"), [], False),
        (OWN_STEP + MEASURE + said(T1="a: läge: färdig"), [], True),
        (OWN_STEP + MEASURE + said(T1="a: läge: igång"), [], False),
        (MEASURE + said(T1="a: läge: kalr"), ["R231"], True),  # nobody knows: nothing is asked
    ],
)
def test_what_is_finished(yaml: str, faults: Sequence[str], finished: bool) -> None:
    assert status.is_finished(small(yaml, faults=faults), "a", T1) is finished


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, DAYS, st.sampled_from([unit, board]), st.sampled_from([T1, T2, T3]))
def test_nothing_but_lateness_and_lacking_values_depends_on_the_day(
    one: date, other: date, plan: Callable[[], Plan], at: Period
) -> None:
    earlier, later = sorted((one, other))
    then, now = (rows(plan(), at, str(day), havsnäs()) for day in (earlier, later))
    assert [row.id for row in then] == [row.id for row in now]
    for before, after in zip(then, now, strict=True):
        assert (before.sen_sedan is None) or after.sen_sedan == before.sen_sedan
        assert {*before.saknade} <= {*after.saknade}
        if before.sort != "indikator":
            assert (before.status, before.varför) == (after.status, after.varför)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


PLAN = "plan:\n  namn: A\n"
NO_REPORT = "Ingen plan har en rapport för den perioden."


@pytest.mark.parametrize(
    ("plan", "arguments", "says", "code"),
    [
        (PLAN, ["--format", "pdf"], '--format kan vara text, json eller md, inte "pdf".\n', 2),
        (PLAN, ["--tertial", "4"], '"4" är inget tertial: skriv 1, 2 eller 3.\n', 2),
        (PLAN, ["--plan", "b"], "Mappen plans/b finns inte.\n", 2),
        (
            PLAN,
            ["--tertial", "1"],
            "plans/a säger inget år. Lägg till --year, eller år i plan.yaml.\n",
            2,
        ),
        (
            PLAN + "  år: 2026\n" + REPORTS,
            ["--year", "2026"],
            f"{NO_REPORT} De rapporter som finns görs varje tertial.\n",
            2,
        ),
        (PLAN + "  år: 2026\n" + REPORTS, ["--tertial", "1"], "", 0),
        (PLAN + MEASURE, [], "", 0),
    ],
)
def test_use(plan: str, arguments: list[str], says: str, code: int, tmp_path: Path) -> None:
    result = run("status", *arguments, folder=write(tmp_path, {"plans/a/plan.yaml": plan}))
    assert (result.stderr.decode(), result.returncode) == (says, code)


NO_PLAN = "Läget den 20 november 2026\nDet finns ingen plan i mappen plans.\n"


@pytest.mark.parametrize(
    ("files", "ends", "code"),
    [
        ({}, NO_PLAN, 0),
        (
            {
                "plans/a/plan.yaml": f"{PLAN}  rapporter: [egen]\n",
                "templates/rapporter/egen.yaml": "rubrik: R\nrytm: månad\navsnitt:\n  - id: x\n",
            },
            "1 fel gör att listan kan brista: kvalitet validate säger var.\n0 av 0 skrivna.\n",
            1,
        ),
    ],
)
def test_no_plan_or_no_known_report(
    files: dict[str, str], ends: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / "plans").mkdir()
    assert shown(write(tmp_path, files), "2026-11-20", code=code).endswith(ends)


def test_the_command_asks_the_clock_for_the_day() -> None:
    result = run("status", "--period", "2026-T3", folder=HAVSNÄS)
    assert result.stdout.decode().startswith("Läget den ")
    assert (result.returncode, result.stderr) == (0, b"")


UNREAD = {
    "plans/a/plan.yaml": f"{PLAN}  år: 2026\n{MEASURE}",
    "plans/a/2026-T2.yaml": "uppföljning:\n  2026-T2:\n    a: [\n",
    "plans/b.yaml": PLAN,
}


def test_what_cannot_be_read_is_told_and_not_taken_for_lacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, UNREAD))
    told = shown(Path(), "2026-11-20", "2026-T3", code=1)
    assert told.startswith(
        "Läget den 20 november 2026\n\nA\nplans/a, tertial 3 2026\n"
        "1 fel gör att listan kan brista: kvalitet validate säger var.\n"
        "0 av 0 skrivna.\n\n1 kan inte läsas.\nplans/b.yaml: R005 fel: "
    )


@pytest.mark.parametrize("format", ["json", "md"])
def test_what_is_not_read_stays_out_of_data(format: str, tmp_path: Path) -> None:
    alone = run("status", "--plan", "a", "--format", format, folder=write(tmp_path, UNREAD))
    result = run("status", "--format", format, folder=tmp_path)
    assert (result.returncode, result.stdout) == (1, alone.stdout)
    assert result.stderr.decode().startswith("plans/b.yaml: R005 fel: ")


def test_a_name_is_no_markup(tmp_path: Path) -> None:
    yaml = f"{PLAN}risker:\n  - id: r\n    namn: R **x**\n"
    folder = write(tmp_path, {"plans/a/plan.yaml": yaml})
    assert "| Risk | R \\*\\*x\\*\\* |" in shown(folder, "2026-11-20", "2026-T3", format="md")
