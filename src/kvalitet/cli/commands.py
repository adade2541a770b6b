"""The commands: each reads as its manual, and imports what is heavy only when it runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kvalitet import __version__
from kvalitet.cli.asking import asked_period, choice, one_of, period_of
from kvalitet.cli.steps import exit_code, judged, narrowed, read, show
from kvalitet.cli.usage import Command, Group, WrongUse
from kvalitet.period import Period
from kvalitet.svenska import join, suggest

if TYPE_CHECKING:
    from kvalitet.model.plan import Register

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
    str, typer.Option("--format", metavar="FORMAT", help="text (förval), json eller github.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Slutkod 1 också där det finns varningar.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="KODER", help="Bara koder som börjar så, som R3 eller R305."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="KODER", help="Inte koder som börjar så, som R4,R705."),
]

ReportFormat = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT", help="Bara html, md eller json (förval: html, md)."),
]
Draft = Annotated[
    bool, typer.Option("--draft", help="Gör ett utkast, även där en obligatorisk text saknas.")
]

ScoreFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text (förval), json eller csv.")
]

StatusFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text (förval), json eller md.")
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
    from kvalitet.cli.writing import write_whole

    files = resources.example_files()
    taken = [name for name, _ in files if os.path.lexists(name)]
    if taken:
        raise WrongUse(f"{taken[0]} finns redan. Inget är skrivet.")
    write_whole({Path(name): source.read_text("utf-8") for name, source in files})
    print(f"{len(files)} filer är skrivna i plans/exempelkommun och data/exempelkommun.")
    print("Prova kvalitet validate, och sedan kvalitet report --tertial 2.")


@app.command(cls=Command)
def validate(
    plan: OnePlan = "",
    period: OnePeriod = "",
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    format: Format = "text",
) -> int:
    """Läs alla planer och siffror, och säg vad som behöver rättas."""
    one_of(format, "text", "json", "github")
    codes = choice(select or (), ignore or ())
    at = period_of(period) if period else None
    found = narrowed(judged(read(plan), at, [plan] if plan else []), codes)
    show(found, format)
    return exit_code(found, strict=strict)


@app.command(cls=Command)
def score(
    tertial: Tertial = "",
    year: Year = "",
    period: OnePeriod = "",
    plan: OnePlan = "",
    format: ScoreFormat = "text",
) -> int:
    """Visa planernas risker: nivåer, ändringar, åtgärder och matris."""
    from kvalitet.cli import scoring

    one_of(format, *scoring.FORMATS)
    asked = asked_period(tertial, year, period) if tertial or year or period else None
    return scoring.run(read(plan), plan, asked, format)


@app.command(cls=Command)
def report(
    tertial: Tertial = "",
    year: Year = "",
    period: OnePeriod = "",
    plan: OnePlan = "",
    format: ReportFormat = "",
    draft: Draft = False,
) -> int:
    """Gör planernas rapporter för en period, i mappen rapporter."""
    from kvalitet.cli import reporting

    order = reporting.order(asked_period(tertial, year, period), format, draft)
    return reporting.run(read(plan), plan, order)


@app.command(cls=Command)
def status(
    tertial: Tertial = "",
    year: Year = "",
    period: OnePeriod = "",
    plan: OnePlan = "",
    format: StatusFormat = "text",
) -> int:
    """Visa vad som är kvar att göra till rapporten, vad som är sent och vem som ansvarar."""
    from datetime import date

    from kvalitet.cli import overviewing

    one_of(format, *overviewing.FORMATS)
    asked = asked_period(tertial, year, period) if tertial or year or period else None
    today = date.today()  # noqa: DTZ011 -- the day where the user sits
    return overviewing.run(read(plan), plan, asked, format, today)


@app.command(cls=Command)
def explain(
    what: Annotated[str, typer.Argument(metavar="[KOD|ID]", help="Regelns kod eller ett id.")] = "",
    plan: OnePlan = "",
    period: OnePeriod = "",
) -> None:
    """Förklara en regel, eller varifrån en indikators siffror kommer. Ensamt: alla regler."""
    from kvalitet import resources
    from kvalitet.findings import CATALOGUE

    if not what:
        _list_rules(plan or period)
        return
    page = resources.rule_page(what.upper())
    if page is not None:
        print(page.read_text("utf-8").rstrip())
        return
    if what.upper() in CATALOGUE:
        print(f"{what.upper()}: {CATALOGUE[what.upper()].title}")
        return
    at = period_of(period) if period else None
    _explain_indicator(read(plan).register, what, plan, at)


def _list_rules(narrowed_to: str) -> None:
    from kvalitet.terminal.catalogue import print_rules

    if narrowed_to:
        raise WrongUse("--plan och --period gäller en indikator: skriv dess id.")
    print_rules()


def _explain_indicator(register: Register, id: str, only: str, at: Period | None) -> None:
    from kvalitet import resources
    from kvalitet.model.indicator import Indikator
    from kvalitet.render import render
    from kvalitet.terminal import harmless
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
        print(harmless(render(document(one, id, at), "md", [resources.templates()])))
