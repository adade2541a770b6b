"""Figures in prose: finds `{{ … }}` in a text, reckons each at the text's period (design 3.11).

A closed set of names with constant arguments, parsed and never executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kvalitet.functions import FUNCTIONS, Call, Unreckoned
from kvalitet.model.plan import Plan
from kvalitet.period import Period
from kvalitet.svenska import join, suggest

_OPENING = re.compile(r"\\?\{\{")
_CALL = re.compile(r'\{\{((?:"[^"\n]*"|[^"{}])*)\}\}')
_ARGUMENT = r'(?:([^\W\d]\w*)\s*=\s*)?"([^"\n]*)"'
_FORM = re.compile(rf"\s*(\w+)\s*\(\s*(?:{_ARGUMENT}\s*(?:,\s*{_ARGUMENT}\s*)*)?\)\s*")
"""
