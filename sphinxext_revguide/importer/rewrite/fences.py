"""Repairs code fences line by line, before anything reads them as Markdown.

If an editor's tool breaks off inside a fence, the fence stays open, and from there on all text is
read as code and all code as text. A line that cannot be in a sample therefore ends an open fence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import is_unit_heading
from sphinxext_revguide.importer.recognise.label_words import NAMED_FENCES
from sphinxext_revguide.importer.recognise.labels import is_sample_heading, is_sample_label
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.model import Problem

PROSE = (
    "",
    "markdown",
    "md",
    "text",
    "txt",
    "plain",
    "plaintext",
    "myst",
    "rst",
    "none",
    *NAMED_FENCES,
)
"""The info strings of fences that contain text, not code."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A fence mark: its character, its length, its indentation and its info string."""

    char: str
    length: int
    indent: int
    info: str = ""

    def closes(self, opening: Mark) -> bool:
        """Return whether this mark ends the fence that ``opening`` began."""
        return self.fits(opening) and not self.info

    def fits(self, opening: Mark) -> bool:
        """Return whether this mark is like ``opening``, at least as long, and not much deeper."""
        deep = self.indent > opening.indent + 3
        return self.char == opening.char and self.length >= opening.length and not deep


_MARK = re.compile(r"([ \t]*)(?:(?:[-*+]|[0-9]{1,3}[.)])[ \t]+)?(`{3,}|~{3,})(.*)")
_STARS = re.compile(r" {0,3}\*{3,}[ \t]*")


def mark_of(line: str) -> Mark | None:
    """Read a line as a fence mark, or return None."""
    match = _MARK.fullmatch(line)
    if match is None or (match[2][0] == "`" and "`" in match[3]):
        return None
    return Mark(match[2][0], len(match[2]), match.start(2), match[3].strip())


_MAX_AHEAD = 100_000
"""Maximum number of lines read ahead in total; a real guide needs a few thousand."""


@dataclass(slots=True)
class _Guide:
    """The lines of a guide, and how many more lines may be read ahead."""

    lines: list[str]
    ahead: int = _MAX_AHEAD


@dataclass(slots=True)
class _Open:
    mark: Mark
    number: int
    last: Line  # the last line with text in the fence
    place: int = 0  # the index of its mark in the result
    depth: int = 0  # the number of fences that are open inside it
    longest: int = 0  # the length of the longest mark that opens one inside it


def repair(lines: list[str]) -> tuple[list[Line], list[Problem]]:
    """Close the fences that break off.

    :param lines: the lines of the guide.
    :returns: the lines, with closing marks (number 0) where a fence must have ended, and a problem
        for each of them.
    """
    result: list[Line] = []
    problems: list[Problem] = []
    fence: _Open | None = None
    guide = _Guide(lines)
    for number, text in enumerate(lines, start=1):
        line, mark = Line(text, number), mark_of(text)
        if fence is not None:
            reason = _breaks(guide, number, mark, fence)
            if not reason:
                result.append(line)
                if mark and _ends_fence(mark, fence):
                    _lengthen(result, fence)
                    fence = None
                elif text.strip():
                    fence.last = line
                continue
            result.append(_closing(fence))
            problems.append(
                _broken(fence, f"is never closed; the importer closed it before {reason}")
            )
            fence = None
        if mark:
            fence = _Open(mark, number, line, len(result))
        result.append(line)
    if fence is not None:
        result.append(_closing(fence))
        problems.append(_broken(fence, "is never closed: the file ends inside it"))
    return result, problems


def _ends_fence(mark: Mark, fence: _Open) -> bool:
    """Return whether a mark in a fence ends it, and keep count of the fences inside it."""
    if not mark.fits(fence.mark):
        return False
    if mark.info:
        fence.depth += 1
        fence.longest = max(fence.longest, mark.length)
        return False
    fence.depth -= 1
    return fence.depth < 0


def _lengthen(result: list[Line], fence: _Open) -> None:
    """Make the marks of a fence longer than those of the fences inside it."""
    if fence.longest:
        more = fence.mark.char * (1 + fence.longest - fence.mark.length)
        for place in (fence.place, len(result) - 1):
            text = result[place].text
            start = text.index(fence.mark.char)
            result[place] = Line(f"{text[:start]}{more}{text[start:]}", result[place].number)


def _breaks(guide: _Guide, number: int, mark: Mark | None, fence: _Open) -> str:
    """Return what ends an open fence at this line, to be used in a message, or ""."""
    if mark is not None:
        if mark.info and mark.fits(fence.mark) and not _is_inside(guide, number, fence):
            return f"the new fence on line {number}"
        return ""
    text = guide.lines[number - 1]
    if fence.mark.info and fence.mark.info.casefold() not in PROSE and not text.startswith("**"):
        # In code, "# BEFORE: run as root" is a comment.
        return "" if not text.startswith("##") else _breaks_off(guide.lines, number)
    if is_unit_heading(text) and _ends_below(guide, number, fence):
        return ""
    return _breaks_off(guide.lines, number)


def _ends_below(guide: _Guide, number: int, fence: _Open) -> bool:
    """Return whether a fence closes below a heading in it, before bold text or another heading."""
    for later in range(number + 1, len(guide.lines) + 1):
        guide.ahead -= 1
        text = guide.lines[later - 1]
        if guide.ahead < 0 or text.startswith(("**", "#")):
            return False
        mark = mark_of(text)
        if mark is not None and mark.fits(fence.mark):
            return not mark.info and not _fence_follows(guide.lines, later)
    return False


def _is_inside(guide: _Guide, number: int, fence: _Open) -> bool:
    """Return whether a fence that begins in another one is part of its text, and not a new start.

    It is if the marks after it close both fences before any line that no sample can contain.
    """
    lines, depth = guide.lines, 1 + fence.depth
    for later in range(number, len(lines) + 1):
        guide.ahead -= 1
        if guide.ahead < 0:
            return False
        mark = mark_of(lines[later - 1])
        if mark is None:
            if _breaks_off(lines, later):
                break
        elif not mark.fits(fence.mark):
            continue
        elif mark.info or not depth:
            depth += 1
        else:
            depth -= 1
    return not depth


def _breaks_off(lines: list[str], number: int) -> str:
    """Return what cannot be in a sample and is on this line, to be used in a message, or ""."""
    text = lines[number - 1]
    if _STARS.fullmatch(text):
        return f"the rule on line {number}"
    if is_unit_heading(text) or is_sample_heading(text):
        return f"the heading on line {number}"
    if is_sample_label(text, followed_by_fence=_fence_follows(lines, number)):
        return f"the label on line {number}"
    return ""


def _fence_follows(lines: list[str], number: int) -> bool:
    following = next((text for text in lines[number : number + 3] if text.strip()), "")
    return mark_of(following) is not None


def _closing(fence: _Open) -> Line:
    return Line(" " * min(fence.mark.indent, 3) + fence.mark.char * fence.mark.length, 0)


def _broken(fence: _Open, what: str) -> Problem:
    message = (
        f"the fence opened on line {fence.number} {what}. Its text breaks off on this line: "
        "complete it, or close the fence below it"
    )
    return Problem(fence.last.number, message, "fence")
