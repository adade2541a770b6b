"""What is shown of a report before it is accepted: the figures that changed, and where."""

from __future__ import annotations

import pytest
from golden_figures import changed_figures

PAGE = """<style>p { margin: 1rem }</style><h1>Tertial 2 2020</h1>
<main id="sida--innehall"><h2 id="sammanfattning">Sammanfattning</h2>
<div class="prosa" id="sammanfattning--text"><p>Det var 64 % av 1 462.<br>Mot 55 %.</p></div>
<h2 id="risker">Risker</h2><p>Nivån är 12.</p>
<div class="tabell" id="placerade"><table>
<tr id="vardygn"><th>Vårdygn</th><td><span title="data/a.csv:7">−2,5</span></td></tr>
</table></div></main>"""


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", []),
        ("Det var", "Det blev", []),
        ("1rem", "2rem", []),
        ("data/a.csv:7", "data/a.csv:8", []),
        ("64 %", "65 %", ["sammanfattning--text: 64 % → 65 %"]),
        ("1 462", "1 463", ["sammanfattning--text: 1 462 → 1 463"]),
        ("Mot 55 %.", "", ["sammanfattning--text: 55 % → nothing"]),
        ("är 12", "är 12 av 16", ["risker: nothing → 16"]),
        ("−2,5", "2,5", ["vardygn: −2,5 → 2,5"]),
        ('id="vardygn"', 'id="dygn"', ["vardygn: −2,5 → nothing", "dygn: nothing → −2,5"]),
        ("2 2020", "3 2020", ["head: 2 → 3"]),
    ],
)
def test_figures_that_changed(old: str, new: str, shown: list[str]) -> None:
    before = PAGE.replace(" %", "\u00a0%").replace("1 4", "1\u00a04")
    after = PAGE.replace(old, new).replace(" %", "\u00a0%").replace("1 4", "1\u00a04")
    said = [line.replace("\u00a0", " ") for line in changed_figures(before, after)]
    assert said == shown
