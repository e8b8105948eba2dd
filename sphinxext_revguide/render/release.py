"""A release build: nothing of a guide is in the output."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.model import Mode
from sphinxext_revguide.nodes import GUIDE_PARTS
from sphinxext_revguide.outline import LOCKED


class LeaveOutGuides(SphinxTransform):
    """Takes cards and their like out of a page, before its headings and labels are collected."""

    default_priority = 840

    def apply(self, **_kwargs: Any) -> None:
        """Remove them, in release mode."""
        if self.config.revguide_mode != Mode.RELEASE:
            return
        for node in list(self.document.findall(nodes.Element)):
            if node.parent is not None and GUIDE_PARTS & set(node["classes"]):
                node.parent.remove(node)


class UnwrapPassages(SphinxPostTransform):
    """Leaves nothing around a locked passage, in release mode."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Put the passages in place of their containers."""
        if self.config.revguide_mode != Mode.RELEASE:
            return
        for node in list(self.document.findall(nodes.container)):
            if node.get(LOCKED):
                node.replace_self(node.children)
