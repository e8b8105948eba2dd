"""Paragraphs, lists and tables of an outline: their labels, rows and lines."""

from __future__ import annotations

import pytest

from sphinxext_revguide.patterns.outline import (
    Listing,
    Paragraph,
    Table,
    build_outline,
)
from tests.outlining import NewBook, blocks, outline

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


def test_rst_tables_give_the_lines_of_their_rows(new_book: NewBook) -> None:
    tables = outline(new_book, "rst", GRID).sections[1].blocks
    rows = [row.line for table in tables if isinstance(table, Table) for row in table.rows]
    assert rows == [9, 11, 17]


def test_lines_of_a_line_block_are_paragraphs() -> None:
    found = [block for block in blocks("Rain.\n\n| One\n| two:\n") if isinstance(block, Paragraph)]
    assert [(block.text, block.line, block.end_line) for block in found] == [
        ("Rain.", 1, 1), ("One", 3, 3), ("two:", 4, 4),
    ]  # fmt: skip


def test_terms_and_fields_are_the_labels_of_items() -> None:
    terms_text = "term\n   Text *of* it.\n\n   More.\n"
    text = f"Rain.\n\n{terms_text}\n:field: its *value*\n:other: **Bold**: more\n"
    _rain, terms, fields = blocks(text)
    assert isinstance(terms, Listing)
    assert isinstance(fields, Listing)
    assert [(item.text, item.label, item.line) for item in terms.items] == [
        ("term Text of it. More.", "term", 3)
    ]
    assert (terms.ordered, terms.line, terms.end_line) == (False, 3, 6)
    assert [(item.text, item.label) for item in fields.items] == [
        ("field: its value", "field"), ("other: Bold: more", "other"),
    ]  # fmt: skip
    assert (fields.line, fields.end_line) == (8, 9)
    [first] = blocks(":Author: Ada\n:Field: value\n")
    assert isinstance(first, Listing)
    assert [item.label for item in first.items] == ["Field"]


@pytest.mark.parametrize(
    ("item", "label", "labels"),
    [
        ("**Lead.** It rains", "Lead", ("Lead",)),
        ("**Lead:** it rains", "Lead", ("Lead",)),
        ("**Lead** it rains", "Lead", ()),
        ("It **rains:** hail", "It rains", ()),
        ("Lead: it rains", "Lead", ()),
        ("It rains", "", ()),
        ("", "", ()),
        (f"{'x' * 59}: it rains", "x" * 59, ()),
        (f"{'x' * 60}: it rains", "", ()),
    ],
)
def test_the_label_of_an_item(item: str, label: str, labels: tuple[str, ...]) -> None:
    [listing] = blocks(f"- {item}\n", "md")
    assert isinstance(listing, Listing)
    [found] = listing.items
    assert (found.label, found.labels) == (label, labels)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("**Cause:** rain\n**Fix.** hail\n**Why?** sun", ("Cause", "Fix", "Why")),
        ("**Cause** - rain\n**Fix**: hail\n**Why** — sun", ("Cause", "Fix", "Why")),
        ("**Cause:** **Fix:** rain", ("Cause", "Fix")),
        ("**Cause** rain", ()),
        ("Rain **Cause:** hail", ()),
        ("Rain\n*Cause:* hail", ()),
        ("**Cause-**rain", ()),
    ],
)
@pytest.mark.parametrize("kind", ["md", "rst"])
def test_the_labels_of_a_paragraph(text: str, labels: tuple[str, ...], kind: str) -> None:
    [paragraph] = blocks(text, kind)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.labels == labels


def test_what_shows_no_text_hides_no_label() -> None:
    [paragraph] = blocks("![](pier.png)**Cause:** rain", "md")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.labels == ("Cause",)


def test_boxes_of_a_task_list_are_text(new_book: NewBook) -> None:
    book = new_book(
        {"index.md": "- [x] done\n- [ ] open\n"}, conf='myst_enable_extensions = ["tasklist"]\n'
    )
    [listing] = build_outline(book.build("dummy").doctree("index")).sections[0].blocks
    assert isinstance(listing, Listing)
    assert [item.text for item in listing.items] == ["[x] done", "[ ] open"]


ROWS = {
    "simple table": ("=== ===\na   b\nc   d\n=== ===\n", [(6, ("a", "b")), (7, ("c", "d"))]),
    "list-table": (
        ".. list-table::\n\n   * - a\n     - b\n   * - c\n     - d\n",
        [(7, ("a", "b")), (9, ("c", "d"))],
    ),
}


@pytest.mark.parametrize("table", ROWS)
def test_a_table_without_a_head_begins_at_its_first_row(table: str) -> None:
    text, rows = ROWS[table]
    [found] = blocks(f"Page\n====\n\n\n{text}")
    assert isinstance(found, Table)
    assert [(row.line, row.cells) for row in found.rows] == rows
    assert (found.line, found.end_line, found.head) == (rows[0][0], rows[-1][0], ())


def test_rows_whose_lines_are_unknown_are_where_the_table_begins() -> None:
    # Docutils counts the lines of each cell from 1.
    [found] = blocks("Rain.\n\nPage\n====\n\n.. csv-table::\n\n   a,b\n   c,d\n")[1:]
    assert isinstance(found, Table)
    assert (found.line, found.end_line) == (4, 6)  # each row has one line at least
    assert [row.line for row in found.rows] == [4, 4]


def test_markup_in_a_cell_does_not_move_the_rows_below_it() -> None:
    cells = ("[one](x.md)", "`two`", "*three*", "four")
    [found] = blocks("| A |\n|---|\n" + "".join(f"| {cell} |\n" for cell in cells), "md")
    assert isinstance(found, Table)
    assert [row.line for row in found.rows] == [3, 4, 5, 6]


def test_of_two_head_rows_the_first_names_the_columns() -> None:
    text = "+---+---+\n| A | B |\n+---+---+\n| C | D |\n+===+===+\n| E | F |\n+---+---+\n"
    [found] = blocks(f"Rain.\n\n{text}")[1:]
    assert isinstance(found, Table)
    assert (found.names, found.head, found.line) == (("A", "B"), ("a", "b"), 4)
    assert [(row.line, row.cells) for row in found.rows] == [(8, ("E", "F"))]
