"""Systematic quality work in Swedish social services: plans and figures in, reports out."""

import os

__version__ = "0.1.0"

# What else a machine has installed must not change what is valid; and looking for it costs a tenth
# of the time that a small plan takes (tests/bench).
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
