"""A plan's report as a Document, along the section list of its type: every decision falls here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kvalitet import __version__, prose, status
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Avsnitt
from kvalitet.period import Period
from kvalitet.svenska import NO_BREAK_SPACE, date_text, some
from kvalitet.view.anchors import named_once
from kvalitet.view.areas import quality_areas
from kvalitet.view.badges import legend
from kvalitet.view.budget import economy_tables
from kvalitet.view.changes import changes
from kvalitet.view.control import internal_control
from kvalitet.view.deviations import deviations
from kvalitet.view.differences import differences
from kvalitet.view.document import (
    TOP,
    Anvisning,
    Badge,
    Block,
    Document,
    Fact,
    Heading,
    Legend,
    Note,
    Prose,
    below,
)
from kvalitet.view.followup import follow_up
from kvalitet.view.goaltree import goal_tree
from kvalitet.view.homes import following_up
from kvalitet.view.levels import levels
from kvalitet.view.matrix import matrix
from kvalitet.view.plantable import plan_table
from kvalitet.view.remaining import remaining
from kvalitet.view.scene import Scene, data_folder, scene
from kvalitet.view.selfchecks import self_checks
from kvalitet.view.telling import Telling
from kvalitet.view.units import unit_by_unit
from kvalitet.view.words import words

_MOST_FOLDERS = 4


def document(
    plan: Plan,
    report_name: str,
    period: Period,
    register: Register,
    fingerprint: str,
    *,
    draft: bool = False,
) -> Document:
    """The report of that name about a plan at the last day of a period. `fingerprint` is that of
    the sources read; a draft shows what is asked for where nothing is written. KeyError where
    there is no such report type."""
    report = register.reports[report_name]
    setting = scene(plan, report, period, register)
    blocks = _sections(Telling(setting), draft)
    days = Fact("Period", ((f"{date_text(period.first)} till {date_text(period.last)}",),))
    return Document(
        title=f"{report.rubrik}, {period.in_words()}",
        subtitle=plan.huvud.namn,
        facts=(*_about(plan), days),
        blocks=tuple(named_once(_explained_once(setting, tuple(blocks)))),
        footer=(
            days,
            Fact("Datafiler", ((_data_folders(setting),),)),
            Fact("Framställd med", ((f"kvalitet {__version__}",),)),
            Fact("Källornas fingeravtryck", ((fingerprint,),)),
        ),
        draft=draft,
        levels=levels(setting),
    )


def _sections(telling: Telling, draft: bool) -> Iterator[Block]:
    """All sections in their order, each with those below it; left out where none of them has words
    or a part, and may be. What the indicators are told under is known when the others are."""
    outline = tuple(telling.scene.report.outline())
    told: dict[tuple[int, ...], tuple[Block, ...]] = {}
    for section, numbers in sorted(outline, key=lambda each: each[0].del_ == "indikatorer"):
        telling.begin(section, _level(numbers))
        told[numbers] = tuple(_section(telling, section, draft))
        telling.tables.keep(section, told[numbers])
    for section, numbers in outline:
        if any(blocks for other, blocks in told.items() if other[: len(numbers)] == numbers):
            yield Heading(_level(numbers), section.rubrik, section.id)
            yield from told[numbers]


def _level(numbers: Sequence[int]) -> int:
    return below(TOP, len(numbers) - 1)


def _explained_once(scene: Scene, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with one legend of each scale, where the report first has one, of all steps that
    are explained in it; later ones only tell what means something else than there."""
    meanings: dict[str, dict[Badge, str]] = {}
    for each in (block for block in blocks if isinstance(block, Legend)):
        for step, meaning in each.entries:
            meanings.setdefault(each.title, {}).setdefault(step, meaning)
    told: dict[str, list[tuple[Badge, str]]] = {}
    for block in blocks:
        if not isinstance(block, Legend):
            yield block
            continue
        entries = block.entries if block.title in told else (*meanings[block.title].items(),)
        known = told.setdefault(block.title, [])
        new = [entry for entry in entries if entry not in known]
        known += new
        if new:
            yield replace(block, entries=_in_order(scene, block.title, new))


