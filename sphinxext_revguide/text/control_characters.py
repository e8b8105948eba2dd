"""Characters that files of some formats cannot hold, or that a terminal or a CI system obeys."""

from __future__ import annotations

import json
import re
from typing import Any

from sphinxext_revguide.text.late_patterns import late

_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_UNFIT = {code: 0xFFFD for code in (*range(0x80, 0xA0), 0xFFFE, 0xFFFF) if code != 0x85}
_VISIBLE = {**_PICTURES, 0x7F: 0x2421, **_UNFIT}
_LONE = late("[\ud800-\udfff]")
_TURNING = late("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = str.maketrans("\n\r\x85\u2028\u2029", "\u240a\u240d\ufffd\ufffd\ufffd")
_MARKED = re.compile(r"##(?=\w*\[)")
_COMMAND = re.compile(r"^(\s*):(?=:[\w-]+(?:\s[^\n]*)?::)")
_UNSHOWN = late("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """Return a text with a symbol, or a replacement character, for each control character.

    XML and EPUB cannot contain control characters, and terminals obey them. The length stays the
    same.
    """
    if text.isprintable():
        return text
    return _LONE.sub("\ufffd", text.translate(_VISIBLE))


def all_visible(data: Any) -> Any:
    """Return the data of a JSON or TOML file with :func:`visible` texts.

    :raises RecursionError: if it is nested too deeply.
    """
    if isinstance(data, str):
        return visible(data)
    if isinstance(data, list | tuple):
        return type(data)(all_visible(entry) for entry in data)
    if isinstance(data, dict):
        return {visible(key): all_visible(value) for key, value in data.items()}
    return data


def one_line(text: str) -> str:
    """Return a text that a stranger may have written, as one line that is safe to show.

    Every path, name and text passes here on its way to a terminal, a log, a report for people or a
    workflow command. Nothing in the result moves the cursor, turns the direction of the text, or
    is a command of a CI system: runners obey ``##[`` and the like anywhere in a line, and ``::``
    with the name of a command at its beginning. Spaces stay.
    """
    # Nearly every text is harmless, which is quick to tell.
    line = text if text.isprintable() else unturned(visible(text).translate(_LINE_ENDS))
    if "##" in line:
        line = _MARKED.sub("## ", line)
    return _COMMAND.sub(r"\1: ", line) if line.lstrip().startswith(":") else line


def message(text: str) -> str:
    """Return a text as :func:`one_line` does, with single spaces for line ends and other spaces."""
    return one_line(" ".join(text.split()))


def unturned(text: str) -> str:
    """Return a text without characters that change its direction, which attacks on reviewers use.

    Hebrew and Arabic texts have their direction without such characters.
    """
    return text if text.isascii() else _TURNING.sub("\ufffd", text)


def json_text(data: Any, indent: int | None = None) -> str:
    """Return data as JSON, in which the same characters and commands are escaped.

    Programs read the same data, and people can print and review it safely.
    """
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    escaped = text if text.isascii() and "\x7f" not in text else _UNSHOWN.sub(_escape, text)
    return _MARKED.sub(r"#\\u0023", escaped)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
