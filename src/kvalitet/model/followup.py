"""What was said about something in a period (design 3.9)."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from kvalitet.model.text import Model, Text, Truth, When, model, nothing


@model
class Uppföljning(Model):
    """Words, states and a new end, said about one id in one period.

    `tillstånd` is scale → step; the step is "" where a faulty word was said: not known.
    """

    kind: ClassVar[str] = "uppföljningen"
    unwritten: ClassVar[str] = "tillstånd"
    text: Text = ""
    tillstånd: dict[Text, Text] = field(default_factory=nothing)
    slut: When | None = None
    lyft: Truth = False


FIXED_KEYS = ("text", "slut", "lyft")
