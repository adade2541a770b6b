"""YAML files as authors write them: the data that comes of them, and what is told of each slip."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitet.findings import Place, Route
from kvalitet.source.data import BROKEN, YamlFile
from kvalitet.source.encoding import decode_utf8
from kvalitet.source.locate import locate
from kvalitet.source.reader import read_yaml


def read(data: bytes) -> YamlFile:
    text, findings = decode_utf8(data, "fil.yaml")
    return YamlFile("fil.yaml", None, findings) if text is None else read_yaml(text, "fil.yaml")


def told(file: YamlFile) -> list[str]:
    """Code, line, column and message of each finding."""
    places = ((finding, finding.place) for finding in file.findings)
    return [f"{f.code} {at.line}:{at.column} {f.message}" for f, at in places]


def hint(text: str) -> str:
    """What the one finding of a text says to do."""
    (finding,) = read_yaml(text, "fil.yaml").findings
    return finding.hint


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("# bara en kommentar\n", {}),
        ("nr: 2.10\nsvar: no\nkod: 0160\n", {"nr": "2.10", "svar": "no", "kod": "0160"}),
        ("---\na: b\n", {"a": "b"}),
        ("\ufeffa: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: [b, c d]\n", {"a": ["b", "c d"]}),
        ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
        ("a: |\n  Ett: #2\n\n  - två\n", {"a": "Ett: #2\n\n- två"}),
        ("a: |\n  \u00a0hårt\nb: 1\u00a0234\n", {"a": "\u00a0hårt", "b": "1\u00a0234"}),
        ("ma\u030al: A\u030ar\n", {"mål": "År"}),
        ("a: kl. 8:30, se https://x.se/a#b\n", {"a": "kl. 8:30, se https://x.se/a#b"}),
    ],
)
def test_sound_text_is_data_and_nothing_else(text: str, data: dict[str, Any]) -> None:
    assert read(text.encode()) == YamlFile("fil.yaml", data, ())


SLIPS = [
    # R101: the parser stops, and the line of the slip itself is told
    ("a: b: c\n", "R101 1:5 Texten innehåller ett kolon till"),
    ("a: @b\n", 'R101 1:4 Texten börjar med "@", som i YAML betyder något annat'),
    ("a:\n  - *b*\n", 'R101 2:5 Texten börjar med "*", som i YAML betyder ett alias'),
    ('a: "b" c\n', 'R101 1:4 Texten börjar med """, som i YAML betyder citat'),
    (
        "a: 'b\nc: d\ne: f\ng: h\ni: 'j'\n",
        'R101 1:4 Texten börjar med "\'", som i YAML betyder citat',
    ),
    ("a: >= 70\n", 'R101 1:4 Texten börjar med ">", som i YAML betyder en text på flera rader'),
    ("a: {{ b }}\n", 'R101 1:4 Texten börjar med "{", som betyder något annat i YAML'),
    ("a: - b\n", 'R101 1:4 Texten börjar med "- ", som i YAML är något annat än text'),
    ("a: [b, c\nd: [e]\n", "R101 1:4 Hakparentesen ] saknas"),
    ("a:\n\tb: c\n", "R101 2:1 Raden är indragen med tabb"),
    ("a: b\n  \nc:\n\t\n  - d\n", "R101 4:1 Raden är tom men har en tabb"),
    ("a: b\n: c\n", "R101 2:1 Nyckeln före kolon saknas"),
    ("a:\n  -id: b\n   namn: c\n", "R101 2:3 Punkten börjar inte med bindestreck och mellanslag"),
    ("a:\n  – id: b\n    namn: c\n", "R101 2:3 Punkten börjar inte med bindestreck och mellanslag"),
    ("a:\n  • id: b\n    namn: c\n", "R101 2:3 Punkten börjar inte med bindestreck och mellanslag"),
    ("a:\n  - id: b\n    namn:\u00a0c\n", "R101 3:10 Här står ett hårt mellanslag"),
    ("a:\n\u00a0\u00a0- id: b\n    namn: c\n", "R101 2:1 Här står ett hårt mellanslag"),
    ("a:\n  - id: b\n\u00a0\u00a0\u00a0\u00a0namn: c\n", "R101 3:1 Här står ett hårt mellanslag"),
    ("namn\u00a0: c\n", "R101 1:5 Här står ett hårt mellanslag"),
    (
        "a:\n  - id: b\n    namn c\n    nr: 1\n",
        "R101 3:5 Raden saknar kolon, eller hör till texten ovanför",
    ),
    ("a:\n  - id: b\nmål\n  - id: c\n    nr: 1\n", "R101 3:1 Saknas ett kolon efter mål?"),
    ("a:\n  - id:b\n    namn: c\n", "R101 2:3 Mellanslag saknas efter kolon"),
    (
        "a: |\n  Vi ser: två: ting\n b\n",
        "R101 3:2 Raden saknar kolon, eller hör till texten ovanför",
    ),
    ("a:\n  - id: b\n   namn: c\n", "R101 3:4 Indraget stämmer inte med raderna före"),
    (
        "a:\n  - id: b\n    namn: c\n    - id: d\n",
        "R101 4:5 Indraget stämmer inte med raderna före",
    ),
    ("a:\n  - id: b\n - id: c\n", "R101 3:2 Indraget stämmer inte med raderna före"),
    ("namn: a\n- id: b\n", "R101 2:1 Indraget stämmer inte med raderna före"),
    # Others that stop the reading
    ("a: b\n---\nc: d\n", "R106 2:1 Här börjar ett andra dokument"),
    ("a: b\n...\nc: d\n", "R106 2:1 Tre punkter avslutar filen, men mer följer"),
    (
        "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 18)),
        "R113 17:17 Nästlat djupare än 16 nivåer",
    ),
    ("", "R115 0:0 Filen är tom"),
    (" \n\n", "R115 0:0 Filen är tom"),
    ("# a\n\n%YAML 1.1\n---\na: b\n", "R104 3:1 Direktiv (%) får inte användas"),
    ("a: b\n...\n# c\n%TAG ! b\n", "R104 4:1 Direktiv (%) får inte användas"),
    ("- a\n", "R115 1:1 Filen ska bestå av nycklar och värden"),
    ("risker\n  - id: a\n    namn: b\n", "R115 1:1 Saknas ett kolon efter risker?"),
    ("a:b\nc: d\n", "R115 1:1 Mellanslag saknas efter kolon"),
    ("a:\n  [b]: c\n", "R116 2:3 Nyckeln är inte ett enkelt ord"),
    ('{"a": {"b": "c"}}', "R107 1:1 Klammerparenteser { } får inte användas"),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_a_slip_that_stops_the_reading_is_told_once_and_where_it_is(
    text: str, expected: str
) -> None:
    file = read(text.encode())
    assert told(file) == [expected]
    assert file.data is None


