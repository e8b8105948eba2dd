"""What is nested more deeply than a page can be built with is shown as text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docutils import nodes

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.markup.nesting import (
    MAX_BLOCKS,
    MAX_DIRECTIVES,
    MAX_INLINE,
    deep_paragraphs,
    has_deep_blocks,
    has_deep_inline,
    shallow,
)
from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import SampleFormat
from tests.conftest import Book
from tests.importing import SAMPLES

NewBook = Callable[..., Book]

GUIDE = "# G\n\n```{revision-guide} g\n```\n\n"


def emphasis(levels: int) -> str:
    return "*a **b " * levels + "b** a*" * levels


def nested(name: str, levels: int, argument: str = "hedging") -> str:
    text = "A word."
    for level in range(levels):
        fence = "`" * (3 + level)
        text = f"{fence}{{{name}}} {argument}".rstrip() + f"\n{text}\n{fence}"
    return text


def nested_rst(name: str, levels: int) -> str:
    lines = [f"{'   ' * level}.. {name}:: hedging\n" for level in range(levels)]
    return "\n".join([*lines, "   " * levels + "A word.\n"])


@pytest.mark.parametrize(
    ("name", "argument"),
    [("revision-allow", "hedging"), ("locked-passage", "hedging"), ("locked-preserve", "")],
)
def test_nested_directives_are_shown_as_text(new_book: NewBook, name: str, argument: str) -> None:
    page = "# T\n\n" + nested(name, 120, argument) + "\n\nGoes on.\n"
    built = new_book({"index.md": page}).build("text")
    reported = [found for found in built.warnings if found.type == "revguide.nesting"]
    assert [(found.path, found.line) for found in reported] == [("index.md", 3 + MAX_DIRECTIVES)]
    text = built.read("index.txt")
    assert "A word." in text
    assert "Goes on." in text


def test_nested_directives_of_rest_are_shown_as_text(new_book: NewBook) -> None:
    page = "T\n=\n\n" + nested_rst("revision-allow", 120) + "\nGoes on.\n"
    built = new_book({"index.rst": page}).build("text")
    reported = [found for found in built.warnings if found.type == "revguide.nesting"]
    assert [(found.path, found.line) for found in reported] == [
        ("index.rst", 4 + 2 * MAX_DIRECTIVES)
    ]
    assert "A word." in built.read("index.txt")
    assert "Goes on." in built.read("index.txt")


def test_directives_may_be_nested_up_to_the_limit(new_book: NewBook) -> None:
    page = "# T\n\n" + nested("revision-allow", MAX_DIRECTIVES)
    built = new_book({"index.md": page}).build("text")
    assert "revguide.nesting" not in built.types()
    assert "revision-allow" not in built.read("index.txt")


def test_issues_in_issues_end_before_builders_run_out_of_headings(new_book: NewBook) -> None:
    page = GUIDE + nested("revision-issue", 8)
    for builder in ("text", "html"):
        built = new_book({"index.md": page}).build(builder)
        assert "revguide.nesting" in built.types()


@pytest.mark.parametrize(
    ("issue", "line"),
    [
        (f"`````{{revision-issue}} {emphasis(100)}\nText.\n`````\n", 6),
        (f"`````{{revision-issue}} T\nText.\n\n{emphasis(100)}\n`````\n", 9),
        (f"`````{{revision-issue}} T\n> - {emphasis(300)}\n`````\n", 7),
        (f"```{{locked-preserve}}\n- {emphasis(100)}\n```\n", 7),
        (f"`````{{revision-issue}} T\n~~~{{note}}\n{emphasis(100)}\n~~~\n`````\n", 8),
        (
            f"``````{{revision-issue}} T\n{nested('note', 2, '').replace('A word.', emphasis(100))}"
            "\n``````\n",
            9,
        ),
    ],
    ids=["title", "paragraph", "list", "lock", "directive", "directives"],
)
def test_deep_emphasis_is_shown_as_text(new_book: NewBook, issue: str, line: int) -> None:
    built = new_book({"index.md": GUIDE + issue + "\nGoes on.\n"}).build("text")
    reported = [found for found in built.warnings if found.type == "revguide.nesting"]
    assert [(found.path, found.line) for found in reported] == [("index.md", line)]
    text = built.read("index.txt")
    assert "*a **b *a **b" in " ".join(text.split())
    assert "Goes on." in text


@pytest.mark.parametrize(
    "sample",
    [
        emphasis(100),
        "> " * 100 + "a",
        "- " * 100 + "a",
        "> " * 10 + "a\n" + "b\n" * 10_000,
        "![" * 1000 + "x" + "](y)" * 1000,
    ],
    ids=["emphasis", "quotations", "lists", "lines", "images"],
)
def test_a_deep_sample_is_shown_as_it_is(sample: str) -> None:
    [block] = quote(sample, SampleFormat.MARKDOWN, source="a.md", line=3)
    assert isinstance(block, nodes.literal_block)
    assert block.astext() == sample
    assert block.line == 3


def test_a_deep_sample_does_not_end_the_build(new_book: NewBook) -> None:
    pair = f"````{{before-after}}\n{emphasis(100)}\n\n+++\n\n{'> ' * 100}a\n````\n"
    built = new_book({"index.md": f"{GUIDE}`````{{revision-issue}} T\n{pair}`````\n"}).build()
    assert emphasis(100) in built.read("index.html")


@pytest.mark.parametrize("text", [emphasis(300), "> " * 300 + "a", "![" * 900 + "x" + "](y)" * 900])
def test_a_deep_text_of_a_guide_is_imported_as_text(new_book: NewBook, text: str) -> None:
    page = print_myst(read_guide(f"# G\n\n### ISSUE #1: T\n\n{text}\n\n{SAMPLES}"))
    assert text in page
    built = new_book({"index.md": page}).build("text")
    assert not built.warnings


def test_a_deep_title_of_a_guide_is_imported_as_text(new_book: NewBook) -> None:
    title = emphasis(300).replace("a", "tide")
    page = print_myst(read_guide(f"# G\n\n### ISSUE #1: {title}\n\n{SAMPLES}"))
    built = new_book({"index.md": page}).build("text")
    assert not built.warnings
    assert built.domain.book.issues[0].title.casefold().count("tide") == 600


def test_the_depth_of_a_text() -> None:
    assert not has_deep_inline(emphasis(MAX_INLINE // 2))
    assert has_deep_inline(emphasis(MAX_INLINE // 2 + 1))
    assert not has_deep_inline("*a* [b](c) _d_ " * 100)
    assert not has_deep_inline("[" * 5000)
    assert not has_deep_inline("[a](" * 5000)
    assert not has_deep_blocks("> " * MAX_BLOCKS + "a")
    assert has_deep_blocks("> " * (MAX_BLOCKS + 1) + "a")
    assert not has_deep_blocks("> > a\n" * 20_000)


def test_deep_paragraphs_are_found_by_their_lines() -> None:
    lines = ["a", "", "*a **b " * 9, "b** a*" * 9, "", "```", emphasis(20), "```"]
    assert list(deep_paragraphs(lines, [0, 1, 2, 3, 4])) == [[2, 3]]


def test_the_first_marks_of_a_line_tell_where_blocks_end() -> None:
    assert shallow("> > a") == "> > a"
    assert shallow("> > > > a > b") == "> > a > b"
    assert shallow("- 1. - * - a") == "- 1. a"
    assert shallow("-- -- a") == "-- -- a"
