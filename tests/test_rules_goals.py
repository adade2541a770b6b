"""Goals, their fulfilment, and targets that are missed: faulty plans beside sound ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.period import Period

HEAD = """\
plan:
  namn: Exempelplan
  rapporter: [atgardsplan, ar]
"""
YEARLY = """\
rubrik: Året
rytm: år
avsnitt:
  - id: aret
    rubrik: Året
    del: text
"""
CODES = ("R225", "R361", "R362", "R363", "R364", "R365", "R366")


def found(folder: Path, files: dict[str, str], at: str) -> list[str]:
    """What the rules on goals find, as "CODE file:line"; data where a file is a table."""
    for name, text in {"plan.yaml": HEAD, **files}.items():
        mapp, _, file = name.rpartition("/")
        kind = "data" if name.endswith(".csv") else "plans"
        path = folder / kind / (mapp or "exempel") / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    report = folder / "templates" / "rapporter" / "ar.yaml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(YEARLY, "utf-8")
    findings = judged(folder, Period.parse(at)).findings
    mine = (f for f in findings if f.code in CODES)
    return [f"{f.code} {f.place.path.rpartition('/')[2]}:{f.place.line}" for f in mine]


GOAL = "mål:\n  - id: trygg\n    namn: Alla är trygga\n"
WORDS = "uppföljning:\n  2026-T2:\n    bakgrund: Så är det.\n"


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("", ["R361 mal.yaml:2"]),
        ("    förväntat_resultat: Färre larm.\n", ["R361 mal.yaml:2"]),
        ("    aktiviteter:\n      - id: samtal\n        namn: Samtal\n", []),
        ("    åtgärder:\n      - id: samtal\n        namn: Samtal\n", []),
        ("    egenkontroller:\n      - id: koll\n        namn: Kontroll\n", []),
        ("    indikatorer:\n      - id: antal\n        namn: Antal\n", []),
        ("  - id: mer\n    namn: Mer\n    bidrar_till: [trygg]\n", ["R361 mal.yaml:4"]),
        ("risker:\n  - id: fall\n    namn: Fall\n    mål: trygg\n", []),
        ("    slut: 2025\n", []),  # over
        ("    start: 2027\n", []),  # not begun
    ],
)
def test_a_goal_that_nothing_serves(tmp_path: Path, goal: str, expected: list[str]) -> None:
    assert found(tmp_path, {"mal.yaml": GOAL + goal, "2026-T2.yaml": WORDS}, "2026-T2") == expected


def test_a_goal_that_a_part_works_with_is_served(tmp_path: Path) -> None:
    part = "plan:\n  namn: Del\n  del_av: exempel\nmål:\n  - id: trygg\n    aktiviteter:\n"
    files = {
        "mal.yaml": GOAL,
        "2026-T2.yaml": WORDS,
        "del/plan.yaml": f"{part}      - id: samtal\n        namn: Samtal\n",
    }
    assert found(tmp_path, files, "2026-T2") == []


def measured(targets: tuple[str, str] = ("minst 80", "högst 5"), scale: str = "") -> str:
    """A goal with two indicators and their targets."""
    return f"""\
{scale}mål:
  - id: trygg
    namn: Alla är trygga
    indikatorer:
      - id: andel
        namn: Andel trygga
        måttenhet: procent
        målvärden:
          nämnden: {targets[0]}
      - id: larm
        namn: Antal larm
        målvärden:
          nämnden: {targets[1]}
"""


DATA = "indikator;period;värde\nandel;2026-T2;{}\nlarm;2026-T2;{}\n"
COMPUTED = """\
skalor:
  uppfyllelse:
    - namn: inte
      från: 0
    - namn: delvis
      från: 50
    - namn: helt
      från: 100
