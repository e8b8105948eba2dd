"""Matches guides to chapters: by number, then by the words of their titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sphinxext_revguide.importer.recognise.amount_words import NUMBER_WORDS

_NUMBER = re.compile(
    r"(?<![a-z])(?:chapter|chap|ch|kapitel|chapitre)[\s._-]*0*([0-9]{1,3})(?![0-9])"
)
_LEADING = re.compile(r"0*([0-9]{1,3})(?![0-9])")
_TRAILING = re.compile(r"(?<![0-9])0*([0-9]{1,2})$")
_IN_WORDS = {word: str(number) for number, word in enumerate(NUMBER_WORDS, start=1)}
_WRITTEN = re.compile(rf"\bchapter ({'|'.join(_IN_WORDS)})\b")
_HEADING = re.compile(r" {0,3}#{1,2}[ \t]+(.*)")
_UNDERLINE = re.compile(r"([=\-~*#^\"'+])\1{2,}\s*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset({
    "chapter", "guide", "revision", "feedback", "examples", "pattern", "patterns", "analysis",
    "complete", "recommendations", "humanization", "review", "editor", "editorial", "notes",
    "with", "from", "your", "that", "this", "into",
})  # fmt: skip
"""Words that do not identify a chapter."""
_HEAD_LINES = 40
"""Number of lines of a file that are searched for its title."""
_SHARED = 0.6
"""Minimum share of the words of a chapter's title that a guide's title must contain."""


@dataclass(frozen=True, slots=True)
class Page:
    """A chapter, or a guide: its name (a docname, or a file name), number and title words."""

    name: str
    number: int | None
    words: frozenset[str]


def page_of(name: str, text: str, *, guide: bool = False) -> Page:
    """Read the number and title of a file.

    :param name: its path without the folder it is in, or its docname.
    :param text: its content, in Markdown or reStructuredText.
    :param guide: whether it is a guide, which may name its chapter below the title, or have the
        number of its chapter at the end of its name. A chapter names other chapters there.
    """
    titles = list(_titles(text))
    stem = PurePath(name).name.casefold()
    number = _NUMBER.search(stem) or _LEADING.match(stem)
    head = text.splitlines()[:_HEAD_LINES] if guide else []
    for line in (*titles, *head):
        number = number or _NUMBER.search(_in_figures(line))
    number = number or (_TRAILING.search(stem.partition(".")[0]) if guide else None)
    words = set(_words(stem.partition(".")[0].replace("_", "-")))
    for title in titles:
        words.update(_words(title))
        if words and not guide:
            break  # The next heading is the title of a section.
    return Page(name, int(number[1]) if number else None, frozenset(words))


def chapter_of(guide: Page, chapters: Sequence[Page]) -> str:
    """Return the docname of the chapter that a guide is about, "" if that is not certain."""
    numbered = [
        page for page in chapters if guide.number is not None and page.number == guide.number
    ]
    if len(numbered) == 1:
        return numbered[0].name
    if not numbered:
        # A chapter with another number is another chapter.
        numbered = [page for page in chapters if page.number is None or guide.number is None]
    scores = [(_shared(guide, page), page.name) for page in numbered]
    best = max(scores, default=(0.0, ""))
    if best[0] < _SHARED or [score for score, _name in scores].count(best[0]) > 1:
        return ""
    return best[1]


def guide_ids(matches: Mapping[str, str]) -> dict[str, str]:
    """Name the guides after their chapters, all guides of one chapter in one way.

    :param matches: the docname of the chapter of each guide, by the guide's file name.
    :returns: an id for each file name: ``harbour``, or ``harbour-guide`` and ``harbour-examples``
        where the chapter has two.
    """
    guides = Counter(matches.values())
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for chapter in dict.fromkeys(matches.values()):
        files = [name for name, docname in matches.items() if docname == chapter]
        base = _slug(PurePath(chapter).name.partition(".")[0])
        if base in taken:
            base = _slug(chapter)
        kinds = [_kind(name) for name in files]
        clear = all(kinds) and len(set(kinds)) == len(kinds)
        for place, (name, kind) in enumerate(zip(files, kinds, strict=True), start=1):
            more = "" if guides[chapter] == 1 else f"-{kind if clear else place}"
            ids[name] = _free(f"{base}{more}", taken)
    return ids


def _titles(text: str) -> Iterable[str]:
    """Yield the first headings of a file: two at most."""
    lines = text.splitlines()[:_HEAD_LINES]
    found = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        heading = _HEADING.fullmatch(line)
        if heading:
            yield heading[1]
        elif line.strip() and _UNDERLINE.fullmatch(following) and not _UNDERLINE.fullmatch(line):
            yield line
        else:
            continue
        found += 1
        if found == 2:
            return


def _in_figures(title: str) -> str:
    return _WRITTEN.sub(lambda match: f"chapter {_IN_WORDS[match[1]]}", title.casefold())


def _words(text: str) -> Iterable[str]:
    return (word for word in _WORD.findall(text.casefold()) if word not in _COMMON)


def _shared(guide: Page, chapter: Page) -> float:
    return len(guide.words & chapter.words) / len(chapter.words) if chapter.words else 0.0


def _kind(name: str) -> str:
    """Return what the name of a guide's file says besides its chapter."""
    stem = PurePath(name).stem.casefold()
    stem = _NUMBER.sub("", stem, count=1)
    return _slug(_LEADING.sub("", stem, count=1) if _LEADING.match(stem) else stem)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-_") or "guide"
