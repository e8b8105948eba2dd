"""Bad input: one warning each, at its exact line, in MyST and in reST; the rest is shown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import sphinxext_revguide
from sphinxext_revguide.report.subtypes import SUBTYPES
from tests.conftest import Book

NewBook = Callable[..., Book]

OPEN = {"md": "```{revision-guide} g\n```\n\n", "rst": ".. revision-guide:: g\n\n"}
HEAD = {"md": "# Guide\n\n", "rst": "Guide\n=====\n\n"}


def issue(kind: str, options: list[str], body: str, title: str = "Title") -> str:
    """An issue in either language; the body is plain paragraphs."""
    if kind == "md":
        lines = [f":{option}" for option in options]
        return "\n".join([f"````{{revision-issue}} {title}".rstrip(), *lines, "", body, "````", ""])
    lines = [f"   :{option}" for option in options]
    indented = textwrap.indent(body, "   ")
    return "\n".join([f".. revision-issue:: {title}".rstrip(), *lines, "", indented, ""])


def pair(kind: str, text: str, options: str = "") -> str:
    if kind == "md":
        return f"```{{before-after}}\n{options}\n{text}\n```"
    return f".. before-after::\n{textwrap.indent(options, '   ')}\n{textwrap.indent(text, '   ')}"


def build(new_book: NewBook, kind: str, page: str) -> list[tuple[int, str]]:
    book = new_book({f"index.{kind}": "", "conf.py": ""})
    book.write("conf.py", 'extensions = ["myst_parser", "sphinxext_revguide"]\n')
    (book.srcdir / f"index.{kind}").write_text(page, encoding="utf-8")
    built = book.build()
    assert [
        build_warning for build_warning in built.warnings if build_warning.path != f"index.{kind}"
    ] == []
    assert "Seen text" in built.read("index.html")
    return [(build_warning.line, build_warning.type) for build_warning in built.warnings]


CASES = {
    "impact": (["impact: hihg"], "revguide.option"),
    "status": (["status: finished"], "revguide.option"),
    "reduction": (["reduction: a lot"], "revguide.option"),
    "effort": (["effort: 6-8 weeks"], "revguide.option"),
    "number": (["number: first"], "revguide.option"),
    "backwards": (["reduction: 50-40%"], "revguide.option"),
    "misspelled": (["impakt: high"], "revguide.option"),
    "twice": (["impact: high", "impact: low"], "revguide.option"),
    "pattern": (["patterns: readiness-checklists"], "revguide.unknown_pattern"),
    "no patterns": (["patterns: ,"], "revguide.option"),
    "not withdrawn": (["withdrawn: no"], "revguide.option"),
    "no budget": (["budget: ,"], "revguide.option"),
    "a budget without a number": (["budget: Tide"], "revguide.option"),
}


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("name", CASES)
def test_an_option_that_is_not_understood(new_book: NewBook, kind: str, name: str) -> None:
    options, subtype = CASES[name]
    page = HEAD[kind] + OPEN[kind] + issue(kind, options, "Seen text.")
    line = page.split("\n").index(next(x for x in page.split("\n") if options[-1] in x)) + 1
    if name == "twice":
        line = max(n for n, x in enumerate(page.split("\n"), 1) if "impact" in x)
    assert build(new_book, kind, page) == [(line, subtype)]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_the_nearest_pattern_is_suggested(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + OPEN[kind] + issue(kind, ["patterns: mlops-table"], "Seen text.")
    book = new_book({f"index.{kind}": page})
    assert "did you mean 'mlops-tables'?" in book.build().warnings[0].text


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_second_issue_of_the_same_number(new_book: NewBook, kind: str) -> None:
    one = issue(kind, ["number: 4"], "Seen text.")
    two = issue(kind, ["number: 4"], "Also seen.", "Second")
    page = HEAD[kind] + OPEN[kind] + one + "\n" + two
    line = next(n for n, x in enumerate(page.split("\n"), 1) if "Second" in x)
    assert build(new_book, kind, page) == [(line, "revguide.duplicate")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_an_issue_outside_any_guide(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + issue(kind, [], "Seen text.")
    line = page[: page.index("revision-issue")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.orphan")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_samples_outside_an_issue(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + OPEN[kind] + pair(kind, "Seen text\n\n+++\n\nafter") + "\n"
    line = page[: page.index("before-after")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.orphan")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_an_empty_issue(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + "Seen text\n\n" + OPEN[kind] + issue(kind, [], "").rstrip() + "\n"
    line = page[: page.index("revision-issue")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.empty")]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize(
    ("text", "subtype", "offset"),
    [
        ("", "revguide.empty", 0),
        ("only before", "revguide.missing_after", 0),
        ("+++\n\nonly after", "revguide.empty", 0),
        ("one\n\n+++\n\ntwo\n\n+++\n\nthree", "revguide.separator", 8),
    ],
)
def test_samples_that_are_not_two(
    new_book: NewBook, kind: str, text: str, subtype: str, offset: int
) -> None:
    page = HEAD[kind] + OPEN[kind] + issue(kind, [], "Seen text.\n\n" + pair(kind, text))
    line = page[: page.index("before-after")].count("\n") + 1
    reported = build(new_book, kind, page)
    assert reported == [(line + offset, subtype)]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_missing_after_that_is_explained(new_book: NewBook, kind: str) -> None:
    sample = pair(kind, "before", ":missing: the file ends there\n")
    page = HEAD[kind] + OPEN[kind] + issue(kind, [], "Seen text.\n\n" + sample)
    assert build(new_book, kind, page) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_missing_after_that_is_there(new_book: NewBook, kind: str) -> None:
    sample = pair(kind, "before\n\n+++\n\nafter", ":missing: the file ends there\n")
    page = HEAD[kind] + OPEN[kind] + issue(kind, [], "Seen text.\n\n" + sample)
    line = page[: page.index("before-after")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.option")]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("chapters", ["nowhere", "index", "ind*"])  # the last two are the guide
def test_chapters_that_match_no_page(new_book: NewBook, kind: str, chapters: str) -> None:
    guide = {
        "md": f"```{{revision-guide}} g\n:effort: 3 h\n:chapters: {chapters}\n```\n\nSeen text.\n",
        "rst": f".. revision-guide:: g\n   :effort: 3 h\n   :chapters: {chapters}\n\nSeen text.\n",
    }[kind]
    line = (HEAD[kind] + guide).split(":chapters:")[0].count("\n") + 1
    assert build(new_book, kind, HEAD[kind] + guide) == [(line, "revguide.chapters")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_guide_that_nobody_opens(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + OPEN[kind] + issue(kind, ["guide: gg"], "Seen text.")
    line = page[: page.index("revision-issue")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.unknown_guide")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_missing_title_and_a_missing_id(new_book: NewBook, kind: str) -> None:
    guide = {"md": "```{revision-guide}\n```\n\n", "rst": ".. revision-guide::\n\n"}[kind]
    page = HEAD[kind] + guide + issue(kind, [], "Seen text.", "")
    line = page[: page.index("revision-issue")].count("\n") + 1
    first = page[: page.index("revision-guide")].count("\n") + 1
    assert build(new_book, kind, page) == [(first, "revguide.guide_id"), (line, "revguide.title")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_locked_phrase_that_is_gone(new_book: NewBook, kind: str) -> None:
    locks = {
        "md": "```{locked-preserve}\n- kept: `a phrase`\n- gone: `no such words`\n- tone\n```\n",
        "rst": ".. locked-preserve::\n\n   - kept: ``a phrase``\n   - gone: ``no such words``\n"
        "   - tone\n",
    }[kind]
    page = HEAD[kind] + OPEN[kind] + locks
    book = new_book({"chapter.md": "---\norphan: true\n---\n\n# C\n\nHere is a\nphrase.\n"})
    (book.srcdir / f"index.{kind}").write_text(page, encoding="utf-8")
    built = book.build()
    line = page[: page.index("gone:")].count("\n") + 1
    assert [(build_warning.line, build_warning.type) for build_warning in built.warnings] == [
        (line, "revguide.locked")
    ]
    html = built.read("index.html")
    rows = BeautifulSoup(html, "html.parser").select(".revguide-locked li")
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "Kept kept: a phrase Line 7",
        "Missing gone: no such words “no such words” is not in any chapter.",
        "Not checked tone No wording to look for. Please judge this one yourself.",
    ]
    assert "1 missing, 1 kept, 1 to check yourself" in html


def test_every_subtype_is_documented_and_used() -> None:
    package = Path(sphinxext_revguide.__file__).parent
    modules = [path for path in package.rglob("*.py") if path.stem != "subtypes"]
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    reported = set(re.findall(r"""\.problem\(\s*"(\w+)\"""", source))
    assert reported <= set(SUBTYPES)
    assert len(reported) > 5
    assert [name for name in SUBTYPES if f'"{name}"' not in source] == []


