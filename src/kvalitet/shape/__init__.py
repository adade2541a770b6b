"""Plain data to models; pydantic's errors, by their type, to Swedish findings (design 6)."""

from kvalitet.shape.checking import Checked, check, check_many
from kvalitet.shape.keys import Allowance, did_you_mean, keys_of, which_key
from kvalitet.shape.wording import wrong_kind

__all__ = [
    "Allowance",
    "Checked",
    "check",
    "check_many",
    "did_you_mean",
    "keys_of",
    "which_key",
    "wrong_kind",
]
