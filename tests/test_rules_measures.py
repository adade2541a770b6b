"""Measures and activities against what is said of them: faulty plans beside sound ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from validating import judged

from kvalitet.period import Period
from kvalitet.rules.work.delivery import undelivered

HEAD = "plan:\n  namn: Exempelplan\n  rapporter: [atgardsplan]\ntexter:\n  sammanfattning: Kort.\n"
PLAN = """\
risker:
  - id: nycklar
    namn: Nycklar kommer bort
    åtgärder:
      - id: skap
        namn: Låsta skåp på varje kontor
        ansvarig: enhetschef
        start: 2026-01
        slut: {slut}
        aktiviteter:
          - id: prova
            namn: Pröva skåpen
            slut: {slut_prova}
"""
CODES = (*(f"R33{number}" for number in range(1, 10)), "R340", "R341", "R342", "R343")


def found(
    folder: Path,
    said: dict[str, str],
    plan: str = PLAN,
    at: str | None = None,
    rapporter: str = "rapporter: [atgardsplan]",
    **dates: str,
) -> list[str]:
    """What the rules on measures find, as "CODE file:line"; `said` is what is said in a period."""
    written = {"slut": "2027-12-31", "slut_prova": "2027-06-30", **dates}
    files = {
        "plan.yaml": HEAD.replace("rapporter: [atgardsplan]", rapporter),
        "risker.yaml": plan.format(**written),
    }
    for period, text in said.items():
        lines = "".join(f"    {line}\n" for line in text.splitlines())
        files[f"{period.replace('/', '_')}.yaml"] = f"uppföljning:\n  {period}:\n{lines}"
    for name, text in files.items():
        path = folder / "plans" / "exempel" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    findings = judged(folder, Period.parse(at) if at else None).findings
    mine = (f for f in findings if f.code in CODES)
    return [f"{f.code} {f.place.path.rpartition('/')[2]}:{f.place.line}" for f in mine]


def entry(**said: str) -> str:
    """An entry on the measure; `text` last."""
    return "skap:\n" + "".join(f"  {key}: {word}\n" for key, word in said.items())


ON_TIME = {"läge": "pågår", "tidplan": "följer tidplan"}
LATE = {"läge": "pågår", "tidplan": "försenad"}
TEXT = "Skåpen är köpta."


@pytest.mark.parametrize(
    ("slut", "said", "expected"),
    [
        ("2026-06-30", ON_TIME, ["R331 2026-T2.yaml:5"]),
        ("2026-08-31", ON_TIME, []),  # that day has not passed when the report is written
        ("2026-08-30", ON_TIME, ["R331 2026-T2.yaml:5"]),
        ("2027", {**ON_TIME, "slut": "2026-06"}, ["R331 2026-T2.yaml:6"]),  # mistyped, most likely
        ("2026", ON_TIME, []),
        ("2026-09-01", ON_TIME, []),
        ("2026-06-30", {**ON_TIME, "läge": "klar"}, []),
        ("2026-06-30", {**ON_TIME, "läge": "avbruten", "text": TEXT}, []),
        ("2026-06-30", {**ON_TIME, "slut": "2026-12"}, []),  # moved
        ("2026-06-30", {**LATE, "text": TEXT}, []),
        ("2026-06-30", {**ON_TIME, "tidplan": "risk för försening", "text": TEXT}, []),
        ("2026-06-30", {"tidplan": "följer tidplan"}, ["R331 2026-T2.yaml:4"]),
        ("2026-06-30", {"läge": "pågår", "text": TEXT}, ["R341 2026-T2.yaml:4"]),
        ("2026-06-30", {"läge": "ej påbörjad"}, ["R341 2026-T2.yaml:4"]),
        ("2027", {"läge": "pågår", "slut": "2026-06"}, ["R341 2026-T2.yaml:5"]),
        ("2026-08-31", {"läge": "pågår"}, []),
        ("2026-06-30", {"läge": "klar"}, []),
        ("2026-06-30", {"läge": "pågår", "text": "Arbetet är försenat."}, ["R336 2026-T2.yaml:5"]),
    ],
)
def test_on_time_though_its_end_has_passed(
    tmp_path: Path, slut: str, said: dict[str, str], expected: list[str]
) -> None:
    assert found(tmp_path, {"2026-T2": entry(**said)}, slut=slut) == expected


def test_a_state_of_an_earlier_report_holds(tmp_path: Path) -> None:
    said = {"2026-T1": entry(**ON_TIME), "2026-T2": "nycklar: Inga nycklar har kommit bort.\n"}
    assert found(tmp_path, said, slut="2026-06-30") == ["R331 risker.yaml:5"]
    said["2026-T2"] += entry(text=TEXT)  # where it is to be said
    assert found(tmp_path, said, slut="2026-06-30") == ["R331 2026-T2.yaml:4"]
    assert found(tmp_path, said, at="2026-T1", slut="2026-06-30") == []


OWN_STEPS = """\
skalor:
  tidplan:
    - namn: enligt plan
      som: följer tidplan
    - namn: sen
      som: försenad
