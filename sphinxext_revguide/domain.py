"""Everything known about the book, keyed by page; references; merge and clear.

State lives here and nowhere else. Pages write into it while they are read (possibly in several
processes); what concerns the whole book is derived from it when all pages are known.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinxext_revguide.allowances import comment_allowances, covers
from sphinxext_revguide.baseline import Standing, standing_of
from sphinxext_revguide.budgets import overused
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.findings import find, told_apart
from sphinxext_revguide.globs import matching
from sphinxext_revguide.locks import lock_state
from sphinxext_revguide.measure import measure
from sphinxext_revguide.model import (
    Allowance,
    Finding,
    Guide,
    Issue,
    Lock,
    LockedPassage,
    Mode,
    Problem,
)
from sphinxext_revguide.notebooks import move_tree, moved, mover, own_text, page_text
from sphinxext_revguide.outline import LOCKED
from sphinxext_revguide.patterns import Library, files_digest, load_files, load_library
from sphinxext_revguide.promises import Promises, promises
from sphinxext_revguide.ratchet import Known
from sphinxext_revguide.records import Flagged, LockState, Page, PairState
from sphinxext_revguide.standings import pair_states, standing
from sphinxext_revguide.tracking import Source, Tracked

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

T = TypeVar("T")

_INCLUDED = (".txt", ".inc")
"""Suffixes of files that pages include, besides those of pages."""
PLACE = "place"
"""The type of a reference to a line of a chapter."""
BROWSED = ("html", "dirhtml", "singlehtml")
"""Builders whose pages come with sphinx-design's files. EPUB and JSON pages do not."""
_GUIDE_IN_FORCE = "revguide:guide"
ORIGINAL = "revguide:original"
"""Where a page is kept as it was before its translation, in its scratch space."""


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
    initial_data: ClassVar[dict[str, Any]] = {
        "pages": {}, "library": "", "tracked": {}, "celebrated": [],
    }  # fmt: skip
    data_version = 7
    """Raised when what pages leave in the environment changes; never 0, which is taken for none."""

    dangling_warnings: ClassVar[dict[str, str]] = {
        "guide": "no revision guide has the id %(target)r",
        "issue": "no revision issue has the id %(target)r; ids look like 'chapter-12-1'",
        "pattern": "no pattern has the id %(target)r",
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._library: tuple[Library, tuple[Problem, ...]] | None = None
        self._derived: dict[str, Any] = {}
        self._relative_paths: dict[str, str] = {}
        self.written_by_page = False
        """Whether the builder writes pages one by one, as they were read."""

    # What the author configured

    @property
    def library(self) -> Library:
        """The shipped patterns and those of ``revguide_patterns``."""
        return self._load()[0]

    @property
    def library_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files of ``revguide_patterns``."""
        return self._load()[1] if self.env.config.revguide_patterns else ()

    def _load(self) -> tuple[Library, tuple[Problem, ...]]:
        if self._library is None:
            self._library = load_files(self._pattern_files, load_library())
        return self._library

    @property
    def _pattern_files(self) -> list[Path]:
        return [Path(self.env.srcdir) / name for name in self.env.config.revguide_patterns]

    def forget_library(self) -> None:
        """Have the patterns loaded anew, as at the beginning of each build."""
        self._library = None

    def library_changed(self) -> bool:
        """Tell whether the patterns differ from those that the stored findings come from.

        The files are compared, not what they say: a build that reads no page need not read them.
        """
        digest = files_digest(self._pattern_files)
        changed = self.data["library"] not in ("", digest)
        self.data["library"] = digest
        return bool(changed)

    # What the pages say

    @property
    def pages(self) -> dict[str, Page]:
        """All pages read so far, by docname."""
        pages: dict[str, Page] = self.data["pages"]
        return pages

    def page(self, docname: str) -> Page:
        """Return the record of a page, made on first use, to be filled."""
        self._derived.clear()
        return self.pages.setdefault(docname, Page())

    def note_problem(self, docname: str, problem: Problem) -> None:
        """Keep a problem of a page, to be told on every build that still has it."""
        self.page(docname).problems.append(problem)

    def note_allowance(self, docname: str, allowance: Allowance) -> None:
        """Keep a passage of a page that may keep a pattern."""
        path = self.relative(allowance.path)
        self.page(docname).allowances.append(replace(allowance, path=path))

    def open_guide(self, guide: Guide) -> None:
        """Record a guide; the directives after it on the page belong to it."""
        self.page(guide.docname).guides.append(guide)
        self.env.current_document[_GUIDE_IN_FORCE] = guide.id

    @property
    def guide_in_force(self) -> str:
        """The id of the guide opened last on the page being read, or an empty string."""
        return str(self.env.current_document.get(_GUIDE_IN_FORCE, ""))

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._derived.clear()
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        self._derived.clear()
        for docname in docnames:
            if docname in otherdata["pages"]:
                self.pages[docname] = otherdata["pages"][docname]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Measure a page that was just read and look for every pattern in it."""
        page = self.page(docname)
        path = Path(env.doc2path(docname))
        page.path = self.relative(path)
        page.size = measure(own_text(path))
        self._restore_lines(page, path, document)
        page.refers = tuple(sorted(set(_references(document))))
        page.sections = tuple(self._sections(document))
        page.has_parts = any(map(_is_part, document.findall(nodes.Element)))
        for allowance, problem in comment_allowances(document, str(path)):
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

    def _sections(self, document: nodes.document) -> Iterator[tuple[str, int, str]]:
        for section in document.findall(nodes.section):
            if section["ids"] and section.line:
                yield self.relative(section.source or ""), section.line, section["ids"][0]

    def section_at(self, docname: str, path: str, line: int) -> str:
        """Return the anchor of the section of a page in which a line stands, or nothing."""
        found = [
            (start, anchor)
            for source, start, anchor in self.pages[docname].sections
            if source == path and start <= line
        ]
        return max(found)[1] if found else ""

    def may_hold_parts(self, docname: str) -> bool:
        """Tell whether a tree that is to be written may hold something of a guide.

        Most pages of a book hold nothing, and need not be searched for each kind of it.
        """
        page = self.pages.get(docname)
        return not self.written_by_page or page is None or page.has_parts

    # What follows for the book

    def guides(self) -> list[Guide]:
        """All guides, in the order of their pages; a repeated id is not left out."""
        return self._once(
            "guides",
            lambda: [one for docname in sorted(self.pages) for one in self.pages[docname].guides],
        )

    def issues(self) -> list[Issue]:
        """All issues, in the order of guide, number and place."""
        return self._once("issues", self._issues)

    def _issues(self) -> list[Issue]:
        found = [issue for page in self.pages.values() for issue in page.issues]
        return sorted(found, key=lambda one: (one.guide, one.number, one.docname, one.line))

    def issues_of(self, guide: str) -> list[Issue]:
        """The issues of a guide, named by its id, in the order of number and place."""
        return self._once("issues by guide", self._issues_by_guide).get(guide, [])

    def _issues_by_guide(self) -> dict[str, list[Issue]]:
        found: dict[str, list[Issue]] = {}
        for issue in self.issues():
            found.setdefault(issue.guide, []).append(issue)
        return found

    def locks(self) -> list[Lock]:
        """All locked items, in the order of guide and place."""
        return self._once("all locks", self._locks)

    def _locks(self) -> list[Lock]:
        found = [lock for page in self.pages.values() for lock in page.locks]
        return sorted(found, key=lambda one: (one.guide, one.docname, one.line))

    def lock_states(self) -> list[LockState]:
        """What was found of every lock's phrases in its guide's chapters."""
        return self._once("locks", lambda: [lock_state(self, lock) for lock in self.locks()])

    def lock_state(self, docname: str, line: int, text: str) -> LockState | None:
        """The state of one lock, named by its place and text."""
        states = self._once("locks by place", self._lock_states_by_place)
        return states.get((docname, line, text))

    def _lock_states_by_place(self) -> dict[tuple[str, int, str], LockState]:
        return {(one.lock.docname, one.lock.line, one.lock.text): one for one in self.lock_states()}

    def passages(self) -> list[LockedPassage]:
        """All locked passages, by name; of one name, the first."""
        found: dict[str, LockedPassage] = {}
        for docname in sorted(self.pages):
            for one in self.pages[docname].passages:
                found.setdefault(one.name, one)
        return sorted(found.values(), key=lambda one: one.name)

    def pair_state(self, docname: str, line: int) -> PairState:
        """What has become of a pair of samples, named by its place."""
        unknown = PairState("unknown", Tracked(), Tracked())
        return self._once("pairs", lambda: pair_states(self)).get((docname, line), unknown)

    def promises(self) -> list[Promises]:
        """What each guide promised, and what the book measures."""
        return self._once("promises", lambda: [promises(self, guide) for guide in self.guides()])

    def sources(self, docname: str) -> tuple[Source, ...]:
        """Return the files that a page is made of: its own, then those that it includes."""
        return self._once(f"sources of {docname}", lambda: tuple(self._sources(docname)))

    def _sources(self, docname: str) -> Iterator[Source]:
        srcdir = Path(self.env.srcdir)
        own = Path(self.env.doc2path(docname))
        included = (srcdir / name for name in sorted(map(str, self.env.dependencies[docname])))
        suffixes = {own.suffix, *self.env.config.source_suffix, *_INCLUDED}
        for path in (own, *included):
            if is_inside(path, srcdir) and path.suffix in suffixes and path.is_file():
                yield Source(self.relative(path), page_text(path))

    def relative(self, path: Path | str) -> str:
        """Return a path as reports name it: relative to the source directory.

        Each file is asked for thousands of times, and looked up on the disk once.
        """
        found = self._relative_paths.get(str(path))
        if found is None:
            found = _relative(Path(path), Path(self.env.srcdir))
            self._relative_paths[str(path)] = found
        return found

    def matching(self, globs: Iterable[str]) -> list[str]:
        """The pages that one of the globs matches."""
        return matching(globs, self.pages)

    def chapters_by_guide(self) -> dict[str, list[str]]:
        """The chapters of each guide; of guides with one id, those of the first."""
        return self._once("chapters by guide", self._chapters_by_guide)

    def _chapters_by_guide(self) -> dict[str, list[str]]:
        chapters: dict[str, list[str]] = {}
        for guide in self.guides():
            chapters.setdefault(guide.id, self.chapters_of(guide))
        return chapters

    def chapters_named(self, guide: str) -> list[str]:
        """The chapters of all guides of an id, sorted."""
        return self._once("chapters by id", self._chapters_by_id).get(guide, [])

    def _chapters_by_id(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for guide in self.guides():
            found.setdefault(guide.id, set()).update(self.chapters_of(guide))
        return {name: sorted(docnames) for name, docnames in found.items()}

    def chapters_of(self, guide: Guide) -> list[str]:
        """The docnames of a guide's chapters, sorted; guide pages are none of them."""
        candidates = self._once("candidates", self._candidates)
        if not guide.chapters:
            return candidates
        return self._once(
            f"chapters {guide.chapters}",
            lambda: sorted(set(matching(guide.chapters, candidates))),
        )

    def _candidates(self) -> list[str]:
        return sorted(name for name, page in self.pages.items() if not page.is_guide)

    def flagged(self) -> list[Flagged]:
        """All findings that an issue or ``revguide_flag`` asks for, by path and line.

        Those that an allowance lets stand are not flagged.
        """
        return self._once("flagged", lambda: [one for one in self.asked() if one.allowed is None])

    def asked(self) -> list[Flagged]:
        """All findings that an issue or ``revguide_flag`` asks for, allowed ones included."""
        return self._once("asked", self._asked)

    def findings(self) -> list[Finding]:
        """Everything that was found, whether or not anything asks for it."""
        return self._once("findings", self._findings)

    def _findings(self) -> list[Finding]:
        asked = [one.finding for one in self.asked()]
        own = [finding for found in self._own_findings().values() for finding in found]
        return list({one.fingerprint: one for one in [*own, *asked]}.values())

    def _own_findings(self) -> dict[str, list[Finding]]:
        """Return what was found when pages were read."""
        found = {docname: page.findings for docname, page in self.pages.items()}
        return self._once("own findings", lambda: told_apart(found))

    def standing(self) -> Standing:
        """What the book holds of the findings that its baseline knows."""
        return self._once("standing", lambda: standing_of(self))

    def celebrate(self, fixed: Iterable[Known]) -> list[Known]:
        """Return those of the fixed findings that no build has told of yet."""
        told: list[Known] = self.data["celebrated"]
        self.data["celebrated"] = list(fixed)
        return [one for one in self.data["celebrated"] if one not in told]

    def allowance_for(self, finding: Finding) -> Allowance | None:
        """Return what lets a finding stand, if something does today."""
        today = datetime.datetime.now(tz=datetime.UTC).date()
        for allowance in self.pages[finding.docname].allowances:
            if covers(allowance, finding, today):
                return allowance
        return None

    def flagged_on(self, docname: str) -> list[Flagged]:
        """All findings of a page that an issue or ``revguide_flag`` asks for, by path and line."""
        return self._once("flagged by page", self._flagged_by_page).get(docname, [])

    def _flagged_by_page(self) -> dict[str, list[Flagged]]:
        found: dict[str, list[Flagged]] = {}
        for one in self.flagged():
            found.setdefault(one.finding.docname, []).append(one)
        return found

    def flagged_for_guide(self, guide: str) -> list[Flagged]:
        """All findings that an issue of a guide, named by its id, asks for, by path and line."""
        return self._once("flagged by guide", self._flagged_by_guide).get(guide, [])

    def _flagged_by_guide(self) -> dict[str, list[Flagged]]:
        found: dict[str, list[Flagged]] = {}
        for one in self.flagged():
            for name in dict.fromkeys(issue.guide for issue in one.issues):
                found.setdefault(name, []).append(one)
        return found

    def flagged_for(self, issue: str) -> list[Flagged]:
        """All findings that an issue, named by its id, asks for."""
        return self._once("flagged by issue", self._flagged_by_issue).get(issue, [])

    def _flagged_by_issue(self) -> dict[str, list[Flagged]]:
        found: dict[str, list[Flagged]] = {}
        for one in self.flagged():
            for name in dict.fromkeys(issue.id for issue in one.issues):
                found.setdefault(name, []).append(one)
        return found

    def _once(self, name: str, compute: Callable[[], T]) -> T:
        """Compute something about the whole book once, until a page changes."""
        if name not in self._derived:
            self._derived[name] = compute()
        result: T = self._derived[name]
        return result

    def _asked(self) -> list[Flagged]:
        asked = self._issues_by_page_and_pattern()
        everywhere = set(self.env.config.revguide_flag)
        result = []
        for docname, found in self._own_findings().items():
            for finding in found:
                issues = tuple(asked.get((docname, finding.pattern), ()))
                if issues or "*" in everywhere or finding.pattern in everywhere:
                    result.append(Flagged(finding, issues, self.allowance_for(finding)))
        result.extend(self._over_budget())
        result.extend(standing(self))
        return sorted(_once_each(result), key=lambda one: _place(one.finding))

    def _over_budget(self) -> Iterator[Flagged]:
        """Yield what issues with a budget find."""
        for guide in self.guides():
            for issue in self.issues_of(guide.id):
                if issue.budget and issue.status.flags:
                    for docname in self.chapters_of(guide):
                        for finding in overused(self, issue, docname):
                            yield Flagged(finding, (issue,), self.allowance_for(finding))

    def _issues_by_page_and_pattern(self) -> dict[tuple[str, str], list[Issue]]:
        chapters = self.chapters_by_guide()
        asked: dict[tuple[str, str], list[Issue]] = {}
        for issue in self.issues():
            if issue.status.flags:
                for docname in chapters.get(issue.guide, ()):
                    for pattern in issue.patterns:
                        asked.setdefault((docname, pattern), []).append(issue)
        return asked

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
        book = self._once("shown of the book", self._shown_of_book)
        marks = self._once("marks by page", self._marks_by_page).get(docname, [])
        targets = [self._targets(*reference) for reference in page.refers]
        return _digest((book if page.is_guide or page.shows_book else "", marks, targets))

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

    def _shown_of_book(self) -> str:
        chapters = [
            (name, page.path, page.sections, str(self.env.titles.get(name, "")))
            for name, page in sorted(self.pages.items())
        ]
        return _digest((
            chapters, self.guides(), self.issues(), self.flagged(), self.lock_states(),
            self._once("pairs", lambda: pair_states(self)), self.promises(),
        ))  # fmt: skip

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


def _is_part(node: nodes.Element) -> bool:
    """Tell whether a node is of a guide, or holds a locked passage."""
    names = node.attributes["classes"]
    return (
        node.tagname.startswith("revguide")
        or LOCKED in node.attributes
        or (bool(names) and any(name.startswith("revguide-") for name in names))
    )


def _references(document: nodes.document) -> Iterator[tuple[str, str, str]]:
    for node in document.findall(pending_xref):
        domain, kind = str(node.get("refdomain") or ""), str(node.get("reftype", ""))
        if domain == RevguideDomain.name or kind in ("any", "myst"):
            yield domain, kind, str(node.get("reftarget", ""))
    # MyST makes references of its links `[](#target)` when pages have been processed.
    for link in document.findall(nodes.reference):
        if str(link.get("refuri", "")).startswith("#"):
            yield "", "myst", link["refuri"][1:]


def _digest(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.pattern


def _once_each(found: list[Flagged]) -> list[Flagged]:
    """Leave out what a later one repeats: an issue's budget goes before that of a pattern file."""
    return list({one.finding.fingerprint: one for one in found}.values())


def _relative(path: Path, srcdir: Path) -> str:
    try:
        return path.resolve().relative_to(srcdir.resolve()).as_posix()
    except (OSError, RuntimeError, ValueError):
        # Outside, a loop of links, or a name that no file can have.
        return path.as_posix()
