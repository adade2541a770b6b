"""Lines of a file, found and read without holding the file."""

from __future__ import annotations

import codecs
from collections.abc import Collection
from typing import BinaryIO

_BLOCK = 2**16
_LONGEST = 4096


def excerpts(file: BinaryIO, numbers: Collection[int]) -> dict[int, str]:
    """The lines of these numbers (from 1) without their breaks, each as far as anybody reads."""
    return {number: _line(file, start) for number, start in _starts(file, numbers).items()}


def _starts(file: BinaryIO, numbers: Collection[int]) -> dict[int, int]:
    """Where in the file each line begins."""
    starts: dict[int, int] = {}
    waiting = sorted(numbers, reverse=True)
    line, passed = 1, 0
    while waiting and (block := file.read(_BLOCK)):
        last, at = line + block.count(b"\n"), 0
        while waiting and waiting[-1] <= last:
            for _ in range(waiting[-1] - line):
                at = block.index(b"\n", at) + 1
            line = waiting.pop()
            starts[line] = passed + at
        line, passed = last, passed + len(block)
    return starts


def _line(file: BinaryIO, start: int) -> str:
    file.seek(start)
    data = file.readline(_LONGEST)
    is_cut = len(data) == _LONGEST  # and its end may be half a sign
    data = data.removesuffix(b"\n").removesuffix(b"\r")
    if start == 0:
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=not is_cut)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
