"""Reports of plans that nobody thought of: with next to nothing, with very much, and with names
and texts full of signs that mean something in HTML, Markdown or a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kvalitet import resources
from kvalitet.findings import Severity
from kvalitet.load import load
from kvalitet.model.report import PARTS
from kvalitet.period import Period
from kvalitet.render import FORMATS, render
from kvalitet.rules import judge
from kvalitet.view.report import document

T2 = Period.parse("2026-T2")
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""A reader of Markdown that takes HTML for HTML, as many do."""

EVERY_PART = "rubrik: §rubrik§\nrytm: tertial\navsnitt:\n" + "".join(
    f"  - id: avsnitt-{number}\n    rubrik: §avsnitt {part}§\n    del: {part}\n"
    f"    anvisning: §anvisning {part}§\n"
    for number, part in enumerate(PARTS)
)


def reports(files: Mapping[str, str], draft: bool = False) -> dict[str, str]:
    """The report of tertial 2 in every format; no plan here has an error."""
    with TemporaryDirectory() as folder:
        for name, text in {"templates/rapporter/allt.yaml": EVERY_PART, **files}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        loaded = load(Path(folder))
    judged = judge(loaded.register, loaded.findings, at=None if draft else T2)
    assert [f for f in judged.findings if f.severity is Severity.ERROR] == []
    plan = loaded.register.plans["udda"]
    [name] = plan.rapporter
    told = document(plan, name, T2, loaded.register, "0123456789ab", draft=draft)
    return {format: render(told, format, [resources.templates()]) for format in FORMATS}


class Page(HTMLParser):
    """The skeleton of a page, without that of the authors' prose; its texts; its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.skeleton: list[str] = []
        self.texts: list[str] = []
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self._depth_of_prose = 0
        self._is_style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))
        self._is_style = tag == "style"
        if not self._depth_of_prose:
            self.skeleton.append(f"<{tag} {' '.join(name for name, _ in attrs)}>")
        if tag == "div" and (self._depth_of_prose or ("class", "prosa") in attrs):
            self._depth_of_prose += 1

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False
        if tag == "div" and self._depth_of_prose:
            self._depth_of_prose -= 1
        if not self._depth_of_prose:
            self.skeleton.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.skeleton.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.texts.append(flat(data))


def flat(text: str) -> str:
    """The text on one line; capitals are left out of account, since a cell may begin with one."""
    return " ".join(text.split()).casefold()


class MarkdownPage:
    """The same of a page of Markdown: its skeleton, down to the marks in a line, and its texts."""

    def __init__(self, markdown: str) -> None:
        tokens = READER.parse(markdown)
        self.skeleton = [f"{token.type} {token.tag} {' '.join(_marks(token))}" for token in tokens]
        self.texts = [flat("".join(map(_seen, token.children or [token]))) for token in tokens]
        self.pairs = list(zip(self.skeleton, self.texts, strict=True))
        inner = [child for token in tokens for child in token.children or ()]
        self.kinds = {each.type for each in [*tokens, *inner] if each.content != "<br>"}
        self.addresses = [str(each.attrs["href"]) for each in inner if "href" in each.attrs]


def _seen(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _marks(token: Token) -> Iterator[str]:
    return (child.type for child in token.children or () if child.type != "text")


FILES = {
    "plans/udda/plan.yaml": """
plan:
  namn: §planen§
  kommun: §kommunen§
  nämnd: §nämnden§
  enhet: §enheten§
  år: 2026
  rapporter: [allt]
  beslut:
    datum: 2026-01-15
    diarienummer: §diarienummer§
    paragraf: §paragraf§
skalor:
  nivå:
    - namn: §låg§
      från: 1
      färg: grön
      beskrivning: §låg betyder§
    - namn: §hög§
      från: 6
      färg: röd
      symbol: <|
      beskrivning: §hög betyder§
  bedömning:
    - namn: §steget§
kvalitetsområden:
  - id: omrade
    nr: 1
    namn: §området§
