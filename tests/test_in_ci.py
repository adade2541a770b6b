"""`kvalitet validate` where a machine runs it: at GitHub, at GitLab, before a commit."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from starting import run

from kvalitet import __version__
from kvalitet.findings import Finding, Place, Severity
from kvalitet.rules import Judged
from kvalitet.terminal.github import commands, job_summary
from kvalitet.terminal.signs import harmless

ROOT = Path(__file__).resolve().parents[1]
RISK = "  - id: risk-{0}\n    namn: Risk {0}\n    mål: stöd-i-tid\n"


class Told(NamedTuple):
    """A command as GitHub's runner reads a line of output: it begins with two colons, and what
    follows on the next two is data; properties are parted by commas."""

    command: str
    properties: dict[str, str]
    data: str


def read_as_runner(line: str) -> Told | None:
    """The command of a line, None where it has none."""
    line = line.lstrip()
    info, ends, data = line.removeprefix("::").partition("::")
    if not line.startswith("::") or not ends:
        return None
    command, _, rest = info.partition(" ")
    pairs = (pair.split("=", 1) for pair in rest.split(",") if pair)
    properties = {name: unescaped(value, ":", ",") for name, value in pairs}
    return Told(command, properties, unescaped(data))


def unescaped(text: str, *more: str) -> str:
    for sign in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder with twelve errors, a warning and an info."""
    plan = tmp_path / "plans" / "exempel"
    plan.mkdir(parents=True)
    goal = "mål:\n  - id: stod-i-tid\n    namn: Stöd i tid\n"
    (plan / "plan.yaml").write_text(f"plan:\n  namn: Exempelplan\n{goal}", "utf-8")
    (plan / "arkiv.yml").write_text("", "utf-8")
    risks = "".join(RISK.format(number) for number in range(12))
    (plan / "risker.yaml").write_text(f"risker:\n{risks}", "utf-8")
    (tmp_path / "kvalitet.yaml").write_text("regler:\n  R999:\n    grad: fel\n", "utf-8")
    return tmp_path


SUM = "12 fel, 1 varning, 1 upplysning (1 plan, 0 rader data)"


def test_the_worst_ten_are_commands(faulty: Path) -> None:
    summary = faulty / "summary.md"
    result = run("validate", "--format", "github", folder=faulty, GITHUB_STEP_SUMMARY=str(summary))
    *told, last = result.stdout.decode().splitlines()
    assert (len(told), last, result.returncode) == (10, SUM, 1)
    assert told[0] == (
        "::error file=plans/exempel/risker.yaml,line=4,col=10,endColumn=20,title=R222"
        '::Inget har id "stöd-i-tid"%0AMenade du "stod-i-tid"?'
    )


def test_the_rest_stand_in_the_summary_of_the_job(faulty: Path) -> None:
    summary = faulty / "summary.md"
    summary.write_text("# Före\n\n", "utf-8")
    run("validate", "--format", "github", folder=faulty, GITHUB_STEP_SUMMARY=str(summary))
    assert (
        summary.read_text("utf-8")
        == f"""\
# Före

### kvalitet validate

{SUM}

De 10 värsta är utmärkta i filerna. Resten:

| kod | plats | påpekande |
|---|---|---|
| R222 fel | plans/exempel/risker.yaml:34 | Inget har id "stöd-i-tid" |
| R222 fel | plans/exempel/risker.yaml:37 | Inget har id "stöd-i-tid" |
| R004 varning | plans/exempel/arkiv.yml | Här läses bara filer som slutar på .yaml |
| R010 upplysning | kvalitet.yaml:2 | Ingen regel heter R999 |
"""
    )


def test_the_summary_is_printed_where_there_is_no_file_for_it(faulty: Path) -> None:
    shown = run("validate", "--format", "github", folder=faulty, GITHUB_STEP_SUMMARY="")
    assert f"{SUM}\n\n### kvalitet validate\n\n{SUM}\n\nDe 10" in shown.stdout.decode()


