"""A walk of random edits: after each, a build is compared with a fresh serial one.

A stale page is only seen if nothing else makes it due. So a walk has two builders at most, most
edits change one thing, and two issues have one id from the beginning."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from sphinxext_revguide.book.derived.verdicts import (
    VERDICT_FILE,
    VERDICTS,
    record_verdicts,
    remove_verdicts,
    verdict_on,
)
from sphinxext_revguide.book.history_file import (
    HISTORY_FILE,
    CommitNumbers,
    GuideNumbers,
    write_history,
)
from sphinxext_revguide.cli import main
from tests.conftest import Book
from tests.sameness import (
    BLOCKS,
    CHAPTERS,
    INDEX,
    LATER,
    OVERVIEW,
    PART,
    RST_BLOCKS,
    SECOND,
    TODAY,
    assert_like_fresh,
    chapter,
    configure,
    guide,
    killed,
    patterns,
    repeated,
    rst_chapter,
    set_day,
    write_book,
)

T = TypeVar("T")

NAMES = (*CHAPTERS, "more/added.md", "wharf.md")
LATER_PAGES = ("docks.md", "piers.md", "quay.rst")
"""Pages that a walk adds: the fewer there are, the more steps it makes in the same time."""
GUIDES = ("guide.md", "more/review.md", "a-guide.md")
REPEATED = ("again.md", "more/again.md", "second.md")
PAGES = (*NAMES, *GUIDES, *REPEATED)
EVENTS = (
    "env-get-outdated", "source-read", "env-updated", "env-check-consistency", "doctree-resolved",
    "html-page-context", "html-collect-pages", "fsync",
)  # fmt: skip
"""Where builds are killed."""
BUILDERS = (
    ("html", "html"), ("html", "text"), ("dirhtml", "html"), ("html", "singlehtml"),
    ("html", "html"), ("text", "revguide"),
)  # fmt: skip
"""What builds in a walk, by its seed: the first more often."""
TITLES = ("Harbour", "Docks", "The old pier")

CONFIGURATIONS: dict[str, list[Any]] = {
    "revguide_flag": [[], ["*"], ["readiness-checklist"], ["gulls", "no-such-pattern"]],
    "revguide_layout": ["tabs", "side-by-side", "stacked"],
    "revguide_marks": [True, False],
    "revguide_mode": ["review", "release"],
    "revguide_baseline": ["revguide-baseline.jsonl", "", "other.jsonl"],
    "revguide_verdicts": [VERDICT_FILE, ""],
    "revguide_sensitivity": [{}, {"gulls": "strict"}, {"readiness-checklist": 99}],
    "revguide_reports": [["sarif", "markdown"], []],
    "revguide_patterns": [["own.toml"], [], ["own.toml", "no-such-file.toml"]],
    "language": ["en", "de"],
}
GUIDE_PARTS: dict[str, list[Any]] = {
    "name": ["g", "g", "all"],
    "status": ["open", "accepted", "applied", "deferred", "rejected"],
    "patterns": ["readiness-checklist", "gulls, interactive-prompt", ""],
    "title": ["The lighthouse keeps a list", "Another title"],
    "before": [BLOCKS["sample"], BLOCKS["longer"]],
    "issues": [0, 1, 2],
    "chapters": ["/harbour, /docks, /quay, /more/*", "/piers, /docks", "/more/*", "/harbour"],
    "where": ["", "/docks", "/more/*"],
}
ISSUE_PARTS: dict[str, list[Any]] = {
    "others": ["# Again\n", SECOND],
    "title": ["Once more", "Twice more"],
    "patterns": ["readiness-checklist", "gulls", "interactive-prompt"],
    "before": ["", BLOCKS["sample"], BLOCKS["longer"]],
    "condition": ["", "html", "text"],
}
HISTORY = [
    CommitNumbers(
        commit, f"2026-0{month}-01", {"g": GuideNumbers(900, 2, month, 1.0, 2.0, {})}, 900
    )
    for month, commit in enumerate(["aa", "bb", "cc"], 1)
]

Edit = Callable[["Walk"], None]
EDITS: list[Edit] = []


def edit(weight: int = 1) -> Callable[[Edit], Edit]:
    """Register an edit, which a walk makes so many times as often as another one."""

    def register(change: Edit) -> Edit:
        EDITS.extend([change] * weight)
        return change

    return register


class Walk:
    """Edits of one book, each followed by a build in folders that all builds before have used."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, seed: int) -> None:
        self.patch = patch
        self.random = Random(seed)  # noqa: S311 -- no secret
        self.book = Book(root / "walk")
        self.builders = BUILDERS[seed % len(BUILDERS)]
        self.steps = ["begin"]
        self.configuration: dict[str, Any] = {}
        self.parts: dict[str, dict[str, Any]] = {}
        self.chapters: dict[str, tuple[str, Sequence[str]]] = {
            name: parts for name, parts in CHAPTERS.items() if name not in LATER_PAGES
        }

    def run(self, steps: int) -> None:
        """Make steps; what fails tells all of them."""
        try:
            self._begin()
            for _number in range(steps):
                self._step()
        except Exception as error:
            error.add_note("\n".join(["after these steps:", *self.steps]))
            raise

    def _begin(self) -> None:
        set_day(self.patch, TODAY)
        write_book(self.book, without=LATER_PAGES)
        self.write("second.md", repeated())
        title, body = CHAPTERS["more/tides.md"]
        self.write_chapter("more/tides.md", title, [*body, "conditional"])
        for builder in self.builders:
            self.build(builder)

    def _step(self) -> None:
        change = self.random.choice(EDITS)
        self.steps.append(change.__name__)
        change(self)
        self.build(self.one_of([*self.builders, self.builders[0]]), self.one_of([1, 1, 4]))

    def one_of(self, values: Sequence[T]) -> T:
        """Draw a value, and note it."""
        value = self.random.choice(values)
        self.steps[-1] += f" {value!r}"
        return value

    def build(self, builder: str, parallel: int = 1) -> None:
        self.built = self.book.build(builder, parallel=parallel)
        assert_like_fresh(self.book, self.built)

    def path(self, name: str) -> Path:
        return self.book.srcdir / name

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text, encoding="utf-8")
        self.chapters.pop(name, None)
        self.parts.pop(name, None)

    def present(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self.path(name).exists()]

    def block(self) -> str:
        return self.one_of(sorted(BLOCKS))

    def write_chapter(self, name: str, title: str, body: Sequence[str]) -> None:
        self.write(name, chapter(title, body))
        self.chapters[name] = title, body

    def chapter(self) -> tuple[str, str, list[str]]:
        """Draw a chapter; return its file, title and blocks."""
        if not self.chapters:
            self.write_chapter("harbour.md", *CHAPTERS["harbour.md"])
        name = self.one_of(sorted(self.chapters))
        title, body = self.chapters[name]
        return name, title, list(body)

    def change_part(
        self, names: Sequence[str], choices: dict[str, list[Any]], text: Callable[..., str]
    ) -> None:
        """Change one thing of one of some pages, or add a page."""
        name = self.one_of([*self.present(names) * 3, *names])
        part = self.one_of([*sorted(choices), "title"])
        # What a page of another kind has left there is forgotten.
        parts = {key: value for key, value in self.parts.get(name, {}).items() if key in choices}
        parts[part] = self.one_of([value for value in choices[part] if value != parts.get(part)])
        self.write(name, text(**parts))
        self.parts[name] = parts

    def move(self, old: str, new: str) -> None:
        self.path(old).rename(self.path(new))
        if old in self.chapters:
            self.chapters[new] = self.chapters.pop(old)
        if old in self.parts:
            self.parts[new] = self.parts.pop(old)


