"""Words that no report prints, since they are of another time than its."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period, divide
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import judged_periods


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
                yield found("R610", place, message, f"Skriv dem under {_near(plan, id, period)}.")
        else:
            rhythms = svenska.join(list(dict.fromkeys(r.rytm for r in plan.rapporter.values())))
            message = f"Orden under {period} skrivs inte ut: planens rapporter gäller {rhythms}"
            hint = (
                f"Skriv dem under {_near(plan, silent[0], period)}. Tillstånd och datum får stå "
                "kvar: de gäller tills något nyare sägs."
            )
            first = plan.said[period][silent[0]]
            place = Place(first.path, first.route[:2], "key")
            yield found("R610", place, message, hint, about=silent[0])


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


def _near(plan: Plan, id: str, period: Period) -> Period:
    """The period of a report that prints words of something which ends the same day, else the
    shortest that holds the day."""
    year = Period.parse(str(period.last.year))
    parts = (part for report in _with(plan, id) for part in divide(year, report.rytm))
    there = [part for part in parts if part.first <= period.last <= part.last]
    return min(there, key=lambda part: (part.last != period.last, part.days))