def _in_order(
    scene: Scene, title: str, entries: Iterable[tuple[Badge, str]]
) -> tuple[tuple[Badge, str], ...]:
    """What a legend tells, in the order of the plan's scale of that title."""
    of_plan = (legend(scene.plan, skala, scene.at.last) for skala in scene.plan.skalor)
    steps = [step for each in of_plan if each.title == title for step, _ in each.entries]
    places = {step: place for place, step in enumerate(steps)}
    return tuple(sorted(entries, key=lambda each: places.get(each[0], len(places))))


def _data_folders(scene: Scene) -> str:
    """Where the rows that the figures may come from stand."""
    having = [plan for plan in (scene.plan, *scene.parts) if plan.data and plan.data.count]
    return some([data_folder(plan) for plan in having or (scene.plan,)], _MOST_FOLDERS)


def _about(plan: Plan) -> Iterator[Fact]:
    """Whose plan it is and who decided it."""
    head = plan.huvud
    named = (("Kommun", head.kommun), ("Nämnd", head.nämnd), ("Enhet", head.enhet))
    for label, text in named:
        if text:
            yield Fact(label, ((text,),))
    paragraph = head.beslut.paragraf.removeprefix("§").strip()
    decision = (
        date_text(head.beslut.datum.last) if head.beslut.datum else "",
        f"§{NO_BREAK_SPACE}{paragraph}" if paragraph else "",
        head.beslut.diarienummer,
    )
    if any(decision):
        yield Fact("Beslut", ((", ".join(filter(None, decision)),),))


def _section(telling: Telling, section: Avsnitt, draft: bool) -> Iterator[Block]:
    """The words of a section and its part."""
    scene, level = telling.scene, telling.level - 1
    yield from _standing_text(scene, section, level)
    yield from _unwritten(scene, section, draft)
    yield from words(scene, section.id, level)
    yield from _PARTS[section.del_](telling)


def _unwritten(scene: Scene, section: Avsnitt, draft: bool) -> Iterator[Block]:
    """What stands in the place of a text that is lacking: in a draft, what is to be written."""
    if not status.is_unwritten(scene.plan, section.id, scene.at):
        return
    if draft and section.anvisning:
        yield Anvisning(section.anvisning)
    elif section.obligatorisk:
        yield Note(("Texten är inte skriven.",))


def _standing_text(scene: Scene, section: Avsnitt, level: int) -> Iterator[Block]:
    text = scene.plan.texter.get(section.id)
    if text:
        shown = prose.render(scene.plan, text, scene.at)
        yield Prose(shown, level, f"{section.id}--stomme")


def _plan_table(telling: Telling) -> Iterator[Block]:
    """The plan table; what was said of the things in it follows, unless it has its own section."""
    yield from plan_table(telling.scene)
    if following_up(telling.scene) == "plantabell":
        yield from follow_up(telling)


def _tables(telling: Telling) -> Iterator[Block]:
    assert telling.section is not None
    yield from telling.tables.of_section(telling.section, telling.level - 1)


_PARTS: dict[str, Callable[[Telling], Iterator[Block]]] = {
    "text": lambda _: iter(()),
    "matris": lambda telling: matrix(telling.scene),
    "plantabell": _plan_table,
    "indikatorer": _tables,
    "uppföljning": follow_up,
    "kvalitetsområden": quality_areas,
    "kvarstår": remaining,
    "målträd": goal_tree,
    "ekonomi": lambda telling: economy_tables(telling.scene, telling.level),
    "internkontroll": internal_control,
    "egenkontroller": self_checks,
    "avvikelser": deviations,
    "ändringar": lambda telling: changes(telling.scene),
    "enheter": unit_by_unit,
    "skillnader": differences,
}
