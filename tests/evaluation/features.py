"""What detection is learned from: which words stand where in a text, and what signals see of it."""

from __future__ import annotations

import hashlib
import pickle
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, vstack

import sphinxext_revguide.patterns as package
from sphinxext_revguide.patterns import Library
from sphinxext_revguide.patterns.context import Context, Reading, zones_of
from sphinxext_revguide.patterns.engine import look
from sphinxext_revguide.patterns.language import SignalUse
from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.shapes import contexts
from tests.evaluation.corpus import Text
from tests.evaluation.human import CACHE, Page

PACK = Path(package.__file__).parent / "packs" / "operations.toml"
HANDS = 2
"""A word is learned only if it is in texts of at least this many writers or domains."""
SHORT = 20
"""Sections of fewer words and symbols are too short to tell anything of."""
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_SIGNS = ("?", '"', ";", "!")


@dataclass(frozen=True)
class Candidates:
    """The signals that may speak for and against a pattern, as the pack names them."""

    speaking_for: tuple[SignalUse, ...]
    against: tuple[SignalUse, ...]


def candidates() -> dict[str, Candidates]:
    """Return the signals of each learned form, those of no weight too, by pattern id."""
    found = {}
    for pattern in tomllib.loads(PACK.read_text(encoding="utf-8"))["pattern"]:
        form = pattern["form"][0]
        if any(need["signal"] == "weighed" for need in form.get("needs", ())):
            uses = (tuple(map(_use, form[key])) for key in ("for", "against"))
            found[pattern["id"]] = Candidates(*uses)
    return found


def _use(table: dict[str, object]) -> SignalUse:
    params = {key: value for key, value in table.items() if key not in ("signal", "weight")}
    return SignalUse(str(table["signal"]), 1.0, params)


def name_of(use: SignalUse) -> str:
    """Return what distinguishes a signal with its parameters from all others."""
    return f"{use.signal} {sorted(use.params.items())}"


@dataclass(frozen=True)
class Space:
    """The columns: words, each in its zone, and signals."""

    words: dict[str, int]
    uses: tuple[SignalUse, ...]
    library: Library

    @cached_property
    def digest(self) -> str:
        """Stands for all that features depend on but the text."""
        said = hashlib.sha256("\n".join([*self.words, *map(name_of, self.uses)]).encode())
        home = Path(package.__file__).parent
        seeing = (
            "signals/*.py", "packs/lexicon-*.toml", "packs/hollow-*.json", "hollow.py",
            "context.py", "known_texts.py", "outline.py", "shapes.py",
        )  # fmt: skip
        for path in sorted(path for names in seeing for path in home.glob(names)):
            said.update(path.read_bytes())
        return said.hexdigest()[:16]


@dataclass(frozen=True)
class Rows:
    """Texts as rows: words that are there, divided by the root of the length, and signals."""

    words: csr_matrix
    signals: np.ndarray
    sizes: np.ndarray
    places: list[tuple[str, tuple[int, ...]]]
    """Page and sections, empty for a text."""

    def __getitem__(self, which: np.ndarray) -> Rows:
        places = [self.places[index] for index in np.arange(len(self.places))[which]]
        return Rows(self.words[which], self.signals[which], self.sizes[which], places)


def stacked(parts: Sequence[Rows]) -> Rows:
    """Return the rows of all parts, one after the other."""
    return Rows(
        vstack([rows.words for rows in parts]).tocsr(),
        np.vstack([rows.signals for rows in parts]),
        np.concatenate([rows.sizes for rows in parts]),
        [place for rows in parts for place in rows.places],
    )


_Seen = tuple[frozenset[str], list[float], int]


def space(texts: Iterable[Text], library: Library) -> Space:
    """Return the columns: words of several hands, and all signals that may be learned."""
    hands: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for word in words_of(_whole(text.outline, library)):
            hands[word].add(text.domain)
    words = sorted(word for word, where in hands.items() if len(where) >= HANDS)
    every = [
        use
        for candidate in candidates().values()
        for use in (*candidate.speaking_for, *candidate.against)
    ]
    uses = {name_of(use): use for use in every}
    return Space({word: at for at, word in enumerate(words)}, tuple(uses.values()), library)


def of_texts(texts: Iterable[Text], columns: Space) -> Rows:
    """Return a row for each text."""
    wholes = [_whole(text.outline, columns.library) for text in texts]
    return _rows([_seen(context, columns) for context in wholes], [("", ())] * len(wholes), columns)


def of_pages(name: str, pages: Iterable[Page], columns: Space) -> Rows:
    """Return a row for each section, and for each with those below it, as detection looks at them.

    :param name: of all pages together; what is known about them is kept under it.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    cached = CACHE / f"{name.replace('/', '+')}-{columns.digest}.rows"
    if not cached.exists():
        found, places = [], []
        for page, outline in pages:
            for context in _judged(outline, columns.library):
                if context.size >= SHORT:
                    found.append(_seen(context, columns))
                    places.append((page, context.members))
        cached.write_bytes(pickle.dumps(_rows(found, places, columns)))
    loaded: Rows = pickle.loads(cached.read_bytes())
    return loaded


def _judged(outline: Outline, library: Library) -> Iterator[Context]:
    shaped = contexts(Reading(outline, library.known_texts(), library.scales), library)
    yield from shaped["section"]
    yield from shaped["group"]


def _whole(outline: Outline, library: Library) -> Context:
    reading = Reading(outline, library.known_texts(), library.scales)
    return Context(reading, library.named, tuple(range(len(outline.sections))))


def words_of(context: Context) -> frozenset[str]:
    """Return the words and pairs of words of a context, those of zones with the zone before."""
    cut: Callable[[str], list[str]] = context.reading.tokens
    found: set[str] = set()
    for text in context.texts:
        said = cut(text)
        plain = [_WORD.fullmatch(word) is not None for word in said]
        found.update(word for word, good in zip(said, plain, strict=True) if good or word in _SIGNS)
        for (two, good), (other, fine) in pairwise(zip(said, plain, strict=True)):
            if good and fine:
                found.add(f"{two} {other}")
    for section in context.sections:
        for zone, texts in zones_of(section).items():
            words = (word for text in texts for word in cut(text) if _WORD.fullmatch(word))
            found.update(f"{zone}:{word}" for word in words)
    return frozenset(found)


def _seen(context: Context, columns: Space) -> _Seen:
    found = [look(use, context) for use in columns.uses]
    signals = [section.strength if section else 0.0 for section in found]
    return words_of(context) & columns.words.keys(), signals, context.size


def _rows(
    found: Sequence[_Seen], places: list[tuple[str, tuple[int, ...]]], columns: Space
) -> Rows:
    ends = np.cumsum([0, *(len(words) for words, _signals, _size in found)])
    indices = [columns.words[word] for words, _signals, _size in found for word in sorted(words)]
    shape = (len(found), len(columns.words))
    there = csr_matrix((np.ones(len(indices)), indices, ends), shape=shape)
    sizes = np.array([size for _words, _signals, size in found], dtype=float)
    signals = np.array([signals for _words, signals, _size in found], dtype=float)
    scale = diags(1 / np.sqrt(np.maximum(1.0, sizes / 100)))
    return Rows((scale @ there).tocsr(), signals.reshape(len(found), -1), sizes, places)
