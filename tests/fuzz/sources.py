"""What may stand in a file: any text, and the words of the format wrongly put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from fuzz.small_plan import CSV, YAML
from fuzz.trees import CHANGES, block, changed, part, routes
from kvalitet.source.reader import read_yaml

SOUND_LINES = sorted({line for text in YAML.values() for line in text.splitlines()})
SOUND_ROWS = sorted({row for text in CSV.values() for row in text.splitlines()})
SOUND_CELLS = sorted({cell for row in SOUND_ROWS for cell in row.split(";")})
TREES: dict[str, Any] = {path: read_yaml(text, path).data for path, text in YAML.items()}

KEYS = """
    plan namn kommun nämnd enhet år del_av rapporter urval beslut datum diarienummer paragraf
    skalor kön läge tidplan nivå sannolikhet allvarlighetsgrad uppfyllelse krav orsak färg symbol
    som från rutor kvalitetsområden id nr beskrivning mål risker åtgärder aktiviteter
    egenkontroller avvikelser indikatorer typ ansvarig start slut förväntat_resultat bidrar_till
    kvalitetsområde måttenhet decimaler riktning frekvens målvärden ingångsvärde beräkning täljare
    nämnare per summa summeras minsta_antal svarsskala kod källa samband är fallande texter
    uppföljning text lyft kontrollresultat format regler undantag regel plats skäl grad gräns
    intervall rubrik rytm avsnitt del obligatorisk anvisning nämnden 2026 2026-T1 2026-T2 2025-H2
    r1 r2 a1 b1 e1 v1 m1 q1 grupp alla nagra andel lage R601 serie text. Namn namn:
""".split()
WORDS = [
    *("hel", "del", "allt", "finns-inte", "Ä", "ja", "nej", "0", "1", "-1", "16", "1e9", "9" * 400),
    *("1 234,5", "1,5", "5 %", "28 av 44", "45 av 44", "minst 50", "högst 0", "9-1", "u.s.", "x"),
    *("2026", "2026-T1", "2026-T4", "2026-02-30", "2019-04/2020-03", "1900", "2199", "2026-W1"),
    *("1x1", "4x4", "9x9", "grön", "gul", "mycket stor", "möjlig", "hög", "klar", "accepterad"),
    *("procent", "antal", "tkr", "öka", "tertial", "dag", "ackumulerat", "ögonblick", "år"),
    *("fel", "av", "utfall", "prognos", "riket", "flickor", "kostnad", "intäkt", "försenad"),
    *('{{ värde("alla") }}', '{{ andel("andel", "2025") }}', '{{ nivå("r1") }}', "{{ x }}", "{{"),
    *('{{ förändring("lage", "2025", "2026-T2") }}', '{{ mål("alla") }}', '\\{{ värde("alla") }}'),
    *("# Rubrik", "**ord**", "[x](javascript:1)", "<script>", "| a | b |\n|---|---|\n| 1 | 2 |"),
    *("- x", "Två\n\n  rader", "a: b", "a # b", "'", '"', "*a", "&a", "!!int", "%", "@", "`", "?"),
    *("a\u030a", "\u202e", "😀", "=1+1", "~"),
]
UNSEEN = ["\u00a0", "\ufeff", "\x00", "\x85", "\u2028", "\r", "\ud800", "\x1b[2J", "\t"]
SIGNS = [*": :|- #[]{},>&*!%@`\"'?", "\n", "\n  ", "\n    ", "\t", "- ", ": ", " #", "|\n", "---\n"]

words = st.sampled_from([*KEYS, *WORDS])
pieces = st.lists(
    words | st.sampled_from(SIGNS) | st.sampled_from([*SIGNS, *UNSEEN]), max_size=20
).map("".join)
lines = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "  ", "    ", "      ", "        ", "   ", "\t"]),
    st.sampled_from(["", "", "- ", "-", "- - ", "# "]),
    words,
    st.sampled_from([": ", ": ", ":", "", " : ", ": |\n      "]),
    words | st.sampled_from(["", "[r1, a1]", "[[r1]]", "{a: 1}", "[", "]", ">", "''"]),
)


@st.composite
def cut_and_mended(draw: st.DrawFn, sound: Sequence[str], strange: st.SearchStrategy[str]) -> str:
    """The lines of a sound text with others in the place of some."""
    start = draw(st.integers(0, len(sound)))
    end = draw(st.integers(start, min(start + 3, len(sound))))
    new = draw(st.lists(strange, max_size=6))
    return "\n".join([*sound[:start], *new, *sound[end:]])


GRAFTS = [part(tree, route) for tree in TREES.values() for route in routes(tree)]
ALIKE: dict[Any, list[Any]] = {}
"""What stands under each key, wherever it does."""
for tree in TREES.values():
    for route in routes(tree):
        ALIKE.setdefault(route[-1], []).append(part(tree, route))


@st.composite
def grafted(draw: st.DrawFn, path: str) -> str:
    """The data of a sound file with some of it changed for something else of the format."""
    tree = TREES[path]
    for _ in range(draw(st.integers(1, 4))):
        places = [*routes(tree)]
        if places:
            route = places[draw(st.integers(0, len(places) - 1))]
            alike = st.sampled_from(ALIKE.get(route[-1], WORDS))
            graft = draw(alike | alike | words | st.sampled_from(GRAFTS) | st.text(max_size=6))
            tree = changed(tree, route, draw(st.sampled_from(CHANGES)), graft)
    return "\n".join(block(tree)) + "\n"


def yaml_texts(path: str) -> st.SearchStrategy[str]:
    """Texts for a YAML file of the small plan."""
    sound = YAML[path].splitlines()
    strange = lines | st.sampled_from(SOUND_LINES)
    mixed = st.lists(strange, max_size=12).map("\n".join)
    free = mixed | pieces | st.text()
    return grafted(path) | grafted(path) | cut_and_mended(sound, strange) | free


cells = st.sampled_from(
    [*SOUND_CELLS, *WORDS, "2026-13", "28 av", '"', '""', '"a;b"', '"a\nb"', 'a"b', "-0", "1_0"]
)


@st.composite
def csv_texts(draw: st.DrawFn, path: str) -> str:
    """Texts for a CSV file of the small plan: its rows with others among them."""
    end = draw(st.sampled_from([*["\n", "\r\n"] * 4, "\n\n", ";\n", "\r"]))
    between = draw(st.sampled_from([*";;;;;;;;", ",", "\t", "; ", ""]))
    row = st.lists(cells, max_size=10).map(between.join) | st.text(max_size=9)
    sound = [row.replace(";", between) for row in CSV[path].splitlines()]
    text = draw(cut_and_mended(sound, row | recelled(between) | st.sampled_from(SOUND_ROWS)))
    return text.replace("\n", end) + draw(st.sampled_from(["", end]))


@st.composite
def recelled(draw: st.DrawFn, between: str) -> str:
    """A sound row with another cell in the place of one."""
    row = draw(st.sampled_from(SOUND_ROWS)).split(";")
    row[draw(st.integers(0, len(row) - 1))] = draw(cells)
    return between.join(row)
