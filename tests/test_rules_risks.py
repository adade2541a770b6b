"""Risks and their levels: what is blamed at a report, beside what is nearly the same and sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_faults import HAVSNÄS
from validating import judged

from kvalitet.period import Period

REPORT = """rubrik: Läget
rytm: tertial
avsnitt:
  - id: sammanfattning
    rubrik: Sammanfattning
    del: text
"""
PLAN = "plan:\n  namn: Exempelplan\n  år: 2026\n  rapporter: [lage]\n"
WHOLE = "plan:\n  namn: Helhet\n  år: 2026\n  rapporter: [lage]\n"
PART = "plan:\n  namn: Del\n  del_av: a\n  rapporter: [lage]\n"
MINE = {"R238", "R239", *(f"R30{n}" for n in range(1, 10)), "R320"}
RED = "      sannolikhet: sannolik\n      allvarlighetsgrad: hög\n"
YELLOW = "      sannolikhet: möjlig\n      allvarlighetsgrad: måttlig\n"
GREEN = "      sannolikhet: osannolik\n      allvarlighetsgrad: måttlig\n"


def found(root: Path, files: dict[str, str], at: str | None = None) -> list[str]:
    """The findings of these rules, as "CODE plan/file:line message"."""
    for name, text in {"templates/rapporter/lage.yaml": REPORT, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run = judged(root, Period.parse(at) if at else None)
    told = [f for f in run.findings if f.code in MINE]
    assert not [f for f in run.findings if f.code < "R3" and f not in told], run.findings
    return [f"{f.code} {f.place.path[6:-5]}:{f.place.line} {f.message}" for f in told]


def of_one(root: Path, *texts: str, at: str | None = None) -> list[str]:
    """What is found in a plan of some files: codes, with file and line."""
    files = {f"plans/a/{number}.yaml": text for number, text in enumerate(texts, 1)}
    told = found(root, {"plans/a/0.yaml": PLAN, **files}, at)
    return [" ".join(each.split()[:2]) for each in told]


def risk(id: str = "fall", **keys: str) -> str:
    said = "".join(f"    {key}: {word}\n" for key, word in keys.items())
    return f"  - id: {id}\n    namn: {id.capitalize()}\n{said}"


def said(period: str, *entries: str) -> str:
    return f"  {period}:\n{''.join(entries)}"


def of(id: str, *lines: str) -> str:
    """What is said of something: lines of its entry, or "key: word"."""
    return f"    {id}:\n" + "".join(
        line if line.endswith("\n") else f"      {line}\n" for line in lines
    )


def plan_of(risks: str, *periods: str) -> str:
    return f"risker:\n{risks}uppföljning:\n{''.join(periods)}"


MEASURE = "    åtgärder:\n      - id: larm\n        namn: Larm\n"
ACTIVITY = "        aktiviteter:\n          - id: prov\n            namn: Prov\n"
CHECK = "    egenkontroller:\n      - id: rond\n        namn: Rond\n"
T1, T2 = "2026-T1", "2026-T2"
SUMMARY = ["    sammanfattning: Allt är väl.\n"]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (plan_of(risk(), said(T1, of("fall", RED))), ["R301 a/1:7"]),
        (plan_of(risk() + CHECK, said(T1, of("fall", RED))), ["R301 a/1:10"]),
        (plan_of(risk() + MEASURE, said(T1, of("fall", RED))), []),
        (plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: pågår"))), []),
        (
            plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: ej påbörjad"))),
            ["R301 a/1:10"],
        ),
        (
            plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: klar"))),
            ["R301 a/1:10"],
        ),
        (
            plan_of(risk() + MEASURE + "        start: 2026-T3\n", said(T1, of("fall", RED))),
            ["R301 a/1:11"],
        ),
        (plan_of(risk() + MEASURE + "        start: 2026-04\n", said(T1, of("fall", RED))), []),
        (
            plan_of(
                risk() + MEASURE + ACTIVITY,
                said(T1, of("fall", RED), of("larm", "läge: klar"), of("prov", "läge: pågår")),
            ),
            [],
        ),
        (
            plan_of(
                risk() + MEASURE + ACTIVITY, said(T1, of("fall", RED), of("larm", "läge: klar"))
            ),
            ["R301 a/1:13"],
        ),
        (
            plan_of(
                risk()
                + CHECK
                + "        åtgärder:\n          - id: larm\n            namn: Larm\n",
                said(T1, of("fall", RED), of("larm", "läge: pågår")),
            ),
            [],
        ),
        (plan_of(risk(), said(T1, of("fall", RED, "läge: accepterad"))), []),
        (plan_of(risk(), said(T1, of("fall", RED, "läge: avslutad"))), []),
        (plan_of(risk(start="2026-T2"), said(T1, of("fall", RED))), []),
        (plan_of(risk(slut="2026-04"), said(T1, of("fall", RED))), []),
        (plan_of(risk(), said(T1, of("fall", "nivå: röd"))), ["R301 a/1:7"]),
    ],
    ids=lambda value: "" if isinstance(value, str) else (value[0][:4] if value else "sound"),
)
def test_a_red_risk_has_a_measure_under_way(plan: str, expected: list[str], tmp_path: Path) -> None:
    assert of_one(tmp_path, plan) == expected


def test_an_own_step_of_läge_is_read_by_what_it_stands_for(tmp_path: Path) -> None:
    scale = "skalor:\n  läge:\n    - namn: i gång\n      som: pågår\n    - namn: pausad\n      som: ej påbörjad\n"  # noqa: E501
    running = plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: i gång")))
    assert of_one(tmp_path, scale, running) == []
    paused = plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: pausad")))
    assert of_one(tmp_path, scale, paused) == ["R301 a/2:10"]


def test_an_own_scale_is_read_by_its_colours(tmp_path: Path) -> None:
    steps = "skalor:\n  nivå:\n    - namn: låg\n    - namn: hög\n"
    plan = plan_of(risk(), said(T1, of("fall", "nivå: hög")))
    assert of_one(tmp_path, steps, plan) == []
    assert of_one(tmp_path, f"{steps}      färg: röd\n", plan) == ["R301 a/2:7"]
    assert of_one(tmp_path, f"{steps}      färg: orange\n", plan) == ["R302 a/2:7"]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (plan_of(risk(), said(T1, of("fall", YELLOW))), ["R302 a/1:7"]),
        (plan_of(risk(), said(T1, of("fall", YELLOW, "läge: accepterad"))), []),
        (plan_of(risk(), said(T1, of("fall", YELLOW, "läge: avslutad"))), []),
        (plan_of(risk() + CHECK, said(T1, of("fall", YELLOW))), []),
        (plan_of(risk() + MEASURE, said(T1, of("fall", YELLOW))), []),
        (plan_of(risk() + MEASURE, said(T1, of("fall", YELLOW), of("larm", "läge: klar"))), []),
        (
            plan_of(risk() + MEASURE, said(T1, of("fall", YELLOW), of("larm", "läge: avbruten"))),
            ["R302 a/1:10"],
        ),
        (plan_of(risk(), said(T1, of("fall", GREEN))), []),
    ],
    ids=lambda value: "" if isinstance(value, str) else (value[0][:4] if value else "sound"),
)
def test_a_yellow_risk_has_a_measure_or_is_accepted(
    plan: str, expected: list[str], tmp_path: Path
) -> None:
    assert of_one(tmp_path, plan) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("texter:\n  sammanfattning: Ja.\n", ["R301 a/1:7"]),
        (
            f"risker:\n  - id: fall\n{MEASURE}uppföljning:\n{said(T1, of('larm', 'läge: pågår'))}",
            [],
        ),
    ],
    ids=["nothing in the part", "a part has a measure"],
)
def test_what_a_part_does_is_done_for_the_whole(
    part: str, expected: list[str], tmp_path: Path
) -> None:
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": plan_of(risk(), said(T1, of("fall", RED))),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": part,
    }
    assert [" ".join(each.split()[:2]) for each in found(tmp_path, files)] == expected


def test_what_the_whole_does_is_done_for_its_parts(tmp_path: Path) -> None:
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": plan_of(
            risk() + MEASURE, said(T1, of("fall", RED), of("larm", "läge: pågår"))
        ),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": f"uppföljning:\n{said(T1, of('fall', RED))}",
    }
    assert found(tmp_path, files) == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [(T1, ["R302 b/1:4"]), ("2025-T3", [])],
    ids=["the part ends its own work", "the whole has begun it again since"],
)
def test_what_a_part_says_itself_goes_before_what_its_whole_says(
    period: str, expected: list[str], tmp_path: Path
) -> None:
    ended = of("larm", "läge: avbruten", "text: Här finns inga larm.")
    at_once = [said(T1, of("fall", YELLOW), ended)]
    before = [said(period, ended), said(T1, of("fall", YELLOW))]
    entries = "".join(at_once if period == T1 else before)
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": plan_of(risk() + MEASURE, said(T1, of("larm", "läge: pågår"), *SUMMARY)),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": f"uppföljning:\n{entries}",
    }
    told = [" ".join(each.split()[:2]) for each in found(tmp_path, files)]
    assert [each for each in told if not each.startswith("R309")] == expected


def test_a_measure_that_is_said_to_be_done_later_may_be_under_way(tmp_path: Path) -> None:
    done = ["läge: klar", "text: Larmen är köpta."]
    plan = plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", *done)))
    assert of_one(tmp_path, plan) == ["R301 a/1:10"]
    later = plan_of(risk() + MEASURE, said(T1, of("fall", RED), of("larm", *done, "slut: 2027")))
    assert of_one(tmp_path / "later", later) == []  # that is told of the measure


NOT_BEGUN = of("larm", "läge: ej påbörjad")


@pytest.mark.parametrize(
    ("risks", "now", "expected"),
    [
        (risk() + MEASURE, [of("fall", YELLOW)], ["R303 a/1:16"]),
        (risk() + MEASURE, [of("fall", YELLOW, "text: Färre bor på plan två.")], []),
        (risk() + MEASURE, [of("fall", YELLOW), "    larm: Larmet är köpt.\n"], ["R304 a/1:16"]),
        (risk() + MEASURE, [of("fall", YELLOW), of("larm", "läge: klar")], ["R304 a/1:16"]),
        (
            risk() + MEASURE,
            [of("fall", YELLOW), "    sammanfattning: Fall är sänkt, se larmen.\n"],
            ["R304 a/1:16"],
        ),
        (
            risk() + MEASURE,
            [of("fall", YELLOW), "    sammanfattning: Allt är väl.\n"],
            ["R303 a/1:16"],
        ),
        (risk() + MEASURE, [of("fall", "sannolikhet: sannolik")], []),
        (risk() + MEASURE, [of("larm", "läge: pågår")], []),
        (
            risk() + MEASURE,
            [of("fall", "sannolikhet: möjlig"), of("larm", "läge: pågår")],
            ["R304 a/1:16"],
        ),
    ],
)
def test_a_risk_lowered_or_changed_has_words(
    risks: str, now: list[str], expected: list[str], tmp_path: Path
) -> None:
    plan = plan_of(risks, said(T1, of("fall", RED), NOT_BEGUN), said(T2, *now))
    told = [each for each in of_one(tmp_path, plan) if each[:4] != "R301"]
    assert told == expected


def test_a_new_scale_changes_no_risk(tmp_path: Path) -> None:
    low, high = "[liten, stor]", "[ingen, liten, stor]"
    scale = f"skalor:\n  sannolikhet:\n    2025: {low}\n    2026-T2: {high}\n"
    judged_so = "      sannolikhet: stor\n      allvarlighetsgrad: betydlig\n"
    plan = plan_of(
        risk() + MEASURE,
        said(T1, of("fall", judged_so), NOT_BEGUN),
        said(T2, of("fall", judged_so.replace("stor", "liten"))),
    )
    assert of_one(tmp_path, scale, plan) == []


def test_what_a_part_says_of_the_opposite_explains_nothing(tmp_path: Path) -> None:
    lowered = of("fall", YELLOW, "text: Färre bor på plan två.")
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": plan_of(
            risk() + MEASURE,
            said(T1, of("fall", RED.replace("sannolik\n", "möjlig\n")), of("larm", "läge: pågår")),
            said(T2, of("fall", RED)),
        ),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": f"uppföljning:\n{said(T1, of('fall', RED))}{said(T2, lowered)}",
    }
    assert [each[:11] for each in found(tmp_path, files)] == ["R304 a/1:16"]
    raised = files["plans/b/1.yaml"].replace(YELLOW, RED)
    assert found(tmp_path / "same", {**files, "plans/b/1.yaml": raised}) == []


CLOSED = RED + "      läge: avslutad\n"


@pytest.mark.parametrize(
    ("target", "value", "entry", "expected"),
    [
        ("nämnden: högst 5", "6", YELLOW, ["R307"]),
        ("nämnden: högst 5", "5", YELLOW, ["R303"]),
        ("nämnden: högst 5", "e.m.", YELLOW, ["R303"]),
        ("nämnden: högst 5", "6", YELLOW + "      text: Fler men lindrigare.\n", []),
        ("nämnden: högst 5", "6", GREEN + "      text: Golven är bytta.\n", ["R307"]),
        ("nämnden: högst 5", "5", GREEN + "      text: Golven är bytta.\n", []),
        ("nämnden: högst 5", "6", GREEN + "      text: Målet missas av en slump.\n", []),
        ("nämnden: högst 5", "6", GREEN + "      text: Antalet sjunker i höst.\n", []),
        ("nämnden: högst 5", "6", CLOSED + "      text: Den följs inte längre.\n", ["R307"]),
        ("nämnden: högst 5", "6", CLOSED + "      text: Ersatt av en annan risk.\n", []),
        ("nämnden: högst 5", "6", RED, []),
        ("nämnden: högst 5", "6", RED + "      läge: avslutad\n", ["R307"]),
        ("nämnden: högst 5", "5", RED + "      läge: avslutad\n", []),
        ("nämnden: högst 5", "6", RED + "      läge: accepterad\n", []),
        ("nämnden:\n            2026-T2: högst 5", "6", YELLOW, ["R307"]),
        ("nämnden:\n            2026: högst 5", "6", YELLOW, ["R303"]),
        ("nämnden: minst 9\n        typ: ackumulerat", "6", YELLOW, ["R303"]),
        ("nämnden: högst 5\n        typ: ackumulerat", "6", YELLOW, ["R307"]),
        ("nämnden: högst 5", "6", YELLOW + "    antal: Ett fall räknades två gånger.\n", ["R304"]),
    ],
)
def test_a_risk_is_not_lowered_or_closed_while_its_indicator_misses_its_target(
    target: str, value: str, entry: str, expected: list[str], tmp_path: Path
) -> None:
    figure = (
        "    indikatorer:\n      - id: antal\n        namn: Antal fall\n"
        f"        målvärden:\n          {target}\n"
    )
    plan = plan_of(risk() + figure, said(T1, of("fall", RED)), said(T2, of("fall", entry)))
    data = tmp_path / "data" / "a" / "antal.csv"
    data.parent.mkdir(parents=True)
    data.write_text(f"indikator;period;värde\nantal;{T2};{value}\n", "utf-8")
    told = [each[:4] for each in of_one(tmp_path, plan)]
    assert [code for code in told if code not in ("R301", "R302")] == expected


@pytest.mark.parametrize(
    ("interval", "said_in", "at", "expected"),
    [
        ("år", "2025-T2", "2026-T2", ["R305 a/1:13"]),
        ("år", "2025-T2", "2026-T1", []),
        ("år", "2025", "2026-T3", ["R305 a/1:13"]),
        ("år", "2025-12-31", "2026-T2", []),
        ("tertial", "2026-T1", "2026-T2", ["R305 a/1:13"]),
        ("halvår", "2026-T1", "2026-T2", []),
        ("halvår", "2026-T1", "2026-T3", ["R305 a/1:13"]),
        ("kvartal", "2026-03", "2026-T1", []),
        ("kvartal", "2026-01", "2026-T1", ["R305 a/1:13"]),
        ("dag", "2026-04-29", "2026-T1", ["R305 a/1:13"]),
        ("dag", "2026-04-30", "2026-T1", []),
    ],
)
def test_a_risk_is_judged_again_in_time(
    interval: str, said_in: str, at: str, expected: list[str], tmp_path: Path
) -> None:
    settings = f"format: 1\nregler:\n  R305:\n    intervall: {interval}\n"
    (tmp_path / "kvalitet.yaml").write_text(settings, "utf-8")
    words = said(at, "    fall: Arbetet fortsätter.\n")
    plan = plan_of(risk() + CHECK, said(said_in, of("fall", YELLOW)), words)
    assert of_one(tmp_path, plan, at=at) == expected


@pytest.mark.parametrize(
    ("then", "since", "expected"),
    [
        (of("fall", YELLOW), of("fall", YELLOW), []),
        (of("fall", YELLOW), of("fall", "läge: accepterad"), []),
        (of("fall", YELLOW), of("fall", "läge: avslutad"), []),
        (of("fall", YELLOW, "läge: accepterad"), "    fall: Ja.\n", ["R305 a/1:14"]),
        (of("fall", GREEN), "    fall: Ja.\n", ["R305 a/1:13"]),
        (of("fall", GREEN), "    sammanfattning: Ja.\n", ["R305 a/1:2"]),
        (of("fall", GREEN), "    fall: Bedömningen står fast.\n", []),
    ],
)
def test_an_accepted_risk_is_judged_again_too_and_a_closed_one_is_not(
    then: str, since: str, expected: list[str], tmp_path: Path
) -> None:
    plan = plan_of(risk() + CHECK, said("2025-T2", then), said(T2, since))
    assert of_one(tmp_path, plan) == expected


def test_a_risk_below_the_selection_is_not_asked_for_anything(tmp_path: Path) -> None:
    chosen = PLAN + "  urval: gul\n"
    plan = plan_of(risk() + CHECK, said("2025-T2", of("fall", GREEN)), said(T2, *SUMMARY))
    assert found(tmp_path, {"plans/a/0.yaml": chosen, "plans/a/1.yaml": plan}) == []


@pytest.mark.parametrize(
    ("risks", "expected"),
    [
        (risk("fall") + risk("fall-2", namn="FALL"), ["R306 a/1:11"]),
        (risk("fall") + risk("hot"), []),
        (risk("fall", typ="egen") + risk("fall-2", namn="Fall", typ="gemensam"), []),
        (risk("fall", ansvarig="chef norr") + risk("fall-2", namn="Fall", ansvarig="chef syd"), []),
        (risk("fall", nr="1") + risk("fall-2", namn="Fall", nr="2"), ["R306 a/1:13"]),
        (risk("fall", mål="ute") + risk("fall-2", namn="Fall", mål="inne"), []),
    ],
)
def test_a_risk_has_one_level(risks: str, expected: list[str], tmp_path: Path) -> None:
    risks = risks.replace("    namn: Fall-2\n", "")
    other = "hot" if "hot" in risks else "fall-2"
    goals = "mål:\n  - id: ute\n    namn: Ute\n  - id: inne\n    namn: Inne\n"
    risks = risks if "mål" not in risks else f"{risks}{goals}"
    both = said(T1, of("fall", "nivå: grön"), of(other, "nivå: gul", "läge: accepterad"))
    assert of_one(tmp_path, plan_of(risks, both)) == expected
    same = said(T1, of("fall", "nivå: grön"), of(other, "nivå: grön"))
    assert of_one(tmp_path / "same", plan_of(risks, same)) == []
    ended = said(T1, of("fall", "nivå: grön"), of(other, "nivå: gul", "läge: avslutad"))
    assert of_one(tmp_path / "ended", plan_of(risks, ended)) == []


@pytest.mark.parametrize(
    ("risks", "entries", "expected"),
    [
        (risk() + CHECK, ["    fall: Inga fall.\n"], ["R308 a/1:13"]),
        (risk() + CHECK, [of("fall", GREEN)], []),
        (risk() + CHECK, [of("fall", "lyft: ja", "text: Inga fall.")], []),
        (risk() + CHECK, [of("fall", YELLOW, "text: Höjd.")], []),
        (risk() + MEASURE, SUMMARY, ["R308 a/1:5"]),
        (risk() + MEASURE, [of("larm", "läge: pågår")], ["R308 a/1:5"]),
        (risk() + MEASURE, [of("larm", "läge: klar")], []),
        (risk() + MEASURE + risk("hot") + "    åtgärder: [larm]\n", [of("hot", "nivå: gul")], []),
    ],
)
def test_nothing_is_done_about_a_risk_that_is_not_reported(
    risks: str, entries: list[str], expected: list[str], tmp_path: Path
) -> None:
    plan = plan_of(risks, said(T1, of("fall", GREEN)), said(T2, *entries))
    files = {"plans/a/0.yaml": PLAN + "  urval: gul\n", "plans/a/1.yaml": plan}
    assert [" ".join(each.split()[:2]) for each in found(tmp_path, files)] == expected
    del files["plans/a/0.yaml"]
    assert not [each for each in of_one(tmp_path / "all", plan) if each.startswith("R308")]


def test_why_a_risk_fell_below_the_selection_is_told(tmp_path: Path) -> None:
    then, now = of("fall", YELLOW), of("fall", GREEN, "text: Golven är bytta.")
    plan = plan_of(risk() + CHECK, said("2025-T3", then), said(T1, now))
    files = {"plans/a/0.yaml": PLAN + "  urval: gul\n", "plans/a/1.yaml": plan}
    assert found(tmp_path, files) == []
    files["plans/a/1.yaml"] = plan.replace("möjlig", "osannolik")
    assert [each[:4] for each in found(tmp_path, files)] == ["R308"]


def test_a_red_risk_is_told_of_in_the_report_at_hand(tmp_path: Path) -> None:
    plan = plan_of(risk(), said(T1, of("fall", RED)), said(T2, "    fall: Två fall.\n"))
    assert of_one(tmp_path, plan) == ["R301 a/1:10"]
    plan = plan_of(risk(), said(T1, of("fall", RED)), said(T2, *SUMMARY))
    assert of_one(tmp_path, plan) == ["R301 a/1:2"]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (plan_of(risk(), said(T1, *SUMMARY)), ["R309 a/1:2"]),
        (plan_of(risk(), said(T1, "    fall: Ja.\n")), ["R309 a/1:2"]),
        (plan_of(risk(), said(T1, of("fall", "sannolikhet: möjlig"))), ["R309 a/1:2"]),
        (plan_of(risk(), said(T1, of("fall", GREEN))), []),
        (plan_of(risk(), said(T1, of("fall", "nivå: grön"))), []),
        (plan_of(risk(), said(T1, of("fall", "läge: accepterad"))), []),
        (plan_of(risk(start="2026-T2"), said(T1, *SUMMARY)), []),
        (plan_of(risk(), said(T1, *SUMMARY), said("2026", of("fall", GREEN))), []),
    ],
)
def test_a_risk_is_judged(plan: str, expected: list[str], tmp_path: Path) -> None:
    assert of_one(tmp_path, plan) == expected


def test_the_parts_may_judge_the_risks_of_the_whole(tmp_path: Path) -> None:
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": plan_of(risk() + risk("hot"), said(T1, *SUMMARY)),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": f"uppföljning:\n{said(T1, of('fall', GREEN))}",
    }
    assert found(tmp_path, files) == [
        'R309 a/1:4 Risken "Hot" har inte fått någon nivå i någon period'
    ]


AREAS = (
    "kvalitetsområden:\n  - id: trygghet\n    namn: Trygghet\n  - id: helhet\n    namn: Helhet\n"
)
SAFE = risk(kvalitetsområde="trygghet")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (plan_of(SAFE, said(T1, of("fall", GREEN))), ["R320 a/1:4"]),
        (plan_of(SAFE, said(T1, of("fall", GREEN), "    helhet: Inga risker.\n")), []),
        (
            plan_of(
                SAFE, said(T1, of("fall", GREEN), "    sammanfattning: Ingen risk för helheten.\n")
            ),
            [],
        ),
        (
            plan_of(
                SAFE + risk("hot", kvalitetsområde="helhet"),
                said(T1, of("fall", GREEN), of("hot", GREEN)),
            ),
            [],
        ),
        (f"uppföljning:\n{said(T1, *SUMMARY)}", []),
    ],
)
def test_a_quality_area_has_a_risk(plan: str, expected: list[str], tmp_path: Path) -> None:
    assert of_one(tmp_path, AREAS, plan) == expected


def test_a_part_may_have_the_risks_of_an_area(tmp_path: Path) -> None:
    files = {
        "plans/a/0.yaml": WHOLE,
        "plans/a/1.yaml": AREAS + plan_of(SAFE, said(T1, of("fall", GREEN))),
        "plans/b/0.yaml": PART,
        "plans/b/1.yaml": plan_of(
            risk("hot", kvalitetsområde="helhet"), said(T1, of("hot", GREEN))
        ),
    }
    assert found(tmp_path, files) == []


def test_of_two_the_one_judged_last_is_told(tmp_path: Path) -> None:
    risks = risk("fall") + risk("fall-2").replace("Fall-2", "Fall")
    last = said(T2, of("fall", GREEN, "text: Golven är bytta."))
    plan = plan_of(risks + CHECK, said(T1, of("fall", YELLOW), of("fall-2", YELLOW)), last)
    assert [each for each in of_one(tmp_path, plan) if each[:4] == "R306"] == ["R306 a/1:19"]


@pytest.mark.parametrize(
    ("begins", "more", "expected"),
    [
        ((1, 2, 4), "", []),
        ((1, 2, 5), "", ["R239 a/1:9"]),  # two times two is four
        ((1, 3, 4), "", ["R239 a/1:7"]),
        ((2, 3, 4), "", ["R239 a/1:7"]),  # the lowest covers what lies below
        ((1, 2, 5), f"uppföljning:\n{said(T1, of('fall', 'nivå: c'))}", []),  # said alone
        ((1, 2, 5), "  allvarlighetsgrad: [a, b, c]\n", []),
    ],
)
def test_a_level_begins_at_a_score_that_can_be_had(
    begins: tuple[int, ...], more: str, expected: list[str], tmp_path: Path
) -> None:
    steps = "".join(
        f"    - namn: {name}\n      från: {begin}\n"
        for name, begin in zip("abc", begins, strict=True)
    )
    scales = TWO_BY_TWO.replace("  allvarlighetsgrad: [låg, hög]\n", "")
    axis = "" if "allvarlighetsgrad" in more else "  allvarlighetsgrad: [låg, hög]\n"
    risks = f"risker:\n{risk()}{MEASURE}"
    text = f"{scales}  nivå:\n{steps}{axis}{more}"
    assert [each for each in of_one(tmp_path, text, risks) if each[:4] == "R239"] == expected


TWO_BY_TWO = "skalor:\n  sannolikhet: [låg, hög]\n  allvarlighetsgrad: [låg, hög]\n"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("1x1, 1x2, 2x1", "2x2", []),
        ("1x1, 1x2", "2x1, 2x2", []),
        ("1x1, 2x2", "1x2, 2x1", ["R238 6"]),
        ("2x2", "1x1, 1x2, 2x1", ["R238 6"]),
        ("1x1, 1x2", "2x2", ["R232 4"]),
        ("1x1, 1x2, 2x1, 2x2", "2x2", ["R232 8"]),
        ("1x1, 1x2, 2x1, 3x2", "2x2", ["R232 6"]),
    ],
)
@pytest.mark.parametrize("name", ["nivå", "utredning"])
def test_a_level_told_by_cells_rises_with_the_axes(
    name: str, low: str, high: str, expected: list[str], tmp_path: Path
) -> None:
    steps = f"    - namn: a\n      rutor: [{low}]\n    - namn: b\n      rutor: [{high}]\n"
    (tmp_path / "plans" / "a").mkdir(parents=True)
    (tmp_path / "plans" / "a" / "0.yaml").write_text("plan:\n  namn: A\n", "utf-8")
    (tmp_path / "plans" / "a" / "1.yaml").write_text(f"{TWO_BY_TWO}  {name}:\n{steps}", "utf-8")
    assert [f"{f.code} {f.place.line}" for f in judged(tmp_path).findings] == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (["nivå: röd", "sannolikhet: osannolik"], ["R239 a/1:10"]),
        (["nivå: röd", "sannolikhet: möjlig"], []),
        (["nivå: grön", "sannolikhet: osannolik"], []),
        (["nivå: grön", "allvarlighetsgrad: hög"], ["R239 a/1:10"]),
        (["nivå: gul", "allvarlighetsgrad: hög"], []),
        (["nivå: röd"], []),
    ],
)
def test_a_level_said_is_one_that_the_known_axis_can_give(
    entry: list[str], expected: list[str], tmp_path: Path
) -> None:
    plan = plan_of(risk() + MEASURE, said(T1, of("fall", *entry)))
    assert of_one(tmp_path, plan) == expected


def test_an_axis_said_earlier_still_holds(tmp_path: Path) -> None:
    plan = plan_of(
        risk() + MEASURE,
        said(T1, of("fall", "sannolikhet: osannolik")),
        said(T2, of("fall", "nivå: röd", "text: Höjd.")),
    )
    assert of_one(tmp_path, plan) == ["R239 a/1:13"]
    assert of_one(tmp_path / "judged", plan.replace("osannolik", "sannolik")) == []


def test_a_change_in_the_report_of_the_year_is_not_told_again_in_the_next(tmp_path: Path) -> None:
    files = {
        "templates/rapporter/ars.yaml": REPORT.replace("tertial", "år"),
        "plans/a/0.yaml": PLAN.replace("[lage]", "[lage, ars]"),
        "plans/a/1.yaml": plan_of(
            risk() + CHECK,
            said("2025", of("fall", YELLOW)),
            said("2026", of("fall", GREEN)),
        ),
    }
    told = ['R303 a/1:14 Risken "Fall" är sänkt från gul till grön, men ingen åtgärd är klar']
    assert [each.partition(" eller pågår")[0] for each in found(tmp_path, files)] == told
    files["plans/a/2.yaml"] = f"uppföljning:\n{said('2027-T1', *SUMMARY)}"
    assert found(tmp_path, files) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (of("fall", "nivå: rödd"), "R231"),
        (of("fall", "nivå: röd", "läge: godtagen"), "R231"),
        (of("fall", "nivå: röd", "lägge: accepterad"), "R201"),
    ],
)
def test_what_cannot_be_read_is_told_once(entry: str, code: str, tmp_path: Path) -> None:
    for name, text in {
        "templates/rapporter/lage.yaml": REPORT,
        "plans/a/0.yaml": PLAN,
        "plans/a/1.yaml": plan_of(risk(), said(T1, entry)),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert [finding.code for finding in judged(tmp_path).findings] == [code]


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("R301", plan_of(risk(), said(T1, of("fall", RED)))),
        ("R302", plan_of(risk(), said(T1, of("fall", YELLOW)))),
        ("R309", plan_of(risk(), said(T1, *SUMMARY))),
    ],
)
def test_a_finding_can_be_accepted_for_its_risk(code: str, plan: str, tmp_path: Path) -> None:
    exception = f"  - regel: {code}\n    plats: a/fall\n    skäl: Känt.\n    slut: 2030\n"
    (tmp_path / "kvalitet.yaml").write_text(f"format: 1\nundantag:\n{exception}", "utf-8")
    assert of_one(tmp_path, plan) == []


@pytest.mark.parametrize(
    ("at", "old", "new"),
    [
        (
            T2,
            "    kvalitetsområde: trygghet\n    mål: barnets-rost",
            "    kvalitetsomrade: trygghet",
        ),
        ("2026", "", ""),
    ],
    ids=["a fault hides an area", "no report is made of the year"],
)
def test_an_exception_is_not_called_needless_where_its_rule_is_not_tried(
    at: str, old: str, new: str, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    risks = root / "plans" / "barn-och-familj" / "risker.yaml"
    risks.write_text(risks.read_text("utf-8").replace(old, new), "utf-8")
    codes = {finding.code for finding in judged(root, Period.parse(at)).findings}
    assert not codes & {"R011", "R320"}
