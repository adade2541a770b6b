"""Texts that a report must have (design 6: a section list says which are mandatory)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kvalitet import status
from kvalitet.findings import Finding, Place, Severity, found
from kvalitet.model.report import Avsnitt
from kvalitet.period import Period
from kvalitet.rules.registry import Case, rule
from kvalitet.svenska import join, suggest


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
        is_lacking = section.id not in faulty and status.is_unwritten(plan, section.id, at)
        if is_lacking and not case.accepts("R601", section.id):
            lacking.setdefault(name, []).append(section)
    if lacking:
        named = (f"{join([s.rubrik for s in of])} ({name})" for name, of in lacking.items())
        message = f"För {at} saknas text som måste finnas: {', '.join(named)}"
        ids = dict.fromkeys(section.id for of in lacking.values() for section in of)
        yield _lacking(case, _place(case, at), message, _hint(case, at, list(ids)))


_NO_WORDS = re.compile(
    r"(?s:<!--.{0,1000}?-->)|^ {0,3}#{1,6}(?:[ \t].*)?$|^.+\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE
)


@rule("R601", "ids", "reports", "report", concerns=_is_reported)
def wordless_section(case: Case) -> Iterator[Finding]:
    """A mandatory section in which only headings, comments or signs are written."""
    plan, at = case.plan, case.report
    faulty = {id for id, _ in plan.gaps.fields}
    for id, section in {section.id: section for _, section in _mandatory(case)}.items():
        texts = {
            plan.said.get(at, {}).get(id): status.words(plan, id, at),
            plan.text_places.get(id): plan.texter.get(id, ""),
        }
        written = {place: text for place, text in texts.items() if text.strip()}
        if id in faulty or any(has_words(text) for text in written.values()):
            continue
        if place := next(filter(None, written), None):
            message = f"Texten under {section.rubrik} har inga ord"
            yield _lacking(case, place.key(), message, "Skriv texten.")


def _lacking(case: Case, place: Place, message: str, hint: str) -> Finding:
    """An error in the report that is asked for; of one that nobody asks for yet, and that may be in
    the making for months, a warning."""
    finding = found("R601", place, message, hint)
    return finding if case.at else replace(finding, severity=Severity.WARNING)


def has_words(text: str) -> bool:
    """Whether a text has more than headings, comments and signs."""
    return bool(re.search(r"\w", _NO_WORDS.sub("", text)))


def _mandatory(case: Case) -> Iterator[tuple[str, Avsnitt]]:
    """The sections that must have a text in the plan's reports of that period, by report."""
    if case.newest is None:
        return
    for name, report in case.plan.rapporter.items():
        if report.rytm == case.newest.frekvens:
            yield from ((name, section) for section in report.sections() if section.obligatorisk)


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
