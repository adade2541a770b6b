"""Blocks to text: what each block becomes, and that nothing a user writes is more than text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kvalitet import resources
from kvalitet.figure import Tal
from kvalitet.render import (
    FORMATS,
    TemplateFault,
    escaped,
    prose_html,
    prose_markdown,
    render,
    renderer,
)
from kvalitet.render.page import pages
from kvalitet.view.document import (
    Anvisning,
    Badge,
    Beside,
    Block,
    Body,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    Heading,
    Legend,
    Link,
    Matrix,
    Note,
    Prose,
    Row,
    Square,
    Strong,
    Table,
)

GUL_IN_HTML = '<span class="steg gul"><span aria-hidden="true">◆</span>&nbsp;gul</span>'
GUL, RÖD = Badge("gul", "◆", "gul"), Badge("röd", "■", "röd")
SHARE = Tal(Fraction(2800, 44), "procent", antal=Fraction(28), av=Fraction(44))
COUNT = Tal(Fraction(1462), källor=(("data/a.csv", 7),))
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""A reader of Markdown that takes HTML for HTML, as many do."""


def printed(block: Block, format: str) -> str:
    """What a block becomes, without the page around it."""
    page = render(document(block), format, [resources.templates()])
    if format == "md":
        return page.partition("Plan\n\n")[2].rpartition("\n---\n")[0].strip()
    return page.partition('<main id="sida--innehall">')[2].partition("</main>")[0].strip()


def document(*blocks: Block, title: str = "Rapport") -> Document:
    return Document(title, "Plan", (), blocks, (Fact("Framställd med", (("kvalitet",),)),))


TABLE = Table(
    caption="Placerade barn",
    columns=(Column("Indikator"), Column("jan 2020", numeric=True)),
    bodies=(
        Body(
            rows=(
                Row(
                    (Cell((("Pågående",),), header=True, rows=2), Cell(((Figure(COUNT, "cell"),),)))
                ),
                Row((None, Cell((("a",), ("b",))))),
            ),
            headings=(("Mål: ", Strong("Trygghet")),),
        ),
        Body(
            rows=(
                Row(
                    (Cell((("Andel",),), header=True), Cell(((Figure(SHARE, "with_count"),),))),
                    anchor="andel",
                ),
            )
        ),
    ),
    notes=(("rättad från ", Figure(COUNT)),),
    anchor="placerade",
)
TABLE_IN_MARKDOWN = """\
**Placerade barn**

| Indikator | jan 2020 |
| --- | ---: |
| Mål: **Trygghet** | |
| Pågående | 1\u00a0462 |
| | a<br>b |
| Andel | 28 av 44, 64\u00a0% |

- rättad från 1\u00a0462"""
MATRIX = Matrix(
    caption="Risker",
    rows_axis="Sannolikhet",
    columns_axis="Allvarlighetsgrad",
    columns=("1 mindre", "2 hög"),
    rows=(
        ("2 stor", (Square(GUL, "2", ((Link("1.1 Hot", "hot"),),)), Square(RÖD, "4", ()))),
        ("1 liten", (Square(GUL, "1", ()), Square(None, "", ()))),
    ),
    beside=(Beside("Bara nivån är angiven:", ((Link("1.2 Brand", "brand"), " ", RÖD),)),),
)
MATRIX_IN_MARKDOWN = """\
**Risker**

| Sannolikhet ↓ Allvarlighetsgrad → | 1 mindre | 2 hög |
| --- | --- | --- |
| 2 stor | 2 ◆ gul<br>1.1 Hot | 4 ■ röd |
| 1 liten | 1 ◆ gul |  |

Bara nivån är angiven:

- 1.2 Brand ■ röd"""


