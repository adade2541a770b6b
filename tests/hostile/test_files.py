"""Files and folders that are not what they seem, or that nobody should open."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest
from validating import judged

from hostile.running import SOUND, Case, check, files, here, write
from kvalitet.load import load, situate
from kvalitet.rules import judge
from kvalitet.source.files import read_bytes
from kvalitet.terminal import findings_as_json

A = "plans/exempel/a.yaml"
CSV = "data/exempel/a.csv"
SECRET = "ghp_hemlighet"
MEGABYTE = 2**20
RISK = "risker:\n  - id: r\n    namn: R\n"

Make = Callable[[Path], None]


def link(name: str, target: str) -> Make:
    """A link; what it leads to outside of the repository is a plan with a secret in it."""

    def make(root: Path) -> None:
        write(root, {"../utanför/plan.yaml": f"plan:\n  namn: {SECRET} ö\nfel: {SECRET}\n"})
        write(root, {"../utanför/a.csv": f"{SECRET};period\n"})
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return make


def fifo(name: str) -> Make:
    return lambda root: os.mkfifo(_parent_made(root / name))


def unix_socket(name: str) -> Make:
    return lambda root: os.mknod(_parent_made(root / name), stat.S_IFSOCK | 0o600)


def folder(name: str) -> Make:
    return lambda root: (root / name).mkdir(parents=True)


def shut(name: str, text: str = "") -> Make:
    """A file, or with no text a folder, that nobody may read."""

    def make(root: Path) -> None:
        if text:
            write(root, {name: text})
        else:
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / name).chmod(0)

    return make


def large(name: str, size: int) -> Make:
    """A file of that size, which takes no room on the disk."""

    def make(root: Path) -> None:
        with _parent_made(root / name).open("wb") as file:
            file.truncate(size)

    return make


def many_files(root: Path) -> None:
    risks = (f"risker:\n  - id: r{number}\n    namn: R\n" for number in range(3_000))
    write(root, {f"plans/exempel/{number}.yaml": risk for number, risk in enumerate(risks)})
    write(root, {"plans/exempel/last.yaml": "texter:\n  okänt: A\n"})


def many_plans(root: Path) -> None:
    for number in range(500):
        (root / f"plans/p{number}").mkdir()


def odd_bytes(root: Path) -> None:
    write(root, {A: RISK})
    (root / A).rename(os.fsdecode(os.fsencode(root / A)[:-6] + b"\xff\x1b.yaml"))


def _parent_made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


LARGE = b"# " + 15 * (MEGABYTE // 4) * b"x" + b"\n"
THIRTEEN = {f"plans/exempel/{number}.yaml": LARGE for number in range(11, 24)}
APART = [
    Case("link to a secret", link(A, "../../../utanför/plan.yaml"), [f"R001 {A}"]),
    Case("FIFO, YAML", fifo(A), [f"R001 {A}"]),
    Case("FIFO, CSV", fifo(CSV), [f"R001 {CSV}"]),
    Case("FIFO, settings", fifo("kvalitet.yaml"), ["R001 kvalitet.yaml"]),
    Case("no permission, YAML", shut(A, RISK), [f"R001 {A}"]),
    Case("no permission, CSV", shut(CSV, "x"), [f"R001 {CSV}"]),
    Case("no permission, folder", shut("plans/dold"), ["R001 plans/dold"]),
    Case("no permission, templates", shut("templates"), ["R001 templates"]),
    Case("300 MB, CSV", large(CSV, 300 * MEGABYTE), [f"R007 {CSV}"]),
    Case("49 MB in thirteen files", files(THIRTEEN), ["R007 plans/exempel/23.yaml"]),
    Case("3 000 files in a plan", many_files, ["R222 plans/exempel/last.yaml:2:3"]),
    Case("500 empty plans", many_plans, sorted(f"R202 plans/p{n}" for n in range(500))),
    Case("bytes in a name that are no text", odd_bytes, [r"R015 plans/exempel/\udcff\x1b.yaml"]),
]
LINKS = [
    Case("link to itself", link(A, "a.yaml"), [f"R001 {A}"]),
    Case("link that leads nowhere", link(A, "flyttad"), [f"R001 {A}"]),
    Case("link within the repository", link(A, "plan.yaml"), [f"R001 {A}"]),
    Case("link to a folder", link(A, ".."), [f"R001 {A}"]),
    Case("link, other ending", link("plans/exempel/a.txt", "x"), ["R001 plans/exempel/a.txt"]),
    Case("link, CSV", link(CSV, "../../../utanför/a.csv"), [f"R001 {CSV}"]),
    Case("link, plan", link("plans/ny", "../../utanför"), ["R001 plans/ny"]),
    Case("link, data of a plan", link("data/exempel", "../../utanför"), ["R001 data/exempel"]),
    Case("link, data", link("data", "../utanför"), ["R001 data"]),
    Case("link, settings", link("kvalitet.yaml", "../utanför/plan.yaml"), ["R001 kvalitet.yaml"]),
    Case(
        "link, reports",
        link("templates/rapporter", "../../utanför"),
        ["R001 templates/rapporter"],
    ),
    Case("link, templates to itself", link("templates", "templates"), ["R001 templates"]),
    Case("link, templates", link("templates", "../utanför"), ["R001 templates"]),
]
HERE = [
    Case("socket", unix_socket(A), [f"R001 {A}"]),
    Case("FIFO where a folder should be", fifo("data"), ["R001 data"]),
    Case("100 MB, YAML", large(A, 100 * MEGABYTE), [f"R007 {A}"]),
    Case("20 MB, settings", large("kvalitet.yaml", 20 * MEGABYTE), ["R007 kvalitet.yaml"]),
    Case("folders in folders", folder(f"plans/exempel/{'d/' * 500}"), ["R004 plans/exempel/d"]),
    Case("folder a.yaml", folder(A), [f"R001 {A}"]),
    Case("folder a.csv", folder(CSV), [f"R001 {CSV}"]),
    Case("folder kvalitet.yaml", folder("kvalitet.yaml"), ["R001 kvalitet.yaml"]),
    Case("file where a folder should be", files({"data": ""}), ["R001 data"]),
    Case("newer format", files({"kvalitet.yaml": "format: 2\n"}), ["R009 kvalitet.yaml:1:9"]),
    Case(
        "newline in a name",
        files({"plans/exempel/a\nb.yaml": RISK}),
        [r"R015 plans/exempel/a\nb.yaml"],
    ),
    Case("UTF-16", files({A: RISK.encode("utf-16")}), [f"R002 {A}"]),
    Case("UTF-32", files({A: RISK.encode("utf-32")}), [f"R002 {A}"]),
    Case("UTF-16 without a mark", files({A: RISK.encode("utf-16-le")}), [f"R008 {A}:1:2"]),
    Case("NUL", files({A: b"a: \0\n"}), [f"R008 {A}:1:4"]),
    Case("invalid UTF-8", files({A: b"a: \xc3\x28\n"}), [f"R002 {A}:1:4"]),
    Case("lone surrogate", files({A: b"a: \xed\xa0\x80\n"}), [f"R002 {A}:1:4"]),
    Case("mark of byte order inside", files({A: "a: b\n\ufeffc: d\n"}), [f"R008 {A}:2:1"]),
    Case("turned direction", files({A: "a: b\u202e c\n"}), [f"R008 {A}:1:5"]),
]


CASES = APART + LINKS + HERE


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder with one beside it, both gone when the test is over: what is large is not kept."""
    with TemporaryDirectory() as folder:
        (root := Path(folder, "rot")).mkdir()
        yield root


