"""Personal numbers are found wherever they stand and printed nowhere; what may point out a person
in a text is told, and what only looks like it is not.

The numbers are such as Skatteverket has published for tests and examples, and belong to nobody:
18900101-9802, 20000229-2399 and 20240229-2383 of its test numbers, 640823-3234 and the coordination
number 701063-2391 of its leaflets, and that of Tolvan Tolvansson, 19121212-1212.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starting import run
from test_cli import HAVSNÄS
from test_report_command import add
from validating import judged

from kvalitet.privacy import in_file, in_name, mask, maybe_numbers

ROOT = Path(__file__).parents[1]
NUMBER = "18900101-9802"
PLAN = "plan:\n  namn: Exempelplan\n  år: 2026\n"
PERSON, COORDINATION = "Här står ett personnummer", "Här står ett samordningsnummer"


def told(text: str, path: str = "plans/a/plan.yaml") -> list[str]:
    """What is found in a file, and where: column-end column message."""
    return [
        f"{f.place.line}:{f.place.column}-{f.place.end_column} {f.message}"
        for f in in_file(path, text.encode())
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19121212-1212", f"1:1-14 {PERSON}"),
        ("191212121212", f"1:1-13 {PERSON}"),
        ("121212-1212", f"1:1-12 {PERSON}"),
        ("121212+1212", f"1:1-12 {PERSON}"),
        ("1212121212", f"1:1-11 {PERSON}"),
        ("640823 3234", f"1:1-12 {PERSON}"),
        ("640823–3234", f"1:1-12 {PERSON}"),
        ("640823\u00a03234", f"1:1-12 {PERSON}"),
        ("19000101-9802 20000229-2399", f"1:15-28 {PERSON}"),
        ("000229-2399", f"1:1-12 {PERSON}"),
        ("701063-2391", f"1:1-12 {COORDINATION}"),
        ("197010632391", f"1:1-13 {COORDINATION}"),
        ("åäö: “640823-3234”.", f"1:7-18 {PERSON}"),
        ("\ufeffx\nnr:640823-3234,", f"2:4-15 {PERSON}"),
        ("# 640823-3234", f"1:3-14 {PERSON}"),
        ("barn-191212121212:", f"1:6-18 {PERSON}"),
        ("p191212121212", f"1:2-14 {PERSON}"),
        ("18 90 01 01-98 02", f"1:1-18 {PERSON}"),
        ("64 08 23-32 34", f"1:1-15 {PERSON}"),
        ("64 08 23+32 34.", f"1:1-15 {PERSON}"),
        ("70 10 63–23 91", f"1:1-15 {COORDINATION}"),
        ("1912-12-12-1212", f"1:1-16 {PERSON}"),
        ("(1964-08-23–3234)", f"1:2-17 {PERSON}"),
        ("20000229-2399 och annat i larm.csv", f"1:1-14 {PERSON}"),
    ],
)
def test_a_number_is_found_where_it_stands(text: str, found: str) -> None:
    assert told(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "19121212-XXXX",
        "191212-****",
        "19121212-1213",  # the check
        "20230229-2384",  # no such day
        "19000229-2390",
        "17900101-9802",  # no such century
        "191213131212",  # no such month
        "212000-0142",  # the number of an organisation
        "556016-0680",
        "165560160680",
        "2026-03-31",
        "20260331",
        "20260101/20260430",
        "1912121212121",  # one digit too many
        "0,191212121212",
        "1 212 121 212",
        "0701234567",
        "070-121 22 12",
        "?id=1212121212",
        "1212121212-3",
        "a1212121212f",
        "19121212-1212-4abc-9def-123456789012",
        "1a2b3c4d-5e6f-4abc-9def-191212121212",
        "SN 2026/1212-12",
        "64 08 23 32 34",  # amounts in a row, or a telephone number
        "08 64 08 23-32 34",
        "64 08 23-32 34 50",
        "64 08 23-32 35",  # the check
        "240101-0430",  # days of a year, from the first of a month
        "20240101-0430",
        "240101–0430",
        "261007-1231",  # or to the last of one
        "SFS 2001:453",
        "1912-12-12 1212",
        "2038-03-11-1248",  # a time, though the last digit checks
        "1964-08-23-3234-1",
        "https://www.exempel.example/download/18.1212121212/rapport.pdf",
        "https://www.exempel.example/?id=1212121212",
        "bilaga 1212121212/26",
        "se export-20251231-0831.csv",
        "se 20251231-0831 (2).csv",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert told(text) == told(f"siffran {text} står här") == []


ROWS = "indikator;period;värde;anm\na;2026;{};{}\n"


@pytest.mark.parametrize(
    ("value", "anm", "found"),
    [
        ("1212121212", "", []),  # an amount
        ("1212121212,50", "", []),
        ('"1212121212"', "", []),
        ("7", "1212121212", [f"2:10-20 {PERSON}"]),
        ("7", "om 121212-1212", [f"2:13-24 {PERSON}"]),
        ("191212121212", "", [f"2:8-20 {PERSON}"]),
    ],
)
def test_ten_digits_in_a_column_of_figures_are_an_amount(
    value: str, anm: str, found: list[str]
) -> None:
    assert told(ROWS.format(value, anm), "data/a/a.csv") == found


def test_a_file_in_another_encoding_is_read_too() -> None:
    data = "anm\nför 640823–3234\n".encode("cp1252")
    assert [(f.place.line, f.place.column) for f in in_file("data/a/a.csv", data)] == [(2, 5)]


def test_of_many_the_first_are_told() -> None:
    lines = told("19121212-1212\n" * 500)
    assert (len(lines), lines[19]) == (21, f"20:1-14 {PERSON}")
    assert lines[20] == "21:1-14 Filen har fler än 20 personnummer"


@given(before=st.integers(0, 40), around=st.sampled_from([2**18 - 20, 2**18 - 1, 2**18, 2**19]))
def test_a_number_is_found_once_wherever_a_file_is_divided(before: int, around: int) -> None:
    text = "x" * (around - before) + " 19121212-1212 " + "y" * 100
    start = around - before + 2
    assert told(text) == [f"1:{start}-{start + 13} {PERSON}"]


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("plans/anna-640823-3234", True),
        ("data/a/18900101-9802.csv", True),
        ("data/a/189001019802_larm.csv", True),
        ("plans/a/2026-T1.yaml", False),
        ("data/a/export-20240229-2383.csv", True),  # no such minute
        ("data/a/export-20251231-0831.csv", False),  # an hour of a day
        ("data/a/larm_202512310831.csv", False),
        ("data/a/larm_2512310831.csv", False),
        ("data/a/64 08 23-32 34.csv", True),
    ],
)
def test_the_name_of_a_file_or_folder_may_hold_one(path: str, is_told: bool) -> None:
    assert bool([*in_name(path)]) == is_told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("akt 18900101-9802.", "akt ••••••••-••••."),
        ("640823 3234, 701063-2391", "•••••• ••••, ••••••-••••"),
        ("18900101-98…", "••••••••-••…"),  # cut off
        ("18900101…", "••••••••…"),
        ("2019-2020…", "2019-2020…"),
        ("20260331", "20260331"),
        ("1 234 567", "1 234 567"),
        ("nr 18 90 01 01-98 02.", "nr •• •• •• ••-•• ••."),
        ("perioden 240101-0430", "perioden 240101-0430"),
        ("19640823-3235", "••••••••-••••"),  # R706
        ("född 1912-12-12-1212.", "född ••••-••-••-••••."),
    ],
)
def test_what_is_printed_has_dots_in_place_of_the_digits(text: str, shown: str) -> None:
    assert mask(text) == shown


@given(st.text(alphabet="0123456789-+ –…x\n", max_size=60))
def test_a_masked_text_is_as_long_and_has_no_number(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert mask(masked) == masked
    assert told(masked) == []


PIECES = (
    *("19121212-1212", "191212121212", "1212121212", "640823-3234", "640823 3234", "640823+3234"),
    *("18 90 01 01-98 02", "64 08 23-32 34", "1912-12-12-1212", "19640823-3235", "701063-2391"),
    *(
        "20240101-0430",
        "20251231-0831",
        "2038-03-11-1248",
        "20380311-1206",
        "380311-1206",
        "19980315-0430",
        "20120315-0012",
    ),
    *(" ", "-", ".", ",", "/", "=", "#", ":", "(1)", ".csv", "a", "å", "1", "2026", "…", "–", ";"),
    *("https://www.exempel.example/", "1a2b-4abc-", "-4abc-9def", '"', "<td>", "&amp;"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_is_hidden_is_told_and_what_is_told_is_hidden(text: str) -> None:
    """But for what is cut off."""
    changed = {at for at, (old, new) in enumerate(zip(text, mask(text), strict=True)) if old != new}
    places = (f.place for f in in_file("plans/a/plan.yaml", text.encode()))
    spans = [(place.column - 1, place.end_column - 1) for place in places]
    spans += maybe_numbers(text)
    found = {at for span in spans for at in range(*span) if text[at].isdigit()}
    assert found <= changed
    assert found == changed or "…" in text


def test_an_amount_is_shown_as_it_stands_in_all_that_is_printed(tmp_path: Path) -> None:
    add(tmp_path, "plans/exempel/plan.yaml", f"{PLAN}indikatorer:\n  - id: kr\n    namn: Bidrag\n")
    rows = "indikator;period;värde;anm\nkr;2026;1212121212;Kanske TODO\n"
    add(tmp_path, "data/exempel/kr.csv", rows)
    validated = run("validate", folder=tmp_path).stdout.decode()
    assert "    2 | kr;2026;1212121212;Kanske TODO" in validated
    assert "1 212 121 212" in run("explain", "kr", folder=tmp_path).stdout.decode()


MAYBE = "Kanske ett personnummer"


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Akten 19640823-3235 granskades.", True),
        ("Kund 19640823–3235, och fler.", True),
        ("Kund (19640823+3235)", True),
        ("Född 1964-08-23-3235.", True),
        ("Född 19700263-2392.", True),
        ("Född 19700231-2392.", False),  # no such day
        ("Akten 19701063-2392.", True),  # a coordination number
        ("Barnet 20140512-7531.", True),
        ("Mätt 20380311-1206.", True),  # the last digit checks days within months
        ("Mätt 20380301-1130 och 20380312-1206.", False),
        ("Ärende 20140512-0012.", False),  # a running number
        ("Exporten 20140512-1230.", False),  # a time
        ("Perioden 20140512-1130 och 19980315-0430.", False),  # days
        ("Akten 19640823-3235-4, 19640823-3235/26 och A-19640823-3235.", False),
        ("Se https://www.exempel.example/19640823-3235.", False),
        ("Akten 19640823 3235 och 640823-3235.", False),
    ],
)
def test_what_has_the_form_of_a_number_is_told_in_texts(
    text: str, is_told: bool, tmp_path: Path
) -> None:
    add(tmp_path, "plans/exempel/plan.yaml", f"{PLAN}texter:\n  bakgrund: |\n    {text}\n")
    found = [f.message for f in judged(tmp_path).findings if f.code.startswith("R7")]
    assert found == [MAYBE] * is_told


IN_FILES = {
    "plans/barn-och-familj/till.yaml": f"texter:\n  bakgrund: |\n    Se {NUMBER}.\n",
    "plans/barn-och-familj/nyckel.yaml": f"texter:\n  {NUMBER}: |\n    Se akten.\n",
    "plans/barn-och-familj/id.yaml": f"risker:\n  - id: p{NUMBER}\n    namn: Se {NUMBER}\n",
    "plans/barn-och-familj/fel.yaml": f"texter:\n  bakgrund: akt: {NUMBER}\n",
    "plans/barn-och-familj/rad.yaml": f"# {NUMBER}\n",
    "plans/barn-och-familj/konflikt.yaml": f"<<<<<<< HEAD\n{NUMBER}\n=======\n>>>>>>> a\n",
    "plans/barn-och-familj/mac.yaml": f"texter:\r  bakgrund: {NUMBER}\r",
    f"plans/barn-och-familj/{NUMBER}.yaml": "texter:\n  bakgrund: Ja.\n",
    f"plans/p{NUMBER}/plan.yaml": PLAN,
    f"plans/barn-och-familj/{NUMBER}/a.yaml": PLAN,
    f"data/p{NUMBER}/a.csv": "indikator;period;värde\n",
    "data/barn-och-familj/till.csv": f"indikator;period;värde\n{NUMBER};{NUMBER};{NUMBER}\n",
    "data/barn-och-familj/kolumn.csv": f"indikator;period;värde;{NUMBER}\n",
    "templates/rapporter/kort.yaml": f"rubrik: {NUMBER}\nrytm: år\navsnitt: [{NUMBER}]\n",
}


@pytest.mark.parametrize(("file", "text"), IN_FILES.items())
def test_a_number_is_found_in_all_that_is_read_and_not_shown(
    file: str, text: str, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    add(root, file, text)
    found = judged(root).findings
    assert "R701" in {finding.code for finding in found}
    assert "9802" not in repr(found)


COMMANDS = (
    "validate",
    "validate --format json",
    "validate --format github",
    "score --tertial 2",
    "score --tertial 2 --format json",
    "score --tertial 2 --format csv",
    "status",
    "status --format json",
    "report --tertial 2",
    f"report --tertial 2 --plan p{NUMBER}",
    f"explain {NUMBER}",
    f"validate --format {NUMBER}",
)
TALKATIVE = {
    "plans/exempel/plan.yaml": f"""plan:
  namn: Plan för {NUMBER}
  år: 2026
  rapporter: [atgardsplan]