TREE = Table(
    caption="Mål",
    columns=(Column("Mål"),),
    bodies=(
        Body(
            tuple(Row((Cell(((f"M{n}",),), header=True, depth=n),), anchor=f"m{n}") for n in (0, 8))
        ),
    ),
)
TREE_IN_MARKDOWN = """\
**Mål**

| Mål |
| --- |
| M0 |
| › › › › › › › › M8 |"""


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (TREE, TREE_IN_MARKDOWN),
        (Heading(3, "1.1 Barns delaktighet", "delaktighet"), "### 1.1 Barns delaktighet"),
        (Prose("Hej **då**\n\n# Under\n\n- a", 2), "Hej **då**\n\n### Under\n\n- a"),
        (Note(("Se ", Link("1.1 Hot", "hot"), ".")), "Se 1.1 Hot."),
        (Anvisning("Skriv kort."), "**Anvisning:** Skriv kort."),
        (
            Facts((Fact("Risknivå", ((GUL, " (sänkt från ", RÖD, ")"), ("Enhet: ", GUL))),)),
            "- **Risknivå:** ◆ gul (sänkt från ■ röd)<br>Enhet: ◆ gul",
        ),
        (
            Legend("Risknivåer", ((GUL, "4–8"), (Badge("okänd"), ""))),
            "**Risknivåer:** ◆ gul (4–8), okänd",
        ),
        (TABLE, TABLE_IN_MARKDOWN),
        (MATRIX, MATRIX_IN_MARKDOWN),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_a_block_in_markdown(block: Block, expected: str) -> None:
    assert printed(block, "md") == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(3, "1.1 Hot", "hot"), '<h3 id="hot">1.1 Hot</h3>'),
        (Heading(6, "Mål: Stöd", "m", of_goal=True), '<h6 id="m" class="mal">Mål: Stöd</h6>'),
        (Heading(7, "Åtgärd: Gå", "g"), '<h6 id="g" aria-level="7">Åtgärd: Gå</h6>'),
        (Prose("Hej\n\n# Under", 2), '<div class="prosa">\n<p>Hej</p>\n<h3>Under</h3>\n</div>'),
        (
            Note(("Barn, 2026: 13.",), "barn"),
            '<p class="not" id="barn">Barn, 2026: 13.</p>',
        ),
        (
            Note((Strong("Se"), " ", Link("1.1 Hot", "hot"))),
            '<p class="not"><strong>Se</strong> <a href="#hot">1.1 Hot</a></p>',
        ),
        (
            Facts((Fact("Risknivå", ((GUL,),)),)),
            f"<dl>\n<div><dt>Risknivå</dt><dd>{GUL_IN_HTML}</dd></div>\n</dl>",
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_a_block_in_html(block: Block, expected: str) -> None:
    assert printed(block, "html") == expected


COUNT_AS_DATA = {
    "type": "Tal",
    "värde": "1462",
    "måttenhet": "antal",
    "decimaler": 0,
    "kind": "värde",
    "märke": "",
    "antal": None,
    "av": None,
    "skillnad": False,
    "period": None,
    "källor": [["data/a.csv", 7]],
    "beräkning": "",
    "anm": "",
}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            Heading(3, "1.1 Hot", "hot"),
            {
                "type": "Heading",
                "level": 3,
                "text": "1.1 Hot",
                "anchor": "hot",
                "of_goal": False,
            },
        ),
        (
            Note(("Fler: ", Figure(COUNT, "cell"))),
            {
                "type": "Note",
                "line": [
                    "Fler: ",
                    {"type": "Figure", "shown": "1\u00a0462", "tal": COUNT_AS_DATA, "form": "cell"},
                ],
                "anchor": "",
            },
        ),
        (
            Note((Figure(SHARE, "with_count"),)),
            {
                "type": "Note",
                "line": [
                    {
                        "type": "Figure",
                        "shown": "28 av 44, 64\u00a0%",
                        "tal": COUNT_AS_DATA
                        | {"värde": "700/11", "måttenhet": "procent", "källor": []}
                        | {"antal": "28", "av": "44"},
                        "form": "with_count",
                    }
                ],
                "anchor": "",
            },
        ),
        (
            Legend("Risknivåer", ((GUL, "4–8"),)),
            {
                "type": "Legend",
                "title": "Risknivåer",
                "entries": [
                    [{"type": "Badge", "namn": "gul", "symbol": "◆", "färg": "gul"}, "4–8"]
                ],
            },
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "",
)
def test_a_block_as_data(block: Block, expected: dict[str, object]) -> None:
    told = json.loads(render(document(block), "json", []))
    assert (told["version"], told["type"], told["title"]) == (1, "Document", "Rapport")
    assert told["blocks"] == [expected]


@pytest.mark.parametrize(
    "fragment",
    [
        '<div class="rulle" role="group" aria-labelledby="placerade--rubrik" tabindex="0">',
        '<caption id="placerade--rubrik"><span>Placerade barn</span></caption>',
        '<th scope="col" class="tal">jan 2020</th>',
        '<th scope="rowgroup" colspan="2"><span>Mål: <strong>Trygghet</strong></span></th>',
        '<th scope="row" rowspan="2">Pågående</th>',
        '<td class="tal"><span title="data/a.csv:7">1\u00a0462</span></td>',
        '<td class="tal"><div>a</div><div>b</div></td>',
    ],
)
def test_a_table_in_html_is_one_that_a_screen_reader_can_read(fragment: str) -> None:
    assert fragment in printed(TABLE, "html")