"""
OWN = "skalor:\n  uppfyllelse: [{}]\n"


@pytest.mark.parametrize(
    ("scale", "said", "values", "expected"),
    [
        ("", "helt", (70, 9), ["R362 2026-T2.yaml:4"]),
        ("", "helt", (70, 4), ["R362 2026-T2.yaml:4"]),
        ("", "helt", (85, 4), []),
        ("", "helt", ("e.m.", 4), []),
        ("", "delvis", (70, 9), []),
        ("", "inte", (70, 9), []),
        ("", "helt\n      text: Larmen var övningar.", (70, 9), []),
        ("", "helt\n      text: Ett bra år.", (70, 9), ["R362 2026-T2.yaml:4"]),
        ("", "helt\n      text: Det blev färre än 80 procent.", (70, 4), []),
        ("", "helt\n      text: Ett bra år, men värdet nås inte.", (70, 4), []),
        (COMPUTED, "helt", (70, 4), ["R362 2026-T2.yaml:4"]),
        (COMPUTED, "delvis", (70, 9), ["R362 2026-T2.yaml:4"]),
        (COMPUTED, "delvis", (70, 4), []),
        (COMPUTED, "inte", (85, 4), []),  # worse than its targets
        (OWN.format("uppnås helt, uppnås inte"), "uppnås helt", (70, 4), ["R362 2026-T2.yaml:4"]),
        (OWN.format("uppnås inte helt, ja"), "uppnås inte helt", (70, 4), []),
        (OWN.format("A, B, C"), "A", (70, 9), []),  # nobody knows which is best
    ],
)
def test_better_than_its_targets(
    tmp_path: Path, scale: str, said: str, values: tuple[object, object], expected: list[str]
) -> None:
    files = {
        "mal.yaml": measured(scale=scale),
        "2026-T2.yaml": f"uppföljning:\n  2026-T2:\n    trygg:\n      uppfyllelse: {said}\n",
        "exempel/a.csv": DATA.format(*values),
    }
    told = [each for each in found(tmp_path, files, "2026-T2") if not each.startswith("R364")]
    assert told == expected


THREE = """\
mål:
  - id: trygg
    typ: {}
    namn: Alla är trygga
    aktiviteter:
      - id: samtal
        namn: Samtal
  - id: delaktig
    typ: nämndmål
    namn: Alla är delaktiga
    aktiviteter: [samtal]
