"""Reports as Chromium shows and prints them. Without Chromium these tests are skipped."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle, product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest
from paper import Part, parts, split, stranded
from test_odd_plans import filled, named, reports
from test_reports import page as report

from kvalitet.model.scale import BUILT_IN_STEPS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page
    from pypdf import PdfReader

MISSING = "needs the extra 'test': pip install -e '.[test]'"
sync_api = pytest.importorskip("playwright.sync_api", reason=MISSING)
axe = pytest.importorskip("axe_playwright_python", reason=MISSING)
pypdf = pytest.importorskip("pypdf", reason=MISSING)
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("needs Chromium: apt install chromium fonts-liberation", allow_module_level=True)

MEASURES = Path(__file__).with_name("browser.js")
INDEX = Path(__file__).with_name("golden") / "index.html"
AXE = Path(axe.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

WIDE, NARROW, NARROWEST = 1280, 390, 320
"""A desk, a phone, and a desk magnified four times (WCAG 1.4.10), in pixels."""
PAPER = 672
"""A4 between the margins."""

LONG_NAME = "{} i familjehemsverksamhet, barnavårdsutredning och socialtjänst"
LONG_WORDS = """
Kvalitetsledningssystemet omfattar kommunikationssvårigheter vid överlämningssituationer mellan
öppenvårdsverksamheterna, och verksamhetsutvecklingssamordnarens barnrättsperspektivsutbildning.

- kort
- längre, om det som socialtjänstverksamheten har gjort med kompetensutvecklingsinsatserna i år

| Verksamhetsutvecklingssamordnare | Kommunikationssvårigheter | Överlämningssituationer |
| --- | --- | --- |
| en | två | tre |

    ett stycke kod på en enda rad, som är längre än vad en telefon är bred

"""
SQUARES = list(product(BUILT_IN_STEPS["sannolikhet"], BUILT_IN_STEPS["allvarlighetsgrad"]))


def made_up(risks: int) -> str:
    """The draft of a report with every part, long words and names, and that many further risks,
    every third of them scored."""
    files = filled(named(LONG_NAME), LONG_WORDS + "kvalitetsledningssystem" * 12)
    written = scored = ""
    for number in range(1, risks + 1):
        written += f"  - id: risk-{number}\n    nr: 2.{number}\n    namn: Hinder {number}\n"
    for number, (likelihood, severity) in zip(range(1, risks + 1, 3), cycle(SQUARES)):
        scored += f"    risk-{number}:\n      sannolikhet: {likelihood}\n"
        scored += f"      allvarlighetsgrad: {severity}\n"
    plan = files["plans/udda/plan.yaml"].replace("risker:\n", f"risker:\n{written}", 1)
    files["plans/udda/plan.yaml"] = plan.replace("  2026-T2:\n", f"  2026-T2:\n{scored}", 1)
    return reports(files, draft=True)["html"]


EXAMPLES: dict[str, Callable[[], str]] = {
    "twelve units": partial(report, "vard-och-omsorgsnamnden", "2025", "enhetsjamforelse", "html"),
    "Nacka, tertial 2": partial(report, "nacka-barn-och-familj", "2020-T2", "atgardsplan", "html"),
    "Havsnäs, unit": partial(report, "barn-och-familj", "2026-T2", "lagesrapport", "html"),
    "Havsnäs, board": partial(report, "socialnamnden", "2026-T2", "lagesrapport", "html"),
}
MADE_UP = {"a draft": partial(made_up, 3), "300 risks": partial(made_up, 300)}
PAGES = EXAMPLES | MADE_UP | {"the index": partial(INDEX.read_text, "utf-8")}
WITH_TEXTS = [*EXAMPLES, "300 risks"]


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """A browser that reaches nothing but files."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-dev-shm-usage", "--disable-gpu"]
        )
        with browser.new_context(locale="sv-SE", offline=True) as context:
            context.set_default_timeout(10_000)
            context.add_init_script(path=MEASURES)
            yield context


