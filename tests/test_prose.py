from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import pytest
from examples import board, plain, rows, small, unit
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.prose import Code, Problem, render
from kvalitet.prose import problems as found_problems
from kvalitet.shape import Allowance

P = Period.parse
T1, T2 = P("2026-T1"), P("2026-T2")

A = "indikatorer:\n  - id: a\n    namn: A\n"
SAID = "risker:\n  - id: r\n    namn: R\nuppföljning:\n  2026-T1:\n    r:\n"


def problems(
    plan: Plan, text: str, at: Period, codes: Iterable[Code] = ("R210", "R211")
) -> tuple[Problem, ...]:
    found = (found_problems(plan, text, [at], code, Allowance()) for code in codes)
    return tuple(chain.from_iterable(found))


def printed(plan: Plan, call: str, at: Period) -> str:
    """What a call prints; the finding's message where it has no result."""
    text = f"{{{{ {call} }}}}"
    found = problems(plan, text, at)
    return found[0].message if found else plain(render(plan, text, at))


@pytest.mark.parametrize(
    ("call", "t1", "t2"),
    [
        ('värde("andel-horda")', "71 av 132, 54 %", "72 av 114, 63 %"),
        ('värde("horda", "2026-03")', "20", "22"),
        ('värde("enskilda-samtal")', "ej mätt", "29 av 40, 73 %"),
        ('andel("andel-horda")', "54 %", "63 %"),
        ('andel("andel-horda", "2026-T1")', "54 %", "55 %"),
        ('andel("trygg-efter-insats")', "81 %", "82 %"),
        ('andel("trygg-efter-insats", kön="flickor")', "82 %", "83 %"),
        ('andel("trygg-efter-insats", "2025", serie="riket")', "78 %", "78 %"),
        ('förändring("sjukfranvaro", "2026-T1", "2026-T1")', "oförändrat", "oförändrat"),
        ('förändring("vardygn", "2026-T1", "2026-T1")', "oförändrat", "oförändrat"),
        ('mål("andel-horda", "nämnden")', "minst 50 %", "minst 60 %"),
        ('mål("minst-5-ar")', "50–70 %", "50–70 %"),
        ('nivå("erfarna-slutar")', "förhöjd", "kritisk"),
        ('nivå("erfarna-slutar", "2026-T1")', "förhöjd", "förhöjd"),
    ],
)
def test_what_a_call_prints(call: str, t1: str, t2: str) -> None:
    assert [printed(unit(), call, at) for at in (T1, T2)] == [t1, t2]


@pytest.mark.parametrize(
    ("plan", "call", "expected"),
    [
        (unit, 'förändring("sjukfranvaro", "2026-T1", "2026-T2")', "−1,1 procentenheter"),
        (unit, 'förändring("sjukfranvaro", "2026-T2", "2026-T1")', "+1,1 procentenheter"),
        (unit, 'förändring("vardygn", "2026-T1", "2026-T2")', "+1 344"),
        (unit, 'förändring("bemotande", "2025-H1", "2025-H2")', "uppgift saknas"),
        (board, 'mål("sjukfranvaro")', "högst 7 %"),
        (board, 'värde("ej-verkstallda", "2026-K2", lagrum="SoL")', "skyddad uppgift"),
    ],
)
def test_what_a_call_prints_at_the_second_report(
    plan: Callable[[], Plan], call: str, expected: str
) -> None:
    assert printed(plan(), call, T2) == expected


