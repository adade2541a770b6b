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
from kvalitet.render.apart import COMMAND, PagesApart, page_apart
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


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("", ""),
        (" \n", ""),
        ("{# bara en anteckning #}\n", ""),
        ("{% macro m() %}ord{% endmacro %}", ""),
        ("{% if not document.title %}ord{% endif %}", ""),
        ("{{ document.title }}", "Titel"),
    ],
)
def test_a_page_that_is_empty_is_no_page(template: str, printed: str, tmp_path: Path) -> None:
    make = pages("md", folders(tmp_path, template))
    if printed:
        assert make(DOCUMENT) == printed
        return
    with pytest.raises(TemplateFault, match=r"^Mallen skriver ut en tom sida$") as told:
        make(DOCUMENT)
    assert place(told.value) == "templates/sida.md.j2:0:0"


def test_an_empty_page_does_not_replace_the_one_that_lies_there(tmp_path: Path) -> None:
    plan = "plan:\n  namn: Plan\n  år: 2026\n  rapporter: [lage]\n"
    kind = "rubrik: Läget\nrytm: tertial\navsnitt:\n  - id: r\n    rubrik: R\n    del: matris\n"
    write(tmp_path, {"plans/a/plan.yaml": plan, "templates/rapporter/lage.yaml": kind})
    assert run(tmp_path, "report", "--period", "2026-T2").exit_code == 0
    before = (tmp_path / "rapporter/a/2026-T2/lage.html").read_bytes()
    write(tmp_path, {"templates/sida.html.j2": ""})
    stopped = run(tmp_path, "report", "--period", "2026-T2")
    assert (stopped.exit_code, stopped.found) == (1, ["R018 templates/sida.html.j2"])
    assert (tmp_path / "rapporter/a/2026-T2/lage.html").read_bytes() == before


CSS_HINT = (
    "I CSS betyder {#, {{ och {% något för mallen: skriv ett mellanslag emellan, som i a{ #b}. "
    "Tas filen bort används programmets egen."
)
HINT = "Rätta mallen. Tas filen bort används programmets egen."


@pytest.mark.parametrize(
    ("css", "at", "hint"),
    [
        ("a{#b}", "1:1", CSS_HINT),
        ("a { color: red }\n\n  @media print{#b{color:red}}", "3:3", CSS_HINT),
        ("a{{b}}", "1:1", CSS_HINT),
        ("a{% b %}", "1:1", CSS_HINT),
        ("{% include 'finns-inte.css' %}", "1:1", HINT),
    ],
)
def test_what_css_and_templates_write_alike_is_explained(
    css: str, at: str, hint: str, tmp_path: Path
) -> None:
    where = folders(tmp_path, "")
    write(tmp_path, {"templates/sida.css": css})
    with pytest.raises(TemplateFault) as told:
        pages("html", where)(DOCUMENT)
    assert (place(told.value), told.value.finding.hint) == (f"templates/sida.css:{at}", hint)


def test_css_as_the_hint_would_have_it_is_printed(tmp_path: Path) -> None:
    where = folders(tmp_path, "")
    write(tmp_path, {"templates/sida.css": "a{ #b}@media print{ #c{ color:red}}"})
    assert "a{ #b}@media print{ #c{ color:red}}" in pages("html", where)(DOCUMENT)


BLOCKS = "Sidan har stil, huvud och fot."
BUILT_IN = "{% extends 'inbyggd/sida.html.j2' %}"
ON_OWN = "{% extends 'bas.j2' %}"
OWN_BASE = "{% block a %}A{% block b %}B{% endblock %}{% endblock %}"


def block(name: str, inside: str = "x") -> str:
    """A block of a template."""
    return f"{{% block {name} %}}{inside}{{% endblock %}}"


