"""Self-checks: parts against the whole, and rounds that are due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from kvalitet import status
from kvalitet.figure import exact_text
from kvalitet.findings import Finding, found
from kvalitet.indicators import is_faulty, members
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, remembered
from kvalitet.model.thing import Egenkontroll, Ting
from kvalitet.period import Period, divide
from kvalitet.rules.figures.rows import is_new, known, meet, news, outcomes, place, words
from kvalitet.rules.registry import Case, rule
from kvalitet.series import Row
from kvalitet.svenska import count, join

_NAMED = 3
_SHARE = "procent"


def _is_parted(case: Case) -> bool:
    return any(each.summeras and each.måttenhet == _SHARE for each in case.plan.all(Indikator))


def _has_checks(case: Case) -> bool:
    return case.newest is not None and any(case.plan.all(Egenkontroll))


@rule("R441", "data", concerns=_is_parted)
def parts_above_whole(case: Case) -> Iterator[Finding]:
    """Shares of one and the same n, by the steps of a scale, that are more than n together where
    the indicator says that its rows add up (`summeras: ja`, example README). Where there is a
    total, it is what they are compared with (R407)."""
    plan = case.plan
    for indicator in plan.all(Indikator):
        if not indicator.summeras or indicator.måttenhet != _SHARE:
            continue
        if not plan.data.keys(indicator.id) or is_faulty(plan, indicator.id):
            continue
        for period, skala, rows in _distributions(known(plan, indicator.id, case.at)):
            whole = {row.cell.av for row in rows}
            parts = sum((row.cell.antal or Fraction() for row in rows), Fraction())
            n = next(iter(whole)) or Fraction()
            if len(whole) == 1 and parts > n > 0:
                message = (
                    f"{indicator.id} {period}: {skala} ger {exact_text(parts)} av {exact_text(n)}"
                )
                hint = "Rätta talen, eller skriv summeras: nej om samma fall räknas på flera rader."
                yield found("R441", place(rows[0]), message, hint, about=indicator.id)


@rule("R443", "ids", "data", "report", concerns=_has_checks)
def two_denominators(case: Case) -> Iterator[Finding]:
    """Shares of one review, new in the report, of different n: on one row (more than its
    `antal_svar`), or in one table that a self-check lists, where most have the same. A question put
    to some only has fewer: that is told by `anm`, a definition or words, or by another figure of
    the review that is that n."""
    plan, at = case.plan, case.report
    for id in _reviewed(plan):
        for row in news(plan, id, at):
            n, answers = row.cell.av, row.cell.antal_svar
            if n is not None and answers is not None and n > answers and not row.cell.anm:
                message = f"{id} {row.key.period} är {row.cell.text}, men antal_svar är {answers}"
                hint = "Kontrollera vilket antal som granskades, eller skriv skälet i anm."
                yield found("R443", place(row), message, hint, about=id)
    for group, figures in _tables_of_reviews(plan):
        if not any(is_faulty(plan, each.id) for each in members(plan, group)):
            yield from _odd_denominators(plan, group, figures, at)


@rule("R444", "ids", "data", "report", concerns=_has_checks)
def round_not_made(case: Case) -> Iterator[Finding]:
    """A self-check whose round ends in the report, or that was to be made once until then, and of
    which nothing is said and no figure is given, in the plan or in a part of it (SOSFS 2011:9,
    5 kap. 2 §: with the frequency that it takes). Not what is over, or belongs to what is. Where
    its figures are as frequent, R401 tells which are lacking."""
    plan = case.plan
    if any(part.gaps.said or part.gaps.ids or part.gaps.data for part in case.parts):
        return
    inherited = plan.whole.things if plan.whole else {}
    faulty = {id for id, _ in plan.gaps.fields}
    resting: frozenset[str] | None = None
    for check in plan.all(Egenkontroll):
        if check.id not in plan.own or check.id in inherited or check.id in faulty:
            continue
        rounds = _untold(case, check)
        if not rounds:
            continue
        resting = _resting(plan, case.report) if resting is None else resting
        if not (check.id in resting or _is_named(case, check) or _is_counted(plan, check)):
            message = f"{check.id} har varken resultat, ord eller värden för {_listed(rounds)}"
            hint = (
                "Skriv resultatet i uppföljningen, eller kontrollresultat: ej genomförd och "
                "skälet. Görs den inte längre: skriv slut eller läge."
            )
            key = "frekvens" if check.frekvens else "slut"
            yield found("R444", plan.place(check.id, key), message, hint)


def _distributions(rows: Sequence[Row]) -> Iterator[tuple[Period, str, list[Row]]]:
    """The rows of a period by the steps of one scale, where all are a number of an n and there is
    no total."""
    groups: defaultdict[tuple[Period, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.key.serie == "utfall" and len(row.key.uppdelning) < 2:
            scale = row.key.uppdelning[0][0] if row.key.uppdelning else ""
            groups[row.key.period, scale].append(row)
    for (period, scale), alike in groups.items():
        if scale and (period, "") not in groups and all(row.cell.av for row in alike):
            yield period, scale, alike


@remembered
def _reviewed(plan: Plan) -> Sequence[str]:
    """The indicators of all self-checks."""
    owned = (id for check in plan.all(Egenkontroll) for id in check.indikatorer)
    return list(dict.fromkeys(each.id for id in owned for each in members(plan, id)))


def _tables_of_reviews(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each table that a self-check lists, with the ids of all that is measured in that review."""
    told: set[str] = set()
    for check in plan.all(Egenkontroll):
        figures = tuple(each.id for id in check.indikatorer for each in members(plan, id))
        for id in check.indikatorer:
            indicator = plan.get(Indikator, id)
            if indicator and indicator.indikatorer and id not in told:
                told.add(id)
                yield id, figures


