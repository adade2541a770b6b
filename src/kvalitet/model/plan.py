"""A plan as it stands after inheritance, and the register of plans: what rules and views read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, ClassVar, Concatenate, NamedTuple, ParamSpec, TypeVar

from kvalitet.findings import Place
from kvalitet.model.followup import Uppföljning
from kvalitet.model.indicator import Indikator, Samband
from kvalitet.model.report import Rapporttyp
from kvalitet.model.scale import Skala
from kvalitet.model.settings import Inställningar
from kvalitet.model.text import Model, Text, When, model, parsed
from kvalitet.model.thing import (
    Aktivitet,
    Avvikelse,
    Egenkontroll,
    Kvalitetsområde,
    Mål,
    Risk,
    Åtgärd,
)
from kvalitet.period import Period

KINDS: dict[str, type[Model]] = {
    "kvalitetsområden": Kvalitetsområde,
    "mål": Mål,
    "risker": Risk,
    "åtgärder": Åtgärd,
    "aktiviteter": Aktivitet,
    "egenkontroller": Egenkontroll,
    "avvikelser": Avvikelse,
    "indikatorer": Indikator,
}
"""Each list at the top of a plan's files, and what its items are."""

T = TypeVar("T", bound=Model)
Answer = TypeVar("Answer")
Question = ParamSpec("Question")


def _year(text: str) -> int:
    year = Period.parse(text).year
    if text != str(year):
        raise ValueError(text)
    return year


@model
class Beslut(Model):
    """The decision by which the plan was adopted."""

    kind: ClassVar[str] = "beslutet"
    datum: When | None = None
    diarienummer: Text = ""
    paragraf: Text = ""


@model
class Planhuvud(Model):
    """The block `plan`: whose plan it is, what it inherits from, which reports it makes."""

    kind: ClassVar[str] = "planen"
    namn: Text = ""
    kommun: Text = ""
    nämnd: Text = ""
    enhet: Text = ""
    år: Annotated[int, parsed("year", _year)] | None = None
    del_av: Text | None = None
    rapporter: tuple[Text, ...] = ()
    urval: Text | None = None
    beslut: Beslut = Beslut()


class Definition(NamedTuple):
    """Where a thing, or a part's changes of it, is written, and which keys are written there."""

    place: Place
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a plan lacks because of findings already given: rules that need it are silent. `whole`
    tells that ids are lacking only since the plan that it inherits from lacks them; `parts` names
    what may be a part of it and is not known to be: plans by folder, what is not read by path."""

    ids: bool = False
    whole: bool = False
    data: bool = False
    parts: frozenset[str] = frozenset()
    scales: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()
    said: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, whole: what it inherits is in it, its data and `uppföljning` are its own.

    `things` holds every thing by id, groups laid over their members, in the order written (what is
    inherited first); `ungrouped` the same before groups are laid; `own` what this plan's files
    write, before inheritance. `parts` are the plans that are parts of it, in Swedish order of name;
    the `whole` of a part is the plan as it was before it had them: who needs it with its parts asks
    the register. `data` is a `series.Data`, typed loosely since that layer is higher.
    `said_of` is `uppföljning` by id, each in the order of periods. `memory` is what `remembered`
    functions have answered.
    """

    mapp: str
    huvud: Planhuvud
    skalor: Mapping[str, Skala]
    things: Mapping[str, Model]
    ungrouped: Mapping[str, Model] = field(default_factory=dict)
    own: Mapping[str, Model] = field(default_factory=dict)
    samband: tuple[tuple[Samband, Place], ...] = ()
    texter: Mapping[str, str] = field(default_factory=dict)
    uppföljning: Mapping[Period, Mapping[str, Uppföljning]] = field(default_factory=dict)
    rapporter: Mapping[str, Rapporttyp] = field(default_factory=dict)
    whole: Plan | None = None
    parts: tuple[Plan, ...] = field(default=(), compare=False, repr=False)
    data: Any = None
    definitions: Mapping[str, tuple[Definition, ...]] = field(default_factory=dict)
    said: Mapping[Period, Mapping[str, Place]] = field(default_factory=dict)
    head_place: Place = Place("")
    text_places: Mapping[str, Place] = field(default_factory=dict)
    scale_places: Mapping[str, Place] = field(default_factory=dict)
    gaps: Gaps = Gaps()
    said_of: Mapping[str, Sequence[tuple[Period, Uppföljning]]] = field(init=False, compare=False)
    memory: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said_of", _by_id(self.uppföljning))

    def all(self, kind: type[T]) -> Iterator[T]:
        """The things of one kind, in order."""
        return iter(_of_kind(self, kind))

    def get(self, kind: type[T], id: str | None) -> T | None:
        """The thing of that kind and id, or None."""
        thing = self.things.get(id) if id else None
        return thing if type(thing) is kind else None

    def place(self, id: str, key: str | None = None) -> Place:
        """Where a thing is written, or where the key of it that holds is."""
        definitions = self.definitions[id]
        if key is None:
            return definitions[0].place
        for definition in definitions:
            if key in definition.keys:
                return definition.place.at(key)
        return definitions[0].place

    def chain(self) -> Iterator[Plan]:
        """The plan, its whole, the whole of that, and so on."""
        at: Plan | None = self
        while at is not None:
            yield at
            at = at.whole

    def inherits(self, id: str) -> bool:
        """Whether a plan above it defines the thing of that id: what this plan writes of it, if
        anything, only changes it. What it has and does not inherit it defines itself."""
        return self.whole is not None and id in self.whole.things

    def below(self) -> Iterator[Plan]:
        """All that are parts of it at any depth, each followed by its own."""
        waiting = list(reversed(self.parts))
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))

    @property
    def name(self) -> str:
        """What it is called where it stands beside others: its unit, else its board."""
        return self.huvud.enhet or self.huvud.nämnd or self.huvud.namn

    @property
    def knows_its_reports(self) -> bool:
        """Whether all that says which reports it makes could be read."""
        faulty_head = any(id == "plan" for id, _ in self.gaps.fields)
        return not faulty_head and len(self.rapporter) == len(set(self.huvud.rapporter))

    def sections(self) -> Iterator[str]:
        """The ids of the sections of the reports that the plan names."""
        for report in self.rapporter.values():
            yield from (section.id for section in report.sections())


