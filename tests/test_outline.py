"""The outline has what stands where, with exact lines, in MyST and in reST."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils.core import publish_doctree

from sphinxext_revguide.patterns.outline import (
    Listing,
    Paragraph,
    Table,
    build_outline,
)
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.conftest import counts_late
from tests.outlining import NewBook, blocks, last_section, outline, outline_of, titles

MYST = """# Page

## Section one

First paragraph that
goes on for two lines.

**A line that is a heading**

| Name | State |
|---|---|
| one | done |
| two | open |

**Result: all is said.**

- **Lead:** item one
- item two

1. step one
2. step two

> quoted words

```python
code
```

```{note}
Inside | is
```

---

Last.
"""

RST = """Page
====

Section one
-----------

First paragraph that
goes on for two lines.

**A line that is a heading**

==== =====
Name State
==== =====
one  done
two  open
==== =====

**Result: all is said.**

- **Lead:** item one
- item two

1. step one
2. step two

.. epigraph::

   quoted words

::

   code

.. note::

   Inside | is

----

Last.
"""


@pytest.mark.parametrize(("kind", "text"), [("md", MYST), ("rst", RST)])
def test_everything_has_its_line(new_book: NewBook, kind: str, text: str) -> None:
    found = outline(new_book, kind, text)
    lines = text.split("\n")

    def line(words: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if words in line)

    titles = [section.title for section in found.sections]
    assert titles == ["", "Page", "Section one", "A line that is a heading", ""]
    heading = found.sections[3]
    assert heading.line == line("A line that is a heading")
    assert [section.title for section in found.ancestors(3)] == ["Section one", "Page", ""]
    paragraph = found.sections[2].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.line, paragraph.end_line) == (line("First"), line("goes on"))
    table, result, bullets, steps, note = heading.blocks
    assert isinstance(table, Table)
    assert table.head == ("name", "state")
    assert [(row.cells, row.line) for row in table.rows] == [
        (("one", "done"), line("done")), (("two", "open"), line("open")),
    ]  # fmt: skip
    assert (table.line, table.end_line) == (line("Name"), line("open"))
    assert isinstance(result, Paragraph)
    assert result.text == "Result: all is said."
    assert isinstance(bullets, Listing)
    assert isinstance(steps, Listing)
    assert [(item.label, item.line) for item in bullets.items] == [
        ("Lead", line("Lead")), ("", line("item two")),
    ]  # fmt: skip
    assert (bullets.ordered, steps.ordered) == (False, True)
    assert isinstance(note, Paragraph)
    assert note.line == line("Inside")
    assert heading.code_blocks == 1
    assert "quoted words" not in repr(found)


def test_curly_quotes_and_dashes_are_plain(new_book: NewBook) -> None:
    found = outline(new_book, "md", 'It\'s "said" -- so...\n')
    [block] = found.sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == 'It\'s "said" - so...'


FOURTEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


@pytest.mark.parametrize(
    "line", ["**A quay**", f"**{FOURTEEN}**", "**Phase 1:**", "**The result**", " **A quay** "]
)
def test_a_bold_line_is_a_heading(line: str) -> None:
    text = line.strip(" *")
    assert titles(f"Rain.\n\n{line}\n\nHail.\n") == ["", text]


@pytest.mark.parametrize(
    "line",
    [
        *(f"**A quay{mark}**" for mark in ".!?,;"),
        f"**{FOURTEEN} fifteen**",
        "**Cause:**",
        "**Result: it rains**",
        "**Overall status of the pier: closed**",
        "**A quay** it is",
        "A **quay**",
        "**A** **quay**",
        "*A quay*",
    ],
)
def test_another_bold_line_is_none(line: str) -> None:
    assert titles(f"Rain.\n\n{line}\n\nHail.\n") == [""]


def test_bold_lines_are_one_level_below_the_heading_above() -> None:
    lines = ("**A**", "**B**", "# One", "**C**", "## Two", "**D**", "---", "### Three", "# Four")
    found = outline_of("\n\n".join([*lines, "## Five"]))
    assert [(section.title, section.level, section.parent) for section in found.sections] == [
        ("", 0, -1), ("A", 1, 0), ("B", 1, 0), ("One", 1, 0), ("C", 2, 3), ("Two", 2, 3),
        ("D", 3, 5), ("", 3, 5), ("Three", 3, 5), ("Four", 1, 0), ("Five", 2, 9),
    ]  # fmt: skip
    assert [section.pseudo for section in found.sections] == [
        False, True, True, False, True, False, True, True, False, False, False,
    ]  # fmt: skip
    assert [found.siblings(index) for index in (1, 5, 6, 0)] == [
        [1, 2, 3, 9], [4, 5], [6, 7, 8], [0]
    ]  # fmt: skip
    assert [section.line for section in found.sections[5:9]] == [9, 11, 13, 15]


def test_a_rubric_and_a_rule_begin_a_section() -> None:
    found = outline_of("Page\n====\n\n.. rubric:: A rubric\n\nRain.\n\n----\n\nHail.\n", "rst")
    assert [(section.title, section.line) for section in found.sections] == [
        ("", 1), ("Page", 2), ("A rubric", 5), ("", 8),
    ]  # fmt: skip
    assert [section.pseudo for section in found.sections] == [False, False, True, True]


def test_a_rule_in_a_sample_begins_a_section() -> None:
    found = outline_of_sample("Rain.\n\n---\n\nHail.\n")
    assert [(section.level, len(section.blocks)) for section in found.sections] == [(0, 1), (1, 1)]


def test_the_rule_above_footnotes_begins_none() -> None:
    found = outline_of("# Page\n\nRain.[^1]\n\n[^1]: Or hail.\n")
    assert [section.title for section in found.sections] == ["", "Page"]
    assert "hail" not in repr(found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The network[^1] holds.\n\n- **Rain**[^1]: it falls[^1]\n\n[^1]: Or hail.\n", "md"),
        (
            "The network\\ [1]_ holds.\n\n- **Rain**\\ [1]_: it falls\\ [1]_\n\n.. [1] Or hail.\n",
            "rst",
        ),
    ],
)
def test_the_number_of_a_footnote_is_no_part_of_a_word(
    new_book: NewBook, text: str, kind: str
) -> None:
    for found in (outline_of(text, kind), outline(new_book, kind, text)):
        paragraph, listing, *_rest = found.sections[-1].blocks
        assert isinstance(paragraph, Paragraph)
        assert paragraph.text == "The network holds."
        assert isinstance(listing, Listing)
        assert [(item.label, item.text) for item in listing.items] == [("Rain", "Rain: it falls")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (".. A comment.\n", "rst"),
        (".. raw:: html\n\n   <p>raw</p>\n", "rst"),
        (".. [1] A footnote.\n", "rst"),
        (".. [CIT] A citation.\n", "rst"),
        ("   A quotation.\n", "rst"),
        (".. |name| replace:: A name\n", "rst"),
        ("::\n\n   code\n", "rst"),
        (">>> code()\n", "rst"),
        (".. math::\n\n   a = b\n", "rst"),
        ("% A comment\n", "md"),
        ("![](pier.png)\n", "md"),
        (":Author: Ada\n", "rst"),
        (".. figure:: pier.png\n\n   A caption\n", "rst"),
    ],
)
def test_what_is_no_prose_is_left_out(text: str, kind: str) -> None:
    assert blocks(text, kind) == []


def test_the_title_of_a_topic_is_a_paragraph() -> None:
    found = blocks(".. topic:: A topic\n\n   Of the day.\n")
    assert [(block.text, block.line) for block in found if isinstance(block, Paragraph)] == [
        ("A topic", 1), ("Of the day.", 3),
    ]  # fmt: skip


def test_a_message_of_the_parser_is_left_out() -> None:
    tree = publish_doctree("`open\n", settings_overrides={"report_level": 5})
    assert "Inline interpreted text" in tree.astext()
    [block] = build_outline(tree).sections[0].blocks
    assert isinstance(block, Paragraph)
    assert "Inline interpreted text" not in block.text


def test_code_and_links_are_counted_wherever_they_are() -> None:
    link = "`said <https://a.example/>`__"
    text = (
        f"A {link} {link}.\n\n| One {link}\n\n- Two {link}\n\n  ::\n\n     code\n\n  >>> code()\n\n"
        f"===== =====\nA     {link}\n===== =====\nB     ``C``\n===== =====\n\n"
        "::\n\n   code\n\n>>> code()\n\n.. math::\n\n   a = b\n"
    )
    section = last_section(text)
    assert (section.links, section.code_blocks) == (5, 6)


def test_words_and_lines_of_a_section_are_those_of_its_blocks() -> None:
    text = (
        "Page\n====\n\nRain and\nhail.\n\n- one two\n\n  three\n\n"
        "===== =====\nA     B\n===== =====\nC     D E\n===== =====\n\nSun.\n"
    )
    section = last_section(text)
    # The head of a table is no text.
    assert (section.words, section.line) == (3 + 3 + 3 + 1, 2)
    assert section.last_line(section.source) == 17
    assert section.last_line("another.txt") == 0
    empty = last_section("Page\n====\n")
    assert empty.last_line(empty.source) == 2


def test_an_api_description_is_no_prose(new_book: NewBook) -> None:
    found = outline(new_book, "rst", "Rain.\n\n.. py:function:: hail()\n\n   It hails.\n")
    assert [block.text for block in found.sections[0].blocks if isinstance(block, Paragraph)] == [
        "Rain."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```{locked-passage} dues\nIt hails.\n```\n",
        "```{before-after}\nIt hails.\n+++\nIt snows.\n```\n",
    ],
)
def test_samples_and_locked_passages_are_no_prose(new_book: NewBook, text: str) -> None:
    [block] = outline(new_book, "md", f"Rain.\n\n{text}").sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Rain."


def test_samples_that_are_translated_are_no_prose(new_book: NewBook) -> None:
    text = "Rain.\n\n```{before-after}\nIt hails.\n+++\nIt snows.\n```\n"
    built = new_book({"index.md": text}).build("dummy", revguide_translate_samples=True)
    [block] = build_outline(built.doctree("index")).sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Rain."


def test_blocks_name_the_file_that_they_are_in(new_book: NewBook) -> None:
    part = "Hail.\n\n- snow\n\n| A | B |\n|---|---|\n| C | D |\n\n**Ice**\n"
    book = new_book({"index.md": "Rain.\n\n```{include} part.inc\n```\n", "part.inc": part})
    section, ice = build_outline(book.build("dummy").doctree("index"), path="page.md").sections
    assert (section.source, Path(ice.source).name) == ("page.md", "part.inc")
    assert [(type(block).__name__, Path(block.source).name) for block in section.blocks] == [
        ("Paragraph", "index.md"), ("Paragraph", "part.inc"), ("Listing", "part.inc"),
        ("Table", "part.inc"),
    ]  # fmt: skip
    table = section.blocks[-1]
    assert isinstance(table, Table)
    late = counts_late("md")
    assert (table.line, [row.line for row in table.rows]) == (5 + late, [7 + late])
    [author] = blocks(":Field: value\n")
    assert author.source == "page.rst"
