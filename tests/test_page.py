"""The colours of the page, reckoned: what the browser tests cannot judge, as in charts."""

from __future__ import annotations

import re

import pytest

from kvalitet import resources

CSS = (resources.templates() / "sida.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS))
LEVELS = [name.removesuffix("-text") for name in COLOURS if name.endswith("-text")]
RULES = re.findall(r"([^{}]*){([^{}]*)}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
TEXT, LINE = 4.5, 3.0
"""WCAG 2.1: 1.4.3 for text, 1.4.11 for lines that carry meaning."""


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_can_be_read_and_so_can_a_link_in_its_square(level: str) -> None:
    assert contrast(level, f"{level}-text") >= TEXT


@pytest.mark.parametrize("paper", ["papper", "ton"])
@pytest.mark.parametrize("ink", ["text", "dampad", "lank"])
def test_text_can_be_read(paper: str, ink: str) -> None:
    assert contrast(paper, ink) >= TEXT


@pytest.mark.parametrize("ink", ["utfall", "niva", "mal", "dampad", "text"])
def test_the_words_of_a_chart_can_be_read_and_its_lines_be_seen(ink: str) -> None:
    assert contrast("papper", ink) >= TEXT


@pytest.mark.parametrize(
    ("selector", "paper", "ink", "least"),
    [
        (".anvisning", "bla", "text", TEXT),
        (".utkast", "orange", "orange-text", TEXT),
        (".anvisning", "papper", "bla-text", LINE),
        ("a:focus-visible", "papper", "lank", LINE),
    ],
)
def test_a_box_and_a_mark_of_focus_stand_out(
    selector: str, paper: str, ink: str, least: float
) -> None:
    assert any(selector in found for found, _ in RULES)
    assert contrast(paper, ink) >= least


def test_every_colour_is_named_and_every_name_is_a_colour() -> None:
    outside = [
        line.strip()
        for line in CSS.splitlines()
        if re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", re.sub(r"--[a-z-]+: #[0-9a-f]{6};", "", line))
    ]
    assert outside == []
    assert set(re.findall(r"var\(--([a-z-]+)\)", CSS)) == set(COLOURS)
    assert LEVELS == ["gron", "gul", "orange", "rod", "bla", "gra"]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1: the ratio of the lighter to the darker."""
    pair = (luminance(COLOURS[one]), luminance(COLOURS[other]))
    return (max(pair) + 0.05) / (min(pair) + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
