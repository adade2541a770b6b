"""The reports of one plan after another: what stops them, and where they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitet.cli.asking import no_year, period_for
from kvalitet.cli.steps import exit_code, template_folders
from kvalitet.cli.writing import Unwritable, write_whole
from kvalitet.findings import Finding, Severity
from kvalitet.period import Period

if TYPE_CHECKING:
    from kvalitet.load import Loaded
    from kvalitet.model.plan import Plan
    from kvalitet.model.settings import Undantag
    from kvalitet.render import Renderer, TemplateFault
    from kvalitet.rules import Judged

REPORTS = Path("rapporter")
_FORMATS = ("html", "md")
_MISSING_TEXT = "R601"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: of which period (or tertial of each plan's year), and by what in each
    format."""

    asked: Period | int
    renderers: Mapping[str, Renderer]
    draft: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with a plan: its exit code, what is written, what stops it, and what there is to
    say of it besides."""

    plan: str
    code: int
    written: tuple[Path, ...] = ()
    found: Judged | None = None
    says: tuple[str, ...] = ()


def order(asked: Period | int, format: str, draft: bool) -> Order:
    """The order that the options of the command line make; WrongUse where there is no such format.
    Where none is named, what a reader opens is made."""
    from kvalitet.cli.asking import one_of
    from kvalitet.render import FORMATS, renderer

    if format:
        one_of(format, *FORMATS)
    formats = (format,) if format else _FORMATS
    return Order(asked, {each: renderer(each, template_folders()) for each in formats}, draft)


class Making:
    """Makes the reports of plans as ordered. What is found in a plan is kept for all whose reports
    it concerns; what a plan remembers is let go when its reports are written, so that many plans
    take little more room than one."""

    def __init__(self, loaded: Loaded, order: Order) -> None:
        self._loaded = loaded
        self._order = order
        self._found: dict[tuple[str, Period | None], Judged] = {}

    def outcome(self, plan: Plan) -> Outcome:
        """Makes the reports of a plan, unless something stops them."""
        try:
            return self._outcome(plan)
        finally:
            forget(plan)

    def _outcome(self, plan: Plan) -> Outcome:
        from kvalitet.render import TemplateFault

        at = period_for(plan, self._order.asked)
        found = self._judged(plan, at)
        if exit_code(found) or plan.gaps.parts:
            return Outcome(plan.mapp, 1, found=_situated(found), says=_stopped(plan, found))
        if at is None:
            return Outcome(plan.mapp, 2, says=(no_year(plan),))
        written: list[Path] = []
        says: list[str] = []
        try:
            for name in _of_rhythm(plan, at):
                place = REPORTS / plan.mapp / str(at) / name
                texts = self._texts(plan, name, at, place)
                replaced = write_whole(texts)
                written += texts
                if replaced and self._order.draft:
                    says.append(f"{place.as_posix()}: ett utkast har ersatt den rapport som fanns.")
        except TemplateFault as fault:
            found = faulty_template(fault)
            return Outcome(plan.mapp, 1, tuple(written), found, (*says, *_stopped(plan, found)))
        except Unwritable as fault:
            return Outcome(plan.mapp, 2, tuple(written), says=(*says, str(fault)))
        return Outcome(plan.mapp, 0, tuple(written), says=tuple(says))

    def _texts(self, plan: Plan, name: str, at: Period, place: Path) -> dict[Path, str]:
        from kvalitet.load import fingerprint
        from kvalitet.view.report import document

        register = self._loaded.register
        sources = fingerprint(register, plan)
        page = document(plan, name, at, register, sources, draft=self._order.draft)
        return {
            place.with_suffix(f".{format}"): render(page)
            for format, render in self._order.renderers.items()
        }

    def _judged(self, plan: Plan, at: Period | None) -> Judged:
        """The findings that concern a plan's reports: those about it, what it inherits from, its
        parts and what may be one. A text that another plan's report lacks is that plan's, and a
        draft may lack all; a report type of which it makes none may be as faulty as it is."""
        register = self._loaded.register
        others = register.with_parts(plan.mapp) | {one.mapp for one in plan.chain()}
        others |= plan.gaps.parts & register.plans.keys()
        names = (*sorted(others - {plan.mapp}), plan.mapp)  # last: it remembers what it was asked
        found = _together([self._of(register.plans[name], at, plan) for name in names])
        theirs = (each for each in found.findings if self._concerns(plan, each))
        return replace(found, findings=tuple(theirs))

    def _concerns(self, plan: Plan, finding: Finding) -> bool:
        path = finding.place.path
        if finding.code == _MISSING_TEXT:
            return path.startswith(f"plans/{plan.mapp}/") and not self._order.draft
        is_of_type = path.startswith("templates/rapporter/")
        return not is_of_type or not _knows_names(plan) or Path(path).stem in plan.huvud.rapporter

    def _of(self, plan: Plan, at: Period | None, making: Plan) -> Judged:
        from kvalitet.rules import judge

        key = (plan.mapp, at)
        if key not in self._found:
            loaded = self._loaded
            self._found[key] = judge(loaded.register, loaded.findings, at=at, only=[plan.mapp])
            if plan is not making:
                forget(plan)
        return self._found[key]


def forget(plan: Plan) -> None:
    """Lets go of all that was remembered to make the reports of a plan."""
    for each in (*plan.chain(), *plan.below()):
        each.memory.clear()


def faulty_template(fault: TemplateFault) -> Judged:
    """A page template of the owner's that cannot be used, as what a run found."""
    from kvalitet.rules import Judged

    return _situated(Judged((fault.finding,), (), plans=1, rows=0))


def _knows_names(plan: Plan) -> bool:
    """Whether no fault hides which reports a plan names."""
    return all(id != "plan" for id, _ in plan.gaps.fields)


def _of_rhythm(plan: Plan, at: Period) -> Iterator[str]:
    return (name for name, kind in plan.rapporter.items() if kind.rytm == at.frekvens)


def _together(judged: Sequence[Judged]) -> Judged:
    """What was found of several plans, each judged alone."""
    from kvalitet.rules.exceptions import Accepted

    accepted: Counter[Undantag] = Counter()
    for each in (one for found in judged for one in found.accepted):
        accepted[each.undantag] += each.antal
    return replace(
        judged[-1],
        findings=tuple(finding for found in judged for finding in found.findings),
        untried=tuple(each for found in judged for each in found.untried),
        plans=sum(found.plans for found in judged),
        rows=sum(found.rows for found in judged),
        accepted=tuple(Accepted(undantag, antal) for undantag, antal in accepted.items()),
    )


def _situated(found: Judged) -> Judged:
    from kvalitet.load import situate

    return replace(found, findings=situate(Path(), found.findings))


def _stopped(plan: Plan, found: Judged) -> tuple[str, ...]:
    """What is said of a plan that errors stop; of what only may be a part of it the run tells."""
    says = f"{plan.mapp}: rapporten är inte gjord, för felen ovan."
    own = (each for each in found.findings if not _stands_in(plan.gaps.parts, each))
    errors = {each.code for each in own if each.severity is Severity.ERROR}
    if not errors:
        return ()
    if errors == {_MISSING_TEXT}:
        return says, "Med --draft görs ett utkast utan texten."
    return (says,)


def _stands_in(plans: Collection[str], finding: Finding) -> bool:
    top, _, below = finding.place.path.partition("/")
    return top in ("plans", "data") and below.partition("/")[0] in plans
