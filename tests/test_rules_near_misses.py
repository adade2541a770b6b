"""What nearly says what was meant: types, periods, units, amounts and words that pass unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.period import Period

QUARTERLY = """rubrik: Läget
rytm: kvartal
avsnitt:
  - id: sammanfattning
    rubrik: Läget
    del: text
"""
YEARLY = """rubrik: Året
rytm: år
avsnitt:
  - id: aret
    rubrik: Året
    del: text
  - id: kontrollplan
    rubrik: Intern kontroll
    del: internkontroll
"""
HEAD = "plan:\n  namn: Exempelplan\n  år: 2026\n  rapporter: [kvartal, ar]\n"


def found(
    folder: Path,
    codes: tuple[str, ...],
    files: dict[str, str],
    at: str | None = None,
    *,
    hints: bool = False,
) -> list[str]:
    """What rules find in a plan with a report of each quarter and of the year, as "CODE file:line
    message", and what they say is to be done."""
    written = {
        "templates/rapporter/kvartal.yaml": QUARTERLY,
        "templates/rapporter/ar.yaml": YEARLY,
        "plans/a/plan.yaml": HEAD,
        **files,
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    findings = judged(folder, Period.parse(at) if at else None).findings
    mine = (f for f in findings if f.code in codes)
    told = (
        f"{f.code} {f.place.path.rpartition('/')[2]}:{f.place.line} {f.message}"
        f"{f': {f.hint}' if hints else ''}"
        for f in mine
    )
    return [each.replace("\u00a0", " ") for each in told]


def goals(*types: str) -> str:
    """A file with a goal of each type, each on three lines."""
    goal = "  - id: mal{}\n    namn: Mål {}\n    typ: {}\n"
    return "mål:\n" + "".join(goal.format(n, n, typ) for n, typ in enumerate(types))


def checks(*types: str) -> str:
    return goals(*types).replace("mål:", "egenkontroller:").replace("mal", "koll")


NEAR = 'Typen "{}" är nästan "{}"'


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (goals("delmål", "delmål", "delmal"), ["10 " + NEAR.format("delmal", "delmål")]),
        (goals("Delmål", "delmål", "delmål"), ["4 " + NEAR.format("Delmål", "delmål")]),
        (goals("delmål", "del-mål"), ["7 " + NEAR.format("del-mål", "delmål")]),
        (goals("del mål", "delmål", "delmål", "del mål", "delmål"),
         ["4 " + NEAR.format("del mål", "delmål") + " (och 1 gång till)"]),
        (goals(*["enhetsmål"] * 3, "enhetmål"), ["13 " + NEAR.format("enhetmål", "enhetsmål")]),
        (goals(*["enhetsmål"] * 3, "enhtesmål"), ["13 " + NEAR.format("enhtesmål", "enhetsmål")]),
        (goals(*["enhetsmål"] * 3, "enhetzmål"), ["13 " + NEAR.format("enhetzmål", "enhetsmål")]),
        (checks("Internkontroll"), ["4 " + NEAR.format("Internkontroll", "internkontroll")]),
        (checks("intern kontroll"), ["4 " + NEAR.format("intern kontroll", "internkontroll")]),
        (checks("interkontroll"), ["4 " + NEAR.format("interkontroll", "internkontroll")]),
        (checks("intern kontroll av IT"),
         ["4 " + NEAR.format("intern kontroll av IT", "internkontroll")]),
        # sound: another word, too few of the other, a number, another kind of thing
        (goals("mål", "delmål", "nämndmål", "nämndens mål"), []),
        (goals("enhetsmål", "enhetmål"), []),
        (goals(*["planerad insats"] * 3, "oplanerad insats"), []),
        (goals(*["huvudmål 1"] * 3, "huvudmål 2"), []),
        (goals(*["SoL-mål"] * 3, "HSL-mål"), []),
        (checks("internkontroll", "extern kontroll", "egenkontroll"), []),
        (goals("delmål") + checks("delmal"), []),
    ],
)  # fmt: skip
def test_a_type_that_is_nearly_another(tmp_path: Path, plan: str, expected: list[str]) -> None:
    told = found(tmp_path, ("R344",), {"plans/a/1.yaml": plan})
    assert told == [f"R344 1.yaml:{each}" for each in expected]


def test_intern_kontroll_is_a_free_word_where_no_report_looks_for_it(tmp_path: Path) -> None:
    head = HEAD.replace("[kvartal, ar]", "[kvartal]")
    files = {"plans/a/plan.yaml": head, "plans/a/1.yaml": checks("intern kontroll")}
    assert found(tmp_path, ("R344",), files) == []


