"""Computed figures in texts: every call can be read and has a value (design 3.11)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from kvalitet.findings import MOST, Finding, Place, found
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan
from kvalitet.model.thing import Mål
from kvalitet.period import Period
from kvalitet.prose import Call, Code, problems, reckoned
from kvalitet.rules.registry import Case, rule
from kvalitet.rules.words.passages import judged_periods
from kvalitet.shape import Allowance
from kvalitet.status import begins_later

_SOME_YEAR = 2000
_COMPARED = "förändring"
_SAME_LENGTH = 3
"""Days by which months, and tertials, differ."""
_BARE = ("antal", "medelvärde", "index")
"""The units that are not printed."""
_OF_UNITS = {
    "procent": "%|procent(?:enhet(?:er)?)?",
    "tkr": "tkr|(?:tusen )?kronor|kr",
}
_PLURAL = re.compile(r"(?<=\w\w)(?:ar|er|or|e|a)$")
_AFTER = re.compile(r'\{\{ *\w+ *\( *"([^"\n]+)"[^{}\n]*\}\}(?=([^\n]*))')
"""What a call asks for, and what stands after it on its line."""
_A_WORD = 3
"""So many letters that a word may have an ending."""


@rule("R210")
def unreadable_call(case: Case) -> Iterator[Finding]:
    """A call that is not one of the closed set, whose arguments cannot be read, or that stands
    where nothing is computed."""
    yield from _of_code(case, "R210", _judged(case) or [_any_period(case.plan)])
    yield from _outside_prose(case.plan)


def _has_calls(case: Case) -> bool:
    """Whether a text has a call, or may have one, since a file of the plan cannot be read."""
    return case.plan.gaps.said or any(_with_calls(case.plan, _judged(case)))


@rule("R211", "ids", "data", concerns=_has_calls)
def call_without_value(case: Case) -> Iterator[Finding]:
    """A call that has no value, not even a missing mark, as known at the text's period."""
    return _of_code(case, "R211", _judged(case))


@rule("R416", "ids", "data", "report", concerns=_has_calls, each=True)
def periods_apart(case: Case) -> Iterator[Finding]:
    """A change in the texts of the report between periods in the wrong order, of a period to
    itself, or between times of different length of what adds up over time."""
    plan, at = case.plan, case.report
    for text, place, _ in _with_calls(plan, [at]):
        for call, within in reckoned(plan, text, at) if _COMPARED in text else ():
            why = _why_apart(plan, call) if call.name == _COMPARED else None
            if why:
                message, hint = why
                yield found("R416", Place(place.path, place.route, within=within), message, hint)


@rule("R609", "ids", concerns=_has_calls)
def unit_twice(case: Case) -> Iterator[Finding]:
    """A call that prints a number with its unit (example README: other words are printed after the
    number), and the unit once more after it."""
    plan, periods = case.plan, judged_periods(case)
    for text, place, of_text in _with_calls(plan, periods):
        if not (
            of_text and any(_unit_after(plan, *near.groups()) for near in _AFTER.finditer(text))
        ):
            continue
        lines = text.split("\n")
        for call, (line, column, length) in reckoned(plan, text, of_text[-1]):
            end = column + length
            again = _unit_after(plan, call.arguments[0], lines[line][end:])
            if again:
                message = f'Måttenheten skrivs ut två gånger: "{again.group()}"'
                hint = "Ta bort den: beräkningen skriver ut värdet med sin måttenhet."
                within = (line, end + again.start(), again.end() - again.start())
                at = Place(place.path, place.route, within=within)
                yield found("R609", at, message, hint)


def _unit_after(plan: Plan, id: str, rest: str) -> re.Match[str] | None:
    """The unit of the indicator that a call prints, at the beginning of what stands after it."""
    indicator = plan.get(Indikator, id)
    if indicator is None or indicator.måttenhet in _BARE:
        return None
    unit = _OF_UNITS.get(indicator.måttenhet) or _forms(indicator.måttenhet)
    return re.compile(rf"(?<=[ \u00a0])(?:{unit})(?!\w)", re.IGNORECASE).match(rest, 1)


def _forms(unit: str) -> str:
    """A pattern of a unit, singular, plural or in the genitive; of the words before "per" alone."""
    whole, noun = re.escape(unit), unit.partition(" per ")[0]
    stem = re.escape(_PLURAL.sub("", noun))
    forms = rf"{stem}(?:e|en|et|a|ar|er|or|na|arna|erna|orna)?s?"
    return rf"{whole}|{forms}" if len(noun) >= _A_WORD and not noun.startswith("per ") else whole


def _why_apart(plan: Plan, call: Call) -> tuple[str, str] | None:
    """What is odd about the periods of a change, and what to do."""
    id, *ends = call.arguments
    first, second = (Period.parse(end) for end in ends)
    indicator = plan.get(Indikator, id)
    if first == second:
        return f"{first} jämförs med sig själv", "Skriv två perioder, den tidigare först."
    if second.last < first.last:
        hint = f'Kontrollera tecknet: skriv {{{{ förändring("{id}", "{second}", "{first}") }}}}.'
        return f"{first} slutar efter {second}, så förändringen räknas bakåt", hint
    is_summed = indicator is not None and indicator.adds_up_over_time
    if is_summed and abs(first.days - second.days) > _SAME_LENGTH:
        hint = "Kontrollera: jämför två lika långa tider."
        return f"{first} och {second} är olika långa, och värdena läggs ihop över tid", hint
    return None


def _judged(case: Case) -> list[Period]:
    """The periods whose texts are judged: that of a report also where only `texter` speak in it."""
    if case.at is None or begins_later(case.plan, case.at):
        return case.periods()
    return [case.at]


def _of_code(case: Case, code: Code, periods: list[Period]) -> Iterator[Finding]:
    near, told = Allowance(), Counter[str]()
    for text, place, of_text in _with_calls(case.plan, periods):
        room = MOST + 1 - told[place.path]
        for problem in islice(problems(case.plan, text, of_text, code, near), room):
            told[place.path] += 1
            within = (problem.line, problem.column, problem.length)
            at = Place(place.path, place.route, within=within)
            yield found(code, at, problem.message, problem.hint)


def _with_calls(plan: Plan, periods: list[Period]) -> Iterator[tuple[str, Place, list[Period]]]:
    """The texts that may have calls, and of which periods each is."""
    for period in periods:
        for id, entry in plan.uppföljning.get(period, {}).items():
            if "{{" in entry.text:
                yield entry.text, plan.said[period][id].at("text"), [period]
    for id, place in plan.text_places.items():
        if "{{" in plan.texter.get(id, ""):
            yield plan.texter[id], place, periods


def _any_period(plan: Plan) -> Period:
    """Where nothing is said yet: what cannot be read can be read at no period."""
    return Period.parse(str(plan.huvud.år or _SOME_YEAR))


def _outside_prose(plan: Plan) -> Iterator[Finding]:
    """Calls in names and descriptions, in which nothing is computed."""
    own: Mapping[str, Any] = plan.own
    for id, thing in own.items():
        if "{{" in thing.namn:
            yield _not_computed(plan, id, "namn")
        if thing.beskrivning and any("{{" in text for text in thing.beskrivning.values()):
            yield _not_computed(plan, id, "beskrivning")
        if isinstance(thing, Mål) and "{{" in thing.förväntat_resultat:
            yield _not_computed(plan, id, "förväntat_resultat")


def _not_computed(plan: Plan, id: str, key: str) -> Finding:
    hint = "Skriv siffran i uppföljningens text, eller ta bort klamrarna."
    return found("R210", plan.place(id, key), f"Inget räknas fram i {key}", hint)
