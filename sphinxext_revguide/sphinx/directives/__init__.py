"""The directives, which turn what an author writes into nodes and records of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.sphinx.directives.allow import RevisionAllow
from sphinxext_revguide.sphinx.directives.before_after import BeforeAfter
from sphinxext_revguide.sphinx.directives.guide import RevisionGuide, RevisionIssue
from sphinxext_revguide.sphinx.directives.locked import LockedPassageDirective, LockedPreserve
from sphinxext_revguide.sphinx.directives.pattern import RevisionPattern
from sphinxext_revguide.sphinx.directives.revision_overview import RevisionOverview
from sphinxext_revguide.sphinx.transforms.colon_fence_lines import CorrectColonFenceLines
from sphinxext_revguide.sphinx.transforms.translated import AddToTranslation, KeepOriginal
from sphinxext_revguide.sphinx.transforms.unread_directives import ReportUnreadDirectives

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext_revguide.sphinx.directives.base import RevguideDirective

DIRECTIVES: dict[str, type[RevguideDirective]] = {
    "revision-guide": RevisionGuide,
    "revision-issue": RevisionIssue,
    "before-after": BeforeAfter,
    "locked-preserve": LockedPreserve,
    "locked-passage": LockedPassageDirective,
    "revision-allow": RevisionAllow,
    "revision-overview": RevisionOverview,
    "revision-pattern": RevisionPattern,
}
"""Every directive of this extension, by the name that authors write."""


def setup_directives(app: Sphinx) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    ReportUnreadDirectives.names = frozenset(DIRECTIVES)
    app.add_transform(CorrectColonFenceLines)
    app.add_transform(ReportUnreadDirectives)
    app.add_transform(KeepOriginal)
    app.add_transform(AddToTranslation)
