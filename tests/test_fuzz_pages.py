"""Whatever a directive contains, the build ends without an exception and loses no word."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.importer import NotAGuideError, print_myst, read_guide
from sphinxext_revguide.patterns import detect, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.sphinx.directives import DIRECTIVES
from tests.conftest import CONF, Book
from tests.fuzzing import PIECES, broken, build, fuzz, numbered, shown, words_of
from tests.importing import lost_lines

DATA = Path(__file__).parent / "importer_data"
GUIDES = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.md"))]
INVENTED = ["status", "number", "zq-unknown", "x", "---"]
VALUES = [
    "", "@", "1", "0", "yes", "open", "high", "30%", "6-8 h", "57 KB", "**", "../..",
    "/etc/passwd", "[", "*" * 30, "++++", "rst", "text", "@ 3, @ 4", "2027-01-31",
    "readiness-checklist", "\x00", "a\x0cb", "rev.json", "@ @ @", "x" * 300,
]  # fmt: skip
ARGUMENTS = [
    "",
    "@",
    "book",
    "`@`",
    "**@",
    "{ref}`@`",
    ":@:`@`",
    "|@|",
    "<@>",
    "readiness-checklist",
]
CHARACTERS = "ab \t`*_[]()<>{}|:$%+-#~^\\\"'.&!\x00\x0b\x0c\x1c\x85\u2028\ufeff\u200dé😀٣"
PAGES = 40
"""So many directives are built into one book."""


@dataclass
class Page:
    """A directive with its options and body, in MyST or in reST."""

    name: str
    argument: str
    options: list[tuple[str, str]]
    body: list[str]
    rst: bool

    def text(self) -> str:
        head = [f":{name}: {value}".strip() for name, value in self.options]
        if not self.rst:
            fence = "~" * 12
            opening = f"{fence}{{{self.name}}} {self.argument}"
            parts = [opening, *head, *([""] if head else []), *self.body, fence]
        else:
            inside = [*head, "", *self.body]
            opening = f".. {self.name}:: {self.argument}"
            parts = [
                opening,
                *(f"   {line}" for element in inside for line in element.splitlines() or [""]),
            ]
        return "\n".join(
            ["Page" if self.rst else "# Page", "====" if self.rst else "", "", *parts, ""]
        )

    def plain(self) -> str:
        """Return a page that has the body alone, in a directive of plain docutils."""
        return Page("container", "", [], self.body, self.rst).text()


def any_line(draw: Random) -> str:
    if draw.random() < 0.8:
        return draw.choice(PIECES)
    return "".join(draw.choices(CHARACTERS, k=draw.randrange(12)))


def page(draw: Random, *, rst: bool) -> Page:
    name = draw.choice(sorted(DIRECTIVES))
    known = [option.name for option in DIRECTIVES[name].known_options]
    keys = draw.choices([*known, *INVENTED], k=draw.randrange(4))
    written = [draw.choice(ARGUMENTS), *draw.choices(VALUES, k=len(keys))]
    body = [any_line(draw) for _ in range(draw.randrange(14))]
    argument, *rest = numbered([*written, *body])
    options = list(zip(keys, rest, strict=False))
    return Page(name, argument, options, rest[len(keys) :], rst)


def check(ones: Sequence[Page]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        _check(ones, folder)
    finally:
        shutil.rmtree(folder)


def _check(ones: Sequence[Page], folder: Path) -> None:
    book, plain = Book(folder / "book"), Book(folder / "plain")
    extensions = "myst_enable_extensions = ['colon_fence', 'dollarmath', 'deflist']\n"
    for each in (book, plain):
        (each.srcdir / "conf.py").write_text(CONF + extensions, encoding="utf-8")
        (each.srcdir / "index.rst").write_text(
            "Book\n====\n\n.. toctree::\n   :glob:\n\n   p*\n", encoding="utf-8"
        )
    for number, entry in enumerate(ones):
        name = f"p{number}.{'rst' if entry.rst else 'md'}"
        (book.srcdir / name).write_text(entry.text(), encoding="utf-8", newline="")
        (plain.srcdir / name).write_text(entry.plain(), encoding="utf-8", newline="")
    reported = words_of(build(book, "dummy").output)
    texts, pages, plain_texts = build(book, "text"), build(book, "html"), build(plain, "text")
    for number, entry in enumerate(ones):
        there = reported | shown(texts, f"p{number}") | shown(pages, f"p{number}")
        wanted = words_of("\n".join(entry.body))
        if entry.name != "before-after":
            # What plain docutils does not show of a body, a comment say, is not lost by us.
            wanted &= shown(plain_texts, f"p{number}")
        assert not wanted - there, (entry.text(), wanted - there)


@pytest.mark.parametrize("rst", [False, True], ids=["myst", "rst"])
def test_a_body_is_shown_or_reported(rst: bool) -> None:
    # Drawn by a seed: Hypothesis would take longer to draw so much than Sphinx to build it.
    @given(st.integers(0, 2**32))
    @fuzz(2)
    def run(seed: int) -> None:
        draw = Random(seed)  # noqa: S311
        check([page(draw, rst=rst) for _ in range(PAGES)])

    run()


def check_guides(guides: Sequence[str]) -> None:
    """Import guides, build a book of them, and see that no line and no build is lost."""
    folder = Path(tempfile.mkdtemp())
    try:
        book = Book(folder)
        book.write("index.md", "# Book\n\n```{toctree}\n:glob:\n\nguide*\n```\n")
        read = 0
        for number, text in enumerate(guides):
            try:
                printed = print_myst(read_guide(text), provenance=True)
            except NotAGuideError:
                continue
            read += 1
            assert lost_lines(text, printed) == []
            path = book.srcdir / f"guide{number}.md"
            path.write_bytes(printed.encode("utf-8"))
        assert read
        for builder in ("text", "html"):
            built = build(book, builder, revguide_flag=["*"])
            assert not [
                build_warning for build_warning in built.warnings if "myst" in build_warning.type
            ], built.output
    finally:
        shutil.rmtree(folder)


@given(st.integers(0, 2**32))
@fuzz(1)
def test_a_broken_guide_is_imported_and_built(seed: int) -> None:
    draw = Random(seed)  # noqa: S311
    check_guides([broken(draw, broken(draw, draw.choice(GUIDES))) for _ in range(8)])


def test_a_broken_real_guide_is_imported_and_built(shared: Path) -> None:
    guides = [path.read_text("utf-8") for path in sorted((shared / "inputs").glob("*.md"))]

    @given(st.integers(0, 2**32))
    @fuzz(1)
    def run(seed: int) -> None:
        draw = Random(seed)  # noqa: S311
        check_guides([broken(draw, draw.choice(guides)) for _ in range(2)])

    run()


def test_any_page_is_searched() -> None:
    found: list[str] = []

    @given(st.integers(0, 2**32))
    @fuzz(100)
    def run(seed: int) -> None:
        draw = Random(seed)  # noqa: S311
        text = "\n".join(numbered(any_line(draw) for _ in range(draw.randrange(60))))
        last = len(text.splitlines()) + 1
        for match in detect(outline_of_sample(text), load_library()):
            assert 1 <= match.line <= match.end_line <= last
            assert match.message
            found.append(match.pattern)

    run()
    assert found
