"""What reviewers said about an issue, as its card shows it."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.markup.review_merge import comments
from sphinxext_revguide.model import Review, Verdict
from sphinxext_revguide.nodes import interface_text, label


def reviewers_note(note: str, reviews: Iterable[Review]) -> list[nodes.Node]:
    """Return the verdicts with names and dates, and the comments; nothing if there are none."""
    lines: list[nodes.Node] = [interface_text(_verdict(review)) for review in reviews]
    lines += [nodes.paragraph(comment, comment) for comment in comments(note)]
    if not lines:
        return []
    name = _("Reviewer's note") if len(lines) == 1 else _("What reviewers said")
    return [nodes.container("", label(name), *lines, classes=["revguide-note"])]


def _verdict(review: Review) -> str:
    said = {
        Verdict.ACCEPT: _("%s accepted this"),
        Verdict.CHANGE: _("%s asked for changes"),
        Verdict.REJECT: _("%s rejected this"),
    }
    line = str(said[review.verdict]) % review.reviewer
    return f"{line} ({review.date})" if review.date else line