"""


def test_own_steps_mean_what_they_stand_for(tmp_path: Path) -> None:
    plan = OWN_STEPS + PLAN
    said = entry(läge="pågår", tidplan="enligt plan")
    assert found(tmp_path, {"2026-T2": said}, plan, slut="2026-06-30") == ["R331 2026-T2.yaml:5"]
    said = entry(läge="pågår", tidplan="sen")
    assert found(tmp_path, {"2026-T2": said}, plan) == ["R335 2026-T2.yaml:5"]


@pytest.mark.parametrize(
    ("activity", "slut_prova", "expected"),
    [
        ("  tidplan: försenad\n  text: Skåpen dröjer.\n", "2026-12", ["R332 2026-T2.yaml:5"]),
        ("  läge: pågår\n", "2026-06-30", ["R332 2026-T2.yaml:5"]),  # past its end
        ("  tidplan: försenad\n  slut: 2028\n", "2026-12", ["R332 2026-T2.yaml:5"]),
        ("  tidplan: försenad\n  slut: 2027-06\n", "2026-12", []),  # in time for the whole
        ("  läge: klar\n", "2026-06-30", []),
        ("  läge: klar\n  tidplan: försenad\n", "2026-06-30", []),  # done at last
        ("  läge: ej aktuell\n  text: Skåpen är provade.\n", "2026-06-30", []),
        ("  tidplan: risk för försening\n", "2026-12", []),
        ("  läge: pågår\n", "2026-12", []),
    ],
)
def test_on_time_though_an_activity_is_late(
    tmp_path: Path, activity: str, slut_prova: str, expected: list[str]
) -> None:
    said = {"2026-T2": f"{entry(**ON_TIME)}prova:\n{activity}"}
    assert found(tmp_path, said, slut_prova=slut_prova) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"2026-T2": entry(läge="klar", slut="2026-10-31")}, ["R333 2026-T2.yaml:5"]),
        ({"2026-T2": entry(läge="klar", slut="2026-06-30")}, []),
        ({"2026-T2": entry(läge="klar", slut="2026")}, []),  # some time in the year
        ({"2026-T2": entry(läge="klar")}, []),  # before the end that was decided: early
        (
            {"2026-T1": entry(läge="pågår", slut="2026-12"), "2026-T2": entry(läge="klar")},
            [],  # moved, and done sooner all the same
        ),
        (
            {"2026-T1": entry(läge="klar"), "2026-T2": entry(slut="2026-12-31")},
            ["R333 2026-T2.yaml:4"],
        ),
        ({"2026-T2": entry(läge="pågår", slut="2026-12-31")}, []),
    ],
)
def test_done_with_a_later_end(tmp_path: Path, said: dict[str, str], expected: list[str]) -> None:
    assert found(tmp_path, said) == expected


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ({"läge": "klar"}, "Åtgärden har inte genomförts.", "R334"),
        ({"läge": "klar"}, "Skåpen ställdes in.", ""),  # what it is about
        ({"läge": "klar"}, "Åtgärden pågår och beräknas vara klar i mars.", "R334"),
        ({"läge": "klar"}, "Införandet pågår fortfarande.", "R334"),
        ({"läge": "klar"}, "Införandet pågår fortfarande hos leverantören.", ""),  # a part
        ({"läge": "klar"}, "Skåpen är på plats. Arbetet pågår fortfarande.", ""),  # what is next
        ({"läge": "pågår"}, "Åtgärden pågår och beräknas vara klar i mars.", ""),
        ({"läge": "klar"}, "Uppskjuten till nästa år.", "R334"),
        ({"läge": "klar"}, "Arbetet fortsätter till 30 juni nästa år.", "R334"),
        ({"läge": "klar"}, "För leverantörens del har samarbetet avbrutits.", "R334"),
        ({"läge": "klar"}, "Skåp har ännu inte låsts.", "R334"),
        ({"läge": "klar"}, "Skåp har ännu inte utvärderats.", ""),  # something else to do
        ({"läge": "pågår"}, "Skåp har ännu inte låsts.", ""),
        ({"läge": "klar"}, "Arbetet fortsätter i hela förvaltningen.", ""),
        ({"läge": "klar"}, "Skåpen ställdes inte in.", ""),
        ({"läge": "klar"}, "Arbetet blev försenat av brist på skåp.", ""),  # and was done
        ({"läge": "klar"}, "Arbetet avbröts i maj men är nu slutfört.", ""),
        ({"läge": "klar"}, "Två leveranser ställdes in.", ""),
        (ON_TIME, "Åtgärden är försenad.", "R336"),
        (ON_TIME, "Åtgärden är inte försenad.", ""),
        (ON_TIME, "Åtgärden har pausats tills vidare.", "R336"),
        (ON_TIME, "Åtgärden har pausats över sommaren.", ""),
        (ON_TIME, "Arbetet hanns inte med före sommaren.", "R336"),
        (ON_TIME, "Alla hanns inte med.", ""),
        (ON_TIME, "Leveransen uteblev.", ""),  # of something else
        (ON_TIME, "Utbildningen kunde inte genomföras på grund av vakanser.", "R336"),
        (ON_TIME, "Kursen blev inställd när läraren fick förhinder.", "R336"),
        (ON_TIME, "Skåpen är på plats. Kursen blev inställd.", ""),  # not all there is to tell
        (ON_TIME, "Utbildningen kunde inte genomföras men hölls senare.", ""),
        (ON_TIME, "På grund av vakanser har åtgärden inte genomförts.", "R336"),
        (ON_TIME, "Åtgärden har inte genomförts ännu.", ""),
        (ON_TIME, "Arbetet har inte påbörjats.", "R336"),
        (ON_TIME, "Arbetet utgår från vad personalen behöver.", ""),
        (ON_TIME, "Det finns risk att åtgärden skjuts upp.", ""),
        (ON_TIME, "Några leveranser är försenade.", ""),
        (ON_TIME, "Arbetet fortsätter till 30 juni.", ""),
        ({"läge": "pågår"}, "Åtgärden är uppskjuten.", "R336"),
        ({"läge": "pågår", "slut": "2028"}, "Åtgärden är uppskjuten.", ""),
        ({"läge": "ej påbörjad"}, "Arbetet har inte påbörjats.", ""),
        ({"läge": "ej påbörjad"}, "Arbetet ställdes in på grund av sjukdom.", ""),
        ({"läge": "avbruten"}, "Arbetet avbröts på grund av kostnaden.", ""),
        (LATE, "Åtgärden är försenad.", ""),
        ({"läge": "pågår", "tidplan": "risk för försening"}, "Arbetet ställdes in i maj.", ""),
    ],
)
def test_words_against_states(
    tmp_path: Path, said: dict[str, str], text: str, expected: str
) -> None:
    row = 4 + len(said)
    where = [f"{expected} 2026-T2.yaml:{row}"] if expected else []
    assert found(tmp_path, {"2026-T2": entry(**said, text=text)}) == where


@pytest.mark.parametrize(
    ("text", "namn", "told"),
    [
        ("Utbildningen ställdes in på grund av sjukdom.", "Utbilda alla", True),
        ("Alla är anmälda.\n\n- Hela utbildningen har ställts in.", "Utbilda alla", True),
        ("Tyvärr blev utbildningen inte av.", "Utbilda alla", True),
        ("Mentorsprogrammet blev inte av.", "Utse mentorer", False),  # what it is about
        ("Handledningen är försenad.", "Handledning varje vecka", True),
        ("Handledningen är försenad på grund av byten hos oss.", "Handledning", True),
        ("Handledningen skjuts upp en vecka när påsken infaller.", "Handledning", False),
        ("Besök ställs in mest under sommaren.", "Minska antalet inställda besök", False),
        ("Utredningar är försenade i 12 av 40 fall.", "Minska väntetiden till utredning", False),
        ("Hembesök avbröts vid hot och rutinen följdes.", "Rutin för hembesök", False),
        ("Placeringar avbröts oftast.", "Kartläggning av avbrutna placeringar", False),
        ("Insatsen avbröts i tre fall.", "Färre avbrott i hemtjänsten", False),
        ("Anpassningen är försenad för en av de sökande.", "Bostadsanpassning", False),
        ("Hembesök kunde inte genomföras hos en brukare.", "Hembesök hos nya brukare", False),
        ("Träffarna ställs in vid värmebölja.", "Sommarträffar för anhöriga", False),
        ("Genomgångar är inte genomförda för nyinflyttade.", "Genomgångar", False),
        ("Planerna är försenade i två av nio grupper.", "Planer inom 14 dagar", False),
        ("Uppföljningar har inte gjorts i fem ärenden.", "Uppföljning av insatser", False),
        ("Utbildningen sköts upp och hölls den 12 april.", "Utbildning i vård", False),
        ("Blev inte av på grund av vakanser.", "Utse mentorer", True),
        ("Besöken ställdes in.", "Utbilda alla", False),  # of something else
        ("Utbildningen ställs in om för få anmäler sig.", "Utbilda alla", False),
        ("Utbildningen är inte genomförd i alla grupper.", "Utbilda alla", False),
        ("Utbildningen ställdes in i mars men hölls i maj.", "Utbilda alla", False),
        ("Utbildningen har varken ställts in eller försenats.", "Utbilda alla", False),
        ("Larmet är inställt, och planerarna är utbildade.", "Larm vid fall", False),  # set
        ("Personalen är inställd på att börja i höst.", "Personalen samlas", False),
        ("Det har inte genomförts några mätningar.", "Mätningar", False),
        ("", "Utbilda alla", False),
    ],
)
def test_words_of_non_delivery(text: str, namn: str, told: bool) -> None:
    assert (undelivered(text, namn) is not None) is told


CHECK = """\
egenkontroller:
  - id: rond
    namn: Rond på kontoren{frekvens}
