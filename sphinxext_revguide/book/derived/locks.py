"""Checks whether locked phrases are still in the chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinxext_revguide.book.records import LockState, Nearest
from sphinxext_revguide.model import Lock
from sphinxext_revguide.text.measure import find_phrase, folded, plain_typography
from sphinxext_revguide.text.word_index import Source

_ALIKE = 65.0
"""How similar (percent of characters) a text must be to be suggested for a missing phrase."""
_MIN_CHARACTERS = 3
"""Shorter texts are similar to anything."""
_COMPARED = 120
"""Characters at the beginning of a phrase that are compared: the time grows with their cube."""
_SEARCHED = 100_000_000
"""Characters of files that missing phrases are compared with, in half a second. If more phrases are
missing, the later ones are reported without a similar text.
"""


class PhraseSearch:
    """Searches for the phrases of all locks of a book.

    :param sources: the files that each page is made of; only pages that a lock concerns are looked
        up.
    """

    def __init__(self, sources: Mapping[str, Sequence[Source]]) -> None:
        self._sources = sources
        self._left = _SEARCHED

    def state(self, lock: Lock, docnames: Sequence[str]) -> LockState:
        """Search for a lock's phrases in the pages that it concerns.

        An item without a phrase needs a person's judgement and stays ``unchecked``.
        """
        if not lock.phrases:
            return LockState(lock, "unchecked")
        found = tuple(tuple(self._places(docnames, phrase)) for phrase in lock.phrases)
        nearest = tuple(
            None if places else self._nearest(docnames, phrase)
            for phrase, places in zip(lock.phrases, found, strict=True)
        )
        return LockState(lock, "kept" if all(found) else "missing", found, nearest)

    def _of(self, docnames: Iterable[str]) -> Iterator[tuple[str, Source]]:
        return ((docname, source) for docname in docnames for source in self._sources[docname])

    def _places(self, docnames: Iterable[str], phrase: str) -> Iterator[tuple[str, int]]:
        wanted = folded(phrase)
        for docname, source in self._of(docnames):
            if wanted in source.folded:
                for line in find_phrase(source.text, phrase):
                    yield docname, line

    def _nearest(self, docnames: Sequence[str], phrase: str) -> Nearest | None:
        """Return the text that is most similar to the beginning of a phrase, if any is."""
        from rapidfuzz.fuzz import partial_ratio_alignment

        whole = " ".join(plain_typography(phrase).lower().split())
        wanted = whole[:_COMPARED]
        best, found = _ALIKE, None
        for docname, source in self._of(docnames):
            text = source.plain
            self._left -= len(text)
            if self._left < 0:
                break
            alike = partial_ratio_alignment(wanted, text.lower(), score_cutoff=best)
            if (
                alike is None
                or alike.score <= best
                or alike.src_end - alike.src_start < _MIN_CHARACTERS
            ):
                continue
            best = alike.score
            start, end = _whole_words(text, alike.dest_start, alike.dest_end)
            line = text.count("\n", 0, start) + 1
            said = " ".join(text[start:end].replace("|", " ").split())
            found = Nearest(docname, source.path, line, said if wanted == whole else f"{said} …")
        return found


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a range of a text to whole words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