B = BROKEN


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("a: b\na: c\n", {"a": "b"}, ['R102 2:1 Nyckeln "a" står redan i samma block']),
        ("a: &x b\n", {"a": "b"}, ["R103 1:4 Ankare (&x) får inte användas"]),
        ("a: *x\n", {"a": B}, ["R103 1:4 Alias (*x) får inte användas"]),
        ("a: !!str 1.10\n", {"a": "1.10"}, ["R104 1:4 Tagg (!!str) får inte användas"]),
        ("a: !Obs\n", {"a": "!Obs"}, ["R104 1:4 Tagg (!Obs) får inte användas"]),
        ("a:\n  <<: *x\n", {"a": {}}, ["R105 2:3 Sammanslagning (<<) får inte användas"]),
        ("a:\n  <<: [*x, *y]\n", {"a": {}}, ["R105 2:3 Sammanslagning (<<) får inte användas"]),
        ("a: {2026: 84,5}\n", {"a": B}, ["R107 1:4 Klammerparenteser { } får inte användas"]),
        ('a: {b: "c", b: }\n', {"a": B}, ["R107 1:4 Klammerparenteser { } får inte användas"]),
        ("a: {}\n", {"a": B}, ["R107 1:4 Klammerparenteser { } får inte användas"]),
        (
            "a: [b,\n  c]\n",
            {"a": ["b", "c"]},
            ["R108 1:4 Listan i hakparentes går över flera rader"],
        ),
        ("a: [b, [c]]\n", {"a": ["b", B]}, ["R108 1:4 En lista får inte stå i en lista"]),
        ("a: [b: c]\n", {"a": [B]}, ["R108 1:4 Kolon får inte stå i listan"]),
        (
            f"a: [{'b' * 41}]\n",
            {"a": ["b" * 41]},
            ["R108 1:4 Listan i hakparentes har annat än korta ord"],
        ),
        ("a: b # c\n", {"a": "b"}, ["R109 1:6 Allt efter # läses som en kommentar"]),
        ("a: b\n  c\n", {"a": "b c"}, ["R110 1:4 Texten fortsätter på nästa rad utan |"]),
        ("a: >\n  b\n  c\n", {"a": "b c"}, ["R110 1:4 Texten efter > får sina rader hopslagna"]),
        ('a: "b"\n', {"a": "b"}, ["R111 1:4 Citattecken runt text försvinner när filen läses"]),
        ("a:\tb\n", {"a": "b"}, ["R112 1:3 Tabbtecken får inte stå här"]),
        ("a:\nb: c\n", {"a": B, "b": "c"}, ['R114 1:1 "a" saknar värde']),
        ('a: ""\n', {"a": B}, ['R114 1:1 "a" saknar värde']),
        ("a: |\nb: c\n", {"a": B, "b": "c"}, ['R114 1:1 "a" saknar värde']),
        ("a: []\n", {"a": B}, ['R114 1:1 "a" saknar värde']),
        ("a:\n  - b\n  -\n", {"a": ["b", B]}, ["R114 3:4 Punkten i listan är tom"]),
        ('"": a\nb: c\n', {"b": "c"}, ["R116 1:1 Nyckeln före kolon saknas"]),
    ],
)
def test_a_breach_of_form_is_told_and_the_rest_is_read(
    text: str, data: object, expected: list[str]
) -> None:
    file = read(text.encode())
    assert told(file) == expected
    assert file.data == data


