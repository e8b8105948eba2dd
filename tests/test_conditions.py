"""Issues and passages that a build does not show are named without a link."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable

import docutils
import pytest

from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE, write_baseline
from tests.conftest import CHECKLIST, CONF, Book, Built

NewBook = Callable[..., Book]

HEAD = "# Guide\n\n```{revision-guide} g\n:chapters: terminal\n```\n\n"
ISSUE = "````{revision-issue} Of the printed book\n:patterns: readiness-checklist\n\nText.\n````\n"
UNTAKEN = {
    "only": f"`````{{only}} latex\n{ISSUE}`````\n",
    "nested only": f"``````{{only}} html\n`````{{only}} latex\n{ISSUE}`````\n``````\n",
    "ifconfig": f"`````{{ifconfig}} printed\n{ISSUE}`````\n",
    "ifconfig that fails": f"`````{{ifconfig}} no_such_name\n{ISSUE}`````\n",
}
TAKEN = {
    "only": f"`````{{only}} html\n{ISSUE}`````\n",
    "ifconfig": f"`````{{ifconfig}} not printed\n{ISSUE}`````\n",
}
INDEX = """\
# Book

```{toctree}
terminal
guide
```

The role names {revguide:issue}`g-1`, and so does {any}`g-1`.

```{revision-overview}
```
"""
TERMINAL = f"# Terminal\n\n{CHECKLIST}"


def book_with(new_book: NewBook, guide: str, terminal: str = TERMINAL) -> Book:
    book = new_book({"index.md": INDEX, "guide.md": HEAD + guide, "terminal.md": terminal})
    book.write(
        "conf.py",
        CONF.replace('"myst_parser"', '"myst_parser", "sphinx.ext.ifconfig"')
        + 'def setup(app): app.add_config_value("printed", False, "env")\n',
    )
    return book


def links(built: Built) -> set[str]:
    """Return what leads to the card of the issue, from any page, the search or the inventory."""
    found = set()
    for name in ("index", "guide", "terminal"):
        page = built.read(f"{name}.html")
        found.update(re.findall(r'href="([^"]*#revision-issue-g-1)"', page))
    inventory = (built.outdir / "objects.inv").read_bytes()
    text = zlib.decompress(inventory.partition(b"zlib.\n")[2]).decode()
    found.update(re.findall(r"^.*revguide:issue.*$", text, re.MULTILINE))
    if "revision-issue-g-1" in built.read("searchindex.js"):
        found.add("search")
    return found


def indented(text: str) -> str:
    return "".join(
        f"   {line}" if line.strip() else line for line in text.splitlines(keepends=True)
    )


def in_rst(condition: str) -> str:
    """Return the guide with its issue under conditions, in reStructuredText."""
    part = (
        ".. revision-issue:: Of the printed book\n   :patterns: readiness-checklist\n\n   Text.\n"
    )
    for line in reversed(re.findall(r"`{5,}\{(\w+)\} (.*)", condition)):
        part = f".. {line[0]}:: {line[1]}\n\n" + indented(part)
    return f"Guide\n=====\n\n.. revision-guide:: g\n   :chapters: terminal\n\n{part}"


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize("kind", UNTAKEN)
def test_an_issue_that_is_not_shown_has_no_link(new_book: NewBook, kind: str, suffix: str) -> None:
    if kind == "nested only" and docutils.__version_info__ < (0, 22):
        pytest.skip("Sphinx with docutils 0.21 cannot write a heading in nested `only`")
    book = book_with(new_book, UNTAKEN[kind])
    if suffix == "rst":
        (book.srcdir / "guide.md").unlink()
        book.write("guide.rst", in_rst(UNTAKEN[kind]))
    built = book.build()
    assert 'id="revision-issue-g-1"' not in built.read("guide.html")
    assert links(built) == set()
    # It is named all the same, in the table of the guide and at the passage.
    assert "Of the printed book" in built.read("guide.html")
    assert "Of the printed book" in built.read("terminal.html")
    assert built.read("index.html").count("Of the printed book") == 2
    assert [
        build_warning.type
        for build_warning in built.warnings
        if build_warning.path == "terminal.md"
    ] == ["revguide.readiness-checklist"]


@pytest.mark.parametrize("kind", TAKEN)
def test_an_issue_that_is_shown_has_links(new_book: NewBook, kind: str) -> None:
    built = book_with(new_book, TAKEN[kind]).build()
    assert 'id="revision-issue-g-1"' in built.read("guide.html")
    assert len(links(built)) == 4


def test_another_builder_shows_it(new_book: NewBook) -> None:
    book = book_with(new_book, UNTAKEN["only"])
    book.build()
    tex = book.build("latex").read("book.tex")
    assert "hyperref[\\detokenize{guide:revision-issue-g-1}]" in tex


def test_of_two_issues_with_one_number_the_shown_one_is_the_target(new_book: NewBook) -> None:
    shown = ISSUE.replace("printed", "browsed")
    options = ":patterns:", ":number: 1\n:patterns:"
    both = UNTAKEN["only"].replace(*options) + f"\n`````{{only}} html\n{shown}`````\n"
    built = book_with(new_book, both.replace(*options)).build()
    assert "Of the browsed book" in built.read("index.html")


TABLE = """\
.. list-table::
   :header-rows: 1

   * - Check
     - State
   * - Gangway
     - ✅ Pass
   * - Gates
     - ✅ Pass
   * - Marshals
     - ✅ Pass

