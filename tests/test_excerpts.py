"""The lines shown beside findings, as far as anybody reads."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.source.excerpt import excerpts


@pytest.mark.parametrize(
    ("data", "line", "shown"),
    [
        (b"a\nb\nc", 2, "b"),
        (b"a\r\nb\r\n", 1, "a"),
        (b"\xef\xbb\xbfa: b\n", 1, "a: b"),
        ("å\nö\n".encode(), 2, "ö"),
        ("å\nö\n".encode("cp1252"), 2, "ö"),
        (b"a\n" * 100_000 + b"b\n", 100_001, "b"),
        (b"a\n" + b"b" * 100_000 + b"\nc", 3, "c"),
        (b"a" * 100_000, 1, "a" * 4096),
        (b"a" + "å".encode() * 100_000, 1, "a" + "å" * 2047),
    ],
)
def test_a_line(data: bytes, line: int, shown: str) -> None:
    assert excerpts(BytesIO(data), {line}) == {line: shown}


def test_a_line_that_the_file_no_longer_has() -> None:
    assert excerpts(BytesIO(b"a\nb"), {2, 7}) == {2: "b"}


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=100))
def test_lines_are_those_that_the_text_splits_into(lengths: list[int]) -> None:
    lines = ["å".ljust(length, "x") for length in lengths]
    found = excerpts(BytesIO("\n".join(lines).encode()), range(1, len(lines) + 1))
    assert list(found.values()) == lines
