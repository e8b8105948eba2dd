"""Whatever was built before: a build tells and writes what a fresh serial build does."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sphinxext_revguide.book import view as book_module
from sphinxext_revguide.cli import main
from sphinxext_revguide.report import checks as checks_module
from tests.conftest import Book
from tests.sameness import (
    BLOCKS,
    PART,
    RST_BLOCKS,
    SECOND,
    assert_like_fresh,
    chapter,
    configure,
    files,
    guide,
    killed,
    patterns,
    repeated,
    rst_chapter,
    write_book,
)

NewBook = Callable[..., Book]

WALKS = int(os.environ.get("REVGUIDE_WALKS", "3"))
STEPS = int(os.environ.get("REVGUIDE_STEPS", "8"))

TODAY = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
LATER = datetime.datetime(2027, 5, 1, tzinfo=datetime.UTC)


def set_day(patch: pytest.MonkeyPatch, day: datetime.datetime) -> None:
    """Have the extension take a day for today."""
    now = SimpleNamespace(now=day.astimezone)
    clock = SimpleNamespace(datetime=now, UTC=datetime.UTC)
    patch.setattr(book_module, "datetime", clock)
    patch.setattr(checks_module, "datetime", clock)


# A walk of random edits

MYST = ("harbour.md", "docks.md", "piers.md", "more/tides.md")
NAMES = (*MYST, "more/added.md", "wharf.md")
LATER_PAGES = ("docks.md", "piers.md", "quay.rst")
"""Pages that a walk adds: the fewer there are, the more steps it makes in the same time."""
GUIDES = ("guide.md", "more/review.md", "a-guide.md")
REPEATED = ("again.md", "more/again.md", "second.md")
EVENTS = (
    "env-get-outdated", "source-read", "env-updated", "env-check-consistency", "doctree-resolved",
    "html-page-context", "html-collect-pages", "fsync",
)  # fmt: skip
"""Where builds are killed."""
BUILDERS = st.sampled_from(["html", "html", "dirhtml", "text", "revguide", "singlehtml"])
PARALLEL = st.sampled_from([1, 1, 4])
TITLES = st.sampled_from(["Harbour", "Docks", "The old pier"])
BODIES = st.lists(st.sampled_from(sorted(BLOCKS)), min_size=1, max_size=5)

CONFIGURATIONS: dict[str, list[Any]] = {
    "revguide_flag": [[], ["*"], ["readiness-checklist"], ["gulls", "no-such-pattern"]],
    "revguide_layout": ["tabs", "side-by-side", "stacked"],
    "revguide_marks": [True, False],
    "revguide_mode": ["review", "release"],
    "revguide_baseline": ["revguide-baseline.jsonl", "", "other.jsonl"],
    "revguide_reports": [["sarif", "markdown"], []],
    "revguide_patterns": [["own.toml"], [], ["own.toml", "no-such-file.toml"]],
    "language": ["en", "de"],
}


class Walk(RuleBasedStateMachine):
    """One edit a step, then a build in folders that all builds before have used."""

    root: Path
    patch: pytest.MonkeyPatch

    @initialize(builder=BUILDERS, parallel=PARALLEL)
    def begin(self, builder: str, parallel: int) -> None:
        self.book = Book(self.root / f"walk{len(list(self.root.iterdir()))}")
        self.configuration: dict[str, Any] = {}
        set_day(self.patch, TODAY)
        write_book(self.book, without=LATER_PAGES)
        self.build(builder, parallel)

    def build(self, builder: str, parallel: int) -> None:
        built = self.book.build(builder, parallel=parallel)
        assert_like_fresh(self.book, built)

    def path(self, name: str) -> Path:
        return self.book.srcdir / name

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text, encoding="utf-8")

    def present(self, names: tuple[str, ...]) -> list[str]:
        return [name for name in names if self.path(name).exists()]

    @rule(builder=BUILDERS, parallel=PARALLEL)
    def build_unchanged(self, builder: str, parallel: int) -> None:
        self.build(builder, parallel)

    @rule(name=st.sampled_from(NAMES), title=TITLES, body=BODIES, builder=BUILDERS, jobs=PARALLEL)
    def edit_or_add(self, name: str, title: str, body: list[str], builder: str, jobs: int) -> None:
        self.write(name, chapter(title, body))
        self.build(builder, jobs)

    @rule(body=st.lists(st.sampled_from(sorted(RST_BLOCKS)), max_size=4), builder=BUILDERS)
    def edit_rst(self, body: list[str], builder: str) -> None:
        self.write("quay.rst", rst_chapter("Quay", body))
        self.build(builder, 1)

    @rule(draw=st.data(), builder=BUILDERS, parallel=PARALLEL)
    def delete(self, draw: st.DataObject, builder: str, parallel: int) -> None:
        here = self.present((*NAMES, *GUIDES, *REPEATED))
        if len(here) > 2:
            self.path(draw.draw(st.sampled_from(here))).unlink()
        self.build(builder, parallel)

    @rule(draw=st.data(), names=st.sampled_from([NAMES, GUIDES, REPEATED]), builder=BUILDERS)
    def rename(self, draw: st.DataObject, names: tuple[str, ...], builder: str) -> None:
        here = self.present(names)
        free = sorted(set(names) - set(here))
        if here and free:
            old, new = draw.draw(st.sampled_from(here)), draw.draw(st.sampled_from(free))
            self.path(old).rename(self.path(new))
        self.build(builder, 1)

    @rule(
        status=st.sampled_from(["open", "accepted", "applied", "deferred", "rejected"]),
        patterns=st.sampled_from(["readiness-checklist", "gulls, interactive-prompt", ""]),
        title=st.sampled_from(["The lighthouse keeps a list", "Another title"]),
        before=st.sampled_from([BLOCKS["sample"], BLOCKS["longer"]]),
        issues=st.integers(0, 2),
        builder=BUILDERS,
    )
    def edit_guide(self, builder: str, **parts: Any) -> None:
        name = next(iter(self.present(GUIDES)), GUIDES[0])
        self.write(name, guide(**parts))
        self.build(builder, 1)

    @rule(
        file=st.sampled_from(GUIDES),
        name=st.sampled_from(["g", "g", "all"]),
        patterns=st.sampled_from(["readiness-checklist", "gulls"]),
        chapters=st.sampled_from(["/harbour", "/piers, /docks", "/more/*"]),
        builder=BUILDERS,
        parallel=PARALLEL,
    )
    def repeat_a_guide(self, file: str, builder: str, parallel: int, **parts: Any) -> None:
        self.write(file, guide(title="Of another guide", **parts))
        self.build(builder, parallel)

    @rule(
        file=st.sampled_from(REPEATED),
        others=st.sampled_from(["# Again\n", SECOND]),
        title=st.sampled_from(["Once more", "Twice more"]),
        patterns=st.sampled_from(["readiness-checklist", "gulls", "interactive-prompt"]),
        before=st.sampled_from(["", BLOCKS["sample"], BLOCKS["longer"]]),
        condition=st.sampled_from(["", "", "html", "text"]),
        builder=BUILDERS,
        parallel=PARALLEL,
    )
    def repeat_an_issue(
        self, file: str, others: str, builder: str, parallel: int, **parts: str
    ) -> None:
        self.write(file, f"{others}\n{repeated(**parts)}")
        self.build(builder, parallel)

    @rule(
        event=st.sampled_from(EVENTS),
        count=st.integers(1, 6),
        killed_builder=BUILDERS,
        builder=BUILDERS,
        parallel=PARALLEL,
        body=BODIES,
    )
    def kill_a_build(
        self, event: str, count: int, killed_builder: str, builder: str, parallel: int,
        body: list[str],
    ) -> None:  # fmt: skip
        self.write("harbour.md", chapter("Harbour", body))
        done = killed(self.book, killed_builder, f"{event}:{count}", f"-j{parallel}")
        # What happens less often ends no build.
        assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
        self.build(builder, parallel)

    @rule(text=st.sampled_from([PART, "It says nothing.\n", BLOCKS["sample"]]), builder=BUILDERS)
    def edit_included(self, text: str, builder: str) -> None:
        self.write("part.inc", text)
        self.build(builder, 1)

    @rule(
        word=st.sampled_from(["gull", "ferr*", "boat*"]),
        title=st.sampled_from(["Gulls", "Birds"]),
        builder=BUILDERS,
        parallel=PARALLEL,
    )
    def edit_patterns(self, word: str, title: str, builder: str, parallel: int) -> None:
        self.write("own.toml", patterns(word, title))
        self.build(builder, parallel)

    @rule(
        command=st.sampled_from([["lock"], ["baseline"], ["baseline", "--update"]]),
        builder=BUILDERS,
    )
    def record(self, command: list[str], builder: str) -> None:
        # Where there is nothing to update, or no baseline is wanted, it refuses: that is well.
        assert main([*command, str(self.book.srcdir)]) in (0, 2)
        self.build(builder, 1)

    @rule(name=st.sampled_from(["revguide-lock.json", "revguide-baseline.jsonl", "last.json"]))
    def lose_a_record(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)
        self.build("html", 1)

    @rule(builder=BUILDERS)
    def keep_the_report(self, builder: str) -> None:
        built = self.book.build("revguide")
        assert_like_fresh(self.book, built)
        self.write("last.json", built.read("revguide.json"))
        self.build(builder, 1)

    @rule(draw=st.data(), builder=BUILDERS, parallel=PARALLEL)
    def change_configuration(self, draw: st.DataObject, builder: str, parallel: int) -> None:
        name = draw.draw(st.sampled_from(sorted(CONFIGURATIONS)))
        self.configuration[name] = draw.draw(st.sampled_from(CONFIGURATIONS[name]))
        configure(self.book, **self.configuration)
        self.build(builder, parallel)

    @rule(day=st.sampled_from([TODAY, LATER]), builder=BUILDERS)
    def pass_time(self, day: datetime.datetime, builder: str) -> None:
        set_day(self.patch, day)
        self.build(builder, 1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_walk_ends_where_a_fresh_build_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For more and other walks: REVGUIDE_WALKS, REVGUIDE_STEPS, --hypothesis-profile=default."""
    Walk.root, Walk.patch = tmp_path, monkeypatch
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            # A step takes a second: a walk that fails is reported as it is.
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