mål:
  - id: mal
    typ: §typen§
    namn: §målet§
    förväntat_resultat: Alla får hjälp.
    indikatorer: [grupp]
risker:
  - id: risk
    nr: §nr§
    namn: §risken§
    beskrivning: Alla får hjälp.
    kvalitetsområde: omrade
    mål: mal
    åtgärder: [atgard]
  - id: risk-utan
    namn: §risken utan§
åtgärder:
  - id: atgard
    namn: §åtgärden§
    ansvarig: §den ansvariga§
    indikatorer: [antal]
    aktiviteter: [aktivitet]
aktiviteter:
  - id: aktivitet
    namn: §aktiviteten§
    egenkontroller: [kontroll]
egenkontroller:
  - id: kontroll
    namn: §kontrollen§
avvikelser:
  - id: avvikelse
    namn: §avvikelsen§
    indikatorer: [antal]
indikatorer:
  - id: grupp
    namn: §gruppen§
    beskrivning: §gruppens beskrivning§
    indikatorer:
      - id: andel
        namn: §andelen§
        måttenhet: procent
        målvärden:
          <script>nämnden: minst 50
  - id: antal
    namn: §antalet§
    måttenhet: §måttenheten§
    källa: §källan§
    kod: §koden§
texter:
  avsnitt-0: ¤
uppföljning:
  2026-T1:
    risk:
      sannolikhet: möjlig
      allvarlighetsgrad: hög
  2026-T2:
    avsnitt-1: ¤
    mal:
      text: ¤
      bedömning: §steget§
    risk:
      text: ¤
      sannolikhet: osannolik
      allvarlighetsgrad: hög
    risk-utan:
      nivå: §hög§
    atgard:
      text: ¤
      läge: klar
    aktivitet:
      slut: 2026-12-31
    antal: ¤
    avvikelse: ¤
    kontroll:
      text: ¤
      kontrollresultat: anmärkning
