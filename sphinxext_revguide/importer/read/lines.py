"""A line of a guide."""

from __future__ import annotations

from typing import NamedTuple

END = "\0end"
"""A line put in where an issue ends, and no heading follows."""


class Line(NamedTuple):
    """A line and its 1-based number in the guide; 0 if it was put in."""

    text: str
    number: int
