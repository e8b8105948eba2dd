"""Aligns the words of two texts, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

_MAX = 4 * 10**8
"""The product of two lengths that takes 50 MB: 20,000 words against as many. A guide of 200,000
words in each of two samples would take 5 GB."""


def comparable(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two texts, cut into words, are short enough to be aligned."""
    return len(one) * len(other) <= _MAX


def aligned(one: Sequence[str], other: Sequence[str]) -> Iterable[Opcode]:
    """Return what stays, goes and comes from one text to another.

    If they are not :func:`comparable`, no words count as kept.
    """
    from rapidfuzz.distance import LCSseq

    return LCSseq.opcodes(one, other) if comparable(one, other) else ()
