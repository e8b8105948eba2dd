"""Where an editor's sample stands in a chapter, verbatim or abridged.

Editors quote as they please: rows and columns of a table are left out, cells shortened, sentences
dropped, phases summed up in brackets, two passages joined by a rule. A sample is therefore looked
for by its words: runs of words that are rare in the chapter show where, and the words of that
place are laid along those of the sample.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sphinxext_revguide.text.alignment import aligned
from sphinxext_revguide.text.measure import plain_typography

STANDING = 0.6
"""From this share of its words on, a sample stands; half of it and less is only a part."""
PARTLY = 0.3
"""Below this share of its words a sample is gone: that much of its words is in any chapter about
the same things. (In the chapters this was tried on, texts that do not stand reach 0.15.)"""

_WORD = re.compile(r"[^\W_]+(?:['.,:/-][^\W_]+)*%?")
_NOTE = re.compile(
    r"\[[^\]\n]{0,500}\](?![(\[:])"
    r"|\((?=[^()\n]{0,500}(?:omitted|continue[sd]?|etc\.?|\.\.\.))[^()\n]{0,500}\)"
)
"""What an editor writes in place of text; a link's brackets are text. Without an end to its length
a text of many brackets would be read once for each of them."""
_ANCHOR_LENGTHS = (3, 2)
_COMMON = 6
"""A run of words that stands in more places than this shows no place."""
_RUN = 3
"""So many words in a row are no accident; fewer count only beside such runs."""
_LIGHT = 0.3
"""What a word of three letters or less counts, where a longer one or a figure counts 1."""
_MOST_PASSAGES = 4
_LEAST_WORDS = 7
_MOST_OF_IT = 0.8
"""A passage holds so many words of a sample, or of a short one that share."""
_IN_ROWS = 0.4
_DENSE = 0.25
"""So much of what is found stands in long runs, and so much of the place is of the sample: an
abridged text is up to four times as long where it stands."""

Word = tuple[str, int]
"""A word and the 1-based line on which it stands."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that holds words of a sample: 1-based lines, the last one included."""

    path: str
    line: int
    end_line: int
    share: float


@dataclass(frozen=True, slots=True)
class Tracked:
    """How much of a sample was found (0 to 1) and where, the passage with most of it first.

    ``words`` is how many words were looked for. ``has_own`` tells whether only those counted that
    the other sample of the pair has not.
    """

    share: float = 0.0
    docname: str = ""
    passages: tuple[Passage, ...] = ()
    words: int = 0
    has_own: bool = True


_ADDRESS = re.compile(
    r"(?<=\])\((?:<[^<>\n]{1,500}>|[^()\s]{1,500})\)"  # of a Markdown link
    r"|\{[\w:+.-]{1,80}\}(?=`)|:[\w:+.-]{1,80}:(?=`)"  # the name of a role
    r"|\s?<[^<>`\n]{1,500}>(?=`)"  # the target of a role or of a reST link
    r"|</?[a-zA-Z][^<>]{0,300}>"  # HTML
)
"""What a sample has that is no word of the text that it quotes."""


def quoted_text(sample: str) -> str:
    """Return a sample without addresses and names of roles, as a reader reads what it quotes."""
    return _ADDRESS.sub("", sample)


def words_of(text: str) -> list[Word]:
    """Cut a text into lower-case words with their lines; markup and symbols are none."""
    found = []
    for number, line in enumerate(plain_typography(text).lower().split("\n"), 1):
        found += [(word, number) for word in _WORD.findall(line)]
    return found


@dataclass(frozen=True)
class Source:
    """The words of a file of a chapter, ready to be searched."""

    path: str
    text: str

    @cached_property
    def digest(self) -> str:
        """A hash of the file's name and text."""
        text = f"{self.path}\0{self.text}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def words(self) -> list[Word]:
        """All its words with their lines."""
        return words_of(self.text)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], list[int]]:
        words = [word for word, _line in self.words]
        places: dict[tuple[str, ...], list[int]] = {}
        for length in _ANCHOR_LENGTHS:
            for index in range(len(words) - length + 1):
                places.setdefault(tuple(words[index : index + length]), []).append(index)
        return places

    def anchors(self, sample: Sequence[str]) -> list[tuple[int, float]]:
        """Return where runs of a sample's words stand, each with what it says about the place."""
        found: list[tuple[int, float]] = []
        for length in _ANCHOR_LENGTHS:
            for index in range(len(sample) - length + 1):
                places = self._places.get(tuple(sample[index : index + length]), ())
                if len(places) <= _COMMON:
                    found += [(place, 1 / len(places)) for place in places]
            if len(found) >= _ANCHOR_LENGTHS[0]:
                break
        return sorted(found)