# One edit at a time


def _edit_page(book: Book) -> None:
    book.write("harbour.md", chapter("Harbour", ["plain", "crane", "passage"]))


def _move_text(book: Book) -> None:
    book.write("harbour.md", chapter("Harbour", ["longer", "plain", "passage", "sample"]))
    book.write("piers.md", chapter("Piers", ["opening", "prompt"]))


def _delete_page(book: Book) -> None:
    # It holds the first of two equal tables, whose fingerprint now goes to the second.
    (book.srcdir / "docks.md").unlink()


def _rename_page(book: Book) -> None:
    (book.srcdir / "docks.md").rename(book.srcdir / "more" / "wharf.md")


def _rename_guide(book: Book) -> None:
    (book.srcdir / "guide.md").rename(book.srcdir / "a-guide.md")


def _edit_guide(**parts: Any) -> Callable[[Book], None]:
    return lambda book: book.write("guide.md", guide(**parts))


def _write(name: str, text: str) -> Callable[[Book], None]:
    return lambda book: book.write(name, text)


def _run(*command: str) -> Callable[[Book], None]:
    def run(book: Book) -> None:
        assert main([*command, str(book.srcdir)]) == 0

    return run


def _update_baseline(book: Book) -> None:
    _run("baseline")(book)
    assert book.build().types() != []
    _edit_page(book)
    _run("baseline", "--update")(book)