"""
JUDGED = "uppföljning:\n  {}:\n    {}:\n      {}\n"


@pytest.mark.parametrize(
    ("typ", "at", "said", "expected"),
    [
        ("nämndmål", "2026", "uppfyllelse: helt", ["R363 mal.yaml:8"]),
        ("nämndmål", "2026-T3", "uppfyllelse: helt", ["R363 mal.yaml:8"]),
        ("nämndmål", "2026-T2", "uppfyllelse: helt", []),
        ("inriktningsmål", "2026", "uppfyllelse: helt", []),  # another level
        ("nämndmål", "2026", "text: Det går bra.", []),  # this plan does not judge
    ],
)
def test_not_judged_at_the_end_of_the_year(
    tmp_path: Path, typ: str, at: str, said: str, expected: list[str]
) -> None:
    files = {"mal.yaml": THREE.format(typ), f"{at}.yaml": JUDGED.format(at, "trygg", said)}
    assert found(tmp_path, files, at) == expected


@pytest.mark.parametrize(
    ("judged_goals", "lacking"),
    [(0, 0), (1, 0), (2, 2), (3, 1), (4, 0)],
)
def test_a_plan_may_judge_a_few_of_its_goals(
    tmp_path: Path, judged_goals: int, lacking: int
) -> None:
    goals = "".join(f"  - id: m{n}\n    typ: nämndmål\n    namn: Mål {n}\n    indikatorer: [i]\n"
                    for n in range(4))  # fmt: skip
    said = "".join(f"    m{n}:\n      uppfyllelse: helt\n" for n in range(judged_goals))
    files = {
        "mal.yaml": f"mål:\n{goals}indikatorer:\n  - id: i\n    namn: Antal\n",
        "2026.yaml": f"uppföljning:\n  2026:\n    aret: Så är det.\n{said}",
    }
    assert len(found(tmp_path, files, "2026")) == lacking


@pytest.mark.parametrize(
    "more",
    [
        "      uppfyllelse: inte\n",  # judged in an earlier tertial: it holds
        "      trend: bättre\n",  # on a scale of their own
    ],
)
def test_judged_earlier_or_otherwise(tmp_path: Path, more: str) -> None:
    files = {
        "mal.yaml": "skalor:\n  trend: [bättre, sämre]\n" + THREE.format("nämndmål"),
        "2026-T2.yaml": f"uppföljning:\n  2026-T2:\n    delaktig:\n{more}",
        "2026.yaml": JUDGED.format("2026", "trygg", "uppfyllelse: helt"),
    }
    assert found(tmp_path, files, "2026") == []


@pytest.mark.parametrize(
    ("words", "values", "expected"),
    [
        ("bakgrund: Så är det.", (70, 4), ["R364 mal.yaml:5"]),
        ("bakgrund: Så är det.", (70, 9), ["R364 mal.yaml:5", "R364 mal.yaml:10"]),
        ("bakgrund: Så är det.", (85, 4), []),
        ("bakgrund: Så är det.", ("u.s.", 4), []),
        ("andel: Två områden drog ned den.", (70, 4), []),
        ("trygg: Två områden drog ned den.", (70, 4), []),  # the goal that it measures
        ('bakgrund: |\n      Det blev {{ värde("andel") }}.', (70, 4), []),
        ("bakgrund: Andelen trygga har sjunkit.", (70, 4), []),
    ],
)
def test_a_miss_that_is_never_mentioned(
    tmp_path: Path, words: str, values: tuple[object, object], expected: list[str]
) -> None:
    files = {
        "mal.yaml": measured(),
        "2026-T2.yaml": f"uppföljning:\n  2026-T2:\n    {words}\n",
        "exempel/a.csv": DATA.format(*values),
    }
    assert found(tmp_path, files, "2026-T2") == expected


@pytest.mark.parametrize(
    ("target", "at", "expected"),
    [
        ("\n            2026: minst 30", "2026-T2", []),  # 9 so far; the year is not over
        ("\n            2026: högst 5", "2026-T2", ["R364 mal.yaml:10"]),  # exceeded already
        ("\n            2026-T2: minst 30", "2026-T2", ["R364 mal.yaml:10"]),
        ("\n            2026-T1: minst 30", "2026-T2", []),  # in force no more
        ("\n            2027: minst 30", "2026-T2", []),  # nor begun
        ("\n            2026: minst 30\n        typ: ackumulerat", "2026-T2", []),  # it grows
        ("minst 30\n        typ: ackumulerat", "2026-T2", []),
        ("\n            2026: högst 5\n        typ: ackumulerat", "2026-T2", ["R364 mal.yaml:10"]),
        ("\n            2026: minst 30\n        summeras: nej", "2026-T2", []),
    ],
)
def test_a_target_for_a_longer_time(
    tmp_path: Path, target: str, at: str, expected: list[str]
) -> None:
    files = {
        "mal.yaml": measured(("minst 50", target)),
        "2026-T2.yaml": WORDS,
        "exempel/a.csv": DATA.format(70, 9) + "larm;2026-T1;0\n",
    }
    assert found(tmp_path, files, at) == expected


QUESTION = "Bemötandet från personalen är respektfullt och vänligt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Personalen är nöjd med schemat.", ["R364 mal.yaml:10"]),  # of something else
        ("Bemötandet har fått kritik. Personalen är färre.", []),
        ("Frågan om ett respektfullt och vänligt bemötande gick ned.", []),
        ("Bemötandet har fått kritik.", ["R364 mal.yaml:10"]),
    ],
)
def test_the_question_of_a_survey_is_mentioned_by_most_of_its_words(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    files = {
        "mal.yaml": measured().replace("Antal larm", QUESTION),
        "2026-T2.yaml": f"uppföljning:\n  2026-T2:\n    bakgrund: {text}\n",
        "exempel/a.csv": DATA.format(85, 9),
    }
    assert found(tmp_path, files, "2026-T2") == expected


def test_what_any_measure_is_called_may_be_the_name_of_an_indicator(tmp_path: Path) -> None:
    files = {
        "mal.yaml": measured().replace("Antal larm", "Insatser"),
        "2026-T2.yaml": "uppföljning:\n  2026-T2:\n    bakgrund: Insatserna blev fler.\n",
        "exempel/a.csv": DATA.format(85, 9),
    }
    assert found(tmp_path, files, "2026-T2") == []


def test_a_part_tells_of_its_own_miss(tmp_path: Path) -> None:
    files = {
        "mal.yaml": measured(),
        "2026-T2.yaml": WORDS,
        "del/plan.yaml": f"{HEAD}  del_av: exempel\n",
        "del/2026-T2.yaml": WORDS,
        "del/a.csv": DATA.format(70, 4),
    }
    assert found(tmp_path, files, "2026-T2") == ["R364 a.csv:2"]
    files["del/2026-T2.yaml"] = WORDS + "    andel: Två områden drog ned den.\n"
    assert found(tmp_path, files, "2026-T2") == []


def test_what_nothing_uses_is_told_as_that(tmp_path: Path) -> None:
    alone = "indikatorer:\n  - id: andel\n    namn: Andel\n    målvärden:\n      KF: minst 80\n"
    files = {
        "mal.yaml": alone,
        "2026-T2.yaml": WORDS,
        "exempel/a.csv": "indikator;period;värde\nandel;2026-T2;70\n",
    }
    assert found(tmp_path, files, "2026-T2") == []


def branch(id: str, typ: str, *below: str, serves: str = "") -> str:
    """A goal with the goals below it."""
    said = f"  bidrar_till: [{serves}]\n" if serves else ""
    under = "".join(f"    {line}\n" for each in below for line in each.splitlines())
    own = f"- id: {id}\n  typ: {typ}\n  namn: Mål {id}\n{said}"
    return own + (f"  mål:\n{under}" if below else "  indikatorer: [i]\n")


def tree(*branches: str) -> dict[str, str]:
    lines = "".join(f"  {line}\n" for each in branches for line in each.splitlines())
    return {"mal.yaml": f"mål:\n{lines}indikatorer:\n  - id: i\n    namn: Antal\n"}


TOP = branch("a", "nämndmål", branch("b", "enhetsmål"))


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ([TOP], []),
        ([TOP, branch("c", "enhetsmål", branch("d", "nämndmål"))], ["R365 mal.yaml:14"]),
        (
            [branch("c", "enhetsmål", branch("d", "nämndmål")), TOP, branch("e", "nämndmål",
             branch("f", "enhetsmål"))],
            ["R365 mal.yaml:6"],
        ),
        # two levels apart
        (
            [branch("a", "nämndmål", branch("b", "enhetsmål", branch("c", "delmål"))),
             branch("d", "delmål", branch("e", "nämndmål"))],
            ["R365 mal.yaml:18"],
        ),
        # sound: other levels in another branch, a level below itself, goals and tasks in turns
        ([TOP, branch("c", "nämndmål", branch("d", "uppdrag"))], []),
        ([TOP, branch("c", "enhetsmål", branch("d", "enhetsmål", branch("e", "nämndmål")))], []),
        ([branch("a", "mål", branch("b", "uppdrag", branch("c", "mål")))], []),
    ],
)  # fmt: skip
def test_levels_of_the_tree_have_one_order(
    tmp_path: Path, goals: list[str], expected: list[str]
) -> None:
    assert found(tmp_path, tree(*goals), "2026-T2") == expected


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        # sound: across branches, also to each other's top
        ([branch("a", "x", branch("b", "y", serves="c")), branch("c", "x")], []),
        (
            [branch("a", "x", branch("b", "y", serves="c")),
             branch("c", "x", branch("d", "y", serves="a"))],
            [],
        ),
        # what it stands under
        ([branch("a", "x", branch("b", "y", serves="a"))], ["R366 mal.yaml:9"]),
        ([branch("a", "x", branch("b", "y", branch("c", "z", serves="a")))], ["R366 mal.yaml:13"]),
        # what stands under it, also by way of another branch
        ([branch("a", "x", branch("b", "y"), serves="b")], ["R225 mal.yaml:5"]),
        ([branch("a", "x", branch("b", "y", branch("c", "z")), serves="c")], ["R225 mal.yaml:5"]),
        (
            [branch("a", "x", branch("b", "y"), serves="d"),
             branch("c", "x", branch("d", "y"), serves="b")],
            ["R225 mal.yaml:5"],
        ),
        # a ring of one kind is told once
        ([branch("a", "x", serves="b"), branch("b", "x", serves="a")], ["R225 mal.yaml:5"]),
        ([branch("a", "x", serves="b"), branch("b", "x", branch("c", "y"), serves="a")],
         ["R225 mal.yaml:5"]),
    ],
)  # fmt: skip
def test_a_goal_contributes_to_others(
    tmp_path: Path, goals: list[str], expected: list[str]
) -> None:
    assert found(tmp_path, tree(*goals), "2026-T2") == expected


def test_a_deep_tree_is_looked_through(tmp_path: Path) -> None:
    goals = ["mål:\n"]
    for level in range(60):
        goals.append(f"  - id: m{level}\n    typ: nivå {level}\n    namn: Mål {level}\n")
        goals.append(f"    mål: [m{level + 1}]\n" if level < 59 else "    bidrar_till: [m0]\n")
    told = found(tmp_path, {"mal.yaml": "".join(goals)}, "2026-T2")
    assert told == ["R361 mal.yaml:238", "R366 mal.yaml:241"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [("a", []), ("b", ["R361 mal.yaml:12"]), ("d", ["R361 mal.yaml:9"])],
)
def test_an_exception_covers_the_goals_below(
    tmp_path: Path, place: str, expected: list[str]
) -> None:
    goals = (
        "mål:\n  - id: a\n    namn: A\n    mål:\n      - id: b\n        namn: B\n"
        "        mål:\n          # utan något\n          - id: c\n            namn: C\n"
        "      # också utan\n      - id: d\n        namn: D\n"
    )
    exception = f"  - regel: R361\n    plats: exempel/{place}\n    skäl: Nytt.\n    slut: 2026\n"
    (tmp_path / "kvalitet.yaml").write_text(f"undantag:\n{exception}", "utf-8")
    assert found(tmp_path, {"mal.yaml": goals, "2026-T2.yaml": WORDS}, "2026-T2") == expected
