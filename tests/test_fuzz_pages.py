"""Whatever stands in a directive: the build ends, raises nothing and loses no word."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.directives import DIRECTIVES
from tests.conftest import CONF, Book
from tests.fuzzing import bodies, build, fuzz, numbered, shown, word, words_of

INVENTED = ["status", "number", "zq-unknown", "x", "---"]
VALUES = st.sampled_from(
    ["", "@", "1", "0", "yes", "open", "high", "30%", "6-8 h", "57 KB", "**", "../..", "/etc/passwd",
     "[", "*" * 30, "++++", "rst", "text", "@ 3, @ 4", "2027-01-31", "readiness-checklist", "\x00",
     "a\x0cb", "rev.json"]
) | st.text(max_size=10)  # fmt: skip
ARGUMENTS = st.sampled_from(["", "@", "book", "`@`", "**@", "{ref}`@`", ":@:`@`", "|@|", "<@>"])


@dataclass
class Page:
    """A directive with its options and body, in MyST or in reST."""

    name: str
    argument: str
    options: list[tuple[str, str]]
    body: list[str]
    rst: bool

    def text(self) -> str:
        head = [f":{name}: {value}".strip() for name, value in self.options]
        if not self.rst:
            fence = "`" * 12
            opening = f"{fence}{{{self.name}}} {self.argument}"
            parts = [opening, *head, *([""] if head else []), *self.body, fence]
        else:
            inside = [*head, "", *self.body]
            opening = f".. {self.name}:: {self.argument}"
            parts = [opening, *(f"   {line}" for one in inside for line in one.split("\n"))]
        return "\n".join(["Page" if self.rst else "# Page", "====" if self.rst else "", "", *parts, ""])

    def plain(self) -> str:
        """Return a page that has the body alone, in a directive of plain docutils."""
        return Page("container", "", [], self.body, self.rst).text()


@st.composite
def pages(draw: st.DrawFn, rst: bool) -> Page:
    name = draw(st.sampled_from(sorted(DIRECTIVES)))
    known = [option.name for option in DIRECTIVES[name].known_options]
    options = draw(
        st.lists(st.tuples(st.sampled_from([*known, *INVENTED]), VALUES), max_size=4)
    )
    body = draw(bodies)
    # Lines end where the languages end them; the options of a directive are one line each.
    cleaned = [(key, " ".join(value.split("\n"))) for key, value in options]
    argument = draw(ARGUMENTS)
    first, *rest = numbered([argument, *(v for _k, v in cleaned), *body])
    values = rest[: len(cleaned)]
    named = [(key, value) for (key, _v), value in zip(cleaned, values, strict=True)]
    return Page(name, first, named, rest[len(cleaned) :], rst)


def check(ones: Sequence[Page]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        _check(ones, folder)
    finally:
        shutil.rmtree(folder)


def _check(ones: Sequence[Page], folder: Path) -> None:
    book, plain = Book(folder / "book"), Book(folder / "plain")
    extensions = "myst_enable_extensions = ['colon_fence', 'dollarmath', 'deflist']\n"
    for one in (book, plain):
        (one.srcdir / "conf.py").write_text(CONF + extensions, encoding="utf-8")
        (one.srcdir / "index.rst").write_text(
            "Book\n====\n\n.. toctree::\n   :glob:\n\n   p*\n", encoding="utf-8"
        )
    for number, one in enumerate(ones):
        name = f"p{number}.{'rst' if one.rst else 'md'}"
        (book.srcdir / name).write_text(one.text(), encoding="utf-8", newline="")
        (plain.srcdir / name).write_text(one.plain(), encoding="utf-8", newline="")
    told = words_of(build(book, "dummy").output)
    texts, pages, plain_texts = build(book, "text"), build(book, "html"), build(plain, "text")
    for number, one in enumerate(ones):
        there = told | shown(texts, f"p{number}") | shown(pages, f"p{number}")
        wanted = words_of("\n".join(one.body))
        if one.name != "before-after":
            # What plain docutils does not show of a body, a comment say, is not lost by us.
            wanted &= shown(plain_texts, f"p{number}")
        assert not wanted - there, (one.text(), wanted - there)


@given(st.lists(pages(rst=False), min_size=8, max_size=8))
@fuzz(4)
def test_myst(ones: list[Page]) -> None:
    check(ones)


@given(st.lists(pages(rst=True), min_size=8, max_size=8))
@fuzz(4)
def test_rst(ones: list[Page]) -> None:
    check(ones)
