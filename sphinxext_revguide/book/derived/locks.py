"""Checks whether locked phrases are still in the chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import partial_ratio_alignment

from sphinxext_revguide.book.records import LockState, Nearest
from sphinxext_revguide.model import Lock
from sphinxext_revguide.text.measure import find_phrase, plain_typography
from sphinxext_revguide.text.word_index import Source

_ALIKE = 65.0
"""How similar (percent of characters) a text must be to be named in place of a missing phrase."""
_MIN_CHARACTERS = 3
"""Shorter texts are similar to anything."""


def lock_state(
    lock: Lock, docnames: Sequence[str], sources: Mapping[str, Sequence[Source]]
) -> LockState:
    """Look for a lock's phrases in some pages.

    :param docnames: the pages that the lock is about.
    :param sources: the files that each page is made of; only ``docnames`` are looked up.

    An item without a phrase is a matter of judgement and stays ``unchecked``.
    """
    if not lock.phrases:
        return LockState(lock, "unchecked")
    found = tuple(
        tuple(
            (docname, line)
            for docname in docnames
            for source in sources[docname]
            for line in find_phrase(source.text, phrase)
        )
        for phrase in lock.phrases
    )
    nearest = tuple(
        None if places else _nearest(docnames, sources, phrase)
        for phrase, places in zip(lock.phrases, found, strict=True)
    )
    return LockState(lock, "kept" if all(found) else "missing", found, nearest)


def _nearest(
    docnames: Sequence[str], sources: Mapping[str, Sequence[Source]], phrase: str
) -> Nearest | None:
    """Return the text that resembles a phrase most, if one does."""
    wanted = plain_typography(phrase).lower()
    best, found = _ALIKE, None
    for docname in docnames:
        for source in sources[docname]:
            text = plain_typography(source.text)
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
            found = Nearest(
                docname, source.path, line, " ".join(text[start:end].replace("|", " ").split())
            )
    return found


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of a text to the blanks around it."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
