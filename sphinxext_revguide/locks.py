"""Whether what must stay is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.measure import find_phrase
from sphinxext_revguide.model import Lock
from sphinxext_revguide.records import LockState

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain


def lock_state(domain: RevguideDomain, lock: Lock) -> LockState:
    """Look for a lock's phrases in the chapters that it speaks of.

    An item without a phrase is a matter of judgement and stays ``unchecked``.
    """
    if not lock.phrases:
        return LockState(lock, "unchecked")
    docnames = _pages_for(domain, lock)
    found = tuple(
        tuple(
            (docname, line)
            for docname in docnames
            for source in domain.sources(docname)
            for line in find_phrase(source.text, phrase)
        )
        for phrase in lock.phrases
    )
    return LockState(lock, "kept" if all(found) else "missing", found)


def _pages_for(domain: RevguideDomain, lock: Lock) -> list[str]:
    if lock.where:
        return sorted(domain.matching(lock.where))
    guides = [guide for guide in domain.guides() if guide.id == lock.guide]
    return sorted({name for guide in guides for name in domain.chapters_of(guide)})