WORDS = "\n      text: Två enheter har flyttat.\n"
OTHER_TIME = "Orden under {} skrivs inte ut: planens rapporter gäller kvartal och år"
NO_SECTION = 'Orden skrivs inte ut: ingen rapport för {} har avsnittet "{}"'


@pytest.mark.parametrize(
    ("period", "said", "expected"),
    [
        ("2026-08-31", "koll:" + WORDS, ["4 " + OTHER_TIME.format("2026-08-31")]),
        ("2026-T2", "koll:" + WORDS, ["4 " + OTHER_TIME.format("2026-T2")]),
        ("2026-H1", "sammanfattning: A.\n    koll: B.\n", ["4 " + OTHER_TIME.format("2026-H1")]),
        ("2026-K2", "kontrollplan: Allt är gjort.\n",
         ["5 " + NO_SECTION.format("2026-K2", "kontrollplan")]),
        ("2026", "sammanfattning: A.\n", ["5 " + NO_SECTION.format("2026", "sammanfattning")]),
        # sound
        ("2026-K2", "sammanfattning: A.\n    koll: B.\n", []),
        ("2026", "kontrollplan: Allt är gjort.\n    koll: B.\n", []),
        ("2026-08-31", "koll:\n      läge: pågår\n      slut: 2026-12-31\n", []),
        ("2025-08-31", "koll: Så var det förra året.\n", []),
    ],
)  # fmt: skip
def test_words_of_a_time_that_no_report_has(
    tmp_path: Path, period: str, said: str, expected: list[str]
) -> None:
    files = {
        "plans/a/1.yaml": f"åtgärder:\n  - id: koll\nuppföljning:\n  {period}:\n    {said}",
        "plans/a/2.yaml": "uppföljning:\n  2026-K3:\n    sammanfattning: Lugnt.\n",
    }
    told = found(tmp_path, ("R610",), files)
    assert told == [f"R610 1.yaml:{each}" for each in expected]


@pytest.mark.parametrize("whole", ["koll", "annat"])  # what is lifted may be only the part's own
@pytest.mark.parametrize(
    ("part", "lifted", "expected"),
    [
        ("  rapporter: [kvartal]\n", "nej", 1),
        ("  rapporter: [kvartal]\n", "ja", 0),  # the whole's report of the year prints them
        ("", "nej", 0),  # which reports it has is not said
    ],
)
def test_what_a_part_lifts_is_printed_by_its_whole(
    tmp_path: Path, whole: str, part: str, lifted: str, expected: int
) -> None:
    files = {
        "plans/a/1.yaml": f"åtgärder:\n  - id: {whole}\n    namn: Kolla\n",
        "plans/b/1.yaml": "åtgärder:\n  - id: koll\n    namn: Kolla\n",
        "plans/b/plan.yaml": f"plan:\n  namn: Del\n  del_av: a\n{part}uppföljning:\n  2026:\n"
        f"    koll:\n      lyft: {lifted}\n      text: Två enheter har flyttat.\n",
    }
    assert len(found(tmp_path, ("R610",), files)) == expected


VAIN = "8 lyft: ja har ingen verkan: "
OF_QUARTERS = (
    "6 Orden under 2026 skrivs inte ut: planens rapporter gäller kvartal: Skriv dem under "
    "2026-K4{}. Tillstånd och datum får stå kvar: de gäller tills något nyare sägs."
)
LIFTED = "      lyft: ja\n"
TWICE = f"  2026-K2:\n    koll:\n{LIFTED}      text: A\n    annan:\n{LIFTED}      text: B\n"


