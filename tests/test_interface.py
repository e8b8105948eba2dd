"""The words of the interface in other languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from sphinxext_revguide.i18n import ADVICE, CATALOG, LOCALE, PATTERNS
from sphinxext_revguide.patterns.loader import load_library
from tests.conftest import Book

LANGUAGES = sorted(path.name for path in LOCALE.iterdir())


def catalog(language: str, suffix: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / f"{CATALOG}{suffix}"
    with path.open("rb") as file:
        return read_po(file) if suffix == ".po" else read_mo(file)


def test_there_are_german_and_french() -> None:
    assert {"de", "fr"} <= set(LANGUAGES)


def test_no_text_is_hidden_in_an_f_string() -> None:
    """What collects the texts does not look into them, so that nobody would translate it."""
    texts = {message.id for message in catalog("de", ".po")}
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in LOCALE.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "_n"}
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value not in texts
    ]
    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_whole(language: str) -> None:
    """Otherwise run `make catalogs`, and translate what is new."""
    texts = {
        message[2]
        for message in extract_from_dir(
            Path(LOCALE).parent, method_map=[("**.py", "python")], keywords={"_": None, "_n": None}
        )
    }
    translated = {message.id: message.string for message in catalog(language, ".po") if message.id}
    assert set(translated) == texts
    assert [text for text, string in translated.items() if not string] == []
    for text, string in translated.items():
        # What is filled in must be there in the translation, too.
        assert sorted(_places(str(text))) == sorted(_places(str(string))), text
    compiled = {message.id: message.string for message in catalog(language, ".mo") if message.id}
    assert compiled == translated


def _places(text: str) -> list[str]:
    return re.findall(r"%(?:\.\d)?[a-z%]", text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Gewicht", "Vorher", "Nachher", "kritisch", "Nebeneinander"]),
        ("fr", ["Avant", "Après", "Impact", "critique", "Côte à côte"]),
    ],
)
def test_a_book_speaks_its_language(
    new_book: Callable[..., Book], language: str, words: list[str]
) -> None:
    book = new_book({
        "index.md": """
            # Index

            ````{revision-guide} g
            ````

            ````{revision-issue} First
            :impact: critical

            ```{before-after}
            One two.

            +++

            Two.
            ```
            ````
        """,
    })  # fmt: skip
    page = book.build(language=language).read("index.html")
    for word in words:
        assert word in page
    for word in (">Before<", ">critical<", "Side by side"):
        assert word not in page


def test_the_title_of_every_shipped_pattern_is_translated() -> None:
    """A pack's titles and advice are also in ``i18n.py``, which the catalogs are made of."""
    patterns = load_library().patterns.values()
    assert {pattern.title for pattern in patterns} == set(PATTERNS)
    assert {pattern.instead for pattern in patterns} == set(ADVICE)


CHAPTER = """
# Kapitel

| Check | Required | State |
|---|---|---|
| Gangway | lowers in 30 s | ✅ Pass |
| Lifejackets | 400 | ✅ Pass |
| Ticket gates | 12 of 12 | ✅ Pass |

**Ready to open.**
"""
GUIDES = {
    "guide.md": """
        # Guide

        ```{revision-guide} g
        :chapters: chapter
        ```

        ```{revision-issue} First
        :patterns: readiness-checklist

        It passes.
        ```

        See {revguide:pattern}`readiness-checklist`.
    """,
    "guide.rst": """
        Guide
        =====

        .. revision-guide:: g
           :chapters: chapter

        .. revision-issue:: First
           :patterns: readiness-checklist

           It passes.

        See :revguide:pattern:`readiness-checklist`.
    """,
}


@pytest.mark.parametrize("name", GUIDES)
def test_a_page_shows_titles_of_patterns_in_its_language(
    new_book: Callable[..., Book], name: str
) -> None:
    index = "# Buch\n\n```{toctree}\nchapter\nguide\n```\n\n```{revision-overview}\n```\n"
    files = {"index.md": index, "chapter.md": CHAPTER, name: GUIDES[name]}
    book = new_book(files).build(language="de")
    guide = book.read("guide.html")
    assert 'title="readiness-checklist">Checkliste ohne Zweifel<' in guide
    assert 'revguide-pattern">Checkliste ohne Zweifel<' in guide
    for page in ("guide.html", "chapter.html", "index.html"):
        assert "Checkliste ohne Zweifel" in book.read(page)
        assert "Readiness checklist" not in book.read(page)
    assert "Erzählen Sie von der Sitzung." in book.read("chapter.html")