"""


@pytest.mark.parametrize(
    ("frekvens", "said", "expected"),
    [
        ("", "  slut: 2026-11\n", ["R333 2026-T2.yaml:5"]),
        ("", "  text: Ronden kunde inte genomföras.\n", ["R334 2026-T2.yaml:5"]),
        ("", "  text: Alla kontor har fått en rond.\n", []),
        ("\n    frekvens: tertial", "  slut: 2026-11\n", []),  # of the next round
    ],
)
def test_a_self_check_that_is_done_once(
    tmp_path: Path, frekvens: str, said: str, expected: list[str]
) -> None:
    plan = CHECK.format(frekvens=frekvens)
    assert found(tmp_path, {"2026-T2": f"rond:\n  läge: klar\n{said}"}, plan) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"2026-T2": entry(**LATE)}, ["R335 2026-T2.yaml:5"]),
        ({"2026-T2": entry(läge="ej aktuell")}, ["R335 2026-T2.yaml:4"]),
        ({"2026-T2": entry(läge="avbruten")}, ["R335 2026-T2.yaml:4"]),
        ({"2026-T2": entry(**LATE, text=TEXT)}, []),
        ({"2026-T2": entry(**LATE, slut="2028-02")}, []),
        ({"2026-T2": entry(läge="klar", tidplan="försenad")}, []),
        ({"2026-T2": entry(läge="ej aktuell", text=TEXT)}, []),
        ({"2026-T2": f"{entry(**LATE)}prova: Skåpen levereras i höst.\n"}, []),
        ({"2026-T2": f"{entry(**LATE)}nycklar: Två kontor väntar på skåp.\n"}, []),
        ({"2026-T2": f"{entry(läge='avbruten')}nycklar: Åtgärden avbröts i mars.\n"}, []),
        ({"2026-T2": f"{entry(läge='avbruten')}nycklar: Bra.\n"}, ["R335 2026-T2.yaml:4"]),
        ({"2026-T1": entry(**LATE, text=TEXT), "2026-T2": entry(**LATE)}, []),
        ({"2026-T1": entry(**LATE, text=TEXT), "2026-T2": entry(läge="pågår")}, []),
        (
            {"2026-T1": entry(**ON_TIME, text=TEXT), "2026-T2": entry(**LATE)},
            ["R335 2026-T2.yaml:5"],
        ),
    ],
)
def test_late_or_called_off_without_words(
    tmp_path: Path, said: dict[str, str], expected: list[str]
) -> None:
    assert found(tmp_path, said) == expected


@pytest.mark.parametrize(
    ("drop", "said", "expected"),
    [
        (["        ansvarig: enhetschef\n"], {}, ["R337 risker.yaml:5", "R337 risker.yaml:10"]),
        (["        start: 2026-01\n"], {}, ["R337 risker.yaml:5", "R337 risker.yaml:10"]),
        (["            slut: {slut_prova}\n"], {}, []),  # the measure's holds
        (["        slut: {slut}\n"], {}, ["R337 risker.yaml:5"]),
        (["        slut: {slut}\n"], {"slut": "2027"}, []),
        (["        slut: {slut}\n"], {"läge": "klar"}, []),
    ],
)
def test_without_role_or_dates(
    tmp_path: Path, drop: list[str], said: dict[str, str], expected: list[str]
) -> None:
    plan = PLAN
    for line in drop:
        plan = plan.replace(line, "")
    words = {**ON_TIME, **said}
    assert found(tmp_path, {"2026-T2": entry(**words)}, plan) == expected


def many(said_of: int) -> tuple[str, str]:
    """A plan of ten measures without an end, and words on some of them."""
    ids = [f"a{number}" for number in range(10)]
    plan = "åtgärder:\n" + "".join(
        f"  - id: {id}\n    namn: Steg {id}\n    ansvarig: chef\n    start: 2026\n" for id in ids
    )
    return plan, "".join(f"{id}: Steg {id} pågår nu.\n" for id in ids[:said_of])


def test_many_in_a_file_are_told_once(tmp_path: Path) -> None:
    plan, said = many(4)
    assert found(tmp_path, {"2026-T1": said}, plan) == ["R337 risker.yaml:2", "R339 risker.yaml:18"]


def test_what_is_accepted_is_not_counted(tmp_path: Path) -> None:
    plan, said = many(4)
    exceptions = "".join(
        f"  - regel: {code}\n    plats: exempel/{id}\n    skäl: Känt.\n    slut: 2030\n"
        for code, id in (("R337", "a0"), ("R339", "a9"))
    )
    (tmp_path / "kvalitet.yaml").write_text(f"undantag:\n{exceptions}", "utf-8")
    five_alone = [f"R339 risker.yaml:{4 * number + 2}" for number in range(4, 9)]
    assert found(tmp_path, {"2026-T1": said}, plan) == ["R337 risker.yaml:6", *five_alone]


def test_a_report_of_a_month_need_not_be_about_all(tmp_path: Path) -> None:
    plan, said = many(4)
    report = tmp_path / "templates" / "rapporter" / "atgardsplan.yaml"
    report.parent.mkdir(parents=True)
    head = "rubrik: Läget\nrytm: månad\navsnitt:\n"
    report.write_text(f"{head}  - id: sammanfattning\n    rubrik: Kort\n    del: text\n", "utf-8")
    assert found(tmp_path, {"2026-03": said}, plan) == ["R337 risker.yaml:2"]


def test_a_plan_without_reports_lacks_nothing(tmp_path: Path) -> None:
    plan, said = many(4)
    assert found(tmp_path, {"2026-03": said}, plan) == []


@pytest.mark.parametrize(
    ("dates", "said", "expected"),
    [
        ({"slut": "2062-12-31"}, ON_TIME, ["R338 risker.yaml:9"]),
        ({}, {**ON_TIME, "slut": "2062"}, ["R338 2026-T2.yaml:6"]),
        ({"slut": "2036"}, ON_TIME, []),
        ({}, {**LATE, "slut": "2026-03-31", "text": TEXT}, ["R338 2026-T2.yaml:6"]),
        ({}, {"läge": "klar", "slut": "2026-03-31"}, []),  # when it was done
        ({"slut": "2026-03-31"}, {"läge": "pågår"}, ["R341 2026-T2.yaml:4"]),  # in the same year
        ({}, {"läge": "pågår", "slut": "2026-06-30"}, ["R341 2026-T2.yaml:5"]),
    ],
)
def test_dates_outside_the_year(
    tmp_path: Path, dates: dict[str, str], said: dict[str, str], expected: list[str]
) -> None:
    assert found(tmp_path, {"2026-T2": entry(**said)}, **dates) == expected


@pytest.mark.parametrize(
    ("start", "slut", "läge", "expected"),
    [
        ("2027-01", "2027-12", "pågår", ["R338 2026-T2.yaml:4"]),
        ("2026-09", "2027-12", "pågår", []),  # begun early
        ("2027-01", "2027-12", "ej påbörjad", []),
        ("2025-01", "2025-12", "pågår", ["R338 2026-T2.yaml:4"]),
        ("2025-01", "2025-12", "klar", []),
        ("2025-01", "2027-12", "pågår", []),  # over several years
    ],
)
def test_start_and_end_in_other_years(
    tmp_path: Path, start: str, slut: str, läge: str, expected: list[str]
) -> None:
    plan = PLAN.replace("start: 2026-01", f"start: {start}")
    dates = {"slut": slut, "slut_prova": slut}
    assert found(tmp_path, {"2026-T2": entry(läge=läge)}, plan, **dates) == expected


OTHER = """\
      - id: kvittens
        namn: Kvittens för varje nyckel
        ansvarig: enhetschef
        start: {start}
        slut: {slut}
