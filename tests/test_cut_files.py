"""What happens to one file is told in that file: no other is said to be wrong because of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from test_faults import HAVSNÄS, HERE, plant
from validating import judged

from kvalitet.findings import Finding, Severity
from kvalitet.period import Period
from kvalitet.rules import Judged

NACKA = "nacka-barn-och-familj"
T2 = {"havsnas": Period.parse("2026-T2"), NACKA: Period.parse("2020-T2")}
UNIT = "plans/barn-och-familj"
BOARD = "plans/socialnamnden"

Change = Callable[[Path], object]
Said = set[tuple[str, str]]


def files_of(name: str) -> dict[tuple[str, str], Path]:
    """The sources of Havsnäs or Nacka, by the name of the one and the path of the file."""
    root = HAVSNÄS if name == "havsnas" else HERE.parent
    below = ["."] if name == "havsnas" else [f"plans/{NACKA}", f"data/{NACKA}"]
    paths = [path for each in below for path in sorted((root / each).rglob("*"))]
    sources = [path for path in paths if path.suffix in (".yaml", ".csv")]
    return {(name, path.relative_to(root).as_posix()): path for path in sources}


FILES = files_of("havsnas") | files_of(NACKA)
CUTS = [
    (file, size)
    for (_, file), path in FILES.items()
    for size in range(100, path.stat().st_size, 100)
]
SAY_THAT_SOMETHING_LACKS = {"R202", "R210", "R211", "R222", "R231", "R503", "R507"}


def cuts_of(cut: str) -> list[int]:
    """Where a file is cut in this run: of all cuts, half as many as the profile of hypothesis has
    examples; under the profile `fuzz` every one."""
    step = -(-len(CUTS) // (settings().max_examples // 2))
    return [size for file, size in CUTS[::step] if file == cut]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sources of both, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("copies")
    for (name, file), path in FILES.items():
        (folder / name / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / name / file)
    return {name: folder / name for name in T2}


@pytest.fixture(scope="module")
def sound(copies: dict[str, Path]) -> Said:
    """What is said of the whole files: the codes of rules that come later."""
    runs = [judged(root, at) for name, root in copies.items() for at in (None, T2[name])]
    return {(finding.code, finding.message) for run in runs for finding in run.findings}


def after(change: Change, path: Path, root: Path, at: Period | None = None) -> Judged:
    """What is judged while a file is changed."""
    whole = path.read_bytes()
    try:
        change(path)
        return judged(root, at)
    finally:
        if path.is_dir():
            path.rmdir()
        path.write_bytes(whole)


def elsewhere(run: Judged, file: str, sound: Said) -> list[Finding]:
    """What is new in other files."""
    others = [finding for finding in run.findings if finding.place.path != file]
    return [finding for finding in others if (finding.code, finding.message) not in sound]


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


LOST: dict[str, Change] = {
    "a folder in its place": make_a_folder,
    "no text": lambda path: path.write_bytes(b"\x81" + path.read_bytes()),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize(("name", "file"), FILES)
@pytest.mark.parametrize("lost", LOST)
def test_a_file_that_cannot_be_read_is_one_error_and_what_needs_it_is_not_tried(
    lost: str, name: str, file: str, copies: dict[str, Path], sound: Said
) -> None:
    root = copies[name]
    run = after(LOST[lost], root / file, root, T2[name])
    here = [finding.severity for finding in run.findings if finding.place.path == file]
    assert (here, elsewhere(run, file, sound)) == ([Severity.ERROR], [])
    plans = {path.name for path in (root / "plans").iterdir()}
    needing = plans & {*Path(file).parts} or plans
    assert {untried.plan for untried in run.untried} >= needing


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_cut_file_is_told_and_nothing_that_refers_to_what_is_lost(
    name: str, file: str, copies: dict[str, Path], sound: Said
) -> None:
    """But where it is cut at the end of a line: such a file is whole, and what it no longer says is
    truly not there. Without the line break too it is known to be cut."""
    root, whole = copies[name], (copies[name] / file).read_bytes()

    def cut(size: int) -> Judged:
        return after(lambda path: path.write_bytes(whole[:size]), root / file, root)

    for size in cuts_of(file):
        run = cut(size)
        if whole[:size].endswith(b"\n"):
            missed = {finding.code for finding in elsewhere(run, file, sound)}
            assert missed <= SAY_THAT_SOMETHING_LACKS
            run = cut(size - 1)
        assert (size, elsewhere(run, file, sound)) == (size, [])
        if "R013" in {finding.code for finding in run.findings}:
            assert run.untried


YAML = [file for _, file in files_of("havsnas") if file.endswith(".yaml")]
MISSPELT = (f"{UNIT}/2026-T2.yaml", "    mentorer:", "    mentorerna:")
UNKNOWN_TO_THE_WHOLE = (f"{BOARD}/2026-T2.yaml", "    fraga-om-vald:", "    frågan:")
LOST_ROW = ("data/barn-och-familj/nyckeltal.csv", "sjukfranvaro;2026-T2;utfall;;6,3;;\n", "")


@pytest.mark.parametrize(
    ("mistakes", "unended", "expected"),
    [
        # nothing is missed: no file is cut off
        ([], [f"{UNIT}/risker.yaml"], []),
        ([], ["kvalitet.yaml", f"{BOARD}/plan.yaml", f"{UNIT}/plan.yaml"], []),
        ([], YAML, []),
        # something is missed that may have stood in the file
        ([MISSPELT], [f"{UNIT}/risker.yaml"], ["R013 risker.yaml:35"]),
        ([MISSPELT], [f"{BOARD}/gemensamt.yaml"], ["R013 gemensamt.yaml:46"]),
        ([LOST_ROW], [LOST_ROW[0]], ["R013 nyckeltal.csv:24"]),
        # or that may not: in the file itself, of another kind, in the plan's whole
        ([MISSPELT], [MISSPELT[0]], ["R222 2026-T2.yaml:25"]),
        ([MISSPELT], [LOST_ROW[0]], ["R222 2026-T2.yaml:25"]),
        ([UNKNOWN_TO_THE_WHOLE], [f"{UNIT}/risker.yaml"], ["R222 2026-T2.yaml:7"]),
        # it is the habit of an editor
        ([MISSPELT], [f"{UNIT}/risker.yaml", f"{UNIT}/plan.yaml"], ["R222 2026-T2.yaml:25"]),
        ([MISSPELT], YAML, ["R222 2026-T2.yaml:25"]),
    ],
)
def test_a_file_that_ends_in_a_line_is_cut_off_where_something_is_missed(
    mistakes: list[tuple[str, str, str]],
    unended: list[str],
    expected: list[str],
    tmp_path: Path,
    sound: Said,
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    for mistake in mistakes:
        plant(root, *mistake)
    for file in unended:
        (root / file).write_bytes((root / file).read_bytes().rstrip())
    assert [
        f"{finding.code} {Path(finding.place.path).name}:{finding.place.line}"
        for finding in judged(root).findings
        if (finding.code, finding.message) not in sound and finding.code != "R016"
    ] == expected


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (f"{UNIT}/risker.yaml", "35:40"),
        ("data/barn-och-familj/nyckeltal.csv", "25:32"),
        ("kvalitet.yaml", "16:21"),
        ("templates/rapporter/lagesrapport.yaml", "18:20"),
    ],
)
def test_a_file_that_ends_in_a_line_may_be_cut_off(
    file: str, place: str, tmp_path: Path, sound: Said
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    (root / file).write_bytes((root / file).read_bytes().removesuffix(b"\n"))
    new = [each for each in judged(root).findings if (each.code, each.message) not in sound]
    assert [(each.code, f"{each.place.line}:{each.place.column}") for each in new] == [
        ("R016", place)
    ]


@pytest.mark.parametrize(
    ("file", "copy", "expected"),
    [
        (f"{UNIT}/risker.yaml", f"{UNIT}/risker (1).yaml", ["R004 risker (1).yaml"]),
        (
            "data/barn-och-familj/nyckeltal.csv",
            "data/barn-och-familj/ny.csv",
            ["R004 nyckeltal.csv"],
        ),
        ("templates/rapporter/lagesrapport.yaml", "templates/rapporter/ny.yaml", ["R229 ny.yaml"]),
    ],
)
def test_a_copy_of_a_file_is_told_and_read_once(
    file: str, copy: str, expected: list[str], tmp_path: Path, sound: Said
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    shutil.copy(root / file, root / copy)
    new = [each for each in judged(root).findings if (each.code, each.message) not in sound]
    assert [f"{each.code} {Path(each.place.path).name}" for each in new] == expected


@pytest.mark.parametrize("file", [f"{UNIT}/risker.yaml", "data/barn-och-familj/nyckeltal.csv"])
def test_two_versions_that_git_could_not_join_are_told_where_they_begin(
    file: str, tmp_path: Path, sound: Said
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    first, *rest = (root / file).read_text("utf-8").splitlines(keepends=True)
    halves = ("<<<<<<< HEAD\n", *rest, "=======\n", *rest, ">>>>>>> andra\n")
    (root / file).write_text("".join((first, *halves)), "utf-8")
    new = [each for each in judged(root).findings if (each.code, each.message) not in sound]
    assert [(each.code, each.place.path, each.place.line) for each in new] == [("R017", file, 2)]


def test_without_the_settings_nothing_is_said_that_they_may_have_spared(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    spared = "regler:\n  R601:\n    grad: av\n"
    at = Period.parse("2026-T3")
    plant(root, "kvalitet.yaml", "", spared)
    assert "R601" not in {finding.code for finding in judged(root, at).findings}
    plant(root, "kvalitet.yaml", "", f"{spared}    grad: av\n")
    run = judged(root, at)
    assert [finding.code for finding in run.findings] == ["R102"]
    for untried in run.untried:
        assert untried.why == "kvalitet.yaml inte kan läsas"
        assert "R601" in untried.codes
    assert len(run.untried) == 2


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        (f"{UNIT}/tillagg.yaml", []),
        ("kvalitet.yaml", ["R320"]),  # which the settings of Havsnäs accept
        ("templates/rapporter/egen.yaml", ["R202"]),
    ],
)
def test_a_file_of_comments_alone_says_nothing(
    file: str, codes: list[str], tmp_path: Path, sound: Said
) -> None:
    root = Path(shutil.copytree(HAVSNÄS, tmp_path / "havsnas"))
    plant(root, file, "", "# Här står inget än.\n")
    found = [each for each in judged(root).findings if (each.code, each.message) not in sound]
    assert [finding.code for finding in found] == codes