def _odd_denominators(
    plan: Plan, group: str, figures: Sequence[str], at: Period
) -> Iterator[Finding]:
    shares: defaultdict[Period, list[tuple[Indikator, Row]]] = defaultdict(list)
    for member in members(plan, group):
        for row in outcomes(plan, member.id, at):
            if row.cell.av is not None and not row.key.uppdelning:
                shares[row.key.period].append((member, row))
    counts: dict[Period, set[Fraction | None]] = {}
    for period, pairs in shares.items():
        (common, most), *others = Counter(row.cell.av for _, row in pairs).most_common()
        if not others or most <= sum(number for _, number in others):
            continue
        if not any(is_new(row, at) for _, row in pairs):
            continue
        counts = counts or _counts(plan, figures)
        explained = {common} | counts[period]
        odd = [
            (member, row)
            for member, row in pairs
            if row.cell.av not in explained and not _is_explained(plan, member, row, at)
        ]
        usual = next((member, row) for member, row in pairs if row.cell.av == common)
        if odd:
            member, row = odd[0]
            message = (
                f"{member.id} {period} är {row.cell.text}, men {usual[0].id} {usual[1].cell.text}"
            )
            more = f" (och {count(len(odd) - 1, 'rad', 'rader')} till)" if odd[1:] else ""
            hint = "Kontrollera nämnaren. Gällde frågan bara en del: skriv det i anm."
            other = place(usual[1])
            yield found("R443", place(row), message + more, hint, other, member.id)


def _counts(plan: Plan, figures: Sequence[str]) -> dict[Period, set[Fraction | None]]:
    """The numbers of a review by period: of those that a question may have been put to."""
    counts: defaultdict[Period, set[Fraction | None]] = defaultdict(set)
    for row in (row for id in figures for row in plan.data.rows(id)):
        cell = row.cell
        if cell.antal is not None and cell.av is not None:
            counts[row.key.period] |= {cell.antal, cell.av - cell.antal}
        else:
            counts[row.key.period].add(cell.värde)
    return counts


def _is_explained(plan: Plan, member: Indikator, row: Row, at: Period) -> bool:
    return bool(row.cell.anm or member.beskrivning or words(plan, member.id, at))