"""


@pytest.mark.parametrize(
    ("start", "said", "expected"),
    [
        ("2026-05-01", entry(**ON_TIME), ["R339 risker.yaml:14"]),
        ("2026-09-01", entry(**ON_TIME), []),  # not begun
        ("2026-05-01", entry(**ON_TIME) + "kvittens: Alla kvitterar.\n", []),
        ("2026-05-01", entry(**ON_TIME) + "nycklar: Kvittens ges nu.\n", []),
        ("2026-05-01", entry(**ON_TIME) + "nycklar: Båda åtgärderna går som de ska.\n", []),
        ("2026-05-01", entry(**ON_TIME) + "nycklar: Åtgärden går bra.\n", ["R339 risker.yaml:14"]),
        ("2026-05-01", "nycklar: Inga nycklar har kommit bort.\n", []),  # of no measure at all
        ("2026-05-01", "prova: Skåpen prövas.\n", ["R339 risker.yaml:14"]),
    ],
)
def test_not_followed_up(tmp_path: Path, start: str, said: str, expected: list[str]) -> None:
    plan = PLAN + OTHER.replace("{start}", start)
    assert found(tmp_path, {"2026-T2": said}, plan) == expected


BESIDE = """\
          - id: skylt
            namn: Skyltar vid dörren
            start: 2026-02
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"2026-T2": entry(**ON_TIME) + "prova: Skåpen prövas.\n"}, ["R339 risker.yaml:14"]),
        ({"2026-T2": entry(**ON_TIME)}, []),  # the measure is told as a whole
        ({"2026-T2": entry(**ON_TIME, text="Skyltarna är uppe.") + "prova: Snart.\n"}, []),
        ({"2026-T2": "prova: Skåpen prövas.\nskylt: Uppe.\n"}, []),
        ({"2026-T1": "skylt:\n  läge: pågår\n", "2026-T2": entry(**ON_TIME) + "prova: Ja.\n"}, []),
    ],
)
def test_an_activity_forgotten_beside_another(
    tmp_path: Path, said: dict[str, str], expected: list[str]
) -> None:
    assert found(tmp_path, said, PLAN + BESIDE) == expected


