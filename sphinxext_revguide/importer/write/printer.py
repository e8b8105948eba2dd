"""An imported guide -> a MyST page of directives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sphinxext_revguide.importer.parts import (
    Heading,
    ImportedGuide,
    ImportedIssue,
    Kept,
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


def print_page(guide: ImportedGuide) -> str:
    """Print a guide; see :func:`sphinxext_revguide.importer.print_myst`."""
    title = guide.guide.title or f"Revision guide: {guide.guide.id}"
    blocks = [f"# {inline(title)}", _guide(guide), *_parts(guide.body)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _guide(guide: ImportedGuide) -> str:
    one = guide.guide
    options = [
        ("chapters", " ".join(one.chapters)),
        ("baseline", print_size(one.baseline) if one.baseline else ""),
        ("reduction", f"{one.reduction}%" if one.reduction else ""),
        ("effort", print_hours(one.effort) if one.effort else ""),
    ]
    return print_directive("revision-guide", one.id, options, _text(_parts(guide.intro)), least=4)


def _parts(parts: Sequence[PagePart]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, ImportedIssue):
            yield _issue(part)
        elif isinstance(part, Heading):
            yield _heading(part)
        elif isinstance(part, LockedList):
            yield _locked(part)
        elif isinstance(part, Kept):
            yield comment(part.lines)
        else:
            yield _prose(part)


def _heading(heading: Heading) -> str:
    printed = f"{'#' * heading.level} {inline(heading.title)}"
    kept = "" if printed == heading.raw.rstrip() else comment(heading.raw.split("\n"))
    # The comment comes second, so that it is part of the section.
    return f"{printed}\n\n{kept}" if kept else printed


def _locked(part: LockedList) -> str:
    items = []
    for item in part.items:
        safe = prose(item)
        if safe.startswith("```") or "\n\n" in safe or not item.strip():
            # The comment with the original line stands above the list.
            safe = one_item(item)
        items.append("- " + safe.replace("\n", "\n  "))
    body = "\n".join(items)
    printed = set(body.split("\n"))
    kept = comment(line for line in part.lines if line not in printed)
    return print_directive("locked-preserve", "", [], _text([kept, body]))


def _prose(part: Prose, *, labelled: bool = False) -> str:
    """Print a block of text; ``labelled`` where its label has to be shown."""
    if part.literal:
        return literal(part.text)
    if labelled or not part.raw or part.raw == part.text:
        return prose(part.source) if part.source.strip() else ""
    shown = prose(part.text) if part.text.strip() else ""
    printed = set(shown.split("\n"))
    kept = comment(line for line in part.raw.split("\n") if line not in printed)
    return "\n\n".join(block for block in (kept, shown) if block)


# Issues


def _issue(part: ImportedIssue) -> str:
    issue = part.issue
    options = [option_of(field, issue) for field in ISSUE_FIELDS if field.stored]
    labelled = not any(isinstance(one, PairPart) for one in part.body)
    body = [_unit_part(one, labelled=labelled) for one in _joined(part.body)]
    if part.guesses:
        guess = f":patterns: {' '.join(part.guesses)}"
        body.insert(0, comment(("If this is what the issue is about, add the option", guess)))
    return print_directive("revision-issue", inline(issue.title), options, _text(body), least=5)


def _joined(parts: Sequence[UnitPart]) -> Iterable[UnitPart]:
    """Join comments that follow each other."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Kept):
            lines.extend(part.lines)
            continue
        if lines:
            yield Kept(tuple(lines))
            lines = []
        yield part
    if lines:
        yield Kept(tuple(lines))


def _unit_part(part: UnitPart, *, labelled: bool) -> str:
    if isinstance(part, Kept):
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
        # Without an option above it, this line would be taken for one.
        options[-1] = ("separator", separator)
    body = [before, separator, after] if after else [before]
    return print_directive("before-after", "", options, _text(body), least=4)


def _separator(*samples: str) -> str:
    """Return the line that splits the samples: longer than any such line inside them."""
    lines = [line.strip() for sample in samples for line in sample.splitlines()]
    longest = max((len(line) for line in lines if re.fullmatch(r"\+{3,}", line)), default=2)
    return "+" * (longest + 1)


def _text(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)
