"""The guide in the book: reST, and included files."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from textwrap import indent

import pytest
from docutils import nodes

from sphinxext_revguide.nodes import revguide_sample
from tests.conftest import TERMINAL, Book, counts_late
from tests.ferry import FILES, RST_CHAPTER, RST_GUIDE, RST_TABLE

NewBook = Callable[..., Book]


def test_rst_gives_the_same_doctree_as_myst(new_book: NewBook) -> None:
    myst = new_book(FILES).build("dummy").doctree("guide")
    files = {name: text for name, text in FILES.items() if name != "guide.md"}
    rst = new_book(files | {"guide.rst": RST_GUIDE}).build("dummy").doctree("guide")

    def cards(document: nodes.document) -> list[str]:
        for sample in document.findall(revguide_sample):
            # The languages write tables and headings in their own ways.
            sample[:] = sample.quoted()[-1:]
            sample.attributes.pop("markup", None)
            sample["words"] = sample["text_lines"] = 0
        text = [card.pformat() for card in document.findall(nodes.section) if card["classes"]]
        return [
            re.sub(r' (?:slug|refdoc|refid|pair_line|pair_path|attributes)="[^"]*"', "", letter)
            for letter in text
        ]

    assert len(cards(myst)) == 2
    assert cards(rst) == cards(myst)


def test_flagged_lines_in_rst(new_book: NewBook) -> None:
    files = {name: text for name, text in FILES.items() if name != "chapter.md"}
    built = new_book(files | {"chapter.rst": RST_CHAPTER}).build("dummy")
    lines = [
        number
        for number, line in enumerate(RST_CHAPTER.lstrip().split("\n"), 1)
        if "Check  " in line or "- Check" in line
    ]
    assert [(build_warning.path, build_warning.line) for build_warning in built.warnings] == [
        ("chapter.rst", n) for n in lines
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_flagged_lines_in_an_included_file(new_book: NewBook, kind: str) -> None:
    part = TERMINAL.split("# Terminal\n\n")[1]
    files = {name: text for name, text in FILES.items() if name != "chapter.md"}
    if kind == "md":
        files |= {"chapter.md": "# Terminal\n\n## Readiness\n\n```{include} part.inc\n```\n"}
        part = part.partition("\n\n")[2]
    else:
        part = RST_CHAPTER.split("-----------------\n", 1)[1].split("Opening", maxsplit=1)[0]
        files |= {
            "chapter.rst": "Terminal\n========\n\nReadiness\n---------\n\n.. include:: part.inc\n"
        }
    book = new_book(files | {"part.inc": part})
    reported = book.build("dummy").warnings
    line = next(n for n, entry in enumerate(part.lstrip().split("\n"), 1) if "Check" in entry)
    assert [(build_warning.path, build_warning.line) for build_warning in reported] == [
        ("part.inc", line + counts_late(kind))
    ]


def test_an_old_table_is_reported_in_the_included_file(new_book: NewBook) -> None:
    table = "| Berth | Depth |\n|---|---|\n| North quay | 9.5 m |\n| South quay | 12 m |\n"
    guide = (
        "# G\n\n```{toctree}\nquay\n```\n\n```{revision-guide} g\n```\n\n"
        f"````{{revision-issue}} T\n\n```{{before-after}}\n{table}\n+++\n\nNo.\n```\n````\n"
    )
    chapter = "# Quay\n\nText.\n\n```{include} part.inc\n```\n"
    part = f"A long walk.\n\n{table}"
    book = new_book({"index.md": guide, "quay.md": chapter, "part.inc": part})
    [reported] = book.build("dummy").warnings
    assert (reported.path, reported.line, reported.type) == ("part.inc", 3, "revguide.standing")


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_what_is_counted_over_a_page_is_reported_in_the_included_file(
    new_book: NewBook, kind: str
) -> None:
    """A phrase of the whole page, and a term that is over its budget."""
    title = {"md": "# Tides", "rst": "Tides\n====="}[kind]
    include = {"md": "```{include} part.inc\n```", "rst": ".. include:: part.inc"}[kind]
    part = (
        "No.\n\n\n\n\n\n\n\n\n\nIn this chapter, we will look at a tide.\n\n"
        "As we have seen, it turns. As mentioned earlier, a tide turns.\n"
    )
    guide = "```{revision-guide} g\n```\n\n```{revision-issue} T\n:budget: tide 1\n\nNo.\n```\n"
    book = new_book(
        {
            "index.md": f"# G\n\n```{{toctree}}\ntides\n```\n\n{guide}",
            f"tides.{kind}": f"{title}\n\nA tide.\n\n{include}\n\nNo.\n",
            "part.inc": part,
        },
        conf='revguide_flag = ["scaffolding-phrase"]',
    )
    reported = book.build("dummy").warnings
    line = 11 + counts_late(kind)
    assert [(each.path, each.line, each.type) for each in reported] == [
        ("part.inc", line, "revguide.scaffolding-phrase"),
        ("part.inc", line, "revguide.term-overuse"),
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_passage_below_a_list_is_reported_once(new_book: NewBook, kind: str) -> None:
    title = {"md": "# Tides", "rst": "Tides\n====="}[kind]
    text = f"{title}\n\n* A list.\n\nTake a moment and ask yourself\nwhat you would do.\n"
    book = new_book({f"index.{kind}": text}, conf='revguide_flag = ["interactive-prompt"]')
    [finding] = json.loads(book.build("revguide").read("revguide.json"))["findings"]
    line = text[: text.index("Take")].count("\n") + 1
    assert (finding["line"], finding["end_line"]) == (line, line + 1)


def test_in_rest_a_body_may_begin_under_the_options_and_hold_headings(new_book: NewBook) -> None:
    """Such lines belong to the argument for docutils; nothing of them is dropped."""
    page = """\
        Guide
        =====

        .. revision-guide:: g

        .. revision-issue:: A title
           :impact: high
           It begins at once.

           A heading
           ---------

           And it goes on.

        After it.
        """
    built = new_book({"index.rst": page}).build()
    assert built.warnings == []
    html = built.read("index.html")
    assert re.search(r"<strong>A heading</strong>", html)
    for two, other in itertools.pairwise(["at once.", "A heading", "it goes on.", "After it."]):
        assert html.index(two) < html.index(other)


PROTECTED = """
Terminal
========

