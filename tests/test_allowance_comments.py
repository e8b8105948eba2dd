"""Comments that allow a passage: several on consecutive lines, and what is below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docutils import nodes

from sphinxext_revguide.book.allowances import comment_allowances
from tests.conftest import Book, needs
from tests.host_books import ipynb
from tests.test_allowances import FLAG, HEAD, PROMPT, comment, commented, reported, wrapped

NewBook = Callable[..., Book]
BAD = [(5, "revguide.allowance"), (7, "revguide.interactive-prompt")]


def lines(kind: str, *texts: str) -> str:
    """Return comments on consecutive lines; for MyST, they are one."""
    mark = "%" if kind == "md" else ".."
    return "".join(f"{mark} {text}\n" for text in texts) + f"\n{PROMPT}\n"


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("note", ["A note.", "Why revguide has nothing to say."])
def test_a_note_on_the_line_above_or_below_changes_nothing(
    new_book: NewBook, kind: str, note: str
) -> None:
    allow = "revguide: allow interactive-prompt -- the course needs it"
    assert reported(new_book, kind, lines(kind, note, allow)) == []
    assert reported(new_book, kind, lines(kind, allow, note)) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_each_of_several_lines_is_an_allowance(new_book: NewBook, kind: str) -> None:
    first, second = (f"revguide: allow {name} -- R" for name in ("hedging", "interactive-prompt"))
    start = HEAD[kind].count("\n") + 1
    not_needed = "revguide.allowance"
    for texts, line in (((first, second), start), ((second, first), start + 1)):
        assert reported(new_book, kind, lines(kind, *texts)) == [(line, not_needed)]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("fault", ["allow interactive-prompt", "alow interactive-prompt -- R", ""])
def test_a_mistake_on_the_second_line_is_reported_there(
    new_book: NewBook, kind: str, fault: str
) -> None:
    start = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, lines(kind, "A note.", f"revguide: {fault}")) == [
        (start + 1, "revguide.allowance"),
        (start + 3, "revguide.interactive-prompt"),
    ]


def test_a_comment_may_begin_below_its_marker(new_book: NewBook) -> None:
    block = f"..\n   revguide: allow interactive-prompt\n   -- R\n\n{PROMPT}\n\n"
    assert reported(new_book, "rst", block + block) == []
    block = block.replace("-- R", "(no reason)")
    assert reported(new_book, "rst", f"Text.\n\n{block}")[0] == (9, "revguide.allowance")


def test_a_day_may_be_followed_by_words() -> None:
    text = "revguide: allow vague -- Why (until 2099-06-30)\nA note, until Monday."
    [(allowance, problem)] = comment_allowances([nodes.comment("", text)], "quay.md")
    assert problem is None
    assert allowance is not None
    assert allowance.reason == "Why A note, until Monday."
    assert str(allowance.until) == "2099-06-30"


BETWEEN = {
    "md": ["```{index} quay\n```", "```{highlight} python\n```", "(quay)=", "% A note."],
    "rst": [".. index:: quay", ".. highlight:: python", ".. _quay:", ".. tabularcolumns:: ll"],
}


@pytest.mark.parametrize(
    ("kind", "between"), [(kind, part) for kind, parts in BETWEEN.items() for part in parts]
)
def test_what_readers_do_not_see_is_not_the_block_below(
    new_book: NewBook, kind: str, between: str
) -> None:
    body = f"{comment(kind)}\n\n{between}\n\n{PROMPT}\n\n"
    assert reported(new_book, kind, body) == []
    last = (HEAD[kind] + body).count("\n") + 1
    assert reported(new_book, kind, f"{body}{PROMPT}\n") == [(last, "revguide.interactive-prompt")]


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85"])
def test_only_line_ends_end_a_line(new_book: NewBook, sign: str) -> None:
    body = f"Tide{5 * sign}table.\n\n" + commented("md", "allow interactive-prompt -- R")
    assert reported(new_book, "md", body) == []


@pytest.mark.parametrize(
    "html", ["<!-- revguide: allow X -->", "<p>\n<!--revguide allow X-->\n</p>"]
)
def test_an_html_comment_has_no_effect_wherever_it_is(new_book: NewBook, html: str) -> None:
    assert [kind for _line, kind in reported(new_book, "md", f"{html}\n\n{PROMPT}\n")] == [
        "revguide.allowance",
        "revguide.interactive-prompt",
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["comment", "directive", "comment above"])
def test_an_allowance_of_what_another_build_shows_is_not_called_needless(
    new_book: NewBook, kind: str, form: str
) -> None:
    allowed = commented(kind, "allow interactive-prompt -- R")
    if form == "directive":
        allowed = wrapped(kind, "interactive-prompt", ":reason: R")
    head, inside = allowed.split("\n\n", 1) if form == "comment above" else ("", allowed)
    indented = "".join(f"   {line}" if line.strip() else line for line in inside.splitlines(True))
    only = (
        f"````{{only}} latex\n{inside}````\n" if kind == "md" else f".. only:: latex\n\n{indented}"
    )
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(f"{HEAD[kind]}{head}\n\n{only}", encoding="utf-8")
    for builder in ("dummy", "latex", "dummy"):
        assert book.build(builder).types() == []
    text = f"{HEAD[kind]}{allowed.replace(PROMPT, 'Text.')}\n{only.replace(PROMPT, 'Text.')}"
    (book.srcdir / f"index.{kind}").write_text(text, encoding="utf-8")
    assert book.build("dummy").types()[:1] == ["revguide.allowance"]


def test_a_comment_of_a_notebook_allows_the_block_below_it(new_book: NewBook) -> None:
    needs("myst_nb")
    text = f"# Page\n\n{PROMPT}\n\n{comment('md')}\n\n{PROMPT}\n\n{PROMPT}"
    written = ipynb(text)
    book = new_book()
    book.write(
        "conf.py",
        f'extensions = ["myst_nb", "sphinxext_revguide"]\nnb_execution_mode = "off"\n{FLAG}',
    )
    (book.srcdir / "index.ipynb").write_text(written, encoding="utf-8")
    prompts = [number for number, line in enumerate(written.split("\n"), 1) if "check:" in line]
    found = [(warning.line, warning.type) for warning in book.build("dummy").warnings]
    assert found == [(line, "revguide.interactive-prompt") for line in (prompts[0], prompts[2])]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["comment", "directive"])
def test_an_allowance_inside_a_flagged_list_is_told_to_move(
    new_book: NewBook, kind: str, form: str
) -> None:
    allowed = commented(kind, "allow interactive-prompt -- R")
    if form == "directive":
        allowed = wrapped(kind, "interactive-prompt", ":reason: R")
    item = "".join(f"  {line}" if line.strip() else line for line in allowed.splitlines(True))
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(f"{HEAD[kind]}- Item.\n\n{item}", encoding="utf-8")
    flagged, moved = book.build("dummy").warnings
    assert (flagged.type, moved.type) == ("revguide.interactive-prompt", "revguide.allowance")
    assert f"begins above it, at index.{kind}:{flagged.line}; " in moved.text
    assert moved.line == flagged.line + 2
