"""Where an editor's sample is in a chapter, verbatim or abridged.

Editors quote as they please: rows and columns of a table are left out, cells shortened, sentences
dropped, phases summed up in brackets, two passages joined by a rule. A sample is therefore looked
for by its words: runs of words that are rare in the chapter show where, and the words of that
place are laid along those of the sample.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from sphinxext_revguide.text.alignment import aligned
from sphinxext_revguide.text.sample_words import quoted_text, words_in

STANDING = 0.6
"""From this share of its words on, a sample stands; half of it and less is only a part."""
PARTLY = 0.3
"""Below this share of its words a sample is gone: that much of its words is in any chapter about
the same things. (In the chapters this was tried on, texts that do not stand reach 0.15.)"""

_NOTE = re.compile(
    r"\[[^\]\n]{0,500}\](?![(\[:])"
    r"|\((?=[^()\n]{0,500}(?:omitted|continue[sd]?|etc\.?|\.\.\.))[^()\n]{0,500}\)"
)
"""What an editor writes in place of text; a link's brackets are text. Without an end to its length
a text of many brackets would be read once for each of them."""
_ANCHOR_LENGTHS = (3, 2)
_COMMON = 6
"""A run of words that is in more places than this shows no place."""
_RUN = 3
"""So many words in a row are no accident; fewer count only beside such runs."""
_LIGHT = 0.3
"""What a word of three letters or less counts, where a longer one or a figure counts 1."""
_MAX_PASSAGES = 4
_WHOLE_LINE = 5
"""A line of fewer words than this is found only where it is all that a line of the chapter says."""
_NEXT_LINE = 2
"""Lines that lie no further apart are one passage."""
_ROUNDING = 0.01
_MOVED = 4
"""So many words in a row that the other sample has elsewhere were moved."""
_MIN_WORDS = 7
_MAJORITY = 0.8
"""A passage holds so many words of a sample, or of a short one that share."""
_IN_ROWS = 0.4
_DENSE = 0.25
"""So much of what is found is in long runs, and so much of the place is of the sample: an
abridged text is up to four times as long where it is."""

Word = tuple[str, int]
"""A word and the 1-based line on which it stands."""
Places = dict[tuple[str, ...], list[int]]
"""Where each run of words begins."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that contains words of a sample: 1-based lines, the last one included."""

    path: str
    line: int
    end_line: int
    share: float


@dataclass(frozen=True, slots=True)
class Tracked:
    """How much of a sample was found (0 to 1) and where, the passage with most of it first.

    ``words`` is how many words were looked for. ``has_own`` says whether only those counted that
    the other sample of the pair has not.
    """

    share: float = 0.0
    docname: str = ""
    passages: tuple[Passage, ...] = ()
    words: int = 0
    has_own: bool = True


def words_of(text: str) -> list[Word]:
    """Cut a text into lower-case words with their lines; markup and symbols are none."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        found += [(word, number) for word in words_in(line)]
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
    def _places(self) -> dict[int, Places]:
        return {}

    def _places_of(self, length: int) -> Places:
        """Return where each run of so many words begins."""
        if length not in self._places:
            words = [word for word, _line in self.words]
            places: Places = {}
            for index, run in enumerate(
                zip(*(words[start:] for start in range(length)), strict=False)
            ):
                places.setdefault(run, []).append(index)
            self._places[length] = places
        return self._places[length]

    def lines_of(self, sample: Sequence[str], after: int) -> tuple[int, int] | None:
        """Return the first and last line of a run of words, from a line on if it is there.

        A short run has to be all that its lines say.
        """
        size, here, first = len(sample), self.words, None
        begin = tuple(sample[: _ANCHOR_LENGTHS[0]])
        for start in self._places_of(len(begin)).get(begin, ()):
            end = start + size
            if [word for word, _line in here[start:end]] != sample:
                continue
            lines = here[start][1], here[end - 1][1]
            around = [
                line for _word, line in (*here[max(0, start - 1) : start], *here[end : end + 1])
            ]
            if size >= _WHOLE_LINE or not {*lines}.intersection(around):
                if lines[0] >= after:
                    return lines
                first = first or lines
        return first

    def anchors(self, sample: Sequence[str]) -> list[tuple[int, float]]:
        """Return where runs of a sample's words stand, each with what it says about the place."""
        found: list[tuple[int, float]] = []
        for length in _ANCHOR_LENGTHS:
            known = self._places_of(length)
            for index in range(len(sample) - length + 1):
                places = known.get(tuple(sample[index : index + length]), ())
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
    quoted = words_of(_NOTE.sub(" ", quoted_text(sample)))
    words = [word for word, _line in quoted]
    if not words:
        return Tracked()
    own = [1.0 if len(word) > _RUN or not word.isalpha() else _LIGHT for word in words]
    alone = _alone(words, own, other)
    has_own = alone is not None
    weights = _Weights(own if alone is None else alone, own)
    best = Tracked(words=len(words), has_own=has_own)
    for docname, source in sources:
        found = sorted(
            _passages(words, weights, source), key=lambda place: (-place[0].share, place[0].line)
        )
        if (share := _share(found)) < 1:
            scattered = list(_scattered(quoted, weights, source))
            if _share(scattered) > share + _ROUNDING:
                found, share = scattered, _share(scattered)
        if share > best.share:
            places = tuple(passage for passage, _of_all in found)
            best = Tracked(share, docname, places, len(words), has_own)
    return best


