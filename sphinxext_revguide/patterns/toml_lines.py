"""Finds the lines of tables and keys in a TOML file, which Python's parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

_Key = tuple[str, object]
"""A key and its value, by which a line is found."""

ARRAYS = {"pattern": "[[pattern]]", "form": "[[pattern.form]]", "example": "[[pattern.example]]"}
"""The syntax of tables that may occur several times."""


class TomlLines:
    """Finds lines, starting from the table that is being read.

    :param is_enough: whether no more lines are needed, as a stranger may have made a million
        mistakes; then the answers are wrong.
    """

    def __init__(self, lines: list[str], is_enough: Callable[[], bool]) -> None:
        self._lines, self._is_enough = lines, is_enough
        self.where: tuple[_Key, ...] = ()
        """Leads to the current table; the number of a table of an array counts from 0."""

    @property
    def start(self) -> int:
        """The first line of the current table (0-based), determined only if there is a mistake."""
        start = 0
        for key, value in self.where:
            if isinstance(value, int):
                start = self._nth_table(start, key, value)
            else:
                start = self._line_from(start, key, value) - 1
        return start

    def _nth_table(self, start: int, key: str, nth: int) -> int:
        """Return the 0-based line of a table of an array; ``start`` if the array is inline."""
        if self._is_enough():
            return start
        header = ARRAYS[key]
        lines = (
            number
            for number, line in enumerate(self._lines[start:], start)
            if line.lstrip().startswith("[[") and "".join(line.split()).startswith(header)
        )
        return next(islice(lines, nth, None), start)

    def line_of(self, key: str, value: object = None) -> int:
        """Return the first line at or after the current table that sets a key (to a value)."""
        return self._line_from(self.start, key, value)

    def line_in(self, where: tuple[_Key, ...], key: str, value: object) -> int:
        """Return the result of :meth:`line_of` for a given table."""
        self.where = where
        return self.line_of(key, value)

    def _line_from(self, start: int, key: str, value: object) -> int:
        if self._is_enough():
            return start + 1
        pattern = re.compile(rf"[\s{{,\[\"']*(?:\[+[\w.\"-]*)?(?<!\w){re.escape(key)}(?!\w)")
        wanted = str(value) if isinstance(value, str) else None
        for number, line in enumerate(self._lines[start:], start + 1):
            if (pattern.match(line) or f"{key} =" in line or f"{key}=" in line) and (
                wanted is None or wanted.split("\n")[0] in line
            ):
                return number
        return start + 1

    def inside(self, key: str, value: int | str, read: Callable[[], T]) -> T:
        """Call a function that reads a table inside the current one."""
        around = self.where
        self.where = (*around, (key, value))
        try:
            return read()
        finally:
            self.where = around
