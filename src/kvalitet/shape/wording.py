"""pydantic's errors, by their type, as Swedish findings (design 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kvalitet import svenska
from kvalitet.findings import Finding, Place, found
from kvalitet.model.text import ID_PATTERN, Model
from kvalitet.shape.keys import Allowance, did_you_mean, keys_of, owner, which_key


def finding(at: Place, error: Any, model: type[Model]) -> Finding:
    """What an error of validating a model is told as; `at` is where it stands."""
    return _BY_TYPE.get(error["type"], _other)(at, error, model)


def _unknown_key(at: Place, error: Any, model: type[Model]) -> Finding:
    key = str(error["loc"][-1])
    of = owner(model, error["loc"])
    hint = which_key(key, keys_of(of), Allowance())
    return found("R201", Place(at.path, at.route, "key"), f'Okänd nyckel "{key}" i {of.kind}', hint)


def _missing(at: Place, error: Any, model: type[Model]) -> Finding:
    keys = [f'"{key}"' for key in error["keys"]]
    if not at.route and isinstance(error["input"], dict) and error["input"]:
        at = at.key(next(iter(error["input"])))
    of = owner(model, error["loc"])
    rows = "en rad" if len(keys) == 1 else "rader"
    hint = f"Lägg till {rows} med {svenska.join(keys)}."
    return found("R202", at, f"{svenska.join(keys)} saknas i {of.kind}", hint)


def _wrong_kind(at: Place, error: Any, model: type[Model]) -> Finding:
    expected = _EXPECTED.get(error["type"], "nycklar och värden")
    return wrong_kind(at, expected, error["input"], error.get("ctx", {}).get("hint", ""))


def wrong_kind(at: Place, expected: str, value: Any, hint: str = "") -> Finding:
    """R203: text, a list or keys, where one of the others is `expected`."""
    kinds: dict[type[Any], str] = {list: "en lista", tuple: "en lista", dict: "nycklar och värden"}
    stands = kinds.get(type(value), "text")
    message = f"Här väntades {expected}, men det står {stands}"
    return found("R203", at, message, hint or _KIND_HINTS[expected])


_EXPECTED = {"string_type": "text", "list_type": "en lista", "tuple_type": "en lista"}
_KIND_HINTS = {
    "text": "Skriv värdet på samma rad, eller efter | på nästa.",
    "en lista": "Skriv en punkt per rad, med bindestreck: - värde",
    "nycklar och värden": "Skriv nyckel: värde på raderna under, med indrag.",
}


def _word(at: Place, error: Any, model: type[Model]) -> Finding:
    allowed = error["ctx"]["allowed"].split(", ")
    word = error["input"]
    hint = did_you_mean(word, allowed) or f"Här kan stå {svenska.join(allowed, 'eller')}."
    return found("R206", at, f'"{word}" hör inte till de tillåtna orden', hint)


def _bad_id(at: Place, error: Any, model: type[Model]) -> Finding:
    if error["ctx"]["pattern"] != ID_PATTERN:
        return _form("Skriv planens mapp, snedstreck och id, som barn-och-familj/risk-1.")(
            at, error, model
        )
    message = f'"{svenska.shorten(error["input"], 40)}" duger inte som id'
    hint = "Ett id har små bokstäver a-z, siffror och bindestreck, och börjar med en bokstav."
    id = svenska.slug(error["input"])
    return found("R207", at, message, f"Skriv till exempel {id}. {hint}" if id else hint)


def _reason(code: str, hint: str) -> Callable[[Place, Any, type[Model]], Finding]:
    def say(at: Place, error: Any, model: type[Model]) -> Finding:
        return found(code, at, error["ctx"]["reason"], hint)

    return say


def _same_period(at: Place, error: Any, model: type[Model]) -> Finding:
    context = error["ctx"]
    message = f'"{context["first"]}" och "{context["second"]}" {context["same"]}'
    return found("R242", at.key(context["second"]), message, "Behåll den ena.")


def _nobodys(at: Place, error: Any, model: type[Model]) -> Finding:
    key = error["ctx"]["key"]
    hint = "Skriv vems målet är först, som nämnden:, och perioden under."
    return found("R212", at.key(key), f'"{key}" säger inte vems målet är', hint)


def _form(hint: str) -> Callable[[Place, Any, type[Model]], Finding]:
    def say(at: Place, error: Any, model: type[Model]) -> Finding:
        value = svenska.shorten(str(error["input"]), 40)
        return found("R212", at, f'"{value}" har fel form', hint)

    return say


def _too_long(at: Place, error: Any, model: type[Model]) -> Finding:
    most = svenska.format_number(error["ctx"]["most"])
    kind = "nycklar" if isinstance(error["input"], dict) else "punkter"
    return found("R212", at, f"Här står fler än {most} {kind}", "Ta bort dem som inte behövs.")


def _too_many_signs(at: Place, error: Any, model: type[Model]) -> Finding:
    most = svenska.format_number(error["ctx"]["max_length"])
    message = f'"{svenska.shorten(error["input"], 40)}" är för långt'
    return found("R212", at, message, f"Skriv högst {most} tecken.")


_other = _form("Jämför med handboken.")

_BY_TYPE: dict[str, Callable[[Place, Any, type[Model]], Finding]] = {
    "unexpected_keyword_argument": _unknown_key,
    "missing_keyword_only": _missing,
    "missing": _missing,
    "string_type": _wrong_kind,
    "list_type": _wrong_kind,
    "tuple_type": _wrong_kind,
    "dict_type": _wrong_kind,
    "dataclass_type": _wrong_kind,
    "word": _word,
    "string_pattern_mismatch": _bad_id,
    "period": _reason("R208", ""),
    "number": _reason("R204", "Skriv talet utan enhet."),
    "out_of_range": _reason("R204", ""),
    "truth": _reason("R205", "Skriv ja eller nej."),
    "target": _reason("R209", "Skriv minst 84, högst 90, 81-85 eller 84, utan enhet."),
    "incomplete": _reason("R202", "Lägg till det som saknas, och ta bort det som är för mycket."),
    "same_period": _same_period,
    "nobodys": _nobodys,
    "answer_scale": _form("Skriv lägsta och högsta svar, som 1-5."),
    "year": _form("Skriv ett år från 1900 till 2199, som 2026."),
    "too_long": _too_long,
    "string_too_long": _too_many_signs,
}
