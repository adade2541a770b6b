"""The economy: outcome beside budget, post by post, and which way each deviation reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kvalitet.economy import Budgetrad, Ekonomi, economy
from kvalitet.figure import Tal, exact_text
from kvalitet.model.plan import Plan
from kvalitet.svenska import date_text
from kvalitet.view.document import (
    NOTHING,
    Block,
    Body,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    Note,
    Row,
    Strong,
    Table,
)
from kvalitet.view.notes import rows_read, sentence
from kvalitet.view.scene import Scene

_SIGN = (
    "Avvikelse: plus är bättre än budget, alltså lägre kostnad eller högre intäkt. "
    "Minus är sämre än budget."
)
_NET = "Nettokostnad är kostnader minus intäkter."
_NO_SHARE = "Andelen räknas bara där det finns en budget."


@dataclass(frozen=True, slots=True)
class _Post:
    """A row of the table: a post or a sum as it is now, and as it was in the same span of the year
    before; None where that has no such row."""

    name: str
    now: Budgetrad | None
    then: Budgetrad | None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Posts that are summed: incomes, costs, or nothing but the net."""

    heading: str
    posts: tuple[_Post, ...]


def economy_tables(scene: Scene, level: int) -> Iterator[Block]:
    """The economy of the plan, and then of each of its parts under its name, as a heading of
    that level."""
    yield from _economy(scene, scene.plan, "ekonomi--tabell")
    for part in scene.parts:
        told = tuple(_economy(scene, part, f"ekonomi--{part.mapp}--tabell"))
        if told:
            yield Heading(level, part.name, f"ekonomi--{part.mapp}")
            yield from told


def _economy(scene: Scene, plan: Plan, anchor: str) -> Iterator[Block]:
    """The table of a plan; of one that tells only of other periods, that there is none yet."""
    now = economy(plan, scene.at)
    if now:
        yield _table(scene, now, _a_year_before(plan, now), anchor)
    elif any(row.period.last < scene.at.last for row in plan.data.ekonomi):
        yield Note((f"Ekonomin till och med {date_text(scene.at.last)} är inte redovisad.",))


def _a_year_before(plan: Plan, now: Ekonomi) -> Ekonomi | None:
    """The row set of the same span of the year before."""
    try:
        span = now.period.a_year_before()
    except ValueError:  # where the calendar begins
        return None
    then = economy(plan, span)
    return then if then and then.period == span else None


def _table(scene: Scene, now: Ekonomi, then: Ekonomi | None, anchor: str) -> Table:
    groups = tuple(_groups(now, then))
    posts = [post for group in groups for post in group.posts]
    has_forecast = any(post.now and post.now.prognos.värde is not None for post in posts)
    columns = [
        Column("Post"),
        Column(f"Utfall {now.period.short()}", numeric=True),
        Column("Budget", numeric=True),
        Column("Avvikelse", numeric=True),
        Column("Andel av budget", numeric=True),
        Column("Jämfört med budget"),
        *([Column(f"Prognos {now.period.year}", numeric=True)] if has_forecast else ()),
        *([Column(f"Utfall {then.period.short()}", numeric=True)] if then else ()),
    ]
    bodies = (
        Body(
            tuple(Row(tuple(_cells(post, len(columns), has_forecast))) for post in group.posts),
            ((Strong(group.heading),),) if group.heading else (),
        )
        for group in groups
    )
    return Table(
        caption=f"Ekonomi i tusental kronor, {now.period.in_words()}",
        columns=tuple(columns),
        bodies=tuple(bodies),
        notes=tuple(_notes(scene, now, posts)),
        anchor=anchor,
    )


