"""Guides in LaTeX and PDF.

Tests that need TeX are skipped, with a reason, where it is not installed, unless REVGUIDE_TEX
requires it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest

from sphinxext_revguide.render.latex import symbols
from tests.conftest import Book, Built
from tests.test_builders import REQUIRED
from tests.wide_guide import BOOK, flat, in_order

NewBook = Callable[..., Book]
ENGINES = ("pdflatex", "xelatex", "lualatex")


def test_files_of_latex_are_where_a_guide_is(new_book: NewBook) -> None:
    built = new_book(BOOK).build("latex")
    assert r"\usepackage{revguide}" in built.read("book.tex")
    assert r"\newenvironment{sphinxclassrevguide-card}" in built.read("revguide.sty")
    # Sphinx's Makefile takes every .tex file for a document.
    assert [path.name for path in built.outdir.glob("*.tex")] == ["book.tex"]
    plain = {"index.md": "# Book ✅\n"}
    for book, mode in ((plain, "review"), (BOOK, "release")):
        built = new_book(book).build("latex", revguide_mode=mode)
        assert "revguide" not in built.read("book.tex")
        assert not list(built.outdir.glob("revguide*"))


def test_symbols_are_named_or_drawn() -> None:
    reported = dict(
        re.findall(r"\{(.)\}\{[0-9A-F]+\}\{(.*)\}\{.*\}", "".join(symbols("a✅🔴→Ω\ufe0f")))
    )
    assert reported == {
        "✅": r"\ding{51}", "🔴": "[large red circle]", "→": r"\ensuremath{\rightarrow}",
        "Ω": "[greek capital letter omega]", "\ufe0f": "",
    }  # fmt: skip


def test_lists_are_not_deeper_than_latex_allows(new_book: NewBook) -> None:
    text = new_book(BOOK).build("latex").read("book.tex")
    depth = deepest = 0
    for step in re.findall(r"\\(begin|end)\{(?:itemize|enumerate|quote)\}", text):
        depth += 1 if step == "begin" else -1
        deepest = max(deepest, depth)
    assert deepest == 4
    in_order(text, "level 3 of it", "\\sphinxhyphen{} level 4 of it", "level 11 of it")


def _pdf(built: Built, engine: str) -> str:
    missing = [name for name in (engine, "latexmk", "pdftotext") if shutil.which(name) is None]
    if missing and not REQUIRED:
        pytest.skip(f"not installed: {', '.join(missing)}")
    run = subprocess.run(
        ["make", "-s", "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"],
        cwd=built.outdir, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]
    shown = subprocess.run(
        ["pdftotext", "-layout", built.outdir / "book.pdf", "-"], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return flat(shown.stdout)


def _has(engine: str) -> bool:
    files = ["FreeSerif.otf"] if engine != "pdflatex" else []
    files += ["luatex85.sty"] if engine == "lualatex" else []
    if REQUIRED or shutil.which("kpsewhich") is None:
        return REQUIRED and engine != "lualatex"
    listed = subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout
    return all(
        name in listed
        or subprocess.run(["kpsewhich", name], capture_output=True, check=False).returncode == 0
        for name in files
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_pdf(new_book: NewBook, engine: str) -> None:
    if not _has(engine):
        pytest.skip(f"{engine} with the fonts of Sphinx is not installed")
    built = new_book(BOOK).build("latex", latex_engine=engine)
    text = _pdf(built, engine)
    in_order(
        text, "Issue 1: Symbols [rocket] in titles", "Impact: critical", "Before: As drafted",
        "ok", "no", "so", "to", "by", "1", "2", "3", "[large red circle] red [rocket] up",
        "After: As told", "Ana: yes.", "Tom: no.", "Costs $5 now and $6 then",
        "Why it matters", "The reason.", "level 11 of it", "cell 11", "row 69", "start",
        "After (missing)",
    )  # fmt: skip
    assert re.search(r"end (✓|✔|✅|\[check mark\])", text.partition("row 69")[2])
    log = built.read("book.log")
    # A variation selector is nothing to see.
    lost = re.findall(r"Missing character: There is no (.)", log)
    assert set(lost) <= {"\ufe0f"}
    # Frames know where they begin and end.
    places = re.findall(r"\\revguide@at\{(\d+)\}\{frame\}\{(\w+)\}", built.read("book.aux"))
    assert [end for _number, end in places].count("start") == 3
    assert [end for _number, end in places].count("end") == 3


def test_the_preamble_of_the_author_stands(new_book: NewBook) -> None:
    if not _has("pdflatex"):
        pytest.skip("pdflatex is not installed")
    preamble = (
        r"\DeclareUnicodeCharacter{2705}{OWNTICK}"
        r"\renewenvironment{sphinxclassrevguide-card}{OWNCARD}{}"
    )
    built = new_book(BOOK).build(
        "latex", latex_engine="pdflatex", latex_elements={"preamble": preamble}
    )
    text = _pdf(built, "pdflatex")
    assert "The problem OWNTICK of it." in text
    assert text.count("OWNCARD") == 2
