"""What points out a person: found wherever it stands, and personal numbers hidden wherever they
would be printed."""

from kvalitet.privacy.files import in_file, in_name
from kvalitet.privacy.numbers import columns_of, mask, maybe_numbers

__all__ = ["columns_of", "in_file", "in_name", "mask", "maybe_numbers"]
