"""Prepares diagnostics, hovers, code actions and definitions from what is known about a book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from sphinxext_revguide.book.derived.verdicts import (
    NO_FINDING,
    read_verdicts,
    record_verdicts,
    today,
    verdict_on,
)
from sphinxext_revguide.cli.git import user_name
from sphinxext_revguide.cli.language_server.comment_place import comment_place
from sphinxext_revguide.cli.language_server.editor_columns import units
from sphinxext_revguide.model import STILL_PRESENT
from sphinxext_revguide.report.entries import MOST_ISSUES, SITE, with_reason
from sphinxext_revguide.report.proposed_changes import propose
from sphinxext_revguide.text.control_characters import message, visible
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.cli.language_server.session import Session
    from sphinxext_revguide.model import Finding, Issue

SOURCE = "revguide"
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")


def diagnostics(session: Session, path: Path, lines: Sequence[str]) -> list[types.Diagnostic]:
    """Return what a build would warn about in a file, with ranges and links to the documentation.

    :param lines: the text of the file, as the editor has it.
    """
    name = session.relative(path)
    found = [_of_finding(session, flagged, lines) for flagged in session.flagged(name)]
    for problem in session.problems(name):
        url = f"{SITE}/reference/warnings.html#warning-{problem.subtype.replace('_', '-')}"
        last = max(problem.end_line, problem.line)
        place = _range(problem.line, last, lines, session.encoding)
        found.append(_diagnostic(place, problem.message, problem.subtype, url))
    return sorted(found, key=lambda shown: (shown.range.start.line, str(shown.code)))


def _of_finding(session: Session, flagged: Flagged, lines: Sequence[str]) -> types.Diagnostic:
    finding = flagged.finding
    names = [(issue.id, issue.title) for issue in flagged.issues]
    place = _range(finding.line, finding.end_line, lines, session.encoding)
    url = pattern_url(session, finding.pattern)
    return _diagnostic(place, with_reason(finding.message, names), finding.pattern, url)


def _diagnostic(place: types.Range, text: str, subtype: str, url: str) -> types.Diagnostic:
    return types.Diagnostic(
        range=place,
        message=message(text),
        severity=types.DiagnosticSeverity.Warning,
        code=f"revguide.{subtype}",
        code_description=types.CodeDescription(href=url),
        source=SOURCE,
    )


def pattern_url(session: Session, pattern: str) -> str:
    """Return the address of the documentation of a pattern or a warning."""
    if pattern in session.book.library.patterns:
        return f"{SITE}/reference/patterns/{pattern}.html"
    return f"{SITE}/reference/warnings.html#warning-{pattern.replace('_', '-')}"


def hover(session: Session, path: Path, line: int) -> str:
    """Return in Markdown why a line is flagged and what would excuse it, or "".

    :param line: from 0, as editors count.
    """
    return "\n\n---\n\n".join(
        "\n\n".join(_reasons(session, flagged)) for flagged in _at(session, path, line)
    )


def _reasons(session: Session, flagged: Flagged) -> Iterator[str]:
    finding = flagged.finding
    pattern = session.book.library.patterns.get(finding.pattern)
    title = pattern.title if pattern else finding.message.partition(": ")[0]
    said = finding.message.removeprefix(f"{title}: ")
    yield f"**{_text(title)}**: {_text(said)}"
    if evidence := [_text(one) for one in finding.evidence if one != said]:
        yield "\n".join(f"- {one}" for one in evidence)
    if pattern is not None:
        yield f"*Why it hurts:* {_text(pattern.why)}"
        yield f"*Instead:* {_text(pattern.instead)}"
    if pattern is not None and finding.excuses:
        yield f"*What would excuse it:* {_text('; '.join(finding.excuses))}"
    for issue in flagged.issues[:MOST_ISSUES]:
        yield f"*Issue {_text(issue.id)}:* {_text(issue.title)}"
    left = len(flagged.issues) - MOST_ISSUES
    if left > 0:
        yield f"and {counted(left, 'more issue')}"
    what = "pattern" if pattern is not None else "warning"
    yield f"[About this {what}]({pattern_url(session, finding.pattern)})"


def code_actions(
    session: Session, path: Path, place: types.Range, lines: Sequence[str]
) -> list[types.CodeAction]:
    """Return the code actions for findings in a range: apply, allow, dismiss, open cards."""
    name = session.relative(path)
    actions: list[types.CodeAction] = []
    for flagged in session.flagged(name):
        finding = flagged.finding
        if finding.line - 1 <= place.end.line and place.start.line <= finding.end_line - 1:
            if finding.pattern == STILL_PRESENT:
                actions += _applications(session, flagged, path)
            actions.append(_allowance(session, finding, path, lines))
            if session.book.verdict_path is not None:
                actions.append(_dismissal(finding, path))
            shown = {action.title for action in actions}
            cards = map(_card, flagged.issues[:MOST_ISSUES])
            actions += [card for card in cards if card.title not in shown]
    return actions


def _applications(session: Session, flagged: Flagged, path: Path) -> Iterator[types.CodeAction]:
    name = session.relative(path)
    proposal = propose(session.book, flagged.issues, texts=session.texts)
    for change in proposal.changes:
        if change.path == name:
            text = proposal.sources[name].text
            new = proposal.replacement(change)
            edit = types.TextEdit(
                types.Range(
                    _position(text, change.place.start, session.encoding),
                    _position(text, change.place.end, session.encoding),
                ),
                new,
            )
            title = f"Apply the AFTER of {change.issue.id}"
            yield _edit(title, path, edit)


def _allowance(
    session: Session, finding: Finding, path: Path, lines: Sequence[str]
) -> types.CodeAction:
    place = comment_place(lines, max(finding.line - 1, 0), is_rst=session.is_rst(path))
    allow = f"revguide: allow {finding.pattern} -- say why this may stay"
    comment = f"{place.indent}{'..' if place.is_rst else '%'} {allow}\n\n"
    start = types.Position(place.line, 0)
    edit = types.TextEdit(types.Range(start, start), comment)
    return _edit(f"Allow {finding.pattern} here, with a reason", path, edit)


def _dismissal(finding: Finding, path: Path) -> types.CodeAction:
    title = f"Dismiss {finding.pattern}: not a finding"
    arguments = [path.as_uri(), finding.fingerprint]
    command = types.Command(title, "revguide.dismiss", arguments=arguments)
    return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, command=command)


def dismiss(session: Session, fingerprint: str) -> types.Location | None:
    """Record that a finding is a false positive.

    :returns: the place of its verdict, so that the author can write a better reason; None if the
        finding is gone.
    :raises VerdictError, OSError: if the file must not or cannot be written.
    """
    book = session.book
    path = book.verdict_path
    finding = next(
        (finding for finding in book.findings if finding.fingerprint == fingerprint), None
    )
    if path is None or finding is None:
        return None
    by = user_name(session.srcdir)
    verdict = verdict_on(finding, NO_FINDING, "Dismissed in the editor", by=by, date=today())
    record_verdicts(path, [verdict], book.verdict_state)
    session.forget_derived()
    lines = (
        verdict.line
        for verdict in read_verdicts(path).verdicts
        if verdict.fingerprint == fingerprint
    )
    start = types.Position(next(lines, 1) - 1, 0)
    return types.Location(path.as_uri(), types.Range(start, start))


def _edit(title: str, path: Path, edit: types.TextEdit) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        edit=types.WorkspaceEdit(changes={path.as_uri(): [edit]}),
    )


def _card(issue: Issue) -> types.CodeAction:
    command = types.Command("Open the card", "revguide.openCard", arguments=[issue.address])
    return types.CodeAction(
        title=f"Open the card of {issue.id}", kind=types.CodeActionKind.Empty, command=command
    )


def definitions(session: Session, path: Path, line: int, word: str) -> list[types.Location]:
    """Return the cards of the passage on a line, or the passages of the card there.

    :param word: the id under the cursor; the id of an issue leads to its card.
    """
    book, name = session.book, session.relative(path)
    by_id = {issue.id: issue for issue in reversed(book.issues)}
    if word in by_id:
        return [_issue_place(session, by_id[word])]
    at = _at(session, path, line)
    issues = {issue.address: issue for flagged in at for issue in flagged.issues}
    found = [_issue_place(session, issue) for issue in issues.values()]
    opening = [issue for issue in book.issues if issue.path == name and issue.line == line + 1]
    # List a passage once even if several patterns flag it: editors open a single place directly.
    passages = {
        (flagged.finding.path, flagged.finding.line): flagged.finding
        for issue in opening
        for flagged in book.flagged_for(issue)
    }
    for finding in passages.values():
        start, end = types.Position(finding.line - 1, 0), types.Position(finding.end_line, 0)
        uri = (session.srcdir / finding.path).as_uri()
        found.append(types.Location(uri, types.Range(start, end)))
    return found


def _issue_place(session: Session, issue: Issue) -> types.Location:
    start = types.Position(max(issue.line - 1, 0), 0)
    return types.Location((session.srcdir / issue.path).as_uri(), types.Range(start, start))


def _at(session: Session, path: Path, line: int) -> list[Flagged]:
    name = session.relative(path)
    return [
        flagged
        for flagged in session.flagged(name)
        if flagged.finding.line - 1 <= line <= flagged.finding.end_line - 1
    ]


def _range(first: int, last: int, lines: Sequence[str], encoding: str) -> types.Range:
    """Return the range of 1-based lines, without the end of the last one."""
    top = min(max(first - 1, 0), max(len(lines) - 1, 0))
    bottom = min(max(last - 1, top), max(len(lines) - 1, 0))
    width = units(lines[bottom], encoding) if lines else 0
    return types.Range(types.Position(top, 0), types.Position(bottom, width))


def _position(text: str, offset: int, encoding: str) -> types.Position:
    start = text.rfind("\n", 0, offset) + 1
    return types.Position(text.count("\n", 0, offset), units(text[start:offset], encoding))


def _text(text: str) -> str:
    """Escape an author's text for Markdown."""
    return _MARKS.sub(r"\\\1", visible(" ".join(text.split()))).replace("&", "&amp;")
