"""Tables of indicators: which rows and columns stand there, and what stands beneath."""

from __future__ import annotations

import pytest
from drawing import drawn, said
from examples import board, gathered, havsnäs, rows, small, unit

from kvalitet.figure import Tal
from kvalitet.indicators import baseline, value
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register
from kvalitet.period import Period
from kvalitet.view import explain
from kvalitet.view.columns import Shown, columns
from kvalitet.view.document import Legend, Matrix, Table
from kvalitet.view.matrix import matrix
from kvalitet.view.scene import scene
from kvalitet.view.subjects import subjects
from kvalitet.view.tables import indicator_table


def table(plan: Plan, id: str, at: str) -> Table:
    """The table of an indicator of a plan that stands alone."""
    report = havsnäs().reports["lagesrapport"]
    found = indicator_table(scene(plan, report, Period.parse(at), Register({"p": plan})), id)
    assert found is not None
    return found


@pytest.mark.parametrize("plan", [board(), unit()], ids=lambda plan: plan.mapp)
@pytest.mark.parametrize("at", ["2026-T1", "2026-T2", "2026"])
def test_every_figure_is_the_value_of_its_own_period(plan: Plan, at: str) -> None:
    here = scene(plan, havsnäs().reports["lagesrapport"], Period.parse(at), havsnäs())
    for indicator in plan.all(Indikator):
        for column in columns(here, subjects(here, indicator)).columns:
            for each in column.shown:
                assert each.tal == figure(here.at, each), (indicator.id, column.heading)


def figure(at: Period, shown: Shown) -> Tal:
    """What stands in a table, reckoned for itself alone."""
    about, head = shown.subject, shown.head
    where = (about.plan, about.indicator.id)
    if head.period is None:
        return baseline(*where, known_at=at, uppdelning=about.uppdelning)
    tal = value(*where, head.period, known_at=at, serie=head.serie, uppdelning=about.uppdelning)
    if tal.period in (None, head.period):
        return tal
    return Tal(None, tal.måttenhet, tal.decimaler, kind="saknas")


ALONE = """
indikatorer:
  - id: a
    namn: Anmälningar
"""
MONTHLY = ALONE + "    frekvens: månad\n"
SHARE = (
    ALONE + "    måttenhet: procent\n    målvärden:\n      nämnden: minst 60\n      KF: minst 70\n"
)
COMPUTED_GROUP = """
indikatorer:
  - id: a
    namn: Placerade barn
    beräkning:
      summa: [familjehem, jourhem]
    indikatorer:
      - id: familjehem
        namn: I familjehem
      - id: jourhem
        namn: I jourhem
"""
REVIEW = """
indikatorer:
  - id: a
    namn: Granskning
    indikatorer:
      - id: granskade
        namn: Granskade
      - id: andel
        namn: Andel inledda
        måttenhet: procent
      - id: betyg
        namn: Betyg
        måttenhet: medelvärde
        decimaler: 1
"""
SURVEY = """
indikatorer:
  - id: a
    namn: Enkät
    måttenhet: medelvärde
    decimaler: 1
    indikatorer:
      - id: trivsel
        namn: Jag trivs
        kod: f1
      - id: stod
        namn: Jag får stöd
        kod: f2
"""


