"""A short summary for a pull request or a job's page, in GitHub's and GitLab's Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sphinxext_revguide.model import Status
from sphinxext_revguide.report.entries import (
    Entry,
    Json,
    Replacement,
    entries,
    in_repository,
    rules,
)
from sphinxext_revguide.text.control_characters import message, one_line
from sphinxext_revguide.text.fence_length import fence_around
from sphinxext_revguide.text.late_patterns import late

_LISTED = 50
"""Maximum number of places listed."""
_SUGGESTED = 10
"""Maximum number of suggestions."""
_ROOM = 24_000
"""Maximum number of characters of all places, and of all suggestions, each of which may be as long
as a section: a comment on GitHub may have 65,536.
"""
_MARKS = late(r"([\\`*_\[\]|~>$])")


def markdown(report: Json, folder: str) -> str:
    """Return the summary: the flagged passages, and the progress of the guides."""
    return "\n".join(_lines(report, folder)) + "\n"


def _lines(report: Json, folder: str) -> Iterator[str]:
    found = entries(report, folder)
    flagged = [section for section in found if section.flagged]
    chapters = {in_repository(folder, row["path"]) for row in report["chapters"]}
    shown = len({entry.page for entry in flagged})
    others = len(found) - len(flagged)
    yield "## Revision guides\n"
    if found:
        yield (
            f"**{_number(len(flagged), 'finding')}** in {shown} of "
            f"{_number(len(chapters), 'chapter')}, {_number(others, 'other problem')}.\n"
        )
    else:
        known = sum(row["flagged"] and row["known"] for row in report["findings"])
        what = f"No new findings, {known:,} known," if known else "No findings"
        yield f"{what} in {_number(len(chapters), 'chapter')}.\n"
    yield from _guides(report)
    yield from _counts(report, flagged)
    yield from _places(found)
    yield from _suggestions(found)


def _guides(report: Json) -> Iterator[str]:
    if not report["guides"]:
        return
    yield from _head("Guide", "Issues settled", "Hours left", "Words now")
    for guide in report["guides"]:
        issues = [row for row in report["issues"] if row["guide"] == guide["id"]]
        settled = sum(Status(issue["status"]).settled for issue in issues)
        words = next((size["now"] for size in guide["sizes"] if size["unit"] == "words"), None)
        yield _row(
            guide["title"] or guide["id"],
            f"{settled} of {len(issues)}",
            _span(guide["hours"]["left"]),
            "" if words is None else f"{words:,}",
        )
    yield ""


def _counts(report: Json, flagged: list[Entry]) -> Iterator[str]:
    if not flagged:
        return
    titles = rules(report)
    yield from _head("Pattern", "Findings", "Chapters")
    for name, count in sorted(
        Counter(entry.rule for entry in flagged).items(), key=lambda row: (-row[1], row[0])
    ):
        places = len({entry.page for entry in flagged if entry.rule == name})
        yield _row(titles[name].title, str(count), str(places))
    yield ""


def _places(found: list[Entry]) -> Iterator[str]:
    if not found:
        return
    yield "<details><summary>Findings and problems</summary>\n"
    lines = _with_room(map(_place, found), _LISTED)
    yield from lines
    if len(found) > len(lines):
        yield f"- and {len(found) - len(lines)} more"
    yield "\n</details>"


def _suggestions(found: list[Entry]) -> Iterator[str]:
    """Yield what would replace passages, in the fence that GitHub and GitLab can commit."""
    shown = [(entry, entry.replacement) for entry in found if entry.replacement is not None]
    if not shown:
        return
    yield "\n<details><summary>Suggested changes</summary>\n"
    blocks = _with_room((_suggestion(*pair) for pair in shown), _SUGGESTED)
    yield from blocks
    if len(shown) > len(blocks):
        yield f"{len(shown) - len(blocks)} more are in the report as JSON.\n"
    yield "</details>"


def _place(entry: Entry) -> str:
    return f"- {_text(entry.path)}:{entry.line} **{_text(entry.rule)}** {_text(entry.message)}"


def _suggestion(entry: Entry, replacement: Replacement) -> str:
    fence = fence_around(replacement.text)
    text = "\n".join(map(one_line, replacement.text.split("\n")))
    place = f"{_text(entry.path)}:{_lines_of(replacement)}"
    return f"{place}\n\n{fence}suggestion\n{text}\n{fence}\n"


def _with_room(blocks: Iterable[str], most: int) -> list[str]:
    """Return at most so many blocks, without those for which there is no room."""
    shown: list[str] = []
    left = _ROOM
    for block in blocks:
        if len(shown) < most and len(block) <= left:
            shown.append(block)
            left -= len(block) + 1
    return shown


def _lines_of(replacement: Replacement) -> str:
    first, last = replacement.line, replacement.end_line
    return str(first) if first == last else f"{first}-{last}"


def _head(*names: str) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _text(text: str) -> str:
    """Escape an author's text, so that it contains no markup and mentions no user."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = _MARKS.sub(r"\\\1", message(text))
    return re.sub("[@#]", r"\g<0><!-- -->", text)


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' * (count != 1)}"


def _span(span: Json | None) -> str:
    if span is None:
        return ""
    low, high = (f"{round(span[name], 1):g}" for name in ("min", "max"))
    return low if low == high else f"{low}-{high}"
