"""Random editors and authors: each changes its side of a guide, and leaves words to be found again.

An editor's words are ``zqe…qz``, an author's ``zqa…qz``; both are made by :func:`mark`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)")
_WORD = re.compile(r"zq[ea][a-z]+qz")


Change: TypeAlias = Callable[["Side", list[str]], None]


class Side:
    """One of the two who change a guide."""

    def __init__(self, draw: Random, letter: str) -> None:
        self.draw, self.letter, self.count = draw, letter, 0

    def mark(self) -> str:
        """Return a word that is in no other text."""
        self.count += 1
        digits = "".join(chr(ord("a") + int(digit)) for digit in str(self.count))
        return f"zq{self.letter}{digits}qz"

    def change(
        self, lines: list[str], changes: Sequence[Callable[[Side, list[str]], None]]
    ) -> None:
        """Make some changes."""
        for _ in range(self.draw.randrange(1, 5)):
            self.draw.choice(changes)(self, lines)


def words_in(text: str) -> list[str]:
    """Return the words that somebody put into a text, sorted."""
    return sorted(_WORD.findall(text))


def _depths(lines: list[str]) -> list[str]:
    """Return, for each line, the innermost fence that it is in: its information, or an empty text.

    Fences are read with a stack and nothing of the package.
    """
    found: list[str] = []
    opened: list[tuple[str, str]] = []
    for line in lines:
        match = _FENCE.fullmatch(line)
        if (
            match
            and not match["info"].strip()
            and opened
            and match["mark"].startswith(opened[-1][0])
        ):
            opened.pop()
            found.append("mark")
            continue
        is_literal = bool(opened) and not opened[-1][1].startswith("{revision")
        if match and not is_literal:
            opened.append((match["mark"], match["info"].strip()))
            found.append("mark")
            continue
        found.append(opened[-1][1] if opened else "")
    return found


def _blank(side: Side, lines: list[str], where: Callable[[str], bool]) -> int:
    """Return the index of a random blank line in a fence of a kind, or below the last line."""
    depths = _depths(lines)
    options = [i for i, line in enumerate(lines) if not line.strip() and where(depths[i])]
    return side.draw.choice(options) if options else len(lines)


def _in_page(info: str) -> bool:
    return not info or info.startswith("{revision")


def _in_pair(info: str) -> bool:
    return info.startswith("{before-after")


def _in_guide(info: str) -> bool:
    return not info


# What an editor does to Markdown


def reword(side: Side, lines: list[str]) -> None:
    """Replace some words of a line."""
    long = [i for i, line in enumerate(lines) if len(line.split()) > 4 and line[0].isalpha()]
    if long:
        at = side.draw.choice(long)
        words = lines[at].split(" ")
        for _ in range(side.draw.randrange(1, 4)):
            words[side.draw.randrange(len(words))] = side.mark()
        lines[at] = " ".join(words)


def new_paragraph(side: Side, lines: list[str]) -> None:
    """Add a paragraph."""
    at = _blank(side, lines, _in_guide)
    lines[at:at] = ["", f"The editor says {side.mark()} and {side.mark()} here.", ""]


def new_fence(side: Side, lines: list[str]) -> None:
    """Add a fence with a language above an issue."""
    heads = [i for i, line in enumerate(lines) if line.startswith("### ")]
    at = side.draw.choice(heads) if heads else len(lines)
    mark = side.draw.choice(["```", "~~~", "`````"])
    info = side.draw.choice(["bash", "text", ""])
    lines[at:at] = ["", f"{mark}{info}", f"run {side.mark()} {{{{x}}}}", mark, ""]


def change_fact(side: Side, lines: list[str]) -> None:
    """Change what an issue says about itself."""
    swaps = {"HIGH": "LOW", "CRITICAL": "HIGH", "MEDIUM": "CRITICAL", "LOW": "MEDIUM"}
    at = [i for i, line in enumerate(lines) if any(word in line for word in swaps)]
    if at:
        place = side.draw.choice(at)
        word = next(word for word in swaps if word in lines[place])
        lines[place] = lines[place].replace(word, swaps[word])


def new_item(side: Side, lines: list[str]) -> None:
    """Add an item to a list."""
    at = [i for i, line in enumerate(lines) if line.startswith("- ")]
    if at:
        place = side.draw.choice(at) + 1
        lines.insert(place, f"- An item {side.mark()}")


def drop_line(side: Side, lines: list[str]) -> None:
    """Remove a line of text."""
    at = [i for i, line in enumerate(lines) if len(line.split()) > 3 and line[0].isalpha()]
    if at:
        del lines[side.draw.choice(at)]


EDITS = [reword, new_paragraph, new_fence, change_fact, new_item, drop_line]


# What an author does to a page


def add_paragraph(side: Side, lines: list[str]) -> None:
    """Add a paragraph, a list, a comment, a note or a fence."""
    at = _blank(side, lines, _in_page)
    word = side.mark()
    text = side.draw.choice(
        [
            [f"I think {word}."], [f"- mine {word}", f"- and {side.mark()}"], [f"% {word}"],
            ["```{note}", f"Note {word}.", "```"], ["~~~text", word, "~~~"],
            [":::{tip}", word, ":::"], ["```bash", f"run {word}", "```"],
            [f"| {word} |", "|---|", "| 1 |"], [f"({word})="], ["+++"], [f"<b>{word}</b>"],
            [f"[{word}]: https://example.org"], [f"    code {word}"],
            ["```{code-block} md", word, "```"],
        ]
    )  # fmt: skip
    lines[at:at] = ["", *text, ""]


def set_status(side: Side, lines: list[str]) -> None:
    """Decide about an issue."""
    at = [i for i, line in enumerate(lines) if line.startswith(":status: ")]
    if at:
        lines[side.draw.choice(at)] = f":status: {side.draw.choice(['accepted', 'rejected'])}"


def add_option(side: Side, lines: list[str]) -> None:
    """Give an issue or a pair an option that no editor gives it."""
    at = [i for i, line in enumerate(lines) if re.match(r"`+\{revision-issue\}", line)]
    if at:
        place = side.draw.choice(at) + 1
        is_yaml = lines[place] == "---"
        lines.insert(
            place + is_yaml, f"note: {side.mark()}" if is_yaml else f":note: {side.mark()}"
        )


def _issues(lines: list[str]) -> list[tuple[int, int]]:
    """Return the first line of each issue at the left margin, and the line after it."""
    found, start, mark = [], -1, ""
    for index, line in enumerate(lines):
        match = re.match(r"(`+|~+|:{3,})\{revision-issue\}", line)
        if start < 0 and match:
            start, mark = index, match[1]
        elif start >= 0 and line == mark:
            found.append((start, index + 1))
            start = -1
    return found


def options_as_yaml(side: Side, lines: list[str]) -> None:
    """Write the options of an issue between dashes."""
    issues = [one for one in _issues(lines) if lines[one[0] + 1].startswith(":")]
    if issues:
        end = start = side.draw.choice(issues)[0] + 1
        while lines[end].startswith(":"):
            name, _colon, value = lines[end][1:].partition(": ")
            lines[end] = f'{name}: "{value}"'
            end += 1
        lines.insert(end, "---")
        lines.insert(start, "---")


def other_fence(side: Side, lines: list[str]) -> None:
    """Write an issue between other marks."""
    if issues := _issues(lines):
        start, end = side.draw.choice(issues)
        longest = max(
            len(run) for line in lines[start:end] for run in re.findall("`+|~+|:+|$", line)
        )
        mark = side.draw.choice("`~:") * (longest + side.draw.randrange(1, 3))
        if mark[0] == "`" and "`" in lines[start].lstrip("`~:"):
            mark = mark.replace("`", "~")
        lines[start] = mark + lines[start].lstrip("`~:")
        lines[end - 1] = mark


def wrap(side: Side, lines: list[str]) -> None:
    """Put an issue into a tab."""
    if issues := _issues(lines):
        start, end = side.draw.choice(issues)
        title = side.mark()
        outer = ":" * 12
        lines[start:end] = [
            f"{outer}:{{tab-set}}", "", f"{outer}{{tab-item}} {title}", "", *lines[start:end], "",
            outer, "", f"{outer}:",
        ]  # fmt: skip


def move_issue(side: Side, lines: list[str]) -> None:
    """Put an issue elsewhere."""
    issues = _issues(lines)
    if len(issues) > 1:
        one, other = sorted(side.draw.sample(range(len(issues)), 2))
        (start, end), (_first, last) = issues[one], issues[other]
        moved = lines[start:end]
        lines[last:last] = ["", *moved, ""]
        del lines[start:end]


def line_in_sample(side: Side, lines: list[str]) -> None:
    """Add a line to a sample."""
    at = _blank(side, lines, _in_pair)
    if at < len(lines):
        lines[at:at] = ["", f"The author adds {side.mark()}.", ""]


ADDITIONS = [
    add_paragraph, add_paragraph, add_paragraph, set_status, add_option, options_as_yaml,
    other_fence, wrap, move_issue, line_in_sample,
]  # fmt: skip


CHANGES = [*ADDITIONS, reword, drop_line]


def edited(draw: Random, guide: str) -> str:
    """Return the next version of an editor's guide."""
    lines = guide.split("\n")
    Side(draw, "e").change(lines, EDITS)
    return "\n".join(lines)


def authored(draw: Random, page: str, *, additions: bool) -> str:
    """Return a page as its author leaves it.

    :param additions: whether the author only adds to what the editor wrote.
    """
    lines = page.split("\n")
    Side(draw, "a").change(lines, ADDITIONS if additions else CHANGES)
    return "\n".join(lines).replace("\n", draw.choice(["\n", "\n", "\r\n", "\r"]))