@pytest.mark.parametrize(
    ("yaml", "csv", "at", "expected"),
    [
        pytest.param(
            MONTHLY,
            rows("a;2026-01;1", "a;2026-02;2", "a;2026-03;3", "a;2026-04;4", "a;2026-05;5"),
            "2026-T2",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026 | maj 2026 | T1 2026
Anmälningar | 1 | 2 | 3 | 4 | 5 | 10
""",
            id="every month of the year so far, then the tertials that they fill",
        ),
        pytest.param(
            MONTHLY,
            rows("a;2026-01;1", "a;2026-03;3"),
            "2026-T1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026
Anmälningar | 1 | – | 3
""",
            id="a month in between of which nothing is told",
        ),
        pytest.param(
            MONTHLY + "    typ: ögonblick\n",
            rows("a;2026-01;1", "a;2026-02;2", "a;2026-03;3", "a;2026-04;4"),
            "2026-T1",
            """
Indikator | jan 2026 | feb 2026 | mar 2026 | apr 2026
Anmälningar | 1 | 2 | 3 | 4
""",
            id="no sums of what does not add up",
        ),
        pytest.param(
            ALONE + "    frekvens: dag\n",
            rows(*(f"a;2026-01-{day:02};1" for day in range(1, 32))),
            "2026-T1",
            """
Indikator | jan 2026
Anmälningar | 31
""",
            id="days are shown by month",
        ),
        pytest.param(
            ALONE + "    frekvens: kvartal\n",
            rows("a;2026-K1;1", "a;2026-K2;2", "a;2026-K3;3", "a;2026-K4;4"),
            "2026",
            """
Indikator | K1 2026 | K2 2026 | K3 2026 | K4 2026 | 2026
Anmälningar | 1 | 2 | 3 | 4 | 10
""",
            id="a whole year has its own sum",
        ),
        pytest.param(
            ALONE + "    måttenhet: dagar\n",
            rows("a;2024;7", "a;2025;8", "a;2026-02-01;9"),
            "2026-T1",
            """
Indikator | 2025 | 1 feb 2026
Anmälningar, dagar | 8 | 9
""",
            id="where no rhythm is given, what is told of this year and the last",
        ),
        pytest.param(
            MONTHLY + "    ingångsvärde: 2025-12\n",
            rows("a;2025-12;9", "a;2026-01;1"),
            "2026-T1",
            """
Indikator | Ingångsvärde dec 2025 | jan 2026
Anmälningar | 9 | 1
""",
            id="the baseline first, with its period",
        ),
        pytest.param(
            MONTHLY + "    ingångsvärde: 2026-01\n",
            rows("a;2026-01;1", "a;2026-02;2"),
            "2026-T1",
            """
Indikator | jan 2026 (ingångsvärde) | feb 2026
Anmälningar | 1 | 2
""",
            id="a baseline that is one of the periods",
        ),
        pytest.param(
            MONTHLY,
            rows("a;2026;ingångsvärde;9", "a;2026-01;;1", columns="indikator;period;serie;värde"),
            "2026-T1",
            """
Indikator | Ingångsvärde | jan 2026
Anmälningar | 9 | 1
""",
            id="a baseline of unknown period",
        ),
        pytest.param(
            SHARE,
            rows("a;2026-T1;28 av 44"),
            "2026-T1",
            """
Indikator | T1 2026 | Målvärde
Anmälningar | 28 av 44, 64 % | nämnden: minst 60 % nås (4 procentenheter över) / \
KF: minst 70 % nås inte (6 procentenheter under)
""",
            id="a share with its number, targets with whether they are reached and by how much",
        ),
        pytest.param(
            ALONE,
            rows(
                "a;2026-T1;;5",
                "a;2026-T1;män;2",
                "a;2026-T1;kvinnor;3",
                columns="indikator;period;kön;värde",
            ),
            "2026-T1",
            """
Kön | T1 2026
alla | 5
varav kvinnor | 3
varav män | 2
""",
            id="steps in the order of their scale",
        ),
        pytest.param(
            ALONE,
            rows("a;2026-T1;män;2", "a;2026-T1;kvinnor;3", columns="indikator;period;kön;värde"),
            "2026-T1",
            """
Kön | T1 2026
varav kvinnor | 3
varav män | 2
""",
            id="steps without a total",
        ),
        pytest.param(
            COMPUTED_GROUP,
            rows("familjehem;2026-T1;41", "jourhem;2026-T1;12"),
            "2026-T1",
            """
Indikator | T1 2026
Placerade barn | 53
I familjehem | 41
I jourhem | 12
""",
            id="a group that is computed stands before its members",
        ),
        pytest.param(
            SURVEY,
            rows(
                "trivsel;2025;3,2;88 %;",
                "trivsel;2026-04;3,44;62 %;41",
                "stod;2026-04;4;60 %;40",
                columns="indikator;period;värde;svarsfrekvens;antal_svar",
            ),
            "2026-T1",
            """
Nr | Fråga | Medelvärde 2025 | Svarsfrekvens 2025 | Medelvärde apr 2026 | Svarsfrekvens apr 2026
f1 | Jag trivs | 3,2 | 88 % | 3,4 | 62 % / 41 svar
f2 | Jag får stöd | – | – | 4,0 | 60 % / 40 svar
""",
            id="a survey has a row for each question and tells how many answered each round",
        ),
        pytest.param(
            ALONE + "    kod: f1\n",
            rows("a;2026-T1;4"),
            "2026-T1",
            """
Nr | Fråga | T1 2026
f1 | Anmälningar | 4
""",
            id="a question alone",
        ),
        pytest.param(
            REVIEW,
            rows(
                "granskade;2026-03;275;",
                "andel;2026-03;45 %;275",
                "betyg;2026-03;4,5;31",
                columns="indikator;period;värde;antal_svar",
            ),
            "2026-T1",
            """
Indikator | mar 2026
Granskade | 275
Andel inledda | 45 % av 275
Betyg | 4,5 (31 svar)
""",
            id="where nobody was asked, what a share is of stands beside it",
        ),
    ],
)
def test_the_rows_and_columns_of_a_table(yaml: str, csv: str, at: str, expected: str) -> None:
    assert drawn(table(small(yaml, csv), "a", at)) == expected.strip()