def test_a_square_of_the_matrix_says_its_level_in_words() -> None:
    assert (
        f'<td class="ruta gul"><div><b>2</b> {GUL_IN_HTML}</div>'
        '<ul><li><a href="#hot">1.1 Hot</a></li></ul></td>'
    ) in printed(MATRIX, "html")


@pytest.mark.parametrize(
    ("name", "markdown"),
    [
        ("Plan #2", r"Plan \#2"),
        ("# Rubrik", r"\# Rubrik"),
        ("a | b", r"a \| b"),
        ("rad ett\nrad två", "rad ett rad två"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("*fet* och _kursiv_", r"\*fet\* och \_kursiv\_"),
        ("[länk](javascript:alert(1))", r"\[länk\](javascript:alert(1))"),
        ("- punkt", r"\- punkt"),
        ("1. punkt", r"1\. punkt"),
        ("1.1 Barns delaktighet", "1.1 Barns delaktighet"),
        ("A & B", "A & B"),
        ("&lt;", r"\&lt;"),
        ("1\u00a0462", "1\u00a0462"),
        ("https://a.se, www.a.se, a@b.se", r"https\://a.se, www\.a.se, a\@b.se"),
    ],
)
def test_a_name_is_text_in_markdown(name: str, markdown: str) -> None:
    assert escaped(name) == markdown


@given(st.text())
def test_a_markdown_reader_sees_the_name_as_it_was_written(name: str) -> None:
    name = name.replace("\0", "")
    for page in (escaped(name), f"## {escaped(name)}", f"| {escaped(name)} |\n| --- |"):
        seen = "".join(token.content for token in tokens(page) if not token.children)
        assert seen.split() == name.split()


@pytest.mark.parametrize("format", ["html", "md"])
@pytest.mark.parametrize(
    "place",
    [
        lambda text: document(title=text),
        lambda text: document(Heading(2, text, "a")),
        lambda text: document(Note((text, Strong(text), Link(text, "a"), Badge(text)))),
        lambda text: document(Table(text, (Column(text),), (Body((), ((text,),)),), ((text,),))),
        lambda text: document(Prose(text, 2)),
        lambda text: document(Legend(text, ((Badge(text, "◆", text), text),))),
    ],
)
def test_what_a_user_writes_is_never_markup(place: Callable[[str], Document], format: str) -> None:
    page = render(
        place("<img src=x onerror=alert(1)>\"'><script>"), format, [resources.templates()]
    )
    assert not re.search(r"(?<!\\)<(img|script)", page)


ODD_PIECES = """
<script>|</b>|`|``|```|~~~|\\|!|<!--|-->|<?|#|##|>|-|1.|<https://a.se>|<javascript:x>|<a href='x'>|
&lt;|===|---|<|[|]|(|](|'|[x]|(javascript:a)|(https://a.se)|[y]: javascript:b|[x]: https://b.se|&#60;
"""
SPACED_PIECES = [" ", "\n", "\n\n", "\t", "    ", "> ", "- ", "| a |\n| - |\n| ", "<i>", "a", "x`y"]
SPACED_PIECES += [
    "](<b`c>)",
    "\n[z]: y\n",
    "[z]",
    "\\`",
    "\n# ",
    "\n===\n",
    "](#a)",
    "![",
    "<https://a`b>",
]
soup = st.lists(
    st.sampled_from([*(piece.strip() for piece in ODD_PIECES.split("|")), *SPACED_PIECES]),
    max_size=14,
).map("".join)


@given(soup)
def test_prose_in_markdown_has_no_html_no_pictures_and_only_safe_links(text: str) -> None:
    for token in tokens(prose_markdown(text, 2)):
        assert token.type not in ("html_block", "html_inline", "image")
        if token.type == "link_open":
            assert re.match("https?://|mailto:|#", str(token.attrs["href"]))


@given(soup)
def test_what_comes_after_prose_in_markdown_is_not_swallowed(text: str) -> None:
    page = READER.parse(f"{prose_markdown(text, 2)}\n\n## Nästa avsnitt")
    assert [token.content for token in page[-3:]] == ["", "Nästa avsnitt", ""]
    assert page[-1].tag == "h2"


@given(soup)
def test_prose_in_html_has_only_harmless_tags(text: str) -> None:
    seen = Tags()
    seen.feed(prose_html(text, 2))
    tags = "p em strong a ul ol li blockquote code pre br hr h3 h4 h5 h6 "
    assert seen.tags <= {*(tags + "table thead tbody tr th td").split()}
    assert seen.attributes <= {"href", "rel", "start", "aria-level"}
    assert all(re.match("https?://|mailto:|#", address) for address in seen.addresses)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Ett\n\n## Två", "#### Ett\n\n##### Två"),
        ("Ett\nord\n===", "#### Ett ord"),
        ("> Citat\n> ---", "> ##### Citat"),
        ("###### Djupt", "###### Djupt"),
        ("```\n# kod <b>", "```\n# kod <b>\n```"),
        (
            "[avtal](https://a.se) och [x](javascript:x)",
            r"[avtal](https://a.se) och [x]\(javascript:x)",
        ),
        ("![bild](https://a.se/b.png)", r"\![bild](https://a.se/b.png)"),
        (r"\<b> <b>", r"\<b> \<b>"),
        ("`a <b> ![` <b> ``c` <i>``", r"`a <b> ![` \<b> ``c` <i>``"),
        ("> ett `a\n> <b>` `<b>`", "> ett `a\n> \\<b>` `<b>`"),
        ("# `<b>` och <b> #", r"#### `<b>` och \<b> #"),
        (r"\`<b>` `<b>`", r"\`\<b>` `\<b>`"),
        ("[a](<b`c>) <i> `<i>`", r"[a]\(\<b`c>) <i> `\<i>`"),
        ("[a]: b\n    <i>", "[a]\\: b\n    \\<i>"),
        ("[a]: b\n    [c](d)", "[a]\\: b\n    [c]\\(d)"),
        ("| a |\n| - |\n| `<b>` |", "| a |\n| - |\n| `<b>` |"),
    ],
)
def test_prose_in_markdown(text: str, expected: str) -> None:
    assert prose_markdown(text, 3) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Ett\n\n###### Sex", '<h4>Ett</h4>\n<h6 aria-level="9">Sex</h6>\n'),
        ("<b>hej</b>", "<p>&lt;b&gt;hej&lt;/b&gt;</p>\n"),
        (
            "[x](javascript:x) [y](//a.se)",
            "<p>[x](javascript:x) [y](//a.se)</p>\n",
        ),
        ("[obs]: Viktigt", "<p>[obs]: Viktigt</p>\n"),
        (
            "[avtal](https://a.se)",
            '<p><a href="https://a.se" rel="noopener noreferrer">avtal</a></p>\n',
        ),
    ],
)
def test_prose_in_html(text: str, expected: str) -> None:
    assert prose_html(text, 3) == expected


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_what_is_nested_too_deep_is_printed_all_the_same(mark: str) -> None:
    text = prose_html(f"{mark * 40}inst\n\nefter", 2).striptags()
    assert text.endswith("inst efter")


