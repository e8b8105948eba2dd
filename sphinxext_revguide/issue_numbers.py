"""The numbers of issues: whole numbers, and labels such as ``1A``, ``12b`` or ``2.3``."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:[0-9]{1,9}|[A-Za-z][0-9]{1,9})(?:[A-Za-z](?![A-Za-z])|[.-][0-9]{1,9}){0,4}"
)
_RUN = re.compile(r"[0-9]+|[^\W\d_]+")


def parse_issue_number(text: str) -> int | str:
    """Read the number of an issue.

    :returns: a whole number, or the label as it is written.
    :raises ValueError: if it is neither; the message says what to write.
    """
    bare = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", bare):
        number = int(bare)
        if number > 0:
            return number
    elif _LABEL.fullmatch(bare):
        return bare
    msg = f"{bare!r} is not the number of an issue; write 1, 1A or 2.3"
    raise ValueError(msg)


def number_key(number: int | str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers as people count: 1, 1A, 1B, 2, 2.3, 10."""
    return tuple(
        (0, int(run), "") if run.isascii() and run.isdigit() else (1, 0, run.casefold())
        for run in _RUN.findall(str(number))
    )


def leading_number(number: int | str) -> int:
    """Return the whole number at the beginning of a number: 12 for ``12b``, 0 for ``A1``."""
    if isinstance(number, int):
        return number
    match = re.match(r"[0-9]+", number)
    return int(match[0]) if match else 0
