"""Whatever text stands in a file of a plan: findings in their places, never a traceback; and the
report where there is no error (design 7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.sandbox import SHOWN, Sandbox, few, go_through
from fuzz.small_plan import CSV, FILES, YAML
from fuzz.sources import csv_texts, yaml_texts
from kvalitet.period import Period

T1, T2 = Period.parse("2026-T1"), Period.parse("2026-T2")

CODINGS = st.sampled_from(["utf-8"] * 9 + ["utf-8-sig", "cp1252", "mac_roman", "utf-16"])
ONE_OR_TWO = st.lists(st.sampled_from([*YAML]), min_size=1, max_size=2, unique=True)
PERIODS = st.sampled_from([T2, T2, T1, Period.parse("2026"), Period.parse("2029-T3")])


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(tmp_path_factory.mktemp("text"), FILES)


def encoded(text: str, coding: str) -> bytes:
    return text.encode(coding, "surrogatepass" if coding.startswith("utf") else "replace")


@few(40)
@given(ONE_OR_TWO, st.data(), CODINGS, PERIODS, st.sampled_from(SHOWN))
def test_any_text_in_yaml_files(
    sandbox: Sandbox, paths: list[str], data: st.DataObject, coding: str, at: Period, format: str
) -> None:
    texts = {path: encoded(data.draw(yaml_texts(path)), coding) for path in paths}
    with sandbox.having(texts) as root:
        go_through(root, at, format)


@few(40)
@given(st.sampled_from([*CSV]), st.data(), CODINGS, PERIODS, st.sampled_from(SHOWN))
def test_any_text_in_a_csv_file(
    sandbox: Sandbox, path: str, data: st.DataObject, coding: str, at: Period, format: str
) -> None:
    text = data.draw(csv_texts(path) | st.text())
    with sandbox.having({path: encoded(text, coding)}) as root:
        go_through(root, at, format)


JOINED_LINES = "uppföljning:\n  2026-T2:\n    ord: Ord\n      {{ x\n"
TABLE_FOR_ID = (
    "avvikelser:\n  - id: v9\n    namn: Namn\n    åtgärder:\n      - |\n        a\n        b\n"
)


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        # The place of the call was reckoned in the joined text, beyond the end of the line.
        (
            "plans/hel/2026-T2.yaml",
            JOINED_LINES.encode(),
            ["R110 3:10     ord: Ord", "R210 3:10     ord: Ord"],
        ),
        # The message went on at a second line.
        ("plans/hel/2026-T2.yaml", TABLE_FOR_ID.encode(), ["R222 5:9       - |"]),
        # The line was shown without its last sign.
        ("kvalitet.yaml", b"\xc5", ["R002 1:1 Å"]),
        # The place was reckoned without the mark of byte order before the text.
        ("kvalitet.yaml", b"\xef\xbb\xbfa:\xed\xa0\x80", ["R002 1:3 a:í\xa0€"]),
        # The line was not shown, since the sign at its end was taken for a part of the line break.
        ("kvalitet.yaml", b"format: 1\r\r\n", ["R003 1:10 format: 1\r"]),
    ],
)
def test_what_was_found(sandbox: Sandbox, path: str, data: bytes, told: list[str]) -> None:
    with sandbox.having({path: data}) as root:
        found = go_through(root, T2, "html")
    assert told == [
        f"{each.code} {each.place.line}:{each.place.column} {each.place.excerpt}"
        for each in found
        if each.place.path == path
    ]