def test_what_is_decided_on_an_accepted_risk_is_followed_up(tmp_path: Path) -> None:
    before = {"2026-T1": "nycklar:\n  läge: accepterad\n"}
    plan = PLAN + OTHER.replace("{start}", "2026-01")
    said = {**before, "2026-T2": entry(**ON_TIME)}
    assert found(tmp_path, said, plan) == ["R339 risker.yaml:14"]
    ended = {"2026-T1": "nycklar:\n  läge: avslutad\n", "2026-T2": entry(**ON_TIME)}
    assert found(tmp_path, ended, plan) == []


def test_dates_that_are_inherited_are_told_of_the_whole(tmp_path: Path) -> None:
    part = tmp_path / "plans" / "del" / "plan.yaml"
    part.parent.mkdir(parents=True)
    said = "uppföljning:\n  2026-T2:\n    skap:\n      läge: pågår\n"
    part.write_text(HEAD.replace("plan:\n", "plan:\n  del_av: exempel\n") + said, "utf-8")
    plan = PLAN.replace("start: 2026-01", "start: 2027-01")
    assert found(tmp_path, {"2026-T2": entry(läge="pågår")}, plan) == ["R338 2026-T2.yaml:4"]


def test_of_a_measure_and_its_activities_the_measure_is_told(tmp_path: Path) -> None:
    begun = PLAN.replace("namn: Pröva skåpen\n", "namn: Pröva skåpen\n            start: 2026-01\n")
    plan = begun + OTHER.replace("{start}", "2026-01")
    assert found(tmp_path, {"2026-T2": "kvittens: Alla ger den.\n"}, plan) == ["R339 risker.yaml:5"]


