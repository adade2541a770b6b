"""Whatever sections a report has and in whatever order: all that was said of what it is about is
told, and nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from examples import gathered
from hypothesis import given
from hypothesis import strategies as st

from kvalitet.findings import Place
from kvalitet.model.plan import Register
from kvalitet.model.report import Rapporttyp
from kvalitet.period import Period
from kvalitet.shape import check
from kvalitet.view.document import Prose
from kvalitet.view.report import document

ALL_KINDS = """
kvalitetsområden:
  - id: omrade
    namn: Område
mål:
  - id: mal
    namn: Mål
    indikatorer: [av-mal]
    aktiviteter: [aktivitet, delad]
    egenkontroller: [kontroll-av-mal]
    mål:
      - id: delmal
        namn: Delmål
        aktiviteter: [delad]
risker:
  - id: risk
    namn: Risk
    mål: delmal
    kvalitetsområde: omrade
    åtgärder: [atgard]
  - id: risk-med-kontroll
    namn: Risk med kontroll
    egenkontroller: [internkontroll]
    indikatorer: [av-risk]
aktiviteter:
  - id: aktivitet
    namn: Aktivitet
    egenkontroller: [kontroll-av-aktivitet]
  - id: delad
    namn: Delad
  - id: utan-agare
    namn: Utan ägare
    åtgärder: [atgard-av-den]
åtgärder:
  - id: atgard
    namn: Åtgärd
  - id: atgard-av-den
    namn: Åtgärd av den
  - id: atgard-av-kontroll
    namn: Åtgärd av kontroll
egenkontroller:
  - id: kontroll-av-mal
    namn: Kontroll av mål
  - id: kontroll-av-aktivitet
    namn: Kontroll av aktivitet
  - id: kontroll
    namn: Kontroll
    indikatorer: [av-kontroll]
    åtgärder: [atgard-av-kontroll]
  - id: kontroll-av-slag
    namn: Kontroll av slag
  - id: internkontroll
    namn: Intern kontroll
    typ: internkontroll
  - id: internkontroll-utan-risk
    namn: Intern kontroll utan risk
    typ: internkontroll
avvikelser:
  - id: slag
    namn: Slag
    indikatorer: [av-slag]
    egenkontroller: [kontroll-av-slag]
indikatorer:
  - id: av-mal
    namn: Av mål
  - id: av-risk
    namn: Av risk
  - id: av-kontroll
    namn: Av kontroll
  - id: av-slag
    namn: Av slag
  - id: ensam
    namn: Ensam
  - id: grupp
    namn: Grupp
    indikatorer:
      - id: i-gruppen
        namn: I gruppen
"""
YEAR = Period.parse("2026")
IDS = re.compile(rf"(?<!typ: )\b(?:{'|'.join(re.findall(r'id: (.+)', ALL_KINDS))})\b(?!-)")
OF_THE_PART = IDS.sub(r"delens-\g<0>", ALL_KINDS)


def said(of: Register, plan: str, lifted: str) -> str:
    """The follow-up of a plan that says a word of its own about each thing and indicator in it."""
    words = "".join(f"    {id}:\n{lifted}      text: {plan}-{id}\n" for id in of.plans[plan].things)
    return f"uppföljning:\n  2026:\n{words}"


@cache
def register() -> Register:
    """A plan and a part of it, in which a word of its own is said of every thing."""
    bare = gathered(hel=ALL_KINDS, del1=OF_THE_PART)
    whole, part = said(bare, "hel", ""), said(bare, "del1", "      lyft: ja\n")
    return gathered(hel=ALL_KINDS + whole, del1=OF_THE_PART + part)


def told(parts: list[str]) -> Counter[str]:
    """How often each of those words stands in a report of these parts."""
    sections = [{"id": f"avsnitt-{n}", "rubrik": each, "del": each} for n, each in enumerate(parts)]
    raw = {"rubrik": "Rapport", "rytm": "år", "avsnitt": sections}
    report = check(Rapporttyp, raw, Place("egen.yaml")).value
    assert report is not None
    plans = register().plans
    of = Register(plans, reports={"egen": report})
    blocks = document(plans["hel"], "egen", YEAR, of, "").blocks
    return Counter(block.markdown.strip() for block in blocks if isinstance(block, Prose))


FOLLOWING_UP = ["uppföljning", "plantabell", "målträd", "kvalitetsområden"]
OTHERS = ["indikatorer", "egenkontroller", "internkontroll", "avvikelser", "matris", "kvarstår"]


@given(
    st.lists(st.sampled_from(FOLLOWING_UP), min_size=1, unique=True).flatmap(
        lambda some: st.lists(st.sampled_from(OTHERS), unique=True).flatmap(
            lambda others: st.permutations([*some, *others])
        )
    )
)
def test_all_that_was_said_is_told_once(parts: list[str]) -> None:
    plans = register().plans
    words = [f"{name}-{id}" for name, plan in plans.items() for id in plan.uppföljning[YEAR]]
    assert told(parts) == Counter(words)
