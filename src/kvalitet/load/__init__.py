"""Folders to a register: reads plans/, data/ and the settings, and collects every finding."""

from kvalitet.load.register import Loaded, load
from kvalitet.load.situate import situate

__all__ = ["Loaded", "load", "situate"]
