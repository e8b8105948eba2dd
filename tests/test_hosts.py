"""Other hosts than MyST-Parser: a book of reStructuredText alone, MyST-NB, Jupyter Book 1.

Tests of a host that is not installed are skipped, saying so, unless REVGUIDE_REQUIRED names it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from tests.conftest import CHECKLIST, Book, Built, needs

NewBook = Callable[..., Book]
pytestmark = pytest.mark.builds

HEAD = "| Check | Required"
PATTERN = "revguide.readiness-checklist"

GUIDE = f"""\
# Guide

```{{revision-guide}} ferry
:chapters: chapter*
```

```{{locked-preserve}}
- When dues are paid: `dues are paid before noon`
- What was never there: `a lighthouse`
```

`````{{revision-issue}} A checklist without a doubt
:impact: high
:patterns: readiness-checklist

The problem.

````{{before-after}}
## Opening readiness

{CHECKLIST}
+++

One gate **sticks**; somebody says so.
````
`````

````{{revision-issue}} Another
:effort: some
````
"""


MORE = {f"more{n}": "A page\n======\n" for n in range(6)}
"""Sphinx reads in several processes from six pages on."""


def line_of(book: Book, name: str, text: str, nth: int = 0) -> int:
    """Return the 1-based line of a file on which a text stands for the nth time."""
    lines = (book.srcdir / name).read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if text in line][nth]


def places(built: Built, kind: str) -> list[tuple[str, int]]:
    return [(one.path, one.line) for one in built.told if one.type == kind]


# A book without MyST

RST_CHAPTER = """\
Terminal
========

Opening readiness
-----------------

========  ========  ========  ======
Check     Required  Observed  State
========  ========  ========  ======
Gangway   90 s      74 s      Passed
Gates     12        12        Passed
Marshals  100 %     100 %     Passed
========  ========  ========  ======

All checks are satisfied.

.. locked-passage:: dues

   Dues are paid before noon.

Winter readiness
----------------

.. revguide: allow readiness-checklist -- the harbour master's form

========  ========  ========  ======
Check     Required  Observed  State
========  ========  ========  ======
Cranes    40 t      44 t      Passed
Locks     7         7         Passed
Pilots    3         3         Passed
========  ========  ========  ======
"""

RST_GUIDE = """\
Guide
=====

.. revision-guide:: ferry
   :chapters: chapter

.. locked-preserve::

   - When dues are paid: ``dues are paid before noon``
   - What was never there: ``a lighthouse``

.. revision-issue:: A checklist without a doubt
   :impact: high
   :patterns: readiness-checklist

   .. before-after::
      :format: markdown

      ## Opening readiness

      | Check | Required | Observed | State |
      |---|---|---|---|
      | Gangway | 90 s | 74 s | Passed |
      | Gates | 12 | 12 | Passed |
      | Marshals | 100 % | 100 % | Passed |

      All checks are satisfied.

      +++

      One gate **sticks**; somebody says so.

   .. before-after::

      Every *tug* is ready.

      +++

      One ``tug`` waits.

.. revision-issue:: Another
   :effort: some
