"""The names in a text, found without a model: runs of capitalised words.

A word that opens a sentence says nothing by its capital, nor does one that opens a longer
parenthesis or quotation. A word that the text mostly writes small, such as *Part* or *Response
Time* in a label, is not a name. Terms that the caller knows are names wherever they stand.

Word lists are data, in ``facts-ledger-en.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sphinxext_revguide.text.quantities import without_numbered_labels

SENTENCE = re.compile(r"(?<=[.!?:;])[\"')\]]*\s+|\n|\||[ \t]{2,}")
"""The space between two sentences."""
_OPENING_MARK = re.compile(r"^\s*(?:(?:>\s*)+|(?:[-+]|\d{1,3}[.)])\s+)", re.MULTILINE)
"""The mark of a quotation or of an item."""
_INNER_MARK = re.compile(r"[*~]+|(?<!\w)_+|_+(?!\w)|\[\^[^\]\n]*\]")
_HEADING = re.compile(r"^\s*#{1,6}\s.*$|^[^\n|]*\n(?=[=~^-]{3,}\s*$)", re.MULTILINE)
_TABLE_HEAD = re.compile(r"^[^\n]*\|[^\n]*\n(?=[ \t]*\|?[ \t]*:?-+:?[ \t]*\|)", re.MULTILINE)
_SIMPLE_HEAD = re.compile(
    r"^=+ [= ]*\n[^\n]*\n(?==+ [= ]*\n(?:[^\n=][^\n]*\n){1,1000}=+ )", re.MULTILINE
)
"""The head of a simple table of reStructuredText, between two of its three rules."""
_LABEL = re.compile(r"^\s*(?:[-*+]\s+|\d{1,3}[.)]\s+)?\*\*[^*\n]{1,80}?:?\*\*:?", re.MULTILINE)
_WORD = re.compile(r"[^\W_](?:[\w'&.-]*[\w&])?[™®]?")
_WORD_OR_STOP = re.compile(rf'{_WORD.pattern}|[,;:()"/-]')
"""A name does not continue after a comma or a dash."""


@cache
def words_of_english() -> dict[str, Any]:
    """Return the word lists."""
    return tomllib.loads(
        files(__package__).joinpath("facts-ledger-en.toml").read_text(encoding="utf-8")
    )


def words_in(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def without_marks(text: str) -> str:
    """Return a text without what marks quotations, items, emphasis and footnotes."""
    text = _OPENING_MARK.sub(" ", text)
    return _INNER_MARK.sub(" ", text) if any(mark in text for mark in "*~_[") else text


def ordinary_words(*texts: str) -> frozenset[str]:
    """Return the words that texts write in lower case at least as often as with a capital."""
    small, capital = Counter[str](), Counter[str]()
    for text in texts:
        for word, count in Counter(words_in(text)).items():
            if word.islower():
                small[word] += count
            elif word[1:].islower():
                capital[word.lower()] += count
    return frozenset(word for word, count in small.items() if count >= capital[word])


def names_in(
    text: str, known: Collection[str] = (), ordinary: Collection[str] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the names of a text, each with the key by which it is compared.

    :param text: without code and dates.
    :param known: names that count even where they open a sentence.
    :param ordinary: words that are not names, in lower case; see :func:`ordinary_words`.
    """
    familiar = {word.lower() for name in known for word in words_in(name) if _is_capital(word)}
    ordinary = frozenset(ordinary) - familiar
    for words, capital in _sentences_with_capitals(text):
        for run in _runs(words, capital, familiar, ordinary):
            if any(len(word) > 1 and _base(word) not in ordinary for word in run):
                yield _name(run)


# Mostly, names inside sentences and all names are looked for in the same text.
@lru_cache(maxsize=8)
def _sentences_with_capitals(text: str) -> list[tuple[list[str], list[bool]]]:
    """Return the words of each sentence that may hold names, and which of them are capital."""
    plain = without_numbered_labels(_LABEL.sub(" ", text))
    plain = _TABLE_HEAD.sub("\n", _HEADING.sub("\n", _SIMPLE_HEAD.sub("\n", plain)))
    found: list[tuple[list[str], list[bool]]] = []
    for line in without_marks(plain).split("\n"):
        for sentence in SENTENCE.split(line):
            if sentence and not _is_small(sentence):
                words = _WORD_OR_STOP.findall(sentence)
                capital = [*map(_is_capital, words)]
                if True in capital:
                    found.append((words, [*capital, False, False]))
    return found


def _runs(
    words: list[str], capital: list[bool], familiar: Collection[str], ordinary: Collection[str]
) -> Iterator[list[str]]:
    """Yield the runs of capitalised words in a sentence, without what only opens it."""
    joiners, no_names = _joiners_and_openers()
    run: list[str] = []
    opens, in_quotes = True, False
    for place, word in enumerate([*words, ""]):
        # Most words have no capital and are in no run.
        base = _base(word) if run or capital[place] else ""
        if capital[place] and base not in no_names and base.partition("'")[0] not in no_names:
            following = words[place + 1 : place + 2]
            alone = following in ([")"], ['"']) and place > 0
            is_sure = _is_marked(word) or base in familiar or alone or not opens
            if is_sure or (capital[place + 1] and base not in ordinary):
                run.append(word.removesuffix("'s"))
                opens = False
                continue
        if run and capital[place + 1] and base in joiners:
            run.append(word)
        elif run:
            yield run
            run = []
        in_quotes ^= word == '"'
        opens = word == "(" or (word == '"' and in_quotes)


@cache
def _joiners_and_openers() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that join names, and those with a capital letter that are not names."""
    names, dates = words_of_english()["names"], words_of_english()["dates"]
    openers = {*names["openers"], *dates["weekdays"], *dates["months"]}
    return frozenset(names["joiners"]), frozenset(openers)


def _base(word: str) -> str:
    return word.lower().removesuffix("'s")


def _is_small(text: str) -> bool:
    """Return whether a text has no capital letter and no mark of a name."""
    return text.islower() and "™" not in text and "®" not in text


def _name(run: list[str]) -> tuple[str, tuple[str, ...]]:
    joiners, _no_names = _joiners_and_openers()
    key = tuple(word.lower().strip("™®.") for word in run if word.lower() not in joiners)
    return " ".join(run), key


def _is_capital(word: str) -> bool:
    if _is_small(word):
        return False
    return word[:1].isupper() or (word[:1].isalpha() and _is_marked(word))


def _is_marked(word: str) -> bool:
    """Return whether a word is a name by its letters alone: ``NASA``, ``PostgreSQL``, ``X™``."""
    rest = word[1:]
    return word.endswith(("™", "®")) or (
        not rest.islower() and any(char.isupper() for char in rest)
    )
