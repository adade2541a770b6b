"""The commands: each reads as its manual, and imports what is heavy only when it runs."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kvalitet import __version__
from kvalitet.cli.usage import Command, Group, WrongUse
from kvalitet.findings import Severity
from kvalitet.period import Period, tertial
from kvalitet.svenska import join, suggest

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan, Register
    from kvalitet.rules import Judged

app = typer.Typer(
    cls=Group,
    help="Kvalitetsarbete i socialtjänsten: planer i YAML, siffror i CSV, rapporter till nämnden.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

OnePlan = Annotated[
    str, typer.Option("--plan", metavar="PLAN", help="Bara planen i mappen plans/PLAN.")
]
OnePeriod = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="Perioden, som 2026-T2 eller 2026.")
]
Tertial = Annotated[
    str, typer.Option("--tertial", metavar="N", help="Tertial 1, 2 eller 3 det år planen säger.")
]
Year = Annotated[str, typer.Option("--year", metavar="ÅR", help="Året; ensamt gäller hela året.")]
Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text (förval) eller json.")
]


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Visa programmets version.")] = False,
) -> None:
    """What happens before a command, or without one: the version, or the help."""
    if version:
        print(f"kvalitet {__version__}")
    elif ctx.invoked_subcommand is None:
        print(ctx.get_help())


@app.command(cls=Command)
def init() -> None:
    """Skriv en liten påhittad plan i mappen, att börja från."""
    from kvalitet import resources

    files = resources.example_files()
    taken = [name for name, _ in files if Path(name).exists()]
    if taken:
        raise WrongUse(f"{taken[0]} finns redan. Inget är skrivet.")
    for name, source in files:
        _write(Path(name), source.read_text("utf-8"))
    print(f"{len(files)} filer är skrivna i plans/exempelkommun och data/exempelkommun.")
    print("Prova kvalitet validate, och sedan kvalitet report --tertial 2.")


@app.command(cls=Command)
def validate(plan: OnePlan = "", period: OnePeriod = "", format: Format = "text") -> int:
    """Läs alla planer och siffror, och säg vad som behöver rättas."""
    _one_of(format, "text", "json")
    at = _period(period) if period else None
    loaded = _load(plan)
    judged = _judge(loaded, at, [plan] if plan else [])
    _print(judged, format)
    return _exit_code(judged)


@app.command(cls=Command)
def report(
    tertial: Tertial = "", year: Year = "", period: OnePeriod = "", plan: OnePlan = ""
) -> int:
    """Gör planernas rapporter för en period, i mappen rapporter."""
    asked = _asked_period(tertial, year, period)
    loaded = _load(plan)
    wanted = list(_wanted(loaded.register, plan, asked))
    if not wanted:
        raise WrongUse(_no_report(loaded.register, plan))
    code = 0
    for one in wanted:
        at = asked if isinstance(asked, Period) else _tertial_of(one, asked)
        judged = _judge(loaded, at, loaded.register.with_parts(one.mapp))
        if _exit_code(judged):
            _print(judged, "text")
            print(f"{one.mapp}: rapporten är inte gjord, för felen ovan.", file=sys.stderr)
            code = max(code, 1)
        elif at is None:
            hint = "Lägg till --year, eller år i plan.yaml."
            print(f"plans/{one.mapp} säger inget år. {hint}", file=sys.stderr)
            code = 2
        else:
            _make_reports(loaded.register, one, at)
    return code


@app.command(cls=Command)
def explain(
    what: Annotated[str, typer.Argument(metavar="KOD|ID", help="Regelns kod eller ett id.")],
    plan: OnePlan = "",
    period: OnePeriod = "",
) -> None:
    """Förklara en regel, eller varifrån en indikators siffror kommer."""
    from kvalitet import resources
    from kvalitet.findings import CATALOGUE

    page = resources.rule_page(what.upper())
    if page is not None:
        print(page.read_text("utf-8").rstrip())
        return
    if what.upper() in CATALOGUE:
        print(f"{what.upper()}: {CATALOGUE[what.upper()].title}")
        return
    at = _period(period) if period else None
    _explain_indicator(_load(plan).register, what, plan, at)


def _explain_indicator(register: Register, id: str, only: str, at: Period | None) -> None:
    from kvalitet.model.indicator import Indikator
    from kvalitet.render import render
    from kvalitet.view.explain import document

    plans = [p for p in register.plans.values() if only in ("", p.mapp)]
    having = [p for p in plans if p.get(Indikator, id)]
    if not having:
        known = [indicator.id for p in plans for indicator in p.all(Indikator)]
        near = suggest(id, known)
        meant = f' Menade du "{near}"?' if near else ""
        unread = [f"plans/{p.mapp}" for p in plans if p.gaps.ids]
        if unread:
            meant += f" Men delar av {join(unread)} kan inte läsas: kvalitet validate säger vilka."
        raise WrongUse(f'Ingen regel och ingen indikator heter "{id}".{meant}')
    for one in having:
        print(render(document(one, id, at), "md", _template_folders()))


def _load(plan: str) -> Loaded:
    """Reads the repository in the current folder; `plan` is checked against its plans."""
    from kvalitet.load import load

    if not Path("plans").is_dir():
        raise WrongUse("Här finns ingen mapp plans. Gå till rätt mapp, eller prova kvalitet init.")
    loaded = load(Path())
    if plan and plan not in loaded.register.plans:
        near = suggest(plan, loaded.register.plans)
        meant = f' Menade du "{near}"?' if near else ""
        raise WrongUse(f"Mappen plans/{plan} finns inte.{meant}")
    return loaded


def _judge(loaded: Loaded, at: Period | None, only: Collection[str]) -> Judged:
    from dataclasses import replace

    from kvalitet.load import situate
    from kvalitet.rules import judge

    today = date.today()  # noqa: DTZ011 -- the day where the user sits
    judged = judge(loaded.register, loaded.findings, today=today, at=at, only=only)
    return replace(judged, findings=situate(Path(), judged.findings))


def _print(judged: Judged, format: str) -> None:
    from kvalitet import terminal

    if format == "json":
        print(terminal.findings_as_json(judged))
    else:
        terminal.print_findings(judged)


def _exit_code(judged: Judged) -> int:
    return int(any(finding.severity is Severity.ERROR for finding in judged.findings))


def _wanted(register: Register, only: str, asked: Period | int) -> Iterator[Plan]:
    """The plans that have a report of the asked period's rhythm, and those of which a fault hides
    what reports they have."""
    rhythm = asked.frekvens if isinstance(asked, Period) else "tertial"
    for plan in register.plans.values():
        has_one = any(report.rytm == rhythm for report in plan.rapporter.values())
        if only in ("", plan.mapp) and (has_one or not plan.knows_its_reports):
            yield plan


def _no_report(register: Register, only: str) -> str:
    plans = [plan for plan in register.plans.values() if only in ("", plan.mapp)]
    rhythms = sorted({kind.rytm for plan in plans for kind in plan.rapporter.values()})
    has = f"De rapporter som finns görs varje {join(rhythms)}." if rhythms else "Se plan.yaml."
    return f"Ingen plan har en rapport för den perioden. {has}"


def _asked_period(number: str, year: str, period: str) -> Period | int:
    """The period asked for; the number of a tertial where each plan says its own year."""
    if not (number or year or period):
        raise WrongUse("Säg vilken period rapporten gäller, som --tertial 2 eller --year 2026.")
    if period and (number or year):
        raise WrongUse("Säg antingen --period, eller --tertial och --year.")
    if not number:
        return _period(period or year)
    if number not in ("1", "2", "3"):
        raise WrongUse(f'"{number}" är ingen tertial: skriv 1, 2 eller 3.')
    return _period(f"{year}-T{number}") if year else int(number)


def _tertial_of(plan: Plan, number: int) -> Period | None:
    return tertial(plan.huvud.år, number) if plan.huvud.år else None


def _make_reports(register: Register, plan: Plan, at: Period) -> None:
    from kvalitet.load import fingerprint
    from kvalitet.render import FORMATS, TemplateFault, render
    from kvalitet.view import document

    for name, kind in plan.rapporter.items():
        if kind.rytm != at.frekvens:
            continue
        page = document(plan, name, at, register, fingerprint(register, plan))
        path = Path("rapporter") / plan.mapp / str(at) / name
        try:
            texts = {format: render(page, format, _template_folders()) for format in FORMATS}
        except TemplateFault as fault:
            raise WrongUse(str(fault)) from fault
        for format, text in texts.items():
            _write(path.with_suffix(f".{format}"), text)
            print(path.with_suffix(f".{format}").as_posix())


def _template_folders() -> tuple[Path, ...]:
    """Where page templates are looked for: the repository's own go before the built-in ones."""
    from kvalitet import resources

    return Path("templates"), resources.templates()


def _write(path: Path, text: str) -> None:
    """Writes a whole file or nothing: beside it first, then moved into place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        beside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            beside.chmod(0o644)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WrongUse(f"{path.as_posix()} kan inte skrivas ({error.strerror}).") from error


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise WrongUse(f"{error}.") from None


def _one_of(word: str, *words: str) -> None:
    if word not in words:
        raise WrongUse(f'--format kan vara {" eller ".join(words)}, inte "{word}".')