def test_a_fence_shown_as_code_is_not_a_directive(new_book: NewBook) -> None:
    page = HEAD["md"] + OPEN["md"] + issue("md", [], "Seen text.\n\n```text\n:::{note}\n```")
    assert build(new_book, "md", page) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_second_guide_of_the_same_id(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + OPEN[kind] + "Seen text.\n\n" + OPEN[kind]
    line = page[: page.rindex("revision-guide")].count("\n") + 1
    assert build(new_book, kind, page) == [(line, "revguide.duplicate")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_guide_that_was_imported_twice_is_reported_once(new_book: NewBook, kind: str) -> None:
    page = HEAD[kind] + OPEN[kind] + issue(kind, [], "Seen text.") + issue(kind, [], "Other text.")
    book = new_book({f"index.{kind}": HEAD[kind], f"a.{kind}": page, f"b.{kind}": page})
    reported = [each for each in book.build().warnings if each.type == "revguide.duplicate"]
    assert [each.path for each in reported] == [f"b.{kind}"]
    line = page[: page.index("revision-guide")].count("\n") + 1
    assert (
        f"is already defined at a.{kind}:{line}, with 2 issue numbers in common" in reported[0].text
    )
    assert "If it was imported twice, remove one of the two pages" in reported[0].text


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_mistake_in_a_file_that_two_pages_include_is_reported_once(
    new_book: NewBook, kind: str
) -> None:
    include = {"md": "```{include} part.inc\n```\n", "rst": ".. include:: part.inc\n"}[kind]
    allow = {
        "md": "```{revision-allow} table-density\n:x: y\n\nText.\n```\n",
        "rst": ".. revision-allow:: table-density\n   :x: y\n\n   Text.\n",
    }[kind]
    book = new_book({f"one.{kind}": "", f"index.{kind}": "", "part.inc": ""})
    for name in ("one", "index"):
        (book.srcdir / f"{name}.{kind}").write_text(f"{HEAD[kind]}{include}")
    (book.srcdir / "part.inc").write_text(allow)
    built = book.build()
    options = [one for one in built.warnings if one.type == "revguide.option"]
    assert [(one.path, one.line) for one in options] == [("part.inc", 2)]
