"""Removes everything that belongs to a guide from a release build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.markup.tree_attributes import LOCKED
from sphinxext_revguide.model import Mode, Problem
from sphinxext_revguide.nodes import GUIDE_PARTS
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinx.application import Sphinx


_EDITORS = frozenset({"revguide-guide", "revguide-issue"})
"""Classes of the parts of a guide; locks may also be on chapter pages."""


class LeaveOutGuides(SphinxTransform):
    """Removes the parts of guides from a page, before its headings and labels are collected."""

    default_priority = 840

    def apply(self, **_kwargs: Any) -> None:
        """Remove them, in release mode."""
        if self.config.revguide_mode != Mode.RELEASE:
            return
        removed: list[nodes.Element] = []
        for node in list(self.document.findall(nodes.Element)):
            # Roles have the class of their target.
            inline = isinstance(node, nodes.Inline)
            if node.parent is not None and not inline and GUIDE_PARTS & set(node["classes"]):
                node.parent.remove(node)
                removed.append(node)
        if removed:
            # A part outside any guide is on no other record of the page.
            RevguideDomain.of(self.env).store.page(self.env.docname).has_parts = True
            self._withdraw_anchors(removed)
        if any(_EDITORS & set(node["classes"]) for node in removed):
            self._report_rest()

    def _withdraw_anchors(self, removed: list[nodes.Element]) -> None:
        """Keep removed parts out of ``objects.inv``, where Sphinx would list their anchors."""
        ids = {
            labelid
            for part in removed
            for node in part.findall(nodes.Element)
            for labelid in node["ids"]
        }
        for name, labelid in self.document.nameids.items():
            if labelid in ids:
                # Sphinx collects only explicit names.
                self.document.nametypes[name] = False
        if ids:
            self._withdraw_objects(ids)

    def _withdraw_objects(self, ids: set[str]) -> None:
        """Delete what directives such as ``glossary`` recorded while the page was parsed."""
        own = RevguideDomain.of(self.env)
        for domain in self.env.domains.sorted():
            if domain is own:
                continue
            for records in domain.data.values():
                if isinstance(records, dict):
                    self._withdraw_records(records, ids)

    def _withdraw_records(self, records: dict[Any, Any], ids: set[str]) -> None:
        """Delete the records of removed anchors; the domains begin each with docname and anchor."""
        for key, record in list(records.items()):
            match record:
                case (self.env.docname, str(anchor), *_) if anchor in ids:
                    del records[key]

    def _report_rest(self) -> None:
        """Report text that is left on a guide's page: the editor probably wrote it."""
        count = sum(len(node.astext().split()) for node in _text_blocks(self.document))
        if not count:
            return
        message = (
            f"this guide page is published with {counted(count, 'word')} outside its directives; "
            "exclude the page with exclude_patterns, or remove the text"
        )
        docname = self.env.docname
        problem = Problem(1, message, "release", str(self.env.doc2path(docname)))
        RevguideDomain.of(self.env).store.add_problem(docname, problem)


def _text_blocks(document: nodes.document) -> Iterator[nodes.TextElement]:
    """Yield the texts of a page that readers see, without its headings."""
    hidden = (nodes.title, nodes.comment, nodes.target, nodes.substitution_definition, nodes.raw)
    for node in document.findall(nodes.TextElement):
        if not isinstance(node, (*hidden, nodes.Inline)):
            yield node


class UnwrapPassages(SphinxPostTransform):
    """Removes the containers of locked passages, in release mode."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Replace the containers by the passages."""
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
    if not _is_withheld(app, pagename):
        return
    source = context.get("sourcename")
    # As Sphinx has it where no sources are published; some themes need the key.
    context["sourcename"] = ""
    if source:
        # A review build may have left it there.
        (Path(app.outdir) / "_sources" / source).unlink(missing_ok=True)


def remove_source_button(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove the link to a withheld source that sphinx-book-theme adds without one."""
    if not _is_withheld(app, pagename):
        return
    for group in context.get("header_buttons", ()):
        if "buttons" in group:
            group["buttons"] = [
                button
                for button in group["buttons"]
                if button.get("label") != "download-source-button"
            ]


def _is_withheld(app: Sphinx, pagename: str) -> bool:
    page = RevguideDomain.of(app.env).store.pages.get(pagename)
    if app.config.revguide_mode != Mode.RELEASE or page is None:
        return False
    return page.is_annotated or page.has_parts
