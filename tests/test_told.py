from __future__ import annotations

import pytest
from examples import board, plain, rows, small, unit

from kvalitet.period import Period
from kvalitet.told import Fact, differences, told

P = Period.parse
T1, T2 = P("2026-T1"), P("2026-T2")


def changed(before: tuple[Fact, ...], after: tuple[Fact, ...]) -> list[str]:
    """What is told otherwise, as a line each: id, what, period and detail: before → after."""
    return [
        plain(f"{' '.join(about(old))}: {old.text} → {new.text}")
        for old, new in ((each.before, each.after) for each in differences(before, after))
        if old and new
    ]


def about(fact: Fact) -> tuple[str, ...]:
    period = (str(fact.period),) if fact.period else ()
    steps = (f"{skala} {steg}" for skala, steg in fact.uppdelning)
    return (*((fact.id,) if fact.id else ()), fact.what, *period, *fact.detail, *steps)


def test_what_the_second_report_tells_otherwise() -> None:
    assert changed(told(unit(), T1), told(unit(), T2)) == [
        "stod-i-tid tillstånd uppfyllelse: inte → helt",
        "vald-upptacks-inte tillstånd sannolikhet: stor → liten",
        "vald-upptacks-inte tillstånd nivå: kritisk → förhöjd",
        "barnets-rost tillstånd uppfyllelse: inte → helt",
        "erfarna-slutar tillstånd sannolikhet: liten → stor",
        "erfarna-slutar tillstånd nivå: förhöjd → kritisk",
        "introduktion slut: 31 december 2026 → 31 mars 2027",
        "introduktion tillstånd tidplan: följer tidplan → försenad",
        "mentorer tillstånd läge: ej påbörjad → pågår",
        "journalgranskning tillstånd läge: ej påbörjad → klar",
        "interna-avvikelser tillstånd sannolikhet: stor → liten",
        "interna-avvikelser tillstånd utredningskrav: händelseanalys → fördjupad utredning",
        "andel-horda målvärde nämnden: minst 50 % → minst 60 %",
        "sjukfranvaro värde 2026 prognos: 6,9 % → 6,5 %",
        "horda värde 2026-03 utfall: 20 → 22",
        "horda värde 2026-T1 utfall: 71 → 73",
        "andel-horda värde 2026-T1 utfall: 71 av 132, 54 % → 73 av 132, 55 %",
        "ekonomi 2026 intäkt Statsbidrag prognos: 3 300 tkr → 3 400 tkr",
        "ekonomi 2026 kostnad Personal prognos: 28 700 tkr → 28 600 tkr",
        "ekonomi 2026 kostnad Placeringar prognos: 23 100 tkr → 22 600 tkr",
        "ekonomi 2026 summa Intäkter prognos: 3 300 tkr → 3 400 tkr",
        "ekonomi 2026 summa Kostnader prognos: 51 800 tkr → 51 200 tkr",
        "ekonomi 2026 summa Nettokostnad prognos: 48 500 tkr → 47 800 tkr",
    ]


def test_an_older_report_made_again_tells_what_it_told() -> None:
    late = rows("a;2026-01;2;2026-T2", columns="indikator;period;värde;gäller_från")
    yaml = "indikatorer:\n  - id: a\n    namn: A\n"
    assert told(small(yaml, late), T1) == told(small(yaml), T1)
    assert told(small(yaml, late), T2) != told(small(yaml), T2)


@pytest.mark.parametrize(
    ("what", "id", "period", "detail", "text"),
    [
        ("namn", "horda", None, (), "Barnet hördes"),
        ("slut", "mentorer", None, (), "andra halvåret 2026"),
        ("tillstånd", "journalgranskning", T2, ("kontrollresultat",), "mindre anmärkning"),
        ("tillstånd", "asikt-skrivs-inte-ned", None, ("nivå",), "låg"),
        ("målvärde", "minst-5-ar", None, ("enheten",), "50–70 %"),
        ("värde", "trygg-efter-insats", T1, ("utfall", "kön flickor"), "23 av 28, 82 %"),
        ("värde", "orsaker", T2, ("utfall", "orsak samverkan"), "6"),
        ("värde", "bemotande", P("2025-H1"), ("utfall",), "uppgift saknas"),
        ("värde", "per-100-placerade", T1, ("utfall",), "26,4"),
        ("text", "erfarna-slutar", T2, (), "Flera har sagt upp sig inför hösten."),
        ("ekonomi", "", P("2026-01/2026-08"), ("summa", "Nettokostnad", "avvikelse"), "−300 tkr"),
    ],
)
def test_facts(
    what: str, id: str, period: Period | None, detail: tuple[str, ...], text: str
) -> None:
    facts = {about(fact): fact for fact in told(unit(), T2)}
    when = (str(period),) if period else ()
    assert plain(facts[(*((id,) if id else ()), what, *when, *detail)].text) == text


def test_a_protected_value_is_told_without_its_value() -> None:
    facts = [fact for fact in told(board(), T2) if ("lagrum", "SoL") in fact.uppdelning]
    assert [(str(fact.period), fact.text, fact.exact) for fact in facts] == [
        ("2026-K1", "4", "4"),
        ("2026-K2", "skyddad uppgift", ""),
    ]


def test_breakdowns_that_read_the_same_are_two_facts() -> None:
    yaml = "skalor:\n  a: [b c]\n  a b: [c]\nindikatorer:\n  - id: i\n    namn: I\n"
    data = rows("i;2026-T1;b c;;1", "i;2026-T1;;c;2", columns="indikator;period;a;a b;värde")
    assert [(fact.uppdelning, fact.text) for fact in told(small(yaml, data), T1)[-2:]] == [
        ((("a", "b c"),), "1"),
        ((("a b", "c"),), "2"),
    ]


def test_what_began_and_what_ended() -> None:
    a, b = (Fact(id, "namn", None, (), id, id) for id in "ab")
    (ended, begun) = sorted(differences([a], [b]), key=lambda each: each.after is not None)
    assert (ended.before, ended.after, begun.before, begun.after) == (a, None, None, b)
    assert differences([a, b], [b, a]) == ()


def test_a_share_of_other_counts_is_another_fact() -> None:
    yaml = "indikatorer:\n  - id: a\n    namn: A\n    måttenhet: procent\n"
    before, after = (
        told(small(yaml, rows(f"a;2026-T1;{value}")), T1) for value in ("28 av 44", "14 av 22")
    )
    assert changed(before, after) == ["a värde 2026-T1 utfall: 28 av 44, 64 % → 14 av 22, 64 %"]
