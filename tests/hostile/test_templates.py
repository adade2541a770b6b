"""Page templates that a stranger has written: no file, no way out, bounded time and memory."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hostile.running import run, write
from kvalitet import resources
from kvalitet.figure import Tal
from kvalitet.render import TemplateFault, render
from kvalitet.render.apart import COMMAND, page_apart
from kvalitet.render.page import pages
from kvalitet.view.document import Document, Fact, Figure

NUMBER = Figure(Tal(Fraction(7)))
DOCUMENT = Document("Titel", "Plan", (Fact("Antal", ((NUMBER,),)),), (), ())


def folders(root: Path, template: str) -> list[Path]:
    write(root, {"templates/sida.md.j2": template})
    return [root / "templates", resources.templates()]


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ document.title | upper }}", "TITEL"),
        ("{{ document.title.partition('t')[2] }}", "el"),
        ("{{ document.facts[0].label }} {{ document.facts[0].lines[0][0].shown }}", "Antal 7"),
        (
            "{% for c in 'ab' %}{{ loop.index }}{{ ':' if not loop.last else '.' }}{% endfor %}",
            "1:2.",
        ),
        ("{% set n = namespace(i=1) %}{% set n.i = n.i + 1 %}{{ n.i }}", "2"),
        ("{% import 'diagram.html.j2' as d %}{{ d.diagrams(()) }}x", "x"),
        ("{% macro m(x) %}({{ x }}){% endmacro %}{{ m(document.title) }}", "(Titel)"),
        ("{{ 'a b' | prose(2) }}", "a b"),
    ],
)
def test_a_template_may_do_what_a_page_needs(template: str, page: str, tmp_path: Path) -> None:
    assert pages("md", folders(tmp_path, template))(DOCUMENT) == page


ESCAPES = r"""
{{ ''.__class__ }}
{{ ''['__class__'] }}
{{ '' | attr('__cl' ~ 'ass__') }}
{{ document.title.__class__.__mro__ }}
{{ document.__init__.__globals__ }}
{{ document.facts.__class__ }}
{{ [''] | map(attribute='__class__') | map('upper') | list }}
{{ [document] | sum(attribute='title.__class__') }}
{{ [document] | selectattr('__class__') | list }}
{{ '{0.__class__}'.format('') }}
{{ '{0.__class__}' | attr('format') }}
{{ ['{0.__class__}'] | map(attribute='format') | list }}
{{ '{a.__class__}'.format_map({'a': ''}) }}
{{ ('{0}' | safe).format(1) }}
{{ '%s' | format(document.__class__) }}
{{ lipsum.__globals__ }}
{{ lipsum['__globals__'] }}
{{ cycler.__init__.__globals__ }}
{{ joiner.__init__ }}
{{ namespace.__init__ }}
{{ range.__self__ }}
{{ dict.mro() }}
{{ dict['a'].__origin__ }}
{{ self._TemplateReference__context }}
{% for x in 'a' %}{{ loop._iterable }}{% endfor %}
{% macro m() %}{% endmacro %}{{ m._func }}
{% macro m() %}{% endmacro %}{{ m.name }}
{% import 'diagram.html.j2' as d %}{{ d._body_stream }}
{% set n = namespace(a=1) %}{{ n._Namespace__attrs }}
{{ document.facts[0].lines[0][0].tal.text }}
{{ (1).to_bytes }}
{{ document.title.encode().hex() }}
{{ [].append(1) }}
{{ {}.update(a=1) }}
{{ environment }}
{% debug %}
{% include '../hemligt.txt' %}
{% include 'templates/../../hemligt.txt' %}
{% include '/etc/passwd' %}
{% include 'rapporter/atgardsplan.yaml' %}
{% import '../hemligt.txt' as x %}
{% from '../hemligt.txt' import x %}
{% extends '../hemligt.txt' %}
{% include document %}
""".strip().split("\n")


def place(fault: TemplateFault) -> str:
    """Where a fault stands, as it is printed."""
    at = fault.finding.place
    return f"{at.path}:{at.line}:{at.column}"


@pytest.mark.parametrize("template", ESCAPES)
def test_a_template_reaches_nothing_else(template: str, tmp_path: Path) -> None:
    (tmp_path / "hemligt.txt").write_text("HEMLIGT")
    with pytest.raises(TemplateFault, match=r"^Mallen kan inte användas: ") as told:
        pages("md", folders(tmp_path, template))(DOCUMENT)
    assert "HEMLIGT" not in str(told.value)
    assert place(told.value) == "templates/sida.md.j2:1:1"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.symlink_to("../../hemligt.txt"), "Här ligger en länk"),
        (lambda path: path.symlink_to("del.j2"), "Här ligger en länk"),
        (os.mkfifo, "Här ligger inte en vanlig fil"),
        (lambda path: path.write_bytes(b"x" * 20 * 2**20), "Filen är större än 1 MB"),
        (lambda path: path.write_bytes(b"\xe5"), "Tecknet är inte sparat som UTF-8"),
        (lambda path: path.write_bytes(b"\xff\xfex\0"), "Filen är sparad som UTF-16"),
        (lambda path: path.write_bytes(b"\x1b[2J"), "Styrtecknet U+001B får inte stå i filen"),
        (lambda path: path.write_bytes(b"{% x"), "templates/del.j2:1:1 Mallen kan inte"),
        (lambda path: path.write_bytes(b"\n {{ x }}"), "templates/del.j2:2:2 Mallen kan inte"),
        (lambda path: path.write_bytes(b"a\n \xe5"), "templates/del.j2:2:2 Mallen kan inte"),
        (Path.mkdir, "den mallen finns inte i templates (del.j2)"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_template(
    make: Callable[[Path], object], says: str, tmp_path: Path
) -> None:
    where = folders(tmp_path, "{% include 'del.j2' %}")
    (tmp_path / "hemligt.txt").write_text("HEMLIGT")
    make(where[0] / "del.j2")
    with pytest.raises(TemplateFault) as told:
        pages("md", where)(DOCUMENT)
    assert says in f"{place(told.value)} {told.value}"


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
TOO_MUCH = "för mycket minne"
TOO_DEEP = "den går för djupt, eller tar in sig själv utan slut"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ 'a' * 10 ** 10 }}", TOO_MUCH),
        ("{{ 'a\\nb' | indent(10 ** 10) }}", TOO_MUCH),
        ("{{ ('å' * (51 * 2 ** 20)) | safe }}", "en sida får ta 100 MB"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", TOO_DEEP),
        ("{% include 'sida.md.j2' %}", TOO_DEEP),
        ("{{ " + "-" * 100_000 + "1 }}", TOO_DEEP),
        ("{{ range(10 ** 9) }}", "Range too big"),
    ],
    ids=lambda text: text[:40],
)
def test_a_template_does_not_take_all_memory(template: str, says: str, tmp_path: Path) -> None:
    where = folders(tmp_path, template)
    with pytest.raises(TemplateFault) as told:
        page_apart("md", where, DOCUMENT)
    assert says in str(told.value)


def test_a_template_does_not_take_all_time(tmp_path: Path) -> None:
    where = folders(tmp_path, ENDLESS)
    with pytest.raises(TemplateFault, match="för lång tid: en sida får ta 1 sekunder"):
        page_apart("md", where, DOCUMENT, longest=1)


def test_a_page_ends_though_nobody_is_left_to_end_it(tmp_path: Path) -> None:
    order = pickle.dumps(("md", folders(tmp_path, ENDLESS), DOCUMENT, 0))
    done = subprocess.run(COMMAND, input=order, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (-signal.SIGXCPU, b"")


def test_nothing_in_the_current_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = folders(tmp_path, "{{ document.title }}")
    stranger = "open('hit', 'w').write('x')\n"
    names = ("kvalitet/__init__", "jinja2", "pickle", "encodings", "sitecustomize", "subprocess")
    write(tmp_path, {f"{name}.py": stranger for name in names})
    monkeypatch.chdir(tmp_path)
    assert page_apart("md", where, DOCUMENT) == "Titel"
    assert not Path("hit").exists()


def test_a_report_by_own_templates_says_the_same_as_by_the_built_in(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    for file in resources.templates().glob("*.*"):
        shutil.copy(file, own)
    by_own, built_in = ([own, resources.templates()], [resources.templates()])
    for format in ("html", "md"):
        assert render(DOCUMENT, format, by_own) == render(DOCUMENT, format, built_in)


def test_an_explanation_does_not_steer_the_terminal(tmp_path: Path) -> None:
    plan = r"""
indikatorer:
  - id: antal
    namn: "\e]0;namn\a \x9b2J"
    källa: "\u202eälla \e[31m"
"""
    write(tmp_path, {"plans/a/plan.yaml": plan, "templates/sida.md.j2": "\x1b[2J"})
    shown = run(tmp_path, "explain", "antal")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "·]0;namn· ·2J" in shown.stdout.replace("\\", "")
    assert all(sign.isprintable() or sign == "\n" for sign in shown.stdout)