def track(sample: str, other: str | None, sources: Iterable[tuple[str, Source]]) -> Tracked:
    """Return where a sample stands best.

    :param sample: a BEFORE or AFTER sample as the editor wrote it.
    :param other: the other sample of the pair. What both say tells nothing; where they differ
        enough, only the words that this one has alone count.
    :param sources: docnames with the files that make up each page.
    """
    words = [word for word, _line in words_of(_NOTE.sub(" ", quoted_text(sample)))]
    if not words:
        return Tracked()
    own = [1.0 if len(word) > _RUN or not word.isalpha() else _LIGHT for word in words]
    alone = _alone(words, own, other)
    has_own = sum(alone) >= _ENOUGH_ALONE * sum(own)
    weights = alone if has_own else own
    best = Tracked(words=len(words), has_own=has_own)
    for docname, source in sources:
        passages = tuple(_passages(words, weights, source))
        share = round(sum(one.share for one in passages), 3)
        if share > best.share:
            ranked = sorted(passages, key=lambda one: (-one.share, one.line))
            best = Tracked(share, docname, tuple(ranked), len(words), has_own)
    return best


def _alone(words: list[str], weights: list[float], other: str | None) -> list[float]:
    """Return what each word of a sample counts that the other one has not."""
    alone = list(weights)
    if other:
        for run in _runs(words, [word for word, _line in words_of(quoted_text(other))]):
            alone[run.start : run.start + run.size] = [0.0] * run.size
    return alone


_ENOUGH_ALONE = 0.1
"""Two samples that differ in less than this differ in figures or marks: all words count."""


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    at: int
    size: int


def _runs(words: Sequence[str], others: Sequence[str]) -> Iterator[_Run]:
    for operation in aligned(words, others):
        if operation.tag == "equal":
            size = operation.src_end - operation.src_start
            yield _Run(operation.src_start, operation.dest_start, size)


def _passages(words: list[str], weights: list[float], source: Source) -> Iterator[Passage]:
    """Yield the places of a source that hold words of a sample, each word once."""
    left = list(words)
    total = sum(weights)
    for _round in range(_MOST_PASSAGES):
        window = _window(source.anchors(left), len(left))
        if window is None:
            return
        start, end = max(0, window[0] - len(left)), window[1] + len(left)
        here = [word for word, _line in source.words[start:end]]
        runs = [run for run in _runs(left, here) if _belongs(run, window, start)]
        found = [one for one in _clusters(runs) if _is_passage(one, len(words))]
        if not found:
            return
        for cluster in found:
            share = 0.0
            for run in cluster:
                share += sum(weights[run.start : run.start + run.size])
                left[run.start : run.start + run.size] = [""] * run.size
            long = [run for run in cluster if run.size >= _RUN]
            first, last = start + long[0].at, start + long[-1].at + long[-1].size - 1
            lines = source.words[first][1], source.words[last][1]
            yield Passage(source.path, *lines, round(share / total, 4))


def _clusters(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Split runs where too much other text stands between them."""
    cluster: list[_Run] = []
    for run in runs:
        together = [*cluster, run]
        if cluster and sum(one.size for one in together) < _DENSE * _span(together):
            yield cluster
            together = [run]
        cluster = together
    if cluster:
        yield cluster


def _span(runs: list[_Run]) -> int:
    return runs[-1].at + runs[-1].size - runs[0].at


def _is_passage(runs: list[_Run], size: int) -> bool:
    """Tell whether what was found is a passage, and not words that any text has."""
    found = sum(run.size for run in runs)
    in_rows = sum(run.size for run in runs if run.size >= _RUN)
    return found >= min(_LEAST_WORDS, _MOST_OF_IT * size) and in_rows >= max(1, _IN_ROWS * found)


def _belongs(run: _Run, window: tuple[int, int], start: int) -> bool:
    """Tell whether a run of words lies in the window, or is too long to be an accident."""
    at = start + run.at
    return window[0] - _RUN <= at <= window[1] + _RUN or run.size >= 2 * _RUN


def _window(anchors: list[tuple[int, float]], size: int) -> tuple[int, int] | None:
    """Return where anchors lie densest: an abridged text is up to three times as long there."""
    width = max(3 * size, size + 120)
    best, found, total, first = 0.0, None, 0.0, 0
    for index, (place, weight) in enumerate(anchors):
        total += weight
        while anchors[first][0] < place - width:
            total -= anchors[first][1]
            first += 1
        if total > best:
            best, found = total, (anchors[first][0], anchors[index][0])
    return found
