"""Splits texts into lines as editors, parsers and Git count them.

``str.splitlines`` also ends lines at form feeds and other rare characters.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def split_lines(text: str) -> list[str]:
    """Split a text at LF, CRLF and CR, which stay at the ends of the lines."""
    return _LINE.findall(text)


def bare_lines(text: str) -> list[str]:
    """Split a text at LF, CRLF and CR, which are dropped."""
    return [line.rstrip("\r\n") for line in split_lines(text)]