def test_what_is_accepted_and_not_tried_stands_in_the_summary(faulty: Path) -> None:
    (faulty / "kvalitet.yaml").write_text(
        "undantag:\n  - regel: R222\n    plats: exempel/risk-1\n"
        "    skäl: Beslutas | sedan.\n    slut: 2030-12-31\n",
        "utf-8",
    )
    other = faulty / "plans" / "annan"
    other.mkdir()
    (other / "plan.yaml").write_text("plan: [\n", "utf-8")
    (other / "risker.yaml").write_text("risker:\n" + RISK.format(1), "utf-8")
    shown = run("validate", "--format", "github", folder=faulty, GITHUB_STEP_SUMMARY="")
    lines = shown.stdout.decode().splitlines()
    assert any(
        re.fullmatch(r"- annan: \d+ regler är inte prövade, eftersom .*\.", line) for line in lines
    )
    assert (
        "- Godtaget till och med 2030-12-31: R222 exempel/risk-1, 1 påpekande. "
        "Beslutas &#124; sedan."
    ) in lines


def test_places_are_told_from_the_top_of_what_is_checked_out(faulty: Path) -> None:
    arguments = ("validate", "--format", "github")
    top, outside = str(faulty.parent), str(faulty / "plans")
    for workspace, begins in ((top, f"file={faulty.name}/plans/"), (outside, "file=plans/")):
        shown = run(*arguments, folder=faulty, GITHUB_WORKSPACE=workspace).stdout.decode()
        assert shown.startswith(f"::error {begins}exempel/risker.yaml,")


def test_a_summary_that_cannot_be_written(faulty: Path) -> None:
    nowhere = str(faulty / "finns" / "inte.md")
    result = run("validate", "--format", "github", folder=faulty, GITHUB_STEP_SUMMARY=nowhere)
    says = "GITHUB_STEP_SUMMARY kan inte skrivas: mappen finns inte längre.\n"
    assert (result.stderr.decode(), result.returncode) == (says, 2)


def test_a_sound_plan_gives_no_command(tmp_path: Path) -> None:
    run("init", folder=tmp_path)
    shown = run("validate", "--format", "github", folder=tmp_path).stdout.decode()
    assert shown.startswith("Inga påpekanden (1 plan, ")
    assert "::" not in shown
    assert "|" not in shown


HOSTILE = st.lists(
    st.text(max_size=5)
    | st.sampled_from(
        [
            "::error::", "::", "%0A", "%", "\n", "\r\n", "|", "\\|", "\\", "`", "```", "<img>",
            "&#124;", "<!--", "-->", "##[error]", "](x)", "[a", "**", "$$", ",", "title=x", "- ",
        ]
    ),
    max_size=8,
).map("".join)  # fmt: skip
FINDINGS = st.builds(
    Finding,
    code=st.just("R222"),
    severity=st.sampled_from(Severity),
    message=HOSTILE,
    place=st.builds(
        Place,
        path=HOSTILE.map("plans/{}".format),
        line=st.integers(0, 9),
        column=st.integers(0, 9),
        end_column=st.integers(0, 9),
    ),
    hint=HOSTILE,
)


def judged(findings: list[Finding]) -> Judged:
    return Judged(tuple(findings), (), plans=1, rows=0)


@given(st.lists(FINDINGS, min_size=1, max_size=14))
def test_no_text_breaks_out_of_its_command(findings: list[Finding]) -> None:
    lines = commands(judged(findings)).split("\n")[:-2]
    told = [command for line in lines if (command := read_as_runner(line))]
    worst = sorted(findings, key=lambda each: [*Severity].index(each.severity))[:10]
    assert len(lines) == len(told) == len(worst)
    for command, finding in zip(told, worst, strict=True):
        words = "\n".join(filter(None, (finding.message, finding.hint)))
        assert command.data == harmless(words)
        assert command.properties.keys() <= {"file", "line", "col", "endColumn", "title"}
        assert command.properties["title"] == "R222"
        assert command.properties["file"].startswith("plans")