risker:
  - id: vantan
    namn: Väntan för {NUMBER}
    ansvarig: enhetschef {NUMBER}
    indikatorer: [dagar]
indikatorer:
  - id: dagar
    namn: Dagar för {NUMBER}
    måttenhet: dagar
uppföljning:
  2026-T2:
    sammanfattning: |
      Akten {NUMBER}: {{{{ värde("dagar", "2026-T2") }}}}.
    vantan:
      sannolikhet: möjlig
      allvarlighetsgrad: hög
      text: |
        Gäller {NUMBER}, 900101+9802 och **900101 9802**, en pojke på 14 år.
""",
    "data/exempel/dagar.csv": f"indikator;period;värde;anm\ndagar;2026-T2;7;{NUMBER}\n",
    "kvalitet.yaml": f"""regler:
  R701:
    grad: av
undantag:
  - regel: R704
    plats: exempel/vantan
    skäl: Som i {NUMBER}
    slut: 2027-12-31
""",
}


def test_no_command_prints_a_number(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    for file, text in IN_FILES.items():
        add(root, file, text)
    assert_silent(COMMANDS, root)


ALL_COMMANDS = (*COMMANDS, "explain dagar", "report --tertial 2 --format json")


def test_no_command_prints_a_number_also_where_the_rule_were_off(tmp_path: Path) -> None:
    for file, text in TALKATIVE.items():
        add(tmp_path, file, text)
    assert_silent(ALL_COMMANDS, tmp_path)
    found = [(f.message, f.hint) for f in judged(tmp_path).findings if f.code == "R011"]
    why = "R701 är alltid ett fel: personnummer får inte stå i rapporten"
    assert found == [(why, "Ta bort raden.")]


def test_no_exception_is_given_for_a_number(tmp_path: Path) -> None:
    add(tmp_path, "plans/exempel/plan.yaml", f"{PLAN}texter:\n  bakgrund: Se {NUMBER}.\n")
    exception = "undantag:\n  - regel: R701\n    plats: exempel/bakgrund\n    skäl: Ett ärende\n"
    add(tmp_path, "kvalitet.yaml", f"{exception}    slut: 2027-12-31\n")
    found = {f.code: (f.message, f.hint) for f in judged(tmp_path).findings}
    assert found["R701"][0] == PERSON
    assert found["R011"] == (
        "R701 kan inte undantas",
        "Är det inget personnummer, skriv det på ett annat sätt, och ta bort undantaget.",
    )


def test_what_may_be_a_number_is_printed_nowhere(tmp_path: Path) -> None:
    for file, text in TALKATIVE.items():
        add(
            tmp_path,
            file,
            text.replace(NUMBER, "19640823-3235").replace("900101", "x").replace("R701", "R706"),
        )
    assert_silent((*ALL_COMMANDS, "report --tertial 2"), tmp_path, "3235")
    reports = [file.read_text("utf-8") for file in tmp_path.glob("rapporter/**/*.*")]
    assert len(reports) == 4
    assert not [text for text in reports if "3235" in text]
    assert all("••••••••-••••" in text for text in reports)


def assert_silent(commands: Iterable[str], root: Path, number: str = "9802") -> None:
    for command in commands:
        result = run(*command.split(), folder=root)
        assert number not in (result.stdout + result.stderr).decode(), command
        assert result.returncode in (0, 1, 2), command


def test_what_comes_with_the_program_holds_no_number() -> None:
    for folder in ("data", "docs", "plans", "src", "templates"):
        for file in (ROOT / folder).rglob("*.*"):
            if file.is_file():
                assert [*in_file(file.name, file.read_bytes())] == [], file


def of_text(text: str, folder: Path) -> list[str]:
    """The codes that a text of a plan gets, and what they are about."""
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    add(folder, "plans/exempel/plan.yaml", f"{PLAN}texter:\n  bakgrund: |\n{lines}")
    found = [f for f in judged(folder).findings if f.code.startswith("R7")]
    return [
        f"{f.code} {f.place.excerpt[f.place.column - 1 : f.place.end_column - 1]}" for f in found
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mejla anna.exempelsson@kommun.example.", "R702 anna.exempelsson@kommun.example"),
        ("Mejla a.exempelsson@kommun.example.", "R702 a.exempelsson@kommun.example"),
        ("Mejla mormor42@gmail.com.", "R702 mormor42@gmail.com"),
        ("Ring 070-174 06 05 nu.", "R703 070-174 06 05"),
        ("Ring 0701740605.", "R703 0701740605"),
        ("Ring +46 70 174 06 05.", "R703 +46 70 174 06 05"),
        ("Ring 0046701740605.", "R703 0046701740605"),
        ("Ring 08-465 004 05.", "R703 08-465 004 05"),
        ("Ring 031-390 06 05.", "R703 031-390 06 05"),
        ("Vi hörde en pojke på 14 år.", "R704 en pojke på 14 år"),
        ("En kvinna, 43 år, föll.", "R704 En kvinna, 43 år"),
        ("En ung man på\n19 år föll.", "R704 En ung man på"),
        ("Om en 14-årig flicka.", "R704 14-årig flicka"),
        ("Om den 14-åriga flickan.", "R704 14-åriga flickan"),
        ("Om ett barn, född 2011.", "R704 ett barn, född 2011"),
        ("Anmälan gällde flicka, 13 år.", "R704 flicka, 13 år"),
        ("Om brukaren, 82 år.", "R704 brukaren, 82 år"),
        ("Brukaren är född 1942.", "R704 Brukaren är född 1942"),
        ("En 85-åring väntade.", "R704 En 85-åring"),
        ("- Man, 82 år: fall", "R704 - Man, 82 år"),
        ("Hon sa: ”Jag vill inte flytta hem igen”.", "R705 ”Jag vill inte flytta hem igen”"),
        ('"De hörde på mig till slut", säger en.', 'R705 "De hörde på mig till slut"'),
        ("– Nu har jag fått hjälp, säger en mor.", "R705 – Nu har jag fått hjälp, säger"),
        ("Om en flicka i årskurs 3.", "R704 en flicka i årskurs"),
        ("En ung mamma med tre barn fick vänta.", "R704 En ung mamma med tre barn fick"),
        ("En kvinna med 2 barn har flyttat.", "R704 En kvinna med 2 barn har flyttat"),
        ("Ett klagomål kom från en pappa som bor här.", "R704 Ett klagomål kom från en pappa som"),
        (
            "I maj har ett klagomål inkommit från en vårdnadshavare som klagar.",
            "R704 har ett klagomål inkommit från en vårdnadshavare som",
        ),
        ("Pojken (14) rymde i maj.", "R704 Pojken (14) rymde"),
        ("Flickan (9) har fått stöd.", "R704 Flickan (9) har"),
        ("En 16-åring blev slagen av en anställd.", "R704 En 16-åring"),
        ("Mejla edvard.barnekow@kommun.example.", "R702 edvard.barnekow@kommun.example"),
        ("Mejla anna.hemstrom@kommun.example.", "R702 anna.hemstrom@kommun.example"),
        ("Ring Larm 0123-202 45.", "R703 0123-202 45"),
        ("Ring 08 46 50 04 05.", "R703 08 46 50 04 05"),
        ("TEL 0123-20245", "R703 0123-20245"),
        ("En förälder skrev att ”det tog för lång tid”.", "R705 ”det tog för lång tid”"),
        ('En ungdom svarade "ni ringer ju varje dag".', 'R705 "ni ringer ju varje dag"'),
    ],
)
def test_what_may_point_out_a_person_is_told(text: str, found: str, tmp_path: Path) -> None:
    assert of_text(text, tmp_path) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Mejla registrator@kommun.example eller socialtjanst@kommun.example.",
        "Mejla barn.och.familj@kommun.example eller social.jour@kommun.example.",
        "Ring 112, 113 13, 1177, 116 111, 020-50 50 50, 010-788 50 00 eller 0771-11 77 00.",
        "Ring växeln, 08-465 004 00 eller +46 8 465 004 00.",
        "Läsåret 2019-2020 gällde SoL 2001:453, SFS 2025:400 och 1 234 567 kronor.",
        "Diarienummer 2026/0123-45678 och SN 0123-45678/2026. Öppet 08-17 2026, 08-16.30.",
        "Mellan 2026-03-31 och 2026-04-30, 0,5 till 0,75.",
        "Barn 7-12 år, unga 13-17 år, flickor på 14 år och 14-åriga pojkar.",
        "En person 65 år eller äldre, personer 18 år och äldre, ett barn under 18 år.",
        "Ett barn på 0-5 år. En 5-årig plan. Ett projekt på 2 år. En pojke och en flicka.",
        "Varje barn som är 15 år har rätt att tala för sig själv. Barn födda 2011.",
        "En man på 14 årsarbetare. En insats för barn 12 år. En elev 2 år senare.",
        "Andel som instämmer i ”Jag får den hjälp jag behöver av er”.",
        "På frågan ”Känner du att vi lyssnar på dig här?” svarade nio av tio ja.",
        "Handboken ”Så möter vi barn som far illa” används. Metoden ”Våga fråga” också.",
        "Kontakta norra.distriktet@kommun.example eller hr.personal@kommun.example.",
        "Adressen är förnamn.efternamn@kommun.example. Ring telefontid 08.30-09.30 och 13-15.",
        "En klass i årskurs 3 besöktes. En elev i årskurs 9 får en mentor.",
        "En mamma med två barn får enligt riksnormen mer. En man med ett barn har rätt till stöd.",
        "Om ett klagomål kommer från en anhörig som företräder brukaren krävs fullmakt.",
        "Ett klagomål gällde väntetiden, och ett kom in via e-tjänsten.",
        "När ett klagomål kommit från en brukare som har god man kallas båda.",
        "IVO skriver att ”nämnden ska redovisa vad den har gjort”.",
        "Bland svaren finns ”Jag får alltid hjälp i tid” och ”Vi trivs här allihop med er”.",
        "Vanligast var ”Jag får alltid hjälp i tid” (62 %).",
        "Mejla budget.skuld@kommun.example, boka.tid@kommun.example.",
        "Mejla vuxen.missbruk@kommun.example, bistandshandlaggare.vuxen@kommun.example.",
        "Öppet 08 00-16 30 på vardagar, och 08 15-16 45 i maj.",
        "Diarienummer SN 0123-20245, dnr 0123-20246 och ärende 0123-20247.",
        "Beslutet gällde ett barn 2 år tidigare. Insatsen ges till en person 18 år fyllda.",
        "En 18-åring blir myndig och får själv ansöka. En person 67 år räknas som äldre.",
        "En 62-åring går i pension i höst. Bland medarbetarna finns en 23-åring.",
        "Anmälare var mamman (14), pappan (8) eller skolan (22). Klienten (3) och andra.",
        "Boken ”Jag vill bo kvar hemma hos mig” används i studiecirkeln.",
        "Gruppen heter ”Vi i femman på Storgatan”. Vårt motto: ”Vi bryr oss om din vardag”.",
        "Signs of ”Safety” och ”SIP” används när vi möter barn, och ”LOV” när vi väljer.",
    ],
)
def test_what_points_out_nobody_is_not_told(text: str, tmp_path: Path) -> None:
    assert of_text(text, tmp_path) == []


CONTACTS = "Lisa, lisa.exempelsson@kommun.example, 070-174 06 05, 19640823-3235"
FOUND = ["R702", "R703", "R706"]


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("plans/b/plan.yaml", f"# {CONTACTS}\n{PLAN}", FOUND),
        ("plans/b/plan.yaml", f"{PLAN}texter:\n  # {CONTACTS}\n  bakgrund: Ja.\n", FOUND),
        ("plans/b/plan.yaml", f"{PLAN}texter:\n  bakgrund: |\n    Ja.\n  # {CONTACTS}\n", FOUND),
        (
            "plans/b/plan.yaml",
            f"{PLAN}risker:\n  - id: a\n    namn: A\n    ansvarig: {CONTACTS}\n",
            FOUND,
        ),
        ("kvalitet.yaml", f"# {CONTACTS}\nformat: 1\n", FOUND),
        ("templates/rapporter/a.yaml", f"rubrik: {CONTACTS}\nrytm: år\navsnitt: []\n", FOUND),
        ("plans/b/plan.yaml", "# registrator@kommun.example, 08-465 004 00\n" + PLAN, []),
        # the heading of a text is told by the rules of texts, once
        ("plans/b/plan.yaml", f"{PLAN}texter:\n  bakgrund: |\n    # {CONTACTS}\n    Ja.\n", FOUND),
        (
            "plans/b/plan.yaml",
            f"{PLAN}texter:\n  bakgrund: |\n    Ja.\n\n      # Mer\n\n    # {CONTACTS}\n",
            FOUND,
        ),
    ],
)
def test_contacts_are_told_once_in_comments_and_settings(
    file: str, text: str, found: list[str], tmp_path: Path
) -> None:
    add(tmp_path, "plans/a/plan.yaml", PLAN)
    add(tmp_path, file, text)
    line = 1 + text[: text.find("@")].count("\n")
    told = [f for f in judged(tmp_path).findings if f.code in FOUND]
    assert [(f.code, f.place.path, f.place.line) for f in told] == [(c, file, line) for c in found]


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("data/a/lisa.exempelsson@kommun.example.csv", ["R702"]),
        ("data/a/larm 070-174 06 05.csv", ["R703"]),
        ("data/a/0701-0731.csv", []),
        ("data/a/2026-01-08.csv", []),
        ("data/a/larm@hemtjanst.csv", []),
    ],
)
def test_contacts_are_told_in_names(file: str, found: list[str], tmp_path: Path) -> None:
    add(tmp_path, "plans/a/plan.yaml", PLAN)
    add(tmp_path, file, "indikator;period;värde\n")
    told = [(f.code, f.place.path) for f in judged(tmp_path).findings if f.code in FOUND]
    assert told == [(code, file) for code in found]


NAMED = """indikatorer:
  - id: larm
    namn: Larm från brukaren, 82 år
