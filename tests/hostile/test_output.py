"""Whatever stops a run, a report stands whole, the old or the new, and nothing lies beside it."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from test_cli import HAVSNÄS
from test_report_command import SOUND

from hostile.running import run, write
from kvalitet.cli.writing import Unwritable, write_whole

KVALITET = [sys.executable, "-m", "kvalitet"]
REPORT = ["report", "--tertial", "1"]
TESTS = Path(__file__).parents[1]
EARLIER = {f"rapporter/a/2026-T1/lagesrapport.{end}": "den förra" for end in ("html", "md")}

Make = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of one plan whose report has been made before."""
    root = tmp_path / "rot"
    shutil.copytree(HAVSNÄS / "templates", root / "templates")
    write(root, {"plans/a/plan.yaml": SOUND, **EARLIER})
    return root


def standing(root: Path) -> dict[str, str]:
    """All that lies where reports lie, and beside the repository."""
    paths = chain((root / "rapporter").rglob("*"), (root.parent / "ute").rglob("*"))
    return {path.as_posix(): path.read_text("utf-8") if path.is_file() else "" for path in paths}


def link(name: str, target: str) -> Make:
    """A link in place of what is there, to something that lies beside the repository."""

    def make(root: Path) -> None:
        write(root, {"../ute/2026-T1/lagesrapport.md": "en annans"})
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        path.symlink_to(target)

    return make


def instead(name: str, make: Callable[[Path], object]) -> Make:
    """Something else in place of the files that lie there."""

    def changed(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        make(path)

    return changed


def shut(name: str) -> Make:
    return lambda root: (root / name).chmod(0o555)


FOLDER = "rapporter/a/2026-T1"
LINK = "är en länk, och genom den skrivs inget. Ta bort den."
NO_FILE = "är ingen fil, men måste vara det. Flytta den."
NO_FOLDER = "är ingen mapp, men måste vara det. Flytta den."
NO_RIGHT = "kan inte skrivas: du får inte skriva där, eller så har ett annat program filen öppen."

IN_THE_WAY: list[tuple[Make, str]] = [
    (link("rapporter", "../ute"), f"rapporter {LINK}"),
    (link("rapporter/a", "../../ute"), f"rapporter/a {LINK}"),
    (link(FOLDER, "../../../ute/2026-T1"), f"{FOLDER} {LINK}"),
    (link(f"{FOLDER}/lagesrapport.md", "../../../../ute/a.md"), f"{FOLDER}/lagesrapport.md {LINK}"),
    (link("rapporter", "rapporter"), f"rapporter {LINK}"),
    (instead("rapporter", Path.touch), f"rapporter {NO_FOLDER}"),
    (instead(FOLDER, Path.touch), f"{FOLDER} {NO_FOLDER}"),
    (instead(f"{FOLDER}/lagesrapport.md", Path.mkdir), f"{FOLDER}/lagesrapport.md {NO_FILE}"),
    (instead(f"{FOLDER}/lagesrapport.md", os.mkfifo), f"{FOLDER}/lagesrapport.md {NO_FILE}"),
]


@pytest.mark.parametrize(("make", "says"), IN_THE_WAY)
def test_what_lies_in_the_way_is_told_and_left(
    root: Path, make: Make, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(root)
    before = standing(root)
    monkeypatch.chdir(root)
    with pytest.raises(Unwritable) as told:
        write_whole({Path(name): "ny" for name in EARLIER})
    assert (str(told.value), standing(root)) == (says, before)


def test_a_name_that_is_too_long_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"rapporter/a/{'x' * 300}.md"
    with pytest.raises(Unwritable, match="kan inte skrivas: namnet är för långt"):
        write_whole({Path("rapporter/a/kort.md"): "ny", Path(name): "ny"})
    assert [*tmp_path.iterdir()] == []


COMMANDS: list[tuple[list[str], Make, str]] = [
    (REPORT, link("rapporter", "../ute"), f"rapporter {LINK}"),
    (REPORT, shut(FOLDER), f"{FOLDER}/lagesrapport.html {NO_RIGHT}"),
    (["init"], link("plans", "../ute"), f"plans {LINK}"),
    (["init"], shut("plans"), f"plans/exempelkommun/2026-T1.yaml {NO_RIGHT}"),
]


@pytest.mark.parametrize(("command", "make", "says"), COMMANDS)
def test_a_command_that_may_not_write_says_so_in_a_line(
    root: Path, command: list[str], make: Make, says: str
) -> None:
    make(root)
    before = standing(root)
    done = run(root, *command)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{says}\n")
    assert standing(root) == before


def test_a_full_disk_keeps_the_earlier_report(root: Path) -> None:
    """A limit on the size of files, for that needs no right to mount: the HTML does not fit."""
    before = standing(root)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (5000, 5000))
    done = subprocess.run(
        [*KVALITET, *REPORT], cwd=root, capture_output=True, check=False, preexec_fn=limit
    )
    says = f"{FOLDER}/lagesrapport.html kan inte skrivas: filen blir större än den får vara.\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", says)
    assert standing(root) == before