@pytest.mark.parametrize(
    ("call", "code", "message", "hint"),
    [
        ("horda", "R210", "Beräkningen kan inte tolkas", "Skriv till exempel {{ värde"),
        (
            'värde(kön="flickor", "horda")',
            "R210",
            "Beräkningen kan inte tolkas",
            "Skriv till exempel {{ värde",
        ),
        ('värdet("horda")', "R210", 'Det finns ingen beräkning som heter "värdet"', 'Menade du "v'),
        ('__import__("os")', "R210", 'Det finns ingen beräkning som heter "__import__"', "Här kan"),
        ("värde()", "R210", "värde tar id och ibland en period", "Skriv {{ värde("),
        ('förändring("horda")', "R210", "förändring tar id och två perioder", "Skriv {{ förän"),
        ('värde("hordar")', "R210", 'Det finns inget som heter "hordar"', 'Menade du "horda"?'),
        (
            'värde("erfarna-slutar")',
            "R210",
            'Här väntades en indikator, inte risken "erfarna-slutar"',
            "",
        ),
        ('nivå("horda")', "R210", 'Här väntades en risk, inte indikatorn "horda"', "Här kan stå"),
        (
            'värde("horda", "2026-T4")',
            "R210",
            '"2026-T4" är ingen period: tertialen är T1, T2 och T3',
            "",
        ),
        (
            'värde("horda", könn="män")',
            "R210",
            'Det finns ingen skala som heter "könn"',
            "Menade du",
        ),
        (
            'värde("horda", kön="flicker")',
            "R210",
            '"flicker" är inget steg på skalan kön',
            'Menade du "flickor"?',
        ),
        (
            'värde("horda", kön="pojkar", kön="flickor")',
            "R210",
            "Skalan kön står två gånger",
            "Ta bort den ena.",
        ),
        ('nivå("erfarna-slutar", kön="pojkar")', "R210", "nivå tar inga skalor", "Skriv {{ nivå("),
        ('andel("horda")', "R210", '"horda" är ingen andel', 'Skriv {{ värde("horda") }}.'),
        (
            'mål("andel-horda")',
            "R210",
            '"andel-horda" har flera målvärden',
            'Skriv vems efter id: "enheten" och "nämnden".',
        ),
        (
            'mål("andel-horda", "nämnder")',
            "R210",
            '"andel-horda" har inget målvärde för "nämnder"',
            'Menade du "nämnden"?',
        ),
        ('mål("horda")', "R211", 'Inget målvärde för "horda" gäller i 2026-T2', ""),
        (
            'värde("horda", "2026-T3")',
            "R211",
            'Värde saknas för "horda" i 2026-T3',
            "Rader saknas för 2026-09, 2026-10, 2026-11 och 2026-12. Värde finns för 2025-12, ",
        ),
        (
            'värde("per-100-placerade", "2026-03")',
            "R211",
            'Värde saknas för "per-100-placerade" i 2026-03',
            "Rader saknas för avvikelser-antal 2026-03; familjehem 2026-03; jourhem 2026-03. ",
        ),
        (
            'värde("horda", kön="pojkar")',
            "R211",
            'Värde saknas för "horda, kön pojkar" i 2026-T2',
            "Rader saknas för 2026-T2. Lägg till en rad i data.",
        ),
        (
            'värde("erfarenhet")',
            "R211",
            'Värde saknas för "erfarenhet" i 2026-T2',
            "Det är en tabell. Ange något i den: under-5-ar och minst-5-ar.",
        ),
        (
            'förändring("enskilda-samtal", "2026-T1", "2026-T2")',
            "R211",
            '"enskilda-samtal" har en ny definition från 2026-T2, så värdena kan inte jämföras',
            "Jämför två perioder på samma sida om ändringen.",
        ),
        (
            'nivå("vald-upptacks-inte", "2025")',
            "R211",
            'Risken "vald-upptacks-inte" är inte bedömd i 2025',
            "Säg sannolikhet och allvarlighetsgrad, eller nivå, i uppföljningen.",
        ),
        (
            'nivå("erfarna-slutar", "2026-T3")',
            "R211",
            "Nivån i 2026-T3 är inte känd i en text om 2026-T2",
            "",
        ),
    ],
)
def test_calls_without_a_result(call: str, code: Code, message: str, hint: str) -> None:
    text = f"Först {{{{ {call} }}}} sedan."
    (problem,) = problems(unit(), text, T2)
    assert problems(unit(), text, T2, [code]) == (problem,)
    assert problem.message == message
    assert problem.hint.startswith(hint)
    assert bool(hint) == bool(problem.hint)
    assert (problem.line, problem.column, problem.length) == (0, 6, len(call) + 6)
    assert render(unit(), text, T2) == text


def test_the_hint_tells_which_values_there_are() -> None:
    (problem,) = problems(unit(), '{{ värde("horda", "2026-T3") }}', T2)
    assert problem.hint.endswith("Värde finns för 2025-12, 2026-01 … 2026-08.")
    (problem,) = problems(unit(), '{{ värde("placerade", "2025") }}', T2)
    assert problem.hint.endswith("Värde finns för 2026-04-30 och 2026-08-31.")


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        ("värde(horda)", 'Skriv med raka, dubbla citattecken: {{ värde("horda") }}.'),
        ("värde('horda')", 'Skriv med raka, dubbla citattecken: {{ värde("horda") }}.'),
        ("värde(“horda”)", 'Skriv med raka, dubbla citattecken: {{ värde("horda") }}.'),
        (
            'värde("horda", 2026-T1, kön=pojkar)',
            'Skriv med raka, dubbla citattecken: {{ värde("horda", "2026-T1", kön="pojkar") }}.',
        ),
        ('värde "horda"', 'Skriv {{ värde("horda") }}.'),
        ('värde("horda"', 'Skriv {{ värde("horda") }}.'),
        ('värde("horda",)', 'Skriv {{ värde("horda") }}.'),
    ],
)
def test_a_call_that_can_be_mended_is_shown_mended(call: str, hint: str) -> None:
    (problem,) = problems(unit(), f"{{{{ {call} }}}}", T1)
    assert (problem.message, problem.hint) == ("Beräkningen kan inte tolkas", hint)