BAR = "Skriv texten efter |:\n"
KEYS_BELOW = "Skriv en nyckel per rad, med indrag:\n"
ITEMS_BELOW = "Skriv en punkt per rad:\n"
OWN_LINE = "Ge kommentaren en egen rad:\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("namn: b: c\n", BAR + "    namn: |\n      b: c"),
        (
            "namn: Vi gör:\n- a\n- b\nnr: 1\n",
            BAR + "    namn: |\n      Vi gör:\n      - a\n      - b",
        ),
        ("a: [chef, sam\nb: c\n", "Skriv: a: [chef, sam]"),
        ("a: [chef,\n  sam\nb: c\n", "Skriv: a: [chef, sam]"),
        ("a:\n  – id: b\n    c: d\n", "Skriv bindestreck och mellanslag: - id: b"),
        ("a:\n  -id: b\n    c: d\n", "Skriv bindestreck och mellanslag: - id: b"),
        ("a: b\n- id: c\n", "Dra in bindestrecket lika långt som listans andra."),
        ("a:\n  - id:b\n    c: d\n", "Skriv: - id: b"),
        ("a:\n\tb: c\n", "Använd mellanslag i stället:\n      b: c"),
        ("a: !Obs detta\n", BAR + "    a: |\n      !Obs detta"),
        ("a:\n  - !Obs\n", BAR + "    - |\n      !Obs"),
        ("m: {2026: 84,5}\n", KEYS_BELOW + "    m:\n      2026: 84,5"),
        (
            "m: {n: {2026: 84, 2027: 85,5},\n  e: [x, y]}\n",
            KEYS_BELOW
            + "    m:\n      n:\n        2026: 84\n        2027: 85,5\n"
            + "      e:\n        - x\n        - y",
        ),
        (
            "m:\n  - {id: a, namn: b}\n",
            KEYS_BELOW + "    - id: a\n      namn: b",
        ),
        ("m: {}\n", "Skriv nycklarna på raderna under, med indrag, eller ta bort raden."),
        (
            "m: [x, [y, z: å],\n  it's]\n",
            ITEMS_BELOW + "    m:\n      - x\n      - y\n      - |\n        z: å\n      - it's",
        ),
        (
            "m: b # c\n",
            OWN_LINE + "    # c\n    m: b\nÄr den en del av texten:\n    m: |\n      b # c",
        ),
        ("m: a\n  b\n\n  - c\n", BAR + "    m: |\n      a\n      b\n\n      - c"),
        ("m: >-\n  a\n    b\n", BAR + "    m: |\n      a\n        b"),
        ("m:\n  - id:a\n    nr:b\n", "Saknas ett mellanslag efter kolon?"),
        ('m: "a"\n', "Skriv utan citattecken: m: a\nSka de synas: skriv texten efter |."),
        ('m: "a: b"\n', BAR + "    m: |\n      a: b"),
        ("mål\n  - id: b\n", "Skriv: mål:"),
    ],
)
def test_the_hint_has_the_mended_lines(text: str, expected: str) -> None:
    assert hint(text) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: å\n".encode("utf-16"), "R002 0:0 Filen är sparad som UTF-16"),
        ("a: b\nå: ö\n".encode("cp1252"), "R002 2:1 Tecknet är inte sparat som UTF-8"),
        (b"\xef\xbb\xbf\xff", "R002 1:1 Tecknet är inte sparat som UTF-8"),
        (b"a: b\rc: d\r", "R003 0:0 Raderna slutar med ensamt CR, som på äldre Mac"),
        (b"a: b\nc: d\re\n", "R003 2:5 Tecknet CR bryter raden utan att det syns"),
        ("a: b\u0085c\n".encode(), "R003 1:5 Tecknet U+0085 bryter raden utan att det syns"),
        (b"a: b\n\x00", "R008 2:1 Styrtecknet U+0000 får inte stå i filen"),
        ("a: \u0093b\n".encode(), "R008 1:4 Styrtecknet U+0093 får inte stå i filen"),
        ("na\u200bmn: b\n".encode(), "R008 1:3 Det osynliga tecknet U+200B får inte stå i filen"),
        ("a\u2060: b\n".encode(), "R008 1:2 Det osynliga tecknet U+2060 får inte stå i filen"),
    ],
)
def test_bytes_that_are_not_plain_text(data: bytes, expected: str) -> None:
    assert told(read(data)) == [expected]