@pytest.mark.parametrize("läge", ["klar", "avbruten", "ej aktuell"])
def test_what_is_finished_needs_no_more_words(tmp_path: Path, läge: str) -> None:
    before = {"2026-T1": f"kvittens:\n  läge: {läge}\n  text: Så blev det.\n"}
    plan = PLAN + OTHER.replace("{start}", "2026-01")
    assert found(tmp_path, {**before, "2026-T2": entry(**ON_TIME)}, plan) == []


BELOW = "plan:\n  namn: A\n  rapporter: [atgardsplan]\n  urval: gul\n"


def test_nothing_is_asked_of_the_measures_of_a_risk_below_the_selection(tmp_path: Path) -> None:
    plan = (
        PLAN
        + OTHER.replace("{start}", "2026-01")
        + (
            "  - id: larm\n    namn: Larm når inte fram\n    åtgärder:\n"
            "      - id: provlarm\n        namn: Provlarma varje vecka\n"
        )
    )
    said = "larm:\n  nivå: gul\nprovlarm: Varje vecka.\nnycklar:\n  nivå: grön\n"
    path = tmp_path / "plans" / "exempel"
    assert "R339 risker.yaml:5" in found(tmp_path, {"2026-T1": said}, plan)
    (path / "plan.yaml").write_text(BELOW + "texter:\n  sammanfattning: Kort.\n", "utf-8")
    findings = judged(tmp_path).findings
    assert [f.code for f in findings if f.code == "R339"] == []


