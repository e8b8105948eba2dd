"""The chapters of a guide with each change marked in CriticMarkup, for reading and editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.importer.export_record import with_record
from sphinxext_revguide.importer.marked_chapters import NOT_MARKED, words_of
from sphinxext_revguide.markup.replacement import Place

if TYPE_CHECKING:
    from sphinxext_revguide.report.proposed_changes import Proposal


def critic_markup(proposal: Proposal) -> str:
    """Return the chapters that a proposal changes, one after the other.

    A BEFORE that a chapter contains exactly once becomes ``{~~BEFORE~>AFTER~~}``, followed by a
    comment with the issue. What cannot be applied is listed in a comment at the end.
    """
    chapters = []
    for path in dict.fromkeys(change.path for change in proposal.changes):
        text = proposal.sources[path].text
        changes = [change for change in proposal.changes if change.path == path]
        for change in sorted(changes, key=lambda change: -change.place.start):
            place: Place = change.place
            new = proposal.replacement(change)
            note = f"{{>>{change.issue.id}: {_inside(change.issue.title)}<<}}"
            marked = f"{{~~{_inside(change.old)}~>{_inside(new)}~~}}{note}"
            text = text[: place.start] + marked + text[place.end :]
        chapters.append(text.replace("\r\n", "\n"))
    if proposal.refusals:
        lines = "\n".join(f"{refusal.issue}: {refusal.reason}" for refusal in proposal.refusals)
        chapters.append(f"{{>>{NOT_MARKED}\n{_inside(lines)}<<}}\n")
    # Text around an AFTER, such as a rule, is not repeated in the chapter.
    said = [
        text
        for each in proposal.changes
        for text in (each.text, proposal.replacement(each), each.issue.title)
    ]
    return with_record("\n".join(chapters), map(words_of, said))


def _inside(text: str) -> str:
    """Escape the ends of CriticMarkup marks in a text."""
    for mark in ("~~}", "~>", "<<}", "{>>", "{~~"):
        text = text.replace(mark, f"{mark[0]}\u200b{mark[1:]}")
    return text