@pytest.mark.parametrize("case", APART, ids=[case.name for case in APART])
def test_a_file_that_could_harm_the_machine(case: Case, root: Path) -> None:
    check(case, root)


@pytest.mark.parametrize("case", HERE, ids=[case.name for case in HERE])
def test_a_file_that_is_not_what_it_seems(case: Case, root: Path) -> None:
    check(case, root, here)


@pytest.mark.parametrize("case", LINKS, ids=[case.name for case in LINKS])
def test_what_a_link_leads_to_is_told_nowhere(case: Case, root: Path) -> None:
    printed = check(case, root, here).stdout
    assert SECRET not in printed + findings_as_json(judged(root))


CHANGES: dict[str, Make] = {
    "gone": lambda root: (root / A).unlink(),
    "empty": files({A: ""}),
    "shorter": files({A: "risker:\n"}),
    "other bytes": files({A: b"\xff\0\r"}),
    "deep": files({A: "- " * 1000 + "a"}),
    "a link to a secret": lambda root: link(A, "../../../utanför/plan.yaml")(_without(A, root)),
    "a FIFO": lambda root: fifo(A)(_without(A, root)),
    "larger than all bounds": large(A, 300 * MEGABYTE),
}


def _without(name: str, root: Path) -> Path:
    (root / name).unlink()
    return root


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_before_its_lines_are_shown(change: str, root: Path) -> None:
    write(root, SOUND | {A: f"{RISK}    mål: saknas\n    fel: ja\n"})
    loaded = load(root)
    run = judge(loaded.register, loaded.findings)
    CHANGES[change](root)
    in_file = [each for each in situate(root, run.findings) if each.place.path == A]
    assert [each.code for each in in_file] == ["R201", "R222"]
    assert SECRET not in str(in_file)


Again = Callable[[Callable[[], None]], object]


@pytest.fixture
def meanwhile() -> Iterator[Again]:
    """Does something again and again in a thread, until the test is over."""
    over = Event()

    def go_on(step: Callable[[], None]) -> None:
        while not over.is_set():
            step()

    with ThreadPoolExecutor() as pool:
        yield lambda step: pool.submit(go_on, step)
        over.set()


def test_a_file_that_becomes_a_link_or_a_pipe_while_it_is_opened(
    root: Path, meanwhile: Again
) -> None:
    write(root, {"secret": SECRET, "a": "text"})
    makers: Iterator[Callable[[Path], object]] = cycle(
        (
            lambda new: new.write_text("text"),
            lambda new: new.symlink_to("secret"),
            os.mkfifo,
        )
    )

    def change() -> None:
        next(makers)(root / "new")
        (root / "new").replace(root / "a")

    meanwhile(change)
    seen = [read_bytes(root, "a", MEGABYTE) for _ in range(500)]
    assert {data for data, findings in seen if not findings} <= {b"text"}
    assert {each.code for _, findings in seen for each in findings} <= {"R001"}


def test_a_file_that_is_written_while_it_is_read_is_as_it_stood_or_told(
    root: Path, meanwhile: Again
) -> None:
    def change() -> None:
        larger = (root / "a").stat().st_size < MEGABYTE
        with (root / "a").open("ab" if larger else "wb", buffering=0) as file:
            file.write(b"a: b\n" * 1000)

    write(root, {"a": ""})
    meanwhile(change)
    seen = [read_bytes(root, "a", 2 * MEGABYTE) for _ in range(200)]
    assert all(data == (b"a: b\n" * len(data))[: len(data)] for data, _ in seen)
    told = {each.message for _, findings in seen for each in findings}
    assert told <= {"Filen ändrades medan den lästes"}
