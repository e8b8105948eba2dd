"""Catalogs hold the texts of guides and samples, and translated books show them translated."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.conftest import Book, Built
from tests.wide_guide import BOOK, SYMBOLS, flat, in_order

NewBook = Callable[..., Book]


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
    # Patterns are searched for in what the author wrote.
    assert [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in built.warnings
    ] == [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in original.warnings
    ]
    assert ("harbour.md", 5, "revguide.readiness-checklist") in [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in built.warnings
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
