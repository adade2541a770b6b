"""`kvalitet` in a process of its own, as a user starts it, but forked from one that has imported
its libraries, for hundreds of tests need not wait for that: test_cli shows that it is the same."""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TextIO

import kvalitet
from kvalitet.cli import main

Ended = subprocess.CompletedProcess[bytes]
"""What a command printed in a pipe, and how it ended: a number below 0 is that of a signal."""

LARGEST = 2**30
"""Bytes of memory that a command may take."""
LONGEST = 60
"""Seconds after which a command is taken to hang."""
_LONGEST_ORDER = 2**17


def run(*arguments: str, folder: Path, **environment: str) -> Ended:
    """How the command ends in a folder. Forked, unless the interpreter is to heed something that
    it only reads when it starts."""
    if any(name.startswith("PYTHON") for name in environment):
        return run_truly(*arguments, folder=folder, **environment)
    order = json.dumps((arguments, os.fspath(folder), _changed(environment))).encode()
    server = _server()
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as out, tempfile.TemporaryFile() as err:
        socket.send_fds(server, [order], [writing, err.fileno()])
        os.close(writing)
        printed = out.read()
        code = int(server.recv(_LONGEST_ORDER))
        err.seek(0)
        return Ended(arguments, code, printed, err.read())


def run_truly(*arguments: str, folder: Path, **environment: str) -> Ended:
    """The same, with an interpreter of its own."""
    command = [*without_privilege(), sys.executable, "-m", "kvalitet", *arguments]
    env = _changed(environment)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)


def without_privilege() -> list[str]:
    """Words before a command so that root too is refused what the rights of a file refuse."""
    if os.geteuid():
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def _changed(environment: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "COLUMNS": "80", **environment}


@cache
def _server() -> socket.socket:
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        process = subprocess.Popen(
            [*without_privilege(), sys.executable, "-P", __file__, str(its.fileno())],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            pass_fds=[its.fileno()],
            process_group=0,
        )
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _serve(orders: socket.socket) -> None:
    for module in walk_packages(kvalitet.__path__, "kvalitet."):
        if module.name != "kvalitet.__main__":
            import_module(module.name)
    while True:
        order, streams, _, _ = socket.recv_fds(orders, _LONGEST_ORDER, 2)
        if not order:
            return
        child = os.fork()
        if not child:
            orders.close()
            _become(order, streams)
            _run()
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        orders.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: bytes, streams: Sequence[int]) -> None:
    """Makes this process what that of the command would be when its libraries are imported."""
    arguments, folder, environment = json.loads(order)
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    signal.alarm(LONGEST)
    for stream, old in zip(streams, (sys.stdout, sys.stderr), strict=True):
        os.dup2(stream, old.fileno())
        os.close(stream)
    # Anew, for a stream remembers what it was opened on.
    sys.stdout, sys.stderr = _opened(sys.stdout), _opened(sys.stderr, buffering=1)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["kvalitet", *arguments]


def _run() -> None:
    """The command; what is imported need not be taken down again, module by module."""
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    assert isinstance(code, int)
    os._exit(code)


def _opened(old: TextIO, buffering: int = -1) -> TextIO:
    return os.fdopen(
        old.fileno(), "w", buffering, encoding=old.encoding, errors=old.errors, closefd=False
    )


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as _orders:
        _serve(_orders)