""",
    "data/udda/tal.csv": (
        "indikator;period;värde;anm\n"
        'andel;2026-T1;40;"§rättelsen§"\n'
        "andel;2026-T2;60;\n"
        'antal;2026-05;3;"§noten§"\nantal;2026-06;u.s.;\n'
    ),
}
SLOT = re.compile("§([^§]*)§")
SLOTS = [slot for text in (EVERY_PART, *FILES.values()) for slot in SLOT.findall(text)]
"""Where a user writes a name, or another text that is printed as it stands."""


def filled(names: Mapping[str, str], prose: str = "Ord.") -> dict[str, str]:
    """The files with their names and, wherever a text may stand, the prose."""

    def block(found: re.Match[str]) -> str:
        lines = (prose if found[3] == "¤" else names[found[3].strip("§")]).split("\n")
        indent = " " * (len(found[1]) + 2)
        return "\n".join([f"{found[1]}{found[2]}: |", *(f"{indent}{line}" for line in lines)])

    def cell(found: re.Match[str]) -> str:
        return " ".join(names[found[1]].split()).replace('"', '""')

    files = {"templates/rapporter/allt.yaml": EVERY_PART, **FILES}
    in_yaml = re.compile(r"^([ -]*)([\w-]+): (§.*§|¤)$", re.MULTILINE)
    return {name: SLOT.sub(cell, in_yaml.sub(block, text)) for name, text in files.items()}


def named(pattern: str) -> dict[str, str]:
    """A name for each slot, of a pattern such as `<b> {}`."""
    return {slot: pattern.replace("{}", slot) for slot in SLOTS}


@cache
def plain() -> tuple[Page, MarkdownPage]:
    found = reports(filled(named("x {} x")), draft=True)
    return Page(found["html"]), MarkdownPage(found["md"])


@cache
def shown() -> list[str]:
    """The slots that the report prints."""
    texts = plain()[0].texts
    return [slot for slot in SLOTS if any(f"x {flat(slot)} x" in text for text in texts)]


ODD_NAMES = r"""
<script>alert(1)</script> {}
{} <img src=x onerror=alert(1)>
{} </style></title></main>
{} <!-- kommentar
<?php {} ?>
{} <https://a.se>
&lt;b&gt; {} &amp; &#60;
{} "'><b>
a | {} | b
| --- | {} |
a \| {} \\| c
{} \
`kod {}
{} ``` kod
~~~ {}
# {}
- {}
+ {}
> {}
2020. Ett år {}
1) {}
*fet* **fet** _kursiv_ __fet__ ~~struken~~ {}
[{}](javascript:1)
[{}](https://a.se)
![{}](https://a.se/b.png)
[{}]: https://a.se
{} https://a.se www.a.se a@b.se
{% if {} %} {# x #} }}
$x$ \({}\)
"""[1:-1].split("\n")
ODD_NAMES += ["{}\n===", "{}\n---", "{}\n\n# Rubrik", "| {} |\n| --- |\n| b |", "```\n{}"]
ODD_NAMES += ["{} " + "kvalitetsledningssystem" * 20]


@pytest.mark.parametrize("odd", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_an_odd_name_is_printed_whole_and_changes_nothing_else(odd: str) -> None:
    found = reports(filled(named(odd)), draft=True)
    html, markdown = Page(found["html"]), MarkdownPage(found["md"])
    assert [html.skeleton, markdown.skeleton] == [page.skeleton for page in plain()]
    in_json = [flat(text) for text in strings(json.loads(found["json"]))]
    for slot in shown():
        name = flat(odd.replace("{}", slot))
        for texts in (html.texts, markdown.texts, in_json):
            assert any(name in text for text in texts), name


def strings(data: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from strings(each)
    elif isinstance(data, str):
        yield data


def test_nearly_every_name_is_printed() -> None:
    of_written_sections = {"anvisning text", "anvisning matris"}
    assert set(SLOTS) - set(shown()) <= {"andelen", *of_written_sections}


ODD_TEXTS = [
    ("<script>alert(1)</script>", ["<script>alert(1)</script>"]),
    ("<script>\nalert(1)\n</script>\n\nefter", ["<script>", "alert(1)", "efter"]),
    ("</div></main></body>", ["</div></main></body>"]),
    ("<!-- kommentar", ["<!-- kommentar"]),
    ("<a href='javascript:x' onclick=y>a</a>", ["<a href='javascript:x' onclick=y>a</a>"]),
    ("&lt;b&gt; &amp;amp; &nbsp;", ["<b> &amp;"]),
    ("a | b", ["a | b"]),
    ("| a | b |\n| --- | --- |\n| c\\|d | <i> |", ["a", "b", "c|d", "<i>"]),
    ("| a | b |\n| --- | --- |\n| `c\\|d` |", ["c|d"]),
    ('\\{{ värde("antal") }} och {% x %}', ['{{ värde("antal") }} och {% x %}']),
    ("`kod <b>` och ``x", ["kod <b>", "och ``x"]),
    ("```\nöppet\n# block <b>", ["öppet # block <b>"]),
    ("~~~ {x}\nöppet", ["öppet"]),
    ("    indraget <b>", ["indraget <b>"]),
    ("# Rubrik\n\nunder", ["rubrik", "under"]),
    ("###### Djup", ["djup"]),
    ("Rubrik\n===\nunder", ["rubrik", "under"]),
    ("Rubrik\nfortsatt\n---", ["rubrik", "fortsatt"]),
    ("---", []),
    ("2020. Ett år\n2021. Nästa", ["ett år", "nästa"]),
    ("2020\\. Ett år", ["2020. ett år"]),
    ("1) Ett\n   - två\n     > tre", ["ett", "två", "tre"]),
    ("[x](javascript:1) [y](data:text/html,z)", ["[x](javascript:1) [y](data:text/html,z)"]),
    ('[x](https://a.se "titel")', ["x"]),
    ("[x](fil.html) och [y](//a.se)", ["och"]),
    ("[x][y]\n\n[y]: javascript:1", ["[x][y]", "[y]: javascript:1"]),
    ("![bild](https://a.se/b.png)", ["bild"]),
    ("**öppet *fet", ["**öppet *fet"]),
    ("ett\\\ntvå  \ntre", ["två"]),
    ("kvalitetsledningssystem" * 40, ["kvalitetsledningssystem" * 40]),
]


@pytest.mark.parametrize(
    ("prose", "pieces"), ODD_TEXTS, ids=[text.split("\n")[0][:30] for text, _ in ODD_TEXTS]
)
def test_an_odd_text_is_printed_whole_and_changes_nothing_else(
    prose: str, pieces: list[str]
) -> None:
    found = reports(filled(named("x {} x"), prose), draft=True)
    html, markdown = Page(found["html"]), MarkdownPage(found["md"])
    plain_html, plain_markdown = plain()
    assert html.skeleton == plain_html.skeleton
    assert in_order(without_prose(plain_markdown), markdown.pairs)
    for piece in pieces:
        assert sum(piece in text for text in html.texts) >= TEXTS
        assert sum(piece in text for text in markdown.texts) >= TEXTS
    attributes = [pair for _, attributes in html.starts for pair in attributes.items()]
    addresses = [value or "" for name, value in attributes if name == "href"]
    assert {tag for tag, _ in html.starts}.isdisjoint(HARMFUL)
    assert not any(name.startswith("on") for name, _ in attributes)
    assert markdown.kinds.isdisjoint({"html_block", "html_inline", "image"})
    assert all(re.match("#|https://", each) for each in [*addresses, *markdown.addresses])


ODD_DESCRIPTIONS = [text for text, _ in ODD_TEXTS if "{{" not in text]


@pytest.mark.parametrize("prose", ODD_DESCRIPTIONS, ids=range(len(ODD_DESCRIPTIONS)))
@pytest.mark.parametrize("goal_by_goal", [True, False])
def test_an_odd_description_does_no_harm(prose: str, goal_by_goal: bool) -> None:
    block = "".join(f"\n      {line}" for line in prose.split("\n"))
    files = {
        name: text.replace("Alla får hjälp.", f"|{block}")
        for name, text in filled(named("x {} x")).items()
    }
    if goal_by_goal:
        report = re.sub("del: (plantabell|uppföljning)", "del: text", EVERY_PART)
        files["templates/rapporter/allt.yaml"] = report
    found = reports(files, draft=True)
    html, markdown = Page(found["html"]), MarkdownPage(found["md"])
    assert {tag for tag, _ in html.starts}.isdisjoint(HARMFUL)
    assert not any(name.startswith("on") for _, attributes in html.starts for name in attributes)
    assert markdown.kinds.isdisjoint({"html_block", "html_inline", "image"})
    assert all(re.match("#|https://", each) for each in markdown.addresses)


HARMFUL = {"script", "img", "iframe", "object", "embed", "form", "input", "base"}
TEXTS = "".join(FILES.values()).count("¤")


def without_prose(page: MarkdownPage) -> list[tuple[str, str]]:
    """All of the page but the paragraphs that are the authors'."""
    numbers = [number for number, text in enumerate(page.texts) if text == "ord."]
    assert len(numbers) >= TEXTS
    left_out = {near for number in numbers for near in (number - 1, number, number + 1)}
    return [pair for number, pair in enumerate(page.pairs) if number not in left_out]


def in_order(some: Iterable[tuple[str, str]], more: Iterable[tuple[str, str]]) -> bool:
    """Whether all that stands in the one stands in the other too, in that order."""
    rest = iter(more)
    return not any(each not in rest for each in some)


NAKED = """
plan:
  namn: Liten
  år: 2026
  rapporter: [atgardsplan]
uppföljning:
  2026-T2:
    sammanfattning: Inget har hänt.
"""
BARE = {
    "mål": "Ett mål",
    "risker": "En risk",
    "åtgärder": "En åtgärd",
    "aktiviteter": "En aktivitet",
    "egenkontroller": "En egenkontroll",
    "avvikelser": "En avvikelse",
    "indikatorer": "En indikator",
    "kvalitetsområden": "Ett område",
}
BARE_YAML = NAKED + "".join(
    f"{key}:\n  - id: bar-{number}\n    namn: {namn}\n"
    for number, (key, namn) in enumerate(BARE.items())
)
CHAINED_YAML = BARE_YAML.replace(
    "namn: En risk\n", "namn: En risk\n    åtgärder: [bar-2]\n    indikatorer: [bar-6]\n"
).replace("namn: En åtgärd\n", "namn: En åtgärd\n    aktiviteter: [bar-3]\n")


def with_every_part(yaml: str) -> str:
    return yaml.replace("sammanfattning", "avsnitt-0").replace("atgardsplan", "allt")


WORDS_YAML = CHAINED_YAML.replace("har hänt.\n", "har hänt.\n    bar-6: Mäts inte än.\n")


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        (NAKED, ["Liten", "Inget har hänt."]),
        (BARE_YAML, ["Liten", "En risk"]),
        (CHAINED_YAML, ["En risk", "En åtgärd", "En aktivitet"]),
        (WORDS_YAML, ["Mäts inte än."]),
        (with_every_part(NAKED), ["Liten", "Inget har hänt."]),
        (with_every_part(WORDS_YAML), ["Ett mål", "En risk", "En åtgärd", "En aktivitet"]),
    ],
)
def test_a_plan_with_every_optional_thing_missing(yaml: str, told: list[str]) -> None:
    found = reports({"plans/udda/plan.yaml": yaml})
    for format, text in [(format, text) for format in FORMATS for text in told]:
        assert text in found[format]


def test_a_draft_of_a_plan_that_is_only_a_name() -> None:
    found = reports(
        {"plans/udda/plan.yaml": "plan:\n  namn: Liten\n  rapporter: [atgardsplan]\n"}, draft=True
    )
    assert "Anvisning:" in found["html"]
    assert "**Anvisning:**" in found["md"]


MANY = 300


def many_risks() -> dict[str, str]:
    """A plan with three hundred risks, each with a measure, an indicator, and words."""
    lists = {"mål": "", "risker": "", "åtgärder": "", "indikatorer": ""}
    said = rows = ""
    for number in range(1, MANY + 1):
        if number % 30 == 1:
            lists["mål"] += f"  - id: mal-{number}\n    namn: Mål {number}\n"
        lists["risker"] += (
            f"  - id: risk-{number}\n    nr: 1.{number}\n    namn: Risken nummer {number} av alla\n"
            f"    mål: mal-{(number - 1) // 30 * 30 + 1}\n    åtgärder: [atgard-{number}]\n"
        )
        lists["åtgärder"] += (
            f"  - id: atgard-{number}\n    namn: Åtgärden nummer {number}\n"
            f"    indikatorer: [matt-{number}]\n"
        )
        lists["indikatorer"] += f"  - id: matt-{number}\n    namn: Måttet nummer {number}\n"
        said += f"    risk-{number}:\n      sannolikhet: möjlig\n      allvarlighetsgrad: hög\n"
        said += f"      text: Orden om risk {number}.\n    atgard-{number}:\n      läge: pågår\n"
        rows += "".join(f"matt-{number};2026-0{month};{number}\n" for month in (5, 6))
    things = "".join(f"{key}:\n{text}" for key, text in lists.items())
    return {
        "plans/udda/plan.yaml": f"{things}{NAKED}{said}",
        "data/udda/tal.csv": f"indikator;period;värde\n{rows}",
    }


def test_a_plan_with_three_hundred_risks_is_told_whole() -> None:
    found = reports(many_risks())
    html = Page(found["html"])
    anchors = [attributes["id"] for _, attributes in html.starts if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    assert {f"risk-{number}" for number in range(1, MANY + 1)} <= set(anchors)
    for page in (html.texts, MarkdownPage(found["md"]).texts):
        joined = "\n".join(page)
        for number in range(1, MANY + 1):
            assert f"risken nummer {number} av alla" in joined
            assert f"orden om risk {number}." in joined
            assert f"måttet nummer {number}\n" in joined