STOPPED = [
    ("SIGTERM", "none", {("143", "none", "none", "clean"), ("143", "new", "new", "clean")}),
    (
        "SIGKILL",
        "before",
        {
            ("-9", "old", "old", "clean"),
            ("-9", "old", "old", "left"),
            ("-9", "new", "old", "left"),
            ("-9", "new", "new", "left"),
            ("-9", "new", "new", "clean"),
        },
    ),
]


@pytest.mark.parametrize(("name", "stood", "expected"), STOPPED)
def test_a_signal_at_every_step_of_the_writing(
    name: str, stood: str, expected: set[tuple[str, ...]]
) -> None:
    program = [sys.executable, "-m", "hostile.stepwise", name, stood]
    done = subprocess.run(program, cwd=TESTS, capture_output=True, check=True)
    seen = {tuple(each) for each in json.loads(done.stdout)}
    assert seen == {*expected, ("0", "new", "new", "clean")}


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_run_that_is_stopped_says_nothing_and_leaves_nothing(
    root: Path, name: str, code: int
) -> None:
    for number in range(40):
        write(root, {f"plans/b{number}/plan.yaml": SOUND})
    with subprocess.Popen(
        [*KVALITET, *REPORT], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while not (root / "rapporter/b0").exists():
            time.sleep(0.002)
        process.send_signal(signal.Signals[name])
        _, stderr = process.communicate()
    assert (process.returncode, stderr) == (code, b"")
    assert [*root.rglob(".*")] == []
    reports = [path.read_text("utf-8") for path in (root / "rapporter").rglob("*.html")]
    assert 1 < len(reports) < 41
    assert all(report.endswith("</html>") for report in reports)


def test_what_a_killed_run_left_is_taken_away_the_day_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {".kvalitet-old.md": "", ".kvalitet-new.md": "", ".annan.md": ""})
    yesterday = time.time() - 25 * 60 * 60
    for name in (".kvalitet-old.md", ".annan.md"):
        os.utime(name, (yesterday, yesterday))
    write_whole({Path("a.md"): "ny"})
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {".kvalitet-new.md", ".annan.md", "a.md"}


def test_of_many_runs_at_once_each_file_is_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [Path("rapporter/a.html"), Path("rapporter/a.md")]
    whole = {sign * 100_000 for sign in "abcd"}

    def write_often(text: str) -> None:
        for _ in range(10):
            write_whole(dict.fromkeys(paths, text))

    write_often("a" * 100_000)
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(write_often, text) for text in whole]
        while not all(each.done() for each in runs):
            assert {path.read_text() for path in paths} <= whole
    assert [each.exception() for each in runs] == [None] * 4
    assert sorted(path.name for path in (tmp_path / "rapporter").iterdir()) == ["a.html", "a.md"]


def test_two_commands_at_once_each_leave_a_whole_report(root: Path) -> None:
    command = [*KVALITET, *REPORT]
    both = [subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    html, markdown = ((root / name).read_text("utf-8") for name in EARLIER)
    assert html.endswith("</html>")
    assert "fingeravtryck" in markdown.splitlines()[-1]
    assert [*root.rglob(".*")] == []


FULL = "Utskriften kan inte skrivas: disken är full.\n"
SHUT = "Utskriften är stängd, så inget kan visas.\n"
UNKNOWN = "Mappen plans/x finns inte.\n"

STREAMS = [
    ("--help", ">/dev/full", 2, FULL),
    ("--version", ">/dev/full", 2, FULL),
    ("validate", ">/dev/full", 2, FULL),
    ("score --format csv", ">/dev/full", 2, FULL),
    ("report --tertial 1", ">/dev/full", 2, FULL),
    ("validate", ">&-", 2, SHUT),
    ("--help", ">&-", 2, SHUT),
    ("validate", ">&- 2>&-", 2, ""),
    ("validate", "<&-", 0, ""),
    ("validate --plan x", "2>&-", 2, ""),
    ("validate --plan x", "2>/dev/full", 2, ""),
    ("validate", "| true", 141, ""),
]


@pytest.mark.parametrize(("command", "streams", "code", "says"), STREAMS)
def test_a_stream_that_is_closed_or_full(
    root: Path, command: str, streams: str, code: int, says: str
) -> None:
    done = in_shell(f"{command} {streams}", root)
    assert (done.returncode, done.stderr.decode()) == (code, says)
    assert UNKNOWN not in done.stdout.decode()


def test_a_full_disk_is_told_though_nothing_is_kept_back(root: Path) -> None:
    done = in_shell("validate >/dev/full", root, PYTHONUNBUFFERED="1")
    assert (done.returncode, done.stderr.decode()) == (2, FULL)


def in_shell(command: str, root: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What bash sees of `kvalitet` with these arguments."""
    line = f'set -o pipefail; "{sys.executable}" -m kvalitet {command}'
    env = {**os.environ, "PYTHONUNBUFFERED": "", **environment}
    return subprocess.run(["bash", "-c", line], cwd=root, env=env, capture_output=True, check=False)