@edit()
def build_unchanged(_walk: Walk) -> None: ...


# Chapters


@edit()
def add_or_rewrite(walk: Walk) -> None:
    name, title = walk.one_of(NAMES), walk.one_of(TITLES)
    walk.write_chapter(name, title, [walk.block() for _number in range(walk.one_of([1, 3, 5]))])


@edit()
def add_block(walk: Walk) -> None:
    name, title, body = walk.chapter()
    body.insert(walk.one_of(range(len(body) + 1)), walk.block())
    walk.write_chapter(name, title, body)


@edit(2)
def move_block(walk: Walk) -> None:
    name, title, body = walk.chapter()
    if body:
        block = body.pop(walk.one_of(range(len(body))))
        walk.write_chapter(name, title, body)
        if walk.one_of([True, False]):
            other, other_title, rest = walk.chapter()
            walk.write_chapter(other, other_title, [block, *rest])


@edit(2)
def retitle(walk: Walk) -> None:
    name, _title, body = walk.chapter()
    walk.write_chapter(name, walk.one_of(TITLES), body)


@edit()
def edit_rst(walk: Walk) -> None:
    blocks = [walk.one_of(sorted(RST_BLOCKS)) for _number in range(walk.one_of(range(4)))]
    walk.write("quay.rst", rst_chapter("Quay", blocks))


@edit()
def edit_included(walk: Walk) -> None:
    walk.write("part.inc", walk.one_of([PART, "It says nothing.\n", BLOCKS["sample"]]))