def test_a_computed_indicator_tells_which_part_lacks_rows() -> None:
    plan = small(
        f"{A}  - id: b\n    namn: B\n  - id: c\n    namn: C\n    beräkning:\n      summa: [a, b]\n",
        rows("a;2026-T1;7"),
    )
    (problem,) = problems(plan, '{{ värde("c") }}', T1)
    assert problem.hint == "Rader saknas för b 2026-T1. Lägg till en rad i data."


def test_a_row_of_a_time_that_is_not_over_is_told_with_its_place() -> None:
    plan = small(A + "    måttenhet: procent\n", rows("a;2025;80", "a;2026;87"))
    (problem,) = problems(plan, '{{ värde("a") }}', T1)
    assert problem.hint.startswith("2026 (")
    assert problem.hint.endswith(":3) är inte slut i 2026-T1. Skriv när det mättes, som 2026-04.")


def test_a_call_that_is_never_closed() -> None:
    text = 'Ett.\nTvå {{ värde("horda").\nTre {{ andel("andel-horda") }}.'
    (problem,) = problems(unit(), text, T1)
    assert problem.message == "Beräkningen avslutas inte"
    assert problem.hint == r"Avsluta med }}. Ska klamrarna stå i texten, skriv \{{."
    assert (problem.line, problem.column, problem.length) == (1, 4, 18)
    assert plain(render(unit(), text, T1)).endswith("Tre 54 %.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utan beräkning.", "Utan beräkning."),
        (r"Klamrar \{{ och }} i text.", "Klamrar {{ och }} i text."),
        ('{{värde("horda")}}', "71"),
        ('{{ värde ( "horda" , "2026-03" ) }}', "20"),
        ('{{ värde(\n"horda") }}', "71"),
        ('{{ värde("horda") }}{{ värde("horda") }}', "7171"),
        # a number first on a line would begin a list
        ('{{ värde("horda") }}. Så många.', r"71\. Så många."),
        ('- {{ värde("horda") }}) Så många.', r"- 71\) Så många."),
        ('Det blev {{ värde("horda") }}. Så många.', "Det blev 71. Så många."),
        ('{{ värde("horda") }}.5', "71.5"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert problems(unit(), text, T1) == ()
    assert render(unit(), text, T1) == expected


@pytest.mark.parametrize(
    ("namn", "expected"),
    [
        ("hög", "hög"),
        ("*hög*", r"\*hög\*"),
        ("[hög](x)", r"\[hög\](x)"),
        ("<b>", r"\<b\>"),
        ("- hög", r"\- hög"),
        ("hög_1_", r"hög\_1\_"),
        ("&amp;", r"\&amp;"),
        ("-1", "-1"),
    ],
)
def test_a_result_cannot_change_the_markdown(namn: str, expected: str) -> None:
    plan = small(
        f"skalor:\n  nivå:\n    - namn: |\n        {namn}\n      från: 1\n"
        "risker:\n  - id: r\n    namn: R\n"
        f"uppföljning:\n  2026-T1:\n    r:\n      nivå: |\n        {namn}\n"
    )
    assert render(plan, '{{ nivå("r") }}', T1).strip() == expected


@pytest.mark.parametrize(
    ("yaml", "faults", "call"),
    [
        ("indikatorer:\n  - id: a\n    namn: A\n    decimaler: många\n", ["R204"], 'värde("a")'),
        ("indikatorer:\n  - id: a\n    namn: A\n    måttenhet: [a, b]\n", ["R203"], 'andel("a")'),
        ("indikatorer:\n  - id: a\n    namn: A\n    målvärden: 7\n", ["R203"], 'mål("a", "KF")'),
        ("skalor:\n  ort: 7\n" + A, ["R203"], 'värde("a", ort="norr")'),
        (A + "    beräkning:\n      summa: [b]\n", [], 'värde("a")'),
        (SAID + "      nivå: lila\n", ["R231"], 'nivå("r")'),
    ],
)
def test_what_already_has_a_finding_gives_no_second_one(
    yaml: str, faults: list[str], call: str
) -> None:
    text = f"{{{{ {call} }}}}"
    plan = small(yaml, faults=faults)
    assert problems(plan, text, T1) == ()
    assert render(plan, text, T1) == text


def test_where_data_are_at_fault_no_value_is_missed() -> None:
    plan = small(A, rows("a;2026-01;ett"), faults=["R505"])
    assert problems(plan, '{{ värde("a") }}', T1) == ()


CALLS = st.one_of(st.text(), st.text(alphabet='{}"\\(), =\nvärdehoknsam-2016T'))


@given(CALLS)
def test_any_text_gives_problems_or_words_never_a_fault(text: str) -> None:
    lines = text.split("\n")
    for problem in problems(unit(), text, T1):
        called = lines[problem.line][problem.column :]
        assert called.startswith("{{")
        assert 2 <= problem.length <= len(called)
    if "{{" not in text:
        assert render(unit(), text, T1) == text
