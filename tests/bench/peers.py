"""Programs that check the form of any YAML, told what the made-up plans look like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORD = {"type": ["string", "integer"]}
WORDS = {"type": "array", "items": WORD}


def keys(**properties: Any) -> dict[str, Any]:
    """A mapping with no other keys than these; one that ends in _ must be there."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name.removesuffix("_"): schema for name, schema in properties.items()},
        "required": [name.removesuffix("_") for name in properties if name.endswith("_")],
    }


def many(schema: dict[str, Any]) -> dict[str, Any]:
    """A list of them."""
    return {"type": "array", "items": schema}


def by_key(schema: dict[str, Any]) -> dict[str, Any]:
    """A mapping with any keys to them."""
    return {"type": "object", "additionalProperties": schema}


ACTIVITY = keys(id_=WORD, namn_=WORD, slut=WORD)
MEASURE = keys(
    id_=WORD, namn_=WORD, ansvarig=WORD, start=WORD, slut=WORD, aktiviteter=many(ACTIVITY)
)
RISK = keys(
    id_=WORD,
    nr=WORD,
    namn_=WORD,
    beskrivning=WORD,
    kvalitetsområde=WORD,
    indikatorer=WORDS,
    åtgärder=many(MEASURE),
)
INDICATOR = keys(
    id_=WORD,
    namn_=WORD,
    måttenhet=WORD,
    decimaler=WORD,
    riktning={"enum": ["öka", "minska", "ingen"]},
    målvärden=by_key(WORD),
)
SAID = keys(sannolikhet=WORD, allvarlighetsgrad=WORD, läge=WORD, tidplan=WORD, text=WORD)
FILE = keys(
    plan=keys(namn_=WORD, kommun=WORD, nämnd=WORD, år=WORD, rapporter=WORDS),
    kvalitetsområden=many(keys(id_=WORD, namn_=WORD)),
    indikatorer=many(INDICATOR),
    risker=many(RISK),
    uppföljning=by_key(by_key(SAID)),
)


def checks(programs: Path, folder: Path, work: Path) -> dict[str, tuple[str, ...]]:
    """The command by which each program, in the folder `programs`, checks every YAML file of a
    folder; `work` is for the schema that one of them needs."""
    schema = work / "plan.schema.json"
    schema.write_text(json.dumps(FILE), "utf-8")
    files = [str(path) for path in sorted(folder.glob("plans/*/*.yaml"))]
    tool = {name: str(programs / name) for name in ("yamllint", "check-jsonschema")}
    return {
        "yamllint": (tool["yamllint"], "-d", "relaxed", *files),
        "check-jsonschema": (tool["check-jsonschema"], "--schemafile", str(schema), *files),
    }
