"""CSV bytes to checked values with row and column (design 3.6), without pandas."""

from __future__ import annotations

from kvalitet.series.data import Cell, Data, Ekonomirad, Key, Row
from kvalitet.series.reading import read

__all__ = ["Cell", "Data", "Ekonomirad", "Key", "Row", "read"]
