"""The directives ``locked-preserve`` and ``locked-passage``."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util import docname_join

from sphinxext_revguide.book.derived.locked_passages import normalised
from sphinxext_revguide.markup.tree_attributes import LOCKED
from sphinxext_revguide.markup.tree_contents import text_in
from sphinxext_revguide.model import Lock, LockedPassage
from sphinxext_revguide.option_values import text_line, words
from sphinxext_revguide.sphinx.directives.base import RevguideDirective, is_blank
from sphinxext_revguide.sphinx.directives.options import Option


class LockedPreserve(RevguideDirective):
    """A list of what must stay, whatever else changes.

    Literals in an item are searched for in the guide's chapters; a missing one is reported with
    the closest text. An item without literals is for a person to judge, and shown as *not checked*.

    ```{locked-preserve}
    - Boats and depth: `nine boats`, `9.5 metres`
    - The dry tone of the story of the gate
    ```
    """

    known_options: ClassVar[tuple[Option, ...]] = (
        Option("guide", text_line, "Id of the guide, if it is on another page."),
        Option("in", words, "Docnames or globs of the pages to look in; default: the chapters."),
    )

    def build(self) -> list[nodes.Node]:
        """Record each item; show the list."""
        guide = self.guide_of("the locked items belong")
        node = self.located(nodes.container(classes=["revguide-locked"]))
        body = self.parse_body()
        node.extend(body)
        items = [
            item
            for child in body
            if isinstance(child, nodes.bullet_list)
            for item in child.children
            if isinstance(item, nodes.list_item)
        ]
        if not items:
            message = "nothing is locked; write a bullet list with one item for each thing to keep"
            self.problem("empty", message)
        for item in items:
            self._lock(item, guide)
        return [node]

    def _lock(self, item: nodes.list_item, guide: str) -> None:
        phrases = tuple(literal.astext() for literal in item.findall(nodes.literal))
        text = " ".join(text_in(item).split())
        locks = self.domain.store.page(self.env.docname).locks
        line = item.line or self.line
        place = {"docname": self.env.docname, "item_path": self.path, "item_line": line}
        item["revguide_lock"] = {"item": text, **place}
        where = tuple(docname_join(self.env.docname, name) for name in self.values.get("in", ()))
        locks.append(
            Lock(
                text=text,
                phrases=phrases,
                guide=guide,
                docname=self.env.docname,
                line=line,
                where=where,
                path=self.path,
            )
        )


class LockedPassageDirective(RevguideDirective):
    """Wraps a passage that must not change. Its name stays the same wherever it moves.

    `sphinx-revguide lock` records it; from then on each build reports whether it was edited,
    moved, renamed, unlocked, or is missing. Line breaks, typographic quotes and dashes, and
    markup that does not change the words make no difference. Nothing in it is flagged.

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
            self.problem("empty", "'locked-passage' has no body; add the passage to lock")
        name = shown["passage"] = " ".join(self.title.split())
        if not name:
            message = "the locked passage has no name; write 'locked-passage NAME'"
            self.problem("title", message)
            return [shown]
        self.domain.store.page(self.env.docname).passages.append(
            LockedPassage(
                name=name,
                docname=self.env.docname,
                path=self.path,
                line=self.line,
                end_line=self.body_line + max(len(self.body_lines), 1),
                text=normalised(shown.astext()),
            )
        )
        return [shown]