All checks are satisfied.
"""
"""Shows the pattern in reST."""


@pytest.mark.parametrize("kind", ["only", "ifconfig"])
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_passage_that_is_not_shown_has_no_finding(
    new_book: NewBook, kind: str, suffix: str
) -> None:
    condition = {"only": "latex", "ifconfig": "printed"}[kind]
    guide = ISSUE + "\n```{locked-preserve}\n- The boat: `last boat`\n```\n"
    book = book_with(
        new_book,
        guide,
        f"# Terminal\n\n````{{{kind}}} {condition}\n{CHECKLIST}````\n\n"
        "## Afterwards\n\nThe `last boat` leaves.\n",
    )
    if suffix == "rst":
        (book.srcdir / "terminal.md").unlink()
        part = indented(f"For print\n---------\n\n{TABLE}")
        book.write(
            "terminal.rst",
            f"Terminal\n========\n\n.. {kind}:: {condition}\n\n{part}\n"
            "Afterwards\n----------\n\nThe last boat leaves.\n",
        )
    built = book.build()
    page = built.read("terminal.html")
    assert "Gangway" not in page
    assert "revguide-mark" not in page
    linked = re.findall(r"#(revguide-[0-9a-f]{16}|for-print)", built.read("guide.html"))
    assert linked == []
    assert 'href="terminal.html#afterwards' in built.read("guide.html")
    assert [
        build_warning.line
        for build_warning in built.warnings
        if build_warning.path == f"terminal.{suffix}"
    ] == []


CHECKED = """\
The board heard every area before the launch:

- Engineering: go
- Safety: go
- Operations: go
- Communication: go

All areas voted go. The launch was approved for Monday."""


@pytest.mark.parametrize(("condition", "found"), [("latex", False), ("html", True)])
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_pattern_in_a_part_that_is_not_shown_is_not_a_finding(
    new_book: NewBook, condition: str, suffix: str, *, found: bool
) -> None:
    inside = "\n".join(f"   {line}".rstrip() for line in CHECKED.split("\n"))
    page = (
        f"# Terminal\n\n````{{only}} {condition}\n{CHECKED}\n````\n"
        if suffix == "md"
        else f"Terminal\n========\n\n.. only:: {condition}\n\n{inside}\n"
    )
    index = "# Book\n\n```{toctree}\nterminal\n```\n"
    book = new_book({"index.md": index, f"terminal.{suffix}": page})
    book.write("conf.py", CONF + 'revguide_flag = ["go-no-go"]\n')
    types = [build_warning.type for build_warning in book.build("html").warnings]
    assert ("revguide.go-no-go" in types) is found


def test_a_verdict_on_what_another_build_shows_is_not_called_needless(new_book: NewBook) -> None:
    index = "# Book\n\n```{toctree}\nterminal\n```\n"
    page = f"# Terminal\n\n````{{only}} html\n{CHECKED}\n````\n"
    book = new_book({"index.md": index, "terminal.md": page})
    book.write("conf.py", CONF + 'revguide_flag = ["go-no-go"]\n')
    [finding] = book.build("html").domain.book.findings
    about = {"pattern": finding.pattern, "docname": finding.docname}
    verdict = {"fingerprint": finding.fingerprint, "verdict": "no-finding", "reason": "quoted"}
    book.write("revguide-verdicts.json", json.dumps([verdict | about]))
    for builder in ("html", "latex"):
        assert book.build(builder).types() == []
    book.write("terminal.md", "# Terminal\n\nText.\n")
    assert book.build("latex").types() == ["revguide.verdict"]


def test_what_another_build_shows_is_not_called_fixed(new_book: NewBook) -> None:
    index = (
        "# Book\n\n```{toctree}\nterminal\n```\n\n```{revision-overview}\n:since: last.json\n```\n"
    )
    page = f"# Terminal\n\n````{{only}} html\n{CHECKED}\n````\n"
    book = new_book({"index.md": index, "terminal.md": page, "last.json": "{}"})
    book.write("conf.py", CONF + 'revguide_flag = ["go-no-go"]\n')
    report = book.build("revguide").read("revguide.json")
    (book.srcdir / "last.json").write_text(report, encoding="utf-8")
    write_baseline(book.srcdir / BASELINE_FILE, book.build().domain.book.findings)
    for builder in ("html", "text"):
        built = book.build(builder)
        assert built.types() == []
        assert "0 fixed" in built.app.status.getvalue()
    assert "0 fixed, 0 new, 0 unchanged." in built.read("index.txt")
    book.write("terminal.md", "# Terminal\n\nText.\n")
    built = book.build("text")
    assert "1 fixed" in built.app.status.getvalue()
    assert "1 fixed, 0 new, 0 unchanged." in built.read("index.txt")