"""

RST_FILES = {
    "index.rst": "Book\n====\n\n.. toctree::\n\n   chapter\n   guide\n\n.. revision-overview::\n",
    "chapter.rst": RST_CHAPTER,
    "guide.rst": RST_GUIDE,
}


@pytest.fixture
def rst_book(new_book: NewBook) -> Book:
    book = new_book(RST_FILES)
    book.write("conf.py", 'extensions = ["sphinxext_revguide"]\n')
    return book


def test_a_book_without_myst_shows_cards_of_both_markups(rst_book: Book) -> None:
    built = rst_book.build()
    assert not [name for name in built.app.extensions if "myst" in name]
    html = built.read("guide.html")
    assert html.count('class="revguide-issue') == 2
    assert "<strong>sticks</strong>" in html
    assert html.count("<td>Passed</td>") + html.count("<td><p>Passed</p></td>") == 3
    assert "<em>tug</em>" in html
    assert 'href="guide.html#revision-issue-ferry-1"' in built.read("index.html")


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_book_without_myst_is_told_of_everything(rst_book: Book, parallel: int) -> None:
    for name, text in MORE.items():
        rst_book.write(f"{name}.rst", f":orphan:\n\n{text}")
    built = rst_book.build("revguide", parallel=parallel)
    chapter = line_of(rst_book, "chapter.rst", "Check     Required")
    assert places(built, PATTERN) == [("chapter.rst", chapter)]
    lock = line_of(rst_book, "guide.rst", "a lighthouse")
    assert places(built, "revguide.locked") == [("guide.rst", lock)]
    assert places(built, "revguide.passage") == [
        ("chapter.rst", line_of(rst_book, "chapter.rst", ".. locked-passage"))
    ]
    report = json.loads(built.read("revguide.json"))
    allowed = [
        one["allowed"] and one["allowed"]["reason"]
        for one in report["findings"]
        if f"revguide.{one['pattern']}" == PATTERN
    ]
    assert allowed == [None, "the harbour master's form"]
    assert {one.type.partition(".")[0] for one in built.told} == {"revguide"}


@pytest.mark.parametrize("builder", ["latex", "text", "man", "epub", "gettext"])
def test_a_book_without_myst_in_other_formats(rst_book: Book, builder: str) -> None:
    built = rst_book.build(builder, copyright="2026", version="1")
    assert {one.type.partition(".")[0] for one in built.told} <= {"revguide"}


# MyST-NB

TOP = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
CODE = "```{code-cell}\n1 + 1\n```\n"
SECTION = f"## Opening readiness\n\n{CHECKLIST}"
PASSAGE = "```{locked-passage} dues\nDues are paid\nbefore noon.\n```\n"
NOTEBOOK = {
    "index.md": "# Book\n\n```{toctree}\nchapter\nguide\n```\n",
    "guide.md": GUIDE,
}


def notebook_book(new_book: NewBook, files: dict[str, str]) -> Book:
    needs("myst_nb")
    book = new_book(NOTEBOOK | files)
    book.write(
        "conf.py",
        'extensions = ["myst_nb", "sphinxext_revguide"]\nnb_execution_mode = "off"\n'
        'suppress_warnings = ["myst-nb.lexer"]\n',
    )
    return book


def ipynb(*cells: str, indent: int | None = 1, joined: bool = False) -> str:
    """Return a notebook; a cell that begins with ``%`` is code."""

    def cell(text: str) -> dict[str, Any]:
        source = text if joined else text.splitlines(keepends=True)
        if not text.startswith("%"):
            return {"cell_type": "markdown", "metadata": {}, "source": source}
        more: dict[str, Any] = {"execution_count": None, "outputs": []}
        return {"cell_type": "code", "metadata": {}, "source": source, **more}

    spec = {"name": "python3", "display_name": "Python", "language": "python"}
    notebook = {
        "cells": [cell(text) for text in cells],
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(notebook, indent=indent)


@pytest.mark.parametrize("blank", [0, 1, 2, 5])
@pytest.mark.parametrize(
    "break_", [CODE, "+++\n", CODE + "\n" + CODE, '+++ {"tags": []}\n\n\n+++\n']
)
def test_lines_of_a_markdown_notebook(new_book: NewBook, break_: str, blank: int) -> None:
    gap = "\n" * blank
    text = f"{TOP}{gap}# Terminal\n\n{SECTION}\n{break_}{gap}{SECTION}\n{break_}{gap}{PASSAGE}"
    book = notebook_book(new_book, {"chapter.md": text})
    built = book.build()
    lines = [line_of(book, "chapter.md", HEAD, nth) for nth in (0, 1)]
    assert places(built, PATTERN) == [("chapter.md", line) for line in lines]
    passage = line_of(book, "chapter.md", "{locked-passage}")
    assert places(built, "revguide.passage") == [("chapter.md", passage)]
    assert 'class="revguide-issue' in built.read("guide.html")


@pytest.mark.parametrize("parallel", [1, 2])
def test_lines_of_a_notebook_are_those_of_its_file(new_book: NewBook, parallel: int) -> None:
    cells = ("# Terminal\n\nText.", "%time\n1 + 1", SECTION, SECTION, f"Last.\n\n{PASSAGE}")
    more = {f"{name}.md": f"---\norphan: true\n---\n{text}" for name, text in MORE.items()}
    book = notebook_book(new_book, {"chapter.ipynb": ipynb(*cells)} | more)
    built = book.build("revguide", parallel=parallel)
    lines = [line_of(book, "chapter.ipynb", HEAD, nth) for nth in (0, 1)]
    assert places(built, PATTERN) == [("chapter.ipynb", line) for line in lines]
    passage = line_of(book, "chapter.ipynb", "{locked-passage}")
    assert places(built, "revguide.passage") == [("chapter.ipynb", passage)]
    report = json.loads(built.read("revguide.json"))
    kept, missing = (one["phrases"][0]["found"] for one in report["locks"])
    assert kept == [{"docname": "chapter", "line": passage + 1}]
    assert missing == []
    where = report["issues"][0]["samples"][0]["where"]
    assert where == {"docname": "chapter", "line": line_of(book, "chapter.ipynb", "## Opening")}
    [size] = [one for one in report["chapters"] if one["docname"] == "chapter"]
    assert size["bytes"] == len("\n\n".join(cells).encode())


@pytest.mark.parametrize("shape", [{"indent": None}, {"joined": True}])
def test_a_notebook_in_another_shape_still_has_lines(
    new_book: NewBook, shape: dict[str, Any]
) -> None:
    text = ipynb("# Terminal", SECTION, PASSAGE, **shape)
    book = notebook_book(new_book, {"chapter.ipynb": text})
    built = book.build()
    line = line_of(book, "chapter.ipynb", HEAD)
    assert places(built, PATTERN) == [("chapter.ipynb", line)]
    assert len(places(built, "revguide.locked")) == 1


def test_an_allowance_in_a_notebook_covers_what_it_should(new_book: NewBook) -> None:
    allow = "% revguide: allow readiness-checklist -- the harbour master's form\n\n"
    wrapped = f"````{{revision-allow}} readiness-checklist\n:reason: a form\n\n{CHECKLIST}\n````\n"
    cells = ("# Terminal", allow + CHECKLIST, SECTION, f"## Winter readiness\n\n{wrapped}")
    for name, text in {
        "chapter.ipynb": ipynb(*cells),
        "chapter.md": TOP + f"\n{CODE}\n\n".join(cells),
    }.items():
        book = notebook_book(new_book, {name: text})
        built = book.build()
        assert places(built, PATTERN) == [(name, line_of(book, name, HEAD, 1))]
        assert not places(built, "revguide.allowance")


def test_a_guide_in_a_notebook(new_book: NewBook) -> None:
    guide = GUIDE.replace(
        "\n````{revision-issue} Another", f"\n{CODE}\n\n````{{revision-issue}} Another"
    )
    book = notebook_book(
        new_book, {"chapter.md": f"# Terminal\n\n{SECTION}", "guide.md": TOP + guide}
    )
    built = book.build()
    issues = [line_of(book, "guide.md", "{revision-issue}", nth) for nth in (0, 1)]
    assert [issue.line for issue in built.domain.book.issues] == issues
    assert [issue.pairs[0].line for issue in built.domain.book.issues if issue.pairs] == [
        line_of(book, "guide.md", "{before-after}")
    ]
    lock = line_of(book, "guide.md", "a lighthouse")
    assert ("guide.md", lock) in places(built, "revguide.locked")
    assert places(built, "revguide.option") == [
        ("guide.md", line_of(book, "guide.md", ":effort: some"))
    ]
    assert "revguide-lock" in built.read("guide.html")


def test_a_page_of_markdown_keeps_its_lines_beside_notebooks(new_book: NewBook) -> None:
    book = notebook_book(new_book, {"chapter.md": f"# Terminal\n\n{SECTION}\n{PASSAGE}"})
    built = book.build()
    assert places(built, PATTERN) == [("chapter.md", line_of(book, "chapter.md", HEAD))]
    [section] = [
        node.line
        for node in built.doctree("chapter").findall(nodes.section)
        if node.astext().startswith("Opening")
    ]
    assert section == line_of(book, "chapter.md", "## Opening")


# Jupyter Book 1

JUPYTER_CONFIG = """\
title: Harbour
execute:
  execute_notebooks: "off"
