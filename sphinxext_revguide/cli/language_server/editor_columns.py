"""Columns of the protocol: counted in UTF-16 units, unless the editor prefers UTF-8 or UTF-32."""

from __future__ import annotations

from itertools import accumulate

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""The codec of each encoding of the protocol, and the bytes of a unit."""
DEFAULT = "utf-16"


def units(text: str, encoding: str = DEFAULT) -> int:
    """Return the length of a text in units of an encoding."""
    codec, size = _CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def characters(text: str, column: int, encoding: str = DEFAULT) -> int:
    """Return how many characters of a line are before a column in units of an encoding."""
    ends = accumulate((units(character, encoding) for character in text), initial=0)
    return next((index for index, end in enumerate(ends) if end >= column), len(text))
