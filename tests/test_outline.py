"""The outline has what stands where, with exact lines, in MyST and in reST."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.patterns.outline import Listing, Outline, Paragraph, Table, build_outline
from tests.conftest import Book

NewBook = Callable[..., Book]

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

GRID = """Page
====

.. list-table::
   :header-rows: 1

   * - Name
     - State
   * - one
     - done
   * - two
     - open

+------+-------+
| Name | State |
+======+=======+
| one  | done  |
+------+-------+
"""


def outline(new_book: NewBook, kind: str, text: str) -> Outline:
    book = new_book()
    (book.srcdir / f"index.{kind}").write_text(text, encoding="utf-8")
    return build_outline(book.build("dummy").doctree("index"))


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


def test_rst_tables_give_the_lines_of_their_rows(new_book: NewBook) -> None:
    tables = outline(new_book, "rst", GRID).sections[1].blocks
    rows = [row.line for table in tables if isinstance(table, Table) for row in table.rows]
    assert rows == [9, 11, 17]


def test_curly_quotes_and_dashes_are_plain(new_book: NewBook) -> None:
    found = outline(new_book, "md", 'It\'s "said" -- so...\n')
    [block] = found.sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == 'It\'s "said" - so...'
