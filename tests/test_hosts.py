"""Other hosts than MyST-Parser: a book of reStructuredText alone, and Jupyter Book 1.

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

import pytest

from tests.conftest import Book, needs
from tests.host_books import CODE, GUIDE, HEAD, MORE, PATTERN, SECTION, TOP, ipynb, line_of, places

NewBook = Callable[..., Book]
pytestmark = pytest.mark.builds


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
def test_a_book_without_myst_gets_all_warnings(rst_book: Book, parallel: int) -> None:
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
        entry["allowed"] and entry["allowed"]["reason"]
        for entry in report["findings"]
        if f"revguide.{entry['pattern']}" == PATTERN
    ]
    assert allowed == [None, "the harbour master's form"]
    assert {build_warning.type.partition(".")[0] for build_warning in built.warnings} == {
        "revguide"
    }


@pytest.mark.parametrize("builder", ["latex", "text", "man", "epub", "gettext"])
def test_a_book_without_myst_in_other_formats(rst_book: Book, builder: str) -> None:
    built = rst_book.build(builder, copyright="2026", version="1")
    assert {build_warning.type.partition(".")[0] for build_warning in built.warnings} <= {
        "revguide"
    }


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
        (entry["path"], entry["line"])
        for entry in report["findings"]
        if entry["flagged"] and f"revguide.{entry['pattern']}" == PATTERN
    }
    assert found == wanted(jupyter_book)
