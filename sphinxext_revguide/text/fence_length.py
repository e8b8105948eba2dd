"""Computes how long a Markdown fence must be so that its content cannot close it."""

from __future__ import annotations

import re


def longest_run(text: str, char: str = "`") -> int:
    """Return the length of the longest run of a character."""
    return max((len(run) for run in re.findall(rf"{re.escape(char)}+", text)), default=0)


def fence_around(text: str, *, least: int = 3, char: str = "`") -> str:
    """Return a fence that is longer than any run of its character in a text.

    :param least: the minimum length of the fence.
    """
    return char * max(least, longest_run(text, char) + 1)
