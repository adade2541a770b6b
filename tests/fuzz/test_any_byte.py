"""Whatever bytes of a sound plan are changed, put in or taken out: findings in their places, never
a traceback; and the report where there is no error (design 7)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.sandbox import SHOWN, Sandbox, few, files_below, go_through
from fuzz.sources import KEYS, WORDS
from kvalitet import resources
from kvalitet.period import Period

T2 = Period.parse("2026-T2")
HAVSNÄS = files_below(Path(__file__).parents[1] / "havsnas")
EXEMPELKOMMUN = {name: source.read_bytes() for name, source in resources.example_files()}

SIGNS = b" \n\r\t:;,.-_#|>[]{}\"'&*!%@`?~\\/=+0129xTKHA"
signs = st.sampled_from([SIGNS[at : at + 1] for at in range(len(SIGNS))])
words = st.sampled_from([word.encode() for word in (*KEYS, *WORDS)])
new = signs | signs | words | st.just(b"") | st.binary(max_size=2)


@st.composite
def edited(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with one to three edits: up to three bytes, or a line, in the place of others."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        line = data.find(b"\n", start) + 1 or len(data)
        end = draw(st.sampled_from([start, start + 1, start + 1, start + 3, line]))
        data = data[:start] + draw(new) + data[end:]
    return data


@pytest.fixture(scope="module")
def havsnäs(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(tmp_path_factory.mktemp("havsnas"), HAVSNÄS)


@pytest.fixture(scope="module")
def exempelkommun(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(tmp_path_factory.mktemp("exempel"), EXEMPELKOMMUN)


@few(30)
@given(st.sampled_from([*HAVSNÄS]), st.data(), st.sampled_from(SHOWN))
def test_any_bytes_in_havsnäs(
    havsnäs: Sandbox, path: str, data: st.DataObject, format: str
) -> None:
    with havsnäs.having({path: data.draw(edited(HAVSNÄS[path]))}) as root:
        go_through(root, T2, format)


@few(30)
@given(st.sampled_from([*EXEMPELKOMMUN]), st.data(), st.sampled_from(SHOWN))
def test_any_bytes_in_what_init_writes(
    exempelkommun: Sandbox, path: str, data: st.DataObject, format: str
) -> None:
    with exempelkommun.having({path: data.draw(edited(EXEMPELKOMMUN[path]))}) as root:
        go_through(root, T2, format)
