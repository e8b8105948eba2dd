"""The guide in the book: what an edit, a deletion or a new pattern refreshes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.conftest import Book
from tests.ferry import FILES, GUIDE, INDEX, text_of

NewBook = Callable[..., Book]


def test_an_edited_chapter_refreshes_the_guide(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert "Still in the book: 1 finding" in text_of(book.build().read("guide.html"))
    book.write("chapter.md", "# Terminal\n\nRewritten, and nobody was happy.\n")
    built = book.build()
    assert built.warnings == []
    assert "Still in the book: 1 finding" not in text_of(built.read("guide.html"))
    assert "Nothing that this guide flags is left in the book." in built.read("guide.html")


def test_a_deleted_chapter_refreshes_the_guide(new_book: NewBook) -> None:
    book = new_book(FILES)
    book.build()
    (book.srcdir / "chapter.md").unlink()
    book.write("index.md", INDEX.replace("chapter\n", ""))
    built = book.build()
    assert built.types() == ["revguide.chapters"]
    assert "chapter.md:5" not in built.read("guide.html")


def test_a_changed_issue_reads_no_chapter_again(new_book: NewBook) -> None:
    book = new_book(FILES)
    book.build()
    book.write("guide.md", GUIDE.replace(":impact: high", ":status: rejected"))
    built = book.build()
    assert built.warnings == []
    assert "updating environment: 0 added, 1 changed" in built.app.status.getvalue().replace(
        "\x1b[1m", ""
    ).replace("\x1b[39;49;00m", "")


def test_a_changed_pattern_file_is_noticed(new_book: NewBook) -> None:
    own = (
        "[[pattern]]\nid = 'gangway'\ntitle = 'Gangway'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n"
        "threshold = 1.0\n[[pattern.form]]\nshape = 'section'\n"
        "needs = [{ signal = 'says', lexicon = 'own' }]\n[lexicon.own]\nwords = ['WORD']\n"
    )
    book = new_book(FILES)
    book.write("own.toml", own.replace("WORD", "nothing of it"))
    options: dict[str, Any] = {
        "revguide_patterns": ["own.toml"],
        "revguide_flag": ["gangway"],
    }
    assert book.build(**options).types() == ["revguide.readiness-checklist"]
    book.write("own.toml", own.replace("WORD", "satisf*"))
    assert sorted(book.build(**options).types()) == [
        "revguide.gangway", "revguide.readiness-checklist",
    ]  # fmt: skip


def test_a_renamed_issue_refreshes_the_pages_that_refer_to_it(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert "A checklist without a doubt" in book.build().read("index.html")
    book.write("guide.md", GUIDE.replace("A checklist *without* a doubt", "Another title"))
    html = book.build().read("index.html")
    assert "Another title" in html
    assert "A checklist without a doubt" not in html
