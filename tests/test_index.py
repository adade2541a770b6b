"""`rapporter/index.html`: which reports it leads to, and what it tells of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from golden_figures import ACCEPTED
from hypothesis import given, settings
from hypothesis import strategies as st
from starting import run

from kvalitet import resources
from kvalitet.render import render
from kvalitet.view.badges import COLOURS
from kvalitet.view.document import Badge, Document, Levels
from kvalitet.view.levels import read

TESTS = Path(__file__).resolve().parent
HAVSNÄS = TESTS / "havsnas"
GOLDEN = TESTS / "golden" / "index.html"

_ROW = re.compile(r"<tr>\n(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
_TAG = re.compile(r"<[^>]*>")
_PLAN = re.compile(r'<tr class="grupp"><th [^>]*><span([^>]*)><strong>(.*?)</strong></span>')
_LINK = re.compile(r'<a href="([^#"]*)"')


OLDER = "(gjord ur äldre källor)"


@pytest.fixture(scope="module")
def once_reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(HAVSNÄS, tmp_path_factory.mktemp("index") / "havsnas"))
    for tertial in "12":
        run("report", "--tertial", tertial, folder=folder)
    return folder


@pytest.fixture
def reported(once_reported: Path, tmp_path: Path) -> Path:
    """Havsnäs, where the reports of tertial 1 and 2 and the page of them stand."""
    return Path(shutil.copytree(once_reported, tmp_path / "havsnas"))


def page(folder: Path) -> str:
    return (folder / "rapporter/index.html").read_text("utf-8")


def rows(folder: Path) -> list[list[str]]:
    """The words of each row of the page, cell by cell."""
    found = [_CELL.findall(row) for row in _ROW.findall(page(folder).replace("\n</td>", "</td>"))]
    return [[_TAG.sub("", cell).replace("&nbsp;", " ").replace("\xa0", " ") for cell in row]
            for row in found[1:]]  # fmt: skip


def report(folder: Path, *options: str) -> str:
    ended = run("report", *(options or ("--tertial", "2")), folder=folder)
    return ended.stderr.decode()


def test_the_page_is_as_it_was_last_accepted(
    reported: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        request.node.user_properties.append((ACCEPTED, (str(GOLDEN), page(reported))))
        return
    assert page(reported) == GOLDEN.read_text("utf-8")


def test_plans_stand_below_their_whole_and_the_newest_period_first(reported: Path) -> None:
    name, levels = "Lägesrapport om kvalitet, som text (Markdown)", "■ kritisk 1, ◆ förhöjd 2"
    assert _PLAN.findall(page(reported)) == [
        ("", "Socialnämnden"),
        (' style="padding-left: calc(1 * 1.1rem)"', "Barn och familj"),
    ]
    assert rows(reported) == [
        ["tertial 2 2026", name, "■ kritisk 1"],
        ["tertial 1 2026", name, "■ kritisk 1"],
        ["tertial 2 2026", name, levels],
        ["tertial 1 2026", name, levels],
    ]


def test_every_link_leads_to_a_file_wherever_the_folder_is_moved(reported: Path) -> None:
    moved = shutil.move(reported / "rapporter", reported / "på en delad mapp")
    links = _LINK.findall((Path(moved) / "index.html").read_text("utf-8"))
    assert len(links) == 8
    assert all((Path(moved) / unquote(link)).is_file() for link in links)


def test_the_same_files_give_the_same_page(reported: Path) -> None:
    before = page(reported)
    report(reported, "--tertial", "1")
    assert page(reported) == before


def test_an_earlier_report_of_other_sources_keeps_the_levels_that_it_tells(reported: Path) -> None:
    change(reported)
    report(reported)
    assert [row[-1] for row in rows(reported)] == [
        "■ kritisk 1",
        f"■ kritisk 1{OLDER}",
        "■ kritisk 1, ◆ förhöjd 2",
        f"■ kritisk 1, ◆ förhöjd 2{OLDER}",
    ]


def test_an_earlier_report_tells_the_levels_of_its_own_time(reported: Path) -> None:
    said = reported / "plans/barn-och-familj/2026-T1.yaml"
    said.write_text(said.read_text("utf-8").replace("stor", "mycket liten"), "utf-8")
    report(reported)
    assert rows(reported)[-1][-1] == f"■ kritisk 1, ◆ förhöjd 2{OLDER}"
    report(reported, "--tertial", "1")
    assert "kritisk" not in rows(reported)[-1][-1]


@pytest.mark.parametrize("is_older", [False, True])
def test_a_report_that_does_not_tell_its_levels(reported: Path, is_older: bool) -> None:
    for made in reported.glob("rapporter/*/2026-T1/*.html"):
        made.unlink()
    if is_older:
        change(reported)
    report(reported)
    reckoned = ["■ kritisk 1", "■ kritisk 1, ◆ förhöjd 2"]
    expected = ["Gjord ur äldre källor"] * 2 if is_older else reckoned
    assert [row[-1] for row in rows(reported)[1::2]] == expected


def change(folder: Path) -> None:
    """Makes the reports older than what they are made of, though they say the same."""
    risks = folder / "plans/barn-och-familj/risker.yaml"
    risks.write_text(risks.read_text("utf-8") + "# läst\n", "utf-8")


OWN_PAGE = """<!DOCTYPE html>
<title>Egen</title>
<meta name="risknivaer" content='{}'>
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('[false, ["hög", "▲", "orange", 3], ["", "", "", 2]]', "▲ hög 3, utan nivå 2"),
        (r'[false, ["h\u00f6g", "", "orange", 3]]', "hög 3"),
        ('[true, ["stor", "x", "svart", 1]]', "bedömt av enheterna: x stor 1"),
        (r'[false, ["\u003cb\u003e", "", "", 1]]', "&lt;b&gt; 1"),
        ("[false]", "inga risker"),
        ("[]", ""),
        ("3", ""),
        ("[false, 3]", ""),
        ('[false, ["a", "", "", "1"]]', ""),
        ('[false, ["a", "", [], 1]]', ""),
        ("[" * 3_000, ""),
    ],
)
def test_what_a_page_of_somebody_elses_says_of_its_levels(
    reported: Path, said: str, told: str
) -> None:
    own = reported / "rapporter/barn-och-familj/2026-T2/egen.html"
    own.write_text(OWN_PAGE.format(said), "utf-8")
    report(reported)
    row = next(row for row in rows(reported) if row[1] == "egen")
    assert row[2] == (f"{told}{OLDER}" if told else "Gjord ur äldre källor")


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=9)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(_NAMES.filter(bool), _NAMES, st.sampled_from(["", *COLOURS]), st.integers(0))
    ),
    st.booleans(),
)
def test_what_a_page_says_of_its_levels_is_what_is_read(
    counts: list[tuple[str, str, str, int]], by_parts: bool
) -> None:
    known = tuple((Badge(*step), number) for *step, number in counts)
    levels = Levels((*known, (None, 1)), by_parts)
    made = render(Document("T", "P", (), (), (), levels=levels), "html", [resources.templates()])
    said = re.search(r"<meta name=\"risknivaer\" content='([^']*)'>", made)
    assert said is not None
    assert said[1].isascii()
    assert read(said[1]) == levels


