"""The domain ``revguide``: what is read of a page, its objects, and references to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import quote
from zlib import compress

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinxext_revguide.book.allowances import comment_allowances
from sphinxext_revguide.book.detection import find
from sphinxext_revguide.book.host import Host
from sphinxext_revguide.book.records import Page
from sphinxext_revguide.book.store import DATA_VERSION, Store, StoredData, empty_data
from sphinxext_revguide.book.view import Book
from sphinxext_revguide.garbage import collection_postponed
from sphinxext_revguide.i18n import _
from sphinxext_revguide.markup.notebooks import SUFFIX as NOTEBOOK
from sphinxext_revguide.markup.notebooks import move_tree, moved, mover, own_text, page_text
from sphinxext_revguide.markup.readable_text import readable_texts
from sphinxext_revguide.markup.tree_contents import elements_in
from sphinxext_revguide.model import FileLine, Guide, Mode, Problem
from sphinxext_revguide.nodes import CARD, PLACE, says_more_than_titles
from sphinxext_revguide.patterns.engine import find_terms
from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.patterns.loader import files_digest, load_files, load_library
from sphinxext_revguide.patterns.outline import build_outline
from sphinxext_revguide.patterns.scales import Bag
from sphinxext_revguide.patterns.sensitivity import Sensitivity, with_sensitivity
from sphinxext_revguide.sphinx.conditions import conditions, shown_part
from sphinxext_revguide.sphinx.page_elements import is_part, references_in, sections_in
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.measure import measure

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

BROWSED = ("html", "dirhtml", "singlehtml")
"""Builders whose pages come with our scripts. EPUB and JSON pages do not."""
ORIGINAL = "revguide:original"
"""Key in the scratch space of a page: the page as it was before its translation."""
READ_TEXT = "revguide:text"
"""Key in the scratch space of a page: its text as it was parsed."""
_INCLUDED = (".txt", ".inc")
"""Suffixes of included files, besides the suffixes of pages."""
_GUIDE_IN_FORCE = "revguide:guide"
_BY_PAGE = ("html", "dirhtml")
"""Builders that are known to write each page separately, as it was read."""


class RevguideDomain(Domain):
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
        "guide": "there is no revision guide with the id %(target)r",
        "issue": "there is no revision issue with the id %(target)r; ids look like 'chapter-12-1'",
        "pattern": "there is no pattern with the id %(target)r",
    }
    initial_data: ClassVar[dict[str, Any]] = {**empty_data()}
    data_version = DATA_VERSION

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.store = Store(cast("StoredData", self.data), Path(env.srcdir))
        """The records of all pages."""
        self._library: tuple[Library, tuple[Problem, ...]] | None = None
        self._book: tuple[int, Book] | None = None
        self.builder: Builder
        """The current builder, once there is one; a domain cannot find it otherwise."""
        self.builder_name = self.builder_format = ""
        self.holds: Callable[[str, str], bool] = lambda _kind, _expression: True
        """Returns whether this build shows the content of a condition."""
        self.emits_warnings = True
        """Whether builds emit warnings; commands that read a book report findings themselves."""
        self.trees: dict[str, nodes.document] = {}
        """The trees of pages that were read from unsaved texts; Sphinx has the trees of files."""
        self.known_texts: KnownTexts[Bag] | None = None
        """The cached results for texts, if :meth:`keep_texts` was called."""

    @classmethod
    def of(cls, env: BuildEnvironment) -> RevguideDomain:
        """Return the domain of an environment.

        :raises KeyError: if the extension is not loaded.
        """
        return cast("RevguideDomain", env.domains[cls.name])

    @property
    def book(self) -> Book:
        """The values derived from all pages, until a page changes."""
        if self._book is None or self._book[0] != self.store.revision:
            self._book = self.store.revision, Book(self.store, self._host())
        return self._book[1]

    def _host(self) -> Host:
        config = self.env.config
        return Host(
            srcdir=Path(self.env.srcdir),
            flag=frozenset(config.revguide_flag),
            sensitivity=frozenset(config.revguide_sensitivity),
            baseline=config.revguide_baseline,
            verdicts=config.revguide_verdicts,
            library=lambda: self.library,
            library_problems=lambda: self.library_problems,
            files=self._files,
            title=self._title,
            term_places=self._term_places,
            holds=self.holds,
            reading_order=lambda: list(self.env.collect_relations()),
        )

    def _files(self, docname: str) -> Iterator[Path]:
        own = Path(self.env.doc2path(docname))
        included = sorted(map(str, self.env.dependencies[docname]))
        suffixes = {own.suffix, *self.env.config.source_suffix, *_INCLUDED}
        for path in (own, *(Path(self.env.srcdir, name) for name in included)):
            if path.suffix in suffixes:
                yield path

    def _title(self, docname: str) -> str:
        title = self.env.titles.get(docname)
        return docname if title is None else title.astext()

    def _term_places(self, docname: str, terms: Iterable[str]) -> dict[str, tuple[FileLine, ...]]:
        tree = self.trees.get(docname) or self.env.get_doctree(docname)
        outline = build_outline(tree, path=str(self.env.doc2path(docname)))
        return find_terms(outline, terms, self.store.relative)

    # The patterns that the author configured

    @property
    def library(self) -> Library:
        """The shipped patterns and those of ``revguide_patterns``."""
        return self._load()[0]

    @property
    def library_problems(self) -> tuple[Problem, ...]:
        """The mistakes in the files of ``revguide_patterns``."""
        return self._load()[1] if self.env.config.revguide_patterns else ()

    def _load(self) -> tuple[Library, tuple[Problem, ...]]:
        if self._library is None:
            library, problems = load_files(
                self._pattern_files, load_library(), Path(self.env.srcdir)
            )
            self._library = with_sensitivity(library, self._sensitivity), problems
        return self._library

    def keep_texts(self) -> None:
        """Cache the results for texts, for processes that read the same pages many times."""
        self.known_texts = self.library.known_texts()

    @property
    def _sensitivity(self) -> dict[str, Sensitivity]:
        wanted: dict[str, Sensitivity] = self.env.config.revguide_sensitivity
        return wanted

    @property
    def _pattern_files(self) -> list[Path]:
        return [Path(self.env.srcdir) / name for name in self.env.config.revguide_patterns]

    def reload_library(self) -> bool:
        """Discard the loaded patterns, at the beginning of each build.

        Only the files are compared: a build that reads no page need not load the patterns.

        :returns: whether the files or the limits differ from those of the stored findings.
        """
        self._library = self.known_texts = None
        files = files_digest(self._pattern_files, Path(self.env.srcdir))
        return self.store.replace_library(digest(files, repr(sorted(self._sensitivity.items()))))

    def read_otherwise(self) -> list[str]:
        """Return the pages that were read by a build that shows other parts of them."""
        return [
            docname
            for docname, page in self.store.pages.items()
            if any(
                condition.held != self.holds(condition.kind, condition.expression)
                for condition in page.conditions
            )
        ]

    # What a page says

    def open_guide(self, guide: Guide) -> None:
        """Record a guide; the directives after it on the page belong to it."""
        self.store.page(guide.docname).guides.append(guide)
        self.env.current_document[_GUIDE_IN_FORCE] = guide.id

    @property
    def guide_in_force(self) -> str:
        """The id of the guide opened last on the page being read, or an empty string."""
        return str(self.env.current_document.get(_GUIDE_IN_FORCE, ""))

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.store.remove(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Add the pages that another process read."""
        self.store.merge(docnames, cast("StoredData", otherdata))

    def may_hold_parts(self, docname: str) -> bool:
        """Return whether a tree to be written may contain parts of a guide.

        Most pages contain none, and need not be searched for each kind of part.
        """
        page = self.store.pages.get(docname)
        return self.builder_name not in _BY_PAGE or page is None or page.has_parts

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Measure a page that was just read, and search it for all patterns."""
        with collection_postponed():
            self._process(env, docname, document)

    def _process(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        page = self.store.page(docname)
        path = Path(env.doc2path(docname))
        page.path = self.store.relative(path)
        text = own_text(path)
        page.size = measure(text)
        self._restore_lines(page, path, document)
        elements = elements_in(document)
        page.refers = tuple(sorted(set(references_in(elements, self.name))))
        page.sections = tuple(sections_in(elements, self.store.relative))
        page.conditions = tuple(conditions(elements, self.store.relative, self.holds))
        page.has_parts |= any(map(is_part, elements))
        page.has_text = any(map(says_more_than_titles, elements))
        asides = [each for each in elements if isinstance(each, nodes.comment | nodes.raw)]
        written = page_text(path) if path.suffix == NOTEBOOK else text
        for allowance, problem in comment_allowances(asides, str(path), written):
            if allowance is not None:
                self.store.add_allowance(docname, allowance)
            if problem is not None:
                self.store.add_problem(docname, problem)
        original = cast("nodes.document", env.current_document.get(ORIGINAL, document))
        read = env.current_document.get(READ_TEXT) if path.suffix != NOTEBOOK else None
        relative = self.store.relative
        page.readable = tuple(
            (relative(file), compress(text.encode("utf-8", "surrogatepass")))
            for file, text in readable_texts(original, path, read, self.holds).items()
        )
        if not page.is_guide:
            known = self.known_texts
            # A page without a condition shows all of it.
            is_whole = original is document and not page.conditions
            tree = document if is_whole else shown_part(original, self.holds)
            page.findings = list(find(tree, docname, str(path), self.library, relative, known))
            if known is not None:
                known.forget_if_many()

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
                    moved(record, move) if getattr(record, "path", "") in own else record
                    for record in records
                ]

    # Objects and references

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield each guide and issue that this build shows, at its first place."""
        if self.env.config.revguide_mode == Mode.RELEASE:
            return
        for (kind, name), (title, docname, anchor) in self.book.objects.items():
            if docname:
                yield name, title, kind, docname, anchor, 1

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

        A pattern leads to the first issue that names it. If no issue does, its title is shown
        without a link.
        """
        if typ == PLACE:
            return self._place_reference(fromdocname, builder, target, node, contnode)
        found = self.book.object_named(typ, target)
        if typ == CARD:
            found = self.book.shown_card(node["title"], (target, node["anchor"]))
        if found is None:
            return None
        title, docname, anchor = found
        title = _(title) if typ == "pattern" else title
        if self.env.config.revguide_mode == Mode.RELEASE:
            # The type says reference; Sphinx puts whatever node it gets in its place.
            text = contnode.astext() if node.get("refexplicit") else title
            return nodes.Text(text)  # type: ignore[return-value]
        if not node.get("refexplicit"):
            contnode = nodes.inline(title, title, classes=["revguide", f"revguide-{typ}"])
        if not docname:
            return contnode  # type: ignore[return-value]
        return _reference(builder, fromdocname, docname, anchor, contnode, title)

    def _place_reference(
        self, fromdocname: str, builder: Builder, docname: str, node: pending_xref, shown: Element
    ) -> nodes.reference:
        """Link to a line of a chapter: to its mark or its section, and to the phrase there.

        A line that this build does not show is named without a link.
        """
        line = node["path"], node["place_line"]
        if not self.book.shows_line(docname, *line):
            return shown  # type: ignore[return-value]
        anchor = self.book.section_at(docname, *line)
        if node["mark"] and builder.name in BROWSED and marks_wanted(self.env.config):
            anchor = mark_anchor(node["mark"])
        reference = _reference(builder, fromdocname, docname, anchor, shown)
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
        """Resolve a reference without a type."""
        found: list[tuple[str, Any]] = []
        objects = self.book.objects
        for kind in self.object_types:
            if (kind, target) in objects:
                title, docname, anchor = objects[kind, target]
                title = _(title) if kind == "pattern" else title
                if not docname or self.env.config.revguide_mode == Mode.RELEASE:
                    text = contnode.astext() if node.get("refexplicit") else title
                    # Not a text alone: the caller looks at attributes.
                    found.append((f"revguide:{kind}", nodes.inline("", text)))
                    continue
                content = contnode
                if not node.get("refexplicit"):
                    content = nodes.inline(title, title, classes=["revguide", f"revguide-{kind}"])
                reference = _reference(builder, fromdocname, docname, anchor, content, title)
                found.append((f"revguide:{kind}", reference))
        return found


def _reference(
    builder: Builder, fromdocname: str, docname: str, anchor: str, shown: Element, title: str = ""
) -> nodes.reference:
    """Return a reference; if all pages are in one file, anchors are on the same page."""
    if builder.name == "singlehtml" and anchor:
        fromdocname = docname
    return make_refnode(builder, fromdocname, docname, anchor, shown, title or None)


def mark_anchor(fingerprint: str) -> str:
    """Return the anchor of the mark at a finding."""
    return f"revguide-{fingerprint}"


def marks_wanted(config: Config) -> bool:
    """Return whether flagged passages are marked on HTML pages."""
    return bool(config.revguide_marks) and config.revguide_mode == Mode.REVIEW
