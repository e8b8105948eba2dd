"""The directive ``locked-passage``."""

from __future__ import annotations

from docutils import nodes

from sphinxext_revguide.directives.base import RevguideDirective, is_blank
from sphinxext_revguide.model import LockedPassage
from sphinxext_revguide.outline import LOCKED
from sphinxext_revguide.passages import normalised


class LockedPassageDirective(RevguideDirective):
    """Wraps a passage that must not change. Its name stays the same wherever it moves.

    `sphinx-revguide lock` records it; from then on each build tells whether it was edited,
    moved, renamed, unlocked, or is missing. Line breaks, typographic quotes and dashes, and
    markup that leaves the words alone make no difference. Nothing in it is flagged.

    ```{locked-passage} guaranteed depths
    The depth at the mole is kept at 9.5 metres, summer and winter.
    ```
    """

    optional_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Record the passage; show it as it is, in a container that themes can mark."""
        shown = self.located(nodes.container(classes=["revguide-locked-passage"]))
        shown[LOCKED] = True
        shown.extend(self.parse_body())
        if is_blank(self.body_lines):
            self.problem("empty", "'locked-passage' has no body; put the passage to lock into it")
        name = shown["passage"] = " ".join(self.title.split())
        if not name:
            message = "the locked passage has no name; write 'locked-passage NAME'"
            self.problem("title", message)
            return [shown]
        self.domain.page(self.env.docname).passages.append(
            LockedPassage(
                name=name,
                docname=self.env.docname,
                path=self.domain.relative(self.source),
                line=self.lineno,
                end_line=self.body_line + max(len(self.body_lines), 1),
                text=normalised(shown.astext()),
            )
        )
        return [shown]