@pytest.mark.parametrize(
    ("reports", "said", "expected"),
    [
        (
            "kvartal",
            f"  2026-K2:\n    koll:\n{LIFTED}      text: A\n",
            VAIN + "a har ingen rapport för 2026-K2: Skriv det som ska lyftas under 2026.",
        ),
        (
            "",  # then it is in no report at all
            TWICE,
            VAIN + "a har ingen rapport för 2026-K2 (och 1 gång till): Skriv det som ska lyftas "
            "under 2026.",
        ),
        (
            "kvartal",
            f"  2026:\n    sammanfattning:\n{LIFTED}      text: A\n",
            OF_QUARTERS.format(""),
        ),
        (
            "ar2",
            f"  2026:\n    inledning:\n{LIFTED}      text: A\n",
            VAIN + 'a har ingen rapport för 2026 med avsnittet "inledning": Ta bort lyft.',
        ),
        (
            "kvartal",
            f"  2026-K2:\n    koll:\n{LIFTED}      läge: pågår\n",
            VAIN + "det finns ingen text att lyfta: Skriv orden under text, eller ta bort lyft.",
        ),
        (
            "kvartal",
            "  2026:\n    koll:\n      text: A\n",
            OF_QUARTERS.format(", eller skriv lyft: ja så står de i rapporten från a"),
        ),
        # sound: the whole has a report of the year, and its section
        ("kvartal", f"  2026:\n    koll:\n{LIFTED}      text: A\n", ""),
        ("kvartal", f"  2026:\n    aret:\n{LIFTED}      text: A\n", ""),
        ("", f"  2026:\n    koll:\n{LIFTED}      text: A\n", ""),
        ("", "  2026-K2:\n    koll:\n      text: A\n", ""),
    ],
)
def test_what_is_lifted_to_a_whole_that_does_not_print_it(
    tmp_path: Path, reports: str, said: str, expected: str
) -> None:
    own = f"plan:\n  namn: Del\n  del_av: a\n  rapporter: [{reports}]\nuppföljning:\n{said}"
    files = {
        "templates/rapporter/ar2.yaml": YEARLY.replace("id: aret", "id: inledning"),
        "plans/a/plan.yaml": HEAD.replace("[kvartal, ar]", "[ar]"),
        "plans/a/1.yaml": "åtgärder:\n  - id: koll\n    namn: Kolla\n  - id: annan\n    namn: B\n",
        "plans/b/plan.yaml": own,
    }
    told = found(tmp_path, ("R610",), files, hints=True)
    assert told == ([f"R610 plan.yaml:{expected}"] if expected else [])


BUILT_IN = (
    "ar, atgardsplan, enhetsjamforelse, kvalitetsberattelse, kvalitetssammanfattning, kvartal "
    "eller verksamhetsberattelse"
)


@pytest.mark.parametrize(
    ("named", "file", "hint"),
    [
        ("manad", "Manad", "Döp om templates/rapporter/Manad.yaml till manad.yaml."),
        ("manader", "Manad", f"Här kan stå {BUILT_IN}. En egen läggs i templates/rapporter."),
        ("manader", "manad", 'Menade du "manad"?'),
        ("Manad", "manad", 'Menade du "manad"?'),
    ],
)
def test_no_report_is_proposed_that_a_plan_cannot_name(
    tmp_path: Path, named: str, file: str, hint: str
) -> None:
    files = {
        f"templates/rapporter/{file}.yaml": QUARTERLY,
        "plans/a/plan.yaml": HEAD.replace("[kvartal, ar]", f"[{named}]"),
    }
    told = found(tmp_path, ("R227",), files, hints=True)
    assert told == [f'R227 plan.yaml:4 Rapporten "{named}" finns inte: {hint}']


def target(direction: str, *targets: str) -> str:
    lines = "".join(f"      {each}\n" for each in targets)
    return (
        "indikatorer:\n  - id: a\n    namn: Svar i tid\n    måttenhet: procent\n"
        f"    riktning: {direction}\n    målvärden:\n{lines}"
    )


AGAINST = '"Svar i tid" ska {}, men målvärdet är {} ({})'


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (target("öka", "nämnden: högst 95"), ["7 " + AGAINST.format("öka", "högst 95", "nämnden")]),
        (target("minska", "KF: minst 5"), ["7 " + AGAINST.format("minska", "minst 5", "KF")]),
        (target("öka", "KF:", "  2026: minst 80", "  2027: högst 85"),
         ["9 " + AGAINST.format("öka", "högst 85", "KF")]),
        # sound: the right way, a span, a number, the other end, no way at all
        (target("öka", "nämnden: minst 95"), []),
        (target("minska", "nämnden: högst 5"), []),
        (target("öka", "nämnden: 80-95"), []),
        (target("minska", "nämnden: 0"), []),
        (target("öka", "nämnden: minst 80", "taket: högst 95"), []),
        (target("ingen", "nämnden: högst 95"), []),
    ],
)  # fmt: skip
def test_a_target_against_what_is_better(tmp_path: Path, plan: str, expected: list[str]) -> None:
    told = found(tmp_path, ("R420",), {"plans/a/1.yaml": plan})
    assert told == [f"R420 1.yaml:{each}" for each in expected]


