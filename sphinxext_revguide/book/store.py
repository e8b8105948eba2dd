"""Everything known about the book, keyed by page, and what follows from it; merge and clear.

State lives here and nowhere else. Pages write into it while they are read (possibly in several
processes); what concerns the whole book is derived from it when all pages are known.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from sphinx.domains import Domain

from sphinxext_revguide.book.allowances import covers
from sphinxext_revguide.book.compare import Known
from sphinxext_revguide.book.derived.baseline_state import Standing, standing_of
from sphinxext_revguide.book.derived.flagging import asked
from sphinxext_revguide.book.derived.locks import lock_state
from sphinxext_revguide.book.derived.promises import Promises, promises
from sphinxext_revguide.book.derived.sample_states import pair_states
from sphinxext_revguide.book.detection import told_apart
from sphinxext_revguide.book.records import Flagged, LockState, Page, PairState
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.markup.notebooks import page_text
from sphinxext_revguide.model import (
    Allowance,
    Finding,
    Guide,
    Issue,
    Lock,
    LockedPassage,
    Pair,
    Problem,
)
from sphinxext_revguide.patterns import Library, files_digest, load_files, load_library
from sphinxext_revguide.text.globs import matching
from sphinxext_revguide.text.quote_finder import Source, Tracked

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

T = TypeVar("T")

_INCLUDED = (".txt", ".inc")
"""Suffixes of files that pages include, besides those of pages."""
_GUIDE_IN_FORCE = "revguide:guide"
_BY_PAGE = ("html", "dirhtml")
"""Builders of which it is known that what they write is one page each, as it was read."""


class Book(Domain):
    """Every page of a book as it was read, and what follows from all of them."""

    initial_data: ClassVar[dict[str, Any]] = {
        "pages": {}, "library": "", "tracked": {}, "celebrated": [],
    }  # fmt: skip
    data_version = 10
    """Raised when what pages leave in the environment changes; never 0, which is taken for none."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._library: tuple[Library, tuple[Problem, ...]] | None = None
        self._derived: dict[str, Any] = {}
        self._relative_paths: dict[str, str] = {}
        self.builder_name = self.builder_format = ""
        """Of the builder at work; a domain has no other way to know."""
        self.tells = True
        """Whether builds tell what they find: a command that reads a book tells it by itself."""

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
        return self.builder_name not in _BY_PAGE or page is None or page.has_parts

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

    def lock_state(self, docname: str, path: str, line: int, text: str) -> LockState | None:
        """The state of one lock, named by its place and text."""
        states = self._once("locks by place", self._lock_states_by_place)
        return states.get((docname, path, line, text))

    def _lock_states_by_place(self) -> dict[tuple[str, str, int, str], LockState]:
        return {
            (lock.docname, lock.path, lock.line, lock.text): one
            for one in self.lock_states()
            for lock in [one.lock]
        }

    def passages(self) -> list[LockedPassage]:
        """All locked passages, by name; of one name, the first."""
        found: dict[str, LockedPassage] = {}
        for docname in sorted(self.pages):
            for one in self.pages[docname].passages:
                found.setdefault(one.name, one)
        return sorted(found.values(), key=lambda one: one.name)

    def pair_state(self, docname: str, pair: Pair) -> PairState:
        """What has become of a pair of samples of a page."""
        return self.pair_state_at(docname, pair.path, pair.line)

    def pair_state_at(self, docname: str, path: str, line: int) -> PairState:
        """What has become of the pair of samples that a page has at a line of a file."""
        unknown = PairState("unknown", Tracked(), Tracked())
        return self._once("pairs", lambda: pair_states(self)).get((docname, path, line), unknown)

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
        return self._once("asked", lambda: asked(self))

    def findings(self) -> list[Finding]:
        """Everything that was found, whether or not anything asks for it."""
        return self._once("findings", self._findings)

    def _findings(self) -> list[Finding]:
        asked = [one.finding for one in self.asked()]
        own = [finding for found in self.own_findings().values() for finding in found]
        return list({one.fingerprint: one for one in [*own, *asked]}.values())

    def own_findings(self) -> dict[str, list[Finding]]:
        """What was found when pages were read, by docname."""
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
        return self._flagged_by("page", lambda one: [one.finding.docname]).get(docname, [])

    def flagged_for_guide(self, guide: str) -> list[Flagged]:
        """All findings that an issue of a guide, named by its id, asks for, by path and line."""
        by_guide = self._flagged_by("guide", lambda one: [issue.guide for issue in one.issues])
        return by_guide.get(guide, [])

    def flagged_for(self, issue: str) -> list[Flagged]:
        """All findings that an issue, named by its id, asks for."""
        by_issue = self._flagged_by("issue", lambda one: [issue.id for issue in one.issues])
        return by_issue.get(issue, [])

    def _flagged_by(
        self, what: str, keys: Callable[[Flagged], Iterable[str]]
    ) -> dict[str, list[Flagged]]:
        """Return all that is flagged, sorted under each of its keys once."""

        def grouped() -> dict[str, list[Flagged]]:
            found: dict[str, list[Flagged]] = {}
            for one in self.flagged():
                for key in dict.fromkeys(keys(one)):
                    found.setdefault(key, []).append(one)
            return found

        return self._once(f"flagged by {what}", grouped)

    def _once(self, name: str, compute: Callable[[], T]) -> T:
        """Compute something about the whole book once, until a page changes."""
        if name not in self._derived:
            self._derived[name] = compute()
        result: T = self._derived[name]
        return result


def _relative(path: Path, srcdir: Path) -> str:
    try:
        return path.resolve().relative_to(srcdir.resolve()).as_posix()
    except (OSError, RuntimeError, ValueError):
        # Outside, a loop of links, or a name that no file can have.
        return path.as_posix()
