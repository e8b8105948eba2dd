"""Completes directives, options, their values, and ids at the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from sphinxext_revguide.markup.directive_source import read_opening
from sphinxext_revguide.model import Impact, Layout, Limit, SampleFormat, Status
from sphinxext_revguide.option_values import print_docnames
from sphinxext_revguide.sphinx.directives import DIRECTIVES

if TYPE_CHECKING:
    from sphinxext_revguide.cli.language_server.session import Session

_ROLE = re.compile(r"(?:\{revguide:(\w+)\}|:revguide:(\w+):)`[^`<]*<?$")
_ALLOW = re.compile(r"revguide:\s*allow\s+[\w-]*(?:\s+[\w-]+)*$|revision-allow(?:\}|::)\s[^\n]*$")
_OPENING = re.compile(r"^\s*(?:(?:`{3,}|~{3,}|:{3,})\s*\{([\w-]*)|\.\.\s+([\w-]*))$")
_OPTION = re.compile(r"^\s*:([\w-]*)$")
_VALUE = re.compile(r"^\s*:([\w-]+):\s")
_OPTION_LINE = re.compile(r"^\s*:[\w-]+:(?:\s|$)")

_VALUES: dict[str, Sequence[str]] = {
    "impact": [impact.value for impact in Impact],
    "status": [status.value for status in Status],
    "layout": [layout.value for layout in Layout],
    "format": [markup.value for markup in SampleFormat],
    "sensitivity": [limit.value for limit in Limit],
}


def completions(
    session: Session, path: Path, lines: Sequence[str], line: int, column: int
) -> list[types.CompletionItem]:
    """Return the completions at a place.

    :param path: the file.
    :param lines: the text of the file, as the editor has it.
    :param line: from 0; there are no completions outside the text.
    :param column: from 0, in characters.
    """
    if not 0 <= line < len(lines):
        return []
    before = lines[line][:column]
    return list(_at(session, path, lines, line, before))


def _at(
    session: Session, path: Path, lines: Sequence[str], line: int, before: str
) -> Iterator[types.CompletionItem]:
    role = _ROLE.search(before)
    value = _VALUE.match(before)
    if role:
        yield from _objects(session, role[1] or role[2])
    elif _ALLOW.search(before):
        yield from _objects(session, "pattern")
    elif value and _directive_above(lines, line):
        yield from _values(session, path, value[1])
    elif _OPTION.match(before):
        yield from _options(_directive_above(lines, line))
    elif _OPENING.match(before):
        for name, directive in DIRECTIVES.items():
            summary = (directive.__doc__ or "").strip().partition("\n")[0]
            yield _item(name, summary, types.CompletionItemKind.Class)


def _objects(session: Session, kind: str) -> Iterator[types.CompletionItem]:
    book = session.book
    if kind == "issue":
        for issue in book.issues:
            yield _item(issue.id, issue.title, types.CompletionItemKind.Reference)
    elif kind == "guide":
        for guide in book.guides:
            yield _item(guide.id, guide.title, types.CompletionItemKind.Reference)
    elif kind == "pattern":
        for name, pattern in sorted(book.library.patterns.items()):
            yield _item(name, pattern.title, types.CompletionItemKind.EnumMember)


def _values(session: Session, path: Path, option: str) -> Iterator[types.CompletionItem]:
    if option in ("patterns", "untested"):
        yield from _objects(session, "pattern")
    elif option == "guide":
        yield from _objects(session, "guide")
    elif option in ("chapters", "in"):
        # The option is relative to the page, like a toctree.
        root = "/" if "/" in session.relative(path) else ""
        for docname in sorted(session.book.pages):
            label = print_docnames([f"{root}{docname}"])
            yield _item(label, "", types.CompletionItemKind.File)
    for value in _VALUES.get(option, ()):
        yield _item(value, "", types.CompletionItemKind.EnumMember)


def _options(directive: str) -> Iterator[types.CompletionItem]:
    if directive:
        for option in DIRECTIVES[directive].known_options:
            yield _item(option.name, option.help, types.CompletionItemKind.Property)


def _directive_above(lines: Sequence[str], line: int) -> str:
    """Return the directive of this extension to whose options a line belongs, if any."""
    for number in range(line - 1, -1, -1):
        opening = read_opening(lines[number])
        if opening is not None:
            return opening.name if opening.name in DIRECTIVES else ""
        if not _OPTION_LINE.match(lines[number]):
            return ""
    return ""


def _item(label: str, detail: str, kind: types.CompletionItemKind) -> types.CompletionItem:
    return types.CompletionItem(label=label, detail=detail or None, kind=kind)
