"""Measures the chapters of earlier commits with the current guides.

The chapters of a commit are read by themselves, without the book's ``conf.py`` and its other
extensions: code of an old commit is never run. The guides are those of today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.book.derived.sample_states import pair_states
from sphinxext_revguide.book.history_file import CommitNumbers, GuideNumbers
from sphinxext_revguide.markup.notebooks import SUFFIX, markdown_lines, without_wrapping
from sphinxext_revguide.markup.readable_text import readable_texts
from sphinxext_revguide.patterns import detect
from sphinxext_revguide.patterns.outline import build_outline
from sphinxext_revguide.patterns.standalone_page import standalone_tree
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.measure import count_words
from sphinxext_revguide.text.word_index import Source

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Tracking
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Issue
    from sphinxext_revguide.patterns import Library


@record(frozen=True, slots=True)
class PageNumbers:
    """The number of words of a page, of passages of each pattern, and the text that readers see."""

    words: int
    findings: dict[str, int]
    readable: str


def page_numbers(
    path: str, text: str, library: Library, holds: Callable[[str, str], bool]
) -> PageNumbers:
    """Measure a page by itself.

    :param path: its name says whether it is MyST, reStructuredText or a notebook.
    :param holds: says whether a condition holds, by the name of its directive and its expression.
    """
    whole = Path(path)
    words = count_words(without_wrapping(whole, text))
    if whole.suffix == SUFFIX:
        text = "\n".join(line for _number, line in markdown_lines(text))
    tree = standalone_tree(whole, text)
    readable = readable_texts(tree, whole, text, holds).get(whole, "")
    found = Counter(match.pattern for match in detect(build_outline(tree, path=path), library))
    return PageNumbers(words, dict(sorted(found.items())), readable)


@record(frozen=True, slots=True)
class PastPage:
    """A chapter at a commit: its file and its measurements."""

    path: str
    numbers: PageNumbers


class Replay:
    """Measures one commit after the other; unchanged chapters are not searched again."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: Tracking = {}

    @property
    def chapters(self) -> dict[str, str]:
        """The docname of each chapter of a guide, by the path of its file."""
        book = self._book
        names = {name for chapters in book.chapters_by_guide.values() for name in chapters}
        return {book.pages[name].path: name for name in sorted(names)}

    def measure(self, commit: str, date: str, pages: Mapping[str, PastPage]) -> CommitNumbers:
        """Return the numbers of a commit.

        :param pages: the chapters that the commit has, by docname.
        """
        book = self._book
        there = {
            guide: [name for name in names if name in pages]
            for guide, names in book.chapters_by_guide.items()
        }
        sources = {
            name: (Source(page.path, page.numbers.readable),) for name, page in pages.items()
        }
        states, self._known = pair_states(book.issues, there, sources, self._known)
        guides = {}
        for guide, names in there.items():
            present = {
                (issue.docname, pair.path, pair.line)
                for issue in book.issues_of(guide)
                for pair in issue.pairs
                if states[issue.docname, pair.path, pair.line].is_present
            }
            issues = book.issues_of(guide)
            left = [issue for issue in issues if _keys(issue) & present]
            findings: Counter[str] = Counter()
            for name in names:
                findings.update(pages[name].numbers.findings)
            guides[guide] = GuideNumbers(
                words=sum(pages[name].numbers.words for name in names),
                samples=sum(len(_keys(issue)) for issue in issues),
                present=len(present),
                low=_hours(issue.effort.low for issue in left if issue.effort),
                high=_hours(issue.effort.high for issue in left if issue.effort),
                findings=dict(sorted(findings.items())),
            )
        words = sum(page.numbers.words for page in pages.values())
        return CommitNumbers(commit, date, guides, words)


def _keys(issue: Issue) -> set[tuple[str, str, int]]:
    return {(issue.docname, pair.path, pair.line) for pair in issue.pairs}


def _hours(efforts: Iterable[float]) -> float:
    """Return a sum of hours, to the minute."""
    return round(sum(efforts, 0.0), 2)
