"""Words that no report prints, since they are of another time than its."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvalitet import svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period, divide
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import judged_periods

_IN_VAIN = "lyft: ja har ingen verkan"


def _lifts(case: Case) -> bool:
    of_all = case.plan.uppföljning.values()
    return case.plan.whole is not None and any(each.lyft for of in of_all for each in of.values())


def _says_anything(case: Case) -> bool:
    return bool(case.plan.huvud.rapporter and case.plan.said)


@rule("R610", "ids", "reports", concerns=_says_anything)
def never_printed(case: Case) -> Iterator[Finding]:
    """Words under a period of which the plan has no report, or about a section that none of those
    reports has: a report prints the words of exactly its period (design 3.4 b). States and dates
    hold until something newer is said, and may be of any. What a part lifts its whole prints."""
    plan = case.plan
    for period in judged_periods(case) if plan.rapporter else ():
        silent = [id for id in _unprinted(plan, period) if not case.accepts("R610", id)]
        if not silent:
            continue
        if any(report.rytm == period.frekvens for report in plan.rapporter.values()):
            for id in silent:
                message = f'Orden skrivs inte ut: ingen rapport för {period} har avsnittet "{id}"'
                place = plan.said[period][id].key()
                yield found("R610", place, message, _advice(plan, id, period))
        else:
            rhythms = svenska.join(list(dict.fromkeys(r.rytm for r in plan.rapporter.values())))
            message = f"Orden under {period} skrivs inte ut: planens rapporter gäller {rhythms}"
            hint = (
                f"{_advice(plan, silent[0], period)} Tillstånd och datum får stå kvar: de gäller "
                "tills något nyare sägs."
            )
            first = plan.said[period][silent[0]]
            place = Place(first.path, first.route[:2], "key")
            yield found("R610", place, message, hint, about=silent[0])


@rule("R610", "ids", concerns=_lifts)
def lifted_in_vain(case: Case) -> Iterator[Finding]:
    """What a part lifts to a whole that has no report of that period, or none with that section;
    and what it lifts without words. (Of what no report at all prints the rule above tells.)"""
    plan, above = case.plan, case.plan.whole
    for period in judged_periods(case) if above else ():
        assert above is not None
        said = plan.uppföljning.get(period, {})
        lifted = [id for id in said if said[id].lyft and not case.accepts("R610", id)]
        for id in lifted:
            if not said[id].text.strip():
                hint = "Skriv orden under text, eller ta bort lyft."
                place = plan.said[period][id].at("lyft")
                yield found("R610", place, f"{_IN_VAIN}: det finns ingen text att lyfta", hint)
        if above.rapporter and above.knows_its_reports:
            untold = {*_unprinted(plan, period)}
            yield from _unlifted(
                plan, above, period, [id for id in lifted if said[id].text and id not in untold]
            )


def _unlifted(plan: Plan, above: Plan, period: Period, lifted: Sequence[str]) -> Iterator[Finding]:
    """What the whole does not print: all of a period of which it has no report once."""
    silent = [id for id in lifted if not _would_print(plan, above, id, period)]
    has_report = any(report.rytm == period.frekvens for report in above.rapporter.values())
    for id in silent if has_report else silent[:1]:
        what = f'för {period} med avsnittet "{id}"' if has_report else f"för {period}"
        also = "" if has_report else svenska.more(len(silent) - 1, "gång", "gånger")
        message = f"{_IN_VAIN}: {above.mapp} har ingen rapport {what}{also}"
        near = _near(above, id, period, known=id in plan.things)
        hint = f"Skriv det som ska lyftas under {near}." if near else "Ta bort lyft."
        yield found("R610", plan.said[period][id].at("lyft"), message, hint, about=id)


def _would_print(plan: Plan, above: Plan, id: str, period: Period) -> bool:
    """Whether the whole has a report that prints what a part lifts."""
    reports = _with(above, id, known=id in plan.things)
    return any(report.rytm == period.frekvens for report in reports)


def _advice(plan: Plan, id: str, period: Period) -> str:
    """Under which period the words are printed, or that the whole would print them where they
    stand."""
    above, way = plan.whole, f"Skriv dem under {_near(plan, id, period)}"
    if above and above.knows_its_reports and _would_print(plan, above, id, period):
        return f"{way}, eller skriv lyft: ja så står de i rapporten från {above.mapp}."
    return f"{way}."


def _unprinted(plan: Plan, period: Period) -> Iterator[str]:
    """The ids whose words of a period no report prints, the plan's or that of its whole."""
    above = plan.whole
    has_report = any(report.rytm == period.frekvens for report in plan.rapporter.values())
    for id, entry in plan.uppföljning[period].items():
        if has_report and id in plan.things:
            continue
        reports = _with(plan, id)
        if not entry.text.strip() or not reports:
            continue
        if entry.lyft and above:
            reports += _with(above, id, known=id in plan.things)
        is_known = not entry.lyft or above is None or above.knows_its_reports
        if is_known and all(report.rytm != period.frekvens for report in reports):
            yield id


def _with(plan: Plan, id: str, *, known: bool = False) -> list[Rapporttyp]:
    """The reports of a plan that may print words of something that it, or a part of it, has; of a
    section those that have it."""
    reports = [*plan.rapporter.values()]
    if known or id in plan.things:
        return reports
    return [report for report in reports if any(one.id == id for one in report.sections())]


def _near(plan: Plan, id: str, period: Period, *, known: bool = False) -> Period | None:
    """The period of a report that prints words of something which ends the same day, else the
    shortest that holds the day; None where no report does."""
    year = Period.parse(str(period.last.year))
    parts = (part for report in _with(plan, id, known=known) for part in divide(year, report.rytm))
    there = [part for part in parts if part.first <= period.last <= part.last]
    return min(there, key=lambda part: (part.last != period.last, part.days), default=None)