def test_parts_stand_beside_the_whole() -> None:
    of = havsnäs()
    here = scene(of.plans["socialnamnden"], of.reports["lagesrapport"], Period.parse("2026-T2"), of)
    found = indicator_table(here, "sjukfranvaro")
    assert found is not None
    expected = """
Verksamhet | T1 2026 | T2 2026 | prognos 2026 | Målvärde
Socialnämnden | 6,8 % | 5,9 % | – | nämnden: högst 7 % nås (1,1 procentenheter under)
Barn och familj | 7,4 % | 6,3 % | 6,5 % | nämnden: högst 7 % nås (0,7 procentenheter under)
"""
    assert drawn(found) == expected.strip()


@pytest.mark.parametrize(
    ("id", "at", "expected"),
    [
        (
            "forhandsbedomning",
            "2026-T2",
            """
Samma barn kan ha flera anmälningar.
Barnet hördes, mars 2026: rättad från 20 till 22, gäller från tertial 2 2026. \
Två samtal skrevs in efter tertialets slut.
– betyder värde saknas.
Källa: Verksamhetssystemet (anmalningar.csv rad 2, 5–16, 18–38).
""",
        ),
        (
            "enskilda-samtal",
            "2026-T1",
            """
Alla samtal med barnet räknas.
e.m. betyder ej mätt.
Källa: nyckeltal.csv rad 6–7.
""",
        ),
        (
            "enskilda-samtal",
            "2026-T2",
            """
Bara samtal utan andra vuxna i rummet räknas.
Ny definition från tertial 2 2026. Värden före och efter kan inte jämföras.
e.m. betyder ej mätt.
Källa: nyckeltal.csv rad 6–8.
""",
        ),
        (
            "sjukfranvaro",
            "2026-T2",
            """
Prognos 2026: ändrad från 6,9 % till 6,5 %, gäller från tertial 2 2026. \
Lägre frånvaro i sommar än väntat.
Källa: nyckeltal.csv rad 2–3, 5.
""",
        ),
    ],
)
def test_the_notes_beneath_a_table(id: str, at: str, expected: str) -> None:
    shown = (said(line) for line in table(unit(), id, at).notes)
    assert "\n".join(shown) == expected.strip()


def test_the_latest_periods_are_left_out_and_named_where_nothing_is_told_of_them() -> None:
    found = table(small(MONTHLY, rows("a;2026-01;1", "a;2026-02;2")), "a", "2026-T1")
    assert ("Uppgifter saknas för mars och april 2026.",) in found.notes


def test_a_remark_on_several_rows_is_said_once_and_only_the_marks_that_are_seen_explained() -> None:
    yaml = (
        "indikatorer:\n  - id: g\n    namn: G\n    indikatorer:\n"
        "      - id: a\n        namn: A\n      - id: b\n        namn: B\n"
    )
    remarks = [
        f"{id};{period};e.m.;Mäts i höst" for period in ("2026-01", "2026-02") for id in "ab"
    ]
    other = ["a;2026-03;3;Ny mätning", "b;2026-03;4;"]
    data = rows(*remarks, *other, columns="indikator;period;värde;anm")
    shown = [said(line) for line in table(small(yaml, data), "g", "2026-T1").notes]
    assert shown == [
        "A och B, januari och februari 2026: Mäts i höst.",
        "A, mars 2026: Ny mätning.",
        "e.m. betyder ej mätt.",
        "Källa: 0.csv rad 2–7.",
    ]


def test_a_figure_that_is_protected_now_is_not_told_as_it_was() -> None:
    columns = "indikator;period;värde;gäller_från;anm"
    data = rows("a;2026-T1;4;;", "a;2026-T1;x;2026-T2;Få fall", columns=columns)
    assert [said(line) for line in table(small(ALONE, data), "a", "2026-T2").notes] == [
        "Tertial 1 2026: Få fall.",
        "x betyder skyddad uppgift.",
        "Källa: 0.csv rad 3.",
    ]