sphinx:
  extra_extensions: [sphinxext_revguide]
  config:
    suppress_warnings: ["myst-nb.lexer"]
"""
JUPYTER_TOC = (
    "format: jb-book\nroot: index\nchapters:\n- file: chapter\n- file: chapter2\n- file: guide\n"
)


@pytest.fixture
def jupyter_book(tmp_path: Path) -> Path:
    try:
        present = version("jupyter-book").startswith("1.")
    except PackageNotFoundError:
        present = False
    needs("jupyter_book", present=present)
    files = {
        "_config.yml": JUPYTER_CONFIG,
        "_toc.yml": JUPYTER_TOC,
        "index.md": "# Book\n\n{revguide:issue}`ferry-1`\n",
        "chapter.md": f"{TOP}\n# Terminal\n\n{CODE}\n\n{SECTION}",
        "chapter2.ipynb": ipynb("# Pier", SECTION),
        "guide.md": GUIDE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    output = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert done.returncode == 0, output
    return output


def warned(output: str, root: Path) -> set[tuple[str, int]]:
    found = re.findall(rf"(\S+):(\d+): WARNING: .*\[{re.escape(PATTERN)}\]", output)
    return {(Path(path).relative_to(root).as_posix(), int(line)) for path, line in found}


def wanted(root: Path) -> set[tuple[str, int]]:
    return {
        (name, number)
        for name in ("chapter.md", "chapter2.ipynb")
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), 1)
        if HEAD in line
    }


def test_jupyter_book_builds_cards_and_warns(jupyter_book: Path) -> None:
    program = Path(sys.executable).with_name("jupyter-book")
    output = run(program, "build", jupyter_book)
    assert warned(output, jupyter_book) == wanted(jupyter_book)
    html = (jupyter_book / "_build/html/guide.html").read_text("utf-8")
    assert html.count('class="revguide-issue') == 2
    assert "<strong>sticks</strong>" in html
    assert "_static/revguide.css" in html
    assert "guide.html#" in (jupyter_book / "_build/html/index.html").read_text("utf-8")


def test_what_jupyter_book_writes_for_sphinx_builds_a_report(jupyter_book: Path) -> None:
    run(Path(sys.executable).with_name("jupyter-book"), "config", "sphinx", jupyter_book)
    out = jupyter_book / "out"
    output = run(sys.executable, "-m", "sphinx", "-b", "revguide", jupyter_book, out)
    assert warned(output, jupyter_book) == wanted(jupyter_book)
    report = json.loads((out / "revguide.json").read_text("utf-8"))
    found = {
        (one["path"], one["line"])
        for one in report["findings"]
        if one["flagged"] and f"revguide.{one['pattern']}" == PATTERN
    }
    assert found == wanted(jupyter_book)
