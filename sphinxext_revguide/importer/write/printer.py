"""Prints the parts of an imported guide as MyST directives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sphinxext_revguide.importer.parts import (
    Comment,
    Heading,
    ImportedGuide,
    ImportedIssue,
    LockedList,
    PagePart,
    PairPart,
    Prose,
    UnitPart,
)
from sphinxext_revguide.importer.write.escape import comment, inline, literal, prose
from sphinxext_revguide.importer.write.escape import item as one_item
from sphinxext_revguide.issue_fields import ISSUE_FIELDS, option_of
from sphinxext_revguide.markup.directive_source import print_directive
from sphinxext_revguide.model import Pair
from sphinxext_revguide.option_values import print_hours, print_size

_GUESS = "A guess from the BEFORE or the problem. If it is right, remove '% ' from the line above."


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed part: what the lines from ``line`` to that of the next part became.

    ``text`` is the MyST source, ``kind`` says what it is, and ``unit`` is the issue that it shows.
    """

    line: int
    text: str
    kind: str
    unit: ImportedIssue | None = None


def print_parts(guide: ImportedGuide) -> list[Printed]:
    """Print the parts of a guide, in the order of the page."""
    title = guide.guide.title or f"Revision guide: {guide.guide.id}"
    head = f"# {inline(title)}\n\n{_guide(guide)}"
    return [Printed(1, head, "guide"), *map(_part, guide.body)]


def _guide(guide: ImportedGuide) -> str:
    one = guide.guide
    options = [
        ("chapters", " ".join(one.chapters)),
        ("baseline", print_size(one.baseline) if one.baseline else ""),
        ("reduction", str(one.reduction) if one.reduction else ""),
        ("effort", print_hours(one.effort) if one.effort else ""),
    ]
    body = _text(_part(part).text for part in guide.intro)
    return print_directive("revision-guide", one.id, options, body, least=4)


def _part(part: PagePart) -> Printed:
    if isinstance(part, ImportedIssue):
        return Printed(part.issue.line, _issue(part), "issue", part)
    if isinstance(part, Heading):
        return Printed(part.line, f"{'#' * part.level} {inline(part.title)}", "heading")
    if isinstance(part, LockedList):
        return Printed(part.line, _locked(part), "lock")
    if isinstance(part, Comment):
        return Printed(part.line, comment(part.lines), "comment")
    return Printed(part.line, _prose(part), "prose")


def _locked(part: LockedList) -> str:
    items = []
    for item in part.items:
        safe = prose(item)
        if safe.startswith("```") or "\n\n" in safe or not item.strip():
            safe = one_item(item)
        items.append("- " + safe.replace("\n", "\n  "))
    return print_directive("locked-preserve", "", [], "\n".join(items))


def _prose(part: Prose, *, labelled: bool = False) -> str:
    """Print a block of text, with its label if ``labelled``."""
    if part.literal:
        return literal(part.text)
    text = part.source if labelled else part.text
    return prose(text) if text.strip() else ""


# Issues


def _issue(part: ImportedIssue) -> str:
    issue = part.issue
    options = [option_of(field, issue) for field in ISSUE_FIELDS if field.stored]
    options.append(("untested", " ".join(part.untested)))
    labelled = not any(isinstance(block, PairPart) for block in part.body)
    body = [_unit_part(block, labelled=labelled) for block in part.body]
    text = _text(body)
    if part.guesses:
        guess = (f":patterns: {' '.join(part.guesses)}", _GUESS)
        text = _text([comment(guess), text])
    page = print_directive("revision-issue", inline(issue.title), options, text, least=5)
    # Directly below the options, where it becomes one once "% " is removed.
    return page.replace("\n\n% :patterns: ", "\n% :patterns: ", 1) if part.guesses else page


def _unit_part(part: UnitPart, *, labelled: bool) -> str:
    if isinstance(part, Comment):
        return comment(part.lines)
    if isinstance(part, PairPart):
        return _pair(part.pair)
    return _prose(part, labelled=labelled and bool(part.label))


def _pair(pair: Pair) -> str:
    before = pair.before.text if pair.before else ""
    after = pair.after.text if pair.after else ""
    separator = _separator(before, after)
    options = [
        ("before", pair.before.label if pair.before else ""),
        ("after", pair.after.label if pair.after else ""),
        ("missing", "" if pair.after else pair.missing),
        ("separator", separator if separator != "+++" else ""),
    ]
    if not any(value for _name, value in options) and before.lstrip().startswith((":", "---")):
        # Without an option above it, this line would be read as one.
        options[-1] = ("separator", separator)
    body = [before, separator, after] if after else [before]
    return print_directive("before-after", "", options, _text(body), least=4)


def _separator(*samples: str) -> str:
    """Return the line that separates the samples: longer than any such line inside them."""
    lines = [line.strip() for sample in samples for line in sample.splitlines()]
    longest = max((len(line) for line in lines if re.fullmatch(r"\+{3,}", line)), default=2)
    return "+" * (longest + 1)


def _text(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)