@pytest.mark.parametrize(
    ("keys", "rows_", "expected"),
    [
        (
            "minsta_antal: 5",
            ["a;2026-T1;4", "b;2026-T1;7"],
            "x betyder skyddad uppgift (färre än 5).",
        ),
        (
            "minsta_antal: 5",
            ["a;2026-T1;x", "a;2026-T2;u.s.", "b;2026-T1;3", "b;2026-T2;3"],
            "u.s. betyder uppgift saknas. x betyder skyddad uppgift (färre än 5).",
        ),
        ("minsta_antal: 5", ["a;2026-T1;4", "b;2026-T1;x"], "x betyder skyddad uppgift."),
    ],
)
def test_why_a_value_is_protected(keys: str, rows_: list[str], expected: str) -> None:
    yaml = (
        "indikatorer:\n  - id: g\n    namn: G\n    indikatorer:\n"
        f"      - id: a\n        namn: A\n        {keys}\n      - id: b\n        namn: B\n"
    )
    shown = [said(line) for line in table(small(yaml, rows(*rows_)), "g", "2026-T2").notes]
    assert expected in shown


@pytest.mark.parametrize(
    ("of_group", "of_b", "expected"),
    [
        ("svarsskala: 1-5", "namn: B", "Svarsskala: 1–5."),
        ("svarsskala: 1-5", "måttenhet: antal", "Svarsskala: 1–5."),
        ("svarsskala: 1-5", "svarsskala: 1-4", "Svarsskala för A: 1–5. / Svarsskala för B: 1–4."),
        ("typ: period", "svarsskala: 1-10", "Svarsskala för B: 1–10."),
        ("typ: period", "namn: B", ""),
    ],
)
def test_the_scale_that_questions_are_answered_on(of_group: str, of_b: str, expected: str) -> None:
    name = "" if of_b.startswith("namn") else "\n        namn: B"
    yaml = (
        f"indikatorer:\n  - id: g\n    namn: G\n    måttenhet: medelvärde\n    {of_group}\n"
        f"    indikatorer:\n      - id: a\n        namn: A\n      - id: b\n        {of_b}{name}\n"
    )
    if "antal" in of_b:
        yaml = yaml.replace(f"    {of_group}\n", "").replace(
            "namn: A\n", f"namn: A\n        {of_group}\n"
        )
    found = table(small(yaml, rows("a;2026-T1;3", "b;2026-T1;4")), "g", "2026-T1")
    notes = [said(line) for line in found.notes]
    assert " / ".join(each for each in notes if each.startswith("Svarsskala")) == expected


def test_a_row_that_is_left_out_leaves_no_mark_to_explain() -> None:
    data = rows("a;2026-T1;män;2", columns="indikator;period;kön;värde")
    assert [said(line) for line in table(small(ALONE, data), "a", "2026-T1").notes] == [
        "Källa: 0.csv rad 2."
    ]


@pytest.mark.parametrize(
    ("unit", "row", "expected"),
    [
        ("procent", "a;2026-T1;45;40", "45 % av 40"),
        ("procent", "a;2026-T1;50;4", "x"),
        ("procent", "a;2026-T1;28 av 44;44", "28 av 44, 64 %"),
        ("medelvärde", "a;2026-T1;3;40", "3 (40 svar)"),
        ("medelvärde", "a;2026-T1;3;4", "x"),
    ],
)
def test_the_n_behind_a_value_is_told_once_and_never_where_the_value_is_protected(
    unit: str, row: str, expected: str
) -> None:
    yaml = ALONE + f"    måttenhet: {unit}\n    minsta_antal: 5\n"
    data = rows(row, columns="indikator;period;värde;antal_svar")
    assert drawn(table(small(yaml, data), "a", "2026-T1")) == (
        f"Indikator | T1 2026\nAnmälningar | {expected}"
    )


def test_a_protected_survey_value_tells_its_response_rate_but_not_its_few_answers() -> None:
    yaml = ALONE + "    måttenhet: medelvärde\n    minsta_antal: 5\n"
    data = rows("a;2026-T1;3;80 %;4", columns="indikator;period;värde;svarsfrekvens;antal_svar")
    assert drawn(table(small(yaml, data), "a", "2026-T1")).splitlines()[-1] == (
        "Anmälningar | x | 80 %"
    )