@pytest.fixture(scope="module", params=[*WITH_TEXTS, "the index"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, where a browser finds it."""
    path = tmp_path_factory.mktemp("sida") / "rapport.html"
    path.write_text(PAGES[request.param](), "utf-8")
    return path


@pytest.fixture(scope="module")
def page(context: BrowserContext, file: Path) -> Iterator[Page]:
    """The report opened; no test changes more than the size of the window."""
    with context.new_page() as page:
        page.goto(file.as_uri())
        yield page


@pytest.fixture(scope="module")
def printed(page: Page) -> PdfReader:
    return on_paper(page)


@pytest.fixture(scope="module")
def laid_out(printed: PdfReader) -> list[Part]:
    return parts(printed)


@pytest.fixture(scope="module")
def sheets(printed: PdfReader) -> list[str]:
    """The text of every sheet, without blanks: those are not the page's but the reader's."""
    return [squeezed(sheet.extract_text()) for sheet in printed.pages]


@pytest.fixture
def opened(context: BrowserContext, file: Path) -> Iterator[Page]:
    """The same, for a test of its own."""
    with context.new_page() as page:
        page.goto(file.as_uri())
        yield page


def violations(page: Page) -> list[str]:
    """What axe finds: the rule and the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def long_lines(page: Page) -> list[str]:
    lines = page.evaluate("paragraphs('p, li')")
    return [line for paragraph in lines for line in paragraph if len(line) > 80]


def covered(page: Page) -> list[list[str]]:
    """Pairs of texts that are drawn on each other."""
    found: list[list[str]] = page.evaluate("overlaps()")
    return found


def cut(page: Page) -> list[list[str]]:
    """Texts that stick out of what they stand in."""
    found: list[list[str]] = page.evaluate("outside()")
    return found


def broken(page: Page) -> list[str]:
    """Texts with a word that is broken without a hyphen."""
    found: list[str] = page.evaluate("brokenWords()")
    return found


def lost(page: Page) -> list[str]:
    """Anchors that stand twice, and references to what is not there."""
    found: list[str] = page.evaluate("lostAnchors()")
    return found


def heard(context: BrowserContext, file: Path) -> list[str]:
    """All that the page asks for and complains of until it is shown."""
    found: list[str] = []
    with context.new_page() as page:
        page.on("request", lambda request: found.append(request.url))
        page.on("console", lambda message: found.append(message.text))
        page.on("pageerror", lambda error: found.append(str(error)))
        page.goto(file.as_uri())
    return found


def at(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    return page


def on_paper(page: Page) -> PdfReader:
    pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    found: PdfReader = pypdf.PdfReader(io.BytesIO(pdf))
    return found


def split_on_paper(page: Page) -> list[Part]:
    return split(parts(on_paper(page)))


def stranded_on_paper(page: Page) -> list[Part]:
    return stranded(parts(on_paper(page)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


only = partial(pytest.mark.parametrize, "file", indirect=True)
"""For a test that needs just these reports."""


@only([*EXAMPLES, "a draft"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    assert violations(at(page, width)) == []


@pytest.mark.parametrize("file", WITH_TEXTS, indirect=True)
def test_a_line_is_short_enough_to_find_the_next_and_long_enough_to_read_on(page: Page) -> None:
    assert long_lines(at(page, WIDE)) == []
    full = [line for prose in page.evaluate("paragraphs('.prosa p')") for line in prose[:-1]]
    assert median(map(len, full)) >= 45


@pytest.mark.parametrize("width", [WIDE, NARROW, NARROWEST])
def test_the_page_does_not_scroll_sideways(page: Page, width: int) -> None:
    assert at(page, width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_text_is_covered_or_cut(page: Page, width: int) -> None:
    assert covered(at(page, width)) == []
    assert cut(page) == []


@only(EXAMPLES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_word_is_broken_in_the_middle(page: Page, width: int) -> None:
    assert broken(at(page, width)) == []


def test_an_anchor_stands_once_and_a_link_leads_to_one(page: Page) -> None:
    assert lost(page) == []


def test_the_page_asks_for_nothing_and_complains_of_nothing(
    context: BrowserContext, file: Path
) -> None:
    assert heard(context, file) == [file.as_uri()]


def test_the_first_key_leads_past_the_contents(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Till innehållet"
    assert opened.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('main') !== null")


@only(["the index"])
def test_the_levels_are_seen_without_scrolling(opened: Page) -> None:
    assert at(opened, NARROW).evaluate("scrollers().length") == 0


@only(WITH_TEXTS)
def test_what_scrolls_sideways_is_reached_and_moved_by_keys(opened: Page) -> None:
    at(opened, NARROW)
    assert opened.evaluate("scrollers().filter(each => each.tabIndex < 0).map(opening)") == []
    opened.evaluate("scrollers()[0].focus()")
    opened.evaluate("void (window.moved = scrolled(scrollers()[0]))")
    opened.keyboard.press("ArrowRight")
    assert opened.evaluate("window.moved")


def test_on_paper_no_text_is_covered_or_cut(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert at(opened, PAPER).evaluate("document.documentElement.scrollWidth") <= PAPER
    assert covered(opened) == []
    assert cut(opened) == []


@only(EXAMPLES)
def test_on_paper_no_word_is_broken_in_the_middle(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert broken(at(opened, PAPER)) == []


def test_on_paper_no_row_and_no_picture_is_split(laid_out: list[Part]) -> None:
    assert split(laid_out) == []


def test_on_paper_what_is_named_stands_with_its_name(laid_out: list[Part]) -> None:
    assert stranded(laid_out) == []


@only(["Nacka, tertial 2", "Havsnäs, unit", "Havsnäs, board", "a draft"])
def test_every_sheet_says_what_it_is_a_sheet_of(page: Page, sheets: list[str]) -> None:
    names = page.evaluate("[...document.querySelectorAll('h1, h1 + p')].map(said)")
    for number, text in enumerate(sheets, 1):
        wanted = [*names, f"Sida {number} av {len(sheets)}"]
        assert [words for words in wanted if squeezed(words) not in text] == []


@only(["a draft"])
def test_every_sheet_of_a_draft_says_so(sheets: list[str]) -> None:
    assert [number for number, text in enumerate(sheets, 1) if "Utkast" not in text] == []


def of(selector: str) -> str:
    return f"document.querySelector('{selector}')"


FAULTS: dict[str, tuple[str, Callable[[Page], Sequence[object]], str]] = {
    "pale text": (of("dt") + ".style.color = '#8a9199'", violations, "color-contrast: <dt"),
    "no language": (of("html") + ".lang = ''", violations, "html-has-lang: <html"),
    "a level left out": (of("h3") + ".outerHTML = '<h5>A</h5>'", violations, "heading-order: <h5"),
    "no caption": (of(".tabell caption") + ".remove()", lost, "--rubrik"),
    "no anchor": (of("main") + ".id = ''", lost, "sida--innehall"),
    "an anchor twice": (of("h2") + ".id = 'sida--innehall'", lost, "sida--innehall"),
    "a long line": (of("style") + ".append('p { max-width: none !important }')", long_lines, ""),
    "a broken word": (of("h1") + ".style.width = '3em'", broken, "rapport"),
    "text on text": (of("main .steg") + ".style.marginLeft = '-2em'", covered, ""),
    "text cut off": (of("main .steg") + ".style.marginLeft = '50em'", cut, ""),
    "a row on two sheets": (of("td") + ".innerText = 'ord\\n'.repeat(200)", split_on_paper, "TR"),
    "a heading alone": (of("h2 + *") + ".style.breakBefore = 'page'", stranded_on_paper, "H2"),
}


@only(["Havsnäs, board"])
@pytest.mark.parametrize(("plant", "measure", "found"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(
    opened: Page, plant: str, measure: Callable[[Page], Sequence[object]], found: str
) -> None:
    opened.evaluate(plant)
    assert any(found in str(each) for each in measure(opened))


@only(["Havsnäs, board"])
def test_a_page_that_asks_for_more_is_heard(
    context: BrowserContext, file: Path, tmp_path: Path
) -> None:
    asking = tmp_path / "rapport.html"
    picture = '<h1><img src="https://example.com/a.png" alt="">'
    asking.write_text(file.read_text("utf-8").replace("<h1>", picture), "utf-8")
    assert heard(context, asking)[1:] != []
