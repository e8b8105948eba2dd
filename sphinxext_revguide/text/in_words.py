"""Numbers, plurals, ranges and quotations in English messages."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 word``, ``1,200 words``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def cause(error: Exception) -> str:
    """Return why data cannot be read, without the names of Python's exceptions."""
    if isinstance(error, KeyError):
        return f"it lacks {error}"
    if isinstance(error, UnicodeDecodeError):  # its text would quote the whole file
        line = bytes(error.object).count(b"\n", 0, error.start) + 1
        return f"line {line} is not UTF-8 (byte {error.start})"
    if isinstance(error, OSError) and error.strerror:  # its text would name the file again
        return error.strerror
    return str(error) or type(error).__name__


def lines_in_words(ranges: Iterable[tuple[int, int]]) -> str:
    """Return lines as messages name them: ``line 3``, ``lines 3, 5-8``.

    :param ranges: the first and the last line of each place, 1-based.
    """
    places = list(ranges)
    shown = ", ".join(f"{index}" if index == last else f"{index}-{last}" for index, last in places)
    single = len(places) == 1 and places[0][0] == places[0][1]
    return f"{'line' if single else 'lines'} {shown}"


LONGEST_QUOTE = 60
"""Characters of a text that a message quotes whole."""


def short(text: str) -> str:
    """Return a text on one line, cut at its end if it is longer than :data:`LONGEST_QUOTE`."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 3].rstrip()}…"


LONGEST_SECTION = 120
"""Maximum number of characters of the titles above a finding."""


def brief(section: str) -> str:
    """Return the titles above a finding in at most :data:`LONGEST_SECTION` characters."""
    if len(section) <= LONGEST_SECTION:
        return section
    start = section[: LONGEST_SECTION - 2]
    whole_titles, cut, _rest = start.rpartition(" / ")
    return f"{whole_titles if cut else start} …"