def _configure(**settings: Any) -> Callable[[Book], None]:
    return lambda book: configure(book, **settings)


ADDED = """\
````{revision-issue} Cranes
:number: 7
:patterns: readiness-checklist

Say who waited.
````
"""

EDITS: dict[str, Callable[[Book], None]] = {
    "nothing": lambda _book: None,
    "a page edited": _edit_page,
    "text moved to another page": _move_text,
    "a page deleted": _delete_page,
    "a page renamed": _rename_page,
    "a page added": _write("more/added.md", chapter("Added", ["opening", "gulls"])),
    "a guide renamed": _rename_guide,
    "a guide deleted": lambda book: (book.srcdir / "second.md").unlink(),
    "a status": _edit_guide(status="applied"),
    "other patterns": _edit_guide(patterns="gulls"),
    "another sample": _edit_guide(before=BLOCKS["longer"]),
    "an issue removed": _edit_guide(issues=1),
    "an issue added": _write("second.md", f"{SECOND}\n{ADDED}"),
    "a pattern file": _write("own.toml", patterns("boat*", "Boats")),
    "a lock recorded": _run("lock"),
    "an included file": _write("part.inc", "The depth was 9.5 metres.\n"),
    "an earlier report": _write("last.json", '{"findings": [{"flagged": false}]}'),
    "a baseline written": _run("baseline"),
    "a baseline updated": _update_baseline,
    "revguide_flag": _configure(revguide_flag=["*"]),
    "revguide_layout": _configure(revguide_layout="stacked"),
    "revguide_marks": _configure(revguide_marks=False),
    "revguide_mode": _configure(revguide_mode="release"),
    "revguide_baseline": _configure(revguide_baseline="elsewhere.jsonl"),
    "revguide_reports": _configure(revguide_reports=["sarif"]),
    "language": _configure(language="de"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_each_builder_of_a_shared_environment_is_like_fresh(new_book: NewBook, edit: str) -> None:
    """The builder after the first one finds everything read, and no page older than its source."""
    book = new_book()
    write_book(book)
    for builder in ("html", "text"):
        book.build(builder)
    EDITS[edit](book)
    for builder in ("text", "html"):
        assert_like_fresh(book, book.build(builder))


@pytest.mark.parametrize("parallel", [1, 4])
def test_an_unchanged_book_is_not_written_again(new_book: NewBook, parallel: int) -> None:
    book = new_book()
    write_book(book)

    def times(builder: str) -> dict[str, int]:
        outdir = book.build(builder, parallel=parallel).outdir
        return {path.name: path.stat().st_mtime_ns for path in outdir.rglob("*.[ht]*[lt]")}

    builders = ("html", "text")
    first = [times(builder) for builder in builders]
    again = [times(builder) for builder in builders]
    # Sphinx writes the first page and its own ones every time.
    own = {"index.html", "index.txt", "genindex.html", "search.html"}
    for was, now in zip(first, again, strict=True):
        assert {name for name in was if was[name] == now[name]} >= was.keys() - own
        assert len(was.keys() - own) >= 7


def test_in_another_process_and_order(new_book: NewBook) -> None:
    """Sets have another order in each process."""
    book = new_book()
    write_book(book)

    def build(seed: int, *options: str) -> tuple[dict[str, bytes], str]:
        folder = book.srcdir.parent / f"seed{seed}"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options]
        run = subprocess.run(
            [*command, str(book.srcdir), str(folder)],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        shutil.rmtree(folder / ".doctrees")
        return files(folder), run.stderr

    one, other = build(1), build(2, "-j4")
    assert one == other
    assert "guide.html" in one[0]
    assert "[revguide.standing]" in one[1]


def test_what_was_written_alone_does_not_hide_what_was_not(new_book: NewBook) -> None:
    book = new_book()
    write_book(book)
    app = book.build().app
    _edit_page(book)
    arguments = ["-b", "html", "-d", app.doctreedir, book.srcdir, app.outdir]
    only = [sys.executable, "-m", "sphinx", *arguments, book.srcdir / "harbour.md"]
    run = subprocess.run(list(map(str, only)), capture_output=True, text=True, check=True)
    assert "1 source files given on command line" in run.stdout
    assert_like_fresh(book, book.build())


def test_an_allowance_ends_on_a_day(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> None:
    book = new_book()
    write_book(book)
    set_day(monkeypatch, TODAY)
    reported = book.build().warnings
    set_day(monkeypatch, LATER)
    built = book.build()
    assert_like_fresh(book, built)
    assert len(built.warnings) == len(reported) + 2  # the passage, and that its allowance has ended
