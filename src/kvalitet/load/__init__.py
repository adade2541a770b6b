"""Folders to a register: reads plans/, data/ and the settings, and collects every finding."""

from kvalitet.load.register import Loaded, fingerprint, load
from kvalitet.load.situate import situate

__all__ = ["Loaded", "fingerprint", "load", "situate"]