LONG = "Skåpen är köpta och satta upp på tre av fyra kontor sedan i våras."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (LONG, LONG, ["R340 2026-T2.yaml:5"]),
        (LONG, f"{LONG} Det fjärde är kvar.", []),
        ("Ingen förändring.", "Ingen förändring.", []),
        (f"{LONG} {{{{ 1 }}}}", f"{LONG} {{{{ 1 }}}}", []),  # what is computed is new
    ],
)
def test_the_same_words_as_last_time(
    tmp_path: Path, first: str, second: str, expected: list[str]
) -> None:
    said = {
        "2026-T1": entry(läge="pågår", text=first), "2026-T2": entry(läge="pågår", text=second),
    }  # fmt: skip
    assert found(tmp_path, said) == expected


def test_a_report_of_the_year_may_repeat_that_of_its_last_tertial(tmp_path: Path) -> None:
    said = {"2026-T3": entry(läge="pågår", text=LONG), "2026": entry(läge="pågår", text=LONG)}
    assert found(tmp_path, said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("skap: klar\n", ["R342 2026-T2.yaml:3"]),
        ("skap: Klar.\n", ["R342 2026-T2.yaml:3"]),
        ("skap: Följer tidplan\n", ["R342 2026-T2.yaml:3"]),
        ("skap:\n  läge: pågår\n  text: klar\n", []),  # said, whatever the text is
        ("skap: Allt är klart.\n", []),
        ("skap: delvis\n", []),  # a step of another kind of thing
        ("rond: utan anmärkning\n", ["R342 2026-T2.yaml:3"]),
        ("rond:\n  kontrollresultat: utan anmärkning\n", []),
        ("nycklar: hög\n", ["R342 2026-T2.yaml:3"]),
        ("sammanfattning: Klar.\n", []),
    ],
)
def test_a_step_written_as_a_text(tmp_path: Path, said: str, expected: list[str]) -> None:
    plan = PLAN + CHECK.format(frekvens="")
    told = found(tmp_path, {"2026-T2": said}, plan)
    assert [each for each in told if not each.startswith("R339")] == expected


def test_a_step_of_the_plans_own_written_as_a_text(tmp_path: Path) -> None:
    plan = "skalor:\n  trend: [bättre, sämre]\n" + PLAN
    assert found(tmp_path, {"2026-T2": "nycklar: Bättre.\n"}, plan) == ["R342 2026-T2.yaml:3"]