def test_a_baseline_by_an_older_definition_is_said_not_to_compare() -> None:
    yaml = MONTHLY + (
        "    ingångsvärde: 2025-12\n"
        "    beskrivning:\n      2025: Alla anmälningar.\n      2026: Bara nya anmälningar.\n"
    )
    data = rows("a;2025-12;9", "a;2026-01;1")
    notes = [said(line) for line in table(small(yaml, data), "a", "2026-T1").notes]
    assert "Ny definition från 2026. Värden före och efter kan inte jämföras." in notes


def test_many_periods_in_a_row_without_figures_are_told_as_one() -> None:
    found = table(small(MONTHLY, rows("a;2026-01;1")), "a", "2026-T3")
    assert ("Uppgifter saknas för februari–december 2026.",) in found.notes


def test_a_target_says_its_period_where_that_is_not_the_report_s() -> None:
    yaml = ALONE + (
        "    måttenhet: procent\n    målvärden:\n"
        "      nämnden:\n        2026: minst 60\n      KF:\n        2026-T1: minst 70\n"
    )
    assert drawn(table(small(yaml, rows("a;2026-T1;65")), "a", "2026-T1")).splitlines()[-1] == (
        "Anmälningar | 65 % | nämnden 2026: minst 60 % nås (5 procentenheter över)"
        " / KF: minst 70 % nås inte (5 procentenheter under)"
    )


def test_an_indicator_of_which_nothing_is_told_has_no_table() -> None:
    plan = small(MONTHLY, rows("a;2026-05;1"))
    report = havsnäs().reports["lagesrapport"]
    here = scene(plan, report, Period.parse("2026-T1"), Register({"p": plan}))
    assert indicator_table(here, "a") is None


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ("a;2026-T1;utfall;1;", True),
        ("a;2026-T2;utfall;1;", False),
        ("a;2026;prognos;1;", True),
        ("a;2026;prognos;1;2026-T2", False),
        ("a;2026;ingångsvärde;1;", True),
        ("a;2025;utfall;1;2026-T2", False),
    ],
)
def test_an_indicator_is_explained_by_the_rows_that_its_values_take(
    row: str, is_told: bool
) -> None:
    plan = small(ALONE, rows(row, columns="indikator;period;serie;värde;gäller_från"))
    found = explain.document(plan, "a", Period.parse("2026-T1"))
    (shown,) = (block for block in found.blocks if isinstance(block, Table))
    assert len(shown.bodies[0].rows) == is_told


SHORTER_AXIS = """
skalor:
  sannolikhet:
    2025: [aldrig, sällan, ofta]
    2026-T2: [liten, stor]
risker:
  - id: a
    namn: A
  - id: b
    namn: B
uppföljning:
  2026-T1:
    a:
      sannolikhet: sällan
      allvarlighetsgrad: hög
    b:
      sannolikhet: ofta
      allvarlighetsgrad: hög
"""


def test_a_risk_whose_rank_the_axis_no_longer_has_stands_beside_the_matrix() -> None:
    plan = small(SHORTER_AXIS)
    report = havsnäs().reports["lagesrapport"]
    here = scene(plan, report, Period.parse("2026-T2"), Register({"p": plan}))
    found = next(block for block in matrix(here) if isinstance(block, Matrix))
    placed = [" ".join(map(said, square.risks)) for _, squares in found.rows for square in squares]
    assert [risks for risks in placed if risks] == ["A"]
    assert [(each.why, *map(said, each.risks)) for each in found.beside] == [
        ("Bedömda på en äldre skala, utanför den här matrisen:", "B röd")
    ]


NO_RANKS = """
risker:
  - id: a
    nr: 1
    namn: A
  - id: b
    nr: 2
    namn: B
  - id: c
    nr: 3
    namn: C
uppföljning:
  2026-T1:
    a:
      nivå: röd
  2026-T2:
    a:
      nivå: gul
    b:
      nivå: gul
"""


def test_where_no_risk_has_its_ranks_told_the_levels_come_first_and_the_matrix_explains() -> None:
    report = havsnäs().reports["lagesrapport"]
    plan = small(NO_RANKS)
    here = scene(plan, report, Period.parse("2026-T2"), Register({"p": plan}))
    levels, explanation, legend = matrix(here)
    assert isinstance(levels, Table)
    assert drawn(levels).splitlines() == [
        "Risknivå | Risker",
        "röd | inga",
        "gul | 1 A (sänkt från röd) / 2 B",
        "grön | inga",
        "nivå inte angiven | 3 C",
    ]
    assert isinstance(explanation, Matrix)
    assert explanation.caption.endswith("sannolikhet och allvarlighetsgrad inte är angivna")
    assert explanation.beside == ()
    assert isinstance(legend, Legend)


