"""A release build: nothing of a guide is in the output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.markup.tree_attributes import LOCKED
from sphinxext_revguide.model import Mode
from sphinxext_revguide.nodes import GUIDE_PARTS
from sphinxext_revguide.sphinx.domain import RevguideDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LeaveOutGuides(SphinxTransform):
    """Takes cards and their like out of a page, before its headings and labels are collected."""

    default_priority = 840

    def apply(self, **_kwargs: Any) -> None:
        """Remove them, in release mode."""
        if self.config.revguide_mode != Mode.RELEASE:
            return
        for node in list(self.document.findall(nodes.Element)):
            # Roles have the class of what they lead to.
            inline = isinstance(node, nodes.Inline)
            if node.parent is not None and not inline and GUIDE_PARTS & set(node["classes"]):
                node.parent.remove(node)


class UnwrapPassages(SphinxPostTransform):
    """Leaves nothing around a locked passage, in release mode."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Put the passages in place of their containers."""
        if self.config.revguide_mode != Mode.RELEASE:
            return
        for node in list(self.document.findall(nodes.container)):
            if node.get(LOCKED) and node.parent is not None:
                # Not replace_self(), which hands the classes on.
                index = node.parent.index(node)
                node.parent[index : index + 1] = node.children


def withhold_source(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Publish no source that contains a guide or a mark, in release mode."""
    page = RevguideDomain.of(app.env).store.pages.get(pagename)
    if app.config.revguide_mode == Mode.RELEASE and page is not None and page.is_annotated:
        source = context.pop("sourcename", None)
        if source:
            # A review build may have left it there.
            (Path(app.outdir) / "_sources" / source).unlink(missing_ok=True)
