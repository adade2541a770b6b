"""Rules about texts, and about what must not stand in them."""

from kvalitet.rules.words import markup, privacy, texts, unfinished, wording

__all__ = ["markup", "privacy", "texts", "unfinished", "wording"]
