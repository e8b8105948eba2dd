"""Reads the fences of MyST line by line: of code, of directives, of backticks, tildes or colons.

Only for questions that MyST's own parser cannot answer, because it has already taken the lines of
a directive apart: where a body may be split, and which nested fence was closed too early.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late

_FENCE = late(r"(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<mark>~{3,}|:{3,})(?P<rest>.*))")

_OURS = late(r"\{(?:before-after|locked-|revision-)")

SEPARATOR = "+++"
"""The default line between the samples of a pair."""


@record(frozen=True, slots=True)
class Fence:
    """A line that opens or closes a fence: its mark, and what follows it."""

    mark: str
    info: str

    def closes(self, opening: str) -> bool:
        """Whether this line ends a fence that the mark ``opening`` began."""
        return not self.info and self.mark.startswith(opening)

    @property
    def is_directive(self) -> bool:
        """Whether the fence opens a directive, whose content is markup."""
        return self.info.startswith("{")


def read_fence(line: str) -> Fence | None:
    """Read a line as a fence, or return None. Spaces around it are ignored."""
    match = _FENCE.fullmatch(line.strip())
    if match is None:
        return None
    if match["ticks"]:
        return Fence(match["ticks"], match["info"].strip())
    return Fence(match["mark"], match["rest"].strip())


def outside_code(lines: Sequence[str]) -> list[int]:
    """Return the indices of the lines that are in no fence of backticks or tildes.

    A fence that is never closed counts as text, and so do all lines beside it.
    """
    outside, opening = [], ""
    for index, line in enumerate(lines):
        fence = read_fence(line)
        if opening:
            opening = "" if fence and fence.closes(opening) else opening
        elif fence and fence.mark[0] != ":":
            opening = fence.mark
        else:
            outside.append(index)
    return list(range(len(lines))) if opening else outside


def outside_code_and_ours(lines: Sequence[str]) -> list[int]:
    """Return the indices of the lines that are text, also in directives of other extensions.

    The directives of this extension read their lines themselves. If a fence is never closed, the
    lines are those of :func:`outside_code`.
    """
    text: list[int] = []
    opened: list[Fence] = []
    for index, line in enumerate(lines):
        fence = read_fence(line)
        if opened and fence and fence.closes(opened[-1].mark):
            opened.pop()
        elif opened and (not opened[-1].is_directive or _OURS.match(opened[-1].info)):
            continue
        elif fence and fence.mark[0] != ":":
            opened.append(fence)
        else:
            text.append(index)
    return outside_code(lines) if opened else text


def separator_places(lines: Sequence[str], given: str = "") -> list[int]:
    """Return the indices of the lines that may separate the samples of a pair; the first one does.

    A line inside a fence is part of that sample.

    :param given: the separator that the pair names; default: ``+++``.
    """
    separator = given or SEPARATOR
    every = [index for index, text in enumerate(lines) if text.strip() == separator]
    outside = set(outside_code(lines)) if every else set()
    places = [index for index in every if index in outside]
    # One that is named, or the only one, splits even where a fence is left open.
    return every if given or (not places and len(every) == 1) else places


def open_directives(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Return the directives that nothing in ``lines`` closes: their marks and 0-based lines."""
    opened: list[tuple[str, int]] = []
    code = ""
    for index, line in enumerate(lines):
        fence = read_fence(line)
        if fence is None:
            continue
        is_in_code_fence = bool(opened) and opened[-1][0][0] != ":"
        if code:
            code = "" if fence.closes(code) else code
        elif fence.is_directive:
            # A directive in backticks is one text to MyST: colons inside it open nothing yet.
            if not is_in_code_fence or fence.mark[0] != ":":
                opened.append((fence.mark, index))
        elif fence.info and fence.mark[0] != ":":
            code = fence.mark
        elif opened and fence.closes(opened[-1][0]):
            opened.pop()
    return opened
