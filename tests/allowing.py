"""What tests of allowances share: a flagged passage, and ways to allow it."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Book

NewBook = Callable[..., Book]

PROMPT = "**Your quick check:** Does your harbour meet all six needs?"
FLAG = 'revguide_flag = ["interactive-prompt"]\n'
HEAD = {"md": "# Page\n\nText.\n\n", "rst": "Page\n====\n\nText.\n\n"}


def reported(new_book: NewBook, kind: str, body: str) -> list[tuple[int, str]]:
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(HEAD[kind] + body, encoding="utf-8")
    built = book.build()
    assert "meet all six needs" in built.read("index.html")
    return [(build_warning.line, build_warning.type) for build_warning in built.warnings]


def wrapped(kind: str, pattern: str, *options: str) -> str:
    if kind == "md":
        return "\n".join([f"```{{revision-allow}} {pattern}", *options, "", PROMPT, "```", ""])
    lines = [f"   {option}" for option in options]
    return "\n".join([f".. revision-allow:: {pattern}", *lines, "", f"   {PROMPT}", ""])


def commented(kind: str, text: str) -> str:
    mark = "%" if kind == "md" else ".."
    return f"{mark} revguide: {text}\n\n{PROMPT}\n"


ALLOWED = "allow interactive-prompt -- the course needs it"


def comment(kind: str) -> str:
    return f"{'%' if kind == 'md' else '..'} revguide: {ALLOWED}"
