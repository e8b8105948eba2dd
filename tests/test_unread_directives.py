"""Fences and containers: what is not read is reported, and what is inside has its lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docutils import nodes

from tests.conftest import CHECKLIST, Book

NewBook = Callable[..., Book]


def test_fences_of_equal_length(new_book: NewBook) -> None:
    page = (
        "# G\n\n:::{revision-guide} g\n:::\n\n:::{revision-issue} T\nProblem.\n\n"
        ":::{before-after}\nSeen text\n\n+++\n\nafter\n:::\n\nWhy.\n:::\n"
    )
    book = new_book({"index.md": page})
    built = book.build(myst_enable_extensions=["colon_fence"])
    assert [(build_warning.line, build_warning.type) for build_warning in built.warnings] == [
        (9, "revguide.fence")
    ]
    assert "Seen text" in built.read("index.html")
    assert "Why." in built.read("index.html")


def test_colon_fences_that_are_not_enabled(new_book: NewBook) -> None:
    page = "# G\n\n:::{revision-guide} g\n:::\n\nintro\n\n::::{revision-issue} T\nSeen text\n::::\n"
    built = new_book({"index.md": page}).build()
    assert [(warning.line, warning.type) for warning in built.warnings] == [
        (3, "revguide.colon_fence"),
        (8, "revguide.colon_fence"),
    ]
    assert "Seen text" in built.read("index.html")


@pytest.mark.parametrize(
    ("markup", "page", "lines"),
    [
        ("md", "# G\n\n```{revision-issue} A `b` c\n:number: 1\n\nText.\n```\n", [3]),
        (
            "md",
            "# G\n\n```{revision-issue} A `b`\n\nText.\n```\n\n"
            "```{locked-preserve} `c`\n- x\n```\n",
            [3, 8],
        ),
        ("md", "# G\n\n```{locked-preserve}Kept\n- `x`\n```\n", [3]),
        ("md", "# G\n\n```locked-preserve\n- `x`\n```\n", [3]),
        ("md", "# G\n\nText\n\n.. locked-preserve::\n\n    - `x`\n", [5]),
        ("rst", "G\n=\n\n.. locked-preserve: Kept\n\n   - x\n\n\nText\n", [4]),
        ("rst", "G\n=\n\n:::{locked-preserve}\n- x\n:::\n", [4]),
        ("rst", "G\n=\n\nText\n.. locked-preserve::\n", [5]),
    ],
)
def test_a_directive_that_is_not_read(
    new_book: NewBook, markup: str, page: str, lines: list[int]
) -> None:
    built = new_book({f"index.{markup}": page}).build("dummy")
    reported = [
        build_warning
        for build_warning in built.warnings
        if build_warning.type == "revguide.unread_directive"
    ]
    assert [build_warning.line for build_warning in reported] == lines
    if "`b`" in page:
        assert all("to open and close it: ~~~" in build_warning.text for build_warning in reported)


def test_source_shown_as_code_is_not_an_unread_directive(new_book: NewBook) -> None:
    code = "````md\n```{revision-issue} A `b`\n```\n````"
    page = f"# G\n\n{code}\n\n````\n:::{{before-after}}\n:::\n````\n"
    assert new_book({"index.md": page}).build("dummy").warnings == []


def test_lines_in_nested_colon_fences(new_book: NewBook) -> None:
    page = (
        "# G\n\n:::{revision-guide} g\n:::\n\n:::::{revision-issue} T\n"
        "::::{before-after}\n:befour: x\n\nSeen\n::::\n:::::\n"
    )
    built = new_book({"index.md": page}).build(myst_enable_extensions=["colon_fence"])
    lines = [(build_warning.line, build_warning.type) for build_warning in built.warnings]
    assert lines == [(7, "revguide.missing_after"), (8, "revguide.option")]


def test_a_form_feed_ends_no_line(new_book: NewBook) -> None:
    built = new_book({
        "index.md": "# G\n\nA\f\f\fB.\n\n:::{revision-guide} g\n:::\n\n"
        ":::::{revision-issue} T\n::::{before-after}\n:befour: x\n\nSeen\n::::\n:::::\n",
        "other.rst": ":orphan:\n\nA\n=\n\nA\f\f\fB.\n\n.. revision-issue: T\n   one\n   two\n",
    }).build("dummy", myst_enable_extensions=["colon_fence"])  # fmt: skip
    lines = [(warning.path, warning.line) for warning in built.warnings]
    assert lines == [("index.md", 9), ("index.md", 10), ("other.rst", 8)]


CARDS = """\
# Harbour

:::::{container} a
::::{container} b
:::{container} c
TABLE

**Ready to open.**
:::
::::

Text.

::::{container} d
:::{locked-passage}
:guide: a

Text.
:::
::::
:::::

## Later

TABLE
"""


def test_lines_inside_containers_of_other_extensions(new_book: NewBook) -> None:
    page = CARDS.replace("TABLE", CHECKLIST.strip())
    book = new_book({"index.md": page})
    built = book.build(
        "dummy", revguide_flag=["readiness-checklist"], myst_enable_extensions=["colon_fence"]
    )
    lines = page.splitlines()
    first, second = (n for n, line in enumerate(lines, 1) if line.startswith("| Check"))
    stray = lines.index(":::{locked-passage}") + 1
    reported = sorted((build_warning.line, build_warning.type) for build_warning in built.warnings)
    assert reported == [
        (first, "revguide.readiness-checklist"),
        (stray, "revguide.title"),
        (stray + 1, "revguide.option"),
        (second, "revguide.readiness-checklist"),
    ]
    wrong = [
        (node.line, node.rawsource)
        for node in built.doctree("index").findall(nodes.paragraph)
        if not isinstance(node.parent, nodes.entry)
        and node.rawsource.split("\n")[0] != lines[(node.line or 0) - 1]
    ]
    assert wrong == []