def test_a_miss_of_a_target_against_what_is_better_is_told_once(tmp_path: Path) -> None:
    files = {
        "plans/a/1.yaml": "mål:\n  - id: m\n    namn: M\n    indikatorer: [a]\n"
        + target("öka", "nämnden: högst 95"),
        "plans/a/2.yaml": "uppföljning:\n  2026-K1:\n    sammanfattning: Lugnt.\n",
        "data/a/a.csv": "indikator;period;värde\na;2026-K1;97 %\n",
    }
    told = found(tmp_path, ("R364", "R420"), files)
    assert [each[:4] for each in told] == ["R420"]


def money(*rows: str) -> str:
    return "period;typ;post;utfall;budget;prognos;anm\n" + "".join(f"{row}\n" for row in rows)


FIRST = "2026-K1;kostnad;Lokaler;4000;4100;16000;"
TIMES = "är omkring tusen gånger mer än"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((FIRST, "2026-K2;kostnad;Lokaler;4100000;4100000;16000000;"),
         [f'3 "Lokaler": utfallet 4 100 000 tkr 2026-K2 {TIMES} 4 000 2026-K1']),
        ((FIRST, "2026-01/2026-06;kostnad;Lokaler;8100000;8200000;16000;"),
         [f'3 "Lokaler": utfallet 8 100 000 tkr 2026-H1 {TIMES} 4 000 2026-K1']),
        ((FIRST, "2026-K2;kostnad;Lokaler;4100;4100;16000000;"),
         [f'3 "Lokaler": prognosen 16 000 000 tkr {TIMES} budgeten 4 100 2026-K2']),
        # sound: the post has grown; it was small; its budget has not changed (R463)
        ((FIRST, "2026-K2;kostnad;Lokaler;41000;41000;160000;"), []),
        (("2026-K1;kostnad;Flytt;2;3;;", "2026-K2;kostnad;Flytt;2100;2200;;"), []),
        ((FIRST, "2026-K2;kostnad;Lokaler;4100000;4100;;"), []),
        ((FIRST, "2026-K2;kostnad;Lokaler;4100;4100;16000;"), []),
    ],
)  # fmt: skip
def test_amounts_in_kronor(tmp_path: Path, rows: tuple[str, ...], expected: list[str]) -> None:
    files = {
        "plans/a/1.yaml": "uppföljning:\n  2026-K2:\n    sammanfattning: Lugnt.\n",
        "data/a/a.csv": money(*rows),
    }
    assert found(tmp_path, ("R465", "R468"), files) == [f"R468 a.csv:{each}" for each in expected]


@pytest.mark.parametrize(
    ("unit", "after", "expected"),
    [
        ("dagar", " dagar.", "dagar"),
        ("dagar", " dagars väntan.", "dagars"),
        ("timmar", " timme.", "timme"),
        ("procent", " %.", "%"),
        ("procent", " procent av alla.", "procent"),
        ("procent", " procentenheter.", "procentenheter"),
        ("tkr", " kronor.", "kronor"),
        ("mnkr per år", " mnkr mer.", "mnkr"),
        ("per 1 000", " per 1 000 invånare.", "per 1 000"),
        ("dagar", ' och {{ värde("a") }} dagar.', "dagar"),
        # sound: no unit is printed, another word, something between
        ("antal", " dagar.", ""),
        ("medelvärde", " dagar.", ""),
        ("dagar", ".", ""),
        ("dagar", " i snitt.", ""),
        ("dagar", ", dagar inräknade.", ""),
        ("dagar", " dagbarnvårdare.", ""),
        ("procent", " procentuellt.", ""),
        ("per 1 000", " per månad.", ""),
    ],
)
def test_a_unit_that_is_printed_twice(tmp_path: Path, unit: str, after: str, expected: str) -> None:
    files = {
        "plans/a/1.yaml": f"indikatorer:\n  - id: a\n    måttenhet: {unit}\n",
        "plans/a/2.yaml": 'uppföljning:\n  2026-K1:\n    sammanfattning: |\n      {{ värde("a") }}'
        + after,
        "data/a/a.csv": f"indikator;period;värde\na;2026-K1;4{' %' if unit == 'procent' else ''}\n",
    }
    told = [f'R609 2.yaml:4 Måttenheten skrivs ut två gånger: "{expected}"'] if expected else []
    assert found(tmp_path, ("R609",), files) == told


MISSED = """mål:
  - id: trygg
    namn: Alla är trygga
    indikatorer:
      - id: rang
        namn: Plats i mätningen
        måttenhet: plats
        målvärden:
          nämnden: högst 100
"""


