"""Books to measure with, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from tests.evaluation.corpus import texts

WORDS = 1000
"""How long a page is, about."""
GUIDES, CARDS = 30, 10
"""The guides of a book with cards, and the cards of each."""

CONF = {
    "plain": 'extensions = ["myst_parser", "sphinx_design"]\n',
    "idle": 'extensions = ["myst_parser", "sphinxext_revguide"]\n',
    "all flagged": 'extensions = ["myst_parser", "sphinxext_revguide"]\nrevguide_flag = ["*"]\n',
    "300 cards": 'extensions = ["myst_parser", "sphinxext_revguide"]\n',
    "needs": 'extensions = ["myst_parser", "sphinx_needs"]\n',
}
"""Variant -> conf.py."""

TABLE = """\
| Check | Required | State |
|---|---|---|
| Gangway {number} | lowers in 30 s | Pass |
| Lifejackets | {number} | Pass |
| Ticket gates | 12 of 12 | Pass |
"""
AFTER = (
    "Four hundred lifejackets are on board, and gangway {number} lowered at its fourth try. "
    "What nearly kept the terminal shut was a ticket gate that nobody had counted.\n\n"
)
CARD = """\
`````{{revision-issue}} Checklist {number} without a doubt
:impact: high
:effort: 2 h

Everything passed.

````{{before-after}}
{before}
+++

{after}
````

The reader wants to know where to look.
`````
"""
NEED = """\
`````{{req}} Checklist {number} without a doubt
:id: CARD_{number}
:status: open

Everything passed.

{before}

{after}

The reader wants to know where to look.
`````
"""


def write_pages(folder: Path, pages: int) -> list[str]:
    """Write pages that are each a mix of clean and flagged texts, with headings and tables.

    :returns: their docnames.
    """
    draw = random.Random(11)  # noqa: S311 -- the same book every time
    clean = [sample.text for sample in texts("fit") if not sample.flagged]
    flagged = [sample.text for sample in texts("fit") if sample.flagged]
    names = []
    for number in range(pages):
        parts, words = [f"# Page {number}\n"], 0
        while words < WORDS:
            text = draw.choice(flagged if draw.random() < 0.05 else clean)
            text = text.strip()
            parts.append(text if text.startswith("#") else f"## Section {words}\n\n{text}")
            words += len(text.split())
        names.append(f"page{number}")
        (folder / f"page{number}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return names


def write_guides(folder: Path, chapters: list[str]) -> list[str]:
    """Write guides with cards about pages, every page being a chapter of one of them."""
    names = []
    for guide in range(GUIDES):
        own = chapters[guide::GUIDES]
        numbers = range(guide * CARDS, (guide + 1) * CARDS)
        names.append(f"guide{guide}")
        _write(folder / f"guide{guide}.md", guide_page(names[-1], numbers, own))
    return names


def guide_page(name: str, numbers: Iterable[int], chapters: list[str]) -> str:
    """Return a page of cards."""
    head = f"# {name}\n\n```{{revision-guide}} {name}\n:chapters: {', '.join(chapters)}\n```\n"
    cards = [_filled(CARD, number) for number in numbers]
    # A card lists all places of its patterns: one that names one is enough.
    cards[0] = cards[0].replace(":effort:", ":patterns: readiness-checklist\n:effort:", 1)
    return "\n".join([head, *cards])


def needs_page(name: str, numbers: Iterable[int]) -> str:
    """Return a page of sphinx-needs items that say what the cards say."""
    return "\n".join([f"# {name}\n", *(_filled(NEED, number) for number in numbers)])


def chapter_page(name: str, numbers: Iterable[int]) -> str:
    """Return a page on which every second of the cards' BEFORE samples stands."""
    return "\n".join(
        [f"# {name}\n", *(TABLE.format(number=number) for number in numbers if number % 2)]
    )


def write_index(folder: Path, names: Iterable[str], conf: str) -> None:
    """Write the root page and the configuration."""
    toctree = "\n".join(names)
    _write(folder / "index.md", f"# Book\n\n```{{toctree}}\n{toctree}\n```\n")
    _write(folder / "conf.py", conf)


def write_cards(folder: Path, kind: str, cards: int, on_a_page: int) -> None:
    """Write a book of cards, or of sphinx-needs items, over as many chapters as pages of them.

    :param kind: "idle" for cards, "needs" for items.
    """
    names = []
    for number in range(cards // on_a_page):
        numbers = range(number * on_a_page, (number + 1) * on_a_page)
        chapter, guide = f"chapter{number}", f"guide{number}"
        names += [chapter, guide]
        _write(folder / f"{chapter}.md", chapter_page(chapter, numbers))
        page = (
            needs_page(guide, numbers) if kind == "needs" else guide_page(guide, numbers, [chapter])
        )
        _write(folder / f"{guide}.md", page)
    # Themes list all pages in the sidebar of each: of two thousand pages, that is most of the time.
    write_index(folder, names, CONF[kind] + 'html_sidebars = {"**": []}\n')


def _filled(form: str, number: int) -> str:
    before, after = TABLE.format(number=number), AFTER.format(number=number) * 3
    return form.format(number=number, before=before, after=after)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