BEFORE

Opening readiness
-----------------

.. revision-allow:: readiness-checklist
   :reason: It is quoted.
   :until: tomorrow

   {table}

Opening readiness, again
------------------------

{table}
"""
CLAIM = f"{RST_TABLE}\nAll checks are satisfied."


@pytest.mark.parametrize("before", ["", ".. include:: part.inc"])
@pytest.mark.parametrize("prolog", ["", "\n".join(f".. |a{n}| replace:: b" for n in range(30))])
def test_lines_are_those_of_the_file_whatever_docutils_puts_above(
    new_book: NewBook, before: str, prolog: str
) -> None:
    page = PROTECTED.lstrip().replace("BEFORE", before)
    page = page.replace("   {table}", indent(CLAIM, "   "))
    page = page.replace("{table}", CLAIM)
    part = "One.\n\n" * 20 + ".. locked-passage::\n   :nope: x\n\n   Dues are paid before noon.\n"
    book = new_book({"index.rst": page, "part.inc": part})
    reported = book.build(
        "dummy", rst_prolog=prolog, revguide_flag=["readiness-checklist"]
    ).warnings
    lines = page.split("\n")
    flagged = [n for n, line in enumerate(lines, 1) if line.lstrip().startswith("Check")]
    expected = [
        ("index.rst", lines.index("   :until: tomorrow") + 1, "revguide.option"),
        *(("index.rst", line, "revguide.readiness-checklist") for line in flagged),
    ]
    if before:
        expected += [("part.inc", 41, "revguide.title"), ("part.inc", 42, "revguide.option")]
    assert [
        (build_warning.path, build_warning.line, build_warning.type) for build_warning in reported
    ] == expected
