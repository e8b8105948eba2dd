"""The lines of tables and of their rows, as far as the parsers of MyST and reST tell them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.markup.table_rows import TablePlace, place_of

PIPES = (
    "| Name | State |\n|---|---|\n| one | done |\n| [two](x.md) | `open` |\n| three | *late* |\n"
)
"""Markup in a cell makes MyST give the cells behind it another line."""


SETTINGS = {"report_level": 5, "doctitle_xform": False}


def places(text: str, kind: str) -> list[TablePlace]:
    """Return the places of the tables of a page."""
    parser = Parser() if kind == "md" else None
    tree = publish_doctree(text, parser=parser, settings_overrides=SETTINGS)
    return [place_of(table, list(table.findall(nodes.row))) for table in tree.findall(nodes.table)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"# Page\n\nRain.\n\n{PIPES}", (5, 7, 8, 9)),
        (f"Rain.\n\n```{{note}}\nHail.\n```\n\n{PIPES}", (7, 9, 10, 11)),
        (f"Rain.\n\n```{{note}}\nHail.\n\n{PIPES}```\n", (6, 8, 9, 10)),
        (f"```{{table}} Title\n\n{PIPES}```\n", (3, 5, 6, 7)),
        ("Rain.\n\n| Name |\n|---|\n", (3,)),
        ("```{list-table}\n* - one\n* - two\n```\n", (2, 3)),
        ("Rain.\n\n```{list-table}\n:header-rows: 1\n\n* - A\n  - B\n* - c\n  - d\n```\n", (6, 8)),
        ("Rain.\n\n```{eval-rst}\n=== ===\na   b\n=== ===\nc   d\n=== ===\n```\n", (5, 7)),
    ],
)
def test_rows_in_myst(text: str, lines: tuple[int, ...]) -> None:
    [place] = places(text, "md")
    assert (place.line, place.rows) == (lines[0], lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Rain.\n\n=== ===\na   b\n=== ===\nc   d\ne   f\n    g\nh   i\n=== ===\n", (4, 6, 7, 9)),
        ("+---+\n| A |\n+===+\n| b |\n|   |\n| c |\n+---+\n| d |\n+---+\n", (2, 4, 8)),
        ("Rain.\n\n.. list-table::\n\n   * - a\n     - b\n", (5,)),
        ("Rain.\n\n.. list-table::\n\n   * - a\n   * -\n   * - b\n", (5, 5, 7)),
    ],
)
def test_rows_in_rst(text: str, lines: tuple[int, ...]) -> None:
    [place] = places(text, "rst")
    assert (place.line, place.rows, place.by_text) == (lines[0], lines, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Rain.\n\n.. csv-table:: Title\n\n   a,b\n   c,d\n", 3),
        ("Page\n====\n\nRain.\n\n.. csv-table::\n\n   a,b\n   c,d\n", 4),
        ("Page\n====\n\n- Rain.\n- Hail.\n\n.. csv-table::\n\n   a,b\n", 5),
        ("Page\n====\n\n.. note::\n\n   .. csv-table::\n\n      a,b\n", 4),
        (".. csv-table::\n\n   a,b\n   c,d\n", 1),
    ],
)
def test_a_csv_table_in_rst_has_the_line_of_its_title_or_of_the_text_above(
    text: str, line: int
) -> None:
    # Docutils counts the lines of each cell from 1.
    [place] = places(text, "rst")
    assert (place.line, place.rows) == (line, ())


def test_below_two_csv_tables_is_a_third_one() -> None:
    table = ".. csv-table::\n\n   a,b\n   c,d\n\n"
    found = places(f"Page\n====\n\nRain.\n\n{table * 3}", "rst")
    assert [(place.line, place.rows) for place in found] == [(4, ())] * 3


def test_a_csv_table_in_myst_begins_at_its_directive_or_at_its_content() -> None:
    [place] = places("Rain.\n\n```{csv-table}\n:header: A,B\n\na,b\nc,d\n```\n", "md")
    assert place.rows == ()
    assert 3 <= place.line <= 6


@pytest.mark.parametrize("first", ["Rain.\n", "=====\nRain.\n=====\n\n" + "Hail.\n\n" * 20])
def test_an_included_table_is_in_its_file(tmp_path: Path, first: str) -> None:
    part = tmp_path / "part.inc"
    part.write_text("=== ===\na   b\n=== ===\nc   d\n=== ===\n", encoding="utf-8")
    [place] = places(f"{first}\n.. include:: {part}\n", "rst")
    assert (place.line, place.rows, Path(place.source).name) == (2, (2, 4), "part.inc")
