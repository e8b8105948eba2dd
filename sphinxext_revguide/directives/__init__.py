"""What an author writes -> nodes and the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.directives.guide import LockedPreserve, RevisionGuide, RevisionIssue
from sphinxext_revguide.directives.samples import BeforeAfter

if TYPE_CHECKING:
    from sphinxext_revguide.directives.base import RevguideDirective

DIRECTIVES: dict[str, type[RevguideDirective]] = {
    "revision-guide": RevisionGuide,
    "revision-issue": RevisionIssue,
    "before-after": BeforeAfter,
    "locked-preserve": LockedPreserve,
}
"""Every directive of this extension, by the name that authors write."""