def _alone(words: list[str], weights: list[float], other: str | None) -> list[float] | None:
    """Return what each word of a sample counts that the other one has not.

    :returns: nothing if the samples differ in too little, or only in the order of their words.
    """
    if not other:
        return weights
    alone, others = list(weights), words_in(quoted_text(other))
    for run in _runs(words, others):
        alone[run.start : run.start + run.size] = [0.0] * run.size
    for start in _moved(words, others):
        alone[start : start + _MOVED] = [0.0] * _MOVED
    left = Counter(words) - Counter(others)
    new = sum(
        left[word] * weight for word, weight in dict(zip(words, weights, strict=True)).items()
    )
    return alone if min(sum(alone), new) >= _ENOUGH_ALONE * sum(weights) else None


def _moved(words: Sequence[str], others: Sequence[str]) -> Iterator[int]:
    """Yield where runs of words begin that the other sample has too, in any order."""
    theirs = {tuple(others[at : at + _MOVED]) for at in range(len(others) - _MOVED + 1)}
    for at in range(len(words) - _MOVED + 1):
        if tuple(words[at : at + _MOVED]) in theirs:
            yield at


class _Weights:
    """What the words of a sample count: those that it has alone, and all of them."""

    def __init__(self, alone: list[float], own: list[float]) -> None:
        self._alone, self._own = alone, own
        self._totals = sum(alone), sum(own)

    def of(self, start: int, size: int) -> tuple[float, float]:
        """Return what a run of words counts, as a share of those alone and of all words."""
        here = slice(start, start + size)
        return sum(self._alone[here]) / self._totals[0], sum(self._own[here]) / self._totals[1]


_Place = tuple[Passage, float]
"""A passage, and the share of all words that it holds; its own share is of those that count."""


def _share(places: Iterable[_Place]) -> float:
    """Return how much of a sample is in some places.

    Words that it has alone tell it from the other one, but they may be few: it is there only as
    far as all of it is.
    """
    places = list(places)
    alone = sum(passage.share for passage, _of_all in places)
    return round(min(alone, sum(of_all for _passage, of_all in places)), 3)


def _scattered(words: Sequence[Word], weights: _Weights, source: Source) -> Iterator[_Place]:
    """Yield the places of a sample's lines, each of which stands somewhere as it is.

    Editors list what is spread over a chapter, such as its headings.
    """
    index = after = 0
    found: Passage | None = None
    of_all = 0.0
    for _line, group in groupby(words, key=itemgetter(1)):
        line = [word for word, _number in group]
        share, whole = weights.of(index, len(line))
        index += len(line)
        place = source.lines_of(line, after) if len(line) > 1 else None
        if place is None:
            continue
        after, end = place
        if found and found.line <= after <= found.end_line + _NEXT_LINE:
            found = replace(found, end_line=max(end, found.end_line), share=found.share + share)
            of_all += whole
        else:
            if found:
                yield found, of_all
            found, of_all = Passage(source.path, after, end, share), whole
    if found:
        yield found, of_all


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


def _passages(words: list[str], weights: _Weights, source: Source) -> Iterator[_Place]:
    """Yield the places of a source that hold words of a sample, each word once."""
    left = list(words)
    for _round in range(_MAX_PASSAGES):
        window = _window(source.anchors(left), len(left))
        if window is None:
            return
        start, end = max(0, window[0] - len(left)), window[1] + len(left)
        here = [word for word, _line in source.words[start:end]]
        runs = [run for run in _runs(left, here) if _belongs(run, window, start)]
        found = [cluster for cluster in _clusters(runs) if _is_passage(cluster, len(words))]
        if not found:
            return
        for cluster in found:
            share = of_all = 0.0
            for run in cluster:
                alone, own = weights.of(run.start, run.size)
                share, of_all = share + alone, of_all + own
                left[run.start : run.start + run.size] = [""] * run.size
            long = [run for run in cluster if run.size >= _RUN]
            first, last = start + long[0].at, start + long[-1].at + long[-1].size - 1
            lines = source.words[first][1], source.words[last][1]
            yield Passage(source.path, *lines, round(share, 4)), of_all


def _clusters(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Split runs where too much other text stands between them."""
    cluster: list[_Run] = []
    for run in runs:
        together = [*cluster, run]
        if cluster and sum(run.size for run in together) < _DENSE * _span(together):
            yield cluster
            together = [run]
        cluster = together
    if cluster:
        yield cluster


def _span(runs: list[_Run]) -> int:
    return runs[-1].at + runs[-1].size - runs[0].at


def _is_passage(runs: list[_Run], size: int) -> bool:
    """Return whether what was found is a passage, and not words that any text has."""
    found = sum(run.size for run in runs)
    in_rows = sum(run.size for run in runs if run.size >= _RUN)
    return found >= min(_MIN_WORDS, _MAJORITY * size) and in_rows >= max(1, _IN_ROWS * found)


def _belongs(run: _Run, window: tuple[int, int], start: int) -> bool:
    """Return whether a run of words lies in the window, or is too long to be an accident."""
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