def remembered(
    answer: Callable[Concatenate[Plan, Question], Answer],
) -> Callable[Concatenate[Plan, Question], Answer]:
    """A function of a plan that works out each answer once: the plan remembers it. What is asked
    again of every text, thing or report then costs no more than the plan is large."""

    @wraps(answer)
    def recalled(plan: Plan, /, *asked: Question.args, **named: Question.kwargs) -> Answer:
        key = (answer, asked, *named.items()) if named else (answer, asked)
        found: Answer = plan.memory.get(key, _NEVER_ASKED)
        if found is _NEVER_ASKED:
            found = plan.memory[key] = answer(plan, *asked, **named)
        return found

    return recalled


def lately_remembered(
    answer: Callable[Concatenate[Plan, Question], Answer],
) -> Callable[Concatenate[Plan, Question], Answer]:
    """The same of answers that take much room and are asked for again soon, if ever: the plan
    remembers the latest of them."""

    @wraps(answer)
    def recalled(plan: Plan, /, *asked: Question.args, **named: Question.kwargs) -> Answer:
        lately: dict[Any, Answer] = plan.memory.setdefault(answer, {})
        key = (asked, *named.items())
        if key not in lately:
            found = answer(plan, *asked, **named)
            if len(lately) >= _MANY:
                del lately[next(iter(lately))]
            lately[key] = found
        return lately[key]

    return recalled


_NEVER_ASKED: Any = object()
_MANY = 128


@remembered
def _of_kind(plan: Plan, kind: type[T]) -> tuple[T, ...]:
    return tuple(thing for thing in plan.things.values() if type(thing) is kind)


def _by_id(
    said: Mapping[Period, Mapping[str, Uppföljning]],
) -> Mapping[str, Sequence[tuple[Period, Uppföljning]]]:
    found: dict[str, list[tuple[Period, Uppföljning]]] = {}
    for period in sorted(said):
        for id, entry in said[period].items():
            found.setdefault(id, []).append((period, entry))
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """All plans by folder name, the settings of the repository, the report types by
    name, the names of all (the faulty too), the digest of every file read, and whether all that
    the settings say is known."""

    plans: Mapping[str, Plan]
    settings: Inställningar = Inställningar()
    reports: Mapping[str, Rapporttyp] = field(default_factory=dict)
    report_names: frozenset[str] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    settings_known: bool = True

    def with_parts(self, mapp: str) -> frozenset[str]:
        """A plan and all that are parts of it, at any depth: its reports show them."""
        plan = self.plans.get(mapp)
        return frozenset((mapp, *(part.mapp for part in plan.below()))) if plan else frozenset()
