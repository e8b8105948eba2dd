"""Measures how long an author waits for findings in an editor: `make bench BENCH="--only editor"`.

The language server's own book is kept in this process, and one chapter of it is read again after
each edit, as it is after the debounce. Processor time is measured, the least of several runs of
each edit: what else a machine does only ever adds to it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from sphinxext_revguide.cli.language_server.features import diagnostics
from sphinxext_revguide.cli.language_server.session import Session, open_session
from tests.evaluation.bench_books import CONF, write_guides, write_index, write_pages

CHAPTER_PAGES = 6
"""A chapter of 6,000 words is made of so many pages of the book."""
_EDITS = 10


def measure_editor(pages: int, rounds: int) -> None:
    """Print for ten edits of a long chapter how long its diagnostics take.

    :param pages: how many pages the book has; 300 cards in 30 guides are about them.
    :param rounds: how often each edit is made; the fastest counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder).resolve()
        chapter = write_book(source, pages)
        with open_session(source, source) as session:
            text = chapter.read_text("utf-8")
            _seconds(session, chapter, text)
            taken = [
                (
                    name,
                    *map(
                        min, zip(*(_seconds(session, chapter, text) for text in texts), strict=True)
                    ),
                )
                for name, texts in edits(text, rounds)
            ]
    print(f"{pages} pages, a chapter of {len(text.split())} words: CPU ms until its diagnostics")
    for name, seconds, _rest in taken:
        print(f"{name:30} {seconds * 1000:6.0f}")
    print(f"{'median':30} {median(seconds for _name, seconds, _rest in taken) * 1000:6.0f}")
    print(f"{'freeing memory, after each':30} {median(rest for *_, rest in taken) * 1000:6.0f}")


def write_book(folder: Path, pages: int) -> Path:
    """Write a book with guides, and return its long chapter."""
    names = write_pages(folder, pages)
    parts = [(folder / f"{name}.md").read_text("utf-8") for name in names[:CHAPTER_PAGES]]
    headings = (part.replace("\n# ", "\n## ").replace("# Page", "## Page", 1) for part in parts)
    chapter = folder / f"{names[0]}.md"
    chapter.write_text("\n".join(["# A long chapter\n", *headings]), encoding="utf-8")
    conf = f'{CONF["300 cards"]}revguide_flag = ["*"]\n'
    write_index(folder, [*names, *write_guides(folder, names)], conf)
    return chapter


def edits(text: str, rounds: int) -> Iterator[tuple[str, list[str]]]:
    """Yield edits all over a text, each by its name, with as many variants as there are rounds."""
    lines = text.splitlines()
    for number in range(_EDITS):
        near = len(lines) * number // _EDITS
        kind = ("a word typed", "a heading changed", "a table row added")[number % 3]
        yield (
            f"{kind}, line {near + 1}",
            [_edited(lines, near, kind, f"turn{number}x{index}") for index in range(rounds)],
        )


def _edited(lines: list[str], near: int, kind: str, word: str) -> str:
    if kind == "a heading changed":
        at = _next(lines, near, "## ")
        new = [f"{lines[at]} {word}"]
    elif kind == "a table row added":
        at = _next(lines, near, "|--")
        new = [lines[at], "|" + f" {word} |" * lines[at].strip("| ").count("|") + f" {word} |"]
    else:
        at = next(n for n in range(near, len(lines)) if lines[n][:1].isalpha())
        first, _space, rest = lines[at].partition(" ")
        new = [f"{first} {word} {rest}"]
    return "\n".join([*lines[:at], *new, *lines[at + 1 :]]) + "\n"


def _next(lines: list[str], near: int, begin: str) -> int:
    """Return the first line from a place on, or else of all, that begins in a way."""
    found = [n for n, line in enumerate(lines) if line.startswith(begin)]
    return next((n for n in found if n >= near), found[-1])


def _seconds(session: Session, chapter: Path, text: str) -> tuple[float, float]:
    """Return how long diagnostics take, and what the server does after it has sent them."""
    start = time.process_time()
    session.open(chapter, text)
    diagnostics(session, chapter, text.splitlines())
    sent = time.process_time()
    session.rest()
    return sent - start, time.process_time() - sent