@pytest.mark.parametrize(
    ("tertial", "year", "expected"),
    [
        (entry(**LATE), "", ["R335 2026-T3.yaml:5"]),
        (entry(läge="pågår", slut="2026-03"), "", ["R338 2026-T3.yaml:5"]),
        (entry(läge="pågår"), "", ["R341 2026-T3.yaml:4"]),
        ("skap: klar\n", "", ["R342 2026-T3.yaml:3"]),
        (entry(läge="klar", text="Arbetet pågår fortfarande."), "", ["R334 2026-T3.yaml:5"]),
        # once, though both reports are about it
        (entry(läge="pågår"), "skap: Ett skåp är kvar att sätta upp.\n", ["R341 2026.yaml:3"]),
        # sound
        (entry(läge="klar", text=TEXT), "skap: Skåpen används.\n", []),
    ],
)
def test_a_report_that_ends_with_that_of_the_year_is_judged_too(
    tmp_path: Path, tertial: str, year: str, expected: list[str]
) -> None:
    said = {"2026-T3": tertial, "2026": f"{year}nycklar: Alla kontor har fått skåp.\n"}
    rapporter = "rapporter: [atgardsplan, verksamhetsberattelse]"
    told = found(tmp_path, said, slut="2026-11", slut_prova="2027-06", rapporter=rapporter)
    assert [each for each in told if not each.startswith("R339")] == expected


def test_words_of_the_last_tertial_beside_the_year_may_not_be_those_before(tmp_path: Path) -> None:
    said = {
        "2026-T2": entry(läge="pågår", text=LONG), "2026-T3": entry(läge="pågår", text=LONG),
        "2026": "nycklar: Alla kontor har fått skåp.\n",
    }  # fmt: skip
    rapporter = "rapporter: [atgardsplan, verksamhetsberattelse]"
    assert found(tmp_path, said, rapporter=rapporter) == ["R340 2026-T3.yaml:5"]


@pytest.mark.parametrize(
    ("check", "said", "expected"),
    [
        ("", "  slut: 2026-02\n", ["R338 2026-T2.yaml:4"]),
        ("", "  läge: pågår\n  slut: 2026-02\n", ["R338 2026-T2.yaml:5"]),
        ("", "  slut: 2062-02\n", ["R338 2026-T2.yaml:4"]),
        ("", "  slut: 2026-02\n  kontrollresultat: ej genomförd\n", ["R338 2026-T2.yaml:4"]),
        ("\n    slut: 2072-02", "  text: Ronden görs i höst.\n", ["R338 risker.yaml:4"]),
        # sound: to come, made, ended before the report
        ("", "  slut: 2026-11\n", []),
        ("", "  slut: 2026-02\n  kontrollresultat: utan anmärkning\n", []),
        ("", "  slut: 2026-02\n  läge: klar\n", []),
        ("\n    frekvens: tertial", "  slut: 2026-02\n", []),
    ],
)
def test_a_self_check_that_is_put_off(
    tmp_path: Path, check: str, said: str, expected: list[str]
) -> None:
    plan = CHECK.format(frekvens=check)
    assert found(tmp_path, {"2026-T2": f"rond:\n{said}"}, plan) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", ["R343 risker.yaml:7"]),
        ("\n    mål: [c]", "", ["R343 risker.yaml:8"]),
        ("\n    mål: [c]", "\n    mål: [d]", ["R343 risker.yaml:8"]),
        ("\n    mål: [b]", "", []),  # one is under the other
    ],
)
def test_the_same_number_of_goals(
    tmp_path: Path, one: str, other: str, expected: list[str]
) -> None:
    plan = (
        f"mål:\n  - id: a\n    namn: Hot\n    nr: 1{one}\n"
        f"  - id: b\n    namn: Fall\n    nr: 1{other}\n"
        "  - id: c\n    namn: Ett\n  - id: d\n    namn: Två\n"
    )
    assert found(tmp_path, {"2026-T2": "sammanfattning: Kort.\n"}, plan) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nr: 1", "nr: 1", ["R343 risker.yaml:7"]),
        ("nr: 1", "nr: 1.", ["R343 risker.yaml:7"]),
        ("nr: 1", "nr: 2", []),
        ("nr: 1", "typ: gemensam", []),
        ("nr: 1", "nr: 1\n    typ: gemensam", []),
        ("nr: 1", "nr: 1\n    ansvarig: chef", []),
        ("nr: 1\n    slut: 2025", "nr: 1", []),  # over before
    ],
)
def test_the_same_number(tmp_path: Path, one: str, other: str, expected: list[str]) -> None:
    plan = f"risker:\n  - id: a\n    namn: Hot\n    {one}\n  - id: b\n    namn: Fall\n    {other}\n"
    assert found(tmp_path, {"2026-T2": "sammanfattning: Kort.\n"}, plan) == expected
