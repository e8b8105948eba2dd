"""The domain ``revguide``: what is read of a page, its objects, and references to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinxext_revguide.book.allowances import comment_allowances
from sphinxext_revguide.book.detection import find
from sphinxext_revguide.book.records import Page
from sphinxext_revguide.book.store import Book
from sphinxext_revguide.markup.notebooks import move_tree, moved, mover, own_text
from sphinxext_revguide.model import (
    Mode,
)
from sphinxext_revguide.patterns.outline import LOCKED
from sphinxext_revguide.text.measure import measure

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

PLACE = "place"
"""The type of a reference to a line of a chapter."""
BROWSED = ("html", "dirhtml", "singlehtml")
"""Builders whose pages come with sphinx-design's files. EPUB and JSON pages do not."""
ORIGINAL = "revguide:original"
"""Where a page is kept as it was before its translation, in its scratch space."""


class RevguideDomain(Book):
    """The domain ``revguide``: guides, issues and patterns as objects of the book."""

    name = "revguide"
    label = "Revision guides"
    object_types: ClassVar[dict[str, ObjType]] = {
        "guide": ObjType("revision guide", "guide"),
        "issue": ObjType("revision issue", "issue"),
        "pattern": ObjType("pattern", "pattern"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "guide": XRefRole(warn_dangling=True),
        "issue": XRefRole(warn_dangling=True),
        "pattern": XRefRole(warn_dangling=True),
    }
    dangling_warnings: ClassVar[dict[str, str]] = {
        "guide": "no revision guide has the id %(target)r",
        "issue": "no revision issue has the id %(target)r; ids look like 'chapter-12-1'",
        "pattern": "no pattern has the id %(target)r",
    }

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Measure a page that was just read and look for every pattern in it."""
        page = self.page(docname)
        path = Path(env.doc2path(docname))
        page.path = self.relative(path)
        page.size = measure(own_text(path))
        self._restore_lines(page, path, document)
        elements = list(document.findall(nodes.Element))
        page.refers = tuple(sorted(set(_references(elements))))
        page.sections = tuple(self._sections(elements))
        page.has_parts = any(map(_is_part, elements))
        comments = [one for one in elements if isinstance(one, nodes.comment)]
        for allowance, problem in comment_allowances(comments, str(path)):
            if allowance is not None:
                self.note_allowance(docname, allowance)
            if problem is not None:
                self.note_problem(docname, problem)
        if not page.is_guide:
            original = cast("nodes.document", env.current_document.get(ORIGINAL, document))
            page.findings = list(find(original, docname, str(path), self.library, self.relative))

    def _restore_lines(self, page: Page, path: Path, document: nodes.document) -> None:
        """Turn the lines of a notebook into those of its file."""
        move = mover(path, self.env.metadata[self.env.docname].get("source_map"))
        if move is None:
            return
        move_tree(document, path, move)
        own = ("", page.path, str(path))
        for records in (getattr(page, field.name) for field in fields(page)):
            if isinstance(records, list):
                records[:] = [
                    moved(one, move) if getattr(one, "path", "") in own else one for one in records
                ]

    def _sections(self, elements: Iterable[nodes.Element]) -> Iterator[tuple[str, int, str]]:
        for section in elements:
            if isinstance(section, nodes.section) and section["ids"] and section.line:
                yield self.relative(section.source or ""), section.line, section["ids"][0]

    # Objects and references

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every guide and issue once, first place first."""
        if self.env.config.revguide_mode == Mode.RELEASE:
            return
        seen: set[tuple[str, str]] = set()
        for kind, name, title, docname, anchor in self._objects():
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield name, title, kind, docname, anchor, 1

    def _objects(self) -> Iterator[tuple[str, str, str, str, str]]:
        for guide in self.guides():
            yield "guide", guide.id, guide.title or guide.id, guide.docname, guide.anchor
        for name in sorted(self.pages):
            for one in self.pages[name].patterns:
                yield "pattern", one.id, one.title, one.docname, one.anchor
        for issue in self.issues():
            yield "issue", issue.id, issue.title, issue.docname, issue.anchor

    def _index(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        index: dict[tuple[str, str], tuple[str, str, str]] = {}
        for kind, name, title, docname, anchor in self._objects():
            index.setdefault((kind, name), (title, docname, anchor))
        return index

    def _lookup(self, kind: str, target: str) -> tuple[str, str, str] | None:
        found = self._once("index", self._index).get((kind, target))
        if found is not None:
            return found
        if kind == "pattern" and target in self.library.patterns:
            title = self.library.patterns[target].title
            for issue in self.issues():
                if target in issue.patterns:
                    return title, issue.docname, issue.anchor
            return title, "", ""
        return None

    def resolve_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 -- Sphinx's signature
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve a role of this domain.

        A pattern leads to the first issue that names it, and stands as its title
        without a link where no issue does.
        """
        if typ == PLACE:
            return self._place_reference(fromdocname, builder, target, node, contnode)
        found = self._lookup(typ, target)
        if found is None:
            return None
        title, docname, anchor = found
        if self.env.config.revguide_mode == Mode.RELEASE:
            # The type says reference; Sphinx puts whatever node it gets in its place.
            text = contnode.astext() if node.get("refexplicit") else title
            return nodes.Text(text)  # type: ignore[return-value]
        if not node.get("refexplicit"):
            contnode = nodes.inline(title, title, classes=["revguide", f"revguide-{typ}"])
        if not docname:
            return contnode  # type: ignore[return-value]
        return make_refnode(builder, fromdocname, docname, anchor, contnode, title)

    def _place_reference(
        self, fromdocname: str, builder: Builder, docname: str, node: pending_xref, shown: Element
    ) -> nodes.reference:
        """Lead to a line of a chapter: to its mark or its section, and to the phrase there."""
        anchor = self.section_at(docname, node["path"], node["place_line"])
        if node["mark"] and builder.name in BROWSED and marks_wanted(self.env.config):
            anchor = mark_anchor(node["mark"])
        reference = make_refnode(builder, fromdocname, docname, anchor, shown)
        if node["phrase"] and builder.name in BROWSED and "refuri" in reference:
            text = quote(node["phrase"], safe="").replace("-", "%2D")
            joint = "" if "#" in reference["refuri"] else "#"
            reference["refuri"] += f"{joint}:~:text={text}"
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 -- Sphinx's signature
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve a reference that names no type."""
        found: list[tuple[str, Any]] = []
        index = self._once("index", self._index)
        for kind in self.object_types:
            if (kind, target) in index:
                title, docname, anchor = index[kind, target]
                if self.env.config.revguide_mode == Mode.RELEASE:
                    text = contnode.astext() if node.get("refexplicit") else title
                    # Not a text alone: who asked looks at attributes.
                    found.append((f"revguide:{kind}", nodes.inline("", text)))
                    continue
                content = contnode
                if not node.get("refexplicit"):
                    content = nodes.inline(title, title, classes=["revguide", f"revguide-{kind}"])
                reference = make_refnode(builder, fromdocname, docname, anchor, content, title)
                found.append((f"revguide:{kind}", reference))
        return found

    # What a page shows of others

    def shown_on(self, docname: str) -> str:
        """Return a digest of all that a page shows of the rest of the book."""
        page = self.pages[docname]
        marks = self._once("marks by page", self._marks_by_page).get(docname, [])
        targets = [self._targets(*reference) for reference in page.refers]
        guides = self._guides() if page.shows_book else page.names_guides
        # What no guide asks for stands in the overview of the book alone.
        flagged = self._once("all flagged", lambda: _digest(self.flagged()))
        book = [flagged if page.shows_book else "", *map(self._shown_of, guides)]
        return _digest((book, marks, targets))

    def is_left_dangling(self, docname: str) -> bool:
        """Tell whether a page refers to a guide, an issue or a pattern that is not there."""
        own = [reference for reference in self.pages[docname].refers if reference[0] == self.name]
        return any(None in self._targets(*reference) for reference in own)

    def _targets(self, domain: str, kind: str, target: str) -> list[tuple[str, str, str] | None]:
        """Return what a reference may lead to: title, page and anchor."""
        if domain == self.name:
            return [self._lookup(kind, target)]
        index = self._once("index", self._index)
        return [index[one, target] for one in self.object_types if (one, target) in index]

    def _guides(self) -> list[str]:
        """Return the ids of all guides that a page opens or names, once each, and no guide."""
        named = (name for page in self.pages.values() for name in page.names_guides)
        return sorted({"", *named})

    def _shown_of(self, guide: str) -> str:
        """Return a digest of all that cards, locks and measures of a guide show of the book."""
        return self._once(f"shown of {guide!r}", lambda: _digest(list(self._facts_of(guide))))

    def _facts_of(self, guide: str) -> Iterator[object]:
        issues = self.issues_of(guide)
        yield from (one for one in self.guides() if one.id == guide)
        yield from issues
        yield from self.flagged_for_guide(guide)
        yield from (self.pair_state(issue.docname, one) for issue in issues for one in issue.pairs)
        yield from (one for one in self.lock_states() if one.lock.guide == guide)
        yield from (one for one in self.promises() if one.guide == guide)
        chapters = self._once("shown of chapters", self._shown_of_chapters)
        yield from map(chapters.get, self.chapters_named(guide) if guide else sorted(chapters))

    def _shown_of_chapters(self) -> dict[str, str]:
        return {
            name: _digest((name, page.path, page.sections, str(self.env.titles.get(name, ""))))
            for name, page in self.pages.items()
        }

    def _marks_by_page(self) -> dict[str, list[Any]]:
        marks: dict[str, list[Any]] = {}
        for one in self.flagged():
            issues = [(issue.id, issue.title, issue.docname, issue.anchor) for issue in one.issues]
            marks.setdefault(one.finding.docname, []).append((one.finding, issues))
        return marks


def mark_anchor(fingerprint: str) -> str:
    """Return the anchor of the mark at a finding."""
    return f"revguide-{fingerprint}"


def marks_wanted(config: Config) -> bool:
    """Tell whether flagged passages are marked on pages that are browsed."""
    return bool(config.revguide_marks) and config.revguide_mode == Mode.REVIEW


def is_styled(node: nodes.Element) -> bool:
    """Tell whether a node has a class of our style sheet."""
    names = node.attributes["classes"]
    return bool(names) and any(name.startswith("revguide-") for name in names)


def _is_part(node: nodes.Element) -> bool:
    """Tell whether a node is of a guide, or holds a locked passage."""
    return node.tagname.startswith("revguide") or LOCKED in node.attributes or is_styled(node)


def _references(elements: Iterable[nodes.Element]) -> Iterator[tuple[str, str, str]]:
    for node in elements:
        if isinstance(node, pending_xref):
            domain, kind = str(node.get("refdomain") or ""), str(node.get("reftype", ""))
            if domain == RevguideDomain.name or kind in ("any", "myst"):
                yield domain, kind, str(node.get("reftarget", ""))
        # MyST makes references of its links `[](#target)` when pages have been processed.
        elif isinstance(node, nodes.reference) and str(node.get("refuri", "")).startswith("#"):
            yield "", "myst", node["refuri"][1:]


def _digest(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()
