"""Imported pages in a book: they build without a warning, whatever MyST extensions are enabled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from sphinxext_revguide.importer import as_json, print_myst, read_guide
from tests.conftest import Book, Built

DATA = Path(__file__).parent / "importer_data"
INPUTS = Path(__file__).parents[1].parent / "shared" / "inputs"
NAMES = ["harbour.guide.md", "library.patterns.md", "museum.hostile.md"]
REAL = [
    "chapter-01.guide.md",
    "chapter-04.examples.md",
    "chapter-06.feedback.md",
    "chapter-08.guide.md",
    "chapter-10.pattern-feedback.md",
    "chapter-12.guide.md",
    "chapter-12.pattern-feedback.md",
]

EXTENSIONS = """
    myst_enable_extensions = [
        "alert", "amsmath", "attrs_inline", "attrs_block", "colon_fence", "deflist",
        "dollarmath", "fieldlist", "gfm_autolink", "html_admonition", "html_image",
        "replacements", "section_ref", "smartquotes", "strikethrough", "substitution", "tasklist",
    ]
"""

NewBook = Callable[..., Book]


def build(new_book: NewBook, text: str, conf: str) -> Built:
    try:
        from myst_parser.config.main import MdParserConfig

        MdParserConfig(enable_extensions={"section_ref", "alert", "gfm_autolink"})
    except (ValueError, TypeError):  # an older MyST
        for name in ("alert", "gfm_autolink", "section_ref"):
            conf = conf.replace(f'"{name}",', "")
    book = new_book({}, conf=conf)
    (book.srcdir / "index.md").write_text(
        "# Book\n\n```{toctree}\nguide\n```\n\nBlue Vase, Port Ellery, two long, one short\n",
        encoding="utf-8",
    )
    (book.srcdir / "guide.md").write_text(text, encoding="utf-8")
    return book.build("html")


@pytest.mark.parametrize("conf", ["", EXTENSIONS], ids=["default", "extensions"])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_builds_without_a_warning(new_book: NewBook, name: str, conf: str) -> None:
    guide = read_guide((DATA / name).read_text(encoding="utf-8"), name=name)
    built = build(new_book, print_myst(guide), conf)
    assert built.output == ""
    for made in ("math", "math_block", "image", "raw", "footnote_reference", "problematic"):
        elements = built.doctree("guide").findall(nodes.Element)
        found = [element.astext() for element in elements if element.tagname == made]
        assert found == []


@pytest.mark.parametrize("conf", ["", EXTENSIONS], ids=["default", "extensions"])
@pytest.mark.parametrize("name", NAMES)
def test_what_the_book_reads_is_what_was_imported(new_book: NewBook, name: str, conf: str) -> None:
    guide = read_guide((DATA / name).read_text(encoding="utf-8"), name=name)
    built = build(new_book, print_myst(guide), conf)
    page = built.domain.store.page("guide")
    assert [issue.number for issue in page.issues] == [issue.issue.number for issue in guide.issues]
    for read, imported in zip(page.issues, guide.issues, strict=True):
        issue = imported.issue
        for name_of in ("id", "impact", "frequency", "reduction", "effort", "status"):
            assert getattr(read, name_of) == getattr(issue, name_of)
        assert len(read.pairs) == len(issue.pairs)
        for got, given in zip(read.pairs, issue.pairs, strict=True):
            for side in ("before", "after"):
                one, other = getattr(got, side), getattr(given, side)
                assert (one is None) == (other is None)
                if one is not None:
                    assert (one.text, one.label) == (other.text.strip("\n"), other.label)
    assert len(page.locks) == len(guide.locks)
    assert [lock.phrases for lock in page.locks] == [lock.phrases for lock in guide.locks]


def test_hostile_prose_reads_as_it_was_written(new_book: NewBook) -> None:
    guide = read_guide((DATA / "museum.hostile.md").read_text(encoding="utf-8"))
    built = build(new_book, print_myst(guide), EXTENSIONS)
    doctree = built.doctree("guide")
    title = doctree.next_node(nodes.title)
    assert title is not None
    assert title.astext() == "Museum guide: $5 rooms, {ref}x and <b>bold</b> ~~claims~~"
    text = doctree.astext()
    for phrase in (
        "The ticket costs $5, the tour $7, and <span>the rest</span> is free[^1].",
        "% A line that looks like a comment",
        "{{ substitution }} and {.class} and [text]{.red} and §3.2",
        "The vases cost $3 and $4, in {braces}.",
        "the guard’s {joke}",
    ):
        assert phrase in text
    (issue,) = built.domain.store.page("guide").issues
    assert issue.title == "Vases for $3 {sold} <i>here</i> and there"
    assert issue.frequency == "on $2 days"


@pytest.mark.parametrize("conf", ["", EXTENSIONS], ids=["default", "extensions"])
@pytest.mark.parametrize("name", REAL)
def test_real_guides_build_without_a_warning(new_book: NewBook, name: str, conf: str) -> None:
    path = INPUTS / name
    if not path.is_file():
        pytest.skip(f"the real guide {name} is not beside this checkout")
    guide = read_guide(path.read_text(encoding="utf-8"), name=name)
    built = build(new_book, print_myst(guide), conf)
    assert built.output == ""
    found = [len(issue.pairs) for issue in built.domain.store.page("guide").issues]
    assert found == [len(a["samples"]) for a in as_json(guide)["issues"]]