WORDS = "a b å mål: namn: id:x : - -x – • [ ] { } {{ }} , , 0,5 \" ' | |- > # & &x * *x ! !t !!str"
SIGNS = "% @ ` << ? --- ... <<<<<<< ======= a\u030a"
SPACES = [" ", " ", "  ", "    ", "\n", "\n", "\n", "\r\n", "\t", " #", ": ", "- ", "\u00a0"]
PIECES = [*WORDS.split(" "), *SIGNS.split(" "), *SPACES]

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=1000)
@given(texts.map(str.encode) | st.text().map(str.encode) | st.binary())
def test_any_bytes_give_a_file_whose_findings_stand_in_it(data: bytes) -> None:
    file = read(data)
    lines = [line.rstrip("\r") for line in data.decode("utf-8-sig", "replace").split("\n")]
    for place in (finding.place for finding in file.findings):
        if place.line:
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert place.column < place.end_column <= len(lines[place.line - 1]) + 2
        else:
            assert file.data is None


KEYS = st.sampled_from(["a", "b", "mål", "ma\u030al-2", "2026-T1"])
LEAVES = st.sampled_from(["x", "Ett ord", "Två\n\n  rader", "{{ värde() }}"])
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
        ),
        max_leaves=12,
    ),
    min_size=1,
)


def block(tree: Any, indent: str = "") -> Iterator[str]:
    """The tree as block YAML: what does not fit on the line of its key or dash stands below."""
    heads = [f"{key}:" for key in tree] if isinstance(tree, dict) else ["-"] * len(tree)
    values = tree.values() if isinstance(tree, dict) else tree
    for head, value in zip(heads, values, strict=True):
        if isinstance(value, str) and value.isalpha():
            yield f"{indent}{head} {value}"
        elif isinstance(value, str):
            yield f"{indent}{head} |"
            yield from (f"{indent}    {line}".rstrip() for line in value.split("\n"))
        else:
            yield f"{indent}{head}"
            yield from block(value, f"{indent}  ")


def routes(tree: Any, above: Route = ()) -> Iterator[Route]:
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for step, value in pairs:
        here = (*above, unicodedata.normalize("NFC", step) if isinstance(step, str) else step)
        yield here
        if not isinstance(value, str):
            yield from routes(value, here)


def walked(node: Any, place: Place) -> tuple[int, int]:
    """Line and column by a tree of nodes: a value on the line of its key, else the key."""
    key: Any = None
    for step in place.route:
        if isinstance(node, yaml.MappingNode):
            pairs = ((unicodedata.normalize("NFC", k.value), k, v) for k, v in node.value)
            key, node = next((k, v) for name, k, v in pairs if name == step)
        else:
            key, node = None, node.value[step]
    beside = isinstance(node, yaml.ScalarNode) and node.style is None
    shown = node if key is None or (beside and place.part == "value") else key
    return shown.start_mark.line + 1, shown.start_mark.column + 1


@given(TREES)
def test_routes_are_located_where_a_walk_down_the_tree_ends(tree: dict[str, Any]) -> None:
    text = "\n".join([*block(tree), ""])
    ends = [Place("fil.yaml").at(*route) for route in routes(tree)]
    places = [*ends, *(place.key() for place in ends)]
    found = locate(text, places)
    tree_of_nodes = yaml.compose(text, Loader=yaml.SafeLoader)
    assert {p: (found[p].line, found[p].column) for p in places} == {
        p: walked(tree_of_nodes, p) for p in places
    }