def _due(case: Case, check: Egenkontroll) -> Sequence[Period]:
    """The rounds of a self-check that end in the report and that lie wholly within its time and
    the plan's; of one without `frekvens`, the time of the plan until an end that has passed."""
    plan, at = case.plan, case.report
    if status.is_unknown(plan, check.id, "läge", at):
        return ()
    läge = status.state(plan, check.id, "läge", at)
    if läge and status.meaning(plan, "läge", läge) in status.FINISHED:
        return ()
    end, begins = status.end_date(plan, check.id, at), _begins(plan, check)
    if check.frekvens is None:
        is_over = end is not None and begins <= end.last <= at.last
        return (Period(begins, at.last),) if is_over else ()
    year = Period(date(at.first.year, 1, 1), at.last)
    return [
        each
        for each in divide(year, check.frekvens)
        if begins <= each.first and at.first <= each.last and (end is None or each.last <= end.last)
    ]


def _begins(plan: Plan, check: Egenkontroll) -> date:
    """When a self-check began, at the earliest: with the plan, or when the plan was decided."""
    first = min(period.first for period in plan.uppföljning) if plan.uppföljning else date.max
    decided = plan.huvud.beslut.datum
    return max(first, *(each.first for each in (check.start, decided) if each), date.min)


def _untold(case: Case, check: Egenkontroll) -> Sequence[Period]:
    """The rounds that are due and of which nothing is said, of what belongs to the self-check
    neither, and which no figure is of, in the plan or in a part of it."""
    rounds = _due(case, check)
    held = {check.id, *check.egenkontroller, *check.åtgärder, *check.aktiviteter}
    for plan in (case.plan, *case.parts) if rounds else ():
        measured = {each.id for id in check.indikatorer for each in members(plan, id)}
        spoken = held | measured | {*check.indikatorer}
        said = {period for id in spoken for period, _ in plan.said_of.get(id, ())}
        rounds = [each for each in rounds if not any(meet(each, period) for period in said)]
        for id in measured.union(*(_parts(plan, each) for each in measured)) if rounds else ():
            told = _told(plan, id)
            rounds = [each for each in rounds if not any(meet(each, period) for period in told)]
    return rounds


@remembered
def _told(plan: Plan, id: str) -> frozenset[Period]:
    """The periods of which an indicator has rows of outcome."""
    return frozenset(key.period for key in plan.data.keys(id) if key.serie == "utfall")


def _parts(plan: Plan, id: str) -> tuple[str, ...]:
    indicator = plan.get(Indikator, id)
    return indicator.beräkning.parts if indicator and indicator.beräkning else ()


def _resting(plan: Plan, at: Period) -> frozenset[str]:
    """All that belongs to risks below `urval`, or to what is finished."""
    waiting = [
        thing.id
        for thing in plan.things.values()
        if isinstance(thing, Ting) and _rests(plan, thing, at)
    ]
    reached: set[str] = set()
    while waiting:
        thing = plan.things.get(waiting.pop())
        if isinstance(thing, Ting) and thing.id not in reached:
            reached.add(thing.id)
            waiting += (*thing.egenkontroller, *thing.åtgärder, *thing.aktiviteter)
    return frozenset(reached)


def _rests(plan: Plan, thing: Ting, at: Period) -> bool:
    läge = status.state(plan, thing.id, "läge", at)
    is_over = läge is not None and status.meaning(plan, "läge", läge) in status.FINISHED
    return is_over or status.is_below_selection(plan, thing.id, at)


def _is_counted(plan: Plan, check: Egenkontroll) -> bool:
    figures = (each for id in check.indikatorer for each in members(plan, id))
    return check.frekvens is not None and any(f.frekvens == check.frekvens for f in figures)


def _is_named(case: Case, check: Egenkontroll) -> bool:
    """Whether any words of the report are about it by name."""
    said = case.plan.uppföljning.get(case.report, {}).values()
    name = check.namn.casefold()
    return bool(name) and any(name in entry.text.casefold() for entry in said)


def _listed(rounds: Sequence[Period]) -> str:
    if len(rounds) > _NAMED:
        return f"{rounds[0]} till {rounds[-1]} ({len(rounds)} omgångar)"
    return join([str(each) for each in rounds])
