"""What is left to do for a report, on a certain day: row by row, and by who is responsible."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Avsnitt, Rapporttyp
from kvalitet.model.settings import Undantag
from kvalitet.model.thing import Aktivitet, Avvikelse, Egenkontroll, Risk, Åtgärd
from kvalitet.period import Period
from kvalitet.svenska import sort_key
from kvalitet.view.due import due
from kvalitet.view.expected import of_indicator
from kvalitet.view.pending import Rad, Status, of_section, of_thing
from kvalitet.view.scene import by_nr, capital, scene

_SOON = timedelta(days=60)
_NO_REPORT = Rapporttyp(rubrik="", rytm="tertial", avsnitt=())


@dataclass(frozen=True, slots=True)
class Uppgifter:
    """What a role has to see to. A row that is late may be lacking or unchanged too. No name:
    nobody is responsible."""

    roll: str
    rader: tuple[Rad, ...]

    def antal(self, status: Status) -> int:
        """How many of the rows are so."""
        return sum(row.status == status for row in self.rader)

    @property
    def sena(self) -> int:
        """How many of the rows are late."""
        return sum(row.sen_sedan is not None for row in self.rader)


@dataclass(frozen=True, slots=True)
class Översikt:
    """A plan's report as it stands on a day. `nästa` is the period after, where that has begun and
    no period was asked for; `fel` is the number of errors in what is read of the plan."""

    plan: str
    namn: str
    period: Period
    nästa: Period | None
    fel: int
    rader: tuple[Rad, ...]

    def having(self, status: Status) -> tuple[Rad, ...]:
        """The rows that are so."""
        return tuple(row for row in self.rader if row.status == status)

    @property
    def sena(self) -> tuple[Rad, ...]:
        """The rows that are late, the latest first."""
        late = (row for row in self.rader if row.sen_sedan)
        return tuple(sorted(late, key=lambda row: -row.dagar))

    def roller(self) -> tuple[Uppgifter, ...]:
        """Who has what to see to, in Swedish order; last what nobody is responsible for."""
        of_role: dict[str, list[Rad]] = {}
        for row in self.rader:
            if row.måste_ses:
                for role in dict.fromkeys(map(capital, row.ansvarig or ("",))):
                    of_role.setdefault(role, []).append(row)
        ordered = sorted(of_role, key=lambda role: (not role, sort_key(role)))
        return tuple(Uppgifter(role, tuple(of_role[role])) for role in ordered)


@dataclass(frozen=True, slots=True)
class Undantagsrad:
    """An exception that has ended, or will within two months."""

    undantag: Undantag
    har_gått_ut: bool


def overview(
    plan: Plan, at: Period, register: Register, today: date, *, is_asked: bool, faults: int
) -> Översikt:
    """How far the plan's reports of a period have come."""
    following = at.next() if today > at.last and not is_asked else None
    rows = tuple(_rows(plan, at, register, today))
    return Översikt(plan.mapp, plan.huvud.namn, at, following, faults, rows)


def _rows(plan: Plan, at: Period, register: Register, today: date) -> Iterator[Rad]:
    setting = scene(plan, _NO_REPORT, at, register)
    reports = [report for report in plan.rapporter.values() if report.rytm == at.frekvens]
    sections = [section for report in reports for section in report.sections()]
    ordered: dict[str, Avsnitt] = {}
    for section in sorted(sections, key=lambda section: not section.obligatorisk):
        ordered.setdefault(section.id, section)
    asked = due(plan, at, register)
    things = (
        *setting.goals(),
        *by_nr(plan.all(Risk)),
        *(
            thing
            for kind in (Åtgärd, Aktivitet, Egenkontroll, Avvikelse)
            for thing in plan.all(kind)
        ),
    )
    found = (
        *(of_section(setting, section, asked) for section in ordered.values()),
        *(of_thing(setting, thing, today, asked) for thing in things),
        *(of_indicator(setting, each, today, asked) for each in plan.all(Indikator)),
    )
    yield from filter(None, found)


def ending_exceptions(
    register: Register, plans: Collection[str], today: date
) -> tuple[Undantagsrad, ...]:
    """The exceptions of some plans that have ended or soon will, the earliest first."""
    ending = (
        Undantagsrad(each, each.slut.last < today)
        for each in register.settings.undantag
        if each.plats.partition("/")[0] in plans and each.slut.last < today + _SOON
    )
    return tuple(sorted(ending, key=lambda each: each.undantag.slut.last))
