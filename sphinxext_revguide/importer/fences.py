"""Repairs the code fences of a guide, line by line, before anything else reads it.

Editors' tools cut sentences off in the middle of a fence; the next mark then opens what it should
close, and everything after it stands inverted. Such a fence is ended where the guide itself goes
on: at the next unit, label or rule that no sample contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sphinxext_revguide.model import Problem

_MARK = re.compile(r" {0,3}(`{3,}|~{3,})\s*([^`]*)$")
_UNIT = re.compile(
    r"#{2,4}\s+(?:\*\*)?(?:(?:ISSUE|Issue|EXAMPLE|Example|PATTERN|Pattern)\s*#?\d+\b|\*\*\d+\.\s)"
    r"|#{2,4}\s+\*\*\d+\."
)
_LABEL = re.compile(r"(?:#{2,5}\s+)?\*\*(?:BEFORE|AFTER|AI Pattern)\b|#{2,5}\s+(?:BEFORE|AFTER)\b")


@dataclass
class Repaired:
    """A guide with balanced fences; ``origin[i]`` is the 1-based input line of ``lines[i]``."""

    lines: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)
    """Input lines on which a fence begins that had to be ended."""

    def add(self, line: str, number: int) -> None:
        """Add a line and the input line that it comes from."""
        self.lines.append(line)
        self.origin.append(number)


def repair(lines: list[str]) -> Repaired:
    """Balance the fences of a guide and tell where it was broken."""
    result = Repaired()
    fence, opened = "", 0

    def end(number: int, why: str) -> None:
        nonlocal fence
        message = (
            f"the sample that begins on line {opened} is broken off: {why}; "
            "it is taken to end here; see what is missing"
        )
        last = next((n for n in range(number - 1, opened, -1) if lines[n - 1].strip()), opened)
        result.problems.append(Problem(last, message, "broken_fence"))
        result.cut.add(opened)
        result.add(fence, number)
        fence = ""

    for number, line in enumerate(lines, start=1):
        mark = _MARK.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                if mark[2].strip():
                    end(number, "another sample begins before its fence is closed")
                else:
                    result.add(line, number)
                    fence = ""
                    continue
            elif _UNIT.match(line) or _LABEL.match(line):
                end(number, f"{line.strip(' #*')[:40]!r} begins before its fence is closed")
            elif line.strip() == "***":
                end(number, "a rule stands before its fence is closed")
        if not fence and mark:
            fence, opened = mark[1], number
        result.add(line, number)
    if fence:
        end(len(lines), "the file ends inside it")
    return result
