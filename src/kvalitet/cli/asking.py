"""The words of a command line, made into what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitet.cli.usage import WrongUse
from kvalitet.findings import CATALOGUE, OF_READING, Severity
from kvalitet.period import Period, tertial
from kvalitet.svenska import join

if TYPE_CHECKING:
    from kvalitet.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Choice:
    """The codes that are asked for, or what they begin with: those of `select` (none: all) but for
    those of `ignore`. Errors of reading are always told: nothing else is certain where they are."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether a code is asked for."""
        if code.startswith(OF_READING) and CATALOGUE[code].severity is Severity.ERROR:
            return True
        return code.startswith(self.select or ("",)) and not code.startswith(self.ignore)


def choice(select: Sequence[str], ignore: Sequence[str]) -> Choice:
    """The choice that --select and --ignore make; WrongUse where a word is the beginning of no
    code."""
    return Choice(tuple(_codes("--select", select)), tuple(_codes("--ignore", ignore)))


def _codes(option: str, words: Sequence[str]) -> Iterator[str]:
    for word in (part.strip() for each in words for part in each.split(",")):
        if not word:
            raise WrongUse(f"{option} ska följas av koder, som R3 eller R305,R410.")
        if not _begins_code(word.upper()):
            spelt = word.upper().replace("O", "0")
            near = spelt if spelt.startswith("R") else f"R{spelt}"
            meant = f'Menade du "{near}"?' if _begins_code(near) else "Se kvalitet explain."
            raise WrongUse(f'{option}: ingen regel heter "{word}". {meant}')
        yield word.upper()


def _begins_code(word: str) -> bool:
    return any(code.startswith(word) for code in CATALOGUE)


def one_of(word: str, *words: str) -> None:
    """Raises WrongUse where the value of --format is none of the words."""
    if word not in words:
        raise WrongUse(f'--format kan vara {join(words, "eller")}, inte "{word}".')


def period_of(text: str) -> Period:
    """The period that a word is; WrongUse where it is none."""
    try:
        return Period.parse(text)
    except ValueError as error:
        raise WrongUse(f"{error}.") from None


def asked_period(number: str, year: str, period: str) -> Period | int:
    """The period asked for; the number of a tertial where each plan says its own year."""
    if not (number or year or period):
        raise WrongUse("Säg vilken period rapporten gäller, som --tertial 2 eller --year 2026.")
    if period and (number or year):
        raise WrongUse("Säg antingen --period, eller --tertial och --year.")
    if not number:
        return period_of(period or year)
    if number not in ("1", "2", "3"):
        raise WrongUse(f'"{number}" är inget tertial: skriv 1, 2 eller 3.')
    return period_of(f"{year}-T{number}") if year else int(number)


def period_for(plan: Plan, asked: Period | int) -> Period | None:
    """What was asked for as a period of the plan; None where the plan does not say its year."""
    if isinstance(asked, Period):
        return asked
    return tertial(plan.huvud.år, asked) if plan.huvud.år else None


def no_year(plan: Plan) -> str:
    """What is said where `period_for` finds none."""
    return f"plans/{plan.mapp} säger inget år. Lägg till --year, eller år i plan.yaml."
