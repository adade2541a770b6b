"""Texts that a report must have (design 6: a section list says which are mandatory)."""

from __future__ import annotations

from collections.abc import Iterator

from kvalitet import status
from kvalitet.findings import Finding, Place, found
from kvalitet.model.report import Avsnitt
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import join


def _is_reported(case: Case) -> bool:
    """Whether the plan has a report to judge: none is asked for where there is no period."""
    return any(True for _ in _mandatory(case))


@rule("R601", "ids", concerns=_is_reported)
def unwritten_section(case: Case) -> Iterator[Finding]:
    """A mandatory section without words for the report's period and without `texter`. All of a
    plan are one finding, since they have one place and one remedy."""
    plan, at = case.plan, case.at
    if at is None or plan.gaps.said:
        return
    faulty = {id for id, _ in plan.gaps.fields}
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
    """The sections that must have a text in the plan's reports of that rhythm, by report."""
    for name, report in case.plan.rapporter.items():
        if case.at and report.rytm == case.at.frekvens:
            yield from ((name, section) for section in report.avsnitt if section.obligatorisk)


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
