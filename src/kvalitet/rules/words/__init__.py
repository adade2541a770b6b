"""Rules about texts, and about what must not stand in them."""

from kvalitet.rules.words import markup, people, texts, unfinished, unprinted, wording

__all__ = ["markup", "people", "texts", "unfinished", "unprinted", "wording"]