@pytest.mark.parametrize(
    ("template", "base", "says"),
    [
        (f"{BUILT_IN}\n {block('huvdu')}", "", 'sida.html.j2:2:2 "huvdu" Menade du "huvud"?'),
        (f"{BUILT_IN}{block('Fot')}", "", 'sida.html.j2:1:1 "Fot" Menade du "fot"?'),
        (f"{BUILT_IN}\n{block('sidled')}", "", f'sida.html.j2:2:1 "sidled" {BLOCKS}'),
        (f"{BUILT_IN}{{% if 1 %}}{block('x')}{{% endif %}}", "", f'sida.html.j2:1:1 "x" {BLOCKS}'),
        (f"{ON_OWN}\n{block('c')}", "A", 'sida.html.j2:2:1 "c" Sidan har inga block.'),
        (f"{ON_OWN}{block('fot')}", f"{BUILT_IN}\n{block('still')}",
         'bas.j2:2:1 "still" Menade du "stil"?'),
    ],
)  # fmt: skip
def test_a_block_that_the_page_does_not_have_is_not_lost_in_silence(
    template: str, base: str, says: str, tmp_path: Path
) -> None:
    write(tmp_path, {"templates/sida.html.j2": template, "templates/bas.j2": base})
    with pytest.raises(TemplateFault) as told:
        pages("html", [tmp_path / "templates", resources.templates()])(DOCUMENT)
    at, _, rest = says.partition(" ")
    name, _, hint = rest.partition(" ")
    assert place(told.value) == f"templates/{at}"
    assert str(told.value) == f"Blocket {name} finns inte på sidan som mallen utgår från"
    assert told.value.finding.hint == hint


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        (f"{BUILT_IN}{block('fot')}", "x"),
        (f"{BUILT_IN}{block('fot', block('adress'))}", "x"),
        (f"{BUILT_IN}{block('fot', '{{ self.adress() }}')}{block('adress')}", "x"),
        (f"{ON_OWN}{block('b')}", "Ax"),
        ("{% extends 'ba' ~ 's.j2' %}" + block("okänt"), "AB"),
        (f"{{% if document.title %}}{ON_OWN}{{% endif %}}{block('okänt')}", "AB"),
        (block("egen"), "x"),
    ],
)
def test_a_block_that_may_be_printed_is_no_fault(
    template: str, printed: str, tmp_path: Path
) -> None:
    write(tmp_path, {"templates/sida.html.j2": template, "templates/bas.j2": OWN_BASE})
    assert printed in pages("html", [tmp_path / "templates", resources.templates()])(DOCUMENT)


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


LATE = "Mallen kan inte användas: den tar för lång tid (en sida får ta 1 sekunder)"
LATE_ANYWHERE = "Mallarna tar för lång tid: en sida får ta 1 sekunder"
ONE_STEP = "{{ 9 ** (9 ** 9) }}"
"""Is reckoned out outside of Python, where nothing but its end stops it."""


@pytest.mark.parametrize(
    ("templates", "says"),
    [
        ({"sida.md.j2": f"# {{{{ document.title }}}}\n\n  {ENDLESS}"}, f"sida.md.j2:3:3 {LATE}"),
        ({"sida.md.j2": "{% include 'a.j2' %}", "a.j2": f"\n{ENDLESS}"}, f"a.j2:2:1 {LATE}"),
        ({"sida.md.j2": ONE_STEP}, f"sida.md.j2:0:0 {LATE_ANYWHERE}"),
    ],
)
def test_a_template_does_not_take_all_time(
    templates: dict[str, str], says: str, tmp_path: Path
) -> None:
    write(tmp_path, {f"templates/{name}": text for name, text in templates.items()})
    with pytest.raises(TemplateFault) as told:
        page_apart("md", [tmp_path / "templates", resources.templates()], DOCUMENT, longest=1)
    assert f"{place(told.value)} {told.value}" == f"templates/{says}"
    assert told.value.finding.hint == "Leta efter en slinga eller ett macro utan slut."


def test_where_any_of_several_templates_may_be_late_their_folder_is_named(tmp_path: Path) -> None:
    where = folders(tmp_path, ONE_STEP)
    write(tmp_path, {"templates/sida.css": "h1 { color: #333; }"})
    with pytest.raises(TemplateFault, match=f"^{LATE_ANYWHERE}$") as told:
        page_apart("md", where, DOCUMENT, longest=1)
    assert place(told.value) == "templates:0:0"


def test_after_a_template_that_is_late_no_page_is_tried(tmp_path: Path) -> None:
    make = PagesApart("md", folders(tmp_path, ENDLESS), longest=1)
    with pytest.raises(TemplateFault) as first:
        make(DOCUMENT)
    folders(tmp_path, "{{ document.title }}")
    with pytest.raises(TemplateFault) as second:
        make(DOCUMENT)
    assert second.value.finding == first.value.finding


def test_after_another_fault_the_next_page_is_tried(tmp_path: Path) -> None:
    make = PagesApart("md", folders(tmp_path, "{{ document.titel }}"))
    with pytest.raises(TemplateFault):
        make(DOCUMENT)
    folders(tmp_path, "{{ document.title }}")
    assert make(DOCUMENT) == "Titel"


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