@given(st.lists(FINDINGS, min_size=11, max_size=14))
def test_no_text_breaks_out_of_its_cell(findings: list[Finding]) -> None:
    text = job_summary(judged(findings))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    cells = [token.children or [] for before, token in pairwise(tokens) if before.type == "td_open"]
    rest = sorted(findings, key=lambda each: [*Severity].index(each.severity))[10:]
    assert [token.type for token in tokens].count("tr_open") == 1 + len(rest)
    assert {piece.type for cell in cells for piece in cell} <= {"text", "text_special"}
    assert ["".join(piece.content for piece in cell) for cell in cells[2::3]] == [
        " ".join(harmless(finding.message).split()) for finding in rest
    ]
    assert not any(map(read_as_runner, text.split("\n")))
    assert "##[" not in text


def test_a_summary_is_never_larger_than_github_takes() -> None:
    findings = [
        Finding("R222", Severity.ERROR, "|" * 400, Place(f"plans/exempel/{n}.yaml"))
        for n in range(5000)
    ]
    text = job_summary(judged(findings))
    assert len(text.encode()) < 2**20
    assert text.endswith(" rader till får inte plats här: kvalitet validate visar allt.\n")


WORKFLOW = ROOT / "docs" / "ci" / "github.yml"
JOB = ROOT / "docs" / "ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def scripts(path: Path) -> Iterator[str]:
    """The commands that a workflow or a job runs."""
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    jobs = content["jobs"].values() if "jobs" in content else content.values()
    for job in jobs:
        yield from job.get("script", ())
        yield from (step["run"] for step in job.get("steps", ()) if "run" in step)


@pytest.mark.parametrize("path", [WORKFLOW, JOB], ids=lambda path: path.name)
def test_a_job_to_copy_installs_this_version_and_runs(path: Path, tmp_path: Path) -> None:
    install, *ours = scripts(path)
    assert install == f"pip install kvalitet=={__version__}"
    run("init", folder=tmp_path)
    for command in ours:
        program, *arguments = shlex.split(command)
        assert (program, run(*arguments, folder=tmp_path).returncode) == ("kvalitet", 0)
    assert ours


@pytest.mark.parametrize("path", [WORKFLOW, JOB], ids=lambda path: path.name)
def test_a_job_to_copy_runs_when_what_is_read_has_changed(path: Path) -> None:
    text = path.read_text("utf-8")
    for read in ("plans/**", "data/**", "templates/**", "kvalitet.yaml"):
        assert text.count(read) == (2 if path == WORKFLOW else 1)
    assert "://" not in text


def test_the_readme_shows_the_steps_of_the_workflow() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    [block] = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert [without_more(step) for step in yaml.safe_load(block)] == [
        without_more(step) for step in workflow["jobs"]["validate"]["steps"]
    ]


def without_more(step: dict[str, Any]) -> dict[str, Any]:
    return {key: step[key] for key in step.keys() & {"uses", "run"}}


def test_the_workflow_may_only_read() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    uses = [step["uses"] for step in workflow["jobs"]["validate"]["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", each) for each in uses)


def test_the_hook_is_a_command_of_ours(tmp_path: Path) -> None:
    [hook] = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == (
        "kvalitet-validate", "python", False,
    )  # fmt: skip
    program, *arguments = hook["entry"].split()
    assert program == "kvalitet"
    run("init", folder=tmp_path)
    assert run(*arguments, folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("plans/nacka/risker.yaml", True),
        ("data/nacka/nyckeltal.csv", True),
        ("templates/rapporter/lagesrapport.yaml", True),
        ("kvalitet.yaml", True),
        ("rapporter/nacka/2026-T1/lagesrapport.md", False),
        ("docs/plans/x.yaml", False),
        ("plans.md", False),
        ("kvalitet.yaml.bak", False),
        ("gammal-kvalitet.yaml", False),
    ],
)
def test_the_hook_runs_for_what_is_read(path: str, concerns: bool) -> None:
    [hook] = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert bool(re.search(hook["files"], path)) == concerns