def test_one_format_made_anew_makes_the_other_old(reported: Path) -> None:
    change(reported)
    report(reported, "--tertial", "2", "--format", "html")
    assert (
        rows(reported)[0][1]
        == "Lägesrapport om kvalitet, som text (Markdown) (gjord ur äldre källor)"
    )


def test_a_draft_is_marked(reported: Path) -> None:
    report(reported, "--tertial", "1", "--draft", "--plan", "barn-och-familj")
    assert [row[-2] for row in rows(reported)] == [
        "Lägesrapport om kvalitet, som text (Markdown)",
        "Lägesrapport om kvalitet, som text (Markdown)",
        "Lägesrapport om kvalitet, som text (Markdown)",
        "Lägesrapport om kvalitet, utkast, som text (Markdown)",
    ]


@pytest.mark.parametrize(
    ("file", "is_listed"),
    [
        ("barn-och-familj/2026-T1/Vår egen 100 %.html", True),
        ("barn-och-familj/2026-T1/bara-text.md", True),
        ("barn-och-familj/2026-T1/lagesrapport.json", False),
        ("barn-och-familj/2026-T1/.kvalitet-0123.html", False),
        ("barn-och-familj/2026-T1/~$rapport.html", False),
        ("barn-och-familj/gamla/lagesrapport.html", False),
        ("en-annan/2026-T1/lagesrapport.html", False),
        ("lagesrapport.html", False),
    ],
)
def test_what_lies_among_the_reports(reported: Path, file: str, is_listed: bool) -> None:
    path = reported / "rapporter" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Vår egen", "utf-8")
    report(reported)
    links = [unquote(link) for link in _LINK.findall(page(reported))]
    assert (file in links) == is_listed
    assert len(links) == 8 + is_listed


@pytest.mark.parametrize("format", ["md", "json"])
def test_there_is_no_page_without_html(reported: Path, format: str) -> None:
    (reported / "rapporter/index.html").unlink()
    report(reported, "--tertial", "2", "--format", format)
    assert not (reported / "rapporter/index.html").exists()


def test_where_nothing_is_made_the_page_stays(reported: Path) -> None:
    (reported / "rapporter/index.html").write_text("den förra")
    for plan in ("socialnamnden", "barn-och-familj"):
        (reported / f"plans/{plan}/fel.yaml").write_text("fel: ja\n", "utf-8")
    report(reported)
    assert page(reported) == "den förra"


def test_a_page_that_cannot_be_written_stops_no_report(reported: Path) -> None:
    (reported / "rapporter/index.html").unlink()
    (reported / "rapporter/index.html").mkdir()
    assert report(reported).splitlines() == [
        "rapporter/index.html är ingen fil, men måste vara det. Flytta den.",
        "2 av 2 planer klara.",
    ]


def test_an_own_look_is_that_of_the_page_too(reported: Path) -> None:
    (reported / "templates/sida.css").write_text("body { color: navy; }\n", "utf-8")
    report(reported)
    assert "body { color: navy; }" in page(reported)


def test_a_template_that_can_make_reports_but_not_the_page(reported: Path) -> None:
    (reported / "rapporter/index.html").write_text("den förra")
    template = "<html>{{ document.footer[3].label }}</html>\n"
    (reported / "templates/sida.html.j2").write_text(template, "utf-8")
    ended = run("report", "--tertial", "2", folder=reported)
    assert (ended.returncode, page(reported)) == (1, "den förra")
    assert "templates/sida.html.j2:1:1: R018 fel: " in ended.stdout.decode()
    assert ended.stderr.decode().splitlines() == [
        "rapporter/index.html är inte gjord, för felen ovan.",
        "2 av 2 planer klara.",
    ]