def of_parts(whole: str, **parts: str) -> list[Table | Matrix | Legend]:
    """The matrix of a whole whose parts say that of the risks at tertial 2."""
    risks = NO_RANKS.partition("uppföljning")[0]
    said_by = {name: f"uppföljning:\n  2026-T2:\n{told}" for name, told in parts.items()}
    of = gathered(hel=f"{risks}uppföljning:\n  2026-T2:\n{whole}", **said_by)
    report = havsnäs().reports["lagesrapport"]
    found = list(matrix(scene(of.plans["hel"], report, Period.parse("2026-T2"), of)))
    return [block for block in found if isinstance(block, Table | Matrix | Legend)]


ONE = "    a:\n      nivå: röd\n    b:\n      sannolikhet: möjlig\n      allvarlighetsgrad: hög\n"


def test_a_risk_that_only_parts_judge_is_shown_with_their_levels_side_by_side() -> None:
    levels, explanation, _ = of_parts("    c: Ord.\n", ena=ONE, andra="    a:\n      nivå: gul\n")
    assert isinstance(levels, Table)
    assert drawn(levels).splitlines()[1:] == [
        "bedömda av verksamheterna | 1 A · andra: gul · ena: röd / 2 B · ena: röd",
        "nivå inte angiven | 3 C",
    ]
    assert isinstance(explanation, Matrix)
    assert explanation.caption.endswith("inte är angivna för planen som helhet")


def test_a_risk_that_only_parts_judge_stands_beside_the_matrix_of_the_others() -> None:
    ranks = "    c:\n      sannolikhet: möjlig\n      allvarlighetsgrad: hög\n"
    found, _ = of_parts(ranks, ena=ONE)
    assert isinstance(found, Matrix)
    assert [(each.why, *map(said, each.risks)) for each in found.beside] == [
        ("Bedömda av verksamheterna, var för sig:", "1 A · ena: röd", "2 B · ena: röd")
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (range(1, 9), [f"{number} Risk" for number in range(1, 9)]),
        (range(1, 10), ["1, 2, 3, 4, 5, 6, 7, 8, 9"]),
        ([*range(1, 9), "", 1], ["2, 3, 4, 5, 6, 7, 8", "1 Risk", "1 Risk", "Risk"]),
    ],
)
def test_a_square_with_many_risks_shows_their_numbers(
    numbers: list[int | str], expected: list[str]
) -> None:
    risks, levels = "risker:\n", "uppföljning:\n  2026-T2:\n"
    for place, number in enumerate(numbers):
        nr = f"    nr: {number}\n" if number else ""
        risks += f"  - id: r{place}\n{nr}    namn: Risk\n"
        levels += f"    r{place}:\n      sannolikhet: möjlig\n      allvarlighetsgrad: hög\n"
    report = havsnäs().reports["lagesrapport"]
    here = scene(small(risks + levels), report, Period.parse("2026-T2"), Register({}))
    found = next(block for block in matrix(here) if isinstance(block, Matrix))
    (square,) = (each for _, row in found.rows for each in row if each.risks)
    assert list(map(said, square.risks)) == expected


def test_a_level_that_is_judged_follows_from_no_matrix() -> None:
    report = havsnäs().reports["lagesrapport"]
    plan = small("skalor:\n  nivå: [gul, röd]\n" + NO_RANKS)
    here = scene(plan, report, Period.parse("2026-T2"), Register({"p": plan}))
    assert [type(block) for block in matrix(here)] == [Table, Legend]


def test_the_squares_of_a_matrix_have_scores_only_where_a_level_is_a_product() -> None:
    report = havsnäs().reports["lagesrapport"]
    plan = small("skalor:\n  nivå: [gul, röd]\n" + SHORTER_AXIS.replace("skalor:\n", ""))
    here = scene(plan, report, Period.parse("2026-T2"), Register({"p": plan}))
    found = next(block for block in matrix(here) if isinstance(block, Matrix))
    assert {square.score for _, squares in found.rows for square in squares} == {""}


def test_a_plan_without_risks_has_no_matrix() -> None:
    plan = small(ALONE)
    report = havsnäs().reports["lagesrapport"]
    here = scene(plan, report, Period.parse("2026-T2"), Register({"p": plan}))
    assert list(matrix(here)) == []
