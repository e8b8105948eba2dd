"""Characters that files of some formats cannot hold, or that a terminal or a CI system obeys."""

from __future__ import annotations

import re
from typing import Any

_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_UNFIT = {code: 0xFFFD for code in (*range(0x80, 0xA0), 0xFFFE, 0xFFFF) if code != 0x85}
_VISIBLE = {**_PICTURES, 0x7F: 0x2421, **_UNFIT}
_LONE = re.compile("[\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return a text with a picture, or a replacement character, for each control character.

    XML and EPUB cannot hold them, and a terminal obeys them. Each stays one character.
    """
    if text.isprintable():
        return text
    return _LONE.sub("\ufffd", text.translate(_VISIBLE))


def all_visible(data: Any) -> Any:
    """Return what a JSON or TOML file says, with :func:`visible` texts.

    :raises RecursionError: if it is nested too deeply.
    """
    if isinstance(data, str):
        return visible(data)
    if isinstance(data, list | tuple):
        return type(data)(all_visible(entry) for entry in data)
    if isinstance(data, dict):
        return {visible(key): all_visible(value) for key, value in data.items()}
    return data


def message(text: str) -> str:
    """Return a text as one line for a log or a terminal, in which nothing is a command.

    GitHub's runner takes ``##[`` for one anywhere in a line.
    """
    line = " ".join(visible(text).split())
    return _TURNING.sub("\ufffd", line).replace("##[", "## [")
