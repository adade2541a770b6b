"""The economy table: `period;typ;post;utfall;budget`, and `prognos;anm` (example README)."""

from __future__ import annotations

from fractions import Fraction

from kvalitet import svenska
from kvalitet.period import Period
from kvalitet.series import excel
from kvalitet.series.cells import clean, empty, period_in
from kvalitet.series.clashes import same_row
from kvalitet.series.data import Ekonomirad
from kvalitet.series.ledger import Fault, faults, quoted

TYPES = ("intäkt", "kostnad")


def economy_row(
    names: tuple[str, ...], texts: list[str], path: str, line: int
) -> Ekonomirad | tuple[Fault, ...]:
    """What a row of the economy table says; every faulty cell is a fault of its own."""
    said = dict(zip(names, map(clean, texts), strict=True))
    period = period_in("period", said["period"])
    typ = _type(said["typ"])
    post = said["post"] or empty("post", "Skriv vad intäkten eller kostnaden gäller.")
    utfall = _amount("utfall", said["utfall"])
    budget = _amount("budget", said["budget"])
    prognos = _amount("prognos", said["prognos"]) if said.get("prognos") else None
    if (
        isinstance(period, Fault)
        or isinstance(typ, Fault)
        or isinstance(post, Fault)
        or isinstance(utfall, Fault)
        or isinstance(budget, Fault)
        or isinstance(prognos, Fault)
    ):
        return faults(period, typ, post, utfall, budget, prognos)
    return Ekonomirad(period, typ, post, utfall, budget, prognos, said.get("anm", ""), path, line)


def economy_key(row: Ekonomirad) -> tuple[Period, str, str]:
    """What no two rows have in common: a post is the same in capitals and with other spaces."""
    return row.period, row.typ, "".join(row.post.casefold().split())


def same_post(row: Ekonomirad, first: Ekonomirad) -> Fault:
    """A post that stands at another place already (R508), maybe in another spelling."""
    what = f"{row.period} {row.typ} {quoted(row.post)}"
    if row.post == first.post:
        return same_row(what, first, "Ta bort den ena.")
    hint = "Ta bort den ena. Är de två poster: ge dem namn som skiljer dem åt."
    return same_row(f"{what} ({quoted(first.post)})", first, hint)


def _type(text: str) -> str | Fault:
    if text in TYPES:
        return text
    hint = "Skriv intäkt eller kostnad."
    if not text:
        return empty("typ", hint)
    message = f'{quoted(text)} i kolumnen "typ" är varken intäkt eller kostnad'
    return Fault("R514", message, hint, "typ", text, TYPES)


def _amount(column: str, text: str) -> Fraction | Fault:
    """An amount without sign: `typ` tells which way it counts."""
    if not text:
        return empty(column, "Skriv beloppet i tusental kronor, eller 0.")
    try:
        amount = svenska.number(text)
    except ValueError:
        hint = excel.amount_hint(text) or "Skriv bara beloppet, i tusental kronor."
        message = f'{quoted(text)} i kolumnen "{column}" är inget belopp'
        return Fault("R514", message, hint, column)
    if amount < 0:
        message = f'{quoted(text)} i kolumnen "{column}" har minustecken'
        return Fault(
            "R514", message, "Skriv beloppet utan tecken: typ säger åt vilket håll.", column
        )
    return amount