def test_a_repository_s_own_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "sida.md.j2").write_text("{{ document.title }} hos oss", "utf-8")
    folders = [tmp_path, resources.templates()]
    assert render(document(title="Plan #2"), "md", folders) == r"Plan \#2 hos oss"
    assert "<h1>Plan #2</h1>" in render(document(title="Plan #2"), "html", folders)


@pytest.mark.parametrize("format", FORMATS)
def test_a_renderer_makes_one_document_after_the_other(format: str) -> None:
    documents = [document(title="Ett"), document(TABLE, title="Två"), document(title="Ett")]
    render_each = renderer(format, [resources.templates()])
    assert [render_each(each) for each in documents] == [
        render(each, format, [resources.templates()]) for each in documents
    ]


@pytest.mark.parametrize(
    "template",
    [
        "{{ document.titel }}",
        "{{ document.__class__ }}",
        "{{ document._x }}",
        "{{ document.title.__class__ }}",
        "{{ document.footer[0].__init__ }}",
        "{% for block in %}",
    ],
)
def test_a_fault_in_a_template_is_an_error_and_not_a_gap(template: str, tmp_path: Path) -> None:
    (tmp_path / "sida.md.j2").write_text(template, "utf-8")
    with pytest.raises(TemplateFault):
        pages("md", [tmp_path, resources.templates()])(document())


def tokens(page: str) -> Iterator[Token]:
    """All tokens of a page of Markdown, those within a line too."""
    for token in READER.parse(page):
        yield token
        yield from token.children or ()


class Tags(HTMLParser):
    """The tags, the attributes and the addresses of links that a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def test_a_row_of_a_tree_is_moved_in_by_its_depth_until_the_sixth() -> None:
    html = printed(TREE, "html")
    assert '<th scope="row">M0</th>' in html
    assert '<th scope="row" style="padding-left: calc(0.65rem + 6 * 1.1rem)">M8</th>' in html
