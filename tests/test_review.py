"""A review taken from the built pages is written into the guide, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.review_file import (
    Decision,
    ReviewError,
    UnfitError,
    apply,
    read_review,
)
from sphinxext_revguide.model import Issue
from tests.conftest import Book

NewBook = Callable[..., Book]

MYST = """\
# Guide

```{revision-guide} g
```

````{revision-issue} One
:impact: high
:status: open

Problem.

```{before-after}
a
+++
b
```
````

````{revision-issue} Two

Problem.
````
"""

RST = """\
Guide
=====

.. revision-guide:: g

.. revision-issue:: A title that goes
   on here
   :impact: high
   :note: what was said
     before

   Problem.

.. revision-issue:: Two

   Problem.
"""


def review(*decisions: Decision) -> str:
    fields = ("issue", "digest", "decision", "comment")
    said = [{name: getattr(one, name) for name in fields} for one in decisions]
    return json.dumps({"format": "revguide-review", "version": 1, "decisions": said})


def issues(book: Book) -> dict[str, Issue]:
    return {one.id: one for one in book.build("dummy").domain.book.issues}


def run(book: Book, text: str, *options: str) -> int:
    file = book.srcdir.parent / "review.json"
    file.write_text(text, encoding="utf-8")
    return main(["review", "apply", str(file), str(book.srcdir), *options])


def test_decisions_become_options_and_every_other_byte_stays(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    path = book.srcdir / "index.md"
    path.write_bytes(MYST.replace("\n", "\r\n").encode())
    known = issues(book)
    text = review(
        Decision("g-1", known["g-1"].digest, "accept", "Good.\nDo it."),
        Decision("g-2", known["g-2"].digest, "reject", ""),
    )
    before = path.read_bytes()
    assert run(book, text) == 0
    assert path.read_bytes() == before
    shown = capfd.readouterr().out
    assert "-:status: open\n+:status: accepted\n+:note: Good. Do it.\n" in shown
    assert run(book, text, "--write") == 0
    wanted = MYST.replace(":status: open", ":status: accepted\n:note: Good. Do it.")
    wanted = wanted.replace("} Two\n", "} Two\n:status: rejected\n")
    assert path.read_bytes() == wanted.replace("\n", "\r\n").encode()
    again = issues(book)
    assert [one.status.value for one in again.values()] == ["accepted", "rejected"]
    assert again["g-1"].note == "Good. Do it."
    # What a reviewer says of an issue does not change it: the review still fits.
    assert run(book, text) == 0


def test_rst_with_titles_and_notes_of_several_lines(new_book: NewBook) -> None:
    book = new_book({"index.rst": RST})
    known = issues(book)
    assert known["g-1"].note == "what was said before"
    text = review(
        Decision("g-1", known["g-1"].digest, "change", "Shorter."),
        Decision("g-2", known["g-2"].digest, "accept", "Yes."),
    )
    assert run(book, text, "--write") == 0
    wanted = RST.replace(
        ":note: what was said\n     before\n", ":note: Shorter.\n   :status: open\n"
    ).replace(":: Two\n", ":: Two\n   :status: accepted\n   :note: Yes.\n")
    assert (book.srcdir / "index.rst").read_text(encoding="utf-8") == wanted
    again = issues(book)
    assert [again["g-1"].note, again["g-2"].note] == ["Shorter.", "Yes."]


def test_options_in_yaml(new_book: NewBook) -> None:
    page = MYST.replace(":impact: high\n:status: open", "---\nimpact: high\nstatus: open\n---")
    book = new_book({"index.md": page})
    digest = issues(book)["g-1"].digest
    assert run(book, review(Decision("g-1", digest, "reject", "No.")), "--write") == 0
    wanted = page.replace("status: open\n", "status: rejected\nnote: No.\n")
    assert (book.srcdir / "index.md").read_text(encoding="utf-8") == wanted
    assert issues(book)["g-1"].note == "No."


def test_what_no_longer_fits_is_refused(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    digest = issues(book)["g-1"].digest
    book.write("index.md", MYST.replace("Problem.\n\n```{before", "Another.\n\n```{before"))
    changed = (book.srcdir / "index.md").read_bytes()
    text = review(Decision("g-1", digest, "accept", ""), Decision("g-9", "x", "accept", ""))
    assert run(book, text, "--write") == 1
    told = capfd.readouterr().err
    assert "index.md:6: g-1: refused: it has changed since it was reviewed" in told
    assert "g-9: refused: no guide has this issue" in told
    assert (book.srcdir / "index.md").read_bytes() == changed


def test_the_note_is_shown_as_text(new_book: NewBook) -> None:
    page = MYST.replace(":status: open", ":note: Too *long*, <b>says</b> the editor")
    html = new_book({"index.md": page}).build().read("index.html")
    assert "Too *long*, &lt;b&gt;says&lt;/b&gt; the editor" in html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "no review that was saved"),
        ("{", "no review that was saved"),
        ('{"format": "x"}', "'format' is 'x'"),
        ('{"format": "revguide-review", "version": 9}', "version 9"),
        (review(Decision("a", "b", "burn", "")), "'burn' is no decision"),
    ],
)
def test_a_file_that_is_no_review(text: str, told: str) -> None:
    with pytest.raises(ReviewError, match=told):
        read_review(text)


def test_an_issue_of_an_included_file_is_refused() -> None:
    issue = Issue("g", 1, "One", line=1, digest="d")
    with pytest.raises(UnfitError, match="included file"):
        apply("# Guide\n", issue, Decision("g-1", "d", "accept", ""))


def test_the_program_says_what_is_no_review(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.json"
    file.write_text("no")
    assert main(["review", "apply", str(file), str(tmp_path)]) == 2
    assert "x.json: it is no review" in capfd.readouterr().err