uppföljning:
  2025-T1:
    larm: |
      En pojke på 14 år.
  2026-T1:
    larm: |
      En flicka på 12 år, och en man på 40 år.
"""


def test_names_and_remarks_are_read_and_what_was_sent_long_ago_is_left(tmp_path: Path) -> None:
    add(tmp_path, "plans/exempel/plan.yaml", PLAN + NAMED)
    rows = "larm;2026-01;7;En kvinna på 43 år\nlarm;2026-02;8;En kvinna på 43 år\n"
    add(tmp_path, "data/exempel/larm.csv", f"indikator;period;värde;anm\n{rows}")
    found = [f for f in judged(tmp_path).findings if f.code == "R704"]
    assert [(f.place.path, f.place.line, f.message) for f in found] == [
        ("data/exempel/larm.csv", 2, "Här beskrivs kanske en enskild person, och 1 till"),
        ("plans/exempel/plan.yaml", 6, "Här beskrivs kanske en enskild person"),
        ("plans/exempel/plan.yaml", 13, "Här beskrivs kanske en enskild person, och 1 till"),
    ]


def test_a_checked_text_is_accepted_in_the_settings(tmp_path: Path) -> None:
    add(tmp_path, "plans/exempel/plan.yaml", PLAN + NAMED)
    add(
        tmp_path,
        "data/exempel/larm.csv",
        "indikator;period;värde;anm\nlarm;2026-01;7;En 85-åring\n",
    )
    exception = "undantag:\n  - regel: R704\n    plats: exempel/larm\n    skäl: Påhittade.\n"
    add(tmp_path, "kvalitet.yaml", f"{exception}    slut: 2027-12-31\n")
    assert [f.code for f in judged(tmp_path).findings if re.match("R704|R011", f.code)] == []
