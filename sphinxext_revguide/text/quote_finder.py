"""Where an editor's sample is in a chapter, verbatim or abridged.

Editors quote as they please: rows and columns of a table are left out, cells shortened, sentences
dropped, phases summed up in brackets, two passages joined by a rule. A sample is therefore looked
for by its words: runs of words that are rare in the chapter show where, and the words of that
place are laid along those of the sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.alignment import aligned
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.sample_words import quoted_text, words_in
from sphinxext_revguide.text.word_index import Source, Word, WordIndex, words_of

STANDING = 0.6
"""A sample is in a chapter if at least this share of its words is found."""
PARTLY = 0.3
"""A sample is gone if less than this share of its words is found: any chapter on the same subject
contains some of them. (In the texts that were measured, none that was gone had more than 0.15.)
"""

_NOTE = late(
    r"\[[^\]\n]{0,500}\](?![(\[:])"
    r"|\((?=[^()\n]{0,500}(?:omitted|continue[sd]?|etc\.?|\.\.\.))[^()\n]{0,500}\)"
)
"""What an editor writes in place of text; a link's brackets are text. Without an end to its length
a text of many brackets would be read once for each of them."""
_RUN = 3
"""A run of at least this many words is significant; shorter runs count only next to such runs."""
_LIGHT = 0.3
"""The weight of a word of up to three letters; longer words and figures count 1."""
_MAX_PASSAGES = 4
_NEXT_LINE = 2
"""Lines at most this far apart are one passage."""
_ROUNDING = 0.01
_MOVED = 4
"""A run of at least this many words was moved if the other sample contains it elsewhere."""
_MIN_WORDS = 7
_MAJORITY = 0.8
"""A passage contains at least this many words of a sample, or this share of a short one."""
_IN_ROWS = 0.4
_DENSE = 0.25
"""The least shares of the words found that are in long runs, and of the words of the place that are
those of the sample: where an abridged text comes from, it is up to four times as long."""


@record(frozen=True, slots=True)
class Passage:
    """A place that contains words of a sample: 1-based lines, inclusive."""

    path: str
    line: int
    end_line: int
    share: float


@record(frozen=True, slots=True)
class Tracked:
    """How much of a sample was found (0 to 1) and where, the passage with most of it first.

    ``words`` is the number of words searched for. ``has_own`` says whether only words counted that
    the other sample of the pair does not contain.
    """

    share: float = 0.0
    docname: str = ""
    passages: tuple[Passage, ...] = ()
    words: int = 0
    has_own: bool = True


class Sought:
    """A sample that is searched for, and the best place found so far.

    :param sample: a BEFORE or AFTER sample as the editor wrote it.
    :param other: the other sample of the pair. If they differ enough, only the words that the other
        one does not contain count.
    """

    def __init__(self, sample: str, other: str | None) -> None:
        self._quoted = words_of(_NOTE.sub(" ", quoted_text(sample)))
        self._words = words = [word for word, _line in self._quoted]
        self.best, self._rank = Tracked(), 0
        if words:
            own = [1.0 if len(word) > _RUN or not word.isalpha() else _LIGHT for word in words]
            alone = _alone(words, own, other)
            self._weights = _Weights(own if alone is None else alone, own)
            self.best = Tracked(words=len(words), has_own=alone is not None)

    def search(self, docname: str, index: WordIndex, rank: int) -> None:
        """Search a file of a page; of equally good files, the one with the lowest rank counts."""
        if not self._words:
            return
        found = sorted(
            _passages(self._words, self._weights, index),
            key=lambda place: (-place[0].share, place[0].line),
        )
        if (share := _share(found)) < 1:
            scattered = list(_scattered(self._quoted, self._weights, index))
            if _share(scattered) > share + _ROUNDING:
                found, share = scattered, _share(scattered)
        best = self.best
        if share > best.share or (share and share == best.share and rank < self._rank):
            places = tuple(passage for passage, _of_all in found)
            self.best = Tracked(share, docname, places, best.words, best.has_own)
            self._rank = rank


Files = Sequence[tuple[str, Source]]
"""Files in the order in which they count, each with the docname of its page."""


def search_all(groups: Iterable[tuple[Files, Sequence[Sought]]]) -> None:
    """Search for groups of samples, each in files of its own.

    Each file is cut into words once for all groups.
    """
    groups_by_file: dict[tuple[str, Source], list[tuple[int, Sequence[Sought]]]] = {}
    for files, samples in groups:
        for rank, file in enumerate(files if samples else ()):
            groups_by_file.setdefault(file, []).append((rank, samples))
    for (docname, source), wanted in groups_by_file.items():
        index = WordIndex(source)
        for rank, samples in wanted:
            for sought in samples:
                sought.search(docname, index, rank)


def track(sample: str, other: str | None, files: Files) -> Tracked:
    """Return the best place of a single sample; see :class:`Sought` and :func:`search_all`."""
    sought = Sought(sample, other)
    search_all([(files, [sought])])
    return sought.best


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


def _scattered(words: Sequence[Word], weights: _Weights, index: WordIndex) -> Iterator[_Place]:
    """Yield the places of a sample's lines, each of which stands somewhere as it is.

    Editors list what is spread over a chapter, such as its headings.
    """
    start = after = 0
    found: Passage | None = None
    of_all = 0.0
    for _line, group in groupby(words, key=itemgetter(1)):
        line = [word for word, _number in group]
        share, whole = weights.of(start, len(line))
        start += len(line)
        place = index.lines_of(line, after) if len(line) > 1 else None
        if place is None:
            continue
        after, end = place
        if found and found.line <= after <= found.end_line + _NEXT_LINE:
            found = replace(found, end_line=max(end, found.end_line), share=found.share + share)
            of_all += whole
        else:
            if found:
                yield found, of_all
            found, of_all = Passage(index.path, after, end, share), whole
    if found:
        yield found, of_all


_ENOUGH_ALONE = 0.1
"""Two samples that differ in less than this differ in figures or marks: all words count."""


@record(frozen=True, slots=True)
class _Run:
    start: int
    at: int
    size: int


def _runs(words: list[str], others: list[str]) -> list[_Run]:
    """Return the runs of words that two texts have in the same order.

    Of two places for a word beside a run, such as an article before a quotation, an alignment may
    choose the one that is further away: the word is taken back into the run.
    """
    runs: list[_Run] = []
    for operation in aligned(words, others):
        if operation.tag != "equal":
            continue
        size = operation.src_end - operation.src_start
        run = _Run(operation.src_start, operation.dest_start, size)
        if runs and runs[-1].start + runs[-1].size == run.start:
            last = runs.pop()
            behind, before = last.at + last.size, run.at - last.size
            few, more = words[last.start : run.start], words[run.start : run.start + size]
            if len(few) < _RUN and before >= 0 and others[before : run.at] == few:
                run = _Run(last.start, before, last.size + size)
            elif size < _RUN and others[behind : behind + size] == more:
                run = _Run(last.start, last.at, last.size + size)
            else:
                runs.append(last)
        runs.append(run)
    return runs


def _passages(words: list[str], weights: _Weights, index: WordIndex) -> Iterator[_Place]:
    """Yield the places of a source that hold words of a sample, each word once."""
    left = list(words)
    for _round in range(_MAX_PASSAGES):
        window = _window(index.anchors(left), len(left))
        if window is None:
            return
        start, end = max(0, window[0] - len(left)), window[1] + len(left)
        here = [word for word, _line in index.words[start:end]]
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
            lines = index.words[first][1], index.words[last][1]
            yield Passage(index.path, *lines, round(share, 4)), of_all


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
