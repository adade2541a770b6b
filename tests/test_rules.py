"""Every code has a page, and every page is a test: its failing example gives its answer to the
letter, its sound one gives nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starting import run
from validating import validate

from kvalitet import resources
from kvalitet.findings import CATALOGUE
from kvalitet.period import Period

PLAN = "plan:\n  namn: Exempelplan\n  år: 2026\n"
BLOCK = re.compile(
    r"^```(\w+)(?: fil=(\S+))?(?: gånger=(\d+))?(?: (?:period|rapport)=\S+)?\n(.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
PERIOD = re.compile(r"^```yaml .*period=(\S+)$", re.MULTILINE)
REPORT = re.compile(r"^```yaml .*rapport=(\S+)$", re.MULTILINE)
PAGES = {page.stem: page for page in resources.rule_pages()}


def examples(code: str, heading: str) -> dict[str, bytes | Path]:
    """The files of the page's example under a heading, with a plan where it writes none.

    A block may be `gånger=N`: its text so many times; `period=P`: judged at that report;
    `rapport=P`: the answer is that of `kvalitet report` for that period; of kind
    `bytes`: what cannot be shown as text; of kind `länk`: a link to the path that it holds.
    """
    section = PAGES[code].read_text("utf-8").partition(f"\n## {heading}\n")[2]
    files: dict[str, bytes | Path] = {"plans/exempel/plan.yaml": PLAN.encode()}
    for kind, name, times, text in BLOCK.findall(section.partition("\n## ")[0]):
        if kind == "länk":
            files[name] = Path(text.strip())
        else:
            files[name] = (escaped(text) if kind == "bytes" else text.encode()) * int(times or 1)
    return files


def escaped(text: str) -> bytes:
    r"""The bytes of an example where \xe5 is one byte and \n a line break."""
    return text.removesuffix("\n").encode("latin-1").decode("unicode_escape").encode("latin-1")


def period(code: str) -> Period | None:
    """The report that the examples of a page are judged at."""
    said = PERIOD.search(PAGES[code].read_text("utf-8"))
    return Period.parse(said[1]) if said else None


def printed(code: str, folder: Path) -> str:
    """What is said of an example, by `validate` where the page names no other command."""
    reported = REPORT.search(PAGES[code].read_text("utf-8"))
    if reported is None:
        return validate(folder, period(code))
    return run("report", "--period", reported[1], folder=folder).stdout.decode()


def answer(code: str) -> str:
    section = PAGES[code].read_text("utf-8").partition("\n## Svar\n")[2]
    return str(BLOCK.findall(section)[0][3])


def write(folder: Path, files: dict[str, bytes | Path]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            path.symlink_to(content)
        else:
            path.write_bytes(content)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(PAGES) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", PAGES)
def test_a_page_begins_with_what_the_catalogue_says(code: str) -> None:
    entry = CATALOGUE[code]
    head = f"# {code} {entry.title}\n\n{entry.severity.ord.capitalize()} · {entry.family}\n\n"
    text = PAGES[code].read_text("utf-8")
    assert text.startswith(head)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "Varför", "Gör så här", "Fel", "Rätt", "Svar",
    ]  # fmt: skip


@pytest.mark.parametrize("code", PAGES)
def test_the_failing_example_gives_the_answer(code: str, tmp_path: Path) -> None:
    write(tmp_path, examples(code, "Fel"))
    told = printed(code, tmp_path)
    begins, leaves_out, ends = answer(code).partition("\n…\n")
    if leaves_out:
        assert told.startswith(begins)
        assert told.endswith(ends)
    else:
        assert told == begins


@pytest.mark.parametrize("code", PAGES)
def test_the_sound_example_gives_nothing(code: str, tmp_path: Path) -> None:
    write(tmp_path, examples(code, "Rätt"))
    assert validate(tmp_path, period(code)).startswith("Inga påpekanden")
    assert not re.search(rf"{code} \w+: ", printed(code, tmp_path))


def test_no_two_pages_give_the_same_reason() -> None:
    sentences: dict[str, str] = {}
    for code, page in PAGES.items():
        why = page.read_text("utf-8").partition("\n## Varför\n")[2].partition("\n## ")[0]
        for sentence in re.split(r"(?<=[.!?])\s+", why.strip()):
            assert sentences.setdefault(sentence, code) == code
