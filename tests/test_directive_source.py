"""Options as authors write them: read with every mistake reported, and edited in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.importer.update import update_page
from sphinxext_revguide.markup.directive_source import (
    OptionBlock,
    read_opening,
    read_options,
    set_option,
)
from sphinxext_revguide.text.line_ends import split_lines
from tests.conftest import Book

NewBook = Callable[..., Book]
PAGE = """\
# Guide

```{revision-guide} quay
```

````{revision-issue} A checklist
OPTIONS

The problem.

```{before-after}
:missing: later

Text.
```
````
"""


def values(block: OptionBlock) -> dict[str, str]:
    return {option.name: option.value for option in block.options}


def issue_of(new_book: NewBook, options: str) -> tuple[dict[str, object], list[tuple[int, str]]]:
    built = new_book({"index.md": PAGE.replace("OPTIONS", options)}).build("dummy")
    (issue,) = built.domain.book.issues
    shown: dict[str, object] = {
        "number": issue.number,
        "impact": str(issue.impact),
        "status": str(issue.status),
        "note": issue.note,
    }
    return shown, [(warning.line, warning.text) for warning in built.warnings]


ALL = {"number": 7, "impact": "high", "status": "accepted", "note": "two lines of note"}


def test_comments_and_folded_values_in_yaml(new_book: NewBook) -> None:
    options = (
        "---\nnumber: 7 # agreed\n# on Tuesday\n\nimpact: high\nstatus: 'accepted'\n"
        "note: >-\n  two lines\n  of note\n---"
    )
    assert issue_of(new_book, options) == (ALL, [])


@pytest.mark.parametrize(
    ("bad", "reported"),
    [
        ("impakt: low", "unknown option ':impakt:'; did you mean ':impact:'?"),
        ("impakt low", "'impakt low' is not an option; write 'name: value'"),
        ('frequency: "two', "option ':frequency:' is ignored: MyST cannot read its value"),
    ],
)
def test_one_mistake_in_yaml_costs_no_other_option(
    new_book: NewBook, bad: str, reported: str
) -> None:
    options = f"---\nnumber: 7\n{bad}\nimpact: high\nstatus: accepted\nnote: two lines of note\n---"
    shown, warnings = issue_of(new_book, options)
    assert shown == ALL
    ((line, text),) = warnings
    assert line == 9
    assert reported in text


def test_yaml_that_nothing_closes_is_reported(new_book: NewBook) -> None:
    options = "---\nnumber: 7\nimpact: high\nstatus: accepted\nnote: two lines of note\n"
    shown, ((line, text),) = issue_of(new_book, options)
    assert (shown, line) == (ALL, 7)
    assert "are not closed" in text


def test_an_option_without_its_second_colon_costs_no_other(new_book: NewBook) -> None:
    options = ":number: 7\n:impact low\n:status: accepted\n:note: two lines of note"
    shown, ((line, text),) = issue_of(new_book, options)
    assert (shown["number"], shown["status"], line) == (7, "accepted", 8)
    assert "write ':impact: low'" in text


def test_options_below_a_blank_line_are_reported(new_book: NewBook) -> None:
    shown, ((line, text),) = issue_of(new_book, ":number: 7\n\n:status: accepted")
    assert (shown["number"], shown["status"], line) == (7, "open", 9)
    assert "remove the blank line" in text


def test_options_below_a_blank_line_are_reported_in_rst(new_book: NewBook) -> None:
    page = (
        "Guide\n=====\n\n.. revision-guide:: quay\n\n.. revision-issue:: A\n   :number: 7\n\n"
        "   :status: accepted\n\n   Problem.\n"
    )
    built = new_book({"index.rst": page}).build("dummy")
    assert [(build_warning.line, build_warning.type) for build_warning in built.warnings] == [
        (9, "revguide.option")
    ]


@pytest.mark.parametrize(
    "text", ["---\nA rule above a text: yes.\n---", "---", ":Marcus: says hi", "---\ntitle: A\n---"]
)
def test_text_that_resembles_options_stays_text(text: str) -> None:
    block = read_options(text.split("\n"), ("before", "after"), quotes=True)
    assert (block.options, block.mistakes, block.consumed) == ([], [], 0)


@pytest.mark.parametrize(
    ("line", "name", "title", "mark"),
    [
        ("```{revision-issue} A `b` c", "revision-issue", "A `b` c", "```"),
        ("  :::: {revision-issue}", "revision-issue", "", "::::"),
        (".. revision-issue:: A: b", "revision-issue", "A: b", ".."),
        (".. rst:directive:: A", "rst:directive", "A", ".."),
    ],
)
def test_the_first_line_of_a_directive(line: str, name: str, title: str, mark: str) -> None:
    opening = read_opening(line)
    assert opening is not None
    assert (opening.name, opening.title, opening.mark) == (name, title, mark)


@pytest.mark.parametrize("line", ["``` {python}x", "text", "``{a}", ".. a: b", "```python"])
def test_other_lines_open_no_directive(line: str) -> None:
    opening = read_opening(line)
    assert opening is None or opening.name == "python"


def edited(text: str, name: str, value: str | None) -> str:
    lines = split_lines(text)
    set_option(lines, 0, name, value)
    return "".join(lines)


YAML = (
    "```{a} T\r\n---\r\n# why\r\nnote: >-\r\n  two\r\n  lines\r\nimpact: high\r\n---\r\n"
    "Text.\r\n```\r\n"
)


def test_an_option_in_yaml_is_edited_in_place() -> None:
    assert edited(YAML, "note", "one") == YAML.replace(">-\r\n  two\r\n  lines", "one")
    assert edited(YAML, "status", "open") == YAML.replace("high\r\n", "high\r\nstatus: open\r\n")
    assert edited(YAML, "impact", None) == YAML.replace("impact: high\r\n", "")


@pytest.mark.parametrize("value", ["a # b", '"a', "- a", "| a", ">", "'x' y", "a: b", "%"])
def test_a_value_written_into_yaml_is_read_as_it_was(value: str) -> None:
    lines = edited(YAML, "note", value).splitlines()
    assert values(read_options(lines[1:]))["note"] == value


def test_an_update_leaves_options_in_yaml_in_their_form() -> None:
    head = "# Guide\n\n````{revision-guide} quay\n````\n\n"
    page = (
        f"{head}````{{revision-issue}} A checklist\n---\nnumber: 7\n# agreed on Tuesday\n"
        "impact: high\nnote: >-\n  two lines\n  of note\n---\n\nThe problem.\n````\n"
    )
    new = (
        f"{head}`````{{revision-issue}} A checklist\n:number: 7\n:impact: low\n:status: open\n\n"
        "The problem.\n`````\n"
    )
    merged, reported = update_page(page, new)
    assert merged == page.replace("impact: high", "impact: low")
    assert reported == ["issue 7: impact is now low (was high)"]


def test_the_texts_of_the_options_are_not_the_body() -> None:
    page = (
        "````{revision-guide} quay\n---\nchapters: a\n---\n````\n\n"
        "```{revision-issue} A\n---\nnumber: 1\n---\n```\n"
    )
    merged, reported = update_page(
        page, page.replace("chapters: a\n", "chapters: a\neffort: 3 h\n")
    )
    assert "---\nchapters: a\neffort: 3 h\n---\n````" in merged
    assert reported == ["the guide: effort is now 3 h (was not given)"]


MYST_ALLOWANCE = "# A\n\n```{revision-allow} readiness-checklist\n%s\n\nText.\n```\n"
RST_ALLOWANCE = "A\n=\n\n.. revision-allow:: readiness-checklist\n%s\n\n   Text.\n"


@pytest.mark.parametrize(
    ("name", "page", "line"),
    [
        ("index.md", MYST_ALLOWANCE % ":reason: long\n  wrapped\n:until: 2027-01-31", 6),
        ("index.md", MYST_ALLOWANCE % "wrapped\n:until: 2027-01-31", 5),
        ("index.rst", RST_ALLOWANCE % "   :reason: long\n   wrapped\n   :until: 2027-01-31", 7),
        ("index.rst", RST_ALLOWANCE % "\n   wrapped\n   :until: 2027-01-31", 7),
    ],
)
def test_an_option_below_a_line_of_text_is_reported(
    new_book: NewBook, name: str, page: str, line: int
) -> None:
    built = new_book({name: page}).build()
    [warning] = [one for one in built.warnings if "':until:'" in one.text]
    assert (warning.path, warning.line) == (name, line)
    assert "the allowance has no effect: ':until:' is below 'wrapped'" in warning.text


@pytest.mark.parametrize(
    "body",
    [
        "```{locked-preserve}\n:guide: quay\n\n- `a`\n```",
        "Text.\n```{locked-preserve}\n:guide: quay\n\n- `a`\n```",
        "Text.\n\n:note: in the text",
    ],
)
def test_an_option_of_another_block_is_not_reported(new_book: NewBook, body: str) -> None:
    page = PAGE.replace("OPTIONS\n\nThe problem.", f":note: a\n{body}")
    built = new_book({"index.md": page}).build()
    assert not [one for one in built.warnings if "read as text" in one.text]