@pytest.mark.parametrize(
    ("period", "said", "expected"),
    [
        ("2026", "rang: Vi har fallit.", 0),  # the year's report, which ends the same day
        ("2026-K4", "rang: Vi har fallit.", 0),
        ("2026", 'aret: |\n      Plats {{ värde("rang") }}.', 0),
        ("2026", "aret: Plats i mätningen är sämre.", 0),
        ("2026-K3", "rang: Vi har fallit.", 1),  # before the value was known
        ("2026", "aret: Ett gott år.", 1),
    ],
)
def test_a_miss_is_mentioned_once_by_reports_of_several_lengths(
    tmp_path: Path, period: str, said: str, expected: int
) -> None:
    files = {
        "plans/a/1.yaml": MISSED,
        "plans/a/2.yaml": f"uppföljning:\n  {period}:\n    {said}\n",
        "plans/a/3.yaml": "uppföljning:\n  2026-K4:\n    sammanfattning: Lugnt.\n",
        "data/a/a.csv": "indikator;period;värde\nrang;2026;118\n",
    }
    assert len(found(tmp_path, ("R364",), files, "2026-K4")) == expected


SCALES = """skalor:
  kontrollresultat:
    - namn: bra
      som: utan anmärkning
    - namn: inte gjord
      som: ej genomförd
  läge:
    - namn: igång
      som: pågår
    - namn: färdig
      som: klar
  tidplan:
    - namn: i fas
      som: följer tidplan
    - namn: sen
      som: försenad
"""


@pytest.mark.parametrize(
    ("plan", "said", "hint"),
    [
        ("egenkontroller:\n  - id: a\n    frekvens: kvartal\n", "sammanfattning: A.",
         "eller kontrollresultat: inte gjord och skälet"),
        ("åtgärder:\n  - id: a\n    slut: 2026-02-28\n", "a:\n      tidplan: i fas",
         "läge: färdig, eller tidplan: sen och ett nytt slut"),
        ("åtgärder:\n  - id: a\n    slut: 2026-02-28\n", "a:\n      läge: igång",
         "läge: färdig, eller tidplan: sen och ett nytt slut"),
    ],
)  # fmt: skip
def test_a_hint_uses_the_words_of_the_plan(tmp_path: Path, plan: str, said: str, hint: str) -> None:
    files = {"plans/a/1.yaml": f"{SCALES}{plan}uppföljning:\n  2026-K1:\n    {said}\n"}
    found(tmp_path, (), files)
    hints = [f.hint for f in judged(tmp_path).findings if f.code in ("R331", "R341", "R444")]
    assert len(hints) == 1
    assert hint in hints[0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("atgard:\n      kontrollresultat: anmärkning", ["6 Kontrollresultat"]),
        ("atgard:\n      uppfyllelse: helt", ["6 Uppfyllelse"]),
        ("koll:\n      uppfyllelse: helt", ["6 Uppfyllelse"]),
        ("mal:\n      kontrollresultat: anmärkning", ["6 Kontrollresultat"]),
        ("mal:\n      nivå: röd", ["6 Nivå"]),
        ("mal:\n      uppfyllelse: helt", []),
        ("koll:\n      kontrollresultat: anmärkning", []),
    ],
)
def test_a_scale_is_for_things_of_its_kind(tmp_path: Path, said: str, expected: list[str]) -> None:
    things = "åtgärder:\n  - id: atgard\negenkontroller:\n  - id: koll\nmål:\n  - id: mal\n"
    files = {
        "plans/a/0.yaml": things,
        "plans/a/1.yaml": f"uppföljning:\n  2026-K1:\n    sammanfattning: A.\n\n    {said}\n",
    }
    told = found(tmp_path, ("R236",), files)
    assert [each.removeprefix("R236 1.yaml:").split(" kan")[0] for each in told] == expected


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("2052: minst 5", True),
        ("2005: minst 5", True),
        ("2027: minst 5", False),
        ("2036: minst 5", False),
        ("2032: minst 5\n        2040: minst 8", False),  # step by step
    ],
)
def test_a_target_of_a_year_far_away(tmp_path: Path, targets: str, expected: bool) -> None:
    plan = (
        "indikatorer:\n  - id: a\n    målvärden:\n      nämnden:\n        2026: minst 4\n"
        f"        {targets}\n"
    )
    told = found(tmp_path, ("R417",), {"plans/a/1.yaml": plan})
    period = targets.partition(":")[0]
    line = f'R417 1.yaml:6 "a" har målvärde för {period}, långt från de andra'
    assert told == ([line] if expected else [])
