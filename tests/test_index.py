"""`rapporter/index.html`: which reports it leads to, and what it tells of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from golden_figures import ACCEPTED
from starting import run

TESTS = Path(__file__).resolve().parent
HAVSNÄS = TESTS / "havsnas"
GOLDEN = TESTS / "golden" / "index.html"

_ROW = re.compile(r"<tr>\n(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a href="([^#"]*)"')


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
    name, levels = "Lägesrapport om kvalitet, Markdown", "■ kritisk 1, ◆ förhöjd 2"
    assert rows(reported) == [
        ["Socialnämnden", "tertial 2 2026", name, "■ kritisk 1"],
        ["tertial 1 2026", name, "■ kritisk 1"],
        ["Barn och familj", "tertial 2 2026", name, levels],
        ["tertial 1 2026", name, levels],
    ]
    assert 'style="padding-left: calc(0.65rem + 1 * 1.1rem)" rowspan="2">Barn' in page(reported)


def test_every_link_leads_to_a_file_wherever_the_folder_is_moved(reported: Path) -> None:
    moved = shutil.move(reported / "rapporter", reported / "på en delad mapp")
    links = _LINK.findall((Path(moved) / "index.html").read_text("utf-8"))
    assert len(links) == 8
    assert all((Path(moved) / unquote(link)).is_file() for link in links)


def test_the_same_files_give_the_same_page(reported: Path) -> None:
    before = page(reported)
    report(reported, "--tertial", "1")
    assert page(reported) == before


def test_an_earlier_report_of_other_sources_has_no_levels(reported: Path) -> None:
    risks = reported / "plans/barn-och-familj/risker.yaml"
    risks.write_text(risks.read_text("utf-8") + "# läst\n", "utf-8")
    report(reported)
    assert [row[-1] for row in rows(reported)] == [
        "■ kritisk 1",
        "Gjord ur äldre källor",
        "■ kritisk 1, ◆ förhöjd 2",
        "Gjord ur äldre källor",
    ]


def test_one_format_made_anew_makes_the_other_old(reported: Path) -> None:
    risks = reported / "plans/barn-och-familj/risker.yaml"
    risks.write_text(risks.read_text("utf-8") + "# läst\n", "utf-8")
    report(reported, "--tertial", "2", "--format", "html")
    assert rows(reported)[0][2] == "Lägesrapport om kvalitet, Markdown (gjord ur äldre källor)"


def test_a_draft_is_marked(reported: Path) -> None:
    report(reported, "--tertial", "1", "--draft", "--plan", "barn-och-familj")
    assert [row[-2] for row in rows(reported)] == [
        "Lägesrapport om kvalitet, Markdown",
        "Lägesrapport om kvalitet, Markdown",
        "Lägesrapport om kvalitet, Markdown",
        "Lägesrapport om kvalitet, utkast, Markdown",
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
