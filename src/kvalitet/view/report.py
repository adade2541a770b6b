"""A plan's report as a Document, along the section list of its type: every decision falls here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kvalitet import __version__, prose
from kvalitet.model.indicator import Indikator
from kvalitet.model.plan import Plan, Register
from kvalitet.model.report import Avsnitt
from kvalitet.period import Period
from kvalitet.svenska import date_text
from kvalitet.view.changes import changes
from kvalitet.view.document import Anvisning, Block, Document, Fact, Heading, Note, Prose
from kvalitet.view.followup import follow_up
from kvalitet.view.goaltree import goal_tree
from kvalitet.view.matrix import matrix
from kvalitet.view.plantable import plan_table
from kvalitet.view.scene import Scene, scene
from kvalitet.view.tables import indicator_table
from kvalitet.view.words import words

_SECTION = 2
_BELOW = 3


def document(
    plan: Plan, report_name: str, period: Period, register: Register, fingerprint: str
) -> Document:
    """The report of that name about a plan at the last day of a period. `fingerprint` is that of
    the sources read; KeyError where there is no such report type."""
    report = register.reports[report_name]
    setting = scene(plan, report, period, register)
    return Document(
        title=f"{report.rubrik}, {period.in_words()}",
        subtitle=plan.huvud.namn,
        facts=tuple(_about(plan)),
        blocks=tuple(block for section in report.avsnitt for block in _section(setting, section)),
        footer=(
            Fact("Period", ((f"{date_text(period.first)} till {date_text(period.last)}",),)),
            Fact("Framställd med", ((f"kvalitet {__version__}",),)),
            Fact("Källornas fingeravtryck", ((fingerprint,),)),
        ),
    )
