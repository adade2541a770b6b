"""Texts that a report must have (design 6: a section list says which are mandatory)."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status
from kvalitet.findings import Finding, Place, found
from kvalitet.model.plan import Plan
from kvalitet.model.report import Avsnitt
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import join, suggest


def report_period(plan: Plan, asked: Period | None) -> Period | None:
    """The report by which it is told what is lacking: the one asked for, else the newest of the
    plan's rhythms of which anything is said. None where the plan has no such report."""
    rhythms = {report.rytm for report in plan.rapporter.values()}
    if asked is not None:
        return asked if asked.frekvens in rhythms and not begins_later(plan, asked) else None
    return max((said for said in plan.uppföljning if said.frekvens in rhythms), default=None)


def begins_later(plan: Plan, at: Period) -> bool:
    """Whether a plan has no report of a period since it begins later: its `år` is a later year, and
    nothing is said in it until then. It has no last report, since it lives on from year to year
    (design 3). False where a fault hides what is said, or which reports there are."""
    if plan.gaps.said or not plan.knows_its_reports or any(p <= at for p in plan.uppföljning):
        return False
    return plan.huvud.år > at.year if plan.huvud.år else bool(plan.uppföljning)


def _is_reported(case: Case) -> bool:
    """Whether the plan has, or may have, a report to judge: none is asked for where there is no
    period."""
    return any(_mandatory(case)) or (case.at is not None and not case.knows_sections)


@rule("R601", "ids", "reports", "report", concerns=_is_reported)
def unwritten_section(case: Case) -> Iterator[Finding]:
    """A mandatory section without words for the report's period and without `texter`, unless the
    plan begins later. All of a plan are one finding, since they have one place and one remedy."""
    plan, at = case.plan, case.report
    faulty = {id for id, _ in plan.gaps.fields} | _meant(case)
    lacking: dict[str, list[Avsnitt]] = {}
    for name, section in _mandatory(case):
        if section.id not in faulty and status.is_unwritten(plan, section.id, at):
            lacking.setdefault(name, []).append(section)
    if lacking:
        named = (f"{join([s.rubrik for s in of])} ({name})" for name, of in lacking.items())
        message = f"För {at} saknas text som måste finnas: {', '.join(named)}"
        ids = dict.fromkeys(section.id for of in lacking.values() for section in of)
        yield found("R601", _place(case, at), message, _hint(case, at, list(ids)))


def _mandatory(case: Case) -> Iterator[tuple[str, Avsnitt]]:
    """The sections that must have a text in the plan's reports of that period, by report."""
    if case.newest is None:
        return
    for name, report in case.plan.rapporter.items():
        if report.rytm == case.newest.frekvens:
            yield from ((name, section) for section in report.avsnitt if section.obligatorisk)


def _meant(case: Case) -> set[str]:
    """The sections that ids which nothing has most likely misspell: that is told where they
    stand (R222)."""
    said, sections = case.plan.uppföljning.get(case.report, {}), case.sections()
    unknown = said.keys() - case.plan.things.keys() - set(sections)
    return {meant for id in sorted(unknown) if (meant := suggest(id, sections))}


def _place(case: Case, at: Period) -> Place:
    """The period in the first file that says something about it, else where the reports are."""
    for said in case.plan.said.get(at, {}).values():
        return Place(said.path, said.route[:2], "key")
    return case.plan.head_place.at("rapporter")


def _hint(case: Case, at: Period, ids: list[str]) -> str:
    texts = [line for id in ids for line in (f"{id}: |", "  Här står texten.")]
    if at in case.plan.said:
        return "\n".join([f"Skriv under {at}:", *texts])
    where = f"plans/{case.plan.mapp}/{at}.yaml"
    lines = [f"Skriv i {where}:", "uppföljning:", f"  {at}:", *(f"    {line}" for line in texts)]
    return "\n".join(lines)
