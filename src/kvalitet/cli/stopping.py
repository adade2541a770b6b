"""Signals that end a run: it finishes the file that it writes, and says nothing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NUMBERS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Stopped(BaseException):
    """A signal has come; `signal` is its number."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


@contextmanager
def stoppable() -> Iterator[None]:
    """Signals that end a run raise Stopped where it is; those that are ignored (nohup) stay so.
    A pipe that nobody reads any longer ends it at once, as it ends other programs."""
    heeded = [number for number in _NUMBERS if signal.getsignal(number) != signal.SIG_IGN]
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for number in heeded:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Lets the signals that would raise Stopped wait until what is within is done."""
    heeded = [number for number in _NUMBERS if signal.getsignal(number) is _stop]
    come: list[int] = []
    for number in heeded:
        signal.signal(number, lambda number, _: come.append(number))
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, _stop)
        if come:
            raise Stopped(come[0])


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(number)
