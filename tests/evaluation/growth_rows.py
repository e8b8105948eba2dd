"""Inputs that grow: each row of the benchmark of growth writes a book, or prepares a text."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

CONF = 'extensions = ["myst_parser", "sphinxext_revguide"]\nhtml_sidebars = {"**": []}\n'
PATTERN = """
[[pattern]]
id = "marker"
title = "Marker"
what = "w"
why = "w"
instead = "i"
threshold = 1
[[pattern.form]]
shape = "paragraph"
needs = [{ signal = "says", lexicon = "marker", weight = 2 }]
[lexicon.marker]
words = ["zebra"]
"""
"""A pattern that every paragraph with one word has."""


def words(count: int, seed: int = 1) -> list[str]:
    """Return words in random order, from a vocabulary of four thousand."""
    draw = random.Random(seed)  # noqa: S311 -- the same text every time
    return [f"{'bcdfghklmnprst'[n % 14]}o{n:x}" for n in draw.choices(range(4000), k=count)]


def prose(count: int, seed: int = 1) -> str:
    """Return lines of a dozen words."""
    found = words(count, seed)
    return "\n".join(" ".join(found[n : n + 12]) for n in range(0, count, 12)) + "\n"


def _write(folder: Path, pages: dict[str, str], conf: str = "") -> None:
    names = [name for name in pages if name.endswith(".md")]
    toctree = "\n".join(name.removesuffix(".md") for name in names)
    texts = {
        "conf.py": CONF + conf,
        "index.md": f"# Book\n\n```{{toctree}}\n{toctree}\n```\n",
        **pages,
    }
    for name, text in texts.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")


def _guide(name: str, issues: Iterable[str], chapters: str = "chapter*", more: str = "") -> str:
    head = f"# {name}\n\n```{{revision-guide}} {name}\n:chapters: {chapters}\n```\n"
    return "\n".join([head, more, *issues])


def _issue(number: int, options: str = "", body: str = "A problem.") -> str:
    return f"`````{{revision-issue}} Issue number {number}\n{options}\n{body}\n`````\n"


def _pair(before: str, after: str) -> str:
    return f"````{{before-after}}\n{before}\n\n+++\n\n{after}\n````"


def _lock(phrases: Iterable[str]) -> str:
    return "\n".join(["```{locked-preserve}", *(f"- `{phrase}`" for phrase in phrases), "```", ""])


# Books


def one_long_lock(folder: Path, number: int, subject: bool) -> None:
    phrase = " ".join(words(number * 160, 2)) if subject else "nothing"
    _write(
        folder,
        {
            "chapter.md": f"# C\n\n{prose(number * 900)}",
            "g.md": _guide("g", (), more=_lock([phrase])),
        },
    )


def long_locks(folder: Path, number: int, subject: bool) -> None:
    phrases = [" ".join(words(200, 100 + n)) if subject else "no" for n in range(number)]
    pages = {f"chapter{n}.md": f"# C{n}\n\n{prose(2000, n)}" for n in range(50)}
    _write(folder, pages | {"g.md": _guide("g", (), more=_lock(phrases))})


def near_chapters(folder: Path, number: int, subject: bool) -> None:
    pages = {f"chapter-of-the-book-{n}.md": f"# C{n}\n\nText.\n" for n in range(number // 5)}
    names = ", ".join(f"chapters-of-the-bok-{n}" for n in range(number)) if subject else "*"
    _write(folder, pages | {"g.md": _guide("g", (), names)})


def near_guides(folder: Path, number: int, subject: bool) -> None:
    guides = "\n".join(f"```{{revision-guide}} guide-of-chapter-{n}\n```\n" for n in range(number))
    near = "s" if subject else ""
    issues = [
        _issue(n, f":guide: guide{near}-of-chapter-{n}\n:number: {n + 1}\n") for n in range(number)
    ]
    _write(folder, {"g.md": "# G\n\n" + guides + "\n".join(issues)})


def pattern_times_findings(folder: Path, number: int, subject: bool) -> None:
    chapter = "\n\n".join(f"A zebra crosses road {n}." for n in range(number))
    options = ":patterns: marker\n:untested: marker\n"
    issues = [_issue(n, options if subject or not n else "") for n in range(number)]
    _write(
        folder,
        {"chapter.md": f"# C\n\n{chapter}\n", "g.md": _guide("g", issues), "p.toml": PATTERN},
        'revguide_patterns = ["p.toml"]\n',
    )


def pattern_of_many_issues(folder: Path, number: int, subject: bool) -> None:
    options = ":patterns: marker\n:untested: marker\n"
    issues = [_issue(n, options if subject or not n else "") for n in range(number)]
    _write(
        folder,
        {"chapter.md": "# C\n\nA zebra.\n", "g.md": _guide("g", issues), "p.toml": PATTERN},
        'revguide_patterns = ["p.toml"]\n',
    )


def budgets(folder: Path, number: int, subject: bool) -> None:
    chapter = prose(2000) + "\n\n" + "\n\n".join(f"term{n} term{n}" for n in range(number))
    issues = [_issue(n, f":budget: term{n} 1\n" if subject else "") for n in range(number)]
    _write(folder, {"chapter.md": f"# C\n\n{chapter}\n", "g.md": _guide("g", issues)})


def budgets_over_chapters(folder: Path, number: int, subject: bool) -> None:
    pages = {f"chapter{n}.md": f"# C{n}\n\n{prose(6000, n)}" for n in range(number * 14 // 10)}
    issues = [_issue(n, f":budget: {words(1, n)[0]} 1\n" if subject else "") for n in range(number)]
    _write(folder, pages | {"g.md": _guide("g", issues)})


def samples(folder: Path, number: int, subject: bool) -> None:
    pages = {f"chapter{n}.md": f"# C{n}\n\n{prose(2000, n)}" for n in range(50)}
    issues = [
        _issue(n, "", _pair(" ".join(words(60, n + 900)), "Short.")) if subject else _issue(n)
        for n in range(number)
    ]
    _write(folder, pages | {"g.md": _guide("g", issues)})


def samples_still_there(folder: Path, number: int, subject: bool) -> None:
    texts = [" ".join(words(30, n)) for n in range(number)]
    issues = [
        _issue(n, "", _pair(text if subject else "gone", "Short.")) for n, text in enumerate(texts)
    ]
    chapter = "\n\n".join(texts)
    _write(folder, {"chapter.md": f"# C\n\n{chapter}\n", "g.md": _guide("g", issues)})


def samples_gone(folder: Path, number: int, subject: bool) -> None:
    status = ":status: applied\n"
    issues = [
        _issue(
            n, status if n % 2 else "",
            _pair(" ".join(words(30, n)) if subject else "one text", "Short."),
        )
        for n in range(number)
    ]  # fmt: skip
    _write(folder, {"chapter.md": "# C\n\nText.\n", "g.md": _guide("g", issues)})


def allowances(folder: Path, number: int, subject: bool) -> None:
    allow = "% revguide: allow marker -- a reason\n\n" if subject else ""
    chapter = "\n\n".join(f"{allow}A zebra crosses road {n}.\n\nText." for n in range(number))
    _write(
        folder,
        {"chapter.md": f"# C\n\n{chapter}\n", "p.toml": PATTERN},
        'revguide_patterns = ["p.toml"]\nrevguide_flag = ["marker"]\n',
    )


def sections_of_findings(folder: Path, number: int, subject: bool) -> None:
    text = "A zebra crosses." if subject else "Text."
    chapter = "\n\n".join(f"## S{n}\n\n{text}" for n in range(number))
    only = "\n\n".join("```{only} html\nA line.\n```" for _n in range(number))
    issue = _issue(1, ":patterns: marker\n:untested: marker\n")
    _write(
        folder,
        {
            "chapter.md": f"# C\n\n{chapter}\n\n{only}\n",
            "g.md": _guide("g", [issue]),
            "p.toml": PATTERN,
        },
        'revguide_patterns = ["p.toml"]\n',
    )


def passages_gone(folder: Path, number: int, subject: bool) -> None:
    pages = {f"chapter{n}.md": f"# C{n}\n\n{prose(2000, n)}" for n in range(50)}
    record = [
        {"name": f"p{n}", "docname": "chapter0", "text": " ".join(words(60, n + 900))}
        for n in range(number if subject else 0)
    ]
    lines = ",\n".join(json.dumps(row) for row in [*record, {"version": 2}])
    _write(folder, pages | {"revguide-lock.json": f"[\n{lines}\n]\n"})


def passages_renamed(folder: Path, number: int, subject: bool) -> None:
    texts = [" ".join(words(12, n)) for n in range(number)]
    chapter = "\n".join(
        f"```{{locked-passage}} now{n}\n{text}\n```\n" for n, text in enumerate(texts)
    )
    was = "was" if subject else "now"
    record = [
        {"name": f"{was}{n}", "docname": "chapter", "text": text} for n, text in enumerate(texts)
    ]
    lines = ",\n".join(json.dumps(row) for row in [*record, {"version": 2}])
    _write(
        folder,
        {"chapter.md": f"# C\n\n{chapter}\n", "revguide-lock.json": f"[\n{lines}\n]\n"},
    )


def references(folder: Path, number: int, subject: bool) -> None:
    roles = "\n\n".join(f"{{revguide:pattern}}`hedging` {n}" for n in range(number))
    issues = [_issue(n) for n in range(number)]
    _write(
        folder,
        {"chapter.md": f"# C\n\n{roles if subject else 'Text.'}\n", "g.md": _guide("g", issues)},
    )


def mentioned_patterns(folder: Path, number: int, subject: bool) -> None:
    name = "readines-checklst" if subject else "readiness-checklist"
    issues = [
        _issue(n, f":patterns: {name}-{n}\n:untested: x\n" if subject else "")
        for n in range(number)
    ]
    _write(folder, {"chapter.md": "# C\n\nText.\n", "g.md": _guide("g", issues)})


@dataclass(frozen=True)
class BookRow:
    """A book of a size, built by one builder, and the same book without what is measured."""

    name: str
    write: Callable[[Path, int, bool], None]
    number: int
    builder: str = "html"


BOOKS = (
    BookRow("a locked phrase of 20 KB, a chapter of 112 KB", one_long_lock, 22, "revguide"),
    BookRow("100 missing phrases of 200 words, 50 pages of 2,000", long_locks, 100, "revguide"),
    BookRow("1,000 near misses in :chapters:, 200 pages", near_chapters, 1000, "revguide"),
    BookRow("400 guides, 400 near misses in :guide:", near_guides, 400, "revguide"),
    BookRow("200 issues name a pattern with 200 findings", pattern_times_findings, 200),
    BookRow("the same, report", pattern_times_findings, 200, "revguide"),
    BookRow("400 issues name a pattern with one finding", pattern_of_many_issues, 400),
    BookRow("the same, report", pattern_of_many_issues, 400, "revguide"),
    BookRow("400 issues with a budget", budgets, 400),
    BookRow("10 budgets, 14 chapters of 6,000 words", budgets_over_chapters, 10),
    BookRow("200 samples not in 50 chapters of 2,000 words", samples, 200, "revguide"),
    BookRow("400 samples still present in one chapter", samples_still_there, 400, "revguide"),
    BookRow("400 samples gone", samples_gone, 400, "revguide"),
    BookRow("500 allowances with a finding each", allowances, 500, "revguide"),
    BookRow("500 findings in 500 sections, 500 conditions", sections_of_findings, 500),
    BookRow("200 recorded passages not in 50 chapters", passages_gone, 200, "revguide"),
    BookRow("400 recorded passages renamed", passages_renamed, 400, "revguide"),
    BookRow("400 references to a pattern, 400 issues", references, 400),
    BookRow("400 unknown patterns", mentioned_patterns, 400, "revguide"),
)


# Texts


def _guide_of(prose: str) -> str:
    samples = "**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\nb\n```\n"
    return f"# G\n\n### ISSUE #1: T\n\n{prose}\n\n{samples}"


def _images(number: int) -> str:
    return "![" * (200 * number) + "](b)" * (200 * number)


def _paragraphs(number: int) -> str:
    """Return a guide of many paragraphs, in each of which a word is :data:`REWORDED`."""
    draw = random.Random(5)  # noqa: S311 -- the same guide every time
    words = [f"word{number}" for number in range(300)]
    texts = (" ".join([*draw.choices(words, k=19), REWORDED, "it."]) for _ in range(7 * number))
    return _guide_of("\n\n".join(texts))


REWORDED = "says"


@dataclass(frozen=True)
class TextRow:
    """A text of some kilobytes, read by the importer or as a sample, or twice to be merged."""

    name: str
    text: Callable[[int], str]
    number: int
    reader: str = "import"


TEXTS = (
    TextRow("backslashes and backticks, 128 KB", lambda n: _guide_of("\\```" * (256 * n)), 128),
    TextRow(
        "100 quotations around 188 KB", lambda n: _guide_of("> " * 100 + "a b " * (256 * n)), 188
    ),
    TextRow(
        "100 quotations around 16,000 lines",
        lambda n: _guide_of("> " * 100 + "a\n" + "some word\n" * (125 * n)),
        128,
    ),
    TextRow("emphasis in emphasis, 128 KB", lambda n: _guide_of("*a **b " * (150 * n)), 128),
    TextRow(
        "images in images, 128 KB", lambda n: _guide_of("![" * (200 * n) + "](b)" * (200 * n)), 128
    ),
    TextRow(
        "100 quotations around 16,000 lines",
        lambda n: "> " * 100 + "a\n" + "some word\n" * (125 * n),
        128,
        "sample",
    ),
    TextRow("emphasis in emphasis, 128 KB", lambda n: "*a **b " * (150 * n), 128, "sample"),
    TextRow("images in images, 128 KB", _images, 128, "sample"),
    TextRow("a new version, every paragraph reworded, 146 KB", _paragraphs, 135, "update"),
)