@edit()
def edit_contents(walk: Walk) -> None:
    first = walk.one_of(walk.present(PAGES)).removesuffix(".md")
    walk.write("index.md", INDEX.replace("**\n", f"{first}\n**\n") + walk.one_of(["", OVERVIEW]))


# Files


@edit()
def delete(walk: Walk) -> None:
    here = walk.present(PAGES)
    if len(here) > 2:
        name = walk.one_of(here)
        walk.path(name).unlink()
        walk.chapters.pop(name, None)
        walk.parts.pop(name, None)


@edit(4)
def rename(walk: Walk) -> None:
    names = walk.one_of([NAMES, GUIDES, REPEATED])
    here = walk.present(names)
    free = sorted(set(names) - set(here))
    if here and free:
        walk.move(walk.one_of(here), walk.one_of(free))


@edit(2)
def swap(walk: Walk) -> None:
    here = walk.present(PAGES)
    first, second = walk.one_of(here), walk.one_of(here)
    walk.move(first, "aside")
    if second != first:
        walk.move(second, first)
    walk.move("aside", second)
    for name in (first, second):
        # Sphinx reads what is younger than what it has read.
        walk.path(name).touch()


# Guides


@edit(6)
def edit_guide(walk: Walk) -> None:
    walk.change_part(GUIDES, GUIDE_PARTS, guide)


@edit(6)
def repeat_an_issue(walk: Walk) -> None:
    walk.change_part(REPEATED, ISSUE_PARTS, repeated)


# Builds that do not come to their end, or write a part


@edit(3)
def kill_a_build(walk: Walk) -> None:
    name, title, body = walk.chapter()
    walk.write_chapter(name, title, [*body, walk.block()])
    event = f"{walk.one_of(EVENTS)}:{walk.one_of(range(1, 7))}"
    jobs = f"-j{walk.one_of([1, 1, 4])}"
    done = killed(walk.book, walk.one_of(walk.builders), event, jobs)
    # What happens less often ends no build. A killed worker ends its parent with an EOFError.
    assert done.returncode in (0, -signal.SIGKILL) or b"EOFError" in done.stderr, done.stderr
    if walk.one_of([True, False]):
        walk.write_chapter(name, title, body)


@edit(2)
def build_one_page(walk: Walk) -> None:
    name, title, body = walk.chapter()
    walk.write_chapter(name, title, [*body, walk.block()])
    alone = walk.one_of(walk.present(PAGES))
    done = killed(walk.book, walk.one_of(walk.builders), "", pages=[alone])
    assert done.returncode == 0, done.stderr.decode()


# What is recorded beside the pages


@edit()
def edit_patterns(walk: Walk) -> None:
    text = patterns(walk.one_of(["gull", "ferr*", "boat*"]), walk.one_of(["Gulls", "Birds"]))
    walk.write("own.toml", text)


@edit()
def record(walk: Walk) -> None:
    command = walk.one_of([["lock"], ["baseline"], ["baseline", "--update"]])
    # Where there is nothing to update, or no baseline is wanted, it refuses: that is well.
    assert main([*command, str(walk.book.srcdir)]) in (0, 2)


@edit()
def decide(walk: Walk) -> None:
    found = walk.built.domain.book.findings
    if found:
        finding = found[walk.one_of(range(len(found)))]
        if verdict := walk.one_of(["", *VERDICTS]):
            verdicts = [verdict_on(finding, verdict, "It is quoted.")]
            record_verdicts(walk.path(VERDICT_FILE), verdicts)
        else:
            remove_verdicts(walk.path(VERDICT_FILE), [finding.fingerprint])


@edit()
def extend_history(walk: Walk) -> None:
    write_history(walk.path(HISTORY_FILE), HISTORY[: walk.one_of(range(4))])


@edit()
def lose_a_record(walk: Walk) -> None:
    names = ["revguide-lock.json", "revguide-baseline.jsonl", "last.json"]
    walk.path(walk.one_of([*names, VERDICT_FILE, HISTORY_FILE])).unlink(missing_ok=True)


@edit()
def keep_the_report(walk: Walk) -> None:
    walk.build("revguide")
    walk.write("last.json", walk.built.read("revguide.json"))


@edit()
def change_configuration(walk: Walk) -> None:
    name = walk.one_of(sorted(CONFIGURATIONS))
    walk.configuration[name] = walk.one_of(CONFIGURATIONS[name])
    configure(walk.book, **walk.configuration)


@edit()
def pass_time(walk: Walk) -> None:
    set_day(walk.patch, LATER if walk.one_of([True, False]) else TODAY)