def _groups(now: Ekonomi, then: Ekonomi | None) -> Iterator[_Group]:
    """Incomes and costs, each with its sum where it has several posts; the net where it has both
    kinds."""
    incomes = tuple(_posts(now.intäkter, then.intäkter if then else ()))
    costs = tuple(_posts(now.kostnader, then.kostnader if then else ()))
    sums = (
        _Post("Summa intäkter", now.summa_intäkter, then.summa_intäkter if then else None, True),
        _Post("Summa kostnader", now.summa_kostnader, then.summa_kostnader if then else None, True),
    )
    for heading, posts, total in zip(
        ("Intäkter", "Kostnader"), (incomes, costs), sums, strict=True
    ):
        if posts:
            yield _Group(heading, (*posts, total) if len(posts) > 1 else posts)
    if incomes and costs:
        yield _Group("", (_Post("Nettokostnad", now.netto, then.netto if then else None, True),))


def _posts(now: Sequence[Budgetrad], then: Sequence[Budgetrad]) -> Iterator[_Post]:
    """The posts in the order written, then those that only the year before had."""
    before = {line.post: line for line in then}
    lines = {line.post: line for line in now}
    for name in lines | before:
        yield _Post(name, lines.get(name), before.get(name))


def _cells(post: _Post, columns: int, has_forecast: bool) -> Iterator[Cell]:
    name: Line = (Strong(post.name),) if post.is_sum else (post.name,)
    now = _told(post.now, has_forecast) if post.now else (5 + has_forecast) * NOTHING
    then = _figure(post.then.utfall if post.then else None)
    yield Cell((name,), header=True)
    yield from (Cell((line,)) for line in (*now, then)[: columns - 1])


def _told(line: Budgetrad, has_forecast: bool) -> tuple[Line, ...]:
    amounts = _figure(line.utfall), _figure(line.budget), _figure(line.avvikelse)
    forecast = (_figure(line.prognos),) if has_forecast else ()
    return (*amounts, _figure(_share(line)), (_reading(line),), *forecast)


def _figure(tal: Tal | None) -> Line:
    if tal is None:
        return NOTHING[0]
    return (Figure(tal, "text" if tal.måttenhet == "procent" else "cell"),)


def _share(line: Budgetrad) -> Tal | None:
    """How much of the budget the outcome is; None where there is no budget to be a share of."""
    outcome, budget = line.utfall.värde, line.budget.värde
    if outcome is None or budget is None or budget <= 0:
        return None
    sources = dict.fromkeys((*line.utfall.källor, *line.budget.källor))
    worked_out = f"{exact_text(outcome)} / {exact_text(budget)} · 100"
    return Tal(100 * outcome / budget, "procent", 1, källor=tuple(sources), beräkning=worked_out)


def _reading(line: Budgetrad) -> str:
    """The deviation in a word, as it is printed: what rounds to nothing is no deviation."""
    shown = line.avvikelse.cell()
    if not (line.utfall.värde or line.budget.värde):
        return "–"
    if shown == "0":
        return "lika"
    return "bättre" if shown.startswith("+") else "sämre"


def _notes(scene: Scene, now: Ekonomi, posts: Sequence[_Post]) -> Iterator[Line]:
    """Remarks on posts, how signs are read, what is not told, and the rows that it comes from."""
    lines = [post.now for post in posts if post.now]
    remarks: dict[str, list[str]] = {}
    for line in lines:
        remarks.setdefault(line.anm, []).append(line.post)
    said = ((remark, of) for remark, of in remarks.items() if remark)
    yield from ((f"{'; '.join(of)}: {sentence(remark)}",) for remark, of in said)
    yield (f"{_SIGN} {_NET}" if now.netto in lines else _SIGN,)
    if not all(map(_share, lines)):
        yield (_NO_SHARE,)
    told = (line for post in posts for line in (post.now, post.then) if line)
    rows = rows_read(scene.plan, _rows(told))
    yield (f"Källa: {rows}.",)


def _rows(lines: Iterable[Budgetrad]) -> Iterator[tuple[str, int]]:
    return (source for line in lines for source in line.utfall.källor)
